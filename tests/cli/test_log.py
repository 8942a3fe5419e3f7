"""`smartplan log`: one item or field, with who decided what, in three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

    from running import Ran

GOV_01 = "actions/GOV-01.yaml"
ACTION = """\
actions:
  - id: GOV-01
    title: Layanan *satu* pintu
    owner: a
    indicators: [{id: GOV-01-I1, title: Izin, direction: up, targets: {2026: 95}}]
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in a plan that was written, adopted, and amended with an approval."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER.replace("  title", "  stage: adopted\n  title"))
    made.write("agencies.yaml", "agencies: [{id: a, name: Dinas A}, {id: b, name: Dinas B}]\n")
    made.write(GOV_01, ACTION)
    made.commit("draft")
    monkeypatch.chdir(made.top)
    decree = ("--ref", "Perwali 12/2026", "--date", "2026-05-03")
    assert 0 == run("baseline", "create", "v1.0", *decree).code
    made.commit("baseline")
    made.git("checkout", "-q", "-b", "ubah")
    made.write(GOV_01, ACTION.replace("2026: 95", "2026: 90"))
    made.commit("target", author="Budi")
    decision = ("--by", "R. Hadi", "--ref", "BA 4/2026", "--base", "main")
    assert 0 == run("approve", "--all-shown", *decision).code
    made.commit("approval")
    return made


def log(*words: str) -> Ran:
    """Show a history."""
    return run("log", *words)


def test_the_newest_change_comes_first_with_its_decision(repo: Repository) -> None:
    """Commit, author, what, weight, who approved; and where a baseline stands among them."""
    target, added = repo.git("rev-parse", "HEAD~1")[:7], repo.git("rev-list", "HEAD")[-40:][:7]
    lines = log("GOV-01").lines
    assert 3 == len(lines)
    assert lines[0].startswith(f"2026-05-03  {target}  Budi  GOV-01-I1 Targets 2026: 95 → 90")
    assert lines[0].endswith("Amendment · approved by R. Hadi, BA 4/2026")
    assert "2026-05-03  adopted as v1.0  Perwali 12/2026" == lines[1]
    assert lines[2].startswith(f"2026-05-03  {added}  Ani  action added")
    assert 3 == len(log("indicators[GOV-01-I1].targets.2026").lines)


def test_a_range_and_a_revision(repo: Repository) -> None:
    """As git's; a plan may be named from elsewhere."""
    assert 1 == len([x for x in log("GOV-01", "main..ubah").lines if "adopted" not in x])
    assert 1 == len([x for x in log("GOV-01", "main").lines if "adopted" not in x])
    assert log("GOV-01", "--plan", str(repo.top)).out == log("GOV-01").out
    assert 2 == log("GOV-01", "nirgends").code


def test_markdown_escapes_what_the_plan_says(repo: Repository) -> None:
    """Text of the plan is text."""
    assert repo.top.exists()
    out = log("GOV-01", "--format", "markdown").out
    assert "\\*satu\\*" in out
    assert all(line.startswith("- **2026-05-03** ") for line in out.splitlines())


def test_json_carries_everything(repo: Repository) -> None:
    """Commits with changes and baselines, in one list."""
    data = json.loads(log("GOV-01", "--format", "json").out)
    assert 1 == data["schema"]
    first = data["history"][0]
    assert repo.git("rev-parse", "HEAD~1") == first["commit"]["sha"]
    [change] = first["changes"]
    assert ("target-weakened", "amendment", 95, 90, "R. Hadi") == (
        change["rule"],
        change["severity"],
        change["old"],
        change["new"],
        change["approved_by"],
    )
    assert "v1.0" in [one.get("baseline") for one in data["history"]]


def test_what_has_no_history_is_said(repo: Repository) -> None:
    """An id that never was; a format that there is not; a folder outside git."""
    assert repo.top.exists()
    ran = log("GOV-77")
    assert (0, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert 2 == log("GOV-01", "--format", "pdf").code


def test_no_follow_stops_at_a_rename(repo: Repository) -> None:
    """By default the history goes on under the former id."""
    text = (repo.top / GOV_01).read_text("utf-8")
    repo.write(GOV_01, text.replace("id: GOV-01\n", "id: GOV-09\n    formerly: [GOV-01]\n"))
    repo.commit("rename")
    followed = log("GOV-09").lines
    assert "GOV-01 → GOV-09" in followed[0]
    assert "action added" in followed[-1]
    assert "adopted as v1.0" in followed[-2]
    assert not any("Targets" in line for line in log("GOV-09", "--no-follow").lines)
