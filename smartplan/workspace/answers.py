"""What git prints, read: the commits and changes it lists, and the small forms they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMIT_FORMAT = "--format=%H%x00%P%x00%aN%x00%aI%x00%s"

FILE_MODES = ("100644", "100755")
"""Modes of ordinary files; links and submodules are no text of ours."""


class Change(NamedTuple):
    """A path that differs between two trees.

    Attributes:
        path: from the top of the repository, with `/`.
        status: git's letter: `A`, `M`, `D`, `T` (another kind), `U` (unmerged).
        old: id of the blob before; none if there was no ordinary file.
        new: id of the blob after; none if there is no file, or git has not hashed it yet.
    """

    path: str
    status: str
    old: str | None
    new: str | None


class Commit(NamedTuple):
    """A commit, with what it changed; a merge changes what it takes from none of its parents.

    Attributes:
        sha: its full name.
        parents: full names; none for the first commit, two or more for a merge.
        author: the name, as `.mailmap` would have it.
        date: when it was written, ISO 8601 with the time zone of the author.
        subject: the first line of its message.
        changes: the files it changed, if they were asked for.
    """

    sha: str
    parents: tuple[str, ...]
    author: str
    date: str
    subject: str
    changes: tuple[Change, ...] = ()

    @property
    def day(self) -> str:
        """The day on which it was written, where its author was: `2026-05-03`."""
        return self.date[:10]


def text(raw: bytes) -> str:
    """Decode what git printed; bytes that are not UTF-8 survive as lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def one_line(word: str) -> bytes:
    """Write a word as one line of input; a line end inside becomes what git rejects."""
    return word.replace("\n", "\\").encode("utf-8", "surrogateescape") + b"\n"


def pieces(out: bytes) -> list[bytes]:
    """Part what git ended with NUL."""
    return out.split(b"\0")[:-1]


def entries(out: bytes) -> list[tuple[list[str], str]]:
    """Read entries such as `100644 blob ID<tab>PATH`: the facts, and the path."""
    pairs = (text(one).partition("\t") for one in pieces(out))
    return [(facts.split(" "), path) for facts, _, path in pairs]


def is_id(word: str) -> bool:
    """Tell whether a word is the full name of an object."""
    return len(word) in (40, 64) and is_short_id(word)


def is_short_id(word: str) -> bool:
    """Tell whether a word may be the beginning of the name of an object."""
    return len(word) >= 4 and not set(word.lower()) - set("0123456789abcdef")  # noqa: PLR2004


def changes(parts: Sequence[bytes]) -> list[Change]:
    """Read git's raw list of changes: facts and path in turn."""
    return [_change(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _change(facts: bytes, path: bytes) -> Change:
    """Read the facts of a change: `:MODE MODE ID ID STATUS`, with more of each for a merge."""
    words = text(facts).lstrip("\n:").split(" ")
    modes, ids = words[: len(words) // 2], words[len(words) // 2 : -1]
    old, new = _known(modes[0], ids[0]), _known(modes[-1], ids[-1])
    return Change(text(path), words[-1][:1], old, new)


def _known(mode: str, id_: str) -> str | None:
    return id_ if mode in FILE_MODES and id_.strip("0") else None


def commits(parts: Sequence[bytes]) -> list[Commit]:
    """Read a log in `COMMIT_FORMAT`, each commit followed by its raw list of changes."""
    found: list[Commit] = []
    at = 0
    while at < len(parts):
        sha, parents, author, date, subject = map(text, parts[at : at + 5])
        at += 5
        listed: list[bytes] = []
        while at < len(parts) and parts[at].lstrip(b"\n")[:1] in (b"", b":"):
            listed += parts[at : at + 2] if parts[at] else []  # empty before those of a merge
            at += 2 if parts[at] else 1
        changed = tuple(changes(listed))
        found.append(Commit(sha, tuple(parents.split()), author, date, subject, changed))
    return found
