"""Finds the plan that a path belongs to, reads its files, and writes files whole or not at all.

The only place that writes to the disk. What it reads it hands on as sources; it judges nothing.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan.faults import UNREADABLE
from smartplan.text.error import SmartplanError
from smartplan.text.finding import ERROR, Code, Finding, Term, finding
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADER = "plan.yaml"
SUFFIXES = (".yaml", ".yml")
NOT_READ = "templates"
"""A folder of a plan that holds its own report templates."""

NO_SUCH_PATH = Code(
    id="T110",
    name="no-such-path",
    level=ERROR,
    says="{path} does not exist.",
    why="There is nothing to read.",
    fix="Correct the path.",
)
NO_PLAN_HERE = Code(
    id="T111",
    name="no-plan-here",
    level=ERROR,
    says="No plan was found: neither {path} nor a folder above it holds plan.yaml, nor does a"
    " folder in {path} or in its folder plans.",
    why="There is nothing to check.",
    fix="Name the folder of a plan, or begin one: smartplan init.",
)
CANNOT_WRITE = Code(
    id="T112",
    name="cannot-write",
    level=ERROR,
    says="{path} cannot be written: {problem}.",
    why="The report would be lost.",
    fix="Choose another place with --output.",
)
CODES = (NO_SUCH_PATH, NO_PLAN_HERE, CANNOT_WRITE)


class Found(NamedTuple):
    """A plan on disk.

    Attributes:
        root: its folder, or its only file.
        focus: the file or subfolder that was asked for; none for the whole plan.
    """

    root: Path
    focus: Path | None = None

    @property
    def name(self) -> str:
        """The name of its folder or file, for output folders."""
        return self.root.resolve().name.removesuffix(".yaml")

    def shows(self, path: str) -> bool:
        """Tell whether a file (as `Source.path`) lies where the user asked."""
        if self.focus is None:
            return True
        here = shown_path(self.focus)
        return path == here or path.startswith(f"{here}/") or here == "."


def shown_path(path: Path) -> str:
    """Write a path as a person would type it from the current folder, with `/`."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def shown_paths(paths: Iterable[str]) -> Iterator[str]:
    """Write many paths as `shown_path` does; each folder is looked at once."""
    folders: dict[str, str] = {}
    for path in paths:
        folder, _, name = path.rpartition(os.sep)
        if folder not in folders:
            here = shown_path(Path(folder or os.sep))
            folders[folder] = "" if here == "." else f"{here}/"
        yield folders[folder] + name


def find(path: Path) -> list[Found]:
    """Find the plan that a path belongs to, or the plans below it.

    The nearest folder upward with a plan.yaml; else every plan in the folder or in its `plans`.

    Raises:
        SmartplanError: the path does not exist, or no plan is there.
    """
    if not path.exists():
        raise SmartplanError(NO_SUCH_PATH, path=shown_path(path))
    start = path.resolve()
    folder = start if start.is_dir() else start.parent
    for root in (folder, *folder.parents):
        if (root / HEADER).is_file():
            return [Found(root, None if root == start else start)]
    if start.is_file():
        return [Found(start)]
    below = sorted(
        one.parent for pattern in ("plans/*", "*") for one in folder.glob(f"{pattern}/{HEADER}")
    )
    if not below:
        raise SmartplanError(NO_PLAN_HERE, path=shown_path(path))
    return [Found(root) for root in below]


def read(found: Found) -> tuple[list[Source], list[Finding]]:
    """Read every file of a plan in path order, with findings for those that cannot be read."""
    sources: list[Source] = []
    findings: list[Finding] = []
    paths = sorted(paths_of(str(found.root)), key=_parts)
    for path, shown in zip(paths, shown_paths(paths), strict=True):
        try:
            if _leads_out(path, found.root):
                message = "the link leads out of the plan"
                raise OSError(message)  # noqa: TRY301  # reported like any unreadable file
            sources.append(Source.from_bytes(shown, bytes_of(path)))
        except OSError as error:
            problem = Term(error.strerror or str(error))
            findings.append(finding(UNREADABLE, Source(shown, "").span(0), problem=problem))
    return sources, findings


def bytes_of(path: str) -> bytes:
    """Read an ordinary file.

    Raises:
        OSError: it cannot be read, or is a pipe or a device, which would be waited for.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # as in paths_of
        message = "it is no ordinary file"
        raise OSError(message)
    with FileIO(path) as file:  # read whole, it needs no buffer
        return file.readall()


def _leads_out(path: str, root: Path) -> bool:
    if not os.path.islink(path):  # noqa: PTH114  # as in paths_of
        return False
    place = os.path.realpath(path)  # unlike Path.resolve, it stands a link that leads to itself
    return not Path(place).is_relative_to(root.resolve())


def _parts(path: str) -> list[str]:
    return path.split(os.sep)  # noqa: PTH206  # as in paths_of


def plan_files(root: Path) -> Iterator[Path]:
    """Find the files of a plan's folder, in no order."""
    return map(Path, paths_of(str(root)))


def paths_of(root: str) -> Iterator[str]:
    """Name the files of a plan as text: of thousands, a Path for each costs as much as reading.

    Args:
        root: its folder, or its only file.
    """
    if os.path.isfile(root):  # noqa: PTH113  # as above
        yield root
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".") and name != NOT_READ]
        for name in files:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield f"{folder}{os.sep}{name}"


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, as UTF-8 with LF.

    Raises:
        SmartplanError: the folder or the file cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, raw: bytes, *, mode: int | None = None) -> None:
    """Write a file whole or not at all, byte for byte.

    Args:
        path: the file; its folder is made if there is none.
        raw: its content.
        mode: its rights; those of an ordinary new file if not given.

    Raises:
        SmartplanError: the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path, raw) as temporary:
            _share(temporary, mode)
            temporary.replace(path)
    except OSError as error:
        problem = Term(error.strerror or str(error))
        raise SmartplanError(CANNOT_WRITE, path=shown_path(path), problem=problem) from error


@contextmanager
def beside(path: Path, raw: bytes) -> Iterator[Path]:
    """Write a temporary file beside another, which it may replace; at the end it is gone."""
    import tempfile  # reading needs none

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _share(path: Path, mode: int | None) -> None:
    """Give a temporary file its rights; mkstemp keeps it private."""
    if mode is not None:
        path.chmod(mode)
        return
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
