"""Where the city wants to go: vision, missions, goals, strategies, and what they stand on."""

from typing import Annotated, ClassVar

from smartplan.plan.entity import Entity, Items, Provenance, Record, Words, about
from smartplan.plan.registers import DIMENSION, ELEMENT, SCHEME
from smartplan.plan.values import Choice, Ref, Text, Year
from smartplan.text.finding import ERROR, Code

SECOND_VISION = Code(
    id="D113",
    name="second-vision",
    level=ERROR,
    says="The plan has a second vision; the first is at {first}.",
    why="A city that follows two visions follows none.",
    fix="Keep one under `vision`; put other printed wordings under its `wordings`.",
    source="domain rule R13",
)
CODES = (SECOND_VISION,)


class Period(Record):
    """A run of years, both ends included."""

    start: Year | None = about(
        "Start", "First year.", example=2024, unit="year", required=True, change="horizon"
    )
    end: Year | None = about(
        "End", "Last year.", example=2028, unit="year", required=True, change="horizon"
    )

    @property
    def years(self) -> tuple[int, ...]:
        """All its years; none while one end is unknown."""
        if self.start is None or self.end is None:
            return ()
        return tuple(range(self.start, self.end + 1))


class DocumentRef(Record):
    """A place in another planning document."""

    document: Annotated[str, Ref("document")] | None = about(
        "Document",
        "The document, under `alignment`.",
        example="rpjmd-2018-2023",
        required=True,
        change="alignment",
    )
    element: Text | None = about("Element", "The part of it.", example="misi-3", change="alignment")
    note: Text | None = about("Note", "How they hang together.", example="sejalan")


Alignments = Annotated[tuple[DocumentRef, ...], Items]


class Wording(Record):
    """Another printed wording of the vision."""

    id: Text | None = about("Id", "Its short name.", example="V-1b", required=True)
    text: Text | None = about(
        "Text", "The wording.", example="Kota jasa yang cerdas", required=True
    )
    provenance: Provenance | None = about(
        "Provenance",
        "Who printed it.",
        example={"status": "reported", "sources": ["S-21"]},
        change="provenance",
    )


class Vision(Entity):
    """The one smart-city vision; further wordings stand beside it."""

    noun: ClassVar[str] = "vision"

    text: Text | None = about(
        "Text",
        "The vision, in one sentence.",
        example="Kota cerdas",
        required=True,
        change="vision",
    )
    explanation: Text | None = about(
        "Explanation", "What its words mean.", example="Cerdas berarti …", change="wording"
    )
    wordings: Annotated[tuple[Wording, ...], Items] = about(
        "Other wordings", "Wordings that were printed too.", example=[{"id": "V-1b"}], default=()
    )
    aligned_with: Alignments = about(
        "Aligned with",
        "The vision and missions it follows.",
        example=[{"document": "rpjmd-2018-2023", "element": "visi"}],
        default=(),
        key=("document", "element"),
    )


class Mission(Entity):
    """What the city does to reach its vision."""

    noun: ClassVar[str] = "mission"

    text: Text | None = about(
        "Text", "The mission.", example="Mewujudkan …", required=True, change="mission"
    )
    dimensions: Annotated[tuple[Annotated[str, DIMENSION], ...], Words] = about(
        "Dimensions", "The dimensions it serves.", example=["governance"], default=()
    )
    aligned_with: Alignments = about(
        "Aligned with",
        "Missions it follows.",
        example=[{"document": "rpjmd-2018-2023", "element": "misi-3"}],
        default=(),
        key=("document", "element"),
    )


Grounds = Annotated[tuple[Annotated[str, Ref("gap", "swot", "readiness", "fact")], ...], Words]
"""What a goal or a strategy answers."""


class Goal(Entity):
    """What is to be reached in an element (sasaran)."""

    noun: ClassVar[str] = "goal"

    text: Text | None = about(
        "Text", "What is reached.", example="Meningkatnya …", required=True, change="goal"
    )
    element: Annotated[str, ELEMENT] | None = about(
        "Element", "The element it belongs to.", example="governance.service"
    )
    missions: Annotated[tuple[Annotated[str, Ref("mission")], ...], Words] = about(
        "Missions", "The missions it serves.", example=["M-1"], default=(), change="mission-link"
    )
    indicators: Annotated[tuple[Annotated[str, Ref("indicator")], ...], Words] = about(
        "Indicators",
        "What shows that it is reached.",
        example=["IND-GOV-1"],
        default=(),
        change="mission-link",
    )
    grounds: Annotated[
        tuple[Annotated[str, Ref("gap", "swot", "readiness", "fact")], ...], Words
    ] = about("Grounds", "Gaps, SWOT items, facts it answers.", example=["GAP-3"], default=())


class Strategy(Entity):
    """How a goal is reached (strategi)."""

    noun: ClassVar[str] = "strategy"

    text: Text | None = about(
        "Text", "The way chosen.", example="Menyatukan …", required=True, change="goal"
    )
    goals: Annotated[tuple[Annotated[str, Ref("goal")], ...], Words] = about(
        "Goals", "The goals it leads to.", example=["GOV-G1"], default=(), change="mission-link"
    )
    grounds: Annotated[
        tuple[Annotated[str, Ref("gap", "swot", "readiness", "fact")], ...], Words
    ] = about("Grounds", "Gaps, SWOT items, facts it answers.", example=["SWOT-W2"], default=())


DOCUMENT_KIND = Choice(
    "document_kind",
    (
        "rpjpd",
        "rpjmd",
        "rtrw",
        "rkpd",
        "renstra",
        "spbe",
        "master-plan-tik",
        "rp2p",
        "national",
        "province",
        "other",
    ),
)
ELEMENT_KIND = Choice(
    "element_kind", ("vision", "mission", "priority", "goal", "programme", "policy", "other")
)


class DocumentElement(Record):
    """A part of a planning document, such as a mission; its id is local to the document."""

    id: Text | None = about(
        "Id", "Its short name in the document.", example="misi-3", required=True
    )
    kind: Annotated[str, ELEMENT_KIND] | None = about("Kind", "What it is.", example="mission")
    text: Text | None = about("Text", "Its wording.", example="Pelayanan publik …")
    provenance: Provenance | None = about(
        "Provenance",
        "Who printed it.",
        example={"status": "reported", "sources": ["S-19"]},
        change="provenance",
    )


class PlanningDocument(Entity):
    """Another plan that this one follows or touches: RPJMD, RTRW, Renstra, Master Plan TIK."""

    noun: ClassVar[str] = "document"

    kind: Annotated[str, DOCUMENT_KIND] | None = about("Kind", "What plan it is.", example="rpjmd")
    title: Text | None = about(
        "Title", "Its title.", example="RPJMD 2018–2023", required=True, change="title"
    )
    period: Period | None = about(
        "Period", "The years it covers.", example={"start": 2018, "end": 2023}
    )
    summary: Text | None = about("Summary", "What it says for this plan.", example="Misi ketiga …")
    elements: Annotated[tuple[DocumentElement, ...], Items] = about(
        "Elements", "Its parts that the plan cites.", example=[{"id": "misi-3"}], default=()
    )


AXIS = Choice("axis", ("structure", "infrastructure", "superstructure"))
ASPECT = Choice(
    "aspect",
    (
        "people",
        "budget",
        "governance",
        "physical",
        "social",
        "ict",
        "policy",
        "institution",
        "implementation",
    ),
)
LEVEL = Choice("level", ("good", "moderate", "poor"))


class Readiness(Entity):
    """How ready the city is, by the three axes of the guide."""

    noun: ClassVar[str] = "readiness"

    axis: Annotated[str, AXIS] | None = about(
        "Axis", "structure, infrastructure, or superstructure.", example="infrastructure"
    )
    aspect: Annotated[str, ASPECT] | None = about("Aspect", "The part of the axis.", example="ict")
    text: Text | None = about(
        "Text", "The state found.", example="Data Center tersedia", required=True
    )
    level: Annotated[str, LEVEL] | None = about(
        "Level", "good, moderate, or poor.", example="moderate"
    )


SWOT_TYPE = Choice("swot_type", ("strength", "weakness", "opportunity", "threat"))


class Swot(Entity):
    """A strength, weakness, opportunity or threat."""

    noun: ClassVar[str] = "swot"

    kind: Annotated[str, SWOT_TYPE] | None = about(
        "Kind", "strength, weakness, opportunity, or threat.", example="weakness", required=True
    )
    axis: Annotated[str, AXIS] | None = about("Axis", "The axis of readiness.", example="structure")
    text: Text | None = about(
        "Text", "What it is.", example="Aplikasi belum terhubung", required=True
    )


class Gap(Entity):
    """The distance between the present and the wanted state."""

    noun: ClassVar[str] = "gap"

    element: Annotated[str, ELEMENT] | None = about(
        "Element", "The element it lies in.", example="governance.service"
    )
    current: Text | None = about("Present state", "How it is.", example="Layanan di tiga gedung")
    ideal: Text | None = about("Wanted state", "How it should be.", example="Satu pintu, satu data")
    text: Text | None = about(
        "Gap", "What lies between.", example="Belum ada portal", required=True
    )
    grounds: Annotated[tuple[Annotated[str, Ref("swot", "readiness", "fact")], ...], Words] = about(
        "Grounds", "What shows it.", example=["SWOT-W1"], default=()
    )


DEGREE = Choice("degree", ("direct", "supporting"))


class Crosswalk(Record):
    """What an item of the plan is in a frame of others, such as a target of the SDGs."""

    noun: ClassVar[str] = "crosswalk"
    natural: ClassVar[tuple[str, ...]] = ("item", "scheme", "code")

    item: Annotated[str, Ref("action", "indicator", "goal", "strategy", "mission")] | None = about(
        "Item", "The item of the plan.", example="GOV-01", required=True
    )
    scheme: Annotated[str, SCHEME] | None = about(
        "Scheme",
        "sdg, sni-iso-37122, u4ssc, ascn, spbe, or bappenas.",
        example="sdg",
        required=True,
        change="crosswalk",
    )
    version: Text | None = about(
        "Version", "The edition that is meant, in quotes.", example="2015", change="crosswalk"
    )
    code: Text | None = about(
        "Code",
        "The goal, target or indicator there, in quotes.",
        example="16.6",
        required=True,
        change="crosswalk",
    )
    degree: Annotated[str, DEGREE] | None = about(
        "Degree", "direct or supporting.", example="direct", change="crosswalk"
    )
    note: Text | None = about("Note", "How they hang together.", example="lewat aduan warga")
    provenance: Provenance | None = about(
        "Provenance",
        "Who says so.",
        example={"status": "derived"},
        change="provenance",
    )
