"""The report `masterplan`: the whole plan in the shape of Buku II, chapter by chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.figures import city, delivery, direction, measure, money
from smartplan.plan.delivery import Criteria
from smartplan.reports.entry import (
    ActionEntry,
    Entry,
    Group,
    MeasuredEntry,
    Pillar,
    element_name,
    entries,
    entry,
    groups,
    measured_entry,
    pillar,
)
from smartplan.reports.press import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.figures.delivery import Stretch
    from smartplan.figures.money import Ceiling, Declaration, Sum, Table
    from smartplan.plan.city import Agency, Event, Institution, InventoryItem, LegalAct, Partner
    from smartplan.plan.delivery import Action, Participation, Risk, Workshop
    from smartplan.plan.direction import (
        DocumentElement,
        DocumentRef,
        Gap,
        Goal,
        Mission,
        PlanningDocument,
        Readiness,
        Strategy,
        Swot,
        Vision,
        Wording,
    )
    from smartplan.plan.measure import Fact
    from smartplan.plan.plan import Citation, Header, Plan
    from smartplan.plan.registers import Fund

CHAPTERS = (
    "profile",
    "alignment",
    "legal",
    "institutions",
    "process",
    "readiness",
    "swot",
    "gaps",
    "inventory",
    "vision",
    "goals",
    "actions",
    "roadmap",
    "quick_wins",
    "budget",
    "indicators",
    "risks",
    "sources",
)
"""The chapters in the order of Buku I and II; each has a label and a place in the templates."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The plan in five figures."""

    actions: int
    quick_wins: int
    indicators: int
    illustrative: int
    total: Sum


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of one thing, side by side."""

    conflicting: bool
    facts: tuple[Entry[Fact], ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A part of another document that something follows, and how."""

    document: PlanningDocument
    element: DocumentElement | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MissionEntry:
    """A mission, its dimensions, and what it follows."""

    mission: Entry[Mission]
    pillars: tuple[Pillar, ...]
    follows: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A planning document and its cited parts."""

    document: Entry[PlanningDocument]
    elements: tuple[Entry[DocumentElement], ...]


@dataclass(frozen=True, slots=True)
class VisionBeside:
    """The wording of a vision in another document."""

    document: PlanningDocument
    element: Entry[DocumentElement]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that carries the plan, and the act that founds it."""

    institution: Entry[Institution]
    decree: LegalAct | None


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """An agency and how much it has to do."""

    agency: Entry[Agency]
    leads: int
    supports: int


@dataclass(frozen=True, slots=True)
class GapEntry:
    """A gap and the element it lies in."""

    gap: Entry[Gap]
    element: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Owned:
    """Something that exists or may happen, and the agency that answers for it."""

    item: Entry[InventoryItem]
    owner: Agency | None


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """A risk and the agency that watches it."""

    risk: Entry[Risk]
    owner: Agency | None


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
class Budget:
    """The budget three ways, beside ceilings and printed totals."""

    by_dimension: Table[str | None]
    pillars: tuple[Pillar, ...]
    by_source: Table[str | None]
    funds: Mapping[str, Fund]
    by_agency: Table[str | None]
    agencies: Mapping[str, Agency]
    ceilings: tuple[Ceiling, ...]
    disagreements: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of the goals (without a dimension) or of the actions of a dimension."""

    pillar: Pillar | None
    indicators: tuple[MeasuredEntry, ...]


@dataclass(frozen=True)
class Masterplan:
    """Everything that the templates of the masterplan see."""

    chapters: tuple[str, ...]
    header: Header
    origin: Entry[Header] | None
    adopted_by: LegalAct | None
    glance: Glance
    profile: tuple[Profile, ...]
    visions: tuple[VisionBeside, ...]
    documents: tuple[DocumentEntry, ...]
    acts: tuple[Entry[LegalAct], ...]
    bodies: tuple[Body, ...]
    agencies: tuple[AgencyLoad, ...]
    partners: tuple[Entry[Partner], ...]
    workshops: tuple[Entry[Workshop], ...]
    participation: tuple[Entry[Participation], ...]
    events: tuple[Entry[Event], ...]
    readiness: tuple[Entry[Readiness], ...]
    swot: Mapping[str, tuple[Entry[Swot], ...]]
    gaps: tuple[GapEntry, ...]
    inventory: tuple[Owned, ...]
    vision: Entry[Vision] | None
    wordings: tuple[Entry[Wording], ...]
    missions: tuple[MissionEntry, ...]
    vision_follows: tuple[Followed, ...]
    goals: tuple[PillarGoals, ...]
    groups: tuple[Group, ...]
    enabling: tuple[Enabling, ...]
    roadmap: Roadmap
    quick_wins: tuple[QuickWinEntry, ...]
    budget: Budget
    target_years: tuple[int, ...]
    indicators: tuple[IndicatorGroup, ...]
    readings: bool
    risks: tuple[RiskEntry, ...]
    sources: tuple[Entry[Citation], ...]


def build(plan: Plan) -> Masterplan:
    """Make the context of the report."""
    actions = groups(plan)
    vision = plan.vision
    return Masterplan(
        chapters=CHAPTERS,
        header=plan.header,
        origin=next(iter(entries(plan, plan.all("plan"))), None),
        adopted_by=city.adopting_act(plan),
        glance=_glance(plan),
        profile=_profile(plan),
        visions=_visions(plan),
        documents=_documents(plan),
        acts=entries(plan, city.acts(plan)),
        bodies=_bodies(plan),
        agencies=_agencies(plan),
        partners=entries(plan, plan.all("partner")),
        workshops=entries(plan, city.workshops(plan)),
        participation=entries(plan, city.participation(plan)),
        events=entries(plan, city.events(plan)),
        readiness=_readiness(plan),
        swot={kind: entries(plan, group) for kind, group in direction.swot(plan).items()},
        gaps=tuple(
            GapEntry(entry(plan, one), element_name(plan, one.element)) for one in plan.all("gap")
        ),
        inventory=tuple(
            Owned(entry(plan, one), plan.get(one.owner))
            for group in city.inventory(plan).values()
            for one in group
        ),
        vision=entry(plan, vision) if vision else None,
        wordings=entries(plan, vision.wordings) if vision else (),
        missions=tuple(_mission(plan, one) for one in plan.missions),
        vision_follows=_follows(plan, vision.aligned_with) if vision else (),
        goals=_goals(plan),
        groups=actions,
        enabling=_enabling(plan),
        roadmap=_roadmap(plan, actions),
        quick_wins=_quick_wins(plan, actions),
        budget=_budget(plan),
        target_years=measure.target_years(plan),
        indicators=_indicators(plan, actions),
        readings=bool(measure.latest(plan)),
        risks=tuple(
            RiskEntry(entry(plan, one), plan.get(one.owner)) for one in plan.all("risk")
        ),
        sources=entries(plan, city.sources(plan)),
    )


MASTERPLAN = Report("masterplan", "masterplan.title", build)


def _glance(plan: Plan) -> Glance:
    return Glance(
        actions=len(plan.actions),
        quick_wins=len(delivery.quick_wins(plan)),
        indicators=len(plan.indicators),
        illustrative=sum(plan.illustrative(one) for one in plan.actions),
        total=money.total(plan),
    )


def _profile(plan: Plan) -> tuple[Profile, ...]:
    return tuple(
        Profile(one.conflicting, entries(plan, one.facts)) for one in measure.figures(plan)
    )


def _visions(plan: Plan) -> tuple[VisionBeside, ...]:
    """Set the visions that the plan says it follows side by side; all of them if it says none."""
    followed = direction.alignments(plan, plan.vision.aligned_with if plan.vision else ())
    chosen = [one for one in followed if one.element and one.element.kind == "vision"]
    return tuple(
        VisionBeside(one.document, entry(plan, one.element))
        for one in chosen or direction.visions(plan.all("document"))
        if one.element
    )


def _documents(plan: Plan) -> tuple[DocumentEntry, ...]:
    return tuple(
        DocumentEntry(entry(plan, one), entries(plan, one.elements)) for one in plan.all("document")
    )


def _bodies(plan: Plan) -> tuple[Body, ...]:
    return tuple(
        Body(entry(plan, one), plan.get(one.decree)) for one in plan.all("institution")
    )


def _agencies(plan: Plan) -> tuple[AgencyLoad, ...]:
    return tuple(
        AgencyLoad(entry(plan, one.agency), len(one.leads), len(one.supports))
        for one in delivery.loads(plan)
    )


def _readiness(plan: Plan) -> tuple[Entry[Readiness], ...]:
    axes = ("structure", "infrastructure", "superstructure")
    ordered = sorted(
        plan.all("readiness"),
        key=lambda one: axes.index(one.axis) if one.axis else len(axes),
    )
    return entries(plan, ordered)


def _follows(plan: Plan, refs: Iterable[DocumentRef]) -> tuple[Followed, ...]:
    return tuple(
        Followed(one.document, one.element, ref.note)
        for ref in refs
        for one in direction.alignments(plan, [ref])
    )


def _mission(plan: Plan, mission: Mission) -> MissionEntry:
    pillars = tuple(pillar(plan, one) for one in mission.dimensions)
    return MissionEntry(entry(plan, mission), pillars, _follows(plan, mission.aligned_with))


def _goals(plan: Plan) -> tuple[PillarGoals, ...]:
    strategies = direction.strategies_by_goal(plan)
    measured = {id(one.indicator): one for one in measure.measured(plan)}

    def goal_entry(goal: Goal) -> GoalEntry:
        shown = (measured.get(id(one)) for one in plan.resolve(goal.indicators))
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


def _enabling(plan: Plan) -> tuple[Enabling, ...]:
    return tuple(
        Enabling(kind, actions, money.total(plan, actions))
        for kind, actions in delivery.enabling(plan).items()
    )


def _roadmap(plan: Plan, actions: tuple[Group, ...]) -> Roadmap:
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


def _quick_wins(plan: Plan, actions: tuple[Group, ...]) -> tuple[QuickWinEntry, ...]:
    return tuple(
        QuickWinEntry(
            action,
            _criteria(action.it.quick_win.criteria),
            entries(plan, plan.resolve(action.it.quick_win.risks)),
        )
        for group in actions
        for action in group.actions
        if action.it.quick_win
    )


def _criteria(criteria: Criteria | None) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, getattr(criteria, name, None)) for name in Criteria.model_fields)


def _budget(plan: Plan) -> Budget:
    by_dimension = money.dimension_table(plan)
    return Budget(
        by_dimension=by_dimension,
        pillars=tuple(pillar(plan, key) for key in by_dimension.rows),
        by_source=money.source_table(plan),
        funds=plan.registers.funds,
        by_agency=money.agency_table(plan),
        agencies={one.id: one for one in plan.agencies if one.id},
        ceilings=money.ceilings(plan),
        disagreements=money.disagreements(plan),
    )


def _indicators(plan: Plan, actions: tuple[Group, ...]) -> tuple[IndicatorGroup, ...]:
    of_goals = tuple(
        measured_entry(plan, one) for one in measure.measured(plan) if one.action is None
    )
    of_actions = (
        IndicatorGroup(group.pillar, tuple(one for each in group.actions for one in each.indicators))
        for group in actions
    )
    return tuple(
        one for one in (IndicatorGroup(None, of_goals), *of_actions) if one.indicators
    )
