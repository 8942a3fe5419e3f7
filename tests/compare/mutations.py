"""Random edits of any YAML text, made on its tree: for files as people really write them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smartplan.text.binding import write
from smartplan.text.cutting import cut
from smartplan.text.document import Document
from smartplan.text.nodes import QUOTED, SCALAR
from smartplan.text.source import Source
from smartplan.text.tree import Entry, Group, Line, Scalar

if TYPE_CHECKING:
    from random import Random

    from smartplan.text.tree import Part


def mutated(text: str, random: Random, mark: str) -> str:
    """Give a text with a few values, entries, comments and places changed; still YAML."""
    for number in range(random.randrange(1, 5)):
        document = Document.read(Source("a.yaml", text))
        tree = cut(document)
        # Not the first: what stands above it is the file's header.
        target = random.randrange(1, max(_count(tree.root), 2))
        changed = write(replace(tree, root=_edit(tree.root, [target], random, f"{mark}{number}")))
        if not Document.read(Source("a.yaml", changed)).findings:
            text = changed
    return text


def _count(group: Group) -> int:
    return sum(1 + (_count(e.value) if isinstance(e.value, Group) else 0) for e in group.entries)


def _edit(group: Group, left: list[int], random: Random, mark: str) -> Group:
    """Walk to the entry whose number is left, and change the group there."""
    parts: list[Part] = []
    hit = None
    for part in group.parts:
        fresh = part
        if isinstance(part, Entry):
            if left[0] == 0:
                hit = len(parts)
            left[0] -= 1
            if hit is None and isinstance(part.value, Group) and left[0] >= 0:
                fresh = replace(part, value=_edit(part.value, left, random, mark))
        parts.append(fresh)
    if hit is None:
        return replace(group, parts=tuple(parts))
    return replace(group, parts=tuple(_at(parts, hit, random, mark)))


def _at(parts: list[Part], at: int, random: Random, mark: str) -> list[Part]:  # noqa: PLR0911
    entry = parts[at]
    assert isinstance(entry, Entry)
    chance = random.random()
    anchored = "&" in write_of(entry)
    if chance < 0.45 and isinstance(entry.value, Scalar) and entry.value.style in (SCALAR, QUOTED):
        if entry.name in ("id", "formerly"):
            return parts
        word = random.choice(("12", "new", f"{mark} text", "'quoted'", "2030"))
        value = Scalar(word, word, SCALAR)
        return [*parts[:at], replace(entry, value=value), *parts[at + 1 :]]
    if chance < 0.6 and len(parts) > 1 and not anchored and entry.name != "id":
        return _led([*parts[:at], *parts[at + 1 :]])
    if chance < 0.75 and entry.lead is None and at:
        comment = Line(0, f"# {mark} says")
        return [*parts[:at], replace(entry, head=(*entry.head, comment)), *parts[at + 1 :]]
    one_line = isinstance(entry.value, Scalar) and "\n" not in entry.value.text
    if chance < 0.85 and entry.lead is None and not entry.tail and one_line:
        return [*parts[:at], replace(entry, tail=f"  # {mark} tail"), *parts[at + 1 :]]
    if chance < 0.95 and entry.lead is None and at and not anchored and entry.name != "id":
        rest = [*parts[:at], *parts[at + 1 :]]
        rest.insert(random.randrange(1, len(rest) + 1), entry)
        return _led(rest)
    return parts


def write_of(entry: Entry) -> str:
    """Write an entry alone."""
    from smartplan.text.tree import Tree

    return write(Tree((), Group("map", flow=False, parts=(entry,))))


def _led(parts: list[Part]) -> list[Part]:
    """Let the blanks of a new first part be those that a first part has."""
    first, *rest = parts
    if isinstance(first, Entry) and first.lead is not None:
        first = replace(first, lead="")
    return [replace(one, blanks=one.blanks or ()) for one in (first, *rest)]
