"""Rules on the yearly evaluation: its sums, its evidence, what follows of it (family I)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from smartplan.figures import evaluation as figures
from smartplan.plan.nearest import nearest
from smartplan.plan.yardsticks import WHOLE
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.evaluation import Evaluation, Score
    from smartplan.plan.own_registers import Register
    from smartplan.plan.plan import Plan
    from smartplan.plan.yardsticks import Instrument


@rule(
    "I068",
    "weights-not-100",
    ERROR,
    of="register",
    says="The weights sum to {total}, not to 100.",
)
def weights_not_100(register: Register, plan: Plan) -> Iterator[Mark]:
    """Checks that the weights of a profile sum to 100.

    Why: a total by such weights lies on another scale than the scores.
    Fix: write the weights as the letter prints them; leave a profile out that is not complete.
    Source: domain rule R68; three sets of weights in use
    """
    if register.kind != "weight-profile" or not plan.knows(register, "weights"):
        return
    total = sum((one.value for one in register.weights.values()), Decimal(0))
    if register.weights and total != WHOLE:
        yield at(register, "weights", at_key=True, total=total)


@rule(
    "I168",
    "profile-of-no-year",
    ERROR,
    of="register",
    says="The weight profile does not say: {missing}.",
)
def profile_of_no_year(register: Register, plan: Plan) -> Iterator[Mark]:
    """Checks that a weight profile says of which year and for which cities it is.

    Why: cities of one year were scored by different weights, depending on when they were selected.
    Fix: add `year` and `cohort`.
    Source: domain rule R68
    """
    if register.kind != "weight-profile":
        return
    fields = ("year", "cohort")
    if missing := [
        Term(one) for one in fields if not getattr(register, one) and plan.knows(register, one)
    ]:
        yield at(register, missing=missing)


@rule(
    "I069",
    "question-scored-twice",
    ERROR,
    of="evaluation",
    says="The question {seen} is scored twice.",
)
def question_scored_twice(evaluation: Evaluation, _plan: Plan) -> Iterator[Mark]:
    """Checks that no question of an evaluation is scored twice.

    Why: nobody knows which of the two scores counts.
    Fix: delete one; printed numbers repeat, so name the question by its whole path.
    Source: domain rule R69; instrument of 2022, in which 1.1.1 stands under two elements
    """
    seen = set()
    for number, item in enumerate(evaluation.items):
        if item.path and item.path in seen:
            yield _at_item(evaluation, number, item, "path", seen=item.path)
        seen.add(item.path)


def _at_item(evaluation: Evaluation, number: int, item: Score, *route: str, **args: object) -> Mark:
    path = f"evaluations[{evaluation.id}].items[{item.path}]"
    return Mark(evaluation, ("items", number, *route), args, path=path)


@rule(
    "I169",
    "question-unknown",
    ERROR,
    of="evaluation",
    says="“{seen}” is no question and no part of the instrument {instrument}.",
)
def question_unknown(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that scores, printed values and weights belong to the instrument.

    Why: what belongs to no question is in no mean.
    Fix: write part, element and number: outcome.programme.3.1.1.
    Source: domain rule R69; printed numbers such as 2.1 stand for several questions
    """
    result = figures.result(plan, evaluation)
    instrument = result.instrument
    if instrument is None:
        return
    for number, item in enumerate(evaluation.items):
        if item.path and item.path not in instrument.questions:
            allowed, near = _meant(item.path, instrument)
            told = {"instrument": instrument.id, "allowed": allowed, "suggestion": near}
            yield _at_item(evaluation, number, item, "path", seen=item.path, **told)
    parts, declared = [one.id for one in instrument.parts], evaluation.declared
    for name in declared.parts if declared else ():
        if name not in parts:
            yield at(
                evaluation,
                *("declared", "parts", name),
                at_key=True,
                seen=name,
                instrument=instrument.id,
                allowed=parts,
                suggestion=nearest(name, parts),
            )
    for name in result.weightless:
        yield at(evaluation, "profile", seen=name, instrument=instrument.id, allowed=parts)


def _meant(path: str, instrument: Instrument) -> tuple[list[str], str]:
    """Say which questions a path may mean: those of its printed number, else the nearest."""
    same = instrument.numbered(path)
    if same:
        return same, same[0] if len(same) == 1 else ""
    return [], nearest(path, instrument.questions)


@rule(
    "I070",
    "evaluation-value-differs",
    WARNING,
    of="evaluation",
    says="{part}: {declared} is printed, but worked out it is {computed}.",
)
def evaluation_value_differs(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that printed values are the flat means of their questions, and the total their sum.

    A part is compared once every question of it is scored; 0.02 is let pass as rounding. The total
    is the weighted mean of the parts by the profile, made of the means, else of what is printed.

    Why: a score that nobody can work out again cannot be defended, nor improved on purpose.
    Fix: correct the scores, the printed value, or `profile`, by the letter.
    Source: domain rule R70; letter of 2022, 2.504 worked out and 2.51 printed
    """
    if evaluation.absent or not plan.knows(evaluation, "items", "declared", "profile"):
        return
    result = figures.result(plan, evaluation)
    printed: list[tuple[tuple[str, ...], str, Decimal | None, Decimal | None]] = [
        (("declared", "parts", one.part.id), one.part.id, one.declared, one.computed)
        for one in result.parts
        if one.differs
    ]
    if result.differs:
        printed.append((("declared", "total"), Term("total"), result.declared, result.total))
    for route, part, declared, computed in printed:
        worked_out = figures.rounded(computed)
        yield at(evaluation, *route, part=part, declared=declared, computed=worked_out)


@rule(
    "I174",
    "weights-not-told",
    WARNING,
    of="evaluation",
    says="A total is printed, but not by which weights it was made.",
)
def weights_not_told(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that a printed total names the weights it was made with.

    Why: letters call the total a mean although it is weighted, and weights change with the cohort.
    Fix: name the weight profile under `profile`; add it under `registers` if it is not shipped.
    Source: domain rule R70; the letter of 2022 calls the weighted total a mean
    """
    declared = evaluation.declared
    told = evaluation.profile or not plan.knows(evaluation, "profile")
    if declared and declared.total and declared.total.value and not told:
        yield at(evaluation, "declared", "total")


@rule(
    "I170",
    "zero-for-absent",
    WARNING,
    of="evaluation",
    says="Every value is 0, as if the city had failed everything.",
)
def zero_for_absent(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that an evaluation of nothing but zeros says whether the city took part.

    Why: letters print 0 for a city that did not come; as a score it would ruin every mean.
    Fix: write `absent: true` and leave the zeros out.
    Source: domain rule R70; four cities of 2022
    """
    printed = figures.printed(evaluation)
    known = plan.knows(evaluation, "items", "declared", "absent")
    if known and not evaluation.absent and printed and not any(printed):
        yield at(evaluation)


@rule(
    "I171",
    "absent-with-scores",
    ERROR,
    of="evaluation",
    says="The city is said to have been absent, but there are scores.",
)
def absent_with_scores(evaluation: Evaluation, _plan: Plan) -> Iterator[Mark]:
    """Checks that a city that did not take part has no scores.

    Why: one of the two is wrong, and the scores would be left out of every sum.
    Fix: delete `absent`, or the scores and printed values.
    Source: domain rule R70
    """
    if evaluation.absent and any(figures.printed(evaluation)):
        yield at(evaluation, "absent")


@rule(
    "I172",
    "score-off-the-scale",
    WARNING,
    of="evaluation",
    says="{seen} is no score between {least} and {most} in steps of {step}.",
)
def score_off_the_scale(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that scores lie on the scale of the instrument; 0 may stand for nothing there.

    Why: a slip such as 27,5 for 2,75 moves the mean of a whole part.
    Fix: write the score as the letter prints it.
    Source: domain rule R70; instrument of 2022, 1.00 to 4.00 in steps of 0.25
    """
    instrument = figures.result(plan, evaluation).instrument
    scale = instrument.scale if instrument else None
    for number, item in enumerate(evaluation.items if scale else ()):
        if scale and item.score and not scale.holds(item.score.value):
            told = {"least": scale.least, "most": scale.most, "step": scale.step}
            yield _at_item(evaluation, number, item, "score", seen=item.score, **told)


@rule(
    "I071",
    "score-without-evidence",
    WARNING,
    of="evaluation",
    says="{agency} owes evidence for {count} scores: {paths}.",
)
def score_without_evidence(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that every score names its evidence, and lists what is missing by agency.

    Why: answers without valid evidence are scored down, and evidence is gathered in a rush.
    Fix: name the sources under `evidence`, and the agency that has them under `owner`.
    Source: domain rule R71; Malang; Kotamobagu, evidence completed until the next day
    """
    if not plan.knows(evaluation, "items"):
        return
    missing: dict[str, list[int]] = {}
    for number, item in enumerate(evaluation.items):
        if item.score and not item.evidence and plan.knows(item, "evidence", "owner"):
            missing.setdefault(item.owner or "", []).append(number)
    for owner, numbers in missing.items():
        items = [evaluation.items[number] for number in numbers]
        agency = plan.get(owner, "agency")
        yield _at_item(
            evaluation,
            numbers[0],
            items[0],
            agency=agency.heading if agency else owner or Term("no agency"),
            owner=owner,
            count=len(items),
            paths=[one.path for one in items],
        )


@rule(
    "I072",
    "shortcoming-unanswered",
    INFO,
    of="evaluation",
    says="The finding still lacks: {missing}.",
)
def shortcoming_unanswered(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that what assessors found leads to a recommendation, and that to an action.

    Why: the next evaluation asks what became of the findings of the last.
    Fix: add the recommendation; name the action that answers it, or the decision of the city.
    Source: domain rule R72; Kabupaten Malang, where the findings of 2022 stand again in 2023
    """
    for number, one in enumerate(evaluation.findings):
        if not plan.knows(one, "recommendation", "actions", "decision"):
            continue
        missing = [] if one.recommendation else [Term("recommendation")]
        if not one.actions and not one.decision:
            missing.append(Term("action or decision"))
        if missing:
            path = f"evaluations[{evaluation.id}].findings[{one.id}]"
            yield at(evaluation, "findings", number, path=path, missing=missing)


@rule(
    "I073",
    "evaluation-indistinct",
    WARNING,
    says="There is an evaluation of this year and stage already: {other}.",
)
def evaluation_indistinct(plan: Plan) -> Iterator[Mark]:
    """Checks that two evaluations of one year are told apart by their stages.

    Why: a city is evaluated twice a year; two scores of one year without a stage are a conflict.
    Fix: write `stage: I` or `stage: II`, or delete the copy.
    Source: domain rule R73; Bogor; Kotamobagu, stages I and II of 2024
    """
    seen: dict[tuple[int | None, str | None], Evaluation] = {}
    for one in plan.all("evaluation"):
        if one.year is None or not plan.knows(one, "stage"):
            continue
        first = seen.setdefault((one.year, one.stage), one)
        if first is not one:
            yield at(one, "stage", related=(("first", first),), other=first.heading)


@rule(
    "I173",
    "evaluation-id-differs",
    WARNING,
    of="evaluation",
    says="The id does not tell year and stage of the evaluation.",
)
def evaluation_id_differs(evaluation: Evaluation, plan: Plan) -> Iterator[Mark]:
    """Checks that the id of an evaluation ends in its year and its stage.

    Why: reports of one year are filed under another; the id is what everybody quotes.
    Fix: write the id as year and stage, such as EVAL-2022-II, or correct `year` and `stage`.
    Source: domain rule R73; Kabupaten Malang, titles of 2022 and 2023
    """
    told = "-".join(str(one) for one in (evaluation.year, evaluation.stage) if one)
    if not evaluation.year or not evaluation.id or not plan.knows(evaluation, "stage"):
        return
    if not evaluation.id.casefold().endswith(f"-{told}".casefold()):
        yield at(evaluation, "id", seen=evaluation.id, suggestion=f"EVAL-{told}")


@rule(
    "I175",
    "findings-repeated",
    INFO,
    says="{count} findings stand word by word in {other}, of another year.",
)
def findings_repeated(plan: Plan) -> Iterator[Mark]:
    """Checks whether the findings of a year are those of a year before.

    Why: either the report was copied, or nothing was done about them for a year.
    Fix: put in the findings of this year; if they are these, say what was done in between.
    Source: domain rule R73; Kabupaten Malang, the report of 2023 repeats 2022
    """
    seen: dict[str, Evaluation] = {}
    for result in figures.results(plan):
        one = result.evaluation
        texts = [_plainly(each.text) for each in one.findings if each.text]
        again = [seen[text] for text in texts if text in seen and seen[text].year != one.year]
        if again:
            yield at(
                one,
                "findings",
                at_key=True,
                related=(("first", again[0]),),
                count=len(again),
                other=again[0].heading,
            )
        seen.update({text: one for text in texts if text not in seen})


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


RULES = (
    weights_not_100,
    profile_of_no_year,
    question_scored_twice,
    question_unknown,
    evaluation_value_differs,
    weights_not_told,
    zero_for_absent,
    absent_with_scores,
    score_off_the_scale,
    score_without_evidence,
    shortcoming_unanswered,
    evaluation_indistinct,
    evaluation_id_differs,
    findings_repeated,
)
