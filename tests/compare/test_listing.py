"""A plan file as lines for git: one a value, and nothing of how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from plan_data import PLANS, braces, documents, turned, written

from smartplan.compare.digest import digests
from smartplan.compare.facts import gather
from smartplan.compare.listing import listing
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from plan_data import Data

TEXT = """\
# semua
provenance: {status: reported, sources: [S-1]}
actions:
  - id: X-2
    formerly: [X-0]
    title: Dua
    budget: {2026: {apbd: Rp 1.000.000, csr: ± 2 juta}, 2027: null}
    summary: |
      Satu
      baris.

      Dua paragraf.
    support: [b, a]
    indicators:
      - {id: I-1, title: Antrean, targets: {2026: "2,50"}, provenance: {status: official}}
  - {id: X-1, title: Satu, years: [2026, 2024-2025]}
vision: {text: Kota}
"""
LINES = """\
provenance = sources[S-1] S-1; status reported

actions[X-1]  Satu
  actions[X-1].title = Satu
  actions[X-1].years = 2024, 2025, 2026

actions[X-2]  Dua
  actions[X-2].formerly = X-0
  actions[X-2].budget.2026.apbd = 1_000_000
  actions[X-2].budget.2026.csr = ± 2_000_000
  actions[X-2].budget.2027.apbd = unknown
  actions[X-2].summary = Satu baris. ¶ Dua paragraf.
  actions[X-2].support[a]
  actions[X-2].support[b]
  actions[X-2].title = Dua

indicators[I-1]  Antrean
  indicators[I-1] in actions[X-2]
  indicators[I-1].provenance.status = official
  indicators[I-1].targets.2026 = 2.5
  indicators[I-1].title = Antrean

vision
  vision.text = Kota
"""


def read(text: str) -> Document:
    """Parse a file."""
    return Document.read(Source("a.yaml", text))


def test_a_file_is_shown_by_item_and_value() -> None:
    """Sorted by item, a heading for each, money in full, paragraphs on one line."""
    assert LINES == listing(read(TEXT))


def test_a_broken_file_is_shown_as_it_is() -> None:
    """So that nothing of it can hide; likewise what is no plan at all."""
    for text in ("actions: [", "- a\n- b\n", "satu\n"):
        assert text == listing(read(text))


@given(PLANS)
def test_layout_does_not_show(plan: Data) -> None:
    """Any way to write one plan gives the same lines."""
    [one], [other] = written(plan), documents(braces(turned(plan)))
    assert listing(one) == listing(other)


@given(PLANS, PLANS)
def test_every_value_shows(one: Data, other: Data) -> None:
    """Plans with other digests have other lines."""
    first, second = written(one), written(other)
    if digests(gather(first)) != digests(gather(second)):
        assert listing(first[0]) != listing(second[0])


@given(PLANS)
def test_a_line_tells_one_thing(plan: Data) -> None:
    """A heading, a value, or nothing: no text of the plan breaks a line."""
    lines = listing(written(plan)[0]).splitlines()
    names = [str(name) for name in gather(written(plan)).items]
    assert all(not line or line.lstrip().startswith(("provenance", *names)) for line in lines), (
        lines
    )


def test_a_key_of_no_letters_has_its_line() -> None:
    """A key may be empty."""
    assert "x" in listing(Document.read(Source("a.yaml", 'actions: [{id: A-1, note: {"": x}}]\n')))
