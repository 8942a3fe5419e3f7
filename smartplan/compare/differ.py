"""Sets two plans side by side and tells every change once, in a fixed order.

Order of the output: the heaviest first, then in the order of the plan, then by path. The same
bytes on every machine: no clock, no locale, no absolute path, no order of a hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from smartplan.compare import remarks
from smartplan.compare.around import (
    dimension_of,
    field_of,
    has_provenance,
    said,
    unit_of,
    users_of,
)
from smartplan.compare.change import Change, Named, magnitude
from smartplan.compare.classify import Edit, Verdict, classify
from smartplan.compare.digest import digest, of_values, whole
from smartplan.compare.facts import Facts, Item, Leaf, Name, gather, joined, with_new_name
from smartplan.compare.ground import Ground, ground
from smartplan.compare.match import match
from smartplan.compare.order import fewest_moves
from smartplan.compare.policy import Turn, loosens
from smartplan.compare.taxonomy import ADDED, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.compare.change import Op, State
    from smartplan.compare.facts import Plain, Route, Steps
    from smartplan.compare.match import Matched
    from smartplan.text.document import Document


class Difference(NamedTuple):
    """Two plans, and what changed from one to the other.

    Attributes:
        before: the plan before.
        after: the plan after.
        changes: every change, the heaviest first.
        ground: what the changes are judged by.
        whole: whether all files were read, so that sums and users are complete.
    """

    before: Facts
    after: Facts
    changes: tuple[Change, ...]
    ground: Ground
    whole: bool


def compare(
    before: Sequence[Document],
    after: Sequence[Document],
    *,
    base: Sequence[Document] | None = None,
    roots: tuple[str, str] = ("", ""),
    whole: bool = True,
) -> Difference:
    """Compare two states of a plan.

    Args:
        before: its files before, in path order; none for a plan that did not exist.
        after: its files after.
        base: the files whose stage, baseline and policy hold; those of before if not given.
        roots: the folder of the plan, or its only file, as it begins the paths of either side.
        whole: whether all files are given, not only those that differ.
    """
    old, new = gather(before, roots[0]), gather(after, roots[1])
    held = ground(gather(base) if base is not None else old)
    matched = match(old, new)
    _leave_out(old, new, matched)
    differ = _Differ(old, new, matched, held, whole)
    changes = list(differ.changes())
    place = {name: number for number, name in enumerate(dict.fromkeys((*new.items, *old.items)))}
    changes.sort(key=lambda one: _order(one, place))
    return Difference(old, new, tuple(changes), held, whole)


def _leave_out(old: Facts, new: Facts, matched: Matched) -> None:
    """Leave out items of which nobody can tell whether they are gone: their file is broken now."""
    broken = {new.inside(one.source.path) for one in new.documents if one.broken}
    unseen = {one.name for one in matched.removed if old.inside(one.file) in broken}
    matched.removed = [one for one in matched.removed if one.name not in unseen]
    old.uncounted = frozenset(unseen)


def _order(change: Change, place: dict[Name, int]) -> tuple[Any, ...]:
    item = change.within or change.item
    where = (place.get(item.name, 0), item.name) if item else (-1, Name("", change.path))
    return (-change.weight, *where, change.path, change.rule)


@dataclass(slots=True)
class _Differ:
    """Compares once."""

    old: Facts
    new: Facts
    matched: Matched
    ground: Ground
    whole: bool
    users: dict[str, list[str]] = field(default_factory=dict)

    def changes(self) -> Iterator[Change]:
        if self.whole:
            self.users = users_of(self.new)
        found = [*self.came_and_went(), *self.paired(), *self.reordered(), *self.inherited()]
        notes = remarks.comments(self.old, self.new, self.matched)
        found.extend(self.commented(notes))
        yield from found
        yield from self.layout(found)

    # Items

    def came_and_went(self) -> Iterator[Change]:
        """Tell items that are new or gone; what stands in them is told with them."""
        old_inner, new_inner = _inner(self.old), _inner(self.new)
        new_holders = {item.name for item in self.matched.added}
        old_holders = {item.name for item in self.matched.removed}
        for item in self.matched.added:
            if item.holder not in new_holders:
                found = self.whole_item(self.coming(item), "add", None, item)
                yield replace(found, body=_body(item, self.new, new_inner))
        for item in self.matched.removed:
            if item.holder not in old_holders:
                rule = REMOVED.get(item.name.collection, "record-removed")
                found = self.whole_item(rule, "remove", item, None)
                yield replace(found, body=_body(item, self.old, old_inner))

    def coming(self, item: Item) -> str:
        """Give the rule of an item that is new."""
        rule = ADDED.get(item.name.collection, "record-added")
        years = item.get("years")
        if rule == "action-added" and isinstance(years, tuple):
            closed = any(year in self.ground.closed for year in years)
            return "action-added-closed" if closed else rule
        if rule == "policy-changed":
            turns = (Turn(None, item, steps, None, one.value) for steps, one in item.leaves.items())
            return "policy-loosened" if any(map(loosens, turns)) else rule
        return rule

    def whole_item(self, rule: str, op: Op, old: Item | None, new: Item | None) -> Change:
        """Tell something about an item as a whole."""
        near = self.matched.hints.get((new or old).name) if new is None or old is None else None  # type: ignore[union-attr]  # one of them is there
        return self.change(
            rule,
            op,
            "",
            items=(old, new),
            values=(old.title if old else None, new.title if new else None),
            routes=(old.route if old else None, new.route if new else None),
            hint=near.key if near else "",
        )

    def paired(self) -> Iterator[Change]:
        """Tell what changed in items that stand on both sides."""
        renames = self.matched.new_names
        for old, new in self.matched.pairs:
            if new.name in self.matched.reused:
                yield self.whole_item("id-reused", "set", old, new)
                continue
            if new.name in self.matched.renamed:
                yield self.renamed(old, new)
            if old.holder != new.holder and _renamed(old.holder, renames) != new.holder:
                yield self.moved(old, new)
            yield from self.values(old, new, renames)

    def renamed(self, old: Item, new: Item) -> Change:
        declared = self.matched.renamed[new.name]
        return self.change(
            "action-renamed" if declared else "action-rename-undeclared",
            "rename",
            "",
            items=(old, new),
            values=(old.name.key, new.name.key),
            routes=(old.route, new.route),
            declared=declared,
        )

    def moved(self, old: Item, new: Item) -> Change:
        return self.change(
            "action-moved",
            "move",
            "",
            items=(old, new),
            values=(str(old.holder or "") or None, str(new.holder or "") or None),
            routes=(old.route, new.route),
        )

    def values(self, old: Item, new: Item, renames: dict[str, str]) -> Iterator[Change]:
        """Tell the values of one item that differ; a whole part that came or went is one change."""
        before = _with_new_names(old.leaves, renames) if renames else old.leaves
        steps = [*new.leaves, *(one for one in before if one not in new.leaves)]
        told: set[Steps] = set()
        for each in steps:
            here, there = before.get(each), new.leaves.get(each)
            if here and there and here.value == there.value:
                continue
            part = _absent_part(each, old, new)
            if part is not None and part not in told:
                told.add(part)
                yield self.part(old, new, part, before)
            elif part is None:
                yield self.value(old, new, each, here, there)

    def value(
        self, old: Item, new: Item, steps: Steps, here: Leaf | None, there: Leaf | None
    ) -> Change:
        """Tell one value that differs."""
        edit = Edit(old, new, steps, here, there, self.ground, self.state(old))
        return self.edited(edit, (edit.was, edit.now), classify(edit))

    def edited(self, edit: Edit, values: tuple[Plain, Plain], verdict: Verdict) -> Change:
        """Make the change of one value."""
        here, there = edit.old, edit.new
        amounts = magnitude(values[0]), magnitude(values[1])
        money = edit.aspect == "budget"
        delta = None
        if None not in amounts or (money and amounts != (None, None)):
            delta = (amounts[1] or 0) - (amounts[0] or 0)
        found = self.change(
            verdict.rule,
            "add" if here is None else "remove" if there is None else "set",
            joined(_shown(edit.steps, here, there)),
            items=(edit.old_item, edit.new_item),
            values=values,
            routes=(here.route if here else None, there.route if there else None),
            delta=delta,
            unit="rupiah" if money else unit_of(edit),
            better=verdict.better,
            about=field_of(edit.new_item if there else edit.old_item, edit.steps),
        )
        shape = edit.leaf.shape
        return replace(found, choices=shape.choices) if shape and shape.choices else found

    def part(self, old: Item, new: Item, part: Steps, before: dict[Steps, Leaf]) -> Change:
        """Tell a part that came or went as a whole, by what is most telling of it."""
        came = part in new.parts
        item, leaves = (new, new.leaves) if came else (old, before)
        held = sorted(steps for steps in leaves if steps[: len(part)] == part)
        inside = {steps: leaves[steps] for steps in held}
        telling = next((steps for steps in (part, (*part, "state")) if steps in inside), None)
        leaf = inside[telling] if telling else next(iter(inside.values()))
        steps = telling or next(iter(inside))
        value: Plain = leaf.value
        if telling is None and len(inside) > 1:
            value = tuple(
                f"{joined(one[len(part) :])[1:]}: {x.written}" for one, x in inside.items()
            )
        was, now = (None, leaf) if came else (leaf, None)
        edit = Edit(old, new, steps, was, now, self.ground, self.state(old))
        values = (None, value) if came else (value, None)
        found = self.edited(edit, values, classify(edit))
        path = str(item.name) + joined(_shown(part, was, now))
        body = of_values(inside) if len(inside) > 1 else ""
        return replace(found, path=path, body=body)

    # Lists, comments, layout, provenance

    def reordered(self) -> Iterator[Change]:
        """Tell the fewest items that moved in lists that both sides have."""
        renames = {old.name: new.name for old, new in self.matched.pairs}
        before = {
            (self.old.inside(path), holder, name): names
            for (path, holder, name), names in self.old.lists.items()
        }
        for (path, holder, name), names in self.new.lists.items():
            was = before.get((self.new.inside(path), holder, name), [])
            there = set(names)
            old = [renames.get(one, one) for one in was]
            old = [one for one in old if one in there]
            kept = set(old)
            now = [one for one in names if one in kept]
            for moved in fewest_moves(old, now):
                item = self.new.items[moved]
                yield self.change(
                    "list-order",
                    "reorder",
                    "",
                    items=(item, item),
                    values=(str(old.index(moved) + 1), str(now.index(moved) + 1)),
                    routes=(None, item.route),
                )

    def commented(self, notes: Iterable[remarks.Note]) -> Iterator[Change]:
        for note in notes:
            texts = ("\n".join(note.gone) or None, "\n".join(note.came) or None)
            item = note.item
            if item is None:
                state = self.ground.state(None)
                yield Change(
                    rule="comment",
                    weight=self.ground.weighs("comment", state, note.path, ""),
                    op="comment",
                    path=note.path,
                    state=state,
                    old=texts[0],
                    new=texts[1],
                    old_at=note.old_at,
                    new_at=note.new_at,
                )
                continue
            found = self.change(
                "comment", "comment", "", items=(item, item), values=texts, routes=(None, None)
            )
            yield replace(found, old_at=note.old_at, new_at=note.new_at)

    def layout(self, found: Sequence[Change]) -> Iterator[Change]:
        """Tell files whose text differs and in which nothing else changed."""
        spans = [span for one in found for span in (one.old_at, one.new_at) if span]
        touched = {span.source.path for span in spans}
        before = {
            self.old.inside(one.source.path): one for one in self.old.documents if not one.broken
        }
        for document in self.new.documents:
            path = document.source.path
            other = before.get(self.new.inside(path))
            if other is None or other.source.text == document.source.text or document.broken:
                continue
            if path in touched or other.source.path in touched:
                continue
            weight = self.ground.weighs("layout", "draft", path, "")
            at = (other.source.span(0), document.source.span(0))
            name = self.new.inside(path)
            yield Change(
                rule="layout", weight=weight, op="format", path=name, old_at=at[0], new_at=at[1]
            )

    def inherited(self) -> Iterator[Change]:
        """Tell where the source of statements changed; once for all that a file passes on."""
        by_file: dict[tuple[Any, ...], list[tuple[Item, Item]]] = {}
        renames = self.matched.new_names
        for old, new in self.matched.pairs:
            before = _cited(self.old.effective_provenance(old), renames)
            after = self.new.effective_provenance(new)
            if before == after or new.name in self.matched.reused or not has_provenance(new):
                continue
            if new.holder and self.new.items[new.holder].provenance == new.provenance:
                holder = self.new.items[new.holder]
                if self.new.effective_provenance(holder) == after and has_provenance(holder):
                    continue  # told with the item that it stands in
            own = new.provenance is not None or old.provenance is not None
            key = (new.name if own else new.file, before, after)
            by_file.setdefault(key, []).append((old, new))
        for (where, before, after), pairs in by_file.items():
            yield self.sourced(where, before, after, pairs)

    def sourced(
        self,
        where: Name | str,
        before: tuple[Any, ...],
        after: tuple[Any, ...],
        pairs: list[tuple[Item, Item]],
    ) -> Change:
        old, new = pairs[0]
        route: Route = (*new.route, "provenance") if isinstance(where, Name) else ("provenance",)
        was: Route = (*old.route, "provenance") if isinstance(where, Name) else ("provenance",)
        found = self.change(
            "provenance-changed",
            "set" if before and after else "add" if after else "remove",
            ".provenance",
            items=(old, new),
            values=(said(before), said(after)),
            routes=(was, route),
            about=("any", "provenance", "Provenance"),
        )
        if isinstance(where, Name):
            return found
        path = f"{self.new.inside(where)}:provenance"
        return replace(
            found, path=path, item=None, within=None, used_by=tuple(str(n.name) for _, n in pairs)
        )

    # One change

    def state(self, old: Item | None) -> State:
        """Tell whether an item was approved at the base."""
        holder = self.old.items.get(old.holder) if old and old.holder else None
        return self.ground.state(old, holder)

    def change(  # noqa: PLR0913  # everything that is known of a change
        self,
        rule: str,
        op: Op,
        below: str,
        *,
        items: tuple[Item | None, Item | None],
        values: tuple[Plain, Plain],
        routes: tuple[Route | None, Route | None],
        about: tuple[str, str, str] = ("", "", ""),
        delta: Any = None,  # noqa: ANN401  # a number or none
        unit: str = "",
        better: bool | None = None,
        hint: str = "",
        declared: bool = False,
    ) -> Change:
        """Make a change of an item, with what the plan says around it."""
        old, new = items
        item = new or old
        assert item is not None  # noqa: S101  # a change has an item
        facts = self.new if new else self.old
        state = self.state(old)
        path = str(item.name) + below
        top = facts.items[item.holder] if item.holder else item
        dimension = dimension_of(top, facts)
        return Change(
            rule=rule,
            weight=self.ground.weighs(rule, state, path, dimension),
            op=op,
            path=path,
            item=named(item, facts),
            within=named(top, facts) if top is not item else None,
            label=about[2],
            field_of=(about[0], about[1]),
            old=values[0],
            new=values[1],
            delta=delta,
            unit=unit,
            better=better,
            state=state,
            old_at=old.at(routes[0]) if old and routes[0] is not None else None,
            new_at=new.at(routes[1]) if new and routes[1] is not None else None,
            used_by=tuple(self.users.get(item.name.key, ())) if item.name.key else (),
            hint=hint,
            dimension=dimension,
            agency=str(top.get("owner") or ""),
            declared=declared,
        )


def named(item: Item, facts: Facts) -> Named:
    """Name an item for a reader."""
    invented = (("status",), "illustrative") in facts.effective_provenance(item)
    return Named(item.name, item.noun, item.title, invented)


def _inner(facts: Facts) -> dict[Name, list[Item]]:
    """Give the items that stand in others, by what holds them."""
    found: dict[Name, list[Item]] = {}
    for item in facts.items.values():
        if item.holder is not None:
            found.setdefault(item.holder, []).append(item)
    return found


def _body(item: Item, facts: Facts, inner: dict[Name, list[Item]]) -> str:
    """Give a digest of an item with all that stands in it."""
    held = (item, *inner.get(item.name, ()))
    return whole({str(one.name): digest(one, facts) for one in held})


def _renamed(name: Name | None, renames: dict[str, str]) -> Name | None:
    return Name(name.collection, renames.get(name.key, name.key)) if name else None


def _with_new_names(leaves: dict[Steps, Leaf], renames: dict[str, str]) -> dict[Steps, Leaf]:
    """Give values as if they had named renamed items by their new names."""
    found: dict[Steps, Leaf] = {}
    for steps, leaf in leaves.items():
        refers = leaf.shape is None or leaf.shape.refers
        inner, value = with_new_name(steps, leaf.value, renames if refers else {})
        found[inner] = leaf if value is leaf.value else leaf._replace(value=value)
    return found


def _cited(provenance: tuple[Any, ...], renames: dict[str, str]) -> tuple[Any, ...]:
    """Give a provenance as if it had cited renamed sources by their new ids."""
    if not renames:
        return provenance
    return tuple(sorted(with_new_name(steps, value, renames) for steps, value in provenance))


def _absent_part(steps: Steps, old: Item, new: Item) -> Steps | None:
    """Give the outermost part around a value that only one side has."""
    for size in range(1, len(steps) + 1):
        part = steps[:size]
        if (part in old.parts) != (part in new.parts):
            return part
    return None


def _shown(steps: Steps, here: Leaf | None, there: Leaf | None) -> Steps:
    """Leave the fund out of the path of an amount that is written bare on every side."""
    bare = all(leaf.short for leaf in (here, there) if leaf)
    if bare and steps[:1] == ("budget",) and len(steps) > 2:  # noqa: PLR2004  # year, fund
        return (*steps[:2], *steps[3:])
    return steps
