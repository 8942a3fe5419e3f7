"""The yearly evaluation: scores with their evidence, printed sums, what assessors found.

A score that is absent is no zero; a city that did not take part says so under `absent`.
"""

from typing import Annotated, ClassVar

from smartplan.plan.entity import Entity, Items, Record, Texts, Words, about
from smartplan.plan.faults import NO_AGENCY
from smartplan.plan.registers import INSTRUMENT, PROFILE
from smartplan.plan.values import Choice, Date, Flag, Number_, Ref, Text, Year

EVALUATION_STAGE = Choice("evaluation_stage", ("I", "II"))

DEFAULT_INSTRUMENT = "kominfo-2022"
"""The instrument of an evaluation that names none."""


class Score(Record):
    """An answer to a question of the instrument, as it was scored."""

    path: Text | None = about(
        "Path",
        "Part, element and printed number of the question; printed numbers alone repeat.",
        example="outcome.programme.3.1.1",
        required=True,
    )
    score: Number_ | None = about(
        "Score",
        "What it scored; absent while it is not scored.",
        example="2,75",
        unit="points",
        change="reading",
    )
    evidence: Annotated[tuple[Annotated[str, Ref("source")], ...], Words] = about(
        "Evidence", "Sources that prove it.", example=["S-31"], default=(), change="evidence"
    )
    owner: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Owner", "The agency that answers the question.", example="diskominfo", change="keeper"
    )
    note: Text | None = about("Note", "What explains it.", example="notula belum lengkap")


class EvaluationDeclared(Record):
    """What the letter prints, beside what smartplan works out."""

    parts: dict[Text, Number_] = about(
        "Parts",
        "The printed value of each part of the instrument.",
        example={"baseline": "1,40"},
        unit="points",
        default={},
        change="declared",
    )
    total: Number_ | None = about(
        "Total", "The printed total.", example="2,51", unit="points", change="declared"
    )


class Shortcoming(Record):
    """What the assessors found, what they recommend, and what the city does about it."""

    id: Text | None = about("Id", "Its short name in the evaluation.", example="T-1", required=True)
    text: Text | None = about(
        "Finding", "What was found.", example="Forum tidak rutin", required=True
    )
    recommendation: Text | None = about(
        "Recommendation", "What the assessors recommend.", example="Adakan forum secara rutin"
    )
    actions: Annotated[tuple[Annotated[str, Ref("action")], ...], Words] = about(
        "Actions", "The actions that answer it.", example=["GOV-06"], default=()
    )
    decision: Text | None = about(
        "Decision", "What the city decided instead.", example="Ditangani Bagian Organisasi"
    )


class Evaluation(Entity):
    """The evaluation of one year and stage (evaluasi implementasi smart city)."""

    noun: ClassVar[str] = "evaluation"

    year: Year | None = about(
        "Year", "The year it is of.", example=2022, unit="year", required=True, change="date"
    )
    stage: Annotated[str, EVALUATION_STAGE] | None = about(
        "Stage", "I or II: the two rounds of a year.", example="II"
    )
    date: Date | None = about("Date", "When the result was given.", example="2022-12-06")
    document: Annotated[str, Ref("source")] | None = about(
        "Document", "The letter or report of the result.", example="S-40", change="evidence"
    )
    instrument: Annotated[str, INSTRUMENT] | None = about(
        "Instrument",
        "The list of questions, a register.",
        example="kominfo-2022",
        change="declared",
    )
    profile: Annotated[str, PROFILE] | None = about(
        "Weights",
        "What the parts weigh, a register by year and cohort.",
        example="kominfo-2022-tahap-pertama",
        change="declared",
    )
    absent: Flag | None = about(
        "Absent", "Whether the city did not take part; a 0 is then no score.", example=True
    )
    items: Annotated[tuple[Score, ...], Items] = about(
        "Scores",
        "What each question scored.",
        example=[{"path": "outcome.programme.3.1.1", "score": "2,75"}],
        default=(),
        key=("path",),
    )
    declared: EvaluationDeclared | None = about(
        "Declared", "What the letter prints.", example={"total": "2,51"}, change="declared"
    )
    strengths: Texts = about(
        "Strengths", "What the assessors praised.", example=["Mitigasi bencana"], default=()
    )
    findings: Annotated[tuple[Shortcoming, ...], Items] = about(
        "Findings",
        "Weaknesses, with recommendation and answer.",
        example=[{"id": "T-1", "text": "Forum tidak rutin"}],
        default=(),
    )

    @property
    def heading(self) -> str:
        """What people call it: its id, which tells year and stage."""
        return self.id or ""
