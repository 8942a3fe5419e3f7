"""What the plan costs: sums by year, source, dimension and agency, beside ceilings and print.

Unknown is not zero: a sum says how many of its items have no amount, and one without any known
amount has none. All amounts are whole rupiah.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from smartplan.plan.delivery import ALL_YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from smartplan.plan.delivery import Action
    from smartplan.plan.plan import Plan

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of amounts of which some may be unknown.

    Attributes:
        rupiah: the sum of the known amounts; a lower bound while some are unknown.
        known: how many amounts it adds up.
        unknown: how many items without an amount belong to it.
        approximate: whether one of the amounts is only about that much.
    """

    rupiah: int = 0
    known: int = 0
    unknown: int = 0
    approximate: bool = False

    def __add__(self, other: Sum) -> Sum:
        """Add two sums, and what is unknown in them."""
        return Sum(
            self.rupiah + other.rupiah,
            self.known + other.known,
            self.unknown + other.unknown,
            self.approximate or other.approximate,
        )

    @property
    def amount(self) -> int | None:
        """The sum of what is known; none if nothing is."""
        return self.rupiah if self.known else None

    @property
    def complete(self) -> bool:
        """Whether no amount is missing, so that the sum is the sum."""
        return not self.unknown

    @property
    def empty(self) -> bool:
        """Whether nothing belongs to it, neither known nor unknown."""
        return not self.known and not self.unknown


NOTHING = Sum()


class Item(NamedTuple):
    """One amount of the plan, or the place where one is missing.

    Attributes:
        action: the action that it pays for.
        year: its year; none if not even the year is known.
        fund: its source of funds; none if it is unknown.
        rupiah: the amount; none while it is unknown.
        approximate: whether it is only about that much.
    """

    action: Action
    year: int | None
    fund: str | None
    rupiah: int | None
    approximate: bool = False


class Table(NamedTuple, Generic[Key]):
    """Sums by something, such as the dimension, and by year.

    Attributes:
        years: the columns; none, last, for what has no year.
        rows: what stands at the side, in order, with a sum for each year.
        row_totals: the sum of each row.
        year_totals: the sum of each year.
        total: the sum of everything.
    """

    years: tuple[int | None, ...]
    rows: Mapping[Key, Mapping[int | None, Sum]]
    row_totals: Mapping[Key, Sum]
    year_totals: Mapping[int | None, Sum]
    total: Sum


def items(plan: Plan, actions: Iterable[Action] | None = None) -> Iterator[Item]:
    """List every amount of the actions (all if not given), and every place without one.

    A year in which an action is active needs an amount or a reason for having none; an action
    without years or amounts lacks one as a whole.
    """
    for action in plan.actions if actions is None else actions:
        yield from _items(action, readable=plan.knows(action, "budget"))


def total(plan: Plan, actions: Iterable[Action] | None = None) -> Sum:
    """Sum the whole cost of the actions."""
    return sum_of(items(plan, actions))


def by_year(plan: Plan, actions: Iterable[Action] | None = None) -> dict[int | None, Sum]:
    """Sum by year, in order; what has no year stands last under none."""
    return _sorted(by(items(plan, actions), lambda one: one.year))


def by_dimension(plan: Plan, actions: Iterable[Action] | None = None) -> dict[str | None, Sum]:
    """Sum by primary dimension: every dimension of the taxonomy, what has none last."""
    found = by(items(plan, actions), lambda one: one.action.dimension)
    return {**dict.fromkeys(plan.registers.taxonomy.by_id, NOTHING), **found}


def by_agency(plan: Plan, actions: Iterable[Action] | None = None) -> dict[str | None, Sum]:
    """Sum by lead agency, in the order of the agencies; what has none stands last."""
    return _ordered(by(items(plan, actions), lambda one: _lead(plan, one)), _agencies(plan))


def add(sums: Iterable[Sum]) -> Sum:
    """Sum sums."""
    return sum(sums, start=NOTHING)


def sum_of(entries: Iterable[Item]) -> Sum:
    """Sum items, and count those without an amount."""
    rupiah, known, unknown, approximate = 0, 0, 0, False
    for one in entries:
        if one.rupiah is None:
            unknown += 1
        else:
            rupiah += one.rupiah
            known += 1
            approximate = approximate or one.approximate
    return Sum(rupiah, known, unknown, approximate)


def by(entries: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, Sum]:
    """Sum items by any property of them, in the order in which they come."""
    groups: dict[Key, list[Item]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {name: sum_of(group) for name, group in groups.items()}


def dimension_table(plan: Plan) -> Table[str | None]:
    """Lay out sums by dimension and year."""
    return _table(plan, lambda one: one.action.dimension, plan.registers.taxonomy.by_id)


def source_table(plan: Plan) -> Table[str | None]:
    """Lay out sums by source of funds and year."""
    return _table(plan, lambda one: one.fund, plan.registers.funds)


def agency_table(plan: Plan) -> Table[str | None]:
    """Lay out sums by lead agency and year."""
    return _table(plan, lambda one: _lead(plan, one), _agencies(plan))


class Ceiling(NamedTuple):
    """One year beside the most that it may cost.

    Attributes:
        year: the year.
        sum: what its actions cost.
        ceiling: the most that it may cost, in rupiah; none if the plan sets none.
    """

    year: int
    sum: Sum
    ceiling: int | None

    @property
    def over(self) -> int | None:
        """By how much the known costs exceed the ceiling; negative below it; none if unknown."""
        return None if self.ceiling is None else self.sum.rupiah - self.ceiling


def ceilings(plan: Plan) -> tuple[Ceiling, ...]:
    """Set every year of the plan beside its ceiling."""
    sums = by_year(plan)
    limits = plan.header.ceilings
    years = sorted({*plan.years, *limits, *(year for year in sums if year is not None)})
    return tuple(
        Ceiling(year, sums.get(year, NOTHING), limits[year].rupiah if year in limits else None)
        for year in years
    )


class Declaration(NamedTuple):
    """A printed total beside the computed one.

    Attributes:
        action: the action that it belongs to; none for the whole plan.
        declared: the printed total in rupiah.
        computed: the sum that smartplan works out.
    """

    action: Action | None
    declared: int
    computed: Sum

    @property
    def difference(self) -> int | None:
        """Printed less computed; none while the computed sum is incomplete."""
        return self.declared - self.computed.rupiah if self.computed.complete else None


def declarations(plan: Plan) -> tuple[Declaration, ...]:
    """Set every printed total beside the computed one: the plan's own first."""
    found = []
    if plan.header.declared and plan.header.declared.total:
        found.append(Declaration(None, plan.header.declared.total.rupiah, total(plan)))
    found += [
        Declaration(action, action.declared.total.rupiah, total(plan, [action]))
        for action in plan.actions
        if action.declared and action.declared.total
    ]
    return tuple(found)


def disagreements(plan: Plan) -> tuple[Declaration, ...]:
    """Give the printed totals that differ from the computed ones, or cannot be compared."""
    return tuple(one for one in declarations(plan) if one.difference != 0)


def incomplete(plan: Plan) -> tuple[Action, ...]:
    """Give the actions of which an amount is missing, without a reason for it."""
    return tuple(one for one in plan.actions if not total(plan, [one]).complete)


def _items(action: Action, *, readable: bool) -> Iterator[Item]:
    missing = False
    excused = ALL_YEARS in action.non_budget
    for year in sorted({*action.budget, *action.years}):
        funds = action.budget.get(year) or {}
        for fund, amount in funds.items():
            rupiah = amount.rupiah
            missing = missing or rupiah is None
            yield Item(action, year, fund, rupiah, amount.about)
        if not funds and not excused and str(year) not in action.non_budget:
            missing = True
            yield Item(action, year, None, None)
    nothing_said = not (action.years or action.budget or action.non_budget)
    if nothing_said or not (readable or missing):
        yield Item(action, None, None, None)


def _table(
    plan: Plan, row: Callable[[Item], str | None], order: Iterable[str]
) -> Table[str | None]:
    entries = list(items(plan))
    cells = by(entries, lambda one: (row(one), one.year))
    rows = _ordered(by(entries, row), order)
    years = _sorted({**dict.fromkeys(plan.years, NOTHING), **by(entries, lambda one: one.year)})
    return Table(
        years=tuple(years),
        rows={key: {year: cells.get((key, year), NOTHING) for year in years} for key in rows},
        row_totals=rows,
        year_totals=years,
        total=add(rows.values()),
    )


def _lead(plan: Plan, item: Item) -> str | None:
    """Give the id of the lead agency, under whatever name the action calls it."""
    agency = plan.get(item.action.owner, "agency")
    return agency.id if agency else None


def _agencies(plan: Plan) -> list[str]:
    return [one.id for one in plan.agencies if one.id]


def _sorted(sums: Mapping[int | None, Sum]) -> dict[int | None, Sum]:
    return {year: sums[year] for year in sorted(sums, key=lambda one: (one is None, one or 0))}


def _ordered(sums: Mapping[str | None, Sum], order: Iterable[str]) -> dict[str | None, Sum]:
    """Bring sums into an order; what it does not know comes after, what has no name last."""
    names = dict.fromkeys([*order, *(one for one in sums if one is not None), None])
    return {name: sums[name] for name in names if name in sums}
