"""`merge --verify` on real merge commits: whether they are what their parents mean together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository

from smartplan.cli.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., tuple[int, list[str]]]

REST = """\
agencies: [{id: a, name: Dinas A}, {id: b, name: Dinas B}]
vision: {id: V-1, text: Kota yang melayani}
"""
ACTION = """\
  - id: ID
    title: Aksi ID
    dimension: governance
    owner: a
    years: [2025]
    budget: {2025: 1 miliar}
    indicators: [{id: ID-I1, title: Izin ID, unit: izin, direction: up, targets: {2025: 8}}]
"""
IDS = ("GOV-01", "GOV-02", "GOV-03")


@pytest.fixture(params=["joined", "split"])
def repo(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Repository:
    """Stand in a plan of three actions, in one file or in one file each."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER.replace("  city", "  ceilings: {2025: 4 miliar}\n  city"))
    made.write("rest.yaml", REST)
    texts = {one: ACTION.replace("ID", one) for one in IDS}
    if request.param == "joined":
        made.write("actions.yaml", "actions:\n" + "".join(texts.values()))
    else:
        for one, text in texts.items():
            made.write(f"actions/{one}.yaml", "actions:\n" + text)
    made.commit("base")
    monkeypatch.chdir(made.top)
    return made


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Verify and give exit code and lines."""

    def run(words: str = "HEAD", plan: str = ".") -> tuple[int, list[str]]:
        capsys.readouterr()
        code = verify(words, plan=plan, on=date(2026, 11, 24), language="en")
        said = capsys.readouterr()
        return code, [line.strip() for line in (said.out + said.err).splitlines()]

    return run


def place(repo: Repository, name: str) -> str:
    """Give the file in which an action stands."""
    files = [*repo.top.glob("actions.yaml"), *repo.top.glob("actions/*.yaml")]
    [found] = [one for one in files if f"id: {name}\n" in one.read_text("utf-8")]
    return found.relative_to(repo.top).as_posix()


def edit(repo: Repository, name: str, old: str, new: str) -> None:
    """Change a text of an action, wherever it stands."""
    path = place(repo, name)
    text = (repo.top / path).read_text("utf-8")
    whole = ACTION.replace("ID", name)
    before, found, after = text.partition(text[text.index(f"  - id: {name}\n") :])
    head, tail = found[: len(whole) + 200], found[len(whole) + 200 :]
    assert old in head
    repo.write(path, before + head.replace(old, new, 1) + tail + after)


def remove(repo: Repository, name: str) -> None:
    """Delete an action."""
    path = place(repo, name)
    text = (repo.top / path).read_text("utf-8").replace(ACTION.replace("ID", name), "")
    if text.strip() == "actions:":
        (repo.top / path).unlink()
    else:
        repo.write(path, text)


def merged(
    repo: Repository,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    result: Callable[[], object] | None = None,
) -> str:
    """Merge two branches; the result is what is written instead of what git makes of it."""
    repo.git("checkout", "-q", "-b", "lain")
    theirs()
    repo.commit("theirs", author="Budi")
    repo.git("checkout", "-q", "main")
    ours()
    repo.commit("ours")
    if result is None:
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "lain")
        return repo.git("rev-parse", "HEAD")
    repo.git("merge", "-q", "--no-commit", "-s", "ours", "lain")
    result()
    return repo.commit("merge")


def test_a_right_merge_holds(repo: Repository, check: Check) -> None:
    """As a host's button makes it."""
    sha = merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: b"),
        lambda: edit(repo, "GOV-03", "[2025]", "[2025, 2026]"),
    )
    code, lines = check()
    assert (0, 1) == (code, len(lines))
    assert sha[:7] in lines[0]


def test_a_change_that_was_lost_is_told(repo: Repository, check: Check) -> None:
    """A merge that took only one side, with the values of all."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: b"),
        lambda: edit(repo, "GOV-03", "{2025: 8}", "{2025: 9}"),
        lambda: None,
    )
    code, lines = check()
    assert 1 == code
    assert 2 == len(lines)
    assert lines[1].startswith("indicators[GOV-03-I1].targets.2025: ")
    assert all(value in lines[1] for value in ("8", "9"))


def test_what_nobody_wrote_is_told(repo: Repository, check: Check) -> None:
    """An evil merge."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: b"),
        lambda: None,
        lambda: edit(repo, "GOV-02", "1 miliar", "2 miliar"),
    )
    code, lines = check()
    assert (1, True) == (code, "actions[GOV-02].budget.2025" in lines[1])


def test_what_was_deleted_does_not_come_back(repo: Repository, check: Check) -> None:
    """One side deleted it, the other did nothing to it."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: b"),
        lambda: remove(repo, "GOV-02"),
        lambda: None,
    )
    code, lines = check()
    assert (1, 3) == (code, len(lines))
    assert lines[1].startswith("actions[GOV-02]: ")


def test_a_decision_on_a_conflict_is_accepted(repo: Repository, check: Check) -> None:
    """A value of both, of one, of neither; a deletion against an edit."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "{2025: 8}", "{2025: 9}"),
        lambda: edit(repo, "GOV-01", "{2025: 8}", "{2025: 7}"),
        lambda: edit(repo, "GOV-01", "{2025: 9}", "{2025: 6}"),
    )
    assert 0 == check()[0]


def test_a_layout_that_changes_in_a_merge_is_no_deviation(repo: Repository, check: Check) -> None:
    """Joined files, other quotes."""

    def result() -> None:
        for path in (*repo.top.glob("actions/*.yaml"), *repo.top.glob("actions.yaml")):
            path.unlink()
        texts = [ACTION.replace("ID", one) for one in reversed(IDS)]
        repo.write("semua.yaml", "actions:\n" + "".join(texts).replace("owner: a", "owner: 'a'"))

    merged(repo, lambda: repo.write("README", "x"), lambda: repo.write("LICENSE", "y"), result)
    assert 0 == check()[0]


def test_a_ceiling_that_only_the_sum_breaks_is_told(repo: Repository, check: Check) -> None:
    """Two offices raise budgets, each within the ceiling of the year."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "1 miliar", "2 miliar"),
        lambda: edit(repo, "GOV-03", "1 miliar", "2 miliar"),
    )
    code, lines = check()
    assert 1 == code, lines
    sums = "Ours: Rp 4,000,000,000; theirs: Rp 4,000,000,000; merged: Rp 5,000,000,000."
    assert [f"plan.ceilings.2025: is broken only by the sum of both sides. {sums}"] == lines[1:]


def test_a_circle_of_two_edges_is_told(repo: Repository, check: Check) -> None:
    """Each side adds one dependency."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: a\n    depends_on: [GOV-03]"),
        lambda: edit(repo, "GOV-03", "owner: a", "owner: a\n    depends_on: [GOV-01]"),
    )
    code, lines = check()
    assert 1 == code, lines
    assert any("GOV-01" in line and "GOV-03" in line for line in lines[1:]), lines


def test_a_reference_to_what_the_other_side_deleted_is_told(repo: Repository, check: Check) -> None:
    """In another file or in the same one."""
    merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: a\n    depends_on: [GOV-03]"),
        lambda: remove(repo, "GOV-03"),
    )
    code, lines = check()
    assert (1, True) == (code, any("F107" in line for line in lines)), lines


def test_a_rename_on_one_side_and_an_edit_on_the_other(repo: Repository, check: Check) -> None:
    """The edit follows the rename, whatever name the other side knew."""

    def rename() -> None:
        edit(repo, "GOV-03", "id: GOV-03\n", "id: GOV-09\n    formerly: [GOV-03]\n")

    def both() -> None:
        edit(repo, "GOV-09", "1 miliar", "2 miliar")

    merged(repo, rename, lambda: edit(repo, "GOV-03", "1 miliar", "2 miliar"), both)
    assert 0 == check()[0]
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("branch", "-q", "-D", "lain")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    merged(repo, rename, lambda: edit(repo, "GOV-03", "1 miliar", "2 miliar"), lambda: None)
    code, lines = check()
    assert (1, True) == (code, "actions[GOV-09].budget.2025" in lines[1])


def test_every_merge_of_a_range_is_verified_and_nothing_else(
    repo: Repository, check: Check
) -> None:
    """Newest first; a range without merges says so."""
    base = repo.git("rev-parse", "HEAD")
    first = merged(
        repo,
        lambda: edit(repo, "GOV-01", "owner: a", "owner: b"),
        lambda: edit(repo, "GOV-03", "[2025]", "[2025, 2026]"),
    )
    repo.git("branch", "-q", "-D", "lain")
    second = merged(
        repo,
        lambda: edit(repo, "GOV-02", "owner: a", "owner: b"),
        lambda: edit(repo, "GOV-03", "{2025: 8}", "{2025: 9}"),
        lambda: None,
    )
    code, lines = check(f"{base}..HEAD")
    assert 1 == code
    shas = [line for line in lines if first[:7] in line or second[:7] in line]
    assert [second[:7], first[:7]] == [
        s[:7] for line in shas for s in (second, first) if s[:7] in line
    ]
    code, lines = check(f"{first}..{first}")
    assert (0, 1) == (code, len(lines))
    assert (0, 1) == (check(base)[0], len(check(base)[1]))


def test_a_plan_in_a_subfolder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    """Found by its path, judged alone."""
    repo = Repository.new(tmp_path / "repo")
    repo.write("plans/kota/plan.yaml", HEADER)
    repo.write("plans/kota/actions.yaml", "actions:\n" + ACTION.replace("ID", "GOV-01"))
    repo.commit()
    path = "plans/kota/actions.yaml"
    text = (repo.top / path).read_text("utf-8")
    merged(
        repo,
        lambda: repo.write("README", "x"),
        lambda: repo.write(path, text.replace("[2025]", "[2026]")),
        lambda: None,
    )
    monkeypatch.chdir(repo.top)
    assert 1 == check(plan="plans/kota")[0]
    monkeypatch.chdir(repo.top / "plans/kota")
    assert 1 == check()[0]
