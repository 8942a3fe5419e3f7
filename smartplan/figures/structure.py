"""The plan as a whole: which texts of it are nearly the same."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Pair = tuple[str, str]
"""Two words that follow each other."""

ALIKE = 0.85
"""From which share of common pairs of words on two texts are nearly the same (R21)."""
SHORTEST = 8
"""Texts of fewer words are alike by chance."""
SHARED = 3
"""How many of their rarest pairs two texts must share to be compared; the shortest that are nearly
the same share more."""
ROUNDING = 1e-9
"""What a share may be off by, so that no pair is left out."""


def copies(texts: Sequence[str | None], alike: float = ALIKE) -> Iterator[tuple[int, int]]:
    """Find texts that are nearly an earlier one: the number of the later, and of an earlier.

    Two texts are nearly the same if they share most pairs of neighbouring words: twice what they
    share, by what both have. Each text is named once. Only texts that share several of their
    rarest pairs are compared: texts as alike as asked for must share so many of the first few,
    whatever the order, so that the index loses nothing, and rare pairs are shared by few.

    Args:
        texts: the texts; those that are missing or short are alike to none.
        alike: the share from which on texts are nearly the same, from 0 to 1.
    """
    bags = [_pairs(text or "") for text in texts]
    counts = Counter(pair for bag in bags for pair in bag)
    index: dict[Pair, list[int]] = {}
    for number, bag in enumerate(bags):
        rarest = _rarest(bag, counts, alike)
        lists = [index[pair] for pair in rarest if pair in index]
        first = next((one for one in _likely(lists) if _share(bag, bags[one]) >= alike), None)
        if first is not None:
            yield number, first
        for pair in rarest:
            index.setdefault(pair, []).append(number)


def _likely(lists: Sequence[Sequence[int]]) -> Iterator[int]:
    """Give the texts that stand in several lists, each once; first those that begin a list.

    Of many texts made from one another each is found among the first, without counting the rest.
    """
    begin = dict.fromkeys(one[0] for one in lists)
    yield from begin
    met = Counter(number for one in lists for number in one)
    yield from (number for number, times in met.items() if times >= SHARED and number not in begin)


def _pairs(text: str) -> frozenset[Pair]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(pairwise(words)) if len(words) >= SHORTEST else frozenset()


def _rarest(bag: Iterable[Pair], counts: Counter[Pair], alike: float) -> list[Pair]:
    """Give as many of the rarest pairs that a text nearly the same must have several of them."""
    ordered = sorted(bag, key=lambda pair: (counts[pair], pair))
    must_share = alike / (2 - alike) * len(ordered)  # with any text, however much shorter it is
    return ordered[: int(len(ordered) - must_share + ROUNDING) + SHARED]


def _share(one: frozenset[Pair], other: frozenset[Pair]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)
