"""A parsed text: its plain data, and the way from a route to a place.

A route is a tuple of keys and indices, as pydantic gives them. `locate` never fails: parts that
do not exist are skipped, so that a missing field points at the item that lacks it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from smartplan.text.everyday import everyday
from smartplan.text.nodes import BLOCK, EMPTY, MAPPING, SEQUENCE, Parsed
from smartplan.text.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.text.finding import Finding
    from smartplan.text.nodes import Nodes
    from smartplan.text.scalar import Value
    from smartplan.text.source import Source, Span

Route: TypeAlias = "Sequence[str | int]"
Part: TypeAlias = Literal["value", "key", "entry"]

_ID = re.compile(r"(?:^|[\s{,-])id:\s+[\"']?([A-Za-z][A-Za-z0-9-]*)")


class Comment(NamedTuple):
    """A comment: its span from the `#` on, and whether it has a line to itself."""

    span: Span
    own_line: bool


class Document:
    """A source that was read; nothing of it changes.

    Most files are read without the parser and without places, several times as fast. Who asks for
    the place of a value has such a file read once more, so that only files with something to say
    of them pay for it.

    Attributes:
        source: the text.
    """

    def __init__(self, source: Source, data: Value = None, parsed: Parsed | None = None) -> None:
        """Hold what was read: the data alone, or all that the parser gave."""
        self.source = source
        self._data = data
        self._parsed = parsed

    @classmethod
    def read(cls, source: Source) -> Document:
        """Read a source; never raises for what it holds."""
        data = everyday(source.text)
        return cls(source, data) if data is not None else cls(source, parsed=_parse(source))

    @property
    def data(self) -> Value:
        """Mappings, lists, text, `Number`, true, false and nothing; none if it is broken."""
        if self._parsed is not None:
            return self._parsed.data
        if self._data is None:
            self._data = everyday(self.source.text)
        return self._data

    @property
    def parsed(self) -> bool:
        """Whether the parser read it, which gives each value as an object of its own."""
        return self._parsed is not None

    @property
    def nodes(self) -> Nodes:
        """The place of every value."""
        return self._places if self._parsed is None else self._parsed.nodes

    @cached_property
    def _places(self) -> Nodes:
        return places(self.source.text)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it as text and as YAML."""
        return self._parsed.findings if self._parsed else ()

    @property
    def broken(self) -> bool:
        """Whether a syntax error stopped the reading, so that `data` says nothing."""
        return self._parsed is not None and self._parsed.broken

    def let_go(self) -> None:
        """Forget the data if it can be read again: few files are asked for it twice."""
        self._data = None

    def unread(self, findings: tuple[Finding, ...] = ()) -> Document:
        """Give the same text as one that says nothing."""
        return Document(self.source, parsed=Parsed(None, self.nodes, findings, broken=True))

    def at(self, source: Source) -> Document:
        """Give the same content as that of another source with the same text."""
        return Document(source, self._data, self._parsed)

    def locate(self, route: Route, part: Part = "value") -> Span:
        """Give the place of a route, or the nearest place that exists.

        Args:
            route: keys and indices from the top of the document.
            part: the value, its key, or the entry (key and value).
        """
        key, written = self._find(route)
        nodes = self.nodes
        if not nodes.kind:
            return self.source.span(0)
        if part == "entry" and key >= 0:
            end = max(nodes.end[written], nodes.end[key])
            return self.source.span(nodes.start[key], end)
        value = self._resolve(written, None)
        chosen = key if key >= 0 and (part == "key" or nodes.kind[value] == EMPTY) else value
        return self.source.span(nodes.start[chosen], nodes.end[chosen])

    def stands(self, route: Route) -> bool:
        """Tell whether something stands at a route in the plain data."""
        value: Any = self.data
        for step in route:
            inside = isinstance(value, dict) and step in value
            if not inside and not (isinstance(value, list) and step in range(len(value))):
                return False
            value = value[step]
        return True

    def holds_only(self, key: str) -> bool:
        """Tell whether nothing but one key stands in the file."""
        return not self.broken and isinstance(self.data, dict) and set(self.data) <= {key}

    def aliases_on(self, route: Route) -> list[Span]:
        """Give the aliases that a route passes, since `locate` answers with the anchor's place."""
        if self._parsed is None:  # everyday YAML has none
            return []
        passed: list[int] = []
        self._resolve(self._find(route, passed)[1], passed)
        return [self.source.span(self.nodes.start[i], self.nodes.end[i]) for i in passed]

    def _find(self, route: Route, passed: list[int] | None = None) -> tuple[int, int]:
        """Walk a route: the node of the last key found (-1: none) and of its value as written."""
        key, value = -1, 0
        if not self.nodes.kind:
            return key, value
        for step in route:
            container = self._resolve(value, passed)
            found = self._child(container, step, passed)
            if found is not None:
                key, value = found
        return key, value

    def _resolve(self, node: int, passed: list[int] | None) -> int:
        target = self.nodes.aliases.get(node)
        if target is None:
            return node
        if passed is not None:
            passed.append(node)
        return target

    def _child(
        self, container: int, step: str | int, passed: list[int] | None
    ) -> tuple[int, int] | None:
        nodes = self.nodes
        child, stop = container + 1, nodes.after[container]
        if nodes.kind[container] == SEQUENCE and isinstance(step, int):
            members = self._members_of(container)
            return (-1, members[step]) if step < len(members) else None
        if nodes.kind[container] != MAPPING:
            return None
        name = str(step)
        while child < stop:
            value = nodes.after[child]
            if nodes.keys.get(child) == name:
                return child, value
            child = nodes.after[value]
        for merged in nodes.merges.get(container, ()):
            found = self._child(self._resolve(merged, None), step, passed)
            if found is not None:
                self._resolve(merged, passed)
                return found
        return None

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        return {}

    def _members_of(self, container: int) -> list[int]:
        """Give the nodes of the members of a list, found once, since lists are asked often."""
        found = self._members.get(container)
        if found is None:
            nodes, found = self.nodes, []
            child, stop = container + 1, nodes.after[container]
            while child < stop:
                found.append(child)
                child = nodes.after[child]
            self._members[container] = found
        return found

    @cached_property
    def comments(self) -> list[Comment]:
        """All comments, in order: a `#` after a blank or at a line's start, outside values."""
        return list(self._comments())

    def _comments(self) -> Iterator[Comment]:
        text, nodes = self.source.text, self.nodes
        at = 0
        for index in range(len(nodes.kind)):
            if nodes.kind[index] not in (MAPPING, SEQUENCE, EMPTY):
                start = nodes.start[index]
                yield from self._comments_between(at, start)
                if nodes.kind[index] == BLOCK:  # its first line may hold one
                    header = text.find("\n", start)
                    header = len(text) if header < 0 else header
                    yield from self._comments_between(start, min(header, nodes.end[index]))
                at = max(at, nodes.end[index])
        yield from self._comments_between(at, len(text))

    def _comments_between(self, start: int, stop: int) -> Iterator[Comment]:
        text = self.source.text
        at = text.find("#", start, stop)
        while at >= 0:
            line = self.source.line_starts[self.source.position(at)[0] - 1]
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if at == 0 or text[at - 1] in " \t\r\n":
                own = not text[line:at].strip()
                yield Comment(self.source.span(at, at + len(text[at:end].rstrip())), own_line=own)
            at = text.find("#", end, stop)

    def ids_in_text(self) -> list[str]:
        """Find ids by their look alone, for a file that cannot be parsed."""
        return _ID.findall(self.source.text)


def _parse(source: Source) -> Parsed:
    from smartplan.text.parse import parse  # most plans can do without it

    return parse(source)
