"""Mends a plan's texts: makes the fixes of its findings, checks again, until nothing is left to do.

Works on sources in memory; whoever calls it writes the files, or shows the difference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smartplan.text.document import Document
from smartplan.text.mend import mended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from smartplan.rules.check import Checked
    from smartplan.text.finding import Finding, Fix
    from smartplan.text.source import Source

ROUNDS = 10
"""So often at most a plan is mended and checked again; what a round uncovers waits for the next."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A plan after mending.

    Attributes:
        checked: what is found in it now.
        sources: its files now, in the order in which they were given.
        fixed: the findings whose fixes were made.
    """

    checked: Checked
    sources: tuple[Source, ...]
    fixed: tuple[Finding, ...]


def mend(
    sources: Sequence[Source],
    check: Callable[[Sequence[Source]], Checked],
    wanted: Callable[[Finding], bool],
    checked: Checked | None = None,
) -> Mended:
    """Make the fixes of all wanted findings.

    Args:
        sources: the files of the plan.
        check: loads and judges files.
        wanted: tells whether the fix of a finding shall be made.
        checked: what was found in the files, if that is known already.
    """
    now, checked = tuple(sources), checked or check(sources)
    fixed: list[Finding] = []
    for _round in range(ROUNDS):
        waiting = [one for one in checked.findings if one.remark.fix and wanted(one)]
        after, made = _once(now, waiting)
        if not made:
            break
        fixed.extend(made)
        now, checked = after, check(after)
    return Mended(checked, now, tuple(fixed))


def fixable(found: Finding, *, unsafe: bool) -> bool:
    """Tell whether a finding has a fix; an unsafe one counts only if asked for."""
    fix = found.remark.fix
    return fix is not None and (fix.safe or unsafe)


def _once(
    sources: Sequence[Source], findings: Iterable[Finding]
) -> tuple[tuple[Source, ...], list[Finding]]:
    by_file: dict[str, list[Finding]] = {}
    for one in findings:
        fix = one.remark.fix
        for path in {edit.span.source.path for edit in fix.edits} if fix else ():
            by_file.setdefault(path, []).append(one)
    after, made = [], []
    for source in sources:
        text, done = _mended(source, by_file.get(source.path, ()))
        after.append(replace(source, text=text) if done else source)
        made.extend(done)
    return tuple(after), made


def _mended(source: Source, findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """Mend one file; a fix after which it reads worse as YAML than before is left out."""
    if not findings:
        return source.text, []
    fixes: list[Fix] = [one.remark.fix for one in findings if one.remark.fix]
    text, made = mended(source, fixes)
    if _reads_worse(source, text):
        sound = [one for one in made if not _reads_worse(source, mended(source, [one])[0])]
        text, made = mended(source, sound)
        if _reads_worse(source, text):
            text, made = mended(source, sound[:1])
    taken = {id(one) for one in made}
    return text, [one for one in findings if id(one.remark.fix) in taken]


def _reads_worse(source: Source, text: str) -> bool:
    before = Document.read(source)
    after = Document.read(replace(source, text=text))
    return (after.broken, len(after.findings)) > (before.broken, len(before.findings))
