"""Findings for machines: one function a format, one dict of formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartplan.show.formats import as_annotations, as_code_quality, as_junit
from smartplan.show.json_text import json_text
from smartplan.show.sarif import as_sarif
from smartplan.show.terminal import suggestion, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker

SCHEMA = 1


def as_json(findings: Sequence[Finding], speaker: Speaker, facts: dict[str, Any]) -> str:
    """Write findings as JSON (schema 1) with totals; `facts` say what was read."""
    levels = {str(level): number for level, number in totals(findings).items()}
    report = {
        "schema": SCHEMA,
        "language": speaker.language,
        **facts,
        "totals": levels,
        "findings": [_entry(finding, speaker) for finding in findings],
    }
    return json_text(report)


def _entry(finding: Finding, speaker: Speaker) -> dict[str, Any]:
    span, remark = finding.span, finding.remark
    end_line, end_column = span.end_position
    subject = remark.subject
    args = {key: _plain(value) for key, value in remark.args.items()}
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "level": str(finding.level),
        "file": span.source.path,
        "line": span.line,
        "column": span.column,
        "end": {"line": end_line, "column": end_column},
        "entity": {"kind": subject.kind, "id": subject.id, "title": subject.title}
        if subject
        else None,
        "path": remark.path,
        "seen": args.get("seen"),
        "allowed": args.get("allowed"),
        "suggestion": args.get("suggestion") or None,
        "hint": suggestion(finding, speaker) or None,
        "message": speaker.say(finding),
        "related": [
            {"label": label, "file": other.source.path, "line": other.line, "column": other.column}
            for label, other in remark.related
        ],
        "fix": _fix(finding, speaker),
        "fingerprint": finding.fingerprint,
    }


def _fix(finding: Finding, speaker: Speaker) -> dict[str, Any]:
    fix = finding.remark.fix
    edits = [
        {
            "line": edit.span.line,
            "column": edit.span.column,
            "end": dict(zip(("line", "column"), edit.span.end_position, strict=True)),
            "new": edit.new,
        }
        for edit in (fix.edits if fix else ())
    ]
    return {"text": speaker.remedy(finding.code), "safe": fix.safe if fix else None, "edits": edits}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


FORMATS: dict[str, Callable[[Sequence[Finding], Speaker, dict[str, Any]], str]] = {
    "json": as_json,
    "github": as_annotations,
    "gitlab": as_code_quality,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""Formats of findings besides `text`."""
