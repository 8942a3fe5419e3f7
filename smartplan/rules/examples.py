"""Examples of codes: a plan in which a code is found, and one in which it is not.

They are the cases that the tests run (`tests/rules/*.md`), so that no example can be out of date;
the wheel carries the pages. Codes of form, of requests and of git have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_SECTION = re.compile(r"^## \S+ \((?P<code>\S+)\)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```yaml(?: also (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_MARK = re.compile(r" *# (?:error|warning|info): \[(?P<names>[^\]]*)\]$", re.MULTILINE)

HEADER = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Examples:
    """What a code is found in, and what it is not found in: the text of each file by its name."""

    found: Mapping[str, str]
    clean: Mapping[str, str]


def pages() -> Traversable:
    """Give the folder of the cases: the installed one, else that of the checkout."""
    installed = files("smartplan") / "cases"
    if installed.is_dir():
        return installed
    return Path(__file__).parents[2] / "tests" / "rules"


@cache
def examples(code: str, name: str) -> Examples | None:
    """Give the first case in which a code is found, and the first in which it is not.

    The line where it is found ends in `# ← CODE`; marks of other codes are left out.
    """
    for page in sorted(pages().iterdir(), key=lambda one: one.name):
        if page.name.endswith(".md") and f"({code})" in (text := page.read_text("utf-8")):
            cases = list(_cases(text, code))
            found = next((one for one in cases if _names(one, name)), {})
            clean = next((one for one in cases if not _names(one, name)), {})
            return Examples(_shown(found, code, name), _shown(clean, code, name))
    return None


def _cases(text: str, code: str) -> Iterator[dict[str, str]]:
    """Give the cases of a section, each as its files."""
    heads = list(_SECTION.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        if head["code"] != code:
            continue
        case: dict[str, str] = {}
        for block in _BLOCK.finditer(
            text, head.end(), following.start() if following else len(text)
        ):
            if block["file"] is None and case:
                yield case
                case = {}
            case[block["file"] or HEADER] = block["text"]
        yield case


def _names(case: Mapping[str, str], name: str) -> bool:
    marks = (match["names"] for text in case.values() for match in _MARK.finditer(text))
    return any(name in (one.strip() for one in names.split(",")) for names in marks)


def _shown(case: Mapping[str, str], code: str, name: str) -> dict[str, str]:
    def mark(match: re.Match[str]) -> str:
        return f"   # ← {code}" if name in match["names"] else ""

    return {file: _MARK.sub(mark, text) for file, text in case.items()}
