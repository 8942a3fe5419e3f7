"""Ratios of processor time between whole processes that run in turn: a command, a reference."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BARE = (sys.executable, "-c", "pass")
TYPER = (sys.executable, "-c", "import typer")
SMARTPLAN = (sys.executable, "-m", "smartplan")


@dataclass(frozen=True)
class Case:
    """A command in a folder, what it is measured against, and the ratio to stay below.

    Attributes:
        name: what is done.
        command: the program and its arguments.
        where: the folder it runs in.
        against: how the reference is called.
        reference: its program and arguments.
        there: the folder that runs in.
        target: the ratio; none where only the trend is watched.
    """

    name: str
    command: tuple[str, ...]
    where: Path
    against: str
    reference: tuple[str, ...]
    there: Path
    target: float | None = None


def seconds(command: tuple[str, ...], where: Path) -> float:
    """Give the processor time of one run, user and system; compiled modules are kept."""
    kept = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    package = str(Path(__file__).parents[2])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603  # our own
        command,
        cwd=where,
        env={**kept, "PYTHONPATH": package},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def ratio(case: Case, runs: int) -> float:
    """Give the median ratio over interleaved runs, after one that does not count."""
    pair = (case.command, case.where), (case.reference, case.there)
    for one in pair:
        seconds(*one)
    found = [seconds(*pair[0]) / max(seconds(*pair[1]), 0.001) for _ in range(runs)]
    return statistics.median(found)


def table(cases: Iterable[Case], runs: int) -> None:
    """Print a Markdown table of median ratios."""
    print("| what | against | ratio | target |\n|---|---|---:|---:|")
    for case in cases:
        target = "" if case.target is None else f"{case.target:.2f}"
        print(f"| {case.name} | {case.against} | {ratio(case, runs):.2f} | {target} |", flush=True)
