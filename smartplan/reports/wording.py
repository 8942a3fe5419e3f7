"""How values read on paper: the filters of the templates, in the language of a speaker."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.figures.money import Sum
    from smartplan.words.speaker import Speaker

MILLION = 10**6
NOTHING = "–"
"""What stands where nothing belongs: not unknown, and not zero."""

ARROWS = {"up": "↑", "down": "↓", "hold": "→"}


def filters(speaker: Speaker) -> dict[str, Callable[..., Any]]:
    """Give the filters that templates may use, by name."""
    number = cache(speaker.number)

    def in_millions(rupiah: int | None) -> str:
        """Say an amount in millions of rupiah, exactly, for a cell of a table."""
        return NOTHING if rupiah is None else number(Decimal(rupiah) / MILLION)

    return {
        "arrow": lambda direction: ARROWS[direction],
        "choice": lambda value, name: speaker.choice(name, value),
        "cost": lambda amount: _sum(amount, cache(speaker.money), speaker),
        "date": speaker.date,
        "millions": lambda amount: _sum(amount, in_millions, speaker),
        "money": speaker.money,
        "named": speaker.named,
        "number": number,
        "paragraphs": paragraphs,
        "quantity": lambda value: number(value.value) if value else None,
        "short_cost": lambda amount: _sum(amount, speaker.short_money, speaker),
        "rupiah_millions": in_millions,
        "years": speaker.years,
    }


def paragraphs(text: str | None) -> list[str]:
    """Part a text at its blank lines."""
    return [one.strip() for one in re.split(r"\n\s*\n", text or "") if one.strip()]


def _sum(amount: Sum, say: Callable[[int], str], speaker: Speaker) -> str:
    """Say a sum: a dash if there is nothing to add, ≥ if a part of it is unknown, ± if about."""
    if amount.empty:
        return NOTHING
    if amount.amount is None:
        return speaker.unset
    marks = ("" if amount.complete else "≥") + ("±" if amount.approximate else "")
    said = say(amount.amount)
    return f"{marks}\N{NO-BREAK SPACE}{said}" if marks else said
