"""A plan as facts: names, paths and values, the same for every way of writing one thing."""

from __future__ import annotations

import pytest
from edits import documents

from smartplan.compare.change import plain
from smartplan.compare.facts import Facts, Name, gather, joined
from smartplan.compare.ground import ground
from smartplan.text.document import Document
from smartplan.text.source import Source


def facts(text: str) -> Facts:
    """Gather a plan of one file."""
    return gather(documents(text))


def values(text: str, name: str = "actions[X-1]") -> dict[str, object]:
    """Give the values of an item by their paths."""
    found = facts(text)
    [item] = [one for one in found.items.values() if str(one.name) == name]
    return {joined(steps): plain(leaf.value) for steps, leaf in item.leaves.items()}


def action(fields: str) -> dict[str, object]:
    """Give the values of an action with some fields."""
    return values(f"actions: [{{id: X-1, {fields}}}]")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("budget: {2026: 1_500_000}", "budget: {2026: Rp 1.500.000}"),
        ("budget: {2026: '1,5 miliar'}", "budget: {2026: {apbd: 1500 juta}}"),
        ("budget: {2026: {amount: 1 juta}}", "budget: {2026: 1 juta}"),
        ("budget: {2026: {amount: 1 juta, approximate: true}}", "budget: {2026: ± 1 juta}"),
        (
            "budget: {2026: {unit_cost: 2 juta, volume: 3}}",
            "budget: {2026: {apbd: {unit_cost: 2_000_000, volume: '3'}}}",
        ),
        ("years: [2024-2026]", "years: [2026, 2024, 2025]"),
        ("years: 2024", "years: [2024]"),
        ("support: [a, b]", "support: [b, a]"),
        ("support: []", "note: null"),
        ("origin: new", "origin: {new: true}"),
        ("summary: satu dua", "summary: 'satu\n\n  dua'"),
        ("non_budget: bersama", "non_budget: {all: bersama}"),
        (
            "indicators: [{id: I, targets: {2026: '2,50'}}]",
            "indicators: [{id: I, targets: {2026: 2.5}}]",
        ),
    ],
)
def test_two_ways_of_writing_one_thing_are_one(one: str, other: str) -> None:
    """Spellings, short forms, order of sets, empty and absent, wrapped lines."""
    assert action(one) == action(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("budget: {2026: 0}", "budget: {2026: null}"),
        ("budget: {2026: null}", "budget: {}"),
        ("budget: {2026: 1 juta}", "budget: {2026: ± 1 juta}"),
        ("budget: {2026: 1 juta}", "budget: {2026: {csr: 1 juta}}"),
        ("budget: {2026: 1.5}", "budget: {2026: 15}"),
        ("codes: ['71.10']", "codes: ['71.1']"),
        ("years: [2024, 2026]", "years: [2024-2026]"),
        ("summary: satu dua", "summary: 'satu\n\n\n  dua'"),
    ],
)
def test_different_things_differ(one: str, other: str) -> None:
    """Unknown is not zero, about is not exactly, a code is no number."""
    assert action(one) != action(other)


def test_the_default_fund_is_that_of_the_plan() -> None:
    """A bare amount is from it, wherever the header stands."""
    text = "plan: {default_fund: csr}\nactions: [{id: X-1, budget: {2026: 5}}]"
    assert {".budget.2026.csr": 5} == values(text)


def test_items_are_named_by_kind_wherever_they_stand() -> None:
    """An indicator of an action is an indicator; natural items have natural names."""
    found = facts(
        "actions: [{id: X-1, indicators: [{id: I-1}]}]\n"
        "readings: [{indicator: I-1, period: TW4 2024, value: 7}]\n"
        "vision: {text: a, aligned_with: [{document: d, element: e, note: n}]}"
    )
    assert ["plan", "actions[X-1]", "indicators[I-1]", "readings[I-1@2024-Q4]", "vision"] == [
        str(name) for name in found.items if name.collection != "format"
    ]
    assert Name("actions", "X-1") == found.items[Name("indicators", "I-1")].holder
    assert "n" == found.value("vision", "aligned_with", "[d@e]", "note")


def test_items_without_a_name_and_second_ones_are_not_lost() -> None:
    """They get a name by their place, and a name of their own."""
    found = facts("actions: [{title: a}, {id: X-1, title: b}, {id: X-1, title: c}]")
    assert {"?1": "a", "X-1": "b", "X-1~2": "c"} == {
        one.name.key: one.title for one in found.of("actions")
    }


def test_what_the_format_does_not_know_is_read_by_its_look() -> None:
    """Lists with ids are items, scalars a set, a list of mappings one ordered value."""
    text = "phases: [{id: P-1, actions: [{id: A-1, n: '2,0'}], tags: [b, a], x: [{q: 1}, {q: 2}]}]"
    found = facts(text)
    assert Name("phases", "P-1") == found.items[Name("phases.actions", "A-1")].holder
    assert {".n": 2} == values(text, "phases.actions[A-1]")
    told = values(text, "phases[P-1]")
    assert {".tags[b]", ".tags[a]", ".x"} == set(told)
    assert [[["q", "1"]], [["q", "2"]]] == told[".x"]


def test_the_nearest_statement_of_where_it_comes_from_holds_whole() -> None:
    """The item's own, else that of what holds it, else the file's."""
    found = facts(
        "provenance: {status: derived, sources: [S-1]}\n"
        "actions: [{id: X-1, provenance: {status: official}, indicators: [{id: I-1}, "
        "{id: I-2, provenance: {status: reported}}]}, {id: X-2}]"
    )
    status = {
        one.name.key: dict(found.effective_provenance(one))["status",]
        for one in found.items.values()
        if one.name.collection in ("actions", "indicators")
    }
    assert {"X-1": "official", "I-1": "official", "I-2": "reported", "X-2": "derived"} == status


def test_wrong_content_is_kept_as_text_and_breaks_nothing() -> None:
    """What the format does not ask for stays what it is; a broken file has no facts."""
    for text in (
        "actions: satu",
        "actions: [a, b]",
        "actions: {id: X-1}",
        "actions: [{id: [1, 2], budget: mahal, years: entah, support: {a: b}, targets: 1}]",
        "actions: [{id: X-1, indicators: satu, quick_win: [1], origin: 7, places: Utara}]",
        "vision: [a]",
        "plan: 3",
        "readings: [{value: 7}]",
    ):
        found = facts(text)
        assert gather([*found.documents]).items.keys() == found.items.keys()
    assert {} == gather([Document.read(Source("a.yaml", "actions: ["))]).items


def test_files_of_a_plan_are_one_plan() -> None:
    """What stands once is that of the first file; the others add items."""
    texts = ("vision: {text: a}\nevents: [{id: E-1}]", "vision: {text: b}\nevents: [{id: E-2}]")
    found = gather([Document.read(Source(f"p/{n}.yaml", t)) for n, t in enumerate(texts)], "p")
    assert ["vision", "events[E-1]", "events[E-2]"] == [str(name) for name in found.items]
    assert "a" == found.value("vision", "text")
    assert ("0.yaml", "") == (found.inside("p/0.yaml"), found.inside("p"))


@pytest.mark.parametrize("value", ["9" * 5_000, "9" * 5_000 + " juta", "1e999999999", "²"])
def test_no_number_is_too_long(value: str) -> None:
    """Digits without end, and digits that are none, stay text wherever a number is read."""
    fields = f"budget: {{2026: {value}}}, target_count: {value}, years: [{value}]"
    assert value == action(fields)[".budget.2026.apbd"]
    held = ground(facts(f"plan: {{period: {{start: 2024, end: {value}}}}}"))
    assert held.last_year is None
