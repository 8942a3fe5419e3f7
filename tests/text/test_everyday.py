"""The fast lane of reading: it gives what the parser gives, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fuzz import same_both_ways, some_text
from hypothesis import given
from hypothesis import strategies as st

from smartplan.text.everyday import everyday
from smartplan.text.scalar import Number

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))
SHIPPED = sorted((ROOT / "smartplan").rglob("*.yaml"))


@pytest.mark.parametrize("path", [*PLANS, *SHIPPED], ids=lambda one: one.stem)
def test_what_comes_with_the_project_is_everyday(path: Path) -> None:
    """The given plans, and lists and sentences, which every command reads, need no parser."""
    assert same_both_ways(path.read_text("utf-8"))


def test_it_reads_what_plans_are_written_in() -> None:
    """Comments, lists at the column of their key, block texts, brackets, words, numbers."""
    data = everyday(
        """\
---
# Disusun pada Bimtek III.
actions:
- id: GOV-01   # layanan
  summary: >-
    Satu loket
    untuk warga.

    Dua jam.
  note: |
    baris satu
    # dua

  years: 2026-2028
  codes: ["2.16", 71.10, M-1, 'a, b']
  budget: {2026: {apbd: Rp 1.500.000, csr: 2 juta}, 2027: ~, "2028": []}
  steps:
    - Uji: false
    - -5
    - http://x.id/a#b
"""
    )
    assert data == {
        "actions": [
            {
                "id": "GOV-01",
                "summary": "Satu loket untuk warga.\nDua jam.",
                "note": "baris satu\n# dua\n",
                "years": "2026-2028",
                "codes": ["2.16", "71.10", "M-1", "a, b"],
                "budget": {
                    "2026": {"apbd": "Rp 1.500.000", "csr": "2 juta"},
                    "2027": None,
                    "2028": [],
                },
                "steps": [{"Uji": False}, "-5", "http://x.id/a#b"],
            }
        ]
    }
    read: Any = data
    codes = read["actions"][0]["codes"]
    assert [False, True, False, False] == [isinstance(one, Number) for one in codes]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "- a\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !t 1\n",
        "<<: {a: 1}\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: b: c\n",
        "a: b\n  c: d\n",
        "a: b\n c\n",
        "a:\n  b\n",
        "a:\n  b: 1\n c: 2\n",
        "a:\n  - b\n  c: 1\n",
        "a: x\n- b\n",
        "a: [b\n",
        "a: [b,\n  c]\n",
        "a: [b}\n",
        "a: {b: 2,5 miliar}\n",
        "a: [2,5 miliar]\n",
        "a: {b}\n",
        "a: [b: c]\n",
        "a: [b, ]\n",
        'a: "b\\n"\n',
        "a: 'it''s'\n",
        'a: "b" c\n',
        "a: @b\n",
        "a: Koridor #2\n",
        "a: b\tc\n",
        "a: b\u2028c\n",
        "a: b\u00a0c\n",
        "a: \udc80\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: |+\n  b\n",
        "a: |2\n  b\n",
        "a: |\n  b\n    c\n",
        "a: |\n\n  b\n",
        "a: |\n  b\n   \n",
        "a: >\n  b",
        "? a\n: 1\n",
        "'a': 1\n",
        '"a\\n": 1\n',
        '"a": 1\na: 2\n',
        "a\n",
        " a: 1\nb: 2\n",
        "<<<<<<< ours\na: 1\n",
        f"{'k' * 2000}: 1\n",
    ],
)
def test_it_leaves_all_else_to_the_parser(text: str) -> None:
    """Whatever is doubtful, wrong or rare is not read."""
    assert everyday(text) is None


@pytest.mark.parametrize(
    ("before", "much", "after"),
    [("a: [x", " ", "{]\n"), ("a: ", "[", "\n"), ("a: [", "x, ", "{]\n"), ("a", " ", "b\n")],
)
def test_it_does_not_lose_its_way(before: str, much: str, after: str) -> None:
    """A million signs that lead nowhere are read once, not once for each of them."""
    assert everyday(f"{before}{much * 1_000_000}{after}") is None


@pytest.mark.parametrize(
    "text",
    [
        "a:\n- b\n- c: 1\n  d:\n  - e\nf: g\n",
        "a:\n  b:\n    c: 1\n  d:\ne:\n",
        "a: b   \nc:   # later\n  d: 1\n",
        "a: |-\n  b\n\n\n  c\n\nd: >\n  e\n  f\n\n\n  g\n",
        "a: b\r\nc: |\r\n  d\r\n  e\r\n",
        "a: 1",
        "a: |-\n  b",
        "a: 'b'  # c\nd: [e, f] # g\n",
        "a: -1\nb: +1\nc: .5\nd: 1e3\ne: 0x1F\nf: 1_000\ng: .nan\n",
        "a: no\nb: NULL\nc: TRUE\nd: ~\n",
        "a: x{y}[z], \"q\" 'r' & * ! | > % @\n",
        "a: [ b , c ]\nd: { e: f , g: h }\ni: [[j], {k: [l]}]\n",
        "a:\n  - # none\n  - b\n",
        "a b (c)/d-e.f: 1\n",
        '"<<": {"a": 1}\n"b c":\n  - "d":\n      "e": f\n',
        "kode: é, 日本, 🙂\n",
        "  a: 1\n  # b\n  c:\n    d: 2\n",
    ],
)
def test_it_reads_as_the_parser_does(text: str) -> None:
    """What looks odd and is everyday all the same."""
    assert same_both_ways(text)


LINES = """\
a: ; b: ; c: 1; - a: 1; - b; -; - c:; # x; a: >-; b: |; c: |-; x y; d: [a, b]; e: {f: 1, g: [h]};
'q': 1; - 'r'; f: "s" # t; g: u #v; :; ? a; &x; *x; ---; ...; h: -5; i: 2,5; j: {k: 2,5 juta};
l: http://m.n/o:p; q: r: s; - - t; u: ,; "ii":; "a": 1; - [v, w]; - {x: 1}; y:z; !t;
aa: true; bb: ~; cc: []; dd: {}; ee: [a,b]; ff: {a: b,c: d}; gg: >"""
LINE = st.sampled_from([one.strip() for one in LINES.split(";")])
TEXTS = st.lists(st.tuples(st.integers(0, 3), LINE, st.sampled_from(["", " ", "\r"]))).map(
    lambda lines: "\n".join(f"{'  ' * deep}{line}{end}" for deep, line, end in lines)
)


@given(TEXTS, st.sampled_from(["", "\n", "\n\n"]))
def test_it_agrees_on_any_lines(text: str, end: str) -> None:
    """Lines in any order, at any depth."""
    same_both_ways(text + end)


@given(st.text("ab:-#,[]{}\"'|> \n1.", max_size=40))
def test_it_agrees_on_any_characters(text: str) -> None:
    """The signs of YAML in any order."""
    same_both_ways(text)


@given(st.integers(0, 2**32), st.sampled_from(PLANS))
def test_it_agrees_on_spoiled_plans(seed: int, path: Path) -> None:
    """Plans spoiled as bytes, lines, structure, values."""
    same_both_ways(some_text(path, seed))
