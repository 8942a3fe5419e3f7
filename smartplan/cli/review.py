"""`review`: the gate through which a change of the plan passes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    TodayOption,
    choose,
    colours,
    day,
    emit,
    guarded,
)
from smartplan.cli.comparing import PlanOption, spoken
from smartplan.cli.reviewing import Reviewed, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.show.changes_machine import Told

FORMATS = ("text", "markdown", "html", "json", "github")
LIMIT = 65_000
"""Characters that fit into a comment of every host (the wall is 65,536)."""

BaseArgument = Annotated[
    str, typer.Argument(metavar="[BASE]", help="What it is for; else the target branch.")
]
HeadArgument = Annotated[
    str, typer.Argument(metavar="[HEAD]", help="The state that is reviewed: a revision, or WORK.")
]
FormatOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="text|markdown|html|json|github",
        help="How it is written; may be repeated, each with its -o.",
        show_default=False,
    ),
]
OutputOption = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to; one for each --format."),
]
FailOption = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="WEIGHT",
        help="Stop from this weight on, if not as the plan's policy says.",
        show_default=False,
    ),
]
LimitOption = Annotated[
    int, typer.Option("--comment-limit", metavar="N", help="The most characters of a comment.")
]
MarkerOption = Annotated[
    str, typer.Option("--marker", metavar="NAME", help="Names the comment, to find it again.")
]
LinkOption = Annotated[
    str, typer.Option("--link", metavar="URL", help="Address of the full report.")
]


@guarded
def review(
    base: BaseArgument = "",
    head: HeadArgument = "HEAD",
    *,
    output: FormatOption = None,
    places: OutputOption = None,
    fail_on: FailOption = None,
    limit: LimitOption = LIMIT,
    marker: MarkerOption = "",
    link: LinkOption = "",
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Judge a branch: what it changes, what that needs, and whether it may pass.

    Compares HEAD with its merge base with BASE. Stage, baseline, policy and waivers are read at
    that base; approvals in HEAD. Exit code: 0 passed, 1 the gate is not met.
    """
    forms = [choose("--format", one, FORMATS) for one in output or ["text"]]
    found = list(reviews(base, head, plan=plan, on=day(today), language=language, fail_on=fail_on))
    for number, form in enumerate(forms):
        text = _written(found, form, language, limit=limit, marker=marker, link=link)
        place = (places or [])[number : number + 1]
        _put(text, place[0] if place else "-")
    return DONE if all(one.review.passed for one in found) else FOUND


def _written(
    found: Sequence[Reviewed],
    form: str,
    language: str | None,
    *,
    limit: int,
    marker: str,
    link: str,
) -> str:
    """Write the reviews of all plans in one format."""
    from smartplan.show import changes_machine as machine

    said = [spoken(language, one.review.difference.after) for one in found]
    if form in machine.FORMATS:
        told = [_told(one, form) for one in found]
        return machine.FORMATS[form](told, said[0])
    room = limit // max(len(found), 1)
    texts = []
    for one, speaker in zip(found, said, strict=True):
        if form == "text":
            from smartplan.show import gate

            texts.append(gate.text(one.review, speaker, colour=colours()))
        elif form == "markdown":
            from smartplan.reports.comment import MARKER, comment

            plan = one.review.difference.after.value("plan", "id")
            name = marker or f"{MARKER}:{plan or 'plan'}"
            texts.append(comment(one.review, speaker, limit=room, marker=name, link=link))
        else:
            from smartplan.reports import diff as pages

            page = _told(one, form)
            texts.append(pages.render(page.difference, page.selection, page.sides, form, speaker))
    return "".join(texts)


def _told(one: Reviewed, form: str) -> Told:
    """Give all changes of a review, with the rules that it broke or mended."""
    from smartplan.compare.change import EDITORIAL, FORMAT
    from smartplan.compare.selection import Wanted, select
    from smartplan.show.changes_machine import Told

    changes = tuple(judged.change for judged in one.review.judged)
    difference = one.review.difference._replace(changes=changes)
    selection = select(difference, Wanted(least=FORMAT if form == "json" else EDITORIAL))
    return Told((one.review.base, one.review.head), difference, selection, one.review)


def _put(text: str, place: str) -> None:
    from smartplan.workspace.workspace import write

    if place == "-":
        emit(text)
    else:
        write(Path(place), text)
