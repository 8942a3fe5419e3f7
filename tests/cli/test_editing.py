"""`set`, `rename` and `new`: a plan changed from the command line, and nothing else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import Repository
from running import run

from smartplan.cli import completing

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
plan:
  id: contoh-2024
  title: Masterplan Smart City
  language: en
  period: {start: 2024, end: 2028}
  city: {name: Kota Kotamobagu}
agencies:
  - {id: diskominfo, name: Dinas Komunikasi dan Informatika}
  - {id: dinkes, name: Dinas Kesehatan}
checks:
  ignore:
    - {rule: A026, path: "actions[GOV-01]", reason: later}
"""
ACTION = """\
# The desk.
actions:
  - id: GOV-01
    title: SiKemas  # the name
    dimension: governance
    owner: diskominfo
    support: [dinkes]
    years: 2024-2025
    budget: {2024: 350 juta}
"""
OTHER = """\
actions:
  - id: GOV-02
    title: SiCaCa
    dimension: governance
    depends_on: [GOV-01]
    quick_win: {state: proposed}
"""


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a plan of two actions, outside git."""
    (tmp_path / "actions").mkdir()
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "actions" / "GOV-01.yaml").write_text(ACTION, "utf-8")
    (tmp_path / "actions" / "GOV-02.yaml").write_text(OTHER, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def action(plan: Path, name: str = "GOV-01") -> str:
    """Give the text of an action's file."""
    return (plan / "actions" / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (["GOV-01.title", "SiKemas: lagi"], "SiKemas  #", '"SiKemas: lagi"  #'),
        (["GOV-01.budget.2024", "400 juta"], "350", "400"),
        (["gov-01.budget.2024.apbd", "400 juta"], "350", "400"),
        (["GOV-01.budget.2025.csr", "2,5 juta"], "juta}", 'juta, 2025: {csr: "2,5 juta"}}'),
        (["actions[GOV-01].support[diskominfo]"], "[dinkes]", "[dinkes, diskominfo]"),
        (["GOV-01.support[dinkes]", "--unset"], "[dinkes]", "[]"),
        (["GOV-01.years", "2024-2026"], "2024-2025", "2024-2026"),
    ],
)
def test_a_value_is_set(plan: Path, words: list[str], old: str, new: str) -> None:
    """By the path that findings show, or by the id alone."""
    told = run("set", *words)
    assert told.code == 0
    assert action(plan) == ACTION.replace(old, new)
    assert "+++ b/actions/GOV-01.yaml" in told.out
    assert "Written: actions/GOV-01.yaml." in told.err


def test_nothing_is_written_when_trying(plan: Path) -> None:
    """The difference is shown all the same."""
    told = run("set", "GOV-01.title", "Lain", "--dry-run")
    assert told.code == 0
    assert "+    title: Lain  # the name" in told.out
    assert action(plan) == ACTION


def test_a_new_error_is_not_written(plan: Path) -> None:
    """It is told as validate tells it; whoever means it can force it."""
    told = run("set", "GOV-01.owner", "diskes")
    assert told.code == 1
    assert "actions/GOV-01.yaml:6:12: C022" in told.err
    assert "Did you mean dinkes" in told.err
    assert told.err.rstrip().endswith("(C022). --force writes it all the same.")
    assert action(plan) == ACTION
    assert run("set", "GOV-01.owner", "diskes", "--force").code == 0
    assert "owner: diskes" in action(plan)


def test_no_option_is_named_that_a_command_has_not(plan: Path) -> None:
    """The error is named among the warnings; `new` cannot be forced."""
    before = sorted(plan.rglob("*"))
    told = run("new", "action", "--set", "owner=diskes", "--set", "title=Loket")
    assert told.code == 1
    assert told.err.rstrip().endswith("an error that it had not (C022, D118).")
    assert "--force" not in run("new", "--help").out
    assert before == sorted(plan.rglob("*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["GOV-01.titel", "x"], "Did you mean title?"),
        (["GOV-1.title", "x"], "Did you mean GOV-01?"),
        (["GOV-01", "x"], "has no place"),
        (["GOV-01.title"], "Nothing is said"),
        (["GOV-01.note", "--unset"], "there is nothing"),
        (["GOV-01.budget", "5 juta"], "more than one value stands there"),
    ],
)
def test_a_slip_is_told(plan: Path, words: list[str], said: str) -> None:
    """With exit code 2, and nothing is written."""
    told = run("set", *words)
    assert (told.code, said in told.err) == (2, True)
    assert action(plan) == ACTION


def test_an_item_is_renamed_everywhere(plan: Path) -> None:
    """Its id, references, paths of settings, its file; the old id is kept."""
    told = run("rename", "GOV-01", "GOV-09")
    assert told.code == 0
    assert not (plan / "actions" / "GOV-01.yaml").exists()
    assert action(plan, "GOV-09") == ACTION.replace(
        "id: GOV-01\n", "id: GOV-09\n    formerly: [GOV-01]\n"
    )
    assert "depends_on: [GOV-09]" in action(plan, "GOV-02")
    assert 'path: "actions[GOV-09]"' in (plan / "plan.yaml").read_text("utf-8")
    assert run("show", "GOV-01").out.startswith("GOV-09  SiKemas")


def test_an_agency_is_renamed_everywhere(plan: Path) -> None:
    """The plan has no error that it did not have."""
    assert run("rename", "dinkes", "dinsehat").code == 0
    assert "support: [dinsehat]" in action(plan)
    assert "C022" not in run("validate").out


@pytest.mark.parametrize(
    ("new", "said"), [("GOV-02", "is taken"), ("gov-02", "is taken"), ("a b", "cannot be an id")]
)
def test_an_id_that_cannot_be(plan: Path, new: str, said: str) -> None:
    """Taken by another, or none."""
    told = run("rename", "GOV-01", new)
    assert (told.code, said in told.err) == (2, True)
    assert action(plan) == ACTION


def test_a_new_action_gets_the_next_id_and_a_file(plan: Path) -> None:
    """As its like have; what is still to be filled in stands above it."""
    told = run("new", "action", "--dimension", "governance", "--title", "Satu: data")
    assert told.code == 0
    assert action(plan, "GOV-03") == (
        "actions:\n"
        "  # Still to fill in: missions, goals, owner, years, budget, indicators.\n"
        "  - id: GOV-03\n"
        '    title: "Satu: data"\n'
        "    dimension: governance\n"
    )


def test_an_id_of_another_branch_is_not_taken(plan: Path) -> None:
    """Two offices on two branches do not choose the same one."""
    repo = Repository.new(plan)
    repo.commit("plan")
    repo.git("checkout", "-q", "-b", "lain")
    run("new", "action", "--dimension", "governance", "--title", "Satu")
    repo.commit("GOV-03")
    repo.git("checkout", "-q", "main")
    run("new", "action", "--dimension", "governance", "--title", "Dua")
    assert not (plan / "actions" / "GOV-03.yaml").exists()
    assert "title: Dua" in action(plan, "GOV-04")


def test_new_items_stand_with_their_like(plan: Path) -> None:
    """At the end of their list; of a kind that the plan lacks, in a file of its own."""
    assert run("new", "agency", "--title", "Dinas Sosial", "--id", "dinsos").code == 0
    text = (plan / "plan.yaml").read_text("utf-8")
    assert "Dinas Kesehatan}\n  - id: dinsos\n    name: Dinas Sosial\nchecks:" in text
    assert run("new", "risk", "--title", "Listrik padam", "--set", "impact=high").code == 0
    assert "  - id: RIS-01\n" in (plan / "risks.yaml").read_text("utf-8")


def test_a_form_error_of_a_new_item_is_refused(plan: Path) -> None:
    """Nothing is written, with the finding that says why."""
    told = run("new", "action", "--title", "x", "--dimension", "governance", "--set", "status=soon")
    assert told.code == 1
    assert "F105" in told.err
    assert not (plan / "actions" / "GOV-03.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["acton"], "Did you mean actions?"),
        (["action", "--dimension", "govermance"], "Did you mean governance?"),
        (["action", "--set", "ownr=x"], "Did you mean owner?"),
        (["action", "--set", "owner"], "Nothing is said"),
        (["action", "--id", "GOV-02"], "is taken"),
    ],
)
def test_a_slip_in_new_is_told(words: list[str], said: str) -> None:
    """With the nearest right word."""
    told = run("new", *words)
    assert (told.code, said in told.err) == (2, True)


def test_a_read_only_folder_is_told(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line; nothing is half written."""
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    told = run("set", "GOV-01.title", "x")
    assert (told.code, "cannot be changed" in told.err) == (2, True)
    assert action(plan) == ACTION


def test_the_shell_is_offered_ids(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the plan here; nothing where there is none, and no noise."""
    assert completing.ids("gov") == ["GOV-01", "GOV-02"]
    assert completing.kinds("act") == ["actions"]
    (plan / "kosong").mkdir()
    (plan / "plan.yaml").unlink()
    monkeypatch.chdir(plan / "kosong")
    assert completing.ids("") == []
