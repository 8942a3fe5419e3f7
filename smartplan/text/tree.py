"""Cuts a text into entries, so that nothing is lost: writing the tree gives the text again.

A document is a tree of groups (mappings and lists) with parts: entries, and notes, which are
comments that belong to no entry. An entry carries what belongs to it: the comment lines directly
above (`head`), the blank lines above those, its key as written, its value, and the comment at the
end of its line (`tail`). Places are relative: a group knows how far right of its entry it stands,
a comment how far right of its group, so that a part can be put into another text.

What cannot be cut (`- - x`, `? key`) stays in one piece, as text that nobody looks into.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from smartplan.text.nodes import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning: TypeAlias = object
"""What a value says, whatever its spelling; compares with ==. Of an alias: its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A comment line: how far right of its group it stands, and its text from the `#` on."""

    shift: int = field(compare=False)
    text: str


@dataclass(frozen=True, slots=True)
class Flag(Line):
    """A line `# CONFLICT …` that a merge sets above an entry."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry that two sides want differently; the comments they share stand above it.

    Attributes:
        path: what it is about.
        ours: what we wrote.
        theirs: what they wrote.
        base: what both began with; none if there was nothing.
        blanks: blank lines above.
        head: comment lines above.
        lead: in brackets, what stands before it.
    """

    path: str
    ours: Entry
    theirs: Entry
    base: Entry | None
    blanks: tuple[str, ...] | None = ()
    head: tuple[Line, ...] = ()
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Comment lines that belong to the group, not to one of its entries."""

    blanks: tuple[str, ...] | None
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines in one, by which it is known."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value in one piece.

    Attributes:
        text: as written; further lines stand as if the entry stood at column `origin`.
        meaning: what it says.
        style: the kind of its node: plain, quoted, block, alias, empty; a collection's if the
            value is a collection that could not be cut.
        origin: see `text`.
    """

    text: str
    meaning: Meaning
    style: int
    origin: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping or a list.

    Attributes:
        kind: which of the two.
        flow: whether it is written in brackets.
        parts: entries and notes in the order of the text.
        offset: columns between its entry and itself; in brackets that run over lines, the column
            at which its entry stood.
        lead: blank lines before its first part.
        compact: whether its first entry stands on the line of the dash.
        close: in brackets, what stands between the last entry and the bracket.
    """

    kind: Literal["map", "list"]
    flow: bool
    parts: tuple[Part, ...]
    offset: int = 0
    lead: tuple[str, ...] = ()
    compact: bool = False
    close: str = ""

    @property
    def entries(self) -> Iterator[Entry]:
        """Its entries, without notes."""
        return (part for part in self.parts if isinstance(part, Entry))

    def get(self, name: str) -> Entry | None:
        """Give the entry with a key."""
        return next((one for one in self.entries if one.name == name), None)


Value: TypeAlias = "Scalar | Group"
Part: TypeAlias = "Entry | Note | Choice"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list.

    Attributes:
        name: the key as data; empty for an item.
        key: the key as written; empty for an item.
        opener: what stands between key and value, or from the dash to the value; in brackets also
            for an item, where it is empty. Anchors are part of it.
        value: the value.
        blanks: blank lines above; none for the first part of a group, which has no say in it.
        head: comment lines directly above.
        tail: the rest of the line: blanks and a comment. In brackets: up to the comma.
        lead: in brackets, what stands before it; none in a block.
        column: where it stood in its text.
    """

    name: str
    key: str
    opener: str
    value: Value
    blanks: tuple[str, ...] | None = ()
    head: tuple[Line, ...] = ()
    tail: str = ""
    lead: str | None = None
    column: int = field(default=0, compare=False)

    def inner(self, name: str) -> str | None:
        """Give the text of a scalar field of an item; none if it has no such field."""
        if not isinstance(self.value, Group) or self.value.kind != "map":
            return None
        found = self.value.get(name)
        return text_of(found.value) if found else None


@dataclass(frozen=True, slots=True)
class Tree:
    """A document that was cut.

    Attributes:
        preamble: the lines above the first part: the file's own comments, `---`.
        root: its group.
        foot: blank lines at its end.
        newline: whether the last line has its end.
    """

    preamble: tuple[str, ...]
    root: Group
    foot: tuple[str, ...] = ()
    newline: bool = True


def text_of(value: Value) -> str | None:
    """Give a scalar as text, a number as written; none for anything else."""
    if isinstance(value, Scalar):
        said = value.meaning
        if isinstance(said, tuple) and said[0] == "number":
            return str(said[1])
        return said if isinstance(said, str) else None
    return None


def meaning(value: Value, without: frozenset[int] = frozenset()) -> Meaning:
    """Say what a value means; mappings compare without order, lists with it.

    Args:
        value: the value.
        without: `id()` of entries to leave out.
    """
    if isinstance(value, Scalar):
        return value.meaning
    entries = (one for one in value.entries if id(one) not in without)
    if value.kind == "map":
        return {one.name: meaning(one.value, without) for one in entries}
    return [meaning(one.value, without) for one in entries]


def comments(part: Part | Value) -> Iterator[str]:
    """Give every comment in a part, from the `#` on."""
    if isinstance(part, Note):
        yield from (line.text for line in part.lines)
    elif isinstance(part, Choice):
        yield from (line.text for line in part.head)
        for side in (part.ours, part.theirs):
            yield from comments(side)
    elif isinstance(part, Group):
        for one in part.parts:
            yield from comments(one)
        yield from _in_layout(part.close)
    elif isinstance(part, Scalar):
        if part.style == BLOCK:
            yield from _in_layout(part.text.split("\n", 1)[0])
    else:
        yield from (line.text for line in part.head)
        for layout in (part.lead or "", part.opener, part.tail):
            yield from _in_layout(layout)
        yield from comments(part.value)


def _in_layout(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        at = line.find("#")
        while at > 0 and line[at - 1] not in " \t":
            at = line.find("#", at + 1)
        if at >= 0:
            yield line[at:].rstrip()
