"""Which item of one plan is which item of another: declared, then certain, never guessed.

By id; then by `formerly`; then by one body that is equal and unique on both sides. A look-alike is
only a hint to the reviewer (review.md, finding 8).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from smartplan.compare.facts import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.compare.facts import Facts, Item, Plain, Steps

ALIKE = 0.6
"""From here on two items look alike enough for a hint."""
ANOTHER = 0.25
"""Below, an id names something else than before."""
BODY = 3
"""A body of fewer values is no proof of identity."""
MOST = 20_000
"""The most pairs that are looked at for look-alikes, so that a rewrite of a plan stays fast."""


@dataclass(slots=True)
class Matched:
    """The items of two plans, side by side.

    Attributes:
        pairs: an item before and after.
        removed: items that are gone.
        added: items that are new.
        renamed: pairs whose name changed, by the new name; whether it was declared.
        reused: names that were given to something else.
        hints: for an item that came or went, the name of a look-alike on the other side.
    """

    pairs: list[tuple[Item, Item]] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)
    renamed: dict[Name, bool] = field(default_factory=dict)
    reused: set[Name] = field(default_factory=set)
    hints: dict[Name, Name] = field(default_factory=dict)

    @property
    def new_names(self) -> dict[str, str]:
        """The new key of every renamed item by its old one."""
        return {old.name.key: new.name.key for old, new in self.pairs if new.name in self.renamed}


def match(old: Facts, new: Facts) -> Matched:
    """Pair the items of two plans."""
    found = Matched()
    gone = {name: item for name, item in old.items.items() if name not in new.items}
    came = {name: item for name, item in new.items.items() if name not in old.items}
    by_new: dict[Name, Item] = {}
    _declared(gone, came, found, by_new)
    _exact(gone, came, found, by_new)
    _following(gone, came, found, by_new)
    for name, item in new.items.items():
        before = by_new.get(name) or old.items.get(name)
        if before is None:
            found.added.append(item)
        else:
            found.pairs.append((before, item))
            if name not in by_new and _is_another(before, item):
                found.reused.add(name)
    found.removed.extend(gone.values())
    _hint(found)
    return found


def _declared(
    gone: dict[Name, Item], came: dict[Name, Item], found: Matched, by_new: dict[Name, Item]
) -> None:
    """Pair items that say what they were called."""
    folded = {(name.collection, name.key.casefold()): name for name in gone}
    for name, item in list(came.items()):
        for former in item.formerly:
            before = folded.get((name.collection, former.casefold()))
            if before in gone:
                by_new[name] = gone.pop(before)
                del came[name]
                found.renamed[name] = True
                break


def _exact(
    gone: dict[Name, Item], came: dict[Name, Item], found: Matched, by_new: dict[Name, Item]
) -> None:
    """Pair items whose whole body is the same and is found once on either side."""
    bodies = Counter(_body(item) for item in (*gone.values(), *came.values()))
    left = {_body(item): name for name, item in gone.items()}
    for name, item in list(came.items()):
        body = _body(item)
        before = left.get(body)
        if before and bodies[body] == 2 and len(item.leaves) >= BODY:  # noqa: PLR2004  # one on either side
            by_new[name] = gone.pop(before)
            del came[name]
            found.renamed[name] = False


def _following(
    gone: dict[Name, Item], came: dict[Name, Item], found: Matched, by_new: dict[Name, Item]
) -> None:
    """Pair items whose natural key names a renamed item: the readings of an indicator."""
    keys = {before.name.key: name.key for name, before in by_new.items() if name in found.renamed}
    for name in list(gone) if keys else ():
        parts = (keys.get(part, part) for part in name.key.split("@"))
        now = Name(name.collection, "@".join(parts))
        if now in came:
            by_new[now] = gone.pop(name)
            del came[now]


def _body(item: Item) -> tuple[str, frozenset[tuple[Steps, Plain]]]:
    values = frozenset((steps, leaf.value) for steps, leaf in item.leaves.items())
    return item.name.collection, values


def _is_another(old: Item, new: Item) -> bool:
    """Tell whether an id was given to something else: neither title nor values are kept."""
    if not new.name.key or len(old.leaves) < BODY or len(new.leaves) < BODY:
        return False
    if old.title in (new.title, old.name.key) or new.title == new.name.key:
        return False
    if _ratio(old.title, new.title) > 2 * ANOTHER:
        return False
    return likeness(old, new) < ANOTHER


def likeness(one: Item, other: Item) -> float:
    """Give how alike two items are, from 0 to 1: half by title, half by values."""
    here = {(steps, leaf.value) for steps, leaf in one.leaves.items()}
    there = {(steps, leaf.value) for steps, leaf in other.leaves.items()}
    shared = 2 * len(here & there) / (len(here) + len(there) or 1)
    return shared if one.title == one.name.key else (shared + _ratio(one.title, other.title)) / 2


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio()


def _hint(found: Matched) -> None:
    """Note look-alikes among what came and what went."""
    if len(found.removed) * len(found.added) > MOST:
        return
    for item in found.removed:
        near = _nearest(item, found.added)
        if near is not None:
            found.hints[item.name] = near.name
            found.hints.setdefault(near.name, item.name)


def _nearest(item: Item, others: Iterable[Item]) -> Item | None:
    same = [one for one in others if one.name.collection == item.name.collection]
    rated = [(likeness(item, one), one.name, one) for one in same]
    best = max(rated, key=lambda rate: rate[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None
