"""Whether a merge is what its sides mean together: value by value, over the whole plan.

Knows no text and no file: a merge that a host's button made, by one file or by many, is judged by
the facts alone. Where both sides changed a value differently, people decided, and any result is
right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from smartplan.compare.facts import Name, joined, with_new_name
from smartplan.compare.impact import impact
from smartplan.compare.match import match
from smartplan.plan.grammar import Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smartplan.compare.facts import Facts, Item, Plain, Steps

_ABSENT = object()
_IN = ("in",)
"""The steps of what an item stands in, beside its values."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where a merge is not what its sides mean together.

    Attributes:
        path: the item or the value.
        kind: `lost` (a side's change is not there), `invented` (neither side has this value),
            `revived` (an item that a side deleted), `dropped` (an item that both kept), `over` (a
            ceiling that each side kept and their sum breaks).
        ours: the value of the first parent; none if it has none.
        theirs: the value of the second parent.
        found: the value in the merge.
    """

    path: str
    kind: str
    ours: Plain
    theirs: Plain
    found: Plain


def deviations(base: Facts, ours: Facts, theirs: Facts, merged: Facts) -> Iterator[Deviation]:
    """Give every place where a merge deviates, in the order of the names."""
    here, there = _renames(base, ours), _renames(base, theirs)
    twice = {old for old in here.keys() & there.keys() if here[old] != there[old]}
    renames = {old: new for old, new in {**here, **there}.items() if old not in twice}
    decided = {side[old] for old in twice for side in (here, there)}
    sides = [_values_of(facts, renames) for facts in (base, ours, theirs, merged)]
    contested = _contested(*sides[:3])
    clashing = [side[name] for side in sides[1:3] for name in _both_new(*sides[:3]) if name in side]
    for name in sorted({name for side in sides for name in side} - decided):
        four = [side.get(name) for side in sides]
        if not any(four[:3]) and four[3] is not None:
            # Of two new items with one id, one was given another: people decided.
            if four[3].values not in [one.values for one in clashing]:
                yield Deviation(str(name), "invented", None, None, four[3].item.title)
        else:
            yield from _item(name, four, contested=name in contested)


def beyond_ceilings(ours: Facts, theirs: Facts, merged: Facts) -> Iterator[Deviation]:
    """Give the ceilings of the plan that each side kept and their sum breaks, with the sums."""
    excess = [_over(one) for one in (ours, theirs, merged)]
    for year, (limit, total) in sorted(excess[2].items()):
        if total > limit and not any(
            year in side and side[year][1] > side[year][0] for side in excess[:2]
        ):
            sums = (Money(side[year][1]) if year in side else None for side in excess)
            yield Deviation(f"plan.ceilings.{year}", "over", *sums)


def _over(facts: Facts) -> dict[str, tuple[int, int]]:
    """Give for every year with a ceiling the ceiling and what the plan costs."""
    costs = {line.key: line.new.rupiah for line in impact(facts, facts) if line.axis == "year"}
    header = facts.items.get(Name("plan"))
    return {
        steps[1]: (leaf.value.rupiah, costs.get(steps[1], 0))
        for steps, leaf in (header.leaves.items() if header else ())
        if steps[0] == "ceilings" and isinstance(leaf.value, Money)
    }


@dataclass(frozen=True, slots=True)
class _Side:
    """An item of one side, and its values as if all had been renamed already."""

    item: Item
    values: Mapping[Steps, object]


_All: TypeAlias = "Mapping[Name, _Side]"


def _values_of(facts: Facts, renames: Mapping[Name, Name]) -> dict[Name, _Side]:
    keys = {old.key: new.key for old, new in renames.items()}
    return {
        renames.get(name, name): _Side(item, _values(facts, item, renames, keys))
        for name, item in facts.items.items()
    }


def _both_new(base: _All, ours: _All, theirs: _All) -> set[Name]:
    return (ours.keys() & theirs.keys()) - base.keys()


def _contested(base: _All, ours: _All, theirs: _All) -> set[Name]:
    """Give what one side deleted and the other changed, with all that stands in it."""
    found: set[Name] = set()
    for kept, other in ((ours, theirs), (theirs, ours)):
        touched = {
            name
            for name, one in kept.items()
            if name not in other and (name not in base or base[name].values != one.values)
        }
        held = {kept[name].values.get(_IN) for name in touched}
        deleted = {name for name in base if name in kept and name not in other}
        whole = {name for name in deleted if name in touched or str(name) in held}
        names = {str(name) for name in whole}
        found |= whole | {name for name, one in kept.items() if one.values.get(_IN) in names}
        found |= touched & deleted
    return found


def _renames(base: Facts, side: Facts) -> dict[Name, Name]:
    """Give the new name of every item that a side renamed."""
    found = match(base, side)
    return {old.name: new.name for old, new in found.pairs if new.name in found.renamed}


def _item(name: Name, four: Sequence[_Side | None], *, contested: bool) -> Iterator[Deviation]:
    """Judge one item: whether it may be there, then its values."""
    base, ours, theirs, merged = four
    deleted = base is not None and (ours is None or theirs is None)
    if deleted:
        if merged is not None and not contested:
            yield Deviation(str(name), "revived", *_titles(ours, theirs, merged))
        if merged is None or not contested:
            return  # deleted against changed: people decided
    elif merged is None:
        if not contested:
            yield Deviation(str(name), "dropped", *_titles(ours, theirs, merged))
        return
    values = [one.values if one else {} for one in four]
    for steps in sorted({steps for one in values for steps in one}):
        was, here, there, found = (one.get(steps, _ABSENT) for one in values)
        if deleted:
            expected = {here, there}
        elif here == there:
            expected = {here}
        else:
            expected = {there} if here == was else {here} if there == was else {here, there, found}
        if found not in expected:
            kind = "invented" if found not in (was, here, there) else "lost"
            told = (None if one is _ABSENT else one for one in (here, there, found))
            yield Deviation(f"{name}{joined(steps)}", kind, *told)  # type: ignore[arg-type]  # plain


def _values(
    facts: Facts, item: Item, renames: Mapping[Name, Name], keys: Mapping[str, str]
) -> dict[Steps, object]:
    """Give the values of an item, where it comes from, and the item that it stands in."""
    values: dict[Steps, object] = {}
    for steps, leaf in item.leaves.items():
        refers = leaf.shape is None or leaf.shape.refers
        inner, value = with_new_name(steps, leaf.value, keys if refers else {})
        values[inner] = value
    for steps, value in facts.effective_provenance(item):
        values["provenance", *steps] = value
    if item.holder is not None:
        values[_IN] = str(renames.get(item.holder, item.holder))
    return values


def _titles(*sides: _Side | None) -> tuple[Plain, ...]:
    return tuple(one.item.title if one else None for one in sides)
