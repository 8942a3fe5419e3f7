"""From files to a plan: collections over files, what stands once, what is not read, provenance."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HEADER, TODAY, check_text, checked, form, places, plan_of

from smartplan.plan import values
from smartplan.plan.load import load
from smartplan.rules.check import check
from smartplan.text.source import Source, apply

if TYPE_CHECKING:
    from smartplan.text.finding import Finding

BROKEN = "agencies:\n  - id: setda\n    name: 'Sekretariat Daerah\n"
OWNED = "actions:\n  - {id: A-1, title: T, dimension: governance, owner: setda}\n"


def ids(text: str = "", **files: str) -> list[str]:
    """Give the ids of the actions of a plan."""
    return [one.id or "" for one in plan_of(text, **files).actions]


# Collections


def test_collections_of_one_name_are_joined() -> None:
    """One file or many mean the same; items stand in the order of the paths."""
    one, two = "  - {id: A-1, title: T}\n", "  - {id: A-2, title: U}\n"
    assert ["A-1", "A-2"] == ids(f"actions:\n{one}{two}")
    assert ["A-1", "A-2"] == ids(a=f"actions:\n{one}", b=f"actions:\n{two}")
    assert ["A-2", "A-1"] == ids(b=f"actions:\n{one}", a=f"actions:\n{two}")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vision", "{id: V-1, text: x}", "D113"),
        ("roadmap", "{}", "F108"),
        ("checks", "{}", "F108"),
        ("plan", "{id: x, title: X, period: {start: 2024, end: 2028}, city: {name: X}}", "F108"),
    ],
)
def test_what_may_stand_once(name: str, content: str, code: str) -> None:
    """A second one is an error that names both places; the first one holds."""
    text = f"{name}: {content}\n"
    found = [one for one in check_text(a=text, b=f"# dua\n{text}") if one.code.id == code]
    assert [("b.yaml", 2)] == [(one.span.source.path, one.span.line) for one in found]
    assert "a.yaml:1" == found[0].remark.args["first"]
    assert [("first", "a.yaml", 1)] == [
        (label, one.source.path, one.line) for label, one in found[0].remark.related
    ]


@pytest.mark.parametrize("content", ["", "[]", "~"])
def test_empty_collections(content: str) -> None:
    """A collection without items is no fault."""
    assert [] == form(check_text(f"actions: {content}\n"))


@pytest.mark.parametrize("content", ["5", "teks", "{A-1: {title: T}}", "true"])
def test_collection_that_is_no_list(content: str) -> None:
    """A collection that is no list is one finding, and nothing is said to be missing from it."""
    found = check_text(f"actions: {content}\n")
    assert [("F103", 1)] == form(found)
    assert [] == places(found, "D017", "A062")


def test_misspelt_collection() -> None:
    """A name that is no collection is one finding; what it may hold is not said to be missing."""
    found = check_text("acitons:\n  - {id: A-1, title: T, dimension: governance}\n")
    assert [("F102", 1)] == form(found)
    assert (
        "actions" == next(one for one in found if one.code.id == "F102").remark.args["suggestion"]
    )
    assert [] == places(found, "D017", "A062")
    assert [] == places(check_text("visoin: {id: V-1, text: x}\n"), "D013")


# Files


def test_yml_is_not_read() -> None:
    """A file that ends in .yml is a finding; what it shows is not said to be missing."""
    actions = "actions:\n  - {id: A-2, title: U, dimension: economy}\n"
    opd = "agencies:\n  - {id: setda, name: S}\n" + actions
    found = checked({"a.yaml": OWNED, "opd.yml": opd}).findings
    assert [("F117", "opd.yml", "opd.yaml")] == [
        (one.code.id, one.span.source.path, one.remark.args["suggestion"])
        for one in found
        if one.code.id[0] == "F"
    ]
    assert [] == places(found, "C022", "D017", "A062")


@pytest.mark.parametrize("text", ["- {id: setda, name: S}\n", "teks biasa\n", "5\n"])
def test_file_that_is_no_mapping(text: str) -> None:
    """A plan file is a mapping from collections to their content; its ids count all the same."""
    found = checked({"a.yaml": OWNED, "opd.yaml": text}).findings
    assert ["F116"] == [one.code.id for one in found if one.span.source.path == "opd.yaml"]
    assert ("setda" not in text) == bool(places(found, "C022"))


def test_empty_file() -> None:
    """An empty file is a warning and takes nothing from the plan."""
    found = checked({"a.yaml": OWNED, "b.yaml": "# belum diisi\n"}).findings
    assert [("Y110", "warning", "b.yaml")] == [
        (one.code.id, str(one.level), one.span.source.path)
        for one in found
        if one.code.id[0] == "Y"
    ]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("draf/**", ["actions/x.yaml"]),
        ("draf/*", ["actions/x.yaml"]),
        ("*/x.yaml", ["draf/y.yaml"]),
        ("**/x.yaml", ["draf/y.yaml"]),
        ("draf", ["actions/x.yaml", "draf/x.yaml", "draf/y.yaml"]),
        ("x.yaml", ["actions/x.yaml", "draf/x.yaml", "draf/y.yaml"]),
    ],
)
@pytest.mark.parametrize("root", ["", "plans/kota"])
def test_excluded_files(pattern: str, left: list[str], root: str) -> None:
    """Files that a pattern of `checks.exclude` names are not read; patterns begin at the plan."""
    folder = f"{root}/" if root else ""
    files = {
        f"{folder}{name}": "rusak: [\n" for name in ("draf/x.yaml", "draf/y.yaml", "actions/x.yaml")
    }
    files[f"{folder}a.yaml"] = f"checks: {{exclude: ['{pattern}']}}\n"
    found = [
        one.span.source.path for one in checked(files, root=root).findings if one.code.id[0] == "Y"
    ]
    assert [f"{folder}{name}" for name in left] == found


def test_excluded_files_hold_nothing() -> None:
    """What stands in an excluded file is no part of the plan."""
    files = {
        "a.yaml": "checks: {exclude: [draf/**]}\n" + OWNED,
        "draf/b.yaml": "agencies: [{id: setda, name: S}]\n",
    }
    result = checked(files)
    assert () == result.plan.agencies
    assert [("C022", 3)] == places(result.findings, "C022")


@pytest.mark.parametrize(
    ("written", "count"), [("1", 0), ('"1"', 0), ("2", 1), ("1.0", 1), ("x", 1), ("[1]", 1)]
)
def test_format_version(written: str, count: int) -> None:
    """A format that this version does not know is said so."""
    assert [("F119", 1)] * count == form(check_text(f"format: {written}\n"))


# The header


def test_plan_without_header() -> None:
    """A plan without `plan` is one finding; it is not asked for what a header would say."""
    found = check([Source("a.yaml", "actions: []\n")], today=TODAY).findings
    assert ["F120"] == [one.code.id for one in found if one.code.id[0] in "FCS"]


@pytest.mark.parametrize("content", ["5", "", "[]"])
def test_header_that_is_no_mapping(content: str) -> None:
    """A header that cannot be read is one finding."""
    found = check_text(f"plan: {content}\n")
    assert ["F103"] == [one.code.id for one in found if one.code.id[0] in "FCS"]


def test_header_in_a_broken_file() -> None:
    """A header that may stand in a file that cannot be parsed is not said to be missing."""
    found = check([Source("a.yaml", HEADER + "actions: [\n"), Source("b.yaml", OWNED)], today=TODAY)
    assert ["Y106"] == [one.code.id for one in found.findings if one.code.id[0] in "YF"]
    assert [] == places(found.findings, "D013", "D017", "A062", "C005")


def test_header_lacks_fields() -> None:
    """Each required field that is missing is one finding at the header."""
    found = [
        one for one in check_text("plan: {id: x, period: {start: 2024}}\n") if one.code.id == "F104"
    ]
    assert ["plan.city", "plan.period.end", "plan.title"] == sorted(
        one.remark.path for one in found
    )


@pytest.mark.parametrize(
    ("key", "value"), [("taxonomy", "kominfo-2012"), ("codes", "kepmendagri-050")]
)
def test_unknown_registers(key: str, value: str) -> None:
    """A register that is not shipped is said so, and the default is used."""
    text = HEADER.replace("kominfo-2021" if key == "taxonomy" else "kepmendagri-900", value)
    found = [one for one in check_text(text + OWNED) if one.code.id == "F121"]
    assert [(value, f"plan.{key}")] == [(one.remark.args["seen"], one.remark.path) for one in found]
    assert "governance" == plan_of(text + OWNED).actions[0].dimension


def test_header_may_come_last() -> None:
    """The header decides how all files are read, wherever it stands."""
    header = HEADER + "  default_fund: pad\n"
    plan = plan_of(a="actions: [{id: A-1, title: T, budget: {2024: 5 juta}}]\n", z=header)
    assert ["pad"] == list(plan.actions[0].budget[2024])


# Ids


def test_duplicate_ids() -> None:
    """An id stands once in the plan, whatever the case and the kind; both places are named."""
    text = "agencies:\n  - {id: setda, name: S}\nactions:\n  - {id: SETDA, title: T}\n"
    found = next(one for one in check_text(text) if one.code.id == "S020")
    assert (4, "SETDA", "S", "plan.yaml:2") == (
        found.span.line,
        found.remark.args["seen"],
        found.remark.args["title"],
        found.remark.args["first"],
    )


def test_id_of_a_part_counts() -> None:
    """Indicators of actions share the ids of the plan."""
    text = "actions:\n  - {id: A-1, title: T, indicators: [{id: a-1, title: x}]}\n"
    assert [("S020", 2)] == places(check_text(text), "S020")


def test_id_in_two_files() -> None:
    """An id that two files hold is found in the later one."""
    one = "actions:\n  - {id: A-1, title: T}\n"
    found = next(each for each in check_text(a=one, b=one) if each.code.id == "S020")
    assert ("b.yaml", "a.yaml:2") == (found.span.source.path, found.remark.args["first"])


@pytest.mark.parametrize(
    "agencies",
    [
        BROKEN,
        "agencies:\n  id: setda\n  name: S\n",
        "agencys:\n  - {id: setda, name: S}\n",
        "agencies:\n  - {id: setda, name: [S]}\n",
        "agencies:\n  - {id: setda}\n",
        "agencies:\n  - [{id: setda, name: S}]\n",
    ],
)
def test_ids_in_what_is_broken_count(agencies: str) -> None:
    """Ids that can be seen in a broken file, item or collection make no dangling references."""
    found = check_text(a=agencies, b=OWNED)
    assert [] == places(found, "C022", "F107")
    assert 1 == len(form(found))


# Misspelt keys


def test_misspelt_required_key() -> None:
    """A slip in a required key is one finding: the field is not missing too."""
    found = check_text("actions:\n  - {id: A-1, titel: T}\n")
    assert [("F101", 2)] == form(found)


@pytest.mark.parametrize(
    ("key", "value", "silent"),
    [
        ("ownr", "setda", "C122"),
        ("yers", "2024", "A124"),
        ("dimensi", "governance", "D118"),
        ("indicator", "[]", "A026"),
        ("budgt", "{2024: 5 juta}", "M049"),
    ],
)
def test_misspelt_key_silences_its_rules(key: str, value: str, silent: str) -> None:
    """A field whose key is misspelt counts as unknown: no rule says that it is missing."""
    years = "" if key == "yers" else ", years: 2024"
    found = check_text(f"actions:\n  - {{id: A-1, title: T{years}, {key}: {value}}}\n")
    assert [("F101", 2)] == form(found)
    assert [] == places(found, silent)


# Provenance


def test_nearest_provenance_wins_whole() -> None:
    """An item's own provenance, else that of the item it stands in, else the file's, else none."""
    text = (
        "provenance: {status: derived, note: berkas}\n"
        "actions:\n"
        "  - {id: A-1, title: T, indicators: [{id: I-1, title: x}]}\n"
        "  - id: A-2\n"
        "    title: U\n"
        "    provenance: {status: illustrative}\n"
        "    indicators:\n"
        "      - {id: I-2, title: x}\n"
        "      - {id: I-3, title: y, provenance: {status: reported, sources: [S-1]}}\n"
    )
    plan = plan_of(a=text, b="actions: [{id: A-3, title: V}]\nsources: [{id: S-1, title: s}]\n")
    found = {}
    for one in (*plan.actions, *plan.indicators):
        provenance = plan.provenance(one)
        found[one.id] = (provenance.status, provenance.note) if provenance else None
    assert {
        "A-1": ("derived", "berkas"),
        "A-2": ("illustrative", None),
        "A-3": None,
        "I-1": ("derived", "berkas"),
        "I-2": ("illustrative", None),
        "I-3": ("reported", None),
    } == found
    assert plan.illustrative(plan.get("I-2"))
    assert not plan.illustrative(plan.get("I-3"))


# Paths


def test_paths_of_items() -> None:
    """An item is named by its collection and id, wherever it stands."""
    text = "actions:\n  - id: A-1\n    title: T\n    depends_on: [A-2]\n"
    text += (
        "    budget: {2026: 5 juta, 2027: {apbd: 5 juta}}\n    indicators: [{id: I-1, title: x}]\n"
    )
    plan = plan_of(text + "readings: [{indicator: I-1, period: 2024-Q4, value: 7}]\nroadmap: {}\n")
    action, indicator, reading = plan.actions[0], plan.indicators[0], plan.all("reading")[0]
    assert [
        "actions[A-1].budget.2026",
        "actions[A-1].budget.2027.apbd",
        "actions[A-1].budget.2028",
        "actions[A-1].depends_on[A-2]",
        "indicators[I-1].targets.2026",
        "readings[I-1@2024-Q4].value",
        "plan.title",
        "roadmap",
    ] == [
        plan.path(action, "budget", 2026, "apbd"),
        plan.path(action, "budget", 2027, "apbd"),
        plan.path(action, "budget", 2028),
        plan.path(action, "depends_on", 0),
        plan.path(indicator, "targets", 2026),
        plan.path(reading, "value"),
        plan.path(plan.header, "title"),
        plan.path(plan.roadmap) if plan.roadmap else "",
    ]


def test_loader_and_rules_name_a_place_alike() -> None:
    """What the loader says of a reading, a member of a set or a part has the path of the format."""
    text = (
        "actions:\n"
        "  - id: A-1\n"
        "    title: T\n"
        "    codes: [2.16.03.02.02]\n"
        "    depends_on: [[x]]\n"
        "    indicators: [{id: I-1, title: x, unit: 5}]\n"
        "readings:\n"
        "  - {indicator: I-1, period: 2024-Q4, value: 1.250}\n"
    )
    found = {one.code.id: one.remark for one in check_text(text)}
    assert "actions[A-1].codes[2.16.03.02.02]" == found["M154"].path
    assert found["F103"].path.startswith("actions[A-1].depends_on")
    assert "indicators[I-1].unit" == found["F109"].path
    assert "readings[I-1@2024-Q4].value" == found["I035"].path


# Aliases


def test_items_may_share_parts() -> None:
    """A list that two fields share by an alias is judged in each; a fault in it breaks nothing."""
    text = (
        "actions:\n  - id: A-1\n    title: T\n    codes: &c [2.16.03, 2.16.x]\n    elements: *c\n"
    )
    found = check_text(text)
    assert [4, 4, 4] == [line for _code, line in places(found, "M054", "D016")]


def test_alias_is_a_related_place() -> None:
    """A fault behind an alias lies at the anchor, with the alias as a related place."""
    text = "actions:\n  - {id: A-1, title: T, elements: &e [governance.service]}\n"
    text += "  - {id: A-2, title: U, dimension: economy, elements: *e}\n"
    found = next(one for one in check_text(text) if one.code.id == "D018")
    assert 2 == found.span.line
    assert ["*e"] == [span.text for _label, span in found.remark.related]


# The decimal comma


def read_codes(found: list[Finding]) -> list[str]:
    """Give the codes of what is found while files are read, not by rules."""
    return [one.code.id for one in found if one.code.id[0] in "YF" or one.code in values.CODES]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("actions:\n  - {id: A-1, title: T, budget: {2024: 2,5 miliar}}\n", 1),
        ("actions:\n  - {id: A-1, title: T, budget: {2024: {amount: 2,5 miliar}}}\n", 1),
        ("actions:\n  - {id: A-1, title: T, budget: {2024: {amount: Rp 500.000,-, note: x}}}\n", 1),
        ("actions:\n  - {id: A-1, title: T, budget: {2024: {apbd: 1,5 juta, pad: 2,5 juta}}}\n", 2),
        (
            "indicators:\n  - {id: I-1, title: x, baseline: {2023: 2,10}, targets: {2028: 3,00}}\n",
            2,
        ),
        ("indicators:\n  - {id: I-1, title: x, targets: {2026: 2,00, 2028: 3,00}}\n", 2),
    ],
)
def test_decimal_commas_are_one_finding_each(text: str, count: int) -> None:
    """Each slip is one finding of its own kind; its fix makes the plan sound."""
    found = check_text(text)
    assert ["Y111"] * count == read_codes(found)
    edits = [edit for one in found if one.remark.fix for edit in one.remark.fix.edits]
    mended = apply(Source("plan.yaml", text), edits)
    assert [] == read_codes(check_text(mended))


# Whatever stands in a file


SOUND = (
    "vision: {id: V-1, text: Kota cerdas}\n"
    "agencies:\n  - {id: setda, name: Sekretariat Daerah, affairs: ['4.01'], valid: {from: 2017}}\n"
    "actions:\n"
    "  - id: A-1\n"
    "    title: SiKemas\n"
    "    dimension: governance\n"
    "    elements: [governance.service]\n"
    "    owner: setda\n"
    "    years: [2024, 2026-2028]\n"
    "    codes: [4.01.03.2.02]\n"
    "    budget: {2024: 700 juta, 2026: {apbd: 5 juta}}\n"
    "    indicators: [{id: I-1, title: x, unit: y, targets: {2024: 5}}]\n"
    "    quick_win: {state: selected, start: 2024-03, months: 9}\n"
    "readings:\n  - {indicator: I-1, period: 2024-Q4, value: 7}\n"
)
VALUES = st.sampled_from(
    [
        "",
        "5",
        "-1",
        "0",
        "[]",
        "{}",
        "[a]",
        "{a: b}",
        "[[a]]",
        "[{id: x}, 5, null]",
        "true",
        "x",
        "2024",
        "{2024: 0}",
        "{2024: {apbd: 0}}",
        "[2024, x]",
        '"5"',
        "1.250",
        "&q [*q]",
        "2024-2020",
        "{amount: 0}",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), VALUES), min_size=1, max_size=4))
def test_nothing_in_a_plan_raises(changes: list[tuple[int, str]]) -> None:
    """Whatever stands in a field, the plan is read and judged, and every finding has a place."""
    lines = SOUND.splitlines()
    for number, value in changes:
        line = lines[number % len(lines)]
        if ":" in line:
            lines[number % len(lines)] = f"{line.split(':', 1)[0]}: {value}"
    text = "\n".join(lines) + "\n"
    for one in check_text(text):
        assert 0 <= one.span.start <= one.span.end <= len(one.span.source.text)
        assert one.fingerprint


def test_two_keys_that_mean_nothing() -> None:
    """Two wrong keys of a mapping, with wrong values below, are two findings; the rest stays."""
    text = """\
plan:
  id: contoh-2024
  title: Masterplan
  ceilings:
    kota: "71.74"
    nama: Kota
    2024: 5 miliar
  period: {start: 2024, end: 2028}
"""
    assert [("F110", 5), ("F110", 6)] == places(check_text(text), "F103", "F110")
    header = plan_of(text).header
    assert ("Masterplan", [2024]) == (header.title, list(header.ceilings))


def test_collector_is_left_as_it_was() -> None:
    """Loading leaves the garbage collector on if it was on, and off if it was off."""
    load([Source("a.yaml", SOUND)])
    assert gc.isenabled()
    gc.disable()
    try:
        load([Source("a.yaml", SOUND)])
        assert not gc.isenabled()
    finally:
        gc.enable()
