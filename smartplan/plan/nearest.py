"""The name that was probably meant: exact for short lists, by an index for long ones.

To compare a word with a name costs more than anything else that happens to a reference; many
words that name nothing, in a plan of thousands of ids, must not be compared with all of them.
"""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW = 200
"""Up to so many names a word is compared with all of them."""
ONE_OFF = 64
"""Of many names at most so many are compared that are one slip away from the word."""
CLOSEST = 16
"""And so many of those that share most pairs of letters with it."""
LOOKED_UP = 2_000
"""So many entries of an index are looked at, those of the rarest pairs of letters first."""
CUTOFF = 0.6
"""Names that are less alike are not meant."""


LONGEST = 200
"""A longer word is no misspelt name, and to take each of its letters away would take forever."""


class Names:
    """Names of one kind that words are compared with, again and again."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names; of two that differ only in capitals the later one is given.

        Args:
            names: names in any number; an index is made of more than a few.
        """
        self.by_fold = {one.casefold(): one for one in names if len(one) <= LONGEST}
        self.known: dict[str, str] = {}
        self.pairs: dict[str, list[str]] = {}
        self.shortened: dict[str, list[str]] = {}
        for folded in self.by_fold if len(self.by_fold) > FEW else ():
            for pair in _pairs(folded):
                self.pairs.setdefault(pair, []).append(folded)
            for short in _shortened(folded):
                self.shortened.setdefault(short, []).append(folded)

    def nearest(self, word: str) -> str:
        """Give the name that was probably meant, or nothing."""
        folded = word.casefold()
        if folded not in self.known:
            self.known[folded] = self._nearest(folded) if len(word) <= LONGEST else ""
        return self.known[folded]

    def _nearest(self, folded: str) -> str:
        close = get_close_matches(folded, self.candidates(folded), n=1, cutoff=CUTOFF)
        return self.by_fold[close[0]] if close else ""

    def candidates(self, folded: str) -> list[str]:
        """Give the names, in lower case, that are worth comparing with a word in lower case."""
        if not self.pairs:
            return list(self.by_fold)
        slips = (self.shortened.get(short, ()) for short in _shortened(folded))
        one_off = sorted({name for names in slips for name in names})
        return list(dict.fromkeys([*one_off[:ONE_OFF], *self._closest(folded)]))

    def _closest(self, folded: str) -> list[str]:
        """Give the names that share most pairs of letters with a word."""
        shared: Counter[str] = Counter()
        left = LOOKED_UP
        lists = [self.pairs[pair] for pair in _pairs(folded) if pair in self.pairs]
        for names in sorted(lists, key=len):
            shared.update(names[:left])
            left -= len(names)
            if left <= 0:
                break
        length = len(folded)
        return nsmallest(
            CLOSEST, shared, key=lambda name: (-shared[name], abs(len(name) - length), name)
        )


def nearest(word: str, names: Iterable[str]) -> str:
    """Give the name that was probably meant, or nothing."""
    return Names(names).nearest(word)


def _pairs(folded: str) -> list[str]:
    """Give the pairs of letters of a word, its beginning and its end, each once, in order."""
    marked = f"\N{START OF HEADING}{folded}\N{END OF TEXT}"
    return list(dict.fromkeys(a + b for a, b in pairwise(marked)))


def _shortened(folded: str) -> set[str]:
    """Give a word, and the word without each of its letters.

    Two words that share one of these are a letter apart: missing, too many, another, or misplaced.
    """
    return {folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))}


SHORT = 4
"""A word of fewer letters is too near to too many others to mean one of them for sure."""


def clearly(word: str, names: Iterable[str]) -> str:
    """Give the name that a word can only mean, or nothing.

    It is the same but for capitals, blanks, hyphens and underscores, or the only one that a
    single slip of the hand parts from it.
    """
    listed = [one for one in names if len(one) <= LONGEST]
    same = [one for one in listed if _bare(one) == _bare(word)]
    if same or not SHORT <= len(word) <= LONGEST:
        return same[0] if len(same) == 1 else ""
    slips = _shortened(word.casefold())
    close = [one for one in listed if slips & _shortened(one.casefold())]
    return close[0] if len(close) == 1 else ""


def _bare(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")
