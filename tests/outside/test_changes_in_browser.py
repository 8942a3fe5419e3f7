"""Pages about changes in a real browser and on paper: width, print, filters without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from changing import SIDES, difference, selection
from test_browser import MEASURE, browse, printed, without_policy

from smartplan.reports import changelog, diff, matrix
from smartplan.words.speaker import Speaker, languages

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.outside

REPORTS = {"diff": diff, "matrix": matrix, "changelog": changelog}


def written(folder: Path, name: str, language: str = "id", choose: str = "") -> Path:
    """Write a page; of a filter, one word may be chosen already."""
    found = difference()
    text = REPORTS[name].render(found, selection(found), SIDES, "html", Speaker(language))
    if choose:
        text = text.replace(f'<option class="{choose}">', f'<option class="{choose}" selected>')
    place = folder / f"{name}.{language}.{choose}.html"
    place.write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_page_is_wider_than_the_window(
    tmp_path: Path, name: str, language: str, width: int
) -> None:
    """On a telephone, a tablet and a screen, only wide tables scroll, in boxes of their own."""
    page = written(tmp_path, name, language)
    inner = page.with_name("inner.html")
    text = without_policy(page.read_text("utf-8")).replace("</body>", f"{MEASURE}</body>")
    inner.write_text(text, encoding="utf-8")
    quoted = text.replace("&", "&amp;").replace('"', "&quot;")
    page.write_text(
        f'<!doctype html><iframe style="width:{width}px;height:900px;border:0" srcdoc="{quoted}">'
        "</iframe><script>onload = () => { document.documentElement.dataset.seen ="
        " frames[0].document.documentElement.dataset.seen; }</script>",
        "utf-8",
    )
    dom = browse(page, "--dump-dom", "--virtual-time-budget=5000")
    seen = re.search(r'data-seen="(\d+) (\d+) (\d+)"', dom.split("<iframe")[0])
    assert seen, dom[:300]
    scrolled, shown, window = map(int, seen.groups())
    assert (shown, width) == (scrolled, window)


@pytest.mark.parametrize("language", languages())
def test_the_matrix_is_a_landscape_paper(tmp_path: Path, language: str) -> None:
    """Every sheet lies, the heads of tables stand on every sheet, the last one can be signed."""
    _count, forms, text = printed(written(tmp_path, "matrix", language))
    assert {"landscape"} == forms
    sheets = [sheet for sheet in text.split("\f") if sheet.strip()]
    assert 2 == len(re.findall(r"NIP …+", sheets[-1]))
    head = Speaker(language).label("matrix.item")
    rows = [sheet for sheet in sheets if re.search(r"^ *\d+ ", sheet, re.MULTILINE)]
    assert all(head in sheet or "2024" in sheet for sheet in rows)


def test_the_difference_prints_upright(tmp_path: Path) -> None:
    """The report of changes prints on upright sheets."""
    _count, forms, text = printed(written(tmp_path, "diff"))
    assert {"portrait"} == forms
    assert "SOC-01" in text


@pytest.mark.parametrize(
    ("choose", "kept", "hidden"),
    [
        ("w4", {"GOV-01", "LIV-01"}, {"SOC-01"}),
        ("w2", {"GOV-01"}, {"LIV-01", "SOC-01"}),
        ("d2", {"LIV-01"}, {"GOV-01", "SOC-01"}),
    ],
)
def test_filters_work_without_a_script(
    tmp_path: Path, choose: str, kept: set[str], hidden: set[str]
) -> None:
    """A chosen word leaves only what is of it; the choice itself stays visible on paper."""
    _count, _forms, text = printed(written(tmp_path, "diff", choose=choose))
    said = set(re.findall(r"\b(?:GOV|LIV|SOC)-01\b(?!-)", text))
    assert kept <= said
    assert not hidden & said
