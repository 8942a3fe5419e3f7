"""The name that was probably meant, and how few comparisons it takes to find it."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartplan.plan.nearest import CLOSEST, FEW, LONGEST, ONE_OFF, Names, clearly, nearest

AREAS = ("GOV", "BRA", "ECO", "LIV", "SOC", "ENV")
WORDS = st.text(alphabet="abcdefgh-", min_size=1, max_size=8)


def ids(number: int) -> list[str]:
    """Make so many ids of actions."""
    return [f"{AREAS[one % 6]}-{one:05}" for one in range(number)]


@given(WORDS, st.lists(WORDS, unique=True, max_size=20))
def test_few_names_are_all_compared(word: str, names: list[str]) -> None:
    """With few names the answer is that of difflib."""
    expected = get_close_matches(word, names, n=1, cutoff=0.6)
    assert (expected[0] if expected else "") == nearest(word, names)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("gov-04002", "GOV-04002"),
        ("GOV-004002", "GOV-04002"),
        ("GO-04002", "GOV-04002"),
        ("diskominf", "diskominfo"),
        ("dsikominfo", "diskominfo"),
        ("dinaskominfo", "diskominfo"),
        ("zzzz", ""),
    ],
)
def test_many_names(word: str, meant: str) -> None:
    """Among thousands of names the one that is meant is found."""
    assert meant == nearest(word, [*ids(6_000), "diskominfo", "setda"])


@settings(max_examples=30)
@given(st.integers(0, 1_199), st.integers(0, 8), st.sampled_from("0123456789ov-x"))
def test_no_better_one_is_overlooked(number: int, at: int, letter: str) -> None:
    """Among many names none is more like a word with one wrong letter than the one found."""
    names = ids(1_200)
    word = names[number][:at] + letter + names[number][at + 1 :]
    best = get_close_matches(word.casefold(), [one.casefold() for one in names], n=1)[0]
    found = nearest(word, names).casefold()
    assert likeness(word, best) == likeness(word, found)


def likeness(word: str, name: str) -> float:
    """Give how alike two words are, as difflib sees it."""
    return SequenceMatcher(None, name, word.casefold()).ratio()


@pytest.mark.parametrize("number", [FEW + 1, 2_000, 20_000])
def test_comparisons_do_not_grow(number: int) -> None:
    """However many names there are, a word is compared with a few of them."""
    names = Names(ids(number))
    assert 0 < len(names.candidates("gov-0o006")) <= ONE_OFF + CLOSEST


def test_order_of_names_decides_nothing() -> None:
    """Among many names the answer hangs on the names, not on their order."""
    forward = nearest("ECO-0O020", ids(1_000))
    assert forward
    assert forward == nearest("ECO-0O020", reversed(ids(1_000)))


@pytest.mark.parametrize("word", ["x" * (LONGEST + 1), "GOV-00001" * 20_000])
def test_a_long_word_means_nothing(word: str) -> None:
    """A text of any length is not taken apart letter by letter."""
    names = [*ids(1_000), word]
    assert "" == nearest(word, names) == clearly(word, names)
    assert "GOV-00006" == nearest("GO-00006", names)


def test_a_word_is_looked_up_once() -> None:
    """The same word again costs nothing."""
    names = Names(ids(1_000))
    assert "GOV-00006" == names.nearest("go-00006") == names.nearest("GO-00006")
    assert ["go-00006"] == list(names.known)
