"""From sources to a plan and findings; never raises for what a file holds.

Every item is validated by itself. A field that cannot be read is a finding, counts as unknown and
leaves its item standing; references are resolved once all files are read.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from smartplan.plan import direction, faults, own_registers, registers, shape, values
from smartplan.plan.entity import Entity, Provenance, Record
from smartplan.plan.everyday import Everyday
from smartplan.plan.excluding import excluded
from smartplan.plan.grammar import DEFAULT_FUND
from smartplan.plan.header import Checks, Header
from smartplan.plan.item import BY_ID, Item, at, below, found, numbered, own
from smartplan.plan.mending import mend
from smartplan.plan.nearest import nearest
from smartplan.plan.plan import (
    COLLECTIONS,
    Place,
    Plan,
    Standing,
    item_path,
    subject,
)
from smartplan.plan.references import dangling
from smartplan.plan.suppress import suppressions
from smartplan.plan.values import Context, shown
from smartplan.text.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.plan.item import Loc
    from smartplan.plan.own_registers import Register
    from smartplan.plan.registers import Registers
    from smartplan.text.finding import Code, Finding
    from smartplan.text.source import Source, Span

AnyRecord = TypeVar("AnyRecord", bound=Record)

FORMAT = "1"
TOP_LEVEL = ("format", "provenance")
"""Top-level keys that are no collections."""

NOTHING: frozenset[Loc] = frozenset()
"""What is unknown of an item that could be read."""

CODES = (*faults.CODES, *BY_ID.values(), *direction.CODES, *own_registers.CODES)
"""Every code that loading can raise."""


def load(sources: Sequence[Source], *, root: str = "") -> tuple[Plan, list[Finding]]:
    """Read all sources of one plan.

    Args:
        sources: its files in path order; at least one.
        root: the folder of the plan, as it begins the paths of the sources; patterns of
            `checks.exclude` are relative to it.

    Returns:
        The plan as far as it could be read, and what is wrong with the files, in no order.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing here makes cycles, and the collector triples the time of large files
    try:
        loader = _Loader()
        return loader.load(sources, root), loader.findings
    finally:
        if collecting:
            gc.enable()


@dataclass(slots=True)
class _Loader:
    findings: list[Finding] = field(default_factory=list)
    items: dict[str, list[Any]] = field(default_factory=dict)
    ids: dict[str, Entity | None] = field(default_factory=dict)
    readable: set[str] = field(default_factory=set)
    singles: dict[str, Span] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def load(self, sources: Sequence[Source], root: str) -> Plan:
        documents = self.included([self.read(source) for source in sources], root)
        lists = self.own_registers(documents)
        header, lists = self.header(documents, lists)
        reading = Everyday(Context(lists, header.default_fund or DEFAULT_FUND))
        for document in documents:
            self.collections(document, reading)
            document.let_go()
        self.former_ids()
        self.readable_ids(documents)
        plan = Plan(
            header=header,
            checks=next(iter(self.items.pop("checks", [])), None)
            or self.empty(Checks.model_construct(), documents),
            registers=lists,
            items={noun: tuple(records) for noun, records in self.items.items()},
            ids=self.ids,
            documents=tuple(documents),
            standing=self.standing,
            lost=frozenset(self.lost),
            suppressions=tuple(one for each in documents for one in suppressions(each)),
        )
        self.findings.extend(dangling(plan))
        return plan

    def report(self, code: Code, span: Span, **about: Any) -> None:
        self.findings.append(found(code, span, **about))

    # Files

    def read(self, source: Source) -> Document:
        if source.path.endswith(".yml"):
            suggestion = source.path[: -len(".yml")] + ".yaml"
            self.report(faults.YML, source.span(0), seen=source.path, suggestion=suggestion)
            return Document.read(source).unread()
        document = Document.read(source)
        self.findings.extend(document.findings)
        if document.data is not None and not isinstance(document.data, dict):
            seen = shown(document.data)
            self.report(faults.NOT_A_PLAN_FILE, document.locate(()), seen=seen)
            return document.unread(document.findings)
        return document

    def included(self, documents: list[Document], root: str) -> list[Document]:
        """Leave out the files that `checks.exclude` names, with what was found in them."""
        out = excluded(documents, (one.source.path for one in documents), root)
        self.findings = [one for one in self.findings if one.span.source.path not in out]
        return [one for one in documents if one.source.path not in out] or documents[:1]

    def own_registers(self, documents: Sequence[Document]) -> Registers:
        """Read the registers that the plan brings before all else; shipped ones stand already."""
        lists = registers.shipped()
        for document in documents:
            if isinstance(document.data, dict) and "registers" in document.data:
                content = document.data["registers"]
                before = len(self.items.get("register", ()))
                self.collection(
                    document, "registers", content, Everyday(Context(lists, DEFAULT_FUND)), None
                )
                for register in self.items.get("register", [])[before:]:
                    lists = self.join(lists, register)
        return lists

    def join(self, lists: Registers, register: Register) -> Registers:
        """Add a register of the plan to the lists, unless it is one already or lists nothing."""
        standing, path = self.standing[id(register)], item_path(register)
        holds = own_registers.CONTENT.get(register.kind or "", "")
        if not holds or not register.id:
            return lists
        if own_registers.taken(lists, register):
            span = standing.place.span("id")
            self.report(own_registers.REGISTER_TAKEN, span, path=path, seen=register.id)
            return lists
        for name, route in own_registers.twice(lists, register):
            span = standing.place.span(*standing.in_file(route))
            self.report(own_registers.REGISTER_ENTRY_TWICE, span, path=path, seen=name)
        if not getattr(register, holds):
            if (holds,) not in standing.unknown:
                told = {"kind": register.kind, "missing": holds}
                code, span = own_registers.REGISTER_INCOMPLETE, standing.place.span()
                self.report(code, span, path=path, **told)
            return lists
        return own_registers.joined(lists, register)

    def header(self, documents: Sequence[Document], lists: Registers) -> tuple[Header, Registers]:
        """Read the header first: its registers and default fund decide how items are read."""
        for document in documents:
            if isinstance(document.data, dict) and "plan" in document.data:
                raw = document.data["plan"]
                lists = self.choose(document, raw, lists) if isinstance(raw, dict) else lists
                reading = Everyday(Context(lists, DEFAULT_FUND))
                header = self.item(Place(document, ("plan",)), Header, raw, reading, None)
                if isinstance(header, Header):
                    return header, lists
                break
        else:
            if not any(one.broken for one in documents):
                self.report(faults.NO_PLAN, documents[0].locate(()))
        return self.empty(Header.model_construct(), documents), lists

    def empty(self, record: AnyRecord, documents: Sequence[Document]) -> AnyRecord:
        """Let an item that no file holds stand at the top of the first file."""
        unknown = frozenset((key,) for key in shape.keys(type(record)))
        self.standing[id(record)] = Standing(Place(documents[0], ()), None, None, unknown)
        return record

    def choose(self, document: Document, raw: dict[str, Any], lists: Registers) -> Registers:
        """Choose the registers that a raw header names."""
        taxonomy, generation = raw.get("taxonomy"), raw.get("codes")
        if isinstance(taxonomy, str):
            if taxonomy in lists.taxonomies:
                lists = replace(lists, taxonomy=lists.taxonomies[taxonomy])
            else:
                self.no_register(document, "taxonomy", taxonomy, list(lists.taxonomies))
        if isinstance(generation, str):
            if generation in lists.code_lists:
                lists = replace(lists, generation=generation)
            else:
                self.no_register(document, "codes", generation, list(lists.code_lists))
        return lists

    def no_register(self, document: Document, key: str, seen: str, known: list[str]) -> None:
        self.report(
            registers.UNKNOWN_REGISTER,
            document.locate(("plan", key)),
            path=f"plan.{key}",
            seen=seen,
            allowed=known,
            suggestion=nearest(seen, known),
        )

    def collections(self, document: Document, reading: Everyday) -> None:
        if not isinstance(document.data, dict):
            return
        provenance = self.file_provenance(document, document.data, reading)
        for name, content in document.data.items():
            if name == "registers":
                continue  # read before all else
            if name in COLLECTIONS:
                self.collection(document, name, content, reading, provenance)
            elif name not in TOP_LEVEL:
                self.no_collection(document, name)
                self.readable.update(_ids(content))
            elif name == "format" and str(content) != FORMAT:
                span = document.locate((name,))
                self.report(faults.FORMAT_VERSION, span, seen=shown(content), allowed=[FORMAT])

    def no_collection(self, document: Document, name: str) -> None:
        span = document.locate((name,), "key")
        names = (*COLLECTIONS, *TOP_LEVEL)
        near = nearest(name, names)
        told: dict[str, Any] = {"seen": shown(name), "suggestion": near, "path": name}
        fix = mend(faults.UNKNOWN_COLLECTION, span, {**told, "allowed": names})
        told["fix"] = None if document.stands((near,)) else fix
        self.report(faults.UNKNOWN_COLLECTION, span, **told)
        if near in COLLECTIONS:
            self.lost.add(_noun(COLLECTIONS[near].model, near))

    def file_provenance(
        self, document: Document, data: dict[str, Any], reading: Everyday
    ) -> Provenance | None:
        if data.get("provenance") is None:
            return None
        place = Place(document, ("provenance",))
        record = self.item(place, Provenance, data["provenance"], reading, None)
        return record if isinstance(record, Provenance) else None

    def collection(
        self,
        document: Document,
        name: str,
        content: Any,
        reading: Everyday,
        provenance: Provenance | None,
    ) -> None:
        """Read the content of a collection in one file."""
        model = COLLECTIONS[name].model
        if COLLECTIONS[name].single:
            if self.stands_once(document, name) and name != "plan":
                self.item(Place(document, (name,)), model, content, reading, provenance)
        elif isinstance(content, list):
            for index, raw in enumerate(content):
                self.item(Place(document, (name, index)), model, raw, reading, provenance)
        elif content is not None:
            span = document.locate((name,))
            self.report(values.WRONG_TYPE, span, path=name, seen=shown(content), allowed="list")
            self.lost.add(_noun(model, name))
            self.readable.update(_ids(content))

    def stands_once(self, document: Document, name: str) -> bool:
        """Report a second content of a collection that may stand once; the first one holds."""
        span = document.locate((name,), "key")
        first = self.singles.setdefault(name, span)
        if first is span:
            return True
        code = COLLECTIONS[name].twice or faults.STANDS_TWICE
        related = (("first", first),)
        self.report(code, span, path=name, related=related, seen=name, first=_spot(first))
        return False

    # Items

    def item(
        self,
        place: Place,
        model: type[Record],
        raw: Any,
        reading: Everyday,
        provenance: Provenance | None,
    ) -> Record | None:
        """Read one item and note what it is and where it stands."""
        if (record := reading.read(model, raw)) is not None:
            self.note(record, place, None, provenance, NOTHING)
            return record
        item = Item(place, model, raw if place.document.parsed else own(raw))
        record = item.read(reading)
        self.findings.extend(item.findings)
        for loc in item.unknown:
            self.readable.update(_ids(at(item.raw, loc)))
        if record is None:
            self.lost.add(_noun(model, str(place.route[0])))
            self.readable.update(_ids(raw))
        else:
            self.note(record, place, None, provenance, frozenset(item.unknown))
        return record

    def note(
        self,
        record: Record,
        place: Place,
        owner: Record | None,
        inherited: Provenance | None,
        unknown: frozenset[Loc],
    ) -> None:
        """Note where an item and its parts stand, file them by kind, index their ids."""
        values, model = record.__dict__, type(record)
        record.__pydantic_fields_set__.clear()  # a quarter of an item, and nobody asks for it
        effective = values.get("provenance") or inherited
        self.standing[id(record)] = Standing(place, owner, effective, unknown)
        self.items.setdefault(model.noun, []).append(record)
        if shape.named(model) and values["id"]:
            self.index(record, values["id"])
        for one in shape.parts(model):
            part = values[one.name]
            if not part:
                continue
            loc: Loc = (one.key,)
            if type(part) is not tuple:
                inside = below(unknown, loc) if unknown else unknown
                self.note(part, place.inner(loc), record, effective, inside)
                continue
            for number, each in numbered(part, unknown, loc):
                loc = (one.key, number)
                inside = below(unknown, loc) if unknown else unknown
                self.note(each, place.inner(loc), record, effective, inside)

    def index(self, record: Any, identity: str, field: str = "id") -> None:
        """Let an id lead to its item; report it if it leads to another one already."""
        other = self.ids.setdefault(identity.casefold(), record)
        if other is record or other is None:
            return
        first = self.standing[id(other)].place.span("id")
        self.report(
            faults.DUPLICATE_ID,
            self.standing[id(record)].place.span(field),
            subject=subject(record),
            path=item_path(record),
            related=(("first", first),),
            seen=identity,
            first=_spot(first),
            title=other.heading,
        )

    def former_ids(self) -> None:
        """Let former ids lead to the item that bears another now."""
        for records in list(self.items.values()):
            for record in records:
                for old in record.__dict__.get("formerly", ()):
                    self.index(record, old, "formerly")

    def readable_ids(self, documents: Iterable[Document]) -> None:
        """Count ids that can be seen in what is broken, so that one fault makes no others."""
        for document in documents:
            if document.broken:
                self.readable.update(document.ids_in_text())
        for identity in self.readable:
            self.ids.setdefault(identity.casefold(), None)


def _ids(value: Any) -> Iterator[str]:
    """Give the ids in raw data that could not be read as items."""
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "id" and isinstance(each, str):
                yield each
            yield from _ids(each)


def _noun(model: type[Record], otherwise: str) -> str:
    return model.noun or otherwise


def _spot(span: Span) -> str:
    return f"{span.source}:{span.line}"
