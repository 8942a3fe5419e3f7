"""What every kind of change is called, where it is told, and what it weighs in which state."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from edits import STAGES, action, changes, difference

from smartplan.compare.change import Weight
from smartplan.compare.classify import is_slip
from smartplan.compare.impact import impact
from smartplan.compare.taxonomy import RULES
from smartplan.text.document import Document
from smartplan.text.source import Source

TABLE = Path(__file__).parent / "changes.yaml"
ELSEWHERE = {
    "approval-forged": "signatures are those of git's tags; none are in the files yet",
    "programme-total": "programmes have no sum of their own in the plan format",
    "tags-changed": "no tags in the plan format; see the test of other formats",
    "version-not-bumped": "advice of a changelog, not of a comparison",
    "unclassified": "no field of the plan format reaches it; see the test of other formats",
    "priority-order": "no ranked list in the plan format; see the test of other formats",
    "rule-broken": "told by the gate (test_gate.py)",
    "rule-mended": "told by the gate",
    "approval-stale": "told by the gate",
    "waiver-expired": "told by the gate",
    "waiver-unused": "told by the gate",
}
"""Rules that no pair of plans in the plan format yields, and why."""


def table() -> list[tuple[str, str, list[Any]]]:
    """Read the table: rule, weights and case."""
    data: Any = Document.read(Source("changes.yaml", TABLE.read_text("utf-8"))).data
    return [
        (rule, weights, case)
        for rule, kinds in data.items()
        for weights, cases in kinds.items()
        for case in cases
    ]


CASES = table()


@pytest.mark.parametrize("state", STAGES)
@pytest.mark.parametrize(
    ("rule", "weights", "case"), CASES, ids=[f"{c[0]}-{c[2][1]}" for c in CASES]
)
def test_a_change_has_the_rule_and_the_weight_of_the_table(
    rule: str, weights: str, case: list[Any], state: str
) -> None:
    """One change is told once, under its rule, at its place, as heavy as its state makes it."""
    op, path, old, new, *more = case
    if path.startswith("."):
        path = f"actions[X-1]{path}"
        old, new = action(old), action(new)
    found = changes(old, new, STAGES[state])
    expected = Counter([rule, *(more[0] if more else ())])
    assert expected == Counter(one.rule for one in found)
    [told] = [one for one in found if one.rule == rule and one.path == path]
    assert op == told.op
    assert weights[state == "approved"] == told.weight.name[0]


def test_every_rule_is_shown_or_said_to_be_elsewhere() -> None:
    """No rule of the taxonomy is forgotten, and none is listed for nothing."""
    shown = {rule for rule, _weights, _case in CASES}
    assert set(RULES) == shown | set(ELSEWHERE)
    assert not shown & set(ELSEWHERE)


def test_other_formats_are_classed_by_the_names_of_their_keys() -> None:
    """A ranked list, tags and what nobody knows, in collections the plan format does not have."""
    old = "programmes: [{id: P-1, priorities: [a, b], tags: [x], colour: red}]"
    new = "programmes: [{id: P-1, priorities: [b, a], tags: [y], colour: blue}]"
    found = {one.path: one.rule for one in changes(old, new)}
    assert {
        "programmes[P-1].priorities": "priority-order",
        "programmes[P-1].tags[x]": "tags-changed",
        "programmes[P-1].tags[y]": "tags-changed",
        "programmes[P-1].colour": "unclassified",
    } == found


# States


def test_what_is_only_proposed_is_no_part_of_an_adopted_plan() -> None:
    """An action that is proposed is a draft in an adopted plan, and so is its indicator."""
    inner = "indicators: [{id: I-1, direction: up, targets: {2026: NUMBER}}]"
    old = action(f"status: proposed, owner: a, {inner}".replace("NUMBER", "90"))
    new = action(f"status: proposed, owner: b, {inner}".replace("NUMBER", "80"))
    states = {one.path: one.state for one in changes(old, new, "adopted")}
    assert {"actions[X-1].owner": "draft", "indicators[I-1].targets.2026": "draft"} == states


def test_taking_a_decided_action_back_to_a_proposal_is_an_amendment() -> None:
    """Else an action could be made a draft first, and rewritten by the next branch."""
    [told] = changes(action("status: planned"), action("status: proposed"), "adopted")
    assert ("approval-withdrawn", Weight.AMENDMENT) == (told.rule, told.weight)
    [told] = changes(action("status: planned"), action("status: proposed"))
    assert ("status-backward", Weight.ROUTINE) == (told.rule, told.weight)


def test_what_a_baseline_holds_is_approved_at_any_stage() -> None:
    """Also under the id that it has now, in a baseline of a part, and the record itself."""
    adopted = (
        "baselines: [{name: v1, date: 2024-03-05, items: {'actions[X-1]': abc}}, "
        "{name: v2, date: 2024-06-05, items: {'actions[Y-1]': abc}}]\n"
    )
    old = adopted + "actions: [{id: X-2, formerly: [X-1], owner: a}, {id: Z-1, owner: a}]"
    new = adopted + "actions: [{id: X-2, formerly: [X-1], owner: b}, {id: Z-1, owner: b}]"
    states = {one.path: one.state for one in changes(old, new)}
    assert {"actions[X-2].owner": "approved", "actions[Z-1].owner": "draft"} == states
    gone = {one.path: one.weight for one in changes(old, old.replace(adopted, ""))}
    assert {"baselines[v1]": Weight.INVALID, "baselines[v2]": Weight.INVALID} == gone


# Policy


POLICY = """\
review:
  threshold: {amount: 2 miliar, percent: 100}
  weights:
    wording: amendment
    wording@dimension:living: routine
    wording@actions[X-1].summary: format
"""


def test_the_threshold_is_the_one_of_the_base() -> None:
    """A branch that raises the threshold is still judged by the one before."""
    rule = {}
    for amount in ("1,9 miliar", "3,1 miliar"):
        old = POLICY + action("budget: {2026: 1 miliar}")
        new = POLICY.replace("2 miliar", "90 miliar").replace("percent: 100", "percent: 900")
        found = changes(old, new + action(f"budget: {{2026: '{amount}'}}"))
        rule[amount] = [one.rule for one in found if one.item and one.item.noun == "action"]
    assert {"1,9 miliar": ["budget-raised"], "3,1 miliar": ["budget-raised-over"]} == rule


def test_the_most_particular_weight_of_the_policy_holds() -> None:
    """First a path, then a dimension, then the rule alone."""
    old = "summary: a b c, note: d e f, dimension: DIM"
    new = "summary: g h i, note: j k l, dimension: DIM"
    weights = {}
    for dimension in ("living", "society"):
        pair = (POLICY + action(text.replace("DIM", dimension)) for text in (old, new))
        for one in changes(*pair):
            weights[dimension, one.path] = one.weight
    assert {
        ("living", "actions[X-1].summary"): Weight.FORMAT,
        ("living", "actions[X-1].note"): Weight.ROUTINE,
        ("society", "actions[X-1].summary"): Weight.FORMAT,
        ("society", "actions[X-1].note"): Weight.AMENDMENT,
    } == weights


def test_a_year_without_a_last_year_of_the_plan_is_only_later() -> None:
    """What lies beyond the plan is known only if the plan says when it ends."""
    header = "plan: {period: {start: 2024}}\n"
    [told] = changes(header + action("years: 2028"), header + action("years: 2031"))
    assert "years-later" == told.rule


# Names of changes


def test_an_approval_of_an_added_action_does_not_cover_what_slips_into_it_later() -> None:
    """The fingerprint of a whole item names all it holds, and all that stands in it."""
    old = "actions: [{id: X-0}]"
    texts = (
        "{id: X-1, title: A, budget: {2026: 1 juta}}",
        "{id: X-1, title: A, budget: {2026: 9 miliar}}",
        "{id: X-1, title: A, budget: {2026: 1 juta}, indicators: [{id: I-1}]}",
        "{id: X-1, title: A, budget: {2026: 1 juta}, indicators: [{id: I-1, unit: OPD}]}",
    )
    names = [changes(old, f"actions: [{{id: X-0}}, {text}]")[0].fingerprint for text in texts]
    assert len(texts) == len(set(names))
    other = "actions:\n- id: X-0\n- title: 'A'\n  budget: {2026: Rp 1.000.000}\n  id: X-1"
    assert names[0] == changes(old, other)[0].fingerprint


def test_money_and_numbers_carry_how_much_more_they_are() -> None:
    """Delta, unit and whether it is better, of amounts and of targets."""
    inner = "indicators: [{id: I-1, unit: OPD, direction: down, targets: {2026: NUMBER}}]"
    old = action(f"budget: {{2026: 1 miliar}}, {inner}".replace("NUMBER", "95"))
    new = action(f"budget: {{2026: '1,2 miliar'}}, {inner}".replace("NUMBER", "90"))
    money, target = sorted(changes(old, new), key=lambda one: one.path)
    assert (200_000_000, "rupiah", None) == (money.delta, money.unit, money.better)
    assert (-5, "OPD", True) == (target.delta, target.unit, target.better)
    assert 20 == money.percent
    assert target.within is not None
    assert "actions[X-1]" == str(target.within.name)


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("Layanan warga", "layanan  warga!", True),
        ("Kecamatan", "Kecamtan", True),
        ("Kecamatan", "Kelurahan", False),
        ("2026", "2027", False),
        ("naik 5 persen", "naik 6 persen", False),
        ("di", "ke", False),
        ("warga kota", "kota warga", False),
        ("satu", "satu dua", False),
    ],
)
def test_a_slip_of_the_pen_changes_no_more_than_two_characters_a_word(
    old: str,
    new: str,
    slip: bool,  # noqa: FBT001  # a column of the table
) -> None:
    """Case, signs and blanks never count; digits and short words always do."""
    assert slip == is_slip(old, new)


def test_a_broken_file_removes_nothing() -> None:
    """Of a file that cannot be read nobody knows what it holds; its fault is told by the gate."""
    old = action("budget: {2026: 5 juta}, indicators: [{id: A-I, title: satu}]")
    found = difference(f"# Bimtek III\n{old}", "actions: [", "adopted")
    assert [] == [one.rule for one in found.changes]
    assert not any(one.delta for one in impact(found.before, found.after))
