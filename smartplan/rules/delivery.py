"""Rules on actions, their order, and quick wins (family A)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action, QuickWin
    from smartplan.plan.plan import Plan

QUICK_WIN_MONTHS = 12
"""The longest time to a quick win's first result (domain rule R61; Ponorogo, Balikpapan)."""


@rule(
    "A024",
    "years-outside-period",
    WARNING,
    of="action",
    says="The action is active in {years}, outside the plan's period {start}–{end}.",
)
def years_outside_period(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action is active within the period of the plan.

    Why: years outside the plan are in no budget table and no road map of it.
    Fix: correct the years; earlier work belongs into `events` or `inventory`.
    Source: domain rule R24
    """
    outside = [year for year in action.years if plan.years and year not in plan.years]
    if outside:
        yield at(action, "years", years=outside, start=plan.years[0], end=plan.years[-1])


@rule(
    "A124",
    "years-missing",
    WARNING,
    of="action",
    says="The action has no years.",
    from_stage={"final": ERROR},
)
def years_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action says when it is active.

    Why: without years it is not on the road map and in no yearly budget.
    Fix: write the years, such as [2024, 2026-2028].
    Source: domain rules R24 and R49
    """
    if not action.years and plan.knows(action, "years"):
        yield at(action)


@rule(
    "A026",
    "indicator-missing",
    WARNING,
    of="action",
    says="The action has no indicator with a unit and a target.",
    from_stage={"final": ERROR},
)
def indicator_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action has an indicator with a unit and a target.

    Why: money was spent and nobody can say for what: document, result or effect.
    Fix: add an indicator with `unit` and `targets`.
    Source: domain rule R26
    """
    if not plan.knows(action, "indicators"):
        return
    measured = [one for one in action.indicators if one.unit and one.targets]
    unclear = [one for one in action.indicators if not plan.knows(one, "unit", "targets")]
    if not measured and not unclear:
        yield at(action, "indicators", at_key=True)


@rule(
    "A032",
    "dependency-cycle",
    ERROR,
    says="The actions wait for each other: {cycle}.",
)
def dependency_cycle(plan: Plan) -> Iterator[Mark]:
    """Checks that no action waits for itself, however long the way round.

    Why: none of them could ever begin.
    Fix: take out the dependency that is not needed.
    Source: domain rule R32
    """
    for cycle in _cycles(plan):
        first = cycle[0]
        names = " → ".join(one.id or "" for one in (*cycle, first))
        related = tuple(("cycle", one) for one in cycle[1:])
        number = next(
            i for i, one in enumerate(first.depends_on) if plan.get(one) is cycle[1 % len(cycle)]
        )
        yield at(first, "depends_on", number, related=related, cycle=names)


def _cycles(plan: Plan) -> Iterator[list[Action]]:
    """Find one cycle in each knot of actions, beginning with its first action in the plan."""
    done: set[str] = set()
    for start in plan.actions:
        path: list[Action] = []
        stack = [(start, iter(_before(start, plan)))] if start.id not in done else []
        on_path = {start.id}
        if stack:
            path.append(start)
        while stack:
            action, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                on_path.discard(action.id)
                done.add(action.id or "")
            elif following.id in on_path:
                yield path[path.index(following) :]
            elif following.id not in done:
                stack.append((following, iter(_before(following, plan))))
                path.append(following)
                on_path.add(following.id)


def _before(action: Action, plan: Plan) -> list[Action]:
    return [one for one in plan.resolve(action.depends_on) if one.noun == "action"]


def _waits_for(action: Action, other: Action, plan: Plan) -> bool:
    """Tell whether an action waits for another, however long the way."""
    waiting, seen = [action], set()
    while waiting:
        for one in _before(waiting.pop(), plan):
            if one is other:
                return True
            if one.id not in seen:
                seen.add(one.id)
                waiting.append(one)
    return False


@rule(
    "A132",
    "prerequisite-later",
    ERROR,
    of="action",
    says="{prerequisite} must come first, but begins in {later}, after {start}.",
)
def prerequisite_later(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that a prerequisite does not begin after the action that waits for it.

    Actions that wait for each other are the concern of dependency-cycle.

    Why: the road map promises something that cannot be begun.
    Fix: move one of the two, or take out the dependency.
    Source: domain rule R32
    """
    for number, name in enumerate(action.depends_on):
        before = plan.get(name)
        years = getattr(before, "years", ())
        if not years or not action.years or years[0] <= action.years[0]:
            continue
        if not _waits_for(before, action, plan):
            yield at(
                action,
                "depends_on",
                number,
                related=(("prerequisite", before),),
                prerequisite=before.id,
                later=years[0],
                start=action.years[0],
            )


@rule(
    "A061",
    "quick-win-too-long",
    WARNING,
    of="action",
    says="The quick win needs {months} months to its first result; 12 are the most.",
    from_stage={"final": ERROR},
)
def quick_win_too_long(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that a quick win shows its first result within twelve months.

    Why: a quick win convinces because people see it within the year.
    Fix: cut it down to the part that is ready within a year, or make it a plain action.
    Source: domain rule R61
    """
    win = action.quick_win
    months = win.months if win and plan.knows(win, "months") else None
    if months is not None and months > QUICK_WIN_MONTHS:
        yield at(action, "quick_win", "months", months=months)


@rule(
    "A062",
    "dimension-without-quick-win",
    WARNING,
    says="The dimension {dimension} has no quick win.",
)
def dimension_without_quick_win(plan: Plan) -> Iterator[Mark]:
    """Checks that every dimension has a quick win.

    Why: the programme expects one in each; fewer should be a decision.
    Fix: choose one, or explain the gap under `checks.ignore`.
    Source: domain rule R62
    """
    if not plan.knows_all("action", "dimension", "quick_win"):
        return
    used = {action.dimension for action in plan.actions if action.quick_win}
    for dimension in plan.registers.taxonomy.dimensions:
        if dimension.id not in used:
            path = f"dimensions[{dimension.id}]"
            yield at(plan.header, "taxonomy", path=path, dimension=dimension.id)


@rule(
    "A063",
    "quick-win-incomplete",
    WARNING,
    of="action",
    says="The selected quick win lacks: {missing}.",
    from_stage={"final": ERROR},
)
def quick_win_incomplete(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that a selected quick win has all that the evaluation asks for.

    Its owner and its indicator are those of the action: owner-missing, indicator-missing.

    Why: start, a risk with its mitigation and the ten criteria are scored.
    Fix: add what is missing.
    Source: domain rule R63; evaluation instrument, block E
    """
    win = action.quick_win
    if win is None or win.state not in ("selected", "running"):
        return
    if missing := list(_missing(win, plan)):
        yield at(action, "quick_win", at_key=True, missing=missing)


def _missing(win: QuickWin, plan: Plan) -> Iterator[Term]:
    if win.start is None and plan.knows(win, "start"):
        yield Term("start")
    risks = plan.resolve(win.risks)
    complete = plan.knows(win, "risks") and len(risks) == len(win.risks)
    if complete and not any(getattr(risk, "mitigation", None) for risk in risks):
        yield Term("risk with mitigation")
    if not plan.knows(win, "criteria"):
        return
    if win.criteria is None:
        yield Term("criteria")
        return
    for name in type(win.criteria).model_fields:
        if getattr(win.criteria, name) is None and plan.knows(win.criteria, name):
            yield Term(f"criteria.{name}")


RULES = (
    years_outside_period,
    indicator_missing,
    dependency_cycle,
    quick_win_too_long,
    dimension_without_quick_win,
    quick_win_incomplete,
    years_missing,
    prerequisite_later,
)
