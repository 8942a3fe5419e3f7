"""What a plan says stays text in every output: it steers no terminal, no log, no page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from repository import Repository
from running import run

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = (
    r"\e[31m \e]8;;https://x\a \x9b31m \u202Egnp \u2066 \u200F \r\n::error file=x::y\n"
    r"##[error]z ##vso[task.complete] ]]> <script>alert(1)</script> <b>& {{ 7*7 }} {% raw %}"
    r" [x](javascript:alert(1)) ![y](https://x/y) | # -"
)
"""As it stands in double quotes in a file."""
EVIL = f'"::error title=x::y {SIGNS}"'
TITLE = json.loads(
    EVIL.replace(r"\e", r"\u001b").replace(r"\a", r"\u0007").replace(r"\x9b", r"\u009b")
)
HEADER = f"""\
plan:
  id: uji-2024
  title: {EVIL}
  period: {{start: 2024, end: 2028}}
  city: {{name: {EVIL}}}
checks: {{ignore: [{{rule: C122, because: {EVIL}}}]}}
"""
ACTION = f"""\
agencies: [{{id: a, name: {EVIL}}}]
actions:
  - id: GOV-01
    title: {EVIL}
    summary: {EVIL}
    owner: {EVIL}
    kind: {EVIL}
    years: {EVIL}
    budget: {{2024: {EVIL}, {EVIL}: 5 juta}}
    {EVIL}: x
    goals: [{EVIL}]
    places: {{level: kota, note: {EVIL}}}
    indicators: [{{id: GOV-01-I1, title: {EVIL}, unit: {EVIL}, targets: {{2024: {EVIL}}}}}]
  # ::error::a comment ##[error]x
  - {{id: GOV-02, title: x, owner: a, note: "::error::x"}}
{EVIL}: x
"""
COMMANDS = (
    "validate",
    "validate --all --stage final",
    "validate --format github",
    "status",
    "status --format md",
    "diff",
    "diff --stat",
    "diff --format github",
    "diff --format md",
    "review HEAD~1",
    "review HEAD~1 --format markdown",
    "review HEAD~1 --format github",
    "log GOV-01",
    "log GOV-01 --format markdown",
    "changelog HEAD~1..HEAD",
    "render -o - --report summary --format md",
    "render -o - --report masterplan --format md",
    "rules",
)
TEXT = [
    one for one in COMMANDS if not re.search("md|markdown", one) and not one.startswith("changelog")
]
JSON = (
    *("validate --format json", "validate --format gitlab", "validate --format sarif"),
    *("status --format json", "diff --format json", "log GOV-01 --format json"),
    "review HEAD~1 --format json",
)
OURS = re.compile(r"::(error|warning|notice) ")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in a plan full of commands, written by somebody whose name is one, and changed."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER)
    made.write("actions.yaml", ACTION.replace("x", "w"))
    made.commit("::error::first", author="::error::\x1b[31m ##[error]Ani")
    made.write("actions.yaml", ACTION)
    made.write("::error::x.yaml", "actions: 5\n")
    made.write("notes/##[error]x.yaml", "a: [\n")
    made.commit("##[error]second", author="::error::\x1b[31m ##[error]Ani")
    made.write("actions.yaml", ACTION.replace("5 juta", "6 juta").replace("title=x", "title=w"))
    monkeypatch.chdir(made.top)
    return made


def orders(text: str, *, github: bool = False) -> list[str]:
    """Give the lines that would be taken for a command, or move a cursor."""
    found = []
    for line in text.replace("\N{NO-BREAK SPACE}", " ").split("\n"):
        command = line.lstrip().startswith("::") and not (github and OURS.match(line))
        if command or re.search(r"##\w*\[", line) or not line.isprintable():
            found.append(line)
    return found


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("command", TEXT)
def test_text_is_no_command(command: str) -> None:
    """No line begins with a command, and none moves the cursor."""
    done = run(*command.split())
    assert done.code in (0, 1)
    assert not orders(done.out, github="github" in command)
    assert not orders(done.err)


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in TEXT])
def test_markdown_is_no_markup(command: str) -> None:
    """Tags, links and pictures of a plan are written out; nothing of it is worked out."""
    done = run(*command.split())
    assert done.code in (0, 1)
    assert not re.search(r"(?<!\\)<(script|b)>", done.out)
    assert not re.search(r"(?<!\\)\]\((javascript|https://x)", done.out)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.out)
    assert not orders(done.err)


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("report", ["summary", "masterplan"])
def test_a_page_runs_nothing_of_a_plan(report: str) -> None:
    """A page has no tag of the plan, and no template of it is filled in."""
    done = run(*f"render -o - --report {report} --format html".split())
    assert "<script>alert" not in done.out
    assert "7*7" in done.out


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("command", JSON)
def test_json_is_safe_to_look_at(command: str) -> None:
    """JSON shows nothing that moves a cursor, and still says what the plan says."""
    done = run(*command.split())
    assert not orders(done.out)
    assert not orders(done.err)
    assert "::error" in json.dumps(json.loads(done.out))


@pytest.mark.usefixtures("repo")
def test_json_says_the_same_text() -> None:
    """What is escaped for the eye is the same text for a reader of JSON."""
    found = json.loads(run("diff", "--format", "json").out)
    assert TITLE.split() == found["plans"][0]["title"].split()
