"""The history of an item for people and machines: commits, approvals and adopted plans in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from smartplan.compare.change import plain
from smartplan.compare.taxonomy import RULES
from smartplan.show.json_text import json_text
from smartplan.show.terminal import DIM, clean, paint
from smartplan.words.changes import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smartplan.compare.change import Change
    from smartplan.compare.gate import Approval
    from smartplan.words.speaker import Speaker


class Commit(Protocol):
    """What is told of a commit."""

    @property
    def sha(self) -> str:
        """Its full name."""

    @property
    def day(self) -> str:
        """The day on which it was written."""

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def subject(self) -> str:
        """The first line of its message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a commit that changed the item, or a baseline that holds it.

    Attributes:
        day: when.
        commit: the commit; none for a baseline.
        changes: what changed.
        baseline: the name of the baseline; empty for a commit.
        ref: the decision that adopted the baseline.
    """

    day: str
    commit: Commit | None = None
    changes: tuple[Change, ...] = ()
    baseline: str = ""
    ref: str = ""


def text(
    entries: Sequence[Entry],
    approvals: Mapping[str, Approval],
    speaker: Speaker,
    *,
    colour: bool = False,
) -> str:
    """Show a history, one line a change, the newest first."""
    tell = Teller(speaker)
    lines: list[str] = []
    for entry in entries:
        if entry.commit is None:
            said = speaker.screen("history.baseline", name=entry.baseline)
            lines.append(clean(f"{entry.day}  {said}  {entry.ref}".rstrip()))
            continue
        head = paint(f"{entry.day}  {entry.commit.sha[:7]}", DIM, colour=colour)
        for change in entry.changes:
            approval = approvals.get(change.fingerprint)
            said = f"{_said(change, tell)}{_approved(approval, speaker)}"
            lines.append(f"{head}  {clean(entry.commit.author)}  {clean(said)}")
    return "\n".join(lines) + "\n" if lines else ""


def markdown(entries: Sequence[Entry], approvals: Mapping[str, Approval], speaker: Speaker) -> str:
    """Write a history as a list in Markdown; text of the plan is escaped."""
    tell = Teller(speaker)
    lines: list[str] = []
    for entry in entries:
        if entry.commit is None:
            said = speaker.screen("history.baseline", name=entry.baseline)
            lines.append(f"- **{entry.day}** {_safe(f'{said} {entry.ref}'.rstrip())}")
            continue
        for change in entry.changes:
            approval = approvals.get(change.fingerprint)
            said = _safe(f"{_said(change, tell)}{_approved(approval, speaker)}")
            who = _safe(entry.commit.author)
            lines.append(f"- **{entry.day}** `{entry.commit.sha[:7]}` {who}: {said}")
    return "\n".join(lines) + "\n" if lines else ""


def as_json(entries: Sequence[Entry], approvals: Mapping[str, Approval], _speaker: Speaker) -> str:
    """Write a history as JSON (schema 1), the newest entry first."""
    told = [_entry(entry, approvals) for entry in entries]
    return json_text({"schema": 1, "history": told})


def _entry(entry: Entry, approvals: Mapping[str, Approval]) -> dict[str, Any]:
    if entry.commit is None:
        return {"date": entry.day, "baseline": entry.baseline, "ref": entry.ref}
    commit = {"sha": entry.commit.sha, "author": entry.commit.author}
    return {
        "date": entry.day,
        "commit": {**commit, "subject": entry.commit.subject},
        "changes": [
            {
                "rule": one.rule,
                "severity": one.weight.word,
                "path": one.path,
                "op": one.op,
                "old": plain(one.old),
                "new": plain(one.new),
                "fingerprint": one.fingerprint,
                "approved_by": found.by if (found := approvals.get(one.fingerprint)) else None,
            }
            for one in entry.changes
        ],
    }


def _said(change: Change, tell: Teller) -> str:
    """Say a change in a line, with its weight: `Target 2026 95 → 90, worse · amendment`."""
    rule = tell.rule(change.rule, RULES[change.rule].says)
    inner = f"{change.item.id} " if change.item and change.within else ""
    head = f"{inner}{tell.field(change) or rule}"
    values = tell.sides(change)
    remarks = ", ".join(tell.remarks(change, RULES[change.rule].says))
    weight = tell.speaker.choice("weight", change.weight.word)
    return " · ".join(filter(None, (f"{head}: {values}" if values else head, remarks, weight)))


def _approved(approval: Approval | None, speaker: Speaker) -> str:
    if approval is None:
        return ""
    return " · " + speaker.screen("history.approved", by=approval.by, ref=approval.ref)


def _safe(text: str) -> str:
    """Escape what Markdown would read in a text."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+|~!&@" else char for char in clean(text))


FORMATS: dict[str, Callable[[Sequence[Entry], Mapping[str, Approval], Speaker], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
"""How a history can be written."""
