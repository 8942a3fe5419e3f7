"""The knife: from a parsed document to its `Tree`.

Whom a comment belongs to is decided here. Lines directly above an entry are its head; a block with
a blank line below it is a note of the group; comment lines that stand further right than the next
entry belong to the group that ends above them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from smartplan.text.nodes import ALIAS, BLOCK, EMPTY, MAPPING, SEQUENCE
from smartplan.text.scalar import Number
from smartplan.text.tree import Entry, Group, Line, Note, Scalar, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.text.document import Document
    from smartplan.text.tree import Meaning, Part, Value

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_OPENER = re.compile(r"(?:[ \t]*:|-)(?:[ \t]+&\S+)?")
_REST = re.compile(r"[ \t]*(?:#.*)?$")
_COMMENT = re.compile(r"[ \t]*#")


class Uncuttable(Exception):  # noqa: N818  # no error of ours: the caller has another way
    """This text has a layout that the knife does not know."""


def cut(document: Document) -> Tree:
    """Cut a document whose lines end in LF.

    Raises:
        Uncuttable: its top is no block mapping or list, or has an unusual layout.
    """
    return _Knife(document).tree()


class _Knife:
    def __init__(self, document: Document) -> None:
        text = document.source.text
        self.newline = text.endswith("\n") or not text
        self.text = text
        self.nodes = document.nodes
        self.data = document.data
        self.starts = document.source.line_starts
        self.lines = text.split("\n")
        if self.newline and text:
            self.lines.pop()

    def tree(self) -> Tree:
        nodes, total = self.nodes, len(self.lines)
        if not nodes.kind or nodes.kind[0] == EMPTY:
            if any(line.strip() and not _COMMENT.match(line) for line in self.lines):
                raise Uncuttable
            lines = tuple(self.lines) if self.text else ()
            return Tree(lines, Group("map", flow=False, parts=()), newline=self.newline)
        if nodes.kind[0] not in (MAPPING, SEQUENCE) or self.is_flow(0):
            raise Uncuttable
        first = self.line_of(self.first_child(0))
        while total and not self.lines[total - 1].strip():
            total -= 1
        root = self.block(0, self.data, first, total)
        if root.offset:
            raise Uncuttable
        foot = tuple(self.lines[total:])
        return Tree(tuple(self.lines[:first]), root, foot, newline=self.newline)

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def column_of(self, offset: int) -> int:
        return offset - self.starts[self.line_of(offset)]

    def is_flow(self, node: int) -> bool:
        start = self.nodes.start[node]
        properties = _PROPERTIES.match(self.text, start)
        return self.text[properties.end() if properties else start] in "[{"

    def first_child(self, node: int) -> int:
        """Where a block collection's first key or dash stands."""
        start = self.nodes.start[node]
        if self.nodes.kind[node] == MAPPING:
            return self.nodes.start[node + 1]
        if self.text[start] != "-":  # an anchor stands before it
            start = self.text.find("\n", start) + 1
            while _COMMENT.match(self.lines[self.line_of(start)]):
                start = self.text.find("\n", start) + 1
            start += len(self.text[start:]) - len(self.text[start:].lstrip(" \n"))
            if self.text[start : start + 1] != "-":
                raise Uncuttable
        return start

    def children(self, node: int) -> Iterator[tuple[int, int]]:
        """Give pairs of key (-1 in a list) and value."""
        nodes = self.nodes
        child, stop = node + 1, nodes.after[node]
        while child < stop:
            if nodes.kind[node] == MAPPING:
                yield child, nodes.after[child]
                child = nodes.after[nodes.after[child]]
            else:
                yield -1, child
                child = nodes.after[child]

    # Blocks, cut by lines.

    def block(self, node: int, data: object, line: int, stop: int) -> Group:
        """Cut a block collection; its lines end before `stop`, its gap begins at `line`."""
        column = self.column_of(self.first_child(node))
        is_map = self.nodes.kind[node] == MAPPING
        children = list(self.children(node))
        spots = self.spots(node, children, column)
        parts: list[Part] = []
        for index, (key, value) in enumerate(children):
            after = spots[index + 1] if index + 1 < len(spots) else None
            last = self.last_line(key, value)
            limit = self.line_of(after) if after is not None else stop
            edge = column - (after is None and self.is_level(value, column))
            inner = self.inner_stop(last + 1, limit, edge)
            gap = self.lines[line : self.line_of(spots[index])]
            notes, blanks, head = self.gap(gap, column, to_entry=True)
            parts += notes
            here = self.datum(data, key, index)
            entry, line = self.entry((key, value), here, spots[index], (column, last, inner))
            parts.append(replace(entry, blanks=blanks, head=head))
        notes, _, _ = self.gap(self.lines[line:stop], column, to_entry=False)
        parts += notes
        lead = parts[0].blanks or ()
        parts[0] = replace(parts[0], blanks=None)
        return Group("map" if is_map else "list", flow=False, parts=tuple(parts), lead=lead)

    def spots(self, node: int, children: Sequence[tuple[int, int]], column: int) -> list[int]:
        """Where the keys or dashes of a block collection stand, all in one column."""
        nodes = self.nodes
        found = [self.first_child(node)]
        for before, (key, _) in pairwise(children):
            if key >= 0:
                spot = nodes.start[key]
            else:
                line = self.last_line(*before) + 1
                while not self.lines[line].strip() or _COMMENT.match(self.lines[line]):
                    line += 1
                spot = self.starts[line] + column
                if self.lines[line][column : column + 1] != "-":
                    raise Uncuttable
            if self.text[self.starts[self.line_of(spot)] : spot] != " " * column:
                raise Uncuttable
            found.append(spot)
        return found

    def last_line(self, key: int, value: int) -> int:
        return self.line_of(max(self.end_of(value), self.nodes.start[key] if key >= 0 else 0))

    def end_of(self, node: int) -> int:
        """Where a value ends; a text that keeps its blank lines owns them."""
        nodes = self.nodes
        last = node
        while nodes.kind[last] in (MAPPING, SEQUENCE) and nodes.after[last] > last + 1:
            if self.is_flow(last):
                return nodes.end[last]
            child = last + 1
            while child < nodes.after[node]:
                last, child = child, nodes.after[child]
        end = nodes.end[last]
        if nodes.kind[last] == BLOCK:
            line_end = self.text.find("\n", nodes.start[last])
            if "+" in self.text[nodes.start[last] : line_end].split("#")[0]:
                rest = self.text[end:]
                blank = len(rest) - len(rest.lstrip(" \n"))
                kept = rest[:blank].rfind("\n")
                end += max(kept, 0)
        return end

    def is_level(self, node: int, column: int) -> bool:
        """Tell whether a value is a list that stands no further right than its key."""
        is_list = self.nodes.kind[node] == SEQUENCE and not self.is_flow(node)
        return is_list and self.column_of(self.first_child(node)) == column

    def inner_stop(self, line: int, limit: int, column: int) -> int:
        """Where the comments end that stand further right than `column`: they are the inner's."""
        stop = line
        for at in range(line, limit):
            text = self.lines[at]
            if not text.strip():
                continue
            if len(text) - len(text.lstrip(" ")) <= column:
                break
            stop = at + 1
        return stop

    def gap(
        self, lines: Sequence[str], column: int, *, to_entry: bool
    ) -> tuple[list[Note], tuple[str, ...], tuple[Line, ...]]:
        """Part the lines above an entry, or below the last: notes, blank lines, head."""
        notes: list[Note] = []
        blanks: list[str] = []
        block: list[Line] = []
        for text in lines:
            if _COMMENT.match(text):
                block.append(_line(text, column))
                continue
            if text.strip():
                raise Uncuttable
            if block:
                notes.append(Note(tuple(blanks), tuple(block)))
                blanks, block = [], []
            blanks.append(text)
        if block and not to_entry:
            notes.append(Note(tuple(blanks), tuple(block)))
        return notes, tuple(blanks), tuple(block)

    def entry(
        self, pair: tuple[int, int], data: object, spot: int, extent: tuple[int, int, int]
    ) -> tuple[Entry, int]:
        """Cut one entry; gives the line after it. Extent: column, last line, its comments' end."""
        key, node = pair
        column, last, stop = extent
        nodes, text = self.nodes, self.text
        name = nodes.keys[key] if key >= 0 else ""
        after_key = nodes.end[key] if key >= 0 else spot
        written = text[spot:after_key]
        is_block = nodes.kind[node] in (MAPPING, SEQUENCE) and not self.is_flow(node)
        if is_block and (inner := self.nested(node, data, after_key, column, stop)):
            value, opener, tail = inner
            return Entry(name, written, opener, value, tail=tail, column=column), stop
        start, end = nodes.start[node], self.end_of(node)
        if nodes.kind[node] == EMPTY:
            opening = _OPENER.match(text, after_key)
            if not opening:
                raise Uncuttable
            start = end = opening.end()
        value = self.inline(node, data, start, end, column)
        line_end = self.starts[last] + len(self.lines[last])
        opener, tail = text[after_key:start], text[end:line_end]
        if not _REST.fullmatch(tail):
            raise Uncuttable
        return Entry(name, written, opener, value, tail=tail, column=column), last + 1

    def nested(
        self, node: int, data: object, at: int, column: int, stop: int
    ) -> tuple[Value, str, str] | None:
        """Cut a block collection inside an entry: value, opener, tail; none if it cannot be."""
        try:
            first = self.first_child(node)
            line = self.line_of(at)
            compact = self.line_of(first) == line
            opening = _OPENER.match(self.text, at)
            if not opening:
                return None
            if compact:
                opener, tail = self.text[at:first], ""
                if not re.fullmatch(r"- +", opener) or self.nodes.kind[node] != MAPPING:
                    return None
            else:
                opener = opening.group()
                tail = self.text[opening.end() : self.starts[line] + len(self.lines[line])]
                before = self.text[self.starts[self.line_of(first)] : first]
                if not _REST.fullmatch(tail) or before.strip():
                    return None
            group = self.block(node, data, line if compact else line + 1, stop)
        except Uncuttable:
            return None
        offset = self.column_of(first) - column
        value = Group(
            group.kind,
            flow=False,
            parts=group.parts,
            offset=offset,
            lead=group.lead,
            compact=compact,
        )
        return value, opener, tail

    # Values on the line.

    def inline(self, node: int, data: object, start: int, end: int, column: int) -> Value:
        nodes = self.nodes
        if nodes.kind[node] in (MAPPING, SEQUENCE) and self.is_flow(node):
            try:
                return self.bracket(node, data, column)
            except Uncuttable:
                pass
        text, origin = _relative(self.text[start:end], column)
        return Scalar(text, self.meaning(node, data), nodes.kind[node], origin)

    def bracket(self, node: int, data: object, column: int) -> Group:
        """Cut a collection in brackets by its commas."""
        nodes, text = self.nodes, self.text
        properties = _PROPERTIES.match(text, nodes.start[node])
        if properties and properties.end() > nodes.start[node]:
            raise Uncuttable
        at, stop = nodes.start[node] + 1, nodes.end[node] - 1
        parts: list[Part] = []
        for index, (key, value) in enumerate(self.children(node)):
            if index:
                comma = _comma(text, at, stop)
                last = parts[-1]
                assert isinstance(last, Entry)  # noqa: S101  # brackets hold no notes
                parts[-1] = Entry(
                    last.name,
                    last.key,
                    last.opener,
                    last.value,
                    (),
                    (),
                    text[at:comma],
                    last.lead,
                    column,
                )
                at = comma + 1
            begin = nodes.start[key if key >= 0 else value]
            start, end = nodes.start[value], nodes.end[value]
            if nodes.kind[value] == EMPTY:
                raise Uncuttable
            inner = self.inline(value, self.datum(data, key, index), start, end, column)
            name = nodes.keys[key] if key >= 0 else ""
            after_key = nodes.end[key] if key >= 0 else begin
            parts.append(
                Entry(
                    name,
                    text[begin:after_key],
                    text[after_key:start],
                    inner,
                    (),
                    (),
                    "",
                    text[at:begin],
                    column,
                )
            )
            at = end
        kind = nodes.kind[node]
        return Group(
            "map" if kind == MAPPING else "list", flow=True, parts=tuple(parts), close=text[at:stop]
        )

    # What values say.

    def datum(self, data: object, key: int, index: int) -> object:
        if isinstance(data, dict):
            name = self.nodes.keys.get(key, "")
            if name == "<<" and self.nodes.kind[self.nodes.after[key]] == MAPPING:
                raise Uncuttable  # what it merges has been dissolved in the data
            return data.get(name)
        return data[index] if isinstance(data, list) else None

    def meaning(self, node: int, data: object) -> Meaning:
        if self.nodes.kind[node] == ALIAS:
            return ("alias", self.text[self.nodes.start[node] : self.nodes.end[node]])
        if isinstance(data, Number):
            return ("number", str(data))
        if self.nodes.kind[node] == MAPPING:
            return {
                self.nodes.keys[key]: self.meaning(value, self.datum(data, key, 0))
                for key, value in self.children(node)
            }
        if self.nodes.kind[node] == SEQUENCE:
            return [
                self.meaning(value, self.datum(data, -1, index))
                for index, (_, value) in enumerate(self.children(node))
            ]
        return data


def _line(text: str, column: int) -> Line:
    bare = text.lstrip(" ")
    if bare.startswith("#"):
        return Line(len(text) - len(bare) - column, bare)
    return Line(-column, text)  # a tab stands before it


def _relative(text: str, column: int) -> tuple[str, int]:
    """Write further lines as if the entry stood at column 0, if they allow it."""
    if "\n" not in text or not column:
        return text, 0
    first, *others = text.split("\n")
    if any(line and not line.startswith(" " * column) for line in others):
        return text, column
    return "\n".join([first, *(line[column:] for line in others)]), 0


def _comma(text: str, start: int, stop: int) -> int:
    """Find the comma between two entries, past comments."""
    at = start
    while at < stop:
        if text[at] == ",":
            return at
        if text[at] == "#":
            at = text.find("\n", at)
            if at < 0:
                break
        at += 1
    raise Uncuttable
