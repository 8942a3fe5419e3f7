"""The next free id of a kind: in the pattern that the plan uses, past every id that is known."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBERED = re.compile(r"(.*?)(\d+)")
WIDTH = 2
"""Digits of a number where no sibling shows how many: `GOV-01`."""


def next_id(siblings: Sequence[str], taken: Iterable[str], otherwise: str) -> str:
    """Give the id of a new item.

    Args:
        siblings: ids of items like it, such as the actions of its dimension.
        taken: every id that is in use anywhere, on other branches too.
        otherwise: how an id begins where no sibling bears a number, such as `GOV-`.
    """
    used = {one.casefold() for one in taken} | {one.casefold() for one in siblings}
    numbered = [match for one in siblings if (match := _NUMBERED.fullmatch(one))]
    begins = Counter(match[1] for match in numbered).most_common(1)
    prefix = begins[0][0] if begins else otherwise
    widths = [len(match[2]) for match in numbered if match[1] == prefix]
    pattern = re.compile(re.escape(prefix.casefold()) + r"(\d+)")
    numbers = [int(match[1]) for one in used if (match := pattern.fullmatch(one))]
    number = max(numbers, default=0) + 1
    return f"{prefix}{number:0{max(widths, default=WIDTH if not begins else 1)}}"
