"""Rules on budgets, funds and budget codes (family M)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.figures import money as figures
from smartplan.plan.delivery import ALL_YEARS
from smartplan.plan.grammar import Money
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action
    from smartplan.plan.money import Amount
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
    bare = [year for year in action.years if year not in action.budget]
    if not bare or not plan.knows(action, "budget", "non_budget", "years"):
        return
    reasons = action.non_budget
    active = [year for year in bare if year in plan.years or not plan.years]
    missing = [year for year in active if str(year) not in reasons]
    if missing and ALL_YEARS not in reasons:
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
    agency = plan.get(action.owner, "agency")
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


def _amounts(action: Action) -> Iterator[tuple[int, str, Amount]]:
    """Give every amount of an action with its year and fund."""
    for year, funds in action.budget.items():
        for fund, amount in funds.items():
            yield year, fund, amount


@rule(
    "M050",
    "declared-total-differs",
    WARNING,
    says="The printed total is {declared}, the amounts sum up to {computed}.",
)
def declared_total_differs(plan: Plan) -> Iterator[Mark]:
    """Checks that printed totals, of the plan and of actions, are the sums of their amounts.

    A sum of which an amount is unknown or only about right is not compared.

    Why: council and evaluators add up, and a wrong sum discredits all the others.
    Fix: find the amount that is missing or counted twice; the printed total is never overwritten.
    Source: domain rule R50; Pasangkayu, parent and children
    """
    if not plan.knows_all("action", "budget", "non_budget", "years"):
        return
    for one in figures.disagreements(plan):
        if one.difference is None or one.computed.approximate:
            continue
        yield at(
            one.action or plan.header,
            "declared",
            "total",
            declared=Money(one.declared),
            computed=Money(one.computed.rupiah),
        )


@rule(
    "M051",
    "volume-missing",
    WARNING,
    of="action",
    says="{cost} per {unit} in {year}, but nobody says how many.",
    from_stage={"final": ERROR},
)
def volume_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an amount per unit says how many units are paid for.

    Why: without a volume there is no sum, neither for the action nor for the plan.
    Fix: add `volume`.
    Source: domain rule R51; Ponorogo, Rp 10 juta per RT
    """
    for year, fund, amount in _amounts(action):
        open_ended = amount.unit_cost and amount.volume is None and amount.amount is None
        if open_ended and plan.knows(action, "budget"):
            unit = amount.unit or "unit"
            yield at(action, "budget", year, fund, cost=amount.unit_cost, unit=unit, year=year)


@rule(
    "M151",
    "amount-contradicts-unit-cost",
    ERROR,
    of="action",
    says="{volume} times {cost} are {computed}, but {amount} is written for {year}.",
)
def amount_contradicts_unit_cost(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an amount beside a unit cost and a volume is their product.

    Why: one of the three is wrong, and nobody can see which.
    Fix: leave the amount out, or correct what is wrong.
    Source: domain rule R51
    """
    for year, fund, one in _amounts(action):
        if one.unit_cost is None or one.volume is None or one.amount is None or one.about:
            continue
        computed = one.unit_cost.rupiah * one.volume.value
        if computed != one.amount.rupiah and plan.knows(action, "budget"):
            yield at(
                action,
                "budget",
                year,
                fund,
                amount=one.amount,
                year=year,
                volume=one.volume,
                cost=one.unit_cost,
                computed=Money(int(computed)),
            )


LEVELS = {"provinsi": "1", "kota": "2", "kabupaten": "2"}
"""The digit of a budget code that says for which government it is (domain.md 3.1)."""
LEVEL_AT = 3
"""Where it stands in a code: `2.16.03.2.02`."""


@rule(
    "M056",
    "code-of-other-government",
    WARNING,
    of="action",
    says="The code {code} is one of level {level}; a {kind} uses {allowed}.",
)
def code_of_other_government(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that the level in a budget code is that of the plan's government.

    Why: codes of the province stand in no system of the city, and the other way round.
    Fix: look up the code of the same name for this level; the suggestion is only its spelling.
    Source: domain rule R56; update of 2027: 1 for provinces, 2 for cities and regencies
    """
    kind = plan.header.city.kind if plan.header.city else None
    allowed = LEVELS.get(kind or "")
    for number, code in enumerate(action.codes if allowed else ()):
        parts = code.split(".")
        if allowed and len(parts) > LEVEL_AT and parts[LEVEL_AT] != allowed:
            right = ".".join([*parts[:LEVEL_AT], allowed, *parts[LEVEL_AT + 1 :]])
            yield at(
                action,
                "codes",
                number,
                suggestion=right,
                code=code,
                level=parts[LEVEL_AT],
                kind=kind,
                allowed=allowed,
            )


@rule(
    "M058",
    "budget-codes-missing",
    INFO,
    says="{count} of {total} actions that cost money have no budget code.",
    from_stage={"adopted": WARNING},
)
def budget_codes_missing(plan: Plan) -> Iterator[Mark]:
    """Checks whether actions that cost money have budget codes; told once for the whole plan.

    Whether the amounts are those of APBD and DPA cannot be seen in a plan.

    Why: without codes nobody finds the money of the plan in the budget of the city.
    Fix: add `codes` when the programmes of the RKPD are chosen.
    Source: domain rule R58; complaints C2 and C3
    """
    if not plan.knows_all("action", "codes", "budget"):
        return
    paid = [one for one in plan.actions if any(amount.rupiah for *_, amount in _amounts(one))]
    bare = [one for one in paid if not one.codes]
    if bare:
        related = tuple(("action", one) for one in bare[:SHOWN])
        yield at(plan.header, "codes", related=related, count=len(bare), total=len(paid))


SHOWN = 3
"""How many of many items are pointed at."""


@rule(
    "M059",
    "same-money-twice",
    WARNING,
    says="{amount} of {fund} in {year} under {code} is also the budget of {other}, '{title}'.",
)
def same_money_twice(plan: Plan) -> Iterator[Mark]:
    """Checks that no two actions have the same amount of one year under the same budget code.

    Why: it is probably the same money, and it is counted twice in every sum.
    Fix: leave it with one action; the other says under `non_budget` who pays.
    Source: domain rule R59; Ponorogo, Insentif and Dana RT
    """
    seen: dict[tuple[str, int, str, int], Action] = {}
    for action in plan.actions:
        for code in action.codes:
            for year, fund, amount in _amounts(action):
                if not amount.rupiah:
                    continue
                first = seen.setdefault((code, year, fund, amount.rupiah), action)
                if first is not action:
                    related = (("first", first),)
                    yield at(
                        action,
                        "budget",
                        year,
                        fund,
                        related=related,
                        amount=Money(amount.rupiah),
                        fund=fund,
                        year=year,
                        code=code,
                        other=first.id,
                        title=first.heading,
                    )


@rule(
    "M102",
    "budget-over-ceiling",
    WARNING,
    says="{year} costs {cost}, above its ceiling of {ceiling}.",
    from_stage={"final": ERROR},
)
def budget_over_ceiling(plan: Plan) -> Iterator[Mark]:
    """Checks that the actions of no year cost more than its ceiling.

    Amounts that are unknown can only add to it.

    Why: a plan above its ceiling is cut by others, and not where it hurts least.
    Fix: move actions to other years, lower amounts, or raise `plan.ceilings`.
    Source: our own; feature study, rules about plan sense
    """
    for one in figures.ceilings(plan) if plan.header.ceilings else ():
        if one.ceiling is not None and (one.over or 0) > 0:
            ceiling = Money(one.ceiling)
            yield at(
                plan.header,
                "ceilings",
                one.year,
                year=one.year,
                ceiling=ceiling,
                cost=Money(one.sum.rupiah, one.sum.approximate),
            )


RULES = (
    zero_without_reason,
    year_without_budget,
    budget_code_unknown,
    budget_code_of_other_agency,
    budget_outside_years,
    fund_without_partner,
    budget_code_outside_program,
    declared_total_differs,
    volume_missing,
    amount_contradicts_unit_cost,
    code_of_other_government,
    budget_codes_missing,
    same_money_twice,
    budget_over_ceiling,
)
