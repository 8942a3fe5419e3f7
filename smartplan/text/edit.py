"""Edits of one value: set it, take it out, add an item. Every other byte stays as it is.

An edit is made on the tree of a text (`text.cutting`) and bound again, then read again: if the
text would say anything but what was asked, or lose a comment, the edit is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from smartplan.text.binding import write
from smartplan.text.cutting import Uncuttable
from smartplan.text.document import Document
from smartplan.text.finding import ERROR, Term
from smartplan.text.layout import as_written, read
from smartplan.text.nodes import ALIAS, EMPTY, SCALAR
from smartplan.text.source import Source
from smartplan.text.tree import Entry, Group, Note, Scalar, comments
from smartplan.text.writing import scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smartplan.text.document import Route
    from smartplan.text.layout import Order
    from smartplan.text.tree import Part, Value

    Change = Callable[[Group], Group]


NO_ITEM = Term("the item is no YAML")
NO_LIST = Term("the collection is not a list of lines")
LAYOUT = Term("the layout of the file is not understood")
UNREADABLE = Term("the file could not be read any more")
COMMENT = Term("a comment would be lost")
ALIASED = Term("the value is an alias; it is set where its anchor stands")
BLOCK_THERE = Term("more than one value stands there")
NO_MAPPING = Term("a value stands where a mapping would have to be")
NOTHING = Term("there is nothing")
NOT_HERE = Term("the value cannot be written here")


class Refused(Exception):  # noqa: N818  # an answer, not an error
    """This edit cannot be made without a risk."""

    def __init__(self, reason: Term) -> None:
        """Say why in a few words, which a speaker translates."""
        super().__init__(reason)
        self.reason = reason


def put(
    source: Source, route: Route, value: str, order: Order = as_written, *, is_text: bool = False
) -> Source:
    """Give a file with one value set; keys on the way to it are made where they are missing.

    Args:
        source: the file.
        route: keys and indices; an index behind the last item adds one.
        value: what it shall say, as a person types it: text, a number, or YAML in brackets.
        order: in which order the keys of a new entry stand.
        is_text: whether it is text even if it looks like a number.

    Raises:
        Refused: the layout is not understood, or the edit would change something else.
    """
    told: Refused | None = None
    for text in _spellings(value):
        try:
            after = _changed(source, partial(_put, route=route, text=text, order=order))
        except Refused as refused:
            told = told or refused
            continue
        if _says(after, route, value, is_text=is_text):
            return after
    raise told or Refused(NOT_HERE)


def take(source: Source, route: Route) -> Source:
    """Give a file without an entry, and without the comments that belong to it.

    Raises:
        Refused: nothing is there, or the layout is not understood.
    """
    return _changed(source, lambda root: _taken(root, route), losing=True)


def add(source: Source, collection: str, item: str, head: str = "") -> Source:
    """Give a file with one more item at the end of a collection.

    Args:
        source: the file.
        collection: its key at the top of the file; it is made if it is missing.
        item: the item as lines of YAML, from column 0, without the dash.
        head: a comment above it, without its sign; none if empty.

    Raises:
        Refused: the collection is no list of lines, or the layout is not understood.
    """
    above = f"  # {head}\n" if head else ""
    lines = item.replace("\n", "\n    ")
    try:
        _, tree = read(Source(source.path, f"{collection}:\n{above}  - {lines}"))
    except Uncuttable:
        raise Refused(NO_ITEM) from None
    entry = next(tree.root.entries)

    def change(root: Group) -> Group:
        found = root.get(collection)
        if found is None:
            blanks = ("",) if root.parts else None
            return replace(root, parts=(*root.parts, replace(entry, blanks=blanks)))
        value = found.value
        new = entry.value
        if (isinstance(value, Scalar) and value.style == EMPTY) or _empty(value):
            return _with(root, found, replace(found, opener=":", value=new))
        if not isinstance(value, Group) or value.flow or value.kind != "list":
            raise Refused(NO_LIST)
        assert isinstance(new, Group)  # noqa: S101  # made above
        one = replace(new.parts[0], blanks=_usual_blanks(value))
        return _with(root, found, replace(found, value=replace(value, parts=(*value.parts, one))))

    return _changed(source, change)


def _usual_blanks(group: Group) -> tuple[str, ...]:
    """Give the blank lines between the items of a list."""
    between = [one.blanks for one in group.parts[1:] if one.blanks is not None]
    if between:
        return between[-1]
    return ("",) if isinstance(group.parts[-1], Note) else ()


def _empty(value: Value) -> bool:
    return isinstance(value, Group) and not value.parts


def _spellings(value: str) -> list[str]:
    """Give the ways to write a value, the plainest first."""
    plain = [value] if value and "\n" not in value and value == value.strip() else []
    return [*plain, scalar(value)]


def _says(after: Source, route: Route, value: str, *, is_text: bool) -> bool:
    """Tell whether a place says what somebody typed."""
    said: object = Document.read(after).data
    for step in route:
        try:
            said = said[step]  # type: ignore[index]  # the data of a plan
        except (KeyError, IndexError, TypeError):
            return False
    if is_text:
        return type(said) is str and said == value
    wanted = Document.read(Source("value", f"v: {value}\n"))
    if not wanted.findings and isinstance(wanted.data, dict):
        meant = wanted.data["v"]
        if not isinstance(meant, str) or meant == value:
            return said == meant and type(said) is type(meant)
    return said == value


def _changed(source: Source, change: Change, *, losing: bool = False) -> Source:
    """Change a text, and hold the result against what it was."""
    plain = source.text.replace("\r\n", "\n")
    try:
        document, tree = read(Source(source.path, plain))
    except Uncuttable:
        raise Refused(LAYOUT) from None
    new = replace(tree, root=change(tree.root), newline=True)
    text = write(new)
    after = Document.read(Source(source.path, text))
    known = Counter(one.code.id for one in document.findings if one.level is ERROR)
    found = Counter(one.code.id for one in after.findings if one.level is ERROR)
    if found - known:
        raise Refused(UNREADABLE)
    lost = Counter(comments(tree.root)) - Counter(one.span.text.rstrip() for one in after.comments)
    if lost and not losing:
        raise Refused(COMMENT)
    crlf = 2 * source.text.count("\r\n") > source.text.count("\n")
    return replace(source, text=text.replace("\n", "\r\n") if crlf else text)


def _with(group: Group, old: Entry, new: Entry) -> Group:
    """Give a group with one entry for another."""
    return replace(group, parts=tuple(new if one is old else one for one in group.parts))


def _at(group: Group, step: str | int) -> Entry | None:
    if isinstance(step, int):
        entries = list(group.entries)
        return entries[step] if step < len(entries) else None
    return group.get(step)


def _put(group: Group, route: Route, text: str, order: Order, at: tuple[str, ...] = ()) -> Group:
    step, rest = route[0], route[1:]
    inside = (*at, step) if isinstance(step, str) else at
    found = _at(group, step)
    if found is None:
        value = _made(rest, text)
        return _inserted(group, _entry(step, value, group), order(at))
    value = found.value
    if not rest:
        if isinstance(value, Scalar) and value.style == ALIAS:
            raise Refused(ALIASED)
        if isinstance(value, Group) and not (value.flow and text.startswith(("[", "{"))):
            raise Refused(BLOCK_THERE)
        opener = found.opener if found.opener.endswith((" ", "\n")) else f"{found.opener} "
        opener = opener if found.lead is None or found.key or isinstance(step, str) else ""
        return _with(group, found, replace(found, opener=opener, value=Scalar(text, text, SCALAR)))
    if isinstance(value, Scalar):
        if value.style != EMPTY:
            raise Refused(NO_MAPPING)
        return _with(group, found, replace(found, opener=": ", value=_made(rest, text)))
    return _with(group, found, replace(found, value=_put(value, rest, text, order, inside)))


def _made(route: Route, text: str) -> Value:
    """Make what a route leads through, in brackets."""
    if not route:
        return Scalar(text, text, SCALAR)
    step = route[0]
    kind = "list" if isinstance(step, int) else "map"
    group = Group(kind, flow=True, parts=())  # type: ignore[arg-type]  # one of the two
    return replace(group, parts=(_entry(step, _made(route[1:], text), group),))


def _entry(step: str | int, value: Value, group: Group) -> Entry:
    """Make an entry that suits a group."""
    if isinstance(step, int):
        opener = "" if group.flow else "- "
        return Entry("", "", opener, value, lead="" if group.flow else None)
    return Entry(step, step, ": ", value, lead="" if group.flow else None)


def _inserted(group: Group, entry: Entry, order: Sequence[str]) -> Group:
    """Put a new entry behind those that come before it, in the order of keys."""
    place = {name: number for number, name in enumerate(order)}
    mine = place.get(entry.name)
    parts: list[Part] = list(group.parts)
    at = len(parts)
    while at and isinstance(parts[at - 1], Note) and not group.flow:
        at -= 1
    if mine is not None:
        before = [
            n for n, one in enumerate(parts) if place.get(getattr(one, "name", ""), -1) < mine
        ]
        known = [n for n in before if getattr(parts[n], "name", "") in place]
        at = known[-1] + 1 if known else at
    if group.flow:
        new = replace(entry, lead=" " if at else "")
        if not at and parts and isinstance(parts[0], Entry):
            parts[0] = replace(parts[0], lead=" ")
        return replace(group, parts=(*parts[:at], new, *parts[at:]))
    new = replace(entry, blanks=() if at else None)
    if not at and parts:
        parts[0] = replace(parts[0], blanks=())
    return replace(group, parts=(*parts[:at], new, *parts[at:]))


def _taken(group: Group, route: Route) -> Group:
    found = _at(group, route[0])
    if found is None:
        raise Refused(NOTHING)
    if len(route) > 1:
        if not isinstance(found.value, Group):
            raise Refused(NOTHING)
        return _with(group, found, replace(found, value=_taken(found.value, route[1:])))
    parts = [one for one in group.parts if one is not found]
    if parts and group.parts[0] is found:
        first = parts[0]
        if group.flow and isinstance(first, Entry):
            parts[0] = replace(first, lead="")
        else:
            parts[0] = replace(first, blanks=None)
    if parts and group.flow and group.parts[-1] is found and isinstance(parts[-1], Entry):
        parts[-1] = replace(parts[-1], tail="")
    return replace(group, parts=tuple(parts))
