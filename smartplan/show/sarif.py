"""Findings as SARIF 2.1.0, which code scanning and editors read, with fixes and fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from smartplan.show.formats import sentences
from smartplan.show.json_text import json_text
from smartplan.text.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smartplan.text.finding import Code, Finding, Fix
    from smartplan.text.source import Span
    from smartplan.words.speaker import Speaker

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(findings: Sequence[Finding], speaker: Speaker, facts: Mapping[str, Any]) -> str:
    """Write one run with the rules that were broken, and a result for each finding."""
    codes = {finding.code.id: finding.code for finding in findings}
    index = {code: number for number, code in enumerate(sorted(codes))}
    driver = {
        "name": "smartplan",
        "semanticVersion": facts["version"],
        "language": speaker.language,
        "rules": [_rule(codes[code], speaker) for code in sorted(codes)],
    }
    run = {
        "tool": {"driver": driver},
        "language": speaker.language,
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "smartplan/validate/"},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(one, speaker, index[one.code.id]) for one in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _rule(code: Code, speaker: Speaker) -> dict[str, Any]:
    why, remedy = speaker.reason(code), speaker.remedy(code)
    help_ = f"{why}\n\n{remedy}" + (f"\n\n{code.source}" if code.source else "")
    return {
        "id": code.id,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": why},
        "fullDescription": {"text": f"{why} {remedy}"},
        "help": {"text": help_, "markdown": help_},
        "defaultConfiguration": {"level": LEVELS[code.level]},
        "properties": {"tags": [code.name]},
    }


def _result(finding: Finding, speaker: Speaker, number: int) -> dict[str, Any]:
    remark = finding.remark
    location: dict[str, Any] = {"physicalLocation": _place(finding.span)}
    if remark.path:
        location["logicalLocations"] = [{"fullyQualifiedName": remark.path, "kind": "member"}]
    result: dict[str, Any] = {
        "ruleId": finding.code.id,
        "ruleIndex": number,
        "level": LEVELS[finding.level],
        "message": {"text": sentences(finding, speaker)},
        "locations": [location],
        "partialFingerprints": {"smartplan/v1": finding.fingerprint},
    }
    if remark.related:
        result["relatedLocations"] = [
            {
                "id": at,
                "physicalLocation": _place(span),
                "message": {"text": speaker.screen(f"related.{label}")},
            }
            for at, (label, span) in enumerate(remark.related, start=1)
        ]
    if remark.fix:
        result["fixes"] = [_fix(remark.fix, speaker)]
    return result


def _fix(fix: Fix, speaker: Speaker) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.new}}
        changes.setdefault(edit.span.source.path, []).append(replacement)
    return {
        "description": {"text": speaker.screen(f"fix.{fix.title}")},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(path)}, "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(span.source.path)}, "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    """Give a region; an empty one inserts."""
    end_line, end_column = span.end_position
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _uri(path: str) -> str:
    """Write a path as a relative reference; a byte that is no UTF-8 stays that byte."""
    return quote(path, errors="surrogateescape")
