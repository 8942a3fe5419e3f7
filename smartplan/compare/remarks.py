"""Comments of two plans, item by item: they are content, and no merge or mend may lose one."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.facts import Facts, Item, Name
    from smartplan.compare.match import Matched
    from smartplan.text.document import Comment, Document
    from smartplan.text.source import Span

Owner: TypeAlias = "Name | str"
"""The item a comment belongs to, or the file, as its path inside the plan."""


class Note(NamedTuple):
    """Comments of one item, or of a file, that came and went."""

    item: Item | None
    path: str
    gone: tuple[str, ...]
    came: tuple[str, ...]
    old_at: Span | None
    new_at: Span | None


def comments(old: Facts, new: Facts, matched: Matched) -> Iterator[Note]:
    """Give the comments that differ, in the order of the new plan."""
    texts = {one.source.text for one in old.documents} & {one.source.text for one in new.documents}
    before, after = _owned(old, texts), _owned(new, texts)
    names = {one.name: other.name for one, other in matched.pairs}
    kept = set(names.values())
    moved = {
        names.get(key, key) if not isinstance(key, str) else key: found
        for key, found in before.items()
    }
    both = {old.inside(one.source.path) for one in old.documents if not one.broken}
    both &= {new.inside(one.source.path) for one in new.documents if not one.broken}
    for owner in (*after, *(one for one in moved if one not in after)):
        here, there = moved.get(owner, []), after.get(owner, [])
        item = None if isinstance(owner, str) else new.items.get(owner)
        if isinstance(owner, str) and owner not in both:
            continue
        if item is None and not isinstance(owner, str):
            continue  # gone with its item
        if not isinstance(owner, str) and owner not in kept:
            continue  # came with its item
        if note := _note(item, str(owner), here, there):
            yield note


def _note(item: Item | None, path: str, old: list[Span], new: list[Span]) -> Note | None:
    was, now = (Counter(_text(span) for span in spans) for spans in (old, new))
    gone, came = was - now, now - was
    if not gone and not came:
        return None
    old_at = next((span for span in old if _text(span) in gone), None)
    new_at = next((span for span in new if _text(span) in came), None)
    return Note(item, path, tuple(gone.elements()), tuple(came.elements()), old_at, new_at)


def _text(span: Span) -> str:
    return span.text.lstrip("#").strip()


def _owned(facts: Facts, same: set[str]) -> dict[Owner, list[Span]]:
    """Give the comments of every item and file; files whose text both sides have are left out."""
    found: dict[Owner, list[Span]] = {}
    by_file: dict[str, list[Item]] = {}
    for item in facts.items.values():
        by_file.setdefault(item.file, []).append(item)
    for document in facts.documents:
        if document.source.text in same or document.broken:
            continue
        path = facts.inside(document.source.path)
        owners = _Owners(document, by_file.get(document.source.path, []))
        for comment in document.comments:
            found.setdefault(owners.of(comment) or path, []).append(comment.span)
    return found


class _Owners:
    """Finds the innermost item around a place of a file."""

    def __init__(self, document: Document, items: list[Item]) -> None:
        self.document = document
        spans = [(item.at(item.route), item.name) for item in items]
        spans.sort(key=lambda one: (one[0].start, -one[0].end))
        self.starts = [span.start for span, _name in spans]
        self.spans = spans

    def of(self, comment: Comment) -> Name | None:
        """Give the item of a comment: the entry below a heading, or the one on its line."""
        source = self.document.source
        place = comment.span.start
        if comment.own_line:
            line = source.position(place)[0] + 1
            while source.line(line).lstrip().startswith("#"):
                line += 1
            text = source.line(line)
            if text.strip():
                head = len(text) - len(text.lstrip(" -"))
                place = source.line_starts[line - 1] + head
        for index in range(bisect_right(self.starts, place) - 1, -1, -1):
            span, name = self.spans[index]
            end_line = source.position(span.end)[0]
            if span.start <= place and source.position(place)[0] <= end_line:
                return name
        return None
