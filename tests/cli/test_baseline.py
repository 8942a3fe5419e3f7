"""`smartplan baseline`: what was adopted is recorded once, and anything that differs is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

    from running import Ran

ACTIONS = """\
actions:
  - id: GOV-01
    title: Layanan
    indicators: [{id: GOV-01-I1, title: Izin}]
  - {id: GOV-02, title: Pasar, depends_on: [GOV-01]}
"""
HOLDS = "v1.0: the plan is what was adopted."
DIFFERS = "v1.0: the plan differs from what was adopted."
PERWALI = ("--ref", "Perwali 12/2024", "--by", "Bappeda", "--date", "2024-03-05")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in a repository with a plan of two actions."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER)
    made.write("actions.yaml", ACTIONS)
    made.commit()
    monkeypatch.chdir(made.top)
    return made


def baseline(*words: str) -> Ran:
    """Run a command of `baseline`."""
    return run("baseline", *words)


def recorded(repo: Repository, *words: str) -> Repository:
    """Record a baseline and commit it."""
    ran = baseline("create", "v1.0", *PERWALI, *words)
    assert 0 == ran.code, ran.err
    repo.commit("Baseline v1.0")
    return repo


def test_what_was_recorded_is_listed_shown_and_holds(repo: Repository) -> None:
    """Name, day, commit, decision; a digest for every item."""
    head = repo.git("rev-parse", "HEAD")
    recorded(repo)
    listed = baseline("list").lines
    assert [f"v1.0  5 March 2024  {head[:7]}  Perwali 12/2024  Bappeda"] == listed
    paths = ["actions[GOV-01]", "actions[GOV-02]", "indicators[GOV-01-I1]", "plan"]
    assert paths == [line.split("  ")[-1] for line in baseline("show", "v1.0").lines][-4:]
    assert (0, [HOLDS]) == (baseline("verify").code, baseline("verify").lines)
    assert [HOLDS] == baseline("status").lines
    assert "baselines" not in run("validate").out


def test_any_changed_value_shows_and_no_layout_does(repo: Repository) -> None:
    """In the plan of today; the record itself still holds for the commit that it names."""
    recorded(repo)
    repo.write(
        "actions.yaml",
        "actions:\n- {title: 'Layanan', id: GOV-01,\n"
        "   indicators: [{title: Izin, id: GOV-01-I1}]}\n",
    )
    repo.write("more.yaml", "actions: [{id: GOV-02, depends_on: [GOV-01], title: Pasar}]\n")
    assert [HOLDS] == baseline("status").lines
    repo.write("more.yaml", "actions: [{id: GOV-03, title: Pasar}]\n")
    repo.write("plan.yaml", HEADER.replace("Kota Uji", "Kota Lain"))
    expected = ["altered: plan", "missing: actions[GOV-02]", "not adopted: actions[GOV-03]"]
    assert [DIFFERS, *expected] == baseline("status").lines
    assert 0 == baseline("status").code
    assert (0, [HOLDS]) == (baseline("verify").code, baseline("verify").lines)


def test_a_declared_rename_is_no_difference(repo: Repository) -> None:
    """Also for those who refer to the item."""
    recorded(repo)
    text = ACTIONS.replace("GOV-01\n", "GOV-09\n    formerly: [GOV-01]\n")
    repo.write("actions.yaml", text.replace("[GOV-01]}", "[GOV-09]}"))
    assert [HOLDS] == baseline("status").lines
    repo.write("actions.yaml", text.replace("[GOV-01]}", "[GOV-09]}").replace("Layanan", "Loket"))
    assert [DIFFERS, "altered: actions[GOV-01]"] == baseline("status").lines


def test_a_record_that_was_tampered_with_fails(repo: Repository) -> None:
    """A digest, a missing line, a commit that it does not fit."""
    path = "baselines/v1.0.yaml"
    recorded(repo)
    text = (repo.top / path).read_text("utf-8")
    digest = text.partition('"actions[GOV-01]": "')[2][:64]
    other = "0" * 64
    line = f'      "actions[GOV-01]": "{digest}"\n'
    assert line in text
    for changed in (text.replace(digest, other), text.replace(line, "")):
        repo.write(path, changed)
        ran = baseline("verify", "v1.0")
        assert 1 == ran.code
        assert DIFFERS == ran.lines[0]
        assert any("record" in one for one in ran.lines), ran.lines
    repo.write(path, text)
    repo.write("actions.yaml", ACTIONS.replace("Layanan", "Loket"))
    later = repo.commit()
    repo.write(path, text.replace(text.partition('commit: "')[2][:40], later))
    assert [DIFFERS, "altered: actions[GOV-01]"] == baseline("verify").lines


def test_a_part_of_a_plan_can_be_adopted(repo: Repository) -> None:
    """By ids or paths; the rest is neither frozen nor new."""
    recorded(repo, "--items", "GOV-01", "--items", "plan")
    assert (0, [HOLDS]) == (baseline("verify").code, baseline("verify").lines)
    assert [HOLDS] == baseline("status").lines
    repo.write("actions.yaml", ACTIONS.replace("Pasar", "Balai"))
    assert [HOLDS] == baseline("status").lines
    repo.write("actions.yaml", ACTIONS.replace("Layanan", "Loket"))
    assert [DIFFERS, "altered: actions[GOV-01]"] == baseline("status").lines
    ran = baseline("create", "v1.1", *PERWALI, "--items", "GOV-77")
    assert 2 == ran.code


@pytest.mark.parametrize("path", ["actions.yaml", "baru.yaml"])
def test_what_is_not_committed_is_not_adopted(repo: Repository, path: str) -> None:
    """A changed file, a new one, a deleted one; other files of the repository do not matter."""
    repo.write("README", "x")
    repo.write(path, "actions: [{id: GOV-05}]\n")
    ran = baseline("create", "v1.0", *PERWALI)
    assert (2, True) == (ran.code, path in ran.err)
    assert not (repo.top / "baselines").exists()
    repo.git("checkout", "-q", ".")
    repo.git("clean", "-fdq", "*.yaml")
    (repo.top / "actions.yaml").unlink()
    assert 2 == baseline("create", "v1.0", *PERWALI).code
    repo.git("checkout", "-q", ".")
    assert 0 == baseline("create", "v1.0", *PERWALI).code


def test_a_name_is_taken_once_and_is_a_file_name(repo: Repository) -> None:
    """Nothing is overwritten, and no name leads out of the folder."""
    recorded(repo)
    assert 2 == baseline("create", "v1.0", *PERWALI).code
    for name in ("../x", "a b", "", ".x", "x" * 41):
        assert 2 == baseline("create", name, *PERWALI).code
    assert ["v1.0.yaml"] == [path.name for path in (repo.top / "baselines").iterdir()]
    assert 2 == baseline("create", "v2", "--ref", "x", "--date", "besok").code
    for words in (("show", "v9"), ("verify", "v9"), ("status", "v9")):
        ran = baseline(*words)
        assert (2, True) == (ran.code, "v1.0" in ran.err)


def test_where_there_is_none_that_is_said(repo: Repository) -> None:
    """It is no fault."""
    assert repo.top.exists()
    assert (0, []) == (baseline("list").code, baseline("list").lines)
    assert 0 == baseline("verify").code
    ran = baseline("status")
    assert (0, 1) == (ran.code, len(ran.lines))


def test_approvals_since_the_baseline_before_are_contained(repo: Repository) -> None:
    """Each in one baseline, so that the chain from decree to decree can be followed."""
    approval = '  - {fingerprint: "MARK", by: Sekda, ref: BA, date: 2024-01-01}\n'
    repo.write("approvals/a.yaml", "approvals:\n" + approval.replace("MARK", "aaaa1"))
    repo.commit()
    recorded(repo)
    repo.write("approvals/b.yaml", "approvals:\n" + approval.replace("MARK", "bbbb2"))
    repo.commit()
    assert 0 == baseline("create", "v2.0", "--ref", "Perwali 3/2026", "--date", "2026-01-01").code
    texts = [(repo.top / f"baselines/{name}.yaml").read_text("utf-8") for name in ("v1.0", "v2.0")]
    assert [(True, False), (False, True)] == [('"aaaa1"' in one, '"bbbb2"' in one) for one in texts]
    assert ["v1.0", "v2.0"] == [line.split("  ")[0] for line in baseline("list").lines]


def test_it_works_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is then judged as it lies there."""
    folder = tmp_path / "luar"
    folder.mkdir()
    (folder / "plan.yaml").write_text(HEADER + ACTIONS, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert 0 == baseline("create", "v1.0", *PERWALI).code
    assert (0, [HOLDS]) == (baseline("verify").code, baseline("verify").lines)
    (folder / "plan.yaml").write_text(HEADER + ACTIONS.replace("Pasar", "Balai"), "utf-8")
    assert (1, [DIFFERS, "altered: actions[GOV-02]"]) == (
        baseline("verify").code,
        baseline("verify").lines,
    )


def test_it_holds_in_a_subfolder_and_in_a_shallow_clone_it_says_what_to_fetch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit that a record names must be there to verify it."""
    repo = Repository.new(tmp_path / "repo")
    repo.write("plans/kota/plan.yaml", HEADER + ACTIONS)
    repo.commit()
    monkeypatch.chdir(repo.top)
    assert 0 == baseline("create", "v1.0", *PERWALI).code
    repo.commit()
    assert (repo.top / "plans/kota/baselines/v1.0.yaml").is_file()
    assert [HOLDS] == baseline("verify", "--plan", "plans/kota").lines
    clone = repo.cloned(tmp_path / "klon", "--depth", "1")
    monkeypatch.chdir(clone.top)
    ran = baseline("verify")
    assert (2, True) == (ran.code, "git fetch --unshallow" in ran.err)
