"""The values of fields, as they arrive from a file: what is read, noted and refused, and where."""

from __future__ import annotations

from decimal import Decimal

import pytest
from samples import check_text, form, places, plan_of

from smartplan.plan.grammar import Money


def action(*lines: str) -> str:
    """Write a plan with one action."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"actions:\n  - id: GOV-01\n    title: SiKemas\n{body}"


def noticed(*lines: str) -> list[tuple[str, int]]:
    """Give the findings about form and values of an action with some lines."""
    found = check_text(action(*lines))
    return [(one.code.id, one.span.line) for one in found if one.code.id[0] in "FY"] + places(
        found, "M046", "M047", "D016", "M052", "M054", "M154", "I035", "I134"
    )


def test_short_forms_of_a_budget() -> None:
    """A scalar and one amount belong to the default fund; else a year is a mapping by fund."""
    text = action(
        "budget:",
        "  2024: 700 juta",
        "  2025: {amount: 5 juta, note: usulan}",
        "  2026: {apbd: 1 juta, csr: {amount: 2 juta, approximate: true}}",
        "  2027: {unit_cost: 10 juta, unit: RT, volume: 120}",
        "  2028: {apbd: {note: menunggu pagu}}",
    )
    budget = plan_of(text).actions[0].budget
    rupiah = {
        year: {fund: one.rupiah for fund, one in funds.items()} for year, funds in budget.items()
    }
    assert {
        2024: {"apbd": 700_000_000},
        2025: {"apbd": 5_000_000},
        2026: {"apbd": 1_000_000, "csr": 2_000_000},
        2027: {"apbd": 1_200_000_000},
        2028: {"apbd": None},
    } == rupiah
    assert budget[2026]["csr"].about


def test_default_fund_of_the_plan() -> None:
    """A bare amount belongs to the fund that the plan names."""
    header = "plan: {id: x, title: X, period: {start: 2024, end: 2028}, city: {name: X},"
    plan = plan_of(a=action("budget: {2024: 5 juta}"), b=f"{header} default_fund: pad}}\n")
    assert ["pad"] == list(plan.actions[0].budget[2024])


def test_unknown_is_not_zero() -> None:
    """What is not given is none, never 0."""
    one = plan_of(action()).actions[0]
    assert ({}, (), None, None) == (one.budget, one.years, one.owner, one.quick_win)


def test_money_is_whole_rupiah() -> None:
    """An amount that the YAML would take for 700.0 is 700,000 rupiah."""
    budget = plan_of(action("budget: {2024: 700.000}")).actions[0].budget
    assert Money(700_000) == budget[2024]["apbd"].amount


def test_years_are_a_set() -> None:
    """Years may be one, a range, or a list of both; they are kept in order, each once."""
    assert (2024, 2026, 2027, 2028) == plan_of(action("years: [2026-2028, 2024, 2027]")).actions[
        0
    ].years
    assert (2024,) == plan_of(action("years: 2024")).actions[0].years
    assert [] == noticed("years: [2024, 2026-2028]")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("years: 2028-2024", "F111"),
        ("years: 2024–2026", "F112"),
        ("years: [2024, nanti]", "F110"),
        ("years: {2024: ya}", "F103"),
        ("title2: x", "F101"),
        ("summary: 5", "F109"),
        ("summary: [a, b]", "F103"),
        ("summary: {a: b}", "F103"),
        ("summary: true", "F103"),
        ("kind: aplikasi", "F105"),
        ("kind: [application]", "F103"),
        ("formerly: [OLD 1]", "F106"),
        ("codes: [2.16.x]", "M054"),
        ("codes: [2.16.03.02.02]", "M154"),
        ("status_date: 2023-13", "F113"),
        ("quick_win: {state: selected, start: 2024}", "F113"),
        ("quick_win: {state: selected, months: 1.5}", "F103"),
        ("quick_win: {stat: selected}", "F101"),
        ("budget: {2024: 1.5}", "M046"),
        ("budget: {2024: 2 M}", "M047"),
        ("budget: {nanti: 5 juta}", "F110"),
        ("budget: {2024: {dak: 5 juta}}", "M052"),
        ("budget: {2024: [5 juta]}", "F103"),
        ("budget: {2024: {apbd: {amont: 5 juta}}}", "F101"),
        ("budget: 5 juta", "F103"),
        ("dimension: Layanan", "D016"),
        ("indicators: [{id: I-1, title: x, targets: {2024: banyak}}]", "I134"),
        ("indicators: [{id: I-1, title: x, targets: {2024: 1.250}}]", "I035"),
        ("indicators: {id: I-1, title: x}", "F103"),
        ("indicators: [I-1]", "F103"),
        ("places: kota", "F103"),
        ("places: {names: [Mogolaing]}", "F104"),
        ("origin: baru", "F103"),
        ("provenance: illustrative", "F103"),
    ],
)
def test_one_fault_is_one_finding(line: str, code: str) -> None:
    """Whatever is wrong with a field is said once, at the field, and nothing else of its form."""
    assert [(code, 4)] == noticed(line)


def test_numbers_in_text_fields() -> None:
    """An unquoted number in a text or code field is kept as it was written."""
    plan = plan_of(action("summary: 71.10", "codes: [2.16.03]"))
    assert ("71.10", ("2.16.03",)) == (plan.actions[0].summary, plan.actions[0].codes)


def test_finding_names_the_very_value() -> None:
    """Of two equal values in one item each is noted at its own place."""
    text = action("budget: {2024: 2 M, 2025: 2 M}", "indicators: [{id: I-1, title: '5', unit: 5}]")
    found = [one for one in check_text(text) if one.code.id in ("M047", "F109")]
    paths = ["actions[GOV-01].budget.2024", "actions[GOV-01].budget.2025", "indicators[I-1].unit"]
    assert paths == [one.remark.path for one in found]
    assert ["2 M", "2 M", "5"] == [one.span.text for one in found]


def test_broken_field_stays_unknown_and_its_item_stays() -> None:
    """What cannot be read is left out; the rest of the item is read."""
    plan = plan_of(action("years: nanti", "summary: ada", "dimension: governance"))
    one = plan.actions[0]
    assert ((), "ada", "governance") == (one.years, one.summary, one.dimension)
    assert not plan.knows(one, "years")
    assert plan.knows(one, "summary")


def test_part_of_a_list_that_cannot_be_read_is_left_out() -> None:
    """The other parts of the list stay, and their places with them."""
    text = "actions:\n  - id: A-1\n    title: T\n    indicators:\n"
    text += "      - 5\n      - {id: I-1, title: x}\n"
    text += "      - {id: I-2, title: y, provenance: {status: derived, sources: [S-9]}}\n"
    plan = plan_of(text)
    assert ["I-1", "I-2"] == [one.id for one in plan.indicators]
    assert [("F103", 5), ("F107", 7)] == form(check_text(text))
    assert 6 == plan.where(plan.indicators[0]).line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("governance", "governance"),
        ("Tata Kelola", "governance"),
        ("SMART CITY", None),
        ("gov", "governance"),
        ("Smart Governance", "governance"),
        ("tata pamong", "governance"),
        ("Smart People", "society"),
    ],
)
def test_aliases_of_dimensions(written: str, read: str | None) -> None:
    """A dimension is read by its id, its names in both languages and its aliases."""
    assert read == plan_of(action(f"dimension: {written}")).actions[0].dimension


def test_numbers_of_indicators() -> None:
    """A decimal comma in quotes and a point are the same number."""
    text = 'indicators:\n  - {id: I-1, title: x, targets: {2024: "2,5", 2025: 2.5}}\n'
    targets = plan_of(text).indicators[0].targets
    assert Decimal("2.5") == targets[2024].value
    assert targets[2024] == targets[2025]


def test_no_field_is_filled_by_itself() -> None:
    """Only the header has defaults: language, stage and currency."""
    text = "plan: {id: x, title: X, period: {start: 2024, end: 2028}, city: {name: X}}\n"
    header = plan_of(text).header
    assert ("id", "draft", "IDR", None) == (
        header.language,
        header.stage,
        header.currency,
        header.default_fund,
    )


def test_form_of_a_sound_plan() -> None:
    """A plan without faults has no finding about form."""
    text = action(
        "years: 2024-2026", "budget: {2024: 700 juta}", "origin: new", "non_budget: tidak ada"
    )
    assert [] == form(check_text(text))
