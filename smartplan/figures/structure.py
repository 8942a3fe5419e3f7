"""The plan as a whole: which texts of it are nearly the same."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Pair: TypeAlias = int
"""Two words that follow each other, as one number; numbers are in the order of the words."""
Rank: TypeAlias = int
"""How often a pair occurs, and the pair, as one number: the rarer, the lower."""

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
    bags = _pairs(texts)
    ranks = _ranks(bags)
    index: dict[Rank, list[int]] = {}
    for number, bag in enumerate(bags):
        pairs = frozenset(bag)
        rarest = _rarest(pairs, ranks, alike)
        lists = [index[rank] for rank in rarest if rank in index]
        likely = _likely(lists, min(SHARED, len(pairs)))
        first = next((one for one in likely if _share(pairs, bags[one]) >= alike), None)
        if first is not None:
            yield number, first
        for rank in rarest:
            index.setdefault(rank, []).append(number)


def _likely(lists: Sequence[Sequence[int]], times: int) -> Iterator[int]:
    """Give the texts that stand in so many lists, each once; first those that begin so many.

    Of many texts made from one another each is found among the first, without counting the rest.
    """
    begin = _met([one[0] for one in lists], times)
    yield from begin
    yield from (one for one in _met(chain.from_iterable(lists), times) if one not in begin)


def _met(numbers: Iterable[int], times: int) -> list[int]:
    """Give the numbers that occur so many times; mostly there are none."""
    met = Counter(numbers)
    if max(met.values(), default=0) < times:
        return []
    return [number for number, often in met.items() if often >= times]


def _pairs(texts: Iterable[str | None]) -> list[array[Pair]]:
    """Give the pairs of neighbouring words of each text; none of one that is missing or short."""
    read = re.compile(r"\w+").findall
    numbers: dict[str, int] = defaultdict(count().__next__)
    numbered: list[Sequence[int]] = []
    for text in texts:
        words = read((text or "").casefold())
        spoken = words if len(words) >= SHORTEST else ()
        numbered.append(array("i", map(numbers.__getitem__, spoken)))
    many = len(numbers)
    places = [0] * many
    for place, word in enumerate(sorted(numbers)):
        places[numbers[word]] = place
    inside = ([places[number] for number in text] for text in numbered)
    return [array("q", {one * many + two for one, two in pairwise(text)}) for text in inside]


def _ranks(bags: Iterable[Iterable[Pair]]) -> dict[Pair, Rank]:
    """Rank the pairs that more than one text has."""
    counts = Counter(chain.from_iterable(bags))
    many = max(counts, default=0) + 1
    return {pair: times * many + pair for pair, times in counts.items() if times > 1}


def _rarest(bag: frozenset[Pair], ranks: Mapping[Pair, Rank], alike: float) -> list[Rank]:
    """Rank the rarest pairs, as many as make a text nearly the same have several of them.

    Those that no other text has are the rarest; they count among so many, and are left out.
    """
    must_share = alike / (2 - alike) * len(bag)  # with any text, however much shorter it is
    taken = int(len(bag) - must_share + ROUNDING) + SHARED
    shared = sorted(filter(None, map(ranks.get, bag)))
    return shared[: max(taken - (len(bag) - len(shared)), 0)]


def _share(one: frozenset[Pair], other: Collection[Pair]) -> float:
    return 2 * len(one.intersection(other)) / (len(one) + len(other) or 1)
