"""The report `summary`: two printed pages for a mayor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.figures import city, delivery, direction, measure, money
from smartplan.reports.entry import entries, entry, groups, risk_entry
from smartplan.reports.press import Report

if TYPE_CHECKING:
    from smartplan.figures.delivery import Load
    from smartplan.figures.money import Ceiling, Sum
    from smartplan.plan.city import Agency
    from smartplan.plan.delivery import Risk
    from smartplan.plan.direction import Mission, Vision
    from smartplan.plan.header import Header
    from smartplan.plan.plan import Plan
    from smartplan.reports.entry import ActionEntry, Entry, Group, RiskEntry

QUICK_WINS = 6
AGENCIES = 6
RISKS = 6
"""How many of each fit on two pages; what is left over is counted."""

WEIGHT = {"high": 3, "medium": 2, "low": 1}
"""Ranks risks by likelihood times impact; one that nobody has rated comes last."""


@dataclass(frozen=True, slots=True)
class LoadEntry:
    """An agency with what it has to do and to spend."""

    agency: Agency
    leads: int
    supports: int
    total: Sum


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is still open: a label, how many of how many."""

    label: str
    count: int
    total: int


@dataclass(frozen=True)
class Summary:
    """Everything that the templates of the summary see."""

    header: Header
    origin: Entry[Header] | None
    vision: Entry[Vision] | None
    missions: tuple[Entry[Mission], ...]
    groups: tuple[Group, ...]
    actions: int
    total: Sum
    years: tuple[Ceiling, ...]
    peak: int
    quick_wins: tuple[ActionEntry, ...]
    more_quick_wins: int
    loads: tuple[LoadEntry, ...]
    more_loads: int
    risks: tuple[RiskEntry, ...]
    more_risks: int
    adopted: bool
    open: tuple[Open, ...]
    illustrative: int
    items: int


def build(plan: Plan) -> Summary:
    """Make the context of the report."""
    actions = groups(plan)
    years = money.ceilings(plan)
    wins = [one for group in actions for one in group.actions if one.it.quick_win]
    loads = _loads(plan)
    risks = sorted(plan.all("risk"), key=_weight, reverse=True)
    grounding = measure.grounding(plan).values()
    return Summary(
        header=plan.header,
        origin=next(iter(entries(plan, plan.all("plan"))), None),
        vision=entry(plan, plan.vision) if plan.vision else None,
        missions=entries(plan, plan.missions),
        groups=actions,
        actions=len(plan.actions),
        total=money.total(plan),
        years=years,
        peak=max((one.sum.rupiah for one in years), default=0) or 1,
        quick_wins=tuple(wins[:QUICK_WINS]),
        more_quick_wins=max(len(wins) - QUICK_WINS, 0),
        loads=tuple(loads[:AGENCIES]),
        more_loads=max(len(loads) - AGENCIES, 0),
        risks=tuple(risk_entry(plan, one) for one in risks[:RISKS]),
        more_risks=max(len(risks) - RISKS, 0),
        adopted=city.adopting_act(plan) is not None,
        open=_open(plan),
        illustrative=sum(one.illustrative for one in grounding),
        items=sum(one.total for one in grounding),
    )


SUMMARY = Report("summary", "summary.title", build)


def _weight(risk: Risk) -> int:
    return WEIGHT.get(risk.likelihood or "", 0) * WEIGHT.get(risk.impact or "", 0)


def _loads(plan: Plan) -> list[LoadEntry]:
    """Rank the agencies that have something to do: first by what they lead."""
    sums = money.by_agency(plan)
    busy = [one for one in delivery.loads(plan) if one.leads or one.supports]
    busy.sort(key=lambda one: (-len(one.leads), -len(one.supports)))
    return [_load(one, sums) for one in busy]


def _load(load: Load, sums: dict[str | None, Sum]) -> LoadEntry:
    total = sums.get(load.agency.id, money.NOTHING)
    return LoadEntry(load.agency, len(load.leads), len(load.supports), total)


def _open(plan: Plan) -> tuple[Open, ...]:
    """Count what the plan does not say yet, leaving out what is complete."""
    without_dimension = delivery.by_dimension(plan).get(None, ())
    actions = {
        "open_owner": delivery.without_owner(plan),
        "open_dimension": without_dimension,
        "open_years": delivery.without_years(plan),
        "open_budget": money.incomplete(plan),
        "open_indicator": measure.without_indicator(plan),
    }
    elements = direction.coverage(plan)
    bare = [one for one in elements if not one.actions]
    found = [Open(label, len(each), len(plan.actions)) for label, each in actions.items()]
    found += [
        Open("open_element", len(bare), len(elements)),
        Open("open_mission", len(direction.unserved_missions(plan)), len(plan.missions)),
        Open("open_baseline", len(measure.without_baseline(plan)), len(plan.indicators)),
        Open("open_conflict", len(measure.conflicts(plan)), len(measure.figures(plan))),
        Open("open_decree", *_founded(plan)),
    ]
    return tuple(one for one in found if one.count)


def _founded(plan: Plan) -> tuple[int, int]:
    """Count the bodies that no act founds, and all bodies; a contact needs no act."""
    bodies = [one for one in plan.all("institution") if one.kind != "contact"]
    return sum(plan.get(one.decree, "legal_act") is None for one in bodies), len(bodies)
