"""What `validate` says of merges that were not finished, and that it stays quiet elsewhere."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, action, smartplan

from smartplan.workspace import git as door
from smartplan.workspace.unmerged import leftovers
from smartplan.workspace.workspace import Found, read

if TYPE_CHECKING:
    from pathlib import Path

GOV_01 = "plans/uji/actions/GOV-01.yaml"
DRIVER = "[attr]plan diff=smartplan\nplans/**/*.yaml merge=smartplan\n"


@pytest.fixture(autouse=True)
def in_the_repository(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand at the top of the repository, as a user would."""
    monkeypatch.chdir(repo.top)


def found(repo: Repository, plan: str = "plans/uji") -> list[tuple[str, str, int]]:
    """Give code, file and line of what a merge has left in a plan."""
    root = repo.top / plan
    return [
        (one.code.id, one.span.source.path, one.span.line)
        for one in leftovers(root, read(Found(root))[0])
    ]


def two_branches(repo: Repository) -> None:
    """Let two branches change one value differently."""
    repo.git("checkout", "-q", "-b", "side")
    repo.write(GOV_01, action("GOV-01", "Mereka"))
    repo.commit("theirs")
    repo.git("checkout", "-q", "main")
    repo.write(GOV_01, action("GOV-01", "Kita"))
    repo.commit("ours")


@pytest.mark.parametrize("driver", ["false", "gone-missing %O %A %B"])
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
def test_a_driver_that_fails_loses_theirs(repo: Repository, driver: str, how: str) -> None:
    """Where git kept ours alone, validate refuses; a resolved file is as good as any."""
    two_branches(repo)
    repo.write(".gitattributes", DRIVER)
    repo.git("config", "merge.smartplan.driver", driver)
    repo.git(*{"rebase": ["rebase", "-q"]}.get(how, [how]), "side", accept=(1,))
    assert ("G141", GOV_01, 1) in found(repo)
    run = smartplan("validate", "plans/uji", "--lang", "en", cwd=repo.top)
    assert f"{GOV_01}:1:1: G141 git waits for this file to be merged" in run.stdout
    assert run.returncode == 1
    repo.write(GOV_01, action("GOV-01", "Dipadukan"))
    assert [] == found(repo)


def test_in_a_linked_work_tree(repo: Repository, tmp_path: Path) -> None:
    """A merge that goes on in one work tree is seen there and nowhere else."""
    two_branches(repo)
    repo.git("worktree", "add", "-q", str(tmp_path / "kedua"), "-b", "second")
    second = Repository(tmp_path / "kedua")
    second.write(".gitattributes", DRIVER)
    second.git("config", "merge.smartplan.driver", "false")
    second.git("merge", "-q", "side", accept=(1,))
    assert ["G141"] == [code for code, _, _ in found(second)]
    assert [] == found(repo)


def test_conflict_marks(repo: Repository) -> None:
    """Marks of a plain merge are one finding that names both sides; nothing else is said."""
    two_branches(repo)
    repo.git("merge", "-q", "side", accept=(1,))
    run = smartplan("validate", "plans/uji", "--lang", "en", cwd=repo.top)
    expected = (
        "actions/GOV-01.yaml:3:1: Y103 The file holds an unfinished merge of “HEAD” and “side”"
    )
    assert expected in run.stdout
    assert "Y105" not in run.stdout
    assert [] == found(repo)


def test_conflict_notes(repo: Repository) -> None:
    """A note of a merge is an error at its place, with or without git; talk of conflict is not."""
    text = action("GOV-01") + "    # CONFLICT rule:dangling-reference GOV-02 was removed\r\n"
    repo.write(GOV_01, text + "    # CONFLICT of interest is no matter of ours\n")
    assert [("G140", GOV_01, 4)] == found(repo)
    repo.write("plans/uji/b.yaml", "# CONFLICT order priorities\n")
    assert ("G140", "plans/uji/b.yaml", 1) == found(repo)[-1]
    (repo.top / "plans/uji/b.yaml").unlink()
    (repo.top / ".git").rename(repo.top / "gone")
    assert [("G140", GOV_01, 4)] == found(repo)


def test_a_clone_without_the_driver(repo: Repository) -> None:
    """The line that asks for a driver this clone does not know is named."""
    repo.write(".gitattributes", DRIVER)
    assert [("G142", ".gitattributes", 2)] == found(repo)
    repo.git("config", "merge.smartplan.driver", "smartplan merge-driver %O %A %B %L %P")
    assert [] == found(repo)
    repo.write(".gitattributes", "# merge=smartplan\n")
    repo.git("config", "--unset", "merge.smartplan.driver")
    assert [] == found(repo)


def test_no_process_without_need(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is merged, git is not even started."""

    def started(*_: object, **__: object) -> None:
        pytest.fail("git was started")

    monkeypatch.setattr(subprocess, "run", started)
    assert door.subprocess.run is started  # type: ignore[attr-defined]  # the door's own
    assert [] == found(repo)


def test_without_git(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate works where git is missing, broken, or of no concern."""
    two_branches(repo)
    repo.git("merge", "-q", "side", accept=(1,))
    monkeypatch.setenv("PATH", "")
    assert [] == found(repo)
    (tmp_path / "lepas").mkdir()
    (tmp_path / "lepas" / "plan.yaml").write_text(HEADER)
    (tmp_path / "lepas" / ".git").write_text("gitdir: nowhere\n")
    assert [] == found(Repository(tmp_path), "lepas")
