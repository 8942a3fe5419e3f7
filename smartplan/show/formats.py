"""Findings as git hosts and test reporters read them: annotations, code quality, JUnit."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from smartplan.show.json_text import json_text
from smartplan.show.terminal import clean, one_line, suggestion, totals
from smartplan.show.workflow import command
from smartplan.text.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker

NOTICES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""So many annotations of each level GitHub shows for one step; the rest stands in the log."""
SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
FAILS = {"error": 0, "warning": 1, "info": 2, "never": -1}
"""The highest rank of a level that fails, by the limit."""


def sentences(finding: Finding, speaker: Speaker) -> str:
    """Say what is wrong, what was probably meant, and what to do."""
    remedy = speaker.remedy(finding.code)
    remedy = remedy[:1].upper() + remedy[1:]
    return " ".join(filter(None, (speaker.say(finding), suggestion(finding, speaker), remedy)))


def as_annotations(findings: Sequence[Finding], speaker: Speaker, _facts: Mapping[str, Any]) -> str:
    """Write one command of a workflow for each finding, after a summary if not all are shown."""
    counted = totals(findings)
    lines = [_annotation(one, speaker) for one in findings]
    if any(number > SHOWN for number in counted.values()):
        said = ", ".join(
            speaker.screen(f"count.{level}", number=number)
            for level, number in counted.items()
            if number
        )
        more = speaker.screen("more_in_log", counts=said, shown=SHOWN)
        lines.insert(0, command("notice", {"title": "smartplan"}, more))
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, speaker: Speaker) -> str:
    span = finding.span
    end_line, end_column = span.end_position
    place = {"file": span.source.path, "line": str(span.line), "endLine": str(end_line)}
    if span.line == end_line:  # columns count only within one line
        place |= {"col": str(span.column), "endColumn": str(end_column)}
    place["title"] = f"{finding.code.id} {finding.code.name}"
    return command(NOTICES[finding.level], place, sentences(finding, speaker))


def as_code_quality(
    findings: Sequence[Finding], speaker: Speaker, _facts: Mapping[str, Any]
) -> str:
    """Write a code quality report of GitLab; every entry has a fingerprint of its own."""
    times: Counter[str] = Counter()
    entries = []
    for finding in findings:
        span = finding.span
        times[finding.fingerprint] += 1
        named = f"{finding.fingerprint}/{times[finding.fingerprint]}"
        lines = {"begin": span.line, "end": span.end_position[0]}
        entries.append(
            {
                "description": sentences(finding, speaker),
                "check_name": f"{finding.code.id} {finding.code.name}",
                "fingerprint": hashlib.sha256(named.encode()).hexdigest()[:32],
                "severity": SEVERITIES[finding.level],
                "location": {"path": span.source.path, "lines": lines},
            }
        )
    return json_text(entries)


def as_junit(findings: Sequence[Finding], speaker: Speaker, facts: Mapping[str, Any]) -> str:
    """Write a JUnit report: a case for each code that was found, or one that passes.

    A code whose findings do not fail the plan passes, with its findings as output.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code.id, []).append(finding)
    limits = [FAILS[plan["fail_on"]] for plan in facts["plans"]]
    failing = {
        code
        for code, found in by_code.items()
        if any(one.level.rank <= max(limits) for one in found)
    }
    counts = {"tests": str(len(by_code) or 1), "failures": str(len(failing)), "errors": "0"}
    root = ET.Element("testsuites", {"name": "smartplan", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": "smartplan validate", **counts})
    for code, found in sorted(by_code.items()):
        name = {"classname": f"smartplan.{code[0]}", "name": f"{code} {found[0].code.name}"}
        first = found[0].span
        case = ET.SubElement(suite, "testcase", {**name, "file": clean(first.source.path)})
        text = "\n".join(one_line(one, speaker) for one in found)
        if code in failing:
            about = {"type": found[0].level.value, "message": clean(speaker.say(found[0]))}
            ET.SubElement(case, "failure", about).text = _xml(text)
        else:
            ET.SubElement(case, "system-out").text = _xml(text)
    if not by_code:
        ET.SubElement(suite, "testcase", {"classname": "smartplan", "name": "validate"})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _xml(text: str) -> str:
    """Leave out what XML cannot hold; what it must escape is escaped when it is written."""
    return "\n".join(clean(line) for line in text.split("\n"))
