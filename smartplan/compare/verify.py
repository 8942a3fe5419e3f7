"""Whether a merge is what its sides mean together: value by value, over the whole plan.

Knows no text and no file: a merge that a host's button made, by one file or by many, is judged by
the facts alone. Where both sides changed a value differently, people decided, and any result is
right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.facts import Name, joined
from smartplan.compare.match import match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smartplan.compare.facts import Facts, Item, Plain, Steps

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where a merge is not what its sides mean together.

    Attributes:
        path: the item or the value.
        kind: `lost` (a side's change is not there), `invented` (neither side has this value),
            `revived` (an item that a side deleted), `dropped` (an item that both kept).
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
    renames = {**_renames(base, ours), **_renames(base, theirs)}
    sides = [_by_new_name(one, renames) for one in (base, ours, theirs, merged)]
    for name in sorted({name for side in sides for name in side}):
        yield from _item(name, [side.get(name) for side in sides], renames)


def _renames(base: Facts, side: Facts) -> dict[Name, Name]:
    """Give the new name of every item that a side renamed."""
    found = match(base, side)
    return {old.name: new.name for old, new in found.pairs if new.name in found.renamed}


def _by_new_name(facts: Facts, renames: Mapping[Name, Name]) -> dict[Name, Item]:
    return {renames.get(name, name): item for name, item in facts.items.items()}


def _item(
    name: Name, four: Sequence[Item | None], renames: Mapping[Name, Name]
) -> Iterator[Deviation]:
    """Judge one item: whether it may be there, then its values."""
    base, ours, theirs, merged = four
    deleted = base is not None and (ours is None or theirs is None)
    if deleted:
        kept = ours or theirs
        untouched = kept is None or (
            base is not None and _values(kept, renames) == _values(base, renames)
        )
        if untouched and merged is not None:
            yield Deviation(str(name), "revived", *_titles(ours, theirs, merged))
        if untouched or merged is None:
            return  # deleted against changed: people decided
    elif merged is None:
        yield Deviation(str(name), "dropped", *_titles(ours, theirs, merged))
        return
    values = [_values(one, renames) for one in four]
    for steps in sorted({steps for one in values for steps in one}):
        was, here, there, found = (one.get(steps, _ABSENT) for one in values)
        if deleted or (base is None and ours and theirs and here != there):
            expected = {here, there}
        elif here == there:
            expected = {here}
        else:
            expected = {there} if here == was else {here} if there == was else {here, there, found}
        if found not in expected:
            kind = "invented" if found not in (was, here, there) else "lost"
            told = (None if one is _ABSENT else one for one in (here, there, found))
            yield Deviation(f"{name}{joined(steps)}", kind, *told)  # type: ignore[arg-type]  # plain


def _values(item: Item | None, renames: Mapping[Name, Name]) -> dict[Steps, object]:
    """Give the values of an item, and the item that it stands in."""
    if item is None:
        return {}
    values: dict[Steps, object] = {steps: leaf.value for steps, leaf in item.leaves.items()}
    if item.holder is None:
        return values
    return {**values, ("in",): str(renames.get(item.holder, item.holder))}


def _titles(*items: Item | None) -> tuple[Plain, ...]:
    return tuple(item.title if item else None for item in items)
