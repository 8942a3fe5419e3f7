"""The chapters of the masterplan that say what is done: goals, actions, years, money, measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.figures import delivery, direction, measure, money
from smartplan.plan.delivery import Criteria
from smartplan.reports.entry import (
    element_name,
    entries,
    entry,
    measured_entry,
    pillar,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smartplan.figures.delivery import Stretch
    from smartplan.figures.money import Ceiling, Declaration, Sum, Table
    from smartplan.plan.delivery import Action, Risk
    from smartplan.plan.direction import Goal, Strategy
    from smartplan.plan.plan import Plan
    from smartplan.reports.entry import ActionEntry, Entry, Group, MeasuredEntry, Pillar


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """A goal with the strategies that lead to it and the indicators that show it."""

    goal: Entry[Goal]
    strategies: tuple[Entry[Strategy], ...]
    indicators: tuple[MeasuredEntry, ...]


@dataclass(frozen=True, slots=True)
class ElementGoals:
    """An element and its goals."""

    name: dict[str, str] | None
    goals: tuple[GoalEntry, ...]


@dataclass(frozen=True, slots=True)
class PillarGoals:
    """A dimension and its elements."""

    pillar: Pillar
    elements: tuple[ElementGoals, ...]


@dataclass(frozen=True, slots=True)
class Enabling:
    """One of the four enabling groups."""

    kind: str | None
    actions: tuple[Action, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of an action in the road map; `first` and `last` round off the bar."""

    year: int
    active: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """An action in the road map."""

    action: ActionEntry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PillarLanes:
    """A dimension in the road map."""

    pillar: Pillar
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The road map: years by horizon, actions by dimension."""

    stretches: tuple[Stretch, ...]
    years: tuple[int, ...]
    pillars: tuple[PillarLanes, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class QuickWinEntry:
    """A quick win with its answers to the ten criteria and its risks."""

    action: ActionEntry
    criteria: tuple[tuple[str, str | None], ...]
    risks: tuple[Entry[Risk], ...]


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A row of a budget table, named by a register (by language) or by the plan, or by nothing."""

    name: dict[str, str] | None
    plan_name: str | None
    cells: tuple[Sum, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """One way to set the budget out; `label` and `column` name its labels."""

    label: str
    column: str
    years: tuple[int | None, ...]
    rows: tuple[BudgetRow, ...]
    totals: tuple[Sum, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget three ways, beside ceilings and printed totals.

    Attributes:
        tables: by dimension, source of funds and lead agency.
        ceilings: the years beside their ceilings.
        peak: the highest sum or ceiling of a year, by which bars are drawn; at least 1.
        disagreements: printed totals that differ from the computed ones.
    """

    tables: tuple[BudgetTable, ...]
    ceilings: tuple[Ceiling, ...]
    peak: int
    disagreements: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of the goals (without a dimension) or of the actions of a dimension."""

    pillar: Pillar | None
    indicators: tuple[MeasuredEntry, ...]


def goals(plan: Plan) -> tuple[PillarGoals, ...]:
    """Lay the goals out by dimension and element."""
    strategies = direction.strategies_by_goal(plan)
    measured = {id(one.indicator): one for one in measure.measured(plan)}

    def goal_entry(goal: Goal) -> GoalEntry:
        shown = (measured.get(id(one)) for one in plan.resolve(goal.indicators, "indicator"))
        return GoalEntry(
            entry(plan, goal),
            entries(plan, strategies.get(goal.id or "", ())),
            tuple(measured_entry(plan, one) for one in shown if one),
        )

    found: dict[str | None, list[ElementGoals]] = {}
    elements = plan.registers.taxonomy.elements
    for key, goals in direction.goals_by_element(plan).items():
        dimension = elements[key].dimension if key in elements else None
        shown = ElementGoals(element_name(plan, key), tuple(goal_entry(one) for one in goals))
        found.setdefault(dimension, []).append(shown)
    return tuple(PillarGoals(pillar(plan, key), tuple(each)) for key, each in found.items())


def enabling(plan: Plan) -> tuple[Enabling, ...]:
    """Tell what serves each of the four enabling groups."""
    return tuple(
        Enabling(kind, actions, money.total(plan, actions))
        for kind, actions in delivery.enabling(plan).items()
    )


def roadmap(plan: Plan, actions: tuple[Group, ...]) -> Roadmap:
    """Lay the actions out over the years."""
    matrix = delivery.roadmap(plan)
    years = matrix.years
    return Roadmap(
        stretches=matrix.stretches,
        years=years,
        pillars=tuple(
            PillarLanes(group.pillar, tuple(_lane(one, years) for one in group.actions))
            for group in actions
            if group.actions
        ),
        text=plan.roadmap.text if plan.roadmap else None,
    )


def _lane(action: ActionEntry, years: tuple[int, ...]) -> Lane:
    active = set(action.it.years)
    return Lane(
        action,
        tuple(
            Cell(year, year in active, year - 1 not in active, year + 1 not in active)
            for year in years
        ),
    )


def quick_wins(plan: Plan, actions: tuple[Group, ...]) -> tuple[QuickWinEntry, ...]:
    """Tell everything about each quick win."""
    return tuple(
        QuickWinEntry(
            action,
            _criteria(action.it.quick_win.criteria),
            entries(plan, plan.resolve(action.it.quick_win.risks, "risk")),
        )
        for group in actions
        for action in group.actions
        if action.it.quick_win
    )


def _criteria(criteria: Criteria | None) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, getattr(criteria, name, None)) for name in Criteria.model_fields)


def budget(plan: Plan) -> Budget:
    """Set the budget out three ways."""
    ceilings = money.ceilings(plan)
    taxonomy, funds = plan.registers.taxonomy, plan.registers.funds
    dimensions = {key: one.name for key, one in taxonomy.by_id.items()}
    sources = {key: one.name for key, one in funds.items()}
    agencies = {one.id: one.name for one in plan.agencies if one.id}
    return Budget(
        tables=(
            _table("dimension", money.dimension_table(plan), names=dimensions),
            _table("source", money.source_table(plan), names=sources),
            _table("agency", money.agency_table(plan), plan_names=agencies),
        ),
        ceilings=ceilings,
        peak=max((max(one.sum.rupiah, one.ceiling or 0) for one in ceilings), default=0) or 1,
        disagreements=money.disagreements(plan),
    )


def _table(
    column: str,
    table: Table[str | None],
    *,
    names: Mapping[str, dict[str, str]] | None = None,
    plan_names: Mapping[str, str | None] | None = None,
) -> BudgetTable:
    rows = (
        BudgetRow(
            name=(names or {}).get(key or ""),
            plan_name=(plan_names or {}).get(key or ""),
            cells=tuple(cells[year] for year in table.years),
            total=table.row_totals[key],
        )
        for key, cells in table.rows.items()
    )
    totals = tuple(table.year_totals[year] for year in table.years)
    return BudgetTable(f"by_{column}", column, table.years, tuple(rows), totals, table.total)


def indicators(plan: Plan, actions: tuple[Group, ...]) -> tuple[IndicatorGroup, ...]:
    """Gather the indicators: those of goals, then those of the actions of each dimension."""
    of_goals = tuple(
        measured_entry(plan, one) for one in measure.measured(plan) if one.action is None
    )
    of_actions = (
        IndicatorGroup(
            group.pillar, tuple(one for each in group.actions for one in each.indicators)
        )
        for group in actions
    )
    return tuple(one for one in (IndicatorGroup(None, of_goals), *of_actions) if one.indicators)
