"""Rules of the plan in a review: a branch breaks what held, not what was broken before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

QUICK_WIN = "quick_win: {{state: proposed, start: 2024-03, months: {}}}"
PLAN = """\
plan:
  id: contoh-2024
  title: Masterplan Smart City
  language: en
  stage: final
  period: {start: 2024, end: 2028}
  city: {name: Kota Kotamobagu}
actions:
  - {id: GOV-01, title: SiKemas, years: 2024-2025, {QUICK_WIN}}
  - {id: GOV-02, title: SiCaCa, years: 2024-2025}
""".replace("{QUICK_WIN}", QUICK_WIN.format(14))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in a repository whose plan has a quick win that takes too long."""
    repo = Repository.new(tmp_path / "kota")
    repo.write("plan.yaml", PLAN)
    repo.commit("plan")
    monkeypatch.chdir(repo.top)
    repo.git("checkout", "-q", "-b", "perubahan")
    return repo


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("months: 14", "months: 15", False),
        ("GOV-02, ", f"GOV-02, {QUICK_WIN.format(14)}, ", True),
    ],
)
def test_a_rule_is_broken_once(repo: Repository, old: str, new: str, *, broken: bool) -> None:
    """What was broken already is not broken again by another number; elsewhere it is."""
    repo.write("plan.yaml", PLAN.replace(old, new))
    repo.commit("change")
    out = run("review", "main").out
    assert broken == ("A061" in out)
    assert "finding is gone" not in out


def test_a_second_finding_of_one_name_is_new(repo: Repository) -> None:
    """Money outside the years of an action is found for each year, whatever the first was."""
    before = PLAN.replace("GOV-02, ", "GOV-02, budget: {2026: 5 juta}, ")
    repo.write("plan.yaml", before)
    repo.commit("one year")
    repo.git("branch", "-f", "main")
    repo.write("plan.yaml", before.replace("{2026: 5 juta}", "{2026: 5 juta, 2027: 5 juta}"))
    repo.commit("two years")
    assert run("review", "main").out.count("M149") == 1


def test_what_must_be_mended_is_not_said_to_wait(repo: Repository) -> None:
    """The verdict counts apart what an approval would let pass and what none lets pass."""
    repo.write("plan.yaml", PLAN.replace("title: SiCaCa", "title: SiCaCa, owner: nobody"))
    repo.commit("change")
    first = run("review", "main").out.splitlines()[0]
    assert first == "Not passed. Changes that must be mended: 1."


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [("600 juta", "610 juta", False), ("400 juta", "410 juta", False), ("400", "510", True)],
)
def test_a_ceiling_is_broken_once(repo: Repository, old: str, new: str, *, broken: bool) -> None:
    """A year that was above its ceiling already is not broken again by another sum."""
    before = PLAN.replace("city:", "ceilings: {2024: 500 juta, 2025: 500 juta}\n  city:").replace(
        "GOV-02, ", "GOV-02, budget: {2024: 600 juta, 2025: 400 juta}, "
    )
    repo.write("plan.yaml", before)
    repo.commit("ceilings")
    repo.git("branch", "-f", "main")
    repo.write("plan.yaml", before.replace(old, new))
    repo.commit("change")
    out = run("review", "main").out
    assert broken == ("M102" in out)
    assert "finding is gone" not in out


def test_a_page_says_what_the_broken_rule_says(repo: Repository) -> None:
    """A rule is no value: the page gives its sentence, where nothing stood before."""
    repo.write("plan.yaml", PLAN.replace("title: SiCaCa", "title: SiCaCa, owner: nobody"))
    repo.commit("change")
    page = run("review", "main", "--format", "html").out
    row = page[page.index(">rule of the plan<") :]
    assert ">–<" in row.split("C022 “nobody” is no")[0]
    assert "C022 “nobody” is no" in row
