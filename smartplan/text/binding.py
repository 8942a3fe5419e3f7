"""Writes a tree as text, whole or with the markers of its conflicts.

Ours, theirs and base of a conflict are the same tree, written in another mode: a choice in
brackets cannot have marker lines of its own, so the whole line is written three times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from smartplan.text.tree import Choice, Entry, Flag, Group, Note, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.text.tree import Line, Part, Tree, Value

Mode: TypeAlias = Literal["marked", "ours", "base", "theirs"]


def write(tree: Tree, mode: Mode = "ours", *, marker: int = 7) -> str:
    """Write a tree; in the modes of one side without a trace of the conflicts."""
    writer = _Writer(mode, marker)
    lines = [*tree.preamble, *writer.group(tree.root, 0), *tree.foot]
    text = "\n".join(lines)
    return text + "\n" if lines and tree.newline else text


def shifted(text: str, delta: int) -> str:
    """Move every line but the first to the right, or to the left as far as it can."""
    if not delta or "\n" not in text:
        return text
    first, *others = text.split("\n")
    if delta > 0:
        moved = [" " * delta + line if line else line for line in others]
    else:
        moved = [line[min(-delta, len(line) - len(line.lstrip(" "))) :] for line in others]
    return "\n".join([first, *moved])


def choices(value: Value) -> Iterator[Choice]:
    """Give the choices inside a collection in brackets."""
    if isinstance(value, Group) and value.flow:
        for part in value.parts:
            if isinstance(part, Choice):
                yield part
            elif isinstance(part, Entry):
                yield from choices(part.value)


def _flags(value: Value) -> Iterator[Line]:
    """Give the flags inside a collection in brackets: they have no line of their own there."""
    if isinstance(value, Group) and value.flow:
        for part in value.parts:
            if isinstance(part, Entry):
                yield from (line for line in part.head if isinstance(line, Flag))
                yield from _flags(part.value)


class _Writer:
    def __init__(self, mode: Mode, marker: int) -> None:
        self.mode = mode
        self.marker = marker

    def group(self, group: Group, column: int, start: tuple[str, int] | None = None) -> list[str]:
        """Write a block collection.

        Args:
            group: the collection.
            column: where it stands.
            start: what begins the line of its first entry instead of blanks (`  - `), and the
                column for comments above that line.
        """
        out: list[str] = []
        waiting = start
        for index, part in enumerate(group.parts):
            if self.mode == "base" and isinstance(part, Choice) and not part.base:
                continue
            above = waiting[1] if waiting else column
            if index or not start:
                out += (part.blanks or ()) if index else group.lead
            if isinstance(part, Note):
                out += self.remarks(part.lines, above)
                continue
            lead = waiting[0] if waiting else " " * column
            waiting = None
            out += self.remarks(part.head, above)
            out += self.part(part, column, lead, above)
        return out

    def part(self, part: Entry | Choice, column: int, lead: str, above: int) -> list[str]:
        if isinstance(part, Entry):
            if self.mode == "marked":
                out = self.remarks(tuple(_flags(part.value)), above)
                if inner := list(choices(part.value)):
                    path = ", ".join(one.path for one in inner)
                    return out + self.marked(path, (part, part, part), column, lead)
                return out + self.entry(part, column, lead)
            return self.entry(part, column, lead)
        sides = {"ours": part.ours, "base": part.base, "theirs": part.theirs}
        if self.mode == "marked":
            return self.marked(part.path, (part.ours, part.base, part.theirs), column, lead)
        chosen = sides[self.mode]
        return self.whole(chosen, column, lead) if chosen else []

    def marked(
        self,
        path: str,
        sides: tuple[Entry, Entry | None, Entry],
        column: int,
        lead: str,
    ) -> list[str]:
        """Write an entry as each side wants it, between markers."""
        size = self.marker
        out: list[str] = []
        modes: tuple[Mode, ...] = ("ours", "base", "theirs")
        openings = (f"{'<' * size} ours: {path}", f"{'|' * size} base", "=" * size)
        for mode, opening, side in zip(modes, openings, sides, strict=True):
            out.append(opening)
            if side:
                out += _Writer(mode, size).whole(side, column, lead)
        return [*out, f"{'>' * size} theirs: {path}"]

    def whole(self, entry: Entry, column: int, lead: str) -> list[str]:
        """Write an entry with its own comments."""
        return [*self.remarks(entry.head, column), *self.entry(entry, column, lead)]

    def remarks(self, lines: tuple[Line, ...], column: int) -> list[str]:
        return [
            " " * (column + line.shift) + line.text
            for line in lines
            if self.mode == "marked" or not isinstance(line, Flag)
        ]

    def entry(self, entry: Entry, column: int, lead: str) -> list[str]:
        value = entry.value
        if isinstance(value, Group) and not value.flow:
            inner = column + value.offset
            if not any(not isinstance(part, Note) for part in value.parts):
                empty = "{}" if value.kind == "map" else "[]"
                opener = entry.opener.rstrip(" ")
                notes = self.group(value, inner)
                return [f"{lead}{entry.key}{opener} {empty}{entry.tail}", *notes]
            if value.compact:
                return self.group(value, inner, (lead + entry.opener, column))
            return [lead + entry.key + entry.opener + entry.tail, *self.group(value, inner)]
        opener = shifted(entry.opener, column - entry.column)
        line = lead + entry.key + opener + self.inline(value, column) + entry.tail
        return line.split("\n")

    def inline(self, value: Value, column: int) -> str:
        """Write a value that begins on its key's line."""
        if isinstance(value, Scalar):
            return shifted(value.text, column - value.origin)
        out = []
        for part in value.parts:
            chosen: Part | None = part
            if isinstance(part, Choice):
                chosen = {"base": part.base, "theirs": part.theirs}.get(self.mode, part.ours)
            if isinstance(chosen, Entry):
                inner = self.inline(chosen.value, column)
                lead = part.lead if isinstance(part, Choice) else chosen.lead
                out.append((lead or "") + chosen.key + chosen.opener + inner + chosen.tail)
        opening, closing = "{}" if value.kind == "map" else "[]"
        text = ",".join(out) + value.close
        return opening + (shifted(text, column - value.offset) if value.offset else text) + closing
