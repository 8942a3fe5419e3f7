"""Three-way merges of lines: block text, comments above an entry, a comment at the end of a line.

Comments never block a merge and are never lost: where both sides wrote another one, both stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from smartplan.text.tree import Flag, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_T = TypeVar("_T")
_INDICATOR = re.compile(r"[|>][-+]*[1-9]")
_TAIL = re.compile(r"(\s*)(#.*)?", re.DOTALL)


class Hunk(NamedTuple):
    """A stretch of the three: what base, ours and theirs have there."""

    base: tuple[object, ...]
    ours: tuple[object, ...]
    theirs: tuple[object, ...]


def style(base: _T | None, ours: _T, theirs: _T) -> _T:
    """Choose between spellings of one thing: what one side changed; ours if both did."""
    return theirs if ours == base else ours


def one_sided(base: _T, ours: _T, theirs: _T) -> _T | None:
    """Merge a comment that only one side wrote anew; none if both did.

    Removing a comment yields to writing another one.
    """
    if theirs in (base, ours):
        return ours
    if ours == base or not ours:
        return theirs
    return None if theirs else ours


def hunks(base: Sequence[_T], ours: Sequence[_T], theirs: Sequence[_T]) -> Iterator[Hunk]:
    """Cut the three into stretches between the lines that all of them keep."""
    to_ours, to_theirs = _kept(base, ours), _kept(base, theirs)
    b = o = t = 0
    for line in range(len(base) + 1):
        end = line == len(base)
        if not end and (line not in to_ours or line not in to_theirs):
            continue
        next_o = len(ours) if end else to_ours[line]
        next_t = len(theirs) if end else to_theirs[line]
        if b < line or o < next_o or t < next_t:
            yield Hunk(tuple(base[b:line]), tuple(ours[o:next_o]), tuple(theirs[t:next_t]))
        if not end:
            yield Hunk((base[line],), (ours[next_o],), (theirs[next_t],))
        b, o, t = line + 1, next_o + 1, next_t + 1


def _kept(base: Sequence[_T], side: Sequence[_T]) -> dict[int, int]:
    """Give the lines of base that a side keeps, and where."""
    if tuple(base) == tuple(side):
        return {line: line for line in range(len(base))}
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return {
        a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)
    }


def text_lines(base: str, ours: str, theirs: str) -> str | None:
    """Merge block texts as written, header included, line by line; none if they clash."""
    parts = [_block(one) for one in (base, ours, theirs)]
    if any(part is None for part in parts):
        return None
    (head_b, _, lines_b), (head_o, pad, lines_o), (head_t, _, lines_t) = (
        part for part in parts if part is not None
    )
    if head_b[:1] != head_o[:1] or head_o[:1] != head_t[:1]:
        return None
    merged: list[str] = []
    for hunk in hunks(lines_b, lines_o, lines_t):
        if hunk.ours != hunk.base and hunk.theirs not in (hunk.base, hunk.ours):
            return None
        merged += (str(line) for line in style(hunk.base, hunk.ours, hunk.theirs))
    head = style(head_b, head_o, head_t)
    return "\n".join([head, *(pad + line if line else line for line in merged)])


def _block(text: str) -> tuple[str, str, list[str]] | None:
    """Part a block text: header, indentation, lines without it."""
    head, *lines = text.split("\n")
    if not lines or head[:1] not in "|>" or _INDICATOR.match(head):
        return None
    pads = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    pad = min(pads, default=0)
    if any(len(line) < pad and line for line in lines):
        return None
    return head, " " * pad, [line[pad:] for line in lines]


def merge_head(
    base: Sequence[Line], ours: Sequence[Line], theirs: Sequence[Line]
) -> tuple[tuple[Line, ...], bool]:
    """Merge comment lines; tells whether both sides wrote another one at one place."""
    merged: list[Line] = []
    clash = False
    for hunk in hunks(base, ours, theirs):
        mine, other = hunk.ours, hunk.theirs
        chosen = one_sided(hunk.base, mine, other)
        if chosen is not None:
            merged += _lines(chosen)
        else:
            clash = True
            merged += _both(_lines(mine), _lines(other))
    return tuple(merged), clash


def _lines(lines: Sequence[object]) -> list[Line]:
    return [line for line in lines if isinstance(line, Line)]


def _both(ours: list[Line], theirs: list[Line]) -> list[Line]:
    flags = any(isinstance(line, Flag) for line in (*ours, *theirs))
    if len(ours) == len(theirs) == 1 and not flags:
        return [Line(ours[0].shift, _joined(ours[0].text, theirs[0].text))]
    return ours + [line for line in theirs if line not in ours]


def _joined(ours: str, theirs: str) -> str:
    """Write two comments in one; what one already says is not said twice."""
    said = theirs.lstrip("#").strip()
    return ours if said in ours else f"{ours.rstrip()} | {said}"


def merge_tail(base: str | None, ours: str, theirs: str) -> tuple[str, bool]:
    """Merge what stands behind a value; tells whether both sides wrote another comment."""
    if base is None:
        base = ""
    (_, said), (gap, mine), (_, other) = (_comment(one) for one in (base, ours, theirs))
    if mine == other:
        return style(base, ours, theirs), False
    chosen = one_sided(said, mine, other)
    if chosen is None:
        return gap + _joined(mine, other), True
    if chosen == mine:
        return ours, False
    return (gap + other if mine and other else theirs), False


def _comment(tail: str) -> tuple[str, str]:
    match = _TAIL.fullmatch(tail)
    return (match[1], match[2] or "") if match else (tail, "")
