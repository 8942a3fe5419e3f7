"""Items of a plan on a screen and for machines: a list of many, or one with all that it says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smartplan.compare.change import plain
from smartplan.compare.facts import joined
from smartplan.compare.glance import amount, as_changes
from smartplan.show.terminal import BOLD, DIM, clean, paint
from smartplan.words.changes import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smartplan.compare.facts import Item, Steps
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker

COST, FILE = "cost", "file"
"""Columns that are no fields: what an item costs, and where it stands."""
NARROWEST = 12
"""Characters that a column of text keeps, however narrow the screen."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of one collection, with the columns to show.

    Attributes:
        items: the items.
        columns: names of fields, `cost`, `file`.
    """

    items: Sequence[Item]
    columns: Sequence[str]

    def cells(self, item: Item, tell: Teller) -> list[str]:
        """Say what an item has to say in every column; empty if it says nothing."""
        return [_cell(item, one, tell) for one in self.columns]

    @property
    def cost(self) -> tuple[int, int]:
        """The sum of all that is known, and how many amounts are not."""
        found = [one for item in self.items if (one := amount(item))]
        return sum(one.rupiah for one in found), sum(one.unknown for one in found)


def _cell(item: Item, column: str, tell: Teller) -> str:
    if column == "id":
        return item.name.key
    if column == FILE:
        return item.file
    if column == COST:
        known = amount(item)
        return tell.amount(known.rupiah, known.unknown) if known else ""
    return ", ".join(
        tell.value(change, change.new) for change, steps in as_changes(item) if steps[0] == column
    )


def table(listing: Listing, speaker: Speaker, *, width: int, colour: bool) -> str:
    """Show a list in columns that fit a screen; texts are cut where they have to be."""
    tell = Teller(speaker)
    rows = [[clean(one) for one in listing.cells(item, tell)] for item in listing.items]
    heads = [_head(one, listing, speaker) for one in listing.columns]
    widths = _widths([heads, *rows], listing.columns, width)
    lines = [paint(_row(heads, widths, listing.columns), BOLD, colour=colour)]
    lines += (_row(row, widths, listing.columns) for row in rows)
    return "\n".join(lines)


def _head(column: str, listing: Listing, speaker: Speaker) -> str:
    if column in (COST, FILE):
        return speaker.screen(f"items.{column}")
    shape = listing.items[0].shape
    inner = shape.inside(column) if shape else None
    return speaker.field(shape.noun if shape else "", column, inner.title if inner else column)


def _widths(rows: Sequence[Sequence[str]], columns: Sequence[str], width: int) -> list[int]:
    """Give each column what it needs; what is too much is taken from the widest."""
    needed = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    over = sum(needed) + 2 * (len(columns) - 1) - width
    while over > 0:
        at = max(range(len(columns)), key=lambda one: needed[one] if columns[one] != COST else 0)
        less = min(over, max(needed[at] - NARROWEST, 0))
        if not less:
            break
        needed[at] -= less
        over -= less
    return needed


def _row(cells: Sequence[str], widths: Sequence[int], columns: Sequence[str]) -> str:
    shown = []
    for text, width, column in zip(cells, widths, columns, strict=True):
        fits = text if len(text) <= width else text[: width - 1] + "…"
        shown.append(f"{fits:>{width}}" if column == COST else f"{fits:<{width}}")
    return "  ".join(shown).rstrip()


def lines(listing: Listing, speaker: Speaker) -> str:
    """Write a list for other programs: a line an item, tabs between columns."""
    tell = Teller(speaker)
    rows = (listing.cells(item, tell) for item in listing.items)
    return "\n".join("\t".join(clean(cell) for cell in row) for row in rows)


def ids(listing: Listing, _speaker: Speaker) -> str:
    """Write nothing but ids, one a line."""
    return "\n".join(item.name.key for item in listing.items)


def as_csv(listing: Listing, speaker: Speaker) -> str:
    """Write a list with commas between columns and the names of fields above (RFC 4180)."""
    tell = Teller(speaker)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(listing.columns)
    writer.writerows(listing.cells(item, tell) for item in listing.items)
    return out.getvalue().replace("\r\n", "\n")


def as_json(listing: Listing, _speaker: Speaker) -> str:
    """Write items with all their values."""
    return json.dumps([_entry(item) for item in listing.items], ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Listing, Speaker], str]] = {
    "json": as_json,
    "csv": as_csv,
    "ids": ids,
}
"""How a list can be written besides `table`."""


def _entry(item: Item) -> dict[str, Any]:
    known = amount(item)
    return {
        "collection": item.name.collection,
        "id": item.name.key,
        "title": item.title,
        "file": item.file,
        "line": item.at(item.route).line,
        "cost": {"rupiah": known.rupiah, "unknown": known.unknown} if known else None,
        "values": {
            joined(steps).removeprefix("."): plain(one.new) for one, steps in as_changes(item)
        },
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """One item with all that is known of it.

    Attributes:
        item: the item.
        below: the steps to what was asked for; empty for the whole item.
        parts: items that stand in it, such as the indicators of an action.
        users: paths of what refers to it.
        findings: what is found in it.
        illustrative: whether it is invented.
    """

    item: Item
    below: Steps
    parts: Sequence[Item]
    users: Sequence[str]
    findings: Sequence[Finding]
    illustrative: bool

    def values(self, tell: Teller) -> Iterator[tuple[str, str]]:
        """Give title and value of every field that was asked for; members of a list in one."""
        found: dict[tuple[Steps, str], list[str]] = {}
        for change, steps in as_changes(self.item):
            if steps[: len(self.below)] == self.below and steps != ("id",):
                whole = steps[:-1] if steps[-1].startswith("[") else steps
                said = tell.counted(change, change.new)
                found.setdefault((whole, tell.field(change)), []).append(said)
        yield from ((head, ", ".join(said)) for (_, head), said in found.items())


def text(shown: Shown, speaker: Speaker, *, width: int, colour: bool) -> str:
    """Show an item for a reader."""
    from textwrap import shorten, wrap

    item, tell = shown.item, Teller(speaker)
    name = item.name.key or item.name.collection
    title = f"  {shorten(clean(item.title), width, placeholder='…')}" if item.title != name else ""
    mark = f"  ◇ {speaker.label('illustrative.mark')}" if shown.illustrative else ""
    out = [paint(f"{name}{title}", BOLD, colour=colour) + mark]
    out.append(paint(f"{item.file}:{item.at(item.route).line}", DIM, colour=colour))
    values = [(clean(head), clean(said)) for head, said in shown.values(tell)]
    column = min(max((len(head) for head, _ in values), default=0), width // 3)
    for head, said in values:
        first, *others = wrap(said, max(width - column - 4, NARROWEST)) or [""]
        out.append(f"  {head:<{column}}  {first}".rstrip())
        out += (f"  {'':<{column}}  {line}" for line in others)
    if (known := amount(item)) and not shown.below:
        total = tell.amount(known.rupiah, known.unknown)
        out.append(f"  {speaker.screen('items.cost'):<{column}}  {total}")
    for key, entries in _around(shown, speaker).items():
        if entries:
            out += ["", paint(speaker.screen(f"items.{key}"), BOLD, colour=colour)]
            out += (f"  {clean(one)}" for one in entries)
    return "\n".join(out)


def _around(shown: Shown, speaker: Speaker) -> dict[str, list[str]]:
    """Give what stands in an item, what refers to it, and what is found in it."""
    from smartplan.show.terminal import one_line

    return {
        "parts": [f"{one.name}  {one.title}" for one in shown.parts],
        "users": list(shown.users),
        "findings": [one_line(one, speaker) for one in shown.findings],
    }


def item_json(shown: Shown, speaker: Speaker) -> str:
    """Write an item with what stands around it."""
    from smartplan.show.machine import as_json as findings_json

    found = json.loads(findings_json(shown.findings, speaker, {}))["findings"]
    entry = {
        **_entry(shown.item),
        "illustrative": shown.illustrative,
        "parts": [_entry(one) for one in shown.parts],
        "referred_by": list(shown.users),
        "findings": found,
    }
    return json.dumps(entry, ensure_ascii=False, indent=2)
