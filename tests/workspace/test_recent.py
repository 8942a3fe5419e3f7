"""What git knows of the age of a plan's files, in real repositories, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository
from running import run

from smartplan.workspace import cache
from smartplan.workspace.recent import changed_since

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2025, 11, 24)
ACTION = "actions:\n  - {{id: {id}, title: Aksi {id}, years: 2024-2028, status: running}}\n"
TODAY = ("--today", "2026-11-24")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A plan that is carried out, all of it committed long ago; the tester stands in it."""
    made = Repository.new(tmp_path / "kota")
    made.write("rencana/plan.yaml", HEADER.replace("  period", "  stage: running\n  period"))
    for identity in ("A-1", "A-2"):
        made.write(f"rencana/aksi/{identity}.yaml", ACTION.format(id=identity))
    made.write("lain/catatan.txt", "lama\n")
    commit_of_old(made)
    monkeypatch.chdir(made.top / "rencana")
    return made


def commit_of_old(repo: Repository) -> None:
    """Commit everything, a year and a half before the day of judging."""
    day = "2024-05-03T09:00:00"
    repo.git("add", "-A")
    repo.git("commit", "-qm", "lama", GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)


def untouched(*words: str) -> list[tuple[str, str]]:
    """Give file and code of what `validate` says of age."""
    lines = run("validate", *TODAY, *words).out.splitlines()
    found = [line.split(" ")[:2] for line in lines]
    return [(place.split(":")[0], code) for place, code in found if code in ("S010", "A102")]


def test_a_plan_that_nobody_touches(city: Repository) -> None:
    """It is said once, not of every action; what changes beside the plan does not count."""
    city.write("lain/catatan.txt", "baru\n")
    city.git("commit", "-qam", "beside")
    assert frozenset() == changed_since(city.top / "rencana", DAY)
    assert [("plan.yaml", "S010")] == untouched()


def test_an_action_that_nobody_touches(city: Repository) -> None:
    """A commit of the year, a change not yet committed, and a new file make others stand out."""
    city.write("rencana/aksi/A-1.yaml", ACTION.format(id="A-1") + "# diperiksa\n")
    assert frozenset({"aksi/A-1.yaml"}) == changed_since(city.top / "rencana", DAY)
    assert [("aksi/A-2.yaml", "A102")] == untouched()
    city.git("commit", "-qam", "this year")
    assert [("aksi/A-2.yaml", "A102")] == untouched()
    city.write("rencana/aksi/A-3.yaml", ACTION.format(id="A-3"))
    lately = frozenset({"aksi/A-1.yaml", "aksi/A-3.yaml"})
    assert lately == changed_since(city.top / "rencana", DAY)
    assert [("aksi/A-2.yaml", "A102")] == untouched()
    assert [("rencana/aksi/A-2.yaml", "A102")] == _from_above(city)


def _from_above(city: Repository) -> list[tuple[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(city.top)
        return untouched("rencana")


@pytest.mark.usefixtures("city")
def test_a_year_from_the_day_of_judging() -> None:
    """The day is the one that `validate` is told."""
    assert [] == untouched("--today", "2025-01-01")
    assert [("plan.yaml", "S010")] == untouched("--today", "2025-06-01")


def test_a_reason_is_heard(city: Repository) -> None:
    """Whoever only waits says so, as with any rule."""
    text = ACTION.format(id="A-1").replace(
        "\n", "\n  # smartplan: ignore[A102] menunggu lahan\n", 1
    )
    city.write("rencana/aksi/A-1.yaml", text)
    commit_of_old(city)
    city.write("rencana/aksi/A-3.yaml", ACTION.format(id="A-3"))
    assert [("aksi/A-2.yaml", "A102")] == untouched()


def test_a_reason_is_never_idle(city: Repository) -> None:
    """To write the reason touches the file, so that there is nothing to ignore for a year."""
    text = ACTION.format(id="A-1").replace(
        "\n", "\n  # smartplan: ignore[A102] menunggu lahan\n", 1
    )
    city.write("rencana/aksi/A-1.yaml", text)
    assert [("aksi/A-2.yaml", "A102")] == untouched()
    assert "S114" not in run("validate", *TODAY).out


def test_a_history_that_changes_is_seen(
    city: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was remembered of a plan does not outlive its history, though no file is touched."""
    monkeypatch.delenv("SMARTPLAN_NO_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(cache, "COARSE", -(10**12))
    assert [("plan.yaml", "S010")] == untouched()
    city.git("commit", "-q", "--amend", "-m", "this year")
    assert [] == untouched()


@pytest.mark.usefixtures("city")
def test_the_first_day_of_the_calendar() -> None:
    """A year before it there is none."""
    assert run("validate", "--today", "0001-01-01").code in (0, 1)


def test_other_stages_and_places_are_not_asked(city: Repository, tmp_path: Path) -> None:
    """Before a plan is carried out, outside git, before the first commit."""
    city.write("rencana/plan.yaml", HEADER.replace("  period", "  stage: adopted\n  period"))
    commit_of_old(city)
    assert [] == untouched()
    outside = tmp_path / "luar"
    outside.mkdir()
    assert changed_since(outside, DAY) is None
    Repository.new(outside)
    assert changed_since(outside, DAY) is None


def test_a_shallow_clone_blames_nobody(city: Repository, tmp_path: Path) -> None:
    """What its only commit brought counts as changed by it."""
    city.write("rencana/aksi/A-1.yaml", ACTION.format(id="A-1") + "# diperiksa\n")
    city.git("commit", "-qam", "this year")
    clone = city.cloned(tmp_path / "klon", "--depth", "1")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(clone.top / "rencana")
        assert [] == untouched()
