"""JSON as text that is safe wherever it is shown."""

from __future__ import annotations

import json
import re
from typing import Any

_ODD = re.compile(r"##(?=\w*\[)|[^\x00-\x7e]")


def json_text(data: Any) -> str:  # noqa: ANN401  # whatever JSON can hold
    """Write JSON for people to read: letters as they are, what steers a screen or a log escaped.

    A reader of JSON finds the same text in it.
    """
    return _ODD.sub(_escaped, json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """Escape a sign that nobody sees, and the beginning of a command such as `##[error]`."""
    text = found[0]
    if text == "##":
        return r"#\u0023"
    return text if text.isprintable() else json.dumps(text)[1:-1]
