"""What a plan says of itself: its header, its books and sources, the settings of `validate`."""

from typing import Annotated, ClassVar

from smartplan.plan.city import City
from smartplan.plan.direction import Period
from smartplan.plan.entity import Entity, Items, Provenance, Record, Texts, about
from smartplan.plan.grammar import STAGES
from smartplan.plan.registers import FUND
from smartplan.plan.values import Choice, Count, Date, Money, Ref, Text, Year

STAGE = Choice("stage", STAGES)
LANGUAGE = Choice("language", ("id", "en"))
CURRENCY = Choice("currency", ("IDR",))
SOURCE_KIND = Choice(
    "source_kind", ("news", "official", "law", "document", "data", "web", "interview", "evidence")
)


class Declared(Record):
    """What the printed plan says of itself, beside what smartplan works out."""

    total: Money | None = about(
        "Total", "The printed sum.", example="120 miliar", unit="rupiah", change="declared"
    )
    actions: Count | None = about(
        "Actions", "How many it says it has.", example=48, unit="actions", change="declared"
    )
    quick_wins: Count | None = about(
        "Quick wins", "How many it says it has.", example=6, unit="quick wins", change="declared"
    )


class Header(Record):
    """What the plan is: title, period, stage, the registers it uses."""

    noun: ClassVar[str] = "plan"

    id: Text | None = about(
        "Id", "Its short name.", example="kotamobagu-2024", required=True, change="frame"
    )
    title: Text | None = about(
        "Title", "Its title.", example="Masterplan Smart City …", required=True, change="title"
    )
    language: Annotated[str, LANGUAGE] = about(
        "Language", "The language of its texts.", example="id", default="id", change="frame"
    )
    stage: Annotated[str, STAGE] = about(
        "Stage",
        "How far it is: draft, bimtek-1 … 4, final, adopted, running, ended.",
        example="final",
        default="draft",
        change="stage",
    )
    version: Text | None = about(
        "Version", "Its version, in quotes.", example="0.2.0", change="version"
    )
    period: Period | None = about(
        "Period",
        "The years it covers.",
        example={"start": 2024, "end": 2028},
        required=True,
        change="horizon",
    )
    taxonomy: Text | None = about(
        "Taxonomy", "The set of dimensions.", example="kominfo-2021", change="frame"
    )
    codes: Text | None = about(
        "Budget codes",
        "The generation of codes.",
        example="kepmendagri-900",
        change="currency-or-unit",
    )
    currency: Annotated[str, CURRENCY] = about(
        "Currency",
        "The currency of all amounts.",
        example="IDR",
        default="IDR",
        change="currency-or-unit",
    )
    default_fund: Annotated[str, FUND] | None = about(
        "Default fund", "The fund of a bare amount.", example="apbd", change="currency-or-unit"
    )
    city: City | None = about(
        "City", "Who the plan is for.", example={"name": "Kota Kotamobagu"}, required=True
    )
    adopted_by: Annotated[str, Ref("legal_act")] | None = about(
        "Adopted by",
        "The act (Perwali, Perda) that adopts it.",
        example="PERWALI-1",
        change="legal-basis",
    )
    replaces: Text | None = about(
        "Replaces", "The plan before it.", example="Masterplan 2019–2023", change="frame"
    )
    ceilings: dict[Year, Money] = about(
        "Ceilings",
        "The most that one year may cost.",
        example={2025: "12 miliar"},
        unit="rupiah",
        default={},
        change="ceiling",
    )
    declared: Declared | None = about(
        "Declared", "What the printed plan says of itself.", example={"actions": 48}
    )
    note: Text | None = about("Note", "A remark.", example="…")
    provenance: Provenance | None = about(
        "Provenance",
        "Where the header comes from.",
        example={"status": "derived"},
        change="provenance",
    )


class Citation(Entity):
    """A source: an article, a document, a data set, a proof. Unknown parts stay absent."""

    noun: ClassVar[str] = "source"

    kind: Annotated[str, SOURCE_KIND] | None = about("Kind", "What it is.", example="news")
    title: Text | None = about(
        "Title", "Its title.", example="Diskominfo Gelar Bimtek …", required=True, change="title"
    )
    publisher: Text | None = about("Publisher", "Who published it.", example="Halo Sulawesi")
    author: Text | None = about("Author or speaker", "Who wrote or said it.", example="…")
    date: Date | None = about("Date", "When it appeared.", example="2023-08-01")
    url: Text | None = about("Address", "Where it is on the web.", example="https://…")
    file: Text | None = about("File", "Where it lies beside the plan.", example="bukti/sk.pdf")


class Book(Entity):
    """One of the books of the masterplan (Buku I, II, III)."""

    noun: ClassVar[str] = "book"

    number: Text | None = about(
        "Number", "I, II, III, IV.", example="II", required=True, change="title"
    )
    title: Text | None = about(
        "Title", "Its title.", example="Masterplan Smart City Daerah", required=True, change="title"
    )
    contents: Texts = about("Contents", "What it holds.", example=["Visi dan misi"], default=())


CHECK_LEVEL = Choice("check_level", ("error", "warning", "info", "off"))
FAIL_ON = Choice("fail_on", ("error", "warning", "info", "never"))


class Ignore(Record):
    """A finding that the city has looked at and explains."""

    rule: Text | None = about("Rule", "Code or name of the rule.", example="C005", required=True)
    path: Text | None = about(
        "Path", "The place; `*` stands for any part.", example="plan.adopted_by"
    )
    reason: Text | None = about(
        "Reason", "Why it may stand.", example="Perwali terbit 2025", required=True
    )
    until: Date | None = about("Until", "The last day it may stand.", example="2026-12-31")


class Checks(Record):
    """Settings of `validate` for this plan."""

    noun: ClassVar[str] = "checks"

    levels: dict[Text, Annotated[str, CHECK_LEVEL]] = about(
        "Levels",
        "Rule → error, warning, info or off.",
        example={"A028": "info"},
        default={},
        change="policy",
    )
    ignore: Annotated[tuple[Ignore, ...], Items] = about(
        "Ignored findings",
        "Findings that are explained.",
        example=[{"rule": "C005"}],
        default=(),
        key=("rule", "path"),
        change="policy",
    )
    fail_on: Annotated[str, FAIL_ON] | None = about(
        "Fails from",
        "From which level on `validate` fails; error if not given.",
        example="warning",
        change="policy",
    )
    exclude: Texts = about(
        "Excluded files",
        "Files not read, as patterns.",
        example=["drafts/**"],
        default=(),
        change="policy",
    )


class KnownFinding(Record):
    """A finding that a city knew of when it began; it is left out until it is mended."""

    noun: ClassVar[str] = "known"
    natural: ClassVar[tuple[str, ...]] = ("finding",)

    finding: Text | None = about(
        "Finding",
        "Its fingerprint, in quotes.",
        example="0f3a9c1e5b7d2468",
        required=True,
        change="policy",
    )
    rule: Text | None = about(
        "Rule", "Code of the rule.", example="M046", required=True, change="policy"
    )
    path: Text | None = about(
        "Path", "The place.", example="actions[GOV-01].budget.2027", change="policy"
    )
    times: Count | None = about(
        "Times",
        "How many are alike; one if not given.",
        example=2,
        unit="findings",
        change="policy",
    )
