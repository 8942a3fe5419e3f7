"""What the reports show: marks, gaps, sums, links, both languages, every text of the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import BY_NAME, Page, everything, markdown_text, numbered, page, tokens
from samples import plan_of

from smartplan.reports.markdown import anchor
from smartplan.reports.press import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS = list(BY_NAME)
LANGUAGES = ["id", "en"]
UNSET = {"id": "belum ditetapkan", "en": "not yet set"}
ITEMS = {
    "missions": "{id: M-1, text: Misi}",
    "goals": "{id: G-1, text: Sasaran, element: governance.service}",
    "strategies": "{id: STR-1, text: Strategi}",
    "indicators": "{id: IND-1, title: Indikator}",
    "actions": "{id: A-1, title: Aksi, dimension: governance, years: 2024}",
    "risks": "{id: R-1, text: Risiko}",
    "agencies": "{id: dinas, name: Dinas}",
    "partners": "{id: bank, name: Bank}",
    "institutions": "{id: dewan, name: Dewan, kind: council}",
    "legal_basis": "{id: UU-1, kind: uu, title: Undang-Undang}",
    "alignment": "{id: DOC-1, kind: rpjmd, title: RPJMD}",
    "readiness": "{id: RD-1, text: Kesiapan}",
    "swot": "{id: W-1, kind: weakness, text: Kelemahan}",
    "gaps": "{id: GAP-1, text: Kesenjangan}",
    "inventory": "{id: INV-1, name: Aplikasi}",
    "facts": "{id: F-1, about: a, label: Fakta, value: '1'}",
    "events": "{id: EV-1, date: 2023, title: Peristiwa}",
    "stages": "{id: BT-1, number: 1, title: Bimtek}",
    "participation": "{id: P-1, title: Forum}",
    "books": "{id: B-1, number: I, title: Buku}",
    "evaluations": "{id: EVAL-2024-I, year: 2024}",
    "crosswalk": "{item: G-0, scheme: sdg, code: '16'}",
    "sources": "{id: S-1, title: Sumber}",
}
GOAL = "goals: [{id: G-0, text: Lain, element: governance.policy}]\n"


def seen(text: str, form: str) -> str:
    """Give the text that a reader sees, with plain blanks."""
    said = Page(text).text if form == "html" else markdown_text(text)
    return said.replace("\N{NO-BREAK SPACE}", " ")


def rows_of(text: str, form: str) -> list[str]:
    """Give the rows of the tables, each with its markup."""
    return re.findall(r"(?s)<tr.*?</tr>", text) if form == "html" else text.splitlines()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_same_plan_same_bytes(report: str, form: str, language: str) -> None:
    """Two renders of one plan, loaded twice, are equal, and no value is printed as None."""
    first = page(plan_of(numbered()), report, form, language)
    assert first == page(plan_of(numbered()), report, form, language)
    assert "None" not in seen(first, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "plan:\n", "plan: {title: Judul}\n", "missions: [\n"])
def test_nearly_nothing_renders(report: str, form: str, language: str, text: str) -> None:
    """A plan with a header, with less, or broken, is a report that says what is missing."""
    said = seen(page(text, report, form, language), form)
    assert UNSET[language] in said.casefold()
    assert "None" not in said


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_left_out(form: str) -> None:
    """Every free text of a plan stands in its masterplan."""
    said = seen(page(numbered(), "masterplan", form), form)
    texts = re.findall(r"Teks [0-9]+\.", numbered())
    assert [] == [text for text in texts if text not in said]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("collection", ITEMS)
def test_illustrative_items_are_marked(collection: str, form: str) -> None:
    """Every kind of item shows its mark once it is illustrative, and not before."""
    item = ITEMS[collection]
    real = GOAL * (collection != "goals") + f"{collection}:\n  - {item}\n"
    invented = real.replace(item, item[:-1] + ", provenance: {status: illustrative}}")
    before, after = (page(each, "masterplan", form) for each in (real, invented))
    assert before.count("◇") < after.count("◇")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
def test_actions_are_marked_where_they_stand(report: str, form: str) -> None:
    """The mark stands in the very row of an illustrative action, and in no other row."""
    text = """\
actions:
  - {id: A-1, title: Rekaan, dimension: governance, years: 2024, quick_win: {state: selected},
     provenance: {status: illustrative}}
  - {id: A-2, title: Sungguhan, dimension: governance, years: 2024, quick_win: {state: selected}}
"""
    rows = rows_of(page(text, report, form), form)
    assert {"◇"} == {
        sign for row in rows if "Rekaan" in row and row[:2] != "A-" for sign in "◇" if sign in row
    }
    assert not [row for row in rows if "Rekaan" in row and row[:1] in "<|#" and "◇" not in row]
    assert not [row for row in rows if "Sungguhan" in row and "◇" in row]


@pytest.mark.parametrize("form", FORMATS)
def test_another_set_of_dimensions_is_named(form: str) -> None:
    """The cover names a set that is not the usual one: a draft, or one of the plan's own."""
    header = "plan: {id: x, title: Judul, taxonomy: TAXONOMY, city: {name: Kota}}\n"
    own = "registers: [{id: kita, kind: taxonomy, title: Dua, dimensions: [{id: a, name: A}]}]\n"
    named = {"draft-2026": "Enam aspek kota cerdas (rancangan 2026)", "kita": "Dua"}
    for name, title in named.items():
        text = header.replace("TAXONOMY", name) + own
        assert f"Dimensi{title}" in seen(page(text, "masterplan", form), form)
    usual = seen(page(header.replace("TAXONOMY", "kominfo-2021"), "masterplan", form), form)
    assert "Enam dimensi Kominfo" not in usual


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_said(form: str, language: str) -> None:
    """An action without owner, years, budget and indicator says so; so does the summary."""
    text = "actions:\n  - {id: A-1, title: Aksi, dimension: governance}\n"
    rows = rows_of(page(text, "masterplan", form, language), form)
    assert [row for row in rows if "A-1" in row and row.count(UNSET[language]) >= 3]
    lacking = {
        "id": "1 dari 1 rencana aksi belum mempunyai penanggung jawab.",
        "en": "1 of 1 actions have no lead agency yet.",
    }
    assert lacking[language] in seen(page(text, "summary", form, language), form)


@pytest.mark.parametrize("form", FORMATS)
def test_unknown_amounts_are_not_zero(form: str) -> None:
    """A sum with an unknown part is a lower bound; one of unknown amounts is not yet set."""
    text = """\
actions:
  - {id: A-1, title: Satu, dimension: governance, years: [2024, 2025], budget: {2024: 700 juta}}
  - {id: A-2, title: Dua, dimension: economy, years: 2024}
"""
    source = page(text, "masterplan", form)
    said = seen(source, form)
    assert "≥ Rp 700.000.000" in said
    assert "Rp 0" not in said
    economy = [row for row in rows_of(source, form) if "Ekonomi Cerdas" in row]
    assert [row for row in economy if row.count(UNSET["id"]) == 2]


@pytest.mark.parametrize("form", FORMATS)
def test_zero_is_zero(form: str) -> None:
    """A written 0 is printed as 0, with its reason."""
    text = (
        "actions:\n  - {id: A-1, title: Satu, dimension: governance, years: 2024, "
        "budget: {2024: {apbd: {amount: 0, reason: hibah pusat}}}}\n"
    )
    said = seen(page(text, "masterplan", form), form)
    assert "Rp 0" in said
    assert "hibah pusat" in said


@pytest.mark.parametrize("form", FORMATS)
def test_printed_totals_stand_beside_computed_ones(form: str) -> None:
    """A printed total that differs is shown with what smartplan works out."""
    said = seen(page(everything("Teks"), "masterplan", form), form)
    assert "Rp 800.000.000" in said
    assert "Rp 750.000.000" in said


@pytest.mark.parametrize("form", FORMATS)
def test_conflicting_facts_stand_side_by_side(form: str) -> None:
    """Both values of a conflict are shown, and marked as one."""
    text = """\
facts:
  - {id: F-1, about: city.area, label: Luas, value: "68,06", unit: km²}
  - {id: F-2, about: city.area, label: Luas, value: "108,89", unit: km²}
  - {id: F-3, about: city.code, label: Kode, value: "71.74"}
"""
    rows = rows_of(page(text, "masterplan", form), form)
    assert any("68,06" in row and "≠" in row for row in rows)
    assert any("108,89" in row for row in rows)
    assert not any("Kode" in row and "≠" in row for row in rows)


def test_road_map_has_a_bar_for_every_active_year() -> None:
    """An action has a mark in each of its years; its gaps stay empty."""
    source = page(everything("Teks"), "masterplan", "md")
    rows = [line for line in source.splitlines() if line.startswith("| GOV-0") and "●" in line]
    marks = [[cell.strip() for cell in row.split("|")[4:-1]] for row in rows]
    assert [["●", "", "●"], ["", "●", ""]] == marks
    found = Page(page(everything("Teks"), "masterplan", "html")).all("class")
    assert ["bar first last"] * 3 == [one for one in found if one.startswith("bar")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plan_text_keeps_its_language(language: str) -> None:
    """A page says its language, and that of the plan's texts where it is another."""
    found = Page(page(everything("Teks"), "masterplan", "html", language))
    languages = found.all("lang")
    assert language == languages[0]
    assert ("id" in languages[1:]) is (language == "en")
    assert ("Indonesian" in found.text) is (language == "en")


@pytest.mark.parametrize("report", REPORTS)
def test_pages_stand_alone(report: str) -> None:
    """A page fetches nothing, runs nothing, and every link inside it arrives."""
    source = page(everything("Teks"), report, "html")
    found = Page(source)
    assert not {"script", "link", "img", "iframe"} & {tag[0] for tag in found.tags}
    assert not re.search(r"url\(|@import", source)
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    inside = {one[1:] for one in found.all("href") if one.startswith("#")}
    assert inside <= set(ids)
    named = {word for value in found.all("aria-labelledby") for word in value.split()}
    assert named <= set(ids)


def test_contents_of_markdown_arrive() -> None:
    """The contents lead to the chapters, citations to the list of sources."""
    source = page(everything("Teks"), "masterplan", "md")
    headings = {anchor(line.lstrip("# ")) for line in source.splitlines() if line[:1] == "#"}
    links = {str(one.attrs["href"]) for one in tokens(source) if one.type == "link_open"}
    inside = {one[1:] for one in links if one.startswith("#")}
    assert inside <= headings
    assert "20-daftar-sumber" in inside


@pytest.mark.parametrize("report", REPORTS)
def test_markdown_holds_no_html(report: str) -> None:
    """Markdown is Markdown: no element in it."""
    kinds = {one.type for one in tokens(page(everything("Teks"), report, "md"))}
    assert not {"html_inline", "html_block"} & kinds


@pytest.mark.parametrize("report", REPORTS)
def test_rows_of_markdown_have_the_cells_of_their_head(report: str) -> None:
    """No row of a table is longer or shorter than its head."""
    width = 0
    for line in page(everything("a | b"), report, "md").splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
def test_banner_stands_first(report: str, form: str) -> None:
    """The news that a plan has errors stands above its title; without news there is none."""
    said = seen(page(everything("Judul"), report, form, banner="Ada galat."), form)
    assert said.index("Ada galat.") < said.rindex("Judul")
    assert 'role="alert"' not in page("", report, form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_broken_amount_leaves_its_action_standing(form: str) -> None:
    """An amount that cannot be read counts as unknown; the rest of the action is printed."""
    text = (
        "actions:\n  - {id: A-1, title: Aksi, dimension: governance, years: 2024, "
        "budget: {2024: banyak}}\n"
    )
    said = seen(page(text, "masterplan", form), form)
    assert "Aksi" in said
    assert "Rp 0" not in said


def test_summary_ranks_risks_and_agencies() -> None:
    """The gravest risk and the busiest agency come first; what is left over is counted."""
    risks = "".join(f"  - {{id: R-{n}, text: Biasa {n}, likelihood: low}}\n" for n in range(1, 8))
    text = f"""\
agencies: [{{id: kecil, name: Kecil}}, {{id: besar, name: Besar}}, {{id: diam, name: Diam}}]
actions:
  - {{id: A-1, title: Satu, dimension: governance, owner: besar, support: [kecil], years: 2024}}
  - {{id: A-2, title: Dua, dimension: governance, owner: besar, years: 2024}}
risks:
{risks}  - {{id: R-9, text: Gawat, likelihood: high, impact: high}}
"""
    said = seen(page(text, "summary", "html"), "html")
    assert said.index("Besar") < said.index("Kecil")
    assert "Diam" not in said
    assert said.index("Gawat") < said.index("Biasa 1")
    assert "dan 2 lainnya" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", REPORTS)
def test_reports_look_as_they_should(
    report: str, language: str, golden: Callable[[str, str], None]
) -> None:
    """The Markdown of a plan with one of everything is what a person looked at."""
    golden(f"reports/{report}.{language}.md", page(numbered(), report, "md", language))
