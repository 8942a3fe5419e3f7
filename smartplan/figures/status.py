"""How far a plan is: what is done, missing or not yet due at a stage, and who owes what.

Nothing is judged here: what is missing is what was found, gathered under the deliverables of the
workshops. The health of a plan is a figure from 0 to 100: every deliverable that is due is worth
the same, 100 divided by their number; it loses the share of its things (actions, goals, …) that
have findings, or all of it while there is no such thing. It is rounded down, so that 100 means
that nothing is open. A plan with a file that cannot be read has no figure: what is missing in it
may stand in that file.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from smartplan.plan.delivery import Action
from smartplan.plan.faults import UNREADABLE
from smartplan.plan.grammar import STAGES
from smartplan.plan.measure import Indicator
from smartplan.text.finding import ERROR, INFO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smartplan.plan.plan import Plan
    from smartplan.plan.registers import Dimension
    from smartplan.text.finding import Finding

DONE, OPEN, LATER, UNKNOWN = "done", "open", "later", "unknown"
"""States of a deliverable; unknown while a file or an item that may hold it cannot be read."""

Lacking: TypeAlias = "dict[str, dict[str, list[str]]]"
"""Action or agency → deliverable → ids of what lacks it."""
FULL = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """A finding that speaks of a deliverable.

    Attributes:
        code: the id of its code.
        part: what it must call missing, where it tells of several things; empty for any.
        place: what its path ends in, where it speaks of several fields; empty for any.
    """

    code: str
    part: str = ""
    place: str = ""

    def told_by(self, finding: Finding) -> bool:
        """Tell whether a finding is the one that is meant."""
        if finding.code.id != self.code or not finding.remark.path.endswith(self.place):
            return False
        missing = finding.remark.args.get("missing", ())
        return not self.part or (isinstance(missing, list | tuple) and self.part in missing)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What a stage asks for.

    Attributes:
        name: its name, by which it is labelled.
        stage: the stage from which on it is due.
        asks: the findings that say that it is missing.
        of: the kind of item that it is counted over; empty for one thing.
        needs: the kind of item without which it is missing as a whole; that of `of` if empty.
        owed: whether agencies owe it for the actions that they lead.
        optional: whether it is left out as long as there is no such item.
    """

    name: str
    stage: str
    asks: tuple[Ask, ...]
    of: str = ""
    needs: str = ""
    owed: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A deliverable as it stands in a plan.

    Attributes:
        deliverable: what is asked for.
        state: done, open, later, or unknown.
        open: how many of its things have findings; 0 while it is missing as a whole.
        total: how many things there are; 0 while it is missing as a whole.
        findings: what was found, in the order of the files.
        lost: how much of its worth is lost, from 0 to 1.
    """

    deliverable: Deliverable
    state: str
    open: int
    total: int
    findings: tuple[Finding, ...]
    lost: Fraction


@dataclass(frozen=True, slots=True)
class Owing:
    """The actions of a dimension, or those that an agency leads, with what they lack.

    Attributes:
        name: the dimension or agency, by its id; empty for what has none.
        label: what it is called, by language; empty for what has none.
        actions: how many there are.
        quick_wins: how many of them are quick wins.
        open: deliverable → ids of the items that lack it.
    """

    name: str
    label: dict[str, str]
    actions: int
    quick_wins: int
    open: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Status:
    """How far a plan is.

    Attributes:
        stage: the stage whose demands were looked at.
        own: the stage of the plan.
        lines: every deliverable in the order of the stages.
        health: 0 to 100; none while a file cannot be read.
        dimensions: what the actions of each dimension lack.
        agencies: what each agency owes, those with actions only; what nobody leads last.
        rest: findings of no deliverable that weigh less than an error.
        unreadable: the files that cannot be read.
    """

    stage: str
    own: str
    lines: tuple[Line, ...]
    health: int | None
    dimensions: tuple[Owing, ...]
    agencies: tuple[Owing, ...]
    rest: tuple[Finding, ...]
    unreadable: tuple[str, ...]

    @property
    def due(self) -> tuple[Line, ...]:
        """The deliverables that are due at the stage."""
        return tuple(one for one in self.lines if one.state != LATER)

    @property
    def lost(self) -> tuple[tuple[Line, Fraction], ...]:
        """What is lost of the 100 points, the most first."""
        worth = Fraction(FULL, max(len(self.due), 1))
        losses = [(one, one.lost * worth) for one in self.due if one.lost]
        return tuple(sorted(losses, key=lambda one: -one[1]))


def status(
    plan: Plan, findings: Sequence[Finding], checklist: Sequence[Deliverable], stage: str
) -> Status:
    """Gather what was found under what is asked for.

    Args:
        plan: the plan.
        findings: what was found in it, judged at `stage`, with its `checks` applied.
        checklist: what the stages ask for; the last entry takes every error that no other asks for.
        stage: the stage whose demands are looked at.
    """
    weighty = [one for one in findings if one.level != INFO]
    by_code: dict[str, list[Finding]] = {}
    for finding in weighty:
        by_code.setdefault(finding.code.id, []).append(finding)
    lines = [
        _line(plan, one, by_code, stage)
        for one in checklist[:-1]
        if not one.optional or _count(plan, one.of)
    ]
    told = {id(finding) for line in lines for finding in line.findings}
    rest = [one for one in weighty if id(one) not in told]
    lines.append(_sound(plan, checklist[-1], [one for one in rest if one.level == ERROR]))
    broken = [one.source.path for one in plan.documents if one.broken]
    unreadable = (*broken, *(f.span.source.path for f in findings if f.code.id == UNREADABLE.id))
    due = [one for one in lines if one.state != LATER]
    health = FULL * (1 - sum((one.lost for one in due), Fraction(0)) / len(due))
    owed = _owed(plan, lines)
    return Status(
        stage=stage,
        own=plan.header.stage,
        lines=tuple(sorted(lines, key=lambda one: STAGES.index(one.deliverable.stage))),
        health=None if unreadable else int(health),
        dimensions=_dimensions(plan, owed),
        agencies=_agencies(plan, owed, lines),
        rest=tuple(one for one in rest if one.level != ERROR),
        unreadable=unreadable,
    )


def _line(
    plan: Plan, one: Deliverable, by_code: Mapping[str, Sequence[Finding]], stage: str
) -> Line:
    if STAGES.index(one.stage) > STAGES.index(stage):
        return Line(one, LATER, 0, 0, (), Fraction(0))
    told, whole = [], False
    for ask in one.asks:
        found = [each for each in by_code.get(ask.code, ()) if ask.told_by(each)]
        told.extend(found)
        whole = whole or bool(found and ask.part)
    needs = one.needs or one.of
    if not told and (not plan.whole or needs in plan.lost):
        return Line(one, UNKNOWN, 0, 0, (), Fraction(0))
    told.sort(key=lambda finding: finding.order)
    if whole or (needs and not _count(plan, needs)):
        return Line(one, OPEN, 0, 0, tuple(told), Fraction(1))
    total = _count(plan, one.of)
    count = min(_things(told), total)
    lost = Fraction(count, max(total, 1))  # a set of dimensions may have no elements
    return Line(one, OPEN if told else DONE, count, total, tuple(told), lost)


def _things(findings: Iterable[Finding]) -> int:
    """Count what findings are about: items, else places of the plan."""
    things = {
        (one.remark.subject.kind, one.remark.subject.id)
        if one.remark.subject
        else ("", one.remark.path or one.span.source.path)
        for one in findings
    }
    return len(things)


def _sound(plan: Plan, one: Deliverable, errors: Sequence[Finding]) -> Line:
    """Gather the errors that belong to no other deliverable, over all items of the plan."""
    total = sum(len(items) for noun, items in plan.items.items() if noun)
    count = min(_things(errors), total)
    state = OPEN if errors else DONE
    return Line(one, state, count, total, tuple(errors), Fraction(count, max(total, 1)))


def _count(plan: Plan, kind: str) -> int:
    """Count what a deliverable is counted over; where there is nothing to count it is one thing."""
    if kind == "quick_win":
        return sum(one.quick_win is not None for one in plan.actions)
    taxonomy = plan.registers.taxonomy
    parts = {"dimension": taxonomy.dimensions, "element": taxonomy.elements}
    return len(parts.get(kind, plan.all(kind))) if kind else 1


def _owed(plan: Plan, lines: Iterable[Line]) -> Lacking:
    """Tell of each action what it lacks."""
    owed: Lacking = {}
    for line in lines:
        for finding in line.findings if line.deliverable.owed else ():
            subject = finding.remark.subject
            item = plan.get(subject.id) if subject else None
            action = plan.owner(item) if isinstance(item, Indicator) else item
            if subject and isinstance(action, Action) and action.id:
                lacking = owed.setdefault(action.id, {}).setdefault(line.deliverable.name, [])
                if subject.id not in lacking:
                    lacking.append(subject.id)
    return owed


def _dimensions(plan: Plan, owed: Lacking) -> tuple[Owing, ...]:
    dimensions = (*plan.registers.taxonomy.dimensions, None)
    groups = ((one, _of(plan, one)) for one in dimensions)
    return tuple(
        _owing(one.id if one else "", one.name if one else {}, group, owed)
        for one, group in groups
        if one or group
    )


def _of(plan: Plan, dimension: Dimension | None) -> list[Action]:
    name = dimension.id if dimension else None
    return [one for one in plan.actions if one.dimension == name]


def _agencies(plan: Plan, owed: Lacking, lines: Iterable[Line]) -> tuple[Owing, ...]:
    """Tell what each agency owes for the actions that it leads, and the evidence of its scores."""
    leads: dict[int, list[Action]] = {}
    for action in plan.actions:
        leads.setdefault(id(plan.get(action.owner, "agency")), []).append(action)
    evidence = _evidence(lines)
    owings = []
    for agency in (*plan.agencies, None):
        name = (agency.id or "") if agency else ""
        label = {"": agency.short or agency.heading} if agency else {}
        more = evidence.get(name, {})
        owings.append(_owing(name, label, leads.get(id(agency), []), owed, more))
    return tuple(one for one in owings if one.actions or one.open)


def _evidence(lines: Iterable[Line]) -> Lacking:
    """Give the scores without evidence by agency, which the finding itself lists."""
    found: Lacking = {}
    for line in lines:
        for finding in line.findings:
            args = finding.remark.args
            if "owner" in args and "paths" in args:
                owed = found.setdefault(str(args["owner"]), {})
                paths = (str(one) for one in _listed(args["paths"]))
                owed.setdefault(line.deliverable.name, []).extend(paths)
    return found


def _listed(value: object) -> Iterator[object]:
    yield from value if isinstance(value, list | tuple) else ()


def _owing(
    name: str,
    label: dict[str, str],
    actions: Sequence[Action],
    owed: Lacking,
    more: dict[str, list[str]] | None = None,
) -> Owing:
    lacking: dict[str, list[str]] = {}
    for action in actions:
        for deliverable, ids in owed.get(action.id or "", {}).items():
            lacking.setdefault(deliverable, []).extend(ids)
    lacking.update(more or {})
    wins = sum(one.quick_win is not None for one in actions)
    return Owing(name, label, len(actions), wins, {key: tuple(ids) for key, ids in lacking.items()})
