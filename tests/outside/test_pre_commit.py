"""The hook as pre-commit runs it: installed from the project, in a plan's repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.outside

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "smartplan",
    "templates",
    "tests/rules",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put what the hook is installed from into a repository of its own."""
    made = Repository.new(tmp_path_factory.mktemp("proyek"))
    for name in SHIPPED:
        source, target = ROOT / name, made.top / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    made.commit("hook")
    return made.top


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Let pre-commit install what it needs into a folder of the tests, once."""
    cache = tmp_path_factory.mktemp("cache")
    return {"PRE_COMMIT_HOME": str(cache), "SMARTPLAN_LANG": "en"}


def try_hook(
    hook: str, project: Path, plans: Path, variables: Mapping[str, str]
) -> tuple[int, str]:
    """Run a hook on all files of a repository."""
    tried = ["pre_commit", "try-repo", str(project), hook, "--all-files", "--verbose"]
    done = subprocess.run(  # noqa: S603  # pre-commit
        [sys.executable, "-m", *tried],
        cwd=plans,
        env={**surroundings(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_hook_stops_a_plan_with_errors(
    project: Path, tmp_path: Path, variables: Mapping[str, str]
) -> None:
    """`smartplan-validate` passes a sound plan, fails on an error, and says what it is."""
    plans = Repository.new(tmp_path / "kota kita")
    plans.write("plans/uji/plan.yaml", HEADER)
    plans.commit("plan")
    code, said = try_hook("smartplan-validate", project, plans.top, variables)
    assert (code, "Passed" in said) == (0, True), said
    plans.write("plans/uji/plan.yaml", HEADER.replace("title:", "titel:"))
    plans.commit("typo")
    code, said = try_hook("smartplan-validate", project, plans.top, variables)
    assert (code, "Failed" in said) == (1, True), said
    assert "plans/uji/plan.yaml:4:3: F101 [*]" in said


def test_the_hook_lays_files_out(
    project: Path, tmp_path: Path, variables: Mapping[str, str]
) -> None:
    """`smartplan-fmt` changes a file that is laid out otherwise, once, and stops that commit."""
    plans = Repository.new(tmp_path / "kota kita")
    plans.write("plans/uji/plan.yaml", HEADER.replace("  id:", "  id:     "))
    plans.commit("plan")
    code, said = try_hook("smartplan-fmt", project, plans.top, variables)
    assert (code, "files were modified by this hook" in said) == (1, True), said
    plans.commit("laid out")
    assert try_hook("smartplan-fmt", project, plans.top, variables)[0] == 0
