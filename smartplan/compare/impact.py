"""What a change costs: money before and after, by year, source, dimension and agency.

Unknown is not zero: a line without an amount is counted, never added.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from smartplan.compare.around import dimension_of
from smartplan.plan.grammar import Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.compare.change import Change
    from smartplan.compare.facts import Facts, Steps

Axis: TypeAlias = Literal["total", "year", "fund", "dimension", "agency"]
AXES: tuple[Axis, ...] = ("total", "year", "fund", "dimension", "agency")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of one side: the rupiah that are known, and how many lines have no amount."""

    rupiah: int = 0
    unknown: int = 0

    def __add__(self, other: Amount) -> Amount:
        """Add two amounts: what is unknown stays unknown."""
        return Amount(self.rupiah + other.rupiah, self.unknown + other.unknown)


class Line(NamedTuple):
    """Money before and after of one year, source, dimension or agency; key empty for the total."""

    axis: Axis
    key: str
    old: Amount
    new: Amount

    @property
    def delta(self) -> int:
        """Rupiah more or less, as far as they are known."""
        return self.new.rupiah - self.old.rupiah

    @property
    def percent(self) -> Decimal | None:
        """The same in percent of before; none if there was nothing."""
        return Decimal(self.delta) * 100 / self.old.rupiah if self.old.rupiah else None


def impact(before: Facts, after: Facts) -> tuple[Line, ...]:
    """Give the money of two plans: the total, then every line of each axis, by its key.

    Sums hold for what was read: of changed files only, the differences are those of the whole
    plan, the sums are not.
    """
    old, new = _sums(before), _sums(after)
    keys = sorted({*old, *new}, key=lambda one: (AXES.index(one[0]), one[1]))
    return tuple(
        Line(axis, key, old.get((axis, key), Amount()), new.get((axis, key), Amount()))
        for axis, key in keys
    )


def _sums(facts: Facts) -> dict[tuple[Axis, str], Amount]:
    found: dict[tuple[Axis, str], Amount] = {("total", ""): Amount()}
    for keys, amount in _lines(facts):
        for axis, key in zip(AXES, keys, strict=True):
            found[axis, key] = found.get((axis, key), Amount()) + amount
    return found


def _lines(facts: Facts) -> Iterator[tuple[tuple[str, ...], Amount]]:
    """Give every amount of every item with its year, source, dimension and agency."""
    for item in facts.items.values():
        lines = [(steps, leaf) for steps, leaf in item.leaves.items() if _is_amount(steps)]
        if not lines or item.name in facts.uncounted:
            continue
        about = dimension_of(item, facts), str(item.get("owner") or "")
        for steps, leaf in lines:
            value = leaf.value
            amount = Amount(value.rupiah) if isinstance(value, Money) else Amount(0, 1)
            yield ("", steps[1], steps[2], *about), amount


def _is_amount(steps: Steps) -> bool:
    return len(steps) == len(("budget", "year", "fund")) and steps[0] == "budget"


class Tally(NamedTuple):
    """How many changes of the kinds that a council asks about first."""

    weakened: int
    strengthened: int
    postponed: int
    later: int
    links_lost: int
    added: int
    removed: int


def tally(changes: Sequence[Change]) -> Tally:
    """Count the changes that a council asks about first."""
    rules = Counter(one.rule for one in changes)
    lost = sum(one.rule == "mission-link-changed" and one.op == "remove" for one in changes)
    return Tally(
        weakened=rules["target-weakened"],
        strengthened=rules["target-strengthened"],
        postponed=rules["target-postponed"],
        later=rules["years-later"] + rules["years-beyond-plan"],
        links_lost=lost,
        added=rules["action-added"] + rules["action-added-closed"],
        removed=rules["action-removed"],
    )
