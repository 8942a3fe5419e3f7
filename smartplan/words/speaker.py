"""A speaker says codes, labels, amounts and dates in one language.

English messages, titles and descriptions stand in the code; a catalog `words/<language>.yaml`
holds everything in its language, and `en.yaml` the labels that no code carries. Amounts and dates
are written by Babel, which is imported at the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, cached_property
from pathlib import Path
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from smartplan.plan.grammar import Money, Quantity
from smartplan.text.document import Document
from smartplan.text.finding import Term
from smartplan.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smartplan.text.finding import Code, Finding

DIGITS = 100
"""Babel fails for a number of more digits than the context has; sums of slips may be long."""
LOCALES = {"id": "id_ID", "en": "en_GB"}


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalog."""
    here = Path(__file__).parent.iterdir()
    return tuple(sorted(one.stem for one in here if one.suffix == ".yaml"))


class Catalog(Mapping[str, Any]):
    """A text of words by key, each part of which is read only when somebody asks for it.

    A plan with three findings needs three of a hundred messages, and the labels of a screen.
    """

    def __init__(self, name: str, text: str, depth: int = 0) -> None:
        """Part a text at its keys.

        Args:
            name: what its file is called.
            text: block mappings two blanks deep each, as in `id.yaml`.
            depth: how deep its keys stand.
        """
        self._name, self._depth = name, depth
        begin = list(re.finditer(rf"^{'  ' * depth}(\w+):", text, re.MULTILINE))
        ends = [*(one.start() for one in begin[1:]), len(text)]
        self._texts = {
            one[1]: text[one.start() : end] for one, end in zip(begin, ends, strict=True)
        }
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # our own data, checked by tests
        """Give what stands under a key."""
        if key not in self._read:
            text = self._texts[key]
            parted = not self._depth and key in PARTED
            self._read[key] = Catalog(self._name, text, 1) if parted else self._content(key, text)
        return self._read[key]

    def _content(self, key: str, text: str) -> Any:  # noqa: ANN401  # as above
        document = Document.read(Source(self._name, text))
        if document.findings or not isinstance(document.data, dict):
            message = f"the catalog {self._name} is broken: {key}"
            raise ValueError(message)
        return document.data[key]

    def __iter__(self) -> Iterator[str]:
        """Give its keys."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count its keys."""
        return len(self._texts)


PARTED = ("labels", "screen", "codes", "fields")
"""The sections of which a run needs a few entries."""


@cache
def catalog(language: str) -> Catalog:
    """The content of `words/<language>.yaml`."""
    name = f"{language}.yaml"
    return Catalog(name, (get_data("smartplan.words", name) or b"").decode())


@dataclass(frozen=True)
class Speaker:
    """Says things in one language.

    Attributes:
        language: `id` or `en`; the name of a catalog.
    """

    language: str

    @cached_property
    def words(self) -> Any:  # noqa: ANN401  # our own data
        """The catalog."""
        return catalog(self.language)

    @property
    def locale(self) -> str:
        """The locale for numbers and dates."""
        return LOCALES.get(self.language, self.language)

    # Labels

    def label(self, key: str, **args: object) -> str:
        """Say a label, such as `masterplan.title`, with its arguments filled in.

        Raises:
            KeyError: no such label; a fault of ours that a test finds.
        """
        return self._labelled("labels", key, args)

    def screen(self, key: str, **args: object) -> str:
        """Say a label of the screen, such as `did_you_mean`.

        Raises:
            KeyError: no such label; a fault of ours that a test finds.
        """
        return self._labelled("screen", key, args)

    def _labelled(self, section: str, key: str, args: dict[str, object]) -> str:
        value: Any = self.words[section]
        for step in key.split("."):
            value = value[step]
        return _fill(str(value), {name: self.value(one) for name, one in args.items()})

    def choice(self, name: str, value: str | None) -> str:
        """Say one of the words of a `Choice`; a missing one as missing, a wrong one as written."""
        if value is None:
            return self.unset
        return str(self.words["choices"][name].get(value, value))

    @property
    def unset(self) -> str:
        """What stands where a plan says nothing: belum ditetapkan."""
        return self.label("unset")

    def named(self, name: dict[str, str]) -> str:
        """Choose the name of a register's entry."""
        return name.get(self.language) or next(iter(name.values()))

    # Values

    def value(self, value: object) -> str:
        """Say an argument of a message."""
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Quantity):
            return self.number(value.value)
        if isinstance(value, Decimal):
            return self.number(value)
        if isinstance(value, list | tuple):
            return ", ".join(self.value(one) for one in value)
        if isinstance(value, Term):
            return str(self.words.get("terms", {}).get(str(value), value))
        return str(value)

    def money(self, amount: Money | int | None) -> str:
        """Say an amount in rupiah as Babel prints the locale; ± if it is approximate."""
        if amount is None:
            return self.unset
        from babel.numbers import format_decimal

        rupiah = amount.rupiah if isinstance(amount, Money) else amount
        with localcontext(prec=DIGITS):
            digits = format_decimal(rupiah, format="#,##0", locale=self.locale)
        said = f"Rp\N{NO-BREAK SPACE}{digits}"
        about = isinstance(amount, Money) and amount.approximate
        return f"±\N{NO-BREAK SPACE}{said}" if about else said

    def short_money(self, amount: int | None) -> str:
        """Say an amount in millions or billions, for headlines: `Rp 82,4 miliar`."""
        if amount is None:
            return self.unset
        from babel.numbers import format_compact_decimal

        with localcontext(prec=DIGITS):
            said = format_compact_decimal(
                amount, format_type="long", locale=self.locale, fraction_digits=1
            )
        return f"Rp\N{NO-BREAK SPACE}{said}".replace(" ", "\N{NO-BREAK SPACE}")

    def number(self, value: Decimal | int | None) -> str:
        """Say a number with the locale's separators and all its decimals."""
        if value is None:
            return self.unset
        from babel.numbers import format_decimal

        with localcontext(prec=DIGITS):
            return str(format_decimal(value, locale=self.locale, decimal_quantization=False))

    def score(self, value: Decimal) -> str:
        """Say a score with its two decimals, as letters print it: `2,50`."""
        from babel.numbers import format_decimal

        with localcontext(prec=DIGITS):
            return str(format_decimal(value, format="0.00", locale=self.locale))

    def percent(self, share: Decimal | float) -> str:
        """Say a share (0 to 1) in percent, with one decimal where it has one."""
        from babel.numbers import format_percent

        with localcontext(prec=DIGITS):
            return str(format_percent(share, format="#,##0.#%", locale=self.locale))

    def date(self, text: str | None) -> str:
        """Say a date or a range as the plan writes it: `2023-07-31/2023-08-01`."""
        if not text:
            return self.unset
        return " – ".join(self._day(part) for part in text.split("/"))

    def _day(self, text: str) -> str:
        from datetime import date

        from babel.dates import format_date, format_skeleton

        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1:
            return text
        day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)  # noqa: PLR2004  # y-m-d
        if len(parts) == 2:  # noqa: PLR2004  # y-m
            return str(format_skeleton("yMMMM", day, locale=self.locale))
        return str(format_date(day, format="d MMMM y", locale=self.locale))

    def years(self, years: Iterable[int]) -> str:
        """Say a set of years, runs joined: `2024, 2026–2028`."""
        runs: list[list[int]] = []
        for year in sorted(years):
            if runs and runs[-1][1] == year - 1:
                runs[-1][1] = year
            else:
                runs.append([year, year])
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs) or self.unset

    # Findings

    def say(self, finding: Finding) -> str:
        """Say a finding in one sentence."""
        return self.say_code(finding.code, finding.remark.args)

    def say_code(self, code: Code, args: Mapping[str, object]) -> str:
        """Say the sentence of a code with its arguments."""
        return self.fill(self._of(code, "says"), args)

    def fill(self, template: str, args: Mapping[str, object]) -> str:
        """Fill named arguments into a text of a code."""
        return _fill(template, {name: self.value(one) for name, one in args.items()})

    def remedy(self, code: Code) -> str:
        """Say what to do about it."""
        return self._of(code, "fix")

    def sentence(self, code: Code) -> str:
        """Say the sentence of a code with its arguments still open."""
        return self._of(code, "says")

    def reason(self, code: Code) -> str:
        """Say why it matters."""
        return self._of(code, "why")

    def _of(self, code: Code, part: str) -> str:
        said = self.words.get("codes", {}).get(code.id, {}).get(part)
        return str(said or getattr(code, part))

    def field(self, noun: str, name: str, title: str) -> str:
        """Say the title of a field of an entity; `title` is the English one."""
        fields = self.words.get("fields", {})
        return str(fields.get(noun, {}).get(name) or fields.get("any", {}).get(name) or title)


def _fill(template: str, args: dict[str, str]) -> str:
    """Fill in named arguments; braces inside an argument stay text."""
    return re.sub(r"\{(\w+)\}", lambda match: args.get(match[1], match[0]), template)
