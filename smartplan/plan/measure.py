"""Indicators, readings and facts: what is measured, and what was reported."""

from typing import Annotated, ClassVar

from smartplan.plan.entity import Entity, Provenance, Record, Words, about
from smartplan.plan.faults import NO_AGENCY
from smartplan.plan.values import Choice, Date, Figure, Number_, Period, Ref, Text, Year

INDICATOR_TYPE = Choice("indicator_type", ("output", "outcome", "impact"))
DIRECTION = Choice("direction", ("up", "down", "hold"))
SERIES = Choice("series", ("cumulative", "yearly"))


class Indicator(Entity):
    """A figure that shows whether a goal is reached or an action has its effect."""

    noun: ClassVar[str] = "indicator"

    title: Text | None = about(
        "Title", "What is measured.", example="Layanan daring aktif", required=True, change="title"
    )
    unit: Text | None = about(
        "Unit", "What it is counted in; the sign % too.", example="layanan", change="indicator-unit"
    )
    type: Annotated[str, INDICATOR_TYPE] | None = about(
        "Type", "output (done), outcome (changed), or impact (lasting).", example="output"
    )
    direction: Annotated[str, DIRECTION] | None = about(
        "Direction",
        "Whether it should go up, down, or hold.",
        example="up",
        change="indicator-direction",
    )
    series: Annotated[str, SERIES] | None = about(
        "Series",
        "Whether each year adds up (cumulative) or stands alone (yearly).",
        example="yearly",
        change="indicator-unit",
    )
    owner: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Owner",
        "The agency that reports the figure.",
        example="diskominfo",
        change="indicator-owner",
    )
    source: Text | None = about(
        "Data source",
        "Where the figure is read.",
        example="Laporan Diskominfo",
        change="indicator-owner",
    )
    formula: Text | None = about(
        "Formula",
        "How it is worked out.",
        example="layanan daring / seluruh layanan × 100",
        change="indicator-unit",
    )
    baseline: dict[Year, Number_] = about(
        "Baseline",
        "The value before the plan, by year.",
        example={2023: 4},
        unit="of the indicator",
        default={},
        change="baseline",
    )
    targets: dict[Year, Number_] = about(
        "Targets",
        "The value to be reached, by year.",
        example={2024: 8},
        unit="of the indicator",
        default={},
        change="target",
    )


class Reading(Record):
    """What an indicator really was in a period."""

    noun: ClassVar[str] = "reading"
    natural: ClassVar[tuple[str, ...]] = ("indicator", "period")

    indicator: Annotated[str, Ref("indicator")] | None = about(
        "Indicator", "The indicator that was read.", example="GOV-01-I1", required=True
    )
    period: Period | None = about(
        "Period", "Year, quarter, half year or month.", example="2024-Q4", required=True
    )
    value: Number_ | None = about(
        "Value",
        "The figure; absent while unknown.",
        example=7,
        unit="of the indicator",
        change="reading",
    )
    evidence: Annotated[tuple[Annotated[str, Ref("source")], ...], Words] = about(
        "Evidence", "Sources that prove it.", example=["S-31"], default=(), change="evidence"
    )
    note: Text | None = about("Note", "What explains it.", example="dua layanan tertunda")
    provenance: Provenance | None = about(
        "Provenance",
        "Where the figure comes from.",
        example={"status": "official"},
        change="provenance",
    )


describe = about  # `Fact` has a field of the name `about`


class Fact(Entity):
    """A figure of the city's profile; two facts with one `about` are kept side by side."""

    noun: ClassVar[str] = "fact"

    about: Text | None = describe(
        "About", "What it is a figure of, as a path of words.", example="city.area", required=True
    )
    label: Text | None = describe(
        "Label", "How reports call it.", example="Luas wilayah", required=True, change="title"
    )
    value: Figure | None = describe(
        "Value", "The figure as it was printed.", example="68,06", change="fact"
    )
    unit: Text | None = describe("Unit", "What it is counted in.", example="km²", change="fact")
    date: Date | None = describe("Date", "The year or day that it describes.", example="2020")
