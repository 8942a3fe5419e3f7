"""What is done, by whom and when: actions, quick wins, risks, the road map, the workshops."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from smartplan.plan.entity import Also, Entity, Items, Record, Texts, Words, about
from smartplan.plan.faults import NO_AGENCY
from smartplan.plan.measure import Indicator
from smartplan.plan.money import ActionDeclared, Budget
from smartplan.plan.registers import BUDGET_CODE, DIMENSION, ELEMENT
from smartplan.plan.values import Choice, Count, Date, Flag, Month, Ref, Text, Years

ACTION_KIND = Choice(
    "action_kind",
    ("programme", "people", "infrastructure", "application", "literacy", "policy"),
)
ENABLING_GROUPS = ("people", "infrastructure", "application", "literacy")
"""The four groups that the evaluation scores beside the dimensions (domain.md 1.4)."""
ACTION_STATUS = Choice(
    "action_status", ("proposed", "planned", "running", "done", "stopped", "cancelled")
)
PLACE_LEVEL = Choice(
    "place_level", ("kota", "kecamatan", "kelurahan", "desa", "titik", "luar-kota")
)


ALL_YEARS = "all"
"""The key of a `non_budget` reason that holds for every year."""


class Places(Record):
    """Where an action happens."""

    level: Annotated[str, PLACE_LEVEL] | None = about(
        "Level",
        "kota (the whole city), kecamatan, kelurahan, desa, titik.",
        example="kecamatan",
        required=True,
        change="place",
    )
    names: Texts = about(
        "Names", "Which ones.", example=["Kotamobagu Barat"], default=(), change="place"
    )


class Origin(Record):
    """Where an action comes from: another plan, or new."""

    document: Annotated[str, Ref("document")] | None = about(
        "Document", "The plan it comes from.", example="rpjmd-2018-2023", change="alignment"
    )
    element: Text | None = about(
        "Element", "The part of that plan.", example="misi-3", change="alignment"
    )
    new: Flag | None = about(
        "New", "Whether this plan brings it up.", example=True, change="alignment"
    )


def _origin(value: object) -> object:
    return {"new": True} if value == "new" else value


def _reasons(value: object) -> object:
    """Read one reason for all years as such."""
    return value if isinstance(value, dict) else {ALL_YEARS: value}


class Criteria(Record):
    """Answers to the ten criteria of a quick win (evaluation instrument, domain.md 2.4)."""

    formulation: Text | None = about(
        "Formulation", "Who shaped it, which issue of the RPJMD.", example="…"
    )
    appeal: Text | None = about("Appeal", "Why people want it.", example="…")
    benefit: Text | None = about("Benefit", "What it gives, to whom.", example="…")
    uniqueness: Text | None = about("Uniqueness", "What is new here.", example="…")
    partnership: Text | None = about("Partnership", "Who can join.", example="…")
    growth: Text | None = about("Growth", "How it can grow.", example="…")
    sustainment: Text | None = about("Sustainment", "How it lives on.", example="…")
    resources: Text | None = about("Resources", "People, money, tools.", example="…")
    risk_management: Text | None = about("Risk management", "Risks and answers.", example="…")
    continuity: Text | None = about("Continuity", "What remains of last year's.", example="…")


QUICK_WIN_STATE = Choice(
    "quick_win_state", ("proposed", "nominated", "selected", "running", "stopped", "done")
)


class QuickWin(Record):
    """An action with results the public sees within a year."""

    noun: ClassVar[str] = "quick_win"

    state: Annotated[str, QUICK_WIN_STATE] | None = about(
        "State",
        "proposed, nominated, selected, running, stopped, done.",
        example="selected",
        required=True,
        change="quick-win",
    )
    name: Text | None = about("Name", "How the public knows it.", example="MPP dalam Genggaman")
    start: Month | None = about(
        "Start", "The month it begins.", example="2024-03", change="milestone"
    )
    months: Count | None = about(
        "Months", "Until the first result.", example=9, unit="months", change="milestone"
    )
    criteria: Criteria | None = about(
        "Criteria", "Answers to the ten criteria.", example={"appeal": "…"}
    )
    risks: Annotated[tuple[Annotated[str, Ref("risk")], ...], Words] = about(
        "Risks", "What may go wrong.", example=["R-4"], default=()
    )


class Action(Entity):
    """Something the city does: a programme, project or measure (rencana aksi)."""

    noun: ClassVar[str] = "action"

    title: Text | None = about(
        "Title", "Its name.", example="Mal Pelayanan Publik digital", required=True, change="title"
    )
    summary: Text | None = about("Summary", "What is done, in a few sentences.", example="…")
    kind: Annotated[str, ACTION_KIND] | None = about(
        "Kind",
        "programme, people, infrastructure, application, literacy, or policy.",
        example="application",
    )
    dimension: Annotated[str, DIMENSION] | None = about(
        "Dimension", "Its primary dimension, exactly one.", example="governance"
    )
    also: Annotated[tuple[Annotated[str, DIMENSION], ...], Words] = about(
        "Further dimensions",
        "Dimensions it serves besides.",
        example=["society"],
        default=(),
        change="dimension",
    )
    elements: Annotated[tuple[Annotated[str, ELEMENT], ...], Words] = about(
        "Elements", "Elements it serves.", example=["governance.service"], default=()
    )
    missions: Annotated[tuple[Annotated[str, Ref("mission")], ...], Words] = about(
        "Missions", "Missions it serves.", example=["M-1"], default=(), change="mission-link"
    )
    goals: Annotated[tuple[Annotated[str, Ref("goal")], ...], Words] = about(
        "Goals", "Goals it leads to.", example=["GOV-G1"], default=(), change="mission-link"
    )
    strategies: Annotated[tuple[Annotated[str, Ref("strategy")], ...], Words] = about(
        "Strategies",
        "Strategies it carries out.",
        example=["GOV-S1"],
        default=(),
        change="mission-link",
    )
    owner: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Owner", "The lead agency (OPD), exactly one.", example="diskominfo", change="owner"
    )
    support: Annotated[tuple[Annotated[str, Ref("agency", code=NO_AGENCY)], ...], Words] = about(
        "Supporting agencies",
        "Agencies that help.",
        example=["dpmptsp"],
        default=(),
        change="support",
    )
    partners: Annotated[tuple[Annotated[str, Ref("partner")], ...], Words] = about(
        "Partners",
        "Partners outside the administration.",
        example=["bank-sulutgo"],
        default=(),
        change="support",
    )
    years: Years = about(
        "Years",
        "The years it is active; gaps are allowed.",
        example=[2024, "2026-2028"],
        unit="year",
        default=(),
        change="years",
    )
    places: Places | None = about(
        "Places", "Where it happens.", example={"level": "kecamatan", "names": ["Kotamobagu Barat"]}
    )
    codes: Annotated[tuple[Annotated[str, BUDGET_CODE], ...], Words] = about(
        "Budget codes",
        "Codes of program, kegiatan or sub kegiatan.",
        example=["2.16.03.2.02.0009"],
        default=(),
        change="budget-code",
    )
    budget: Budget = about(
        "Budget",
        "Year → amount, or year → fund → amount.",
        example={2024: "700 juta"},
        unit="rupiah",
        default={},
        change="budget",
    )
    non_budget: Annotated[dict[str, Text], BeforeValidator(_reasons), Also(Text)] = about(
        "Without budget",
        "Why it, or a year of it, needs no money.",
        example="dikerjakan staf sendiri",
        default={},
        change="budget-reason",
    )
    declared: ActionDeclared | None = about(
        "Declared",
        "What a document prints about it.",
        example={"total": "Rp 5.650.000.000"},
        change="declared",
    )
    indicators: Annotated[tuple[Indicator, ...], Items] = about(
        "Indicators", "What shows its result.", example=[{"id": "GOV-01-I1"}], default=()
    )
    origin: Annotated[Origin, BeforeValidator(_origin), Also(Literal["new"])] | None = about(
        "Origin", "Another plan's part, or `new`.", example="new"
    )
    depends_on: Annotated[tuple[Annotated[str, Ref("action")], ...], Words] = about(
        "Depends on",
        "Actions that must come first.",
        example=["GOV-02"],
        default=(),
        change="dependency",
    )
    status: Annotated[str, ACTION_STATUS] | None = about(
        "Status",
        "proposed, planned, running, done, stopped, cancelled.",
        example="planned",
        change="status",
    )
    status_reason: Text | None = about(
        "Reason", "Why it was stopped or cancelled.", example="pandemi", change="status-note"
    )
    status_date: Date | None = about(
        "Since", "When its status changed.", example="2024-05", change="status-note"
    )
    quick_win: QuickWin | None = about(
        "Quick win", "Its part as a quick win.", example={"state": "selected"}
    )


LIKELIHOOD = Choice("likelihood", ("low", "medium", "high"))


class Risk(Entity):
    """Something that may go wrong, and the answer to it."""

    noun: ClassVar[str] = "risk"

    text: Text | None = about(
        "Text", "What may happen.", example="Jaringan terputus", required=True, change="title"
    )
    likelihood: Annotated[str, LIKELIHOOD] | None = about(
        "Likelihood", "low, medium, or high.", example="medium", change="risk"
    )
    impact: Annotated[str, LIKELIHOOD] | None = about(
        "Impact", "low, medium, or high.", example="high", change="risk"
    )
    mitigation: Text | None = about(
        "Mitigation", "What is done about it.", example="Jalur cadangan"
    )
    owner: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Owner", "The agency that watches it.", example="diskominfo", change="keeper"
    )


class Horizon(Record):
    """A stretch of the road map."""

    id: Text | None = about("Id", "Its short name.", example="short", required=True)
    title: Text | None = about(
        "Title", "Its name.", example="Jangka pendek", required=True, change="title"
    )
    years: Years = about(
        "Years", "The years it covers.", example=2024, unit="year", default=(), change="horizon"
    )
    text: Text | None = about("Text", "What it is for.", example="Quick win berjalan")


class Roadmap(Record):
    """The stretches of time that the actions are laid out over (peta jalan)."""

    noun: ClassVar[str] = "roadmap"

    text: Text | None = about("Text", "How to read it.", example="…")
    horizons: Annotated[tuple[Horizon, ...], Items] = about(
        "Horizons", "Short, medium and long term.", example=[{"id": "short"}], default=()
    )


WORKSHOP_STATE = Choice("workshop_state", ("planned", "held", "cancelled"))


class Workshop(Entity):
    """One of the four Bimtek workshops in which the plan is made."""

    noun: ClassVar[str] = "workshop"

    number: Count | None = about("Number", "1 to 4.", example=2, unit="", required=True)
    title: Text | None = about("Title", "Its name.", example="Bimtek tahap II", change="title")
    date: Date | None = about(
        "Date", "When; a range has / between.", example="2023-07-31/2023-08-01"
    )
    state: Annotated[str, WORKSHOP_STATE] | None = about(
        "State", "planned, held, cancelled.", example="held"
    )
    place: Text | None = about("Place", "Where.", example="Aula Diskominfo")
    participants: Texts = about(
        "Participants", "Who took part.", example=["kepala OPD"], default=()
    )
    topics: Texts = about("Topics", "What was worked on.", example=["visi dan misi"], default=())
    deliverables: Texts = about("Deliverables", "What came out.", example=["Buku I"], default=())


PARTICIPATION_FORM = Choice(
    "participation_form",
    ("workshop", "forum", "musrenbang", "hearing", "survey", "interview", "online", "other"),
)


class Participation(Entity):
    """How people took part in making the plan."""

    noun: ClassVar[str] = "participation"

    date: Date | None = about("Date", "When.", example="2023-07-31")
    title: Text | None = about(
        "Title", "What it was.", example="Forum kelurahan", required=True, change="title"
    )
    form: Annotated[str, PARTICIPATION_FORM] | None = about(
        "Form",
        "workshop, forum, musrenbang, hearing, survey, interview, online, or other.",
        example="forum",
    )
    groups: Texts = about("Groups", "Who took part.", example=["sangadi", "lurah"], default=())
    agencies: Annotated[tuple[Annotated[str, Ref("agency", code=NO_AGENCY)], ...], Words] = about(
        "Agencies", "Agencies that took part.", example=["diskominfo"], default=()
    )
    partners: Annotated[tuple[Annotated[str, Ref("partner")], ...], Words] = about(
        "Partners", "Partners that took part.", example=["bank-sulutgo"], default=()
    )
    villages: Texts = about(
        "Villages", "Villages (desa, kelurahan) that took part.", example=["Matali"], default=()
    )
    participants: Count | None = about("Number", "How many.", example=80, unit="persons")
    subject: Texts = about("Subject", "What part of the plan.", example=["vision"], default=())
    result: Text | None = about("Result", "What came of it.", example="…")
