"""What holds at the base of a comparison, read off the plan as it was."""

from __future__ import annotations

import pytest
from edits import documents

from smartplan.compare.change import EDITORIAL, Weight
from smartplan.compare.facts import gather
from smartplan.compare.ground import Ground, ground, matches


def of(text: str, stage: str = "final") -> Ground:
    """Read the ground of a plan of one file."""
    return ground(gather(documents(text, stage)))


@pytest.mark.parametrize(
    ("stage", "adopted"),
    [("draft", False), ("final", False), ("adopted", True), ("running", True), ("ended", True)],
)
def test_a_plan_is_decided_from_its_adoption_on(stage: str, adopted: bool) -> None:  # noqa: FBT001  # a column
    """Without a baseline the stage says so."""
    assert adopted == of("", stage).approved


def test_a_plan_without_a_header_holds_nothing() -> None:
    """No stage, no end, no policy: the defaults."""
    assert Ground() == ground(gather([]))


def test_the_policy_is_read_with_its_defaults() -> None:
    """Threshold, closed years, weights; one bound alone is the only one."""
    assert (500_000_000, 50) == of("").over
    assert (None, 20) == of("review: {threshold: {percent: 20}}").over
    assert (10**9, None) == of("review: {threshold: {amount: 1 miliar}}").over
    found = of("review: {closed: [2024, 2026-2027], weights: {wording: editorial, x: heavy}}")
    assert {2024, 2026, 2027} == found.closed
    assert {"wording": EDITORIAL} == found.weights
    assert 2028 == found.last_year


def test_baselines_of_parts_add_up_and_the_newest_names_the_plan() -> None:
    """A later baseline of one item does not release the items of the one before."""
    found = of(
        "baselines: [{name: v2, date: 2025, items: {'actions[B]': b}},"
        " {name: v1, date: 2024, items: {'actions[A]': a}}]"
    )
    assert "v2" == found.baseline
    assert {"actions[A]", "actions[B]"} == found.frozen


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("actions[X-1].owner", "actions[X-1].owner", True),
        ("actions[X-1].owner", "actions[X-1].*", True),
        ("actions[X-1].owner", "actions[X-*].owner", True),
        ("actions[X-1].owner", "actions[*", True),
        ("actions[X-1].owner", "actions", False),
        ("actions[X-12].owner", "actions[X-1]*", False),
        ("actions[1].owner", "actions[X-1].owner", False),
    ],
)
def test_a_pattern_stands_for_a_path_as_it_is_written(path: str, pattern: str, fits: bool) -> None:  # noqa: FBT001  # a column
    """Brackets are brackets; only the star stands for something else."""
    assert fits == matches(path, pattern)


def test_a_policy_may_weigh_a_rule_lighter_or_heavier() -> None:
    """For all, for a dimension, for a place."""
    found = of("review: {weights: {'wording@dimension:living': routine, wording: amendment}}")
    assert Weight.ROUTINE == found.weighs("wording", "approved", "actions[A].note", "living")
    assert Weight.AMENDMENT == found.weighs("wording", "draft", "actions[A].note", "")
    assert Weight.SIGNIFICANT == found.weighs("title-changed", "approved", "actions[A].title", "")
