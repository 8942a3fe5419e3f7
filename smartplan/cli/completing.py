"""What the shell offers when somebody presses Tab: ids, kinds, codes. Never fails, never prints."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_ID = re.compile(r"(?:^|[\s{,-])id:[ \t]+[\"']?([A-Za-z][A-Za-z0-9-]*)", re.MULTILINE)


def ids(incomplete: str) -> list[str]:
    """Give the ids of the plan of the current folder that begin as typed."""
    found: dict[str, None] = {}
    with suppress(Exception):
        from smartplan.workspace.workspace import find, plan_files

        for plan in find(Path()):
            for path in sorted(plan_files(plan.root)):
                text = path.read_text("utf-8", "replace")
                found.update(dict.fromkeys(_ID.findall(text)))
    return [one for one in found if one.casefold().startswith(incomplete.casefold())]


def kinds(incomplete: str) -> list[str]:
    """Give the kinds of item that begin as typed."""
    with suppress(Exception):
        from smartplan.compare.shapes import collections

        return [one for one in collections() if one.startswith(incomplete)]
    return []
