"""Small plans made of text, for tests: sources, plans and findings without a disk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from smartplan.plan.load import load
from smartplan.rules.check import check
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smartplan.plan.plan import Plan
    from smartplan.rules.check import Checked
    from smartplan.text.finding import Finding

TODAY = date(2026, 11, 24)

HEADER = """\
plan:
  id: contoh-2024
  title: Masterplan Smart City Kota Kotamobagu
  stage: draft
  period: {start: 2024, end: 2028}
  taxonomy: kominfo-2021
  codes: kepmendagri-900
  city: {code: "71.74", name: Kota Kotamobagu}
"""
"""A header without a fault of form; it stands in a file of its own unless a test brings one."""

HEADER_FILE = "00-plan.yaml"


def read(text: str) -> Document:
    """Parse one text."""
    return Document.read(Source("plan.yaml", text))


def data(text: str) -> Any:  # noqa: ANN401  # any YAML
    """Give the plain data of one text."""
    return read(text).data


def sources_of(files: Mapping[str, str]) -> list[Source]:
    """Make sources in path order, with a header in front if no file holds one."""
    texts = dict(files)
    if not any(_has_header(text) for text in texts.values()):
        texts[HEADER_FILE] = HEADER
    return [Source(path, texts[path]) for path in sorted(texts)]


def _has_header(text: str) -> bool:
    return text.startswith("plan:") or "\nplan:" in text


def plan_of(text: str = "", **files: str) -> Plan:
    """Load a plan of one text, or of several: `plan_of(a="…", b="…")` makes a.yaml and b.yaml."""
    return load(sources_of(_named(text, files)))[0]


def check_text(text: str = "", **files: str) -> list[Finding]:
    """Give all findings of a plan of one text, or of several files."""
    return list(checked(_named(text, files)).findings)


def checked(files: Mapping[str, str], *, root: str = "") -> Checked:
    """Check a plan of several files, by their paths."""
    return check(sources_of(files), today=TODAY, root=root)


def _named(text: str, files: Mapping[str, str]) -> dict[str, str]:
    named = {f"{name}.yaml": content for name, content in files.items()}
    return {"plan.yaml": text, **named} if text else named


def form(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """Give code and line of the findings of form: how the file is written (families F and Y)."""
    return [(one.code.id, one.span.line) for one in findings if one.code.id[0] in "FY"]


def places(findings: Iterable[Finding], *codes: str) -> list[tuple[str, int]]:
    """Give code and line of the findings of some codes."""
    return [(one.code.id, one.span.line) for one in findings if one.code.id in codes]
