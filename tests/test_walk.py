"""The README's walk through a change of the plan works as it is written, output and all.

Blocks marked `console` are run in order in one repository: `$ ` begins a command, what follows is
what it prints. `pytest --update-golden` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import surroundings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(command: str, place: Path) -> str:
    """Run a command line as a user would, with smartplan on the path; give all that it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    more = {
        "PATH": path,
        "SMARTPLAN_TODAY": "2026-11-24",
        "SMARTPLAN_LANG": "en",
        "HOME": str(place),
    }
    done = subprocess.run(  # noqa: S603  # our own paper
        ["bash", "-c", command],  # noqa: S607  # the shell of the README
        cwd=place,
        env=surroundings(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def walked(block: str, place: Path) -> str:
    """Run the commands of a block and give it with what they print."""
    told = []
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command = step.split("\n", 1)[0]
        out = "\n".join(line.rstrip() for line in run(command, place).splitlines())
        told.append(f"$ {command}\n{out}\n" if out else f"$ {command}\n")
    return "".join(told)


@pytest.mark.skipif(sys.platform != "linux", reason="the walk is typed into a GNU shell")
def test_the_walk_prints_what_the_readme_shows(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every command of the walk, run on the plan of Kotamobagu, prints what stands below it."""
    place = tmp_path / "rencana"
    shutil.copytree(ROOT / "plans" / "kotamobagu", place)
    text = README.read_text("utf-8")
    blocks = BLOCK.findall(text)
    assert blocks
    shown = [walked(block, place) for block in blocks]
    if request.config.getoption("--update-golden"):
        fresh = iter(shown)
        text = BLOCK.sub(lambda _match: f"```console\n{next(fresh)}```", text)
        README.write_text(text, encoding="utf-8", newline="\n")
        return
    assert blocks == shown
