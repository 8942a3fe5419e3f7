"""Changes at a screen: what is said, in which order, in 80 columns, without a way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from changing import AFTER, BEFORE, SIDES, difference, hostile, selection
from hypothesis import given
from hypothesis import strategies as st

from smartplan.compare.change import FORMAT, Weight
from smartplan.compare.selection import Wanted
from smartplan.show.changes import text
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.compare.differ import Difference


def shown(
    found: Difference | None = None,
    language: str = "en",
    *,
    wanted: Wanted | None = None,
    stat: bool = False,
    colour: bool = False,
) -> str:
    """Show what changed between the two plans, or between two others."""
    found = found or difference()
    chosen = selection(found, wanted)
    said = Speaker(language)
    return text(found, chosen, said, sides=SIDES, stat=stat, colour=colour)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_person_reads(language: str, golden: Callable[[str, str], None]) -> None:
    """The whole output is kept as a golden file in every language."""
    golden(f"diff.{language}.txt", shown(language=language))
    golden(f"diff-stat.{language}.txt", shown(language=language, stat=True))


def test_the_heaviest_comes_first() -> None:
    """Groups stand in the order of their weight, each with its number."""
    heads = re.findall(r"^([A-Z ]+) \((\d+)\)$", shown(), re.MULTILINE)
    assert ["AMENDMENT", "SIGNIFICANT", "ROUTINE"] == [word for word, _ in heads]
    assert 6 == sum(int(number) for _, number in heads)


def test_a_title_is_said_once() -> None:
    """In a second group an item is named by its id alone."""
    assert 1 == shown().count("Layanan satu pintu")
    assert 3 == len(re.findall(r"^  GOV-01", shown(), re.MULTILINE))


def test_a_number_says_its_sign_and_whether_it_is_worse() -> None:
    """Sign and words carry the meaning, not the colour."""
    line = next(one for one in shown().splitlines() if "20 →" in one)
    expected = "~ GOV-01-I1 Targets 2026 20 → 15 izin worse, −5"
    assert expected == " ".join(line.split())


def test_a_long_text_shows_the_words_that_differ() -> None:
    """Words that went and came are marked; those far away are left out."""
    said = " ".join(shown().split())
    assert "… dan mendapat jawaban dalam [-tiga hari kerja.-] {+lima hari kalender.+}" in said
    assert "Warga mengurus" not in said


def test_sums_need_the_whole_plan() -> None:
    """If only what differs was read, differences are said and sums are not."""
    whole, part = shown(), shown(difference(whole=False))
    assert "Rp 3,000,000,000 → ≥ Rp 3,100,000,000   +Rp 100,000,000 (+3.3%)" in whole
    assert "Rp 3,000,000,000" not in part
    assert "Budget  +Rp 100,000,000" in part
    assert "--whole" in part


def test_an_unknown_amount_is_not_nothing() -> None:
    """A year of which an amount is not known is a lower bound, and says so."""
    assert "≥ At least; some amounts are not yet set." in shown()


def test_layout_is_counted_and_shown_on_demand() -> None:
    """Changes of form are left out, counted, and shown with the least weight."""
    found = difference(
        BEFORE, BEFORE.replace("# ", "#").replace("status: planned", "status:  planned")
    )
    assert "No difference." in shown(found)
    assert "(1)" in shown(found)
    assert "layout only" in shown(found, wanted=Wanted(least=FORMAT))


def test_a_removed_item_that_lives_on_is_pointed_out() -> None:
    """A rename that was not declared says how to declare it."""
    found = difference(BEFORE, BEFORE.replace("ECO-01", "ECO-09"))
    assert "formerly: [ECO-01]" in " ".join(shown(found).split())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(only=("amendment",)), {"GOV-01", "LIV-01"}),
        (Wanted(only=("target-weakened",)), {"GOV-01"}),
        (Wanted(only=("LIV-01", "SOC-01")), {"LIV-01", "SOC-01"}),
        (Wanted(only=("indicator",)), {"GOV-01"}),
        (Wanted(places=("actions[SOC-01]",)), {"SOC-01"}),
        (Wanted(places=("plan.yaml",)), {"GOV-01", "LIV-01", "SOC-01"}),
        (Wanted(places=("other.yaml",)), set()),
        (Wanted(least=Weight.AMENDMENT), {"GOV-01", "LIV-01"}),
    ],
)
def test_a_reader_chooses(wanted: Wanted, expected: set[str]) -> None:
    """Words choose by weight, rule, kind and id; places by item and file."""
    assert expected == set(re.findall(r"^  ([A-Z]+-\d+)", shown(wanted=wanted), re.MULTILINE))


def test_sums_of_a_plan_do_not_stand_under_a_part() -> None:
    """Who asks for one item is not told what all of them cost."""
    assert "Budget  " not in shown(wanted=Wanted(only=("SOC-01",)))


def test_comments_can_be_hidden() -> None:
    """Changed comments are changes, unless the reader does not want them."""
    found = difference(
        BEFORE, BEFORE.replace("    status: planned", "    # Tunggu\n    status: planned")
    )
    assert "Tunggu" in shown(found)
    assert "Tunggu" not in shown(found, wanted=Wanted(comments=False))


HOSTILE = [
    "\x1b[31mmerah\x1b[0m \x1b]0;judul\x07",
    "baris\nsatu\r\ndua\x00",
    "\u202ekanan ke kiri\u202c",
    "::error::palsu ::set-output name=x::y ##[command]",
    "x" * 400,
]


@pytest.mark.parametrize("hostile_text", HOSTILE)
@pytest.mark.parametrize("stat", [True, False])
def test_a_plan_cannot_reach_the_terminal(hostile_text: str, stat: bool) -> None:  # noqa: FBT001
    """No control character, no turned text, no command of a runner comes out of a plan."""
    found = difference(*hostile(hostile_text))
    said = shown(found, stat=stat)
    assert not [char for char in said if not char.isprintable() and char != "\n"]
    assert not re.search(r"(^|\s)::|##\[", said, re.MULTILINE)


@given(st.text(max_size=80))
def test_lines_of_prose_fit(words: str) -> None:
    """Any text that can be broken stays within the columns of a pipe."""
    found = difference(BEFORE, BEFORE.replace("Kota yang", f"Kota {words!a} yang".replace(":", "")))
    lines = shown(found).splitlines()
    assert not [one for one in lines if len(one) > 80 and len(one.split()) > 3]


def test_most_lines_fit_into_eighty_columns() -> None:
    """The sample stays within 80 columns in both languages."""
    for language in ("id", "en"):
        for stat in (True, False):
            lines = shown(language=language, stat=stat).splitlines()
            assert max(map(len, lines)) <= 80


def test_colours_only_help() -> None:
    """With colours the same words are said."""
    plain = re.sub(r"\033\[[0-9;]*m", "", shown(colour=True))
    assert "\033[" in shown(colour=True)
    assert shown() == plain


def test_a_plan_that_came_and_one_that_went() -> None:
    """A plan that did not exist is all new; the other way round all gone."""
    came, went = difference("", AFTER), difference(AFTER, "")
    assert "+ action added" in shown(came)
    assert "− action removed" in shown(went)
