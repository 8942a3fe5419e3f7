"""Plan text as Markdown: whatever it holds, it comes out as text.

The escapes follow CommonMark 0.31 and what GitHub adds to it: tables, strikethrough, formulas,
emoji, mentions and references to issues.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

WORD_JOINER = "&#8288;"
"""Parts a sign from the word it would act on; no reader sees it."""

_SIGNS = re.compile(r"[\\`#*\[\]<>|~$&]|(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"^(\d{0,9})(=|[-+.)](?= |$)|-(?=-))")
_ACTING = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|:(?=[\d+-]*[A-Za-z_][\w+-]*:)", re.ASCII)
_BLANK = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_SAFE_IN_ADDRESS = "/:?#@!$&+,;=%~.-_"


def escape(text: object) -> str:
    """Write any text so that it reads as itself, in one line, in a sentence or a table cell."""
    line = _BLANK.sub(" ", str(text)).strip(" ")
    line = _SIGNS.sub(r"\\\g<0>", line)
    line = _ACTING.sub(rf"\g<0>{WORD_JOINER}", line)
    return _START.sub(r"\1\\\2", line)


def tidy(text: str) -> str:
    """Leave one blank line between blocks, whichever of them a plan has, and none at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def address(url: object) -> Markup | None:
    """Give an address as the target of a link, in Markdown and in HTML alike.

    Returns:
        None for anything but http and https: what else there is may run.
    """
    text = str(url).strip()
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an unclosed bracket around a host
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    quoted = quote(text, safe=_SAFE_IN_ADDRESS)
    return Markup(quoted.replace("&", "&amp;"))  # noqa: S704  # no quote, bracket or blank is left


def anchor(heading: object) -> str:
    """Give the fragment under which git hosts file a heading."""
    kept = re.sub(r"[^\w\- ]", "", str(heading).strip().lower())
    return kept.replace(" ", "-")
