"""Turns a user's words into the two sides of a comparison.

    REV            a branch, a tag, a commit            REV:DIR     the plan in DIR, at REV
    A..B           both                                 A...B       B against the base of both
    WORK, INDEX    the work tree, the next commit       BASELINE    the newest adopted plan
    baseline:NAME  the plan that NAME adopted           a path      a folder or file on disk

A word that is both a revision and a path means the revision; `./word` means the path.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from smartplan.text.error import SmartplanError
from smartplan.workspace.faults import (
    GIT_MISSING,
    NO_REPOSITORY,
    NO_WORK_TREE,
    SEVERAL_PLANS,
    TOO_MANY_SIDES,
)
from smartplan.workspace.git import INDEX as INDEX_OF_GIT
from smartplan.workspace.git import Git
from smartplan.workspace.side import COMMIT, FOLDER, INDEX, NOTHING, WORK, Side, belongs
from smartplan.workspace.workspace import HEADER, NO_PLAN_HERE, NO_SUCH_PATH, plan_files, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = "HEAD"
HERE = {"WORK": WORK, "INDEX": INDEX}
NEWEST, NAMED = "BASELINE", "baseline:"
LAST_AND_WORK = ("HEAD", "WORK")

_RANGE = re.compile(r"(?<![/:.])(\.{2,3})(?![/.]|$)|(?<=[^/:.])(\.{2,3})$")
"""Two or three dots that part two revisions; those of `..`, `../a` and `REV:../a` do not."""
_PATH = re.compile(r"\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\]")
"""What can only be meant as a path: `./a`, `../a`, `/a`, `.`, `..`, `C:\\a`."""


class _Asked(NamedTuple):
    """A side as it was typed.

    Attributes:
        word: the revision, the keyword or the path.
        folder: what stands after the colon; none if nothing does.
        base_with: after three dots: the other side, of which the merge base is meant.
    """

    word: str
    folder: str | None = None
    base_with: str = ""

    @property
    def revisions(self) -> tuple[str, ...]:
        """The words that git must resolve."""
        words = (self.word, *([_committed(self.base_with)] if self.base_with else []))
        return tuple(word for word in words if word not in HERE and not _is_baseline(word))


def sides(
    words: Sequence[str] = (),
    *,
    plan_path: Path | None = None,
    default: tuple[str, str] = LAST_AND_WORK,
    baselines_at: str | None = None,
) -> tuple[Side, Side]:
    """Give the two sides of the one plan that is meant; see `pairs`.

    Raises:
        SmartplanError: as `pairs`, and if there are several plans.
    """
    found = pairs(words, plan_path=plan_path, default=default, baselines_at=baselines_at)
    if len(found) > 1:
        raise SmartplanError(SEVERAL_PLANS, allowed=[b.root or a.root for a, b in found])
    return found[0]


def pairs(
    words: Sequence[str] = (),
    *,
    plan_path: Path | None = None,
    default: tuple[str, str] = LAST_AND_WORK,
    baselines_at: str | None = None,
) -> list[tuple[Side, Side]]:
    """Give the two sides of every plan that is meant, the older side first.

    Args:
        words: what the user typed: nothing for the default, one side to compare with the second
            of the default, or two.
        plan_path: a path in the plan or above plans; the current folder if none is given.
        default: what is compared if nothing is named.
        baselines_at: the commit whose word on baselines holds; the work tree if none is given.

    Raises:
        SmartplanError: a word means nothing, no plan is there, or git is needed and not there.
    """
    place = plan_path or Path()
    asked = _asked(words, default)
    git = _repository(place, asked)
    if git is None:
        return _beside(*(_folder(one, place) for one in asked))
    known = _resolved(git, asked)
    found = [(one, _side(one, git, known)) for one in asked]
    holder = _holder(git, asked, baselines_at)
    roots = _roots(git, place, [*(side for _, side in found), *([holder] if holder else [])])
    typed = {_in_tree(one.folder, git) for one in asked if one.folder is not None}
    roots = [root for root in roots if root in typed] or roots
    beside = _beside(*(_placed(one, side, roots, git) for one, side in found))
    if not beside:
        raise SmartplanError(NO_PLAN_HERE, path=shown_path(place))
    if holder is None:
        return beside
    first, second = asked
    return [(_dated(first, a, holder, known), _dated(second, b, holder, known)) for a, b in beside]


# What was typed


def _asked(words: Sequence[str], default: tuple[str, str]) -> tuple[_Asked, _Asked]:
    parted = [part for word in words for part in _parted(word)]
    if len(parted) > 2:  # noqa: PLR2004  # two sides
        raise SmartplanError(TOO_MANY_SIDES, number=len(parted), seen=" ".join(words))
    first, second = [*parted, *map(_one, default[len(parted) :])]
    return first, second


def _parted(word: str) -> list[_Asked]:
    dots = None if _PATH.match(word) else _RANGE.search(word)
    if dots is None:
        return [_one(word)]
    old, new = _one(word[: dots.start()] or HEAD), _one(word[dots.end() :] or HEAD)
    return [old._replace(base_with=new.word) if len(dots[0]) == 3 else old, new]  # noqa: PLR2004  # dots


def _one(word: str) -> _Asked:
    if _is_baseline(word) or _PATH.match(word):
        return _Asked(word)
    revision, colon, folder = word.partition(":")
    return _Asked(revision, folder) if colon and revision else _Asked(word)


def _is_baseline(word: str) -> bool:
    return word == NEWEST or word.startswith(NAMED)


def _committed(word: str) -> str:
    """Give the commit on which the work tree or the index rests, for a merge base with it."""
    return HEAD if word in HERE else word


# Revisions


def _repository(place: Path, asked: Sequence[_Asked]) -> Git | None:
    """Find the repository; none if the words are paths and need none."""
    if all(_PATH.match(one.word) for one in asked):
        return None
    on_disk = any(map(_exists, asked)) and all(_exists(one) or one.word == "WORK" for one in asked)
    try:
        git = Git.around(place)
    except SmartplanError as error:
        if error.code is GIT_MISSING and on_disk:
            return None
        raise
    if git is None and not on_disk:
        missing = next((one.word for one in asked if _PATH.match(one.word)), "")
        if missing and not Path(missing).exists():
            raise SmartplanError(NO_SUCH_PATH, path=missing)
        raise SmartplanError(NO_REPOSITORY, path=shown_path(place))
    return git


def _exists(one: _Asked) -> bool:
    return one.folder is None and not one.base_with and Path(one.word).exists()


def _resolved(git: Git, asked: Iterable[_Asked]) -> dict[str, str | None]:
    """Resolve all revisions that were typed, in one process."""
    words = [word for one in asked for word in one.revisions if not _PATH.match(word)]
    return dict(zip(words, git.peel(words), strict=True))


def _side(one: _Asked, git: Git, known: dict[str, str | None]) -> Side:
    """Make a side that does not know yet where the plan lies in it."""
    if _PATH.match(one.word):
        return Side(FOLDER, one.word)
    if one.word in HERE and not one.base_with:
        if git.bare:
            raise SmartplanError(NO_WORK_TREE, path=shown_path(git.top))
        return Side(HERE[one.word], git=git)
    if _is_baseline(one.word):
        return Side(COMMIT, one.word, base_with=one.base_with, git=git)
    word = _committed(one.word)
    sha = known[word] if word in known else git.peel((word,))[0]
    if sha is None and word == HEAD:  # no commit yet
        return Side(NOTHING)
    if sha is None and _exists(one):
        return Side(FOLDER, one.word)
    sha = sha or git.resolve(word)
    if one.base_with and not _is_baseline(one.base_with):
        other = _committed(one.base_with)
        sha = git.merge_base(sha, known.get(other) or git.resolve(other))
    return Side(COMMIT, word, sha=sha, base_with=one.base_with, git=git)


def _holder(git: Git, asked: Iterable[_Asked], at: str | None) -> Side | None:
    """Give the side whose collection of baselines holds; none if no baseline was asked for."""
    if not any(_is_baseline(word) for one in asked for word in (one.word, one.base_with)):
        return None
    if at is None and not git.bare:
        return Side(WORK, git=git)
    return Side(COMMIT, HEAD, sha=at or git.resolve(HEAD), git=git)


def _dated(one: _Asked, side: Side, holder: Side, known: dict[str, str | None]) -> Side:
    """Find the commit of a side that a baseline names, now that its plan is known."""
    git = side.git
    if git is None or not any(map(_is_baseline, (one.word, one.base_with))):
        return side
    from smartplan.workspace.baselines import commit_of

    shas: list[str] = []
    for word in (one.word, *([one.base_with] if one.base_with else [])):
        if _is_baseline(word):
            name = None if word == NEWEST else word.removeprefix(NAMED)
            found, sha = commit_of(_laid(holder, side.root, git), name)
            said = f"baseline {found}"
            first = word == one.word
            side = replace(side, word=said) if first else replace(side, base_with=said)
        else:
            sha = known.get(_committed(word)) or git.resolve(_committed(word))
        shas.append(sha)
    return replace(side, sha=git.merge_base(*shas) if one.base_with else shas[0])


# Where the plan lies


def _roots(git: Git, place: Path, found: Iterable[Side]) -> list[str]:
    """Find the plans, as paths from the top: the one around a place, else those below it.

    What lies on disk answers first; a plan that was deleted, or was never checked out, is looked
    for in the commits.
    """
    if not git.bare and (root := _around(git, place)) is not None:
        return [root]
    start = "" if git.bare else git.inside(place)
    names: set[str] = set()
    for kind, sha in dict.fromkeys((one.kind, one.sha) for one in found):
        names |= _names(git, kind, sha, start)
    near = [one for one in _upward(start) if str(PurePosixPath(one, HEADER)) in names]
    return near[:1] or sorted(_below(start, names))


def _around(git: Git, place: Path) -> str | None:
    """Find the plan on disk that a place lies in, not above the top of the repository."""
    start = place.resolve()
    for folder in (start, *start.parents):
        if (folder / HEADER).is_file():
            return git.inside(folder)
        if folder == git.top:
            break
    return git.inside(start) if start.is_file() else None


def _names(git: Git, kind: str, sha: str | None, start: str) -> set[str]:
    """List the files among which a plan is looked for."""
    if kind == WORK:
        here = git.top / start
        headers = [*here.glob(f"*/{HEADER}"), *here.glob(f"plans/*/{HEADER}")]
        return {git.inside(one) for one in headers}
    if kind == INDEX:
        return set(git.files(INDEX_OF_GIT))
    return set(git.files(sha)) if sha else set()


def _upward(path: str) -> list[str]:
    return [path, *map(str, PurePosixPath(path).parents)] if path else [""]


def _below(start: str, names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        path = PurePosixPath(name)
        if path.name == HEADER and path.is_relative_to(start):
            root = path.parent.relative_to(start)
            if len(root.parts) == 1 or (len(root.parts) == 2 and root.parts[0] == "plans"):  # noqa: PLR2004
                found.add(path.parent.as_posix())
    return found


def _placed(one: _Asked, side: Side, roots: Sequence[str], git: Git) -> dict[str, Side]:
    """Lay a side on each of its plans: path from the top, or from its folder → side."""
    if side.kind == FOLDER:
        return _folder(one, Path())
    if one.folder is not None:
        laid = replace(side, root=_in_tree(one.folder, git))
        if not laid.files():
            raise SmartplanError(NO_PLAN_HERE, path=f"{one.word}:{one.folder}")
        return {laid.root: laid}
    return {root: _laid(side, root, git) for root in roots}


def _laid(side: Side, root: str, git: Git) -> Side:
    """Lay a side on a plan, given by its path from the top."""
    if side.kind == WORK:
        return replace(side, root=shown_path(git.top / root), place=git.top / root)
    return replace(side, root="" if root == "." else root)


def _in_tree(folder: str, git: Git) -> str:
    """Read the path after a colon as git does: from the top, or after `./` from here."""
    if folder.startswith(("./", "../")) or folder in (".", ".."):
        return git.inside(Path(folder))
    return folder.strip("/")


def _folder(one: _Asked, place: Path) -> dict[str, Side]:
    """Find the plans of a path on disk: the file; the folder; else those below it."""
    path = place if one.word == "WORK" else Path(one.word)
    if not path.exists():
        raise SmartplanError(NO_SUCH_PATH, path=shown_path(path))
    laid = {"": path}
    if path.is_dir() and not (path / HEADER).is_file():
        headers = [*path.glob(f"plans/*/{HEADER}"), *path.glob(f"*/{HEADER}")]
        laid = {one.parent.relative_to(path).as_posix(): one.parent for one in headers} or laid
        if not headers and not any(belongs(each.name) for each in plan_files(path)):
            raise SmartplanError(NO_PLAN_HERE, path=shown_path(path))
    return {
        key: Side(FOLDER, shown_path(where), root=shown_path(where), place=where)
        for key, where in laid.items()
    }


def _beside(left: dict[str, Side], right: dict[str, Side]) -> list[tuple[Side, Side]]:
    """Lay the plans of two sides beside each other; what one side lacks is empty there."""
    if len(left) == len(right) == 1:
        return [(next(iter(left.values())), next(iter(right.values())))]
    empty = Side(NOTHING)
    return [
        (left.get(key, empty), right.get(key, empty)) for key in sorted(left.keys() | right.keys())
    ]
