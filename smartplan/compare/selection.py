"""Which changes a reader wants to see, and how they stand together: by weight, then by item."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare.change import EDITORIAL, Change, Named, Weight
from smartplan.compare.taxonomy import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.compare.differ import Difference


class Wanted(NamedTuple):
    """What a reader wants to see.

    Attributes:
        only: weights, rules, kinds of item or ids, one of which must fit; empty for all.
        least: the lightest weight that is shown.
        comments: whether changed comments are shown.
        order: whether moves inside a list are shown.
        places: ids, paths of items, files or folders, one of which must fit; empty for all.
    """

    only: tuple[str, ...] = ()
    least: Weight = EDITORIAL
    comments: bool = True
    order: bool = True
    places: tuple[str, ...] = ()


class Selection(NamedTuple):
    """The changes to show.

    Attributes:
        shown: the changes.
        lighter: how many lighter ones that would fit are left out.
        narrowed: whether only some items or kinds were asked for, so that sums over the whole
            plan would say something else than the list.
    """

    shown: tuple[Change, ...]
    lighter: int = 0
    narrowed: bool = False


class Group(NamedTuple):
    """The changes of one weight in one item, or in one file."""

    item: Named | None
    path: str
    changes: tuple[Change, ...]


def select(difference: Difference, wanted: Wanted) -> Selection:
    """Choose the changes that a reader wants to see, in their order."""
    fitting = [one for one in difference.changes if _fits(one, wanted, difference)]
    shown = tuple(one for one in fitting if one.weight >= wanted.least)
    narrowed = bool(wanted.only or wanted.places)
    return Selection(shown, len(fitting) - len(shown), narrowed)


def is_known(word: str, difference: Difference) -> bool:
    """Tell whether a word may stand in `only`: a weight, a rule, a kind of item, or an id.

    An id that is not in what was read may stand in a file that did not change; only what cannot
    be an id of the plan's own, since it has neither a capital nor a digit, is refused.
    """
    if word in RULES or word.upper() in Weight.__members__ or re.search(r"[A-Z0-9]", word):
        return True
    items = (*difference.before.items.values(), *difference.after.items.values())
    return any(word in (one.noun, one.name.collection, one.name.key) for one in items)


def _fits(change: Change, wanted: Wanted, difference: Difference) -> bool:
    if change.op == "comment" and not wanted.comments:
        return False
    if change.op == "reorder" and not wanted.order:
        return False
    if wanted.only and not set(wanted.only) & set(_words(change)):
        return False
    return not wanted.places or any(_lies_in(change, one, difference) for one in wanted.places)


def _words(change: Change) -> Iterator[str]:
    yield from (change.rule, change.weight.word)
    for one in (change.item, change.within):
        if one is not None:
            yield from (one.noun, one.name.collection, one.id)


def _lies_in(change: Change, place: str, difference: Difference) -> bool:
    for one in (change.item, change.within):
        if one is not None and place in (one.id, str(one.name)):
            return True
    if change.path == place or change.path.startswith((f"{place}.", f"{place}[")):
        return True
    folder = place.rstrip("/")
    return any(
        folder in (".", path) or path.startswith(f"{folder}/")
        for path in _files(change, difference)
    )


def _files(change: Change, difference: Difference) -> Iterator[str]:
    for facts, span in ((difference.before, change.old_at), (difference.after, change.new_at)):
        if span is not None:
            yield span.source.path
            yield facts.inside(span.source.path)


def unreadable(difference: Difference) -> tuple[str, ...]:
    """Name the files that do not parse: what stands in them is not compared."""
    documents = (*difference.before.documents, *difference.after.documents)
    return tuple(dict.fromkeys(one.source.path for one in documents if one.broken))


def by_weight(changes: Sequence[Change]) -> Iterator[tuple[Weight, list[Group]]]:
    """Group changes that come in their order: by weight, then by the item around them."""
    for weight, some in groupby(changes, key=lambda one: one.weight):
        yield weight, groups(list(some))


def groups(changes: Sequence[Change]) -> list[Group]:
    """Group changes by the item around them, each where its first change stands."""
    found: dict[str, list[Change]] = {}
    for one in changes:
        item = one.within or one.item
        found.setdefault(str(item.name) if item else one.path, []).append(one)
    return [
        Group(some[0].within or some[0].item, path, tuple(some)) for path, some in found.items()
    ]


def items_in(changes: Sequence[Change]) -> int:
    """Count the items and files that changes stand in."""
    return len(groups(changes))
