"""Finds the commit that a baseline of a plan stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartplan.text.document import Document
from smartplan.text.error import SmartplanError
from smartplan.text.source import Source
from smartplan.workspace.faults import NO_SUCH_BASELINE

if TYPE_CHECKING:
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
    listed = [
        (entry, side.inside(source.path)) for source in side.sources() for entry in _entries(source)
    ]
    named = [(entry, path) for entry, path in listed if name in (None, str(entry.get("name")))]
    if not named or side.git is None:
        names = [str(entry.get("name")) for entry, _ in listed]
        raise SmartplanError(NO_SUCH_BASELINE, seen=name or "BASELINE", allowed=names or "–")
    entry, path = max(named, key=lambda one: str(one[0].get("date", "")))
    found, commit = str(entry.get("name")), entry.get("commit")
    if commit:
        return found, side.git.resolve(str(commit))
    sha = _first_with(side.git, side.from_top(path), found)
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
        entries = _entries(Source.from_bytes(path, contents[blob]))
        if any(str(entry.get("name")) == name for entry in entries):
            return sha
    return None


def _entries(source: Source) -> list[dict[str, Any]]:
    if COLLECTION not in source.text:  # spares parsing the whole plan
        return []
    data = Document.read(source).data
    listed: Any = data.get(COLLECTION) if isinstance(data, dict) else None
    return [one for one in listed or () if isinstance(one, dict)]
