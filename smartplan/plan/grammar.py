"""The small grammars of the plan format: ids, years, dates, periods, numbers, money.

Pure functions from text to values: they know no file, no plan and no message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

DEFAULT_FUND = "apbd"
"""The fund of a bare amount in a plan whose header names none."""

DEFAULT_TAXONOMY = "kominfo-2021"
"""The set of dimensions of a plan whose header names none."""

AMOUNT_WORDS = frozenset(("amount", "unit_cost"))
"""Keys that make a mapping under a year one amount; they are never ids of funds."""

GATES = ("routine", "significant", "amendment", "invalid")
"""Weights at which a review may stop a change."""

STAGES = (
    "draft",
    "bimtek-1",
    "bimtek-2",
    "bimtek-3",
    "bimtek-4",
    "final",
    "adopted",
    "running",
    "ended",
)
"""The stages of a plan in their order (format.md, principle 8)."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_YEARS = re.compile(r"([0-9]{4})\s*([-–—])\s*([0-9]{4})")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PERIOD = re.compile(r"[0-9]{4}(?:-(?:Q[1-4]|S[12]|0[1-9]|1[0-2]))?")
_QUARTER = re.compile(r"(?:TW|Triwulan|Q)[ -]?([1-4]|IV|I{1,3})[ /-]*([0-9]{4})", re.IGNORECASE)
_QUARTER_AFTER = re.compile(
    r"([0-9]{4})[ /-]*(?:TW|Triwulan|Q)[ -]?([1-4]|IV|I{1,3})", re.IGNORECASE
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}

ID_LENGTH = 40
RESERVED_IDS = ("null", "true", "false")


def next_stage(stage: str) -> str:
    """Give the stage that follows; the last one follows itself."""
    return STAGES[min(STAGES.index(stage) + 1, len(STAGES) - 1)]


def is_id(text: str) -> bool:
    """Tell whether a text can be an id: letters, digits, single hyphens, a letter first."""
    return (
        len(text) <= ID_LENGTH
        and _ID.fullmatch(text) is not None
        and text.casefold() not in RESERVED_IDS
    )


def as_id(text: str) -> str:
    """Give the id that a text resembles, or nothing."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    made = "-".join(words)[:ID_LENGTH].rstrip("-")
    return made if is_id(made) else ""


_often = lru_cache(maxsize=4096)
"""Of years and figures few are written thousands of times."""


@_often
def year(text: str) -> int | None:
    """Read a year from 1900 to 2199."""
    return int(text) if _YEAR.fullmatch(text.strip()) else None


@_often
def year_range(text: str) -> tuple[int, int, bool] | None:
    """Read a year or a range, both ends included; the flag says that the dash is a long one."""
    if (single := year(text)) is not None:
        return single, single, False
    match = _YEARS.fullmatch(text.strip())
    if not match:
        return None
    first, last = year(match[1]), year(match[3])
    return None if first is None or last is None else (first, last, match[2] != "-")


def is_date(text: str) -> bool:
    """Tell whether a text is a day, a month, a year, or a range of two such."""
    parts = text.split("/")
    return len(parts) <= 2 and all(_is_day(part) for part in parts) and parts == sorted(parts)  # noqa: PLR2004  # from/to


def _is_day(text: str) -> bool:
    match = _DAY.fullmatch(text)
    if not match:
        return False
    month = int(match[2] or 1)
    if not 1 <= month <= 12:  # noqa: PLR2004  # months
        return False
    return 1 <= int(match[3] or 1) <= _days(int(match[1]), month)


def _days(in_year: int, month: int) -> int:
    leap = in_year % 4 == 0 and (in_year % 100 != 0 or in_year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


_MONTHS = (
    ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)
_LOOSE_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_WRITTEN_DAY = re.compile(r"(?:([0-9]{1,2})\s+)?([A-Za-z]{3,9})\.?\s+([0-9]{4})")


def as_date(text: str) -> str:
    """Give the date that a text resembles, or nothing: `1 Agustus 2023`, `01/08/2023`, `2023-8-1`.

    Of figures alone the day comes first, as in Indonesia, unless the year does.
    """
    text = text.strip()
    if match := _LOOSE_DAY.fullmatch(text):
        parts: list[str | int | None] = [match[1], match[2], match[3]]
    elif match := _DAY_FIRST.fullmatch(text):
        parts = [match[3], match[2], match[1]]
    elif match := _WRITTEN_DAY.fullmatch(text):
        short = match[2][:3].casefold()
        months = [names.index(short) + 1 for names in _MONTHS if short in names]
        parts = [match[3], months[0] if months else 0, match[1]]
    else:
        return ""
    made = "-".join(f"{int(part):02}" for part in parts if part is not None)
    return made if is_date(made) else ""


def is_month(text: str) -> bool:
    """Tell whether a text is a year with a month: `2024-03`."""
    return len(text) == len("2024-03") and _is_day(text)


def period(text: str) -> str | None:
    """Read a reporting period into its own spelling: `TW4 2024` gives `2024-Q4`."""
    text = text.strip()
    if _PERIOD.fullmatch(text):
        return text
    if match := _QUARTER.fullmatch(text):
        return f"{match[2]}-Q{_ROMAN.get(match[1].upper(), match[1])}"
    if match := _QUARTER_AFTER.fullmatch(text):
        return f"{match[1]}-Q{_ROMAN.get(match[2].upper(), match[2])}"
    return None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of an indicator. Two spellings of one value are equal.

    Attributes:
        value: the number.
        text: as it was written.
        other: what it could also mean (`1.250`: 1250, or 1.25), if it can.
    """

    value: Decimal
    text: str = field(compare=False, default="")
    other: Decimal | None = field(compare=False, default=None)


LONGEST = 25
"""So many signs a number may have: a longer one is a slip, and sums would not be exact."""
_PLAIN = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
"""Points between thousands; `0.275` has none, whatever stands behind the point."""
_GROUPED = re.compile(rf"[-+]?{_THOUSANDS}(?:,[0-9]+)?")


@_often
def quantity(text: str) -> Quantity | None:
    """Read a number: decimal comma or point, points between thousands."""
    written = text.strip()
    if len(written) > LONGEST:
        return None
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        value = Decimal(written.replace(".", "").replace(",", "."))
        unsure = written.count(".") == 1 and "," not in written
        return Quantity(value, text, Decimal(written) if unsure else None)
    if not _PLAIN.fullmatch(written):
        return None
    try:
        return Quantity(Decimal(written.replace(",", ".")), text)
    except InvalidOperation:  # pragma: no cover  # the pattern admits nothing else
        return None


@dataclass(slots=True, unsafe_hash=True)  # frozen ones take three times as long to make
class Money:
    """An amount in whole rupiah. Two spellings of one value are equal. Nobody changes it.

    Attributes:
        rupiah: the amount, never negative.
        approximate: whether it was given as about that much.
        text: as it was written; empty if it was worked out.
        unsure: whether a person could read the text as another amount.
    """

    rupiah: int
    approximate: bool = False
    text: str = field(compare=False, default="")
    unsure: bool = field(compare=False, default=False)

    @property
    def plainly(self) -> str:
        """The amount with points between thousands: `Rp 1.500.000`."""
        return f"Rp {self.rupiah:,}".replace(",", ".")

    def __str__(self) -> str:
        """The amount with points between thousands."""
        return self.plainly


class Refused(NamedTuple):
    """A text that is no amount, with what it may have been meant to be."""

    readings: tuple[str, ...] = ()


UNITS = {
    "ribu": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "M": 10**9,
    "triliun": 10**12,
    "T": 10**12,
}
_APPROXIMATE = re.compile(r"(?:±|kurang\s+lebih|sekitar)\s*", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<currency>Rp\.?\s*)?(?P<number>[0-9][0-9._,]*?)(?P<end>,-)?"
    r"(?:\s*(?P<unit>ribu|jt|juta|miliar|milyar|triliun|(?-i:M|T)))?(?P<word>\s*rupiah)?",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"[0-9]+|[1-9][0-9]{{0,2}}(?:_[0-9]{{3}})+|{_THOUSANDS}")
_PLAIN_RUPIAH = re.compile(rf"(?:Rp\.? ?)?([0-9]+|{_THOUSANDS})")
"""What most amounts are: the rest of the grammar has nothing to add to them."""
_CENTS = re.compile(rf"(?P<whole>[0-9]+|{_THOUSANDS}),0{{1,2}}")
_DECIMAL = re.compile(rf"(?P<whole>[0-9]+|{_THOUSANDS}),(?P<part>[0-9]+)")
_POINT = re.compile(r"[0-9]+\.[0-9]{1,2}|0\.[0-9]+")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


@_often
def money(text: str) -> Money | Refused:
    """Read an amount as Indonesian papers print it (the table of `format.md`, Small grammars).

    Refuses what two people could read as different amounts, a fraction of a rupiah, an exponent,
    a negative amount and one of more digits than any city has.
    """
    if (match := _PLAIN_RUPIAH.fullmatch(text)) and len(match[1]) <= LONGEST:
        return Money(int(match[1].replace(".", "")), text=text)
    written = text.strip()
    bare = _APPROXIMATE.sub("", written, count=1) if _APPROXIMATE.match(written) else written
    approximate = bare != written
    match = _AMOUNT.fullmatch(bare)
    if not match or len(match["number"]) > LONGEST:
        return Refused()
    number, unit = match["number"], match["unit"]
    if unit is None:
        return _rupiah(number, text, approximate=approximate)
    return _with_unit(number, unit, text, approximate=approximate)


_IN_FULL = {"M": "miliar", "T": "triliun"}


def unit_in_full(text: str) -> str:
    """Write an amount with a short unit or a decimal point in full: `2.5 M` gives `2,5 miliar`.

    Nothing if a point may part thousands too (`1.500 miliar`): nobody knows which is meant.
    """
    text = text.strip()
    about = _APPROXIMATE.match(text)
    match = _AMOUNT.fullmatch(text, about.end() if about else 0)
    if not match or not match["unit"] or match["end"]:
        return ""
    number, unit = match["number"], match["unit"]
    if _POINT.fullmatch(number):
        number = number.replace(".", ",")
    elif "." in number:
        return ""
    unit = _IN_FULL.get(unit, unit)
    return f"{text[: match.start('number')]}{number} {unit}{match['word'] or ''}"


def _digits(text: str) -> int:
    return int(re.sub(r"[._]", "", text))


def _rupiah(number: str, text: str, *, approximate: bool) -> Money | Refused:
    cents = _CENTS.fullmatch(number)
    if cents:
        number = cents["whole"]
    if _WHOLE.fullmatch(number):
        return Money(_digits(number), approximate, text)
    return Refused(_readings(number))


def _with_unit(number: str, unit: str, text: str, *, approximate: bool) -> Money | Refused:
    name = unit if unit in UNITS else unit.casefold()
    factor = UNITS[name]
    unsure = name in ("M", "T")
    if _WHOLE.fullmatch(number):
        unsure = unsure or "." in number
        return Money(_digits(number) * factor, approximate, text, unsure)
    decimal = _DECIMAL.fullmatch(number)
    if decimal:
        value = Decimal(f"{_digits(decimal['whole'])}.{decimal['part']}") * factor
    elif _POINT.fullmatch(number):
        value, unsure = Decimal(number) * factor, True
    else:
        return Refused(tuple(f"{one} {unit}" for one in _readings(number)))
    if value != value.to_integral_value():
        return Refused()
    return Money(int(value), approximate, text, unsure)


def _readings(number: str) -> tuple[str, ...]:
    """What a refused number may mean, in both ways of writing separators."""
    if _ENGLISH.fullmatch(number):
        groups = number.split(".", maxsplit=1)[0].split(",")
        decimal = f"{groups[0]},{groups[1].rstrip('0') or '0'}"
        return f"{int(''.join(groups)):,}".replace(",", "."), decimal
    if match := re.fullmatch(r"([0-9]{1,3})[.,]([0-9]{1,2})", number):
        return f"{match[1]},{match[2]} juta", f"{match[1]}.{match[2]:0<3}"
    first, *others = re.split(r"[.,]", number)
    *threes, last = others or [""]
    if not first.isdecimal() or first.startswith("0") or any(len(x) != GROUP for x in threes):
        return ()
    whole = "".join([first, *threes])
    if len(last) == GROUP:
        return (_grouped(whole + last),)
    if not last or len(last) > GROUP:
        return ()
    return (_grouped(whole), _grouped(whole + last.ljust(GROUP, "0")))[: 1 + bool(threes)]


GROUP = 3
"""Digits between two separators of thousands."""


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")
