"""The comment of a review: money first, decisions never cut, always within the limit."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from changing import AFTER, BEFORE, difference, hostile
from pages import tokens

from smartplan.compare.differ import compare
from smartplan.compare.gate import Review, review
from smartplan.reports.comment import comment
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.compare.differ import Difference

HOSTILE = "@kota #12 <b>|` ``` [x](javascript:1) --> <details>"


def reviewed(found: Difference) -> Review:
    """Judge a difference."""
    return review(found, today="2026-11-24", base="main at 3b8b68b", head="pr/42")


def many(number: int) -> Difference:
    """Compare two plans of many actions, of which every second changes its budget, all their text.

    Half of the changes need a decision, the other half are of less weight.
    """

    def plan(rupiah: int, text: str) -> list[Document]:
        rows = [
            f"  - {{id: A-{one}, title: {json.dumps(f'{HOSTILE} {one}')}, owner: dinas,"
            f" summary: {json.dumps(f'{text} {HOSTILE}')},"
            f" budget: {{2026: {rupiah if one % 2 else 1}}}}}"
            for one in range(number)
        ]
        head = "plan: {id: x, title: Uji, stage: adopted}\nactions:\n"
        return [Document.read(Source("plan.yaml", head + "\n".join(rows) + "\n"))]

    roots = ("plan.yaml", "plan.yaml")
    old, new = plan(1_000_000, "Semula begini saja"), plan(900_000_000, "Kini lain sama sekali")
    return compare(old, new, roots=roots)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_reviewer_reads(language: str, golden: Callable[[str, str], None]) -> None:
    """The whole comment is kept as a golden file."""
    said = comment(reviewed(difference()), Speaker(language), link="https://example.org/laporan")
    golden(f"reports/comment.{language}.md", said)


def test_marker_verdict_and_money_come_first() -> None:
    """The hidden marker is the first line, the verdict the second, money follows."""
    lines = comment(
        reviewed(difference()), Speaker("en"), marker="smartplan-review:uji"
    ).splitlines()
    assert "<!-- smartplan-review:uji -->" == lines[0]
    assert lines[1].startswith("### ❌")
    assert lines[5].startswith("| Budget |")


def test_a_marker_cannot_end_its_comment() -> None:
    """A marker holds nothing that ends the hidden line."""
    first = comment(reviewed(difference()), Speaker("id"), marker="a --> <b>").splitlines()[0]
    assert "<!-- a-b -->" == first


def test_a_plan_that_stays_as_it_is() -> None:
    """Without changes the gate is open and the money stays."""
    said = comment(reviewed(difference(BEFORE, BEFORE)), Speaker("en"))
    assert "✅" in said
    assert "The budget stays at Rp\N{NO-BREAK SPACE}3,000,000,000" in said


def test_approvals_and_what_is_missing_are_said() -> None:
    """An approved change names who and by which decision; another how many are missing."""
    found = difference()
    raised = next(one for one in found.changes if one.rule == "budget-raised-over")
    approval = (
        f'approvals:\n  - {{fingerprint: "{raised.fingerprint}", by: Sekda, ref: BA 4/2026,'
        " date: 2026-05-03}\n"
    )
    said = comment(reviewed(difference(BEFORE, AFTER + approval)), Speaker("en"))
    row = next(one for one in said.splitlines() if raised.fingerprint in one and "|" in one)
    assert "✅ Sekda, BA 4/2026" in row
    assert 2 == said.count("⏳ 0 of 1 approvals")


def test_a_broken_file_is_said() -> None:
    """What stands in a file that does not parse is not taken for removed in silence."""
    said = comment(reviewed(difference(BEFORE, "actions: [")), Speaker("en"))
    assert "is missing in the sums: plan.yaml" in said.split("| Budget |")[0]


def test_only_decisions_and_what_matters_are_open() -> None:
    """What is lighter than significant lies in a fold."""
    said = comment(reviewed(difference()), Speaker("en"))
    open_part = said.split("<details>")[0]
    assert "Status" not in open_part
    assert "Status" in said


@pytest.mark.parametrize("link", ["javascript:alert(1)", "x) [y](z", ""])
def test_only_web_addresses_are_linked(link: str) -> None:
    """Another address than one of the web leads nowhere."""
    said = comment(reviewed(difference()), Speaker("en"), link=link)
    assert not [one for one in tokens(said) if one.type == "link_open"]


@pytest.mark.parametrize("text", [HOSTILE, "a\nb | c", "\u202ex\u200b", "***"])
def test_a_plan_cannot_break_out(text: str) -> None:
    """No text of a plan pings, links, opens a fold, or starts another block."""
    said = comment(reviewed(difference(*hostile(text))), Speaker("id"))
    found = tokens(said)
    assert not {"link_open", "image", "fence", "html_inline"} & {one.type for one in found}
    ours = r"<!-- [\w.:/-]+ -->\s*|<details><summary>[^<>]*</summary>\s*|</details>\s*"
    for one in found:
        if one.type == "html_block":
            assert "" == re.sub(ours, "", one.content)
    assert not re.search(r"(?<![\w\\])@[A-Za-z]|(?<![\w\\&])#\d", said)
    assert not re.search("[\u200b\u202e]", said)


@pytest.mark.parametrize("limit", [65_000, 20_000, 8_000, 3_000, 900, 200])
@pytest.mark.parametrize("number", [3, 40, 1_000])
def test_the_limit_holds(number: int, limit: int) -> None:
    """However many changes there are, the comment fits, by characters and by bytes."""
    said = comment(reviewed(many(number)), Speaker("id"), limit=limit, link="https://example.org")
    assert len(said) <= limit
    assert len(said.encode()) <= limit
    assert "### ❌" in said
    assert limit < 900 or "| Anggaran |" in said


def test_five_thousand_changes() -> None:
    """Of more decisions than fit, as many as fit are named, the rest are counted by kind."""
    found = reviewed(many(2_500))
    said = comment(found, Speaker("en"))
    assert 5_000 <= len(found.judged) + 1_250
    named = len(re.findall(r"^- \*\*A-\d+\*\* ", said, re.MULTILINE))
    left = re.search(r"for want of room: (\d+) \(budget raised above the threshold: (\d+)\)", said)
    assert left
    assert {1_250 - named} == {int(left[1]), int(left[2])}
    assert "Significant (2500): left out" in said


def test_decisions_are_kept_before_anything_else() -> None:
    """With little room the lighter changes go first, and are counted."""
    found = reviewed(many(40))
    said = comment(found, Speaker("en"), limit=9_000)
    heavy = [one.change.fingerprint for one in found.judged if one.needs]
    assert 20 == len(heavy)
    assert all(one in said for one in heavy)
    assert re.search(r"\*\*Significant \(40\)\*\*", said)
    assert re.search(r"^\d+ more in the full report\.$", said, re.MULTILINE)
