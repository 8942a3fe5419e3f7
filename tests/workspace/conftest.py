"""Repositories for the tests of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, action, surroundings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def only_our_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the tester's git out."""
    wanted = surroundings()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in wanted.items():
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
