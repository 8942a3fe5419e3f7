"""A digest of every item and of the whole plan: the same for any layout, another for any value.

SHA-256 over RFC 8785 JSON of the item's values with its name, its holder and its effective
provenance (review.md 7.6). Comments, order of keyed lists and files do not count.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.change import canonical, plain
from smartplan.compare.facts import joined
from smartplan.compare.ground import frozen_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smartplan.compare.facts import Facts, Item

ASIDE = ("approvals", "baselines", "review", "checks", "format")
"""Collections that speak about the plan and are no part of what a city adopts."""


def digests(facts: Facts) -> dict[str, str]:
    """Give the digest of every item that a city adopts, by path, in order of the paths."""
    found = {
        str(name): digest(item, facts)
        for name, item in facts.items.items()
        if name.collection not in ASIDE
    }
    return dict(sorted(found.items()))


def digest(item: Item, facts: Facts) -> str:
    """Give the digest of one item."""
    values = {joined(steps): plain(leaf.value) for steps, leaf in item.leaves.items()}
    source = {joined(steps): plain(value) for steps, value in facts.effective_provenance(item)}
    told = [str(item.name), str(item.holder or ""), values, source]
    return hashlib.sha256(canonical(told)).hexdigest()


def whole(items: Mapping[str, str]) -> str:
    """Give the digest over the digests of all items."""
    return hashlib.sha256(canonical(dict(items))).hexdigest()


@dataclass(frozen=True, slots=True)
class Distance:
    """How a plan differs from a baseline, by paths of items.

    Attributes:
        altered: items whose values differ.
        missing: items of the baseline that are gone.
        new: items that the baseline does not hold.
        broken: whether the baseline's own digest does not fit its items: it was tampered with.
    """

    altered: tuple[str, ...]
    missing: tuple[str, ...]
    new: tuple[str, ...]
    broken: bool = False

    @property
    def none(self) -> bool:
        """Whether the plan is what the baseline holds."""
        return not (self.altered or self.missing or self.new or self.broken)


def distance(facts: Facts, baseline: Item) -> Distance:
    """Measure how far a plan is from a baseline; a baseline of a part is asked only for that."""
    recorded, now = frozen_items(baseline), digests(facts)
    return Distance(
        altered=_paths(path for path in recorded if path in now and now[path] != recorded[path]),
        missing=_paths(path for path in recorded if path not in now),
        new=_paths(path for path in now if path not in recorded),
        broken=whole(dict(sorted(recorded.items()))) != baseline.get("digest"),
    )


def _paths(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
