"""The gate of a review: which changes need an approval, which have one, whether it is passed.

Policy, roles and waivers are read at the base; approvals where the change is, since they are
files of the same branch (review.md 7.2). An approval holds for one fingerprint and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.change import INVALID, Change, Named, Weight
from smartplan.compare.facts import Name
from smartplan.compare.ground import matches
from smartplan.compare.policy import demand_of, fail_on_of, holders_of
from smartplan.compare.taxonomy import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.compare.change import State
    from smartplan.compare.differ import Difference
    from smartplan.compare.facts import Facts, Item
    from smartplan.compare.policy import Demand

DECISIONS = ("approval-granted", "baseline-recorded")
"""Rules of changes that are decisions themselves: they ask for no approval in turn."""
REMARKS = ("waiver-expired", "waiver-unused", "approval-stale")
"""Rules that speak of approvals and waivers that do nothing here: nobody can approve that."""


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval of one change: by whom, in which role, by which decision."""

    fingerprint: str
    by: str
    role: str
    ref: str
    date: str
    reason: str
    name: Name

    @property
    def complete(self) -> bool:
        """Whether it says who, by which decision, and when; one that does not is none."""
        return bool(self.by and self.ref and self.date)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A change that needs no approval until a day."""

    rule: str
    path: str
    reason: str
    until: str

    def covers(self, change: Change, today: str) -> bool:
        """Tell whether it lets a change pass today."""
        return self.rule == change.rule and matches(change.path, self.path) and self.holds(today)

    def holds(self, today: str) -> bool:
        """Tell whether it is complete and not out of date."""
        return bool(self.reason) and today <= self.until


@dataclass(frozen=True, slots=True)
class Judged:
    """A change, what it needs, and what it has.

    Attributes:
        change: the change.
        needs: whether it needs an approval.
        roles: who may give it; empty if anybody may.
        required: how many are required.
        approvals: those that count.
        waiver: what lets it pass without, if anything.
        met: whether it may pass.
    """

    change: Change
    needs: bool
    roles: tuple[str, ...] = ()
    required: int = 0
    approvals: tuple[Approval, ...] = ()
    waiver: Waiver | None = None
    met: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """The outcome of a review.

    Attributes:
        difference: the two plans and what changed.
        judged: every change with what it needs and has, the heaviest first.
        passed: whether the gate is met.
        fail_on: the weight from which a change needs an approval.
        base: how the base is called: `main at merge base 3b8b68b`.
        head: how the reviewed state is called.
        baseline: the name of the newest baseline at the base; empty if there is none.
    """

    difference: Difference
    judged: tuple[Judged, ...]
    passed: bool
    fail_on: Weight
    base: str
    head: str
    baseline: str

    @property
    def waiting(self) -> tuple[Judged, ...]:
        """The changes that keep the gate shut."""
        return tuple(one for one in self.judged if not one.met)


def review(
    difference: Difference,
    *,
    today: str,
    base: str,
    head: str,
    broken: Sequence[Change] = (),
    authors: frozenset[str] = frozenset(),
    fail_on: Weight | None = None,
) -> Review:
    """Judge the changes of a branch.

    Args:
        difference: what changed since the base.
        today: the day on which waivers are judged, as 2026-11-24.
        base: how the base is called.
        head: how the reviewed state is called.
        broken: rules of the plan that the branch broke or mended.
        authors: names of those who made the changes; they do not approve them themselves.
        fail_on: the weight that needs an approval, if not what the policy at the base says.
    """
    policy = difference.before.items.get(Name("review"))
    limit = fail_on or fail_on_of(policy)
    waivers, approvals = waivers_of(policy), _given(difference)
    changes = [*difference.changes, *broken]
    changes += _stale(difference, approvals, changes)
    changes += _idle(waivers, changes, today)
    changes.sort(key=lambda one: -one.weight)
    judge = _Judge(policy, limit, waivers, approvals, today, authors)
    judged = tuple(judge.judged(change) for change in changes)
    passed = all(one.met for one in judged)
    return Review(difference, judged, passed, limit, base, head, difference.ground.baseline)


@dataclass(frozen=True, slots=True)
class _Judge:
    policy: Item | None
    limit: Weight
    waivers: Sequence[Waiver]
    approvals: Sequence[Approval]
    today: str
    authors: frozenset[str]

    def judged(self, change: Change) -> Judged:
        """Judge one change: what contradicts itself passes by no approval, only by a waiver."""
        aside = change.rule in DECISIONS or (change.rule in REMARKS and change.weight != INVALID)
        if change.weight < self.limit or aside:
            return Judged(change, needs=False)
        waiver = next((one for one in self.waivers if one.covers(change, self.today)), None)
        demand = demand_of(self.policy, change.rule, change.weight.word)
        given = [one for one in self.approvals if one.fingerprint == change.fingerprint]
        counted = tuple(one for one in given if self.counts(one, demand))
        met = bool(waiver) or (change.weight != INVALID and _enough(counted, demand))
        return Judged(
            change,
            needs=True,
            roles=demand.roles,
            required=demand.count,
            approvals=counted,
            waiver=waiver,
            met=met,
        )

    def counts(self, approval: Approval, demand: Demand) -> bool:
        """Tell whether an approval counts: complete, in a role that may, by one who holds it."""
        if not approval.complete or (not demand.own and approval.by in self.authors):
            return False
        if demand.roles and approval.role not in demand.roles:
            return False
        holders = holders_of(self.policy, approval.role)
        return not holders or approval.by in holders


def _enough(approvals: Sequence[Approval], demand: Demand) -> bool:
    roles = {one.role for one in approvals}
    people = {one.by for one in approvals}
    some = not demand.any_of or bool(roles & demand.any_of)
    return some and demand.all_of <= roles and len(people) >= demand.count


# What is written down


def waivers_of(policy: Item | None) -> list[Waiver]:
    """Give the waivers of a policy."""
    if policy is None:
        return []
    parts = [part for part in policy.parts if part[0] == "waivers" and len(part) == 2]  # noqa: PLR2004  # one waiver
    return [
        Waiver(*(str(policy.get(*part, key) or "") for key in ("rule", "path", "reason", "until")))
        for part in sorted(parts)
    ]


def approvals_of(facts: Facts) -> Iterator[Approval]:
    """Give the approvals that a plan holds."""
    for item in facts.of("approvals"):
        words = ("fingerprint", "by", "role", "ref", "date", "reason")
        told = {word: str(item.get(word) or "") for word in words}
        yield Approval(**told, name=item.name)


def _given(difference: Difference) -> list[Approval]:
    """Give the approvals of this branch; those that the base holds are used up.

    Else a decision of long ago would let the same change pass once more, after it was undone.
    """
    used = {_content(one) for one in approvals_of(difference.before)}
    return [one for one in approvals_of(difference.after) if _content(one) not in used]


def _content(approval: Approval) -> tuple[str, ...]:
    return (approval.fingerprint, approval.by, approval.role, approval.ref, approval.date)


# What is wrong with approvals and waivers themselves


def _stale(
    difference: Difference, approvals: Iterable[Approval], changes: Sequence[Change]
) -> Iterator[Change]:
    """Tell approvals of this branch that approve something else than what it changes.

    Where the change is simply gone, an approval contradicts nothing and only waits to be tidied
    up: approvals of some changes hold for any part of them.
    """
    present = {one.fingerprint for one in changes}
    paths = {one.path for one in changes}
    for approval in approvals:
        if approval.fingerprint not in present:
            item = difference.after.items[approval.name]
            elsewhere = item.get("path") not in paths
            yield _of_approval(item, difference, "draft" if elsewhere else None)


def _of_approval(item: Item, difference: Difference, state: State | None) -> Change:
    rule = "approval-stale"
    state = state or difference.ground.state(None)
    return Change(
        rule=rule,
        weight=RULES[rule].weighs(state),
        op="set",
        path=str(item.name),
        item=Named(item.name, item.noun, item.title),
        state=state,
        old=item.get("path"),
        new=item.get("new"),
        new_at=item.at(item.route),
    )


def _idle(waivers: Iterable[Waiver], changes: Sequence[Change], today: str) -> Iterator[Change]:
    """Tell waivers that are out of date, and waivers that cover nothing here."""
    for waiver in waivers:
        covered = any(waiver.rule == one.rule and matches(one.path, waiver.path) for one in changes)
        if covered and waiver.holds(today):
            continue
        rule = "waiver-unused" if waiver.holds(today) else "waiver-expired"
        if rule == "waiver-unused" and not changes:
            continue  # a branch without changes says nothing
        yield Change(
            rule=rule,
            weight=RULES[rule].draft,
            op="set",
            path=f"review.waivers[{waiver.rule}@{waiver.path}]",
            old=waiver.until,
            new=waiver.reason,
        )


def verdict_of_rule(code: str, path: str, seen: str, said: str, *, broken: bool) -> Change:
    """Make the change of a rule of the plan that a branch broke or mended.

    Args:
        code: the code of the rule, such as `M050`.
        path: the place in the plan.
        seen: what was found there, the same in every language.
        said: the sentence for a reader, which is no part of the fingerprint.
        broken: whether it was broken; mended otherwise.
    """
    rule = "rule-broken" if broken else "rule-mended"
    told = f"{code} {seen}".rstrip()
    return Change(
        rule=rule,
        weight=RULES[rule].draft,
        op="add" if broken else "remove",
        path=path,
        label=f"{code} {said}",
        old=None if broken else told,
        new=told if broken else None,
    )
