"""What a reader wants to know of a whole item at once: when, who, how much; and its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare.around import dimension_of, field_of
from smartplan.compare.change import FORMAT, Change
from smartplan.compare.facts import joined
from smartplan.compare.impact import Amount
from smartplan.plan.grammar import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.differ import Difference
    from smartplan.compare.facts import Facts, Item, Plain, Steps


class Glance(NamedTuple):
    """An item at a glance.

    Attributes:
        item: the item.
        years: the years in which it is carried out; empty if the plan does not say.
        amount: what it costs; none if it names no amount.
        agency: the id of its lead agency.
        dimension: the id of its dimension.
    """

    item: Item
    years: tuple[int, ...]
    amount: Amount | None
    agency: str
    dimension: str


class Field(NamedTuple):
    """A value of an item, with what names its field."""

    field_of: tuple[str, str]
    label: str
    choices: str
    steps: Steps
    value: Plain


def glance(item: Item, facts: Facts) -> Glance:
    """Look at an item."""
    years = item.get("years")
    return Glance(
        item=item,
        years=tuple(int(one) for one in years if isinstance(one, int))
        if isinstance(years, tuple)
        else (),
        amount=amount(item),
        agency=str(item.get("owner") or ""),
        dimension=dimension_of(item, facts),
    )


def of_change(change: Change, difference: Difference) -> Glance | None:
    """Look at the item that came or went with a change; none if it is no such change."""
    if change.item is None or change.op not in ("add", "remove") or change.field_of[1]:
        return None
    facts = difference.before if change.op == "remove" else difference.after
    item = facts.items.get(change.item.name)
    return glance(item, facts) if item is not None and str(item.name) == change.path else None


def amount(item: Item) -> Amount | None:
    """Give what an item costs; none if it names no amount."""
    found: Amount | None = None
    for steps, leaf in item.leaves.items():
        if len(steps) == 3 and steps[0] == "budget":  # noqa: PLR2004  # year, fund
            value = leaf.value
            one = Amount(value.rupiah) if isinstance(value, Money) else Amount(0, 1)
            found = one if found is None else found + one
    return found


def fields(item: Item) -> Iterator[Field]:
    """Give every value of an item with its field."""
    for steps, leaf in item.leaves.items():
        noun, key, title = field_of(item, steps)
        choices = leaf.shape.choices if leaf.shape else ""
        yield Field((noun, key), title, choices, steps, leaf.value)


def as_changes(item: Item) -> Iterator[tuple[Change, Steps]]:
    """Give every value of an item as if it were a change, so that it reads like one."""
    bare = Change(rule="unclassified", weight=FORMAT, op="set", path="")
    for one in fields(item):
        as_change = replace(
            bare,
            path=f"{item.name}{joined(one.steps)}",
            field_of=one.field_of,
            label=one.label,
            choices=one.choices,
            new=one.value,
            old=one.value,
        )
        yield as_change, one.steps
