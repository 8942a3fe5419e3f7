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
    nodes = Nodes()
    above: list[tuple[int, int]] = []
    container, column = -1, -1  # the mapping or list that is open, and where it stands
    waiting = 0  # where a value is missing, unless it stands below; none if negative
    pad: str | None = ""  # what the lines of an open block text begin with; none before the first
    end = start = 0

    def close() -> None:
        nodes.after[container], nodes.end[container] = len(nodes.kind), end

    for number, raw in enumerate(text.split("\n")):
        here, start, line = start, start + len(raw) + 1, raw.rstrip()
        if pad is None:
            pad = line[: len(line) - len(line.lstrip())]
        if pad and line.startswith(pad):
            nodes.end[-1] = end = here + len(line)
            continue
        if not line or (line == "---" and not number):
            continue
        pad = ""
        if (marks := _marks(line)) is None:
            continue
        at, inside, opens, ends, found = marks
        if waiting >= 0 and (at > column or (inside and at == column)):
            above.append((container, column))
            container, column = nodes.add(SEQUENCE if inside else MAPPING, here + at, 0), at
        elif waiting >= 0:
            nodes.add(EMPTY, waiting, waiting)
            end = waiting
        while at < column:
            close()
            container, column = above.pop()
        if not inside and nodes.kind[container] == SEQUENCE:
            close()
            container, column = above.pop()
        if inside and found[0][4]:
            above.append((container, column))
            container, column = nodes.add(MAPPING, here + inside, 0), inside
        for kind, begins, stops, size, key in found:
            index = nodes.add(kind, here + begins, here + stops)
            if size:
                nodes.after[index] += size
            elif key:
                nodes.keys[index] = key
        waiting = here + opens if opens else -1
        end = here + ends
        if found[-1][0] == BLOCK:
            pad = None
    if waiting >= 0:
        nodes.add(EMPTY, waiting, waiting)
        end = waiting
    while above:
        close()
        container, column = above.pop()
    return nodes


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
        end = _value(rest, begin, found)
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


def _value(rest: str, begin: int, found: list[_Node]) -> int:
    """Add the nodes of what stands behind a key or a dash, and say where it ends."""
    first = rest[0]
    if first in "[{":
        inner: list[_Node] = []
        _brackets(rest, 0, inner)
        found.extend(
            (kind, begin + one, begin + other, size, key) for kind, one, other, size, key in inner
        )
        return begin + inner[0][2]
    kind, end = SCALAR, len(rest)
    if rest in BLOCK_SIGNS:
        kind = BLOCK
    elif first in "\"'":
        kind, end = QUOTED, rest.index(first, 1) + 1
    elif " #" in rest:
        end = len(rest[: rest.index(" #")].rstrip())
    found.append((kind, begin, begin + end, 0, ""))
    return begin + end


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
