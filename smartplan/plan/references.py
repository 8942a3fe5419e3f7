"""Resolves references once all files are read: over all files, former ids too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smartplan.plan import shape
from smartplan.plan.faults import DANGLING
from smartplan.plan.item import found
from smartplan.plan.nearest import Names
from smartplan.plan.values import shown
from smartplan.text.finding import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smartplan.plan.entity import Entity, Record
    from smartplan.plan.plan import Plan
    from smartplan.plan.values import Ref
    from smartplan.text.finding import Finding


def dangling(plan: Plan) -> Iterator[Finding]:
    """Find the references of a plan that name nothing, or something of another kind."""
    return _References(plan).dangling()


@dataclass(slots=True)
class _References:
    """Resolves the references of a plan.

    Attributes:
        plan: the plan.
        right: the names that hit something, by what is meant: nearly all names do.
        names: names that may have been meant.
    """

    plan: Plan
    right: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[tuple[str, ...], tuple[Names, dict[str, Entity]]] = field(default_factory=dict)

    def dangling(self) -> Iterator[Finding]:
        for record in self.plan.walk():
            for one, to in shape.references(type(record)):
                value = record.__dict__[one.name]
                if not value:
                    continue
                right = self.right[to.kinds]
                if isinstance(value, str):
                    if value not in right and not self.hits(to.kinds, value):
                        yield self.finding(record, to, value, (one.key,))
                elif not right.issuperset(value):
                    for number, each in enumerate(value):
                        if not self.hits(to.kinds, each):
                            yield self.finding(record, to, each, (one.key, number))

    def hits(self, kinds: tuple[str, ...], identity: str) -> bool:
        """Tell whether an id names an item of one of the kinds, written as the item writes it."""
        folded = identity.casefold()
        if folded not in self.plan.ids:
            return False
        target = self.plan.ids[folded]
        found = target is None or (  # none: it stands in a file that cannot be parsed
            target.noun in kinds and (identity == target.id or identity in target.formerly)
        )
        if found:
            self.right[kinds].add(identity)
        return found

    def finding(self, record: Record, to: Ref, seen: str, route: tuple[str | int, ...]) -> Finding:
        if to.kinds not in self.names:
            known = dict(_names(self.plan, to.kinds))
            self.names[to.kinds] = Names(known), known
        names, known = self.names[to.kinds]
        target = known.get(names.nearest(seen))
        return found(
            to.code or DANGLING,
            self.plan.where(record, *route),
            subject=self.plan.subject(record),
            path=self.plan.path(record, *route),
            seen=shown(seen),
            kinds=[Term(kind) for kind in to.kinds],
            suggestion=target.id if target else "",
            suggestion_title=target.heading if target else "",
        )


def _names(plan: Plan, kinds: Iterable[str]) -> Iterator[tuple[str, Entity]]:
    """Give every name under which an item of these kinds may be meant."""
    for kind in kinds:
        for item in plan.all(kind):
            others = (getattr(item, "short", None), *getattr(item, "aliases", ()))
            for name in (item.id, item.heading, *others):
                if name:
                    yield name, item
