"""Findings in every format: the structure that its readers ask for, and nothing that gets out."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from running import run
from samples import TODAY, sources_of
from test_rules import ALL_CASES, completed

from smartplan.cli import check as check_command
from smartplan.rules.check import check
from smartplan.show import terminal
from smartplan.show.findings_schema import findings_schema
from smartplan.show.machine import FORMATS
from smartplan.words.speaker import Speaker, languages

if TYPE_CHECKING:
    from pathlib import Path

    from smartplan.text.finding import Finding

HEADER = """\
plan:
  id: uji-2024
  title: Masterplan Uji
  stage: draft
  period: {start: 2024, end: 2028}
  city: {code: "71.74", name: Kota Uji}
"""
EVIL = """\
actions:
  - id: GOV-01
    title: "::error title=x::y ]]> \\u001b[31m <b>&"
    owner: "a]]>b\\n::error file=x::z%0A"
    kind: "50%, a:b"
    years: 2024–2026
    budget: {2024: x, 2025: x, 2026: x}
"""
FACTS = {
    "version": "0.0.0",
    "plans": [
        {"id": "x", "path": ".", "stage": "draft", "fail_on": "error", "files": 1}
        | dict.fromkeys(("shown", "fixed", "elsewhere", "ignored", "known"), 0)
    ],
}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan whose texts try to get out of every format; stand in its folder."""
    folder = tmp_path / "aksi kota é"
    folder.mkdir()
    (tmp_path / "plan.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "a,b.yaml").write_text(EVIL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def every_finding() -> list[Finding]:
    """Give what is found in all cases of all rules, with related places and fixes."""
    return [
        one
        for case in ALL_CASES
        for one in check(
            sources_of({path: completed(text) for path, text in case.files.items()}), today=TODAY
        ).findings
    ]


@pytest.mark.parametrize("language", languages())
def test_every_finding_is_said_in_every_format(language: str) -> None:
    """No code, label or fix lacks its words; the JSON is what its schema says."""
    found, speaker = every_finding(), Speaker(language)
    assert len(found) > 500
    for finding in found:
        assert terminal.block(finding, speaker, colour=False)
    made = {name: write(found, speaker, FACTS) for name, write in FORMATS.items()}
    Draft202012Validator.check_schema(findings_schema())
    Draft202012Validator(findings_schema()).validate(json.loads(made["json"]))
    assert len(json.loads(made["sarif"])["runs"][0]["results"]) == len(found)
    assert len(json.loads(made["gitlab"])) == len(found)
    assert len(made["github"].splitlines()) == len(found) + 1
    assert set(ET.fromstring(made["junit"]).attrib) >= {"tests", "failures", "errors"}  # noqa: S314  # our own


def test_json_of_the_command_is_what_the_schema_says(plan: Path) -> None:
    """The report of a real run validates too, and an unknown key would not."""
    report = json.loads(run("validate", str(plan), "--format", "json").out)
    validator = Draft202012Validator(findings_schema())
    validator.validate(report)
    assert not validator.is_valid({**report, "more": 1})


def test_every_format_is_offered() -> None:
    """The help names every format there is, and no other."""
    assert check_command.FORMATS.split("|") == ["text", *FORMATS]


@pytest.mark.usefixtures("plan")
def test_annotations_cannot_be_forged() -> None:
    """Every line is one command of ours; what a plan says is escaped."""
    out = run("validate", "--format", "github").out
    lines = out.splitlines()
    assert all(re.fullmatch(r"::(error|warning|notice) [^\n]*::[^\n]*", line) for line in lines)
    assert "\x1b" not in out
    wrong = next(line for line in lines if "F105" in line)
    assert "file=aksi kota é/a%2Cb.yaml,line=5,endLine=5,col=11," in wrong
    assert "50%25, a:b" in wrong
    owner = next(line for line in lines if "C022" in line)
    assert "::z%250A" in owner
    assert owner.startswith("::error file=")


def test_a_summary_stands_first_when_not_all_are_shown(plan: Path) -> None:
    """A host shows ten annotations of a level: the first says how many there are."""
    many = "".join(f"  - {{id: X-{n}, title: Aksi {n}, kind: x}}\n" for n in range(12))
    (plan / "b.yaml").write_text(f"actions:\n{many}", encoding="utf-8")
    first = run("validate", "--format", "github").lines[0]
    assert first.startswith("::notice title=smartplan::Found: errors: ")


@pytest.mark.usefixtures("plan")
def test_code_quality_fingerprints_are_unique() -> None:
    """GitLab drops an entry whose fingerprint stands there already."""
    entries = json.loads(run("validate", "--format", "gitlab").out)
    prints = [one["fingerprint"] for one in entries]
    assert len(set(prints)) == len(prints) > 3
    assert {one["severity"] for one in entries} <= {"info", "minor", "major", "critical", "blocker"}
    for one in entries:
        assert one["location"]["lines"]["begin"] >= 1
        assert one["description"]


def junit(*words: str) -> Any:  # noqa: ANN401  # an element
    """Run `validate` and parse its report."""
    return ET.fromstring(run("validate", "--format", "junit", *words).out)  # noqa: S314  # our own


def test_junit_is_what_test_reporters_read(plan: Path) -> None:
    """A case for each code; what fails the plan is a failure, the rest is output."""
    root = junit()
    (suite,) = root
    cases = suite.findall("testcase")
    failures = suite.findall("testcase/failure")
    assert int(suite.get("tests")) == len(cases)
    assert int(suite.get("failures")) == len(failures) > 1
    money = next(one for one in cases if one.get("name").startswith("M046"))
    assert len(money.find("failure").text.splitlines()) == 3
    assert len(junit("--fail-on", "never").findall(".//failure")) == 0
    assert len(junit("--fail-on", "info").findall(".//failure")) == len(cases)
    shutil.rmtree(plan / "aksi kota é")
    off = ", ".join(f"{code}: off" for code in named(junit()))
    text = f"{HEADER}checks: {{levels: {{{off}}}}}\n"
    (plan / "plan.yaml").write_text(text, encoding="utf-8")
    empty = junit()
    assert (empty.get("tests"), empty.get("failures")) == ("1", "0")


def named(root: Any) -> list[str]:  # noqa: ANN401  # an element
    """Give the codes of a report."""
    return [one.get("name").split()[0] for one in root.iter("testcase")]


@pytest.mark.usefixtures("plan")
def test_sarif_has_places_fixes_and_fingerprints() -> None:
    """A result names its rule, its place as a relative reference, its fix and its fingerprint."""
    log = json.loads(run("validate", "--format", "sarif").out)
    (sarif,) = log["runs"]
    rules = [one["id"] for one in sarif["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert (log["version"], sarif["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    for result in sarif["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    dash = next(one for one in sarif["results"] if one["ruleId"] == "F112")
    place = dash["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "aksi%20kota%20%C3%A9/a%2Cb.yaml"
    region = {"startLine": 6, "startColumn": 12, "endLine": 6, "endColumn": 21}
    assert place["region"] == region
    (change,) = dash["fixes"][0]["artifactChanges"]
    expected = {"deletedRegion": region, "insertedContent": {"text": "2024-2026"}}
    assert change["replacements"] == [expected]
    assert re.fullmatch(r"[0-9a-f]{16}", dash["partialFingerprints"]["smartplan/v1"])


@pytest.mark.usefixtures("plan")
def test_no_format_lets_control_characters_out() -> None:
    """Neither a terminal nor a log is told to do anything by a text of the plan."""
    for name in ("text", *FORMATS):
        out = run("validate", "--format", name).out
        assert [] == re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out), name
