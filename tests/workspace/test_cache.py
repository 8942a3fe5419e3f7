"""What was said of a plan is said again as long as nothing it came from has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from repository import Repository

from smartplan.workspace.cache import COARSE, Answer, Memory

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = Answer("plan.yaml:1:1: C005 …\n", "Masterplan: 1\n", 1)
PLAN = "plan: {id: uji}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan outside git, long unchanged; the user's cache lies beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "kota"
    (folder / "actions").mkdir(parents=True)
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    (folder / "actions" / "GOV-01.yaml").write_text("actions: []\n", "utf-8")
    return folder


def memory(root: Path, *asked: str, today: str = "2026-11-24") -> Memory:
    """Look at the plan; as if all files had been written long ago."""
    seen = Memory.of([root], asked, today)
    return Memory(seen.path, seen.state, seen.youngest - COARSE)


def test_what_was_kept_is_recalled(root: Path) -> None:
    """Byte for byte, signs of any kind among it."""
    assert memory(root, "text").recall() is None
    memory(root, "text").keep(ANSWER)
    assert memory(root, "text").recall() == ANSWER


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "plan.yaml").write_text("plan: {id: uja}\n", "utf-8"),
        lambda root: (root / "goals.yaml").write_text("goals: []\n", "utf-8"),
        lambda root: (root / "actions" / "GOV-01.yaml").unlink(),
        lambda root: (root / "actions" / "GOV-01.yaml").rename(root / "actions" / "GOV-02.yaml"),
        lambda root: (root / "plan.yaml").chmod(0o600),
    ],
    ids=["edited", "added", "removed", "renamed", "rights"],
)
def test_a_changed_plan_is_looked_at_again(root: Path, change: object) -> None:
    """Whatever happens to a file of the plan."""
    memory(root).keep(ANSWER)
    change(root)  # type: ignore[operator]  # a function of the table
    assert memory(root).recall() is None


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path) -> None:
    """The time of the last change of a file cannot be set back."""
    file = root / "plan.yaml"
    before = file.stat()
    memory(root).keep(ANSWER)
    file.write_text("plan: {id: uja}\n", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert memory(root).recall() is None


def test_a_question_has_its_own_answer(root: Path) -> None:
    """What is asked, and the day, are part of the question."""
    memory(root, "text").keep(ANSWER)
    assert memory(root, "json").recall() is None
    assert memory(root, "text", today="2026-11-25").recall() is None
    assert memory(root, "text").recall() == ANSWER


def test_a_file_as_young_as_the_answer_is_doubted(root: Path) -> None:
    """On a coarse clock it may have changed after it was read."""
    Memory.of([root], (), "2026-11-24").keep(ANSWER)
    assert Memory.of([root], (), "2026-11-24").recall() is None


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b'{"state": 1}', b"\xff\xfe"])
def test_a_broken_memory_is_none(root: Path, kept: bytes) -> None:
    """Whatever another program left there."""
    memory(root).keep(ANSWER)
    memory(root).path.write_bytes(kept)
    assert memory(root).recall() is None


def test_a_place_that_cannot_be_written_is_no_trouble(root: Path) -> None:
    """The answer is worked out again the next time."""
    place = memory(root).path.parent
    place.parent.mkdir(parents=True)
    place.write_text("a file where the folder should be", "utf-8")
    memory(root).keep(ANSWER)
    assert memory(root).recall() is None


def test_it_lies_with_git_and_not_in_the_plan(root: Path) -> None:
    """In git's own folder, shared by linked work trees; the plan's files stay as they are."""
    repo = Repository.new(root)
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "plan")
    assert memory(root).path.parent == root / ".git" / "smartplan"
    repo.git("worktree", "add", "-q", "../lain")
    assert memory(root.parent / "lain").path.parent == root / ".git" / "smartplan"
    memory(root).keep(ANSWER)
    assert repo.git("status", "--porcelain") == ""


def test_a_merge_that_begins_is_seen(root: Path) -> None:
    """What git leaves behind while it merges is part of what is judged."""
    repo = Repository.new(root)
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "plan")
    memory(root).keep(ANSWER)
    (root / ".git" / "MERGE_HEAD").write_text(repo.git("rev-parse", "HEAD"), "utf-8")
    assert memory(root).recall() is None
