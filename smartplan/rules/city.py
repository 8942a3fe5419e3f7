"""Rules on the city and who acts in it (family C)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action
    from smartplan.plan.plan import Plan


@rule(
    "C005",
    "no-adopting-act",
    WARNING,
    says="No act (Perda, Perwali, Perbup) adopts the plan.",
    from_stage={"adopted": ERROR},
)
def no_adopting_act(plan: Plan) -> Iterator[Mark]:
    """Checks that an act adopts the plan.

    Why: the yearly evaluation asks for it first, and without it agencies need not follow.
    Fix: add the act under `legal_basis` and name it in `plan.adopted_by`.
    Source: domain rule R05; evaluation instrument, baseline 1.1.1
    """
    if plan.header.adopted_by is None and plan.knows(plan.header, "adopted_by"):
        yield at(plan.header, "adopted_by", at_key=True)


@rule(
    "C122",
    "owner-missing",
    WARNING,
    of="action",
    says="The action has no lead agency.",
    from_stage={"final": ERROR},
)
def owner_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action has one lead agency.

    Why: what belongs to nobody is not done; owned measures stay on track twice as often.
    Fix: name the agency under `owner`.
    Source: domain rule R22; ClearPoint, 124 local governments
    """
    if action.owner is None and plan.knows(action, "owner"):
        yield at(action)


@rule(
    "C123",
    "owner-not-in-office",
    WARNING,
    of="action",
    says="{agency} does not exist in {years}, when the action runs.",
)
def owner_not_in_office(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that the lead agency exists in all years of the action.

    Why: agencies are merged and renamed; the budget line follows the agency that exists.
    Fix: name its successor, or correct the years of the agency.
    Source: domain rule R22; domain.md 3.4
    """
    agency = plan.get(action.owner)
    valid = getattr(agency, "valid", None)
    if valid is None:
        return
    outside = [
        year
        for year in action.years
        if (valid.since and year < valid.since) or (valid.until and year > valid.until)
    ]
    if outside:
        related = (("agency", agency),)
        yield at(action, "owner", related=related, agency=agency.heading, years=outside)


RULES = (no_adopting_act, owner_missing, owner_not_in_office)
