"""Whether a merge is what its sides mean: every kind of wrong merge, and every right one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from edits import documents
from hypothesis import given
from plan_data import PLANS, split, turned, written

from smartplan.compare.facts import gather
from smartplan.compare.verify import deviations

if TYPE_CHECKING:
    from plan_data import Data

BASE = """\
actions:
- {id: X-1, title: Satu, owner: a, budget: {2026: 1 juta}, depends_on: [X-2]}
- {id: X-2, title: Dua, owner: a, indicators: [{id: I-1, title: Antrean, targets: {2026: 4}}]}
"""


def found(base: str, ours: str, theirs: str, merged: str) -> list[tuple[str, str]]:
    """Give what deviates: path and kind."""
    four = (gather(documents(text)) for text in (base, ours, theirs, merged))
    return [(one.path, one.kind) for one in deviations(*four)]


def edited(*pairs: tuple[str, str], text: str = BASE) -> str:
    """Replace parts of a plan, each there once."""
    for old, new in pairs:
        assert 1 == text.count(old), old
        text = text.replace(old, new)
    return text


OWNER = ("Satu, owner: a", "Satu, owner: b")
MONEY = ("1 juta", "2 juta")
TITLE = ("title: Dua", "title: Duo")
NEW = ("actions:\n", "actions:\n- {id: X-3, title: Tiga, owner: a, kind: policy}\n")
GONE = (BASE.splitlines()[2] + "\n", "")

RIGHT = {
    "both sides": ([OWNER], [MONEY, TITLE], [OWNER, MONEY, TITLE]),
    "one and the same": ([OWNER], [OWNER], [OWNER]),
    "a new item": ([NEW], [OWNER], [NEW, OWNER]),
    "a deleted item": ([GONE], [OWNER], [GONE, OWNER]),
    "deleted by both": ([GONE], [GONE], [GONE]),
    "resolved as ours": ([MONEY], [("1 juta", "3 juta")], [MONEY]),
    "resolved by something new": ([MONEY], [("1 juta", "3 juta")], [("1 juta", "9 juta")]),
    "deleted against changed": ([GONE], [TITLE], [GONE]),
    "kept against deleted": ([GONE], [TITLE], [TITLE]),
    "kept for its indicator": ([GONE], [("{2026: 4}", "{2026: 5}")], [("{2026: 4}", "{2026: 5}")]),
    "deleted with its indicator": ([GONE], [("{2026: 4}", "{2026: 5}")], [GONE]),
    "set members of both": (
        [("[X-2]", "[X-2, X-8]")],
        [("[X-2]", "[X-9]")],
        [("[X-2]", "[X-9, X-8]")],
    ),
    "an id of both, one of them renumbered": (
        [NEW],
        [("actions:\n", "actions:\n- {id: X-3, title: Lain, owner: z}\n")],
        [NEW, ("- {id: X-1", "- {id: X-4, title: Lain, owner: z}\n- {id: X-1")],
    ),
    "a rename and an edit": (
        [("{id: X-2", "{id: X-7, formerly: [X-2]"), ("depends_on: [X-2]", "depends_on: [X-7]")],
        [TITLE],
        [
            ("{id: X-2", "{id: X-7, formerly: [X-2]"),
            ("depends_on: [X-2]", "depends_on: [X-7]"),
            TITLE,
        ],
    ),
    "a rename and a new reference to the old name": (
        [("{id: X-2", "{id: X-7, formerly: [X-2]"), ("depends_on: [X-2]", "depends_on: [X-7]")],
        [("actions:\n", "actions:\n- {id: X-3, title: Tiga, depends_on: [X-2]}\n")],
        [
            ("{id: X-2", "{id: X-7, formerly: [X-2]"),
            ("depends_on: [X-2]", "depends_on: [X-7]"),
            ("actions:\n", "actions:\n- {id: X-3, title: Tiga, depends_on: [X-7]}\n"),
        ],
    ),
    "renamed by both, each its own way": (
        [("{id: X-2", "{id: X-7, formerly: [X-2]")],
        [("{id: X-2", "{id: X-8, formerly: [X-2]")],
        [("{id: X-2", "{id: X-8, formerly: [X-2]")],
    ),
    "an indicator moved and edited": (
        [
            (", indicators: [{id: I-1, title: Antrean, targets: {2026: 4}}]", ""),
            ("[X-2]}", "[X-2], indicators: [{id: I-1, title: Antrean, targets: {2026: 4}}]}"),
        ],
        [("{2026: 4}", "{2026: 5}")],
        [
            (", indicators: [{id: I-1, title: Antrean, targets: {2026: 4}}]", ""),
            ("[X-2]}", "[X-2], indicators: [{id: I-1, title: Antrean, targets: {2026: 5}}]}"),
        ],
    ),
}
MOVED = RIGHT["an indicator moved and edited"][0]
PLACED = ("[X-2]}", "[X-2], provenance: {status: illustrative}}")

WRONG = {
    "an edit is lost": ([OWNER], [MONEY], [OWNER], ("actions[X-1].budget.2026.apbd", "lost")),
    "ours is lost": ([OWNER], [MONEY], [MONEY], ("actions[X-1].owner", "lost")),
    "a value of nobody": (
        [OWNER],
        [MONEY],
        [OWNER, ("1 juta", "7 juta")],
        ("actions[X-1].budget.2026.apbd", "invented"),
    ),
    "a field on the wrong item": (
        [("title: Dua,", "title: Dua, note: n,")],
        [OWNER],
        [OWNER, ("title: Satu,", "title: Satu, note: n,")],
        ("actions[X-1].note", "invented"),
        ("actions[X-2].note", "lost"),
    ),
    "a deleted item comes back": (
        [GONE],
        [OWNER],
        [OWNER],
        ("actions[X-2]", "revived"),
        ("indicators[I-1]", "revived"),
    ),
    "a new item is gone": ([NEW], [OWNER], [OWNER], ("actions[X-3]", "dropped")),
    "an item that both kept is gone": (
        [OWNER],
        [MONEY],
        [OWNER, MONEY, GONE],
        ("actions[X-2]", "dropped"),
        ("indicators[I-1]", "dropped"),
    ),
    "an item of nobody": ([OWNER], [MONEY], [OWNER, MONEY, NEW], ("actions[X-3]", "invented")),
    "a member of a set is lost": (
        [("[X-2]", "[X-2, X-8]")],
        [("[X-2]", "[X-2, X-9]")],
        [("[X-2]", "[X-2, X-9]")],
        ("actions[X-1].depends_on[X-8]", "lost"),
    ),
    "a move is lost": (MOVED, [OWNER], [OWNER], ("indicators[I-1].in", "lost")),
    "where it comes from is lost": (
        [PLACED],
        [OWNER],
        [OWNER],
        ("actions[X-1].provenance.status", "lost"),
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_merge_that_is_what_its_sides_mean_holds(case: str) -> None:
    """Also the other way round; where both changed a thing differently, people decided."""
    ours, theirs, merged = (edited(*pairs) for pairs in RIGHT[case])
    assert [] == found(BASE, ours, theirs, merged)
    assert [] == found(BASE, theirs, ours, merged)


@pytest.mark.parametrize("case", WRONG)
def test_a_merge_that_is_not_is_told_where_and_how(case: str) -> None:
    """Each deviation once, by its path."""
    first, second, result, *expected = WRONG[case]
    ours, theirs, merged = (edited(*pairs) for pairs in (first, second, result))
    assert expected == found(BASE, ours, theirs, merged)
    assert expected == found(BASE, theirs, ours, merged)


def test_a_deviation_carries_the_values_of_all_sides() -> None:
    """What ours had, what theirs had, what was found; none where there is none."""
    texts = (BASE, edited(("title: Dua,", "title: Dua, note: n,")), BASE, BASE)
    [one] = deviations(*(gather(documents(text)) for text in texts))
    assert ("actions[X-2].note", "lost", "n", None, None) == (
        one.path,
        one.kind,
        one.ours,
        one.theirs,
        one.found,
    )


@given(PLANS, PLANS)
def test_taking_over_one_side_is_right_where_the_other_did_nothing(one: Data, other: Data) -> None:
    """Whatever the plans are, and in whatever layout the merge wrote it."""
    base, ours = gather(written(one)), gather(written(other))
    for documents_ in (written(turned(other)), split(copy.deepcopy(other))):
        merged = gather(documents_)
        assert [] == list(deviations(base, ours, base, merged))
        assert [] == list(deviations(base, base, ours, merged))
        assert [] == list(deviations(base, ours, ours, merged))
