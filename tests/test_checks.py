"""What a plan says of findings under `checks`, and the order in which findings come."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from samples import TODAY, check_text, sources_of

from smartplan.rules.check import check

if TYPE_CHECKING:
    from pathlib import Path

ACTION = "actions:\n  - {id: A-1, title: T}\n  - {id: A-2, title: U}\n"
"""Two actions without owner, years, dimension and indicator."""


def settled(checks: str, text: str = ACTION, today: date = TODAY) -> list[tuple[str, str, str]]:
    """Give code, level and path of the findings on owners and on the settings themselves."""
    found = check(sources_of({"a.yaml": text, "checks.yaml": f"checks:\n{checks}"}), today=today)
    return [
        (one.code.id, str(one.level), one.remark.path)
        for one in found.findings
        if one.code.id in ("C122", "T101", "T102", "T103")
    ]


OWNERS = [("C122", "warning", "actions[A-1]"), ("C122", "warning", "actions[A-2]")]


def ignored(**entry: str) -> str:
    """Write one entry of `ignore`."""
    body = ", ".join(f"{key}: {value}" for key, value in entry.items())
    return f"  ignore: [{{{body}, reason: disepakati}}]\n"


@pytest.mark.parametrize("rule", ["C122", "owner-missing"])
@pytest.mark.parametrize("level", ["error", "info"])
def test_levels(rule: str, level: str) -> None:
    """A plan may weigh a rule otherwise, by its code or its name."""
    assert [(code, level, path) for code, _level, path in OWNERS] == settled(
        f"  levels: {{{rule}: {level}}}\n"
    )


def test_level_off() -> None:
    """A rule that is off is not heard."""
    assert [] == settled("  levels: {C122: off}\n")


def test_level_holds_at_every_stage() -> None:
    """The level of the plan wins over the level of the stage."""
    sources = sources_of({"a.yaml": ACTION + "checks: {levels: {C122: info}}\n"})
    found = check(sources, today=TODAY, stage="final").findings
    assert {"info"} == {str(one.level) for one in found if one.code.id == "C122"}


@pytest.mark.parametrize("rule", ["C122", "owner-missing"])
@pytest.mark.parametrize("path", ["'actions[A-1]'", "'actions[A-1]*'", "'*[A-1]'"])
def test_ignore_one_place(rule: str, path: str) -> None:
    """An explained finding is not shown; others of its kind are."""
    assert OWNERS[1:] == settled(ignored(rule=rule, path=path))


@pytest.mark.parametrize(
    "entry", [{}, {"path": "'*'"}, {"path": "actions"}, {"path": "'actions[*]'"}]
)
def test_ignore_everywhere(entry: dict[str, str]) -> None:
    """Without a path, or with a star, all findings of a rule are explained, and what lies below."""
    assert [] == settled(ignored(rule="C122", **entry))


@pytest.mark.parametrize(
    "path", ["'actions[A-1'", "'actions[A-11]'", "'ctions[A-1]'", "'actions[A-1].own'"]
)
def test_ignore_another_place(path: str) -> None:
    """A path is matched whole, not by its first letters."""
    assert [*OWNERS, ("T101", "info", "checks.ignore")] == settled(ignored(rule="C122", path=path))


def test_ignore_is_unused() -> None:
    """An explanation of nothing is said to be so."""
    assert [*OWNERS, ("T101", "info", "checks.ignore")] == settled(ignored(rule="M046"))


def test_second_explanation_is_used_too() -> None:
    """Two entries that explain the same finding are both in use."""
    text = "  ignore:\n    - {rule: C122, reason: x}\n    - {rule: owner-missing, reason: y}\n"
    assert [] == settled(text)


@pytest.mark.parametrize(
    ("until", "today", "over"),
    [
        ("2026-11-24", date(2026, 11, 24), False),
        ("2026-11-23", date(2026, 11, 24), True),
        ("2026-11", date(2026, 11, 30), False),
        ("2026-10", date(2026, 11, 1), True),
        ("2026", date(2026, 12, 31), False),
        ("2025", date(2026, 1, 1), True),
    ],
)
def test_time_limit(until: str, today: date, *, over: bool) -> None:
    """An explanation holds up to its last day, month or year; then the finding is shown again."""
    expected = [*OWNERS, ("T102", "warning", "checks.ignore.until")] if over else []
    assert expected == settled(ignored(rule="C122", until=until), today=today)


@pytest.mark.parametrize("rule", ["C999", "owner-mising", "F101", "unknown-key", "Y105", "x"])
def test_unknown_rule(rule: str) -> None:
    """A rule that does not exist, and a fault of form, cannot be settled."""
    unknown = [*OWNERS, ("T103", "warning", "checks.ignore.rule")]
    assert unknown == settled(ignored(rule=rule))
    assert [*OWNERS, ("T103", "warning", f"checks.levels.{rule}")] == settled(
        f"  levels: {{{rule}: info}}\n"
    )


def test_unknown_rule_is_offered_the_nearest() -> None:
    """A misspelt name is answered with the right one."""
    found = check_text(ACTION + "checks:\n" + ignored(rule="owner-mising"))
    assert (
        "owner-missing"
        == next(one for one in found if one.code.id == "T103").remark.args["suggestion"]
    )


def test_faults_of_form_cannot_be_ignored() -> None:
    """What cannot be read stays a finding, whatever a plan says of it."""
    text = "actions:\n  - {id: A-1, titel: T}\n  - {id: A-2, title: [\n"
    found = check_text(a="actions: [{id: A-1, titel: T}]\n", b="checks:\n" + ignored(rule="F101"))
    assert "F101" in [one.code.id for one in found]
    assert "Y106" in [
        one.code.id for one in check_text(a=text, b="checks:\n" + ignored(rule="Y106"))
    ]


def test_values_that_the_loader_refuses_can_be_explained() -> None:
    """A code of the domain that loading raises is settled by its path like any rule."""
    text = "actions:\n  - {id: A-1, title: T, budget: {2024: 2 M, 2025: 2 M}}\n"
    entry = ignored(rule="M047", path="'actions[A-1].budget.2024'")
    found = check_text(text + "checks:\n" + entry)
    assert ["actions[A-1].budget.2025"] == [
        one.remark.path for one in found if one.code.id == "M047"
    ]


def test_reading_can_be_explained_by_its_path() -> None:
    """A reading is named by its indicator and period."""
    text = "indicators: [{id: I-1, title: x}]\n"
    text += "readings: [{indicator: I-1, period: 2024-Q4, value: 1.250}]\n"
    entry = ignored(rule="I035", path="'readings[I-1@2024-Q4].value'")
    codes = [one.code.id for one in check_text(text + "checks:\n" + entry)]
    assert not {"I035", "T101"} & set(codes)


def test_missing_dimensions_can_be_explained_one_by_one() -> None:
    """A gap in the dimensions has a path of its own, so that the others stay findings."""
    found = check_text("actions: []\nchecks:\n" + ignored(rule="D017", path="'dimensions[living]'"))
    missing = [one.remark.args["dimension"] for one in found if one.code.id == "D017"]
    assert ["branding", "economy", "environment", "governance", "society"] == sorted(
        map(str, missing)
    )


def test_findings_come_in_order() -> None:
    """Findings are sorted by file, place and code."""
    found = check_text(b=ACTION, a="goals: [{id: G-1}, {id: G-1, text: x, element: y}]\n")
    keys = [(one.span.source.path, one.span.start, one.span.end, one.code.id) for one in found]
    assert sorted(keys) == keys
    assert len(keys) > 10


def test_stage_of_the_request_wins() -> None:
    """A plan can be judged as at another stage than its own."""
    found = check(sources_of({"a.yaml": ACTION}), today=TODAY, stage="final")
    assert ("final", {"error"}) == (
        found.stage,
        {str(one.level) for one in found.findings if one.code.id == "C122"},
    )


SCRIPT = """
from datetime import date
from pathlib import Path
from smartplan.rules.check import check
from smartplan.text.source import Source
text = Path({path!r}).read_text("utf-8")
for one in check([Source("a.yaml", text)], today=date(2026, 11, 24)).findings:
    print(one.code.id, one.span.place, one.fingerprint, sorted(one.remark.args.items()))
"""

FULL_OF_FAULTS = """\
plan: {id: x, title: X, city: {name: X}, period: {start: 2024, end: 2028}, taxonomi: x}
actions:
  - id: A-1
    title: T
    depends_on: [A-2, A-9]
    elements: [x, y]
    dimension: economy
    budget: {2024: {csr: 0, sponsor: 0}}
  - {id: A-2, titel: T, depends_on: [A-1], ownr: x, support: [p, q, r]}
  - {id: a-1, title: T, quick_win: {state: selected, criteria: {appeal: x}}}
checks: {levels: {zz: info, yy: off}, ignore: [{rule: ww, reason: r}]}
visi: x
"""


def test_order_does_not_depend_on_hashes(tmp_path: Path) -> None:
    """The same plan gives the same findings in the same order under any hash seed."""
    path = tmp_path / "plan.yaml"
    path.write_text(FULL_OF_FAULTS, "utf-8")
    outputs = {
        subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-c", SCRIPT.format(path=str(path))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert 1 == len(outputs)
    assert len(outputs.pop().splitlines()) > 20


def test_fingerprint_survives_a_moved_line() -> None:
    """A finding keeps its fingerprint when lines above it come and go, or its file is renamed."""
    old, new = check_text(a=ACTION), check_text(b="# kepala\n\n" + ACTION)
    found = [{one.fingerprint for one in each if one.code.id == "C122"} for each in (old, new)]
    assert 2 == len(found[0])
    assert found[0] == found[1]


def test_rules_name_amounts_as_the_format_does() -> None:
    """The path of a bare amount ends with its year; that of an amount of a fund with the fund."""
    text = "actions:\n  - id: A-1\n    title: T\n    years: 2024\n"
    text += "    budget: {2024: 0, 2025: {apbd: 0, csr: 5 juta}, 2026: {amount: 0}}\n"
    found = [(one.code.id, one.remark.path) for one in check_text(text)]
    assert [
        ("M048", "actions[A-1].budget.2024"),
        ("M149", "actions[A-1].budget.2025"),
        ("M048", "actions[A-1].budget.2025.apbd"),
        ("M152", "actions[A-1].budget.2025.csr"),
        ("M149", "actions[A-1].budget.2026"),
        ("M048", "actions[A-1].budget.2026"),
    ] == [(code, path) for code, path in found if code in ("M048", "M149", "M152")]


def test_an_entry_is_not_unused_while_something_is_unread() -> None:
    """What it ignores may only be hidden: by a field that cannot be read, or another stage."""
    text = """\
plan:
  id: uji
  title: Masterplan
  stage: {stage}
  period: {{start: 2024, end: 2028}}
  city: {{name: Kota A}}
checks:
  ignore: [{{rule: C066, path: plan, reason: nanti}}]
actions: [{{id: A-1, title: Satu, years: {years}}}]
"""
    whole = check_text(text.format(stage="draft", years="2024"))
    broken = check_text(text.format(stage="draft", years="dua"))
    assert "T101" in {one.code.id for one in whole}
    assert "T101" not in {one.code.id for one in broken}
