"""How a rule is declared and how all rules are run.

A rule is a function from an item (or the whole plan) to marks: a place in an item, with
arguments. The run adds code, level and item, so that a rule cannot mislabel what it finds.
A rule's docstring is its page: what it checks, then `Why:`, `Fix:` and `Source:`.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from smartplan.plan.grammar import STAGES
from smartplan.plan.nearest import nearest
from smartplan.text.finding import INFO, WARNING, Code, Finding, Remark, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from smartplan.plan.entity import Record
    from smartplan.plan.header import Checks, Ignore
    from smartplan.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule yields: a route in an item, the arguments, and places that belong to it."""

    record: Record
    route: tuple[str | int, ...]
    args: Mapping[str, object]
    related: tuple[tuple[str, Record], ...] = ()
    at_key: bool = False
    path: str = ""


def at(
    record: Record,
    *route: str | int,
    related: tuple[tuple[str, Record], ...] = (),
    at_key: bool = False,
    path: str = "",
    **args: object,
) -> Mark:
    """Mark a place in an item; a field that is missing points at the item.

    Args:
        record: the item, or a part of one.
        route: keys and numbers in it.
        related: other items that belong to it, with what they are.
        at_key: whether to point at the key instead of the value.
        path: what the finding is about, where it is not what stands at the place.
        args: the arguments of the sentence.
    """
    return Mark(record, route, args, related, at_key, path)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a plan is judged: the day, and the stage whose demands hold."""

    today: date
    stage: str

    def reached(self, stage: str) -> bool:
        """Tell whether the plan is at a stage or past it."""
        return STAGES.index(self.stage) >= STAGES.index(stage)


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, what it looks at (a kind of item, or nothing for the whole plan), and the check.

    Attributes:
        code: what it says.
        of: the kind of item; empty for the whole plan.
        check: the function that yields marks.
        timed: whether the check asks for the moment, by an argument `when`.
    """

    code: Code
    of: str
    check: Callable[..., Iterator[Mark]]
    timed: bool = False

    def marks(self, plan: Plan, when: Moment) -> Iterator[Mark]:
        """Look at every item of the rule's kind, or once at the plan."""
        more = (when,) if self.timed else ()
        if not self.of:
            yield from self.check(plan, *more)
            return
        for item in plan.all(self.of):
            yield from self.check(item, plan, *more)


def rule(  # a rule is declared with all that it is
    id: str,  # noqa: A002  # as on the page
    name: str,
    level: Severity,
    *,
    says: str,
    of: str = "",
    from_stage: Mapping[str, Severity] | None = None,
) -> Callable[[Callable[..., Iterator[Mark]]], Rule]:
    """Declare a rule.

    Args:
        id: family letter and number: the domain rule's (R46 → M046), or one from 101.
        name: the offence in kebab case.
        level: its weight.
        says: the English sentence, with named arguments.
        of: the kind of item it looks at one by one; empty for the whole plan.
        from_stage: its weight from a stage on.
    """

    def declare(check: Callable[..., Iterator[Mark]]) -> Rule:
        page = sections(inspect.getdoc(check) or "")
        code = Code(
            id=id,
            name=name,
            level=level,
            says=says,
            why=page.get("Why", ""),
            fix=page.get("Fix", ""),
            source=page.get("Source", ""),
            from_stage=from_stage or {},
        )
        return Rule(code, of, check, timed="when" in inspect.signature(check).parameters)

    return declare


def sections(page: str) -> dict[str, str]:
    """Split a docstring into its named sections, each on one line."""
    found: dict[str, list[str]] = {}
    current: list[str] = found.setdefault("", [])
    for line in page.splitlines():
        if match := re.match(r"(Why|Fix|Source): (.*)", line):
            current = found.setdefault(match[1], [])
            current.append(match[2])
        elif line.strip():
            current.append(line.strip())
    return {name: " ".join(lines) for name, lines in found.items()}


def level_at(code: Code, stage: str) -> Severity:
    """Give a code's weight at a stage: the latest change up to it holds."""
    level = code.level
    for one in STAGES[: STAGES.index(stage) + 1]:
        level = code.from_stage.get(one, level)
    return level


def judge(plan: Plan, rules: Sequence[Rule], when: Moment) -> Iterator[Finding]:
    """Run rules over a plan.

    Args:
        plan: the plan; what could not be read is not judged again.
        rules: the rules, in any order.
        when: the day, and the stage whose demands hold.
    """
    for one in rules:
        level = level_at(one.code, when.stage)
        for mark in one.marks(plan, when):
            yield Finding(one.code, level, _remark(mark, plan))


def _remark(mark: Mark, plan: Plan) -> Remark:
    part: Any = "key" if mark.at_key else "value"
    return Remark(
        span=plan.where(mark.record, *mark.route, part=part),
        args=mark.args,
        related=(
            *((label, plan.where(record)) for label, record in mark.related),
            *plan.aliases(mark.record, *mark.route),
        ),
        subject=plan.subject(mark.record),
        path=mark.path or plan.path(mark.record, *mark.route),
    )


# What the plan itself says of findings: `checks`

IGNORE_UNUSED = Code(
    id="T101",
    name="ignore-unused",
    level=INFO,
    says="Nothing is found any more that this entry would ignore: {rule}.",
    why="Explanations that explain nothing hide the next finding of the kind.",
    fix="Delete the entry.",
)
IGNORE_EXPIRED = Code(
    id="T102",
    name="ignore-expired",
    level=WARNING,
    says="The time of this explanation is over: {until}.",
    why="The city had set itself a date.",
    fix="Settle what it explains, or set a new date with a reason.",
)
UNKNOWN_RULE = Code(
    id="T103",
    name="unknown-rule",
    level=WARNING,
    says="“{seen}” is no rule that a plan may settle.",
    why="The entry has no effect.",
    fix="Write the code or the name of a rule; faults of form cannot be ignored.",
)
CODES = (IGNORE_UNUSED, IGNORE_EXPIRED, UNKNOWN_RULE)

FIXED_FAMILIES = ("Y", "F")
"""Families whose findings no plan can ignore: what cannot be read is not there."""


@dataclass(slots=True)
class _Settling:
    plan: Plan
    today: date
    used: set[int] = field(default_factory=set)

    def settle(self, found: Finding) -> Iterator[Finding]:
        code = found.code
        if code.id.startswith(FIXED_FAMILIES):
            yield found
            return
        explained = {
            number: one
            for number, one in enumerate(self.checks.ignore)
            if one.rule in (code.id, code.name) and _matches(one.path, found.remark.path)
        }
        self.used.update(explained)
        if any(not self.expired(one) for one in explained.values()):
            return
        level = self.checks.levels.get(code.id) or self.checks.levels.get(code.name)
        if level == "off":
            return
        yield replace(found, level=Severity(level)) if level else found

    @property
    def checks(self) -> Checks:
        return self.plan.checks

    def expired(self, one: Ignore) -> bool:
        return one.until is not None and self.today.isoformat()[: len(one.until)] > one.until

    def about_checks(self, known: Mapping[str, Code]) -> Iterator[Finding]:
        for name in self.checks.levels:
            if name not in known:
                yield self.unknown(name, known, "levels", name)
        for number, one in enumerate(self.checks.ignore):
            route = ("ignore", number)
            if one.rule is None:
                continue
            if one.rule not in known:
                yield self.unknown(one.rule, known, *route, "rule")
            elif self.expired(one):
                yield self.found(IGNORE_EXPIRED, *route, "until", until=one.until)
            elif number not in self.used:
                yield self.found(IGNORE_UNUSED, *route, rule=one.rule)

    def unknown(self, name: str, known: Mapping[str, Code], *route: str | int) -> Finding:
        return self.found(UNKNOWN_RULE, *route, seen=name, suggestion=nearest(name, known))

    def found(self, code: Code, *route: str | int, **args: object) -> Finding:
        return Finding(code, code.level, _remark(Mark(self.checks, route, args), self.plan))


def settle(
    found: Iterable[Finding], plan: Plan, codes: Iterable[Code], today: date
) -> list[Finding]:
    """Apply the plan's `checks` (levels, ignores) to findings and sort them.

    Args:
        found: findings of the loader and of the rules.
        plan: the plan.
        codes: every code that smartplan can say.
        today: the day on which `until` is judged.

    Returns:
        What remains, in the order of file, place, code; with findings about `checks` itself.
    """
    settling = _Settling(plan, today)
    left = [each for one in found for each in settling.settle(one)]
    settled = [one for one in codes if not one.id.startswith(FIXED_FAMILIES)]
    known = {name: one for one in settled for name in (one.id, one.name)}
    left.extend(settling.about_checks(known))
    return sorted(left, key=lambda one: one.order)


def _matches(pattern: str | None, path: str) -> bool:
    """Tell whether a path matches: `*` stands for anything, a path also covers what is below it."""
    if not pattern:
        return True
    glob = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(rf"{glob}(?:[.\[].*)?", path) is not None
