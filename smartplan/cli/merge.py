"""`merge` and `merge-driver`: three versions of a plan file into one, by hand and for git."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    TodayOption,
    choose,
    day,
    guarded,
)
from smartplan.cli.comparing import PlanOption  # noqa: TC001  # typer reads it

if TYPE_CHECKING:
    from smartplan.cli.merging import Outcome

ON_CONFLICT = ("markers", "ours", "theirs", "fail")


BaseArgument = Annotated[str, typer.Argument(metavar="BASE", help="What both have grown from.")]
OursArgument = Annotated[str, typer.Argument(metavar="OURS", help="Our version.")]
TheirsArgument = Annotated[str, typer.Argument(metavar="THEIRS", help="Their version.")]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write; else the output."),
]
ConflictOption = Annotated[
    str,
    typer.Option(
        "--on-conflict",
        metavar="markers|ours|theirs|fail",
        help="What to write where people have to decide; fail writes nothing.",
    ),
]
VerifyOption = Annotated[
    str | None,
    typer.Option(
        "--verify",
        metavar="COMMIT|A..B",
        help="Merge nothing: judge merge commits that were made.",
        show_default=False,
    ),
]


@guarded
def merge(
    base: BaseArgument = "",
    ours: OursArgument = "",
    theirs: TheirsArgument = "",
    *,
    output: OutputOption = None,
    on_conflict: ConflictOption = "markers",
    verify: VerifyOption = None,
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Merge three versions of a plan file by meaning, or verify merges that were made.

    Comments and layout are kept; what both sides changed stands between markers. With --verify,
    every merge commit is compared with what its parents mean together, over the whole plan. Exit
    code: 0 merged or as it should be, 1 people have to decide or look, 2 a file cannot be read.
    """
    choose("--on-conflict", on_conflict, ON_CONFLICT)
    if verify is not None:
        from smartplan.cli.verifying import verify as judge

        return judge(verify, plan=plan, on=day(today), language=language)
    from smartplan.cli.merging import MARKER, Texts, merged

    if not theirs:
        from smartplan.cli.faults import THREE_VERSIONS
        from smartplan.text.error import SmartplanError

        raise SmartplanError(THREE_VERSIONS)
    texts = Texts(_bytes(base), _bytes(ours), _bytes(theirs), marker=MARKER, name=ours)
    outcome = merged(texts, on_conflict)
    for line in outcome.lines:
        sys.stderr.write(line + "\n")
    if outcome.clean or on_conflict != "fail":
        _put(outcome, output)
    return DONE if outcome.clean else FOUND


def _bytes(name: str) -> bytes:
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.workspace import NO_SUCH_PATH

    path = Path(name)
    if not path.is_file():
        raise SmartplanError(NO_SUCH_PATH, path=name)
    return path.read_bytes()


def _put(outcome: Outcome, output: str | None) -> None:
    if output is None:
        sys.stdout.buffer.write(outcome.raw)
        return
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.conflicts import overwrite
    from smartplan.workspace.workspace import CANNOT_WRITE

    try:
        overwrite(Path(output), outcome.raw)
    except OSError as error:
        problem = error.strerror or str(error)
        raise SmartplanError(CANNOT_WRITE, path=output, problem=problem) from error


@guarded
def merge_driver(
    files: Annotated[list[str], typer.Argument(metavar="BASE OURS THEIRS [SIZE] [PATH]")],
) -> int:
    """Merge a plan file for git, which calls this by itself after `smartplan git-setup`.

    Writes the result into OURS. SMARTPLAN_MERGE=0 merges as text, =ours and =theirs settle
    conflicts for one side. Exit code: 0 merged, 1 people have to decide; whatever happens, the
    file holds both sides.
    """
    from smartplan.cli.merging import drive

    return drive(files)
