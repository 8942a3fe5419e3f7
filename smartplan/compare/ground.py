"""What a change is judged by: stage, baseline and policy, all read at the base revision.

Read at the base, so that no branch opens its own gate (review.md, Settled).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from smartplan.compare.change import Weight
from smartplan.compare.facts import Name
from smartplan.compare.policy import THRESHOLD_PERCENT, THRESHOLD_RUPIAH, threshold_of
from smartplan.compare.taxonomy import RULES
from smartplan.plan.grammar import STAGES, year

if TYPE_CHECKING:
    from smartplan.compare.change import State
    from smartplan.compare.facts import Facts, Item
    from smartplan.compare.policy import Bounds

ADOPTED = STAGES.index("adopted")
ASIDE = ("approvals", "baselines", "review", "checks", "format")
"""Collections that speak about the plan and are no part of what a city adopts."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds at the base of a comparison.

    Attributes:
        adopted: whether the stage of the plan is `adopted` or later.
        baseline: the name of the newest baseline; empty if there is none.
        frozen: the paths of the items in it, and in those before it: a baseline may adopt a part.
        last_year: the last year of the plan's period; none if it is unknown.
        closed: years whose actions are decided.
        over: rupiah and percent above which a raised budget is an amendment.
        weights: weights that the policy sets, by rule, `rule@dimension:ID` or `rule@PATH`.
    """

    adopted: bool = False
    baseline: str = ""
    frozen: frozenset[str] = frozenset()
    last_year: int | None = None
    closed: frozenset[int] = frozenset()
    over: Bounds = (THRESHOLD_RUPIAH, THRESHOLD_PERCENT)
    weights: dict[str, Weight] = field(default_factory=dict)

    @property
    def approved(self) -> bool:
        """Whether there is an approved plan at all."""
        return self.adopted or bool(self.baseline)

    def state(self, item: Item | None, holder: Item | None = None) -> State:
        """Tell whether an item was approved at the base.

        Args:
            item: as it was at the base; none if it is new.
            holder: the item that it stood in, such as the action of an indicator.
        """
        if item is None or item.name.collection in ASIDE:
            return "approved" if self.approved else "draft"
        names = {str(item.name), str(item.holder)}
        names |= {str(Name(item.name.collection, former)) for former in item.formerly}
        proposed = "proposed" in (item.get("status"), holder.get("status") if holder else None)
        decided = self.adopted and not proposed
        return "approved" if decided or not names.isdisjoint(self.frozen) else "draft"

    def weighs(self, rule: str, state: State, path: str, dimension: str) -> Weight:
        """Weigh a change: by its rule and state, unless the policy says otherwise."""
        for key, weight in self.weights.items():
            name, _, where = key.partition("@")
            if name != rule:
                continue
            if not where or where == f"dimension:{dimension}" or matches(path, where):
                return weight
        return RULES[rule].weighs(state)


def matches(path: str, pattern: str) -> bool:
    """Tell whether a path fits a pattern, where `*` stands for any part."""
    return fnmatchcase(path, pattern.replace("[", "[[]"))


def ground(base: Facts) -> Ground:
    """Read what holds at the base."""
    newest = newest_baseline(base)
    end = base.value("plan", "period", "end")
    stage = base.value("plan", "stage")
    review = base.items.get(Name("review"))
    closed = review.get("closed") if review else None
    return Ground(
        adopted=stage in STAGES and STAGES.index(str(stage)) >= ADOPTED,
        baseline=newest.name.key if newest else "",
        frozen=frozenset(path for one in base.of("baselines") for path in frozen_items(one)),
        last_year=year(end) if isinstance(end, str) else None,
        closed=frozenset(one for one in closed if isinstance(one, int))
        if isinstance(closed, tuple)
        else frozenset(),
        over=threshold_of(review),
        weights=dict(_weights(review)),
    )


def newest_baseline(facts: Facts) -> Item | None:
    """Give the newest baseline, by its date and then by its name; none if there is none."""
    return max(
        facts.of("baselines"), key=lambda one: (str(one.get("date")), one.name.key), default=None
    )


def frozen_items(baseline: Item) -> dict[str, str]:
    """Give the items of a baseline: path → digest."""
    return {
        steps[1]: str(leaf.value)
        for steps, leaf in baseline.leaves.items()
        if len(steps) > 1 and steps[0] == "items"
    }


def _weights(review: Item | None) -> list[tuple[str, Weight]]:
    """Give the weights of the policy, the most particular first."""
    words = {one.word for one in Weight}
    found: list[tuple[str, Any]] = [
        (steps[1], leaf.value)
        for steps, leaf in (review.leaves.items() if review else ())
        if len(steps) > 1 and steps[0] == "weights" and leaf.value in words
    ]
    found.sort(key=lambda one: ("@" not in one[0], "dimension:" in one[0], one[0]))
    return [(key, Weight.of(word)) for key, word in found]
