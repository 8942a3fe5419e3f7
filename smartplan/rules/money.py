"""Rules on budgets, funds and budget codes (family M)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.plan.delivery import ALL_YEARS
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action
    from smartplan.plan.plan import Plan


@rule(
    "M048",
    "zero-without-reason",
    WARNING,
    of="action",
    says="The amount of {year} is 0 and no reason is given.",
)
def zero_without_reason(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an amount of 0 says why.

    Why: 0 means that nothing is needed; an amount that is not known yet is left out.
    Fix: write `{amount: 0, reason: …}`, or leave the amount out.
    Source: domain rule R48
    """
    for year, funds in action.budget.items():
        for fund, amount in funds.items():
            if amount.rupiah == 0 and not amount.reason and plan.knows(action, "budget"):
                yield at(action, "budget", year, fund, year=year)


@rule(
    "M049",
    "year-without-budget",
    WARNING,
    of="action",
    says="The action is active in {years}, but no money is set aside for it.",
    from_stage={"final": ERROR},
)
def year_without_budget(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every active year has a budget, or says that it needs none.

    Why: actions that were announced and never budgeted are what citizens remember.
    Fix: add the year to `budget`, or give the reason under `non_budget`.
    Source: domain rule R49
    """
    if not plan.knows(action, "budget", "non_budget", "years") or ALL_YEARS in action.non_budget:
        return
    covered = {*map(str, action.budget), *action.non_budget}
    active = [year for year in action.years if year in plan.years or not plan.years]
    missing = [year for year in active if str(year) not in covered]
    if missing:
        yield at(action, "budget", at_key=True, years=missing)


@rule(
    "M149",
    "budget-outside-years",
    WARNING,
    of="action",
    says="Money is set aside for {year}, when the action is not active.",
    from_stage={"final": ERROR},
)
def budget_outside_years(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that budget years are active years.

    Why: the money would be asked for without anything to do.
    Fix: add the year to `years`, or move the amount.
    Source: domain rule R49
    """
    if not action.years or not plan.knows(action, "years"):
        return
    for year in action.budget:
        if year not in action.years:
            yield at(action, "budget", year, at_key=True, year=year)


@rule(
    "M152",
    "fund-without-partner",
    WARNING,
    of="action",
    says="{fund} pays for the action, but no partner is named.",
)
def fund_without_partner(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that money from outside the public budgets has a giver.

    Why: a sponsor without a name is a hope, not a source of funds.
    Fix: name the partner under `partners`.
    Source: domain rule R52
    """
    if action.partners or not plan.knows(action, "partners"):
        return
    seen: set[str] = set()
    for year, funds in action.budget.items():
        for fund in funds:
            if plan.registers.funds[fund].external and fund not in seen:
                seen.add(fund)
                yield at(action, "budget", year, fund, at_key=True, fund=fund)


SUB_ACTIVITY_DOTS = 5
"""Dots in the code of a sub kegiatan: `2.16.03.2.02.0009`."""


@rule(
    "M055",
    "budget-code-unknown",
    WARNING,
    of="action",
    says="The code {code} is not in the list {register}.",
)
def budget_code_unknown(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that budget codes exist in the generation that the plan declares.

    Why: codes change under a running plan, and a code that is gone has no budget line.
    Fix: look the code up in the decree; the shipped list is partial, so it may still be right.
    Source: domain rule R55; update of 2027, where 2.16.03.2.02.0009 has no successor by name
    """
    codes = plan.registers.code_list
    if codes is None:
        return
    others = [one for one in plan.registers.code_lists.values() if one is not codes]
    for number, code in enumerate(action.codes):
        field = ".".join(code.split(".")[:2])
        known = field in codes.fields or field == "X.XX"
        if known and (code in codes.activities or code.count(".") < SUB_ACTIVITY_DOTS):
            continue
        found = [one.id for one in others if code in one.activities]
        yield at(action, "codes", number, code=code, register=codes.id, other=found)


@rule(
    "M057",
    "budget-code-of-other-agency",
    WARNING,
    of="action",
    says="The code {code} belongs to the field {field}, which {agency} does not answer for.",
)
def budget_code_of_other_agency(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that a budget code lies in a field of the lead agency.

    Why: an agency can only spend under the codes of its own fields.
    Fix: correct the code or the owner, or add the field under the agency's `affairs`.
    Source: domain rule R57
    """
    agency = plan.get(action.owner)
    affairs = getattr(agency, "affairs", ())
    if not affairs:
        return
    for number, code in enumerate(action.codes):
        field = ".".join(code.split(".")[:2])
        if field not in affairs and "X" not in field:
            yield at(action, "codes", number, code=code, field=field, agency=agency.heading)


@rule(
    "M157",
    "budget-code-outside-program",
    WARNING,
    of="action",
    says="The code {code} lies in none of the programs that the action names ({programs}).",
)
def budget_code_outside_program(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that kegiatan and sub kegiatan lie below the programs that stand beside them.

    Why: a line under the wrong parent is refused by the planning system.
    Fix: correct one of the codes.
    Source: domain rule R57
    """
    programs = [code for code in action.codes if code.count(".") == 2]  # noqa: PLR2004  # u.bb.pp
    if not programs or not plan.knows(action, "codes"):
        return
    for number, code in enumerate(action.codes):
        if not any(code == one or code.startswith(f"{one}.") for one in programs):
            yield at(action, "codes", number, code=code, programs=programs)


RULES = (
    zero_without_reason,
    year_without_budget,
    budget_code_unknown,
    budget_code_of_other_agency,
    budget_outside_years,
    fund_without_partner,
    budget_code_outside_program,
)
