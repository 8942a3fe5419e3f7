"""What one pass of the parser gives: plain data, and where every key and value stands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from smartplan.text.finding import Finding
    from smartplan.text.scalar import Value

SCALAR, MAPPING, SEQUENCE, ALIAS, EMPTY, QUOTED, BLOCK = range(7)


@dataclass(slots=True)
class Nodes:
    """Where every key and value of a text stands, in the order of the text.

    For node i, `start[i]` and `end[i]` are offsets (end exclusive, without trailing blanks and
    comments), `after[i]` is the index of the first node that is not inside it, `kind[i]` one of
    SCALAR (plain), QUOTED, BLOCK, MAPPING, SEQUENCE, ALIAS, EMPTY. A key is a node
    too; its text is in `keys`.
    """

    start: array[int] = field(default_factory=lambda: array("i"))
    end: array[int] = field(default_factory=lambda: array("i"))
    after: array[int] = field(default_factory=lambda: array("i"))
    kind: bytearray = field(default_factory=bytearray)
    keys: dict[int, str] = field(default_factory=dict)
    aliases: dict[int, int] = field(default_factory=dict)
    merges: dict[int, list[int]] = field(default_factory=dict)

    def add(self, kind: int, start: int, end: int) -> int:
        """Append a node and give its index."""
        index = len(self.kind)
        self.kind.append(kind)
        self.start.append(start)
        self.end.append(end)
        self.after.append(index + 1)
        return index


class Parsed(NamedTuple):
    """What one pass gave: plain data, the places, and what is wrong with the text."""

    data: Value
    nodes: Nodes
    findings: tuple[Finding, ...]
    broken: bool
