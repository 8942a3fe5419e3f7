"""Rules on quick wins (family A, beside `delivery`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.plan.grammar import Money
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action, QuickWin
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment

QUICK_WIN_MONTHS = 12
"""The longest time to a quick win's first result (domain rule R61; Ponorogo, Balikpapan)."""


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

    A plan without any is the concern of part-of-masterplan-missing.

    Why: the programme expects one in each; fewer should be a decision.
    Fix: choose one, or explain the gap under `checks.ignore`.
    Source: domain rule R62
    """
    if not plan.knows_all("action", "dimension", "quick_win"):
        return
    used = {action.dimension for action in plan.actions if action.quick_win}
    for dimension in plan.registers.taxonomy.dimensions if used else ():
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
    risks = plan.resolve(win.risks, "risk")
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


@rule(
    "A064",
    "quick-win-is-construction",
    INFO,
    of="action",
    says="The quick win is infrastructure.",
)
def quick_win_is_construction(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks whether a quick win is something to be built.

    Why: a quick win sharpens a service that exists; what is built is seldom used within a year.
    Fix: choose the service that the building is for, or explain the choice under `checks.ignore`.
    Source: domain rule R64; Balikpapan
    """
    if action.quick_win and action.kind == "infrastructure" and plan.knows(action, "kind"):
        yield at(action, "quick_win", at_key=True)


@rule(
    "A065",
    "quick-win-status-old",
    WARNING,
    of="action",
    says="The quick win was to begin in {start}, and is still {state}.",
)
def quick_win_status_old(action: Action, plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that quick wins of the years before say what became of them, once the plan runs.

    Why: the evaluation asks which of last year's quick wins still run, and how many are new.
    Fix: write `state: running`, `done` or `stopped`.
    Source: domain rule R65; evaluation instrument, 10a and 10b
    """
    win = action.quick_win
    if win is None or win.start is None or not when.reached("running"):
        return
    waiting = win.state in ("proposed", "nominated", "selected")
    if waiting and int(win.start[:4]) < when.today.year and plan.knows(win, "state"):
        yield at(action, "quick_win", "state", start=win.start, state=Term(win.state or ""))


QUICK_WIN_COST = Money(1_000_000_000)
"""What the first year of a quick win may cost before it is doubted, in rupiah (our own line)."""


@rule(
    "A161",
    "quick-win-too-costly",
    INFO,
    of="action",
    says="The quick win costs {cost} in its first year; {limit} is much for one.",
)
def quick_win_too_costly(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks whether a quick win costs more than a quick win should, in its first year.

    Why: what costs much goes through tender and council, and is not quick any more.
    Fix: cut it down to the part that existing people and money can do.
    Source: our own; feature study, rules about plan sense
    """
    if action.quick_win is None or not action.budget or not plan.knows(action, "budget"):
        return
    year = min(action.budget)
    cost = sum(amount.rupiah or 0 for amount in action.budget[year].values())
    if cost > QUICK_WIN_COST.rupiah:
        yield at(action, "budget", year, cost=Money(cost), limit=QUICK_WIN_COST)


RULES = (
    quick_win_too_long,
    dimension_without_quick_win,
    quick_win_incomplete,
    quick_win_is_construction,
    quick_win_status_old,
    quick_win_too_costly,
)
