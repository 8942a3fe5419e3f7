"""The house layout: one way to lay out a plan file, so that what differs is a change of the plan.

Order of keys, indentation, blank lines, blanks in brackets. What somebody wrote stays as it is:
values with their quotes, comments, anchors, brackets, texts over several lines. A file whose
layout is not understood, or that would say anything else afterwards, is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from smartplan.text.binding import write
from smartplan.text.cutting import Uncuttable, cut
from smartplan.text.document import Document
from smartplan.text.finding import ERROR
from smartplan.text.nodes import BLOCK
from smartplan.text.source import Source
from smartplan.text.tree import Entry, Group, Line, Note, Scalar, comments, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smartplan.text.tree import Part, Tree, Value

Route: TypeAlias = tuple[str, ...]
Order: TypeAlias = Callable[[Route], Sequence[str]]
"""Gives the keys of the mapping at a route (without the places in lists), as they are written."""

STEP = 2
"""Columns from an entry to what stands inside it."""


def as_written(_route: Route) -> Sequence[str]:
    """Leave keys in the order in which they stand."""
    return ()


def laid_out(source: Source, order: Order = as_written) -> str:
    """Give the text of a file in the house layout; line ends stay of their kind.

    Keys stay in their order where another one would change what an alias means.

    Raises:
        Uncuttable: the file cannot be read, or has a layout that is not understood.
    """
    text = source.text.replace("\r\n", "\n")
    document, tree = read(Source(source.path, text))
    for chosen in (order, as_written):
        result = write(_tidied(tree, chosen))
        if _same(document, tree, result):
            break
    else:
        raise Uncuttable
    crlf = 2 * source.text.count("\r\n") > source.text.count("\n")
    return result.replace("\n", "\r\n") if crlf else result


def read(source: Source) -> tuple[Document, Tree]:
    """Read and cut a text whose lines end in LF.

    Raises:
        Uncuttable: it cannot be read, or not cut without a loss.
    """
    document = Document.read(source)
    if "\r" in source.text or any(one.level is ERROR for one in document.findings):
        raise Uncuttable
    tree = cut(document)
    if write(tree) != source.text:
        raise Uncuttable
    return document, tree


def _same(document: Document, tree: Tree, result: str) -> bool:
    """Tell whether a text still says the same, with the same comments."""
    try:
        after, new = read(Source(document.source.path, result))
    except Uncuttable:
        return False
    said = [Counter(_remarks([*one.preamble, *comments(one.root)])) for one in (tree, new)]
    return (
        document.data == after.data
        and len(document.findings) == len(after.findings)
        and meaning(tree.root) == meaning(new.root)
        and said[0] == said[1]
    )


def _remarks(lines: Iterable[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip())


def _tidied(tree: Tree, order: Order) -> Tree:
    root = _Tidying(order).group(tree.root, ())
    above = tuple(_single_blanks(line.rstrip() for line in tree.preamble))
    if tree.root.lead and above:
        root = replace(root, lead=("",))
    return replace(tree, preamble=above, root=root, foot=(), newline=True)


def _single_blanks(lines: Iterable[str]) -> Iterator[str]:
    """Leave out blank lines at the start, and of several in a row all but one."""
    blank = True
    for line in lines:
        if line or not blank:
            yield line
        blank = not line


@dataclass(frozen=True, slots=True)
class _Tidying:
    order: Order

    def group(self, group: Group, route: Route) -> Group:
        """Tidy a block collection: order, blank lines, and all that stands in it."""
        parts = self.ordered(group, route) if group.kind == "map" else list(group.parts)
        out: list[Part] = []
        for part in parts:
            after_note = bool(out) and isinstance(out[-1], Note)
            blanks = ("",) if part.blanks or after_note else ()
            out.append(self.part(part, route, blanks if out else None))
        return replace(group, parts=tuple(out), lead=(), offset=STEP if route else 0)

    def ordered(self, group: Group, route: Route) -> list[Part]:
        """Put keys into their order, but none past a comment that belongs to no key.

        A key that is not known stays behind the one that it stands behind, or goes to the end.
        """
        place = {name: number for number, name in enumerate(self.order(route))}
        out: list[Part] = []
        run: list[tuple[int, Entry]] = []
        for part in group.parts:
            if isinstance(part, Entry):
                run.append((place.get(part.name, run[-1][0] if run else len(place)), part))
                continue
            out += _by_place(run)
            out.append(part)
            run = []
        return out + _by_place(run)

    def part(self, part: Part, route: Route, blanks: tuple[str, ...] | None) -> Part:
        if isinstance(part, Note):
            return Note(blanks, _level(part.lines))
        assert isinstance(part, Entry)  # noqa: S101  # a text that was read holds no choices
        is_text = isinstance(part.value, Scalar) and part.value.style == BLOCK
        tail = part.tail if is_text else part.tail.rstrip()  # blanks at its end belong to a text
        entry = replace(part, blanks=blanks, head=_level(part.head), tail=tail)
        inside = (*route, part.name) if part.name else route
        value = part.value
        if isinstance(value, Group) and not value.flow:
            return self.block(entry, self.group(value, inside))
        if _over_lines(entry.opener):
            return entry
        before, opener = _opener(entry)
        return replace(entry, opener=before + opener, value=_inline(value))

    def block(self, entry: Entry, group: Group) -> Entry:
        """Let a collection begin on the line of its dash where it can."""
        begins = group.parts[0]
        joins = (
            not entry.name
            and group.kind == "map"
            and not entry.tail
            and entry.opener.strip() == "-"
            and isinstance(begins, Entry)
            and not (begins.head and not group.compact)
        )
        opener = "- " if joins else " ".join(entry.opener.split())
        return replace(entry, opener=opener, value=replace(group, compact=joins))


def _by_place(run: Iterable[tuple[int, Entry]]) -> list[Part]:
    return [part for _, part in sorted(run, key=lambda one: one[0])]


def _level(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Let comments stand in one column with what they are about."""
    return tuple(replace(one, shift=0, text=one.text.strip()) for one in lines)


def _over_lines(text: str) -> bool:
    return "\n" in text or "#" in text


def _opener(entry: Entry) -> tuple[str, str]:
    """Give sign and properties (`: &a `) with single blanks; a blank only where a value follows."""
    words = entry.opener.split()
    empty = isinstance(entry.value, Scalar) and not entry.value.text
    return " ".join(words), "" if empty or not words else " "


def _inline(value: Value) -> Value:
    """Tidy the blanks in brackets that stand on one line and hold no comment."""
    if not isinstance(value, Group) or _over_lines(_layout(value)):
        return value
    parts: list[Part] = []
    for one in value.entries:
        before, blank = _opener(one)
        parts.append(
            replace(
                one,
                lead=" " if parts else "",
                opener=before + blank,
                tail="",
                value=_inline(one.value),
            )
        )
    close = "," if "," in value.close else ""
    return replace(value, parts=tuple(parts), close=close)


def _layout(group: Group) -> str:
    """Give all that stands between the values of a collection in brackets."""
    texts = [group.close]
    for one in group.entries:
        texts += [one.lead or "", one.opener, one.tail]
        value = one.value
        texts.append(_layout(value) if isinstance(value, Group) else value.text.partition("\n")[1])
    return "".join(texts)
