"""One side of a comparison: a plan in a commit, in the index, in the work tree or in a folder.

A side lists its plan's files by their path inside the plan, so that two sides can be laid beside
each other whatever they are, and reads only what is asked for.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smartplan.text.error import SmartplanError
from smartplan.text.finding import Term
from smartplan.text.source import Source
from smartplan.workspace.faults import CANNOT_READ
from smartplan.workspace.git import INDEX as INDEX_OF_GIT
from smartplan.workspace.git import blob_id
from smartplan.workspace.workspace import HEADER, NOT_READ, bytes_of, paths_of, shown_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.workspace.git import Git

COMMIT, INDEX, WORK, FOLDER, NOTHING = "commit", "index", "work", "folder", "nothing"
"""The kinds of side; `NOTHING` is what stood before the first commit."""

SHORT = 7
"""Letters of a commit's name that are shown, the same on every machine."""

ALWAYS = (HEADER, "baselines/", "approvals/", "review")
"""How the paths of files begin that a comparison needs even if they are equal: settings, policy,
what was adopted, what was approved."""


class Held(NamedTuple):
    """A file of a side: where it lies, and its bytes or the blob that holds them."""

    path: str
    blob: str = ""
    raw: bytes | None = None

    def equals(self, other: Held) -> bool:
        """Tell whether two files hold the same bytes."""
        if self.raw is not None and other.raw is not None:
            return self.raw == other.raw
        return self.name_as(other.blob) == other.name_as(self.blob)

    def name_as(self, blob: str) -> str:
        """Give the id of the blob, made with the hash that made the id of another."""
        if self.raw is None:
            return self.blob
        return blob_id(self.raw, "sha256" if len(blob) == 64 else "sha1")  # noqa: PLR2004  # letters


@dataclass(frozen=True)
class Side:
    """A plan at one revision, or on disk.

    Attributes:
        kind: one of the kinds above.
        word: what the user called it: `main`, `baseline v1.0`, a folder; empty for the index and
            the work tree.
        root: the plan's folder or only file, as it begins the paths of its sources: from the top
            of the repository in a commit or the index, as typed from the current folder on disk.
        sha: the full name of the commit.
        base_with: for a merge base, the word of the side it is the base with.
        place: where it lies on disk.
        git: the repository.
    """

    kind: str
    word: str = ""
    root: str = ""
    sha: str | None = None
    base_with: str = ""
    place: Path | None = field(default=None, repr=False)
    git: Git | None = field(default=None, repr=False, compare=False)

    @property
    def short(self) -> str:
        """The shown name of the commit; empty if it is none."""
        return (self.sha or "")[:SHORT]

    @property
    def label(self) -> str:
        """Name the side in English: `main at 3b8b68b`, `work tree`, a folder."""
        if self.kind != COMMIT:
            return {INDEX: "index", WORK: "work tree", NOTHING: "nothing"}.get(self.kind, self.word)
        named = f"merge base of {self.word} and {self.base_with}" if self.base_with else self.word
        bare_name = not self.base_with and (self.sha or "").startswith(self.word or "-")
        return self.short if bare_name else f"{named} at {self.short}"

    @property
    def revision(self) -> str | None:
        """What `Source.revision` says: the commit, `INDEX`, or none on disk."""
        return {COMMIT: self.short, INDEX: INDEX_OF_GIT}.get(self.kind)

    def inside(self, path: str) -> str:
        """Give the path of one of its sources from the plan's root; empty for an only file."""
        if path == self.root:
            return ""
        if self.kind in (WORK, FOLDER):
            return Path(os.path.relpath(path, self.root or ".")).as_posix()
        return path.removeprefix(f"{self.root}/") if self.root else path

    def from_top(self, name: str) -> str:
        """Give the path of one of its files from the top of the repository."""
        if self.place and self.git:
            return self.git.inside(self.place / name)
        return "/".join(part for part in (self.root, name) if part)

    def files(self, beside: tuple[Side, dict[str, Held]] | None = None) -> dict[str, Held]:
        """List the files of the plan by their path inside it, in path order.

        Args:
            beside: another side with its files; what git knows to be the same is not read again.
        """
        if self.kind in (COMMIT, INDEX) and self.git:
            revision = self.sha or INDEX_OF_GIT
            listed = self.git.files(revision, self.root).items()
            held = {self.inside(path): Held(path, blob) for path, blob in listed}
        elif self.place and self.kind != NOTHING:
            same = _unchanged(self, *beside) if beside else {}
            held = _on_disk(self.place, same, links=self.kind == FOLDER)
        else:
            held = {}
        if self.kind == WORK and self.git:
            held = _as_stored(held, self.place or Path(), self.git)
        return {name: held[name] for name in sorted(held) if belongs(name)}

    def sources(self, names: Iterable[str] | None = None) -> list[Source]:
        """Read files of the plan in path order.

        Args:
            names: their paths inside the plan; all, if none are given.
        """
        held = self.files()
        chosen = held if names is None else {name: held[name] for name in names if name in held}
        return _read(self, chosen)


def belongs(name: str) -> bool:
    """Tell whether a path inside a plan is one of its files; empty stands for an only file."""
    if not name:
        return True
    *folders, last = name.split("/")
    hidden = any(part.startswith(".") for part in (*folders, last))
    return last.endswith(".yaml") and not hidden and NOT_READ not in folders


def pair_sources(a: Side, b: Side, *, whole: bool = False) -> tuple[list[Source], list[Source]]:
    """Read two sides of a plan, in path order.

    Args:
        a: the older side.
        b: the newer side.
        whole: read every file; else only those that differ, and those of `ALWAYS`.
    """
    if not whole and (found := _of_commits(a, b)):
        left, right = found
        whole = True
    else:
        left = a.files()
        right = b.files((a, left))
    names = left.keys() | right.keys()
    if not whole:
        names = {name for name in names if name.startswith(ALWAYS) or _differs(name, left, right)}
    old = {name: held for name, held in left.items() if name in names}
    new = {name: held for name, held in right.items() if name in names}
    if a.git and a.git is b.git:  # one process for both
        contents = a.git.blobs(held.blob for held in (*old.values(), *new.values()) if held.blob)
        return _read(a, old, contents), _read(b, new, contents)
    return _read(a, old), _read(b, new)


def _of_commits(a: Side, b: Side) -> tuple[dict[str, Held], dict[str, Held]] | None:
    """Ask git for what differs between two commits of one plan; none if they are no such pair.

    Of a plan of ten thousand files, git looks only into the folders that differ.
    """
    if a.git is None or a.git is not b.git or a.sha is None or b.sha is None or a.root != b.root:
        return None
    sides = (always(a.git, a.sha, a.root), always(b.git, b.sha, b.root))
    for change in a.git.changed(a.sha, b.sha, a.root):
        for held, blob in zip(sides, (change.old, change.new), strict=True):
            if blob:
                held[a.inside(change.path)] = Held(change.path, blob)
    left, right = ({name: one[name] for name in sorted(one) if belongs(name)} for one in sides)
    return left, right


def always(git: Git, sha: str, root: str) -> dict[str, Held]:
    """Find the files of `ALWAYS` in a commit, by their path inside the plan."""
    if root.endswith(".yaml"):
        return dict.fromkeys([""], Held(root, git.files(sha, root).get(root, "")))
    top = f"{root}/" if root else ""
    names = [name.removeprefix(top) for name in git.names(sha, top)]
    chosen = [f"{top}{name}" for name in names if f"{name}/".startswith(ALWAYS)]
    found = git.files(sha, *chosen) if chosen else {}
    return {path.removeprefix(top): Held(path, blob) for path, blob in found.items()}


def _differs(name: str, left: dict[str, Held], right: dict[str, Held]) -> bool:
    one, other = left.get(name), right.get(name)
    return one is None or other is None or not one.equals(other)


def _read(
    side: Side, chosen: dict[str, Held], contents: dict[str, bytes] | None = None
) -> list[Source]:
    if contents is None:
        wanted = [held.blob for held in chosen.values() if held.raw is None]
        contents = side.git.blobs(wanted) if side.git else {}
    return [
        Source.from_bytes(
            held.path,
            contents[held.blob] if held.raw is None else held.raw,
            revision=side.revision,
        )
        for held in chosen.values()
    ]


def _unchanged(work: Side, commit: Side, files: dict[str, Held]) -> dict[str, Held]:
    """Give the files of a commit that stand in the work tree as they were, as far as git knows.

    It looks at time and size of what it has seen before, which is a twentieth of reading it.
    """
    git = work.git
    if git is None or git is not commit.git or (work.kind, commit.kind) != (WORK, COMMIT):
        return {}
    if commit.sha is None or work.place is None or git.inside(work.place) != commit.root:
        return {}
    changed = {one.path for one in git.changed(commit.sha, None, commit.root, untracked=False)}
    return {name: held for name, held in files.items() if held.path not in changed}


def _on_disk(root: Path, same: dict[str, Held], *, links: bool) -> dict[str, Held]:
    """Read a plan's folder, or its only file; beside a commit without links, as it lists none.

    Args:
        root: the folder, or the file.
        same: files that need not be read, by their path inside the plan.
        links: whether links are read.
    """
    held: dict[str, Held] = {}
    top = str(root)
    paths = list(paths_of(top))
    for path, shown in zip(paths, shown_paths(paths), strict=True):
        name = path[len(top) + 1 :].replace(os.sep, "/")
        if name and os.path.islink(path) and not (links and _leads_inside(path, root)):  # noqa: PTH114  # as in paths_of
            continue
        if name in same:
            held[name] = same[name]._replace(path=shown)
            continue
        try:
            held[name] = Held(shown, raw=bytes_of(path))
        except OSError as error:
            problem = Term(error.strerror or str(error))
            raise SmartplanError(CANNOT_READ, path=shown, problem=problem) from error
    return held


def _leads_inside(path: str, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(root.resolve())  # stands a link to itself


def _as_stored(held: dict[str, Held], root: Path, git: Git) -> dict[str, Held]:
    """Take CRLF for LF in files that git would store so: the line ends are the machine's."""
    windows = [name for name, one in held.items() if b"\r\n" in (one.raw or b"")]
    paths = [git.inside(root / name if name else root) for name in windows]
    for name, blob in zip(windows, git.stored(paths), strict=True):
        one = held[name]
        unix = Held(one.path, raw=(one.raw or b"").replace(b"\r\n", b"\n"))
        if unix.name_as(blob) == blob:
            held[name] = unix
    return held
