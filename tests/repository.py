"""A real git repository in a temporary folder, for tests of what smartplan asks of git."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """\
format: 1
plan:
  id: uji-2024
  title: Masterplan Uji
  period: {start: 2024, end: 2028}
  city: {name: Kota Uji}
"""


def surroundings(**more: str) -> dict[str, str]:
    """Give an environment in which no setting of the tester's machine reaches git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ani",
        "GIT_AUTHOR_EMAIL": "ani@example.org",
        "GIT_COMMITTER_NAME": "Ani",
        "GIT_COMMITTER_EMAIL": "ani@example.org",
        "GIT_AUTHOR_DATE": "2026-05-03T09:00:00+08:00",
        "GIT_COMMITTER_DATE": "2026-05-03T09:00:00+08:00",
        **more,
    }


@dataclass(frozen=True)
class Repository:
    """A repository to try things in."""

    top: Path

    @classmethod
    def new(cls, top: Path) -> Repository:
        """Make an empty one whose branch is `main`."""
        top.mkdir(parents=True, exist_ok=True)
        made = cls(top)
        made.git("init", "-q", "-b", "main")
        return made

    def git(self, *words: str, accept: tuple[int, ...] = (0,), **more: str) -> str:
        """Run git in it and give what it prints, without the last line end."""
        run = subprocess.run(  # noqa: S603  # our own words
            ["git", *words],  # noqa: S607  # git is a tool of every developer
            cwd=self.top,
            env=surroundings(**more),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode in accept, run.stderr
        return run.stdout.removesuffix("\n")

    def write(self, path: str, text: str) -> Path:
        """Write a file, byte for byte as the text says."""
        place = self.top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        return place

    def cloned(self, top: Path, *options: str) -> Repository:
        """Clone it as from another machine."""
        self.git("clone", "-q", *options, self.top.as_uri(), str(top))
        return Repository(top)

    def commit(self, message: str = "change", author: str = "Ani") -> str:
        """Commit everything and give the commit's full name."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_NAME=author)
        return self.git("rev-parse", "HEAD")


def smartplan(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run smartplan in a folder, with its output in pipes."""
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "smartplan", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=surroundings(**more),
        check=False,
    )


def action(name: str, title: str = "Layanan", **more: str) -> str:
    """Write a file with one action."""
    lines = ["actions:", f"  - id: {name}", f"    title: {title}"]
    return "\n".join([*lines, *(f"    {key}: {value}" for key, value in more.items())]) + "\n"
