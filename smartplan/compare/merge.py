"""The three-way merge of a plan file by meaning, with nothing written anew that nobody changed.

    cut (cutting) → who is who (merge_match) → decisions (merge_decide) → text (merge_write)

The result is checked twice: a second, simpler merge of the bare data must agree with it
(merge_oracle), and what neither side broke alone is a conflict too (merge_rules). Whoever calls it
has a text merge ready for `Unmergeable`, which is the answer to everything that is not sure.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from smartplan.compare.merge_decide import Decider, Where
from smartplan.compare.merge_lines import hunks, one_sided, style
from smartplan.compare.merge_match import Three, match, plan_shapes
from smartplan.compare.merge_oracle import agrees
from smartplan.compare.merge_rules import broken_by_both, flagged
from smartplan.compare.merge_verdict import Conflict, Merged, Warned
from smartplan.text.binding import write
from smartplan.text.cutting import Uncuttable, cut
from smartplan.text.document import Document
from smartplan.text.finding import ERROR
from smartplan.text.source import Source
from smartplan.text.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.text.tree import Flag

MARKER = 7
"""So many signs make a conflict marker, unless git asks for another number."""


class Unmergeable(Exception):  # noqa: N818  # an answer, not an error
    """The texts can only be merged as text; says why in a few words."""


def merge(base: str, ours: str, theirs: str, *, marker: int = MARKER) -> Merged:
    """Merge three texts of one file.

    Args:
        base: what both sides began with; empty if the file is new on both.
        ours: our text; its line ends are kept.
        theirs: their text.
        marker: the length of conflict markers.

    Raises:
        Unmergeable: a text is no YAML that a plan may be written in, or the result is not sure.
    """
    if theirs in (base, ours):
        return Merged(ours, ours, ours)
    if base == ours:
        return Merged(theirs, theirs, theirs)
    plain = Three(*(_plain_ends(text) for text in (base, ours, theirs)))
    trees = _trees(plain)
    decider = Decider(match(trees, plan_shapes(trees)), trees)
    tree = _joined(trees, decider)
    result = write(tree, "ours")
    if not agrees(trees, decider, _tree("the result", result)):
        message = "the merged text does not say what the merged data say"
        raise Unmergeable(message)
    tree = _judged(trees, tree, decider)
    return _with_ends(_written(tree, decider, marker), ours)


def _judged(trees: Three[Tree], tree: Tree, decider: Decider) -> Tree:
    """Flag what neither side broke alone."""
    broken, warnings = broken_by_both(trees, tree)
    decider.warnings += warnings
    flags: dict[int, tuple[Flag, ...]] = {}
    for one in broken:
        flags[id(one.at)] = (*flags.get(id(one.at), ()), decider.flag(one.conflict))
    return replace(tree, root=flagged(tree.root, flags)) if flags else tree


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def _with_ends(merged: Merged, ours: str) -> Merged:
    """Give the result the line ends of our text."""
    crlf = ours.count("\r\n")
    if 2 * crlf <= ours.count("\n"):
        return merged
    text, mine, other = (
        text.replace("\n", "\r\n") for text in (merged.text, merged.ours, merged.theirs)
    )
    return replace(merged, text=text, ours=mine, theirs=other)


def _trees(texts: Three[str]) -> Three[Tree]:
    found = [_tree(name, text) for name, text in zip(texts._fields, texts, strict=True)]
    if len({tree.root.kind for tree in found if tree.root.parts}) > 1:
        message = "one side has a list where the other has a mapping"
        raise Unmergeable(message)
    return Three(*found)


def _tree(name: str, text: str) -> Tree:
    """Cut a text, if nothing of it is lost by that."""
    if "\r" in text:
        message = f"{name} has line ends of several kinds"
        raise Unmergeable(message)
    document = Document.read(Source(name, text))
    fault = next((one for one in document.findings if one.level is ERROR), None)
    if fault:
        message = f"{name} cannot be read: {fault.code.name}, line {fault.span.line}"
        raise Unmergeable(message)
    with suppress(Uncuttable):
        tree = cut(document)
        if write(tree) == text:
            return tree
    message = f"{name} has an unusual layout"
    raise Unmergeable(message)


def _joined(trees: Three[Tree], decider: Decider) -> Tree:
    base, ours, theirs = trees
    roots = Three(*(tree.root if tree.root.parts else None for tree in trees))
    root = decider.group(roots, Where()) if roots.ours or roots.theirs else ours.root
    preamble = _lines(*(tree.preamble for tree in trees))
    foot = style(base.foot, ours.foot, theirs.foot)
    newline = style(base.newline, ours.newline, theirs.newline)
    return Tree(preamble, root, foot, newline=newline)


def _lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Merge the lines above the first part; where both sides wrote, both stay."""
    merged: list[str] = []
    for hunk in hunks(base, ours, theirs):
        chosen = one_sided(*hunk)
        if chosen is None:
            chosen = (*hunk.ours, *(line for line in hunk.theirs if line not in hunk.ours))
        merged += map(str, chosen)
    return tuple(merged)


def _written(tree: Tree, decider: Decider, marker: int) -> Merged:
    ours = write(tree, "ours")
    if not decider.conflicts:
        return Merged(ours, ours, ours, (), tuple(decider.warnings))
    text = write(tree, "marked", marker=marker)
    conflicts = tuple(_found(one, text.split("\n"), marker) for one in decider.conflicts)
    return Merged(text, ours, write(tree, "theirs"), conflicts, tuple(decider.warnings))


def _found(conflict: Conflict, lines: Sequence[str], marker: int) -> Conflict:
    """Say in which lines of the marked text a conflict stands."""
    opening, closing = "<" * marker + " ", ">" * marker + " "
    begun = 0
    for number, line in enumerate(lines, 1):
        if line.strip() == conflict.flag:
            return replace(conflict, lines=(number, number))
        if line.startswith(opening):
            begun = number
        if line.startswith(closing) and conflict.path in line[len(closing) + 8 :].split(", "):
            return replace(conflict, lines=(begun, number))
    return conflict


__all__ = ["Conflict", "Merged", "Unmergeable", "Warned", "merge"]
