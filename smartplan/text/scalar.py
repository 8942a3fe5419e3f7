"""What an unquoted scalar means: YAML 1.2 core, but a number stays the text that was written.

Only the field that reads a number knows whether `71.10` is a code.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = "str | bool | list[Value] | dict[str, Value] | None"


class Number(str):
    """The text of an unquoted number, as it was written: `2026`, `71.10`, `1e3`."""

    __slots__ = ()

    def __deepcopy__(self, memo: object) -> Number:
        """Stay the same object, by which the loader finds the place of a value again."""
        return self


_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
_NUMBER_BEGINS = frozenset("+-.0123456789")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def plain_value(text: str) -> str | bool | None:
    """Give what the text of a plain scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_BEGINS and (
        (text.isdecimal() and text.isascii()) or _NUMBER.fullmatch(text)
    ):
        return Number(text)
    return text
