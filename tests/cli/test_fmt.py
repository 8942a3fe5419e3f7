"""`fmt`: one layout for all, and a plan that stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run

PLAN = """\
plan:
  id: contoh-2024
  title: Masterplan Smart City
  language: en
  period: {start: 2024, end: 2028}
  city: {name: Kota Kotamobagu}
"""
UNTIDY = """\
# Two actions.
provenance: {status: illustrative}
actions:
- title: SiKemas   # the desk
  id: GOV-01
  years: 2024


# Later.
- id: GOV-02
  title:   SiCaCa
"""
TIDY = """\
# Two actions.
provenance: {status: illustrative}
actions:
  - id: GOV-01
    title: SiKemas   # the desk
    years: 2024

  # Later.
  - id: GOV-02
    title: SiCaCa
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a plan with an untidy file."""
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "aksi.yaml").write_text(UNTIDY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, str]:
    """Give every file of a folder."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_text("utf-8") for one in found}


def test_untidy_files_are_laid_out(plan: Path) -> None:
    """It names the files that it wrote; the second time there are none."""
    first, second = run("fmt"), run("fmt")
    assert (first.code, first.out, first.err) == (0, "aksi.yaml\n", "Files laid out anew: 1.\n")
    assert files(plan)["aksi.yaml"] == TIDY
    assert (second.code, second.out) == (0, "")


def test_check_writes_nothing(plan: Path) -> None:
    """It is for a hook: exit 1 as long as there is something to do."""
    before = files(plan)
    assert (run("fmt", "--check").code, run("fmt", "--check").out) == (1, "aksi.yaml\n")
    assert files(plan) == before
    run("fmt")
    assert run("fmt", "--check").code == 0


def test_diff_shows_what_would_change(plan: Path) -> None:
    """As git shows it; nothing is written."""
    before = files(plan)
    shown = run("fmt", "--diff")
    assert shown.code == 1
    assert "+++ b/aksi.yaml" in shown.out.splitlines()
    assert "+    title: SiKemas   # the desk" in shown.out.splitlines()
    assert files(plan) == before


def test_only_what_is_asked_for(plan: Path) -> None:
    """A file, or a folder, of a plan."""
    (plan / "lain.yaml").write_text("risks:   []\n", "utf-8")
    assert run("fmt", "lain.yaml").out == "lain.yaml\n"
    assert files(plan)["aksi.yaml"] == UNTIDY


def test_what_cannot_be_read_is_left(plan: Path) -> None:
    """The others are laid out; the exit code tells."""
    broken = 'actions:\n - title: "SiKemas\n'
    (plan / "rusak.yaml").write_text(broken, "utf-8")
    told = run("fmt")
    assert told.code == 1
    assert told.out == "aksi.yaml\n"
    assert "rusak.yaml" in told.err
    assert files(plan)["rusak.yaml"] == broken


def test_what_the_plan_leaves_out_is_left_out(plan: Path) -> None:
    """By `checks.exclude`."""
    (plan / "checks.yaml").write_text('checks:\n  exclude: ["aksi*"]\n', "utf-8")
    assert run("fmt").out == ""
    assert files(plan)["aksi.yaml"] == UNTIDY


def test_windows_line_ends_stay(plan: Path) -> None:
    """Git decides about them, not the layout."""
    (plan / "aksi.yaml").write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
    run("fmt")
    after = (plan / "aksi.yaml").read_bytes()
    assert after == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()


def test_actions_move_into_files_of_their_own_and_back(plan: Path) -> None:
    """With their comments, and what they had from their file."""
    run("fmt", "--layout", "split")
    apart = files(plan)
    assert set(apart) == {"plan.yaml", "actions/GOV-01.yaml", "actions/GOV-02.yaml"}
    assert apart["actions/GOV-02.yaml"] == (
        "actions:\n  # Later.\n  - id: GOV-02\n    title: SiCaCa\n"
        "    provenance: {status: illustrative}\n"
    )
    run("fmt", "--layout", "joined")
    together = files(plan)
    assert set(together) == {"plan.yaml", "actions.yaml"}
    assert together["actions.yaml"].startswith("actions:\n  # Two actions.\n  - id: GOV-01\n")
    run("fmt", "--layout", "split")
    assert files(plan) == apart


def test_actions_that_anchors_tie_stay_together(plan: Path) -> None:
    """Another file cannot reach an anchor."""
    text = "actions:\n  - {id: GOV-01, title: &t SiKemas}\n  - {id: GOV-02, title: *t}\n"
    (plan / "aksi.yaml").write_text(text, "utf-8")
    told = run("fmt", "--layout", "split")
    assert told.code == 1
    assert files(plan)["aksi.yaml"] == text


def test_the_given_plan_is_laid_out() -> None:
    """The plan in this repository, whole."""
    plans = Path(__file__).parents[2] / "plans"
    told = run("fmt", str(plans), "--check")
    assert (told.code, told.out, told.err) == (0, "", "Files to lay out anew: 0.\n")
