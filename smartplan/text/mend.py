"""Fixes as edits: how a value is written anew, how an entry is taken out, which fixes go together.

Nothing here decides what is wrong, and nothing here writes a file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from smartplan.text.faults import quoted
from smartplan.text.finding import Fix
from smartplan.text.source import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.text.source import Source, Span

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./()-]| (?=[A-Za-z0-9(]))*")
_LIKE_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|0[ox][0-9a-fA-F]+")
_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
_NO_SCALAR = "|>&*!{["
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$)")
_BEFORE_MEMBER = re.compile(r"[ \t]*-[ \t]+")
_COMMA_AFTER = re.compile(r"\s*,[ \t]*")
_COMMA_BEFORE = re.compile(r",\s*$")
_CLOSES = re.compile(r"\s*[}\]]")


def rewritten(span: Span, new: str, *, safe: bool, title: str = "rewrite") -> Fix | None:
    """Write another text where a key or value stands, in the quotes that it had.

    Args:
        span: a scalar; for anything else, and for text of several lines, there is no fix.
        new: the text that shall be read there.
        safe: whether the meaning cannot change.
        title: what the fix does, as a label of the screen names it.
    """
    old = span.text
    if not old or old[0] in _NO_SCALAR or "\n" in old or "\r" in old:
        return None
    return Fix(title, (Edit(span, _spelled(old, new)),), safe)


def _spelled(old: str, new: str) -> str:
    if old[0] == "'":
        return "'" + new.replace("'", "''") + "'"
    number = _LIKE_NUMBER.fullmatch(new) and not _LIKE_NUMBER.fullmatch(old)
    if old[0] == '"' or number or new.casefold() in _WORDS or not _PLAIN.fullmatch(new):
        return quoted(new)
    return new


def holds(span: Span, seen: str) -> bool:
    """Tell whether a scalar of the file is the text that a finding speaks of, written plainly."""
    text = span.text
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        text = text[1:-1]
    return " ".join(text.split()) == seen


def removed(span: Span, *, member: bool) -> Fix | None:
    """Take an entry out of its mapping or list: its lines, or the part between two commas.

    Args:
        span: key and value, or the member of a list.
        member: whether it is a member of a list, which may stand behind a hyphen.
    """
    source, text = span.source, span.source.text
    start = source.line_starts[span.line - 1]
    before = text[start : span.start]
    rest = _REST.match(text, span.end)
    if rest and (not before.strip() or (member and _BEFORE_MEMBER.fullmatch(before))):
        return Fix("remove", (Edit(source.span(start, rest.end()), ""),))
    if comma := _COMMA_AFTER.match(text, span.end):
        return Fix("remove", (Edit(source.span(span.start, comma.end()), ""),))
    if not _CLOSES.match(text, span.end):
        return None  # the first key of an item in a list: its hyphen must stay
    comma = _COMMA_BEFORE.search(text, 0, span.start)
    begin = comma.start() if comma else span.start
    return Fix("remove", (Edit(source.span(begin, span.end), ""),))


def uncommented(comment: Span, *, own_line: bool) -> Fix:
    """Take a comment out, with its line if it has one to itself."""
    source = comment.source
    if own_line:
        whole = removed(comment, member=False)
        assert whole is not None  # noqa: S101  # nothing stands before it, and nothing behind
        return whole
    line = source.line_starts[comment.line - 1]
    start = line + len(source.text[line : comment.start].rstrip())
    return Fix("remove", (Edit(source.span(start, comment.end), ""),))


def mended(source: Source, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Give the text with all fixes made that do not meet each other, and which they are.

    Of two that overlap the one that is given first is made; one that is made already counts.
    """
    done: dict[tuple[int, int, str], Edit] = {}
    taken: list[tuple[int, int]] = []
    made: list[Fix] = []
    for fix in fixes:
        new = {(one.span.start, one.span.end, one.new): one for one in fix.edits}
        new = {key: one for key, one in new.items() if key not in done}
        if any(_meets(taken, start, end) for start, end, _text in new):
            continue
        for start, end, _text in new:
            insort(taken, (start, end))
        done.update(new)
        made.append(fix)
    return apply(source, done.values()), made


def _meets(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, end))
    after = at < len(taken) and (taken[at][0] < end or taken[at][0] == start)
    before = at > 0 and (taken[at - 1][1] > start or taken[at - 1][0] == start)
    return after or before
