"""The chapters that hold the plan against others: the yearly evaluation, frames like the SDGs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.figures import evaluation
from smartplan.reports.entry import entry, pointers

if TYPE_CHECKING:
    from decimal import Decimal

    from smartplan.figures.evaluation import PartValue, Result
    from smartplan.plan.city import Agency
    from smartplan.plan.delivery import Action, Participation
    from smartplan.plan.evaluation import Evaluation, Score, Shortcoming
    from smartplan.plan.header import Citation
    from smartplan.plan.plan import Plan
    from smartplan.plan.yardsticks import Scheme
    from smartplan.reports.entry import Entry, PointerEntry


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score with its question and who answers it.

    Attributes:
        it: the score as the plan writes it.
        text: the question, by language; none if the instrument does not have it.
        owner: the agency that answers it.
        evidence: the ids of the sources that prove it.
    """

    it: Score
    text: dict[str, str] | None
    owner: Agency | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of an evaluation: weight, worked out, printed.

    Attributes:
        name: of the part, by language.
        weight: what it weighs, of 100.
        scored: how many of its questions are scored.
        asked: how many it has.
        computed: the mean of the scored ones, to two places.
        declared: what is printed.
        differs: whether the two differ by more than rounding.
        rows: its scores.
    """

    name: dict[str, str]
    weight: Decimal | None
    scored: int
    asked: int
    computed: Decimal | None
    declared: Decimal | None
    differs: bool
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What assessors found, and the actions that answer it."""

    it: Shortcoming
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class EvaluationEntry:
    """An evaluation as reports show it.

    Attributes:
        of: the evaluation.
        document: the letter or report of its result.
        instrument: the name of the instrument, by language.
        profile: the name of the weights, by language.
        parts: its parts, where it has scores, printed values or weights.
        total: the weighted total, to two places.
        declared: the printed total.
        differs: whether the two differ by more than rounding.
        strays: scores of no question of the instrument.
        findings: what assessors found.
    """

    of: Entry[Evaluation]
    document: Citation | None
    instrument: dict[str, str] | None
    profile: dict[str, str] | None
    parts: tuple[PartRow, ...]
    total: Decimal | None
    declared: Decimal | None
    differs: bool
    strays: tuple[ScoreRow, ...]
    findings: tuple[FindingRow, ...]


def evaluations(plan: Plan) -> tuple[EvaluationEntry, ...]:
    """Lay out every evaluation, by year and stage."""
    return tuple(_evaluation(plan, one) for one in evaluation.results(plan))


def _evaluation(plan: Plan, result: Result) -> EvaluationEntry:
    of = result.evaluation
    return EvaluationEntry(
        of=entry(plan, of),
        document=plan.get(of.document, "source"),
        instrument=result.instrument.title if result.instrument else None,
        profile=result.profile.title if result.profile else None,
        parts=tuple(_part(plan, one) for one in result.parts if one.scores or one.declared),
        total=evaluation.rounded(result.total),
        declared=result.declared,
        differs=result.differs,
        strays=tuple(_score(plan, one, None) for one in result.strays),
        findings=tuple(
            FindingRow(one, tuple(plan.resolve(one.actions, "action"))) for one in of.findings
        ),
    )


def _part(plan: Plan, value: PartValue) -> PartRow:
    return PartRow(
        name=value.part.name,
        weight=value.weight,
        scored=len(value.scores),
        asked=len(value.answers),
        computed=evaluation.rounded(value.computed),
        declared=value.declared,
        differs=value.differs,
        rows=tuple(_score(plan, one.item, one.text) for one in value.answers if one.item),
    )


def _score(plan: Plan, score: Score, text: dict[str, str] | None) -> ScoreRow:
    evidence = tuple(one.id for one in plan.resolve(score.evidence, "source"))
    return ScoreRow(score, text, plan.get(score.owner, "agency"), evidence)


@dataclass(frozen=True, slots=True)
class SchemeTable:
    """What items of the plan are in one frame of others."""

    scheme: Scheme
    pointers: tuple[PointerEntry, ...]


def crosswalk(plan: Plan) -> tuple[SchemeTable, ...]:
    """Lay the crosswalk out by scheme, and in a scheme by code."""
    tables: dict[str, list[PointerEntry]] = {}
    for one in pointers(plan):
        tables.setdefault(one.to.scheme.id, []).append(one)
    return tuple(
        SchemeTable(
            group[0].to.scheme,
            tuple(sorted(group, key=lambda one: _natural(one.of.it.code))),
        )
        for group in tables.values()
    )


def _natural(code: str | None) -> list[tuple[int, str]]:
    """Sort numbers in codes as numbers: 4.7 before 11.2."""
    parts = (code or "").replace("-", ".").split(".")
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion on which people took part, with the agencies and partners among them."""

    of: Entry[Participation]
    groups: tuple[str, ...]


def occasion(plan: Plan, one: Participation) -> Occasion:
    """Tell who took part: groups, agencies, partners, villages."""
    bodies = plan.resolve((*one.agencies, *one.partners), "agency", "partner")
    named = (getattr(body, "short", None) or body.heading for body in bodies)
    return Occasion(entry(plan, one), (*one.groups, *named, *one.villages))
