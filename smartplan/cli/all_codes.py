"""Every code that smartplan can say, in one list."""

from __future__ import annotations

from smartplan.cli import faults as requests
from smartplan.plan import load
from smartplan.rules import settle
from smartplan.rules.all_rules import ALL_RULES
from smartplan.text import faults
from smartplan.workspace import beginning, rewriting, unmerged, workspace
from smartplan.workspace import faults as git_faults

ALL_CODES = tuple(
    sorted(
        (
            *faults.CODES,
            *load.CODES,
            *(one.code for one in ALL_RULES),
            *settle.CODES,
            *workspace.CODES,
            *rewriting.CODES,
            *unmerged.CODES,
            *git_faults.CODES,
            *beginning.CODES,
            *requests.CODES,
        ),
        key=lambda code: code.id,
    )
)

RETIRED: tuple[str, ...] = ("F118",)
"""Ids of codes that are gone; they are never given again."""
