"""What smartplan says about a text: codes, findings, fixes.

A code is declared once, beside what it judges. A finding carries a code, a place and named
arguments, never a sentence: sentences are made in `words`, per language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smartplan.text.source import Edit, Span


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return list(Severity).index(self)


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Term(str):
    """An English word or phrase of ours inside an argument, which a speaker translates.

    What stands in a plan is never one: it is said as it was written.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One thing smartplan can say.

    Attributes:
        id: family letter and three digits, never reused: the number of the domain rule it
            stands for, or one from 101.
        name: the offence in kebab case.
        level: its weight as long as no stage changes it.
        says: the English sentence, with named arguments in braces.
        why: what goes wrong for a city that lets it be.
        fix: what to do about it.
        source: where the rule comes from.
        from_stage: the weight from a stage of the plan on.
    """

    id: str
    name: str
    level: Severity
    says: str
    why: str
    fix: str
    source: str = ""
    from_stage: Mapping[str, Severity] = field(default_factory=dict, compare=False)


class Fix(NamedTuple):
    """A mend: what it does, as edits; unsafe when the meaning could change."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Subject(NamedTuple):
    """The item of the plan that a finding is about."""

    kind: str
    id: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a check yields: a place and arguments, not yet a code nor a level.

    Three arguments have a fixed meaning: `seen` (the value found), `allowed` (what may stand
    there) and `suggestion` (the nearest right name).
    """

    span: Span
    args: Mapping[str, object] = field(default_factory=dict)
    related: tuple[tuple[str, Span], ...] = ()
    fix: Fix | None = None
    subject: Subject | None = None
    path: str = ""


PLACES = ("first", "last")
"""Arguments that say where something stands: a line is no part of what a finding is."""


class Finding(NamedTuple):
    """One code at one place, with its arguments."""

    code: Code
    level: Severity
    remark: Remark

    @property
    def span(self) -> Span:
        """The place."""
        return self.remark.span

    @property
    def order(self) -> tuple[object, ...]:
        """Sort by file, place, code, then arguments: the same under any hash seed."""
        return (*self.span.place, self.code.id, repr(sorted(self.remark.args.items())))

    @property
    def fingerprint(self) -> str:
        """Name this finding so that it survives a moved line: code, item, field, arguments."""
        subject, path = self.remark.subject, self.remark.path
        args = {key: str(one) for key, one in self.remark.args.items() if key not in PLACES}
        parts = [
            self.code.id,
            f"{subject.kind}[{subject.id}]" if subject else "",
            path or self.span.source.path,
            repr(sorted(args.items())),
        ]
        import hashlib

        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def finding(code: Code, span: Span, *, fix: Fix | None = None, **args: object) -> Finding:
    """Make a finding at the code's own level: for faults that no stage of a plan excuses."""
    return Finding(code, code.level, Remark(span=span, args=args, fix=fix))
