"""What a merge leaves on disk: the merged file, and its conflicts as data for other programs.

The conflicts lie in `smartplan/conflicts.json` under the folder that all work trees of a
repository share, by the path of the file. The folder is found without starting git, because a
merge driver runs once for every file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1
NAME = "smartplan/conflicts.json"


def overwrite(path: Path, raw: bytes) -> None:
    """Replace a file whole or not at all; it keeps its rights."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")  # `tempfile` costs a driver's start
    try:
        temporary.write_bytes(raw)
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def overwrite_anyhow(path: Path, raw: bytes) -> None:
    """Replace a file whole; where that is impossible, write into it: half a loss is better.

    For the file that a merge driver leaves, which must never stay as it was.
    """
    try:
        overwrite(path, raw)
    except BaseException:  # noqa: BLE001  # no room for a second file, or an impatient user
        path.write_bytes(raw)


def note(file: str, conflicts: Sequence[dict[str, Any]], start: Path | None = None) -> None:
    """Write down the conflicts of a file; with none, forget those of an earlier merge.

    Outside a repository nothing is written.

    Raises:
        OSError: the folder of the repository cannot be written.
    """
    shared = shared_folder(start or Path.cwd())
    place = shared / NAME if shared else None
    if place is None or (not conflicts and not place.exists()):
        return
    files = _known(place)
    before = dict(files)
    files.pop(file, None)
    if conflicts:
        files[file] = list(conflicts)
    if files != before:
        place.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1)
        overwrite(place, (text + "\n").encode("utf-8", "backslashreplace"))


def _known(place: Path) -> dict[str, Any]:
    try:
        found = json.loads(place.read_text("utf-8"))
        files = found["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return files if isinstance(files, dict) else {}


def shared_folder(start: Path) -> Path | None:
    """Find the folder that all work trees of the repository share; none outside of one."""
    given = os.environ.get("GIT_COMMON_DIR") or os.environ.get("GIT_DIR")
    folder = Path(given) if given else _git_folder(start)
    if folder is None or not folder.is_dir():
        return None
    pointer = folder / "commondir"
    if pointer.is_file():
        folder = folder / pointer.read_text("utf-8").strip()
    return folder.resolve()


def _git_folder(start: Path) -> Path | None:
    start = start.resolve()
    for folder in (start, *start.parents):
        inside = folder / ".git"
        if inside.is_dir():
            return inside
        if inside.is_file():  # a linked work tree or a submodule
            text = inside.read_text("utf-8").strip()
            return folder / text.removeprefix("gitdir:").strip()
    return None
