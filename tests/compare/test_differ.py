"""What a comparison of two plans must hold, whatever the plans are."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_data import PLANS, braces, documents, split, turned, written

from smartplan.compare.change import Weight
from smartplan.compare.differ import compare
from smartplan.compare.digest import digests
from smartplan.compare.facts import gather
from smartplan.compare.impact import impact
from smartplan.compare.shapes import collection, collections
from smartplan.compare.taxonomy import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plan_data import Data

    from smartplan.compare.change import Change
    from smartplan.compare.shapes import Shape

ROOTS = ("x", "x")


def changes(old: Data, new: Data) -> tuple[Change, ...]:
    """Compare two plans."""
    return compare(written(old), written(new), roots=ROOTS).changes


@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan: Data) -> None:
    """Nothing is told of what is the same, whatever stands in it."""
    assert () == changes(plan, copy.deepcopy(plan))


@given(PLANS, PLANS)
def test_a_difference_is_told_exactly_where_values_differ(one: Data, other: Data) -> None:
    """Two plans have the same digests exactly if nothing but their order is told."""
    told = [each for each in changes(one, other) if each.op not in ("reorder", "format")]
    aside = ("approvals", "baselines", "review", "checks")
    told = [change for change in told if not change.path.startswith(aside)]
    same = digests(gather(written(one))) == digests(gather(written(other)))
    assert same == (not told)


@given(PLANS, PLANS)
def test_looking_from_the_other_side_turns_everything_round(one: Data, other: Data) -> None:
    """What was added is removed, what was before is after, on the same paths."""
    turn = {"add": "remove", "remove": "add"}
    skip = ("rename", "reorder")
    here = {
        (c.path, c.op, str(c.old), str(c.new), c.delta)
        for c in changes(one, other)
        if c.op not in skip
    }
    there = {
        (
            c.path,
            turn.get(c.op, c.op),
            str(c.new),
            str(c.old),
            None if c.delta is None else -c.delta,
        )
        for c in changes(other, one)
        if c.op not in skip
    }
    assert here == there


@given(PLANS)
def test_layout_is_no_change_of_a_value(plan: Data) -> None:
    """Braces for blocks, another order of keys, Windows line ends, quotes: layout only."""
    for text in (braces(plan), braces(turned(plan))):
        found = compare(written(plan), documents(text), roots=ROOTS).changes
        assert {"layout"} >= {change.rule for change in found}
    windows = documents(written(plan)[0].source.text.replace("\n", "\r\n"))
    found = compare(written(plan), windows, roots=ROOTS).changes
    assert {"layout"} >= {change.rule for change in found}


@given(PLANS)
def test_one_file_or_many_is_the_same_plan(plan: Data) -> None:
    """A plan in one file for each item is the plan in one file."""
    assert () == compare(split(plan), written(plan), roots=("x", "y")).changes


@given(PLANS, st.randoms(use_true_random=False))
def test_a_shuffled_list_only_tells_what_moved(plan: Data, random: Any) -> None:  # noqa: ANN401  # a Random
    """Order of items with ids is presentation; the fewest that moved are named."""
    shuffled = copy.deepcopy(plan)
    for content in shuffled.values():
        if isinstance(content, list):
            random.shuffle(content)
    found = changes(plan, shuffled)
    assert {"list-order"} >= {change.rule for change in found}
    most = sum(len(one) - 1 for one in plan.values() if isinstance(one, list))
    assert len(found) <= most


@given(PLANS, PLANS)
def test_money_adds_up(one: Data, other: Data) -> None:
    """What every year, source, dimension and agency gained is what the plan gained."""
    old, new = gather(written(one)), gather(written(other))
    lines = impact(old, new)
    total = next(line for line in lines if line.axis == "total")
    for axis in ("year", "fund", "dimension", "agency"):
        parts = [line for line in lines if line.axis == axis]
        assert total.delta == sum(line.delta for line in parts)
        assert total.new.unknown == sum(line.new.unknown for line in parts)


@given(PLANS, PLANS)
def test_every_change_has_a_rule_and_its_weight(one: Data, other: Data) -> None:
    """None is unclassified in the plan format, and fingerprints tell changes apart."""
    found = changes(one, other)
    assert "unclassified" not in {change.rule for change in found}
    assert all(change.weight == RULES[change.rule].weighs(change.state) for change in found)
    assert len(found) == len({change.fingerprint for change in found})


@given(PLANS, PLANS)
def test_a_fingerprint_does_not_know_layout_or_neighbours(one: Data, other: Data) -> None:
    """Other files, other order, another item beside it: the same changes, the same names."""
    aside = ("reorder", "format")
    marks = {c.fingerprint for c in changes(one, other) if c.op not in aside}
    beside = {"sources": [{"id": "ZZ-9", "title": "lain"}]}
    if "sources" in one or "sources" in other:
        beside = {"books": [{"id": "ZZ-9", "title": "lain"}]}
    if "books" in one or "books" in other:
        beside = {}
    old, new = split({**beside, **one}), split({**turned(other), **beside})
    found = compare(old, new, roots=ROOTS).changes
    moved = {c.fingerprint for c in found if c.op not in aside}
    assert marks == moved


# Every field


def fields(shape: Shape, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Give the way to every value of a shape."""
    if shape.kind == "map":
        assert shape.each is not None
        key = "apbd" if shape.each.kind == "part" else "2026"
        yield from fields(shape.each, (*steps, key))
    elif shape.fields:
        for name, inside in shape.fields.items():
            if name not in (*shape.key, "id", "formerly"):
                yield from fields(inside, (*steps, name))
    else:
        yield steps, shape


def laid(name: str, steps: tuple[str, ...], shape: Shape, value: object) -> Data:
    """Write a plan in which one field has one value."""
    top: Any = value
    shapes = [shape]
    for step in steps[:-1]:
        inside = shapes[-1].inside(step)
        assert inside is not None
        shapes.append(inside)
    for step, of in zip(reversed(steps), reversed(shapes), strict=True):
        top = {step: top}
        if of.kind in ("keyed", "natural", "ordered"):
            top = [{**dict.fromkeys(of.key or ("id",), "K-1"), **top}]
    return {name: top}


ALL_FIELDS = [
    (name, steps)
    for name in collections()
    for steps, _shape in fields(collection(name))  # type: ignore[arg-type]  # every one has a shape
]


@pytest.mark.parametrize(("name", "steps"), ALL_FIELDS, ids=str)
def test_no_field_of_the_format_is_unclassified(name: str, steps: tuple[str, ...]) -> None:
    """A change of any field, its coming and its going fall to a rule of their own."""
    shape = collection(name)
    assert shape is not None
    one, other = (laid(name, steps, shape, value) for value in ("1", "2"))
    for old, new in ((one, other), ({name: []}, one), (one, {name: []})):
        told = changes(old, new)
        assert told, f"{name} {steps}"
        assert "unclassified" not in {change.rule for change in told}
    same = laid(name, steps, shape, "1")
    empty = copy.deepcopy(same)
    target: Any = empty[name]
    for step in steps[:-1]:
        target = (target[0] if isinstance(target, list) else target)[step]
    del (target[0] if isinstance(target, list) else target)[steps[-1]]
    for old, new in ((same, empty), (empty, same)):
        assert "unclassified" not in {change.rule for change in changes(old, new)}


def test_approved_never_weighs_less() -> None:
    """For every rule, a change of what was approved weighs at least what it weighs on a draft."""
    assert [] == [rule.id for rule in RULES.values() if rule.approved < rule.draft]
    assert list(Weight) == sorted(Weight)
