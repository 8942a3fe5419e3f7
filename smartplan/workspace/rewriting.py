"""Changes files that are there already: all of them or none, and never what somebody else wrote.

Every new text is on the disk before the first old one is replaced; a file keeps its rights; a link
is followed, so that what it names is changed and the link stays.
"""

from __future__ import annotations

import signal
import threading
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.text.finding import ERROR, Code, Term
from smartplan.workspace.workspace import beside, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smartplan.text.source import Source

CHANGED_MEANWHILE = Code(
    id="T131",
    name="changed-meanwhile",
    level=ERROR,
    says="{path} has been changed by something else meanwhile; nothing was written.",
    why="What was written in between would be lost.",
    fix="Run the command again.",
)
CANNOT_CHANGE = Code(
    id="T132",
    name="cannot-change",
    level=ERROR,
    says="{path} cannot be changed: {problem}. Nothing was written.",
    why="A change of several files is made whole or not at all.",
    fix="See to the rights of file and folder and to free space, and run the command again.",
)
CODES = (CHANGED_MEANWHILE, CANNOT_CHANGE)


def rewrite_sources(root: Path, changes: Iterable[tuple[Source | None, Source | None]]) -> None:
    """Replace, add and remove files of a plan.

    Args:
        root: the folder of the plan, or its only file; nothing outside it is written.
        changes: a file as it was read, and as it shall be, perhaps of another name; none where
            there is none.

    Raises:
        SmartplanError: a file lies outside, holds something else by now, or cannot be written.
    """
    place = root.resolve()
    wanted: dict[Path, tuple[bytes | None, bytes | None]] = {}
    for before, after in changes:
        for one in (before, after):
            if one and not Path(one.path).resolve().is_relative_to(place):
                problem = Term("the link leads out of the plan")
                raise SmartplanError(CANNOT_CHANGE, path=one.path, problem=problem)
        if before and (after is None or after.path != before.path):
            wanted[Path(before.path)] = before.raw, None
        if after:
            stays = before is not None and before.path == after.path
            wanted[Path(after.path)] = before.raw if before and stays else None, after.raw
    rewrite(wanted)


def rewrite(changes: Mapping[Path, tuple[bytes | None, bytes | None]]) -> None:
    """Replace, add and remove files.

    Args:
        changes: path → what it holds now, and what it shall hold; none for a file that is not.

    Raises:
        SmartplanError: a file holds something else by now, or cannot be written.
    """
    with ExitStack() as stack:
        ready = {}
        for path, (old, new) in changes.items():
            if _held(path) != old:
                raise SmartplanError(CHANGED_MEANWHILE, path=shown_path(path))
            if new is not None:
                ready[path] = stack.enter_context(_ready(path.resolve(), new, old is not None))
        with _uninterrupted():
            for path, (_, new) in changes.items():
                with _told(path):
                    if new is None:
                        path.unlink()
                        with suppress(OSError):  # a folder that still holds something
                            path.parent.rmdir()
                    else:
                        ready[path].replace(path.resolve())


def _held(path: Path) -> bytes | None:
    with _told(path):
        return path.read_bytes() if path.exists() else None


@contextmanager
def _ready(path: Path, raw: bytes, there: bool) -> Iterator[Path]:  # noqa: FBT001  # as in rewrite
    with ExitStack() as stack:
        with _told(path):
            stack.enter_context(_folder(path.parent))
            temporary = stack.enter_context(beside(path, raw))
            temporary.chmod(path.stat().st_mode & 0o7777 if there else 0o644)
        yield temporary


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """Make a folder; what nothing was put into is gone at the end."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for one in missing:
            with suppress(OSError):  # it holds something, or was never made
                one.rmdir()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say which file it was that cannot be changed."""
    try:
        yield
    except OSError as error:
        problem = Term(error.strerror or str(error))
        raise SmartplanError(CANNOT_CHANGE, path=shown_path(path), problem=problem) from error


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until all files are replaced."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if waiting:
            raise KeyboardInterrupt
