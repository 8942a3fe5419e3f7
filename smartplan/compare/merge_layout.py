"""How a merged group is laid out: block or brackets, how far in, with which blank lines.

Layout is merged like any value, but never a reason for a conflict: what one side changed is taken,
and where both did, ours. Parts of the other layout are fitted in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smartplan.compare.merge_lines import style
from smartplan.text.nodes import ALIAS, QUOTED, SCALAR
from smartplan.text.tree import Choice, Entry, Group, Line, Note, Scalar, comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.compare.merge_match import Three
    from smartplan.text.tree import Part

_UNSAFE = frozenset(",[]{}\n")
_USUAL = 2
"""Columns of a step to the right where no text says otherwise."""


def blanks(
    base: tuple[str, ...] | None, ours: tuple[str, ...] | None, theirs: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """Merge the blank lines above a part; the first of a group has no say (none)."""
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    if base is None:
        return max(ours, theirs)
    return style(base, ours, theirs)


def laid_out(three: Three[Group | None], parts: Sequence[Part]) -> Group:
    """Make a group of merged parts in the layout that the three agree upon."""
    base, ours, theirs = three
    found = [one for one in (ours, theirs, base) if one]
    flow = found[0].flow
    if ours and theirs:
        flow = style(base.flow if base else None, ours.flow, theirs.flow)
    if flow and not all(_fits_brackets(part) for part in parts):
        flow = False
    alike = [one for one in found if one.flow == flow]
    chosen = alike[0] if alike else Group(found[0].kind, flow=flow, parts=(), offset=_USUAL)
    if ours and theirs and ours.flow == theirs.flow == flow:
        was = base if base and base.flow == flow else None
        place = style(_place(was) if was else None, _place(ours), _place(theirs))
        lead = style(was.lead if was else None, ours.lead, theirs.lead)
        chosen = replace(ours, compact=place[0], offset=place[1], lead=lead)
    make = _bracketed if flow else _stacked
    return replace(chosen, parts=tuple(make(parts, chosen)))


def fitted(group: Group, three: Three[Entry | None]) -> Entry:
    """Give an entry whose key and opener suit the layout of a merged group."""
    alike = [one for one in three if one and _suits(one, group)]
    base, ours, theirs = three
    whole = ours or theirs or base
    assert whole  # noqa: S101  # somebody has it
    if not alike:
        opener = ":" if whole.key else "-"
        return replace(whole, opener=opener, value=replace(group, compact=False))
    if len(alike) == len(three):
        opener = style(*(one.opener for one in alike))
        return replace(alike[1], opener=opener, value=group)
    own = [one for one in alike if one is not base] or alike
    return replace(own[0], opener=own[0].opener, value=group)


def _place(group: Group) -> tuple[bool, int]:
    return group.compact, group.offset


def _suits(entry: Entry, group: Group) -> bool:
    value = entry.value
    if not isinstance(value, Group) or value.flow != group.flow:
        return False
    return group.flow or _place(value) == _place(group)


def _fits_brackets(part: Part) -> bool:
    """Tell whether a part can stand in brackets as it is written."""
    if isinstance(part, Choice):
        return _fits_brackets(part.ours) and _fits_brackets(part.theirs)
    if isinstance(part, Note) or part.lead is not None:
        return not isinstance(part, Note)
    if next(comments(replace(part, head=())), None) or any(not _is_flag(one) for one in part.head):
        return False
    value = part.value
    if isinstance(value, Group):
        return value.flow and all(_fits_brackets(one) for one in value.parts)
    plain = value.style in (SCALAR, ALIAS) and not _UNSAFE & set(value.text)
    return "\n" not in part.opener + value.text and (plain or value.style == QUOTED)


def _is_flag(line: Line) -> bool:
    return type(line) is not Line


def _bracketed(parts: Sequence[Part], like: Group) -> list[Part]:
    """Put parts into brackets, with what stands before the first and before the others."""
    leads = [one.lead for one in like.entries if one.lead is not None]
    first, usual = (leads[:1] or [""])[0], (leads[1:2] or [" "])[0]
    out: list[Part] = []
    for index, part in enumerate(parts):
        fresh, led = part, getattr(part, "lead", None)
        if isinstance(part, Entry) and led is None:
            opener = ": " if part.key else ""
            fresh = replace(part, opener=opener, tail="", blanks=())
        if isinstance(fresh, Entry | Choice):
            leading = fresh.blanks is None
            if not index:
                fresh = replace(fresh, lead=led if leading and led is not None else first)
            else:
                fresh = replace(fresh, lead=usual if leading or led is None else led)
        out.append(fresh)
    return out


def _stacked(parts: Sequence[Part], like: Group) -> list[Part]:
    """Put parts one below the other; one that led its group gets the blank lines of the next."""
    out: list[Part] = []
    known = [part.blanks for part in parts]
    for index, part in enumerate(parts):
        fresh = _unbracketed(part, like.kind)
        if index and fresh.blanks is None:
            usual = next((one for one in known[index:] if one is not None), ())
            fresh = replace(fresh, blanks=usual)
        if index and not fresh.blanks and isinstance(out[-1], Note):
            fresh = replace(fresh, blanks=("",))  # else the note would become its heading
        out.append(fresh)
    return out


def _unbracketed(part: Part, kind: str) -> Part:
    """Give a part of its own line to what stood in brackets; its comments go above."""
    if isinstance(part, Note):
        return part
    if isinstance(part, Choice):
        ours, theirs = _on_a_line(part.ours, kind), _on_a_line(part.theirs, kind)
        base = _on_a_line(part.base, kind) if part.base else None
        return replace(part, ours=ours, theirs=theirs, base=base)
    return _on_a_line(part, kind)


def _on_a_line(entry: Entry, kind: str) -> Entry:
    if entry.lead is None:
        return entry
    outside = replace(entry, value=Scalar("", None, SCALAR), head=())
    head = (*entry.head, *(Line(0, text) for text in comments(outside)))
    opener = ": " if kind == "map" else "- "
    return replace(entry, opener=opener, head=head, tail="", lead=None, blanks=entry.blanks or ())
