"""`smartplan approve`: which files it writes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

    from running import Ran

BY = ("--by", "Sekda", "--ref", "BA 4/2026", "--base", "main")
ACTION = "actions: [{id: GOV-01, title: Layanan, owner: a, budget: {2026: 1 miliar}}]\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in a branch with two amendments of an adopted plan."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER.replace("  title", "  stage: adopted\n  title"))
    made.write("agencies.yaml", "agencies: [{id: a, name: A}, {id: b, name: B}]\n")
    made.write("actions/GOV-01.yaml", ACTION)
    made.commit()
    made.git("checkout", "-q", "-b", "ubah")
    made.write(
        "actions/GOV-01.yaml",
        ACTION.replace("owner: a", "owner: b").replace("1 miliar", "9 miliar"),
    )
    made.commit()
    monkeypatch.chdir(made.top)
    return made


def marks() -> list[str]:
    """Give the short fingerprints that `review` shows."""
    line = next(one for one in run("review", "main").lines if one.startswith("Approve: "))
    return line.removeprefix("Approve: smartplan approve ").partition(" --by")[0].split()


def written(repo: Repository) -> list[str]:
    """Name the approvals on disk."""
    return sorted(path.name for path in (repo.top / "approvals").glob("*"))


def approve(*words: str) -> Ran:
    """Approve something by the secretary of the city."""
    return run("approve", *words, *BY, "--today", "2026-05-03")


def test_one_file_is_written_for_each_change(repo: Repository) -> None:
    """It names the change, the values and the decision; it is told where it lies."""
    first, _second = marks()
    ran = approve(first, "--role", "sekda", "--reason", "Beban: naik #1")
    assert 0 == ran.code
    [name] = written(repo)
    assert name.startswith(first)
    text = (repo.top / "approvals" / name).read_text("utf-8")
    full = name.removesuffix(".yaml")
    assert (
        "approvals:\n"
        f'  - fingerprint: "{full}"\n'
        "    rule: budget-raised-over\n"
        '    path: "actions[GOV-01].budget.2026"\n'
        '    old: "Rp 1.000.000.000"\n'
        '    new: "Rp 9.000.000.000"\n'
        "    by: Sekda\n"
        "    role: sekda\n"
        '    ref: "BA 4/2026"\n'
        '    date: "2026-05-03"\n'
        '    reason: "Beban: naik #1"\n'
    ) == text
    assert f"Approved actions[GOV-01].budget.2026: approvals/{name}" in ran.err
    assert 0 == len([line for line in run("validate").lines if "approvals/" in line])


def test_all_that_waits_or_all_of_a_rule(repo: Repository) -> None:
    """Each change once; what is approved is not approved again by the same person."""
    assert 0 == approve("--rule", "owner-changed").code
    assert 1 == len(written(repo))
    assert 0 == approve("--all-shown").code
    assert 2 == len(written(repo))
    for words in (("--all-shown",), ("--rule", "owner-changed"), tuple(marks_of(repo))):
        assert 0 == approve(*words).code
        assert 2 == len(written(repo))


def marks_of(repo: Repository) -> list[str]:
    """Give the fingerprints of the approvals on disk."""
    return [name.removesuffix(".yaml") for name in written(repo)]


def test_two_people_write_two_files(repo: Repository) -> None:
    """Where two must approve; nothing is overwritten."""
    first, _second = marks()
    approve(first)
    ran = run("approve", first, "--by", "Wali Kota", "--ref", "BA 5", "--base", "main")
    assert 0 == ran.code
    names = written(repo)
    assert 2 == len(names)
    assert {f"{names[-1].removesuffix('.yaml')}-2.yaml", names[-1]} == set(names)
    texts = {(repo.top / "approvals" / name).read_text("utf-8") for name in names}
    assert 2 == len(texts)


@pytest.mark.parametrize("word", ["ffffffff", "", "0", "zzzz"])
def test_a_word_that_names_no_change_is_refused(repo: Repository, word: str) -> None:
    """Nothing is written, and those that wait are named."""
    ran = approve(*marks()[:1], word)
    assert 2 == ran.code
    assert f"“{word}” is no change that waits for an approval." in ran.err
    assert [] == written(repo)


def test_what_must_be_mended_cannot_be_approved(repo: Repository) -> None:
    """Its fingerprint is none that waits for an approval."""
    text = (repo.top / "actions/GOV-01.yaml").read_text("utf-8")
    repo.write("actions/GOV-01.yaml", text.replace("owner: b", "owner: b, depends_on: [GOV-77]"))
    repo.commit()
    line = next(one for one in run("review", "main").lines if "F107" in one)
    assert 2 == approve(line.partition(" ")[0]).code
    assert 0 == approve("--all-shown").code
    assert 1 == run("review", "main").code
    assert 2 == len(written(repo))


def test_where_nothing_waits_nothing_is_written(repo: Repository) -> None:
    """On the target branch itself."""
    repo.git("checkout", "-q", "main")
    ran = approve("--all-shown")
    assert (0, []) == (ran.code, written(repo))
    assert "Nothing" in ran.err


def test_it_says_who_and_by_which_decision(repo: Repository) -> None:
    """Both options must be given."""
    assert 2 == run("approve", "--all-shown", "--by", "Sekda").code
    assert 2 == run("approve", "--all-shown", "--ref", "BA").code
    assert [] == written(repo)


def test_an_approval_of_a_plan_of_one_file_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of its own, below the plan."""
    repo = Repository.new(tmp_path / "satu")
    header = HEADER.replace("  title", "  stage: adopted\n  title")
    agencies = "agencies: [{id: a, name: A}, {id: b, name: B}]\n"
    repo.write("plan.yaml", header + agencies + ACTION)
    repo.commit()
    repo.git("checkout", "-q", "-b", "ubah")
    repo.write("plan.yaml", header + agencies + ACTION.replace("owner: a", "owner: b"))
    repo.commit()
    monkeypatch.chdir(repo.top)
    assert 0 == approve("--all-shown").code
    assert 1 == len(written(repo))
    repo.commit()
    assert 0 == run("review", "main").code
