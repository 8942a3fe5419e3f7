"""What moved in a list: the fewest items, not all that slid along."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    Each = TypeVar("Each", bound=Hashable)


def fewest_moves(old: Sequence[Each], new: Sequence[Each]) -> list[Each]:
    """Give the fewest items that must have moved: those outside the longest common order.

    Args:
        old: the items before, each once.
        new: the same items after.
    """
    if list(old) == list(new):
        return []
    position = {name: number for number, name in enumerate(old)}
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = [-1] * len(new)
    for index, name in enumerate(new):
        number = position[name]
        at = bisect_left(tails, number)
        back[index] = ends[at - 1] if at else -1
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at], ends[at] = number, index
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = back[at]
    return [name for index, name in enumerate(new) if index not in kept]
