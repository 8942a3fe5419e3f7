"""Which item is which: by id, by declaration, by one equal body; a look-alike is only a hint."""

from __future__ import annotations

from edits import documents

from smartplan.compare.facts import Facts, Name, gather
from smartplan.compare.match import ALIKE, MOST, Matched, likeness, match


def facts(text: str) -> Facts:
    """Gather a plan of one file."""
    return gather(documents(text))


def matched(old: str, new: str) -> Matched:
    """Pair the items of two plans."""
    return match(facts(old), facts(new))


def names(found: Matched) -> set[tuple[str, str]]:
    """Give the pairs whose names differ."""
    return {(str(a.name), str(b.name)) for a, b in found.pairs if a.name != b.name}


BODY = "title: Pasar, owner: a, kind: policy"


def test_a_declared_rename_goes_before_everything_else() -> None:
    """By any former id, whatever its letters; also where an equal body is at hand."""
    old = f"actions: [{{id: A-1, {BODY}}}, {{id: B-1, {BODY}}}]"
    new = f"actions: [{{id: A-2, {BODY}}}, {{id: B-2, formerly: [Z-9, a-1], title: Lain}}]"
    found = matched(old, new)
    assert {("actions[A-1]", "actions[B-2]"), ("actions[B-1]", "actions[A-2]")} == names(found)
    assert {Name("actions", "B-2"): True, Name("actions", "A-2"): False} == found.renamed
    assert {"A-1": "B-2", "B-1": "A-2"} == found.new_names


def test_a_former_id_that_is_still_there_is_no_rename() -> None:
    """The item that keeps its id stays itself; a new item that claims the id is new."""
    old = f"actions: [{{id: A-1, {BODY}}}]"
    found = matched(old, f"actions: [{{id: A-1, {BODY}}}, {{id: A-2, formerly: [A-1]}}]")
    assert set() == names(found)
    assert ["A-2"] == [one.name.key for one in found.added]


def test_an_equal_body_must_be_the_only_one_and_say_enough() -> None:
    """Two equal candidates are no proof, nor are one or two values."""
    twins = f"actions: [{{id: A-2, {BODY}}}, {{id: A-3, {BODY}}}]"
    for old, new in (
        (f"actions: [{{id: A-1, {BODY}}}]", twins),
        (twins, f"actions: [{{id: A-1, {BODY}}}]"),
        (
            "actions: [{id: A-1, title: Pasar, owner: a}]",
            "actions: [{id: A-2, title: Pasar, owner: a}]",
        ),
        (f"actions: [{{id: A-1, {BODY}}}]", f"risks: [{{id: A-2, {BODY}}}]"),
    ):
        assert set() == names(matched(old, new))


def test_a_look_alike_is_only_a_hint() -> None:
    """Both sides name the other one; nothing is paired."""
    old = f"actions: [{{id: A-1, {BODY}}}, {{id: B-1, title: Terminal, owner: z, kind: people}}]"
    new = f"actions: [{{id: A-2, {BODY}, note: baru}}]"
    found = matched(old, new)
    assert set() == names(found)
    near = {str(one): str(other) for one, other in found.hints.items()}
    assert {"actions[A-1]": "actions[A-2]", "actions[A-2]": "actions[A-1]"} == near
    one, other = (next(facts(text).of("actions")) for text in (old, new))
    assert ALIKE <= likeness(one, other) < 1


def test_a_rewrite_of_a_plan_gives_no_hints_and_stays_fast() -> None:
    """Above a number of pairs nobody looks for look-alikes."""
    many = int(MOST**0.5) + 1
    old, new = (
        "actions:\n" + "".join(f"- {{id: {letter}-{n}, title: Aksi {n}}}\n" for n in range(many))
        for letter in "AB"
    )
    found = matched(old, new)
    assert (many, many, {}) == (len(found.added), len(found.removed), found.hints)


def test_readings_follow_the_indicator_that_was_renamed() -> None:
    """Their names hold its id; they are neither new nor gone, and not renamed themselves."""
    old = "indicators: [{id: I-1}]\nreadings: [{indicator: I-1, period: 2024, value: 7}]"
    new = old.replace("id: I-1", "id: I-2, formerly: [I-1]").replace(
        "indicator: I-1", "indicator: I-2"
    )
    found = matched(old, new)
    assert ("readings[I-1@2024]", "readings[I-2@2024]") in names(found)
    assert {Name("indicators", "I-2"): True} == found.renamed
    assert ([], []) == (found.added, found.removed)


def test_an_id_that_was_given_to_something_else_is_noticed() -> None:
    """Neither the title nor the values are kept; a rewrite under the same title is no reuse."""
    old = f"actions: [{{id: A-1, {BODY}}}]"
    other = "actions: [{id: A-1, title: Terminal bus, owner: z, kind: people}]"
    assert {Name("actions", "A-1")} == matched(old, other).reused
    same = "actions: [{id: A-1, title: Pasar, owner: z, kind: people}]"
    assert set() == matched(old, same).reused
    assert (
        set() == matched("vision: {text: a, note: b, explanation: c}", "vision: {text: z}").reused
    )
