"""What a merge has to say: conflicts and warnings, as data and as lines for a screen.

The lines are an interface: `CONFLICT kind path  ours | theirs` and `WARNING kind path`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.merge_match import title
from smartplan.text.tree import Group, Scalar, meaning, text_of

if TYPE_CHECKING:
    from smartplan.text.tree import Entry, Meaning, Value

LONGEST = 60
"""A value in a line for the screen is cut after so many characters."""
MOST = 3
"""So many changed fields of an item are named."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What people have to decide.

    Attributes:
        path: the field or item, by ids: `actions[A-01].budget.2027`.
        kind: modify/modify, add/add, delete/modify, move/move, move/delete, order, id-collision,
            identity, text (the file could only be merged as text), or rule:… .
        base: what stood there before, in a few words; none if nothing did.
        ours: what we made of it; none if we deleted it.
        theirs: what they made of it; none if they deleted it.
        lines: first and last line in the marked text, from 1; none if it was not written.
    """

    path: str
    kind: str
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None
    lines: tuple[int, int] | None = None

    @property
    def flag(self) -> str:
        """The comment line that stands in the text where no markers can."""
        return f"# CONFLICT {self.kind} {self.path}  ours: {_side(self.ours)}, theirs: " + _side(
            self.theirs
        )

    def __str__(self) -> str:
        """Give the line for the screen."""
        return f"CONFLICT {self.kind} {self.path}  {_side(self.ours)} | {_side(self.theirs)}"


@dataclass(frozen=True, slots=True)
class Warned:
    """What was decided without asking, and should be known."""

    path: str
    kind: str
    note: str = ""

    def __str__(self) -> str:
        """Give the line for the screen."""
        return f"WARNING {self.kind} {self.path}" + (f"  {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gave.

    Attributes:
        text: the result; at conflicts with markers or flags.
        ours: the result with our value at every conflict and no mark of it.
        theirs: the same with their value.
        conflicts: what people have to decide.
        warnings: what they should know.
    """

    text: str
    ours: str
    theirs: str
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[Warned, ...] = ()


def _side(said: str | None) -> str:
    text = "deleted" if said is None else "".join(c if c.isprintable() else " " for c in said)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def say(entry: Entry | None) -> str | None:
    """Say what stands in an entry, in a few words; an item by what it is called."""
    if entry is None:
        return None
    called = title(entry)
    return said(entry.value) if called is None else _quoted(called)


def said(value: Value) -> str:
    """Say a value in a few words: text in quotes, a number as written."""
    if isinstance(value, Scalar):
        if isinstance(value.meaning, str):
            return _quoted(value.meaning)
        return value.text or "nothing"
    return json.dumps(_plain(meaning(value)), ensure_ascii=False)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(data: Meaning) -> object:
    if isinstance(data, tuple):
        return data[1]
    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else data


def changed(base: Entry, side: Entry) -> str:
    """Say what a side changed in an entry: `budget.2026: 300000 -> 500000`."""
    found = _changes(base.value, side.value, "")
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return "; ".join(found[:MOST]) + more or said(side.value)


def _changes(base: Value, side: Value, path: str) -> list[str]:
    if meaning(base) == meaning(side):
        return []
    named = isinstance(base, Group) and isinstance(side, Group) and base.kind == side.kind
    if not named:
        return [f"{path}: {said(base)} -> {said(side)}" if path else said(side)]
    assert isinstance(base, Group)  # noqa: S101  # as just asked
    assert isinstance(side, Group)  # noqa: S101
    old, new = _named(base), _named(side)
    if len(old) != sum(1 for _ in base.entries) or len(new) != sum(1 for _ in side.entries):
        return [f"{path}: {said(base)} -> {said(side)}" if path else said(side)]
    found = []
    for name in {**old, **new}:
        step = f"{path}{name}" if name.startswith("[") else f"{path}.{name}".lstrip(".")
        if name not in new:
            found.append(f"{step} deleted")
        elif name not in old:
            found.append(f"{step} added")
        else:
            found += _changes(old[name], new[name], step)
    return found


def _named(group: Group) -> dict[str, Value]:
    if group.kind == "map":
        return {one.name: one.value for one in group.entries}
    names = ((one.inner("id") or text_of(one.value), one.value) for one in group.entries)
    return {f"[{name}]": value for name, value in names if name is not None}
