"""Rules on the plan as a whole and on what its statements stand on (family S)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smartplan.figures import structure as figures
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.entity import Entity, Provenance
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment

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
    "S010",
    "plan-untouched",
    INFO,
    says="The plan is being carried out, but none of its files was changed for more than a year.",
    passing=True,
)
def plan_untouched(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that a plan that is being carried out is kept up; git knows when files were changed.

    Why: a plan that nobody touches is not carried out, or nobody will be able to show that it was.
    Fix: write down what was done: the status of actions, readings of indicators.
    Source: domain rule R10
    """
    if when.recent is None:
        return
    if when.recent.isdisjoint(one.source.path for one in plan.documents):
        yield at(plan.header, "stage")


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
            name = _plainly(item.heading)
            first = seen.setdefault((name, place), item)
            if first is not item and name != (item.id or "").casefold():
                related = (("first", first),)
                yield at(item, _name_key(item), related=related, seen=item.heading, other=first.id)


def _plainly(name: str) -> str:
    return " ".join(name.casefold().split())


def _name_key(item: Entity) -> str:
    return next(key for key in ("title", "name", "text", "id") if hasattr(item, key))


_PRINTED = re.compile(r"\b((?:19|20)[0-9]{2})\s*[-–—/]\s*((?:19|20)[0-9]{2})\b")
"""Two years as titles print them: `2024–2028`."""


def _printed(text: str | None) -> tuple[int, int] | None:
    match = _PRINTED.search(text or "")
    return (int(match[1]), int(match[2])) if match else None


@rule(
    "S002",
    "period-printed-otherwise",
    WARNING,
    says="The title speaks of {printed}, the plan covers {start}–{end}.",
)
def period_printed_otherwise(plan: Plan) -> Iterator[Mark]:
    """Checks that the titles of the plan and of its act name the years of the period.

    Why: with two periods nobody knows which years are budgeted and evaluated.
    Fix: correct the title or `period`, by the act that adopts the plan.
    Source: domain rule R02; Ambon, 2019 and 2020 to 2024
    """
    if not plan.years:
        return
    for owner in (plan.header, plan.get(plan.header.adopted_by, "legal_act")):
        printed = _printed(getattr(owner, "title", None))
        if printed and printed != (plan.years[0], plan.years[-1]):
            years = f"{printed[0]}–{printed[1]}"
            yield at(owner, "title", printed=years, start=plan.years[0], end=plan.years[-1])


@rule(
    "S003",
    "past-its-end",
    WARNING,
    says="The plan ended in {end}, but its stage is still {stage}.",
)
def past_its_end(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that a plan whose years are over has ended or was extended.

    Why: actions without a valid plan have no footing in the budget.
    Fix: write `stage: ended` and begin the next plan, or extend `period` by an act.
    Source: domain rule R03; Ambon, evaluated in 2026; revision after five years
    """
    over = plan.years and when.today.year > plan.years[-1]
    if over and when.stage != "ended" and plan.knows(plan.header, "stage"):
        yield at(plan.header, "period", "end", end=plan.years[-1], stage=when.stage)


@rule(
    "S004",
    "gap-after-former-plan",
    INFO,
    says="The plan before ended in {former}, this one begins in {start}.",
)
def gap_after_former_plan(plan: Plan) -> Iterator[Mark]:
    """Checks that no year lies between the plan that is replaced and this one.

    Why: what was done in such a year belongs to no plan and is in no evaluation.
    Fix: say in `note` what held in between, or correct the years.
    Source: domain rule R04; Bogor 2022
    """
    former = _printed(plan.header.replaces)
    if former and plan.years and former[1] + 1 < plan.years[0]:
        yield at(plan.header, "replaces", former=former[1], start=plan.years[0])


@rule(
    "S104",
    "overlap-with-former-plan",
    INFO,
    says="The plan before ran until {former}, this one begins in {start}.",
)
def overlap_with_former_plan(plan: Plan) -> Iterator[Mark]:
    """Checks that no year belongs both to the plan that is replaced and to this one.

    Why: actions and money of such a year are counted in two plans.
    Fix: say in `note` which plan holds in these years, or correct the years.
    Source: domain rule R04; Bogor 2017 and 2018
    """
    former = _printed(plan.header.replaces)
    if former and plan.years and former[1] >= plan.years[0]:
        yield at(plan.header, "replaces", former=former[1], start=plan.years[0])


@rule(
    "S008",
    "part-of-masterplan-missing",
    WARNING,
    says="The masterplan still lacks: {missing}.",
    from_stage={"final": ERROR},
)
def part_of_masterplan_missing(plan: Plan) -> Iterator[Mark]:
    """Checks that there are Buku I and II, a third book, a road map and a quick win.

    In which book the road map and the quick wins stand is left to the city.

    Why: a masterplan is handed over in three books, with road map and quick wins in one of them.
    Fix: add the books under `books`, the stretches under `roadmap`, a quick win at an action.
    Source: domain rule R08; Bogor, Surakarta, Penajam Paser Utara
    """
    if plan.knows(plan.header, "id") and (missing := list(_missing_parts(plan))):
        yield at(plan.header, at_key=True, missing=missing)


def _missing_parts(plan: Plan) -> Iterator[Term]:
    if plan.knows_all("book", "number"):
        numbers = {
            (book.number or "").upper().removeprefix("BUKU").strip() for book in plan.all("book")
        }
        for roman, digit in (("I", "1"), ("II", "2")):
            if not numbers & {roman, digit}:
                yield Term(f"Buku {roman}")
        if not numbers - {"I", "II", "1", "2", ""}:
            yield Term("Buku III")
    if plan.roadmap is None and plan.knows_all("roadmap"):
        yield Term("road map")
    if plan.knows_all("action", "quick_win") and not any(one.quick_win for one in plan.actions):
        yield Term("quick wins")


DELIVERABLES = {
    "bimtek-1": ("readiness", "swot", "gap"),
    "bimtek-2": ("mission", "goal", "strategy"),
    "bimtek-3": ("risk",),
}
"""What each workshop brings (domain.md 1.9); other rules ask for vision, actions, road map."""


@rule(
    "S009",
    "deliverable-missing",
    WARNING,
    says="At the stage {stage} the plan should hold: {missing}.",
)
def deliverable_missing(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that the plan holds what the workshops up to its stage bring.

    Why: each workshop builds on what the one before brought.
    Fix: add what is missing, or correct `plan.stage`.
    Source: domain rule R09; the four Bimtek stages
    """
    due = [noun for stage, nouns in DELIVERABLES.items() if when.reached(stage) for noun in nouns]
    missing = [Term(noun) for noun in due if not plan.all(noun) and plan.knows_all(noun)]
    if missing:
        yield at(plan.header, "stage", stage=when.stage, missing=missing)


@rule(
    "S021",
    "summary-copied",
    WARNING,
    says="The summary is nearly that of {other}, '{title}'.",
)
def summary_copied(plan: Plan) -> Iterator[Mark]:
    """Checks that no two actions are described in nearly the same words.

    Of two actions of one name same-name speaks already.

    Why: text is copied from programme to programme, and one of them is then not thought through.
    Fix: say what sets the action apart, or join the two.
    Source: domain rule R21, from 85 % on; MATIC and E-AGRIPROP
    """
    actions = plan.actions
    for number, first in figures.copies([one.summary for one in actions]):
        action, other = actions[number], actions[first]
        if _plainly(action.heading) != _plainly(other.heading):
            related = (("first", other),)
            yield at(action, "summary", related=related, other=other.id, title=other.heading)


@rule(
    "S031",
    "declared-count-differs",
    WARNING,
    says="The printed plan counts {declared} {what}, the files hold {listed}.",
)
def declared_count_differs(plan: Plan) -> Iterator[Mark]:
    """Checks that the plan holds as many actions and quick wins as it says.

    Why: a number without its list cannot be followed up.
    Fix: add the items that are missing, or correct `plan.declared`.
    Source: domain rule R31; Ambon; Ponorogo, 26 and 14 quick wins
    """
    declared = plan.header.declared
    if declared is None or not plan.knows_all("action", "quick_win"):
        return
    wins = sum(one.quick_win is not None for one in plan.actions)
    counts = {
        "actions": (declared.actions, len(plan.actions)),
        "quick_wins": (declared.quick_wins, wins),
    }
    for key, (printed, listed) in counts.items():
        if printed is not None and printed != listed:
            what = Term(key.replace("_", " "))
            yield at(plan.header, "declared", key, declared=printed, what=what, listed=listed)


RULES = (
    period_reversed,
    plan_untouched,
    source_missing,
    period_length_unusual,
    same_name,
    period_printed_otherwise,
    past_its_end,
    gap_after_former_plan,
    overlap_with_former_plan,
    part_of_masterplan_missing,
    deliverable_missing,
    summary_copied,
    declared_count_differs,
)
