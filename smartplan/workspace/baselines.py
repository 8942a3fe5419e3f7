"""Finds the commit that a baseline of a plan stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.compare.facts import gather
from smartplan.compare.ground import newest_baseline
from smartplan.text.document import Document
from smartplan.text.error import SmartplanError
from smartplan.text.source import Source
from smartplan.workspace.faults import NO_SUCH_BASELINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.compare.facts import Facts
    from smartplan.workspace.git import Git
    from smartplan.workspace.side import Side

COLLECTION = "baselines"


def commit_of(side: Side, name: str | None = None) -> tuple[str, str]:
    """Give the name of a baseline and the full name of its commit.

    The commit that the entry names; else the first one that holds the entry.

    Args:
        side: where the plan's collection `baselines` is read.
        name: its name; the newest by its date, if none is given.

    Raises:
        SmartplanError: there is no such baseline, or no commit holds it.
    """
    facts = _gathered(side.sources(), side.root)
    listed = list(facts.of(COLLECTION))
    named = [one for one in listed if one.get("name") == name]
    entry = next(iter(named), None) if name else newest_baseline(facts)
    if entry is None or side.git is None:
        names = [str(one.get("name")) for one in listed]
        raise SmartplanError(NO_SUCH_BASELINE, seen=name or "BASELINE", allowed=names or "–")
    found, commit = str(entry.get("name")), entry.get("commit")
    if commit:
        return found, side.git.resolve(str(commit))
    sha = _first_with(side.git, side.from_top(side.inside(entry.file)), found)
    if sha is None:
        raise SmartplanError(NO_SUCH_BASELINE, seen=found, allowed=[found])
    return found, sha


def _first_with(git: Git, path: str, name: str) -> str | None:
    """Find the oldest commit in whose version of a file the baseline stands."""
    history = [
        (commit.sha, change.new)
        for commit in reversed(git.commits(git.resolve("HEAD"), paths=[path]))
        for change in commit.changes
        if change.new
    ]
    contents = git.blobs(blob for _, blob in history)
    for sha, blob in history:
        facts = _gathered([Source.from_bytes(path, contents[blob])])
        if any(one.get("name") == name for one in facts.of(COLLECTION)):
            return sha
    return None


def _gathered(sources: Iterable[Source], root: str = "") -> Facts:
    """Gather only the files that may hold baselines, which spares parsing the whole plan."""
    return gather((Document.read(one) for one in sources if COLLECTION in one.text), root)
