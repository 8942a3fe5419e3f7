"""Makes git read and merge plans by meaning: lines of .gitattributes, settings of a clone.

The lines are part of the repository and hold for everyone; the settings name programs, so git
takes them from nobody else: each clone needs them once.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.workspace.unmerged import DRIVER
from smartplan.workspace.workspace import plan_files, write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smartplan.workspace.git import Git

ATTRIBUTES = ".gitattributes"
WANTED = "diff=smartplan merge=smartplan"
TEXTCONV = "diff.smartplan.textconv"
TEXTCONV_WORDS = "textconv --v1"
"""The number goes up with every change of what it prints: git keeps the old output by command."""
DRIVER_WORDS = "merge-driver %O %A %B %L %P"

XFUNCNAME = r"""^([a-z_]+(\[[^]]+\].*)?)$
^ *- +\{? *(id: *[^ ,}#]+)
^([a-z_]+:)"""
"""What heads a piece of a difference: the item with its title, as textconv prints it; else the
item or the collection, as YAML has it."""

FIXED = {
    "diff.smartplan.cachetextconv": "true",
    "diff.smartplan.xfuncname": XFUNCNAME,
    "merge.smartplan.name": "smartplan: merge plans by meaning",
}
# NOTE: merge.smartplan.recursive stays unset. Where two branches have merged each other before,
# git first merges their bases with this same driver; with `binary` it would take the base of the
# bases, and a value that one side has set back since would be lost.


@dataclass(frozen=True, slots=True)
class Setup:
    """How far a repository is set up.

    Attributes:
        lines: lines that `.gitattributes` lacks.
        settings: settings that are absent, or name a program that cannot be started: name →
            value to write.
    """

    lines: tuple[str, ...]
    settings: Mapping[str, str]

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return not self.lines and not self.settings


def inspect(git: Git, roots: Sequence[Path], scope: str = "") -> Setup:
    """See what a repository lacks.

    Args:
        git: the repository.
        roots: the folders or only files of its plans; none if only settings are of interest.
        scope: `local` or `global`: only settings written there count; any, if empty.
    """
    wanted = settings()
    present = git.settings(r"^(diff|merge)\.smartplan\.", scope)
    missing = {name: value for name, value in wanted.items() if not _holds(present.get(name), name)}
    patterns = [pattern_of(git.inside(root)) for root in roots if _lacks(git, root)]
    return Setup(tuple(f"{one} {WANTED}" for one in dict.fromkeys(patterns)), missing)


def complete(git: Git, setup: Setup, scope: str) -> None:
    """Add what is missing; every other byte of `.gitattributes` stays.

    Raises:
        SmartplanError: a file cannot be written.
    """
    if setup.lines:
        path = git.top / ATTRIBUTES
        raw = path.read_bytes() if path.exists() else b""
        end = b"\r\n" if b"\r\n" in raw else b"\n"
        gap = end if raw and not raw.endswith((b"\n", b"\r")) else b""
        added = b"".join(line.encode("utf-8", "surrogateescape") + end for line in setup.lines)
        write_bytes(path, raw + gap + added)
    for name, value in setup.settings.items():
        git.write_setting(name, value, scope)


def settings() -> dict[str, str]:
    """Give every setting with its value."""
    program = command()
    return {
        TEXTCONV: f"{program} {TEXTCONV_WORDS}",
        DRIVER: f"{program} {DRIVER_WORDS}",
        **FIXED,
    }


def command() -> str:
    """Write how git starts smartplan, for the shell that git runs it with.

    The plain name only where every program finds it: the path of an active virtual environment
    is known to one terminal, and git loses the other side where the driver does not start.
    """
    found = shutil.which("smartplan")
    inside = Path(sys.prefix)
    passing = sys.prefix != sys.base_prefix and found and Path(found).is_relative_to(inside)
    if found and not passing:
        return "smartplan"
    # -P keeps the work tree, where the driver is started, off the path of modules.
    interpreter = sys.executable.replace("\\", "/") if os.name == "nt" else sys.executable
    return f"{shlex.quote(interpreter)} -P -m smartplan"


def pattern_of(root: str) -> str:
    """Write the pattern of a plan's files; of a plan in `plans`, that of all plans there.

    Args:
        root: the plan's folder or only file, from the top of the repository; empty for the top.
    """
    if root.endswith(".yaml"):
        return _attribute_path(f"/{root}")
    parent, _, name = root.rpartition("/")
    if name and (parent == "plans" or parent.endswith("/plans")):
        root = parent
    return _attribute_path(f"/{root}/", tail="**/*.yaml") if root else "*.yaml"


def _attribute_path(path: str, tail: str = "") -> str:
    """Write a path for .gitattributes: what git would read as a pattern is escaped."""
    pattern = re.sub(r"([\\*?\[\]])", r"\\\1", path) + tail
    if re.search(r"[\s\"]", pattern):
        return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return pattern


def _lacks(git: Git, root: Path) -> bool:
    """Tell whether a file of the plan, or one that would be added to it, lacks an attribute."""
    files = [root] if root.is_file() else [*plan_files(root), root / "any.yaml"]
    paths = [git.inside(path) for path in files if path.suffix == ".yaml"]
    return any(
        value != "smartplan"
        for name in ("diff", "merge")
        for value in git.attributes(paths, name).values()
    )


def _holds(value: str | None, name: str) -> bool:
    """Tell whether a setting does what ours would: own ways of starting smartplan are good."""
    if value is None:
        return False
    words = {TEXTCONV: TEXTCONV_WORDS, DRIVER: DRIVER_WORDS}.get(name)
    if words is None:
        return name not in FIXED or value == FIXED[name]
    return words in value and starts(value)


def starts(line: str) -> bool:
    """Tell whether the program that a line of the shell names is there."""
    try:
        first = next(iter(shlex.split(line)), "")
    except ValueError:  # an open quote
        return False
    return shutil.which(first) is not None
