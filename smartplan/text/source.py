"""Texts and places in them.

A `Source` is the text of one file at one revision, a `Span` a stretch of it, an `Edit` a
replacement of a span. Nothing here parses and nothing here touches the disk.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

BOM = "\ufeff"


@dataclass(frozen=True)
class Source:
    """The text of one file at one revision.

    Attributes:
        path: where it lies, with `/`, as a person would type it from the current folder.
        text: its characters, line ends as they are in the file, without a byte order mark.
            A byte that is not UTF-8 stands as a lone surrogate (U+DC80 to U+DCFF).
        revision: the git revision it was read from, or none for the work tree.
        bom: whether the file starts with a byte order mark, which an edit must keep.
    """

    path: str
    text: str = field(repr=False)
    revision: str | None = None
    bom: bool = False

    @classmethod
    def from_bytes(cls, path: str, raw: bytes, *, revision: str | None = None) -> Source:
        """Decode a file; bytes that are not UTF-8 survive as lone surrogates."""
        text = raw.decode("utf-8", errors="surrogateescape")
        bom = text.startswith(BOM)
        return cls(path, text[1:] if bom else text, revision, bom)

    @property
    def raw(self) -> bytes:
        """Its bytes: with its mark, its line ends, and bytes that are not UTF-8 as they were."""
        text = BOM + self.text if self.bom else self.text
        return text.encode("utf-8", errors="surrogateescape")

    def __str__(self) -> str:
        """Name the source as git does: `plans/a.yaml` or `HEAD~1:plans/a.yaml`."""
        return f"{self.revision}:{self.path}" if self.revision else self.path

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; LF, CRLF and a lone CR end a line, nothing else does."""
        text = self.text
        starts = [0]
        at = 0
        if "\r" in text:
            for at, char in enumerate(text):
                if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
                    starts.append(at + 1)
            return starts
        while (at := text.find("\n", at) + 1) > 0:
            starts.append(at)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column, both from 1; a column is one code point, a tab is one."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Give the text of a line (from 1) without its line end; empty past the last line."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int | None = None) -> Span:
        """Give the span from `start` up to, not including, `end` (one character if not given)."""
        size = len(self.text)
        start = min(max(start, 0), size)
        return Span(self, start, min(max(start, start + 1 if end is None else end), size))


class Span(NamedTuple):
    """A stretch of a source: `start` inclusive, `end` exclusive, in characters."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """Line of the first character, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the first character, from 1."""
        return self.source.position(self.start)[1]

    @property
    def end_position(self) -> tuple[int, int]:
        """Line and column just after the last character."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """The characters of the span."""
        return self.source.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int]:
        """Order findings by this: file, then start, then end."""
        return str(self.source), self.start, self.end


class Edit(NamedTuple):
    """Replace the text of a span; an empty span inserts."""

    span: Span
    new: str


def apply(source: Source, edits: Iterable[Edit]) -> str:
    """Give the source's text with all edits made, from the end backwards.

    Raises:
        ValueError: two edits overlap, or one belongs to another source.
    """
    text = source.text
    limit = len(text)
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end), reverse=True):
        if edit.span.source != source or edit.span.end > limit:
            message = f"edits overlap or belong to another file: {edit.span.place}"
            raise ValueError(message)
        text = text[: edit.span.start] + edit.new + text[edit.span.end :]
        limit = edit.span.start
    return text
