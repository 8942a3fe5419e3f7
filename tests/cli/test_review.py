"""`smartplan review` on real branches: which base, which head, and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

ADOPTED = HEADER.replace("  title", "  stage: adopted\n  title")
ACTION = """\
actions:
  - id: GOV-01
    title: Layanan satu pintu
    dimension: governance
    owner: a
    years: [2024]
    non_budget: bersama
    indicators: [{id: GOV-01-I1, title: Izin, unit: izin, direction: up, targets: {2024: 8}}]
"""
AGENCIES = """\
agencies: [{id: a, name: Dinas A}, {id: b, name: Dinas B}]
vision: {id: V-1, text: Kota yang melayani}
"""


def made(top: Path, under: str = "") -> Repository:
    """Make a repository with an adopted plan of two actions on `main`."""
    repo = Repository.new(top)
    repo.write(f"{under}plan.yaml", ADOPTED)
    repo.write(f"{under}agencies.yaml", AGENCIES)
    repo.write(f"{under}actions/GOV-01.yaml", ACTION)
    repo.write(f"{under}actions/GOV-02.yaml", ACTION.replace("GOV-01", "GOV-02"))
    repo.commit("adopted")
    return repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand at the top of a repository, without the variables of a host."""
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)
    repo = made(tmp_path / "kota kita")
    monkeypatch.chdir(repo.top)
    return repo


def edit(repo: Repository, old: str, new: str, path: str = "actions/GOV-01.yaml") -> None:
    """Change a text that a file holds."""
    text = (repo.top / path).read_text("utf-8")
    assert old in text
    repo.write(path, text.replace(old, new))


def branch(repo: Repository, name: str, old: str = "owner: a", new: str = "owner: b") -> None:
    """Grow a branch with one change."""
    repo.git("checkout", "-q", "-b", name)
    edit(repo, old, new)
    repo.commit(name)


def test_a_branch_waits_for_its_approval_and_passes_with_it(repo: Repository) -> None:
    """Exit code 1, then 0; the commands that `review` names do it."""
    branch(repo, "ubah")
    ran = run("review", "main")
    assert 1 == ran.code
    assert "Not passed. Changes that wait for an approval: 1." == ran.lines[0]
    assert any(line.endswith("~ GOV-01  Owner  a → b") for line in ran.lines)
    command = next(line for line in ran.lines if line.startswith("Approve: "))
    [mark] = command.removeprefix("Approve: smartplan approve ").partition(" --by")[0].split()
    assert 0 == run("approve", mark, "--by", "Sekda", "--ref", "BA 4/2026", "--base", "main").code
    repo.commit("approval", author="Sekda")
    ran = run("review", "main")
    assert (0, "Passed: nothing waits for an approval.") == (ran.code, ran.lines[0])
    assert "approved by Sekda, BA 4/2026" in ran.lines


def test_who_commits_only_an_approval_is_no_author_of_the_change(repo: Repository) -> None:
    """But who wrote the change does not approve it, also while it lies in the work tree."""
    repo.git("checkout", "-q", "-b", "ubah")
    edit(repo, "owner: a", "owner: b")
    repo.commit("ubah", author="Budi")
    decide = ("approve", "--all-shown", "--ref", "BA 4", "--base", "main")
    run(*decide, "--by", "Budi")
    assert 1 == run("review", "main", "WORK").code
    repo.commit("approval", author="Budi")
    assert 1 == run("review", "main").code
    run(*decide, "--by", "Sekda")
    repo.commit("approval", author="Sekda")
    assert 0 == run("review", "main").code


def test_a_branch_is_compared_with_where_it_grew_from(repo: Repository) -> None:
    """What others merged since then is not its doing."""
    branch(repo, "ubah")
    repo.git("checkout", "-q", "main")
    edit(repo, "years: [2024]", "years: [2026]", "actions/GOV-02.yaml")
    base = repo.git("rev-parse", "HEAD")[:7]
    repo.commit("others")
    repo.git("checkout", "-q", "ubah")
    ran = run("review", "main")
    assert "GOV-02" not in ran.out
    assert f"merge base of main and HEAD at {base}" in ran.lines[1]


def test_a_stacked_branch_is_judged_for_its_own_changes(repo: Repository) -> None:
    """Against the branch below it, whose changes are approved there."""
    branch(repo, "satu")
    branch(repo, "dua", "years: [2024]", "years: [2025]")
    ran = run("review", "satu")
    assert 0 == ran.code
    assert "Owner" not in ran.out
    assert "Years" in ran.out
    assert 1 == run("review", "main").code


def test_the_target_is_the_one_that_the_host_names(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub and GitLab name a branch of `origin`; without them it is what the clone shows."""
    repo.git("checkout", "-q", "-b", "rilis")
    edit(repo, "owner: a", "owner: b")
    repo.commit("rilis")
    repo.git("checkout", "-q", "main")
    clone = repo.cloned(tmp_path / "klon")
    clone.git("checkout", "-q", "-b", "kerja", "origin/rilis")
    monkeypatch.chdir(clone.top)
    assert 1 == run("review").code  # origin/HEAD is main
    assert 0 == run("review", GITHUB_BASE_REF="rilis").code
    assert 0 == run("review", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="rilis").code
    assert 1 == run("review", GITHUB_BASE_REF="main").code


def test_a_shallow_clone_is_told_what_to_fetch(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exact line, and it helps."""
    branch(repo, "ubah")
    clone = repo.cloned(tmp_path / "klon", "--depth", "1", "--branch", "ubah")
    monkeypatch.chdir(clone.top)
    ran = run("review", GITHUB_BASE_REF="main")
    fetch = "git fetch origin +refs/heads/main:refs/remotes/origin/main"
    assert 2 == ran.code
    assert f"Run: {fetch}" in ran.err
    clone.git(*fetch.split()[1:])
    ran = run("review", GITHUB_BASE_REF="main")
    if ran.code == 2:  # the branch is there, the commit they grew from is not
        assert "Run: git fetch --unshallow" in ran.err
        clone.git("fetch", "-q", "--unshallow")
        ran = run("review", GITHUB_BASE_REF="main")
    assert (1, "Not passed. Changes that wait for an approval: 1.") == (ran.code, ran.lines[0])


def test_a_detached_head_and_a_work_tree_are_reviewed_too(repo: Repository) -> None:
    """As a host checks a change out, and before anything is committed."""
    branch(repo, "ubah")
    repo.git("checkout", "-q", "--detach")
    assert 1 == run("review", "main").code
    repo.git("checkout", "-q", "main")
    edit(repo, "owner: a", "owner: b")
    assert 0 == run("review", "main").code
    ran = run("review", "main", "WORK")
    assert (1, True) == (ran.code, "work tree" in ran.lines[1])


def test_a_plan_in_a_subfolder_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the top, from inside, and by `--plan`."""
    repo = made(tmp_path / "repo", "plans/kota/")
    repo.git("checkout", "-q", "-b", "ubah")
    edit(repo, "owner: a", "owner: b", "plans/kota/actions/GOV-01.yaml")
    repo.commit()
    outs = []
    for place, words in ((".", ()), ("plans/kota/actions", ()), (".", ("--plan", "plans/kota"))):
        monkeypatch.chdir(repo.top / place)
        ran = run("review", "main", *words)
        outs.append((ran.code, ran.lines[0], ran.lines[2:]))
    assert 1 == outs[0][0]
    assert outs[0] == outs[1] == outs[2]


def test_every_plan_of_a_repository_is_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that waits keeps the gate shut; an approval goes to the plan it is for."""
    repo = made(tmp_path / "repo", "plans/satu/")
    for path in ("plan.yaml", "agencies.yaml", "actions/GOV-01.yaml"):
        text = (repo.top / "plans/satu" / path).read_text("utf-8")
        repo.write(f"plans/dua/{path}", text.replace("uji-2024", "dua-2024"))
    repo.commit()
    repo.git("checkout", "-q", "-b", "ubah")
    edit(repo, "owner: a", "owner: b", "plans/dua/actions/GOV-01.yaml")
    repo.commit()
    monkeypatch.chdir(repo.top)
    ran = run("review", "main")
    assert 1 == ran.code
    assert ["Passed: nothing waits for an approval."] == [x for x in ran.lines if "Passed" in x]
    mark = next(line for line in ran.lines if "~ GOV-01" in line).partition(" ")[0]
    approved = run("approve", mark, "--by", "Sekda", "--ref", "BA", "--base", "main")
    assert (0, 1) == (approved.code, len(list((repo.top / "plans/dua/approvals").iterdir())))
    assert not (repo.top / "plans/satu/approvals").exists()
    repo.commit("approval", author="Sekda")
    assert 0 == run("review", "main").code


def test_a_plan_that_is_new_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was decided before it was there."""
    repo = Repository.new(tmp_path / "repo")
    repo.write("README", "x")
    repo.commit()
    repo.git("checkout", "-q", "-b", "baru")
    repo.write("plan.yaml", HEADER)
    repo.write("agencies.yaml", AGENCIES)
    repo.write("actions/GOV-01.yaml", ACTION)
    repo.commit()
    monkeypatch.chdir(repo.top)
    ran = run("review", "main")
    assert "+ GOV-01  action added" in ran.out
    assert 0 == ran.code, ran.out


def test_a_plan_that_is_deleted_waits(repo: Repository) -> None:
    """Its actions were decided; taking the files away is no way around the gate."""
    repo.git("checkout", "-q", "-b", "hapus")
    repo.git("rm", "-rq", ".")
    repo.write("README", "x")
    repo.commit()
    ran = run("review", "main")
    assert 1 == ran.code
    assert 2 == ran.out.count("action removed")


def test_a_plan_that_is_moved_is_still_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder is not a new plan that anything may be written into."""
    repo = made(tmp_path / "repo", "plans/satu/")
    repo.git("checkout", "-q", "-b", "pindah")
    repo.git("mv", "plans/satu", "plans/dua")
    edit(repo, "owner: a", "owner: b", "plans/dua/actions/GOV-01.yaml")
    repo.commit()
    monkeypatch.chdir(repo.top)
    assert 1 == run("review", "main").code


def test_a_plan_that_does_not_parse_is_invalid(repo: Repository) -> None:
    """Its fault is told, what stood in the file is not called removed, no approval helps."""
    branch(repo, "rusak", "owner: a", "owner: [a")
    ran = run("review", "main")
    assert 1 == ran.code
    assert "must be mended; no approval helps" in ran.out
    assert "removed" not in ran.out
    assert "" == ran.err


def test_a_base_that_does_not_parse_is_mended_by_a_branch(repo: Repository) -> None:
    """What the branch writes into the file is told, since nobody could see it before."""
    edit(repo, "owner: a", "owner: [a")
    repo.commit("broken on main")
    branch(repo, "baik", "owner: [a", "owner: a")
    ran = run("review", "main")
    assert "action added" in ran.out
    assert "must be mended" not in ran.out
    assert 0 == ran.code


def test_windows_line_ends_are_layout(repo: Repository) -> None:
    """A file with other line ends is the same plan."""
    repo.git("checkout", "-q", "-b", "windows")
    path = "actions/GOV-01.yaml"
    text = (repo.top / path).read_text("utf-8")
    repo.write(path, text.replace("\n", "\r\n"))
    repo.commit()
    ran = run("review", "main")
    assert 0 == ran.code
    assert "GOV-01" not in ran.out


def test_a_rule_that_the_branch_breaks_is_invalid_and_one_it_mends_is_told(
    repo: Repository,
) -> None:
    """A reference to nothing; of what was broken before nobody speaks again."""
    branch(repo, "putus", "owner: a", "owner: a\n    depends_on: [GOV-77]")
    ran = run("review", "main")
    assert 1 == ran.code
    assert "F107" in ran.out
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "putus")
    branch(repo, "lain", "years: [2024]", "years: [2025]")
    assert 0 == run("review", "main").code
    branch(repo, "betul", "    depends_on: [GOV-77]\n", "")
    ran = run("review", "main")
    assert (0, True) == (ran.code, "F107" in ran.out)


def test_fail_on_asks_for_more_or_less_than_the_policy(repo: Repository) -> None:
    """And refuses a word that is no weight."""
    branch(repo, "tahun", "years: [2024]", "years: [2025]")
    codes = [run("review", "main", "--fail-on", word).code for word in ("significant", "amendment")]
    assert [1, 0] == codes
    ran = run("review", "main", "--fail-on", "significan")
    assert 2 == ran.code
    assert "Did you mean" in ran.err or "significant" in ran.err


def test_the_gate_is_that_of_the_base(repo: Repository) -> None:
    """A branch that goes back to the draft stage and loosens the policy is judged as before."""
    repo.git("checkout", "-q", "-b", "licik")
    edit(repo, "stage: adopted", "stage: draft", "plan.yaml")
    repo.write("review.yaml", "review: {fail_on: invalid}\n")
    edit(repo, "owner: a", "owner: b")
    repo.commit()
    ran = run("review", "main")
    assert 1 == ran.code
    assert "Not passed. Changes that wait for an approval: 3." == ran.lines[0]
    assert "policy loosened" in ran.out
    assert "Stage  Adopted → Draft" in ran.out


def test_the_same_output_whatever_happens_around(repo: Repository) -> None:
    """Not by the day, the order of hashes, the folder or the width of a screen."""
    branch(repo, "ubah")
    outs = {
        run("review", "main", COLUMNS=width, TZ=zone, SMARTPLAN_TODAY=on).out
        for width, zone, on in (("40", "UTC", "2026-01-01"), ("200", "Asia/Makassar", "2027-01-01"))
    }
    assert 1 == len(outs)


@pytest.mark.usefixtures("repo")
def test_what_cannot_be_reviewed_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown branch; a folder outside git; a repository without a plan."""
    ran = run("review", "mian")
    assert (2, True) == (ran.code, "main" in ran.err)
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "plan.yaml").write_text(HEADER, "utf-8")
    monkeypatch.chdir(outside)
    ran = run("review", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (2, True) == (ran.code, "lies in no git repository" in ran.err)
    empty = Repository.new(tmp_path / "kosong")
    empty.write("README", "x")
    empty.commit()
    monkeypatch.chdir(empty.top)
    assert 2 == run("review").code
