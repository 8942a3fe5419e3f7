"""Says changes of a plan in one language: what kind, which field, from what to what, how much.

It knows a change only by the few facts it says (`Told`), so that screens and reports say them in
the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smartplan.words.speaker import Speaker

MINUS, PLUS = "−", "+"
ARROW = "→"
INVENTED = "◇"
"""Marks what is illustrative, in every output."""

TELLING = frozenset(
    {
        "action-moved",
        "action-rename-undeclared",
        "approval-stale",
        "budget-cut-to-zero",
        "budget-raised-over",
        "budget-shifted",
        "budget-unknown",
        "id-reused",
        "policy-loosened",
        "programme-total",
        "target-postponed",
        "target-undirected",
        "typo",
        "years-beyond-plan",
    }
)
"""Rules that say more of a value than its field and its two sides do."""

TALLIED = (
    "weakened",
    "strengthened",
    "postponed",
    "later",
    "links_lost",
    "added",
    "removed",
)
"""What is counted first, in the order in which it is said."""

OF_INDICATORS = ("indicator", "reading")
"""Whose numbers are counted in a unit that the plan names, in the plan's own words."""

_STEP = re.compile(r"\[[^\]]*\]|[^.\[\]]+")


class Told(Protocol):
    """What is said of a change."""

    @property
    def rule(self) -> str:
        """What kind of change it is."""

    @property
    def op(self) -> str:
        """What was done."""

    @property
    def path(self) -> str:
        """Where it is."""

    @property
    def field_of(self) -> tuple[str, str]:
        """Noun and key of its field."""

    @property
    def choices(self) -> str:
        """The list of words of which its value is one."""

    @property
    def label(self) -> str:
        """The English title of its field."""

    @property
    def old(self) -> Any:  # noqa: ANN401  # text, amount, number, years or nothing
        """The value before."""

    @property
    def new(self) -> Any:  # noqa: ANN401  # the same
        """The value after."""

    @property
    def delta(self) -> Decimal | int | None:
        """How much more or less."""

    @property
    def percent(self) -> Decimal | None:
        """The same in percent."""

    @property
    def unit(self) -> str:
        """What a number counts."""

    @property
    def better(self) -> bool | None:
        """Whether a number moved as it should."""


@dataclass(frozen=True)
class Teller:
    """Says changes in one language.

    Attributes:
        speaker: says words and amounts.
        names: what keys of a path are called, by language, such as sources of funds.
    """

    speaker: Speaker
    names: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def rule(self, rule: str, english: str) -> str:
        """Say what kind of change it is."""
        return str(self.speaker.words.get("changes", {}).get(rule) or english)

    def count(self, name: str, number: int) -> str:
        """Say how many there are: `1 change`, `8 changes`."""
        key = f"change.count.{name}.one" if number == 1 else f"change.count.{name}.many"
        return self.speaker.label(key, number=number)

    def field(self, change: Told) -> str:
        """Say which field changed, with year, fund or member: `Budget 2026 · APBD`."""
        if _of_a_rule(change):
            return ""
        noun, key = change.field_of
        steps = _STEP.findall(change.path)[1:]
        tail = steps[_last(steps, key) + 1 :] if key else _below_the_item(steps)
        values = {str(one) for one in (change.old, change.new) if one is not None}
        words = [self._step(one) for one in tail if one.strip("[]") not in values]
        title = self.speaker.field(noun, key, change.label or key) if key else ""
        head = [title] if title else []
        return " ".join(filter(None, [*head, *words[:1]])) + "".join(f" · {x}" for x in words[1:])

    def _step(self, step: str) -> str:
        word = step.strip("[]")
        return self.speaker.named(self.names[word]) if word in self.names else word

    def value(self, change: Told, value: Any) -> str:  # noqa: ANN401  # as in Told
        """Say a value of a change; one that is not known is said as such.

        Of a rule of the plan that was broken or mended, say what the rule says.
        """
        if _of_a_rule(change):
            return change.label
        if value is None:
            return self.speaker.unset
        if isinstance(value, dict):  # names by language
            return self.speaker.named(value)
        if isinstance(value, str):
            return self._word(change, value)
        if isinstance(value, tuple) and all(isinstance(one, int) for one in value):
            return self.speaker.years(value)
        of_years = change.rule.startswith("years-")  # a year has no thousands
        return str(value) if of_years else self.speaker.value(value)

    def _word(self, change: Told, value: str) -> str:
        choices = self.speaker.words["choices"]
        chosen = choices.get(change.choices, {}).get(value)
        if chosen:
            return str(chosen)
        if change.rule == "provenance-changed":
            status, _, rest = value.partition(" ·")
            said = str(choices["provenance"].get(status, status))
            return f"{said} ·{rest}" if rest else said
        if value in ("true", "false"):
            return self.speaker.label(f"change.flag.{value}")
        return value

    def old(self, change: Told) -> str:
        """Say the value before; empty if there was none."""
        return "" if change.op == "add" else self.value(change, change.old)

    def new(self, change: Told) -> str:
        """Say the value after, numbers with their unit; empty if there is none."""
        if change.op == "remove":
            return ""
        return self.counted(change, change.new)

    def counted(self, change: Told, value: Any) -> str:  # noqa: ANN401  # as in Told
        """Say a value, a number of an indicator with its unit."""
        said = self.value(change, value)
        of_indicator = change.field_of[0] in OF_INDICATORS and isinstance(value, Decimal)
        return f"{said} {change.unit}" if of_indicator and change.unit else said

    def sides(self, change: Told) -> str:
        """Say both values: `95 → 90 persen`; only one if only one is there."""
        return f" {ARROW} ".join(filter(None, (self.old(change), self.new(change))))

    def delta(self, change: Told) -> str:
        """Say how much more or less: `+Rp 300.000 (+37,5%)`; empty if that is no question."""
        if not change.delta or change.old is None or change.new is None:
            return ""
        if change.unit == "rupiah":
            said = self.money(int(change.delta))
            return f"{said} ({self.percent(change.percent)})" if change.percent else said
        return self.signed(change.delta)

    def money(self, rupiah: int) -> str:
        """Say rupiah more or less, with its sign; nothing is ±0."""
        sign = "±" if not rupiah else PLUS if rupiah > 0 else MINUS
        return f"{sign}{self.speaker.money(abs(rupiah))}"

    def signed(self, number: Decimal | int) -> str:
        """Say a number more or less, with its sign."""
        size = number if number > 0 else -number
        return f"{PLUS if number > 0 else MINUS}{self.speaker.number(size)}"

    def percent(self, percent: Decimal) -> str:
        """Say a percentage more or less, with its sign."""
        return f"{PLUS if percent > 0 else MINUS}{self.speaker.percent(abs(percent) / 100)}"

    def verdict(self, change: Told) -> str:
        """Say whether a number moved as it should; empty where the kind of change says it."""
        if change.better is None or not change.rule.startswith(("target-", "risk-")):
            return ""
        return self.speaker.label(f"change.{'better' if change.better else 'worse'}")

    def remarks(self, change: Told, english: str) -> Iterator[str]:
        """Say what is to be said beside the two values."""
        if change.rule in TELLING and self.field(change):
            yield self.rule(change.rule, english)
        yield from filter(None, (self.verdict(change), self.delta(change)))

    def tallied(self, tally: object) -> str:
        """Say how many changes there are of the kinds that a council asks about first."""
        said = [
            self.speaker.label(f"change.tally.{name}", number=number)
            for name in TALLIED
            if (number := getattr(tally, name))
        ]
        return " · ".join(said)

    def cost(self, rupiah: int, unknown: int) -> str:
        """Say what an item costs, where nothing else tells that it is about money."""
        if unknown and not rupiah:
            return self.speaker.label("change.no_amount")
        return self.amount(rupiah, unknown)

    def amount(self, rupiah: int, unknown: int) -> str:
        """Say a sum of which a part may be unknown; one of nothing but unknown parts is unknown."""
        if unknown and not rupiah:
            return self.speaker.unset
        said = self.speaker.money(rupiah)
        return f"≥\N{NO-BREAK SPACE}{said}" if unknown else said


def _of_a_rule(change: Told) -> bool:
    """Tell whether a change is of a rule of the plan, and not of a value in it."""
    return change.rule in ("rule-broken", "rule-mended")


def _last(steps: list[str], key: str) -> int:
    return max((n for n, step in enumerate(steps) if step == key), default=len(steps))


def _below_the_item(steps: list[str]) -> list[str]:
    return steps[1:] if steps and steps[0].startswith("[") else steps


def is_prose(value: object) -> bool:
    """Tell whether a value is a text of several words."""
    return isinstance(value, str) and len(value.split()) > 3  # noqa: PLR2004  # a name has fewer
