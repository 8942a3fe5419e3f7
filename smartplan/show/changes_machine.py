"""Changes of a plan for machines: JSON (schema 1) and the annotations of a git host's run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smartplan.compare import names as called
from smartplan.compare.change import AMENDMENT, INVALID, SIGNIFICANT, Weight, plain
from smartplan.compare.impact import impact, tally
from smartplan.compare.selection import items_in
from smartplan.compare.taxonomy import RULES
from smartplan.show.json_text import json_text
from smartplan.show.workflow import command
from smartplan.words.changes import INVENTED, Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from smartplan.compare.change import Change, Named
    from smartplan.compare.differ import Difference
    from smartplan.compare.gate import Judged, Review
    from smartplan.compare.impact import Line
    from smartplan.compare.selection import Selection
    from smartplan.text.source import Span
    from smartplan.words.speaker import Speaker

SCHEMA = 1
LEVELS = {INVALID: "error", AMENDMENT: "warning", SIGNIFICANT: "warning"}
"""What a git host calls the weights; all others are notices."""


@dataclass(frozen=True, slots=True)
class Told:
    """One plan to be told of.

    Attributes:
        sides: what its two sides are called.
        difference: what changed.
        selection: what of it to show.
        review: the outcome of a review; none if there was none.
    """

    sides: tuple[str, str]
    difference: Difference
    selection: Selection
    review: Review | None = None


def as_json(told: Sequence[Told], speaker: Speaker) -> str:
    """Write what changed as JSON (schema 1), plan by plan; sums have no floats."""
    report = {
        "schema": SCHEMA,
        "language": speaker.language,
        "plans": [_plan(one, speaker) for one in told],
    }
    return json_text(report)


def _plan(told: Told, speaker: Speaker) -> dict[str, Any]:
    after = told.difference.after if told.difference.after.items else told.difference.before
    judged = {one.change.fingerprint: one for one in told.review.judged} if told.review else {}
    return {
        "id": after.value("plan", "id"),
        "title": after.value("plan", "title"),
        "before": told.sides[0],
        "after": told.sides[1],
        "whole": told.difference.whole,
        "baseline": told.difference.ground.baseline or None,
        "review": _verdict(told.review) if told.review else None,
        "summary": _summary(told),
        "changes": [
            entry(one, speaker) | _judged(judged.get(one.fingerprint))
            for one in told.selection.shown
        ],
    }


def _verdict(review: Review) -> dict[str, Any]:
    return {
        "passed": review.passed,
        "fail_on": review.fail_on.word,
        "waiting": [one.change.fingerprint for one in review.waiting],
    }


def _judged(judged: Judged | None) -> dict[str, Any]:
    """Write what a change needs and has; nothing of the kind without a review."""
    if judged is None:
        return {"waived_by": None, "approved_by": []}
    waiver = judged.waiver
    return {
        "needs_approval": judged.needs,
        "met": judged.met,
        "roles": list(judged.roles),
        "required": judged.required,
        "waived_by": {"reason": waiver.reason, "until": waiver.until} if waiver else None,
        "approved_by": [
            {"by": one.by, "role": one.role, "ref": one.ref, "date": one.date}
            for one in judged.approvals
        ],
    }


def _summary(told: Told) -> dict[str, Any]:
    shown = told.selection.shown
    weights = Counter(one.weight for one in shown)
    lines = impact(told.difference.before, told.difference.after)
    return {
        "changes": len(shown),
        "items": items_in(shown),
        "lighter": told.selection.lighter,
        "severity": {one.word: weights[one] for one in sorted(Weight, reverse=True)},
        "rules": dict(sorted(Counter(one.rule for one in shown).items())),
        "money": [_money(one, whole=told.difference.whole) for one in lines],
        "tally": tally(shown)._asdict(),
    }


def _money(line: Line, *, whole: bool) -> dict[str, Any]:
    """Write an amount before and after; what is unknown is counted beside what is known."""
    sides = {
        name: {"known": side.rupiah, "unknown": side.unknown}
        for name, side in (("old", line.old), ("new", line.new))
    }
    return {
        "axis": line.axis,
        "key": line.key,
        **(sides if whole else dict.fromkeys(sides)),
        "delta": line.delta,
    }


def entry(change: Change, speaker: Speaker) -> dict[str, Any]:
    """Write a change with everything that is known of it."""
    tell = Teller(speaker, called.funds())
    said = tell.field(change) or tell.rule(change.rule, RULES[change.rule].says)
    return {
        "rule": change.rule,
        "severity": change.weight.word,
        "path": change.path,
        "entity": _entity(change.item),
        "within": _entity(change.within),
        "label": said,
        "op": change.op,
        "old": plain(change.old),
        "new": plain(change.new),
        "delta": _number(change.delta),
        "unit": change.unit or None,
        "state": change.state,
        "better": change.better,
        "old_at": _place(change.old_at),
        "new_at": _place(change.new_at),
        "used_by": list(change.used_by),
        "hint": change.hint or None,
        "fingerprint": change.fingerprint,
    }


def _entity(item: Named | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "kind": item.noun or item.name.collection,
        "id": item.id,
        "title": item.title,
        "illustrative": item.illustrative,
    }


def _number(delta: Decimal | int | None) -> Any:  # noqa: ANN401  # what JSON can hold
    return plain(delta) if delta is None or not isinstance(delta, int) else delta


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"file": span.source.path, "line": span.line, "column": span.column}


# Annotations


def as_annotations(told: Sequence[Told], speaker: Speaker) -> str:
    """Write one command a change, which a git host shows beside the line.

    What is gone stands at the first line of its file, with its old line in the message.
    """
    return "".join(
        f"{annotation(change, speaker, stops=change.fingerprint in _waiting(one))}\n"
        for one in told
        for change in one.selection.shown
    )


def _waiting(told: Told) -> frozenset[str]:
    waiting = told.review.waiting if told.review else ()
    return frozenset(one.change.fingerprint for one in waiting)


def annotation(change: Change, speaker: Speaker, *, stops: bool = False) -> str:
    """Write the command for one change; nothing in a plan can begin a command of its own.

    Args:
        change: the change.
        speaker: the language.
        stops: whether it keeps the gate of a review shut, which makes it an error.
    """
    tell = Teller(speaker, called.funds())
    phrase = tell.rule(change.rule, RULES[change.rule].says)
    span = change.new_at or change.old_at
    gone = change.new_at is None and span is not None
    place = {"file": span.source.path, "line": "1" if gone else str(span.line)} if span else {}
    place["title"] = f"{speaker.choice('weight', change.weight.word)}: {phrase}"
    name = change.item.id if change.item else change.path
    name += f" {INVENTED}" if change.item and change.item.illustrative else ""
    message = " ".join(filter(None, (name, tell.field(change), tell.sides(change))))
    beside = ", ".join(filter(None, (tell.verdict(change), tell.delta(change))))
    message += f", {beside}" if beside else ""
    if gone and span:
        message += " " + speaker.screen("changes.was_at", line=span.line)
    level = "error" if stops else LEVELS.get(change.weight, "notice")
    return command(level, place, message)


FORMATS: dict[str, Callable[[Sequence[Told], Speaker], str]] = {
    "json": as_json,
    "github": as_annotations,
}
"""Formats of changes for machines."""
