"""The plan: its header, its settings, every item by id, who refers to whom, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from smartplan.plan.city import Agency, Event, Institution, InventoryItem, LegalAct, Partner
from smartplan.plan.delivery import Action, Participation, Risk, Roadmap, Workshop
from smartplan.plan.direction import (
    SECOND_VISION,
    Crosswalk,
    Gap,
    Goal,
    Mission,
    PlanningDocument,
    Readiness,
    Strategy,
    Swot,
    Vision,
)
from smartplan.plan.entity import Entity, Provenance, Record
from smartplan.plan.evaluation import Evaluation
from smartplan.plan.grammar import AMOUNT_WORDS
from smartplan.plan.header import Book, Checks, Citation, Header, KnownFinding
from smartplan.plan.measure import Fact, Indicator, Reading
from smartplan.plan.own_registers import Register
from smartplan.plan.review import Approval, Baseline, Review
from smartplan.text.finding import Subject

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from smartplan.plan.registers import Registers
    from smartplan.plan.suppress import Suppression
    from smartplan.text.document import Document, Part, Route
    from smartplan.text.finding import Code
    from smartplan.text.source import Span


class Collection(NamedTuple):
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
    "evaluations": Collection(Evaluation),
    "crosswalk": Collection(Crosswalk),
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
    "registers": Collection(Register),
    "checks": Collection(Checks, single=True),
    "known": Collection(KnownFinding),
    "review": Collection(Review, single=True),
    "approvals": Collection(Approval),
    "baselines": Collection(Baseline),
}
"""Every collection of a plan, in the order in which a reader would want them."""


class Place(NamedTuple):
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

    def inner(self, loc: tuple[str | int, ...]) -> Place:
        """Give the place of a part of the item."""
        return Place(self.document, (*self.route, *loc))


class Standing(NamedTuple):
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
            lost = {one[-1] for one in self.unknown if one and one[:-1] == tuple(steps)}
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
        suppressions: comments in the files that ask to leave findings out.
    """

    header: Header
    checks: Checks
    registers: Registers
    items: Mapping[str, tuple[Any, ...]]
    ids: Mapping[str, Entity | None]
    documents: tuple[Document, ...]
    standing: Mapping[int, Standing] = field(repr=False)
    lost: frozenset[str] = frozenset()
    suppressions: tuple[Suppression, ...] = ()

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

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the period; empty while it is unknown."""
        return self.header.period.years if self.header.period else ()

    @cached_property
    def whole(self) -> bool:
        """Whether every file could be parsed, so that what is missing is really missing."""
        return not any(document.broken for document in self.documents)

    def get(self, identity: str | None, *nouns: str) -> Any:  # noqa: ANN401  # of any kind
        """Give the item of an id or a former id.

        Args:
            identity: the id.
            nouns: the kinds that are meant; any if none is named.

        Returns:
            The item; none if there is none, if it is broken, or of another kind than is meant.
        """
        item = self.ids.get(identity.casefold()) if identity else None
        return None if nouns and getattr(item, "noun", "") not in nouns else item

    def resolve(self, identities: Iterable[str], *nouns: str) -> list[Any]:
        """Give the items of several ids, leaving out what `get` does not give."""
        return [found for one in identities if (found := self.get(one, *nouns)) is not None]

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
        return not unknown or not any(route and route[0] in fields for route in unknown)

    def knows_all(self, noun: str, *fields: str) -> bool:
        """Tell whether these fields of every item of a kind could be read, in whole files."""
        complete = self.whole and noun not in self.lost
        return complete and all(self.knows(one, *fields) for one in self._unclear.get(noun, ()))

    @cached_property
    def _unclear(self) -> Mapping[str, list[Any]]:
        """The items of which something could not be read, by what they are: there are few."""
        return {
            noun: [one for one in records if self.standing[id(one)].unknown]
            for noun, records in self.items.items()
        }

    def where(self, record: Record, *route: str | int, part: Part = "value") -> Span:
        """Give the place of an item or of something in it; the nearest place if it is missing."""
        standing = self.standing[id(record)]
        whole = (*standing.place.route, *standing.in_file(route))
        return standing.place.document.locate(whole, part)

    def file(self, record: Record) -> str:
        """Give the path of the file that an item stands in."""
        return self.standing[id(record)].place.document.source.path

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
    one = isinstance(value, dict) and not AMOUNT_WORDS.isdisjoint(value)
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
    return f"{name}[{natural_key(record) or getattr(record, 'id', '') or '?'}]"


def natural_key(record: Record) -> str:
    """Give the declared key of an item without an id, such as `GOV-01-I1@2024-Q4`."""
    names: tuple[str, ...] = getattr(record, "natural", ())
    return "@".join(str(getattr(record, name)) for name in names)


def subject(record: Record) -> Subject | None:
    """Name an item for a finding: its kind, its id, its title."""
    key = natural_key(record)
    if not key and not isinstance(record, Entity):
        return None
    heading = record.heading if isinstance(record, Entity) else key
    noun = COLLECTIONS[COLLECTION_OF[type(record)]].model.noun
    return Subject(noun, getattr(record, "id", None) or key, heading)
