"""Sums of money: by year, source, dimension and agency; what is unknown stays unknown."""

from __future__ import annotations

import pytest
from samples import plan_of

from smartplan.figures import money
from smartplan.figures.money import NOTHING, Sum

PLAN = """\
plan:
  id: x
  title: Uji
  period: {start: 2024, end: 2026}
  city: {name: Kota}
  ceilings: {2024: 1 miliar, 2026: 100 juta}
  declared: {total: 2 miliar}
agencies:
  - {id: dinas, name: Dinas}
  - {id: badan, name: Badan, formerly: [kantor]}
actions:
  - id: A-1
    title: Satu
    dimension: economy
    owner: badan
    years: 2024-2025
    budget: {2024: {apbd: 700 juta, csr: sekitar 50 juta}, 2025: 100 juta}
    declared: {total: 850 juta}
  - id: A-2
    title: Dua
    dimension: governance
    owner: kantor
    years: 2024-2026
    budget: {2024: 300 juta, 2026: 200 juta}
    declared: {total: 500 juta}
  - {id: A-3, title: Tiga, dimension: governance, owner: dinas, years: 2025, non_budget: staf}
"""


def amounts(one: str) -> Sum:
    """Sum the cost of one action."""
    return money.total(plan_of(f"actions:\n  - {{id: A-1, title: Satu, {one}}}\n"))


def test_total_says_what_is_missing() -> None:
    """The whole plan's sum adds what is known, counts what is not, and is about that much."""
    assert Sum(1_350_000_000, known=5, unknown=1, approximate=True) == money.total(plan_of(PLAN))


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("years: 2024, budget: {2024: 5 juta}", Sum(5_000_000, known=1)),
        ("years: 2024-2025, budget: {2024: 5 juta}", Sum(5_000_000, known=1, unknown=1)),
        ("years: 2024", Sum(unknown=1)),
        ("summary: belum dirinci", Sum(unknown=1)),
        ("years: 2024, budget: {2024: {apbd: {}}}", Sum(unknown=1)),
        ("years: 2024, budget: {2024: {unit_cost: 10 juta, unit: RT}}", Sum(unknown=1)),
        (
            "years: 2024, budget: {2024: {unit_cost: 10 juta, volume: 12}}",
            Sum(120_000_000, known=1),
        ),
        ("years: 2024, non_budget: staf sendiri", NOTHING),
        ("years: 2024-2025, non_budget: {2025: staf sendiri}", Sum(unknown=1)),
        ("years: 2024, budget: {2024: {amount: 0, reason: hibah}}", Sum(0, known=1)),
        ("years: 2024, budget: {2024: banyak}", Sum(unknown=1)),
        ("years: 2024, budget: {2024: {apbd: 5 juta, csr: banyak}}", Sum(5_000_000, 1, 1)),
    ],
)
def test_unknown_is_not_zero(action: str, expected: Sum) -> None:
    """An amount, a written 0, no need of money, and an amount nobody knows are four things."""
    assert expected == amounts(action)


def test_amount_of_unknown_sums_is_none() -> None:
    """A sum of which nothing is known has no amount; one of a written 0 has."""
    assert Sum(unknown=2).amount is None
    assert 0 == Sum(0, known=1).amount
    assert NOTHING.empty
    assert NOTHING.complete
    assert not Sum(unknown=1).empty


def test_by_year() -> None:
    """Years stand in order, what has no year last."""
    plan = plan_of(
        PLAN.replace(
            "A-3, title: Tiga, dimension: governance, owner: dinas, years: 2025, non_budget: staf",
            "A-3, title: Tiga",
        )
    )
    assert [2024, 2025, 2026, None] == list(money.by_year(plan))
    assert Sum(100_000_000, known=1, unknown=1) == money.by_year(plan)[2025]
    assert Sum(unknown=1) == money.by_year(plan)[None]


def test_by_source() -> None:
    """Sources stand in the order of the register; an unknown one last."""
    found = money.source_table(plan_of(PLAN)).row_totals
    assert ["apbd", "csr", None] == list(found)
    assert Sum(50_000_000, known=1, approximate=True) == found["csr"]


def test_by_dimension() -> None:
    """Every dimension has a sum, in the order of the taxonomy."""
    found = money.by_dimension(plan_of(PLAN))
    assert ["governance", "branding", "economy", "living", "society", "environment"] == list(found)
    assert NOTHING == found["branding"]
    assert 850_000_000 == found["economy"].rupiah


def test_by_agency_follows_former_ids() -> None:
    """An agency is one agency under each of its ids."""
    found = money.by_agency(plan_of(PLAN))
    assert {"badan": 1_350_000_000} == {key: one.rupiah for key, one in found.items()}


def test_some_actions_only() -> None:
    """A sum may be asked of some actions."""
    plan = plan_of(PLAN)
    assert 850_000_000 == money.total(plan, plan.actions[:1]).rupiah


def test_tables_add_up() -> None:
    """Rows and columns of each table add up to the same total."""
    plan = plan_of(PLAN)
    for table in (
        money.dimension_table(plan),
        money.source_table(plan),
        money.agency_table(plan),
    ):
        assert (2024, 2025, 2026) == table.years
        assert table.total == money.total(plan)
        assert table.total == money.add(table.row_totals.values())
        assert table.total == money.add(table.year_totals.values())
        for key, cells in table.rows.items():
            assert table.row_totals[key] == money.add(cells.values())


def test_ceilings() -> None:
    """Every year stands beside its ceiling; one without a ceiling is over by nobody knows what."""
    found = {one.year: one.over for one in money.ceilings(plan_of(PLAN))}
    assert {2024: 50_000_000, 2025: None, 2026: 100_000_000} == found


def test_printed_totals() -> None:
    """A printed total disagrees if it differs, or if the computed one is incomplete."""
    found = {
        one.action.id if one.action else None: one.difference
        for one in money.disagreements(plan_of(PLAN))
    }
    assert {None: None, "A-2": None} == found
    assert ["A-1"] == [
        one.action.id
        for one in money.declarations(plan_of(PLAN))
        if one.action and one.difference == 0
    ]


def test_incomplete_actions() -> None:
    """Actions of which an amount is missing are found; one that needs no money is complete."""
    assert ["A-2"] == [one.id for one in money.incomplete(plan_of(PLAN))]
