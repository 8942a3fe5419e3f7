"""A plan as facts: every item by its name, every value of it by its path, without the models.

This is what comparing, textconv, digests and history stand on. Two ways of writing one thing give
the same facts: spellings of an amount, wrapped text, an absent key and an empty one, the short
forms of the format, one file or many. Nothing is judged; what cannot be read stays the text it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from smartplan.compare import shapes
from smartplan.compare.reading import number, read, text_key
from smartplan.plan.grammar import AMOUNT_WORDS, DEFAULT_FUND, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from smartplan.compare.shapes import Shape
    from smartplan.text.document import Document
    from smartplan.text.source import Span

Plain: TypeAlias = "str | int | Decimal | bool | Money | tuple[Any, ...] | None"
Steps: TypeAlias = tuple[str, ...]
"""The way to a value in its item; a member of a list is a step in brackets: `[GOV-02]`."""
Route: TypeAlias = tuple[str | int, ...]

NO_ROUTE: Route = ()
ORDERED = ("priorities",)
"""Keys whose lists are ranked, where the plan format knows nothing of the key."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The name of an item: its collection and its id or natural key; no key if it stands once."""

    collection: str
    key: str = ""

    def __str__(self) -> str:
        """Write it as in findings: `actions[GOV-01]`, `vision`."""
        return f"{self.collection}[{self.key}]" if self.key else self.collection


def joined(steps: Iterable[str]) -> str:
    """Write steps as a path: `.budget.2027`, `.depends_on[GOV-02]`."""
    return "".join(step if step.startswith("[") else f".{step}" for step in steps)


def with_new_name(steps: Steps, value: Any, names: Mapping[str, str]) -> tuple[Steps, Any]:
    """Give a value and its steps as if it had named a renamed item by its new id.

    Args:
        steps: where it stands; of a member of a list the last step is the member itself.
        value: the id, or any other value, which stays as it is.
        names: new ids by old ones.
    """
    new = names.get(value) if isinstance(value, str) else None
    if new is None:
        return steps, value
    return ((*steps[:-1], f"[{new}]") if steps[-1] == f"[{value}]" else steps), new


class Leaf(NamedTuple):
    """One value of an item.

    Attributes:
        value: what it means; none for an amount that is named but unknown.
        written: as it stands in the file.
        shape: what the plan format says of the field; none if it knows no such field.
        route: where it stands in its document.
        short: whether it is a bare amount, whose path names no fund.
    """

    value: Plain
    written: str
    shape: Shape | None
    route: Route
    short: bool = False


@dataclass(slots=True)
class Item:
    """One item of a plan, with every value that stands in it.

    Attributes:
        name: what it is called.
        noun: what it is: `action`, `indicator`; empty where the format knows no such collection.
        shape: the shape of its collection; none if the format knows no such collection.
        document: the file it stands in.
        route: where it stands there.
        holder: the item that it stands in, such as the action of an indicator.
        leaves: its values by their steps.
        parts: the steps of what can be absent as a whole: records, and members of lists of them.
        formerly: ids that it had before.
        provenance: its own or its holder's; none if it has only the file's.
    """

    name: Name
    noun: str
    shape: Shape | None
    document: Document
    route: Route
    holder: Name | None = None
    leaves: dict[Steps, Leaf] = field(default_factory=dict)
    parts: set[Steps] = field(default_factory=set)
    formerly: tuple[str, ...] = ()
    provenance: tuple[tuple[Steps, Plain], ...] | None = None

    @property
    def title(self) -> str:
        """What people call it: title, name or text; what an approval approves; else its key."""
        for key in ("title", "name", "label", "text", "statement", "path"):
            leaf = self.leaves.get((key,))
            if leaf is not None and isinstance(leaf.value, str):
                return leaf.value
        return self.name.key or self.name.collection

    @property
    def file(self) -> str:
        """The path of its file."""
        return self.document.source.path

    def get(self, *steps: str) -> Plain:
        """Give a value of it; none if it is absent."""
        leaf = self.leaves.get(steps)
        return leaf.value if leaf else None

    def members(self, key: str) -> list[str]:
        """Give the members of a list of scalars, in order."""
        return [steps[1][1:-1] for steps in self.leaves if len(steps) > 1 and steps[0] == key]

    def at(self, route: Route) -> Span:
        """Give the place of something in it."""
        return self.document.locate(route)


@dataclass(slots=True)
class Facts:
    """All items of a plan at one time.

    Attributes:
        items: every item by name, in the order of the files.
        lists: the items of each list by file, holder and collection, in their order.
        provenance: what each file says of all it holds.
        documents: the files.
        root: the folder of the plan as it begins the paths of its files, or its only file.
        uncounted: items that belong to no sum, since the other side's file of them is broken.
    """

    items: dict[Name, Item] = field(default_factory=dict)
    lists: dict[tuple[str, Name | None, str], list[Name]] = field(default_factory=dict)
    provenance: dict[str, tuple[tuple[Steps, Plain], ...]] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    root: str = ""
    uncounted: frozenset[Name] = frozenset()

    def inside(self, path: str) -> str:
        """Give the path of a file inside the plan; nothing for a plan of one file."""
        return "" if path == self.root else path.removeprefix(f"{self.root}/")

    def of(self, collection: str) -> Iterator[Item]:
        """Give the items of a collection."""
        return (item for name, item in self.items.items() if name.collection == collection)

    def value(self, collection: str, *steps: str) -> Plain:
        """Give a value of something that stands once, such as `plan`, `stage`."""
        item = self.items.get(Name(collection))
        return item.get(*steps) if item else None

    def effective_provenance(self, item: Item) -> tuple[tuple[Steps, Plain], ...]:
        """Give where an item comes from: its own, its holder's, or the file's provenance."""
        if item.provenance is not None:
            return item.provenance
        return self.provenance.get(item.file, ())


def gather(documents: Iterable[Document], root: str = "") -> Facts:
    """Gather the facts of a plan out of its files, in path order; broken files have none."""
    facts = Facts(documents=list(documents), root=root)
    readable = [one for one in facts.documents if isinstance(one.data, dict)]
    fund = next(filter(None, map(_default_fund, readable)), DEFAULT_FUND)
    for document in readable:
        _Gatherer(facts, document, fund).document_facts()
    return facts


def _default_fund(document: Document) -> str:
    header = document.data.get("plan") if isinstance(document.data, dict) else None
    return str((header.get("default_fund") or "") if isinstance(header, dict) else "")


@dataclass(slots=True)
class _Gatherer:
    """Walks one file."""

    facts: Facts
    document: Document
    fund: str

    def document_facts(self) -> None:
        data: Any = self.document.data
        if isinstance(provenance := data.get("provenance"), dict):
            self.facts.provenance[self.document.source.path] = self.provenance(provenance)
        for name, content in data.items():
            if name != "provenance" and content is not None:
                self.collection(name, content)

    def provenance(self, data: dict[str, Any]) -> tuple[tuple[Steps, Plain], ...]:
        """Give a provenance as values."""
        shape = shapes.shape_at(("actions", "provenance"))
        aside = Item(Name("provenance"), "provenance", shape, self.document, ("provenance",))
        self.walk(aside, data, shape, (), NO_ROUTE)
        return tuple(sorted((steps, leaf.value) for steps, leaf in aside.leaves.items()))

    def collection(self, name: str, content: Any) -> None:
        shape = shapes.collection(name)
        listed = isinstance(content, list) and all(isinstance(one, dict) for one in content)
        keyed = shape.kind in ("keyed", "natural") if shape else listed and _all_have_ids(content)
        if keyed and listed:
            self.items(name, content, shape, (name,), None)
            return
        item = self.item(Name(name), shape, (name,), None)
        if item is not None:
            self.walk(item, content, shape, (), (name,))

    def items(
        self, name: str, content: list[Any], shape: Shape | None, route: Route, holder: Item | None
    ) -> None:
        """Gather the items of a list."""
        names = self.facts.lists.setdefault(
            (self.document.source.path, holder.name if holder else None, name), []
        )
        for index, raw in enumerate(content):
            key = _key(raw, shape.key if shape else ()) or f"?{index + 1}"
            item = self.item(self.free(Name(name, key)), shape, (*route, index), holder)
            if item is not None:
                names.append(item.name)
                self.walk_fields(item, raw, shape, (), item.route)

    def free(self, name: Name) -> Name:
        """Give a second item of one name a name of its own, so that none is lost."""
        number = 2
        free = name
        while free in self.facts.items:
            free = Name(name.collection, f"{name.key}~{number}")
            number += 1
        return free

    def item(
        self, name: Name, shape: Shape | None, route: Route, holder: Item | None
    ) -> Item | None:
        """Begin an item; none if it stands once and is there already."""
        if name in self.facts.items:
            return None
        noun = shape.noun if shape else ""
        item = Item(name, noun, shape, self.document, route, holder.name if holder else None)
        item.provenance = holder.provenance if holder else None
        self.facts.items[name] = item
        return item

    # Inside an item

    def walk(self, item: Item, value: Any, shape: Shape | None, steps: Steps, route: Route) -> None:
        """Gather the values under one place of an item."""
        if value is None or value in ([], {}):
            if value is None and _is_amount(shape):
                item.leaves[steps] = Leaf(None, "", shape, route)
        elif shape is None:
            self.walk_unknown(item, value, steps, route)
        elif shape.kind in ("keyed", "natural") and isinstance(value, list):
            self.walk_list(item, value, shape, steps, route)
        elif shape.kind in ("set", "ordered"):
            self.walk_scalars(item, value, shape, steps, route)
        elif shape.kind == "part":
            self.walk_part(item, value, shape, steps, route)
        elif shape.kind == "map":
            self.walk_map(item, value, shape, steps, route)
        else:
            item.leaves[steps] = Leaf(read(value, shape), _written(value), shape, route)

    def walk_fields(
        self, item: Item, value: dict[str, Any], shape: Shape | None, steps: Steps, route: Route
    ) -> None:
        """Gather the fields of an item or of a part of it."""
        own = value.get("provenance")
        if isinstance(own, dict) and not steps:
            item.provenance = self.provenance(own)
        for key, inside in value.items():
            if key == "formerly" and not steps:
                item.formerly = tuple(map(str, inside if isinstance(inside, list) else [inside]))
            elif steps or not (key == "provenance" or (key == "id" and item.name.key)):
                below = shape.inside(key) if shape else None
                self.walk(item, inside, below, (*steps, key), (*route, key))

    def walk_part(self, item: Item, value: Any, shape: Shape, steps: Steps, route: Route) -> None:
        if not isinstance(value, dict):  # the short form `origin: new` is `{new: true}`
            flag = shape.inside(str(value))
            leaf = Leaf("true" if flag else str(value), _written(value), flag or shape, route)
            item.leaves[(*steps, str(value)) if flag else steps] = leaf
            return
        if steps:
            item.parts.add(steps)
        self.walk_fields(item, value, shape, steps, route)

    def walk_map(self, item: Item, value: Any, shape: Shape, steps: Steps, route: Route) -> None:
        each = shape.each
        if not isinstance(value, dict):  # the short form of one reason for all years
            value = {"all": value}
        for key, inside in value.items():
            place = (*route, key) if key in value else route
            if each is not None and each.kind == "map" and _is_amount(each.each):
                self.walk_year(item, inside, each, (*steps, text_key(key)), place)
            else:
                self.walk(item, inside, each, (*steps, text_key(key)), place)

    def walk_year(self, item: Item, value: Any, shape: Shape, steps: Steps, route: Route) -> None:
        """Gather the amounts of one year: bare, of one fund, or by fund."""
        short = not isinstance(value, dict) or not AMOUNT_WORDS.isdisjoint(value)
        by_fund = {self.fund: value} if short else value
        for fund, inside in by_fund.items():
            place = route if short else (*route, fund)
            self.amount(item, inside, shape.each, (*steps, str(fund)), place, short=short)

    def amount(
        self,
        item: Item,
        value: Any,
        shape: Shape | None,
        steps: Steps,
        route: Route,
        *,
        short: bool,
    ) -> None:
        """Gather one amount: its sum under its own steps, its other words below."""
        if shape is None:
            return
        words = value if isinstance(value, dict) else {"amount": value}
        leaf = _sum_of(words, shape, route, short=short)
        item.parts.add(steps)
        item.leaves[steps] = leaf
        for word, inside in words.items():
            if word not in ("amount", "approximate") and inside is not None:
                below = shape.inside(word)
                found = read(inside, below) if below else _written(inside)
                place = (*route, word)
                item.leaves[(*steps, word)] = Leaf(found, _written(inside), below, place, short)

    def walk_list(
        self, item: Item, value: list[Any], shape: Shape, steps: Steps, route: Route
    ) -> None:
        """Gather a list of records: items of their own, or parts of this one."""
        records = [one for one in value if isinstance(one, dict)]
        if shape.collection:
            self.items(shape.collection, records, shape, route, item)
            return
        for index, raw in enumerate(records):
            key = _key(raw, shape.key) or f"?{index + 1}"
            inner = (*steps, f"[{key}]")
            while inner in item.parts:
                inner = (*inner[:-1], f"{inner[-1][:-1]}~]")
            item.parts.add(inner)
            fields = {name: one for name, one in raw.items() if name != "id"}
            self.walk_fields(item, fields, shape, inner, (*route, index))

    def walk_scalars(
        self,
        item: Item,
        value: Any,
        shape: Shape | None,
        steps: Steps,
        route: Route,
    ) -> None:
        """Gather a list of scalars: years as one value, a ranked list as one, a set by member."""
        members = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in members):  # not what the format asks for
            whole = tuple(map(_frozen, members))
            item.leaves[steps] = Leaf(whole, _written(value), shape, route)
            return
        if shape is not None and (shape.value == "years" or shape.kind == "ordered"):
            item.leaves[steps] = Leaf(read(members, shape), _written(value), shape, route)
            return
        for index, one in enumerate(members):
            found = read(one, shape) if shape else _unknown(one)
            place = (*route, index) if isinstance(value, list) else route
            item.leaves[(*steps, f"[{found}]")] = Leaf(found, _written(one), shape, place)

    def walk_unknown(self, item: Item, value: Any, steps: Steps, route: Route) -> None:
        """Gather what the format does not know: by the look of it (format.md, principle 9)."""
        if isinstance(value, dict):
            for key, inside in value.items():
                self.walk(item, inside, None, (*steps, key), (*route, key))
        elif not isinstance(value, list):
            item.leaves[steps] = Leaf(_unknown(value), _written(value), None, route)
        elif _all_have_ids(value):
            names = [item.name.collection, *(one for one in steps if not one.startswith("["))]
            self.items(".".join(names), value, None, route, item)
        elif steps[-1:] and steps[-1] in ORDERED:
            whole = tuple(map(_frozen, value))
            item.leaves[steps] = Leaf(whole, _written(value), None, route)
        else:
            self.walk_scalars(item, value, None, steps, route)


def _is_amount(shape: Shape | None) -> bool:
    return shape is not None and shape.kind == "part" and "unit_cost" in shape.fields


def _sum_of(words: dict[str, Any], shape: Shape, route: Route, *, short: bool) -> Leaf:
    """Work out one amount: the sum that is written, else price times volume, else unknown."""
    written, inner = words.get("amount"), shape.inside("amount")
    if written is None:
        price, volume = read(words.get("unit_cost"), inner), number(words.get("volume"))
        known = isinstance(price, Money) and volume is not None
        total = Money(int(price.rupiah * volume)) if known else None
        return Leaf(total, "", inner, route, short)
    value = read(written, inner)
    if isinstance(value, Money) and words.get("approximate") is True:
        value = Money(value.rupiah, approximate=True, text=value.text)
    place = route if len(words) == 1 else (*route, "amount")
    return Leaf(value, _written(written), inner, place, short)


def _key(raw: Any, names: tuple[str, ...]) -> str:
    """Give the id or the natural key of a record; empty if it has none."""
    parts = [text_key(str(raw[name])) for name in names or ("id",) if raw.get(name) is not None]
    return "@".join(parts)


def _all_have_ids(value: Any) -> bool:
    return bool(value) and all(isinstance(one, dict) and one.get("id") is not None for one in value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    return "" if value is None else str(value)


def _unknown(value: Any) -> Plain:
    """Read a scalar of which the format knows nothing: a number by its value, else text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    found = number(value)
    return found if found is not None else read(value, None)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _frozen(one)) for key, one in value.items()))
    return tuple(map(_frozen, value)) if isinstance(value, list) else _written(value)
