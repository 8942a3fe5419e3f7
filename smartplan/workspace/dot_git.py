"""Git's own folders, found without starting git: what reads them must cost nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class DotGit(NamedTuple):
    """Where git keeps what it knows.

    Attributes:
        top: the folder of the work tree.
        own: git's folder for this work tree.
        common: the one that all work trees of the repository share.
    """

    top: Path
    own: Path
    common: Path

    @classmethod
    def around(cls, place: Path) -> DotGit | None:
        """Find the repository that a place lies in; none if it lies in none."""
        top = next((one for one in (place, *place.parents) if (one / ".git").exists()), None)
        if top is None:
            return None
        own = Path(os.environ.get("GIT_DIR") or top / ".git")
        if own.is_file():  # of a linked work tree or a submodule
            own = top / own.read_text("utf-8").removeprefix("gitdir: ").strip()
        link = own / "commondir"
        common = (own / link.read_text("utf-8").strip()).resolve() if link.is_file() else own
        return cls(top, own, common)
