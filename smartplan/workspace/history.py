"""The history of one item or field: through moves, renames and file splits, commit by commit.

Commits that touch no plan file are skipped by git, files that do not hold the item's name are
skipped unparsed, and a blob is parsed once however often it is met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.differ import compare
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.workspace.side import always, belongs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.compare.change import Change
    from smartplan.compare.differ import Difference
    from smartplan.compare.facts import Facts, Name
    from smartplan.workspace.answers import Change as Changed
    from smartplan.workspace.answers import Commit
    from smartplan.workspace.git import Git

_PATH = re.compile(r"(?P<collection>[a-z_.]+)(?:\[(?P<key>[^\]]+)\])?(?P<below>[.\[].*)?")
WHOLE = ("add", "remove", "set", "rename")
"""What is done to a whole item and so to each of its fields; not moves in a list, or comments."""
AT_ONCE = 400
"""Commits whose files are read from git in one go, so that a long history needs little memory."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What history is asked for.

    Attributes:
        collection: the collection; empty if only an id was named.
        key: the id or natural key; empty for what stands once.
        below: the path in the item; empty for the whole item.
    """

    collection: str
    key: str
    below: str

    @classmethod
    def of(cls, text: str, singles: Sequence[str]) -> Wanted:
        """Read an id (`GOV-01`) or a path (`actions[GOV-01].budget.2027`, `vision.text`).

        Args:
            text: what was asked for.
            singles: the collections that stand once, whose names are no ids.
        """
        match = _PATH.fullmatch(text)
        head = match["collection"].partition(".") if match else ("", "", "")
        if match and (match["key"] or head[0] in singles):
            collection, below = match["collection"], match["below"] or ""
            if not match["key"]:
                collection, below = head[0], text[len(head[0]) :]
            return cls(collection, match["key"] or "", below)
        return cls("", text, "")

    def told(self, change: Change) -> bool:
        """Tell whether a change is of what is asked for, or of something that stands in it."""
        item = change.item
        if item is None:
            return any(self.named(one) for one in change.used_by)
        if self.is_name(item.name):
            if not self.below or change.path == str(item.name):
                return not self.below or change.op in WHOLE
            return _meet(change.path, f"{item.name}{self.below}")
        return not self.below and change.within is not None and self.is_name(change.within.name)

    def held_by(self, facts: Facts) -> Name | None:
        """Give what holds the item that is meant; none if nothing does."""
        return next((one.holder for name, one in facts.items.items() if self.is_name(name)), None)

    def is_name(self, name: Name) -> bool:
        """Tell whether an item is the one that is meant."""
        return name.key == self.key and self.collection in ("", name.collection)

    def named(self, path: str) -> bool:
        """Tell whether a path is that of the item."""
        return path.endswith(f"[{self.key}]") if self.key else path == self.collection


def _meet(one: str, other: str) -> bool:
    """Tell whether one of two paths lies on the way to the other."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :][:1] in ("", ".", "[")


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit that changed the item, and how."""

    commit: Commit
    changes: tuple[Change, ...]


def history(
    git: Git, root: str, wanted: Wanted, last: str, *, since: str | None = None, follow: bool = True
) -> Iterator[Moment]:
    """Give the history of an item, the newest commit first.

    Args:
        git: the repository.
        root: the plan's folder or file from its top; empty if it is the top.
        wanted: the item or the field.
        last: the full name of the newest commit to look at.
        since: the full name of a commit; what it already holds is left out.
        follow: go on with the former id where the item was renamed.
    """
    commits = git.commits(last, since=since, paths=[root] if root else [])
    reader = _Reader(git, root)
    for start in range(0, len(commits), AT_ONCE):
        batch = commits[start : start + AT_ONCE]
        reader.fetch(batch)
        for commit in batch:
            changes = reader.changes(commit, wanted)
            if changes:
                yield Moment(commit, changes)
            former = next(filter(None, (_former(one, wanted) for one in changes)), "")
            if follow and former:
                wanted = Wanted(wanted.collection, former, wanted.below)


def _former(change: Change, wanted: Wanted) -> str:
    """Give the id that an item had before it was renamed; empty if it was not."""
    renamed = change.op == "rename" and change.item and wanted.is_name(change.item.name)
    return str(change.old) if renamed else ""


class _Reader:
    """Reads the files that commits changed; a blob is parsed once."""

    def __init__(self, git: Git, root: str) -> None:
        self.git = git
        self.root = root
        self.raw: dict[str, bytes] = {}
        self.parsed: dict[tuple[str, str], Document] = {}

    def fetch(self, commits: Sequence[Commit]) -> None:
        """Read the files of some commits in one process."""
        ids = {
            blob
            for commit in commits
            for change in commit.changes
            if self.is_plan_file(change.path)
            for blob in (change.old, change.new)
            if blob
        }
        self.raw = dict(self.git.blobs(ids))
        self.parsed.clear()

    def is_plan_file(self, path: str) -> bool:
        """Tell whether a path from the top is a file of the plan."""
        return belongs(self.inside(path))

    def inside(self, path: str) -> str:
        """Give a path inside the plan."""
        if path == self.root:
            return ""
        return path.removeprefix(f"{self.root}/") if self.root else path

    def changes(self, commit: Commit, wanted: Wanted) -> tuple[Change, ...]:
        """Tell what a commit changed of what is wanted; of a merge, what neither side had.

        What a merge only brings together is told where it was done.
        """
        found = self.compared(commit, wanted, commit.changes)
        for parent in commit.parents[1:] if found else ():
            paths = {one.path for one in commit.changes}
            others = self.git.changed(parent, commit.sha, self.root)
            theirs = tuple(one for one in others if one.path in paths)
            self.raw.update(self.git.blobs({one.old for one in theirs if one.old} - {*self.raw}))
            new = {(one.path, one.new) for one in self.compared(commit, wanted, theirs)}
            found = tuple(one for one in found if (one.path, one.new) in new)
        return found

    def compared(
        self, commit: Commit, wanted: Wanted, files: Sequence[Changed]
    ) -> tuple[Change, ...]:
        """Compare files of a commit with those before it, as far as they hold what is wanted.

        Only where it came with the commit all that the commit changed is looked at: under
        another name it may have been there before.
        """
        touched = [one for one in files if self.is_plan_file(one.path)]
        holding = [one for one in touched if self.holds(one, wanted)]
        if not holding:
            return ()
        base = self.always(commit.parents[0]) if commit.parents else []
        difference = self.difference(holding, base)
        came = any(wanted.is_name(name) for name in difference.after.items) and not any(
            wanted.is_name(name) for name in difference.before.items
        )
        if came and any(one.old for one in touched):
            difference = self.difference(touched, base)
        held = {("add", wanted.held_by(difference.after))}
        held |= {("remove", wanted.held_by(difference.before))}
        return tuple(
            one
            for one in difference.changes
            if wanted.told(one)  # or it came or went with what holds it
            or (one.item and one.path == str(one.item.name) and (one.op, one.item.name) in held)
        )

    def holds(self, change: Changed, wanted: Wanted) -> bool:
        """Tell whether a file held what is wanted, or holds it now."""
        word = re.escape(wanted.key.partition("@")[0] or wanted.collection)
        found = re.compile(rb"(?<![\w-])%s(?![\w-])" % word.encode())
        return any(found.search(self.raw.get(one or "", b"")) for one in (change.old, change.new))

    def difference(self, files: Sequence[Changed], base: Sequence[Document]) -> Difference:
        """Compare files before and after a commit."""
        old = [self.document(one.path, one.old) for one in files if one.old]
        new = [self.document(one.path, one.new) for one in files if one.new]
        return compare(old, new, base=base, roots=(self.root, self.root), whole=False)

    def document(self, path: str, blob: str) -> Document:
        """Parse a file."""
        key = (path, blob)
        if key not in self.parsed:
            self.parsed[key] = Document.read(Source.from_bytes(path, self.raw[blob]))
        return self.parsed[key]

    def always(self, commit: str) -> list[Document]:
        """Parse the files of a commit that say what a change is judged by."""
        held = always(self.git, commit, self.root)
        plan = [one for name, one in sorted(held.items()) if belongs(name)]
        missing = [one.blob for one in plan if one.blob not in self.raw]
        self.raw.update(self.git.blobs(missing))
        return [self.document(one.path, one.blob) for one in plan]
