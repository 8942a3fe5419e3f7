"""Which part of one text is which part of another, and where each is to stand.

An item is known by its id; then by `formerly`, which declares a new id; then by one body that is
equal and unique on both sides. Likeness alone is only a hint. The *identity* of an item is its id
in base, or its own if base has none. An item whose id stands once in its kind of list can move
between containers: its container is then a field of it like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from smartplan.text.tree import Entry, Group, Scalar, meaning, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smartplan.compare.shapes import Shape
    from smartplan.text.tree import Meaning, Tree

    Shapes: TypeAlias = Callable[[Sequence[str]], Shape | None]

_T = TypeVar("_T")
Route: TypeAlias = tuple[str, ...]
"""Keys from the top; items of lists are no steps."""
Place: TypeAlias = tuple[str, ...]
"""Where a container stands: the item it belongs to (`actions[A-01]`), if any, then keys."""
Key: TypeAlias = tuple[Route, str]
"""An item: the route of its kind of list, and its identity."""

ALIKE = 0.6
"""From here on a new item is named as what an old one may have become."""
REWRITTEN = 4
"""So many fields with another value make it possible that an id names another thing."""
REPLACED = 0.5
"""Up to here, an item of the same id and another name is another item."""
TWICE = 2
"""How often a unique body stands in base and a side together."""
CERTAIN = 3
"""So many fields besides the id make an equal body a proof of identity."""
ORDERED = "priorities"
FRAME = {"format", "provenance"}
"""What may stand in a plan file beside collections."""
NAMES = ("title", "name", "judul", "nama", "text", "statement")
FORMERLY = "formerly"


class Three(NamedTuple, Generic[_T]):
    """One thing in the three texts."""

    base: _T
    ours: _T
    theirs: _T


def no_shapes(_route: Sequence[str]) -> Shape | None:
    """Know nothing of any place: the document is of an unknown schema."""
    return None


def plan_shapes(trees: Three[Tree]) -> Shapes:
    """Give the plan's shapes if the texts are files of a plan: all their keys are collections."""
    names = {entry.name for tree in trees for entry in tree.root.entries}
    from smartplan.compare.shapes import collections, shape_at

    known = names - FRAME and names - FRAME <= set(collections())
    return shape_at if known and all(one.root.kind == "map" for one in trees) else no_shapes


@dataclass(frozen=True, slots=True)
class Listing:
    """What kind of list stands in a place, and the fields that name its items."""

    kind: str
    key: tuple[str, ...] = ()

    @property
    def keyed(self) -> bool:
        """Whether its items are mappings with a name."""
        return self.kind in ("keyed", "natural")


ONE_VALUE = Listing("ordered")


def listing(groups: Sequence[Group | None], route: Route, shapes: Shapes) -> Listing:
    """Tell the kind of a list: by the schema, else by what stands in it."""
    present = [group for group in groups if group]
    entries = [entry for group in present for entry in group.entries]
    shape = shapes(route)
    if (shape and shape.kind == "ordered") or route[-1:] == (ORDERED,):
        return ONE_VALUE
    if any(isinstance(entry.value, Group) for entry in entries):
        key = shape.key if shape and shape.kind == "natural" else ("id",)
        found = Listing("natural" if shape and shape.kind == "natural" else "keyed", key)
    else:
        found = Listing("set")
    for group in present:
        labels = [label(entry, found) for entry in group.entries]
        if None in labels or len(set(labels)) < len(labels):
            return ONE_VALUE
    return found


def label(entry: Entry, of: Listing) -> str | None:
    """Name an item of a list; none if it has no name there."""
    if of.kind == "set":
        if not isinstance(entry.value, Scalar) or isinstance(entry.value.meaning, list | dict):
            return None
        text = text_of(entry.value)
        return entry.value.text if text is None else text
    names = [entry.inner(key) for key in of.key]
    known = [name for name in names if name is not None]
    return "@".join(known) if len(known) == len(names) > 0 else None


def fields(entry: Entry, *but: str) -> dict[str, Meaning]:
    """Give the fields of an item with what they mean, without some."""
    value = entry.value
    if not isinstance(value, Group):
        return {}
    return {one.name: meaning(one.value) for one in value.entries if one.name not in but}


def likeness(one: Entry, other: Entry) -> float:
    """Give the share of fields besides the id that are equal in two items."""
    mine, its = fields(one, "id", FORMERLY), fields(other, "id", FORMERLY)
    every = mine.keys() | its.keys()
    equal = sum(name in mine and name in its and mine[name] == its[name] for name in every)
    return equal / len(every) if every else 1.0


def title(entry: Entry) -> str | None:
    """Give what an item is called."""
    return next((text for name in NAMES if (text := entry.inner(name)) is not None), None)


def collide(ours: Entry, theirs: Entry) -> bool:
    """Tell whether two new items of one id are two things: named otherwise, and mostly unlike."""
    names = {title(ours), title(theirs)}
    if len(names) == 1 or None in names:
        return False
    return likeness(ours, theirs) <= REPLACED or not _words(ours) & _words(theirs)


def replaced(base: Entry, side: Entry) -> bool:
    """Tell whether a side gave an id to something else: another name, and much else changed."""
    old, new = _body(base), _body(side)
    changed = sum(name in new and old[name] != new[name] for name in old)
    named_anew = title(base) and title(side) and not _words(base) & _words(side)
    return bool(named_anew) and changed >= REWRITTEN and likeness(base, side) <= REPLACED


def _words(entry: Entry) -> set[str]:
    return set((title(entry) or "").casefold().split())


@dataclass(frozen=True, slots=True)
class Found:
    """An item and the container it stands in."""

    place: Place
    entry: Entry


@dataclass(slots=True)
class Matching:
    """Who is who in three trees.

    Attributes:
        shapes: what the schema knows of a place.
        renamed: per side, new id → identity.
        inferred: new ids that were found by their body alone.
        reassigned: ids that a side gave to something else, while what they named stands, word for
            word, under another id.
        local: identities that stand more than once in a text, so that nobody can say of one where
            it moved; they name an item only inside its own list.
        items: per side, where each other item stands.
        moved: where items are to stand that do not stand in one place on all sides.
        contested: those that both sides put into different places.
    """

    shapes: Shapes
    renamed: Three[dict[Key, str]]
    items: Three[dict[Key, Found]]
    inferred: set[Key] = field(default_factory=set)
    reassigned: set[Key] = field(default_factory=set)
    local: set[Key] = field(default_factory=set)
    moved: dict[Key, Place] = field(default_factory=dict)
    contested: set[Key] = field(default_factory=set)

    @classmethod
    def begin(cls, shapes: Shapes) -> Matching:
        """Begin with nothing known."""
        return cls(shapes, Three({}, {}, {}), Three({}, {}, {}))

    def identity(self, side: int, route: Route, name: str) -> str:
        """Give the identity of an item of a side."""
        return self.renamed[side].get((route, name), name)

    def at(self, key: Key) -> Three[Entry | None]:
        """Give an item that can move, as each side has it."""
        base, ours, theirs = (side.get(key) for side in self.items)
        return Three(*(one.entry if one else None for one in (base, ours, theirs)))

    def under(self, place: Place, key: Key) -> Place:
        """Give the place of an item's fields, in a container at `place`.

        An item that can move takes them along: its own container is no part of it.
        """
        step = _step(key)
        return (*place, step) if key in self.local else (step,)

    def comes_into(self, place: Place) -> bool:
        """Tell whether an item from elsewhere is to stand in a place or somewhere inside it."""
        homes = {_step(key): found.place for side in self.items for key, found in side.items()}
        homes.update((_step(key), target) for key, target in self.moved.items())
        return any(_inside(target, place, homes) for target in self.moved.values())

    def judged_apart(self) -> frozenset[int]:
        """Give `id()` of every entry that is judged by itself, not with its container."""
        found = (side.get(key) for side in self.items for key in self.moved)
        return frozenset(id(one.entry) for one in found if one)


def _step(key: Key) -> str:
    return f"{'.'.join(key[0])}[{key[1]}]"


def _inside(target: Place, place: Place, homes: Mapping[str, Place]) -> bool:
    for _ in range(len(homes) + 1):
        if target[: len(place)] == place:
            return True
        if not target or target[0] not in homes:
            return False
        target = homes[target[0]]
    return False


def match(trees: Three[Tree], shapes: Shapes) -> Matching:
    """Find out who is who, and who is to stand where."""
    matching = Matching.begin(shapes)
    sides = Three(*(_by_id(tree, shapes) for tree in trees))
    for number in (1, 2):
        for route in sorted(sides[number]):
            pools = Three(*(side.get(route, {}) for side in sides))
            _renames(matching, number, route, pools)
            matching.reassigned |= {(route, one) for one in _reassigned(pools[0], pools[number])}
    _shared_renames(matching, sides)
    for number, side in enumerate(sides):
        for route, names in side.items():
            repeated = (name for name, items in names.items() if len(items) > 1)
            keys = ((route, matching.identity(number, route, name)) for name in repeated)
            matching.local.update(keys)
    while _placed(matching, trees):
        pass
    _moves(matching)
    return matching


def _placed(matching: Matching, trees: Three[Tree]) -> bool:
    """Find where every item stands; tells whether more turned out to be local, so to do it again.

    An item in a new container whose old container is gone, or another thing now, did not move:
    both belong to something that was written anew.
    """
    for number, tree in enumerate(trees):
        matching.items[number].clear()
        for found, route, name in _walk(tree.root, (), (), (matching, number)):
            key = (route, matching.identity(number, route, name))
            if key not in matching.local:
                matching.items[number][key] = found
    base, *sides = matching.items
    before = {_step(key) for key in base}
    another = {_step(key) for key in matching.reassigned}
    more: set[Key] = set()
    for side in sides:
        now = {_step(key) for key in side}
        for key in base.keys() & side.keys():
            was, its = base[key].place[:1], side[key].place[:1]
            if was != its and before.issuperset(was) and now.issuperset(its):
                gone = not now.issuperset(was) or another.issuperset(was)
                fresh = not before.issuperset(its)
                more |= {key} if gone and fresh else set()
    matching.local |= more
    return bool(more)


def _walk(
    group: Group, route: Route, place: Place, by: tuple[Matching, int]
) -> Iterator[tuple[Found, Route, str]]:
    """Give every item with an id, its route and id, containers first."""
    matching, number = by
    known = listing([group], route, matching.shapes) if group.kind == "list" else None
    if known and not known.keyed:
        return
    for entry in group.entries:
        under, inner = (*route, entry.name), (*place, entry.name)
        if known:
            name = label(entry, known) or ""
            key = (route, matching.identity(number, route, name))
            if known.kind == "keyed":
                yield Found(place, entry), route, name
                under, inner = route, matching.under(place, key)
            else:
                under, inner = route, (*place, _step(key))
        if isinstance(entry.value, Group):
            yield from _walk(entry.value, under, inner, by)


def _by_id(tree: Tree, shapes: Shapes) -> dict[Route, dict[str, list[Entry]]]:
    """Give the items of every kind of list by their ids."""
    sides: dict[Route, dict[str, list[Entry]]] = {}
    for found, route, name in _walk(tree.root, (), (), (Matching.begin(shapes), 0)):
        sides.setdefault(route, {}).setdefault(name, []).append(found.entry)
    return sides


def _renames(
    matching: Matching, number: int, route: Route, pools: Three[dict[str, list[Entry]]]
) -> None:
    """Find the new ids of a side: declared ones, then those with an equal and unique body.

    An id that the other side gave to a new item, and kept the old one, names that item.
    """
    base, side, other = pools.base, pools[number], pools[3 - number]
    missing = {name: items[0] for name, items in base.items() if name not in side and not items[1:]}
    fresh = {name: items[0] for name, items in side.items() if name not in base and not items[1:]}
    renamed = matching.renamed[number]

    def take(name: str, old: str) -> bool:
        if name in other and old in other:
            return False
        renamed[route, name] = old
        del missing[old]
        return True

    for name, entry in fresh.items():
        olds = [old for old in _former(entry) if old in missing]
        if len(olds) == 1:
            take(name, olds[0])
    if not fresh or not missing:
        return
    bodies = [_body(one) for pool in (base, side) for items in pool.values() for one in items]
    for name, entry in fresh.items():
        body = _body(entry)
        if (route, name) in renamed or len(body) < CERTAIN or bodies.count(body) != TWICE:
            continue
        same = [old for old, its in missing.items() if _body(its) == body]
        if len(same) == 1 and take(name, same[0]):
            matching.inferred.add((route, name))


def _reassigned(base: dict[str, list[Entry]], side: dict[str, list[Entry]]) -> Iterator[str]:
    """Give ids that a side gave to something else: swapped, or used again after a new id."""
    for name in base.keys() & side.keys():
        (old, *more), (new, *others) = base[name], side[name]
        body = _body(old)
        if more or others or len(body) < CERTAIN or body == _body(new):
            continue
        twins = [its for its, items in side.items() if any(_body(one) == body for one in items)]
        was = [its for its in twins if its in base and _body(base[its][0]) == body]
        if len(twins) == 1 and not was:
            yield name


def _shared_renames(matching: Matching, sides: Three[dict[Route, dict[str, list[Entry]]]]) -> None:
    """Let a new id that both sides have name one item: what it was on one side, it is on both."""
    for number in (1, 2):
        other = sides[3 - number]
        for (route, name), old in tuple(matching.renamed[number].items()):
            if name in other.get(route, {}) and old not in other.get(route, {}):
                matching.renamed[3 - number].setdefault((route, name), old)


def _body(entry: Entry) -> dict[str, Meaning]:
    return fields(entry, "id", FORMERLY)


def _former(entry: Entry) -> list[str]:
    """Give the former ids that an item declares."""
    found = entry.value.get(FORMERLY) if isinstance(entry.value, Group) else None
    values = found.value.entries if found and isinstance(found.value, Group) else [found]
    return [text for one in values if one and (text := text_of(one.value))]


def _moves(matching: Matching) -> None:
    """Decide where every item is to stand that has not one place on all sides."""
    base, ours, theirs = matching.items
    for key in {**base, **ours, **theirs}:
        was, mine, its = (side[key].place if key in side else None for side in matching.items)
        if len({was, mine, its} - {None}) == 1:
            continue
        if mine is None or (its is not None and mine == was):
            matching.moved[key] = its or was or ()
            continue
        matching.moved[key] = mine
        if its is not None and its not in (was, mine):
            matching.contested.add(key)
