"""Start-up of the command line, as ratios against named references measured in the same run.

Runs each command and its reference in turn, in whole processes, and prints a Markdown table of
the median ratio of processor time:

    python tests/bench/startup.py [RUNS]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass

BARE = (sys.executable, "-c", "pass")
TYPER = (sys.executable, "-c", "import typer")
SMARTPLAN = (sys.executable, "-m", "smartplan")


@dataclass(frozen=True)
class Case:
    """A command, what it is measured against, and the ratio it should stay below."""

    name: str
    command: tuple[str, ...]
    reference: tuple[str, ...]
    against: str
    target: float


CASES = (
    Case("`smartplan --version`", (*SMARTPLAN, "--version"), BARE, "`python -c pass`", 2.0),
    Case("`smartplan --help`, piped", (*SMARTPLAN, "--help"), TYPER, "`import typer`", 1.25),
    Case("a command's `--help`", (*SMARTPLAN, "render", "--help"), TYPER, "`import typer`", 1.25),
)


def seconds(command: tuple[str, ...]) -> float:
    """Give the processor time of one run, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def ratio(case: Case, runs: int) -> float:
    """Give the median ratio over interleaved runs, after one that does not count."""
    seconds(case.command)
    seconds(case.reference)
    ratios = [seconds(case.command) / max(seconds(case.reference), 0.001) for _ in range(runs)]
    return statistics.median(ratios)


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    print("| what | against | ratio | target |\n|---|---|---:|---:|")
    for case in CASES:
        print(f"| {case.name} | {case.against} | {ratio(case, runs):.2f} | {case.target:.2f} |")


if __name__ == "__main__":
    main()
