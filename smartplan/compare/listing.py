"""A plan file as lines `path = value`: what git's diff, log and blame show of it (textconv)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.compare.change import plain
from smartplan.compare.facts import gather, joined
from smartplan.plan.grammar import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.facts import Item, Plain
    from smartplan.text.document import Document

VERSION = 1
"""Of the lines: git caches them under the command that made them, so the command names it."""


def listing(document: Document) -> str:
    """Write a file as one line a value, sorted by item, with a heading for every item.

    Layout, order and comments do not show; a broken file is given as it is, so that nothing of it
    can hide.
    """
    if document.broken or not isinstance(document.data, dict):
        return document.source.text
    facts = gather([document])
    lines: list[str] = []
    for values in facts.provenance.values():
        told = "; ".join(f"{joined(steps)[1:]} {_value(value)}" for steps, value in values)
        lines.append(f"provenance = {told}")
    for name in sorted(facts.items):
        item = facts.items[name]
        lines.extend(("", f"{name}  {_value(item.title)}" if name.key else str(name)))
        lines.extend(_lines(item))
    return "\n".join(lines).lstrip("\n") + "\n"


def _lines(item: Item) -> Iterator[str]:
    if item.holder:
        yield f"  {item.name} in {item.holder}"
    if item.formerly:
        yield f"  {item.name}.formerly = {', '.join(item.formerly)}"
    if item.provenance is not None:
        for steps, value in item.provenance:
            yield f"  {item.name}.provenance{joined(steps)} = {_value(value)}"
    for steps in sorted(item.leaves):
        listed = not steps or steps[-1].startswith("[")
        told = "" if listed else f" = {_value(item.leaves[steps].value)}"
        yield f"  {item.name}{joined(steps)}{told}"


def _value(value: Plain) -> str:
    """Write a value on one line: digits in groups, paragraphs parted by a sign."""
    if isinstance(value, Money):
        return f"{'± ' if value.approximate else ''}{value.rupiah:_}"
    if isinstance(value, tuple):
        return ", ".join(_value(one) for one in value)
    return "unknown" if value is None else str(plain(value)).replace("\n\n", " ¶ ")
