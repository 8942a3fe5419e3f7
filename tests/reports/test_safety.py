"""Plan text is text: whatever it holds, it never becomes markup, in no format."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Page, everything, markdown_text, page, tokens

from smartplan.reports import markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "{{ 7*7 }} {% raw %} {# x #}",
    "${7*7} $x$ $$y$$",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "[S-1]: https://example.org",
    "<https://example.org>",
    "| a | b |",
    "a | b \\| c \\",
    "``` `code` ~~~",
    "# heading",
    "## heading ##",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "===",
    "--> <!--",
    "*a* _b_ __c__ ~~d~~",
    "@someone #123 GH-1 :tada:",
    "&lt;b&gt; &copy; &#64;",
    "line one\nline two\n# line three",
    "\ta\r\nb",
    "x" * 300,
    "]]> %} }} -->",
]
PLAIN = "Biasa"


@pytest.mark.parametrize("report", ["masterplan", "summary"])
@pytest.mark.parametrize("text", HOSTILE)
def test_html_keeps_its_shape(report: str, text: str) -> None:
    """A page has the same elements whatever its texts hold, and shows them as they are."""
    hostile = Page(page(everything(text), report, "html"))
    assert Page(page(everything(PLAIN), report, "html")).tags == hostile.tags
    assert " ".join(text.split()) in hostile.text


@pytest.mark.parametrize("report", ["masterplan", "summary"])
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_its_shape(report: str, text: str) -> None:
    """Markdown has the same blocks and marks whatever its texts hold, and shows them as text."""
    hostile = page(everything(text), report, "md")
    plain = page(everything(PLAIN), report, "md")
    assert _shape(plain) == _shape(hostile)
    assert " ".join(text.split()) in markdown_text(hostile)


def _shape(source: str) -> list[str]:
    """Give the tokens of Markdown but text, of which a browser may see one or several."""
    return [one.type for one in tokens(source) if one.type not in ("text", "text_special")]


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("text", HOSTILE)
def test_banner_is_text(form: str, text: str) -> None:
    """What stands in the banner is text too."""
    said = page("", "summary", form, banner=text)
    seen = Page(said).text if form == "html" else markdown_text(said)
    assert " ".join(text.split()) in seen


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_one_piece_of_text(text: str) -> None:
    """Any text in a paragraph is that paragraph's text, and nothing else."""
    found = tokens(f"{markdown.escape(text)}\n")
    kinds = {one.type for one in found} - {"text", "text_special"}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_fits_in_a_cell(text: str) -> None:
    """Any text in a table is one cell, and a heading stays one heading."""
    said = markdown.escape(text)
    table = tokens(f"| a | b |\n|---|---|\n| {said} | {said} |\n")
    assert 2 == sum(one.type == "td_open" for one in table)
    heading = [one.type for one in tokens(f"## x {said}\n") if one.type[:4] != "text"]
    assert ["heading_open", "inline", "heading_close"] == heading


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "http://["],
)
@pytest.mark.parametrize("form", ["html", "md"])
def test_only_web_addresses_are_linked(form: str, url: str) -> None:
    """An address that is none of the web's stands there as text."""
    said = page(
        f"sources:\n  - {{id: S-1, title: Berita, url: {json.dumps(url)}}}\n", "masterplan", form
    )
    links = (
        Page(said).all("href")
        if form == "html"
        else [str(one.attrs["href"]) for one in tokens(said) if one.type == "link_open"]
    )
    assert [] == [one for one in links if not one.startswith("#")]
    assert url in (Page(said).text if form == "html" else markdown_text(said))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a_b?x=1&y=2#z", "https://example.org/a_b?x=1&amp;y=2#z"),
        ("https://example.org/a (b)", "https://example.org/a%20%28b%29"),
        ("https://example.org/\"><script>'", "https://example.org/%22%3E%3Cscript%3E%27"),
        ("https://example.org/%20", "https://example.org/%20"),
    ],
)
def test_addresses_cannot_break_out(url: str, expected: str) -> None:
    """Signs that could end an address are written as codes."""
    assert expected == str(markdown.address(url))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp 1.500.000 (2024-2028)", "Rp 1.500.000 (2024-2028)"),
        ("nama_berkas.yaml", "nama_berkas.yaml"),
        ("10:30:20", "10:30:20"),
        ("a@example.org", "a@example.org"),
        ("-5 derajat", "-5 derajat"),
        ("R&D", "R\\&D"),
        ("1. satu", "1\\. satu"),
        ("@warga", "@&#8288;warga"),
    ],
)
def test_harmless_text_stays_readable(text: str, expected: str) -> None:
    """Only what acts is escaped, so that the source can be read."""
    assert expected == markdown.escape(text)
