"""Who does what and when: groups of actions, loads of agencies, the road map."""

from __future__ import annotations

from samples import plan_of

from smartplan.figures import delivery

PLAN = """\
agencies: [{id: dinas, name: Dinas}, {id: badan, name: Badan}]
roadmap:
  horizons:
    - {id: short, title: Pendek, years: 2024}
    - {id: medium, title: Menengah, years: 2024-2026}
actions:
  - {id: E-1, title: Satu, dimension: economy, kind: people, owner: dinas, support: [badan],
     elements: [economy.industry, economy.welfare], years: [2024, 2026],
     quick_win: {state: selected}}
  - {id: G-1, title: Dua, dimension: governance, kind: programme, owner: dinas, years: 2030,
     quick_win: {state: proposed}}
  - {id: N-1, title: Tiga}
"""


def ids(groups: dict[str | None, tuple[object, ...]]) -> dict[str | None, list[str]]:
    """Name the actions of groups that have any."""
    return {
        key: [getattr(one, "id", "") for one in group] for key, group in groups.items() if group
    }


def test_by_dimension() -> None:
    """Every dimension has its actions, in the order of the taxonomy; what has none comes last."""
    found = delivery.by_dimension(plan_of(PLAN))
    assert 7 == len(found)
    assert {"governance": ["G-1"], "economy": ["E-1"], None: ["N-1"]} == ids({**found})


def test_enabling_groups() -> None:
    """The four groups are there, whether they have actions or not, and no other kind."""
    found = delivery.enabling(plan_of(PLAN))
    assert ["people", "infrastructure", "application", "literacy"] == list(found)
    assert {"people": ["E-1"]} == ids({**found})


def test_quick_wins_follow_the_dimensions() -> None:
    """Quick wins stand in the order of the dimensions."""
    assert ["G-1", "E-1"] == [one.id for one in delivery.quick_wins(plan_of(PLAN))]


def test_loads() -> None:
    """Every agency has what it leads and what it helps with."""
    found = [
        (load.agency.id, len(load.leads), len(load.supports))
        for load in delivery.loads(plan_of(PLAN))
    ]
    assert [("dinas", 2, 0), ("badan", 0, 1)] == found


def test_gaps() -> None:
    """Actions that nobody leads and actions without years are found."""
    plan = plan_of(PLAN)
    assert ["N-1"] == [one.id for one in delivery.without_owner(plan)]
    assert ["N-1"] == [one.id for one in delivery.without_years(plan)]


def test_roadmap_has_every_year_once() -> None:
    """A year of two horizons stands under the first, one of none by itself; empty rows are out."""
    found = delivery.roadmap(plan_of(PLAN))
    stretches = [(one.horizon.id if one.horizon else None, one.years) for one in found.stretches]
    assert [
        ("short", (2024,)),
        ("medium", (2025, 2026)),
        (None, (2027, 2028, 2030)),
    ] == stretches
    assert (2024, 2025, 2026, 2027, 2028, 2030) == found.years
    assert ["governance", "economy", None] == list(found.rows)
