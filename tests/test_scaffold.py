"""What `python -m tests.scaffold` writes runs at once, in a copy of the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import scaffold

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what the stubs touch."""
    for name in ("smartplan", "templates", "tests/rules"):
        shutil.copytree(
            scaffold.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("test_rules.py", "samples.py"):
        shutil.copy(scaffold.ROOT / "tests" / name, tmp_path / "tests")
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """Run Python in the copy, which comes before the installed package."""
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, *command], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_rule_runs_with_its_cases(copy: Path) -> None:
    """A stub of a rule is listed, found by its cases, and said in each language."""
    scaffold.rule(copy, "M199", "some-offence")
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_rules.py")
    code = "from smartplan.words.speaker import catalog; print(catalog('id')['codes']['M199'])"
    assert "TODO" in run(copy, "-c", code)


def test_a_code_is_not_given_twice(copy: Path) -> None:
    """A code that is taken is refused."""
    with pytest.raises(SystemExit):
        scaffold.rule(copy, "M048", "some-offence")


def test_a_new_report_renders(copy: Path) -> None:
    """A stub of a report is listed and renders in both formats."""
    scaffold.report(copy, "progress")
    (copy / "kota").mkdir()
    (copy / "kota" / "plan.yaml").write_text(
        "plan: {id: x, title: Uji, period: {start: 2024, end: 2028}, city: {name: Kota}}\n",
        encoding="utf-8",
    )
    run(copy, "-m", "smartplan", "render", "kota", "--report", "progress")
    assert "Uji" in (copy / "build" / "kota" / "progress.id.md").read_text("utf-8")


def test_a_new_language_can_be_chosen(copy: Path) -> None:
    """A copied catalog is a language that the commands offer."""
    scaffold.language(copy, "ban")
    code = "from smartplan.words.speaker import languages; print(languages())"
    assert "ban" in run(copy, "-c", code)
