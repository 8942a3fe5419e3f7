"""Comparing, reviewing and history of large plans, as ratios against references of the same run.

Makes plans in a temporary folder, runs each command and its reference in turn, in whole processes,
and prints a Markdown table of the median ratio of processor time, that of their git included:

    python tests/bench/compare.py [RUNS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from plan_maker import action, change, joined, place, split
from ratios import BARE, SMARTPLAN, TYPER, Case, table

DIFF = (*SMARTPLAN, "diff", "HEAD~1", "HEAD")
COMMITS = 200


def cases(top: Path) -> list[Case]:
    """Make the plans and give what is measured on them."""
    few, many = split(top / "k1", 1_000), split(top / "k10", 10_000)
    old = split(top / "log", 1_000, changed=1)
    for number in range(COMMITS - 2):
        change(old, [number % 50], 400 + number)
    for name, actions, changed in (("s", 90, 0), ("t", 90, 10), ("j", 1_000, 0), ("i", 1_000, 10)):
        joined(top / name / "plan.yaml", actions, changed=changed)
    ours = joined(top / "ours.yaml", 90, changed=9)
    theirs = top / "theirs.yaml"
    theirs.write_text((top / "s/plan.yaml").read_text("utf-8") + action(999), "utf-8")
    copy = f"import shutil; shutil.copy({str(ours)!r}, 'merged.yaml')"
    driver = f"{copy}; from smartplan.cli.merging import drive; drive(['s/plan.yaml', "
    driver += "'merged.yaml', 'theirs.yaml', '7', 'plan.yaml'])"
    git_diff = ("git", "--no-pager", "diff", "HEAD~1", "HEAD")
    git_log = ("git", "--no-pager", "log", "-p", "--", place(7))
    bare, typer = ("`python -c pass`", BARE, top), ("`import typer`", TYPER, top)
    joined_diff = ("diff of 1,000 actions in one file", (*SMARTPLAN, "diff", "j", "i"), top)
    return [
        Case("textconv of one action", (*SMARTPLAN, "textconv", place(7)), few, *bare, 10),
        Case("textconv of 2,600 lines", (*SMARTPLAN, "textconv", "s/plan.yaml"), top, *bare, 12),
        Case("merge driver, 2,600 lines", (sys.executable, "-c", driver), top, *bare, 60),
        Case("diff, 10 of 1,000 actions changed", DIFF, few, *typer),
        Case("diff, 10 of 10,000 actions changed", DIFF, many, *typer, 1.5),
        Case("the same", DIFF, many, "diff of 10 of 1,000", DIFF, few, 1.15),
        Case("the same", DIFF, many, "`git diff`", git_diff, many),
        Case("diff of 2,600 lines", (*SMARTPLAN, "diff", "s", "t"), top, *typer, 8),
        Case(*joined_diff, *typer, 25),
        Case("review, 10 of 1,000 changed", (*SMARTPLAN, "review", "awal"), few, *typer, 60),
        Case(f"log of one item, {COMMITS} commits", (*SMARTPLAN, "log", "LIV-7"), old, *typer, 7),
        Case("the same", (*SMARTPLAN, "log", "LIV-7"), old, "`git log -p`", git_log, old),
    ]


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        table(cases(Path(folder)), runs)


if __name__ == "__main__":
    main()
