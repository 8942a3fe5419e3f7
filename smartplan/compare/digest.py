"""A digest of every item and of the whole plan: the same for any layout, another for any value.

SHA-256 over RFC 8785 JSON of the item's values with its name, its holder and its effective
provenance (review.md 7.6). Comments, order of keyed lists and files do not count.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from smartplan.compare.change import canonical, plain
from smartplan.compare.facts import Name, joined
from smartplan.compare.ground import ASIDE, frozen_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smartplan.compare.facts import Facts, Item, Leaf, Steps


Former: TypeAlias = "Mapping[str, str]"
"""Ids that items had before, by the ids they have now."""


def digests(facts: Facts, former: Former | None = None) -> dict[str, str]:
    """Give the digest of every item that a city adopts, by path, in order of the paths.

    Args:
        facts: the plan.
        former: renamed items that are looked at under the names that they had.
    """
    found = {
        str(_before(name, former or {})): digest(item, facts, former)
        for name, item in facts.items.items()
        if name.collection not in ASIDE
    }
    return dict(sorted(found.items()))


def digest(item: Item, facts: Facts, former: Former | None = None) -> str:
    """Give the digest of one item."""
    was = former or {}
    name, holder = (_before(one, was) if one else "" for one in (item.name, item.holder))
    source = {joined(steps): plain(value) for steps, value in facts.effective_provenance(item)}
    leaves = _with_former(item.leaves, was) if was else item.leaves
    told = [str(name), str(holder), _told(leaves), source]
    return hashlib.sha256(canonical(told)).hexdigest()


def of_values(leaves: Mapping[Steps, Leaf]) -> str:
    """Give the digest of some values of an item."""
    return hashlib.sha256(canonical(_told(leaves))).hexdigest()


def _told(leaves: Mapping[Steps, Leaf]) -> dict[str, Any]:
    return {joined(steps): plain(leaf.value) for steps, leaf in leaves.items()}


def _before(name: Name, former: Former) -> Name:
    """Give the name that an item had; of a reading, the name with the indicator's former id."""
    return Name(name.collection, "@".join(former.get(part, part) for part in name.key.split("@")))


def _with_former(leaves: Mapping[Steps, Leaf], former: Former) -> dict[Steps, Leaf]:
    found: dict[Steps, Leaf] = {}
    for steps, leaf in leaves.items():
        old = former.get(leaf.value) if isinstance(leaf.value, str) else None
        if old is None or (leaf.shape is not None and not leaf.shape.refers):
            found[steps] = leaf
            continue
        inner = (*steps[:-1], f"[{old}]") if steps[-1] == f"[{leaf.value}]" else steps
        found[inner] = leaf._replace(value=old)
    return found


def whole(items: Mapping[str, str]) -> str:
    """Give the digest over the digests of all items."""
    return hashlib.sha256(canonical(dict(items))).hexdigest()


class Distance(NamedTuple):
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


def distance(facts: Facts, baseline: Item, adopted: Facts) -> Distance:
    """Measure how far a plan is from a baseline, renamed items under the names that they had.

    Args:
        facts: the plan.
        baseline: what was recorded.
        adopted: the plan as it was when the baseline was made: what it held then and the baseline
            does not hold was left out of it, and is not new.
    """
    recorded = frozen_items(baseline)
    now, then = digests(facts, _renamed_since(facts, recorded)), digests(adopted)
    return Distance(
        altered=_paths(path for path in recorded if path in now and now[path] != recorded[path]),
        missing=_paths(path for path in recorded if path not in now),
        new=_paths(path for path in now if path not in recorded and path not in then),
        broken=whole(dict(sorted(recorded.items()))) != baseline.get("digest"),
    )


def _renamed_since(facts: Facts, recorded: Mapping[str, str]) -> dict[str, str]:
    """Give the former ids under which a baseline holds items that were renamed since."""
    found: dict[str, str] = {}
    for name, item in facts.items.items():
        for former in item.formerly:
            before = Name(name.collection, former)
            if str(before) in recorded and before not in facts.items:
                found[name.key] = former
    return found


def _paths(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
