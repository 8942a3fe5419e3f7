"""Says which rule of the taxonomy a changed value falls to: by aspect, direction and surroundings.

One function for each aspect that has more than one rule; any other aspect `x` is `x-changed`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare.change import magnitude
from smartplan.compare.policy import Turn, loosens
from smartplan.compare.taxonomy import RULES
from smartplan.plan import grammar
from smartplan.plan.grammar import STAGES, Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.compare.change import State
    from smartplan.compare.facts import Item, Leaf, Plain, Steps
    from smartplan.compare.ground import Ground

PROSE = ("wording", "title", "vision", "mission", "goal")
"""Aspects of texts: a slip of the pen in them is no change of meaning."""
LOOSE = {
    "target": "target",
    "start": "years",
    "end": "years",
    "tags": "tags",
    "phase": "horizon",
    "statement": "vision",
    "priorities": "priority-order",
    "risk": "risk",
    "funding": "budget-source",
}
"""Aspects of keys that the format does not know, by their name, as other plans use them."""
STATUS = {
    "proposed": 0,
    "planned": 1,
    "running": 2,
    "in_progress": 2,
    "done": 3,
    "stopped": -1,
    "cancelled": -1,
    "on_hold": -1,
}
LEVELS = {"low": 0, "medium": 1, "high": 2}
SLIP = 2
"""The most characters of a word that a slip of the pen changes."""


class Edit(NamedTuple):
    """One value of an item, before and after, with what is around it.

    Attributes:
        old_item: the item before; none if it is new.
        new_item: the item after; none if it is gone.
        steps: where in the item.
        old: the value before; none if it was absent.
        new: the value after; none if it is absent.
        ground: what holds at the base.
        state: the state of the item.
    """

    old_item: Item
    new_item: Item
    steps: Steps
    old: Leaf | None
    new: Leaf | None
    ground: Ground
    state: State

    @property
    def leaf(self) -> Leaf:
        """What is known of the value: the new one, else the old one."""
        found = self.new or self.old
        assert found is not None  # noqa: S101  # an edit has a side
        return found

    @property
    def was(self) -> Plain:
        """The value before; none if it was absent or unknown."""
        return self.old.value if self.old else None

    @property
    def now(self) -> Plain:
        """The value after; none if it is absent or unknown."""
        return self.new.value if self.new else None

    @property
    def aspect(self) -> str:
        """What a change of the field is to a reviewer."""
        shape = self.leaf.shape
        if shape and shape.aspect:
            return shape.aspect
        keys = [step for step in self.steps if not step.startswith("[")]
        return LOOSE.get(keys[-1], "") if keys else ""


class Verdict(NamedTuple):
    """The rule of a changed value, and whether a number moved as it should."""

    rule: str
    better: bool | None = None


def classify(edit: Edit) -> Verdict:
    """Give the rule of a changed value; `unclassified` only for what no plan format knows."""
    if not edit.steps:
        return Verdict("schema-upgraded")
    aspect = edit.aspect
    if aspect in PROSE and is_slip(edit.was, edit.now):
        return Verdict("typo")
    if aspect in BY_ASPECT:
        return BY_ASPECT[aspect](edit)
    rule = aspect if aspect in RULES else f"{aspect}-changed"
    return Verdict(rule if rule in RULES else "unclassified")


def is_slip(old: Plain, new: Plain) -> bool:
    """Tell whether two texts differ by case, punctuation, spacing, or two characters a word.

    A word of digits is no word: 2027 for 2026 is another year, not a slip.
    """
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    ours, theirs = _words(old), _words(new)
    return len(ours) == len(theirs) and all(
        one == other or _near(one, other) for one, other in zip(ours, theirs, strict=True)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _near(one: str, other: str) -> bool:
    if any(char.isdigit() for char in one + other) or abs(len(one) - len(other)) > SLIP:
        return False
    short = min(len(one), len(other))
    head = next((n for n in range(short) if one[n] != other[n]), short)
    tail = next((n for n in range(short - head) if one[-1 - n] != other[-1 - n]), short - head)
    return max(len(one), len(other)) - head - tail <= SLIP < short


# Schedule


def _years(edit: Edit) -> Verdict:
    old, new = _year_set(edit.was), _year_set(edit.now)
    last = edit.ground.last_year
    if last is not None and any(year > last for year in new - old):
        return Verdict("years-beyond-plan", better=False)
    if not old or not new:
        return Verdict("years-added" if new else "years-removed")
    if max(new) > max(old) or (max(new) == max(old) and min(new) > min(old)):
        return Verdict("years-later", better=False)
    # What ends earlier because less is done was not pulled forward.
    if len(new) >= len(old) and (min(new) < min(old) or max(new) < max(old)):
        return Verdict("years-earlier", better=True)
    return Verdict("years-removed" if old - new else "years-added")


def _year_set(value: Plain) -> set[int]:
    values = value if isinstance(value, tuple) else (value,)
    return {int(one) for one in values if isinstance(one, int | Decimal)}


def _dependency(edit: Edit) -> Verdict:
    return Verdict("dependency-removed" if edit.new is None else "dependency-added")


# Money


def _budget(edit: Edit) -> Verdict:
    if edit.old is None or edit.new is None:
        return _budget_line(edit)
    old, new = magnitude(edit.was), magnitude(edit.now)
    if old is None or new is None:
        return Verdict("budget-unknown")
    if old == new:
        return Verdict("budget-basis-changed")
    return Verdict(_between_lines(edit) or _moved(edit, raised=new > old))


def _between_lines(edit: Edit) -> str:
    """Tell money that only changed its source or its year; empty if the action costs another sum.

    All its lines are looked at together: no split over sources or years hides a raise.
    """
    old, new = _year_totals(edit)
    if old is not None and old == new:
        return "budget-source-changed"
    return "budget-shifted" if _same_total(edit) else ""


def _moved(edit: Edit, *, raised: bool) -> str:
    """Judge a line by what its year has then, of all sources: thresholds are those of a year."""
    if raised:
        return "budget-raised-over" if _over(edit) else "budget-raised"
    return "budget-cut" if _year_totals(edit)[1] else "budget-cut-to-zero"


def _budget_line(edit: Edit) -> Verdict:
    """Judge the line of a source in a year that came or went."""
    old, new = _year_totals(edit)
    known = magnitude(edit.was or edit.now) is not None
    if known and (moved := _between_lines(edit)):
        return Verdict(moved)
    if known and old is not None and new is not None:
        return Verdict(_moved(edit, raised=new > old))
    if edit.old is None:
        return Verdict("budget-raised-over" if _over(edit) else "budget-year-added")
    year = edit.steps[1]
    active = _year_set(edit.new_item.get("years"))
    named = any(steps[:2] == ("budget", year) for steps in edit.new_item.leaves)
    unfunded = not named and (not active or grammar.year(year) in active)
    return Verdict(
        "budget-cut-to-zero" if unfunded and magnitude(edit.was) else "budget-year-removed"
    )


def _over(edit: Edit) -> bool:
    """Tell whether a year costs more by more than the policy at the base lets pass."""
    rupiah, percent = edit.ground.over
    old, new = (one or Decimal(0) for one in _year_totals(edit))
    if rupiah is not None and new - old > rupiah:
        return True
    return percent is not None and old > 0 and (new - old) * 100 > old * percent


def _year_totals(edit: Edit) -> tuple[Decimal | None, Decimal | None]:
    year = edit.steps[1]
    return year_total(edit.old_item, year), year_total(edit.new_item, year)


def year_total(item: Item, year: str) -> Decimal | None:
    """Give the money of an item in one year, of all funds; none if it has no known amount."""
    known = [
        Decimal(leaf.value.rupiah)
        for steps, leaf in item.leaves.items()
        if steps[:2] == ("budget", year) and len(steps) == 3 and isinstance(leaf.value, Money)  # noqa: PLR2004  # a fund
    ]
    return sum(known, Decimal(0)) if known else None


def _same_total(edit: Edit) -> bool:
    """Tell whether money moved between years and the item costs what it cost."""
    old, new = _by_year(edit.old_item), _by_year(edit.new_item)
    return old != new and bool(old) and sum(old.values()) == sum(new.values())


def _by_year(item: Item) -> dict[str, Decimal]:
    years = {steps[1] for steps in item.leaves if steps[0] == "budget" and len(steps) > 1}
    return {year: total for year in years if (total := year_total(item, year)) is not None}


# Indicators


def _target(edit: Edit) -> Verdict:
    old, new = magnitude(edit.was), magnitude(edit.now)
    if edit.old is None:
        return Verdict("target-year-added")
    if edit.new is None:
        later = any(
            edit.old_item.leaves.get(steps) is None
            or edit.old_item.leaves[steps].value != leaf.value
            for steps, leaf in edit.new_item.leaves.items()
            if steps[0] == edit.steps[0] and steps > edit.steps and leaf.value == edit.was
        )
        return Verdict("target-postponed" if later else "target-year-removed", better=False)
    direction = edit.old_item.get("direction") or edit.new_item.get("direction")
    if old is None or new is None or direction not in ("up", "down"):
        return Verdict("target-undirected")
    better = (new > old) == (direction == "up")
    return Verdict("target-strengthened" if better else "target-weakened", better)


def _reading(edit: Edit) -> Verdict:
    return Verdict("realisation-added" if edit.was is None else "realisation-revised")


# Running the plan


def _status(edit: Edit) -> Verdict:
    old, new = STATUS.get(str(edit.was), 0), STATUS.get(str(edit.now), 0)
    if new < 0:
        return Verdict("status-cancelled")
    if edit.state == "approved" and edit.now == "proposed":
        return Verdict("approval-withdrawn")  # what is only proposed is decided by nobody
    if old < 0:
        return Verdict("status-backward", better=False)
    return Verdict("status-forward" if new >= old else "status-backward", new >= old)


def _risk(edit: Edit) -> Verdict:
    old, new = LEVELS.get(str(edit.was), 0), LEVELS.get(str(edit.now), 0)
    return Verdict("risk-raised" if new >= old else "risk-lowered", new < old)


def _stage(edit: Edit) -> Verdict:
    old, new = (STAGES.index(str(one)) if one in STAGES else 0 for one in (edit.was, edit.now))
    return Verdict("stage-forward" if new >= old else "stage-backward")


def _policy(edit: Edit) -> Verdict:
    """Judge a change of the policy itself: what asks for less is a door that opens."""
    if edit.steps[0] == "waivers" and edit.new is not None:
        return Verdict("waiver-added")
    turn = Turn(edit.old_item, edit.new_item, edit.steps, edit.was, edit.now)
    return Verdict("policy-loosened" if loosens(turn) else "policy-changed")


def _legal(edit: Edit) -> Verdict:
    """An act that is cited in other words is the same act."""
    return Verdict("typo" if is_slip(edit.was, edit.now) else "legal-basis-changed")


BY_ASPECT: dict[str, Callable[[Edit], Verdict]] = {
    "years": _years,
    "dependency": _dependency,
    "budget": _budget,
    "target": _target,
    "reading": _reading,
    "status": _status,
    "risk": _risk,
    "stage": _stage,
    "policy": _policy,
    "legal-basis": _legal,
    "baseline": lambda _edit: Verdict("baseline-value-changed"),
    "milestone": lambda _edit: Verdict("milestone-moved"),
    "horizon": lambda _edit: Verdict("horizon-changed"),
}
