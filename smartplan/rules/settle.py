"""What a plan itself says of findings: `checks`, comments that ignore, findings that are known.

Levels and ignores of `checks` come first, then comments in the files, then `known`. Whatever
explains nothing is a finding itself, since it would hide the next one of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan import load as loading
from smartplan.plan.nearest import Names, clearly, nearest
from smartplan.rules.known import KNOWN_GONE, gone, part
from smartplan.rules.rule import Drop, Mark, Write, remark_of
from smartplan.text.finding import ERROR, INFO, WARNING, Code, Finding, Fix, Remark, Severity
from smartplan.text.mend import uncommented
from smartplan.text.source import Edit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from smartplan.plan.header import Checks, Ignore
    from smartplan.plan.plan import Plan
    from smartplan.plan.suppress import Suppression
    from smartplan.text.source import Span

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
COMMENT_UNCLEAR = Code(
    id="S111",
    name="ignore-comment-unclear",
    level=WARNING,
    says="“{seen}” looks like a comment that ignores findings, but names no rule in brackets.",
    why="The comment has no effect.",
    fix="Write it as: # smartplan: ignore[M046] and the reason.",
)
COMMENT_UNKNOWN_RULE = Code(
    id="S112",
    name="ignore-comment-unknown-rule",
    level=WARNING,
    says="“{seen}” is no rule that a comment may ignore.",
    why="The comment has no effect.",
    fix="Write the code or the name of a rule; faults of form cannot be ignored.",
)
COMMENT_WITHOUT_REASON = Code(
    id="S113",
    name="ignore-comment-without-reason",
    level=WARNING,
    says="The comment ignores {rules}, but does not say why.",
    why="Whoever comes after has to find out anew whether the finding may stand.",
    fix="Write the reason behind the bracket.",
)
COMMENT_UNUSED = Code(
    id="S114",
    name="ignore-comment-unused",
    level=WARNING,
    says="Nothing is found here that the comment would ignore: {rules}.",
    why="A comment that explains nothing hides the next finding of the kind.",
    fix="Delete the comment, or the rule out of its brackets.",
)
CODES = (
    IGNORE_UNUSED,
    IGNORE_EXPIRED,
    UNKNOWN_RULE,
    COMMENT_UNCLEAR,
    COMMENT_UNKNOWN_RULE,
    COMMENT_WITHOUT_REASON,
    COMMENT_UNUSED,
    KNOWN_GONE,
)
"""Findings about the settings; a plan cannot settle them in turn."""

FIXED_FAMILIES = ("Y", "F")
"""Families whose findings no plan can ignore: what cannot be read is not there."""


class Settled(NamedTuple):
    """Findings, sorted by what a plan says of them; each in the order of file, place, code.

    Attributes:
        left: what remains, with findings about the settings themselves.
        ignored: what `checks` or a comment explains.
        known: what the plan lists as known.
    """

    left: tuple[Finding, ...]
    ignored: tuple[Finding, ...]
    known: tuple[Finding, ...]


@dataclass(slots=True)
class _Settling:
    plan: Plan
    today: date
    used: set[int] = field(default_factory=set)
    explained: set[tuple[int, str]] = field(default_factory=set)
    ignored: list[Finding] = field(default_factory=list)
    comments: dict[str, list[tuple[int, Suppression]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, one in enumerate(self.plan.suppressions):
            path = one.comment.source.path
            self.comments.setdefault(path, []).append((number, one))

    def settle(self, found: Finding) -> Finding | None:
        """Give a finding at the level that the plan gives it; none if it is explained or off."""
        code = found.code
        if code.id.startswith(FIXED_FAMILIES):
            return found
        explained = {
            number: one
            for number, one in enumerate(self.checks.ignore)
            if one.rule in (code.id, code.name) and _matches(one.path, found.remark.path)
        }
        self.used.update(explained)
        if any(not self.expired(one) for one in explained.values()) or self.in_file(found):
            self.ignored.append(found)
            return None
        level = self.checks.levels.get(code.id) or self.checks.levels.get(code.name)
        if level == "off":
            return None
        return found._replace(level=Severity(level)) if level else found

    def in_file(self, found: Finding) -> bool:
        """Tell whether comments cover a finding, and remember which ones and by which word."""
        covering = [
            (number, name)
            for number, one in self.comments.get(found.span.source.path, ())
            for name, _span in one.rules
            if name in (found.code.id, found.code.name) and one.covers(found.span)
        ]
        self.explained.update(covering)
        return bool(covering)

    @property
    def checks(self) -> Checks:
        return self.plan.checks

    def expired(self, one: Ignore) -> bool:
        return one.until is not None and self.today.isoformat()[: len(one.until)] > one.until

    def about_checks(self, known: Mapping[str, Code], sought: Collection[str]) -> Iterator[Finding]:
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
            elif one.rule in sought and number not in self.used:
                yield self.found(IGNORE_UNUSED, *route, mend=Drop(safe=True), rule=one.rule)

    def unknown(self, name: str, known: Mapping[str, Code], *route: str | int) -> Finding:
        near = nearest(name, known)
        at_key = route[0] == "levels"
        mend = Write(near, safe=near == clearly(name, known)) if near and not at_key else None
        return self.found(UNKNOWN_RULE, *route, mend=mend, seen=name, suggestion=near)

    def found(
        self, code: Code, *route: str | int, mend: Write | Drop | None = None, **args: object
    ) -> Finding:
        mark = Mark(self.checks, route, args, mend=mend)
        return Finding(code, code.level, remark_of(mark, self.plan))

    def about_comments(
        self, known: Mapping[str, Code], sought: Collection[str]
    ) -> Iterator[Finding]:
        """Find comments that say nothing, give no reason, or explain nothing."""
        listed = Names(known if self.plan.suppressions else ())
        for number, one in enumerate(self.plan.suppressions):
            if not one.rules:
                yield _about(COMMENT_UNCLEAR, one.comment, seen=one.comment.text)
                continue
            for name, span in one.rules:
                if name not in known:
                    near = listed.nearest(name)
                    safe = near == clearly(name, known)
                    fix = Fix("rewrite", (Edit(span, near),), safe=safe) if near else None
                    about = {"seen": name, "suggestion": near}
                    yield _about(COMMENT_UNKNOWN_RULE, span, fix=fix, **about)
            names = [name for name, _span in one.rules]
            if not one.reason:
                yield _about(COMMENT_WITHOUT_REASON, one.comment, rules=names)
            used = {name for at, name in self.explained if at == number}
            unused = [one for one in names if one in known and one in sought and one not in used]
            if unused:
                fix = _without(one, [name for name in names if name not in unused])
                yield _about(COMMENT_UNUSED, one.comment, fix=fix, rules=unused)


def _about(code: Code, span: Span, *, fix: Fix | None = None, **args: object) -> Finding:
    return Finding(code, code.level, Remark(span=span, args=args, fix=fix))


def _without(one: Suppression, names: list[str]) -> Fix:
    """Take unused rules out of a comment, or the whole comment if no other is left."""
    if not names or one.brackets is None:
        return uncommented(one.comment, own_line=one.own_line)
    return Fix("remove", (Edit(one.brackets, ", ".join(names)),))


def settle(
    found: Iterable[Finding],
    plan: Plan,
    codes: Iterable[Code],
    today: date,
    *,
    passing: Collection[Code] = (),
    complete: bool = True,
) -> Settled:
    """Apply what the plan says of findings, and sort them.

    Args:
        found: findings of the loader and of the rules.
        plan: the plan.
        codes: every code that smartplan can say.
        today: the day on which `until` is judged.
        passing: those that come and go by themselves, so that it says nothing if they are absent.
        complete: whether everything was looked for; if not, what was not found says nothing
            about comments and known findings.
    """
    settling = _Settling(plan, today)
    shown = [each for one in found if (each := settling.settle(one)) is not None]
    left, known, waiting = part(plan, sorted(shown, key=_order))
    whole = complete and plan.whole and not plan.lost
    codes = tuple(codes)
    sure = loading.CODES if any(map(_hides_others, left)) else codes
    lasting = [one for one in sure if one not in passing] if whole else ()
    sought = {name for one in lasting for name in (one.id, one.name)}
    settled = [one for one in codes if not one.id.startswith(FIXED_FAMILIES)]
    names = {name: one for one in settled for name in (one.id, one.name)}
    left.extend(settling.about_checks(names, sought))
    left.extend(settling.about_comments(names, sought))
    left.extend(one for one in gone(plan, waiting) if one.remark.args["rule"] in sought)
    ignored = sorted(settling.ignored, key=_order)
    return Settled(tuple(sorted(left, key=_order)), tuple(ignored), tuple(known))


def _hides_others(one: Finding) -> bool:
    """Tell whether a finding leaves a field unknown, so that rules are silent where it counts.

    What they would find is then neither gone nor unused; what loading finds can still be told.
    """
    return one.code.level is ERROR and one.code in loading.CODES


def _order(one: Finding) -> tuple[object, ...]:
    return one.order


def _matches(pattern: str | None, path: str) -> bool:
    """Tell whether a path matches: `*` stands for anything, a path also covers what is below it."""
    if not pattern:
        return True
    glob = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(rf"{glob}(?:[.\[].*)?", path) is not None
