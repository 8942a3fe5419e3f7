"""A change of a plan: what it is, how much it weighs, where it stands, by what it is named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from smartplan.plan.grammar import Money

if TYPE_CHECKING:
    from smartplan.compare.facts import Name, Plain
    from smartplan.text.source import Span

Op: TypeAlias = Literal["add", "remove", "set", "move", "rename", "reorder", "comment", "format"]
State: TypeAlias = Literal["draft", "approved"]


class Weight(IntEnum):
    """How much a change asks for, by its consequence (review.md 7.3).

    FORMAT: no value changed. EDITORIAL: the meaning is untouched. ROUTINE: running the plan.
    SIGNIFICANT: owner and secretariat should look. AMENDMENT: the approved plan changes, which
    asks for a formal decision. INVALID: the plan contradicts itself.
    """

    FORMAT = 0
    EDITORIAL = 1
    ROUTINE = 2
    SIGNIFICANT = 3
    AMENDMENT = 4
    INVALID = 5

    @property
    def word(self) -> str:
        """Its name in files and outputs."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Weight:
        """Give the weight of a word."""
        return cls[word.upper()]


FORMAT, EDITORIAL, ROUTINE, SIGNIFICANT, AMENDMENT, INVALID = Weight


@dataclass(frozen=True, slots=True)
class Named:
    """An item as a reader knows it.

    Attributes:
        name: what it is called.
        noun: what it is; empty where the format knows no such collection.
        title: its title.
        illustrative: whether it is invented, so that every output must mark it.
    """

    name: Name
    noun: str
    title: str
    illustrative: bool = False

    @property
    def id(self) -> str:
        """Its id or natural key; its collection if it stands once."""
        return self.name.key or self.name.collection


@dataclass(frozen=True, kw_only=True)
class Change:
    """One primitive change, told once.

    Attributes:
        rule: what kind of change it is, an id of `compare/taxonomy.py`.
        weight: how much it weighs, by rule, state and policy.
        op: what was done.
        path: where, by names: `actions[GOV-01].budget.2027`.
        item: the item that changed; none for a file.
        within: the item that holds it, such as the action of an indicator.
        label: the English title of the field, empty for a whole item.
        field_of: noun and key of the field, by which catalogs know its title.
        choices: the list of words of which the value is one, by which catalogs know it.
        old: the value before; none if there was none.
        new: the value after; none if there is none.
        delta: how much more or less, of amounts and numbers.
        unit: of numbers: `rupiah`, or the unit of the indicator.
        better: whether a number moved the way it should; none where nobody says which way.
        state: whether the item was approved at the base.
        old_at: where the value stood.
        new_at: where it stands.
        used_by: paths of the items that refer to the item; empty unless the whole plan was read.
        hint: the id of a look-alike that may be the same item.
        dimension: the dimension of the action or goal it belongs to; empty if it has none.
        agency: the lead agency; empty if it has none.
        declared: whether a new id was declared with `formerly`.
        body: a digest of all that came or went with it, where that is more than the value.
    """

    rule: str
    weight: Weight
    op: Op
    path: str
    item: Named | None = None
    within: Named | None = None
    label: str = ""
    field_of: tuple[str, str] = ("", "")
    choices: str = ""
    old: Plain = None
    new: Plain = None
    delta: Decimal | int | None = None
    unit: str = ""
    better: bool | None = None
    state: State = "draft"
    old_at: Span | None = field(default=None, compare=False)
    new_at: Span | None = field(default=None, compare=False)
    used_by: tuple[str, ...] = ()
    hint: str = ""
    dimension: str = ""
    agency: str = ""
    declared: bool = False
    body: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """Name exactly this change: rule, path, old and new value, nothing else.

        Old or new value of a whole item is all that it holds, so that nothing slips into an item
        after somebody approved that it is added.
        The first 16 hex digits of SHA-256 over RFC 8785 JSON: it does not know language, line,
        layout or neighbours, so an approval holds as long as the change stays what it is.
        """
        values = [plain(self.old), plain(self.new), *filter(None, [self.body])]
        told = canonical([self.rule, self.path, *values])
        return hashlib.sha256(told).hexdigest()[:16]

    @property
    def percent(self) -> Decimal | None:
        """How much more or less in percent of the value before.

        None if that was nothing, or if the value after is there and unknown: that is no cut.
        """
        before = magnitude(self.old)
        unknown = self.op != "remove" and magnitude(self.new) is None
        if self.delta is None or not before or unknown:
            return None
        return Decimal(self.delta) * 100 / before


def magnitude(value: Plain) -> Decimal | None:
    """Give a value as a number, if it is one: rupiah of an amount."""
    if isinstance(value, Money):
        return Decimal(value.rupiah)
    return value if isinstance(value, Decimal) else None


def plain(value: Plain) -> Any:  # noqa: ANN401  # what JSON can hold
    """Give a value as JSON holds it: whole numbers as such, other numbers as text, never floats."""
    if isinstance(value, Money):
        return {"about": value.rupiah} if value.approximate else value.rupiah
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if whole == value else str(value.normalize())
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def canonical(value: Any) -> bytes:  # noqa: ANN401  # what JSON can hold
    """Write a value as RFC 8785 does: sorted keys, no blanks, UTF-8; numbers are whole here."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
