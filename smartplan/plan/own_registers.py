"""The registers that a plan brings itself, and how they join the shipped ones.

They are read before anything else, since items are read by them; from then on nothing tells an own
register from a shipped one.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from smartplan.plan.entity import Items, Provenance, Record, Texts, about
from smartplan.plan.registers import CodeList, Dimension, Element, Fund, Registers, Taxonomy
from smartplan.plan.values import Choice, Date, Flag, Number_, Text, Year
from smartplan.plan.yardsticks import Instrument, Part, Question, Scale, Section, WeightProfile
from smartplan.text.finding import ERROR, Code

REGISTER_TAKEN = Code(
    id="F171",
    name="register-taken",
    level=ERROR,
    says="There is a register “{seen}” of this kind already.",
    why="A name that means two lists means neither.",
    fix="Give the register another name.",
)
REGISTER_INCOMPLETE = Code(
    id="F172",
    name="register-incomplete",
    level=ERROR,
    says="A register of the kind {kind} needs: {missing}.",
    why="Nothing can be looked up in a list that is not there.",
    fix="Add what is missing, or correct `kind`.",
)
REGISTER_ENTRY_TWICE = Code(
    id="F173",
    name="register-entry-twice",
    level=ERROR,
    says="“{seen}” stands twice in the register.",
    why="A name that means two entries means neither.",
    fix="Give one of them another name.",
)
CODES = (REGISTER_TAKEN, REGISTER_INCOMPLETE, REGISTER_ENTRY_TWICE)

REGISTER_KIND = Choice(
    "register_kind", ("taxonomy", "funds", "budget-codes", "instrument", "weight-profile")
)
CONTENT = {
    "taxonomy": "dimensions",
    "funds": "funds",
    "budget-codes": "activities",
    "instrument": "parts",
    "weight-profile": "weights",
}
"""The field that holds what a register of a kind lists."""


def _id(example: str) -> Any:  # noqa: ANN401  # a field
    return about("Id", "Its short name.", example=example, required=True, change="frame")


def _name(example: str) -> Any:  # noqa: ANN401  # a field
    return about("Name", "Its name.", example=example, required=True, change="frame")


class OwnElement(Record):
    """A part of a dimension."""

    id: Text | None = _id("mobility.transport")
    name: Text | None = _name("Angkutan umum")
    aliases: Texts = about("Other names", "In other papers.", example=["bus"], default=())


class OwnDimension(Record):
    """A dimension, with or without elements."""

    id: Text | None = _id("mobility")
    name: Text | None = _name("Mobilitas")
    aliases: Texts = about("Other names", "In other papers.", example=["transport"], default=())
    elements: Annotated[tuple[OwnElement, ...], Items] = about(
        "Elements", "Its parts.", example=[{"id": "mobility.transport"}], default=()
    )


class OwnFund(Record):
    """A source of funds."""

    id: Text | None = _id("dana-abadi")
    name: Text | None = _name("Dana abadi daerah")
    code: Text | None = about("Code", "Its SIPD code.", example="1.4.9", change="frame")
    external: Flag | None = about(
        "External", "Whether it comes from outside public budgets.", example=True
    )


class OwnQuestion(Record):
    """A question of an instrument."""

    id: Text | None = _id("3.1.1")
    text: Text | None = about(
        "Text", "What is asked.", example="Program berjalan?", required=True, change="frame"
    )


class OwnSection(Record):
    """An element of a part of an instrument."""

    id: Text | None = _id("programme")
    name: Text | None = _name("Program")
    questions: Annotated[tuple[OwnQuestion, ...], Items] = about(
        "Questions", "What is asked.", example=[{"id": "3.1.1"}], default=()
    )


class OwnPart(Record):
    """A part of an instrument."""

    id: Text | None = _id("outcome")
    name: Text | None = _name("Outcome")
    elements: Annotated[tuple[OwnSection, ...], Items] = about(
        "Elements", "Its elements.", example=[{"id": "programme"}], default=()
    )


class OwnScale(Record):
    """What an answer may score."""

    least: Number_ | None = about(
        "Least", "The lowest score.", example=1, unit="points", required=True, change="frame"
    )
    most: Number_ | None = about(
        "Most", "The highest score.", example=4, unit="points", required=True, change="frame"
    )
    step: Number_ | None = about(
        "Step", "From one score to the next.", example="0,25", unit="points", change="frame"
    )


class Register(Record):
    """A named, dated list of the plan's own; what it lists depends on its kind."""

    noun: ClassVar[str] = "register"

    id: Text | None = _id("jambi-2022")
    kind: Annotated[str, REGISTER_KIND] | None = about(
        "Kind",
        "taxonomy, funds, budget-codes, instrument, or weight-profile.",
        example="weight-profile",
        required=True,
        change="frame",
    )
    title: Text | None = about("Title", "What it is called.", example="Bobot 2022", change="frame")
    date: Date | None = about("Date", "When it was published.", example="2022-12-06")
    draft: Flag | None = about("Draft", "Whether it is only proposed.", example=True)
    dimensions: Annotated[tuple[OwnDimension, ...], Items] = about(
        "Dimensions", "Of a taxonomy.", example=[{"id": "mobility"}], default=()
    )
    funds: Annotated[tuple[OwnFund, ...], Items] = about(
        "Funds",
        "Sources of funds, beside the shipped ones.",
        example=[{"id": "dana-abadi"}],
        default=(),
    )
    activities: dict[Text, Text] = about(
        "Activities",
        "Budget code → name.",
        example={"2.16.03.2.02.0009": "Pengembangan …"},
        default={},
        change="frame",
    )
    year: Year | None = about(
        "Year", "The year of a weight profile.", example=2022, unit="year", change="frame"
    )
    cohort: Text | None = about(
        "Cohort",
        "The cities that a weight profile is for.",
        example="angkatan 2019",
        change="frame",
    )
    weights: dict[Text, Number_] = about(
        "Weights",
        "Part of the evaluation → weight; 100 in all.",
        example={"baseline": 10},
        unit="points of 100",
        default={},
        change="frame",
    )
    scale: OwnScale | None = about(
        "Scale", "Of an instrument.", example={"least": 1, "most": 4, "step": "0,25"}
    )
    parts: Annotated[tuple[OwnPart, ...], Items] = about(
        "Parts", "Of an instrument.", example=[{"id": "outcome"}], default=()
    )
    note: Text | None = about("Note", "A remark.", example="…")
    provenance: Provenance | None = about(
        "Provenance", "Where it comes from.", example={"status": "official"}, change="provenance"
    )


# How they join the shipped ones


def taken(lists: Registers, register: Register) -> bool:
    """Tell whether there is a register of this kind and name already."""
    known: dict[str | None, Any] = {
        "taxonomy": lists.taxonomies,
        "budget-codes": lists.code_lists,
        "instrument": lists.instruments,
        "weight-profile": lists.profiles,
    }
    return register.id in known.get(register.kind, ())


def twice(lists: Registers, register: Register) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Find the names that stand twice in a register, with the route to the second."""
    seen: set[str] = set(lists.funds) if register.kind == "funds" else set()
    for name, route in _entries(register):
        if name and name.casefold() in seen:
            yield name, route
        seen.add((name or "").casefold())


def _entries(register: Register) -> Iterator[tuple[str | None, tuple[str | int, ...]]]:
    for number, fund in enumerate(register.funds):
        yield fund.id, ("funds", number, "id")
    for number, one in enumerate(register.dimensions):
        yield one.id, ("dimensions", number, "id")
        for at, element in enumerate(one.elements):
            yield element.id, ("dimensions", number, "elements", at, "id")
    for number, part in enumerate(register.parts):
        yield part.id, ("parts", number, "id")
        for at, section in enumerate(part.elements):
            for each, question in enumerate(section.questions):
                route = ("parts", number, "elements", at, "questions", each, "id")
                yield f"{part.id}.{section.id}.{question.id}", route


def joined(lists: Registers, register: Register) -> Registers:
    """Add a register of the plan to the lists that items are read by."""
    identity = register.id or ""
    title = _named(register.title or identity)
    if register.kind == "taxonomy":
        taxonomy = _taxonomy(register, title)
        return replace(lists, taxonomies={**lists.taxonomies, identity: taxonomy})
    if register.kind == "funds":
        return replace(lists, funds={**lists.funds, **_funds(register)})
    if register.kind == "budget-codes":
        fields = next(iter(lists.code_lists.values())).fields
        codes = CodeList(identity, title, fields, dict(register.activities))
        return replace(lists, code_lists={**lists.code_lists, identity: codes})
    if register.kind == "instrument":
        instrument = _instrument(register, title)
        return replace(lists, own_instruments={**lists.own_instruments, identity: instrument})
    profile = WeightProfile(
        identity,
        title,
        {part: weight.value for part, weight in register.weights.items()},
        year=register.year,
        cohort=_named(register.cohort) if register.cohort else {},
    )
    return replace(lists, own_profiles={**lists.own_profiles, identity: profile})


def _named(text: str | None) -> dict[str, str]:
    """Give a text of the plan as a name by language: it is the same in every language."""
    return {"": text or ""}


def _taxonomy(register: Register, title: dict[str, str]) -> Taxonomy:
    dimensions = (
        Dimension(
            one.id or "",
            _named(one.name),
            tuple(
                Element(part.id or "", _named(part.name), one.id or "", part.aliases)
                for part in one.elements
            ),
            one.aliases,
        )
        for one in register.dimensions
    )
    date, draft = register.date or "", bool(register.draft)
    return Taxonomy(register.id or "", title, tuple(dimensions), date=date, draft=draft)


def _funds(register: Register) -> dict[str, Fund]:
    return {
        one.id: Fund(one.id, _named(one.name), one.code or "", bool(one.external))
        for one in register.funds
        if one.id
    }


def _instrument(register: Register, title: dict[str, str]) -> Instrument:
    return Instrument(
        register.id or "",
        title,
        tuple(_part(one) for one in register.parts),
        scale=_scale(register.scale),
        date=register.date or "",
    )


def _scale(scale: OwnScale | None) -> Scale | None:
    if scale is None or scale.least is None or scale.most is None:
        return None
    step = scale.step.value if scale.step else Decimal(0)
    return Scale(scale.least.value, scale.most.value, step)


def _part(part: OwnPart) -> Part:
    sections = (
        Section(
            one.id or "",
            _named(one.name),
            tuple(
                Question(f"{part.id}.{one.id}.{each.id}", _named(each.text))
                for each in one.questions
            ),
        )
        for one in part.elements
    )
    return Part(part.id or "", _named(part.name), tuple(sections))
