"""The one list of rules, and the rules of the domain that are not among them."""

from __future__ import annotations

from smartplan.rules import (
    city,
    delivery,
    direction,
    evaluation,
    measure,
    money,
    quick_wins,
    structure,
)

ALL_RULES = (
    *structure.RULES,
    *city.RULES,
    *direction.RULES,
    *delivery.RULES,
    *quick_wins.RULES,
    *money.RULES,
    *measure.RULES,
    *evaluation.RULES,
)

NOT_RULES = (
    ("R12", "that illustrations are marked is a test of every report, not of a plan"),
    ("R19", "that a taxonomy changed is seen in two revisions, not in a plan"),
    ("R38", "the remainder of a target is worked out and never written, so it cannot be wrong"),
    ("R43", "no field yet for a printed achievement of a dimension"),
    ("R53", "no fields yet for the stages of one amount: ceiling, contract, spent"),
    ("R60", "sums by source and agency are figures of the reports; no share is right or wrong"),
)
"""Rules of the domain study that no rule here answers, with the reason."""
