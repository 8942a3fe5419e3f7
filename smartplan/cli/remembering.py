"""Says again what was said of a plan that has not changed since; else listens and remembers."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from smartplan.workspace.cache import Memory
    from smartplan.workspace.workspace import Found

OFF = "SMARTPLAN_NO_CACHE"
"""A variable that, set to anything, has every command work anew."""

CacheOption = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Say again what was said of an unchanged plan."),
]


def remembered(
    plans: Sequence[Found],
    asked: Sequence[object],
    work: Callable[[], int],
    *,
    cache: bool,
    on: str = "",
) -> int:
    """Say again what was said of plans that have not changed, or work it out and remember it.

    Args:
        plans: what is looked at.
        asked: the command, and how it was asked; all that decides the answer.
        work: what prints the answer, and gives the exit code; it must change nothing.
        cache: whether an answer may be remembered.
        on: the day, if the answer depends on it.
    """
    if not cache or os.environ.get(OFF):
        return work()
    from smartplan.workspace.cache import Memory

    focus = [str(one.focus) for one in plans]
    memory = Memory.of([one.root for one in plans], (*asked, focus, *_surroundings()), on)
    return _answered(memory, work)


def _surroundings() -> tuple[object, ...]:
    """Give all that decides how an answer looks besides what was asked."""
    from smartplan.cli.common import colours

    on_screen = sys.stdout.isatty()
    size = os.get_terminal_size(sys.stdout.fileno()).columns if on_screen else 0
    shown = (on_screen, colours(), size, os.environ.get("COLUMNS"), os.environ.get("TERM"))
    return (*shown, sys.stdout.encoding, os.environ.get("SMARTPLAN_LANG"), Path.cwd())


def _answered(memory: Memory, work: Callable[[], int]) -> int:
    if known := memory.recall():
        from smartplan.cli.common import emit

        if known.out:
            emit(known.out)
        sys.stderr.write(known.err)
        return known.code
    out, err = _Copy(sys.stdout), _Copy(sys.stderr)
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        code = work()
        heard = sys.stdout is out  # else the reader has gone away
    finally:
        sys.stdout, sys.stderr = before
    if heard:
        from smartplan.workspace.cache import Answer

        memory.keep(Answer(out.heard, err.heard, code))
    return code


class _Copy:
    """A stream that remembers what is written to it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._parts: list[str] = []

    @property
    def heard(self) -> str:
        return "".join(self._parts)

    def write(self, text: str) -> int:
        self._parts.append(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a stream has
        return getattr(self._stream, name)
