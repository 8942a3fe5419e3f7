"""The plan: its header, its settings, every item by id, who refers to whom, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from smartplan.plan.city import Agency, City, Event, Institution, InventoryItem, LegalAct, Partner
from smartplan.plan.delivery import Action, Participation, Risk, Roadmap, Workshop
from smartplan.plan.direction import (
    SECOND_VISION,
    Gap,
    Goal,
    Mission,
    Period,
    PlanningDocument,
    Readiness,
    Strategy,
    Swot,
    Vision,
)
from smartplan.plan.entity import Entity, Items, Provenance, Record, Texts, about
from smartplan.plan.measure import Fact, Indicator, Reading
from smartplan.plan.money import AMOUNT_WORDS
from smartplan.plan.registers import FUND
from smartplan.plan.values import STAGES, Choice, Count, Date, Money, Ref, Text, Year
from smartplan.text.finding import Subject

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from smartplan.plan.registers import Registers
    from smartplan.text.document import Document, Part, Route
    from smartplan.text.finding import Code
    from smartplan.text.source import Span

STAGE = Choice("stage", STAGES)
LANGUAGE = Choice("language", ("id", "en"))
CURRENCY = Choice("currency", ("IDR",))
SOURCE_KIND = Choice(
    "source_kind", ("news", "official", "law", "document", "data", "web", "interview", "evidence")
)


class Declared(Record):
    """What the printed plan says of itself, beside what smartplan works out."""

    total: Money | None = about("Total", "The printed sum.", example="120 miliar", unit="rupiah")
    actions: Count | None = about("Actions", "How many it says it has.", example=48, unit="actions")
    quick_wins: Count | None = about(
        "Quick wins", "How many it says it has.", example=6, unit="quick wins"
    )


class Header(Record):
    """What the plan is: title, period, stage, the registers it uses."""

    noun: ClassVar[str] = "plan"

    id: Text | None = about("Id", "Its short name.", example="kotamobagu-2024", required=True)
    title: Text | None = about(
        "Title", "Its title.", example="Masterplan Smart City …", required=True
    )
    language: Annotated[str, LANGUAGE] = about(
        "Language", "The language of its texts.", example="id", default="id"
    )
    stage: Annotated[str, STAGE] = about(
        "Stage",
        "How far it is: draft, bimtek-1 … 4, final, adopted, running, ended.",
        example="final",
        default="draft",
    )
    version: Text | None = about("Version", "Its version, in quotes.", example="0.2.0")
    period: Period | None = about(
        "Period", "The years it covers.", example={"start": 2024, "end": 2028}, required=True
    )
    taxonomy: Text | None = about("Taxonomy", "The set of dimensions.", example="kominfo-2021")
    codes: Text | None = about(
        "Budget codes", "The generation of codes.", example="kepmendagri-900"
    )
    currency: Annotated[str, CURRENCY] = about(
        "Currency", "The currency of all amounts.", example="IDR", default="IDR"
    )
    default_fund: Annotated[str, FUND] | None = about(
        "Default fund", "The fund of a bare amount.", example="apbd"
    )
    city: City | None = about(
        "City", "Who the plan is for.", example={"name": "Kota Kotamobagu"}, required=True
    )
    adopted_by: Annotated[str, Ref("legal_act")] | None = about(
        "Adopted by", "The act (Perwali, Perda) that adopts it.", example="PERWALI-1"
    )
    replaces: Text | None = about("Replaces", "The plan before it.", example="Masterplan 2019–2023")
    ceilings: dict[Year, Money] = about(
        "Ceilings",
        "The most that one year may cost.",
        example={2025: "12 miliar"},
        unit="rupiah",
        default={},
    )
    declared: Declared | None = about(
        "Declared", "What the printed plan says of itself.", example={"actions": 48}
    )
    note: Text | None = about("Note", "A remark.", example="…")
    provenance: Provenance | None = about(
        "Provenance", "Where the header comes from.", example={"status": "derived"}
    )


class Citation(Entity):
    """A source: an article, a document, a data set, a proof. Unknown parts stay absent."""

    noun: ClassVar[str] = "source"

    kind: Annotated[str, SOURCE_KIND] | None = about("Kind", "What it is.", example="news")
    title: Text | None = about(
        "Title", "Its title.", example="Diskominfo Gelar Bimtek …", required=True
    )
    publisher: Text | None = about("Publisher", "Who published it.", example="Halo Sulawesi")
    author: Text | None = about("Author or speaker", "Who wrote or said it.", example="…")
    date: Date | None = about("Date", "When it appeared.", example="2023-08-01")
    url: Text | None = about("Address", "Where it is on the web.", example="https://…")
    file: Text | None = about("File", "Where it lies beside the plan.", example="bukti/sk.pdf")


class Book(Entity):
    """One of the books of the masterplan (Buku I, II, III)."""

    noun: ClassVar[str] = "book"

    number: Text | None = about("Number", "I, II, III, IV.", example="II", required=True)
    title: Text | None = about(
        "Title", "Its title.", example="Masterplan Smart City Daerah", required=True
    )
    contents: Texts = about("Contents", "What it holds.", example=["Visi dan misi"], default=())


CHECK_LEVEL = Choice("check_level", ("error", "warning", "info", "off"))


class Ignore(Record):
    """A finding that the city has looked at and explains."""

    rule: Text | None = about("Rule", "Code or name of the rule.", example="C005", required=True)
    path: Text | None = about(
        "Path", "The place; `*` stands for any part.", example="plan.adopted_by"
    )
    reason: Text | None = about(
        "Reason", "Why it may stand.", example="Perwali terbit 2025", required=True
    )
    until: Date | None = about("Until", "The last day it may stand.", example="2026-12-31")


class Checks(Record):
    """Settings of `validate` for this plan."""

    noun: ClassVar[str] = "checks"

    levels: dict[Text, Annotated[str, CHECK_LEVEL]] = about(
        "Levels", "Rule → error, warning, info or off.", example={"A028": "info"}, default={}
    )
    ignore: Annotated[tuple[Ignore, ...], Items] = about(
        "Ignored findings", "Findings that are explained.", example=[{"rule": "C005"}], default=()
    )
    exclude: Texts = about(
        "Excluded files", "Files not read, as patterns.", example=["drafts/**"], default=()
    )


@dataclass(frozen=True, slots=True)
class Collection:
    """A top-level key of a plan file.

    Attributes:
        model: what its items are.
        single: whether it holds one thing and may stand once in the whole plan.
        twice: the code of a second one, where the domain has one of its own.
    """

    model: type[Record]
    single: bool = False
    twice: Code | None = None


COLLECTIONS: Mapping[str, Collection] = {
    "plan": Collection(Header, single=True),
    "vision": Collection(Vision, single=True, twice=SECOND_VISION),
    "missions": Collection(Mission),
    "goals": Collection(Goal),
    "strategies": Collection(Strategy),
    "indicators": Collection(Indicator),
    "actions": Collection(Action),
    "risks": Collection(Risk),
    "roadmap": Collection(Roadmap, single=True),
    "readings": Collection(Reading),
    "agencies": Collection(Agency),
    "partners": Collection(Partner),
    "institutions": Collection(Institution),
    "legal_basis": Collection(LegalAct),
    "alignment": Collection(PlanningDocument),
    "readiness": Collection(Readiness),
    "swot": Collection(Swot),
    "gaps": Collection(Gap),
    "inventory": Collection(InventoryItem),
    "facts": Collection(Fact),
    "events": Collection(Event),
    "stages": Collection(Workshop),
    "participation": Collection(Participation),
    "books": Collection(Book),
    "sources": Collection(Citation),
    "checks": Collection(Checks, single=True),
}
"""Every collection of a plan, in the order in which a reader would want them."""

NOT_YET = ("evaluations", "crosswalk", "registers", "approvals", "baselines", "review")
"""Collections of the format that this version does not read; they are let be, and said so."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: its document and the route to it."""

    document: Document
    route: Route

    def span(self, *loc: str | int, key: bool = False) -> Span:
        """Give the place of something in the item, or of its key."""
        return self.document.locate((*self.route, *loc), "key" if key else "value")

    def aliases(self, *loc: str | int) -> tuple[tuple[str, Span], ...]:
        """Give the aliases by which something in the item is reached, as related places."""
        passed = self.document.aliases_on((*self.route, *loc))
        return tuple(("alias", span) for span in passed)

    def inner(self, *loc: str | int) -> Place:
        """Give the place of a part of the item."""
        return Place(self.document, (*self.route, *loc))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the loader knows of one item besides its values.

    Attributes:
        place: where it stands.
        owner: the item that it stands in, if any.
        provenance: the effective one: its own, else that of its owner, else the file's.
        unknown: routes of what could not be read or was not allowed; these fields are unknown.
    """

    place: Place
    owner: Record | None
    provenance: Provenance | None
    unknown: frozenset[tuple[str | int, ...]]

    def in_file(self, route: Route) -> Route:
        """Turn a route in the item into one in its file, where lists may be longer."""
        if not self.unknown:
            return route
        steps: list[str | int] = []
        for step in route:
            lost = {one[-1] for one in self.unknown if one[:-1] == tuple(steps)}
            steps.append(number_in_file(step, lost) if isinstance(step, int) else step)
        return steps


def number_in_file(number: int, lost: Container[str | int]) -> int:
    """Turn the number of an item of a list into the one in its file, past what was left out."""
    at = -1
    for _ in range(number + 1):
        at += 1
        while at in lost:
            at += 1
    return at


@dataclass(frozen=True)
class Plan:
    """A whole plan: immutable, and complete as far as its files could be read.

    Attributes:
        header: the content of `plan`; empty fields if there is none.
        checks: the settings of `validate`.
        registers: the lists that the plan declares.
        items: every item by what it is (`action`, `indicator`, …), in the order of the files;
            items that stand in others (indicators of actions) are here too.
        ids: every id in lower case, former ids too, with its item; none for an id that can only
            be seen in the text of a broken file.
        documents: the files.
        lost: kinds of which an item could not be read at all, so that they cannot be counted.
    """

    header: Header
    checks: Checks
    registers: Registers
    items: Mapping[str, tuple[Any, ...]]
    ids: Mapping[str, Entity | None]
    documents: tuple[Document, ...]
    standing: Mapping[int, Standing] = field(repr=False)
    lost: frozenset[str] = frozenset()

    def all(self, noun: str) -> tuple[Any, ...]:
        """Every item of a kind, in the order of the files; empty if there is none."""
        return self.items.get(noun, ())

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions."""
        return self.all("action")

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators: those of actions too."""
        return self.all("indicator")

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals."""
        return self.all("goal")

    @property
    def missions(self) -> tuple[Mission, ...]:
        """All missions."""
        return self.all("mission")

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """All agencies."""
        return self.all("agency")

    @property
    def vision(self) -> Vision | None:
        """The smart-city vision, if one could be read."""
        visions: tuple[Vision, ...] = self.all("vision")
        return visions[0] if visions else None

    @property
    def roadmap(self) -> Roadmap | None:
        """The road map, if there is one."""
        roadmaps: tuple[Roadmap, ...] = self.all("roadmap")
        return roadmaps[0] if roadmaps else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the period; empty while it is unknown."""
        return self.header.period.years if self.header.period else ()

    @property
    def whole(self) -> bool:
        """Whether every file could be parsed, so that what is missing is really missing."""
        return not any(document.broken for document in self.documents)

    def get(self, identity: str | None) -> Any:  # noqa: ANN401  # an item of any kind
        """Give the item of an id or a former id; none if there is none or it is broken."""
        return self.ids.get(identity.casefold()) if identity else None

    def resolve(self, identities: Iterable[str]) -> list[Any]:
        """Give the items of several ids, leaving out those that cannot be read."""
        return [found for one in identities if (found := self.get(one)) is not None]

    def owner(self, record: Record) -> Record | None:
        """Give the item that another stands in: the action of an indicator."""
        return self.standing[id(record)].owner

    def provenance(self, record: Record) -> Provenance | None:
        """Give the effective provenance: the nearest one wins whole."""
        return self.standing[id(record)].provenance

    def illustrative(self, record: Record) -> bool:
        """Tell whether an item is invented, so that every output must mark it."""
        provenance = self.provenance(record)
        return provenance is not None and provenance.status == "illustrative"

    def knows(self, record: Record, *fields: str) -> bool:
        """Tell whether these fields could be read: what is empty is then really empty."""
        unknown = self.standing[id(record)].unknown
        return not any(route and route[0] in fields for route in unknown)

    def knows_all(self, noun: str, *fields: str) -> bool:
        """Tell whether these fields of every item of a kind could be read, in whole files."""
        complete = self.whole and noun not in self.lost
        return complete and all(self.knows(one, *fields) for one in self.all(noun))

    def where(self, record: Record, *route: str | int, part: Part = "value") -> Span:
        """Give the place of an item or of something in it; the nearest place if it is missing."""
        standing = self.standing[id(record)]
        whole = (*standing.place.route, *standing.in_file(route))
        return standing.place.document.locate(whole, part)

    def aliases(self, record: Record, *route: str | int) -> tuple[tuple[str, Span], ...]:
        """Give the aliases by which something in an item is reached, as related places."""
        standing = self.standing[id(record)]
        return standing.place.aliases(*standing.in_file(route))

    def path(self, record: Record, *route: str | int) -> str:
        """Name a place as in findings, ignores and reviews: `actions[GOV-01].budget.2027`."""
        top = self.item_of(record)
        route = tuple(self.standing[id(record)].in_file(route))
        place, above = self.standing[id(record)].place, self.standing[id(top)].place
        value: Any = place.document.data
        for step in above.route:
            value = value[step]
        name = item_path(top)
        for step in (*place.route[len(above.route) :], *route):
            if _is_short(value, step):
                break
            listed, value = isinstance(value, list), _inside(value, step)
            if not listed:
                name += f".{step}"
            elif isinstance(value, str):
                name += f"[{value}]"
        return name

    def item_of(self, record: Record) -> Record:
        """Give the item that a part belongs to; an item belongs to itself."""
        while subject(record) is None and (owner := self.owner(record)) is not None:
            record = owner
        return record

    def subject(self, record: Record) -> Subject | None:
        """Name the item that a record is or belongs to; none for the header and the settings."""
        return subject(self.item_of(record))

    def walk(self) -> Iterator[Record]:
        """Every item of the plan, kind by kind."""
        for records in self.items.values():
            yield from records


def _is_short(value: Any, step: str | int) -> bool:  # noqa: ANN401  # what stands in a file
    """Tell whether a short form stands here: `budget.2026` holds the amount, no fund below it."""
    one = isinstance(value, dict) and any(word in value for word in AMOUNT_WORDS)
    return isinstance(value, str) or (one and str(step) not in value)


def _inside(value: Any, step: str | int) -> Any:  # noqa: ANN401  # what stands in a file
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


COLLECTION_OF = {entry.model: name for name, entry in COLLECTIONS.items()}


def item_path(record: Record) -> str:
    """Name an item by its collection and its id or natural key: `readings[GOV-01-I1@2024-Q4]`."""
    name = COLLECTION_OF.get(type(record), "provenance")
    if name == "provenance" or COLLECTIONS[name].single:
        return name
    key = record.heading if isinstance(record, Reading) else getattr(record, "id", "")
    return f"{name}[{key or '?'}]"


def subject(record: Record) -> Subject | None:
    """Name an item for a finding: its kind, its id, its title."""
    if not isinstance(record, Entity | Reading):
        return None
    identity = getattr(record, "id", None) or record.heading
    return Subject(COLLECTIONS[COLLECTION_OF[type(record)]].model.noun, identity, record.heading)  # type: ignore[attr-defined]  # every collection's model has one
