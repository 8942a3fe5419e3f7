"""The reports of Kotamobagu and of a hostile plan: complete, marked, the same every time."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from smartplan.reports.all_reports import REPORTS
from smartplan.reports.press import FORMATS, Report, render
from smartplan.rules.check import check
from smartplan.text.source import Source
from smartplan.words.speaker import Speaker, languages
from smartplan.workspace.workspace import Found, read

if TYPE_CHECKING:
    from smartplan.plan.plan import Plan

KOTAMOBAGU = Path(__file__).parents[2] / "plans" / "kotamobagu"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} | [x](javascript:1) `k` --> @semua"
HEADER = (
    "format: 1\nplan: {id: x, title: Uji, period: {start: 2024, end: 2028}, city: {name: Kota}}\n"
)


@pytest.fixture(scope="module")
def kotamobagu() -> Plan:
    """Load the plan of Kotamobagu."""
    sources, _unreadable = read(Found(KOTAMOBAGU))
    return check(sources, today=date(2026, 11, 24)).plan


class Tags(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        assert not [name for name, _value in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", languages())
def test_reports_of_kotamobagu(kotamobagu: Plan, report: Report, form: str, language: str) -> None:
    """Every report renders in every format and language, twice to the same bytes, and is marked."""
    first = render(kotamobagu, report, form, Speaker(language))
    assert first == render(kotamobagu, report, form, Speaker(language))
    assert "◇" in first
    assert "Kotamobagu" in first
    assert "http://" not in first.replace("http://www.w3.org", "")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
@pytest.mark.parametrize("form", FORMATS)
def test_a_plan_with_nearly_nothing(report: Report, form: str) -> None:
    """A plan that holds only its header renders; its gaps read as gaps."""
    plan = check([Source("plan.yaml", HEADER)], today=date(2026, 11, 24)).plan
    assert "belum ditetapkan" in render(plan, report, form, Speaker("id"))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_plan_text_is_never_markup(report: Report) -> None:
    """Text of a plan stays text in a page."""
    text = HEADER + f"vision: {{id: V-1, text: '{HOSTILE}'}}\n"
    plan = check([Source("plan.yaml", text)], today=date(2026, 11, 24)).plan
    page = Tags()
    page.feed(render(plan, report, "html", Speaker("id")))
    assert "script" not in page.tags
    assert HOSTILE in page.text
    shown = Tags()
    shown.feed(MarkdownIt("commonmark").render(render(plan, report, "md", Speaker("id"))))
    assert "script" not in shown.tags
    assert "[x](javascript:1) `k`" in shown.text
