"""What ids are called: agencies and items by the plan, dimensions and funds by the registers.

The shipped registers are read as data, so that nothing here needs the models.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from smartplan.compare.facts import Name
from smartplan.plan.grammar import DEFAULT_TAXONOMY
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.change import Change
    from smartplan.compare.facts import Facts, Item, Plain

Words = dict[str, str]
"""A name by language."""

BODIES = ("agencies", "partners", "institutions")
LINKS = frozenset(
    {
        "owner-changed",
        "support-changed",
        "keeper-changed",
        "indicator-owner-changed",
        "dependency-added",
        "dependency-removed",
        "mission-link-changed",
        "dimension-changed",
    }
)
"""Rules of values that name something else."""


@dataclass(frozen=True)
class Names:
    """The names of two plans; what the newer one says comes first.

    Attributes:
        new: the plan after.
        old: the plan before.
    """

    new: Facts
    old: Facts

    def item(self, collection: str, identity: str) -> Item | None:
        """Find an item by its id."""
        name = Name(collection, identity)
        return self.new.items.get(name) or self.old.items.get(name)

    def agency(self, identity: str) -> str:
        """Give the short name of an agency, else its name, else its id."""
        return next((_short(one) for one in self._bodies(identity)), identity)

    def agency_in_full(self, identity: str) -> str:
        """Give the whole name of an agency, else its id."""
        return next((one.title for one in self._bodies(identity)), identity)

    def _bodies(self, identity: str) -> Iterator[Item]:
        found = (self.item(collection, identity) for collection in BODIES)
        return (one for one in found if one is not None)

    @property
    def dimensions(self) -> dict[str, Words]:
        """The dimensions of the plan's taxonomy, in their order."""
        chosen = self.new.value("plan", "taxonomy") or self.old.value("plan", "taxonomy")
        return dimensions().get(str(chosen or DEFAULT_TAXONOMY), {})

    def link(self, change: Change, value: Plain) -> Plain | Words:
        """Give what a value that names something is called; any other value as it is.

        Returns:
            Names by language for a dimension; for an item its id and its title.
        """
        if change.rule not in LINKS or not isinstance(value, str):
            return value
        if change.rule == "dimension-changed":
            return self.dimensions.get(value) or elements().get(value) or value
        for body in self._bodies(value):
            return _short(body)
        for collection in ("actions", "missions", "goals", "strategies"):
            found = self.item(collection, value)
            if found is not None and found.title != value:
                return f"{value} {found.title}"
        return value


def _short(body: Item) -> str:
    return str(body.get("short") or body.title)


@cache
def dimensions() -> dict[str, dict[str, Words]]:
    """Read the shipped sets of dimensions: taxonomy → dimension → names."""
    return {
        str(one["id"]): {str(each["id"]): each["name"] for each in one["dimensions"]}
        for one in _register("taxonomies")
    }


@cache
def elements() -> dict[str, Words]:
    """Read the shipped elements of dimensions: id → names."""
    return {
        str(element["id"]): element["name"]
        for one in _register("taxonomies")
        for each in one["dimensions"]
        for element in each.get("elements", ())
    }


@cache
def funds() -> dict[str, Words]:
    """Read the shipped sources of funds: id → names."""
    return {str(one["id"]): one["name"] for one in _register("funds")}


def _register(name: str) -> list[Any]:
    raw = get_data("smartplan.plan", f"data/{name}.yaml") or b""
    data: Any = Document.read(Source.from_bytes(f"{name}.yaml", raw)).data
    return list(data[name])
