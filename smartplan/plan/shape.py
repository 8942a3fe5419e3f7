"""What the fields of an entity hold, read off the models once: references, parts, keys.

Nobody writes this down twice: the loader resolves references by it, and whoever needs to know
what a field is (diff, forms, schemas) asks here.
"""

from __future__ import annotations

import re
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin

from smartplan.plan.entity import Entity, Record
from smartplan.plan.values import Choice, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Field(NamedTuple):
    """One field of a model.

    Attributes:
        name: its name in Python.
        key: its key in the file.
        required: whether an item is incomplete without it.
        ref: what it refers to, if it is a reference or a list of them.
        part: the model of what stands in it, if it is a record or a list of them.
    """

    name: str
    key: str
    required: bool
    ref: Ref | None
    part: type[Record] | None


@cache
def fields(model: type[Record]) -> tuple[Field, ...]:
    """Give the fields of a model in their order."""
    return tuple(_fields(model))


def _fields(model: type[Record]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        extra: Any = info.json_schema_extra or {}
        found = list(_inside(info.annotation, info.metadata))
        yield Field(
            name,
            info.alias or name,
            bool(extra.get("required")),
            next((one for one in found if isinstance(one, Ref)), None),
            next((one for one in found if isinstance(one, type)), None),
        )


@cache
def references(model: type[Record]) -> tuple[tuple[Field, Ref], ...]:
    """Give the fields of a model that are references, with what they refer to."""
    return tuple((one, one.ref) for one in fields(model) if one.ref)


@cache
def parts(model: type[Record]) -> tuple[Field, ...]:
    """Give the fields of a model that hold parts."""
    return tuple(one for one in fields(model) if one.part)


@cache
def required(model: type[Record]) -> tuple[Field, ...]:
    """Give the fields without which an item of a model is incomplete."""
    return tuple(one for one in fields(model) if one.required)


@cache
def named(model: type[Record]) -> bool:
    """Tell whether items of a model have ids that others name."""
    return issubclass(model, Entity)


@cache
def keys(model: type[Record]) -> tuple[str, ...]:
    """Give the keys that a model knows."""
    return tuple(one.key for one in fields(model))


def _inside(annotation: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> Iterator[Any]:  # noqa: ANN401  # a type at run time
    """Find references and models in an annotation; mappings hold neither."""
    yield from (one for one in metadata if isinstance(one, Ref))
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _inside(get_args(annotation)[0], get_args(annotation)[1:])
    elif origin in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            yield from _inside(argument)
    elif isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation


SUGGESTED = {
    "text": "wording",
    "figure": "figure",
    "number": "figure",
    "count": "figure",
    "money": "figure",
    "flag": "kind",
    "choice": "kind",
    "date": "date",
    "month": "date",
    "period": "date",
    "year": "date",
    "years": "date",
    "ref": "link",
    "id": "link",
    "dimension": "dimension",
    "element": "dimension",
    "fund": "budget",
    "budget_code": "budget-code",
}
"""What a change of a field is to a reviewer, by what it holds, unless the field says so itself."""


def outline(
    model: type[Record], names: Mapping[type[Record], str], *, single: bool = False
) -> dict[str, Any]:
    """Give the shape of a collection as plain data, for those who work without the models.

    Args:
        model: what the items of the collection are.
        names: the collection of each model, since items of one may stand in those of another.
        single: whether the collection holds one thing.
    """
    found = _part(model, names, "")
    return found if single else _listed(found, getattr(model, "natural", ()))


def _part(model: type[Record], names: Mapping[type[Record], str], aspect: str) -> dict[str, Any]:
    inside = {}
    for name, info in model.model_fields.items():
        extra: Any = info.json_schema_extra or {}
        entry = _value(info.annotation, info.metadata, names, extra, extra.get("change") or aspect)
        entry["title"] = info.title
        if extra.get("unit"):
            entry["unit"] = extra["unit"]
        inside[info.alias or name] = entry
    return {"kind": "part", "noun": noun(model), "fields": inside}


def noun(model: type[Record]) -> str:
    """Name what a model describes; a part without a name of its own is named as its class."""
    return model.noun or re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def _value(
    annotation: Any,  # noqa: ANN401  # a type at run time
    metadata: list[Any] | tuple[Any, ...],
    names: Mapping[type[Record], str],
    extra: dict[str, Any],
    aspect: str,
) -> dict[str, Any]:
    """Describe what an annotation lets stand: a value, a list, a mapping or a part."""
    held = next((one.value for one in metadata if isinstance(getattr(one, "value", 0), str)), "")
    if held:
        kinds = [kind for one in metadata if isinstance(one, Ref) for kind in one.kinds]
        found = {"kind": "value", "value": held, "aspect": aspect or SUGGESTED[held]}
        words = next((one.name for one in metadata if isinstance(one, Choice)), "")
        found |= {"choices": words} if words else {}
        return {**found, "refers": kinds} if kinds else found
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments[0], arguments[1:], names, extra, aspect)
    if origin in (Union, UnionType):
        inner = next(one for one in arguments if one is not type(None))
        return _value(inner, (), names, extra, aspect)
    if origin is dict:
        return {"kind": "map", "each": _value(arguments[1], (), names, {}, aspect)}
    found = _part(annotation, names, aspect) if origin is not tuple else {}
    if origin is tuple:
        each = _value(arguments[0], (), names, {}, aspect)
        ordered = extra.get("order") == "ordered"
        found = {**each, "kind": "ordered"} if ordered else _listed(each, extra.get("key", ()))
    elif annotation in names:
        found["collection"] = names[annotation]
    return found


def _listed(each: dict[str, Any], key: Sequence[str]) -> dict[str, Any]:
    """Say which of the four kinds of list (format.md, principle 9) holds such items."""
    if each["kind"] != "part":
        return {**each, "kind": "set"}
    if key:
        return {**each, "kind": "natural", "key": list(key)}
    return {**each, "kind": "keyed" if "id" in each["fields"] else "ordered"}
