"""What only the sum of two clean edits breaks, as far as one file can tell.

A rule looks at the merged tree and at both sides: what a side broke alone is not the merge's
business. The rules of the plan are not these; they judge the whole plan after a merge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from smartplan.compare.merge_match import FORMERLY, Three, title
from smartplan.compare.merge_verdict import Conflict, Warned
from smartplan.text.tree import Choice, Entry, Group, meaning, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from smartplan.text.tree import Flag, Meaning, Part, Tree

_LIKE_AN_ID = re.compile(r"[A-Za-z][A-Za-z_-]*\d[\w-]*")
_NO_REFERENCE = ("id", FORMERLY)
_DEPENDS = "depends_on"
_CEILING = "ceiling"
_BUDGET = re.compile(r"\]\.budget(?:\.([^.]+))?(?:\.|$)")
_APPROVAL = re.compile(r"approv|disetujui|persetujuan")
_STATES = ("status", "state", "stage")
_APPROVED = ("approved", "adopted", "disetujui", "ditetapkan")


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry, where it stands, and the item it belongs to (itself, if it is one)."""

    path: str
    name: str
    item: str
    entry: Entry

    @property
    def text(self) -> str | None:
        """Its value, if it is one text or number."""
        return text_of(self.entry.value)

    @property
    def fields(self) -> dict[str, Meaning]:
        """What its fields say."""
        value = self.entry.value
        entries = value.entries if isinstance(value, Group) else ()
        return {one.name: meaning(one.value) for one in entries}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken, and the entry at which to say so."""

    spot: Spot
    rule: str
    ours: str
    theirs: str
    at: Entry

    @property
    def conflict(self) -> Conflict:
        """Give it as a conflict."""
        return Conflict(self.spot.path, f"rule:{self.rule}", ours=self.ours, theirs=self.theirs)


class Survey:
    """What stands in one tree, by path; with ours at every choice.

    Attributes:
        spots: every entry by its path.
        ids: the paths of what an id names: items, and keys that look like ids.
        former: ids that items declare as their former ones.
    """

    def __init__(self, tree: Tree) -> None:
        """Walk the tree once."""
        self.spots = {spot.path: spot for spot in _walk(tree.root, "", "", "")}
        self.ids: dict[str, list[str]] = {}
        self.former: set[str] = set()
        for path, spot in self.spots.items():
            if spot.item == path:
                self.ids.setdefault(spot.entry.inner("id") or "", []).append(path)
            elif _LIKE_AN_ID.fullmatch(spot.entry.name):
                self.ids.setdefault(spot.entry.name, []).append(path)
            if spot.name == FORMERLY and spot.text:
                self.former.add(spot.text)

    def edges(self) -> dict[tuple[str, str], Spot]:
        """Give what depends on what."""
        return {
            (self.spots[spot.item].entry.inner("id") or "", spot.text): spot
            for spot in self.spots.values()
            if spot.name == _DEPENDS and spot.item and spot.text
        }


Sides = Three[Survey]


def _walk(group: Group, path: str, item: str, under: str) -> Iterator[Spot]:
    for part in group.parts:
        entry = part.ours if isinstance(part, Choice) else part
        if not isinstance(entry, Entry):
            continue
        own = entry.inner("id")
        here = f"{path}[{own or text_of(entry.value)}]"
        if group.kind == "map":
            here = f"{path}.{entry.name}" if path else entry.name
        mine = here if own is not None else item
        yield Spot(here, entry.name or under, mine, entry)
        if isinstance(entry.value, Group):
            yield from _walk(entry.value, here, mine, entry.name or under)


def broken_by_both(trees: Three[Tree], merged: Tree) -> tuple[list[Broken], list[Warned]]:
    """Find what neither side broke alone, and references to ids that have become former ones."""
    sides, result = Three(*(Survey(tree) for tree in trees)), Survey(merged)
    found = [one for rule in RULES for one in rule(sides, result)]
    warnings = [
        Warned(spot.path, "former-id", "the item has a new id")
        for spot in _new_dangling(sides, result)
        if spot.text in result.former
    ]
    return found, warnings


def flagged(group: Group, flags: Mapping[int, tuple[Flag, ...]]) -> Group:
    """Set flags above entries, found by `id()`."""
    parts: list[Part] = []
    for part in group.parts:
        fresh = part
        if isinstance(fresh, Entry):
            if isinstance(fresh.value, Group):
                fresh = replace(fresh, value=flagged(fresh.value, flags))
            fresh = replace(fresh, head=(*fresh.head, *flags.get(id(part), ())))
        parts.append(fresh)
    return replace(group, parts=tuple(parts))


def _new_dangling(sides: Sides, result: Survey) -> Iterator[Spot]:
    """Give references to what the other side removed."""
    gone = sides.base.ids.keys() - result.ids.keys()
    for path, spot in result.spots.items() if gone else ():
        if spot.text in gone and spot.name not in _NO_REFERENCE:
            removers = [side for side in sides[1:] if spot.text not in side.ids]
            before = (side.spots.get(path) for side in removers)
            if not any(one and one.text == spot.text for one in before):
                yield spot


def _dangling(sides: Sides, result: Survey) -> Iterator[Broken]:
    for spot in _new_dangling(sides, result):
        if spot.text not in result.former:
            said = f"{spot.text} deleted", f"{spot.text} referenced"
            mine, other = said if spot.text not in sides.ours.ids else reversed(said)
            yield Broken(spot, "dangling-reference", mine, other, spot.entry)


def _cycles(sides: Sides, result: Survey) -> Iterator[Broken]:
    """Dependencies of both sides that close a ring; one is named for all."""
    edges, was, ours, theirs = (one.edges() for one in (result, *sides))
    for edge in sorted(edges.keys() - was.keys()):
        if not _closes(edge, edges) or _closes(edge, ours) or _closes(edge, theirs):
            continue
        said = f"{edge[0]} depends on {edge[1]}", f"{edge[1]} depends on {edge[0]}"
        mine, other = said if edge in ours else reversed(said)
        yield Broken(edges[edge], "dependency-cycle", mine, other, edges[edge].entry)
        return


def _closes(edge: tuple[str, str], edges: Mapping[tuple[str, str], Spot]) -> bool:
    """Tell whether a dependency is one of these, and these lead back to where it begins."""
    seen, waiting = {""}, [edge[1]] if edge in edges else []
    while waiting:
        here = waiting.pop()
        if here == edge[0]:
            return True
        if here not in seen:
            seen.add(here)
            waiting += [its for mine, its in edges if mine == here]
    return False


def _twice(sides: Sides, result: Survey) -> Iterator[Broken]:
    """One new id that both sides gave, in two lists."""
    for name, paths in result.ids.items():
        items = [path for path in sorted(paths) if result.spots[path].item == path]
        if len(items) > 1 and name not in sides.base.ids:
            mine, other = (
                next((one for one in items if one in side.spots), "") for side in sides[1:]
            )
            if mine and other and mine != other:
                spot = result.spots[items[-1]]
                yield Broken(spot, "duplicate-id", mine, other, spot.entry)


def _backwards(sides: Sides, result: Survey) -> Iterator[Broken]:
    """A start that one side moved behind the end that the other moved."""
    for path, spot in result.spots.items():
        if _is_backwards(spot):
            ours, theirs = (side.spots.get(path) for side in sides[1:])
            if ours and theirs and not _is_backwards(ours) and not _is_backwards(theirs):
                value = spot.entry.value
                at = value.get("end") if isinstance(value, Group) else None
                mine, other = (
                    f"{x.entry.inner('start')}–{x.entry.inner('end')}" for x in (ours, theirs)
                )
                yield Broken(spot, "start-after-end", mine, other, at or spot.entry)


def _is_backwards(spot: Spot) -> bool:
    start, end = spot.entry.inner("start"), spot.entry.inner("end")
    return start is not None and end is not None and len(start) == len(end) and start > end


def _over_ceiling(sides: Sides, result: Survey) -> Iterator[Broken]:
    """A ceiling that each side kept, and both together break."""
    for path, spot in result.spots.items():
        year = "" if _CEILING in spot.entry.name else spot.entry.name
        ceilings = [side.spots.get(path) for side in (result, *sides[1:])]
        if _CEILING not in path or None in ceilings:
            continue
        spent = [_spent(side, year) for side in (result, *sides[1:])]
        limits = [_number(one) for one in ceilings if one]
        over = [
            limit is not None and sum_ > limit for sum_, limit in zip(spent, limits, strict=True)
        ]
        if over == [True, False, False]:
            mine, other = (f"{one} in all" for one in spent[1:])
            yield Broken(spot, "budget-ceiling", mine, other, spot.entry)


def _spent(side: Survey, year: str) -> Decimal:
    """Sum the budgets of all items, of one year or of all."""
    amounts = (
        _number(spot)
        for path, spot in side.spots.items()
        if (found := _BUDGET.search(path)) and (not year or found[1] == year)
    )
    return sum((one for one in amounts if one), Decimal(0))


def _number(spot: Spot) -> Decimal | None:
    said = meaning(spot.entry.value)
    if not isinstance(said, tuple) or said[0] != "number":
        return None
    try:
        return Decimal(str(said[1]))
    except InvalidOperation:  # 0x1F
        return None


def _stale_approvals(sides: Sides, result: Survey) -> Iterator[Broken]:
    """An approval by one side of an item that the other changed."""
    for path, spot in result.spots.items():
        before, ours, theirs = (side.spots.get(path) for side in sides)
        if spot.item != path or not before or not ours or not theirs:
            continue
        mine, other = (_changed(before.fields, one.fields) for one in (ours, theirs))
        if _approves(mine) == _approves(other):
            continue
        told = [
            f"approved “{title(spot.entry) or path}”"
            if _approves(keys)
            else f"changed {', '.join(sorted(keys))}"
            for keys in (mine, other)
        ]
        approval, unseen = (mine, other) if _approves(mine) else (other, mine)
        if _content(unseen) - approval.keys():
            yield Broken(spot, "approval-stale", told[0], told[1], spot.entry)


def _changed(base: Mapping[str, Meaning], side: Mapping[str, Meaning]) -> dict[str, Meaning]:
    return {key: side.get(key) for key in {**base, **side} if base.get(key) != side.get(key)}


def _approves(changed: Mapping[str, Meaning]) -> bool:
    return any(
        said in _APPROVED if key in _STATES else _APPROVAL.search(key) and said
        for key, said in changed.items()
    )


def _content(changed: Mapping[str, Meaning]) -> set[str]:
    """Give the fields that an approval is about."""
    return {key for key in changed if key not in _STATES and not _APPROVAL.search(key)}


RULES: tuple[Callable[[Sides, Survey], Iterator[Broken]], ...] = (
    _dangling,
    _cycles,
    _twice,
    _backwards,
    _over_ceiling,
    _stale_approvals,
)
