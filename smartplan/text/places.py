"""Where the keys and values of a file in everyday YAML stand, without the parser.

The second half of the fast lane: a file that `everyday` has read is read once more for its places,
by the same patterns, when somebody asks for one. What is given here is what the parser would give,
node for node (`tests/text/test_everyday.py` holds the two against each other).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from smartplan.text.everyday import BLOCK_SIGNS, CLOSED, ENTRY, INNER, LINE
from smartplan.text.nodes import BLOCK, EMPTY, MAPPING, QUOTED, SCALAR, SEQUENCE, Nodes

if TYPE_CHECKING:
    from re import Match

_Node: TypeAlias = "tuple[int, int, int, int, str]"
"""A node on a line: its kind, where it begins and ends, how many stand inside it, its key."""


class _Marks(NamedTuple):
    """Where things stand on a line.

    Attributes:
        column: where it begins.
        inside: where what stands behind its dash begins; 0 if it has none.
        opens: where its key ends, if the value may stand below it; 0 if not.
        end: where the last value ends, without a comment.
        nodes: its key and its values.
    """

    column: int
    inside: int
    opens: int
    end: int
    nodes: tuple[_Node, ...]


def places(text: str) -> Nodes:
    """Give the place of every key and value of a text that `everyday` could read."""
    found = _Places()
    pad: str | None = ""  # what the lines of an open block text begin with; none before the first
    start = len("---") if text.startswith("---") else 0
    for raw in text[start:].split("\n"):
        here, start, line = start, start + len(raw) + 1, raw.rstrip()
        if pad is None:
            pad = line[: len(line) - len(line.lstrip())]
        if pad and line.startswith(pad):
            found.longer(here + len(line))
        elif line and (marks := _marks(line)):
            found.add(marks, here)
            pad = None if marks.nodes[-1][0] == BLOCK else ""
    return found.all()


class _Places:
    """Puts the nodes of one line after the other; one use."""

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.above: list[tuple[int, int]] = []
        self.container = self.column = -1  # the mapping or list that is open, and where it stands
        self.waiting = 0  # where a value is missing, unless it stands below; none if negative
        self.end = 0

    def add(self, marks: _Marks, here: int) -> None:
        """Put the nodes of a line that begins at an offset."""
        nodes = self.nodes
        column, inside, opens, end, found = marks
        if self.waiting >= 0 and (column > self.column or (inside and column == self.column)):
            self.begin(SEQUENCE if inside else MAPPING, here, column)
        elif self.waiting >= 0:
            self.miss()
        while column < self.column or (not inside and nodes.kind[self.container] == SEQUENCE):
            self.close()
        if inside and found[0][4]:
            self.begin(MAPPING, here, inside)
        for kind, begins, stops, size, key in found:
            index = nodes.add(kind, here + begins, here + stops)
            if size:
                nodes.after[index] += size
            elif key:
                nodes.keys[index] = key
        self.waiting = here + opens if opens else -1
        self.end = here + end

    def longer(self, end: int) -> None:
        """Let the block text that stands last reach further."""
        self.nodes.end[-1] = self.end = end

    def begin(self, kind: int, here: int, column: int) -> None:
        self.above.append((self.container, self.column))
        self.container, self.column = self.nodes.add(kind, here + column, 0), column

    def close(self) -> None:
        nodes = self.nodes
        nodes.after[self.container], nodes.end[self.container] = len(nodes.kind), self.end
        self.container, self.column = self.above.pop()

    def miss(self) -> None:
        self.nodes.add(EMPTY, self.waiting, self.waiting)
        self.end = self.waiting

    def all(self) -> Nodes:
        """Close what is open and give the nodes."""
        if self.waiting >= 0:
            self.miss()
        while self.above:
            self.close()
        return self.nodes


@lru_cache(maxsize=4096)
def _marks(line: str) -> _Marks | None:
    """Find what stands on a line; none if it is a comment."""
    match = LINE.fullmatch(line)
    assert match is not None  # noqa: S101  # `everyday` has read it
    indent, dash, key, rest = match.groups()
    if not (dash or key):
        return None
    column, begin = len(indent), match.start(4)
    inside = column + len(dash) if dash else 0
    found = [_key(key, match.start(3))] if key else []
    if rest and rest[0] != "#":
        end = _value(line, begin, found)
        return _Marks(column, inside, 0, end, tuple(found))
    if key:
        end = match.end(3) + 1
        return _Marks(column, inside, end, end, tuple(found))
    end = column + 1
    return _Marks(column, inside, 0, end, ((EMPTY, end, end, 0, ""),))


def _key(written: str, begin: int) -> _Node:
    name = written.strip('"')
    return (SCALAR if written == name else QUOTED), begin, begin + len(written), 0, name


def _scalar(entry: Match[str]) -> _Node:
    """Give the node of a scalar in brackets."""
    if entry[4] is not None:
        begin = entry.start(4)
        return SCALAR, begin, begin + len(entry[4].rstrip()), 0, ""
    begin, end = entry.span(2 if entry[2] is not None else 3)
    return QUOTED, begin - 1, end + 1, 0, ""


def _value(line: str, begin: int, found: list[_Node]) -> int:
    """Add the nodes of what stands behind a key or a dash, and say where it ends."""
    first, end, kind = line[begin], len(line), SCALAR
    if first in "[{":
        return _brackets(line, begin, found)
    if line[begin:] in BLOCK_SIGNS:
        kind = BLOCK
    elif first in "\"'":
        kind, end = QUOTED, line.index(first, begin + 1) + 1
    elif " #" in line[begin:]:
        end = len(line[: line.index(" #", begin)].rstrip())
    found.append((kind, begin, end, 0, ""))
    return end


def _brackets(text: str, begin: int, found: list[_Node]) -> int:
    """Add the nodes of brackets or braces and of what is in them, and say where they end."""
    index, at = len(found), begin + 1
    kind = SEQUENCE if text[begin] == "[" else MAPPING
    found.append((kind, begin, 0, 0, ""))
    ended = text[at] if text[at] in "]}" else ","
    at += ended != ","
    while ended == ",":
        if entry := ENTRY.match(text, at):
            if entry[1]:
                found.append(_key(entry[1], entry.start(1)))
            found.append(_scalar(entry))
            ended, at = entry[5], entry.end()
            continue
        opened = INNER.match(text, at)
        assert opened is not None  # noqa: S101  # `everyday` has read it
        if opened[1]:
            found.append(_key(opened[1], opened.start(1)))
        closed = CLOSED.match(text, _brackets(text, opened.start(2), found))
        assert closed is not None  # noqa: S101  # as above
        ended, at = closed[1], closed.end()
    found[index] = (kind, begin, at, len(found) - index - 1, "")
    return at
