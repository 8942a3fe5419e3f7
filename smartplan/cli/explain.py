"""`explain` and `rules`: what a code means, and every code there is."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    LanguageOption,
    choose,
    colours,
    cut_off,
    emit,
    guarded,
    speaker,
)

if TYPE_CHECKING:
    from smartplan.text.finding import Code

FORMATS = ("text", "md", "json")


@guarded
def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code or its name: M046, agency-unknown.")
    ],
    *,
    output: Annotated[
        str, typer.Option("--format", metavar="text|md|json", help="How it is written.")
    ] = "text",
    language: LanguageOption = None,
) -> int:
    """Explain a code: what it says, how much it weighs, why, what to do, and an example.

    The examples are the cases that smartplan is tested with: a plan in which the code is found,
    and one in which it is not.
    """
    from smartplan.rules.examples import examples
    from smartplan.rules.mending import FIXABLE
    from smartplan.show import codes

    choose("--format", output, FORMATS)
    said, asked = speaker(language), _code(code)
    shown = examples(asked.id, asked.name)
    cases = (("found", shown.found), ("clean", shown.clean)) if shown else ()
    fixable = asked.id in FIXABLE
    if output == "text":
        emit(codes.as_text(asked, said, cases, fixable=fixable, colour=colours()))
    else:
        write = codes.as_json if output == "json" else codes.as_markdown
        emit(write(asked, said, cases, fixable=fixable))
    return DONE


def _code(asked: str) -> Code:
    """Find a code by its id or name."""
    from smartplan.cli.all_codes import ALL_CODES

    named = {name.casefold(): one for one in ALL_CODES for name in (one.id, one.name)}
    if (found := named.get(asked.casefold())) is not None:
        return found
    from smartplan.cli.faults import NO_SUCH_CODE
    from smartplan.plan.nearest import nearest
    from smartplan.text.error import SmartplanError

    meant = nearest(asked, named)
    near = f"{named[meant].id} {named[meant].name}" if meant else "—"
    raise SmartplanError(NO_SUCH_CODE, seen=asked, suggestion=near)


@guarded
def rules(
    *,
    wing: Annotated[
        str | None,
        typer.Option(
            "--wing",
            metavar="WING",
            help="Only one family: structure, city, direction, delivery, money, measure, text,"
            " form, git, requests.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--format", metavar="table|json|md", help="How they are written.")
    ] = "table",
    language: LanguageOption = None,
) -> int:
    """List every code: what smartplan can say, how much it weighs, and what it mends [*]."""
    from smartplan.cli.all_codes import ALL_CODES
    from smartplan.rules.mending import FIXABLE
    from smartplan.show.codes import LISTS, WINGS

    choose("--format", output, LISTS)
    family = WINGS[choose("--wing", wing, WINGS)] if wing else ""
    chosen = [one for one in ALL_CODES if one.id.startswith(family)]
    text = LISTS[output](chosen, speaker(language), FIXABLE)
    if output == "table" and sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        text = "\n".join(cut_off(line, width) for line in text.splitlines())
    emit(text)
    return DONE
