"""The small grammars: what is read, what is refused, and that spellings of one value are equal."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smartplan.plan import grammar
from smartplan.plan.grammar import Money, Refused, money, quantity

# Money


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("1500000", 1_500_000),
        ("1_500_000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("Rp1.500.000,00", 1_500_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("rp 1.500.000,0", 1_500_000),
        ("1.500.000 rupiah", 1_500_000),
        ("  1500000 ", 1_500_000),
        ("700.000", 700_000),
        ("0", 0),
        ("12 ribu", 12_000),
        ("700 juta", 700_000_000),
        ("700 jt", 700_000_000),
        ("700juta", 700_000_000),
        ("2,5 miliar", 2_500_000_000),
        ("2,5 milyar", 2_500_000_000),
        ("Rp 2,5 Miliar", 2_500_000_000),
        ("1,234567 juta", 1_234_567),
        ("1.250,5 juta", 1_250_500_000),
        ("2,5 miliar rupiah", 2_500_000_000),
        ("1 triliun", 1_000_000_000_000),
    ],
)
def test_money(text: str, rupiah: int) -> None:
    """Amounts are read as Indonesian papers print them, in whole rupiah, without doubt."""
    found = money(text)
    assert Money(rupiah) == found
    assert isinstance(found, Money)
    assert (text, False) == (found.text, found.unsure)


@pytest.mark.parametrize(
    "text", ["± 700 juta", "±700 juta", "sekitar 700 juta", "Kurang  lebih 700 juta"]
)
def test_about_that_much(text: str) -> None:
    """An amount may be given as about that much; it is not equal to the exact one."""
    assert Money(700_000_000, approximate=True) == money(text)
    assert money("700 juta") != money(text)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("12 M", 12 * 10**9),
        ("1 T", 10**12),
        ("2.5 miliar", 2_500_000_000),
        ("1.500 juta", 1_500_000_000),
    ],
)
def test_money_that_could_be_meant_otherwise(text: str, rupiah: int) -> None:
    """M, T, a point for the comma and thousands of millions are read with a doubt."""
    found = money(text)
    assert isinstance(found, Money)
    assert (rupiah, True) == (found.rupiah, found.unsure)


@pytest.mark.parametrize("text", ["12 m", "1 t", "5 MILIAR", "5 Juta"])
def test_case_of_units(text: str) -> None:
    """Words may be written in capitals; the letters M and T are capitals only."""
    assert (text[-1] in "mt") == isinstance(money(text), Refused)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,500,000", ("1.500.000", "1,5")),
        ("1.5", ("1,5 juta", "1.500")),
        ("1,5", ("1,5 juta", "1.500")),
        ("2,500", ("2.500", "2,5")),
        ("Rp 1,500,000.00", ("1.500.000", "1,5")),
        ("1.500.00", ("1.500", "1.500.000")),
        ("1500.00", ("1.500",)),
        ("1.500,000", ("1.500.000",)),
        ("1.5.0", ()),
        ("0.275", ()),
    ],
)
def test_ambiguous_money_is_refused_with_its_readings(text: str, readings: tuple[str, ...]) -> None:
    """An amount that two people read differently is refused, and both readings are offered."""
    assert Refused(readings) == money(text)


@pytest.mark.parametrize("text", ["1,500,000", "1.5", "2,500"])
def test_readings_lie_far_apart(text: str) -> None:
    """The readings offered are amounts that can be written, or decimals of a unit."""
    refused = money(text)
    assert isinstance(refused, Refused)
    assert 2 == len(set(refused.readings))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "-500",
        "- 500 juta",
        "1e9",
        "1.5e6",
        "Rp",
        "juta",
        "10,50",
        "1.500,5",
        "1.50.000",
        "0,0000001 juta",
        "1,2345678 juta",
        "12 juta ribu",
        "$ 500",
        "USD 500",
        "12.500,000",
        "1_00",
        "1..000",
        "5 rb",
        "inf",
        "nan",
        "１５００",
        "٥٠٠",
        "1 500 000",
        "9" * 30,
        "9" * 5000 + " juta",
    ],
)
def test_no_money(text: str) -> None:
    """Fractions of a rupiah, exponents, negative amounts, words, no end of digits: refused."""
    assert isinstance(money(text), Refused)


AMOUNTS = st.integers(0, 10**15)


def grouped(amount: int) -> str:
    """Write points between thousands."""
    return f"{amount:,}".replace(",", ".")


@given(AMOUNTS)
def test_spellings_of_one_amount_are_equal(amount: int) -> None:
    """However an amount is spelt, it is the same value, with the same hash."""
    points = grouped(amount)
    spellings = [
        str(amount), f"{amount:_}", points, f"Rp {points}", f"Rp{points},00", f"Rp. {points},-",
        f"{points} rupiah",
    ]  # fmt: skip
    read = {money(one) for one in spellings}
    assert {Money(amount)} == read


@given(AMOUNTS)
def test_printed_money_is_read_again(amount: int) -> None:
    """What is printed as an amount is read as the same amount, without a doubt."""
    found = money(str(Money(amount)))
    assert Money(amount) == found
    assert isinstance(found, Money)
    assert not found.unsure


@given(st.integers(0, 10**6), st.integers(0, 999), st.sampled_from(["juta", "miliar", "triliun"]))
def test_decimal_comma_with_a_unit(whole: int, thousandths: int, unit: str) -> None:
    """A decimal comma before a unit is exact: no amount passes through a float."""
    expected = (whole * 1000 + thousandths) * grammar.UNITS[unit] // 1000
    assert Money(expected) == money(f"{whole},{thousandths:03} {unit}")


@given(st.text(alphabet="Rp.0123456789,_- ±MTjutamilar", max_size=14))
def test_money_never_raises_and_is_never_negative(text: str) -> None:
    """Any text is an amount of rupiah, or refused."""
    found = money(text)
    if isinstance(found, Money):
        assert isinstance(found.rupiah, int)
        assert found.rupiah >= 0


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("-1", "-1"),
        ("+2", "2"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("0,125", "0.125"),
        ("1250", "1250"),
        ("1,250", "1.250"),
        ("1.250,5", "1250.5"),
        ("1.250.000", "1250000"),
        (" 3 ", "3"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    """Indicators have a decimal comma or point, and points between thousands."""
    found = quantity(text)
    assert found is not None
    assert (Decimal(value), None) == (found.value, found.other)


def test_ambiguous_number() -> None:
    """One point before three digits is read as thousands; the other reading is kept."""
    found = quantity("1.250")
    assert found is not None
    assert (Decimal(1250), Decimal("1.250")) == (found.value, found.other)


@pytest.mark.parametrize(
    "text",
    [
        *("", "5%", "1e3", "1,2,3", "1,250,000", "12/20", "± 5", ".5", "5.", "0x1F", "1_000", "x"),
        *("٥", "9" * 30, "9" * 5000),
    ],
)
def test_no_numbers(text: str) -> None:
    """A sign, a unit, an exponent, English separators or no end of digits make no number."""
    assert quantity(text) is None


@given(st.decimals(-(10**9), 10**9, places=4).filter(lambda one: one.is_finite()))
def test_numbers_are_exact(value: Decimal) -> None:
    """A number with a decimal comma is the very number; two spellings of it are equal."""
    comma, point = quantity(f"{value}".replace(".", ",")), quantity(f"{value}")
    assert comma is not None
    assert value == comma.value
    assert comma == point


# Years, dates, periods, ids


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024", (2024, 2024, False)),
        ("2024-2028", (2024, 2028, False)),
        ("2024 - 2028", (2024, 2028, False)),
        ("2024–2028", (2024, 2028, True)),
        ("2024—2028", (2024, 2028, True)),
        ("2028-2024", (2028, 2024, False)),
        ("24", None),
        ("2024-28", None),
        ("2024-", None),
        ("2024-sekarang", None),
        ("1899", None),
        ("2024/2025", None),
        ("2024-2025-2026", None),
        ("", None),
    ],
)
def test_years(text: str, found: tuple[int, int, bool] | None) -> None:
    """A year or a range; a long dash is read and noted; an open end is not written."""
    assert found == grammar.year_range(text)


@pytest.mark.parametrize(
    "text", ["2023", "2023-08", "2023-08-01", "2024-02-29", "2023-07-31/2023-08-01", "2023/2024"]
)
def test_dates(text: str) -> None:
    """A day, a month, a year, or two of them."""
    assert grammar.is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-13",
        "2023-00",
        "2023-02-29",
        "2023-04-31",
        "2023-8-1",
        "01-08-2023",
        "1 Agustus 2023",
        "2023-08-01/",
        "2023-08-02/2023-08-01",
        "2023/2024/2025",
        "2023-08-01T10:00",
        "23-08-01",
    ],
)
def test_no_dates(text: str) -> None:
    """Days that no calendar has, other orders and ranges that run backwards are no dates."""
    assert not grammar.is_date(text)


@given(st.dates(), st.dates())
def test_every_day_is_a_date(one: object, other: object) -> None:
    """Every day of the calendar is a date, and two days in order are a range."""
    assert grammar.is_date(str(one))
    assert (str(one) <= str(other)) == grammar.is_date(f"{one}/{other}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024", "2024"),
        ("2024-Q4", "2024-Q4"),
        ("2024-S1", "2024-S1"),
        ("2024-03", "2024-03"),
        ("TW4 2024", "2024-Q4"),
        ("TW 4 2024", "2024-Q4"),
        ("tw iv 2024", "2024-Q4"),
        ("Triwulan II/2024", "2024-Q2"),
        ("2024 TW3", "2024-Q3"),
        ("2024-TW1", "2024-Q1"),
        ("2024-Q5", None),
        ("2024-S3", None),
        ("2024-13", None),
        ("TW5 2024", None),
        ("2024-03-01", None),
        ("Q4", None),
    ],
)
def test_periods(text: str, found: str | None) -> None:
    """A period is a year, quarter, half year or month; TW is read as a quarter."""
    assert found == grammar.period(text)


@given(st.integers(1900, 2199), st.sampled_from(["", "-Q1", "-Q4", "-S2", "-07"]))
def test_periods_stay(year: int, part: str) -> None:
    """A period in the plan's own spelling is read as itself."""
    text = f"{year}{part}"
    assert text == grammar.period(text)


@pytest.mark.parametrize("text", ["A", "GOV-01", "GOV-01-I1", "diskominfo", "a1-2b-3", "x" * 40])
def test_ids(text: str) -> None:
    """Letters, digits and single hyphens, a letter first, forty characters at most."""
    assert grammar.is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1A",
        "-A",
        "A-",
        "A--B",
        "A B",
        "A_B",
        "A.B",
        "Ä",
        "x" * 41,
        "null",
        "True",
        "FALSE",
        "A\n",
        "2024",
    ],
)
def test_no_ids(text: str) -> None:
    """Blanks, signs, other letters and the words of YAML are no ids."""
    assert not grammar.is_id(text)


@given(st.text(max_size=60))
def test_suggested_ids_are_ids(text: str) -> None:
    """What is offered instead of a bad id is an id, or nothing is offered."""
    made = grammar.as_id(text)
    assert "" == made or grammar.is_id(made)


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,5}(-[A-Za-z0-9]{1,5}){0,3}", fullmatch=True))
def test_ids_are_offered_as_they_are(text: str) -> None:
    """An id resembles itself."""
    assume(grammar.is_id(text))
    assert text == grammar.as_id(text)
    assert text == grammar.as_id(text.replace("-", " "))


def test_units_grow() -> None:
    """The units of money stand in one order, so that none is a slip of another."""
    sizes = sorted(set(grammar.UNITS.values()))
    assert {1000} == {large // small for small, large in pairwise(sizes)}
    assert all(re.fullmatch("[a-zA-Z]+", unit) for unit in grammar.UNITS)


def test_no_thousand_begins_with_nothing() -> None:
    """`0.275` is less than one, not 275: a budget would be a thousand times too high."""
    amount = money("0.275 miliar")
    assert isinstance(amount, Money)
    assert (amount.rupiah, amount.unsure) == (275_000_000, True)
    number = quantity("0.275")
    assert number is not None
    assert (str(number.value), number.other) == ("0.275", None)
    assert isinstance(money("0.500.000"), Refused)
