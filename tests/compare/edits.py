"""Pairs of small plans for tests: what a test writes, under a header of some stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.compare.differ import compare
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from smartplan.compare.change import Change
    from smartplan.compare.differ import Difference

STAGES = {"draft": "final", "approved": "adopted"}
"""A stage for each state of an item."""
HEADER = {
    "id": "uji",
    "title": "Uji",
    "stage": "STAGE",
    "period": "{start: 2024, end: 2028}",
}


def action(fields: str) -> str:
    """Write a plan of one action with some fields, in braces."""
    title = "" if "title:" in fields else "title: Layanan, "
    return f"actions:\n- {{id: X-1, {title}{fields}}}\n"


def whole(text: str, stage: str = "final") -> str:
    """Write a plan under a header; what it says of the header itself goes before."""
    own, _, rest = text.partition("\n") if text.startswith("plan: {") else ("plan: {}", "", text)
    inner = own.removeprefix("plan: {").removesuffix("}")
    lines = [inner] if inner else []
    lines += [f"{key}: {value}" for key, value in HEADER.items() if f"{key}:" not in inner]
    version = "" if rest.startswith("format:") else "format: 1\n"
    return f"{version}plan: {{{', '.join(lines)}}}\n{rest}\n".replace("STAGE", stage)


def documents(text: str, stage: str = "final") -> list[Document]:
    """Parse a plan of one file."""
    return [Document.read(Source("plan.yaml", whole(text, stage)))]


def difference(old: str, new: str, stage: str = "final") -> Difference:
    """Compare two plans of one file at a stage."""
    return compare(documents(old, stage), documents(new, stage))


def changes(old: str, new: str, stage: str = "final") -> tuple[Change, ...]:
    """Give the changes between two plans of one file."""
    return difference(old, new, stage).changes
