"""The one list of rules."""

from __future__ import annotations

from smartplan.rules import city, delivery, direction, money, structure

ALL_RULES = (
    *structure.RULES,
    *city.RULES,
    *direction.RULES,
    *delivery.RULES,
    *money.RULES,
)
