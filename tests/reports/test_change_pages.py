"""Pages about changes: complete, safe whatever a plan says, the same every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from changing import AFTER, BEFORE, SIDES, difference, hostile, selection
from pages import Page, markdown_text, tokens

from smartplan.compare.change import ROUTINE, Weight
from smartplan.compare.facts import Name
from smartplan.compare.gate import Approval
from smartplan.compare.selection import Wanted
from smartplan.compare.taxonomy import RULES
from smartplan.reports import changelog, diff, matrix
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.compare.differ import Difference

REPORTS = {"diff": diff, "matrix": matrix, "changelog": changelog}
LANGUAGES = ["id", "en"]
FORMS = ["md", "html"]


def page(
    name: str,
    form: str,
    found: Difference | None = None,
    language: str = "id",
    wanted: Wanted | None = None,
) -> str:
    """Print a report about the sample, or about other plans."""
    found = found or difference()
    chosen = selection(found, wanted)
    return str(REPORTS[name].render(found, chosen, SIDES, form, Speaker(language)))


def seen(text: str, form: str) -> str:
    """Give the text that a reader sees, with plain blanks."""
    said = Page(text).text if form == "html" else markdown_text(text)
    return said.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_reads(name: str, language: str, golden: Callable[[str, str], None]) -> None:
    """The Markdown of every report is kept as a golden file."""
    golden(f"reports/{name}.{language}.md", page(name, "md", language=language))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_same_plans_same_bytes(name: str, form: str, language: str) -> None:
    """Two prints of the same change are equal; nothing is printed as None."""
    first = page(name, form, language=language)
    assert first == page(name, form, language=language)
    assert "None" not in seen(first, form)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_both_formats_say_every_change(name: str, form: str) -> None:
    """Every change of the sample stands in every report."""
    said = seen(page(name, form, wanted=Wanted(least=ROUTINE)), form)
    for words in ("GOV-01", "LIV-01", "SOC-01", "Rp 1.200.000.000", "15 izin", "lima", "berjalan"):
        assert words in said, words


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_changed(name: str, form: str) -> None:
    """Two equal plans give a page that says so."""
    assert "Tidak ada perbedaan." in seen(page(name, form, difference(BEFORE, BEFORE)), form)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sides", [("", AFTER), (BEFORE, ""), ("x: [", AFTER), ("", "")])
def test_a_plan_without_a_side(name: str, form: str, sides: tuple[str, str]) -> None:
    """A plan that came, went or is broken has a page too."""
    assert page(name, form, difference(*sides)).strip()


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_broken_file_is_said_first(name: str, form: str) -> None:
    """What stands in a file that does not parse is not taken for removed in silence."""
    said = seen(page(name, form, difference(BEFORE, "actions: [")), form)
    assert said.index("tidak terhitung dalam jumlah: plan.yaml") < said.rindex(
        "Masterplan Kota Uji"
    )


# Pages


@pytest.mark.parametrize("name", REPORTS)
def test_pages_stand_alone(name: str) -> None:
    """A page fetches nothing, runs nothing, forbids both, and every link inside it arrives."""
    source = page(name, "html")
    found = Page(source)
    assert not {"script", "link", "img", "iframe", "form"} & {tag[0] for tag in found.tags}
    assert not re.search(r"url\(|@import", source)
    assert "default-src 'none'; style-src 'unsafe-inline'" in found.all("content")
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in found.all("href") if one.startswith("#")} <= set(ids)


@pytest.mark.parametrize("name", REPORTS)
def test_every_change_has_an_anchor(name: str) -> None:
    """A comment can lead to each change by its fingerprint."""
    found = difference()
    expected = {one.fingerprint for one in selection(found).shown}
    assert expected <= set(Page(page(name, "html", found)).all("id"))


def test_a_filter_for_each_word() -> None:
    """Each weight, agency and dimension that can be chosen hides what is not of it."""
    source = page("diff", "html")
    for kind in ("by-weight option.w4", "by-agency option.o1", "by-dimension option.d1"):
        assert f"body:has(.{kind}:checked)" in source
    chosen = re.findall(r'<option class="(\w+)">', source)
    blocks = " ".join(re.findall(r'<article class="([^"]*)">', source)).split()
    assert set(chosen) <= set(blocks)


def test_words_are_marked_on_either_side() -> None:
    """What went is struck before, what came is underlined after."""
    source = page("diff", "html")
    assert "<del>tiga hari kerja.</del>" in source
    assert "<ins>lima hari kalender.</ins>" in source


def test_what_did_not_change_is_folded() -> None:
    """Only the fields that changed are open; the others lie in a fold."""
    fold = page("diff", "html").split('<details class="rest">')[1].split("</details>")[0]
    assert "Layanan satu pintu" in fold
    assert "15" not in re.sub(r"<[^>]*>", "", fold).split()


# Hostile plans

TEXTS = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "</style></td></table><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "| a | b | \\",
    "``` `a` ~~~ ~~b~~ **c**",
    "[x](javascript:alert(1)) ![y](https://example.org/y.png)",
    "@someone #12 GH-1 :tada:",
    "# kepala\n- butir\n> kutip",
    "--> <!-- <details>",
]
PLAIN = "Biasa saja di sini"


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("text", TEXTS)
def test_html_keeps_its_shape(name: str, text: str) -> None:
    """No text of a plan becomes an element or an attribute."""
    tags = set(Page(page(name, "html", difference(*hostile(text)))).tags)
    plain = set(Page(page(name, "html", difference(*hostile(PLAIN)))).tags)
    assert tags <= plain | {("ins",), ("del",), ("span",), ("span", "lang")}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("text", TEXTS)
def test_markdown_keeps_its_shape(name: str, text: str) -> None:
    """No text of a plan becomes a link, an image, a mention, HTML, code or another block."""
    source = page(name, "md", difference(*hostile(text)))
    kinds = {one.type for one in tokens(source)}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "code_inline", "fence"}
    assert not kinds & {"code_block", "blockquote_open", "hr"}
    assert not re.search(r"(?<![\w\\])@[A-Za-z]|(?<![\w\\&])#\d", source)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_hidden_signs_are_seen(name: str, form: str) -> None:
    """Signs that turn or hide text are shown as a sign of their own."""
    source = page(name, form, difference(*hostile("a\u202eb\u200bc\u2066d")))
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", source)
    assert "a\N{REPLACEMENT CHARACTER}b" in source


@pytest.mark.parametrize("name", REPORTS)
def test_rows_have_the_cells_of_their_head(name: str) -> None:
    """No row of a table in Markdown is longer or shorter than its head."""
    width = 0
    for line in page(name, "md", difference(*hostile("a | b"))).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells


# The matrix


def test_the_matrix_says_what_it_is_measured_by() -> None:
    """Its head names the adopted plan: baseline, day and act."""
    said = seen(page("matrix", "html"), "html")
    assert "baseline v1.0 tanggal 5 Maret 2024" in said
    assert "Peraturan Wali Kota Uji Nomor 12 Tahun 2024" in said


@pytest.mark.parametrize("form", FORMS)
def test_reasons_stand_in_their_rows(form: str) -> None:
    """A reason stands with its change; without one there is a line to write on."""
    found = difference()
    chosen = selection(found)
    raised = next(one for one in chosen.shown if one.rule == "budget-raised-over")
    given = Approval(
        name=Name("approvals", raised.fingerprint),
        fingerprint=raised.fingerprint,
        by="Sekda",
        role="dewan",
        ref="BA 4/2026",
        date="2026-05-03",
        reason="Pemekaran",
    )
    text = matrix.render(
        found, chosen, SIDES, form, Speaker("id"), reasons={raised.fingerprint: [given]}
    )
    rows = re.findall(r"(?s)<tr id.*?</tr>", text) if form == "html" else text.splitlines()
    with_reason = [one for one in rows if "Pemekaran" in one]
    assert 1 == len(with_reason)
    assert "Rp\N{NO-BREAK SPACE}1.200.000.000" in with_reason[0]
    assert "BA 4/2026, 3 Mei 2026 (Sekda)" in with_reason[0]
    blank = '<span class="blank">' if form == "html" else "| …………………… |"
    assert 5 == sum(blank in one for one in rows)


def test_light_changes_are_counted_in_the_matrix() -> None:
    """Spelling and comments are no rows of a decree; their number is said."""
    found = difference(
        BEFORE, BEFORE.replace("    status: planned", "    # Catatan\n    status: planned")
    )
    assert "(1)" in page("matrix", "md", found).split("## Keterangan")[1]


def test_rows_are_numbered_through() -> None:
    """Numbers run through all dimensions and agencies."""
    rows = re.findall(r"^\| (\d) \|", page("matrix", "md"), re.MULTILINE)
    assert [str(number + 1) for number in range(6)] == rows


def test_unknown_is_not_zero_in_the_matrix() -> None:
    """An amount that nobody has set is said so, and no sum turns it into 0."""
    row = next(one for one in page("matrix", "md").splitlines() if "SOC-01" in one)
    assert "belum ditetapkan" in row
    assert "Rp\N{NO-BREAK SPACE}0" not in row
    total = next(one for one in page("matrix", "md").splitlines() if one.startswith("| **Jumlah**"))
    assert "≥ Rp 3.100.000.000" in total.replace("\N{NO-BREAK SPACE}", " ")


def test_less_money_stands_in_brackets() -> None:
    """What is less is written as bookkeepers write it."""
    row = next(one for one in page("matrix", "md").splitlines() if "LIV-01" in one)
    assert "(Rp\N{NO-BREAK SPACE}800.000.000)" in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_official_can_sign(language: str) -> None:
    """Place, blank day, office, name and number of the official stand below."""
    said = seen(page("matrix", "html", language=language), "html")
    assert re.search(r"Uji, …+ 20…+", said)
    assert 2 == len(re.findall(r"NIP …+", said))


# The changelog


def test_every_rule_has_a_section() -> None:
    """No kind of change falls out of the changelog but approvals, which stand with changes."""
    none = {rule for rule in RULES if not changelog.section_of(rule)}
    assert none == {rule for rule in RULES if rule.startswith(changelog.UNTOLD)}


@pytest.mark.parametrize(
    ("after", "step", "following"),
    [
        (AFTER, "major", "2.0.0"),
        (BEFORE.replace("tiga hari", "lima minggu"), "minor", "1.3.0"),
        (BEFORE.replace("status: planned", "status: running"), "patch", "1.2.1"),
    ],
)
def test_the_next_version_follows_from_the_heaviest(after: str, step: str, following: str) -> None:
    """An amendment asks for a major, what matters for a minor, all else for a patch version."""
    found = difference(BEFORE, after)
    advice = changelog.build(found, selection(found), SIDES).advice
    assert advice is not None
    assert (step, following) == (advice.step, advice.next)


def test_sums_come_first() -> None:
    """The first sentences say what it all comes to."""
    first = seen(page("changelog", "md"), "md")
    assert first.index("Anggaran bertambah Rp 100.000.000 (+3,3%)") < first.index("GOV-01")


@pytest.mark.parametrize("group", changelog.GROUPS)
def test_groups_hold_every_sentence(group: str) -> None:
    """However it is grouped, every change is told once."""
    found = difference()
    chosen = selection(found, Wanted(least=Weight.ROUTINE))
    made = changelog.build(found, chosen, SIDES, group)
    told = [row.change.fingerprint for section in made.sections for row in section.rows]
    assert sorted(told) == sorted(one.fingerprint for one in chosen.shown)


# Illustrative items


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_illustrative_items_are_marked(name: str, form: str) -> None:
    """What is invented is marked in every report, and the mark is explained; else there is none."""
    invented = "provenance: {status: illustrative}\n"
    found = difference(invented + BEFORE, invented + AFTER)
    source = page(name, form, found)
    assert source.count("◇") >= 4
    assert "Disusun sebagai ilustrasi" in seen(source, form)
    assert "◇" not in page(name, form)
