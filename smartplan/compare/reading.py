"""Reads one value for comparing: two spellings of one thing are equal. Never refuses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartplan.plan import grammar
from smartplan.text.scalar import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from smartplan.compare.shapes import Shape


def read(value: Any, shape: Shape | None) -> Any:
    """Read a value as its field reads it; text that is no such value stays text.

    Returns:
        Money for amounts, Decimal for numbers, a tuple of int for years, a tuple of text for a
        ranked list, `true` or `false` for flags, otherwise text with its paragraphs unwrapped.
    """
    kind = shape.value if shape else ""
    if isinstance(value, list):
        return years(value) if kind == "years" else tuple(read(one, shape) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, dict):
        return None if value is None else str(value)
    return _scalar(str(value), kind)


def _scalar(text: str, kind: str) -> Any:
    found: Any = None
    if kind == "money":
        amount = grammar.money(text)
        found = amount if isinstance(amount, grammar.Money) else None
    elif kind in ("number", "count"):
        found = number(text)
    elif kind == "period":
        found = grammar.period(text)
    return paragraphs(text) if found is None else found


def years(values: list[Any]) -> tuple[Any, ...]:
    """Read a list of years and ranges as the set of its years; what is no year stays text."""
    found: set[int] = set()
    other: list[str] = []
    for value in values:
        span = grammar.year_range(str(value))
        if span is None:
            other.append(str(value))
        else:
            found.update(range(min(span[:2]), max(span[:2]) + 1))
    return (*sorted(found), *sorted(other))


def number(value: Any) -> Decimal | None:
    """Read a number in either way of writing decimals; none if it is none."""
    if not isinstance(value, str):
        return None
    found = grammar.quantity(str(value))
    if found is None:
        return None
    return found.value


def paragraphs(text: str) -> str:
    """Unwrap a text: line ends inside a paragraph are layout, a blank line parts paragraphs."""
    if "\n" not in text:
        return " ".join(text.split())
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        words = line.split()
        if words:
            found[-1].extend(words)
        elif found[-1]:
            found.append([])
    return "\n\n".join(" ".join(words) for words in found if words)


def text_key(key: str) -> str:
    """Read a key that may be a period; any other stays as it is."""
    return (grammar.period(key) or key) if not isinstance(key, Number) else str(key)
