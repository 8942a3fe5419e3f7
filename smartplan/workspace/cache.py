"""Remembers what a command said of plans, so that it need not work for the same answer again.

An answer holds as long as nothing it came from has changed: the files of the plans, what was asked,
the day, smartplan itself. Nothing of a plan is kept but what was printed; nothing is kept in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.workspace import recent, unmerged
from smartplan.workspace.dot_git import DotGit
from smartplan.workspace.workspace import paths_of, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE = Path(__file__).parent.parent
COARSE = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system. A file that is not older than the answer by
this may have changed since without a trace; git doubts its index for the same reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said: on standard output, on standard error, and its exit code."""

    out: str
    err: str
    code: int


@dataclass(frozen=True, slots=True)
class Memory:
    """The place of one answer, and the state in which it holds.

    Attributes:
        path: the file that keeps it.
        state: a digest of all that it came from.
        youngest: when the youngest file was changed, in nanoseconds since 1970.
    """

    path: Path
    state: str
    youngest: int

    @classmethod
    def of(cls, roots: Sequence[Path], asked: Sequence[object], today: str) -> Memory:
        """Look at plans as they stand now.

        Args:
            roots: their folders or only files.
            asked: all that decides what the answer looks like, but for the day.
            today: the day.
        """
        places = [str(root.resolve()) for root in roots]
        looks = (unmerged.signs, recent.signs)
        around = [str(path) for root in roots for signs in looks for path in signs(root)]
        held = [path for root in roots for path in paths_of(str(root))]
        seen = [_stamp(path) for path in (*_program(), *around, *held)]
        name = _digest([places, list(map(str, asked))])
        state = _digest([sys.version, today, seen])
        youngest = max((stamp[2] for stamp in seen), default=0)
        return cls(_folder(Path(places[0])) / f"{name[:24]}.json", state, youngest)

    def recall(self) -> Answer | None:
        """Give the answer, if it was given before and still holds."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            if self.path.stat().st_mtime_ns < self.youngest + COARSE:
                return None
            kept = json.loads(self.path.read_bytes())
            if kept["state"] == self.state:
                return Answer(**kept["answer"])
        return None

    def keep(self, answer: Answer) -> None:
        """Keep an answer; where that is not possible, nothing is lost."""
        kept = {"state": self.state, "answer": asdict(answer)}
        with suppress(SmartplanError, UnicodeEncodeError):
            write_bytes(self.path, json.dumps(kept, ensure_ascii=False).encode())


def _program() -> Iterator[str]:
    """Name the files of smartplan itself: while it is being written its version stays the same."""
    for folder, _, files in os.walk(PACKAGE):
        yield from (f"{folder}/{name}" for name in files if name.endswith((".py", ".yaml")))


def _stamp(path: str) -> tuple[str, int, int, int, int, int]:
    """Give what the file system knows of a file; the third is when it was last changed."""
    try:
        one = os.stat(path)  # noqa: PTH116  # a Path for each costs as much again
    except OSError as error:
        return path, error.errno or 0, 0, 0, 0, 0
    changed = max(one.st_mtime_ns, one.st_ctime_ns)
    return path, one.st_size, changed, one.st_mtime_ns, one.st_ino, one.st_mode


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


def _folder(root: Path) -> Path:
    """Give the folder for answers: in git's own folder, or else where programs keep such things."""
    if dot_git := DotGit.around(root):
        return dot_git.common / "smartplan"
    if sys.platform == "win32":
        place = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        place = "~/Library/Caches"
    else:
        place = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(place).expanduser() / "smartplan"
