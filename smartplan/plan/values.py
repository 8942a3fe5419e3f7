"""The values that entities are made of, and what every field says about itself.

Each type reads the text that stands in the file; what it cannot read it refuses with a `Fault`
under the code that the domain gives it. What it can read but a person might misread it notes in
the `Context`. Amounts are whole rupiah, other numbers `Decimal`, dates text; nothing is a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError, core_schema

from smartplan.plan import grammar
from smartplan.plan.nearest import nearest
from smartplan.text.finding import ERROR, WARNING, Code, Term
from smartplan.text.scalar import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, ValidationInfo

    from smartplan.plan.registers import Registers

UNQUOTED_NUMBER = Code(
    id="F109",
    name="unquoted-number",
    level=WARNING,
    says="“{seen}” is read as text, but stands there as a number.",
    why="Other programs read an unquoted number as a number: 71.10 becomes 71.1.",
    fix="Put it in quotes.",
)
WRONG_TYPE = Code(
    id="F103",
    name="wrong-type",
    level=ERROR,
    says="“{seen}” does not fit here.",
    why="A value of another kind cannot be read; the field counts as unknown.",
    fix="Write what the field asks for.",
)
NOT_ALLOWED = Code(
    id="F105",
    name="not-allowed",
    level=ERROR,
    says="“{seen}” is none of the words that may stand here.",
    why="Rules and reports act on these words; another word means nothing to them.",
    fix="Choose one of the words.",
)
BAD_ID = Code(
    id="F106",
    name="bad-id",
    level=ERROR,
    says="“{seen}” cannot be an id.",
    why="Ids are named in reviews, links and other files, where blanks and signs break.",
    fix="Use letters, digits and single hyphens; begin with a letter; 40 characters at most.",
)
BAD_NUMBER = Code(
    id="I134",
    name="number-unreadable",
    level=ERROR,
    says="“{seen}” cannot be read as a number.",
    why="A target that is no number cannot be measured.",
    fix="Write digits with a decimal comma; the unit goes into `unit`.",
    source="domain rule R34: value and unit stand apart",
)
AMBIGUOUS_NUMBER = Code(
    id="I035",
    name="number-ambiguous",
    level=WARNING,
    says="“{seen}” is read as {reading}; it could also mean {other}.",
    why="A point groups thousands in Indonesia and parts decimals elsewhere.",
    fix="Write it without the point, or with a decimal comma.",
    source="domain rule R35",
)
BAD_YEARS = Code(
    id="F110",
    name="years-unreadable",
    level=ERROR,
    says="“{seen}” is not a year, a range of years, or a list of them.",
    why="Budgets, targets and the road map hang on the years.",
    fix="Write 2024, 2024-2026, or [2024, 2026-2028]; an open end is not written.",
)
REVERSED_YEARS = Code(
    id="F111",
    name="years-reversed",
    level=ERROR,
    says="“{seen}” runs backwards.",
    why="A range that ends before it begins holds no year.",
    fix="Write the earlier year first.",
)
EN_DASH = Code(
    id="F112",
    name="en-dash-in-years",
    level=WARNING,
    says="“{seen}” is written with a long dash.",
    why="It is read, but a search for the range does not find it.",
    fix="Use a hyphen.",
)
BAD_DATE = Code(
    id="F113",
    name="date-unreadable",
    level=ERROR,
    says="“{seen}” is not a date.",
    why="An event without a date has no place in the history of the plan.",
    fix="Write 2023-08-01, 2023-08, 2023, or two dates with / between them.",
)
BAD_PERIOD = Code(
    id="F114",
    name="period-unreadable",
    level=ERROR,
    says="“{seen}” is not a reporting period.",
    why="A reading belongs to one period.",
    fix="Write 2024, 2024-Q4 (quarter), 2024-S1 (half year) or 2024-03 (month).",
)
PERIOD_SPELLING = Code(
    id="F115",
    name="period-spelling",
    level=WARNING,
    says="“{seen}” is read as {suggestion}.",
    why="Two spellings of one period look like two periods.",
    fix="Write it in the plan's own way.",
)
AMOUNT_UNREADABLE = Code(
    id="M046",
    name="amount-not-whole-rupiah",
    level=ERROR,
    says="“{seen}” is not an amount of whole rupiah.",
    why="One misread separator changes a budget by a factor of a thousand.",
    fix="Write 1500000, 1.500.000, Rp 1.500.000 or 1,5 juta.",
    source="domain rule R46",
)
AMOUNT_SPELLING = Code(
    id="M047",
    name="amount-ambiguous",
    level=WARNING,
    says="“{seen}” is read as {amount}.",
    why="M is miliar in Indonesia and million elsewhere; a point is not a decimal comma.",
    fix="Write the unit in full, with a decimal comma.",
    source="domain rule R47",
)
CODES = (
    WRONG_TYPE,
    NOT_ALLOWED,
    BAD_ID,
    UNQUOTED_NUMBER,
    BAD_YEARS,
    REVERSED_YEARS,
    EN_DASH,
    BAD_DATE,
    BAD_PERIOD,
    PERIOD_SPELLING,
    AMBIGUOUS_NUMBER,
    BAD_NUMBER,
    AMOUNT_UNREADABLE,
    AMOUNT_SPELLING,
)


@dataclass(slots=True)
class Context:
    """What a field may know while it is read, and the notes it leaves.

    Attributes:
        registers: the taxonomy, funds and budget codes that the plan declares.
        default_fund: the fund of a bare amount.
        notes: codes with arguments, and the very value that caused each.
    """

    registers: Registers
    default_fund: str
    notes: list[tuple[Code, dict[str, Any], object]] = field(default_factory=list)

    def note(self, code: Code, value: object, **args: object) -> None:
        """Remember something about a value that can still be read."""
        self.notes.append((code, args, value))


def fault(code: Code, **args: object) -> PydanticCustomError:
    """Refuse a value under a code."""
    return PydanticCustomError(code.id, "{code}", {"code": code.name, **args})


def context(info: ValidationInfo) -> Context:
    """Give the context that the loader passes with every item."""
    if not isinstance(info.context, Context):
        message = "entities are validated with a Context"
        raise TypeError(message)
    return info.context


SHOWN = 60
"""The most characters of a value that a message shows."""


def shown(value: object) -> str:
    """Show a value of the file in a message, shortened."""
    if value is None:
        return Term("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return Term("a mapping")
    if isinstance(value, list):
        return Term("a list")
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def text_only(value: object, allowed: str) -> str:
    """Give a scalar as text, or refuse it."""
    if isinstance(value, str):
        return value
    raise fault(WRONG_TYPE, seen=shown(value), allowed=allowed)


def _read_text(value: object, info: ValidationInfo) -> str:
    if type(value) is str:  # as nearly always
        return value.strip()
    if type(value) is Number:
        context(info).note(UNQUOTED_NUMBER, value, seen=str(value), suggestion=f'"{value}"')
    return str(text_only(value, "text").strip())


def _read_id(value: object) -> str:
    text = text_only(value, "id")
    if not grammar.is_id(text):
        raise fault(BAD_ID, seen=shown(text), suggestion=grammar.as_id(text))
    return text


def _read_year(value: object) -> int:
    year = grammar.year(text_only(value, "year"))
    if year is None:
        raise fault(BAD_YEARS, seen=shown(value), allowed="year")
    return year


def _read_year_range(value: object, info: ValidationInfo) -> tuple[int, int]:
    text = text_only(value, "years")
    span = grammar.year_range(text)
    if span is None:
        raise fault(BAD_YEARS, seen=shown(text), allowed="years")
    first, last, dashed = span
    if first > last:
        raise fault(REVERSED_YEARS, seen=shown(text), suggestion=f"{last}-{first}")
    if dashed:
        context(info).note(EN_DASH, value, seen=shown(text), suggestion=f"{first}-{last}")
    return first, last


def _spread_years(ranges: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple(sorted({year for first, last in ranges for year in range(first, last + 1)}))


def _read_date(value: object) -> str:
    text = text_only(value, "date")
    if not grammar.is_date(text):
        raise fault(BAD_DATE, seen=shown(text), allowed="date")
    return str(text)


def _read_month(value: object) -> str:
    text = text_only(value, "month")
    if not grammar.is_month(text):
        raise fault(BAD_DATE, seen=shown(text), allowed="month")
    return str(text)


def _read_period(value: object, info: ValidationInfo) -> str:
    text = text_only(value, "period")
    period = grammar.period(text)
    if period is None:
        raise fault(BAD_PERIOD, seen=shown(text), allowed="period")
    if period != text:
        context(info).note(PERIOD_SPELLING, value, seen=text, suggestion=period)
    return period


def _read_count(value: object) -> int:
    text = text_only(value, "whole number")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise fault(WRONG_TYPE, seen=shown(text), allowed="whole number")
    return int(text)


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise fault(WRONG_TYPE, seen=shown(value), allowed="true or false")
    return value


def _read_quantity(value: object, info: ValidationInfo) -> grammar.Quantity:
    text = text_only(value, "number")
    number = grammar.quantity(text)
    if number is None:
        percent = grammar.quantity(text.rstrip().removesuffix("%"))
        suggestion = percent.text.strip() if percent else ""
        raise fault(BAD_NUMBER, seen=shown(text), allowed="number", suggestion=suggestion)
    if number.other is not None:
        context(info).note(
            AMBIGUOUS_NUMBER, value, seen=text, reading=number.value, other=number.other
        )
    return number


def _read_money(value: object, info: ValidationInfo) -> grammar.Money:
    text = text_only(value, "amount")
    money = grammar.money(text)
    if isinstance(money, grammar.Refused):
        readings = " / ".join(money.readings)
        raise fault(AMOUNT_UNREADABLE, seen=shown(text), allowed="amount", suggestion=readings)
    if money.unsure:
        suggestion = money.plainly
        context(info).note(AMOUNT_SPELLING, value, seen=text, amount=money, suggestion=suggestion)
    return money


def _read_figure(value: object) -> str:
    return str(text_only(value, "number or text").strip())


def listed(value: object) -> object:
    """Read one value where a list is asked for as a list of one; refuse a mapping."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        raise fault(WRONG_TYPE, seen=shown(value), allowed="list")
    return (value,)


class _Scalar:
    """A field that one function reads.

    Attributes:
        read: reads a value of the file, given the context too if it asks for it.
        value: what it is to those who compare plans.
        often: whether few values stand there many times, so that it pays to remember them.
    """

    def __init__(self, read: Callable[..., object], value: str, *, often: bool) -> None:
        self.read = read
        self.value = value
        self.often = often

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        if informed(self.read):
            return core_schema.with_info_plain_validator_function(self.read)
        return core_schema.no_info_plain_validator_function(self.read)


def informed(read: Any) -> bool:  # noqa: ANN401  # a function or method
    """Tell whether a reader asks for the context, besides the value."""
    return bool(read.__code__.co_argcount - hasattr(read, "__self__") > 1)


def _plain(read: Callable[..., object], base: type, holds: str, *, often: bool = False) -> Any:  # noqa: ANN401  # a type at run time
    """Make a type that only `read` reads."""
    return Annotated[base, _Scalar(read, holds, often=often)]


if TYPE_CHECKING:
    Text: TypeAlias = str
    Figure: TypeAlias = str
    Id: TypeAlias = str
    Year: TypeAlias = int
    Years: TypeAlias = tuple[int, ...]
    Date: TypeAlias = str
    Month: TypeAlias = str
    Period: TypeAlias = str
    Count: TypeAlias = int
    Flag: TypeAlias = bool
    Number_: TypeAlias = grammar.Quantity
    Money: TypeAlias = grammar.Money
else:
    Text = _plain(_read_text, str, "text")
    Figure = _plain(_read_figure, str, "figure")
    Id = _plain(_read_id, str, "id")
    Year = _plain(_read_year, int, "year", often=True)
    Years = Annotated[
        tuple[_plain(_read_year_range, tuple, "years", often=True), ...],
        BeforeValidator(listed),
        AfterValidator(_spread_years),
    ]
    Date = _plain(_read_date, str, "date")
    Month = _plain(_read_month, str, "month")
    Period = _plain(_read_period, str, "period", often=True)
    Count = _plain(_read_count, int, "count")
    Flag = _plain(_read_flag, bool, "flag")
    Number_ = _plain(_read_quantity, grammar.Quantity, "number", often=True)
    Money = _plain(_read_money, grammar.Money, "money")


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that holds one of a few words; `name` finds their labels in `words`."""

    name: str
    values: tuple[str, ...]
    value: ClassVar[str] = "choice"
    often: ClassVar[bool] = True

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Tell pydantic how to read the field."""
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: object) -> str:
        """Accept one of the words."""
        text = text_only(value, self.name)
        if text not in self.values:
            near = nearest(text, self.values)
            raise fault(NOT_ALLOWED, seen=shown(text), allowed=list(self.values), suggestion=near)
        return text


class Ref:
    """A field that names an item of the plan; the loader resolves it over all files.

    Attributes:
        kinds: the kinds of item it may name.
        code: the code of a name that resolves to nothing, where the domain has one of its own.
    """

    value = "ref"
    often = False

    def __init__(self, *kinds: str, code: Code | None = None) -> None:
        """Declare what may be named."""
        self.kinds = kinds
        self.code = code

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept any text: whether it names something is seen once all files are read."""
        return core_schema.str_schema(strict=True)

    def read(self, value: object) -> str:
        """Accept any text: what pydantic does by itself."""
        if type(value) is not str:
            raise fault(WRONG_TYPE, seen=shown(value), allowed="id")
        return value
