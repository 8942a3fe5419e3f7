"""What all tests share: a fixed day and language, golden files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
USED: set[Path] = set()


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
    """Fix the day, and keep the language and colours of the tester's machine out."""
    monkeypatch.setenv("SMARTPLAN_TODAY", "2026-11-24")
    for name in ("SMARTPLAN_LANG", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


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
