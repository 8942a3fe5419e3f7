"""Load a plan and judge it: what `validate` says of it, without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.plan import load as loading
from smartplan.rules.all_rules import ALL_RULES
from smartplan.rules.rule import Moment, judge, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from smartplan.plan.plan import Plan
    from smartplan.text.finding import Finding
    from smartplan.text.source import Source


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan with all that was found in it, in the order of file, place, code."""

    plan: Plan
    findings: tuple[Finding, ...]
    stage: str


def check(
    sources: Sequence[Source],
    *,
    today: date,
    root: str = "",
    stage: str | None = None,
    also: Iterable[Finding] = (),
) -> Checked:
    """Load a plan and judge it.

    Args:
        sources: its files in path order; at least one.
        today: the day on which time limits are judged.
        root: the folder of the plan, as it begins the paths of the sources.
        stage: the stage whose demands hold; the plan's own if not given.
        also: findings made before, such as files that cannot be read.
    """
    plan, found = loading.load(sources, root=root)
    at_stage = stage or plan.header.stage
    found.extend(also)
    found.extend(judge(plan, ALL_RULES, Moment(today, at_stage)))
    codes = (*loading.CODES, *(rule.code for rule in ALL_RULES))
    return Checked(plan, tuple(settle(found, plan, codes, today)), at_stage)
