"""The pages in a real browser and on paper: width, print, no network."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smartplan.reports.all_reports import REPORTS
from smartplan.reports.press import render
from smartplan.rules.check import check
from smartplan.words.speaker import Speaker, languages
from smartplan.workspace.workspace import Found, read

if TYPE_CHECKING:
    from smartplan.plan.plan import Plan

pytestmark = pytest.mark.outside

KOTAMOBAGU = Path(__file__).parents[2] / "plans" / "kotamobagu"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
)
MEASURE = """<script>{ const page = document.documentElement;
  page.dataset.seen = [page.scrollWidth, page.clientWidth, innerWidth].join(" "); }</script>"""


@pytest.fixture(scope="module")
def kotamobagu() -> Plan:
    """Load the plan of Kotamobagu."""
    sources, _unreadable = read(Found(KOTAMOBAGU))
    return check(sources, today=date(2026, 11, 24)).plan


@pytest.fixture(scope="module")
def pages(kotamobagu: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every report in every language as a page."""
    folder = tmp_path_factory.mktemp("pages")
    for report in REPORTS:
        for language in languages():
            text = render(kotamobagu, report, "html", Speaker(language))
            (folder / f"{report.name}.{language}.html").write_text(text, encoding="utf-8")
    return folder


def browse(page: Path, *options: str) -> str:
    """Open a page in a headless browser with a profile of its own."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    profile = page.parent / "profile"
    run = subprocess.run(  # noqa: S603  # the browser of the machine
        [browser, *FLAGS, f"--user-data-dir={profile}", *options, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return run.stdout


def printed(page: Path) -> tuple[int, set[str], str]:
    """Print a page: the number of sheets, their forms, the text."""
    paper = page.with_suffix(".pdf")
    browse(page, f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    facts = _run("pdfinfo", "-f", "1", "-l", "999", str(paper))
    count = re.search(r"^Pages:\s+(\d+)", facts, re.MULTILINE)
    assert count
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", facts)
    forms = {"landscape" if float(width) > float(height) else "portrait" for width, height in sizes}
    return int(count[1]), forms, _run("pdftotext", "-layout", str(paper), "-")


def _run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603  # poppler
        command, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("report", [report.name for report in REPORTS])
def test_no_page_is_wider_than_the_window(
    pages: Path, report: str, language: str, width: int
) -> None:
    """On a telephone, a tablet and a screen, only tables scroll, in boxes of their own."""
    page = pages / f"{report}.{language}.html"
    measured = page.with_name(f"measured-{width}-{page.name}")
    text = without_policy(page.read_text("utf-8")).replace("</body>", f"{MEASURE}</body>")
    # A headless window has a least width of its own: an inner frame gives the width exactly.
    frame = f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{_quoted(text)}">'
    measured.write_text(f"<!doctype html>{frame}</iframe><script>{_REPORT}</script>", "utf-8")
    dom = browse(measured, "--dump-dom", "--virtual-time-budget=5000")
    seen = re.search(r'data-seen="(\d+) (\d+) (\d+)"', dom.split("<iframe")[0])
    assert seen, dom[:300]
    scrolled, shown, window = map(int, seen.groups())
    assert (shown, width) == (scrolled, window)


_REPORT = """onload = () => { const inner = frames[0].document.documentElement;
  document.documentElement.dataset.seen = inner.dataset.seen; }"""


def without_policy(text: str) -> str:
    """Take out what forbids scripts, so that the page can be measured."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


@pytest.mark.parametrize("language", languages())
def test_the_summary_is_two_sheets(pages: Path, language: str) -> None:
    """The summary for a mayor prints on two sheets of A4."""
    count, forms, _text = printed(pages / f"summary.{language}.html")
    assert (2, {"portrait"}) == (count, forms)


@pytest.mark.parametrize("language", languages())
def test_the_masterplan_on_paper(pages: Path, language: str) -> None:
    """Wide tables lie on landscape sheets, heads of tables stand on every sheet, codes hold."""
    _count, forms, text = printed(pages / f"masterplan.{language}.html")
    assert {"portrait", "landscape"} == forms
    sheets = text.split("\f")
    with_actions = [sheet for sheet in sheets if re.search(r"^ *GOV-0\d ", sheet, re.MULTILINE)]
    assert len(with_actions) >= 3
    heads = Speaker(language).label("column.action")
    assert all(heads in sheet for sheet in with_actions if " GOV-01 " not in sheet)
    assert not re.search(r"\bGOV-\n", text), "a code broke at its hyphen"
