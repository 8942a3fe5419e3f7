"""Findings that a city knew of when it began: left out of what is shown, until they are mended.

The list is a collection of the plan (`known`). A finding is named by its fingerprint, which holds
no line, so that the list stays true while the files around it change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smartplan.rules.rule import Drop, Mark, Write, remark_of
from smartplan.text.finding import INFO, Code, Finding
from smartplan.text.writing import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smartplan.plan.header import KnownFinding
    from smartplan.plan.plan import Plan

KNOWN_GONE = Code(
    id="S115",
    name="known-finding-gone",
    level=INFO,
    says="The known finding is found no more: {rule}, {place}.",
    why="A line that stands for nothing hides the finding when it comes back.",
    fix="Delete the line.",
)

KNOWN_FILE = "checks/known.yaml"
"""Where the list is written, below the folder of the plan."""


def recordable(found: Finding) -> bool:
    """Tell whether a finding can be known: it is about a place of the plan, not a whole file."""
    return bool(found.remark.path) and found.code is not KNOWN_GONE


def part(plan: Plan, found: Iterable[Finding]) -> tuple[list[Finding], list[Finding], Counter[str]]:
    """Part findings, in their order, into those that remain and those that a plan lists as known.

    Returns:
        What remains; what is known: of several that are alike the first ones; and how often the
        list names each fingerprint beyond what was found.
    """
    listed: tuple[KnownFinding, ...] = plan.all("known")
    waiting = Counter({one.finding: one.times or 1 for one in listed if one.finding})
    left: list[Finding] = []
    known: list[Finding] = []
    for each in found:
        name = each.fingerprint if waiting and recordable(each) else ""
        if waiting[name] > 0:
            waiting[name] -= 1
            known.append(each)
        else:
            left.append(each)
    return left, known, waiting


def gone(plan: Plan, waiting: Counter[str]) -> Iterator[Finding]:
    """Find the entries of the list that stand for nothing any more, or for fewer than they say."""
    for one in plan.all("known"):
        missing = waiting[one.finding or ""]
        if missing <= 0:
            continue
        left = (one.times or 1) - missing
        mark = Mark(
            one,
            ("times",) if left else (),
            {"rule": one.rule, "place": one.path or ""},
            mend=Write(str(left), safe=True) if left else Drop(safe=True),
        )
        yield Finding(KNOWN_GONE, KNOWN_GONE.level, remark_of(mark, plan))


def listing(plan: Plan, found: Iterable[Finding], path: str, head: str) -> str:
    """Write the list of known findings: one line each, in the order of rule and place.

    Args:
        plan: the plan; what its other files list already is not listed again.
        found: all that shall be known, known before or not.
        path: the file of the list.
        head: a comment for its first line.
    """
    recorded = [one for one in found if recordable(one)]
    counted = Counter(one.fingerprint for one in recorded)
    for one in plan.all("known"):
        if plan.where(one).source.path != path:
            counted[one.finding or ""] -= one.times or 1
    lines = {
        (one.code.id, one.remark.path, one.fingerprint): counted[one.fingerprint]
        for one in recorded
        if counted[one.fingerprint] > 0
    }
    body = "".join(f"  - {_line(*key, times)}\n" for key, times in sorted(lines.items()))
    return f"# {head}\nknown:\n{body}" if body else f"# {head}\nknown: []\n"


def _line(code: str, path: str, fingerprint: str, times: int) -> str:
    more = f", times: {times}" if times > 1 else ""
    return f'{{finding: "{fingerprint}", rule: {code}, path: {scalar(path)}{more}}}'
