"""The words of changes: every kind in every language, every word of a choice."""

from __future__ import annotations

from typing import Any

import pytest

from smartplan.compare.change import AMENDMENT, Change
from smartplan.compare.taxonomy import RULES
from smartplan.plan import shape
from smartplan.plan.grammar import Money
from smartplan.plan.plan import COLLECTIONS
from smartplan.plan.values import Choice
from smartplan.words.changes import CHOICES, TELLING, Teller
from smartplan.words.speaker import Speaker, catalog, languages


def test_every_rule_is_said_in_every_language() -> None:
    """Each catalog but English has a phrase for each rule, and for nothing else."""
    for language in languages():
        if language != "en":
            assert set(RULES) == set(catalog(language)["changes"]), language
    assert set(RULES) >= TELLING


def test_every_choice_of_a_field_is_said() -> None:
    """The list of fields with a choice is that of the models."""
    found: dict[tuple[str, str], str] = {}
    waiting: list[Any] = [entry.model for entry in COLLECTIONS.values()]
    seen = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        waiting.extend(one.part for one in shape.fields(model) if one.part)
        for name, info in model.model_fields.items():
            key = (shape.noun(model), info.alias or name)
            named = _choice(info.annotation) or _choice_in(info.metadata)
            if named:
                found[key] = named
    assert found == CHOICES


def _choice_in(values: Any) -> str:  # noqa: ANN401  # of pydantic
    return next((one.name for one in values if isinstance(one, Choice)), "")


def _choice(annotation: Any) -> str:  # noqa: ANN401  # of pydantic
    """Find a choice anywhere inside a type."""
    if named := _choice_in(getattr(annotation, "__metadata__", ())):
        return named
    inner = getattr(annotation, "__args__", ())
    return next(filter(None, map(_choice, inner)), "")


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
