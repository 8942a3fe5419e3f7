"""In which order the parts of a merged group stand.

The order is ours if only we changed it, theirs if only they did. What a side put in goes behind
the part that it stood behind, what it appended stays at the end, and what both put at one place
goes in the order of names: so both directions of a merge, and a rebase, give the same text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Name = tuple[str, str]
"""A part's kind and name; names of one kind never stand twice in a group."""

_START: Name = ("", "start")
_END: Name = ("", "end")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order, and where it had to choose.

    Attributes:
        names: every name of the three, those that a side deleted too.
        clash: whether both sides re-ordered what all have, differently.
        displaced: what both sides put in, at different places.
    """

    names: tuple[Name, ...]
    clash: bool
    displaced: tuple[Name, ...]


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key of ids: A-2 before A-10."""
    parts = [part for part in _DIGITS.split(name) if part]
    return [
        (0, len(bare := p.lstrip("0")), bare) if p.isdecimal() else (1, 0, p) for p in parts
    ], name


def merge_order(
    base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name], *, as_ours: bool = True
) -> Ordered:
    """Merge three orders.

    Args:
        base: what both sides began with.
        ours: our order.
        theirs: their order.
        as_ours: whether what both put in, at different places, stands as in ours; else at the
            place that comes first.
    """
    spine, clash = _spine(base, ours, theirs)
    fixed = set(spine)
    given = set(theirs)
    shared = [name for name in ours if name not in fixed and name in given]
    where_o, where_t = _anchors(_chains(ours, fixed)), _anchors(_chains(theirs, fixed))
    displaced = tuple(name for name in shared if where_o[name] != where_t[name])
    for name in shared:
        sides = (
            [(ours, where_o[name])] if as_ours else [(ours, where_o[name]), (theirs, where_t[name])]
        )
        spine.insert(min(_spot(name, side, end == _END, spine) for side, end in sides), name)
    fixed = set(spine)
    names = _woven(spine, [_chains(ours, fixed), _chains(theirs, fixed)])
    return Ordered(tuple(names), clash, displaced)


def _spot(name: Name, side: Sequence[Name], at_end: bool, spine: Sequence[Name]) -> int:  # noqa: FBT001
    """Give the index in the spine behind what a name stands behind on a side."""
    before = [one for one in side[: side.index(name)] if one in spine]
    return len(spine) if at_end or not spine else spine.index(before[-1]) + 1 if before else 0


def _spine(
    base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name]
) -> tuple[list[Name], bool]:
    """Order what base has: as the side that re-ordered it, what that side lacks as in base."""
    kept_o, kept_t = _only(ours, base), _only(theirs, base)
    moved_o, moved_t = kept_o != _only(base, ours), kept_t != _only(base, theirs)
    clash = moved_o and moved_t and _only(ours, kept_t) != _only(theirs, kept_o)
    spine = kept_o if moved_o else kept_t if moved_t else list(base)
    for position, name in enumerate(base):
        if name not in spine:
            before = base[position - 1] if position else None
            spine.insert(spine.index(before) + 1 if before else 0, name)
    return spine, clash


def _only(names: Iterable[Name], allowed: Iterable[Name]) -> list[Name]:
    known = set(allowed)
    return [name for name in names if name in known]


def _chains(side: Sequence[Name], fixed: set[Name]) -> dict[Name, list[Name]]:
    """Give what a side put in, by the part that it stands behind; what it appended at the end."""
    chains: dict[Name, list[Name]] = {}
    anchor = _START
    for name in side:
        if name in fixed:
            anchor = name
        else:
            chains.setdefault(anchor, []).append(name)
    if side and side[-1] not in fixed:
        chains[_END] = chains.pop(anchor)
    return chains


def _anchors(chains: Mapping[Name, Sequence[Name]]) -> dict[Name, Name]:
    return {name: anchor for anchor, chain in chains.items() for name in chain}


def _woven(spine: Sequence[Name], sides: Sequence[Mapping[Name, list[Name]]]) -> list[Name]:
    names: list[Name] = []
    for anchor in (_START, *spine, _END):
        if anchor not in (_START, _END):
            names.append(anchor)
        names += _together([list(side.get(anchor, ())) for side in sides])
    return names


def _together(chains: list[list[Name]]) -> list[Name]:
    """Weave the chains of one place by name; each keeps its own order."""
    out: list[Name] = []
    waiting = [chain for chain in chains if chain]
    while waiting:
        first = min(waiting, key=_weight)
        out.append(first.pop(0))
        waiting = [chain for chain in waiting if chain]
    return out


def _weight(chain: Sequence[Name]) -> tuple[object, ...]:
    """Weigh a chain by its first entry: a note goes with the entry below it."""
    entry = next((name for name in chain if name[0] != "note"), chain[0])
    return (*natural(entry[1]), chain[0][0] != "note", chain[0])
