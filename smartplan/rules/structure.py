"""Rules on the plan as a whole and on what its statements stand on (family S)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.entity import Entity, Provenance
    from smartplan.plan.plan import Plan

USUAL_LENGTHS = (5, 10)
"""Years that a masterplan covers (domain rule R01: five like the RPJMD, or ten)."""


@rule(
    "S001",
    "period-reversed",
    ERROR,
    says="The period ends in {end}, before it begins in {start}.",
)
def period_reversed(plan: Plan) -> Iterator[Mark]:
    """Checks that every period ends after it begins.

    Why: no year lies inside such a period, and everything that hangs on years falls away.
    Fix: exchange the two years.
    Source: domain rule R01
    """
    for owner in (plan.header, *plan.all("document")):
        period = owner.period
        if period and period.start and period.end and period.end < period.start:
            yield at(owner, "period", "end", start=period.start, end=period.end)


@rule(
    "S101",
    "period-length-unusual",
    WARNING,
    says="The plan covers {length} years; five or ten are usual.",
)
def period_length_unusual(plan: Plan) -> Iterator[Mark]:
    """Checks that a plan covers five or ten years.

    Why: the road map and the RPJMD run over five years; another length is often a slip.
    Fix: correct the years, or explain the length under `checks.ignore`.
    Source: domain rule R01
    """
    length = len(plan.years)
    if length and length not in USUAL_LENGTHS:
        yield at(plan.header, "period", length=length)


@rule(
    "S011",
    "source-missing",
    ERROR,
    of="provenance",
    says="The statement is called {status}, but no source is named.",
)
def source_missing(provenance: Provenance, plan: Plan) -> Iterator[Mark]:
    """Checks that official and reported statements name their source.

    Why: a fact that nobody can look up is worth as much as an invented one.
    Fix: name the source under `sources`, or change the status.
    Source: domain rule R11
    """
    claims = provenance.status in ("official", "reported")
    if claims and not provenance.sources and plan.knows(provenance, "sources"):
        yield at(provenance, status=Term(provenance.status))


NAMED = ("action", "goal", "agency", "partner", "indicator")
"""Kinds of which two with one name are probably one; indicators within one action."""


@rule(
    "S120",
    "same-name",
    WARNING,
    says="“{seen}” is the name of two items; the other is {other}.",
)
def same_name(plan: Plan) -> Iterator[Mark]:
    """Checks that no two items of a kind bear the same name.

    Why: one of them is often a copy, and its money and results are counted twice.
    Fix: name what sets them apart, or delete the copy.
    Source: domain rule R20
    """
    for noun in NAMED:
        seen: dict[tuple[str, int], Entity] = {}
        for item in plan.all(noun):
            place = id(plan.owner(item)) if noun == "indicator" else 0
            name = " ".join(item.heading.casefold().split())
            first = seen.setdefault((name, place), item)
            if first is not item and name != (item.id or "").casefold():
                related = (("first", first),)
                yield at(item, _name_key(item), related=related, seen=item.heading, other=first.id)


def _name_key(item: Entity) -> str:
    return next(key for key in ("title", "name", "text", "id") if hasattr(item, key))


RULES = (period_reversed, source_missing, period_length_unusual, same_name)
