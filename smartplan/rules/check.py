"""Load a plan and judge it: what `validate` says of it, without a screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan import load as loading
from smartplan.plan.grammar import next_stage
from smartplan.rules.all_rules import ALL_RULES
from smartplan.rules.rule import Moment, judge
from smartplan.rules.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from smartplan.plan.plan import Plan
    from smartplan.text.finding import Finding
    from smartplan.text.source import Source


DAYS = 365
"""How long a file may rest while a plan is carried out (domain rule R10: twelve months)."""

NEXT = "next"
"""Stands for the stage after the plan's own, which nobody knows before the plan is read."""


class Checked(NamedTuple):
    """A plan with all that was found in it, in the order of file, place, code.

    Attributes:
        plan: the plan.
        findings: what is to be mended or explained.
        stage: the stage whose demands held.
        ignored: what the plan explains, in `checks` or in a comment.
        known: what the plan lists as known.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    stage: str
    ignored: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()


def check(
    sources: Sequence[Source],
    *,
    today: date,
    root: str = "",
    stage: str | None = None,
    also: Iterable[Finding] = (),
    recent: Callable[[date], frozenset[str] | None] | None = None,
) -> Checked:
    """Load a plan and judge it.

    Args:
        sources: its files in path order; at least one.
        today: the day on which time limits are judged.
        root: the folder of the plan, as it begins the paths of the sources.
        stage: the stage whose demands hold; the plan's own if not given, the one after it if
            `NEXT`.
        also: findings made before, such as files that cannot be read.
        recent: gives the paths of the files that were changed since a day, if that is known; asked
            of a plan that is being carried out.
    """
    plan, found = loading.load(sources, root=root)
    own = plan.header.stage
    at_stage = next_stage(own) if stage == NEXT else stage or own
    found.extend(also)
    since = date.fromordinal(max(today.toordinal() - DAYS, 1))
    fresh = recent(since) if recent and at_stage == "running" else None
    found.extend(judge(plan, ALL_RULES, Moment(today, at_stage, fresh)))
    codes = (*loading.CODES, *(rule.code for rule in ALL_RULES))
    passing = {rule.code for rule in ALL_RULES if rule.passing}
    settled = settle(found, plan, codes, today, passing=passing, complete=at_stage == own)
    return Checked(plan, settled.left, at_stage, settled.ignored, settled.known)
