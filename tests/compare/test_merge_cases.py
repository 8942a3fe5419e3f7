"""The merge cases: each folder holds base, ours, theirs, what is expected, and why."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from merge_repository import Repository

from smartplan.compare.merge import Merged, merge
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = sorted(path.name for path in (Path(__file__).parent / "merge_cases").iterdir())


class Case:
    """One case: its texts, and what is expected of the merge."""

    def __init__(self, name: str) -> None:
        """Read the folder."""
        folder = Path(__file__).parent / "merge_cases" / name
        self.base, self.ours, self.theirs, self.expected = (
            (folder / f"{one}.yaml").read_bytes().decode()
            for one in ("base", "ours", "theirs", "expected")
        )
        about: Any = Document.read(Source("case.yaml", (folder / "case.yaml").read_text())).data
        self.conflicts = [(one["kind"], one["path"]) for one in about["conflicts"]]
        self.warnings = [(one["kind"], one["path"]) for one in about["warnings"]]

    def merge(self) -> Merged:
        """Merge it in process."""
        return merge(self.base, self.ours, self.theirs)


def settled_as_ours(marked: str) -> str:
    """Take ours at every marker and delete the flags, as a person would who prefers ours."""
    return "".join(_ours(marked))


def _ours(marked: str) -> Iterator[str]:
    keep = True
    for line in marked.splitlines(keepends=True):
        if line.startswith("<<<<<<< "):
            keep = True
        elif line.startswith("||||||| "):
            keep = False
        elif line.startswith(">>>>>>> "):
            keep = True
        elif keep and not re.match(r"\s*# CONFLICT ", line):
            yield line


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """Conflicts, warnings and the text are the expected ones, to the byte."""
    case = Case(name)
    merged = case.merge()
    assert case.conflicts == [(one.kind, one.path) for one in merged.conflicts]
    assert case.warnings == [(one.kind, one.path) for one in merged.warnings]
    assert case.expected == merged.ours
    assert case.expected == settled_as_ours(merged.text)


@pytest.mark.parametrize("name", CASES)
def test_conflicts_have_lines(name: str) -> None:
    """Every conflict says in which lines of the marked text it stands."""
    merged = Case(name).merge()
    lines = merged.text.split("\n")
    for conflict in merged.conflicts:
        assert conflict.lines, conflict
        assert conflict.path in lines[conflict.lines[0] - 1]


@pytest.mark.parametrize("name", CASES)
def test_case_mirrored(name: str) -> None:
    """The other way round, the same paths are in conflict; without any, it is the same text."""
    case = Case(name)
    merged, mirrored = case.merge(), merge(case.base, case.theirs, case.ours)
    assert {one.path for one in merged.conflicts} == {one.path for one in mirrored.conflicts}
    one_style = "crlf" not in name
    if not (merged.conflicts or merged.warnings) and one_style:
        assert merged.text == mirrored.text


@pytest.mark.parametrize("name", CASES)
def test_case_through_git(name: str, tmp_path: Path) -> None:
    """`git merge` with the driver gives what the core gives, and says every conflict."""
    case = Case(name)
    repository = Repository.begin(tmp_path, case.base)
    repository.branch("theirs", case.theirs)
    repository.commit(case.ours)
    code, said = repository.merge("theirs")
    merged = case.merge()
    assert merged.text == repository.text
    assert bool(case.conflicts) == bool(code)
    for kind, path in case.conflicts:
        assert f"CONFLICT {kind} {path}" in said
    for kind, path in case.warnings:
        assert f"WARNING {kind} {path}" in said


SAMPLE = [name for name in CASES if name[:2] in ("13", "27", "34", "63", "71")]


@pytest.mark.parametrize("name", SAMPLE)
def test_rebase_gives_the_same_file(name: str, tmp_path: Path) -> None:
    """A rebase and a cherry-pick of a conflict-free change end in the file of the merge."""
    case = Case(name)
    for way in ("rebase", "cherry-pick"):
        repository = Repository.begin(tmp_path / way, case.base)
        repository.branch("theirs", case.theirs)
        repository.commit(case.ours)
        if way == "rebase":
            repository.git("checkout", "-q", "theirs")
            repository.git("rebase", "-q", "main")
        else:
            repository.git("cherry-pick", "theirs")
        assert case.expected == repository.text


@pytest.mark.parametrize("name", SAMPLE)
def test_merge_tree_without_a_work_tree(name: str, tmp_path: Path) -> None:
    """`git merge-tree --write-tree` runs the driver too."""
    case = Case(name)
    repository = Repository.begin(tmp_path, case.base)
    repository.branch("theirs", case.theirs)
    repository.commit(case.ours)
    tree = repository.git("merge-tree", "--write-tree", "main", "theirs").split()[0]
    assert case.expected == repository.git("show", f"{tree}:plan.yaml")


def test_smartplan_merge_by_hand(tmp_path: Path) -> None:
    """`smartplan merge` writes the result where it is told, and nothing with `fail`."""
    case = Case("05-conflict-does-not-drag-neighbours")
    for name in ("base", "ours", "theirs"):
        (tmp_path / name).write_text(getattr(case, name), newline="")
    words = [sys.executable, "-c", SCRIPT, "base", "ours", "theirs", "-o", "out"]
    for mode, text in (("fail", None), ("ours", case.expected), ("markers", case.merge().text)):
        run = subprocess.run(  # noqa: S603  # our own command
            [*words, "--on-conflict", mode], cwd=tmp_path, check=False, env=dict(os.environ)
        )
        out = tmp_path / "out"
        assert (0 if mode == "ours" else 1) == run.returncode
        assert text == (out.read_text() if out.exists() else None)


SCRIPT = """
import typer
from smartplan.cli.merge import merge
app = typer.Typer()
app.command()(merge)
app()
"""
