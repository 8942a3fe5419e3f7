"""The city and who acts in it: agencies, partners, bodies; its legal acts; what it already has."""

from typing import Annotated, ClassVar

from smartplan.plan.entity import Entity, Items, Record, Texts, Words, about
from smartplan.plan.faults import NO_AGENCY
from smartplan.plan.registers import ELEMENT
from smartplan.plan.values import Choice, Count, Date, Ref, Text, Year

CITY_KIND = Choice("city_kind", ("kota", "kabupaten", "provinsi"))


class City(Record):
    """The city, regency or province that the plan is for."""

    code: Text | None = about(
        "Code", "Its code at the interior ministry.", example="71.74", change="frame"
    )
    name: Text | None = about(
        "Name", "Its full name.", example="Kota Kotamobagu", required=True, change="frame"
    )
    kind: Annotated[str, CITY_KIND] | None = about(
        "Kind", "kota, kabupaten or provinsi.", example="kota", change="frame"
    )
    province: Text | None = about(
        "Province", "The province it lies in.", example="Sulawesi Utara", change="frame"
    )


class Validity(Record):
    """From when to when an agency bears its name."""

    since: Year | None = about("From", "First year.", example=2017, unit="year", alias="from")
    until: Year | None = about(
        "To", "Last year; absent while it lasts.", example=2024, unit="year", alias="to"
    )


class Agency(Entity):
    """An agency of the city (OPD, perangkat daerah)."""

    noun: ClassVar[str] = "agency"

    name: Text | None = about(
        "Name",
        "Its full name.",
        example="Dinas Komunikasi dan Informatika",
        required=True,
        change="title",
    )
    short: Text | None = about(
        "Short name", "How people call it.", example="Diskominfo", change="title"
    )
    aliases: Texts = about("Other names", "In older papers.", example=["DPPKAD"], default=())
    affairs: Texts = about(
        "Affairs",
        "Administrative fields (bidang urusan) it answers for.",
        example=["2.16"],
        default=(),
    )
    valid: Validity | None = about("Valid", "The years in which it exists.", example={"from": 2017})
    successor: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Successor", "The agency that took over.", example="bpkd"
    )


PARTNER_KIND = Choice(
    "partner_kind",
    (
        "company",
        "bank",
        "university",
        "community",
        "agency",
        "ministry",
        "donor",
        "media",
        "citizens",
    ),
)


class Partner(Entity):
    """Someone outside the city's administration who takes part."""

    noun: ClassVar[str] = "partner"

    name: Text | None = about(
        "Name", "Its name.", example="Bank SulutGo", required=True, change="title"
    )
    kind: Annotated[str, PARTNER_KIND] | None = about("Kind", "What it is.", example="bank")
    role: Text | None = about("Role", "What it contributes.", example="kanal pembayaran nontunai")


BODY_KIND = Choice("body_kind", ("council", "team", "forum", "contact"))


class Meeting(Record):
    """A meeting of a body."""

    date: Date | None = about("Date", "When it met.", example="2024-10-23", required=True)
    topic: Text | None = about("Topic", "What it was about.", example="Evaluasi internal")
    participants: Count | None = about(
        "Participants", "How many took part.", example=30, unit="persons"
    )
    minutes: Annotated[str, Ref("source")] | None = about(
        "Minutes", "The source that records it.", example="S-20c"
    )


class Institution(Entity):
    """A body that carries the plan: Dewan Smart City, Tim Pelaksana, Forum, or a contact (PIC)."""

    noun: ClassVar[str] = "institution"

    name: Text | None = about(
        "Name", "Its name.", example="Dewan Smart City", required=True, change="title"
    )
    kind: Annotated[str, BODY_KIND] | None = about(
        "Kind", "council (Dewan), team (Tim Pelaksana), forum, or contact (PIC).", example="council"
    )
    chair: Text | None = about("Chair", "Who leads it, as an office.", example="Wali Kota")
    members: Texts = about(
        "Members", "Who belongs to it.", example=["Sekretaris Daerah"], default=()
    )
    decree: Annotated[str, Ref("legal_act")] | None = about(
        "Decree", "The act that founds it.", example="SK-1", change="legal-basis"
    )
    meetings: Annotated[tuple[Meeting, ...], Items] = about(
        "Meetings", "When it met.", example=[{"date": "2024-10-23"}], default=(), key=("date",)
    )


ACT_TYPE = Choice(
    "act_type",
    (
        "uu",
        "pp",
        "perpres",
        "inpres",
        "permen",
        "kepmen",
        "perda",
        "perkada",
        "keputusan",
        "surat",
    ),
)
ACT_STATUS = Choice("act_status", ("in-force", "amended", "repealed", "draft", "unknown"))


class LegalAct(Entity):
    """A law, regulation or decree that the plan rests on."""

    noun: ClassVar[str] = "legal_act"

    kind: Annotated[str, ACT_TYPE] | None = about(
        "Kind",
        "uu, pp, perpres, …; perkada is a Perwali, Perbup or Pergub.",
        example="perpres",
        change="legal-basis",
    )
    number: Text | None = about(
        "Number", "As printed, in quotes.", example="95", change="legal-basis"
    )
    year: Year | None = about(
        "Year", "The year of the act.", example=2018, unit="year", change="legal-basis"
    )
    title: Text | None = about(
        "Title",
        "What it is about.",
        example="Sistem Pemerintahan Berbasis Elektronik",
        required=True,
        change="legal-basis",
    )
    state: Annotated[str, ACT_STATUS] | None = about(
        "State",
        "in-force, amended, repealed, draft, or unknown.",
        example="in-force",
        change="legal-basis",
    )


INVENTORY_KIND = Choice(
    "inventory_kind", ("application", "network", "centre", "data", "group", "programme", "service")
)
INVENTORY_STATE = Choice("inventory_state", ("active", "idle", "stopped", "planned", "unknown"))


class InventoryItem(Entity):
    """Something that exists already: an application, a network, a centre, a group."""

    noun: ClassVar[str] = "inventory_item"

    name: Text | None = about("Name", "Its name.", example="SiCaCa", required=True, change="title")
    kind: Annotated[str, INVENTORY_KIND] | None = about(
        "Kind", "What it is.", example="application"
    )
    owner: Annotated[str, Ref("agency", code=NO_AGENCY)] | None = about(
        "Owner", "The agency that runs it.", example="bpkd", change="keeper"
    )
    since: Date | None = about("Since", "When it began.", example="2016")
    elements: Annotated[tuple[Annotated[str, ELEMENT], ...], Words] = about(
        "Elements", "Elements it serves.", example=["governance.bureaucracy"], default=()
    )
    state: Annotated[str, INVENTORY_STATE] | None = about(
        "State", "active, idle, stopped, planned, or unknown.", example="unknown"
    )
    summary: Text | None = about(
        "Summary", "What it does.", example="Pencarian dan pelacakan pembayaran"
    )


class Event(Entity):
    """Something that happened on the way to the plan."""

    noun: ClassVar[str] = "event"

    date: Date | None = about(
        "Date", "When; a range has / between.", example="2023-07-03", required=True
    )
    title: Text | None = about(
        "Title", "What happened.", example="Bimtek tahap I", required=True, change="title"
    )
    text: Text | None = about("Text", "What is told of it.", example="Dibuka Wali Kota")
    place: Text | None = about("Place", "Where.", example="Aula Diskominfo")
