"""One value changes, and every other byte stays."""

from __future__ import annotations

import pytest

from smartplan.text.document import Document
from smartplan.text.edit import (
    ALIASED,
    BLOCK_THERE,
    COMMENT,
    LAYOUT,
    NO_MAPPING,
    NOTHING,
    Refused,
    add,
    put,
    take,
)
from smartplan.text.source import Source

TEXT = """\
# kepala
plan:
  title: a  # judul
  period: {start: 2024, end: 2028}
actions:
  # satu
  - id: A
    budget: {2024: 1 juta}  # uang

    years: [2024, 2026]
  - id: B
    budget:
      2024: 2 juta
    note:
"""
KEYS = ("id", "title", "budget", "years", "note")


def order(route: tuple[str, ...]) -> tuple[str, ...]:
    """Give the order of keys of an action."""
    return KEYS if route == ("actions",) else ()


def lines(text: str, other: str) -> tuple[list[str], list[str]]:
    """Give the lines that only one text has."""
    a, b = text.split("\n"), other.split("\n")
    return [one for one in a if one not in b], [one for one in b if one not in a]


@pytest.mark.parametrize(
    ("route", "value", "gone", "came"),
    [
        (("plan", "title"), "b: c", ["  title: a  # judul"], ['  title: "b: c"  # judul']),
        (
            ("actions", 0, "budget", "2025"),
            "2,5 miliar",
            ["    budget: {2024: 1 juta}  # uang"],
            ['    budget: {2024: 1 juta, 2025: "2,5 miliar"}  # uang'],
        ),
        (
            ("actions", 0, "budget", "2024"),
            "Rp 2.000.000,-",
            ["    budget: {2024: 1 juta}  # uang"],
            ['    budget: {2024: "Rp 2.000.000,-"}  # uang'],
        ),
        (("actions", 1, "title"), "Halo #1", [], ['    title: "Halo #1"']),
        (("actions", 1, "budget", "2025", "apbd"), "5 juta", [], ["      2025: {apbd: 5 juta}"]),
        (("actions", 1, "note"), "x", ["    note:"], ["    note: x"]),
        (
            ("actions", 0, "years", 2),
            "2028",
            ["    years: [2024, 2026]"],
            ["    years: [2024, 2026, 2028]"],
        ),
        (("actions", 1, "years"), "[2024, 2025]", [], ["    years: [2024, 2025]"]),
        (
            ("plan", "period"),
            "{start: 2025, end: 2029}",
            ["  period: {start: 2024, end: 2028}"],
            ["  period: {start: 2025, end: 2029}"],
        ),
        (("plan", "note"), "baris\nlain", [], ['  note: "baris\\nlain"']),
        (("plan", "note"), "- butir", [], ['  note: "- butir"']),
        (("plan", "note"), "%", [], ['  note: "%"']),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_value_is_set(
    route: tuple[str | int, ...], value: str, gone: list[str], came: list[str], ends: str
) -> None:
    """Quoted where it must be, at the place of its key, in brackets where brackets stand."""
    before = Source("p", TEXT.replace("\n", ends), bom=True)
    after = put(before, route, value, order)
    assert lines(TEXT, after.text.replace(ends, "\n")) == (gone, came)
    assert after.bom


def test_new_keys_stand_in_the_order_of_the_plan() -> None:
    """A title behind the id, in front of the budget."""
    after = put(Source("p", TEXT), ("actions", 1, "title"), "Dua", order).text
    assert "  - id: B\n    title: Dua\n    budget:\n" in after


def test_a_text_that_looks_like_a_number_stays_text() -> None:
    """`0.1` would become a number without quotes."""
    after = put(Source("p", TEXT), ("plan", "version"), "0.1", is_text=True).text
    assert '  version: "0.1"\n' in after


@pytest.mark.parametrize(
    ("route", "left"),
    [
        (("actions", 0, "budget", "2024"), "    budget: {}  # uang\n"),
        (("actions", 0, "years", 0), "    years: [2026]\n"),
        (("actions", 0, "years", 1), "    years: [2024]\n"),
        (("actions", 0), "actions:\n  - id: B\n"),
        (("plan", "title"), "plan:\n  period: {start: 2024, end: 2028}\n"),
    ],
)
def test_an_entry_goes_with_its_comments(route: tuple[str | int, ...], left: str) -> None:
    """What belongs to it, and nothing else."""
    after = take(Source("p", TEXT), route).text
    assert left in after
    assert after.startswith("# kepala\n")


def test_an_item_is_added() -> None:
    """At the end of its collection, or in a collection of its own."""
    after = add(Source("p", TEXT), "actions", "id: C\ntitle: x\n", "Isi dulu.").text
    assert after == TEXT + "  # Isi dulu.\n  - id: C\n    title: x\n"
    assert add(Source("p", TEXT), "risks", "id: R\n").text == TEXT + "\nrisks:\n  - id: R\n"
    assert add(Source("p", ""), "risks", "id: R\n").text == "risks:\n  - id: R\n"
    assert add(Source("p", "risks: []\n"), "risks", "id: R\n").text == "risks:\n  - id: R\n"


@pytest.mark.parametrize(
    ("text", "route", "reason"),
    [
        ("a: &x 1\nb: *x\n", ("b",), ALIASED),
        ("a:\n  b: 1\n", ("a",), BLOCK_THERE),
        ("a: {b: 1}\n", ("a",), BLOCK_THERE),
        ("a: 1\n", ("a", "b"), NO_MAPPING),
        ("a: 'x\n", ("a",), LAYOUT),
        ("a: [1, # satu\n  2]\n", ("a",), BLOCK_THERE),
    ],
)
def test_what_would_change_something_else_is_refused(
    text: str, route: tuple[str, ...], reason: str
) -> None:
    """Shared values, whole blocks, files that are not understood."""
    with pytest.raises(Refused) as caught:
        put(Source("p", text), route, "2")
    assert caught.value.reason == reason


def test_a_comment_is_not_lost() -> None:
    """A list in brackets over lines, with a comment inside, is not written over."""
    with pytest.raises(Refused) as caught:
        put(Source("p", "a: [1, # satu\n  2]\n"), ("a",), "[3]")
    assert caught.value.reason == COMMENT


def test_what_is_not_there_cannot_go() -> None:
    """Neither a key nor what would stand below it."""
    for route in (("x",), ("plan", "x"), ("plan", "title", "x")):
        with pytest.raises(Refused) as caught:
            take(Source("p", TEXT), route)
        assert caught.value.reason == NOTHING


def test_a_text_of_several_lines_keeps_the_comment_beside_it() -> None:
    """The comment stays a comment."""
    after = put(Source("p", "id: []  # c0\nb: 1\n"), ("id",), "[a]")
    assert after.text == "id: [a]  # c0\nb: 1\n"
    after = put(Source("p", "id: x  # c0\nb: 1\n"), ("id",), "satu\ndua")
    assert Document.read(after).data == {"id": "satu\ndua", "b": "1"}
    assert "# c0" in after.text
