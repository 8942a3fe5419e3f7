"""The difference between a file before and after, as `git apply` and `patch` read it."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from smartplan.show.terminal import clean

if TYPE_CHECKING:
    from smartplan.text.source import Source

NO_END = "\\ No newline at end of file\n"


def patch(before: Source, after: Source) -> str:
    """Give the unified diff of a file; empty if nothing changes."""
    path = clean(before.path)
    tail = "\t" if " " in path else ""  # else a name with blanks would end at the first
    lines = unified_diff(
        _lines(before.text),
        _lines(after.text),
        fromfile=f"a/{path}{tail}",
        tofile=f"b/{path}{tail}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_END}" for line in lines)


def _lines(text: str) -> list[str]:
    """Split at line feeds only: whatever else ends a line is part of the text."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
