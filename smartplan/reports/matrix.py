"""The report `matrix`: semula – menjadi, the paper that an amendment of a plan is decided on.

An official reads and signs it: by dimension and agency, item by item, what stood, what shall stand,
how much more or less, and why. Where no approval says why, a line is left to fill in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from smartplan.compare.change import ROUTINE
from smartplan.compare.ground import ASIDE
from smartplan.reports.changed import Changed, Head, Money, Row, invented, warning
from smartplan.reports.press import print_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smartplan.compare.change import Change, Named
    from smartplan.compare.differ import Difference
    from smartplan.compare.gate import Approval
    from smartplan.compare.selection import Selection
    from smartplan.words.speaker import Speaker

NAME, TITLE = "matrix", "matrix.title"
LEAST = ROUTINE
"""Lighter changes touch no meaning; a decree does not list them."""


@dataclass(frozen=True)
class Entry:
    """An item with its changes.

    Attributes:
        item: the item; none for a file.
        path: its path.
        first: the number of its first row.
        rows: its changes.
    """

    item: Named | None
    path: str
    first: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """The items of one agency in one dimension.

    Attributes:
        dimension: the names of the dimension; empty for what belongs to none.
        agency: what the agency is called; empty for what belongs to none.
        entries: its items in the order of the plan.
    """

    dimension: dict[str, str] | str
    agency: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class MatrixPage:
    """Everything that the templates of the report see.

    Attributes:
        head: what stands above.
        sections: the rows by dimension and agency.
        rows: how many rows there are.
        items: in how many items.
        lighter: how many lighter changes are left out.
        money: before and after by year and in all.
        adopted: whether the plan before was adopted.
        illustrative: whether any of it is illustrative.
        narrowed: whether only a part was asked for, so that the sums are left out.
    """

    head: Head
    sections: tuple[Section, ...]
    rows: int
    items: int
    lighter: int
    money: Money
    adopted: bool
    illustrative: bool
    narrowed: bool


def build(
    difference: Difference,
    selection: Selection,
    sides: tuple[str, str],
    reasons: Mapping[str, Sequence[Approval]] | None = None,
) -> MatrixPage:
    """Make the context of the report.

    Args:
        difference: the two plans, read whole.
        selection: the changes a reader asked for; lighter ones than `LEAST` are left out.
        sides: what the two plans are called.
        reasons: approvals by fingerprint; those that the plan after holds, if not given.
    """
    changed = Changed(difference, sides)
    heavy = [one for one in selection.shown if one.weight >= LEAST and not _is_of_review(one)]
    sections = tuple(_sections(heavy, changed, reasons))
    return MatrixPage(
        head=changed.head,
        sections=sections,
        rows=len(heavy),
        items=sum(len(one.entries) for one in sections),
        lighter=len(selection.shown) - len(heavy) + selection.lighter,
        money=changed.money,
        adopted=difference.ground.approved,
        illustrative=invented(heavy),
        narrowed=selection.narrowed,
    )


def render(
    difference: Difference,
    selection: Selection,
    sides: tuple[str, str],
    form: str,
    speaker: Speaker,
    *,
    reasons: Mapping[str, Sequence[Approval]] | None = None,
) -> str:
    """Print the report."""
    page = build(difference, selection, sides, reasons)
    return print_page(
        page,
        NAME,
        form,
        speaker,
        title=TITLE,
        plan_language=page.head.language,
        banner=warning(difference, speaker),
    )


def _sections(
    changes: Sequence[Change],
    changed: Changed,
    reasons: Mapping[str, Sequence[Approval]] | None,
) -> Iterator[Section]:
    """Group by dimension as the taxonomy has them, then by agency, then by item."""
    order = {identity: number for number, identity in enumerate(changed.names.dimensions)}

    def place(one: Change) -> tuple[int, str, str, int, str, bool]:
        rank = order.get(one.dimension, len(order)) if one.dimension else -1
        agency = changed.agency(one.agency)
        item = one.within or one.item
        inner = one.within is not None
        return rank, one.dimension, agency, changed.place_of(item), str(item and item.name), inner

    number = 1
    for (_, dimension, agency), some in groupby(sorted(changes, key=place), lambda x: place(x)[:3]):
        entries: list[Entry] = []
        for path, few in groupby(some, key=_path):
            rows = tuple(changed.row(one, reasons) for one in few)
            first = rows[0].change
            entries.append(Entry(first.within or first.item, path, number, rows))
            number += len(rows)
        yield Section(changed.dimension(dimension), agency, tuple(entries))


def _is_of_review(change: Change) -> bool:
    return change.item is not None and change.item.name.collection in ASIDE


def _path(change: Change) -> str:
    item = change.within or change.item
    return str(item.name) if item else change.path
