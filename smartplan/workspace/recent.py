"""Which files of a plan were changed lately: git knows, so that nobody has to keep a date."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.workspace.dot_git import DotGit
from smartplan.workspace.workspace import shown_path

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from smartplan.workspace.git import Git


def signs(root: Path) -> list[Path]:
    """Name the files of git that change whenever its history does; they need not exist.

    Args:
        root: the folder or only file of the plan.
    """
    with suppress(OSError):
        if dot_git := DotGit.around(root.resolve()):
            head = dot_git.own / "HEAD"
            branch = dot_git.common / head.read_text("utf-8").removeprefix("ref: ").strip()
            return [head, branch, *(dot_git.common / name for name in ("packed-refs", "shallow"))]
    return []


def changed_since(root: Path, day: date) -> frozenset[str] | None:
    """Give the paths of the files of a plan that were changed since a day, as a person types them.

    A change that is not committed yet counts. In a shallow clone all that its oldest commit brought
    counts as changed then.

    Args:
        root: the folder or only file of the plan.
        day: the first day that counts.

    Returns:
        The paths; none outside git, before the first commit, or if git cannot answer.
    """
    from smartplan.workspace.git import Git

    with suppress(SmartplanError, OSError):  # what git cannot answer is no fault of the plan
        git = Git.around(root)
        head = git.peel(("HEAD",))[0] if git and not git.bare else None
        if git and head:
            paths = _touched(git, head, day.isoformat(), git.inside(root))
            return frozenset(shown_path(git.top / path) for path in paths)
    return None


def _touched(git: Git, head: str, since: str, under: str) -> set[str]:
    """Give the paths that commits have changed, or that differ from the last one."""
    from smartplan.workspace import answers

    words = ("log", f"--since={since}T00:00:00", "--format=", "--name-only", "--no-renames", "-z")
    where = ("--", under) if under else ()
    committed = answers.pieces(git.ask(*words, head, *where))
    open_ = git.changed(head, None, under)
    return {*map(answers.text, committed), *(one.path for one in open_)}
