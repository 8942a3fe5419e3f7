"""What all tests share: a fixed day and language, git without settings, golden files."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from repository import HEADER, Repository, action, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
USED: set[Path] = set()

settings.register_profile(
    "smartplan",  # few examples in CI, 2,000 by hand
    max_examples=int(os.environ.get("SMARTPLAN_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("smartplan")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's `&` has all children ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags that renew golden files and remove unused ones."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")
    parser.addoption("--clean-golden", action="store_true", help="remove golden files not used")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove golden files that no test of a whole run asked for."""
    if session.config.getoption("--clean-golden"):
        for path in GOLDEN.rglob("*"):
            if path.is_file() and path not in USED:
                path.unlink()


@pytest.fixture(autouse=True)
def fixed_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fix the day, remember no answers, and keep the tester's language and colours out."""
    monkeypatch.setenv("SMARTPLAN_TODAY", "2026-11-24")
    monkeypatch.setenv("SMARTPLAN_NO_CACHE", "1")
    for name in ("SMARTPLAN_LANG", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def only_our_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the tester's git out."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """Make a repository with one plan of two actions, in a folder whose name has a blank."""
    made = Repository.new(tmp_path / "kota kita")
    made.write("plans/uji/plan.yaml", HEADER)
    made.write("plans/uji/actions/GOV-01.yaml", action("GOV-01"))
    made.write("plans/uji/actions/GOV-02.yaml", action("GOV-02"))
    made.commit("first")
    return made


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file; `--update-golden` writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        USED.add(path)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_text("utf-8") if path.exists() else "(no golden file yet)"
        assert expected == text, f"{path} differs; look, then run pytest --update-golden"

    return compare
