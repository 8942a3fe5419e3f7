"""`validate` and `fmt` on large plans, as ratios against references of the same run.

The references need `pip install pyyaml yamllint check-jsonschema` in the same environment:

    python tests/bench/validate.py [RUNS [ACTIONS…]]

C is a process that loads the same bytes with PyYAML's CSafeLoader, which neither checks anything
nor knows a place.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import city_plan
from ratios import SMARTPLAN, TYPER, Case, table

LOAD = """\
import os, sys, yaml
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            yaml.load(file.read(), Loader=yaml.CSafeLoader)
"""
COLD = (*SMARTPLAN, "validate", "--no-cache", "--today", "2026-11-24")
WARM = (*SMARTPLAN, "validate", "--today", "2026-11-24")
FIRST = {100: 3.0, 1_000: 1.0, 10_000: 0.7}
"""The first step of the design, as multiples of C."""
AGAIN = {1_000: 0.18, 10_000: 0.04}


def cases(top: Path, sizes: list[int]) -> list[Case]:
    """Make the plans and give what is measured on them."""
    found: list[Case] = []
    bin_folder = Path(sys.executable).parent
    for size in sizes:
        name = f"{size:,} actions"
        city_plan.write(top / str(size), size)
        load = ("C", (sys.executable, "-c", LOAD, str(size)), top)
        found.append(Case(f"validate, {name}", (*COLD, str(size)), top, *load, FIRST.get(size)))
        again = (*WARM, str(size))
        found.append(Case(f"again, unchanged, {name}", again, top, *load, AGAIN.get(size)))
        if size == sizes[0]:
            found.append(Case(f"again, unchanged, {name}", again, top, "T", TYPER, top, 1.6))
        lint = (str(bin_folder / "yamllint"), "-d", "relaxed", str(size))
        found.append(Case(f"validate, {name}", (*COLD, str(size)), top, "yamllint", lint, top))
        schema = (*SMARTPLAN, "schema", "plan", "--out", "schema")
        check = (str(bin_folder / "check-jsonschema"), "--schemafile", "schema/plan.schema.json")
        files = [f"{size}/{path}" for path in city_plan.files(size, "split")]
        if size <= 1_000:
            found.append(
                Case(
                    f"validate, {name}",
                    (*COLD, str(size)),
                    top,
                    "check-jsonschema (form only)",
                    (*check, *files),
                    top,
                )
            )
            _run(schema, top)
        fmt = (*SMARTPLAN, "fmt", "--check", "--no-cache", str(size))
        found.append(Case(f"fmt --check, {name}", fmt, top, *load, 25))
    for less, more in pairwise(sizes):
        name = f"validate, {more:,} actions"
        told = (f"{less:,} actions", (*COLD, str(less)), top)
        found.append(Case(name, (*COLD, str(more)), top, *told, 11 * more / less / 10))
    return found


def _run(command: tuple[str, ...], where: Path) -> None:
    import subprocess

    subprocess.run(command, cwd=where, check=True, capture_output=True)  # noqa: S603  # our own


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sizes = [int(one) for one in sys.argv[2:]] or [100, 1_000, 10_000]
    with tempfile.TemporaryDirectory() as folder:
        table(cases(Path(folder), sizes), runs)


if __name__ == "__main__":
    main()
