"""What a merge has left behind in a plan (family G): notes, lost versions, a missing driver.

Looks into files first and starts git only if they say that a merge is going on.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.text.finding import ERROR, WARNING, Code, Finding, finding
from smartplan.text.source import Source
from smartplan.workspace.dot_git import DotGit
from smartplan.workspace.workspace import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.workspace.git import Git

CONFLICT_NOTE = Code(
    id="G140",
    name="conflict-note",
    level=ERROR,
    says="A merge has left something to decide here: {seen}.",
    why="Each of the two changes is right by itself, but not both together.",
    fix="Mend what the note names, then delete the note.",
)
THEIRS_LOST = Code(
    id="G141",
    name="theirs-lost",
    level=ERROR,
    says="git waits for this file to be merged, but it holds only our version, byte for byte.",
    why="The command git add would drop their version without a trace.",
    fix="Install the merge driver with smartplan git-setup and merge again: git checkout --merge"
    " -- {path}. If our version is meant, run git add.",
)
NO_DRIVER = Code(
    id="G142",
    name="merge-driver-missing",
    level=WARNING,
    says=".gitattributes asks for a merge by meaning, but this clone knows no driver for it.",
    why="When it merges, git will keep our version and silently leave theirs out.",
    fix="Run smartplan git-setup once in this clone.",
)
CODES = (CONFLICT_NOTE, THEIRS_LOST, NO_DRIVER)

DRIVER = "merge.smartplan.driver"
GOING_ON = (
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "rebase-merge",
    "rebase-apply",
    "AUTO_MERGE",  # all that a stash leaves
)
"""What stands in git's folder while something may be unmerged."""

NOTE = "# CONFLICT "
"""How the line begins that a merge leaves where a person has to decide."""
_NOTE = re.compile(
    rf"^[ \t]*{NOTE}(?P<what>(?:[a-z-]+[:/][a-z-]+|order|identity|id-collision)\b.*?)\r?$",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"^[^#\n]*\bmerge=smartplan\b", re.MULTILINE)


def leftovers(root: Path, sources: Sequence[Source]) -> list[Finding]:
    """Find what a merge has left behind; outside git only what stands in the files.

    Args:
        root: the plan's folder or only file.
        sources: its files.
    """
    found = [each for source in sources for each in _notes(source)]
    place = root.resolve()
    # What git cannot answer is no fault of the plan.
    with suppress(SmartplanError, OSError):
        if dot_git := DotGit.around(place):
            found += _of_repository(dot_git, place, sources)
    return found


def signs(root: Path) -> list[Path]:
    """Name the files outside a plan that decide what is found here; they need not exist.

    Args:
        root: the plan's folder or only file.
    """
    place = root.resolve()
    with suppress(OSError):
        if dot_git := DotGit.around(place):
            merging = [dot_git.own / name for name in GOING_ON]
            index = [dot_git.own / "index"] if any(one.exists() for one in merging) else []
            settings = [dot_git.common / "config", Path.home() / ".gitconfig"]
            return [*merging, *index, *settings, *_attributes(dot_git.top, place)]
    return []


def _notes(source: Source) -> Iterator[Finding]:
    if NOTE not in source.text:
        return
    for match in _NOTE.finditer(source.text):
        span = source.span(match.start("what"), match.end("what"))
        yield finding(CONFLICT_NOTE, span, seen=match["what"])


def _of_repository(dot_git: DotGit, root: Path, sources: Sequence[Source]) -> Iterator[Finding]:
    asked = _driver_asked_for(dot_git.top, root)
    going_on = any((dot_git.own / name).exists() for name in GOING_ON)
    if not asked and not going_on:
        return
    from smartplan.workspace.git import Git

    git = Git.around(root)
    if git is None or git.bare:
        return
    if asked and not git.settings(f"^{re.escape(DRIVER)}$"):
        yield asked
    if going_on:
        yield from _lost(git, sources)


def _attributes(top: Path, root: Path) -> list[Path]:
    """Name the files that may ask for the driver."""
    folders = [one for one in (root, *root.parents) if one.is_relative_to(top)]
    return [one / ".gitattributes" for one in folders]


def _driver_asked_for(top: Path, root: Path) -> Finding | None:
    """Find the line of a .gitattributes that names the driver."""
    for path in _attributes(top, root):
        if not path.is_file():
            continue
        source = Source.from_bytes(shown_path(path), path.read_bytes())
        if match := _ATTRIBUTE.search(source.text):
            return finding(NO_DRIVER, source.span(match.start(), match.end()))
    return None


def _lost(git: Git, sources: Sequence[Source]) -> Iterator[Finding]:
    """Find files in conflict of which only our version is left."""
    unmerged = git.unmerged()
    here = {git.inside(Path(one.path)): one for one in sources} if unmerged else {}
    paths = [path for path, stages in unmerged.items() if path in here and {2, 3} <= set(stages)]
    for path, blob in zip(paths, git.stored(paths), strict=True):
        if blob == unmerged[path][2]:
            yield finding(THEIRS_LOST, here[path].span(0), path=here[path].path)
