"""What a speaker makes of numbers that no city has, but a slip may give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smartplan.words.speaker import Speaker

LONG = 10**40


@pytest.mark.parametrize("language", ["id", "en"])
def test_long_numbers_are_said(language: str) -> None:
    """A number of more digits than usual arithmetic keeps is said with all of them."""
    speaker = Speaker(language)
    said = (
        speaker.money(LONG),
        speaker.number(Decimal(LONG)),
        speaker.score(Decimal(LONG)),
        speaker.percent(Decimal(LONG)),
    )
    for one in said:
        assert "1" + "0" * 40 in "".join(char for char in one if char.isdigit())
    assert "0" * 20 in speaker.short_money(LONG)


def test_a_word_that_no_list_knows_is_said_as_it_stands() -> None:
    """A plan may name a language that there is not; a page about it is made all the same."""
    assert Speaker("id").choice("language", "```") == "```"
    assert Speaker("en").choice("language", None) == "not yet set"
