"""The decisions: three trees into one, part by part.

Invariants: a part that only one side touched is taken from that side as written; equal meanings
never conflict; what one side deleted and the other changed stays, flagged; a comment that a side
wrote is in the result. Every choice that people have to make is a `Choice` or a `Flag` in the
tree and a `Conflict` in the list, so the result can be written with or without them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare.merge_layout import blanks, fitted, laid_out
from smartplan.compare.merge_lines import merge_head, merge_tail, style, text_lines
from smartplan.compare.merge_match import (
    ALIKE,
    ORDERED,
    Three,
    collide,
    label,
    likeness,
    listing,
    replaced,
)
from smartplan.compare.merge_order import merge_order
from smartplan.compare.merge_verdict import Conflict, Warned, changed, said, say
from smartplan.text.nodes import BLOCK
from smartplan.text.tree import Choice, Entry, Flag, Group, Line, Note, Scalar, comments, meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.merge_match import Listing, Matching, Place, Route
    from smartplan.compare.merge_order import Name
    from smartplan.text.tree import Meaning, Part, Tree, Value


class Both(NamedTuple):
    """An entry that both sides have, and base perhaps."""

    base: Entry | None
    ours: Entry
    theirs: Entry


@dataclass(frozen=True, slots=True)
class Where:
    """A place in all three texts: its path for people, its route, its place by identities."""

    path: str = ""
    route: Route = ()
    place: Place = ()

    def key(self, name: str) -> Where:
        """Go to what stands under a key."""
        path = f"{self.path}.{name}" if self.path else name
        return Where(path, (*self.route, name), (*self.place, name))


class Decider:
    """Merges three groups; one use.

    Attributes:
        conflicts: what people have to decide.
        warnings: what was decided without them.
        taken: places of items that stay as ours wrote them, because their id names two things.
        by_lines: places of texts that were merged line by line.
    """

    def __init__(self, matching: Matching, trees: Three[Tree]) -> None:
        """Begin with who is who."""
        self.matching = matching
        self.written = Three(*(frozenset(_comments(tree)) for tree in trees))
        self.apart = matching.judged_apart()
        self.conflicts: list[Conflict] = []
        self.warnings: list[Warned] = []
        self.taken: set[Place] = set()
        self.by_lines: set[Place] = set()

    def group(self, three: Three[Group | None], where: Where) -> Group:
        """Merge a mapping or a list that at least one side has."""
        known = None
        if any(one and one.kind == "list" for one in three[1:]):
            known = listing(three, where.route, self.matching.shapes)
        sides = Three(*(self.named(one, number, known, where) for number, one in enumerate(three)))
        ordered = merge_order(*(list(side) for side in sides), as_ours=bool(known and known.keyed))
        if ordered.clash:
            self.warn(where.path, "order", "both re-ordered it, ours was kept")
        parts: list[Part] = []
        for name in ordered.names:
            found = Three(*(side.get(name) for side in sides))
            if name[0] == "note":
                merged = _note(*found)
            elif known:
                merged = self.listed(name[1], _entries(found), known, where)
            else:
                merged = self.entry(_entries(found), where.key(name[1]))
            parts += merged
            if known and known.keyed and name in ordered.displaced and isinstance(merged[0], Entry):
                path = self.nameless(name[1], where)
                self.warn(path, "position", "both placed it, ours was kept")
        return laid_out(three, parts)

    def named(
        self, group: Group | None, number: int, known: Listing | None, where: Where
    ) -> dict[Name, Entry | Note]:
        """Give the parts of a side by name, without items that are to stand elsewhere."""
        found: dict[Name, Entry | Note] = {}
        for part in group.parts if group else ():
            name = ("entry", getattr(part, "name", ""))
            if isinstance(part, Note):
                name = ("note", part.text)
                while name in found:
                    name = ("note", name[1] + "\n")
            elif known and isinstance(part, Entry):
                own = label(part, known) or ""
                name = ("entry", self.matching.identity(number, where.route, own))
                place = self.matching.moved.get((where.route, name[1]), where.place)
                if known.kind == "keyed" and place != where.place:
                    continue
            if isinstance(part, Entry | Note):
                found[name] = part
        return found

    # Items of lists: who is who, and where.

    def item(self, identity: str, known: Listing, where: Where) -> Where:
        """Go to an item; where the schema names it by its collection, so does the path."""
        shape = self.matching.shapes(where.route)
        root = shape.collection if shape and shape.collection and known.keyed else where.path
        place = (*where.place, f"[{identity}]")
        if known.kind == "keyed":
            place = self.matching.under(where.place, (where.route, identity))
        if known.kind == "keyed" and (where.route, identity) in self.matching.moved:
            return Where(self.nameless(identity, where), where.route, place)
        return Where(f"{root}[{identity}]", where.route, place)

    def nameless(self, identity: str, where: Where) -> str:
        """Name an item without the containers it can leave."""
        shape = self.matching.shapes(where.route)
        root = shape.collection if shape and shape.collection else ".".join(where.route)
        moves = (where.route, identity) in self.matching.moved
        return f"{root if moves else where.path}[{identity}]"

    def listed(
        self, identity: str, three: Three[Entry | None], known: Listing, where: Where
    ) -> list[Part]:
        """Merge an item of a list, wherever each side has it."""
        here = self.item(identity, known, where)
        if known.kind == "set":
            return self.entry(three, here)
        if known.kind != "keyed" or (where.route, identity) not in self.matching.moved:
            return self.identified(three, here)
        key = (where.route, identity)
        three = self.matching.at(key)
        contested = key in self.matching.contested
        if not contested and (three.base is None or (three.ours and three.theirs)):
            return self.identified(three, here)
        kind = "move/delete"
        if contested:
            kind = "move/move" if three.base else "add/add"
        was, mine, its = (
            _container(side[key].place) if key in side else None for side in self.matching.items
        )
        flag = self.flag(Conflict(self.nameless(identity, where), kind, was, mine, its))
        kept = three.ours or three.theirs
        if kept and not contested:
            return _flagged([self.whole(kept, here)], flag)
        return _flagged(self.identified(three, here), flag)

    def identified(self, three: Three[Entry | None], where: Where) -> list[Part]:
        """Merge an item, unless its id names two things."""
        base, ours, theirs = three
        if not ours or not theirs:
            return self.entry(three, where)
        both = Both(base, ours, theirs)
        if base is None and collide(ours, theirs):
            self.taken.add(where.place)
            return [self.choice(Conflict(where.path, "id-collision"), both)]
        if base and base.value not in (ours.value, theirs.value):
            before, mine, its = (meaning(one.value) for one in (base, ours, theirs))
            another = (where.route, base.inner("id") or "") in self.matching.reassigned
            another = another or replaced(base, ours) or replaced(base, theirs)
            if another and mine != its and before not in (mine, its):
                self.taken.add(where.place)
                return [self.choice(Conflict(where.path, "identity"), both)]
        for side, other in ((ours, theirs), (theirs, ours)):
            name = side.inner("id") or ""
            if base and (where.route, name) in self.matching.inferred and other != base:
                path = f"{where.path[: where.path.rindex('[')]}[{name}]"
                self.warn(path, "rename-inferred", f"was {base.inner('id')}")
        return [self.both(both, where)]

    # Entries: deleted, or on both sides.

    def entry(self, three: Three[Entry | None], where: Where) -> list[Part]:
        """Merge an entry; what is to go gives nothing, or the comments that must stay."""
        base, ours, theirs = three
        if ours and theirs:
            return [self.both(Both(base, ours, theirs), where)]
        kept = ours or theirs
        if kept is None:
            return []
        if base is None:
            return [self.whole(kept, where)]
        name = where.route[-1:]
        same = _content(base.value, self.apart, name) == _content(kept.value, self.apart, name)
        if same and base.key == kept.key and not self.matching.comes_into(where.place):
            return self.rescued(base, kept, where, self.written[1 if ours is None else 2])
        return self.restored(base, kept, where, ours_deleted=ours is None)

    def restored(self, base: Entry, kept: Entry, where: Where, *, ours_deleted: bool) -> list[Part]:
        """Keep, flagged, what one side deleted and the other changed."""
        gone: str | None = None
        twin = self.look_alike(base, where, 1 if ours_deleted else 2)
        if twin:
            gone = f"renamed to {twin.inner('id')}?"
            head = tuple(line for line in kept.head if line not in twin.head)
            if head != kept.head:  # it stands above the new item
                kept = replace(kept, head=head, blanks=kept.blanks if head else ())
        note = changed(base, kept)
        mine, its = (gone, note) if ours_deleted else (note, gone)
        conflict = Conflict(where.path, "delete/modify", say(base), mine, its)
        return _flagged([self.whole(kept, where)], self.flag(conflict))

    def look_alike(self, base: Entry, where: Where, number: int) -> Entry | None:
        """Find the new item of a side that a deleted one may have become."""
        known, side = self.matching.items.base, self.matching.items[number]
        key = next((key for key, found in known.items() if found.entry is base), None)
        if key is None:
            return None
        fresh = [
            one.entry
            for (route, name), one in side.items()
            if route == where.route and (route, name) not in known
        ]
        best = max(fresh, key=lambda one: likeness(base, one), default=None)
        return best if best and likeness(base, best) >= ALIKE else None

    def rescued(self, base: Entry, side: Entry, where: Where, known: frozenset[str]) -> list[Part]:
        """Keep the comments that a side wrote into an entry that the other deleted."""
        new = Counter(comments(side)) - Counter(comments(base))
        lost = [text for text in new.elements() if text not in known]
        if not lost:
            return []
        self.warn(where.path, "comment", "its entry was deleted, the comment was kept")
        return [Note(side.blanks, tuple(Line(0, text) for text in lost))]

    def whole(self, entry: Entry, where: Where) -> Entry:
        """Take an entry of one side, without what is to stand elsewhere and with what came."""
        value = entry.value
        if not self.matching.moved or not isinstance(value, Group):
            return entry
        if value.kind == "list" and not listing([value], where.route, self.matching.shapes).keyed:
            return entry
        return replace(entry, value=self.group(Three(None, value, None), where))

    def both(self, three: Both, where: Where) -> Entry | Choice:
        """Merge an entry that both sides have."""
        base, ours, theirs = three
        if not self.matching.moved and (base in (ours, theirs) or ours == theirs):
            return theirs if base == ours else ours
        if base is None and ours.key != theirs.key:
            self.warn(where.path, "key-type", f"{ours.key} and {theirs.key}")
        head, clash = merge_head(base.head if base else (), ours.head, theirs.head)
        tail, torn = merge_tail(base.tail if base else None, ours.tail, theirs.tail)
        if clash or torn:
            self.warn(where.path, "comment", "both were kept")
        part = self.valued(three, where)
        above = blanks(base.blanks if base else None, ours.blanks, theirs.blanks)
        if isinstance(part, Choice):
            mine, other = replace(part.ours, tail=tail), replace(part.theirs, tail=tail)
            return replace(part, ours=mine, theirs=other, blanks=above, head=head)
        key = style(base.key if base else None, ours.key, theirs.key)
        return replace(part, key=key, blanks=above, head=(*head, *part.head), tail=tail)

    def valued(self, three: Both, where: Where) -> Entry | Choice:
        """Merge the values; the head of the result are comments that lost their place."""
        base, ours, theirs = three
        if not self.matching.moved and base and base.value in (ours.value, theirs.value):
            kept = theirs if base.value == ours.value else ours
            return replace(kept, head=())
        groups = self.groups(three, where)
        if groups:
            return replace(fitted(self.group(groups, where), Three(*three)), head=())
        before, mine, other = (meaning(one.value) if one else None for one in three)
        if mine == other:
            kept, dropped = (theirs, ours) if base and base.value == ours.value else (ours, theirs)
        elif base and before in (mine, other):
            kept, dropped = (theirs, ours) if mine == before else (ours, theirs)
        elif base and (merged := _by_lines(base.value, ours.value, theirs.value)):
            self.by_lines.add(where.place)
            return replace(ours, value=merged, head=())
        else:
            kind = "order" if _reordered(three) else "modify/modify" if base else "add/add"
            return self.choice(Conflict(where.path, kind), three, field=True)
        head = self.homeless(base, kept, dropped, where)
        return replace(kept, head=head)

    def groups(self, three: Both, where: Where) -> Three[Group | None] | None:
        """Give the groups of the three if they are merged part by part."""
        base, ours, theirs = (one.value if one else None for one in three)
        if not isinstance(ours, Group) or not isinstance(theirs, Group) or ours.kind != theirs.kind:
            return None
        was = base if isinstance(base, Group) and base.kind == ours.kind else None
        found = Three(was, ours, theirs)
        if ours.kind == "map":
            return found
        one_value = listing(found, where.route, self.matching.shapes).kind == "ordered"
        return None if one_value else found

    def homeless(
        self, base: Entry | None, kept: Entry, dropped: Entry, where: Where
    ) -> tuple[Line, ...]:
        """Give the comments that a side wrote into a value that the other replaced."""
        before = Counter(comments(base.value)) if base else Counter[str]()
        lost = Counter(comments(dropped.value)) - before - Counter(comments(kept.value))
        if lost:
            self.warn(where.path, "comment", "its value was replaced, the comment was kept")
        return tuple(Line(0, text) for text in lost.elements())

    # What is said.

    def choice(self, conflict: Conflict, three: Both, *, field: bool = False) -> Choice:
        """Leave an entry to people.

        Args:
            conflict: path and kind.
            three: what they choose from.
            field: whether only the value is in question, not the comments above it.
        """
        base, ours, theirs = three
        words = [(said(one.value) if field else say(one)) if one else None for one in three]
        self.conflicts.append(replace(conflict, base=words[0], ours=words[1], theirs=words[2]))
        above = blanks(base.blanks if base else None, ours.blanks, theirs.blanks)
        if field:
            ours, theirs = replace(ours, head=()), replace(theirs, head=())
            base = replace(base, head=()) if base else None
        return Choice(conflict.path, ours, theirs, base, above, lead=ours.lead)

    def flag(self, conflict: Conflict) -> Flag:
        """Note a conflict and give the line for the text."""
        self.conflicts.append(conflict)
        return Flag(0, conflict.flag)

    def warn(self, path: str, kind: str, note: str = "") -> None:
        """Note a warning, once."""
        warned = Warned(path, kind, note)
        if warned not in self.warnings:
            self.warnings.append(warned)


def _comments(tree: Tree) -> Iterator[str]:
    yield from (line.strip() for line in tree.preamble)
    yield from comments(tree.root)


def _entries(three: Three[Entry | Note | None]) -> Three[Entry | None]:
    return Three(*(one if isinstance(one, Entry) else None for one in three))


def _note(*three: Entry | Note | None) -> list[Part]:
    """Keep a comment of the group unless a side deleted it."""
    base, ours, theirs = (one if isinstance(one, Note) else None for one in three)
    kept = ours or theirs
    if kept is None or (base and (ours is None or theirs is None)):
        return []
    if ours and theirs:
        kept = replace(
            kept, blanks=blanks(base.blanks if base else None, ours.blanks, theirs.blanks)
        )
    return [kept]


def _flagged(parts: list[Part], flag: Flag) -> list[Part]:
    return [
        replace(part, head=(*part.head, flag)) if isinstance(part, Entry | Choice) else part
        for part in parts
    ]


def _container(place: Place) -> str:
    """Name a container by its item: `P2`."""
    inside = place[0] if place else ""
    return inside[inside.index("[") + 1 : -1] if inside.endswith("]") else ".".join(place)


def _by_lines(*values: Value) -> Scalar | None:
    """Merge three block texts line by line."""
    base, ours, theirs = (
        one if isinstance(one, Scalar) and one.style == BLOCK else None for one in values
    )
    if not base or not ours or not theirs:
        return None
    text = text_lines(base.text, ours.text, theirs.text)
    return None if text is None else replace(ours, text=text, meaning=("lines", text))


def _reordered(three: Both) -> bool:
    """Tell whether both sides only put a list into another order."""
    if any(
        not one or not isinstance(one.value, Group) or one.value.kind != "list" for one in three
    ):
        return False
    lists = [sorted(repr(item) for item in _items(one)) for one in three]
    return lists[0] == lists[1] == lists[2]


def _items(entry: Entry | None) -> list[Meaning]:
    found = meaning(entry.value) if entry else None
    return found if isinstance(found, list) else []


def _content(value: Value, without: frozenset[int], name: tuple[str, ...]) -> Meaning:
    """Say what a value means, lists without the order that has no meaning."""
    if isinstance(value, Scalar):
        return value.meaning
    entries = [one for one in value.entries if id(one) not in without]
    if value.kind == "map":
        return {one.name: _content(one.value, without, (one.name,)) for one in entries}
    items = [_content(one.value, without, ()) for one in entries]
    return items if name == (ORDERED,) else sorted(items, key=repr)
