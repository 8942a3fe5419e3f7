"""What readers of changes are given: words that differ, groups, names, items at a glance."""

from __future__ import annotations

from changing import AFTER, BEFORE, difference, selection
from hypothesis import given
from hypothesis import strategies as st

from smartplan.compare.glance import amount, of_change
from smartplan.compare.impact import Amount
from smartplan.compare.names import Names, dimensions, funds
from smartplan.compare.prose import shortened, side, word_by_word
from smartplan.compare.selection import by_weight, groups, is_known, items_in

TOKENS = ["kota", "warga", "air", "jalan", "di", "dan", "yang", "layanan"]
WORDS = st.lists(st.sampled_from(TOKENS), max_size=12)


@given(WORDS, WORDS)
def test_each_side_of_two_texts_is_whole(old: list[str], new: list[str]) -> None:
    """The pieces of one side, in their order, are the words of its text."""
    pieces = word_by_word(" ".join(old), " ".join(new))
    before = " ".join(one.text for one in side(pieces, "gone")).split()
    after = " ".join(one.text for one in side(pieces, "came")).split()
    assert (old, new) == (before, after)


@given(WORDS, WORDS)
def test_what_differs_is_never_shortened(old: list[str], new: list[str]) -> None:
    """Only shared words are left out of a shortened text."""
    pieces = word_by_word(" ".join(old), " ".join(new))
    kept = [one for one in shortened(pieces) if one.kind in ("gone", "came")]
    assert [one for one in pieces if one.kind in ("gone", "came")] == kept


def test_a_text_with_itself_has_no_differences() -> None:
    """Equal texts are one shared piece, empty ones none."""
    assert ["same"] == [one.kind for one in word_by_word("satu dua", "satu dua")]
    assert [] == word_by_word("", "")


def test_groups_lose_no_change() -> None:
    """Grouped by weight and item, every change stands once, heaviest first."""
    shown = selection(difference()).shown
    grouped = [change for _, some in by_weight(shown) for group in some for change in group.changes]
    assert sorted(one.fingerprint for one in shown) == sorted(one.fingerprint for one in grouped)
    assert [one.weight for one in grouped] == sorted((one.weight for one in shown), reverse=True)
    assert items_in(shown) == len(groups(shown)) == 3


def test_words_that_choose() -> None:
    """Weights, rules, kinds and ids may choose; a misspelt rule may not."""
    found = difference()
    known = ("amendment", "budget-cut", "action", "actions", "GOV-01", "XYZ-99")
    assert all(is_known(word, found) for word in known)
    assert not is_known("budget-cutt", found)


def test_names_come_from_the_plan_and_its_registers() -> None:
    """Agencies have their short name, dimensions and funds that of the register."""
    found = difference()
    names = Names(found.after, found.before)
    assert ("Kominfo", "Dinas Komunikasi dan Informatika", "tak-dikenal") == (
        names.agency("dinkominfo"),
        names.agency_in_full("dinkominfo"),
        names.agency("tak-dikenal"),
    )
    assert "Smart Living" == names.dimensions["living"]["en"]
    assert "Sponsor" == funds()["sponsor"]["id"]
    assert {"id", "en"} == set(dimensions()["kominfo-2021"]["economy"])


def test_an_item_at_a_glance() -> None:
    """Of an item that came or went its years, its money and its agency are known."""
    found = difference()
    went = next(one for one in found.changes if one.rule == "action-removed")
    seen = of_change(went, found)
    assert seen is not None
    assert ((2025,), Amount(800_000_000), "dishub", "living") == (
        seen.years,
        seen.amount,
        seen.agency,
        seen.dimension,
    )
    came = next(one for one in found.changes if one.rule == "action-added")
    new = of_change(came, found)
    assert new is not None
    assert Amount(0, 1) == new.amount
    plain = next(one for one in found.changes if one.rule == "status-forward")
    assert of_change(plain, found) is None


def test_an_item_without_money_has_no_amount() -> None:
    """An indicator costs nothing that anybody could add up."""
    found = difference(BEFORE, AFTER)
    indicator = next(one for one in found.after.items.values() if one.noun == "indicator")
    assert amount(indicator) is None
