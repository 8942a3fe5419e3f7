"""`status`: what a plan still lacks for a stage, who owes it, and how healthy the plan is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.check import examine
from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    TodayOption,
    choose,
    colours,
    day,
    emit,
    guarded,
    speaker,
)
from smartplan.cli.remembering import CacheOption, remembered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smartplan.figures.status import Status
    from smartplan.workspace.workspace import Found

FORMATS = ("text", "json", "md")


@guarded
def status(
    path: PathArgument = ".",
    *,
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help="The stage to get ready for; the one after the plan's own if not given.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--format", metavar="text|json|md", help="How it is written.")
    ] = "text",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 while something due is missing.")
    ] = False,
    cache: CacheOption = True,
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Say what a plan still lacks for its next stage, and who owes it.

    Lists the deliverables of each workshop and stage as done, open or not yet due, then what the
    actions of each dimension and agency lack. Health is 100 less what is open: every deliverable
    that is due is worth the same, and loses the share of its items that have findings. A plan with
    a file that cannot be read has no figure. Exit code: 0, or 1 for a plan that cannot be read.
    """
    from smartplan.plan.grammar import STAGES
    from smartplan.workspace.workspace import find

    choose("--format", output, FORMATS)
    if stage:
        choose("--stage", stage, STAGES)
    on, plans = day(today), find(Path(path))

    def work() -> int:
        return _do(plans, on, stage, output, language, exit_code=exit_code)

    asked = ("status", path, stage, output, exit_code, language)
    return remembered(plans, asked, work, cache=cache, on=on.isoformat())


def _do(
    plans: Sequence[Found],
    on: date,
    stage: str | None,
    output: str,
    language: str | None,
    *,
    exit_code: bool,
) -> int:
    """Judge plans and show what they lack."""
    from smartplan.show import status as show
    from smartplan.workspace.workspace import shown_path

    found = [(one, *_look(one, on, stage)) for one in plans]
    said = speaker(language, found[0][3])
    results = [(one, title or place.name) for place, one, title, _language in found]
    if output == "json":
        paths = [shown_path(place.root) for place, *_rest in found]
        pairs = zip(results, paths, strict=True)
        emit(show.as_json(((one, title, at) for (one, title), at in pairs), said))
    elif output == "md":
        emit("\n".join(show.as_markdown(one, title, said) for one, title in results))
    else:
        colour = colours()
        emit("\n".join(show.as_text(one, title, said, colour=colour) for one, title in results))
    if any(one.unreadable for one, _title in results):
        return FOUND
    return FOUND if exit_code and any(one.lost for one, _title in results) else DONE


def _look(found: Found, on: date, stage: str | None) -> tuple[Status, str | None, str]:
    """Judge one plan at the stage; give its status, its title and its language."""
    from smartplan.figures.status import status as gather
    from smartplan.rules.check import NEXT
    from smartplan.rules.checklist import CHECKLIST

    checked = examine(found, today=on, stage=stage or NEXT)
    plan, header = checked.plan, checked.plan.header
    return gather(plan, checked.findings, CHECKLIST, checked.stage), header.title, header.language
