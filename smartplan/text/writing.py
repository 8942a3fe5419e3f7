"""Writes new YAML: one record of a collection, in a file of its own. Never rewrites a file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Content: TypeAlias = "str | Sequence[str] | Mapping[str, str]"

_PLAIN = re.compile(r"[A-Za-z][A-Za-z-]*")
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")


def scalar(text: str) -> str:
    """Write a text so that YAML reads it as that text: bare if it is one plain word."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def record(collection: str, fields: Mapping[str, Content]) -> str:
    """Write a file with one record of a collection; empty fields are left out.

    Args:
        collection: the top-level key.
        fields: text, a list of texts, or a mapping of texts, by key in the order of the file.
    """
    lines: list[str] = []
    for key, content in fields.items():
        if content:
            lines.extend(_entry(key, content))
    body = "\n    ".join(lines)
    return f"{collection}:\n  - {body}\n"


def _entry(key: str, content: Content) -> Iterator[str]:
    if isinstance(content, str):
        yield f"{key}: {scalar(content)}"
        return
    yield f"{key}:"
    if hasattr(content, "items"):
        yield from (f"  {scalar(name)}: {scalar(one)}" for name, one in content.items())
    else:
        yield from (f"  - {scalar(one)}" for one in content)
