"""The policy of reviews: whom it asks, from where on, and whether a change of it asks for less.

A branch is judged by the policy at its base; a change that opens the door for the branches after
it is told as what it is (review.md 7.3, rule 65).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from smartplan.compare.change import AMENDMENT, ROUTINE, Weight, magnitude
from smartplan.compare.taxonomy import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from smartplan.compare.facts import Item, Plain, Steps

Bounds: TypeAlias = "tuple[int | None, Decimal | int | None]"

THRESHOLD_RUPIAH, THRESHOLD_PERCENT = 500_000_000, 50
"""A budget raised by more in one year is an amendment, if the plan's policy says nothing else."""
STRICTNESS = (
    "off",
    "format",
    "info",
    "editorial",
    "routine",
    "warning",
    "significant",
    "amendment",
    "error",
    "invalid",
)
"""Words of weights and levels, the most lenient first."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Who must approve: one of some roles, each of some, how many, and whether authors may."""

    any_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()
    count: int = 1
    own: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles that it names."""
        return tuple(sorted(self.any_of | self.all_of))

    def asks_less(self, before: Demand) -> bool:
        """Tell whether it lets pass what another one would not have let pass."""
        if self.count < before.count or (self.own and not before.own):
            return True
        if not before.all_of <= self.all_of:
            return True
        one_of_them = self.any_of and self.any_of <= before.any_of
        return bool(before.any_of) and not (one_of_them or self.all_of & before.any_of)


def fail_on_of(policy: Item | None) -> Weight:
    """Give the weight that needs an approval: the policy's, else an amendment."""
    word = policy.get("fail_on") if policy else None
    known = word in [one.word for one in Weight if one >= ROUTINE]
    return Weight.of(str(word)) if known else AMENDMENT


def demand_of(policy: Item | None, *keys: str) -> Demand:
    """Give who must approve: by the first key that the policy names, else anybody, once.

    Args:
        policy: the item `review`; none if the plan has none.
        keys: the rule of a change, then its weight.
    """
    for key in keys:
        found = {
            steps[2:]: leaf.value
            for steps, leaf in (policy.leaves.items() if policy else ())
            if steps[:2] == ("approvers", key)
        }
        if found:
            count = magnitude(found.get(("count",)))
            return Demand(
                any_of=frozenset(str(v) for steps, v in found.items() if steps[0] == "any"),
                all_of=frozenset(str(v) for steps, v in found.items() if steps[0] == "all"),
                count=int(count) if count else 1,
                own=found.get(("self",)) == "true",
            )
    return Demand()


def holders_of(policy: Item | None, role: str) -> frozenset[str]:
    """Give who holds a role; empty if the policy does not say."""
    leaves = policy.leaves.items() if policy else ()
    return frozenset(str(leaf.value) for steps, leaf in leaves if steps[:2] == ("roles", role))


def threshold_of(policy: Item | None) -> Bounds:
    """Give rupiah and percent above which a raised budget is an amendment; none: no such bound."""
    rupiah = magnitude(policy.get("threshold", "amount")) if policy else None
    percent = magnitude(policy.get("threshold", "percent")) if policy else None
    if rupiah is None and percent is None:
        return THRESHOLD_RUPIAH, THRESHOLD_PERCENT
    return None if rupiah is None else int(rupiah), percent


# What asks for less


class Turn(NamedTuple):
    """One value of a policy, before and after, with the whole policy on either side."""

    before: Item | None
    after: Item | None
    steps: Steps
    was: Plain
    now: Plain


def loosens(turn: Turn) -> bool:
    """Tell whether a change of the policy asks for less than before; what is unknown does."""
    if not turn.steps:  # one text where the whole policy belongs
        return True
    head, *keys = turn.steps
    if head in KEYED and not keys:  # one text where a mapping belongs
        return True
    return LOOSER.get(head, _unknown)(turn)


KEYED = ("weights", "approvers", "roles")
"""Parts of a policy that say something under keys."""


def _unknown(_turn: Turn) -> bool:
    return True


def _gate(turn: Turn) -> bool:
    return _rank(turn.now, "amendment") > _rank(turn.was, "amendment")


def _weight(turn: Turn) -> bool:
    rule = turn.steps[1].partition("@")[0]
    usual = RULES[rule].approved.word if rule in RULES else "amendment"
    return _rank(turn.now, usual) < _rank(turn.was, usual)


def _level(turn: Turn) -> bool:
    return _rank(turn.now, "amendment") < _rank(turn.was, "amendment")


def _rank(value: Plain, usual: str) -> int:
    """Order the words of weights and levels; what is not set is as strict as it is by default."""
    return STRICTNESS.index(str(value) if value in STRICTNESS else usual)


def _threshold(turn: Turn) -> bool:
    pairs = zip(threshold_of(turn.before), threshold_of(turn.after), strict=True)
    return any(old is not None and (new is None or new > old) for old, new in pairs)


def _approvers(turn: Turn) -> bool:
    key = turn.steps[1]
    keys = (key, RULES[key].approved.word) if key in RULES else (key,)
    return demand_of(turn.after, *keys).asks_less(demand_of(turn.before, *keys))


def _roles(turn: Turn) -> bool:
    old, new = (holders_of(one, turn.steps[1]) for one in (turn.before, turn.after))
    return bool(old) and (not new or not new <= old)


def _closed(turn: Turn) -> bool:
    old, new = (set(one) if isinstance(one, tuple) else set() for one in (turn.was, turn.now))
    return bool(old - new)


def _exception(turn: Turn) -> bool:
    return turn.now is not None


LOOSER: dict[str, Callable[[Turn], bool]] = {
    "fail_on": _gate,
    "weights": _weight,
    "levels": _level,
    "threshold": _threshold,
    "approvers": _approvers,
    "roles": _roles,
    "closed": _closed,
    "waivers": _exception,
    "ignore": _exception,
    "exclude": _exception,
}
"""By the first key of a value of `review` or `checks`."""
