"""Rules on indicators, their targets and their readings (family I)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from smartplan.plan.delivery import Action
from smartplan.plan.grammar import quantity
from smartplan.rules.rule import Mark, Write, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.grammar import Quantity
    from smartplan.plan.measure import Indicator, Reading
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment


@rule(
    "I034",
    "unit-missing",
    ERROR,
    of="indicator",
    says="The indicator has no unit.",
)
def unit_missing(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that every indicator says what it counts.

    Of an action none of whose indicators has a unit and a target indicator-missing speaks already.

    Why: a target of 40 without a unit can be reached by anything.
    Fix: write the unit under `unit`; percent too.
    Source: domain rule R34
    """
    if indicator.unit or not plan.knows(indicator, "unit"):
        return
    action = plan.owner(indicator)
    others = action.indicators if isinstance(action, Action) else ()
    if not others or any(one.unit and one.targets for one in others):
        yield at(indicator)


@rule(
    "I136",
    "unit-spelled-otherwise",
    INFO,
    says="The unit “{seen}” is written “{usual}” elsewhere.",
)
def unit_spelled_otherwise(plan: Plan) -> Iterator[Mark]:
    """Checks that a unit is spelled in one way: capitals and blanks do not make another unit.

    The spelling that is used most often counts as the usual one, the first of those used equally.

    Why: two spellings of one unit cannot be added up; variants alone swell a list of 216 units.
    Fix: write the unit as the other indicators do.
    Source: domain rule R34; nomenclature update of 2027
    """
    spellings: dict[str, dict[str, list[Indicator]]] = {}
    for one in plan.indicators:
        if one.unit:
            folded = "".join(one.unit.casefold().split())
            spellings.setdefault(folded, {}).setdefault(one.unit, []).append(one)
    for ways in spellings.values():
        usual = max(ways, key=lambda way: len(ways[way]))
        for way, indicators in ways.items():
            for one in indicators if way != usual else ():
                mend = Write(usual, safe=True)
                yield at(one, "unit", mend=mend, seen=way, usual=usual)


PERCENT = ("%", "persen", "percent")
"""Units whose values lie between 0 and 100."""

_SCALE = re.compile(
    r"(?:skala|scale|indeks|index)\s*(?:([0-9]{1,9})\s*(?:[-–—]|s\.d\.|sampai|to)\s*)?([0-9]{1,9})",
    re.IGNORECASE,
)


def _bounds(unit: str | None) -> tuple[int, int] | None:
    """Give the bounds that a unit sets: `%`, `poin (skala 100)`, `poin (skala 1–4)`."""
    name = (unit or "").strip().casefold()
    if name in PERCENT:
        return 0, 100
    match = _SCALE.search(name)
    return (int(match[1] or 0), int(match[2])) if match else None


@rule(
    "I036",
    "value-off-the-scale",
    WARNING,
    of="indicator",
    says="The value {seen} lies outside {lowest}–{highest}, the range of its unit “{unit}”.",
)
def value_off_the_scale(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that shares lie between 0 and 100, and points on the scale that the unit names.

    Why: shares and points, or two scales, are easily taken for each other: 90 % is not 90 points.
    Fix: correct the value or the unit; explain a rate that can exceed it under `checks.ignore`.
    Source: domain rule R36
    """
    bounds = _bounds(indicator.unit)
    if bounds is None or not plan.knows(indicator, "unit"):
        return
    lowest, highest = bounds
    for key in ("baseline", "targets"):
        for year, seen in getattr(indicator, key).items():
            if not lowest <= seen.value <= highest:
                yield at(
                    indicator,
                    key,
                    year,
                    seen=seen,
                    lowest=lowest,
                    highest=highest,
                    unit=indicator.unit,
                )


_INDEX = re.compile(r"(?:poin|point|points|skor|score|nilai|indeks|index)", re.IGNORECASE)


@rule(
    "I137",
    "scale-unknown",
    INFO,
    of="indicator",
    says="The unit “{seen}” does not say on which scale.",
)
def scale_unknown(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that an index or a score names its scale.

    Why: 3,2 is good on a scale of 4 and poor on one of 10.
    Fix: write the scale with the unit, such as “poin (skala 100)”.
    Source: domain rule R36; the evaluation scores from 1 to 4, SPBE up to 5
    """
    if plan.knows(indicator, "unit") and _INDEX.fullmatch((indicator.unit or "").strip()):
        yield at(indicator, "unit", seen=indicator.unit)


FAR_EXCEEDED = 2
"""From which multiple of a target on a reading is doubted (our own line; Bogor printed 270 %)."""


@rule(
    "I037",
    "target-far-exceeded",
    INFO,
    of="reading",
    says="The reading {seen} is {percent} % of the target of {year}, {target}.",
)
def target_far_exceeded(reading: Reading, plan: Plan) -> Iterator[Mark]:
    """Checks whether a reading is more than twice what was aimed at.

    For a figure that should fall the target is set against the reading.

    Why: either the target was too easy, or the reading counts something else.
    Fix: look at unit and series of both; the figure itself is never cut to 100 %.
    Source: domain rule R37
    """
    indicator, year = plan.get(reading.indicator, "indicator"), (reading.period or "")[:4]
    if reading.period != year or reading.value is None or indicator is None:
        return
    target = getattr(indicator, "targets", {}).get(int(year or 0))
    achieved = _achieved(indicator, reading.value, target)
    if target is not None and achieved and achieved > FAR_EXCEEDED:
        percent = round(achieved * 100)
        yield at(reading, "value", seen=reading.value, percent=percent, year=year, target=target)


def _achieved(indicator: Indicator, value: Quantity, target: Quantity | None) -> Decimal | None:
    """Give the achievement as a share: by the target, or of it where the figure should fall."""
    if target is None or indicator.direction not in ("up", "down"):
        return None
    part, whole = (value, target) if indicator.direction == "up" else (target, value)
    return part.value / whole.value if whole.value > 0 else None


_NUMBER = r"(?<![\w.,-])([0-9][0-9.,]*)\s+"
_DIGIT = re.compile("[0-9]")


@rule(
    "I039",
    "number-in-title-differs",
    WARNING,
    of="indicator",
    says="The title speaks of {seen} {unit}, but no target is {seen}.",
)
def number_in_title_differs(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that a number in the title of an indicator is one of its values.

    Why: two numbers for one promise; each reader quotes another one.
    Fix: correct the target, or take the number out of the title.
    Source: domain rule R39; Bogor
    """
    if not indicator.unit or not indicator.targets or not _DIGIT.search(indicator.heading):
        return
    if not plan.knows(indicator, "title", "unit", "targets", "baseline"):
        return
    known = {one.value for one in (*indicator.targets.values(), *indicator.baseline.values())}
    pattern = rf"{_NUMBER}{re.escape(indicator.unit.casefold())}\b"
    for match in re.finditer(pattern, indicator.heading.casefold()):
        seen = quantity(match[1].rstrip(".,"))
        if seen and not {seen.value, seen.other} & known:
            yield at(indicator, "title", seen=seen, unit=indicator.unit)
            return


@rule(
    "I040",
    "baseline-missing",
    WARNING,
    of="indicator",
    says="There are targets, but no value from before the plan.",
)
def baseline_missing(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that an indicator with targets says where it starts.

    Why: without a start nobody can tell an effort from what would have come by itself.
    Fix: add the latest known value under `baseline`, with its year.
    Source: domain rule R40; plans score lowest on their factual basis (ITB, 22 masterplans)
    """
    if indicator.targets and not indicator.baseline and plan.knows(indicator, "baseline"):
        yield at(indicator, "targets", at_key=True)


@rule(
    "I041",
    "series-missing",
    WARNING,
    of="indicator",
    says="Nobody can tell whether the targets of {years} add up or stand alone.",
    from_stage={"final": ERROR},
)
def series_missing(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that an indicator with targets in several years says how they are counted.

    Why: 20, 20, 20 are 60 places in one plan and 20 in another.
    Fix: write `series: cumulative` or `series: yearly`.
    Source: domain rule R41; Bogor prints totals, the Renstra years
    """
    if len(indicator.targets) > 1 and not indicator.series and plan.knows(indicator, "series"):
        yield at(indicator, "targets", at_key=True, years=sorted(indicator.targets))


def _path(indicator: Indicator) -> list[tuple[int, Decimal]]:
    return [(year, indicator.targets[year].value) for year in sorted(indicator.targets)]


@rule(
    "I141",
    "cumulative-runs-back",
    WARNING,
    of="indicator",
    says="The targets add up, but {year} ({seen}) lies behind the year before ({before}).",
)
def cumulative_runs_back(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that targets that add up never run backwards.

    Why: what was reached once cannot be undone; the years probably stand alone.
    Fix: correct the target, or write `series: yearly`.
    Source: domain rule R41
    """
    if indicator.series != "cumulative" or not plan.knows(indicator, "targets", "direction"):
        return
    path = _path(indicator)
    for (_year, before), (year, seen) in pairwise(path):
        if seen > before if indicator.direction == "down" else seen < before:
            yield at(indicator, "targets", year, year=year, seen=seen, before=before)


@rule(
    "I140",
    "target-worse-than-baseline",
    WARNING,
    of="indicator",
    says="The target {seen} of {year} is worse than the start, {start}.",
)
def target_worse_than_baseline(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that no target is worse than where the city stands, by the direction.

    Why: the plan would promise a step back.
    Fix: correct the target, `direction`, or `baseline`.
    Source: our own; feature study, rules about plan sense
    """
    if not indicator.baseline or not plan.knows(indicator, "baseline", "direction"):
        return
    start = indicator.baseline[max(indicator.baseline)].value
    up, down = indicator.direction == "up", indicator.direction == "down"
    worse = [
        year
        for year, seen in indicator.targets.items()
        if (up and seen.value < start) or (down and seen.value > start)
    ]
    if worse:
        year = min(worse)
        seen = indicator.targets[year].value
        yield at(indicator, "targets", year, seen=seen, year=year, start=start)


STEPS = 3
"""How many equal factors in a row are no chance any more."""


@rule(
    "I042",
    "constant-growth",
    INFO,
    of="indicator",
    says="Every value is {factor} times the one before.",
)
def constant_growth(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks whether the targets were filled down with one factor, the start among them.

    Why: a row that grows by one factor was made by a spreadsheet, not by a plan.
    Fix: ask who has to reach it, and set each year by what is done in it.
    Source: domain rule R42; a Renstra with × 1,5 in all years
    """
    enough = len(indicator.targets) + bool(indicator.baseline) > STEPS
    if not enough or not plan.knows(indicator, "targets", "baseline"):
        return
    values = [value for _year, value in _path(indicator)]
    if indicator.baseline:
        values.insert(0, indicator.baseline[max(indicator.baseline)].value)
    if not all(values) or values[0] == values[1]:
        return
    first, second = values[0], values[1]
    if all(a * second == b * first for a, b in pairwise(values)):
        factor = (second / first).quantize(Decimal("0.01")).normalize()
        yield at(indicator, "targets", at_key=True, factor=factor)


@rule(
    "I044",
    "indicator-unattended",
    WARNING,
    of="indicator",
    says="The indicator lacks: {missing}.",
    from_stage={"running": ERROR},
)
def indicator_unattended(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that every indicator has an agency that reports it and a place where it is read.

    The lead agency of its action reports an indicator that names nobody.

    Why: half of all measures of local governments have no active owner and are never reported.
    Fix: write the agency under `owner` and where the figure is read under `source`.
    Source: domain rule R44; ClearPoint, 124 local governments
    """
    action = plan.owner(indicator)
    led = isinstance(action, Action) and (action.owner or not plan.knows(action, "owner"))
    missing = []
    if not indicator.owner and not led and plan.knows(indicator, "owner"):
        missing.append(Term("indicator owner"))
    if not indicator.source and plan.knows(indicator, "source"):
        missing.append(Term("data source"))
    if missing:
        yield at(indicator, missing=missing)


_SURVEY = re.compile(r"\b(?:survei|survey|jajak pendapat|kuesioner|angket)")
SURVEYED = {
    "sample": r"\b(?!20[0-9]{2}\b)[0-9]",
    "survey date": r"20[0-9]{2}|tahun|bulan|semester|triwulan|januari|februari|maret|april|\bmei\b"
    r"|juni|juli|agustus|september|oktober|november|desember|year|month|quarter",
    "survey method": r"wawancara|kuesioner|angket|daring|telepon|acak|rute|pengamatan|observasi"
    r"|formulir|tatap muka|interview|questionnaire|online|phone|random",
}
"""What is told of a survey, with the words that tell it."""


@rule(
    "I045",
    "survey-undescribed",
    WARNING,
    of="indicator",
    says="The figure comes from a survey; not told are: {missing}.",
)
def survey_undescribed(indicator: Indicator, plan: Plan) -> Iterator[Mark]:
    """Checks that a figure from a survey tells how many were asked, when, and how.

    Why: 50 answers and 400 answers are not the same proof, and assessors ask for it.
    Fix: write it under `source`: “survei tahunan pada November, n = 400, wawancara”.
    Source: domain rule R45; Muara Enim with 300, Sleman with 50 per pillar
    """
    texts = (indicator.source, indicator.formula, indicator.note)
    told = " ".join([one for one in texts if one]).casefold()
    if not _SURVEY.search(told) or not plan.knows(indicator, "source", "formula", "note"):
        return
    missing = [Term(what) for what, words in SURVEYED.items() if not re.search(words, told)]
    if missing:
        yield at(indicator, "source", missing=missing)


@rule(
    "I101",
    "reading-missing",
    WARNING,
    says="No reading for {years}, although there was a target.",
)
def reading_missing(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that a running plan says what came of the targets of the years that are over.

    Why: an effort that nobody measures cannot be shown in the evaluation.
    Fix: add the reading under `readings`, or the reason under its `note`.
    Source: our own; feature study, rules about plan sense
    """
    if not when.reached("running") or not plan.knows_all("reading", "indicator", "period"):
        return
    read: dict[int, set[str]] = {}
    for reading in plan.all("reading"):
        indicator = plan.get(reading.indicator, "indicator")
        read.setdefault(id(indicator), set()).add((reading.period or "")[:4])
    for indicator in plan.indicators:
        past = [year for year in sorted(indicator.targets) if year < when.today.year]
        years = [year for year in past if str(year) not in read.get(id(indicator), ())]
        if years:
            yield at(indicator, "targets", at_key=True, years=years)


RULES = (
    unit_missing,
    unit_spelled_otherwise,
    value_off_the_scale,
    scale_unknown,
    target_far_exceeded,
    number_in_title_differs,
    baseline_missing,
    series_missing,
    cumulative_runs_back,
    target_worse_than_baseline,
    constant_growth,
    indicator_unattended,
    survey_undescribed,
    reading_missing,
)
