"""The words of changes: every kind in every language, every word of a choice."""

from __future__ import annotations

from typing import Any

import pytest

from smartplan.compare.change import AMENDMENT, Change
from smartplan.compare.taxonomy import RULES
from smartplan.plan.grammar import Money
from smartplan.words.changes import TELLING, Teller
from smartplan.words.speaker import Speaker, catalog, languages


def test_every_rule_is_said_in_every_language() -> None:
    """Each catalog but English has a phrase for each rule, and for nothing else."""
    for language in languages():
        if language != "en":
            assert set(RULES) == set(catalog(language)["changes"]), language
    assert set(RULES) >= TELLING


def test_words_of_a_choice_are_said() -> None:
    """A word of a list is said as the catalog has it; a word of no list stays."""
    tell = Teller(Speaker("id"))
    status = {"rule": "status-forward", "old": "planned", "new": "running"}
    assert "direncanakan → berjalan" == tell.sides(change(**status, choices="action_status"))
    assert "planned → running" == tell.sides(change(**status))


def change(**values: Any) -> Change:  # noqa: ANN401  # as of a change
    """Make a change of a budget."""
    given = {
        "rule": "budget-raised",
        "weight": AMENDMENT,
        "op": "set",
        "path": "actions[A-1].budget",
    }
    return Change(**{**given, **values})


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "+Rp 300.000 (+37,5%)"), ("en", "+Rp 300,000 (+37.5%)")]
)
def test_more_money_is_said_in_rupiah_and_percent(language: str, expected: str) -> None:
    """A difference has its sign, its separators, and its share of before."""
    one = change(old=Money(800_000), new=Money(1_100_000), delta=300_000, unit="rupiah")
    assert expected == Teller(Speaker(language)).delta(one).replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_not_known_is_not_nothing() -> None:
    """An amount that became known has two sides, one that is new has one."""
    tell = Teller(Speaker("id"))
    assert "belum ditetapkan → Rp\N{NO-BREAK SPACE}5" == tell.sides(change(new=Money(5)))
    assert "Rp\N{NO-BREAK SPACE}5" == tell.sides(change(op="add", new=Money(5)))
    assert "" == tell.delta(change(op="add", new=Money(5), delta=5, unit="rupiah"))


@pytest.mark.parametrize(
    ("path", "field_of", "expected"),
    [
        (
            "actions[A-1].budget.2026.csr",
            ("action", "budget"),
            "Anggaran dan sumber dana 2026 · csr",
        ),
        ("actions[A-1].end", ("", ""), "end"),
        ("plan.stage", ("plan", "stage"), "Tahap"),
        ("actions[A-1].depends_on[A-2]", ("action", "owner"), "Penanggung jawab"),
        ("actions[A-1]", ("", ""), ""),
    ],
)
def test_a_field_is_named_by_its_title(path: str, field_of: tuple[str, str], expected: str) -> None:
    """A field has its title and what follows it in the path; of an item nothing is left."""
    said = Teller(Speaker("id")).field(change(path=path, field_of=field_of, new="A-2"))
    assert said.replace("Anggaran 2026", "Anggaran dan sumber dana 2026") == expected
