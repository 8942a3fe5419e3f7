"""`validate`: says what is wrong in a plan, where, and how to mend it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    StageOption,
    TodayOption,
    choose,
    colours,
    day,
    emit,
    guarded,
    speaker,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smartplan.rules.check import Checked
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.workspace import Found

LEVELS = ("error", "warning", "info", "never")


@guarded
def validate(
    path: PathArgument = ".",
    *,
    stage: StageOption = None,
    output: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How findings are written.")
    ] = "text",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LEVEL",
            help="Exit 1 from this level on: error, warning, info, never.",
        ),
    ] = "error",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Say what is wrong in a plan, where, and how to mend it.

    Checks the whole plan, whatever part is named, and shows the findings that lie in the part.
    Writes nothing. Exit code: 0 no finding at --fail-on or above, 1 findings, 2 nothing to check.
    """
    from smartplan.plan.grammar import STAGES
    from smartplan.show.machine import FORMATS
    from smartplan.workspace.workspace import find

    choose("--format", output, ("text", *FORMATS))
    limit = LEVELS.index(choose("--fail-on", fail_on, LEVELS))
    if stage:
        choose("--stage", stage, STAGES)
    on = day(today)
    results = [(one, examine(one, today=on, stage=stage)) for one in find(Path(path))]
    said = speaker(language, results[0][1].plan.header.language)
    shown = [[f for f in c.findings if one.shows(f.span.source.path)] for one, c in results]
    if output == "text":
        _show_text(results, shown, said)
    else:
        flat = [finding for group in shown for finding in group]
        emit(FORMATS[output](flat, said, _facts(results, shown)))
    failing = any(LEVELS.index(f.level) <= limit for group in shown for f in group)
    return FOUND if failing and fail_on != "never" else DONE


def examine(found: Found, *, today: date, stage: str | None = None) -> Checked:
    """Read and judge one plan."""
    from smartplan.rules.check import check
    from smartplan.text.source import Source
    from smartplan.workspace.unmerged import leftovers
    from smartplan.workspace.workspace import read, shown_path

    sources, unreadable = read(found)
    root = shown_path(found.root)
    also = [*unreadable, *leftovers(found.root, sources)]
    return check(sources or [Source(root, "")], today=today, root=root, stage=stage, also=also)


def _show_text(
    results: Sequence[tuple[Found, Checked]], shown: Sequence[Sequence[Finding]], said: Speaker
) -> None:
    from smartplan.show import terminal

    on_screen = sys.stdout.isatty()
    for (_found, checked), findings in zip(results, shown, strict=True):
        files = len(checked.plan.documents)
        elsewhere = len(checked.findings) - len(findings)
        line = terminal.summary_line(findings, said, files=files, elsewhere=elsewhere)
        line = f"{checked.plan.header.title or _found.name} ({checked.stage}): {line}"
        if on_screen:
            colour = colours()
            blocks = [terminal.block(one, said, colour=colour) for one in findings]
            emit("\n\n".join([*blocks, ""]) if blocks else "")
            if len(findings) > 1:
                terminal.summary_table(findings, said)
            emit(terminal.clean(line))
        else:
            lines = [terminal.one_line(one, said) for one in findings]
            if lines:
                emit("\n".join(lines))
            tell(terminal.clean(line))


def _facts(
    results: Sequence[tuple[Found, Checked]], shown: Sequence[Sequence[Finding]]
) -> dict[str, Any]:
    from smartplan.workspace.workspace import shown_path

    plans = [
        {
            "id": checked.plan.header.id,
            "path": shown_path(found.root),
            "stage": checked.stage,
            "files": len(checked.plan.documents),
            "shown": len(group),
            "elsewhere": len(checked.findings) - len(group),
        }
        for (found, checked), group in zip(results, shown, strict=True)
    ]
    return {"plans": plans}
