"""Digests of a plan: the same for any layout, others for any value, and how far a plan has gone."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from edits import documents as plan_of
from hypothesis import assume, given
from hypothesis import strategies as st
from plan_data import PLANS, braces, documents, split, turned, written

from smartplan.compare.digest import Distance, digests, distance, whole
from smartplan.compare.facts import Facts, Item, Name, gather
from smartplan.compare.ground import ASIDE

if TYPE_CHECKING:
    from plan_data import Data


def baseline(recorded: dict[str, str], digest: str | None = None) -> Item:
    """Make the record of a baseline as a plan holds it."""
    items = ", ".join(f"'{path}': '{one}'" for path, one in recorded.items())
    text = f"baselines: [{{name: v1, digest: '{digest or whole(recorded)}', items: {{{items}}}}}]"
    return gather(plan_of(text)).items[Name("baselines", "v1")]


def facts(text: str) -> Facts:
    """Gather a plan of one file."""
    return gather(plan_of(text))


def adopted(plan: Data) -> tuple[Facts, Item]:
    """Adopt a plan."""
    found = gather(written(plan))
    return found, baseline(digests(found))


@given(PLANS)
def test_a_baseline_holds_right_after_it_was_recorded(plan: Data) -> None:
    """Nothing is altered, missing or new."""
    found, record = adopted(plan)
    assert distance(found, record, found).none


@given(PLANS)
def test_a_baseline_holds_for_any_layout(plan: Data) -> None:
    """Braces, other orders, quotes, one file for each item, lists turned round."""
    found, record = adopted(plan)
    around = {key: one[::-1] if isinstance(one, list) else one for key, one in plan.items()}
    for other in (documents(braces(turned(plan))), split(plan), written(around)):
        assert distance(gather(other), record, found).none


@given(PLANS, st.randoms(use_true_random=False))
def test_a_baseline_fails_for_any_changed_value(plan: Data, random: Any) -> None:  # noqa: ANN401  # a Random
    """Every scalar of what is adopted counts."""
    found, record = adopted(plan)
    other = copy.deepcopy(plan)
    places = list(_places({key: one for key, one in other.items() if key not in ASIDE}))
    assume(places)
    holder, key = random.choice(places)
    holder[key] = "berubah sama sekali"
    assert not distance(gather(written(other)), record, found).none


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401  # plain data
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for key, one in inside:
        if isinstance(one, dict | list):
            found += _places(one)
        elif key not in ("id", "new", "approximate"):  # a flag of other words is not set
            found.append((value, key))
    return found


TEXT = (
    "actions: [{id: X-1, title: A, owner: a, indicators: [{id: I-1}]}, "
    "{id: X-2, depends_on: [X-1]}]"
)


def test_what_differs_is_named() -> None:
    """Altered, missing and new items, by their paths; policy and approvals are no part of it."""
    before = facts(TEXT)
    record = baseline(digests(before))
    after = facts(
        "review: {closed: 2024}\nactions: [{id: X-1, title: B, owner: a}, "
        "{id: X-2, depends_on: [X-1]}, {id: X-3}]"
    )
    expected = Distance(("actions[X-1]",), ("indicators[I-1]",), ("actions[X-3]",))
    assert expected == distance(after, record, before)


def test_a_renamed_item_is_the_item_that_was_adopted() -> None:
    """It is looked at under its former id, also where others refer to it."""
    before = facts(TEXT + "\nreadings: [{indicator: I-1, period: 2024, value: 1}]")
    record = baseline(digests(before))
    text = (
        "actions: [{id: X-9, formerly: [X-1], title: A, owner: OWNER, "
        "indicators: [{id: I-9, formerly: I-1}]}, {id: X-2, depends_on: [X-9]}]\n"
        "readings: [{indicator: I-9, period: 2024, value: 1}]"
    )
    assert distance(facts(text.replace("OWNER", "a")), record, before).none
    found = distance(facts(text.replace("OWNER", "b")), record, before)
    assert Distance(("actions[X-1]",), (), ()) == found


def test_a_baseline_of_a_part_is_asked_only_for_that() -> None:
    """What was left out when it was made is not new; what came later is."""
    before = facts(TEXT)
    path = "actions[X-1]"
    record = baseline({path: digests(before)[path]})
    assert distance(before, record, before).none
    after = facts(TEXT + "\nevents: [{id: E-1}]")
    assert Distance((), (), ("events[E-1]",)) == distance(after, record, before)


def test_a_record_that_was_tampered_with_is_told() -> None:
    """The digest of the whole no longer fits those of the items."""
    before = facts(TEXT)
    recorded = digests(before)
    changed = {**recorded, "actions[X-1]": "0" * 64}
    assert distance(before, baseline(changed, whole(recorded)), before).broken
    fewer = {path: one for path, one in recorded.items() if path != "actions[X-2]"}
    assert distance(before, baseline(fewer, whole(recorded)), before).broken
    assert not distance(before, baseline(recorded), before).broken


def test_where_a_statement_comes_from_is_a_part_of_it() -> None:
    """Of itself, of what holds it or of the file: what counts is what holds for it."""
    own = facts("actions: [{id: X-1, provenance: {status: official}}]")
    of_file = facts("provenance: {status: official}\nactions: [{id: X-1}]")
    none = facts("actions: [{id: X-1}]")
    path = "actions[X-1]"
    assert digests(own)[path] == digests(of_file)[path]
    assert digests(own)[path] != digests(none)[path]
