"""The yearly evaluation worked out: the mean of each part, the weighted total, beside the printed.

The value of a part is the flat mean of its questions, not the mean of its elements; the total is
the weighted mean of the parts on the same scale (letter B-1004/DJAI/AI.01.04/12/2022).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan.evaluation import DEFAULT_INSTRUMENT
from smartplan.plan.yardsticks import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smartplan.plan.evaluation import Evaluation, Score
    from smartplan.plan.plan import Plan
    from smartplan.plan.yardsticks import Instrument, Part, WeightProfile

TOLERANCE = Decimal("0.02")
"""What a printed value may differ by from the worked-out one: rounding (domain rule R70)."""
DIGITS = 100
"""Enough for the mean of any numbers, however long."""


class Answer(NamedTuple):
    """A question with what it scored; none while it is not scored, which is not 0."""

    path: str
    text: dict[str, str]
    item: Score | None

    @property
    def score(self) -> Decimal | None:
        """The score, if there is one."""
        return self.item.score.value if self.item and self.item.score else None


class PartValue(NamedTuple):
    """A part of an evaluation.

    Attributes:
        part: the part of the instrument.
        answers: every question of it, scored or not.
        weight: what it weighs, of 100; none if the profile does not say.
        declared: the printed value.
    """

    part: Part
    answers: tuple[Answer, ...]
    weight: Decimal | None
    declared: Decimal | None

    @property
    def scores(self) -> tuple[Decimal, ...]:
        """The scores that there are."""
        return tuple(one.score for one in self.answers if one.score is not None)

    @property
    def complete(self) -> bool:
        """Whether every question is scored, so that the mean can be held against the printed."""
        return bool(self.answers) and len(self.scores) == len(self.answers)

    @property
    def computed(self) -> Decimal | None:
        """The flat mean of the scored questions; none if none is."""
        return sum(self.scores, Decimal(0)) / len(self.scores) if self.scores else None

    @property
    def value(self) -> Decimal | None:
        """What the total is made of: the mean if it is complete, else what is printed."""
        return self.computed if self.complete else self.declared

    @property
    def differs(self) -> bool:
        """Whether the printed value is not the mean of the scores."""
        return self.complete and apart(self.declared, self.computed)


class Result(NamedTuple):
    """An evaluation worked out.

    Attributes:
        evaluation: the evaluation.
        instrument: the questions it is held against; none if its name could not be read.
        profile: what the parts weigh; none while it is not said.
        parts: its parts in the order of the instrument.
        declared: the printed total.
        strays: scores of questions that the instrument does not have, or that stand twice.
    """

    evaluation: Evaluation
    instrument: Instrument | None
    profile: WeightProfile | None
    parts: tuple[PartValue, ...]
    declared: Decimal | None
    strays: tuple[Score, ...]

    @property
    def total(self) -> Decimal | None:
        """The weighted mean of the parts; none while a part that weighs something is unknown."""
        heavy = [one for one in self.parts if one.weight]
        if not heavy or self.weightless or any(one.value is None for one in heavy):
            return None
        weighed = sum(((one.weight or 0) * (one.value or Decimal(0)) for one in heavy), Decimal(0))
        return weighed / WHOLE

    @property
    def weightless(self) -> tuple[str, ...]:
        """The names in the profile that are no parts of the instrument: their weight is lost."""
        parts = {one.part.id for one in self.parts}
        return (
            tuple(name for name in self.profile.weights if name not in parts)
            if self.profile
            else ()
        )

    @property
    def differs(self) -> bool:
        """Whether the printed total is not the weighted mean of the parts."""
        return apart(self.declared, self.total)


def apart(declared: Decimal | None, computed: Decimal | None) -> bool:
    """Tell whether two known values differ by more than rounding explains."""
    return declared is not None and computed is not None and abs(declared - computed) > TOLERANCE


def results(plan: Plan) -> tuple[Result, ...]:
    """Work every evaluation out, by year and stage."""
    evaluations = sorted(plan.all("evaluation"), key=lambda one: (one.year or 0, one.stage or ""))
    return tuple(result(plan, one) for one in evaluations)


def result(plan: Plan, evaluation: Evaluation) -> Result:
    """Work one evaluation out."""
    lists = plan.registers
    named = evaluation.instrument or (
        DEFAULT_INSTRUMENT if plan.knows(evaluation, "instrument") else None
    )
    instrument = lists.instruments.get(named or "")
    profile = lists.profiles.get(evaluation.profile or "")
    declared = evaluation.declared
    printed = {key: one.value for key, one in declared.parts.items()} if declared else {}
    items: dict[str, Score] = {}
    strays = []
    for item in evaluation.items:
        known = instrument is None or item.path in instrument.questions
        if item.path and known and item.path not in items:
            items[item.path] = item
        else:
            strays.append(item)
    return Result(
        evaluation,
        instrument,
        profile,
        tuple(
            _part(one, items, profile, printed) for one in (instrument.parts if instrument else ())
        ),
        declared.total.value if declared and declared.total else None,
        tuple(strays),
    )


def _part(
    part: Part,
    items: Mapping[str, Score],
    profile: WeightProfile | None,
    declared: Mapping[str, Decimal],
) -> PartValue:
    return PartValue(
        part,
        tuple(Answer(one.path, one.text, items.get(one.path)) for one in part.questions),
        profile.weights.get(part.id) if profile else None,
        declared.get(part.id),
    )


def printed(evaluation: Evaluation) -> tuple[Decimal, ...]:
    """Give every number of an evaluation: scores, printed values, printed total."""
    declared = evaluation.declared
    numbers = [one.score for one in evaluation.items]
    numbers += [*declared.parts.values(), declared.total] if declared else []
    return tuple(one.value for one in numbers if one)


def rounded(value: Decimal | None) -> Decimal | None:
    """Round a mean to the two places that letters print."""
    if value is None:
        return None
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP, Context(prec=DIGITS))
