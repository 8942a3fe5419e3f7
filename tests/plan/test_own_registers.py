"""A plan's own registers are known by name as the shipped ones are; sets of dimensions."""

from __future__ import annotations

import pytest
from samples import check_text, form, plan_of

from smartplan.plan.registers import shipped

HEADER = (
    "plan: {{id: x, title: Uji, period: {{start: 2024, end: 2028}}, city: {{name: Kota}}{more}}}\n"
)
MOBILITY = """\
registers:
  - id: kota-kita
    kind: taxonomy
    title: Dua dimensi kota kita
    dimensions:
      - id: layanan
        name: Layanan
        aliases: [pelayanan]
        elements: [{id: layanan.daring, name: Daring}]
      - {id: mobilitas, name: Mobilitas}
"""


def test_an_own_set_of_dimensions_is_known_by_name() -> None:
    """Names and aliases of the plan's own dimensions and elements are read; others are refused."""
    text = HEADER.format(more=", taxonomy: kota-kita") + (
        "actions:\n"
        "  - {id: A-1, title: Satu, dimension: pelayanan, elements: [layanan.daring]}\n"
        "  - {id: A-2, title: Dua, dimension: governance}\n"
    )
    plan = plan_of(text, registers=MOBILITY)
    assert ["layanan", None] == [one.dimension for one in plan.actions]
    assert ["layanan.daring"] == list(plan.actions[0].elements)
    [wrong] = [one for one in check_text(text, registers=MOBILITY) if one.code.id == "D016"]
    assert ("governance", ["layanan", "mobilitas"]) == (
        wrong.remark.args["seen"],
        wrong.remark.args["allowed"],
    )


def test_own_funds_and_codes_stand_beside_the_shipped_ones() -> None:
    """A fund of the plan can be the default fund; its list of codes can be the generation."""
    registers = (
        "registers:\n"
        "  - {id: dana, kind: funds, funds: [{id: dana-abadi, name: Dana abadi, external: true}]}\n"
        "  - {id: kode-kita, kind: budget-codes, activities: {'2.16.03.2.02.0009': Ekosistem}}\n"
    )
    header = HEADER.format(more=", default_fund: dana-abadi, codes: kode-kita")
    action = "actions: [{id: A-1, title: Satu, budget: {2024: {apbd: 1 juta}, 2025: 2 juta}}]\n"
    plan = plan_of(header + action, registers=registers)
    assert [] == form(check_text(header + action, registers=registers))
    assert {2024: ["apbd"], 2025: ["dana-abadi"]} == {
        year: list(amounts) for year, amounts in plan.actions[0].budget.items()
    }
    assert plan.registers.code_list is not None
    assert {"2.16.03.2.02.0009": "Ekosistem"} == plan.registers.code_list.activities


@pytest.mark.parametrize(
    ("entry", "code", "suggestion"),
    [
        ("{id: a, kind: jenis, dimensions: [{id: x, name: X}]}", "F105", ""),
        ("{id: a, kind: taxonomie, dimensions: [{id: x, name: X}]}", "F105", "taxonomy"),
        ("{id: giffinger, kind: taxonomy, dimensions: [{id: x, name: X}]}", "F171", None),
        ("{id: a, kind: weight-profile}", "F172", None),
        ("{id: a, kind: funds, funds: [{id: apbd, name: APBD lain}]}", "F173", None),
        ("{id: a, kind: taxonomy, dimensions: [{id: x, name: X}, {id: X, name: Y}]}", "F173", None),
        ("{kind: funds, funds: [{id: z, name: Z}]}", "F104", None),
        ("{id: a, kind: funds, fund: [{id: z, name: Z}]}", "F101", "funds"),
    ],
)
def test_what_is_wrong_with_a_register(entry: str, code: str, suggestion: str | None) -> None:
    """Each fault is told once, at its place, with the nearest right name where there is one."""
    found = [
        one for one in check_text(registers=f"registers:\n  - {entry}\n") if one.code.id == code
    ]
    assert 1 == len(found)
    assert ("registers.yaml", 2) == (found[0].span.source.path, found[0].span.line)
    if suggestion is not None:
        assert suggestion == found[0].remark.args["suggestion"]


def test_two_registers_of_one_name() -> None:
    """The second one is refused; one of another kind may bear the name."""
    same = "{id: a, kind: weight-profile, year: 2024, cohort: x, weights: {baseline: 100}}"
    other = "{id: a, kind: funds, funds: [{id: z, name: Z}]}"
    text = f"registers:\n  - {same}\n  - {same}\n  - {other}\n"
    assert [("F171", 3)] == form(check_text(registers=text))


def test_a_register_that_nobody_knows() -> None:
    """An unknown name is refused with the nearest one, own ones too."""
    text = HEADER.format(more=", taxonomy: kota-kta")
    [wrong] = [one for one in check_text(text, registers=MOBILITY) if one.code.id == "F121"]
    assert "kota-kita" == wrong.remark.args["suggestion"]
    evaluation = "evaluations: [{id: EVAL-2024-I, year: 2024, stage: I, profile: kominfo-2022}]\n"
    [wrong] = [one for one in check_text(evaluation) if one.code.id == "F121"]
    assert "kominfo-2017-2019" in wrong.remark.args["allowed"]  # type: ignore[operator]  # a list


def test_a_set_without_elements_asks_for_none() -> None:
    """The draft of 2026 and Giffinger's six have no elements; every set says where it stands."""
    assert {"kominfo-2021": 18, "draft-2026": 0, "giffinger": 0} == {
        name: len(one.elements) for name, one in shipped().taxonomies.items()
    }
    assert {6} == {len(one.by_id) for one in shipped().taxonomies.values()}
    assert ["draft-2026"] == [one.id for one in shipped().taxonomies.values() if one.draft]
    assert all(one.source and one.date for one in shipped().taxonomies.values())
    text = HEADER.format(more=", taxonomy: draft-2026")
    action = "actions: [{id: A-1, title: Satu, dimension: mobility}]\n"
    assert [] == [one for one in check_text(text + action) if one.code.id in ("D016", "D117")]


def test_a_plan_that_takes_another_set_up_is_told_the_successor() -> None:
    """A dimension that the new set does not have is answered with what became of it."""
    text = HEADER.format(more=", taxonomy: giffinger") + (
        "actions:\n"
        "  - {id: A-1, title: Satu, dimension: society}\n"
        "  - {id: A-2, title: Dua, dimension: branding}\n"
    )
    found = [one.remark.args["suggestion"] for one in check_text(text) if one.code.id == "D016"]
    assert ["people", ""] == found


def test_mappings_lead_from_one_shipped_set_into_another() -> None:
    """Every name of a mapping stands in its sets, and every mapping says where it comes from."""
    taxonomies = shipped().taxonomies
    for one in shipped().passages:
        old, new = taxonomies[one.old], taxonomies[one.new]
        assert set(one.pairs) <= {*old.by_id, *old.elements}
        assert set(one.pairs.values()) <= {*new.by_id, *new.elements}
        assert one.source
