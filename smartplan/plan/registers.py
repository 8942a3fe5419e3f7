"""Named, dated lists that the plan refers to: dimension sets, budget codes, sources of funds.

They are data (`plan/data/*.yaml`), shipped with the package; a plan may bring its own under
`registers:`. A name of a register is read by the field itself, since registers are known before
any item is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import core_schema

from smartplan.plan.grammar import DEFAULT_TAXONOMY
from smartplan.plan.nearest import nearest
from smartplan.plan.values import context, fault, shown, text_only
from smartplan.plan.yardsticks import Passage, instruments, profiles, schemes, shipped_data
from smartplan.text.finding import ERROR, WARNING, Code

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pydantic import GetCoreSchemaHandler, ValidationInfo

    from smartplan.plan.yardsticks import Instrument, Scheme, WeightProfile

UNKNOWN_REGISTER = Code(
    id="F121",
    name="unknown-register",
    level=ERROR,
    says="“{seen}” is no register that smartplan knows.",
    why="Dimensions, codes and weights are checked against the register that the plan names.",
    fix="Write the id of a shipped register, or of one under `registers`.",
)
UNKNOWN_DIMENSION = Code(
    id="D016",
    name="unknown-dimension",
    level=ERROR,
    says="“{seen}” is no dimension or element of {register}.",
    why="An action outside the dimensions is counted nowhere in the evaluation.",
    fix="Write the id of a dimension or element of the plan's taxonomy.",
    source="domain rule R16",
)
UNKNOWN_FUND = Code(
    id="M052",
    name="unknown-fund",
    level=ERROR,
    says="“{seen}” is no source of funds.",
    why="Budgets by source are what the council and the evaluation ask for first.",
    fix="Write the id of a fund of the register.",
    source="domain rule R52",
)
BAD_BUDGET_CODE = Code(
    id="M054",
    name="budget-code-malformed",
    level=ERROR,
    says="“{seen}” is not a code of a program, kegiatan or sub kegiatan.",
    why="A code that the planning system does not know has no budget line.",
    fix="Write it as printed in the decree, such as 2.16.03.2.02.0009.",
    source="domain rule R54; Permendagri 90/2019",
)
BUDGET_CODE_PADDING = Code(
    id="M154",
    name="budget-code-padding",
    level=WARNING,
    says="“{seen}” is padded differently; it is read as {suggestion}.",
    why="The same code in two spellings looks like two budget lines.",
    fix="Write the code as the decree prints it.",
    source="domain rule R54",
)
UNKNOWN_SCHEME = Code(
    id="D077",
    name="unknown-scheme",
    level=ERROR,
    says="“{seen}” is no scheme that smartplan knows.",
    why="A code means nothing without the list that it stands in.",
    fix="Write the id of a scheme, such as sdg.",
    source="domain rule R77",
)
CODES = (
    UNKNOWN_REGISTER,
    UNKNOWN_DIMENSION,
    UNKNOWN_SCHEME,
    UNKNOWN_FUND,
    BAD_BUDGET_CODE,
    BUDGET_CODE_PADDING,
)


class Element(NamedTuple):
    """A part of a dimension (sub-dimensi, unsur)."""

    id: str
    name: dict[str, str]
    dimension: str
    aliases: tuple[str, ...] = ()


class Dimension(NamedTuple):
    """One of the dimensions (pilar) of a smart city."""

    id: str
    name: dict[str, str]
    elements: tuple[Element, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taxonomy:
    """A named, dated set of dimensions with their elements; it may have no elements.

    Attributes:
        date: when it was published.
        source: where it stands.
        draft: whether it is only proposed, so that its names may change.
    """

    id: str
    title: dict[str, str]
    dimensions: tuple[Dimension, ...]
    date: str = ""
    source: str = ""
    draft: bool = False

    @cached_property
    def by_id(self) -> dict[str, Dimension]:
        """Dimensions by id, in their order."""
        return {one.id: one for one in self.dimensions}

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Elements by id, in their order."""
        return {one.id: one for dimension in self.dimensions for one in dimension.elements}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every id, name and alias of a dimension, in lower case, with the id; unclear ones out."""
        return _names(self.dimensions)

    @cached_property
    def element_names(self) -> dict[str, str]:
        """The same for elements."""
        return _names(self.elements.values())


def _names(entries: Any) -> dict[str, str]:  # noqa: ANN401  # Dimension or Element
    found: dict[str, set[str]] = {}
    for entry in entries:
        for name in (entry.id, *entry.name.values(), *entry.aliases):
            found.setdefault(name.casefold(), set()).add(entry.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


class Fund(NamedTuple):
    """A source of funds."""

    id: str
    name: dict[str, str]
    code: str = ""
    external: bool = False


@dataclass(frozen=True)
class CodeList:
    """One generation of budget codes; the shipped lists are partial.

    Attributes:
        fields: names of the administrative fields (bidang) by code, such as `2.16`.
        activities: names of sub kegiatan by code.
    """

    id: str
    title: dict[str, str]
    fields: dict[str, str]
    activities: dict[str, str]


@dataclass(frozen=True)
class Registers:
    """The lists that one plan uses."""

    taxonomy: Taxonomy
    funds: dict[str, Fund]
    code_lists: dict[str, CodeList]
    generation: str = ""
    government: str = "2"
    taxonomies: dict[str, Taxonomy] = field(default_factory=dict)
    own_instruments: dict[str, Instrument] = field(default_factory=dict)
    own_profiles: dict[str, WeightProfile] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """The instruments of the yearly evaluation: the shipped ones, and the plan's own."""
        return {**instruments(), **self.own_instruments}

    @cached_property
    def profiles(self) -> dict[str, WeightProfile]:
        """The weight profiles of the evaluation: the shipped ones, and the plan's own."""
        return {**profiles(), **self.own_profiles}

    @property
    def schemes(self) -> dict[str, Scheme]:
        """The frames of others that a crosswalk may point to."""
        return schemes()

    @property
    def code_list(self) -> CodeList | None:
        """The generation of budget codes that the plan declares."""
        return self.code_lists.get(self.generation)

    def successor(self, name: str) -> str:
        """Give what a dimension or element of another set is called in the plan's; empty if none.

        Names that two sets share keep their meaning; an element without a successor goes where its
        dimension goes.
        """
        into = [one.pairs for one in self.passages if one.new == self.taxonomy.id]
        dimension = name.partition(".")[0]
        found = (pairs.get(name) or pairs.get(dimension) for pairs in into)
        return next(filter(None, found), "")


def _taxonomy(raw: dict[str, Any]) -> Taxonomy:
    dimensions = []
    for entry in raw["dimensions"]:
        elements = tuple(
            Element(part["id"], part["name"], entry["id"], tuple(part.get("aliases", ())))
            for part in entry.get("elements", ())
        )
        aliases = tuple(entry.get("aliases", ()))
        dimensions.append(Dimension(entry["id"], entry["name"], elements, aliases))
    return Taxonomy(
        raw["id"],
        raw["title"],
        tuple(dimensions),
        date=raw.get("date", ""),
        source=raw.get("source", ""),
        draft=raw.get("draft", False),
    )


@cache
def shipped() -> Registers:
    """Give the lists that come with the package, with the default taxonomy chosen."""
    sets = shipped_data("taxonomies")
    taxonomies = {raw["id"]: _taxonomy(raw) for raw in sets["taxonomies"]}
    funds = {
        raw["id"]: Fund(raw["id"], raw["name"], raw.get("code", ""), raw.get("external", False))
        for raw in shipped_data("funds")["funds"]
    }
    codes = shipped_data("codes")
    code_lists = {
        raw["id"]: CodeList(raw["id"], raw["title"], codes["fields"], raw["activities"])
        for raw in codes["code_lists"]
    }
    return Registers(
        taxonomy=taxonomies[DEFAULT_TAXONOMY],
        funds=funds,
        code_lists=code_lists,
        taxonomies=taxonomies,
        passages=tuple(Passage(**raw) for raw in sets["mappings"]),
    )


class _Reader:
    """A field that holds a name out of a register."""

    value = "register"
    often = True

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def read(self, value: object, info: ValidationInfo) -> str:
        """Read the name, or refuse it under the register's code."""
        raise NotImplementedError


class _DimensionReader(_Reader):
    value = "dimension"

    def read(self, value: object, info: ValidationInfo) -> str:
        lists = context(info).registers
        return _look_up(value, lists, lists.taxonomy.names, list(lists.taxonomy.by_id))


class _ElementReader(_Reader):
    value = "element"

    def read(self, value: object, info: ValidationInfo) -> str:
        lists = context(info).registers
        taxonomy = lists.taxonomy
        return _look_up(value, lists, taxonomy.element_names, list(taxonomy.elements))


def _look_up(value: object, lists: Registers, names: dict[str, str], ids: list[str]) -> str:
    text = text_only(value, "id")
    found = names.get(text.casefold())
    if found is None:
        successor = lists.successor(text)
        near = nearest(text, [*ids, *names])
        raise fault(
            UNKNOWN_DIMENSION,
            seen=shown(text),
            register=lists.taxonomy.id,
            allowed=ids,
            suggestion=successor if successor in ids else names.get(near.casefold(), ""),
        )
    return found


class _FundReader(_Reader):
    value = "fund"

    def read(self, value: object, info: ValidationInfo) -> str:
        funds = context(info).registers.funds
        text = text_only(value, "id")
        if text not in funds:
            raise fault(
                UNKNOWN_FUND, seen=shown(text), allowed=list(funds), suggestion=nearest(text, funds)
            )
        return text


_CODE = re.compile(
    r"(?P<urusan>[1-9X])\.(?P<bidang>[0-9]{1,2}|XX)\.(?P<program>[0-9]{2})"
    r"(?:\.(?P<level>0?[1-8])\.(?P<kegiatan>[0-9]{2})(?:\.(?P<sub>[0-9]{2,4}))?)?"
)


def normal_code(text: str) -> str | None:
    """Bring a budget code into the spelling of the decree; none if it is malformed.

    Accepts program, kegiatan and sub kegiatan; `1.3.02` and the padded level `.02.` of other
    systems are read as `1.03.02` and `.2.` (domain.md 3.1).
    """
    match = _CODE.fullmatch(text.strip())
    if not match:
        return None
    code = f"{match['urusan']}.{match['bidang']:0>2}.{match['program']}"
    if match["level"]:
        code += f".{match['level'][-1]}.{match['kegiatan']}"
    return f"{code}.{match['sub']}" if match["sub"] else code


class _CodeReader(_Reader):
    value = "budget_code"

    def read(self, value: object, info: ValidationInfo) -> str:
        text = text_only(value, "budget code")
        code = normal_code(text)
        if code is None:
            raise fault(BAD_BUDGET_CODE, seen=shown(text), allowed="budget code")
        if code != text:
            context(info).note(BUDGET_CODE_PADDING, value, seen=text, suggestion=code)
        return code


class _Named(_Reader):
    """A field that holds the name of a whole register."""

    value = "text"

    def __init__(self, choose: Callable[[Registers], Collection[str]], code: Code) -> None:
        self.choose = choose
        self.code = code

    def read(self, value: object, info: ValidationInfo) -> str:
        text, known = text_only(value, "id"), list(self.choose(context(info).registers))
        if text not in known:
            near = nearest(text, known)
            raise fault(self.code, seen=shown(text), allowed=known, suggestion=near)
        return text


DIMENSION = _DimensionReader()
ELEMENT = _ElementReader()
FUND = _FundReader()
BUDGET_CODE = _CodeReader()
INSTRUMENT = _Named(lambda lists: lists.instruments, UNKNOWN_REGISTER)
PROFILE = _Named(lambda lists: lists.profiles, UNKNOWN_REGISTER)
SCHEME = _Named(lambda lists: lists.schemes, UNKNOWN_SCHEME)
