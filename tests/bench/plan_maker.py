"""Makes large plans in git for benches, in the plan format: so many actions, some changed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEADER = """\
format: 1
plan:
  id: besar-2024
  title: Masterplan Besar
  stage: adopted
  period: {start: 2024, end: 2028}
  city: {name: Kota Besar}
agencies:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: diskominfo, name: Dinas Komunikasi dan Informatika}
"""
ACTION = """\
  # Disusun bersama warga.
  - id: LIV-{n}
    title: Layanan kesehatan {n} yang dijadwalkan dari rumah
    summary: >-
      Pendaftaran rawat jalan nomor {n} dibuka lewat telepon dan loket kelurahan; pasien mendapat
      jam datang, bukan nomor subuh.
    kind: application
    dimension: living
    elements: [living.health]
    owner: dinkes
    support: [diskominfo]
    years: 2024-2028
    budget:
      2024: {{apbd: 280 juta, csr: 120 juta}}
      2025: 350 juta
      2026: {amount} juta
    indicators:
      - id: LIV-{n}-I1
        title: Pasien {n} yang mendaftar dari rumah
        unit: "%"
        direction: up
        owner: dinkes
        baseline: {{2023: 6}}
        targets: {{2024: 30, 2025: 45, 2026: 55}}
    status: planned
"""


def action(number: int, amount: int = 350) -> str:
    """Write an action."""
    return ACTION.format(n=number, amount=amount)


def git(top: Path, *words: str) -> str:
    """Run git in a folder, with a name of its own for commits."""
    named = ("-c", "user.name=Ani", "-c", "user.email=ani@example.org", "-c", "gc.auto=0")
    command = ["git", *named, *words]
    return subprocess.run(  # noqa: S603  # our own words
        command, cwd=top, check=True, capture_output=True, text=True
    ).stdout


def place(number: int) -> str:
    """Name the file of an action."""
    return f"actions/LIV-{number}.yaml"


def change(top: Path, numbers: Iterable[int], amount: int) -> None:
    """Give some actions another budget, and commit."""
    for number in numbers:
        (top / place(number)).write_text("actions:\n" + action(number, amount), "utf-8")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Anggaran")


def split(top: Path, actions: int, *, changed: int = 10) -> Path:
    """Make a repository with a file for each action, some of which the last commit changed."""
    (top / "actions").mkdir(parents=True)
    (top / "plan.yaml").write_text(HEADER, "utf-8")
    for number in range(actions):
        (top / place(number)).write_text("actions:\n" + action(number), "utf-8")
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Naskah")
    git(top, "branch", "-q", "awal")
    change(top, range(0, actions, actions // changed), 450)
    return top


def joined(path: Path, actions: int, *, changed: int = 0) -> Path:
    """Write a plan of one file, in which some actions cost more than usual."""
    path.parent.mkdir(parents=True, exist_ok=True)
    step = actions // changed if changed else actions
    texts = (
        action(number, 450 if changed and number % step == 0 else 350) for number in range(actions)
    )
    path.write_text(HEADER + "actions:\n" + "".join(texts), "utf-8")
    return path
