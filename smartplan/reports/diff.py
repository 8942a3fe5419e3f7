"""The report `diff`: what changed, item by item, before and after side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.glance import as_changes
from smartplan.compare.impact import Tally, tally
from smartplan.compare.selection import groups, items_in
from smartplan.reports.changed import Changed, Head, Money, Row, invented, warning, weights_in
from smartplan.reports.press import print_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from smartplan.compare.change import Named, Weight
    from smartplan.compare.differ import Difference
    from smartplan.compare.impact import Line
    from smartplan.compare.selection import Group, Selection
    from smartplan.words.speaker import Speaker

NAME, TITLE = "diff", "changes.title"


@dataclass(frozen=True)
class Block:
    """The changes of one item, or of one file.

    Attributes:
        item: the item; none for a file.
        path: its path.
        rows: its changes, the heaviest first.
        rest: its values that did not change, or all of an item that came or went.
        agency: what its lead agency is called; empty if it has none.
        dimension: the names of its dimension; empty if it has none.
        approved: whether it was approved at the base.
    """

    item: Named | None
    path: str
    rows: tuple[Row, ...]
    rest: tuple[Row, ...]
    agency: str
    dimension: dict[str, str] | str
    approved: bool

    @property
    def weights(self) -> list[int]:
        """The weights of its changes, for filters."""
        return sorted({int(row.change.weight) for row in self.rows})

    @property
    def whole(self) -> bool:
        """Whether it came or went as a whole."""
        return any(row.glance is not None and row.inner is None for row in self.rows)


@dataclass(frozen=True)
class DiffPage:
    """Everything that the templates of the report see.

    Attributes:
        head: what stands above.
        changes: how many changes are shown.
        items: in how many items.
        lighter: how many lighter ones are left out.
        illustrative: whether any of it is illustrative.
        narrowed: whether only some were asked for, so that the sums are left out.
        weights: how many of each weight.
        money: what the changes cost.
        tally: how many of the kinds that are asked about first.
        blocks: the changes by item.
        by_weight: the same changes by weight.
        agencies: the agencies of the blocks, for filters.
        dimensions: the dimensions of the blocks, for filters.
        key: gives the name of what a line of money is about.
    """

    head: Head
    changes: int
    items: int
    lighter: int
    narrowed: bool
    illustrative: bool
    weights: tuple[tuple[Weight, int], ...]
    money: Money
    tally: Tally
    blocks: tuple[Block, ...]
    by_weight: tuple[tuple[Weight, tuple[Row, ...]], ...]
    agencies: tuple[str, ...]
    dimensions: tuple[dict[str, str] | str, ...]
    key: Callable[[Line], dict[str, str] | str]


def build(difference: Difference, selection: Selection, sides: tuple[str, str]) -> DiffPage:
    """Make the context of the report."""
    changed = Changed(difference, sides)
    blocks = tuple(_block(one, changed) for one in groups(selection.shown))
    rows = [changed.row(one) for one in selection.shown]
    weights = weights_in(selection)
    dimensions: list[dict[str, str] | str] = []
    for one in blocks:
        if one.dimension and one.dimension not in dimensions:
            dimensions.append(one.dimension)
    return DiffPage(
        head=changed.head,
        changes=len(selection.shown),
        items=items_in(selection.shown),
        lighter=selection.lighter,
        narrowed=selection.narrowed,
        illustrative=invented(selection.shown),
        weights=weights,
        money=changed.money,
        tally=tally(selection.shown),
        blocks=blocks,
        by_weight=tuple(
            (weight, tuple(row for row in rows if row.change.weight == weight))
            for weight, _ in weights
        ),
        agencies=tuple(sorted({one.agency for one in blocks if one.agency})),
        dimensions=tuple(dimensions),
        key=changed.key,
    )


def render(
    difference: Difference,
    selection: Selection,
    sides: tuple[str, str],
    form: str,
    speaker: Speaker,
) -> str:
    """Print the report."""
    page = build(difference, selection, sides)
    return print_page(
        page,
        NAME,
        form,
        speaker,
        title=TITLE,
        plan_language=page.head.language,
        banner=warning(difference, speaker),
    )


def _block(group: Group, changed: Changed) -> Block:
    first = group.changes[0]
    rows = tuple(changed.row(one) for one in group.changes)
    return Block(
        item=group.item,
        path=group.path,
        rows=rows,
        rest=tuple(_rest(group, changed)),
        agency=changed.agency(first.agency),
        dimension=changed.dimension(first.dimension),
        approved=first.state == "approved",
    )


def _rest(group: Group, changed: Changed) -> Iterator[Row]:
    """Give the values of an item that did not change; all of one that came or went."""
    if group.item is None:
        return
    name = group.item.name
    new = changed.difference.after.items.get(name)
    old = changed.difference.before.items.get(name)
    item = new or old
    if item is None:
        return
    for each in as_changes(item):
        there = (old or item).leaves.get(each[1])
        here = item.leaves[each[1]]
        if there is not None and there.value == here.value:
            yield changed.row(each[0], reasons={})
