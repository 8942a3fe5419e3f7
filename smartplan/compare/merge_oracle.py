"""A second, simple merge: of the bare data, without a look at the text.

It knows no layout, no order and no comments, so it can be short; the merged text must say what it
says. Lists become mappings by what names their items, and what changed its container stands in a
table of its own, where the container is a field like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from smartplan.compare.merge_match import Three, label, listing
from smartplan.text.tree import Entry, Group, meaning

if TYPE_CHECKING:
    from smartplan.compare.merge_decide import Decider
    from smartplan.compare.merge_match import Listing, Place, Route
    from smartplan.text.tree import Tree, Value

Data: TypeAlias = "dict[str, Data] | object"

MISSING = object()


def agrees(trees: Three[Tree], decider: Decider, result: Tree) -> bool:
    """Tell whether a result, with ours at every conflict, says what the bare data say."""
    kinds = _kinds((*trees, result), decider)
    ours = _Bare(decider, kinds, 1, {})
    mine = ours.document(trees.ours)
    sides = [_Bare(decider, kinds, number, ours.taken) for number in (0, 2)]
    base, theirs = sides[0].document(trees.base), sides[1].document(trees.theirs)
    merged = merge_data(base, mine, theirs)
    got = _Bare(decider, kinds, 3, ours.taken).document(result)
    return _without_nothing(merged) == _without_nothing(got)


def merge_data(base: Data, ours: Data, theirs: Data) -> Data:
    """Merge bare data; ours at a conflict, and what one side changed where the other deleted."""
    if theirs in (base, ours):
        return ours
    if base == ours:
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict):
        was = base if isinstance(base, dict) else {}
        return {
            name: merge_data(*(one.get(name, MISSING) for one in (was, ours, theirs)))
            for name in {**was, **ours, **theirs}
        }
    return theirs if ours is MISSING else ours


def _without_nothing(data: Data) -> Data:
    if not isinstance(data, dict):
        return data
    return {name: _without_nothing(value) for name, value in data.items() if value is not MISSING}


def _kinds(trees: tuple[Tree, ...], decider: Decider) -> dict[Place, Listing]:
    """Tell the kind of every list, by what stands in it in any of the texts."""
    found: dict[Place, tuple[Route, list[Group]]] = {}
    for number, tree in enumerate(trees[:3]):
        bare = _Bare(decider, {}, number, {})
        for place, route, group in bare.lists(tree.root, (), ()):
            found.setdefault(place, (route, []))[1].append(group)
    shapes = decider.matching.shapes
    return {place: listing(groups, route, shapes) for place, (route, groups) in found.items()}


class _Bare:
    """Turns a tree into bare data; side 3 is the result."""

    def __init__(
        self, decider: Decider, kinds: dict[Place, Listing], number: int, taken: dict[Place, Data]
    ) -> None:
        self.decider = decider
        self.matching = decider.matching
        self.kinds = kinds
        self.number = number
        self.taken = dict(taken)
        self.known = bool(taken)
        self.movers: dict[str, Data] = {}

    def document(self, tree: Tree) -> Data:
        return {"root": self.value(tree.root, (), ()), "moved": self.movers}

    def identity(self, route: Route, name: str) -> str:
        if self.number < 3:  # noqa: PLR2004  # the result
            return self.matching.identity(self.number, route, name)
        mine = self.matching.identity(1, route, name)
        return self.matching.identity(2, route, name) if mine == name else mine

    def lists(self, group: Group, route: Route, place: Place) -> list[tuple[Place, Route, Group]]:
        """Give every list with its place and route."""
        known = None
        found: list[tuple[Place, Route, Group]] = []
        if group.kind == "list":
            known = listing([group], route, self.matching.shapes)
            found.append((place, route, group))
        for entry in group.entries:
            if isinstance(entry.value, Group):
                under, inner = (*route, entry.name), (*place, entry.name)
                if known:
                    under, inner = route, self.step(entry, known, route, place)
                found += self.lists(entry.value, under, inner)
        return found

    def step(self, entry: Entry, known: Listing, route: Route, place: Place) -> Place:
        name = label(entry, known) or ""
        identity = self.identity(route, name) if known.kind == "keyed" else name
        if known.kind != "keyed":
            return (*place, f"[{identity}]")
        return self.matching.under(place, (route, identity))

    def value(self, value: Value, route: Route, place: Place) -> Data:
        if place in self.decider.by_lines:
            return "merged by lines"
        if not isinstance(value, Group):
            return ("one", meaning(value))
        if value.kind == "map":
            return {
                one.name: self.value(one.value, (*route, one.name), (*place, one.name))
                for one in value.entries
            }
        known = self.kinds.get(place) or listing([value], route, self.matching.shapes)
        if known.kind == "ordered":
            return ("list", meaning(value))
        items: dict[str, Data] = {"": "list"}
        for entry in value.entries:
            name = label(entry, known) or ""
            if known.kind == "set":
                items[name] = "member"
                continue
            self.item(items, entry, (known, name), (route, place))
        return items

    def item(
        self,
        items: dict[str, Data],
        entry: Entry,
        named: tuple[Listing, str],
        where: tuple[Route, Place],
    ) -> None:
        """Put an item into its list, or into the table of those that moved."""
        (known, name), (route, place) = named, where
        inner = self.step(entry, known, route, place)
        identity = self.identity(route, name) if known.kind == "keyed" else name
        said = self.value(entry.value, route, inner)
        if inner in self.decider.taken:
            said = self.taken.setdefault(inner, said)
        target = self.matching.moved.get((route, identity))
        if known.kind != "keyed" or target is None:
            items[identity] = said
            return
        self.movers[inner[0]] = {"place": place, "item": said}
        before = self.matching.items.base.get((route, identity))
        if place == target and before and before.place != target:
            items[f"+{identity}"] = "comes in"
