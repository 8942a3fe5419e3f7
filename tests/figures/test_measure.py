"""Indicators with whom they belong to, facts side by side, what is invented."""

from __future__ import annotations

import pytest
from samples import plan_of

from smartplan.figures import measure

PLAN = """\
agencies: [{id: dinas, name: Dinas}, {id: badan, name: Badan}]
indicators:
  - {id: I-1, title: Umum, owner: badan, baseline: {2022: 3, 2023: 4}, targets: {2026: 9, 2024: 5}}
actions:
  - {id: A-1, title: Satu, owner: dinas, indicators: [{id: I-2, title: Keluaran}],
     provenance: {status: illustrative}}
  - {id: A-2, title: Dua}
readings:
  - {indicator: I-1, period: 2024-Q4, value: 5}
  - {indicator: I-1, period: 2024-Q2, value: 4}
  - {indicator: I-1, period: 2025}
"""


def test_indicators_know_whom_they_belong_to() -> None:
    """An indicator is reported by its own agency, else by that of its action."""
    found = {one.indicator.id: one for one in measure.measured(plan_of(PLAN))}
    assert found["I-1"].action is None
    assert found["I-1"].agency
    assert "badan" == found["I-1"].agency.id
    assert found["I-2"].action
    assert "A-1" == found["I-2"].action.id
    assert found["I-2"].agency
    assert "dinas" == found["I-2"].agency.id


def test_baseline_path_and_reading() -> None:
    """The latest baseline and reading count, targets stand in order."""
    found = measure.measured(plan_of(PLAN))[0]
    assert found.baseline
    assert (2023, "4") == (found.baseline[0], found.baseline[1].text)
    assert [2024, 2026] == [year for year, _ in found.path]
    assert found.reading
    assert "2024-Q4" == found.reading.period


def test_target_years() -> None:
    """The years of the plan and of all targets, once each."""
    plan = plan_of(PLAN.replace("2026: 9", "2031: 9"))
    assert (2024, 2025, 2026, 2027, 2028, 2031) == measure.target_years(plan)


def test_gaps() -> None:
    """Actions without indicator and indicators without baseline are found."""
    plan = plan_of(PLAN)
    assert ["A-2"] == [one.id for one in measure.without_indicator(plan)]
    assert ["I-2"] == [one.id for one in measure.without_baseline(plan)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ('value: "68,06", unit: km²', 'value: "108,89", unit: km²', True),
        ('value: "68,06", unit: km²', 'value: "68,06", unit: km²', False),
        ('value: "68,06", unit: km²', 'value: "68,06", unit: ha', True),
        ('value: "107", date: 2010', 'value: "123", date: 2020', False),
        ('value: "107", date: 2010', 'value: "123", date: 2010', True),
    ],
)
def test_conflicts(first: str, second: str, *, expected: bool) -> None:
    """Two values for one time are a conflict; a series over time is none."""
    plan = plan_of(
        f"facts:\n  - {{id: F-1, about: x, label: A, {first}}}\n"
        f"  - {{id: F-2, about: x, label: A, {second}}}\n"
    )
    assert expected == bool(measure.conflicts(plan))
    assert 1 == len(measure.figures(plan))


def test_grounding_counts_items_only() -> None:
    """Items count by kind, those that stand in others too; parts and sources do not."""
    found = measure.grounding(plan_of(PLAN))
    assert measure.Grounding(2, 1) == found["action"]
    assert measure.Grounding(2, 1) == found["indicator"]
    assert not {"", "plan", "provenance", "source", "checks"} & set(found)
