"""The report `masterplan`: the whole plan in the shape of Buku II, chapter by chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.figures import city, delivery, direction, measure, money
from smartplan.plan.grammar import DEFAULT_TAXONOMY
from smartplan.reports import chapters, evaluations
from smartplan.reports.entry import element_name, entries, entry, groups, pillar, risk_entry
from smartplan.reports.press import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smartplan.figures.money import Sum
    from smartplan.plan.city import Agency, Event, Institution, InventoryItem, LegalAct, Partner
    from smartplan.plan.delivery import Workshop
    from smartplan.plan.direction import (
        DocumentElement,
        DocumentRef,
        Gap,
        Mission,
        PlanningDocument,
        Readiness,
        Strategy,
        Swot,
        Vision,
        Wording,
    )
    from smartplan.plan.header import Book, Citation, Header
    from smartplan.plan.measure import Fact
    from smartplan.plan.plan import Plan
    from smartplan.reports.chapters import (
        Budget,
        Enabling,
        IndicatorGroup,
        PillarGoals,
        QuickWinEntry,
        Roadmap,
    )
    from smartplan.reports.entry import Entry, Group, Pillar, RiskEntry
    from smartplan.reports.evaluations import EvaluationEntry, Occasion, SchemeTable

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
    "evaluations",
    "crosswalk",
    "risks",
    "sources",
)
"""The chapters in the order of Buku I and II; each has a label and a place in the templates."""
IF_ANY = {"evaluations": "evaluation", "crosswalk": "crosswalk"}
"""Chapters that stand only in plans that have items of a kind: no plan owes any."""


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


@dataclass(frozen=True)
class Masterplan:
    """Everything that the templates of the masterplan see."""

    chapters: tuple[str, ...]
    header: Header
    origin: Entry[Header] | None
    adopted_by: LegalAct | None
    taxonomy: dict[str, str] | None
    glance: Glance
    profile: tuple[Profile, ...]
    visions: tuple[VisionBeside, ...]
    documents: tuple[DocumentEntry, ...]
    acts: tuple[Entry[LegalAct], ...]
    bodies: tuple[Body, ...]
    agencies: tuple[AgencyLoad, ...]
    partners: tuple[Entry[Partner], ...]
    workshops: tuple[Entry[Workshop], ...]
    participation: tuple[Occasion, ...]
    events: tuple[Entry[Event], ...]
    books: tuple[Entry[Book], ...]
    readiness: tuple[Entry[Readiness], ...]
    swot: Mapping[str, tuple[Entry[Swot], ...]]
    gaps: tuple[GapEntry, ...]
    inventory: tuple[Owned, ...]
    vision: Entry[Vision] | None
    wordings: tuple[Entry[Wording], ...]
    missions: tuple[MissionEntry, ...]
    vision_follows: tuple[Followed, ...]
    goals: tuple[PillarGoals, ...]
    loose_strategies: tuple[Entry[Strategy], ...]
    groups: tuple[Group, ...]
    enabling: tuple[Enabling, ...]
    roadmap: Roadmap
    quick_wins: tuple[QuickWinEntry, ...]
    budget: Budget
    target_years: tuple[int, ...]
    indicators: tuple[IndicatorGroup, ...]
    readings: bool
    evaluations: tuple[EvaluationEntry, ...]
    crosswalk: tuple[SchemeTable, ...]
    risks: tuple[RiskEntry, ...]
    sources: tuple[Entry[Citation], ...]


def build(plan: Plan) -> Masterplan:
    """Make the context of the report."""
    actions = groups(plan)
    vision = plan.vision
    return Masterplan(
        chapters=tuple(one for one in CHAPTERS if one not in IF_ANY or plan.all(IF_ANY[one])),
        header=plan.header,
        origin=next(iter(entries(plan, plan.all("plan"))), None),
        adopted_by=city.adopting_act(plan),
        taxonomy=_taxonomy(plan),
        glance=_glance(plan),
        profile=_profile(plan),
        visions=_visions(plan),
        documents=_documents(plan),
        acts=entries(plan, city.acts(plan)),
        bodies=_bodies(plan),
        agencies=_agencies(plan),
        partners=entries(plan, plan.all("partner")),
        workshops=entries(plan, city.workshops(plan)),
        participation=tuple(evaluations.occasion(plan, one) for one in city.participation(plan)),
        events=entries(plan, city.events(plan)),
        books=entries(plan, plan.all("book")),
        readiness=_readiness(plan),
        swot={kind: entries(plan, group) for kind, group in direction.swot(plan).items()},
        gaps=tuple(
            GapEntry(entry(plan, one), element_name(plan, one.element)) for one in plan.all("gap")
        ),
        inventory=tuple(
            Owned(entry(plan, one), plan.get(one.owner, "agency"))
            for group in city.inventory(plan).values()
            for one in group
        ),
        vision=entry(plan, vision) if vision else None,
        wordings=entries(plan, vision.wordings) if vision else (),
        missions=tuple(_mission(plan, one) for one in plan.missions),
        vision_follows=_follows(plan, vision.aligned_with) if vision else (),
        goals=chapters.goals(plan),
        loose_strategies=entries(plan, direction.loose_strategies(plan)),
        groups=actions,
        enabling=chapters.enabling(plan),
        roadmap=chapters.roadmap(plan, actions),
        quick_wins=chapters.quick_wins(plan, actions),
        budget=chapters.budget(plan),
        target_years=measure.target_years(plan),
        indicators=chapters.indicators(plan, actions),
        readings=bool(measure.latest(plan)),
        evaluations=evaluations.evaluations(plan),
        crosswalk=evaluations.crosswalk(plan),
        risks=tuple(risk_entry(plan, one) for one in plan.all("risk")),
        sources=entries(plan, city.sources(plan)),
    )


MASTERPLAN = Report("masterplan", "masterplan.title", build)


def _taxonomy(plan: Plan) -> dict[str, str] | None:
    """Name the set of dimensions if it is not the usual one; a draft says so in its title."""
    chosen = plan.registers.taxonomy
    return chosen.title if chosen.id != DEFAULT_TAXONOMY else None


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
        Body(entry(plan, one), plan.get(one.decree, "legal_act")) for one in plan.all("institution")
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
