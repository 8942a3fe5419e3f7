"""How the plan came about and what it rests on: events and workshops in order, acts by rank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smartplan.plan.city import ACT_TYPE

if TYPE_CHECKING:
    from smartplan.plan.city import Event, InventoryItem, LegalAct
    from smartplan.plan.delivery import Participation, Workshop
    from smartplan.plan.header import Citation
    from smartplan.plan.plan import Plan


def events(plan: Plan) -> tuple[Event, ...]:
    """Give the events in the order in which they happened; undated ones last."""
    return tuple(sorted(plan.all("event"), key=lambda one: _when(one.date)))


def workshops(plan: Plan) -> tuple[Workshop, ...]:
    """Give the workshops by number."""
    return tuple(sorted(plan.all("workshop"), key=lambda one: (one.number or 99, _when(one.date))))


def participation(plan: Plan) -> tuple[Participation, ...]:
    """Give the occasions on which people took part, in order; undated ones last."""
    return tuple(sorted(plan.all("participation"), key=lambda one: _when(one.date)))


def acts(plan: Plan) -> tuple[LegalAct, ...]:
    """Give the legal basis by rank (law before decree), then year."""
    ranks = {kind: rank for rank, kind in enumerate(ACT_TYPE.values)}
    return tuple(
        sorted(plan.all("legal_act"), key=lambda one: (ranks.get(one.kind, 99), one.year or 9999))
    )


def adopting_act(plan: Plan) -> LegalAct | None:
    """Give the act that adopts the plan; none while there is none."""
    act: LegalAct | None = plan.get(plan.header.adopted_by, "legal_act")
    return act


def inventory(plan: Plan) -> dict[str | None, tuple[InventoryItem, ...]]:
    """Group what exists already by its kind, in the order of the plan."""
    groups: dict[str | None, list[InventoryItem]] = {}
    for item in plan.all("inventory_item"):
        groups.setdefault(item.kind, []).append(item)
    return {kind: tuple(group) for kind, group in groups.items()}


def sources(plan: Plan) -> tuple[Citation, ...]:
    """Give the sources in the order of their ids, numbers as numbers: S-2 before S-10."""
    return tuple(sorted(plan.all("source"), key=lambda one: _natural(one.id or "")))


def _when(date: str | None) -> tuple[bool, str]:
    return date is None, date or ""


def _natural(identity: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", identity.casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
