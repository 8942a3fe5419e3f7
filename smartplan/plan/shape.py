"""What the fields of an entity hold, read off the models once: references, parts, keys.

Nobody writes this down twice: the loader resolves references by it, and whoever needs to know
what a field is (diff, forms, schemas) asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from smartplan.plan.entity import Record
from smartplan.plan.values import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Field:
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
def linked(model: type[Record]) -> tuple[Field, ...]:
    """Give the fields of a model that are references or hold parts."""
    return tuple(one for one in fields(model) if one.ref or one.part)


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
