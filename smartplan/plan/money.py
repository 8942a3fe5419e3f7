"""Budgets: amounts by year and fund, and what a document prints of them."""

from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from smartplan.plan.entity import Also, Record, about
from smartplan.plan.grammar import AMOUNT_WORDS
from smartplan.plan.registers import FUND
from smartplan.plan.values import (
    WRONG_TYPE,
    Flag,
    Money,
    Number_,
    Text,
    Year,
    context,
    fault,
    shown,
)


class Amount(Record):
    """Money of one year and fund: a sum, or a price per unit with or without a volume."""

    amount: Money | None = about(
        "Amount",
        "The sum; absent while unknown, never 0 for unknown.",
        example="Rp 700.000.000",
        unit="rupiah",
    )
    approximate: Flag | None = about(
        "Approximate", "Whether it is only about that much.", example=True
    )
    unit_cost: Money | None = about(
        "Unit cost",
        "The price of one unit.",
        example="10 juta",
        unit="rupiah per unit",
        change="budget-basis",
    )
    unit: Text | None = about("Unit", "What is bought.", example="RT", change="budget-basis")
    volume: Number_ | None = about(
        "Volume",
        "How many units; without it there is no sum.",
        example=120,
        unit="units",
        change="budget-basis",
    )
    note: Text | None = about(
        "Note", "A remark, such as `usulan`.", example="usulan", change="budget-reason"
    )
    reason: Text | None = about(
        "Reason", "Why the amount is 0.", example="dibiayai kementerian", change="budget-reason"
    )

    @property
    def rupiah(self) -> int | None:
        """The sum in rupiah, or none while it is unknown."""
        if self.amount is not None:
            return self.amount.rupiah
        if self.unit_cost is None or self.volume is None:
            return None
        return int(self.unit_cost.rupiah * self.volume.value)

    @property
    def about(self) -> bool:
        """Whether the sum is only about that much."""
        return bool(self.approximate or (self.amount is not None and self.amount.approximate))


def _as_amount(value: object) -> object:
    return value if isinstance(value, dict) else {"amount": value}


def _by_fund(value: object, info: ValidationInfo) -> object:
    """Spread the short forms of a year: a scalar and one amount belong to the default fund."""
    if isinstance(value, list):
        raise fault(WRONG_TYPE, seen=shown(value), allowed="amount")
    if isinstance(value, dict) and AMOUNT_WORDS.isdisjoint(value):
        return value
    return {context(info).default_fund: value}


FundAmount = Annotated[Amount, BeforeValidator(_as_amount), Also(Money | None)]
YearBudget = Annotated[
    dict[Annotated[str, FUND], FundAmount], BeforeValidator(_by_fund), Also(Money | None, Amount)
]
Budget = dict[Year, YearBudget]
"""Year → fund → amount. A fund without an amount is known to pay, not how much."""


class ActionDeclared(Record):
    """What a document prints about an action, beside what smartplan works out."""

    total: Money | None = about(
        "Declared total",
        "The printed sum.",
        example="Rp 5.650.000.000",
        unit="rupiah",
        change="declared",
    )
