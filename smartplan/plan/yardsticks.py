"""What a plan is measured with: instruments of the yearly evaluation, their weights, schemes.

They are values, read out of data when they are asked for: few plans need them. A plan may bring
its own under `registers:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

Name: TypeAlias = "dict[str, str]"
"""A name by language."""

WHOLE = 100
"""What the weights of a profile sum to (domain rule R68)."""


class Question(NamedTuple):
    """A question of an instrument.

    Attributes:
        path: part, element and printed number: `outcome.programme.3.1.1`. Printed numbers repeat.
        text: what is asked, in short.
    """

    path: str
    text: Name

    @property
    def number(self) -> str:
        """The number as it is printed."""
        return self.path.split(".", 2)[-1]


class Section(NamedTuple):
    """An element of a part of an instrument, with its questions."""

    id: str
    name: Name
    questions: tuple[Question, ...]


class Part(NamedTuple):
    """A dimension of the evaluation (baseline, output, outcome, impact, quick win)."""

    id: str
    name: Name
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its questions, in their order."""
        return tuple(one for section in self.sections for one in section.questions)


class Scale(NamedTuple):
    """What an answer may score: from `least` to `most` in steps; 0 says that there was nothing."""

    least: Decimal
    most: Decimal
    step: Decimal

    def holds(self, score: Decimal) -> bool:
        """Tell whether a score lies on the scale; 0 always does."""
        on_it = self.least <= score <= self.most
        stepped = not self.step or not (score - self.least) % self.step
        return not score or (on_it and stepped)


@dataclass(frozen=True)
class Instrument:
    """A named, dated list of the questions of an evaluation.

    The value of a part is the flat mean of its questions; the total is the weighted mean of the
    parts, on the same scale.
    """

    id: str
    title: Name
    parts: tuple[Part, ...]
    scale: Scale | None = None
    date: str = ""
    source: str = ""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its path."""
        return {one.path: one for part in self.parts for one in part.questions}

    def numbered(self, number: str) -> list[str]:
        """Give the paths of the questions that bear a printed number."""
        return [path for path, one in self.questions.items() if one.number == number]


@dataclass(frozen=True, slots=True)
class WeightProfile:
    """What the parts of an evaluation weigh, for a year and a cohort of cities.

    Attributes:
        weights: part → weight; they sum to 100.
    """

    id: str
    title: Name
    weights: Mapping[str, Decimal]
    year: int | None = None
    cohort: Name = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Scheme:
    """A frame of others that items of a plan may point to, such as the SDGs.

    Attributes:
        pattern: what its codes look like; anything if there is none.
        names: names by code, of those codes that have one here.
        codes: all its codes; empty if the list is not bundled.
    """

    id: str
    title: Name
    pattern: str = ""
    version: str = ""
    names: Mapping[str, Name] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    source: str = ""

    def holds(self, code: str) -> bool:
        """Tell whether a code can be one of the scheme."""
        if self.codes:
            return code in self.codes
        return re.fullmatch(self.pattern, code) is not None if self.pattern else bool(code)

    def name_of(self, code: str) -> Name | None:
        """Give the name of a code, else that of the goal it belongs to (11 for 11.6)."""
        return self.names.get(code) or self.names.get(code.split(".", 1)[0])


class Passage(NamedTuple):
    """How one set of dimensions goes over into another.

    Attributes:
        old: the taxonomy that is left.
        new: the taxonomy that is taken up.
        pairs: dimension or element of the old → dimension or element of the new; what has none in
            the new one is not in it.
        source: where that is said.
    """

    old: str
    new: str
    pairs: Mapping[str, str]
    source: str = ""


# The shipped ones


@cache
def shipped_data(name: str) -> Any:  # noqa: ANN401  # our own data, checked by tests
    """Read a file of lists that come with the package."""
    raw = get_data("smartplan.plan", f"data/{name}.yaml") or b""
    return Document.read(Source.from_bytes(f"{name}.yaml", raw)).data


@cache
def instruments() -> dict[str, Instrument]:
    """Give the shipped instruments by name."""
    return {raw["id"]: _instrument(raw) for raw in shipped_data("instruments")["instruments"]}


@cache
def profiles() -> dict[str, WeightProfile]:
    """Give the shipped weight profiles by name."""
    raws = shipped_data("weight_profiles")["weight_profiles"]
    return {raw["id"]: _profile(raw) for raw in raws}


@cache
def schemes() -> dict[str, Scheme]:
    """Give the schemes by name."""
    return {raw["id"]: _scheme(raw) for raw in shipped_data("schemes")["schemes"]}


def _instrument(raw: dict[str, Any]) -> Instrument:
    scale = {name: Decimal(value) for name, value in raw["scale"].items()}
    return Instrument(
        raw["id"],
        raw["title"],
        tuple(
            Part(
                part["id"],
                part["name"],
                tuple(_section(part["id"], one) for one in part["elements"]),
            )
            for part in raw["parts"]
        ),
        scale=Scale(**scale),
        date=raw["date"],
        source=raw["source"],
    )


def _section(part: str, raw: dict[str, Any]) -> Section:
    questions = (
        Question(f"{part}.{raw['id']}.{one['number']}", one["text"]) for one in raw["questions"]
    )
    return Section(raw["id"], raw["name"], tuple(questions))


def _profile(raw: dict[str, Any]) -> WeightProfile:
    return WeightProfile(
        raw["id"],
        raw["title"],
        {part: Decimal(weight) for part, weight in raw["weights"].items()},
        year=int(raw["year"]) if "year" in raw else None,
        cohort=raw["cohort"],
        source=raw["source"],
    )


def _scheme(raw: dict[str, Any]) -> Scheme:
    named = [*raw.get("goals", ()), *raw.get("areas", ())]
    targets = (
        f"{goal['code']}.{target}"
        for goal in raw.get("goals", ())
        for target in (
            *range(1, int(goal["numbered"]) + 1),
            *"abcdefgh"[: int(goal["lettered"])],
        )
    )
    return Scheme(
        raw["id"],
        raw["title"],
        pattern=raw.get("pattern", ""),
        version=raw.get("version", ""),
        names={one["code"]: one["name"] for one in named},
        codes=frozenset((*(one["code"] for one in named), *targets)),
        source=raw["source"],
    )
