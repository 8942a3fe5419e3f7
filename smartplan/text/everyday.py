"""The fast lane of reading: the data of a file in everyday YAML, several times as fast.

Nearly all that stands in a plan is written in a small part of YAML: mappings and lists in lines,
plain and quoted text on one line, block texts, short lists and mappings in brackets. This reads
just that, line by line, and gives up at the first thing that it is not sure of: an anchor, a tag,
an escape, a text that runs over lines, a tab, anything that a message might be needed for. Then
`parse` reads the file, which knows all of YAML and every place. What is read here is the very
data that `parse` would give, and `parse` would have nothing to say of it
(`tests/text/test_everyday.py` holds the two against each other).
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

from smartplan.text.scalar import plain_value

if TYPE_CHECKING:
    from smartplan.text.scalar import Value

_MOST = 8_000_000
"""Characters of a file; a larger one might hold more values than `parse` allows."""
_DEEPEST = 20

_ANY_KEY = r"""(\w[\w ./(){}-]{{0,99}}(?<! )|"[^"\\\n]{{1,99}}"):"""
_KEY = _ANY_KEY.format("")
_KEY_OF_LINE = _ANY_KEY.format(",'<>%")  # in brackets a comma ends it
_LINE = re.compile(
    r"( *)(- +)?"  # 1 indentation, 2 an item of a list
    rf"(?:{_KEY_OF_LINE}(?: +|(?=\n)))?"  # 3 a key
    r"(?:([|>]-?)\n( +)(?=\S)([^\n]*\n(?:\5\S[^\n]*\n|\n)*)"  # 4 to 6 a block text
    r"|([^\n]*)\n)"  # 7 what stands on the line
)
_CUT_OFF = re.compile(r" #[0-9A-Za-z]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_QUOTED = re.compile(r"""(?:"([^"\\]*)"|'([^']*)') *(?: #.*)?""")
_LINE_END = re.compile(r" *(?: #.*)?")
_PARAGRAPHS = re.compile(r"\n(\n*)")

_ENTRY = re.compile(  # a scalar in brackets, and what ends it; it is never tried again shorter
    rf""" *(?:{_KEY} +)?(?:"([^"\\]*)" *|'([^']*)' *|"""
    r"""((?!-[^0-9])[^\s\[\]{},:#&*!|>'"%@`?][^\[\]{},:#"'&*?]*+))([,\]}])"""
)
_INNER = re.compile(rf" *(?:{_KEY} +)?([\[{{])")
_NAMES = re.compile(r"\[\w[\w.-]*(?:, \w[\w.-]*)*\]")  # the lists that stand most often
_CLOSED = re.compile(r" *([,\]}])")


class _Unsure(Exception):  # noqa: N818  # says to read the file in the other way, is no error
    """Something is not everyday YAML."""


def everyday(text: str) -> dict[str, Value] | None:
    """Read a file in everyday YAML; none if it is not, or holds no mapping."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if len(text) > _MOST or not text.replace("\n", "").isprintable():
        return None
    if " #" in text and _CUT_OFF.search(text):
        return None
    try:
        return _lines(text.removeprefix("---\n")) or None
    except _Unsure:
        return None


class _Outline:
    """The mapping or list that a line belongs to, and those that it stands in."""

    def __init__(self) -> None:
        self.top: dict[str, Value] = {}
        self.container: Any = self.top
        self.column = 0
        """Where the keys or the dashes of the container stand."""
        self.above: list[tuple[Any, int]] = []
        self.waiting = ""
        """The key of the line before, if its value may stand below it."""

    def reach(self, at: int, dash: str, key: str) -> Any:  # noqa: ANN401  # a mapping or a list
        """Go to the container of a line by its indentation, its dash and its key."""
        if self.waiting:
            if at > self.column or (dash and at == self.column):
                value: Any = [] if dash else {}
                self.container[self.waiting] = value
                self.enter(value, at)
            self.waiting = ""
        while at < self.column:
            self.container, self.column = self.above.pop()
        if not dash and type(self.container) is list:
            self.container, self.column = self.above.pop()
        if at != self.column or (dash and type(self.container) is dict):
            raise _Unsure
        if dash and key:
            item: Any = {}
            self.container.append(item)
            self.enter(item, at + len(dash))
        return self.container

    def enter(self, container: Any, column: int) -> None:  # noqa: ANN401  # a mapping or a list
        if len(self.above) > _DEEPEST:
            raise _Unsure
        self.above.append((self.container, self.column))
        self.container, self.column = container, column


def _lines(text: str) -> dict[str, Value]:
    ended = text.endswith("\n")
    outline = _Outline()
    for indent, dash, key, style, pad, block, rest in _LINE.findall(text if ended else text + "\n"):
        if not (dash or key):
            if style or (indent if not rest else rest[0] != "#"):
                raise _Unsure
            continue
        container = outline.reach(len(indent), dash, key)
        value: Value = None
        if style:
            if len(pad) <= outline.column or not (ended or style.endswith("-")):
                raise _Unsure
            value = _block(style, pad, block)
        elif rest and rest[0] != "#":
            value = _value(rest)
        elif key:
            outline.waiting = key.strip('"')
        if key:
            _set(container, key, value)
        elif rest or style:
            container.append(value)
        else:
            raise _Unsure
    return outline.top


def _set(data: dict[str, Value], key: str, value: Value) -> None:
    if key[0] == '"':
        key = key[1:-1]
    if key in data:
        raise _Unsure
    data[intern(key)] = value  # a few names, thousands of times


def _block(style: str, pad: str, text: str) -> str:
    """Give a block text of which no line stands further in than the first."""
    text = text.rstrip("\n").replace("\n" + pad, "\n")
    if style[0] == ">":
        text = _PARAGRAPHS.sub(lambda breaks: breaks[1] or " ", text)
    return text if style.endswith("-") else text + "\n"


def _value(text: str) -> Value:
    """Read what stands on the line behind a key or a dash."""
    first = text[0]
    if first not in _INDICATORS or (first == "-" and text[1:2].isdigit()):
        if " #" in text:
            text = text[: text.index(" #")]
        text = text.rstrip()
        if ": " in text or text[-1] == ":":
            raise _Unsure
        return plain_value(text)
    if first in "\"'":
        if (match := _QUOTED.fullmatch(text)) is None:
            raise _Unsure
        return match[1] or match[2] or ""
    if first not in "[{":
        raise _Unsure
    if _NAMES.fullmatch(text):
        return [plain_value(one) for one in text[1:-1].split(", ")]
    value, end = _flow(text, 1, "]" if first == "[" else "}", 0)
    if not _LINE_END.fullmatch(text, end):
        raise _Unsure
    return value


def _flow(text: str, at: int, closer: str, depth: int) -> tuple[Value, int]:
    """Read what stands in brackets or braces from `at` on, and where it ends."""
    items: list[Value] = []
    data: dict[str, Value] = {}
    ended = ","
    if text[at : at + 1] == closer:
        ended, at = closer, at + 1
    while ended == ",":
        value: Value
        if match := _ENTRY.match(text, at):
            key, double, single, plain, ended = match.groups()
            at = match.end()
            if plain is None:
                value = double or single or ""
            elif ended == "," and plain[-1].isdigit() and text[at : at + 1] in "-0123456789":
                raise _Unsure  # perhaps a decimal comma
            else:
                value = plain_value(plain.rstrip())
        else:
            key, value, ended, at = _inner(text, at, depth)
        if closer == "]" and key is None:
            items.append(value)
        elif closer == "}" and key is not None:
            _set(data, key, value)
        else:
            raise _Unsure
    if ended != closer:
        raise _Unsure
    return items if closer == "]" else data, at


def _inner(text: str, at: int, depth: int) -> tuple[str | None, Value, str, int]:
    """Read brackets in brackets: their key, what is in them, what follows, where that ends."""
    opened = _INNER.match(text, at)
    if opened is None or depth > _DEEPEST:
        raise _Unsure
    value, at = _flow(text, opened.end(), "]" if opened[2] == "[" else "}", depth + 1)
    if (match := _CLOSED.match(text, at)) is None:
        raise _Unsure
    return opened[1], value, match[1], match.end()
