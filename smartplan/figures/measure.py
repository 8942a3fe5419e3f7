"""What is measured: indicators with whom they belong to, facts side by side, what is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan.delivery import Action

if TYPE_CHECKING:
    from smartplan.plan.city import Agency
    from smartplan.plan.grammar import Quantity
    from smartplan.plan.measure import Fact, Indicator, Reading
    from smartplan.plan.plan import Plan

NO_KINDS = ("", "plan", "checks", "provenance", "source", "register", "crosswalk")
"""What is no statement of the plan: parts of items, its head, settings, origins, lists, links."""


class Measured(NamedTuple):
    """An indicator with what belongs to it.

    Attributes:
        indicator: the indicator.
        action: the action that it stands in; none for one of goals.
        agency: who reports it: its own owner, else the action's.
        baseline: the year and value before the plan, the latest if there are several.
        reading: the latest reading; none while it was not read.
    """

    indicator: Indicator
    action: Action | None
    agency: Agency | None
    baseline: tuple[int, Quantity] | None
    reading: Reading | None

    @property
    def path(self) -> tuple[tuple[int, Quantity], ...]:
        """Its targets by year, in order."""
        return tuple(sorted(self.indicator.targets.items(), key=lambda one: one[0]))


def measured(plan: Plan) -> tuple[Measured, ...]:
    """Tell of every indicator what belongs to it, in the order of the plan."""
    last = latest(plan)
    return tuple(_measured(plan, one, last) for one in plan.indicators)


def latest(plan: Plan) -> dict[int, Reading]:
    """Give the latest reading with a value of each indicator, by the identity of the indicator."""
    found: dict[int, Reading] = {}
    for reading in sorted(plan.all("reading"), key=lambda one: one.period or ""):
        indicator = plan.get(reading.indicator, "indicator")
        if indicator is not None and reading.value is not None:
            found[id(indicator)] = reading
    return found


def target_years(plan: Plan) -> tuple[int, ...]:
    """Give all years of the plan and of its targets."""
    targets = {year for one in plan.indicators for year in one.targets}
    return tuple(sorted({*plan.years, *targets}))


def without_indicator(plan: Plan) -> tuple[Action, ...]:
    """Give the actions whose result nothing shows."""
    return tuple(one for one in plan.actions if not one.indicators)


def without_baseline(plan: Plan) -> tuple[Indicator, ...]:
    """Give the indicators of which nobody says where they start."""
    return tuple(one for one in plan.indicators if not one.baseline)


@dataclass(frozen=True, slots=True)
class Figure:
    """The facts that speak of one thing.

    Attributes:
        about: what they speak of.
        facts: the facts, in the order of the plan.
    """

    about: str | None
    facts: tuple[Fact, ...]

    @property
    def conflicting(self) -> bool:
        """Whether two facts give different values for the same time."""
        values: dict[str | None, set[tuple[str | None, str | None]]] = {}
        for fact in self.facts:
            values.setdefault(fact.date, set()).add((fact.value, fact.unit))
        return any(len(each) > 1 for each in values.values())


def figures(plan: Plan) -> tuple[Figure, ...]:
    """Group the facts by what they speak of, in the order of the first of each."""
    groups: dict[str, list[Fact]] = {}
    for fact in plan.all("fact"):
        groups.setdefault(fact.about or f"?{fact.id}", []).append(fact)
    return tuple(Figure(group[0].about, tuple(group)) for group in groups.values())


def conflicts(plan: Plan) -> tuple[Figure, ...]:
    """Give the groups of facts that contradict each other."""
    return tuple(one for one in figures(plan) if one.conflicting)


class Grounding(NamedTuple):
    """How many items of a kind there are, and how many of them are invented.

    Attributes:
        total: all of them.
        illustrative: those that are only an illustration.
    """

    total: int
    illustrative: int


def grounding(plan: Plan) -> dict[str, Grounding]:
    """Count what is invented, kind by kind (`action`, `goal`, …); parts of items do not count."""
    return {
        noun: Grounding(len(records), sum(plan.illustrative(one) for one in records))
        for noun, records in plan.items.items()
        if noun not in NO_KINDS
    }


def _measured(plan: Plan, indicator: Indicator, last: dict[int, Reading]) -> Measured:
    owner = plan.owner(indicator)
    action = owner if isinstance(owner, Action) else None
    return Measured(
        indicator=indicator,
        action=action,
        agency=plan.get(indicator.owner or (action.owner if action else None), "agency"),
        baseline=max(indicator.baseline.items(), key=lambda one: one[0], default=None),
        reading=last.get(id(indicator)),
    )
