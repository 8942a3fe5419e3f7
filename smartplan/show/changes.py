"""Changes of a plan for people at a screen: grouped by weight and item, money last.

Signs and words say everything; colours only help. What stands in a plan is cleaned before it
reaches a terminal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare import names as called
from smartplan.compare.change import AMENDMENT, INVALID, SIGNIFICANT
from smartplan.compare.glance import of_change
from smartplan.compare.impact import impact, tally
from smartplan.compare.names import Names
from smartplan.compare.prose import shortened, word_by_word
from smartplan.compare.selection import by_weight, groups, items_in, unreadable
from smartplan.compare.taxonomy import RULES
from smartplan.show.terminal import BOLD, DIM, clean, paint, tame
from smartplan.words.changes import ARROW, INVENTED, Teller, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.compare.change import Change, Op
    from smartplan.compare.differ import Difference
    from smartplan.compare.impact import Axis, Line
    from smartplan.compare.selection import Group, Selection
    from smartplan.words.speaker import Speaker

WIDTH = 80
"""Columns of a pipe; a terminal has its own."""
LABEL = 30
"""The most columns of a field's label."""
LONGEST = 240
"""The most characters of a value that are shown."""
NAMED = 4
"""The most users of an item that are named."""

MARKS: dict[Op, str] = {
    "add": "+",
    "remove": "−",
    "set": "~",
    "move": "↕",
    "rename": "=",
    "reorder": "↕",
    "comment": "#",
    "format": "·",
}
UNNAMED = {"fund": "source", "dimension": "dimension", "agency": "agency"}
"""Labels of what stands under no source, dimension or agency."""
GREEN, RED = "32", "31"
STYLES = {"+": GREEN, "−": RED}
WEIGHTS = {INVALID: "31;1", AMENDMENT: "31;1", SIGNIFICANT: "33;1"}


_PAINT = re.compile(r"\033\[[0-9;]*m")


class Word(NamedTuple):
    """A word and how it is painted."""

    text: str
    style: str = ""


def text(
    difference: Difference,
    selection: Selection,
    speaker: Speaker,
    *,
    sides: tuple[str, str],
    stat: bool = False,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """Show what changed.

    Args:
        difference: the two plans.
        selection: the changes to show.
        speaker: the language.
        sides: what the two plans are called.
        stat: counts and sums instead of every change.
        width: columns that may be used.
        colour: whether to paint.
    """
    screen = _Screen(difference, selection, speaker, width, colour)
    return "\n".join(map(tame, screen.lines(sides, stat=stat))) + "\n"


@dataclass
class _Screen:
    difference: Difference
    selection: Selection
    speaker: Speaker
    width: int
    colour: bool
    titled: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)

    @cached_property
    def tell(self) -> Teller:
        return Teller(self.speaker)

    @cached_property
    def names(self) -> Names:
        return Names(self.difference.after, self.difference.before)

    def lines(self, sides: tuple[str, str], *, stat: bool) -> Iterator[str]:
        shown = self.selection.shown
        counts = self.speaker.label(
            "change.in_items",
            changes=self.tell.count("change", len(shown)),
            items=self.tell.count("item", items_in(shown)),
        )
        if not shown:
            counts = self.speaker.screen("changes.nothing")
        yield clean(f"{sides[0]} {ARROW} {sides[1]}    {counts}")
        if files := unreadable(self.difference):
            said = self.speaker.label("change.unreadable", files=", ".join(files))
            yield from ("", *self.wrapped(_words(said, RED), ""))
        yield from self.statistics() if stat else self.grouped()
        money = [] if self.selection.narrowed else list(self.money(stat=stat))
        if money:
            yield from ("", *money)
        if said := self.tell.tallied(tally(shown)):
            yield from ("", *self.wrapped(_words(said), ""))
        if any("≥" in one for one in money):
            yield self.paint(f"≥ {self.speaker.label('legend.at_least')}", DIM)
        if any(one.item and one.item.illustrative for one in shown):
            said = f"{INVENTED} {self.speaker.label('legend.illustrative')}"
            yield from self.wrapped(_words(said, DIM), "")
        if self.selection.lighter:
            said = self.speaker.screen("changes.lighter", number=self.selection.lighter)
            yield from ("", self.paint(said, DIM))

    def paint(self, said: str, style: str) -> str:
        return paint(said, style, colour=self.colour) if style else said

    def named(self, names: dict[str, str] | None, key: str) -> str:
        return self.speaker.named(names) if names else key

    # Changes

    def grouped(self) -> Iterator[str]:
        for weight, some in by_weight(self.selection.shown):
            yield ""
            number = sum(len(one.changes) for one in some)
            word = self.speaker.choice("weight", weight.word).upper()
            yield f"{self.paint(word, WEIGHTS.get(weight, BOLD))} ({number})"
            for group in some:
                yield self.heading(group)
                labels = [self.label(one) for one in group.changes]
                column = min(max(map(len, labels)), LABEL)
                for change, label in zip(group.changes, labels, strict=True):
                    yield from self.change(change, label, column)

    def heading(self, group: Group) -> str:
        """Name an item; with its title only the first time."""
        item = group.item
        identity = clean(item.id if item else group.path) or self.speaker.screen("changes.file")
        mark = f" {INVENTED}" if item and item.illustrative else ""
        first = item is not None and group.path not in self.titled
        self.titled.add(group.path)
        title = clean(item.title) if item and first and item.title != item.id else ""
        room = self.width - len(identity) - len(mark) - 4
        return f"  {self.paint(identity, BOLD)}{mark}  {cut(title, room)}".rstrip()

    def label(self, change: Change) -> str:
        """Say what changed: the field, else what happened to the item; with the inner item's id."""
        said = self.tell.field(change) or self.tell.rule(change.rule, RULES[change.rule].says)
        inner = change.within is not None and change.item is not None
        return clean(f"{change.item.id} {said}" if inner and change.item else said)

    def change(self, change: Change, label: str, column: int) -> Iterator[str]:
        mark = MARKS[change.op]
        painted = self.paint(mark, STYLES.get(mark, ""))
        head = f"    {painted} {cut(label, column):<{column}}  "
        indent = " " * (len("    ~   ") + column)
        *before, last = self.wrapped(self.values(change), indent, head)
        yield from before
        yield from self.with_remarks(change, last, indent)
        for said in self.notes(change):
            yield from self.wrapped(_words(said, DIM), indent)

    def values(self, change: Change) -> list[Word]:
        """Say the two values; of long texts only the words that differ."""
        if is_prose(change.old) and is_prose(change.new):
            return list(_marked(str(change.old), str(change.new)))
        return _words(cut(self.sides(change), LONGEST))

    def with_remarks(self, change: Change, line: str, indent: str) -> Iterator[str]:
        """Say what is to be said beside the values: on their line if it fits, else below."""
        english = RULES[change.rule].says
        said = ", ".join(self.tell.remarks(change, english))
        style = "" if change.better is None else GREEN if change.better else RED
        words = _words(said, style)
        if not said:
            yield line
        elif len(_PAINT.sub("", line)) + 3 + len(said) <= self.width:
            yield f"{line}   {' '.join(self.paint(*one) for one in words)}"
        else:
            yield line
            yield from self.wrapped(words, indent)

    def sides(self, change: Change) -> str:
        seen = of_change(change, self.difference)
        if seen is None:
            linked = _Linked(change, self.names)
            return linked.said(self.tell)
        parts = [
            self.speaker.years(seen.years) if seen.years else "",
            self.tell.cost(seen.amount.rupiah, seen.amount.unknown) if seen.amount else "",
            self.names.agency(seen.agency) if seen.agency else "",
            self.named(self.names.dimensions.get(seen.dimension), seen.dimension),
        ]
        inner = change.within is not None and change.item is not None
        title = seen.item.title if inner and seen.item.title != seen.item.name.key else ""
        return " · ".join(filter(None, (title, *parts)))

    def notes(self, change: Change) -> Iterator[str]:
        """Say what a reader should do or know besides."""
        if change.rule == "action-rename-undeclared":
            yield self.speaker.label("change.rename_hint", old=change.old, new=change.new)
        elif change.hint and change.op == "remove" and change.item:
            yield self.speaker.label("change.look_alike", hint=change.hint, id=change.item.id)
        inside = {one.id for one in (change.within, change.item) if one}
        users = [one for one in map(_key, change.used_by) if one not in inside]
        item = change.item.id if change.item else ""
        if users and change.weight >= SIGNIFICANT and item not in self.noted:
            self.noted.add(item)
            more = len(users) - NAMED
            listed = ", ".join(users[:NAMED]) + (f", … (+{more})" if more > 0 else "")
            yield self.speaker.label("change.used_by", items=listed)

    def wrapped(self, words: Sequence[Word], indent: str, head: str | None = None) -> Iterator[str]:
        """Lay words into lines; the first begins with a head as wide as the indent."""
        line, used = head if head is not None else indent, len(indent)
        begun = False
        for word in words:
            if begun and used + 1 + len(word.text) > self.width:
                yield line.rstrip()
                line, used, begun = indent, len(indent), False
            if begun:
                line, used = f"{line} ", used + 1
            line += self.paint(word.text, word.style) if word.text else ""
            used += len(word.text)
            begun = True
        yield line.rstrip()

    # Sums

    def statistics(self) -> Iterator[str]:
        """Count the changes of each item by weight."""
        yield ""
        found = groups(self.selection.shown)
        names = [
            clean(one.item.id if one.item else one.path)
            + (f" {INVENTED}" if one.item and one.item.illustrative else "")
            for one in found
        ]
        column = max(map(len, names), default=0)
        for group, name in zip(found, names, strict=True):
            weights = [one.weight for one in group.changes]
            counts = ", ".join(
                f"{weights.count(weight)} {self.speaker.choice('weight', weight.word).lower()}"
                for weight in sorted(set(weights), reverse=True)
            )
            title = clean(group.item.title) if group.item else ""
            room = self.width - column - len(counts) - 6
            title = cut(title, room) if title != name else ""
            yield f"  {name:<{column}}  {title:<{max(room, 0)}}  {counts}".rstrip()

    def money(self, *, stat: bool) -> Iterator[str]:
        """Say what the changes cost."""
        lines = [one for one in impact(self.difference.before, self.difference.after) if moved(one)]
        if not lines:
            return
        whole = self.difference.whole
        title = self.speaker.label("change.budget")
        total = next((one for one in lines if one.axis == "total"), None)
        if total is None:
            yield f"{self.paint(title, BOLD)}  {self.speaker.label('change.same_total')}"
        else:
            yield f"{self.paint(title, BOLD)}  {self.line(total, both=whole)}"
        pad = "  " if stat else " " * (len(title) + 2)
        for axis in ("year", "fund", "dimension", "agency"):
            some = [one for one in lines if one.axis == axis]
            if stat and some:
                yield from self.table(axis, some, whole=whole)
            elif axis == "year" or (total is None and some):
                words = [f"{self.key(one)} {self.more(one)}" for one in some]
                yield from self.wrapped([Word(clean(f"{one}  ")) for one in words], pad)
        if not whole:
            yield from self.wrapped(_words(self.speaker.screen("changes.deltas"), DIM), pad)

    def line(self, line: Line, *, both: bool) -> str:
        """Say an amount before and after, and the difference."""
        if not both:
            return clean(self.more(line))
        old, new = (self.tell.amount(one.rupiah, one.unknown) for one in (line.old, line.new))
        share = f" ({self.tell.percent(line.percent)})" if line.percent else ""
        more = f"   {self.more(line)}{share}" if line.delta else ""
        return clean(f"{old} {ARROW} {new}{more}")

    def more(self, line: Line) -> str:
        """Say how much more or less; of a line that only became unknown, that it is unknown."""
        return self.tell.money(line.delta) if line.delta else self.speaker.unset

    def table(self, axis: Axis, lines: Sequence[Line], *, whole: bool) -> Iterator[str]:
        yield f"  {self.paint(self.speaker.label(f'change.axis.{axis}'), BOLD)}"
        keys = [cut(self.key(one), LABEL) for one in lines]
        column = max(map(len, keys))
        for key, line in zip(keys, lines, strict=True):
            said = f"    {key:<{column}}  {self.line(line, both=whole)}"
            sides, gap, more = said.rpartition("   ")
            if gap and len(said) > self.width:
                yield from (sides, f"    {'':<{column}}  {more}")
            else:
                yield said

    def key(self, line: Line) -> str:
        """Name a year, a source, a dimension or an agency."""
        if not line.key:
            return self.speaker.label(f"open.{UNNAMED[line.axis]}")
        if line.axis == "fund":
            return self.named(called.funds().get(line.key), line.key)
        if line.axis == "dimension":
            return clean(self.named(self.names.dimensions.get(line.key), line.key))
        return clean(self.names.agency(line.key) if line.axis == "agency" else line.key)


class _Linked:
    """The values of a change with the names of what they refer to."""

    def __init__(self, change: Change, names: Names) -> None:
        self.change = change
        self.linked = tuple(names.link(change, one) for one in (change.old, change.new))

    def said(self, tell: Teller) -> str:
        change, (old, new) = self.change, self.linked
        if (old, new) == (change.old, change.new):
            return tell.sides(change)
        before = "" if change.op == "add" else tell.value(change, old)
        after = "" if change.op == "remove" else tell.value(change, new)
        return f" {ARROW} ".join(filter(None, (before, after)))


def moved(line: Line) -> bool:
    """Tell whether an amount differs, or what is known of it."""
    return line.old != line.new


def _marked(old: str, new: str) -> Iterable[Word]:
    """Give two texts as one: `[-` what went `-]`, `{+` what came `+}`, with a little around."""
    signs = {"gone": ("[-", "-]", RED), "came": ("{+", "+}", GREEN)}
    for piece in shortened(word_by_word(old, new)):
        before, after, style = signs.get(piece.kind, ("", "", ""))
        yield from _words(f"{before}{piece.text}{after}", style)


def _words(said: str, style: str = "") -> list[Word]:
    """Part a text where a line may break: not inside an amount."""
    return [Word(clean(one), style) for one in re.split(r"[ \t\r\n]+", said) if one]


def _key(path: str) -> str:
    """Give the id in the path of an item."""
    return path.partition("[")[2].removesuffix("]") or path


def cut(said: str, room: int) -> str:
    """Shorten a text to some columns."""
    return said if len(said) <= room else f"{said[: max(room - 1, 0)].rstrip()}…"
