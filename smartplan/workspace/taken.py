"""Which ids are in use on any branch: two offices on two branches must not take the same one."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.workspace.dot_git import DotGit

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"id:[ \t]+[\"']?([A-Za-z][A-Za-z0-9-]*)")


def ids_on_branches(root: Path) -> set[str]:
    """Give the ids that stand in the plan on any branch of the repository, own or remote.

    Args:
        root: the plan's folder or only file; outside a repository there are none.
    """
    from smartplan.workspace.git import Git

    with suppress(SmartplanError, OSError):
        git = Git.around(root) if DotGit.around(root.resolve()) else None
        branches = git.branches() if git and not git.bare else []
        if git and branches:
            words = ("grep", "-h", "-I", "-o", "-E", _ID.pattern.replace("[ \\t]", " "))
            out = git.ask(*words, *branches, "--", git.inside(root) or ".", accept=(0, 1))
            return set(_ID.findall(out.decode("utf-8", "replace")))
    return set()
