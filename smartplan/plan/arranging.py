"""In which files the actions of a plan stand: each in one of its own, or all in one.

Moves text and nothing else. An action takes its comments along, and the provenance that it had
from its file. A file whose layout is not understood, or in which anchors tie items together, stays
as it is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from smartplan.text.binding import write
from smartplan.text.cutting import Uncuttable
from smartplan.text.layout import read
from smartplan.text.nodes import ALIAS
from smartplan.text.source import Source
from smartplan.text.tree import Entry, Group, Line, Note, Scalar, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smartplan.text.tree import Part, Value

Way: TypeAlias = Literal["split", "joined"]
ACTIONS, PROVENANCE = "actions", "provenance"
JOINED = f"{ACTIONS}.yaml"
"""Where all actions stand together."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The files of a plan after actions have moved.

    Attributes:
        files: path in the plan → its new text, or none if nothing is left to stand there; files
            that stay as they are are not among them.
        left: paths of files whose actions could not be moved.
    """

    files: Mapping[str, str | None]
    left: tuple[str, ...]


def arranged(files: Mapping[str, str], way: Way) -> Arranged:
    """Put actions into files.

    Args:
        files: path in the plan → text, in path order.
        way: each into `actions/<ID>.yaml`, or all into `actions.yaml`.
    """
    arranging = _Arranging(dict(files), way)
    for path, text in files.items():
        arranging.take(path, text)
    return arranging.result()


def own_file(identity: str) -> str:
    """Name the file that an action has to itself."""
    return f"{ACTIONS}/{identity}.yaml"


@dataclass(slots=True)
class _Arranging:
    before: dict[str, str]
    way: Way
    rest: dict[str, str | None] = field(default_factory=dict)
    moved: dict[str, list[Entry]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def take(self, path: str, text: str) -> None:
        """Take the actions out of a file, unless they stand where they should."""
        plain = text.replace("\r\n", "\n")
        if ACTIONS not in plain:
            return
        try:
            _, tree = read(Source(path, plain))
        except Uncuttable:
            self.left.append(path)
            return
        entry = tree.root.get(ACTIONS)
        if entry is None:
            return
        items = _items(entry.value)
        places = [self.place(one) for one in items]
        if items and set(places) == {path} and (self.way == "joined" or len(items) == 1):
            self.moved.setdefault(path, [])  # stays; others may come to it
            return
        taken = [one for one in places if one in self.before and one != path]
        if not items or None in places or _tied(tree.root) or (self.way == "split" and taken):
            self.left.append(path)
            return
        self.move(path, tree, entry, [one for one in places if one])

    def place(self, item: Entry) -> str | None:
        """Name the file in which an action should stand; none if it has no id."""
        identity = item.inner("id")
        if not identity:
            return None
        return own_file(identity) if self.way == "split" else JOINED

    def move(self, path: str, tree: Tree, entry: Entry, places: Sequence[str]) -> None:
        origin = tree.root.get(PROVENANCE)
        others = [one for one in tree.root.entries if one is not entry and one is not origin]
        notes = [one for one in tree.root.parts if isinstance(one, Note)]
        above: list[Line] = [] if others else [*_lines(tree), *_remarks(notes)]
        above += [*entry.head, *_tail(entry)]
        items = list(_with_remarks(entry.value, above))
        for item, place in zip(items, places, strict=True):
            kept = _with_provenance(item, origin)
            self.moved.setdefault(place, []).append(kept)
        self.rest[path] = None
        if others:
            parts = tuple(one for one in tree.root.parts if one is not entry)
            first = replace(parts[0], blanks=None)
            root = replace(tree.root, parts=(first, *parts[1:]))
            self.rest[path] = write(replace(tree, root=root))

    def result(self) -> Arranged:
        files = dict(self.rest)
        for path, items in self.moved.items():
            if items:
                stands = [] if path in self.rest else _standing(path, self.before.get(path, ""))
                files[path] = _file([*stands, *items])
        same = {path for path, text in files.items() if self.before.get(path) == text}
        return Arranged({p: t for p, t in files.items() if p not in same}, tuple(self.left))


def _items(value: Value) -> list[Entry]:
    """Give the actions of a collection, if each can be taken out."""
    if not isinstance(value, Group) or value.flow or value.kind != "list":
        return []
    return list(value.entries)


def _tied(value: Value) -> bool:
    """Tell whether anchors tie one place to another."""
    if isinstance(value, Scalar):
        return value.style == ALIAS
    return any("&" in one.opener or _tied(one.value) for one in value.entries)


def _standing(path: str, text: str) -> list[Entry]:
    """Give the actions of a file that stays, with what they have from it."""
    with suppress(Uncuttable):
        _, tree = read(Source(path, text.replace("\r\n", "\n")))
        entry = tree.root.get(ACTIONS)
        if entry is not None:
            above = [*_lines(tree), *entry.head, *_tail(entry)]
            origin = tree.root.get(PROVENANCE)
            return [_with_provenance(one, origin) for one in _with_remarks(entry.value, above)]
    return []


def _with_remarks(value: Value, above: Sequence[Line]) -> Iterator[Entry]:
    """Give the actions of a collection with all comments that stand between them."""
    assert isinstance(value, Group)  # noqa: S101  # as in _items
    waiting = list(above)
    parts: list[Part] = list(value.parts)
    last = max(number for number, part in enumerate(parts) if isinstance(part, Entry))
    for number, part in enumerate(parts):
        if isinstance(part, Note):
            waiting += part.lines
        elif isinstance(part, Entry):
            if number == last:
                waiting += _remarks(one for one in parts[last:] if isinstance(one, Note))
            head = (*(replace(one, shift=0) for one in waiting), *part.head)
            yield replace(part, head=head)
            waiting = []


def _remarks(notes: Iterator[Note] | Sequence[Note]) -> list[Line]:
    return [line for note in notes for line in note.lines]


def _lines(tree: Tree) -> list[Line]:
    """Give the comments at the top of a file."""
    return [Line(0, one.strip()) for one in tree.preamble if one.strip().startswith("#")]


def _tail(entry: Entry) -> list[Line]:
    return [Line(0, entry.tail.strip())] if entry.tail.strip() else []


def _with_provenance(item: Entry, origin: Entry | None) -> Entry:
    """Write down in an action what it had from its file."""
    value = item.value
    assert isinstance(value, Group)  # noqa: S101  # it has an id
    if origin is None or value.get(PROVENANCE):
        return item
    own = replace(origin, blanks=(), column=0)
    return replace(item, value=replace(value, parts=(*value.parts, own)))


def _file(items: Sequence[Entry]) -> str:
    """Write a file that holds nothing but actions."""
    first, *others = items
    parts = (replace(first, blanks=None), *(replace(one, blanks=("",)) for one in others))
    group = Group("list", flow=False, parts=parts, offset=2)
    entry = Entry(ACTIONS, ACTIONS, ":", group, blanks=None)
    return write(Tree((), Group("map", flow=False, parts=(entry,))))
