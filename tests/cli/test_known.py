"""What a plan says of findings: known ones, comments that ignore, `fail_on`, `exclude`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from running import run

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """\
plan:
  id: uji-2024
  title: Masterplan Uji
  stage: draft
  period: {start: 2024, end: 2028}
  city: {code: "71.74", name: Kota Uji}
"""
ACTION = """\
actions:
  - id: GOV-01
    title: Mal pelayanan
    budget:
      2024: sejuta
      2025: sejuta
    owner: tidak-ada
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan with three errors; stand in its folder."""
    (tmp_path / "aksi").mkdir()
    (tmp_path / "plan.yaml").write_text(HEADER, encoding="utf-8")
    (tmp_path / "aksi" / "GOV-01.yaml").write_text(ACTION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(*words: str) -> list[str]:
    """Give the codes that `validate` shows."""
    return [line.split(": ")[1].split()[0] for line in run("validate", *words).lines]


def test_known_findings_are_left_out(plan: Path) -> None:
    """What was recorded is hidden and counted; --all shows it; a new fault is shown alone."""
    before = codes()
    recorded = run("validate", "--record-known")
    assert recorded.out == f"{len(before)} known findings in checks/known.yaml.\n"
    text = (plan / "checks" / "known.yaml").read_text("utf-8")
    assert text.splitlines()[1] == "known:"
    assert text.count("\n") == len(before) + 2
    after = run("validate")
    assert (after.code, after.out) == (0, "")
    assert f"Known and left out: {len(before)}." in after.err
    assert codes("--all") == before
    assert run("validate", "--all").code == 1
    path = plan / "aksi" / "GOV-01.yaml"
    path.write_text("# satu baris lagi\n" + ACTION + "    dimension: goverment\n", "utf-8")
    assert codes() == ["D016"]


def test_the_list_is_stable(plan: Path) -> None:
    """Recording twice writes the same bytes, from whatever folder it is done."""
    run("validate", "--record-known")
    first = (plan / "checks" / "known.yaml").read_bytes()
    run("validate", "--record-known")
    assert (plan / "checks" / "known.yaml").read_bytes() == first
    run("validate", "aksi", "--record-known")
    assert (plan / "checks" / "known.yaml").read_bytes() == first


def test_the_same_findings_from_another_folder(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known does not depend on where the user stands."""
    (plan / "aksi" / "GOV-02.yaml").write_text(ACTION + "lain: 1\n", encoding="utf-8")
    run("validate", "--record-known")
    monkeypatch.chdir(plan / "aksi")
    assert codes("..") == []


def test_what_is_gone_is_said_and_taken_out(plan: Path) -> None:
    """A known finding that was mended is an info with a fix; the last line leaves an empty list."""
    run("validate", "--record-known")
    path = plan / "aksi" / "GOV-01.yaml"
    path.write_text(ACTION.replace("2024: sejuta", "2024: 1 juta"), encoding="utf-8")
    assert codes() == ["S115"]
    fixed = run("validate", "--fix")
    assert (fixed.code, "Fixed: 1." in fixed.err) == (0, True)
    assert "2024" not in (plan / "checks" / "known.yaml").read_text("utf-8")
    path.unlink()
    (plan / "plan.yaml").write_text(HEADER.replace("Uji", "Baru"), encoding="utf-8")
    gone = run("validate", "--fix")
    assert "S115" not in gone.out
    assert "Known" in gone.err


def test_a_finding_that_comes_again_is_new(plan: Path) -> None:
    """Two that are alike are known twice; a third one is shown; one that goes is told."""
    path = plan / "aksi" / "GOV-01.yaml"
    part = "    indicators:\n      - id: I-1\n        title: Satu\n        unit: layanan\n"
    path.write_text(ACTION + part + "        baseline: {2023: satu, 2023.0: satu}\n", "utf-8")
    twin = "  - {indicator: I-1, period: 2024, value: banyak}\n"
    path.write_text(ACTION + part + "readings:\n" + twin * 2, encoding="utf-8")
    run("validate", "--record-known")
    assert ", times: 2}" in (plan / "checks" / "known.yaml").read_text("utf-8")
    assert codes() == []
    path.write_text(ACTION + part + "readings:\n" + twin * 3, encoding="utf-8")
    assert set(codes()) == {"I134"}
    path.write_text(ACTION + part + "readings:\n" + twin, encoding="utf-8")
    assert "S115" in codes()
    run("validate", "--fix")
    assert codes() == []
    assert "I134" not in codes("--all")[1:] or codes("--all").count("I134") == 1


def test_other_stages_say_nothing_of_the_list(plan: Path) -> None:
    """Judged as at another stage, nothing is called gone: it was not looked for as usual."""
    run("validate", "--record-known", "--stage", "final")
    assert "S115" in codes()
    assert "S115" not in codes("--stage", "final")
    (plan / "aksi" / "lain.yaml").write_text("actions: [\n", encoding="utf-8")
    assert codes().count("S115") == 0, "a broken file hides what is known in it"


def test_a_thousand_known_findings_are_no_burden(plan: Path) -> None:
    """A city that begins with a thousand faults records them, and checks as fast as before."""
    years = "".join(f"      {2024 + number % 5}: x{number}\n" for number in range(5))
    actions = "".join(
        f"  - id: A-{number}\n    title: Aksi {number}\n    budget:\n{years}"
        for number in range(250)
    )
    (plan / "aksi" / "GOV-01.yaml").write_text(f"actions:\n{actions}", encoding="utf-8")
    before = time.perf_counter()
    assert len(codes()) > 1250
    plain = time.perf_counter() - before
    run("validate", "--record-known")
    before = time.perf_counter()
    assert codes() == []
    assert time.perf_counter() - before < 2 * plain + 1
    (plan / "aksi" / "GOV-01.yaml").write_text("actions: []\n", encoding="utf-8")
    assert "Fixed: " in run("validate", "--fix").err
    assert "S115" not in codes()


def test_the_list_is_written_only_where_it_belongs(plan: Path) -> None:
    """A plan of one file has no place for it, and a file that holds more is not overwritten."""
    alone = plan / "sendiri.yaml"
    alone.write_text(HEADER, encoding="utf-8")
    (plan / "plan.yaml").unlink()
    refused = run("validate", "sendiri.yaml", "--record-known")
    assert (refused.code, "needs a folder" in refused.err) == (2, True)
    alone.rename(plan / "plan.yaml")
    (plan / "checks").mkdir()
    for text in ("known: []\nchecks: {}\n", "known: [\n"):
        (plan / "checks" / "known.yaml").write_text(text, encoding="utf-8")
        refused = run("validate", "--record-known")
        assert (refused.code, "something else" in refused.err) == (2, True)
        assert (plan / "checks" / "known.yaml").read_text("utf-8") == text


def test_the_list_forgets_nothing_that_a_broken_file_hides(plan: Path) -> None:
    """While a file cannot be read, the list stays as it is."""
    run("validate", "--record-known")
    before = (plan / "checks" / "known.yaml").read_text("utf-8")
    (plan / "aksi" / "GOV-01.yaml").write_text("actions: [\n", encoding="utf-8")
    refused = run("validate", "--record-known")
    assert (refused.code, "Mend the file first" in refused.err) == (2, True)
    assert "GOV-01.yaml" in refused.err
    assert (plan / "checks" / "known.yaml").read_text("utf-8") == before


# Comments


@pytest.mark.parametrize(
    ("comment", "rest"),
    [
        ("# smartplan: ignore[C022] belum ada perangkatnya", "owner: diskominfo"),
        ("  # smartplan: ignore[agency-unknown]: belum ada", "owner: diskominfo"),
        ("# smartplan: ignore[C022, C222] belum ada", None),
    ],
)
def test_a_comment_leaves_a_finding_out(plan: Path, comment: str, rest: str | None) -> None:
    """A comment hides its finding, is counted, and goes with --fix once it explains nothing."""
    path = plan / "aksi" / "GOV-01.yaml"
    known = "agencies: [{id: diskominfo, name: Dinas}]\n"
    path.write_text(ACTION.replace("tidak-ada", f"tidak-ada {comment}") + known, "utf-8")
    shown = run("validate")
    assert " C022 " not in shown.out
    assert "Explained and left out: 1." in shown.err
    path.write_text(ACTION.replace("tidak-ada", f"diskominfo {comment}") + known, "utf-8")
    assert "S114" in codes()
    run("validate", "--fix")
    text = path.read_text("utf-8")
    assert "S114" not in codes()
    assert rest is None or f"    {rest}\n" in text


def test_a_rule_that_explains_nothing_leaves_the_brackets(plan: Path) -> None:
    """Of two rules in a comment only the unused one goes; a line of its own goes whole."""
    path = plan / "aksi" / "GOV-01.yaml"
    path.write_text(
        ACTION.replace("    owner", "    # smartplan: ignore[M046, C022] baru\n    owner"), "utf-8"
    )
    run("validate", "--fix")
    assert "    # smartplan: ignore[C022] baru\n    owner: tidak-ada\n" in path.read_text("utf-8")
    path.write_text(
        ACTION.replace("    title", "    # smartplan: ignore[M046] baru\n    title"), "utf-8"
    )
    run("validate", "--fix")
    assert path.read_text("utf-8") == ACTION


def test_text_is_no_comment(plan: Path) -> None:
    """What stands in quotes or in a block of text ignores nothing and is not complained of."""
    path = plan / "aksi" / "GOV-01.yaml"
    text = '    note: "# smartplan: ignore[C022] x"\n    summary: |\n      # smartplan: ignore\n'
    path.write_text(ACTION + text, encoding="utf-8")
    shown = codes()
    assert "C022" in shown
    assert [] == [one for one in shown if one.startswith("S11")]


def test_faults_of_form_cannot_be_ignored(plan: Path) -> None:
    """A comment cannot make an unreadable field readable; it is told so."""
    path = plan / "aksi" / "GOV-01.yaml"
    path.write_text(ACTION + "    titel: x # smartplan: ignore[F101] biar\n", encoding="utf-8")
    assert {"F101", "S112"} <= set(codes())


# Settings


def test_fail_on_is_a_setting(plan: Path) -> None:
    """`checks.fail_on` decides from which level on a plan fails, unless the option is given."""
    (plan / "aksi" / "GOV-01.yaml").unlink()
    assert run("validate").code == 0
    header = plan / "plan.yaml"
    header.write_text(HEADER + "checks: {fail_on: warning}\n", encoding="utf-8")
    assert run("validate").code == 1
    assert run("validate", "--fail-on", "error").code == 0
    header.write_text(HEADER + "checks: {fail_on: never}\n", encoding="utf-8")
    assert run("validate", "--fail-on", "info").code == 1
    assert run("validate").code == 0


@pytest.mark.parametrize("pattern", ["aksi/GOV-01.yaml", "aksi/*", "aksi/**", "*/GOV-*"])
def test_exclude_leaves_files_out(plan: Path, pattern: str) -> None:
    """A file that `checks.exclude` names is not read, whatever folder the user stands in."""
    header = plan / "plan.yaml"
    header.write_text(HEADER + f'checks: {{exclude: ["{pattern}"]}}\n', encoding="utf-8")
    assert "C022" not in codes()
    assert "C022" not in codes("aksi")
    header.write_text(HEADER + 'checks: {exclude: ["GOV-01.yaml"]}\n', encoding="utf-8")
    assert "C022" in codes()
