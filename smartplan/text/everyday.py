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
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from smartplan.text.scalar import plain_value

if TYPE_CHECKING:
    from smartplan.text.scalar import Value

_MOST = 8_000_000
"""Characters of a file; a larger one might hold more values than `parse` allows."""
_DEEPEST = 20

_ANY_KEY = r"""(\w[\w ./(){}-]{{0,99}}(?<! )|"[^"\\\n]{{1,99}}"):"""
_KEY = _ANY_KEY.format("")
_KEY_OF_LINE = _ANY_KEY.format(",'<>%")  # in brackets a comma ends it
LINE = re.compile(
    r"( *)(- +)?"  # 1 indentation, 2 an item of a list
    rf"(?:{_KEY_OF_LINE}(?: +|$))?"  # 3 a key
    r"(.*)"  # 4 what stands on the line
)
BLOCK_SIGNS = frozenset(("|", ">", "|-", ">-"))
_CUT_OFF = re.compile(r" #[0-9A-Za-z]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_QUOTED = re.compile(r"""(?:"([^"\\]*)"|'([^']*)') *(?: #.*)?""")
_LINE_END = re.compile(r" *(?: #.*)?")
_BREAKS = re.compile(r"\n(\n*)")

ENTRY = re.compile(  # a scalar in brackets, and what ends it; it is never tried again shorter
    rf""" *(?:{_KEY} +)?(?:"([^"\\]*)" *|'([^']*)' *|"""
    r"""((?!-[^0-9])[^\s\[\]{},:#&*!|>'"%@`?][^\[\]{},:#"'&*?]*+))([,\]}])"""
)
INNER = re.compile(rf" *(?:{_KEY} +)?([\[{{])")
_NAMES = re.compile(r"\[\w[\w.-]*(?:, \w[\w.-]*)*\]")  # the lists that stand most often
CLOSED = re.compile(r" *([,\]}])")


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
        found = _lines(text.removeprefix("---\n").split("\n"))
    except _Unsure:
        return None
    return found if isinstance(found, dict) else None


class _Line(NamedTuple):
    """What a line says.

    Attributes:
        column: where it begins.
        inside: where what stands behind its dash begins; 0 if it has none.
        key: its key; empty if it has none.
        value: what stands on it.
        opens: the sign of a block text that follows, or `:` if a value may stand below its key.
    """

    column: int
    inside: int
    key: str
    value: Value
    opens: str


@lru_cache(maxsize=4096)
def _line(text: str) -> _Line | None:
    """Read a line; none if it is a comment.

    Of the lines of a plan most stand there many times. They share their values; nobody changes
    these.
    """
    match = LINE.fullmatch(text)
    if match is None:
        raise _Unsure
    indent, dash, key, rest = match.groups()
    if not (dash or key):
        if rest[:1] != "#":
            raise _Unsure
        return None
    column = len(indent)
    inside = column + len(dash) if dash else 0
    name = intern(key.strip('"')) if key else ""
    if rest in BLOCK_SIGNS:
        return _Line(column, inside, name, None, rest)
    if rest and rest[0] != "#":
        return _Line(column, inside, name, _value(rest), "")
    if not (key or rest):
        raise _Unsure
    return _Line(column, inside, name, None, ":" if key else "")


def _lines(lines: list[str]) -> Value:  # noqa: C901  # a call for each line takes long
    """Put what the lines say into mappings and lists, by where they begin."""
    around: dict[str, Value] = {}
    container: Any = around  # a mapping or a list, with its keys or its dashes in this column
    column = -1
    above: list[tuple[Any, int]] = []
    opened: Any
    waiting = "file"  # the key of the line before, if its value may stand below it
    passed = 0
    for number, line in enumerate(lines):
        if not line or number < passed or (said := _line(line)) is None:
            continue
        at, inside, key, value, opens = said
        if waiting and (at > column or (inside and at == column)):
            container[waiting] = opened = [] if inside else {}
            above.append((container, column))
            container, column = opened, at
        while at < column:
            container, column = above.pop()
        if not inside and type(container) is list:
            container, column = above.pop()
        if at != column or (inside and type(container) is dict):
            raise _Unsure
        if inside and key:
            container.append(opened := {})
            above.append((container, column))
            container, column = opened, inside
        waiting = key if opens == ":" else ""
        if opens and not waiting:
            value, passed = _block(opens, lines, number + 1, column)
        if not key:
            container.append(value)
        elif key in container or len(above) > _DEEPEST:
            raise _Unsure
        else:
            container[key] = value
    return around.get("file")


def _block(sign: str, lines: list[str], start: int, column: int) -> tuple[str, int]:
    """Read a block text of which no line stands further in than the first, and say where it ends.

    Args:
        sign: how it is written.
        lines: the lines of the file; the last one is empty if it ended with a line end.
        start: the number of its first line.
        column: where the key or the dash stands that it belongs to.
    """
    first = lines[start] if start < len(lines) else ""
    size = len(first) - len(first.lstrip(" "))
    if not column < size < len(first) or not (sign.endswith("-") or not lines[-1]):
        raise _Unsure
    pad, end = first[:size], start
    deeper = f"{pad} "
    while end < len(lines):
        line = lines[end]
        if line and (not line.startswith(pad) or line.startswith(deeper) or line == pad):
            break
        end += 1
    text = "\n".join([line[size:] for line in lines[start:end]]).rstrip("\n")
    if sign[0] == ">":
        many = "\n\n" in text
        text = _BREAKS.sub(lambda found: found[1] or " ", text) if many else text.replace("\n", " ")
    return (text if sign.endswith("-") else text + "\n"), end


def _set(data: dict[str, Value], key: str, value: Value) -> None:
    key = key.strip('"')
    if key in data:
        raise _Unsure
    data[intern(key)] = value  # a few names, thousands of times


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
        if match := ENTRY.match(text, at):
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
    opened = INNER.match(text, at)
    if opened is None or depth > _DEEPEST:
        raise _Unsure
    value, at = _flow(text, opened.end(), "]" if opened[2] == "[" else "}", depth + 1)
    if (match := CLOSED.match(text, at)) is None:
        raise _Unsure
    return opened[1], value, match[1], match.end()
