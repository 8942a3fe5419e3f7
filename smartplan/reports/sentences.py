"""Whole sentences about changes and sums, in the language of a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from smartplan.compare.names import funds
from smartplan.compare.taxonomy import RULES
from smartplan.words.changes import INVENTED, Teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.change import Named
    from smartplan.compare.impact import Tally
    from smartplan.reports.changed import Money, Row
    from smartplan.words.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Advice:
    """Which number the next version should have.

    Attributes:
        step: `major`, `minor` or `patch`.
        now: the version of the plan before; empty if it says none.
        next: the version that follows; empty if the one before is no version of three numbers.
        given: the version that the plan after says.
    """

    step: str
    now: str
    next: str
    given: str


class Summed(Protocol):
    """What sums can be said of."""

    @property
    def money(self) -> Money:
        """What the changes cost."""

    @property
    def tally(self) -> Tally:
        """How many changes there are of the kinds that are asked about first."""

    @property
    def advice(self) -> Advice | None:
        """Which number the next version should have; none if nothing changed."""


class Sentences:
    """Makes sentences in one language."""

    def __init__(self, speaker: Speaker) -> None:
        """Begin with a speaker."""
        self.speaker = speaker
        self.tell = Teller(speaker, funds())

    def of(self, row: Row) -> str:
        """Say a change in a sentence."""
        return self.speaker.label(f"changelog.says.{self._key(row)}", **self._words(row))

    def _key(self, row: Row) -> str:
        """Choose the sentence: by what was done, then by what kind of value it was done to."""
        change = row.change
        if change.item is None:
            return "file"
        if row.glance is not None:
            return "came" if change.op == "add" else "went"
        if not self.tell.field(change):
            return {"rename": "renamed", "move": "moved"}.get(change.op, "bare")
        return {"add": "added", "remove": "dropped"}.get(change.op) or self._of_value(row)

    @staticmethod
    def _of_value(row: Row) -> str:
        change = row.change
        if row.pieces:
            return "reworded"
        if change.rule.startswith("target-") and change.better is not None:
            return "strengthened" if change.better else "weakened"
        if change.unit == "rupiah" and change.delta and change.old is not None:
            return "raised" if change.delta > 0 else "cut"
        return "set"

    def _words(self, row: Row) -> dict[str, str]:
        change = row.change
        effect = self.tell.delta(change)
        return {
            "item": self._item(change.within or change.item) or change.path,
            "field": f"{self.tell.field(change)}{self._inner(row)}",
            "what": self.tell.rule(change.rule, RULES[change.rule].says),
            "old": self.tell.counted(change, row.old),
            "new": self.tell.counted(change, row.new),
            "effect": f", {effect}" if effect else "",
            "facts": self._facts(row),
            "inner": self._item(row.inner),
        }

    @staticmethod
    def _item(item: Named | None) -> str:
        if item is None:
            return ""
        said = f"{item.id} {item.title}" if item.title != item.id else item.id
        return f"{said} {INVENTED}" if item.illustrative else said

    @staticmethod
    def _inner(row: Row) -> str:
        if row.inner is None:
            return ""
        title = row.inner.title
        return f" “{title}”" if title != row.inner.id else f" {row.inner.id}"

    def _facts(self, row: Row) -> str:
        """Say of an item that came or went when, how much, and by whom."""
        seen = row.glance
        if seen is None:
            return ""
        parts = [
            self._item(row.inner) if row.inner else "",
            self.speaker.years(seen.years) if seen.years else "",
            self.tell.cost(seen.amount.rupiah, seen.amount.unknown) if seen.amount else "",
            row.agency if not row.inner else "",
        ]
        said = "; ".join(filter(None, parts))
        return f" ({said})" if said else ""

    def sums(self, page: Summed) -> Iterator[str]:
        """Say what it all comes to: money, what is asked about first, the next version."""
        total = page.money.total
        amounts = {
            "old": self.tell.amount(total.old.rupiah, total.old.unknown),
            "new": self.tell.amount(total.new.rupiah, total.new.unknown),
            "delta": self.speaker.money(abs(total.delta)),
            "percent": self.tell.percent(total.percent) if total.percent else "–",
        }
        key = "same" if not total.delta else "more" if total.delta > 0 else "less"
        yield self.speaker.label(f"changelog.total.{key}", **amounts)
        if counted := self.tell.tallied(page.tally):
            yield counted
        if page.advice is not None:
            yield from self._advised(page)

    def _advised(self, page: Summed) -> Iterator[str]:
        advice = page.advice
        if advice is None:
            return
        yield self.speaker.label(
            f"changelog.advice.{advice.step}",
            next=advice.next or self.speaker.label(f"changelog.step.{advice.step}"),
        )
        if advice.given:
            yield self.speaker.label("changelog.given", version=advice.given)
