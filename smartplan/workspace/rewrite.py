"""Writes a file of a plan anew after an edit: whole, with its rights, and only if it is as read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.text.finding import ERROR, Code, Term
from smartplan.text.source import BOM
from smartplan.workspace.workspace import CANNOT_WRITE, write_bytes

if TYPE_CHECKING:
    from smartplan.text.source import Source

CHANGED_MEANWHILE = Code(
    id="T158",
    name="changed-meanwhile",
    level=ERROR,
    says="{path} has changed since it was read; nothing was written into it.",
    why="What somebody else has just written would be lost.",
    fix="Run the command again.",
)
CODES = (CHANGED_MEANWHILE,)


def encoded(source: Source) -> bytes:
    """Give the bytes of a source: its mark, its line ends, and bytes that are not UTF-8 as read."""
    text = BOM + source.text if source.bom else source.text
    return text.encode("utf-8", errors="surrogateescape")


def rewrite(root: Path, before: Source, after: Source) -> None:
    """Write the new text of a file of a plan; a link inside the plan stays a link.

    Args:
        root: the folder of the plan, or its only file; nothing outside it is written.
        before: the file as it was read.
        after: the same file with its new text.

    Raises:
        SmartplanError: the file lies outside, has changed since, or cannot be written.
    """
    target = Path(before.path).resolve()
    if not target.is_relative_to(root.resolve()):
        problem = Term("the link leads out of the plan")
        raise SmartplanError(CANNOT_WRITE, path=before.path, problem=problem)
    try:
        raw, mode = target.read_bytes(), stat.S_IMODE(target.stat().st_mode)
    except OSError as error:
        problem = Term(error.strerror or str(error))
        raise SmartplanError(CANNOT_WRITE, path=before.path, problem=problem) from error
    if raw == encoded(after):
        return
    if raw != encoded(before):
        raise SmartplanError(CHANGED_MEANWHILE, path=before.path)
    write_bytes(target, encoded(after), mode=mode)
