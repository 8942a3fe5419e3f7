"""A real repository with one plan file and the merge driver, for tests of merging."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DRIVER = f'"{sys.executable}" -m smartplan merge-driver %O %A %B %L %P'
SETTINGS = {
    "user.name": "A",
    "user.email": "a@example.org",
    "core.autocrlf": "false",
    "commit.gpgsign": "false",
    "merge.smartplan.driver": DRIVER,
}


@dataclass(frozen=True)
class Repository:
    """A repository in a folder; its file is `plan.yaml`."""

    root: Path

    @classmethod
    def begin(cls, root: Path, text: str) -> Repository:
        """Make a repository whose first commit holds a text."""
        root.mkdir(exist_ok=True)
        repository = cls(root)
        repository.git("init", "-q", "-b", "main")
        for name, value in SETTINGS.items():
            repository.git("config", name, value)
        info = root / ".git" / "info"
        info.mkdir(exist_ok=True)
        (info / "attributes").write_text("*.yaml merge=smartplan\n")
        repository.commit(text)
        return repository

    def git(self, *words: str, code: int | None = 0, **variables: str) -> str:
        """Run git and give what it wrote, output and errors together."""
        run = subprocess.run(  # noqa: S603  # git in a temporary folder
            ["git", *words],  # noqa: S607
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **variables},
            check=False,
        )
        said = run.stdout.decode()
        assert code is None or run.returncode == code, said
        return said

    def commit(self, text: str) -> None:
        """Commit a text."""
        (self.root / "plan.yaml").write_bytes(text.encode())
        self.git("add", "plan.yaml")
        self.git("commit", "-q", "--allow-empty", "-m", "change")

    def branch(self, name: str, text: str) -> None:
        """Commit a text on a new branch, and come back."""
        self.git("checkout", "-q", "-b", name)
        self.commit(text)
        self.git("checkout", "-q", "main")

    def merge(self, name: str, **variables: str) -> tuple[int, str]:
        """Merge a branch: exit code, and what git and the driver said."""
        said = self.git("merge", "-q", "--no-edit", name, code=None, **variables)
        unmerged = self.git("ls-files", "-u")
        return int(bool(unmerged)), said

    @property
    def text(self) -> str:
        """What the file holds now."""
        return (self.root / "plan.yaml").read_bytes().decode()
