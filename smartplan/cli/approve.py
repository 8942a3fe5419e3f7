"""`approve`: files that approve changes of a branch, one for each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import DONE, LanguageOption, TodayOption, day, guarded, tell
from smartplan.cli.comparing import PlanOption, spoken
from smartplan.cli.reviewing import APPROVALS, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.compare.gate import Judged, Review

LETTERS = 4
"""The fewest letters of a fingerprint that name a change."""

ChangesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FINGERPRINT]...", help="The changes, by their first letters."),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who approves.")]
RefOption = Annotated[
    str, typer.Option("--ref", metavar="TEXT", help="The decision: Berita acara 4/2026.")
]
RoleOption = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="In which role, of the plan's policy.")
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why the plan changes.")
]
RuleOption = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="RULE", help="All waiting changes of a rule; repeat it."),
]
AllOption = Annotated[
    bool, typer.Option("--all-shown", help="All changes that wait for an approval.")
]
BaseOption = Annotated[
    str, typer.Option("--base", metavar="REV", help="What it is for; else the target branch.")
]
HeadOption = Annotated[
    str, typer.Option("--head", metavar="REV", help="The state that is approved.")
]


@guarded
def approve(
    fingerprints: ChangesArgument = None,
    *,
    by: ByOption,
    ref: RefOption,
    role: RoleOption = "",
    reason: ReasonOption = "",
    rule: RuleOption = None,
    everything: AllOption = False,
    base: BaseOption = "",
    head: HeadOption = "WORK",
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Approve changes of a branch: one file for each, to be committed in that branch.

    An approval holds as long as exactly that change is present. Writes
    approvals/<fingerprint>.yaml in the plan.
    """
    from smartplan.workspace.workspace import shown_path

    if not by.strip() or not ref.strip():
        from smartplan.cli.faults import UNSIGNED
        from smartplan.text.error import SmartplanError

        raise SmartplanError(UNSIGNED)
    on = day(today)
    decision = {"by": by, "role": role, "ref": ref, "date": on.isoformat(), "reason": reason}
    found = list(reviews(base, head, plan=plan, on=on, language=language))
    names = _named([one.review for one in found], fingerprints or [])
    for one in found:
        said = spoken(language, one.review.difference.after)
        chosen = [
            judged
            for judged in _waiting(one.review)
            if (
                judged.change.fingerprint in names
                or judged.change.rule in (rule or ())
                or (everything and not judged.met)
            )
            # A second file of the same person would say the same.
            and (by, role) not in [(given.by, given.role) for given in judged.approvals]
        ]
        for judged in chosen:
            place = _write(_folder(plan, one.compared.b.place), judged, decision)
            path = judged.change.path
            tell(said.screen("approve.written", path=path, place=shown_path(place)))
        tell(said.screen("approve.next" if chosen else "approve.nothing"))
    return DONE


def _folder(plan: str, place: Path | None) -> Path:
    """Give the folder of the plan on disk, into which approvals are written."""
    from smartplan.workspace.workspace import find

    root = place or find(Path(plan))[0].root
    return root if root.is_dir() else root.parent


def _waiting(review: Review) -> list[Judged]:
    """Give the changes that an approval can help."""
    from smartplan.compare.change import INVALID

    return [one for one in review.judged if one.needs and one.change.weight != INVALID]


def _named(reviews: Sequence[Review], letters: Sequence[str]) -> set[str]:
    """Give the fingerprints that are meant by their first letters, over all plans.

    Raises:
        SmartplanError: one of them names no change that waits, or several.
    """
    from smartplan.cli.faults import NO_SUCH_CHANGE
    from smartplan.text.error import SmartplanError

    known = sorted({one.change.fingerprint for each in reviews for one in _waiting(each)})
    names: set[str] = set()
    for word in letters:
        named = [one for one in known if one.startswith(word)]
        if len(named) != 1 or len(word) < LETTERS:
            raise SmartplanError(NO_SUCH_CHANGE, seen=word, allowed=known or ["–"])
        names.update(named)
    return names


def _write(folder: Path, judged: Judged, decision: dict[str, str]) -> Path:
    """Write one approval into a file of its own, which no other approval can conflict with."""
    from smartplan.text.writing import record
    from smartplan.workspace.workspace import write

    change = judged.change
    place = folder / APPROVALS / f"{change.fingerprint}.yaml"
    number = 2
    while place.exists():
        place = place.with_name(f"{change.fingerprint}-{number}.yaml")
        number += 1
    fields = {"fingerprint": change.fingerprint, "rule": change.rule, "path": change.path}
    values = {"old": _told(change.old), "new": _told(change.new)}
    write(place, record(APPROVALS, {**fields, **values, **decision}))
    return place


def _told(value: object) -> str:
    """Write a value for a reader of the file; what counts is the fingerprint."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
