"""The evaluation worked out again: published means and totals come out of published scores."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from samples import data, plan_of

from smartplan.figures.evaluation import Result, result, results, rounded
from smartplan.plan.registers import shipped

HERE = Path(__file__).parent
SCORES: dict[str, list[str]] = data((HERE / "scores-2022.yaml").read_text("utf-8"))["cities"]
PARTS = ("baseline", "output", "outcome", "impact", "quick_win")


def evaluated(evaluation: str, more: str = "") -> Result:
    """Work one evaluation out that is written in a plan."""
    plan = plan_of(
        f"evaluations:\n  - {{id: EVAL-2022-II, year: 2022, stage: II{evaluation}}}\n{more}"
    )
    return result(plan, plan.all("evaluation")[0])


def malang() -> Result:
    """Work the evaluation of Kabupaten Malang out."""
    plan = plan_of((HERE / "kabupaten-malang-2022.yaml").read_text("utf-8"))
    return results(plan)[0]


@pytest.mark.parametrize("city", SCORES)
def test_published_totals_come_out_of_published_parts(city: str) -> None:
    """The weights of the first phase give the published total of every city, within 0.013."""
    *parts, total = SCORES[city]
    printed = ", ".join(f"{name}: '{value}'" for name, value in zip(PARTS, parts, strict=True))
    declared = f"declared: {{parts: {{{printed}}}, total: '{total}'}}"
    found = evaluated(f", profile: kominfo-2022-tahap-pertama, {declared}")
    assert found.total is not None
    assert abs(found.total - Decimal(total)) <= Decimal("0.013")
    assert not found.differs


def test_every_second_city_is_here() -> None:
    """Nineteen cities are in the table."""
    assert 19 == len(SCORES)


def test_the_weights_of_other_cities_give_other_totals() -> None:
    """By the weights of the years 2017 to 2019 some of these totals do not come out."""
    weights = shipped().profiles["kominfo-2017-2019"].weights
    off = 0
    for *parts, total in SCORES.values():
        pairs = zip(PARTS, parts, strict=True)
        weighed = sum((weights[name] * Decimal(one) for name, one in pairs), Decimal(0)) / 100
        off += abs(weighed - Decimal(total)) > Decimal("0.02")
    assert off > len(SCORES) / 2


def test_malang_question_by_question() -> None:
    """The means of all questions of a part are the published ones, 2.504 in all, 2.51 printed."""
    found = malang()
    means = [rounded(one.computed) for one in found.parts]
    assert ["1.40", "1.54", "2.92", "2.56", "3.08"] == [str(one) for one in means]
    assert [5, 7, 31, 4, 12] == [len(one.scores) for one in found.parts]
    assert all(one.complete and not one.differs for one in found.parts)
    assert found.total is not None
    assert "2.504" == str(found.total.quantize(Decimal("0.001")))
    assert not found.differs
    assert () == found.strays


def test_the_outcome_is_no_mean_of_its_two_blocks() -> None:
    """The mean of the two blocks would be 2.34: the mean is over all questions."""
    outcome = malang().parts[2]
    blocks = [
        [one.score for one in outcome.answers if one.path.startswith(f"outcome.{block}.")]
        for block in ("programme", "action_plan")
    ]
    means = [sum((one or Decimal(0) for one in block), Decimal(0)) / len(block) for block in blocks]
    assert "2.34" == str(rounded(sum(means, Decimal(0)) / 2))


def test_what_is_not_scored_is_no_zero() -> None:
    """A part waits for its open questions: the printed value counts meanwhile, else nothing."""
    scored = "{path: impact.improvement.4.1.1, score: '2,25'}"
    item = f", items: [{scored}, {{path: impact.participation.4.1.1}}]"
    impact = evaluated(item).parts[3]
    assert (Decimal("2.25"), None) == (impact.computed, impact.value)
    printed = evaluated(f"{item}, declared: {{parts: {{impact: 3}}}}").parts[3]
    assert (Decimal(3), False) == (printed.value, printed.differs)
    assert evaluated(item).total is None


def test_a_weight_for_no_part_spoils_the_total() -> None:
    """A misspelt part in a profile would lose its weight: there is then no total."""
    values = "parts: {baseline: 2, output: 2, outcome: 2, impact: 2, quick_win: 2}"
    profile = (
        "registers: [{id: lain, kind: weight-profile, year: 2022, cohort: x, "
        "weights: {baseline: 40, output: 20, WORD: 40}}]\n"
    )
    totals = {
        word: evaluated(
            f", profile: lain, declared: {{{values}}}", profile.replace("WORD", word)
        ).total
        for word in ("impact", "impak")
    }
    assert {"impact": Decimal(2), "impak": None} == totals


def test_questions_of_the_shipped_instrument() -> None:
    """59 questions; printed numbers repeat, paths do not."""
    instrument = shipped().instruments["kominfo-2022"]
    assert 59 == len(instrument.questions)
    assert 3 == len(instrument.numbered("2.1"))
    assert ["outcome.programme.3.17.2"] == instrument.numbered("3.17.2")


def test_the_shipped_profiles_sum_to_a_hundred() -> None:
    """Every shipped profile is complete, for a cohort, and weighs parts of the instrument."""
    instrument = shipped().instruments["kominfo-2022"]
    profiles = shipped().profiles
    for profile in profiles.values():
        assert 100 == sum(profile.weights.values())
        assert profile.cohort
        assert profile.source
        assert set(profile.weights) == {one.id for one in instrument.parts}


def test_the_sdgs_have_169_targets() -> None:
    """17 goals and 169 targets, those with letters too."""
    sdg: Any = shipped().schemes["sdg"]
    assert 17 + 169 == len(sdg.codes)
    assert sdg.holds("11.c")
    assert not sdg.holds("11.8")
    assert "Quality education" == sdg.name_of("4.7")["en"]
