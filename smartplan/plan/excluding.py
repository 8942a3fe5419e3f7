"""Which files a plan leaves out: `checks.exclude`, known before anything else is read."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.text.document import Document


def excluded(documents: Iterable[Document], paths: Iterable[str], root: str) -> set[str]:
    """Give the paths that the patterns of a plan's files leave out.

    Args:
        documents: files of the plan; those without patterns say nothing.
        paths: as `Source.path`.
        root: the folder of the plan, as it begins the paths; patterns are relative to it.
    """
    patterns = [str(each) for one in documents for each in _patterns(one)]
    return {
        path
        for path in (paths if patterns else ())
        if any(fnmatch(path.removeprefix(f"{root}/"), each) for each in patterns)
    }


def _patterns(document: Document) -> list[Any]:
    checks = document.data.get("checks") if isinstance(document.data, dict) else None
    patterns = checks.get("exclude") if isinstance(checks, dict) else None
    return patterns if isinstance(patterns, list) else [patterns] if patterns else []
