"""How values read on paper: the filters of the templates, in the language of a speaker."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from smartplan.compare.names import funds
from smartplan.compare.taxonomy import RULES
from smartplan.reports.sentences import Sentences
from smartplan.words.changes import Teller

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.compare.impact import Amount
    from smartplan.figures.money import Sum
    from smartplan.reports.changed import Row
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
        "score": lambda value: NOTHING if value is None else speaker.score(value),
        "short_cost": lambda amount: _sum(amount, speaker.short_money, speaker),
        "rupiah_millions": in_millions,
        "years": speaker.years,
    }


def change_filters(speaker: Speaker) -> dict[str, Callable[..., Any]]:
    """Give the filters of templates that show changes, by name."""
    tell, sentences = Teller(speaker, funds()), Sentences(speaker)

    def known(amount: Amount | None) -> str:
        """Say an amount of which a part may be unknown; a dash where there is none."""
        return NOTHING if amount is None else tell.amount(amount.rupiah, amount.unknown)

    def before(row: Row) -> str:
        return "" if row.change.op == "add" else tell.counted(row.change, row.old)

    def after(row: Row) -> str:
        return "" if row.change.op == "remove" else tell.counted(row.change, row.new)

    return {
        "after": after,
        "before": before,
        "beside": lambda row: ", ".join(tell.remarks(row.change, RULES[row.change.rule].says)),
        "cost_known": lambda amount: tell.cost(amount.rupiah, amount.unknown),
        "count": lambda number, name: tell.count(name, number),
        "effect": lambda row: _effect(row, tell),
        "known": known,
        "more": tell.money,
        "percent": lambda line: tell.percent(line.percent) if line.percent else "",
        "rule": lambda change: tell.rule(change.rule, RULES[change.rule].says),
        "sentence": sentences.of,
        "sums": sentences.sums,
        "said": lambda name: speaker.named(name) if isinstance(name, dict) else name,
        "what": lambda row: tell.field(row.change),
        "year_key": lambda line: line.key or speaker.label("money.no_year"),
        "ledger_amount": lambda rupiah: _ledger(rupiah, speaker),
    }


def _effect(row: Row, tell: Teller) -> str:
    """Say how much more or less, and whether that is better."""
    return ", ".join(filter(None, (tell.delta(row.change), tell.verdict(row.change))))


def _ledger(rupiah: int, speaker: Speaker) -> str:
    """Say more or less as bookkeepers write it: what is less stands in brackets."""
    said = speaker.money(abs(int(rupiah)))
    return f"({said})" if rupiah < 0 else said


_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]"
)


def visible(text: str) -> str:
    """Show signs that turn, hide or steer what stands around them as a sign of their own."""
    return _HIDDEN.sub("�", text)


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
