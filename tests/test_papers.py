"""The README shows the help that the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

from smartplan.cli.app import COMMANDS

ROOT = Path(__file__).parent.parent
GROUPS = {"baseline": ("create", "list", "show", "verify", "status")}
"""Commands of commands."""


def printed_help(*command: str) -> str:
    """Run `smartplan … --help` as a user with a narrow window would."""
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "smartplan", *command, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb"},
        check=True,
    )
    lines = [
        line.rstrip()
        for line in run.stdout.replace("python -m smartplan", "smartplan").splitlines()
    ]
    return "\n".join(lines).strip()


def test_help_in_the_readme_is_current(request: pytest.FixtureRequest) -> None:
    """Every command's help stands in the README as it is printed."""
    path = ROOT / "README.md"
    text = path.read_text("utf-8")
    commands = [(name, *inner) for name in COMMANDS for inner in _inner(name)]
    blocks = "\n".join(f"```text\n{printed_help(*one)}\n```\n" for one in commands)
    made = re.sub(
        r"(<!-- help: begin -->\n).*?(<!-- help: end -->)",
        lambda match: f"{match[1]}\n{blocks}\n{match[2]}",
        text,
        flags=re.DOTALL,
    )
    if request.config.getoption("--update-golden"):
        path.write_text(made, encoding="utf-8", newline="\n")
    assert path.read_text("utf-8") == made


def _inner(name: str) -> list[tuple[str, ...]]:
    return [(), *((one,) for one in GROUPS.get(name, ()))]


def test_every_command_is_in_the_readme() -> None:
    """No command is left out of the README."""
    listed = re.findall(r"^  (\w[\w-]*)  ", printed_help().split("Commands:")[1], re.MULTILINE)
    assert list(COMMANDS) == listed
