"""The one door to git: asks it questions in as few processes as possible, bytes in, bytes out.

Knows no plan. What a user typed reaches git on its standard input or behind `--end-of-options`,
never as an option and never through a shell.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.workspace import answers
from smartplan.workspace.faults import (
    GIT_FAILED,
    GIT_MISSING,
    NOT_FETCHED,
    NOTHING_IN_COMMON,
    UNKNOWN_REVISION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smartplan.workspace.answers import Change, Commit

TIME_OUT = 120
"""Seconds after which git is given up; a partial clone may have to fetch from far away."""

INDEX = "INDEX"
"""Stands for what the next commit would hold, where a revision is asked for."""

CALM = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
}
PATHSPEC_VARIABLES = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
PLACE_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)
"""What a hook sets so that programs work on its repository; relative to its current folder."""


@dataclass(frozen=True)
class Git:
    """A repository.

    Attributes:
        top: the folder of the work tree; of a bare repository, its own folder.
        folder: the folder that git keeps for this work tree (`.git`, or one of `worktrees`).
        shared: the folder that all work trees of the repository share.
        bare: whether there is no work tree.
        shallow: whether the clone holds only a part of the history.
        variables: what git must see in its environment.
    """

    top: Path
    folder: Path
    shared: Path
    bare: bool
    shallow: bool
    variables: Mapping[str, str]

    @classmethod
    def around(cls, place: Path) -> Git | None:
        """Find the repository that a path lies in; none if it lies in none.

        A hook or a driver names its repository in the environment: that one holds for every path
        inside it, and for no other.

        Raises:
            SmartplanError: git is missing, or refuses the repository.
        """
        place = _existing(place)
        variables = _of_caller()
        if variables.get("GIT_DIR"):
            found = cls._at(Path.cwd(), variables)
            if found and (found.bare or place.is_relative_to(found.top)):
                return found
            variables = dict.fromkeys(PLACE_VARIABLES, "")
        return cls._at(place, variables)

    @classmethod
    def _at(cls, place: Path, variables: Mapping[str, str]) -> Git | None:
        questions = ("--is-bare-repository", "--is-shallow-repository", "--absolute-git-dir")
        words = ("rev-parse", *questions, "--git-common-dir", "--show-toplevel")
        answer = _ask(words, cwd=place, variables=variables, accept=None)
        lines = answers.text(answer.stdout).splitlines()
        if len(lines) < 4 or (answer.returncode and lines[0] != "true"):  # noqa: PLR2004  # one each
            if b"not a git repository" in answer.stderr or b"in a work tree" in answer.stderr:
                return None
            raise _failed(answer.stderr)
        bare, shallow = lines[0] == "true", lines[1] == "true"
        folder, shared = Path(lines[2]).resolve(), (place / lines[3]).resolve()
        top = folder if bare else Path("\n".join(lines[4:])).resolve()
        if variables.get("GIT_DIR") and not bare:
            # Without it git takes the current folder for the top of the work tree.
            variables = {**variables, "GIT_DIR": str(folder), "GIT_WORK_TREE": str(top)}
        return cls(top, folder, shared, bare, shallow, variables)

    @classmethod
    def nowhere(cls, place: Path) -> Git:
        """Give git outside any repository, for the settings of the user alone."""
        here = _existing(place)
        return cls(here, here, here, bare=True, shallow=False, variables={})

    def inside(self, place: Path) -> str:
        """Give a path from the top of the repository, with `/`; empty for the top itself."""
        path = place.resolve().relative_to(self.top).as_posix()
        return "" if path == "." else path

    def ask(self, *words: str, stdin: bytes = b"", accept: Sequence[int] | None = (0,)) -> bytes:
        """Run a git command at the top and give what it prints.

        Args:
            words: the command and its arguments.
            stdin: what it reads.
            accept: exit codes that are no failure; any, if none are given.

        Raises:
            SmartplanError: git is missing, fails, or takes too long.
        """
        return _ask(
            words, cwd=self.top, variables=self.variables, stdin=stdin, accept=accept
        ).stdout

    # Revisions

    def resolve(self, revision: str) -> str:
        """Give the full name of the commit that a user's word means.

        Raises:
            SmartplanError: there is none; it says the nearest names, or what to fetch.
        """
        sha = self.peel((revision,))[0]
        if sha is None:
            raise self._unknown(revision)
        return sha

    def peel(self, revisions: Sequence[str]) -> list[str | None]:
        """Give the full names of commits, in one process; none for what names no commit."""
        if not revisions:
            return []
        lines = [answers.one_line(f"{revision}^{{commit}}") for revision in revisions]
        words = ("cat-file", "--batch-check=%(objectname)")
        answer = _ask(
            words, cwd=self.top, variables=self.variables, stdin=b"".join(lines), accept=None
        )
        found = answers.text(answer.stdout).splitlines()
        if answer.returncode or len(found) != len(lines):
            # `@{upstream}` of a branch without one ends the whole process.
            if len(revisions) == 1:
                return [None]
            return [self.peel((revision,))[0] for revision in revisions]
        return [one if answers.is_id(one) else None for one in found]

    def merge_base(self, first: str, second: str) -> str:
        """Give the commit from which two commits have grown apart; the best one of several.

        Raises:
            SmartplanError: they have none in common, or it was not fetched.
        """
        found = answers.text(self.ask("merge-base", first, second, accept=(0, 1))).split()
        if not found:
            if self.shallow:
                raise SmartplanError(NOT_FETCHED, seen=f"{first}...{second}", command=UNSHALLOW)
            raise SmartplanError(NOTHING_IN_COMMON, first=first[:12], second=second[:12])
        return found[0]

    def branches(self) -> list[str]:
        """Name the branches, those of remotes after the own ones."""
        return self._names("refs/heads", "refs/remotes")

    def tags(self) -> list[str]:
        """Name the tags."""
        return self._names("refs/tags")

    def target(self) -> str | None:
        """Name the branch into which others are merged, as far as the clone shows it."""
        names = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
        found = zip(names, self.peel(names), strict=True)
        return next((name for name, sha in found if sha), None)

    def _names(self, *under: str) -> list[str]:
        words = ("for-each-ref", "--format=%(refname:short)", *under)
        return answers.text(self.ask(*words)).splitlines()

    def _unknown(self, revision: str) -> SmartplanError:
        from difflib import get_close_matches

        remotes = answers.text(self.ask("remote")).split()
        remote, _, branch = revision.partition("/")
        if remote in remotes and branch:
            ref = f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"
            return SmartplanError(
                NOT_FETCHED, seen=revision, command=f"git fetch {remote} {_quoted(ref)}"
            )
        if self.shallow and (
            answers.is_short_id(revision) or any(mark in revision for mark in "~^@")
        ):
            return SmartplanError(NOT_FETCHED, seen=revision, command=UNSHALLOW)
        names = [*self.branches(), *self.tags()]
        near = get_close_matches(revision, names, n=3) or names[:3] or ["HEAD"]
        return SmartplanError(UNKNOWN_REVISION, seen=revision, suggestion=", ".join(near))

    # Trees and files

    def files(self, revision: str, *under: str) -> dict[str, str]:
        """List the ordinary files of a commit or of the index: path → blob id, in path order.

        Args:
            revision: the full name of a commit, or `INDEX` (ours, where a path is unmerged).
            under: folders or files, from the top; everything if none is given, or an empty one.
        """
        where = ("--", *under) if all(under) and under else ()
        if revision == INDEX:
            entries = answers.entries(self.ask("ls-files", "-s", "-z", *where))
            return {
                path: kind[1]
                for kind, path in entries
                if kind[0] in answers.FILE_MODES and kind[2] in "02"
            }
        entries = answers.entries(self.ask("ls-tree", "-r", "-z", "--full-tree", revision, *where))
        return {path: kind[2] for kind, path in entries if kind[0] in answers.FILE_MODES}

    def names(self, revision: str, folder: str = "") -> list[str]:
        """List what lies in a folder of a commit, from the top, without looking into folders.

        Args:
            revision: the full name of a commit.
            folder: the folder, with `/` at its end; the top if empty.
        """
        where = ("--", folder) if folder else ()
        words = ("ls-tree", "-z", "--full-tree", "--name-only", revision, *where)
        return [answers.text(one) for one in answers.pieces(self.ask(*words))]

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Read any number of blobs in one process.

        Raises:
            SmartplanError: a blob is not there; a partial clone could not fetch it.
        """
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        stdin = "".join(f"{one}\n" for one in wanted).encode()
        out = self.ask("cat-file", "--batch", "--buffer", stdin=stdin)
        found: dict[str, bytes] = {}
        at = 0
        for one in wanted:
            end = out.index(b"\n", at)
            _name, *facts = out[at:end].split()
            if len(facts) != 2:  # noqa: PLR2004  # type and size; else "missing"
                raise SmartplanError(NOT_FETCHED, seen=one, command="git fetch --refetch")
            at = end + 1 + int(facts[1])
            found[one] = out[end + 1 : at]
            at += 1
        return found

    def changed(
        self, a: str, b: str | None, under: str = "", *, untracked: bool = True
    ) -> list[Change]:
        """List the paths that differ between a commit and something else, without renames.

        Args:
            a: the full name of a commit.
            b: that of another; `INDEX`; or none for the work tree.
            under: a folder or a file, from the top; everything if empty.
            untracked: whether untracked files of the work tree are told, unless git ignores them.
        """
        where = ("--", under) if under else ()
        plain = ("--raw", "-z", "-r", "--no-renames", "--no-abbrev")
        if b is not None and b != INDEX:
            return answers.changes(answers.pieces(self.ask("diff-tree", *plain, a, b, *where)))
        # The command for people, since it looks into files whose time stamp alone is new.
        calm = ("--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules")
        cached = ("--cached",) if b == INDEX else ()
        words = ("-c", "diff.autoRefreshIndex=true", "diff", *plain, *calm, *cached, a)
        found = answers.changes(answers.pieces(self.ask(*words, *(where or ("--",)))))
        if b is None and untracked:
            others = answers.pieces(
                self.ask("ls-files", "-z", "--others", "--exclude-standard", *where)
            )
            found += [answers.Change(answers.text(path), "A", None, None) for path in others]
        return sorted(found, key=lambda one: one.path)

    def stored(self, paths: Sequence[str]) -> list[str]:
        """Tell as which blobs git would store files of the work tree, line ends as it keeps them.

        Args:
            paths: existing files, from the top.
        """
        if not paths:
            return []
        stdin = b"".join(answers.one_line(path) for path in paths)
        return answers.text(self.ask("hash-object", "--stdin-paths", stdin=stdin)).split()

    def unmerged(self) -> dict[str, dict[int, str]]:
        """List paths in conflict: path → stage → blob id; stages are 1 base, 2 ours, 3 theirs."""
        found: dict[str, dict[int, str]] = {}
        for kind, path in answers.entries(self.ask("ls-files", "-u", "-z")):
            found.setdefault(path, {})[int(kind[2])] = kind[1]
        return found

    def attributes(self, paths: Iterable[str], name: str) -> dict[str, str]:
        """Give an attribute of `.gitattributes` for paths from the top: path → value."""
        stdin = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
        pieces = answers.pieces(self.ask("check-attr", "-z", "--stdin", name, stdin=stdin))
        return dict(
            zip(map(answers.text, pieces[::3]), map(answers.text, pieces[2::3]), strict=True)
        )

    # History

    def commits(
        self,
        last: str,
        *,
        since: str | None = None,
        paths: Sequence[str] = (),
        first_parent: bool = False,
    ) -> list[Commit]:
        """List commits, the newest first, with the files each changed, in one process.

        Args:
            last: the full name of the newest commit.
            since: the full name of a commit; what it already holds is left out.
            paths: only commits that touch one of these, and of their changes only these.
            first_parent: follow only the line into which others were merged; a merge then
                changes what it brings into that line.
        """
        range_ = f"{since}..{last}" if since else last
        words = ["log", "-z", "--raw", "-r", "--no-renames", "--no-abbrev", "--no-show-signature"]
        words += ["--topo-order", "--no-color", answers.COMMIT_FORMAT]
        line = ("--first-parent", "--diff-merges=first-parent")
        words += line if first_parent else ("--diff-merges=combined",)
        out = self.ask(*words, "--end-of-options", range_, "--", *paths)
        return answers.commits(answers.pieces(out))

    # Settings

    def settings(self, pattern: str, scope: str = "") -> dict[str, str]:
        """Give the settings whose name matches a regular expression: name → value.

        Args:
            pattern: an extended regular expression.
            scope: `local` or `global`; what holds here, if empty.
        """
        where = (f"--{scope}",) if scope else ()
        words = ("config", *where, "-z", "--get-regexp", pattern)
        pairs = (
            answers.text(one).partition("\n")
            for one in answers.pieces(self.ask(*words, accept=(0, 1)))
        )
        return {name: value for name, _, value in pairs}

    def write_setting(self, name: str, value: str, scope: str = "local") -> None:
        """Write a setting.

        Raises:
            SmartplanError: the file of settings cannot be written.
        """
        self.ask("config", f"--{scope}", "--replace-all", name, value)

    @cached_property
    def hashing(self) -> str:
        """The hash that names objects: `sha1` or `sha256`."""
        return answers.text(self.ask("rev-parse", "--show-object-format")).strip()


UNSHALLOW = "git fetch --unshallow"


def blob_id(raw: bytes, hashing: str = "sha1") -> str:
    """Give the id that git would give to these bytes."""
    return hashlib.new(hashing, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def merge_file(
    ours: bytes,
    base: bytes,
    theirs: bytes,
    *,
    labels: tuple[str, str, str] = ("ours", "base", "theirs"),
    marker: int = 7,
) -> tuple[bytes, int]:
    """Merge three texts line by line as git does, conflicts marked with all three versions.

    Args:
        ours: our version.
        base: what both have grown from.
        theirs: their version.
        labels: names of ours, base and theirs in the markers.
        marker: the length of the markers.

    Returns:
        The merged text, and the number of conflicts.

    Raises:
        SmartplanError: git is missing, or takes one of them for no text.
    """
    with tempfile.TemporaryDirectory(prefix="smartplan-") as name:
        folder = Path(name)
        words = ["merge-file", "-p", "-q", "--diff3", f"--marker-size={marker}"]
        for label in labels:
            words += ["-L", label]
        for part, raw in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / part).write_bytes(raw)
            words.append(part)
        nowhere = dict.fromkeys(PLACE_VARIABLES, "")
        answer = _ask(words, cwd=folder, variables=nowhere, accept=range(128))
        return answer.stdout, answer.returncode


# Talking to git


def _ask(
    words: Sequence[str],
    *,
    cwd: Path,
    variables: Mapping[str, str],
    stdin: bytes = b"",
    accept: Sequence[int] | None = (0,),
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise SmartplanError(GIT_MISSING)
    surroundings = {**os.environ, **CALM, **variables}
    for name in (*PATHSPEC_VARIABLES, *(name for name, value in variables.items() if not value)):
        surroundings.pop(name, None)
    command = [program, "--no-pager", "-c", "core.quotepath=off", *words]
    try:
        answer = subprocess.run(  # noqa: S603  # a list, no shell; users' words are never options
            command,
            cwd=cwd,
            env=surroundings,
            input=stdin,
            capture_output=True,
            timeout=TIME_OUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        problem = f"no answer within {TIME_OUT} seconds"
        raise SmartplanError(GIT_FAILED, problem=problem) from error
    except OSError as error:
        raise SmartplanError(GIT_FAILED, problem=error.strerror or str(error)) from error
    if accept is not None and answer.returncode not in accept:
        raise _failed(answer.stderr)
    return answer


def _failed(stderr: bytes) -> SmartplanError:
    lines = [line for line in answers.text(stderr).splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), " ".join(lines))
    problem = said.removeprefix("fatal: ").removeprefix("error: ").rstrip(". ")
    return SmartplanError(GIT_FAILED, problem=problem or "no reason given")


def _of_caller() -> dict[str, str]:
    """Give what a hook says of its repository, relative paths made absolute."""
    given = {name: os.environ.get(name, "") for name in PLACE_VARIABLES}
    return {name: str(Path(value).absolute()) for name, value in given.items() if value}


def _existing(place: Path) -> Path:
    place = place.resolve()
    return next(one for one in (place, *place.parents) if one.is_dir())


def _quoted(word: str) -> str:
    from shlex import quote

    return quote(word)
