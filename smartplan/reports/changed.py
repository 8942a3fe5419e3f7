"""What reports show of changes: rows, the items they stand in, money, and who decided.

The ground that all reports on changes stand on, as `entry.py` is that of reports on a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from smartplan.compare.gate import Approval, approvals_of
from smartplan.compare.glance import Glance, of_change
from smartplan.compare.ground import newest_baseline
from smartplan.compare.impact import Line, impact
from smartplan.compare.names import Names, funds
from smartplan.compare.prose import Piece, shortened, side, word_by_word
from smartplan.compare.selection import unreadable
from smartplan.words.changes import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smartplan.compare.change import Change, Named, Weight
    from smartplan.compare.differ import Difference
    from smartplan.compare.facts import Item, Name, Plain
    from smartplan.compare.selection import Selection
    from smartplan.words.speaker import Speaker

    Words = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A change as reports show it.

    Attributes:
        change: the change.
        old: its value before, with the names of what it refers to.
        new: its value after, likewise.
        pieces: two texts word by word; empty for values that are no texts.
        glance: the item that came or went with it, if it is about a whole item.
        inner: the item inside another that it is about, such as an indicator of an action.
        agency: what its lead agency is called; empty if it has none.
        reasons: the approvals of exactly this change.
    """

    change: Change
    old: Plain | Words
    new: Plain | Words
    pieces: tuple[Piece, ...]
    glance: Glance | None
    inner: Named | None
    agency: str
    reasons: tuple[Approval, ...]

    @property
    def rupiah(self) -> int:
        """How much more or less it costs; 0 if it costs nothing or that is unknown."""
        if self.change.unit == "rupiah":
            return int(self.change.delta or 0)
        if self.glance is None or self.glance.amount is None:
            return 0
        return self.glance.amount.rupiah * (-1 if self.change.op == "remove" else 1)

    @cached_property
    def gone(self) -> list[Piece]:
        """The text before, what went marked."""
        return side(list(self.pieces), "gone")

    @cached_property
    def came(self) -> list[Piece]:
        """The text after, what came marked."""
        return side(list(self.pieces), "came")

    @cached_property
    def pieces_shortly(self) -> list[Piece]:
        """Both texts in one, shared words left out that stand far from a difference."""
        return shortened(list(self.pieces))

    @cached_property
    def gone_shortly(self) -> list[Piece]:
        """The same, shared words left out that stand far from a difference."""
        return side(shortened(list(self.pieces)), "gone")

    @cached_property
    def came_shortly(self) -> list[Piece]:
        """The same of the text after."""
        return side(shortened(list(self.pieces)), "came")


@dataclass(frozen=True)
class Head:
    """What stands above every report on changes.

    Attributes:
        title: the title of the plan.
        city: the name of the city.
        before: what the plan before is called.
        after: what the plan after is called.
        baseline: the newest baseline of the plan before, if it has one.
        act: the title of the act that the baseline names; empty if it names none.
        language: the language of the plan's texts.
    """

    title: str
    city: str
    before: str
    after: str
    baseline: Item | None
    act: str
    language: str

    @property
    def place(self) -> str:
        """Where the plan is signed: the name of the city without what kind of city it is."""
        for kind in ("Kota ", "Kabupaten ", "Provinsi "):
            if self.city.startswith(kind):
                return self.city.removeprefix(kind)
        return self.city


@dataclass(frozen=True)
class Money:
    """What the changes cost; lines of which nothing differs are left out, but for the years.

    Attributes:
        total: of the whole plan.
        years: of every year.
        funds: of sources that differ.
        dimensions: of dimensions that differ.
        agencies: of agencies that differ.
        peak: the highest amount of a year, for bars.
    """

    total: Line
    years: tuple[Line, ...]
    funds: tuple[Line, ...]
    dimensions: tuple[Line, ...]
    agencies: tuple[Line, ...]
    peak: int

    @property
    def changed(self) -> bool:
        """Whether any amount differs."""
        return any(one.old != one.new for one in (self.total, *self.years, *self.funds))

    @property
    def unknown(self) -> bool:
        """Whether some amounts are not known."""
        return bool(self.total.old.unknown or self.total.new.unknown)


class Changed:
    """Makes what reports show out of a difference."""

    def __init__(self, difference: Difference, sides: tuple[str, str]) -> None:
        """Begin with the two plans and what they are called."""
        self.difference = difference
        self.sides = sides
        self.names = Names(difference.after, difference.before)
        self.approvals: dict[str, list[Approval]] = {}
        for one in approvals_of(difference.after):
            self.approvals.setdefault(one.fingerprint, []).append(one)

    @cached_property
    def head(self) -> Head:
        """What stands above."""
        known = [one for one in (self.difference.after, self.difference.before) if one.items]

        def said(*steps: str) -> str:
            return next((str(v) for one in known if (v := one.value("plan", *steps))), "")

        baseline = newest_baseline(self.difference.before)
        act = self.names.item("legal_basis", str(baseline.get("act"))) if baseline else None
        return Head(
            title=said("title"),
            city=said("city", "name"),
            before=self.sides[0],
            after=self.sides[1],
            baseline=baseline,
            act=act.title if act else "",
            language=said("language") or "id",
        )

    def row(self, change: Change, reasons: Mapping[str, Sequence[Approval]] | None = None) -> Row:
        """Show a change."""
        prose = is_prose(change.old) and is_prose(change.new)
        pieces = word_by_word(str(change.old), str(change.new)) if prose else []
        known = self.approvals if reasons is None else reasons
        inner = change.item if change.within is not None else None
        return Row(
            change=change,
            old=self.names.link(change, change.old),
            new=self.names.link(change, change.new),
            pieces=tuple(pieces),
            glance=of_change(change, self.difference),
            inner=inner,
            agency=self.names.agency(change.agency) if change.agency else "",
            reasons=tuple(known.get(change.fingerprint, ())),
        )

    def agency(self, identity: str) -> str:
        """Name an agency."""
        return self.names.agency_in_full(identity) if identity else ""

    def dimension(self, identity: str) -> Words | str:
        """Name a dimension, in every language if the taxonomy knows it."""
        return self.names.dimensions.get(identity) or identity

    def key(self, line: Line) -> Words | str:
        """Name what a line of money is about; empty if it is about nothing that is named."""
        if line.axis == "fund":
            return funds().get(line.key) or line.key
        if line.axis == "agency":
            return self.agency(line.key)
        return self.dimension(line.key) if line.axis == "dimension" else line.key

    @cached_property
    def money(self) -> Money:
        """What the changes cost."""
        lines = impact(self.difference.before, self.difference.after)
        by_axis: dict[str, list[Line]] = {}
        for one in lines:
            by_axis.setdefault(one.axis, []).append(one)
        years = tuple(by_axis.get("year", ()))
        peak = max((max(one.old.rupiah, one.new.rupiah) for one in years), default=0)
        return Money(
            total=by_axis["total"][0],
            years=years,
            funds=_moved(by_axis.get("fund", ())),
            dimensions=_moved(by_axis.get("dimension", ())),
            agencies=_moved(by_axis.get("agency", ())),
            peak=peak or 1,
        )

    def place_of(self, item: Named | None) -> int:
        """Give where an item stands in the plan; what is gone stands at the end."""
        return self._places.get(item.name, 0) if item else -1

    @cached_property
    def _places(self) -> dict[Name, int]:
        names = (*self.difference.after.items, *self.difference.before.items)
        found: dict[Name, int] = {}
        for number, name in enumerate(names):
            found.setdefault(name, number)
        return found


def _moved(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(one for one in lines if one.old != one.new)


def warning(difference: Difference, speaker: Speaker) -> str:
    """Say which files could not be read, since what stands in them is missing."""
    files = unreadable(difference)
    return speaker.label("change.unreadable", files=", ".join(files)) if files else ""


def invented(changes: Iterable[Change]) -> bool:
    """Tell whether any change is about something illustrative, so that its mark is explained."""
    return any(
        one.illustrative for each in changes for one in (each.item, each.within) if one is not None
    )


def weights_in(selection: Selection) -> tuple[tuple[Weight, int], ...]:
    """Count changes by weight, the heaviest first."""
    found = [one.weight for one in selection.shown]
    return tuple((one, found.count(one)) for one in sorted(set(found), reverse=True))
