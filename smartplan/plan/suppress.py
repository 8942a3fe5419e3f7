"""Comments that ask to leave findings out: `# smartplan: ignore[M046] reason`.

A comment at the end of a line covers that line; one on a line of its own covers the line below.
If an entry begins on the line (an item, or a key with what stands under it) the whole entry is
covered. What the comments are worth is judged in `rules.settle`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from smartplan.text.nodes import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.text.document import Comment, Document
    from smartplan.text.source import Span

SIGN = "smartplan:"
"""What such a comment holds, and few other files do."""

_COMMENT = re.compile(r"#+\s*smartplan:\s*(?P<asked>.*)", re.DOTALL)
_IGNORE = re.compile(r"ignore\s*\[(?P<rules>[^\]#]*)\](?P<reason>.*)", re.DOTALL)
_RULE = re.compile(r"[^\s,]+")
_REMARK = re.compile(r"(?:^|\s)#.*", re.DOTALL)


class Suppression(NamedTuple):
    """One such comment.

    Attributes:
        comment: the comment, from its sign on.
        own_line: whether it has a line to itself.
        brackets: what stands between its brackets; none if it cannot be understood.
        rules: codes or names of rules, with their places.
        reason: why the findings may stand; empty if it does not say.
        start: where in the file the covered text begins.
        end: where it ends, not included; `start` if it covers nothing.
    """

    comment: Span
    own_line: bool
    brackets: Span | None
    rules: tuple[tuple[str, Span], ...]
    reason: str
    start: int
    end: int

    def covers(self, span: Span) -> bool:
        """Tell whether a finding at a place of the same file is covered."""
        return self.start <= span.start < self.end


def suppressions(document: Document) -> Iterator[Suppression]:
    """Give the comments of a file that ask to leave findings out, in their order."""
    if SIGN not in document.source.text or document.broken:
        return
    for comment in document.comments:
        if match := _COMMENT.fullmatch(comment.span.text):
            yield _suppression(document, comment, match)


def _suppression(document: Document, comment: Comment, match: re.Match[str]) -> Suppression:
    span = comment.span
    start, end = _covered(document, comment)
    asked = _IGNORE.fullmatch(match["asked"])
    if asked is None:
        return Suppression(span, comment.own_line, None, (), "", start, start)
    first = span.start + match.start("asked")
    brackets = span.source.span(first + asked.start("rules"), first + asked.end("rules"))
    rules = tuple(
        (one[0], span.source.span(brackets.start + one.start(), brackets.start + one.end()))
        for one in _RULE.finditer(asked["rules"])
    )
    reason = _REMARK.sub("", asked["reason"]).strip(" \t:-–—")
    return Suppression(span, comment.own_line, brackets, rules, reason, start, end)


def _covered(document: Document, comment: Comment) -> tuple[int, int]:
    """Give the stretch that a comment covers: its line, and the entries that begin there."""
    source = document.source
    line = comment.span.line
    while comment.own_line and source.line(line).lstrip().startswith("#"):
        line += 1
    start = source.line_starts[min(line, len(source.line_starts)) - 1]
    end = start + len(source.line(line))
    if not source.line(line).strip():
        return start, start
    return start, max([end, *(last for first, last in _entries(document) if start <= first < end)])


def _entries(document: Document) -> Iterator[tuple[int, int]]:
    """Give where every entry begins and ends: keys with their values, and members of lists."""
    nodes = document.nodes
    for index, kind in enumerate(nodes.kind):
        step = {MAPPING: 1, SEQUENCE: 0}.get(kind)
        child = index + 1
        while step is not None and child < nodes.after[index]:
            value = nodes.after[child] if step else child
            yield nodes.start[child], max(nodes.end[value], nodes.end[child])
            child = nodes.after[value]
