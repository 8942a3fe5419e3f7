"""What may stand where in a plan: kinds of list, types and units, without the models.

The table `shapes.json` is written off the models (`python -m tests.scaffold shapes`) and held
against them by a test, so that comparing and merging start without pydantic.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind: TypeAlias = Literal["value", "map", "part", "set", "ordered", "keyed", "natural"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in one place of a plan.

    Attributes:
        kind: one value; a mapping with free keys (`map`) or with fields (`part`); a list of scalars
            without order (`set`); a list whose order is data (`ordered`); a list of mappings with
            ids (`keyed`) or with a key declared in `key` (`natural`).
        value: what a scalar holds: text, money, number, year, years, date, ref, …
        aspect: what a change of it is to a reviewer (`compare/taxonomy.py`).
        title: how a planner calls the field, in English.
        unit: of numbers.
        key: the fields that name an item of a natural list.
        noun: what an item is called: `action`, `indicator`.
        collection: the collection that names the items, wherever they stand; empty if the items
            belong to the item that holds them.
        refers: the kinds of item that a reference may name.
        choices: the name of the list of words, one of which may stand here.
        fields: of a part, or of the items of a list of parts.
        each: what stands under the keys of a map.
    """

    kind: Kind
    value: str = ""
    aspect: str = ""
    title: str = ""
    unit: str = ""
    key: tuple[str, ...] = ()
    noun: str = ""
    collection: str = ""
    refers: tuple[str, ...] = ()
    choices: str = ""
    fields: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None

    def inside(self, name: str) -> Shape | None:
        """Give the shape of what stands under a key; none if the plan format knows no such key."""
        return self.each if self.kind == "map" else self.fields.get(name)


@cache
def table() -> Any:  # noqa: ANN401  # our own data, checked by a test
    """Read the table: collection → its shape as plain data."""
    return json.loads(get_data("smartplan.compare", "shapes.json") or b"{}")


@cache
def collection(name: str) -> Shape | None:
    """Give the shape of a collection; none if the plan format has no such collection."""
    found = table().get(name)
    return _shape(found, name) if found else None


def collections() -> tuple[str, ...]:
    """Name every collection, in the order in which a reader would want them."""
    return tuple(table())


def shape_at(route: Iterable[str]) -> Shape | None:
    """Give the shape of a place: its collection, then keys; items of lists are no steps.

    `("actions", "budget", "2027", "apbd")` gives the shape of one fund's amount.
    """
    steps = iter(route)
    shape = collection(next(steps, ""))
    for step in steps:
        if shape is None:
            return None
        shape = shape.inside(step)
    return shape


FIRST = ("format", "provenance")
"""What stands at the top of a file, above its collections."""
LAST = ("note", "provenance")
"""What an item says at its end, below all that it is about."""


def written_order(route: Iterable[str]) -> tuple[str, ...]:
    """Give the keys of a mapping in the order in which a plan writes them; none if unknown.

    Args:
        route: as in `shape_at`; empty for the top of a file.
    """
    steps = tuple(route)
    if not steps:
        return FIRST
    shape = shape_at(steps)
    keys = tuple(shape.fields) if shape else ()
    return (*(key for key in keys if key not in LAST), *(key for key in LAST if key in keys))


def _shape(data: Mapping[str, Any], of: str = "") -> Shape:
    return Shape(
        kind=data["kind"],
        value=data.get("value", ""),
        aspect=data.get("aspect", ""),
        title=data.get("title", ""),
        unit=data.get("unit", ""),
        key=tuple(data.get("key", ())),
        noun=data.get("noun", ""),
        collection=of or data.get("collection", ""),
        refers=tuple(data.get("refers", ())),
        choices=data.get("choices", ""),
        fields={name: _shape(one) for name, one in data.get("fields", {}).items()},
        each=_shape(data["each"]) if "each" in data else None,
    )
