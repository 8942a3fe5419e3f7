"""Texts that are nearly the same are found without comparing all with all."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartplan.figures import structure
from smartplan.figures.structure import copies

WORDS = st.lists(
    st.sampled_from(["satu", "dua", "tiga", "empat", "lima", "enam"]), min_size=0, max_size=14
)


def alike(one: str, other: str) -> float:
    """Give the share of common pairs of neighbouring words, the plain way."""
    first, second = ({*itertools.pairwise(words)} for words in (one.split(), other.split()))
    return 2 * len(first & second) / (len(first) + len(second))


@given(st.lists(WORDS, max_size=12))
def test_the_index_loses_nothing(lists: list[list[str]]) -> None:
    """A text is named exactly if one before it is as alike as asked for."""
    texts = [" ".join(words) for words in lists]
    long = [number for number, words in enumerate(lists) if len(words) >= structure.SHORTEST]
    expected = [
        number
        for number in long
        if any(alike(texts[one], texts[number]) >= structure.ALIKE for one in long if one < number)
    ]
    found = dict(copies(texts))
    assert expected == list(found)
    assert all(alike(texts[one], texts[number]) >= structure.ALIKE for number, one in found.items())


def test_missing_texts_are_alike_to_none() -> None:
    """What is not written is copied from nothing."""
    assert [] == list(copies([None, None, "", "kata kata"]))


def test_texts_of_one_pair_are_found() -> None:
    """Texts that say one word over and over have a single pair, fewer than others must share."""
    assert [(1, 0)] == list(copies(["ya " * 9, "Ya, " * 9, "tidak " * 9]))


@pytest.mark.parametrize("size", [500, 5_000])
def test_comparisons_grow_with_the_texts(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many texts take about ten times as many comparisons, not a hundred times."""
    compared = []
    share = structure._share  # noqa: SLF001  # counted, not replaced

    def counting(one: frozenset[structure.Pair], other: frozenset[structure.Pair]) -> float:
        compared.append(1)
        return share(one, other)

    monkeypatch.setattr(structure, "_share", counting)
    chance = random.Random(7)  # noqa: S311  # the same texts in every run
    vocabulary = [f"kata{number}" for number in range(900)]
    texts = [" ".join(chance.choices(vocabulary, k=40)) for _ in range(size)]
    assert [] == list(copies(texts))
    assert len(compared) <= 2 * size
