"""Events, workshops, acts and sources in their order."""

from __future__ import annotations

from samples import plan_of

from smartplan.figures import city


def test_events_stand_in_time() -> None:
    """Events stand in the order in which they happened; one without a date last."""
    plan = plan_of(
        "events:\n  - {id: E-1, title: Tanpa tanggal}\n  - {id: E-2, date: 2024-03, title: B}\n"
        "  - {id: E-3, date: 2023-07-31/2023-08-01, title: A}\n"
    )
    assert ["E-3", "E-2", "E-1"] == [one.id for one in city.events(plan)]


def test_workshops_stand_by_number() -> None:
    """Workshops stand by their number, whatever their order in the file."""
    plan = plan_of("stages: [{id: B-2, number: 2}, {id: B-1, number: 1}]\n")
    assert ["B-1", "B-2"] == [one.id for one in city.workshops(plan)]


def test_participation_stands_in_time() -> None:
    """Occasions of participation stand in time, undated ones last."""
    plan = plan_of("participation: [{id: P-1, title: A}, {id: P-2, title: B, date: 2023}]\n")
    assert ["P-2", "P-1"] == [one.id for one in city.participation(plan)]


def test_acts_stand_by_rank_then_year() -> None:
    """A law stands before a regulation, an older law before a younger one."""
    plan = plan_of(
        "legal_basis:\n  - {id: P-1, kind: perpres, year: 2018, title: A}\n"
        "  - {id: U-2, kind: uu, year: 2014, title: B}\n"
        "  - {id: U-1, kind: uu, year: 2004, title: C}\n"
        "  - {id: X-1, title: D}\n"
    )
    assert ["U-1", "U-2", "P-1", "X-1"] == [one.id for one in city.acts(plan)]


def test_adopting_act() -> None:
    """The act that adopts the plan is found by its id; without one there is none."""
    assert city.adopting_act(plan_of("")) is None
    header = "plan: {id: x, title: Uji, adopted_by: PW-1}\n"
    plan = plan_of(header + "legal_basis: [{id: PW-1, kind: perkada, title: Masterplan}]\n")
    act = city.adopting_act(plan)
    assert act
    assert "PW-1" == act.id


def test_inventory_stands_by_kind() -> None:
    """What exists is grouped by kind, in the order of the plan."""
    plan = plan_of(
        "inventory:\n  - {id: I-1, name: A, kind: application}\n"
        "  - {id: I-2, name: B, kind: network}\n"
        "  - {id: I-3, name: C, kind: application}\n"
    )
    found = {key: [one.id for one in group] for key, group in city.inventory(plan).items()}
    assert {"application": ["I-1", "I-3"], "network": ["I-2"]} == found


def test_sources_stand_as_people_count() -> None:
    """S-2 stands before S-10, S-16 before S-16b."""
    plan = plan_of(
        "sources: [{id: S-16b, title: A}, {id: S-10, title: B}, "
        "{id: S-2, title: C}, {id: S-16, title: D}]\n"
    )
    assert ["S-2", "S-10", "S-16", "S-16b"] == [one.id for one in city.sources(plan)]
