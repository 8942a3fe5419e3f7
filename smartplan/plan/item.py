"""Reads one item of a plan file: what cannot be read is a finding, left out, and remembered.

The model is pydantic's; the places are the document's. Nothing here knows another item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from smartplan.plan import grammar, registers, shape, values
from smartplan.plan.faults import MISSING_FIELD, UNKNOWN_KEY
from smartplan.plan.mending import mend
from smartplan.plan.nearest import nearest
from smartplan.plan.plan import COLLECTION_OF, COLLECTIONS, number_in_file
from smartplan.plan.values import shown
from smartplan.text.finding import Finding, Remark, Subject
from smartplan.text.scalar import Number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from smartplan.plan.entity import Record
    from smartplan.plan.everyday import Everyday
    from smartplan.plan.plan import Place
    from smartplan.plan.values import Context
    from smartplan.text.finding import Code
    from smartplan.text.source import Span

Loc: TypeAlias = "tuple[str | int, ...]"

BY_ID = {code.id: code for code in (*values.CODES, *registers.CODES)}
"""Codes that a field raises while it is read."""

ALLOWED = {
    "dict_type": "mapping",
    "model_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "string_type": "id",  # only references are read by pydantic itself
}
"""What pydantic's own errors ask for."""


def found(code: Code, span: Span, **about: Any) -> Finding:  # arguments of any kind
    """Make a finding at the code's own level, with its fix if there is one.

    What is no part of a remark is an argument of the sentence.
    """
    keys = ("subject", "path", "related", "fix")
    parts = {key: about.pop(key) for key in keys if key in about}
    parts.setdefault("fix", mend(code, span, about, parts.get("related", ())))
    return Finding(code, code.level, Remark(span=span, args=about, **parts))


@dataclass(slots=True)
class Item:
    """An item being read.

    Attributes:
        place: where it stands.
        model: what it should be.
        raw: what stands there.
        findings: what is wrong with it.
        unknown: the routes of what could not be read, and of what a misspelt key meant.
    """

    place: Place
    model: type[Record]
    raw: Any
    findings: list[Finding] = field(default_factory=list)
    unknown: set[Loc] = field(default_factory=set)

    def read(self, reading: Everyday) -> Record | None:
        """Validate the item; none if it is no mapping at all."""
        if not isinstance(self.raw, dict):
            span, path = self.place.span(), str(self.place.route[0])
            seen = shown(self.raw)
            self.findings.append(
                found(values.WRONG_TYPE, span, path=path, seen=seen, allowed="mapping")
            )
            return None
        data, context, record = self.raw, reading.context, None
        while record is None:
            try:
                record = self.model.model_validate(data, context=context)
            except ValidationError as error:
                data = _copied(data) if data is self.raw else data
                self.leave_out(data, error)
                context.notes.clear()
                record = reading.read(self.model, data)  # often all else is right
        self.add_notes(context)
        for loc, key in _missing(record, self.unknown):
            span = self.place.span(*loc)
            self.findings.append(found(MISSING_FIELD, span, **self.told((*loc, key)), seen=key))
        return record

    def leave_out(self, data: Any, error: ValidationError) -> None:  # raw data
        """Report what pydantic refuses and take it out of the data, from the end backwards."""
        errors = error.errors(include_url=False, include_input=False)
        placed = [(each, _existing(data, each["loc"])) for each in errors]  # before it is taken out
        keys = {loc for each, loc in placed if "[key]" in each["loc"]}
        for each, loc in reversed(placed):
            if loc in keys and "[key]" not in each["loc"]:
                continue  # what stands under a key that means nothing
            self.refuse(each, loc)
            self.unknown.add(loc)
            _drop(data, loc)

    def refuse(self, error: Any, loc: Loc) -> None:  # pydantic's dict
        """Report one error of pydantic at its place."""
        code, told = BY_ID.get(error["type"]), self.told(loc)
        span = self.place.span(*loc, key="[key]" in error["loc"])
        if code is not None:
            args = {key: value for key, value in error.get("ctx", {}).items() if key != "code"}
        elif error["type"] == "extra_forbidden":
            code, span = UNKNOWN_KEY, self.place.span(*loc, key=True)
            known = shape.keys(self.model_at(loc[:-1]))
            near = nearest(str(loc[-1]), known)
            args = {"seen": shown(loc[-1]), "allowed": list(known), "suggestion": near}
            if near:
                self.unknown.add((*loc[:-1], near))
            if near in at(self.raw, loc[:-1]):
                args["fix"] = None  # the field stands there already
        else:
            code, seen = values.WRONG_TYPE, shown(at(self.raw, loc))
            args = {"seen": seen, "allowed": ALLOWED.get(error["type"], "another value")}
        related = self.place.aliases(*loc)
        self.findings.append(found(code, span, **told, related=related, **args))

    def add_notes(self, context: Context) -> None:
        """Report what could be read, but might be misread, at the place of the very value."""
        for code, args, value in context.notes:
            loc = _find(self.raw, value)
            related = self.place.aliases(*loc)
            span = self.place.span(*loc)
            self.findings.append(found(code, span, **self.told(loc), related=related, **args))
        context.notes.clear()

    def told(self, loc: Sequence[str | int]) -> dict[str, Any]:
        """Give the path of something in the item and the item itself, as `path` and `subject`.

        An item that stands in another, such as the indicator of an action, has a path of its own.
        """
        named, steps = _head(self.model, self.raw)
        model, value, part = self.model, self.raw, None
        for step in loc:
            value = at(value, (step,))
            if not isinstance(step, int):
                part = next((one.part for one in shape.fields(model) if one.key == step), None)
                model = part or model
                steps.append(step)
            elif not isinstance(value, dict | list):
                steps[-1] += f"[{shown(value)}]"
            elif part in COLLECTION_OF:
                named, steps = _head(part, value)
        return {"path": ".".join(steps), "subject": named}

    def model_at(self, loc: Sequence[str | int]) -> type[Record]:
        """Give the model that reads the mapping at a place of the item."""
        model = self.model
        for step in loc:
            part = next((one.part for one in shape.fields(model) if one.key == step), None)
            model = part or model
        return model


def _head(model: type[Record], raw: Any) -> tuple[Subject | None, list[str]]:
    """Name an item by what stands in the file."""
    name = COLLECTION_OF.get(model, "provenance")
    if name == "provenance" or COLLECTIONS[name].single or not isinstance(raw, dict):
        return None, [name]
    identity = shown(raw["id"]) if raw.get("id") else "?"
    if names := getattr(model, "natural", ()):
        parts = [str(raw.get(name)) for name in names]
        identity = "@".join(grammar.period(part) or part for part in parts)
    titles = (raw[key] for key in ("title", "name", "label", "text") if raw.get(key))
    named = Subject(model.noun, identity, shown(next(titles, "")))
    return named, [f"{name}[{identity}]"]


def at(value: Any, loc: Sequence[str | int]) -> Any:
    """Give what stands at a place of raw data; none if nothing does."""
    for step in loc:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _existing(data: Any, loc: Sequence[str | int]) -> Loc:  # raw data
    """Give the parts of a pydantic place that exist in the data."""
    route: list[str | int] = []
    for step in loc:
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]
            route.append(step)
    return tuple(route)


def _copied(data: Any) -> Any:
    """Copy data so that nothing in it is shared: what aliases repeat may differ from now on."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def own(data: Any) -> Any:
    """Copy data so that each value is an object of its own, by which its place is found.

    Lines that are alike share their values where the fast lane has read them.
    """
    if isinstance(data, dict):
        return {key: own(value) for key, value in data.items()}
    if isinstance(data, list):
        return [own(value) for value in data]
    if isinstance(data, Number):
        return Number(data)
    return "".join((data[:1], data[1:])) if isinstance(data, str) else data


def _drop(data: Any, loc: Sequence[str | int]) -> None:  # raw data
    """Take the value at a place out of the data, if it is still there."""
    if not loc:
        data.clear()
        return
    container: Any = at(data, loc[:-1])
    if _existing(container, loc[-1:]):
        del container[loc[-1]]


def _find(data: Any, value: object) -> Loc:  # raw data
    """Give the route to a value of the file: to that very object, not to one that is equal."""
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(data, dict):
        entries = data.items()
    elif isinstance(data, list):
        entries = enumerate(data)
    for step, inside in entries:
        if inside is value or step is value:
            return (step,)
        if isinstance(inside, dict | list) and (route := _find(inside, value)):
            return (step, *route)
    return ()


def numbered(
    parts: tuple[Any, ...], unknown: Collection[Loc], head: Loc = ()
) -> Iterator[tuple[int, Any]]:
    """Number the parts of a list as they stand in the file, where some may have been left out."""
    if not unknown:
        yield from enumerate(parts)
        return
    size = len(head)
    lost = {one[size] for one in unknown if len(one) == size + 1 and one[:size] == head}
    for number, part in enumerate(parts):
        yield number_in_file(number, lost) if lost else number, part


def below(unknown: Collection[Loc], head: Loc) -> frozenset[Loc]:
    """Give the unknown routes inside a part, as seen from the part."""
    if not unknown:
        return frozenset()
    size = len(head)
    return frozenset(one[size:] for one in unknown if len(one) > size and one[:size] == head)


def _missing(record: Record, unknown: Collection[Loc], at: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Find required fields that are absent, not merely unreadable, in an item and its parts."""
    values, model = record.__dict__, type(record)
    for one in shape.required(model):
        if values[one.name] is None and (*at, one.key) not in unknown:
            yield at, one.key
    for one in shape.parts(model):
        part = values[one.name]
        if isinstance(part, tuple):
            for number, each in numbered(part, unknown, (*at, one.key)):
                yield from _missing(each, unknown, (*at, one.key, number))
        elif part is not None:
            yield from _missing(part, unknown, (*at, one.key))
