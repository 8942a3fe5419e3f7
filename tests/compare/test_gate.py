"""Who must approve what, which approvals count, and that no branch opens its own gate."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from edits import action, difference
from hypothesis import given
from hypothesis import strategies as st

from smartplan.compare.change import AMENDMENT, INVALID, ROUTINE, SIGNIFICANT
from smartplan.compare.gate import Review, review, verdict_of_rule
from smartplan.compare.policy import KEYED, Turn, loosens

if TYPE_CHECKING:
    from smartplan.compare.change import Change, Weight
    from smartplan.compare.differ import Difference

OLD = """\
actions:
- {id: X-1, title: Satu, owner: a, budget: {2026: 1 miliar}}
- {id: X-2, title: Dua, owner: a, budget: {2026: 1 miliar}}
- {id: X-3, title: Tiga, owner: a}
"""
NEW = OLD.replace("owner: a", "owner: b").replace("1 miliar", "9 miliar")
"""Three leading agencies changed and two budgets raised: five amendments."""


def reviewed(
    old: str,
    new: str,
    *,
    broken: tuple[Change, ...] = (),
    authors: tuple[str, ...] = (),
    fail_on: Weight | None = None,
) -> Review:
    """Review a change of an adopted plan."""
    return judged(difference(old, new, "adopted"), broken, authors, fail_on)


def judged(
    found: Difference,
    broken: tuple[Change, ...] = (),
    authors: tuple[str, ...] = (),
    fail_on: Weight | None = None,
) -> Review:
    """Judge a difference on a fixed day."""
    return review(
        found,
        today="2026-11-24",
        base="main",
        head="HEAD",
        broken=broken,
        authors=frozenset(authors),
        fail_on=fail_on,
    )


def amendments(found: Review) -> list[Change]:
    """Give the changes of the plan that need an approval."""
    return [one.change for one in found.judged if one.needs and one.change.rule != "approval-stale"]


def approval(change: Change, **more: str) -> str:
    """Write an approval in braces."""
    given = {
        "fingerprint": f"'{change.fingerprint}'",
        "path": f"'{change.path}'",
        "by": "Sekda",
        "ref": "BA 4/2026",
        "date": "2026-05-03",
        **more,
    }
    return "- {" + ", ".join(f"{key}: {value}" for key, value in given.items() if value) + "}\n"


def approvals(*changes: Change, **more: str) -> str:
    """Write approvals of some changes."""
    return "approvals:\n" + "".join(approval(one, **more) for one in changes)


# What needs an approval


def test_an_amendment_waits_for_an_approval_and_passes_with_it() -> None:
    """Anybody may give it, once, if the policy says nothing."""
    waiting = reviewed(OLD, NEW)
    assert not waiting.passed
    assert 5 == len(waiting.waiting)
    assert {(1, ())} == {(one.required, one.roles) for one in waiting.waiting}
    passed = reviewed(OLD, approvals(*amendments(waiting)) + NEW)
    assert passed.passed
    assert {"Sekda"} == {given.by for one in passed.judged for given in one.approvals}


def test_lighter_changes_need_none() -> None:
    """A significant change passes by itself, and so does a plan that did not change."""
    assert reviewed(action("years: 2024"), action("years: 2026")).passed
    assert reviewed(OLD, OLD).passed
    assert () == reviewed(OLD, OLD).judged


@pytest.mark.parametrize(
    ("fail_on", "passed"),
    [(INVALID, True), (AMENDMENT, True), (SIGNIFICANT, False), (ROUTINE, False)],
)
def test_the_weight_that_stops_a_change_can_be_asked_for(
    fail_on: Weight,
    passed: bool,  # noqa: FBT001  # a column of the table
) -> None:
    """A change of years is significant."""
    found = reviewed(action("years: 2024"), action("years: 2026"), fail_on=fail_on)
    assert (passed, fail_on) == (found.passed, found.fail_on)


def test_the_policy_says_from_which_weight_on() -> None:
    """And what it says holds unless something else was asked for."""
    policy = "review: {fail_on: significant}\n"
    pair = policy + action("years: 2024"), policy + action("years: 2026")
    assert not reviewed(*pair).passed
    assert reviewed(*pair, fail_on=AMENDMENT).passed


# Which approvals count


@given(st.sets(st.sampled_from(range(5)), min_size=1))
def test_approvals_hold_for_any_part_of_what_was_approved(kept: set[int]) -> None:
    """Changes that are taken back need no new decision on those that stay."""
    whole = reviewed(OLD, NEW)
    given_ = approvals(*amendments(whole))
    found = difference(OLD, given_ + NEW, "adopted")
    chosen = [amendments(whole)[number].fingerprint for number in kept]
    parts = [c for c in found.changes if c.fingerprint in chosen or c.rule == "approval-granted"]
    assert judged(found._replace(changes=tuple(parts))).passed


@given(st.sets(st.sampled_from(range(5)), max_size=4))
def test_approvals_never_hold_for_what_came_later(approved: set[int]) -> None:
    """Whatever else is approved, a change that is not waits."""
    whole = amendments(reviewed(OLD, NEW))
    given_ = approvals(*(whole[number] for number in approved)) if approved else ""
    found = reviewed(OLD, given_ + NEW)
    assert not found.passed
    waiting = {one.change.fingerprint for one in found.waiting}
    assert {one.fingerprint for n, one in enumerate(whole) if n not in approved} == waiting


def test_a_change_that_is_changed_again_waits_again_and_its_approval_is_stale() -> None:
    """The old decision was about another value, and no approval makes up for it."""
    first = reviewed(action("budget: {2026: 1 miliar}"), action("budget: {2026: 9 miliar}"))
    given_ = approvals(*amendments(first))
    again = reviewed(
        action("budget: {2026: 1 miliar}"), given_ + action("budget: {2026: 90 miliar}")
    )
    told = {one.change.rule: (one.change.weight, one.met) for one in again.judged if one.needs}
    assert {
        "approval-stale": (INVALID, False),
        "budget-raised-over": (AMENDMENT, False),
    } == told


def test_an_approval_of_what_was_taken_back_is_only_told() -> None:
    """It contradicts nothing and asks for nothing."""
    first = reviewed(action("owner: a"), action("owner: b"))
    found = reviewed(action("owner: a"), approvals(*amendments(first)) + action("owner: a"))
    assert found.passed
    stale = [one for one in found.judged if one.change.rule == "approval-stale"]
    assert [(SIGNIFICANT, False)] == [(one.change.weight, one.needs) for one in stale]
    assert (
        found.passed
        == reviewed(
            action("owner: a"),
            approvals(*amendments(first)) + action("owner: a"),
            fail_on=SIGNIFICANT,
        ).passed
    )


def test_an_approval_is_used_up_when_it_has_reached_the_base() -> None:
    """The same change, made once more after it was undone, needs a decision of its own."""
    first = amendments(reviewed(action("owner: a"), action("owner: b")))
    old = approvals(*first)
    assert not reviewed(old + action("owner: a"), old + action("owner: b")).passed
    both = old + approval(first[0], ref="BA 9/2027")
    assert reviewed(old + action("owner: a"), both + action("owner: b")).passed


@pytest.mark.parametrize("missing", ["by", "ref", "date"])
def test_an_approval_says_who_by_which_decision_and_when(missing: str) -> None:
    """One that does not is none."""
    changes = amendments(reviewed(action("owner: a"), action("owner: b")))
    given_ = approvals(*changes, **{missing: ""})
    assert not reviewed(action("owner: a"), given_ + action("owner: b")).passed


def test_authors_do_not_approve_their_own_changes_unless_the_policy_lets_them() -> None:
    """By their names in the commits."""
    for policy, passed in (("", False), ("review: {approvers: {amendment: {self: true}}}\n", True)):
        pair = policy + action("owner: a"), policy + action("owner: b")
        given_ = approvals(*amendments(reviewed(*pair)))
        assert passed == reviewed(pair[0], given_ + pair[1], authors=("Ani", "Sekda")).passed
        assert reviewed(pair[0], given_ + pair[1], authors=("Ani",)).passed


DEMANDS: dict[str, list[tuple[tuple[tuple[str, str], ...], bool]]] = {
    "any: [sekda, bpkd]": [
        ((("A", "sekda"),), True),
        ((("A", "bpkd"),), True),
        ((("A", "x"),), False),
    ],
    "all: [sekda, bpkd]": [
        ((("A", "sekda"), ("B", "bpkd")), True),
        ((("A", "sekda"), ("B", "sekda")), False),
        ((("A", "bpkd"),), False),
    ],
    "any: [sekda], count: 2": [
        ((("A", "sekda"), ("B", "sekda")), True),
        ((("A", "sekda"),), False),
        ((("A", "sekda"), ("A", "sekda")), False),
        ((("A", "sekda"), ("B", "")), False),
    ],
    "count: 2": [((("A", ""), ("B", "x")), True), ((("A", ""),), False)],
}


@pytest.mark.parametrize("demand", DEMANDS)
def test_the_policy_says_who_must_approve_and_how_many(demand: str) -> None:
    """One of some roles, each of some, a number of people."""
    policy = f"review: {{approvers: {{amendment: {{{demand}}}}}}}\n"
    pair = policy + action("owner: a"), policy + action("owner: b")
    [change] = amendments(reviewed(*pair))
    for people, passed in DEMANDS[demand]:
        given_ = "approvals:\n" + "".join(approval(change, by=by, role=role) for by, role in people)
        assert passed == reviewed(pair[0], given_ + pair[1]).passed, people


def test_a_rule_of_its_own_goes_before_the_weight_and_roles_have_holders() -> None:
    """The head of finance for budgets, and only who holds the role."""
    policy = (
        "review: {roles: {bpkd: [Budi]}, "
        "approvers: {amendment: {any: [sekda]}, budget-raised-over: {any: [bpkd]}}}\n"
    )
    pair = policy + action("budget: {2026: 1 miliar}"), policy + action("budget: {2026: 9 miliar}")
    [change] = amendments(reviewed(*pair))
    tries = (("Budi", "bpkd"), ("Ani", "bpkd"), ("Ani", "sekda"), ("Budi", ""))
    passed = [
        reviewed(pair[0], approvals(change, by=by, role=role) + pair[1]).passed
        for by, role in tries
    ]
    assert [True, False, False, False] == passed


# What no approval helps


def test_what_contradicts_itself_passes_by_no_approval() -> None:
    """Only by mending it, or by a waiver at the base."""
    broken = verdict_of_rule("F107", "actions[X-1].depends_on", "X-9", "said", broken=True)
    given_ = approvals(broken)
    found = reviewed(action("owner: a"), given_ + action("owner: a"), broken=(broken,))
    assert [("rule-broken", INVALID)] == [
        (one.change.rule, one.change.weight) for one in found.waiting
    ]
    policy = (
        "review: {waivers: [{rule: rule-broken, path: 'actions[X-1].*', reason: R, until: 2027}]}\n"
    )
    pair = policy + action("owner: a"), policy + action("owner: a")
    assert reviewed(*pair, broken=(broken,)).passed


def test_a_rule_that_is_kept_again_is_good_news() -> None:
    """It is told and asks for nothing."""
    mended = verdict_of_rule("F107", "actions[X-1]", "X-9", "said", broken=False)
    [told] = reviewed(action(""), action(""), broken=(mended,)).judged
    assert ("rule-mended", ROUTINE, False) == (told.change.rule, told.change.weight, told.needs)


# Waivers


def waived(path: str, until: str = "2026-12-31", reason: str = "Lelang ulang") -> str:
    """Write a policy with one waiver."""
    more = f", reason: {reason}" if reason else ""
    return f"review: {{waivers: [{{rule: owner-changed, path: '{path}', until: {until}{more}}}]}}\n"


@pytest.mark.parametrize(
    ("policy", "passed", "remark"),
    [
        (waived("actions[X-1].owner"), True, set()),
        (waived("actions[X-*].*"), True, set()),
        (waived("*"), True, set()),
        (waived("actions[X-1]*", "2026-11-24"), True, set()),
        (waived("actions[X-1]*", "2026-11-23"), False, {"waiver-expired"}),
        (waived("actions[X-1]*", reason=""), False, {"waiver-expired"}),
        (waived("actions[X-2].owner"), False, {"waiver-unused"}),
        (waived("actions[X].owner"), False, {"waiver-unused"}),
    ],
)
def test_a_waiver_lets_a_change_pass_until_a_day_for_a_reason(
    policy: str,
    passed: bool,  # noqa: FBT001  # a column of the table
    remark: set[str],
) -> None:
    """Where its pattern fits; one that does nothing here is told."""
    found = reviewed(policy + action("owner: a"), policy + action("owner: b"))
    assert passed == found.passed
    assert remark == {one.change.rule for one in found.judged} - {"owner-changed"}


def test_a_waiver_of_another_branch_does_not_stop_this_one() -> None:
    """It is told where nothing fits it, and asks for nothing even if all is stopped."""
    policy = waived("actions[X-9]*")
    pair = policy + action("note: a b c"), policy + action("note: d e f")
    found = reviewed(*pair, fail_on=SIGNIFICANT)
    assert {"wording": True, "waiver-unused": False} == {
        one.change.rule: one.needs for one in found.judged
    }
    assert () == reviewed(policy, policy).judged


def test_a_waiver_of_this_branch_is_none() -> None:
    """It is told as one that was added, for the branches after it."""
    found = reviewed(
        "review: {closed: 2020}\n" + action("owner: a"), waived("*") + action("owner: b")
    )
    assert not found.passed
    assert "waiver-added" in {one.change.rule for one in found.judged}


# No branch opens its own gate


OPENED = {
    "the stage": ("plan: {stage: adopted}\n", "plan: {stage: draft}\n", "stage-backward"),
    "the baseline": ("baselines: [{name: v1}]\n", "", "baseline-altered"),
    "the threshold": (
        "review: {threshold: {amount: 500 juta}}\n",
        "review: {threshold: {amount: 99 miliar}}\n",
        "policy-loosened",
    ),
    "the limit": (
        "review: {fail_on: amendment}\n",
        "review: {fail_on: invalid}\n",
        "policy-loosened",
    ),
    "the weights": ("", "review: {weights: {budget-raised-over: routine}}\n", "policy-loosened"),
    "the roles": (
        "review: {approvers: {amendment: {any: [sekda]}}}\n",
        "review: {approvers: {amendment: {any: [sekda, staf]}}}\n",
        "policy-loosened",
    ),
}


@pytest.mark.parametrize("door", OPENED)
def test_a_branch_is_judged_by_what_holds_at_its_base(door: str) -> None:
    """Whatever it changes of stage, record or policy: the raise waits, and the change is told."""
    before, after, rule = OPENED[door]
    found = reviewed(
        before + action("budget: {2026: 1 miliar}"), after + action("budget: {2026: 9 miliar}")
    )
    rules = {one.change.rule for one in found.waiting}
    assert {"budget-raised-over", rule} <= rules


def test_the_name_of_the_newest_baseline_is_told() -> None:
    """By its date, then by its name."""
    text = "baselines: [{name: v2, date: 2025-01-01}, {name: v1, date: 2024-01-01}]\n"
    assert "v2" == reviewed(text, text).baseline
    assert "" == reviewed("", "").baseline


# More changes


@given(st.sets(st.sampled_from(range(9))), st.sets(st.sampled_from(range(9))))
def test_more_changes_never_open_the_gate(some: set[int], more: set[int]) -> None:
    """What stops a branch stops every branch that holds it."""
    policy = waived("*").replace("owner-changed", "years-added")
    policy = policy.replace("{waivers", "{fail_on: significant, waivers")
    old = policy + OLD + "events: [{id: E-1, title: a}]\n"
    new = policy + NEW.replace("title: Tiga", "years: 2025, title: Lima, note: x") + "events: []\n"
    found = difference(old, new, "adopted")
    few = judged(found._replace(changes=_some(found, some)))
    many = judged(found._replace(changes=_some(found, some | more)))
    assert few.passed or not many.passed


def _some(found: Difference, kept: set[int]) -> tuple[Change, ...]:
    return tuple(one for number, one in enumerate(found.changes) if number in kept)


def test_every_pair_of_amendments_waits_for_both() -> None:
    """Approving one of two leaves the other."""
    for one, other in combinations(amendments(reviewed(OLD, NEW)), 2):
        found = reviewed(OLD, approvals(one, other) + NEW)
        waiting = {each.change.fingerprint for each in found.waiting}
        assert not {one.fingerprint, other.fingerprint} & waiting
        assert 3 == len(waiting)


@pytest.mark.parametrize("key", KEYED)
def test_a_text_where_keys_belong_loosens(key: str) -> None:
    """A part of the policy that is no mapping says nothing, and so asks for less."""
    assert loosens(Turn(None, None, (key,), None, "x"))


def test_a_text_where_the_policy_belongs_loosens() -> None:
    """A policy that says nothing that can be read asks for nothing."""
    assert loosens(Turn(None, None, (), None, "x"))
