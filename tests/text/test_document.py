"""Documents: data and places of YAML, what is wrong with it, comments; nothing ever raises."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import data, read

from smartplan.text.document import Document
from smartplan.text.finding import ERROR, WARNING
from smartplan.text.scalar import Number
from smartplan.text.source import Source, apply

if TYPE_CHECKING:
    from smartplan.text.document import Part, Route
    from smartplan.text.finding import Finding

PLAN = """\
plan: {title: Rencana, period: {start: 2024, end: 2028}}
actions:
  # layanan
  - id: GOV-01
    title: "Mal: pelayanan"   # kutip
    budget: {2024: 700 juta, 2025: {apbd: 1.5}}
    note: |
      baris satu
      baris dua

  - id: GOV-02
    elements: &e [governance.service, governance.policy]
  - {<<: &dasar {owner: setda}, id: GOV-03, elements: *e}
"""


def raw(content: bytes) -> Document:
    """Parse bytes, as they lie on a disk."""
    return Document.read(Source.from_bytes("plan.yaml", content))


def said(document: Document) -> list[tuple[str, int, int]]:
    """Give code, line and column of what was found."""
    found = document.findings
    return [(one.code.id, one.span.line, one.span.column) for one in found]


def only(document: Document) -> Finding:
    """Give the one finding of a text."""
    assert 1 == len(document.findings), said(document)
    return document.findings[0]


def mended(document: Document) -> Document:
    """Apply the fix of the one finding and read the text again."""
    fix = only(document).remark.fix
    assert fix is not None
    return read(apply(document.source, fix.edits))


# Values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ('"null"', "null"),
        ("2023-08-01", "2023-08-01"),
        ("12:30:45", "12:30:45"),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_words_are_yaml_12(written: str, value: object) -> None:
    """Only null, true and false are more than text: no, on, yes, dates and times are text."""
    assert {"a": value} == read(f"a: {written}\n").data


@pytest.mark.parametrize(
    "written",
    ["2026", "71.10", "0x1F", "0o17", "1e3", "1.5E-3", ".5", "+7", "-0", "1.", ".inf", ".NaN"],
)
def test_numbers_keep_their_text(written: str) -> None:
    """A number stays the text that was written; the field that reads it knows what it is."""
    document = read(f"a: {written}\n")
    assert isinstance(document.data, dict)
    value = document.data["a"]
    assert (written, Number) == (value, type(value))


@pytest.mark.parametrize("written", ["1_000", "'71.10'", '"5"', "2,5", "1.500.000", "5%", "1 000"])
def test_what_only_looks_like_a_number_is_text(written: str) -> None:
    """Quoted numbers, and what YAML does not know as a number, are plain text."""
    document = read(f"a: {written}\n")
    assert isinstance(document.data, dict)
    assert str is type(document.data["a"])


def test_keys_are_text() -> None:
    """A key is text, whatever it looks like."""
    data = read("2024: a\ntrue: b\nnull: c\n71.10: d\n").data
    assert {"2024": "a", "true": "b", "null": "c", "71.10": "d"} == data


# Places


@pytest.mark.parametrize(
    ("route", "part", "text", "place"),
    [
        (("plan", "title"), "value", "Rencana", (1, 15)),
        (("plan", "title"), "key", "title", (1, 8)),
        (("plan", "period", "end"), "entry", "end: 2028", (1, 46)),
        (("actions", 0, "id"), "value", "GOV-01", (4, 9)),
        (("actions", 0, "title"), "value", '"Mal: pelayanan"', (5, 12)),
        (("actions", 0, "budget", "2025", "apbd"), "value", "1.5", (6, 43)),
        (("actions", 0, "budget", 2025, "apbd"), "value", "1.5", (6, 43)),
        (("actions", 1, "elements", 1), "value", "governance.policy", (12, 39)),
        (("actions", 0, "note"), "value", "|\n      baris satu\n      baris dua", (7, 11)),
        (("actions", 0, "note"), "key", "note", (7, 5)),
        (("actions", 2, "id"), "entry", "id: GOV-03", (13, 33)),
    ],
)
def test_locate(route: Route, part: Part, text: str, place: tuple[int, int]) -> None:
    """A route leads to the value, the key or the entry that it names."""
    span = read(PLAN).locate(route, part)
    assert (text, place) == (span.text, (span.line, span.column))


@pytest.mark.parametrize(
    ("route", "line", "column"),
    [
        (("actions", 0, "owner"), 4, 5),
        (("actions", 0, "budget", "2099", "apbd"), 6, 13),
        (("actions", 9), 4, 3),
        (("actions", 1, "elements", 7), 12, 15),
        (("actions", "function-after", 0, "id"), 4, 9),
        (("nope", "nothing"), 1, 1),
        ((), 1, 1),
    ],
)
def test_locate_gives_the_nearest_place(route: Route, line: int, column: int) -> None:
    """A part that is not there is skipped: what is missing points at what lacks it."""
    span = read(PLAN).locate(route)
    assert (line, column) == (span.line, span.column)


def test_locate_an_empty_value() -> None:
    """A key without a value is the place of the value that it lacks."""
    span = read("a:\n  b:\n  c: 1\n").locate(("a", "b"))
    assert ("b", 2) == (span.text, span.line)


def test_blocks_end_with_their_last_value() -> None:
    """A block ends where its last value ends, before comments and blank lines."""
    document = read("a:\n  - id: X\n    t: 1   # c\n\n# d\nb: 2\n")
    assert "- id: X\n    t: 1" == document.locate(("a",)).text
    assert "id: X\n    t: 1" == document.locate(("a", 0)).text


def test_locate_in_nothing() -> None:
    """A file without content, or one that cannot be parsed, has a place all the same."""
    for text in ("", "# only\n", "a: [\n"):
        assert (1, 1) == read(text).locate(("a", 0)).source.position(0)


def test_value_behind_an_alias_lies_at_its_anchor() -> None:
    """A route through an alias leads to the anchor; the alias can be had beside it."""
    document = read(PLAN)
    route = ("actions", 2, "elements", 0)
    assert ("governance.service", 12) == (document.locate(route).text, document.locate(route).line)
    assert [("*e", 13)] == [(one.text, one.line) for one in document.aliases_on(route)]
    assert [] == document.aliases_on(("actions", 1, "elements", 0))


def test_value_behind_a_merge_lies_at_its_anchor() -> None:
    """A key that `<<` brings in lies where it was written; the alias of `<<` is passed."""
    document = read("a: &dasar\n  owner: setda\nb:\n  <<: *dasar\n  id: X\n")
    assert {"owner": "setda", "id": "X"} == data(document.source.text)["b"]
    assert ("setda", 2) == (document.locate(("b", "owner")).text, 2)
    assert ["*dasar"] == [one.text for one in document.aliases_on(("b", "owner"))]


def test_entry_with_an_alias_ends_with_the_alias() -> None:
    """The entry of an alias is what stands there, wherever the anchor is."""
    document = read("a: &x [1]\nb: *x\n")
    assert "b: *x" == document.locate(("b",), "entry").text


def test_merges() -> None:
    """Own keys win over merged ones, an earlier anchor over a later one."""
    text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], a: 3}\n"
    assert {"a": "3", "b": "1", "c": "2"} == data(text)["z"]


# Text that is no text


@pytest.mark.parametrize(
    ("content", "code", "seen"),
    [
        (b"a: caf\xe9\n", "Y101", "byte 0xE9"),
        ("a: 1\n".encode("utf-16"), "Y101", "UTF-16"),
        (b"a: \xed\xa0\x80\n", "Y101", "byte 0xED"),
        (b"a: x\x00y\n", "Y102", "U+0000"),
        (b"a: \x1b[31m\n", "Y102", "U+001B"),
        (b"a: x\x7f\n", "Y102", "U+007F"),
        ("a: x\x85y\n".encode(), "Y102", "U+0085"),
        ("a: x\u2028y\n".encode(), "Y102", "U+2028"),
        ("a: x\u2029b: 2\n".encode(), "Y102", "U+2029"),
        ("a: 1\u2028\nb: 2\n".encode(), "Y102", "U+2028"),
        ("# satu\u2028b: 2\n".encode(), "Y102", "U+2028"),
    ],
)
def test_characters_that_are_no_text(content: bytes, code: str, seen: str) -> None:
    """Other encodings and characters that nobody sees are one finding each, at the character."""
    found = only(raw(content))
    assert (code, ERROR, seen) == (found.code.id, found.level, found.remark.args["seen"])


def test_separators_inside_quotes_are_text() -> None:
    """U+2028 and U+2029 may stand in quotes, and U+0085 by its name."""
    document = read('a: "x\u2028y\u2029z\\x85"\n')
    assert ([], {"a": "x\u2028y\u2029z\x85"}) == (said(document), document.data)


def test_byte_order_mark() -> None:
    """A byte order mark is left out, and places count without it."""
    document = raw(b"\xef\xbb\xbfa: 1\nb: x: y\n")
    assert [("Y107", 2, 4)] == said(document)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    """LF, CRLF and CR are read alike, and places do not depend on them."""
    document = read("a: 1\nb:\n  - x\n  - y\n".replace("\n", newline))
    span = document.locate(("b", 1))
    assert ({"a": "1", "b": ["x", "y"]}, 4, 5) == (document.data, span.line, span.column)
    assert "- x\n  - y" == document.locate(("b",)).text.replace(newline, "\n")


def test_places_after_characters_beyond_the_first_plane() -> None:
    """Places count characters, also after an emoji or another astral character."""
    document = read("a: \U0001f600 pasar\nb: [\U00020000, x]\n")
    span = document.locate(("b", 1))
    assert ("x", 2, 8) == (span.text, span.line, span.column)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("\ta: b\n", 1, 1), ("a:\n\tb: 1\n", 2, 1), ("a:\n  - x\n\t- y\n", 3, 1)],
)
def test_tab_in_indentation(text: str, line: int, column: int) -> None:
    """A tab in the indentation is named as such; tabs elsewhere are blanks."""
    assert [("Y104", line, column)] == said(read(text))


def test_tabs_elsewhere() -> None:
    """A tab after the colon or before a comment does no harm."""
    document = read("a:\tb\t# c\nc: [x,\ty]\n")
    assert ([], {"a": "b", "c": ["x", "y"]}) == (said(document), document.data)


# Files as a whole


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "# hanya komentar\n", "\n# a\n\n# b"])
def test_empty_files(text: str) -> None:
    """A file without content is a warning, not an error."""
    found = only(read(text))
    assert ("Y110", WARNING, None) == (found.code.id, found.level, read(text).data)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\n---\nb: 2\n", 2), ("---\na: 1\n---\nb: 2\n", 3), ("a: 1\n...\n---\nb: 2\n", 3)],
)
def test_several_documents(text: str, line: int) -> None:
    """A second document is named where it begins; the first is read."""
    document = read(text)
    assert ([("Y109", line, 1)], {"a": "1"}) == (said(document), document.data)


def test_document_marks() -> None:
    """One document may begin with --- and end with an ellipsis of points."""
    assert ([], {"a": "1"}) == (said(read("---\na: 1\n...\n")), read("---\na: 1\n...\n").data)


def test_unfinished_merge() -> None:
    """Conflict marks of git are one finding, from the first line to the last."""
    lines = ["a: 1\n"] * 9 + ["<<<<<<< HEAD\n", "b: 1\n", "||||||| base\n", "b: 0\n"]
    lines += ["=======\n", "b: 2\n", ">>>>>>> kolega\n", "c: 3\n"]
    found = only(read("".join(lines)))
    assert ("Y103", 10) == (found.code.id, found.span.line)
    args = {"ours": "HEAD", "theirs": "kolega", "first": 10, "last": 16}
    assert args == found.remark.args


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD\n", ">>>>>>> kolega\r\n", "<<<<<<<<< HEAD\n"])
def test_half_an_unfinished_merge(mark: str) -> None:
    """One mark that was forgotten, or one that is longer, is said as clearly."""
    found = only(read(f"a: 1\n{mark}b: 1\n"))
    assert ("Y103", 2, 2) == (found.code.id, found.span.line, found.remark.args["last"])


def test_lines_of_equal_signs_are_no_merge() -> None:
    """A line of equal signs in a text is text."""
    assert [] == said(read("a: |\n  Judul\n  =======\n  <<<<<<< HEAD\n"))


def test_four_megabytes_are_read() -> None:
    """A large file is read, in time that does not explode."""
    line = "  - {id: X-%06d, title: Judul yang panjangnya sedang saja, years: [2024, 2026]}\n"
    text = "actions:\n" + "".join(line % number for number in range(52_000))
    assert len(text) > 4_000_000
    began = time.perf_counter()
    document = read(text)
    assert [] == said(document)
    assert 51_999 == document.locate(("actions", 51_999)).line - 2
    assert time.perf_counter() - began < 20


def test_file_without_end_is_refused() -> None:
    """A text beyond the limit is refused before it is parsed."""
    document = read("#" * (32 * 1024 * 1024 + 1))
    assert ["Y114"] == [one.code.id for one in document.findings]


def test_billion_laughs() -> None:
    """Aliases that unfold without end are refused at the alias that passes the limit."""
    names = "abcdefghij"
    rows = [f"{name}: &{name} [{', '.join(['*' + below] * 10)}]" for below, name in pairwise(names)]
    began = time.perf_counter()
    document = read("a: &a [" + ", ".join("1" * 10) + "]\n" + "\n".join(rows) + "\n")
    assert "Y114" == only(document).code.id
    assert document.broken
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400 + "]" * 400,
        "- " * 400 + "x",
        "{a: " * 400 + "1" + "}" * 400,
        "".join("  " * depth + "a:\n" for depth in range(400)),
        "? " * 400 + "x",
        "[" * 100_000,
    ],
)
def test_depth_is_bounded(text: str) -> None:
    """A text that nests too deep is refused, not followed."""
    document = read(text)
    assert document.broken
    assert only(document).code.id in ("Y114", "Y106")


def test_usual_depth_is_read() -> None:
    """Twenty levels are no trouble."""
    assert [] == said(read("{a: " * 20 + "1" + "}" * 20))


# Keys, anchors, tags


def test_duplicate_key() -> None:
    """A key that stands twice is named at the second place, with the first; the first counts."""
    document = read("a:\n  b: 1\n  c: 2\n  b: 3\n")
    found = only(document)
    assert ("Y108", 4, {"seen": "b", "first": 2}) == (
        found.code.id,
        found.span.line,
        found.remark.args,
    )
    assert [("first", 2)] == [(label, one.line) for label, one in found.remark.related]
    assert {"a": {"b": "1", "c": "2"}} == document.data


def test_key_that_overrides_a_merged_one_is_no_duplicate() -> None:
    """A key may override what `<<` brings in, before or after it."""
    assert [] == said(read("x: &x {a: 1}\ny: {a: 2, <<: *x}\nz: {<<: *x, a: 2}\n"))


@pytest.mark.parametrize("text", ["? [a]\n: b\n", "[a]: b\n", "? {a: 1}\n: b\n", "{a: 1}: b\n"])
def test_key_that_is_no_text(text: str) -> None:
    """A list or a mapping cannot be a key; its value is left out."""
    document = read(text + "c: 1\n")
    assert ("Y115", {"c": "1"}) == (only(document).code.id, document.data)
    assert "1" == document.locate(("c",)).text


@pytest.mark.parametrize(
    ("text", "column", "seen"),
    [
        ("a: !penting\n", 4, "!penting"),
        ("a: !!str 5\n", 4, "!!str"),
        ("a: [!x, y]\n", 5, "!x"),
        ("a: !peta {b: 1}\n", 4, "!peta"),
        ("!kunci a: 1\n", 1, "!kunci"),
    ],
)
def test_tags(text: str, column: int, seen: str) -> None:
    """A plan has no tags: a value that begins with ! was meant as text."""
    found = only(read(text))
    assert ("Y112", column, seen) == (found.code.id, found.span.column, found.remark.args["seen"])


@pytest.mark.parametrize("value", ["!penting", "!penting sekali", "! awas"])
def test_text_with_an_exclamation_mark_can_be_mended(value: str) -> None:
    """A text that begins with an exclamation mark is mended by quotes around the whole of it."""
    assert {"a": value, "b": "1"} == mended(read(f"a: {value}   # c\nb: 1\n")).data


@pytest.mark.parametrize(
    "text", ["a: *x\n", "a: &x [*x]\n", "a: &x\n  b: *x\n", "b: *x\na: &x 1\n"]
)
def test_aliases_that_lead_nowhere(text: str) -> None:
    """An alias needs its anchor above it, and not around it."""
    found = only(read(text))
    assert ("Y113", "*x") == (found.code.id, found.span.text)


def test_text_with_an_asterisk_can_be_mended() -> None:
    """A text that begins with an asterisk is mended by quotes."""
    assert {"a": "*catatan"} == mended(read("a: *catatan\n")).data


# Syntax


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 'x\nb: 2\nc: 3\n", 1, 4),
        ('a:\n  - "x\n  - y\n', 2, 5),
        ("a: [1, 2\nb: 3\n", 1, 4),
        ("a: {x: 1\nb: 3\n", 1, 4),
        ("a: {x: [1, 2}\nb: 3\n", 1, 8),
        ("a: [[1], [2]\nb: 3\n", 1, 4),
        ("a: {b: {c: 1}\n", 1, 4),
    ],
)
def test_unclosed(text: str, line: int, column: int) -> None:
    """A quote or bracket that is never closed is named where it was opened."""
    document = read(text)
    assert [("Y106", line, column)] == said(document)
    assert document.broken


@pytest.mark.parametrize("text", ['a: "jalan\\qris"\n', 'a: "\\ud800"\n', 'a: "\\x4"\n'])
def test_wrong_escapes_are_not_unclosed(text: str) -> None:
    """A backslash that begins nothing is no quote that was left open."""
    assert [("Y105", 1)] == [(code, line) for code, line, _column in said(read(text))]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n  b: 1\n c: 2\n", 3, 2),
        ("a: 1\n  b: 2\n", 2, 3),
        ("judul\nb: 1\n", 1, 1),
        ("a: 1\njudul\nc: 2\n", 2, 1),
        ("- a\nb: 1\n", 2, 1),
        ("a: [1, 2]]\n", 1, 10),
        ("a: ]\n", 1, 4),
    ],
)
def test_syntax(text: str, line: int, column: int) -> None:
    """Other faults of syntax are one finding, on the line that a person would look at."""
    assert [("Y105", line, column)] == said(read(text))


NEED_QUOTES = ["%", "@nama", "`kode`", "& rekan", "> 90", "| garis", "- strip", "Visi: Kota", "a:"]
FRAMES = ["unit: {}\n", "a:\n  unit: {}   # c\n", "a:\n  - id: X\n    unit: {}\nb: 1\n"]


@pytest.mark.parametrize(
    ("frame", "value"),
    [(frame, value) for frame in FRAMES for value in NEED_QUOTES]
    + [("- {}\n", value) for value in NEED_QUOTES[:6]],
)
def test_values_that_need_quotes(frame: str, value: str) -> None:
    """A value that YAML takes for something else is named whole, and quotes mend it."""
    document = read(frame.replace("{}", value))
    found = only(document)
    assert ("Y107", value) == (found.code.id, found.span.text)
    assert f'"{value}"' == found.remark.args["suggestion"]
    assert frame.replace("{}", f'"{value}"') == mended(document).source.text


@pytest.mark.parametrize(
    "frame",
    [
        "a: {unit: {}, b: 1}\n",
        "a: {b: 1, unit: {}}\n",
        "- {id: X, unit: {}, b: 1}\n",
        "a:\n  - {id: X, unit: {}}\n",
        "{unit: {}, b: 1}\n",
        "a: {id: X,\n    unit: {}}\n",
        "a: [{}, b]\n",
        "a: [b, {}]\n",
    ],
)
@pytest.mark.parametrize("value", ["%", "@nama", "`kode`", "Visi: Kota: maju"])
def test_values_that_need_quotes_in_braces(frame: str, value: str) -> None:
    """Inside braces and brackets the value ends at the comma or the bracket."""
    document = read(frame.replace("{}", value))
    found = only(document)
    assert ("Y107", value) == (found.code.id, found.span.text)
    assert [] == said(mended(document))


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: 'it's x'\n", "it's x"), ('a: "x" dan y\n', '"x" dan y'), ("a: 'x'y\n", "'x'y")],
)
def test_quotes_inside_quotes(text: str, value: str) -> None:
    """A value whose quotes end too early is mended as a whole."""
    document = read(text)
    assert ("Y107", 4) == (only(document).code.id, only(document).span.column)
    assert {"a": value} == mended(document).data


# The decimal comma and the sign #


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{amount: 2,5 miliar}\n", ["2,5 miliar"]),
        ("{amount: 2,5 miliar, note: usulan}\n", ["2,5 miliar"]),
        ("{2026: 2,00, 2028: 3,00}\n", ["2,00", "3,00"]),
        ("{amount: Rp 1.500.000,-}\n", ["Rp 1.500.000,-"]),
        ("{amount: Rp 1.500.000,00, note: x}\n", ["Rp 1.500.000,00"]),
        ("{amount: sekitar 2,5 miliar}\n", ["sekitar 2,5 miliar"]),
        ("a: {2024: {apbd: 1,5 M, csr: 2,5 juta}}\n", ["1,5 M", "2,5 juta"]),
        ("a: [1,5 miliar, 2,5 miliar]\n", ["1,5 miliar", "2,5 miliar"]),
        ("a: {b: 75,7%,\n    c: 1}\n", ["75,7%"]),
    ],
)
def test_decimal_comma(text: str, seen: list[str]) -> None:
    """A decimal comma in braces or brackets is one finding for each value, and quotes mend it."""
    document = read(text)
    assert [("Y111", one) for one in seen] == [
        (one.code.id, one.span.text) for one in document.findings
    ]
    edits = [edit for one in document.findings if one.remark.fix for edit in one.remark.fix.edits]
    again = read(apply(document.source, edits))
    assert ([], document.data) == (said(again), again.data)


@pytest.mark.parametrize(
    "text",
    [
        "[2024,2026]\n",
        "[2024, 2026]\n",
        "{2024: 1,2025: 2}\n",
        "{2024: 1, 2025}\n",
        "a: 2,5 miliar\n",
        "['2,5 miliar',\"3,5\"]\n",
        "{a: x,b}\n",
        "[a,1 juta]\n",
    ],
)
def test_commas_that_are_no_decimals(text: str) -> None:
    """Lists of years, keys without values and values outside of braces are left alone."""
    assert [] == said(read(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: Koridor #2\n", "Koridor #2"),
        ("a: Koridor #2 barat\r\nb: 1\r\n", "Koridor #2 barat"),
        ("- a: Koridor #2\n", "Koridor #2"),
        ("a: Rumah #Cerdas\n", "Rumah #Cerdas"),
    ],
)
def test_text_cut_off(text: str, value: str) -> None:
    """A sign # that cuts off a text is a warning at the sign; quotes mend it."""
    document = read(text)
    found = only(document)
    assert ("Y116", WARNING, "#") == (found.code.id, found.level, found.span.text[0])
    again = mended(document)
    assert [] == said(again)
    assert value in str(again.data)


@pytest.mark.parametrize(
    "text",
    [
        "a: x # komentar\n",
        "a: x  # 2024\n",
        'a: "x #2"\n',
        "a: |\n  x #2\n",
        "a: x#2\n",
        "a: #2\n",
        "a: [1, 2] #2\n",
        "a: &q 'x' #2\n",
    ],
)
def test_comments_that_cut_nothing_off(text: str) -> None:
    """A comment with a blank after #, a quoted text and a # inside a word are no trouble."""
    assert [] == said(read(text))


# Comments


def comments(text: str) -> list[tuple[int, str, bool]]:
    """Give line, text and whether it has the line to itself, for each comment."""
    return [(one.span.line, one.span.text, one.own_line) for one in read(text).comments]


def test_comments() -> None:
    """A comment has a line to itself, or stands at the end of one."""
    text = (
        "# kepala\n\na: 1 # akhir\n# milik b\nb:\n  # di daftar\n  - x\n\n  # lepas\n\n  - y\t# e\n"
    )
    assert [
        (1, "# kepala", True),
        (3, "# akhir", False),
        (4, "# milik b", True),
        (6, "# di daftar", True),
        (9, "# lepas", True),
        (11, "# e", False),
    ] == comments(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 'x # no'  # ya\n", ["# ya"]),
        ('a: "x \\" # no" # ya\n', ["# ya"]),
        ("a: 'dua\n  # no\n  baris' # ya\n", ["# ya"]),
        ("a: x#no\n", []),
        ("a: | # ya\n  # no\n  teks # no\nb: 1\n", ["# ya"]),
        ("a: >-  # ya\n  # no\n\n# lagi\n", ["# ya", "# lagi"]),
        ("a: &q |  # ya\n  # no\n", ["# ya"]),
        ("a: |\n  teks\n# ya\nb: 1\n", ["# ya"]),
        ("[a, # satu\n b] # dua\n", ["# satu", "# dua"]),
        ("a: # satu\n  b: 1\n", ["# satu"]),
        ("--- # satu\na: 1\n... # dua\n", ["# satu", "# dua"]),
        ("a: 1\r\n# satu\r\nb: 2 # dua\r\n", ["# satu", "# dua"]),
        ("# hanya\n", ["# hanya"]),
        ("a: 1 #", ["#"]),
    ],
)
def test_where_comments_stand(text: str, found: list[str]) -> None:
    """Comments stand in the gaps between values, or on the first line of a block text."""
    assert found == [one for _line, one, _own in comments(text)]


def test_ids_in_a_broken_text() -> None:
    """Ids can be seen in a text that cannot be parsed, quoted or not, in braces or lines."""
    text = "a:\n  - id: GOV-01\n  - {id: 'GOV-02', t: x}\n  - {t: y, id: \"GOV-03\"}\nb: [\n"
    document = read(text)
    assert document.broken
    assert ["GOV-01", "GOV-02", "GOV-03"] == document.ids_in_text()


# Whatever stands in a file


PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "-",
        "- ",
        "#",
        " #",
        "'",
        '"',
        "&a",
        "*a",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "\n",
        "\r\n",
        "\t",
        "  ",
        "<<: ",
        "---\n",
        "? ",
        "a",
        "2024",
        "2,5 juta",
        "\u2028",
        "\x00",
        "\ud800",
        "é",
        "\U0001f600",
        "<<<<<<< x\n",
        "=======\n",
        ">>>>>>> y\n",
        "\\",
        "\ufeff",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a plan with pieces put in, taken out or doubled."""
    text = PLAN
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = min(start + draw(st.integers(0, 12)), len(text))
        middle = draw(PIECES | st.just(text[start:stop] * 2) | st.just(""))
        text = text[:start] + middle + text[stop:]
    return text


def routes(data: Any, top: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401  # any YAML
    """Give every route of parsed data."""
    found = [top]
    steps = data.items() if isinstance(data, dict) else enumerate(data or [])
    if isinstance(data, dict | list):
        for step, value in steps:
            found += routes(value, (*top, step))
    return found


@settings(max_examples=200, deadline=None)
@given(mutated() | st.lists(PIECES, max_size=30).map("".join))
def test_no_text_raises(text: str) -> None:
    """Whatever a file holds, reading it gives findings; every place lies inside the file."""
    document = read(text)
    spans = [one.span for one in document.findings]
    spans += [span for one in document.findings for _label, span in one.remark.related]
    spans += [one.span for one in document.comments]
    for route in routes(document.data)[:200]:
        spans += [document.locate(route), document.locate(route, "key")]
        spans += [document.locate(route, "entry"), *document.aliases_on(route)]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
    assert document.broken == (
        document.nodes.kind == bytearray()
        and bool(document.findings)
        and document.findings[-1].code.id != "Y110"
    )


@settings(max_examples=200, deadline=None)
@given(mutated())
def test_fixes_never_make_it_worse(text: str) -> None:
    """A safe fix takes its finding away and never breaks a text that could be parsed."""
    document = read(text)
    for one in document.findings:
        fix = one.remark.fix
        if fix is None or not fix.safe:
            continue
        again = read(apply(document.source, fix.edits))
        assert document.broken or not again.broken
        same = [each for each in again.findings if each.code is one.code]
        before = [each for each in document.findings if each.code is one.code]
        assert len(same) < len(before) or document.broken


def test_a_decimal_comma_behind_an_anchor() -> None:
    """An anchor is no part of the value: the fix leaves it out, the alias gets the whole value."""
    document = read("a: {x: &m 2,5 miliar, y: *m}\n")
    assert ("Y111", "2,5 miliar") == (only(document).code.id, only(document).span.text)
    assert {"a": {"x": "2,5 miliar", "y": "2,5 miliar"}} == document.data == mended(document).data


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_quote_that_a_later_one_closes(quote: str) -> None:
    """A quote that was left open is blamed where it began, though a later quote ends it."""
    document = read(f"a: {quote}tak tertutup\nb: 1\nc: {quote}y{quote}\n")
    assert ("Y106", 1, 4) == (
        only(document).code.id,
        only(document).span.line,
        only(document).span.column,
    )


def test_a_line_of_blanks_and_a_tab() -> None:
    """A tab where YAML counts blanks is called a tab."""
    assert "Y104" == only(read("a:\n  b: 1\n \t\n  c: 2\n \td: 3\n")).code.id


def test_a_byte_order_mark_inside_a_text() -> None:
    """A mark that came in by copying is seen."""
    assert ("Y102", "U+FEFF") == (
        (found := only(read("a: kota\ufeffbaru\n"))).code.id,
        found.remark.args["seen"],
    )
