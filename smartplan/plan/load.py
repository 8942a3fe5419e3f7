"""From sources to a plan and findings; never raises for what a file holds.

Every item is validated by itself. A field that cannot be read is a finding, counts as unknown and
leaves its item standing; a reference is resolved once all files are read.
"""

from __future__ import annotations

import gc
from copy import deepcopy
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from smartplan.plan import city, direction, faults, registers, shape, values
from smartplan.plan.faults import (
    DANGLING,
    DUPLICATE_ID,
    FORMAT_VERSION,
    MISSING_FIELD,
    NO_PLAN,
    NOT_A_PLAN_FILE,
    NOT_READ_YET,
    STANDS_TWICE,
    UNKNOWN_COLLECTION,
    UNKNOWN_KEY,
    UNKNOWN_REGISTER,
    YML,
)
from smartplan.plan.plan import (
    COLLECTION_OF,
    COLLECTIONS,
    NOT_YET,
    Checks,
    Header,
    Place,
    Plan,
    Standing,
    item_path,
    subject,
)
from smartplan.plan.values import Context, Entity, Provenance, Record, nearest, shown
from smartplan.text.document import Document
from smartplan.text.finding import Finding, Remark, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.plan.registers import Registers
    from smartplan.text.finding import Code
    from smartplan.text.source import Source, Span

FORMAT = "1"
TOP_LEVEL = ("format", "provenance")
"""Top-level keys that are no collections."""

BY_ID = {
    code.id: code
    for code in (*values.CODES, *registers.CODES, *city.CODES)
}
"""Codes that a field raises while it is read."""


CODES = (*faults.CODES, *BY_ID.values(), *direction.CODES)
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
    first: dict[str, tuple[str, Span]] = field(default_factory=dict)
    singles: dict[str, Span] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def load(self, sources: Sequence[Source], root: str) -> Plan:
        documents = self.included([self.read(source) for source in sources], root)
        header_at = next((one for one in documents if _has_header(one)), None)
        header, lists = self.header(header_at, documents)
        context = Context(lists, header.default_fund or "apbd")
        for document in documents:
            self.collections(document, context)
        self.former_ids()
        self.readable_ids(documents)
        plan = Plan(
            header=header,
            checks=next(iter(self.items.pop("checks", [])), Checks()),
            registers=lists,
            items={noun: tuple(records) for noun, records in self.items.items()},
            ids=self.ids,
            documents=tuple(documents),
            standing=self.standing,
            lost=frozenset(self.lost),
        )
        self.references(plan)
        return plan

    # Reports

    def report(self, code: Code, span: Span, **about: Any) -> None:
        """Add a finding at the code's own level; what is no part of a remark is an argument."""
        parts = {key: about.pop(key) for key in ("subject", "path", "related") if key in about}
        self.findings.append(Finding(code, code.level, Remark(span=span, args=about, **parts)))

    # Files

    def read(self, source: Source) -> Document:
        if source.path.endswith(".yml"):
            self.report(YML, source.span(0), seen=source.path, suggestion=source.path[:-4] + ".yaml")
            return replace(Document.read(type(source)(source.path, "")), findings=())
        document = Document.read(source)
        self.findings.extend(document.findings)
        if document.data is not None and not isinstance(document.data, dict):
            self.report(NOT_A_PLAN_FILE, document.locate(()), seen=shown(document.data))
            return replace(document, data=None)
        return document

    def included(self, documents: list[Document], root: str) -> list[Document]:
        """Leave out the files that `checks.exclude` names, with what was found in them."""
        patterns = [
            str(pattern)
            for one in documents
            if isinstance(one.data, dict) and isinstance(checks := one.data.get("checks"), dict)
            for pattern in _list(checks.get("exclude"))
        ]
        out = {
            one.source.path
            for one in documents
            if any(fnmatch(one.source.path.removeprefix(f"{root}/"), each) for each in patterns)
        }
        self.findings = [one for one in self.findings if one.span.source.path not in out]
        return [one for one in documents if one.source.path not in out] or documents[:1]

    def header(self, at: Document | None, documents: Sequence[Document]) -> tuple[Header, Registers]:
        """Read the header first: its registers and default fund decide how items are read."""
        lists = registers.shipped()
        if at is None:
            if not any(one.broken for one in documents):
                self.report(NO_PLAN, documents[0].locate(()))
            return Header(), lists
        assert isinstance(at.data, dict)  # noqa: S101  # _has_header
        raw = at.data["plan"]
        if isinstance(raw, dict):
            lists = self.choose(at, raw, lists)
        header = self.item(at, ("plan",), Header, raw, Context(lists, "apbd"), None)
        return header if isinstance(header, Header) else Header(), lists

    def choose(self, at: Document, raw: dict[str, Any], lists: Registers) -> Registers:
        """Choose the registers that a raw header names."""
        taxonomy, generation = raw.get("taxonomy"), raw.get("codes")
        if isinstance(taxonomy, str):
            if taxonomy in lists.taxonomies:
                lists = replace(lists, taxonomy=lists.taxonomies[taxonomy])
            else:
                self.no_register(at, "taxonomy", taxonomy, list(lists.taxonomies))
        if isinstance(generation, str):
            if generation in lists.code_lists:
                lists = replace(lists, generation=generation)
            else:
                self.no_register(at, "codes", generation, list(lists.code_lists))
        return lists

    def no_register(self, at: Document, key: str, seen: str, known: list[str]) -> None:
        span = at.locate(("plan", key))
        near = nearest(seen, known)
        path = f"plan.{key}"
        self.report(UNKNOWN_REGISTER, span, path=path, seen=seen, allowed=known, suggestion=near)

    def collections(self, document: Document, context: Context) -> None:
        if not isinstance(document.data, dict):
            return
        owner = self.file_provenance(document, context)
        for name, content in document.data.items():
            if name in COLLECTIONS:
                self.collection(document, name, content, context, owner)
            elif name in NOT_YET:
                self.report(NOT_READ_YET, document.locate((name,), "key"), seen=name)
            elif name == "format":
                if str(content) != FORMAT:
                    span = document.locate((name,))
                    self.report(FORMAT_VERSION, span, seen=shown(content), allowed=FORMAT)
            elif name != "provenance":
                known = (*COLLECTIONS, *NOT_YET, *TOP_LEVEL)
                span = document.locate((name,), "key")
                near = nearest(name, known)
                self.report(UNKNOWN_COLLECTION, span, seen=shown(name), suggestion=near)

    def file_provenance(self, document: Document, context: Context) -> Provenance | None:
        assert isinstance(document.data, dict)  # noqa: S101  # its only caller checks
        raw = document.data.get("provenance")
        if raw is None:
            return None
        found, _unknown = self.validate(document, ("provenance",), Provenance, raw, context)
        if isinstance(found, Provenance):
            self.stand(found, document, ("provenance",), None, None, frozenset())
            self.items.setdefault(Provenance.noun, []).append(found)
            return found
        return None

    def collection(
        self, document: Document, name: str, content: Any, context: Context, owner: Any
    ) -> None:
        kind = COLLECTIONS[name]
        if kind.single:
            span = document.locate((name,), "key")
            if name in self.singles:
                first = self.singles[name]
                related = (("first", first),)
                code = kind.twice or STANDS_TWICE
                self.report(code, span, path=name, related=related, seen=name, first=_spot(first))
            elif name == "plan":
                self.singles[name] = span
            else:
                self.singles[name] = span
                self.item(document, (name,), kind.model, content, context, owner)
            return
        if content is None:
            return
        if not isinstance(content, list):
            span = document.locate((name,))
            self.report(values.WRONG_TYPE, span, path=name, seen=shown(content), allowed="list")
            self.lost.add(getattr(kind.model, "noun", name))
            return
        for index, raw in enumerate(content):
            self.item(document, (name, index), kind.model, raw, context, owner)

    # Items

    def item(
        self,
        document: Document,
        route: tuple[str | int, ...],
        model: type[Record],
        raw: Any,
        context: Context,
        file_provenance: Provenance | None,
    ) -> Record | None:
        record, unknown = self.validate(document, route, model, raw, context)
        if record is not None:
            self.settle(record, document, route, None, file_provenance, unknown)
        return record

    def settle(
        self,
        record: Record,
        document: Document,
        route: tuple[str | int, ...],
        owner: Record | None,
        inherited: Provenance | None,
        unknown: frozenset[tuple[str | int, ...]],
    ) -> None:
        """Note where an item and its parts stand, file them by kind, index their ids."""
        here = frozenset(str(step[0]) for step in unknown if step)
        own = getattr(record, "provenance", None)
        effective = own or inherited
        self.stand(record, document, route, owner, effective, here)
        noun = getattr(record, "noun", "")
        self.items.setdefault(noun, []).append(record)
        if isinstance(record, Entity) and record.id:
            self.index(record)
        for one in shape.linked(type(record)):
            if one.part is None:
                continue
            part = record.__dict__[one.name]
            if isinstance(part, tuple):
                for at, each in _numbered(part, unknown, (one.key,)):
                    below = _below(unknown, one.key, at)
                    self.settle(each, document, (*route, one.key, at), record, effective, below)
            elif isinstance(part, Record):
                below = _below(unknown, one.key)
                self.settle(part, document, (*route, one.key), record, effective, below)

    def stand(
        self,
        record: Record,
        document: Document,
        route: tuple[str | int, ...],
        owner: Record | None,
        provenance: Provenance | None,
        unknown: frozenset[str],
    ) -> None:
        self.standing[id(record)] = Standing(Place(document, route), owner, provenance, unknown)

    def span(self, record: Record, *route: str | int, key: bool = False) -> Span:
        place = self.standing[id(record)].place
        return place.document.locate((*place.route, *route), "key" if key else "value")

    def index(self, record: Entity) -> None:
        assert record.id is not None  # noqa: S101  # its only caller checks
        folded = record.id.casefold()
        if folded not in self.ids:
            self.ids[folded] = record
            return
        other = self.ids[folded]
        assert other is not None  # noqa: S101  # former and broken ids come later
        first = self.span(other, "id")
        self.report(
            DUPLICATE_ID,
            self.span(record, "id"),
            subject=subject(record),
            path=item_path(record),
            related=(("first", first),),
            seen=record.id,
            first=_spot(first),
            title=other.heading,
        )

    def former_ids(self) -> None:
        for records in list(self.items.values()):
            for record in records:
                for old in getattr(record, "formerly", ()):
                    self.ids.setdefault(old.casefold(), record)

    def readable_ids(self, documents: Iterable[Document]) -> None:
        """Count ids that can be seen in a broken file, so that one fault makes no others."""
        for document in documents:
            if document.broken:
                for identity in document.ids_in_text():
                    self.ids.setdefault(identity.casefold(), None)

    def validate(
        self,
        document: Document,
        route: tuple[str | int, ...],
        model: type[Record],
        raw: Any,
        context: Context,
    ) -> tuple[Record | None, frozenset[tuple[str | int, ...]]]:
        """Validate one item; what it cannot read is left out and its route remembered."""
        unknown: set[tuple[str | int, ...]] = set()
        if not isinstance(raw, dict):
            span = document.locate(route)
            path = str(route[0])
            self.report(values.WRONG_TYPE, span, path=path, seen=shown(raw), allowed="mapping")
            self.lost.add(getattr(model, "noun", path))
            return None, frozenset()
        data = raw
        about = _About(model, raw)
        while True:
            try:
                record = model.model_validate(data, context=context)
                break
            except ValidationError as error:
                data = deepcopy(data) if data is raw else data
                faults = error.errors(include_url=False, include_input=False)
                for each in reversed(faults):
                    loc = _existing(data, each["loc"])
                    unknown.update((loc, *self.refuse(document, route, about, each, loc)))
                    _drop(data, loc)
                context.notes.clear()
        for code, args, value in context.notes:
            found = _find(raw, value)
            self.report(code, document.locate((*route, *found)), **about.told(found), **args)
        context.notes.clear()
        for loc, key in _missing(record, unknown):
            span = document.locate((*route, *loc))
            self.report(MISSING_FIELD, span, **about.told((*loc, key)), seen=key)
        return record, frozenset(unknown)

    def refuse(
        self,
        document: Document,
        route: tuple[str | int, ...],
        about: _About,
        error: Any,
        loc: tuple[str | int, ...],
    ) -> Iterator[tuple[str | int, ...]]:
        """Report an error of pydantic; give the field that was meant, so that it is not missed."""
        code = BY_ID.get(error["type"])
        told = about.told(loc)
        at_key = "[key]" in error["loc"]
        span = document.locate((*route, *loc), "key" if at_key else "value")
        if code is not None:
            args = {key: value for key, value in error.get("ctx", {}).items() if key != "code"}
            self.report(code, span, **told, **args)
        elif error["type"] == "extra_forbidden":
            known = shape.keys(about.model_at(loc[:-1]))
            span = document.locate((*route, *loc), "key")
            seen = str(loc[-1])
            near = nearest(seen, known)
            self.report(UNKNOWN_KEY, span, **told, seen=seen, allowed=list(known), suggestion=near)
            if near:
                yield (*loc[:-1], near)
        else:
            allowed = _ALLOWED.get(error["type"], "another value")
            self.report(values.WRONG_TYPE, span, **told, seen=shown(about.value_at(loc)), allowed=allowed)

    # References

    def references(self, plan: Plan) -> None:
        names: dict[tuple[str, ...], dict[str, Entity]] = {}
        for records in self.items.values():
            for record in records:
                for one in shape.linked(type(record)):
                    if one.ref is None or not (value := record.__dict__[one.name]):
                        continue
                    if isinstance(value, tuple):
                        for number, each in enumerate(value):
                            if not self.names_a(one.ref.kinds, each):
                                self.dangling(plan, record, one.ref, each, (one.key, number), names)
                    elif not self.names_a(one.ref.kinds, value):
                        self.dangling(plan, record, one.ref, value, (one.key,), names)

    def names_a(self, kinds: tuple[str, ...], identity: str) -> bool:
        folded = identity.casefold()
        if folded not in self.ids:
            return False
        target = self.ids[folded]
        if target is None:
            return True
        noun = getattr(target, "noun", "")
        return noun in kinds and (identity == target.id or identity in target.formerly)

    def dangling(
        self,
        plan: Plan,
        record: Record,
        to: values.Ref,
        seen: str,
        route: tuple[str | int, ...],
        names: dict[tuple[str, ...], dict[str, Entity]],
    ) -> None:
        if to.kinds not in names:
            names[to.kinds] = dict(_names(plan, to.kinds))
        known = names[to.kinds]
        near = nearest(seen, known)
        target = known.get(near)
        self.report(
            to.code or DANGLING,
            self.span(record, *route),
            subject=plan.subject(record),
            path=plan.path(record, *route),
            seen=shown(seen),
            kinds=list(to.kinds),
            suggestion=target.id if target else "",
            suggestion_title=target.heading if target else "",
        )


@dataclass(frozen=True, slots=True)
class _About:
    """The item that a finding of the loader is about, as it stands in the file."""

    model: type[Record]
    raw: dict[str, Any]

    def told(self, loc: Sequence[str | int]) -> dict[str, Any]:
        """Give the path of something in the item and the item itself, as `path` and `subject`.

        An item that stands in another, such as the indicator of an action, has a path of its own.
        """
        named, steps = self.head(self.model, self.raw)
        model, value = self.model, self.raw
        for step in loc:
            value = _step(value, step)
            part = next((one.part for one in shape.fields(model) if one.key == step), None)
            model = part or model
            if isinstance(step, int) and not isinstance(value, dict | list):
                steps[-1] += f"[{shown(value)}]"
            elif isinstance(step, int) and model in COLLECTION_OF:
                named, steps = self.head(model, value)
            elif not isinstance(step, int):
                steps.append(str(step))
        return {"path": ".".join(steps), "subject": named}

    def head(self, model: type[Record], raw: Any) -> tuple[Subject | None, list[str]]:
        """Name an item by what stands in the file."""
        name = COLLECTION_OF.get(model, "provenance")
        if name == "provenance" or COLLECTIONS[name].single or not isinstance(raw, dict):
            return None, [name]
        identity = shown(raw["id"]) if raw.get("id") else "?"
        titles = (raw[key] for key in ("title", "name", "label", "text") if raw.get(key))
        named = Subject(getattr(model, "noun", ""), identity, shown(next(titles, "")))
        return named, [f"{name}[{identity}]"]

    def model_at(self, loc: Sequence[str | int]) -> type[Record]:
        """Give the model that reads the mapping at a place of the item."""
        model = self.model
        for step in loc:
            part = next((one.part for one in shape.fields(model) if one.key == step), None)
            model = part or model
        return model

    def value_at(self, loc: Sequence[str | int]) -> Any:
        value: Any = self.raw
        for step in loc:
            value = _step(value, step)
        return value


def _step(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


_ALLOWED = {
    "dict_type": "mapping",
    "model_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "missing": "a value",
}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _has_header(document: Document) -> bool:
    return isinstance(document.data, dict) and "plan" in document.data


def _spot(span: Span) -> str:
    return f"{span.source}:{span.line}"


def _below(
    unknown: frozenset[tuple[str | int, ...]], *head: str | int
) -> frozenset[tuple[str | int, ...]]:
    """Give the unknown routes inside a part, as seen from the part."""
    size = len(head)
    return frozenset(one[size:] for one in unknown if len(one) > size and one[:size] == head)


def _existing(data: Any, loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """Give the parts of a pydantic place that exist in the data."""
    route: list[str | int] = []
    for step in loc:
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]  # type: ignore[index]  # one of the two
            route.append(step)
    return tuple(route)


def _drop(data: Any, loc: Sequence[str | int]) -> None:
    """Take the value at a place out of the data, if it is still there."""
    if not loc:
        data.clear()
        return
    for step in loc[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    last = loc[-1]
    if (isinstance(data, dict) and last in data) or (
        isinstance(data, list) and isinstance(last, int) and last < len(data)
    ):
        del data[last]


def _find(data: Any, value: object) -> tuple[str | int, ...]:
    """Give the route to a value of the file: to that very object, not to one that is equal."""
    entries: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(data, dict):
        entries = iter(data.items())
    elif isinstance(data, list):
        entries = iter(enumerate(data))
    for step, inside in entries:
        if inside is value or step is value:
            return (step,)
        if isinstance(inside, dict | list) and (route := _find(inside, value)):
            return (step, *route)
    return ()


def _numbered(
    parts: tuple[Any, ...], unknown: Iterable[tuple[str | int, ...]], head: tuple[str | int, ...]
) -> Iterator[tuple[int, Any]]:
    """Number the parts of a list as they stand in the file, where some may have been dropped."""
    size = len(head)
    lost = {one[size] for one in unknown if len(one) == size + 1 and one[:size] == head}
    number = -1
    for part in parts:
        number += 1
        while number in lost:
            number += 1
        yield number, part


def _missing(
    record: Record, unknown: set[tuple[str | int, ...]], at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find required fields that are absent, not merely unreadable, in an item and its parts."""
    for one in shape.fields(type(record)):
        value = record.__dict__[one.name]
        if one.required and value is None and (*at, one.key) not in unknown:
            yield at, one.key
        if one.part is None:
            continue
        if isinstance(value, tuple):
            for number, part in _numbered(value, unknown, (*at, one.key)):
                yield from _missing(part, unknown, (*at, one.key, number))
        elif isinstance(value, Record):
            yield from _missing(value, unknown, (*at, one.key))


def _names(plan: Plan, kinds: Iterable[str]) -> Iterator[tuple[str, Entity]]:
    """Give every name under which an item of these kinds may be meant."""
    for kind in kinds:
        for item in plan.all(kind):
            others = (getattr(item, "short", None), *getattr(item, "aliases", ()))
            for name in (item.id, item.heading, *others):
                if name:
                    yield name, item
