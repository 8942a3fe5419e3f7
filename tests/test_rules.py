"""Runs the literate cases in `tests/rules/*.md`: each is a rule's page, its example and its test.

A section `## name (CODE)` belongs to one code. A fenced `yaml` block is one plan; a block that
opens with `yaml also other.yaml` is a further file of the plan before it. A comment at the end of
a line, `# error: [name]` (or `warning`, `info`, and several names), says which finding lies there.
A plan without `plan:` gets a header from a second file; a `plan: {…}` on one line gets the keys
that it leaves out at its end, so that no line moves. A file that begins with `# untouched` was not
changed for a year, while all others were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import HEADER, TODAY, data, read, sources_of

from smartplan.cli.all_codes import ALL_CODES
from smartplan.rules.check import check
from smartplan.text.source import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PAGES = sorted((Path(__file__).parent / "rules").glob("*.md"))
FAMILIES = {
    "structure": "S",
    "city": "C",
    "direction": "D",
    "delivery": "A",
    "money": "M",
    "measure": "I",
    "evaluation": "I",
}
"""The letter of the codes that a page holds."""
NAMES = {code.name for code in ALL_CODES}

UNTOUCHED = "# untouched"

_SECTION = re.compile(r"^## (?P<name>\S+) \((?P<code>\S+)\)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```yaml(?: also (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_EXPECTED = re.compile(r"# (?P<level>error|warning|info): \[(?P<names>[^\]]*)\]$")

Found = tuple[str, int, str, str]
"""File, line, level, name of the code."""


@dataclass
class Case:
    """One plan of a page with the findings that it should have."""

    page: str
    name: str
    code: str
    number: int
    files: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Name the case as pytest shows it."""
        return f"{self.page}/{self.name}/{self.number}"

    def expected(self) -> list[Found]:
        """Read the comments."""
        return sorted(
            (path, number, match["level"], name.strip())
            for path, text in self.files.items()
            for number, line in enumerate(text.splitlines(), start=1)
            if (match := _EXPECTED.search(line))
            for name in match["names"].split(",")
        )

    def found(self) -> list[Found]:
        """Check the plan: findings of the section's code, and of others that comments name."""
        names = {self.name, *(name for *_place, name in self.expected())}
        sources = sources_of({path: completed(text) for path, text in self.files.items()})
        return sorted(
            (one.span.source.path, one.span.line, str(one.level), one.code.name)
            for one in check(sources, today=TODAY, recent=partial(recent, self.files)).findings
            if one.code.name in names
        )


def recent(files: Mapping[str, str], _since: date) -> frozenset[str] | None:
    """Name the files that were changed lately, if a case speaks of it."""
    fresh = {path for path, text in files.items() if not text.startswith(UNTOUCHED)}
    return frozenset(fresh) if len(fresh) < len(files) else None


def cases(page: Path) -> list[Case]:
    """Read the cases of a page."""
    text, found = page.read_text("utf-8"), []
    heads = list(_SECTION.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        section: list[Case] = []
        end = following.start() if following else len(text)
        for block in _BLOCK.finditer(text, head.end(), end):
            if block["file"] is None:
                section.append(Case(page.stem, head["name"], head["code"], len(section) + 1))
            section[-1].files[block["file"] or "plan.yaml"] = block["text"]
        found.extend(section)
    return found


def completed(text: str) -> str:
    """Add to a header on one line what every plan needs and the case does not care about."""
    document = read(text)
    given = document.data.get("plan") if isinstance(document.data, dict) else None
    span = document.locate(("plan",))
    if not isinstance(given, dict) or not span.text.startswith("{"):
        return text
    usual = read(HEADER)
    missing = [
        usual.locate(("plan", key), "entry").text
        for key in data(HEADER)["plan"]
        if key not in given
    ]
    entries = [*([span.text[1:-1]] if given else []), *missing]
    edit = Edit(span, "{" + ", ".join(entries) + "}")
    return apply(document.source, [edit])


ALL_CASES = [case for page in PAGES for case in cases(page)]


@pytest.mark.parametrize("case", ALL_CASES, ids=str)
def test_case(case: Case) -> None:
    """The findings of a case lie where its comments say, at the level that they say."""
    assert case.expected() == case.found()


def test_every_code_of_the_domain_is_shown() -> None:
    """Every rule, and every domain code of the loader, has a section on the page of its family."""
    expected = {(code.id, code.name) for code in ALL_CODES if code.id[0] in FAMILIES.values()}
    assert expected == {(case.code, case.name) for case in ALL_CASES}
    wrong = [str(case) for case in ALL_CASES if case.code[0] != FAMILIES[case.page]]
    assert [] == wrong


def test_every_code_is_found_and_not_found() -> None:
    """Every section has a case in which its code is found and one in which it is not."""
    kinds: dict[str, set[bool]] = {}
    for case in ALL_CASES:
        found = any(name == case.name for *_place, name in case.expected())
        kinds.setdefault(case.name, set()).add(found)
    assert [] == [name for name, found in kinds.items() if found != {True, False}]


def test_levels_of_stages_are_shown() -> None:
    """A code that weighs more from a stage on is shown at both of its levels."""
    for code in ALL_CODES:
        expected = {str(code.level), *map(str, code.from_stage.values())}
        shown = {
            level
            for case in ALL_CASES
            for _path, _line, level, name in case.expected()
            if name == code.name == case.name
        }
        assert expected == shown or code.id[0] not in FAMILIES.values(), code.id


def test_comments_name_codes() -> None:
    """No comment names a code that does not exist, and none is misspelt as a comment."""
    for page in PAGES:
        text = page.read_text("utf-8")
        marks = re.findall(r"# *(?:error|warning|info)\b", text, re.IGNORECASE)
        expected = [name for case in cases(page) for *_place, name in case.expected()]
        assert len(marks) == len([m for m in map(_EXPECTED.search, text.splitlines()) if m]), page
        assert set() == set(expected) - NAMES, page


def test_cases_are_yaml() -> None:
    """A case has no fault of form but those that its comments name."""
    for case in ALL_CASES:
        named = {name for *_place, name in case.expected()}
        sources = sources_of({path: completed(text) for path, text in case.files.items()})
        found = check(sources, today=TODAY).findings
        stray = [one for one in found if one.code.id[0] in "FYT" and one.code.name not in named]
        assert [] == stray, str(case)


def test_header_keeps_its_line() -> None:
    """Completing a header adds keys at its end and moves no line."""
    text = "goals: []\nplan: {stage: final}   # error: [x]\nactions: []\n"
    assert text.count("\n") == completed(text).count("\n")
    assert "final" == data(completed(text))["plan"]["stage"]
    assert HEADER == completed(HEADER)
