"""How a rule is declared and how all rules are run.

A rule is a function from an item (or the whole plan) to marks: a place in an item, with
arguments. The run adds code, level and item, so that a rule cannot mislabel what it finds.
A rule's docstring is its page: what it checks, then `Why:`, `Fix:` and `Source:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from smartplan.plan.grammar import STAGES
from smartplan.text.finding import Code, Finding, Remark, Severity
from smartplan.text.mend import removed, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from smartplan.plan.entity import Record
    from smartplan.plan.plan import Plan
    from smartplan.text.finding import Fix


class Write(NamedTuple):
    """A mend: write this where the mark points; safe if the meaning cannot change."""

    new: str
    safe: bool = False


class Drop(NamedTuple):
    """A mend: take out what the mark points to; safe if the meaning cannot change."""

    safe: bool = False


class Mark(NamedTuple):
    """What a rule yields: a route in an item, the arguments, and places that belong to it."""

    record: Record
    route: tuple[str | int, ...]
    args: Mapping[str, object]
    related: tuple[tuple[str, Record], ...] = ()
    at_key: bool = False
    path: str = ""
    mend: Write | Drop | None = None


def at(
    record: Record,
    *route: str | int,
    related: tuple[tuple[str, Record], ...] = (),
    at_key: bool = False,
    path: str = "",
    mend: Write | Drop | None = None,
    **args: object,
) -> Mark:
    """Mark a place in an item; a field that is missing points at the item.

    Args:
        record: the item, or a part of one.
        route: keys and numbers in it.
        related: other items that belong to it, with what they are.
        at_key: whether to point at the key instead of the value.
        path: what the finding is about, where it is not what stands at the place.
        mend: what to do about it in the text, where that is known.
        args: the arguments of the sentence.
    """
    return Mark(record, route, args, related, at_key, path, mend)


class Moment(NamedTuple):
    """When a plan is judged, and what its history says of that day.

    Attributes:
        today: the day.
        stage: the stage whose demands hold.
        recent: the paths of the files that were changed within the year before; none if that is
            not known, as outside git, or was not asked for.
    """

    today: date
    stage: str
    recent: frozenset[str] | None = None

    def reached(self, stage: str) -> bool:
        """Tell whether the plan is at a stage or past it."""
        return STAGES.index(self.stage) >= STAGES.index(stage)


class Rule(NamedTuple):
    """A code, what it looks at (a kind of item, or nothing for the whole plan), and the check.

    Attributes:
        code: what it says.
        of: the kind of item; empty for the whole plan.
        check: the function that yields marks.
        timed: whether the check asks for the moment, by an argument `when`.
        passing: whether what it finds comes and goes with the history of the files, so that an
            explanation may stand before it is needed.
    """

    code: Code
    of: str
    check: Callable[..., Iterator[Mark]]
    timed: bool = False
    passing: bool = False

    def looks(self, when: Moment) -> Callable[..., Iterator[Mark]]:
        """Give the check as a function of the item and the plan, or of the plan."""
        if not self.timed:
            return self.check
        return lambda *looked_at: self.check(*looked_at, when)


def rule(  # a rule is declared with all that it is
    id: str,  # noqa: A002  # as on the page
    name: str,
    level: Severity,
    *,
    says: str,
    of: str = "",
    from_stage: Mapping[str, Severity] | None = None,
    passing: bool = False,
) -> Callable[[Callable[..., Iterator[Mark]]], Rule]:
    """Declare a rule.

    Args:
        id: family letter and number: the domain rule's (R46 → M046), or one from 101.
        name: the offence in kebab case.
        level: its weight.
        says: the English sentence, with named arguments.
        of: the kind of item it looks at one by one; empty for the whole plan.
        from_stage: its weight from a stage on.
        passing: whether what it finds comes and goes with the history of the files.
    """

    def declare(check: Callable[..., Iterator[Mark]]) -> Rule:
        page = sections(check.__doc__ or "")
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
        timed = "when" in check.__code__.co_varnames[: check.__code__.co_argcount]
        return Rule(code, of, check, timed=timed, passing=passing)

    return declare


SECTIONS = ("Why", "Fix", "Source")
"""Parts of the page of a rule; what stands before them says what it checks."""


def sections(page: str) -> dict[str, str]:
    """Split a docstring into its named sections, each on one line."""
    found: dict[str, list[str]] = {}
    current: list[str] = found.setdefault("", [])
    for line in filter(None, map(str.strip, page.splitlines())):
        name, colon, rest = line.partition(": ")
        if colon and name in SECTIONS:
            current = found.setdefault(name, [])
        current.append(rest if colon and name in SECTIONS else line)
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
    kinds: dict[str, list[tuple[Code, Severity, Callable[..., Iterator[Mark]]]]] = {}
    for one in rules:
        look = (one.code, level_at(one.code, when.stage), one.looks(when))
        kinds.setdefault(one.of, []).append(look)
    for kind, looks in kinds.items():
        # Item by item: a large plan passes through the processor's memory once, not for each rule.
        for looked_at in [(item, plan) for item in plan.all(kind)] if kind else [(plan,)]:
            for code, level, check in looks:
                for mark in check(*looked_at):
                    yield Finding(code, level, remark_of(mark, plan))


def remark_of(mark: Mark, plan: Plan) -> Remark:
    """Turn a mark into a remark: the place in the file, the places that belong to it, the fix."""
    part: Any = "key" if mark.at_key else "value"
    aliases = plan.aliases(mark.record, *mark.route)
    return Remark(
        span=plan.where(mark.record, *mark.route, part=part),
        args=mark.args,
        related=(*((label, plan.where(record)) for label, record in mark.related), *aliases),
        fix=_fix(mark, plan) if mark.mend and not aliases else None,
        subject=plan.subject(mark.record),
        path=mark.path or plan.path(mark.record, *mark.route),
    )


def _fix(mark: Mark, plan: Plan) -> Fix | None:
    if isinstance(mark.mend, Write):
        span = plan.where(mark.record, *mark.route, part="key" if mark.at_key else "value")
        return rewritten(span, mark.mend.new, safe=mark.mend.safe)
    span = plan.where(mark.record, *mark.route, part="entry")
    steps = mark.route or plan.standing[id(mark.record)].place.route
    fix = removed(span, member=isinstance(steps[-1], int))
    return fix._replace(safe=mark.mend.safe) if fix and mark.mend else None
