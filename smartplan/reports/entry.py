"""What reports show of an item: itself, where it comes from, and what it refers to.

The ground that all reports stand on. Templates see these values; they are made out of a plan once,
hold no word of any language, and never judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from smartplan.figures import delivery, direction, measure, money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.figures.direction import Pointer
    from smartplan.figures.measure import Measured
    from smartplan.figures.money import Sum
    from smartplan.plan.city import Agency, Partner
    from smartplan.plan.delivery import Action, Risk
    from smartplan.plan.direction import Crosswalk, PlanningDocument
    from smartplan.plan.entity import Record
    from smartplan.plan.grammar import Quantity
    from smartplan.plan.measure import Indicator, Reading
    from smartplan.plan.money import Amount
    from smartplan.plan.plan import Plan
    from smartplan.plan.registers import Dimension, Element, Fund

Item = TypeVar("Item", bound="Record")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Item]):
    """An item of the plan and where it comes from.

    Attributes:
        it: the item.
        illustrative: whether it is invented, so that it must be marked.
        sources: the ids of the sources that it rests on.
        remark: what a reader should know of its origin.
    """

    it: Item
    illustrative: bool
    sources: tuple[str, ...]
    remark: str | None


def entry(plan: Plan, item: Item) -> Entry[Item]:
    """Look an item's origin up."""
    provenance = plan.provenance(item)
    if provenance is None:
        return Entry(item, illustrative=False, sources=(), remark=None)
    sources = tuple(one.id for one in plan.resolve(provenance.sources, "source"))
    return Entry(item, plan.illustrative(item), sources, provenance.note)


def entries(plan: Plan, items: Iterable[Item]) -> tuple[Entry[Item], ...]:
    """Look the origin of several items up."""
    return tuple(entry(plan, one) for one in items)


@dataclass(frozen=True, slots=True)
class Pillar:
    """A dimension in its place; one without a name gathers what has no dimension.

    Attributes:
        id: its id; empty if there is no dimension.
        name: its names by language; none if there is no dimension.
        number: its place from 1, by which templates colour it.
    """

    id: str
    name: dict[str, str] | None
    number: int


def pillar(plan: Plan, identity: str | None) -> Pillar:
    """Give a dimension in its place."""
    dimensions: dict[str, Dimension] = plan.registers.taxonomy.by_id
    if identity is None or identity not in dimensions:
        return Pillar("", None, len(dimensions) + 1)
    return Pillar(identity, dimensions[identity].name, [*dimensions].index(identity) + 1)


def element_name(plan: Plan, identity: str | None) -> dict[str, str] | None:
    """Give the names of an element; none if it is not set."""
    elements: dict[str, Element] = plan.registers.taxonomy.elements
    return elements[identity].name if identity in elements else None


@dataclass(frozen=True, slots=True)
class MeasuredEntry:
    """An indicator as reports show it.

    Attributes:
        it: the indicator.
        illustrative: whether it is invented.
        sources: the ids of its sources.
        action: the action that it stands in, if any.
        agency: who reports it.
        baseline: year and value before the plan.
        path: targets by year, in order.
        reading: the latest reading.
    """

    it: Indicator
    illustrative: bool
    sources: tuple[str, ...]
    action: Action | None
    agency: Agency | None
    baseline: tuple[int, Quantity] | None
    path: tuple[tuple[int, Quantity], ...]
    reading: Reading | None

    @property
    def last(self) -> tuple[int, Quantity] | None:
        """The last target."""
        return self.path[-1] if self.path else None


def measured_entry(plan: Plan, one: Measured) -> MeasuredEntry:
    """Show an indicator."""
    origin = entry(plan, one.indicator)
    return MeasuredEntry(
        it=one.indicator,
        illustrative=origin.illustrative,
        sources=origin.sources,
        action=one.action,
        agency=one.agency,
        baseline=one.baseline,
        path=one.path,
        reading=one.reading,
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """What the plan says of one amount besides its sum.

    Attributes:
        year: its year.
        fund: its source of funds.
        it: the amount: price per unit, volume, note, reason for 0.
    """

    year: int
    fund: Fund
    it: Amount


@dataclass(frozen=True, slots=True)
class PointerEntry:
    """What an item is in a frame of others, and who says so.

    Attributes:
        of: the entry of the crosswalk.
        to: its item, its frame, and what the code is called there.
    """

    of: Entry[Crosswalk]
    to: Pointer


def pointers(plan: Plan) -> tuple[PointerEntry, ...]:
    """Look the origin of every entry of the crosswalk up."""
    return tuple(PointerEntry(entry(plan, one.it), one) for one in direction.pointers(plan))


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action as reports show it, with everything that it names.

    Attributes:
        it: the action.
        illustrative: whether it is invented.
        sources: the ids of its sources.
        pillar: its primary dimension.
        owner: its lead agency.
        support: the agencies that help.
        partners: the partners.
        total: what it costs.
        by_year: what it costs in each year; none for an unknown year.
        by_fund: who pays; none for an unknown source.
        details: the amounts of which more is said than their sum.
        indicators: what shows its result.
        depends_on: the actions that come first.
        elements: names of the elements that it serves, by language.
        also: the dimensions that it serves besides.
        comes_from: the other plan that it comes from, if any.
        pointers: what it is in frames of others, such as the SDGs.
    """

    it: Action
    illustrative: bool
    sources: tuple[str, ...]
    pillar: Pillar
    owner: Agency | None
    support: tuple[Agency, ...]
    partners: tuple[Partner, ...]
    total: Sum
    by_year: tuple[tuple[int | None, Sum], ...]
    by_fund: tuple[tuple[Fund | None, Sum], ...]
    details: tuple[Detail, ...]
    indicators: tuple[MeasuredEntry, ...]
    depends_on: tuple[Action, ...]
    elements: tuple[dict[str, str], ...]
    also: tuple[Pillar, ...]
    comes_from: PlanningDocument | None
    pointers: tuple[PointerEntry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of a dimension.

    Attributes:
        pillar: the dimension.
        actions: its actions.
        total: what they cost.
    """

    pillar: Pillar
    actions: tuple[ActionEntry, ...]
    total: Sum


def groups(plan: Plan) -> tuple[Group, ...]:
    """Give all actions by dimension: every dimension, those without one last if there are any."""
    shown = {id(one.indicator): measured_entry(plan, one) for one in measure.measured(plan)}
    sums = money.by_dimension(plan)
    leads: dict[int, list[PointerEntry]] = {}
    for one in pointers(plan):
        leads.setdefault(id(one.to.item), []).append(one)
    return tuple(
        Group(
            pillar(plan, key),
            tuple(_action(plan, action, shown, leads.get(id(action), ())) for action in actions),
            sums.get(key, money.NOTHING),
        )
        for key, actions in delivery.by_dimension(plan).items()
    )


def _action(
    plan: Plan,
    action: Action,
    shown: dict[int, MeasuredEntry],
    leads: Iterable[PointerEntry],
) -> ActionEntry:
    origin = entry(plan, action)
    funds = plan.registers.funds
    amounts = list(money.items(plan, [action]))
    by_fund = money.by(amounts, lambda one: one.fund)
    return ActionEntry(
        it=action,
        illustrative=origin.illustrative,
        sources=origin.sources,
        pillar=pillar(plan, action.dimension),
        owner=plan.get(action.owner, "agency"),
        support=tuple(plan.resolve(action.support, "agency")),
        partners=tuple(plan.resolve(action.partners, "partner")),
        total=money.sum_of(amounts),
        by_year=tuple(money.by(amounts, lambda one: one.year).items()),
        by_fund=tuple((funds[key] if key else None, each) for key, each in by_fund.items()),
        details=_details(plan, action),
        indicators=tuple(shown[id(one)] for one in action.indicators),
        depends_on=tuple(plan.resolve(action.depends_on, "action")),
        elements=tuple(name for one in action.elements if (name := element_name(plan, one))),
        also=tuple(pillar(plan, one) for one in action.also),
        comes_from=plan.get(action.origin.document, "document") if action.origin else None,
        pointers=tuple(leads),
    )


def _details(plan: Plan, action: Action) -> tuple[Detail, ...]:
    return tuple(
        Detail(year, plan.registers.funds[fund], amount)
        for year, by_fund in sorted(action.budget.items())
        for fund, amount in by_fund.items()
        if amount.unit_cost or amount.note or amount.reason
    )


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """A risk and the agency that watches it."""

    risk: Entry[Risk]
    owner: Agency | None


def risk_entry(plan: Plan, risk: Risk) -> RiskEntry:
    """Look a risk's origin and its owner up."""
    return RiskEntry(entry(plan, risk), plan.get(risk.owner, "agency"))
