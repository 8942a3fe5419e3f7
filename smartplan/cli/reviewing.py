"""What `review` and `approve` share: a branch compared with its base, judged by the gate."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.cli.common import choose
from smartplan.cli.comparing import beyond, called, side_by_side, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from smartplan.cli.comparing import Compared
    from smartplan.compare.change import Change
    from smartplan.compare.gate import Review
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.side import Side

APPROVALS = "approvals"
"""The folder of a plan in which `approve` writes."""
TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
"""Variables in which a host names the branch that a change is for."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan under review."""

    compared: Compared
    review: Review


def reviews(
    base: str, head: str, *, plan: str, on: date, language: str | None, fail_on: str | None = None
) -> Iterator[Reviewed]:
    """Review every plan that is meant."""
    from smartplan.compare import gate
    from smartplan.compare.change import Weight
    from smartplan.plan import grammar
    from smartplan.workspace.revisions import pairs

    limit = Weight.of(choose("--fail-on", fail_on, grammar.GATES)) if fail_on else None
    target = base or _target(plan)
    for old, new in pairs((f"{target}...{head}",), plan_path=Path(plan)):
        found = side_by_side(old, new, whole=True)
        said = spoken(language, found.difference.after)
        names = called(found, said)
        outcome = gate.review(
            found.difference,
            today=on.isoformat(),
            base=names[0],
            head=names[1],
            broken=_broken(found, on, said),
            authors=_authors(old, new),
            fail_on=limit,
        )
        yield Reviewed(found, outcome)


def _target(plan: str) -> str:
    """Give the branch that a change is for: as the host says, else as the clone shows."""
    from smartplan.workspace.git import Git

    for name in TARGETS:
        if branch := os.environ.get(name):
            return f"origin/{branch}"
    git = Git.around(Path(plan))
    return (git.target() if git else None) or "HEAD"


def _authors(old: Side, new: Side) -> frozenset[str]:
    """Name those who changed the plan in a branch; who only committed approvals changed nothing.

    Of the work tree, those who wrote the commits on which it rests.
    """
    if new.git is None:
        return frozenset()
    last = new.sha or new.git.peel(("HEAD",))[0]
    commits = new.git.commits(last, since=old.sha) if last else []
    aside = new.from_top(f"{APPROVALS}/")
    return frozenset(
        one.author
        for one in commits
        if any(not changed.path.startswith(aside) for changed in one.changes)
    )


def _broken(found: Compared, on: date, said: Speaker) -> list[Change]:
    """Tell the rules of the plan that the branch broke or mended: findings that came or went."""
    from smartplan.compare.gate import verdict_of_rule
    from smartplan.rules.check import check

    old, new = (
        check(sources, today=on, root=side.root).findings
        if (sources := [each.source for each in documents])
        else ()
        for side, documents in ((found.a, found.old), (found.b, found.new))
    )
    roots = found.b.root, found.a.root
    came = [one for one in beyond(new, old, roots) if one.level == "error"]
    if any(one.broken for one in found.old):  # of which nobody knows what it kept
        came = [one for one in came if one.span.source.path not in _untouched(found)]
    went = beyond(old, new, roots[::-1]) if new else []
    return [
        verdict_of_rule(one.code.id, _path(one), _seen(one), said.say(one), broken=broken)
        for found_, broken in ((came, True), (went, False))
        for one in found_
    ]


def _untouched(found: Compared) -> set[str]:
    """Give the files that the branch leaves as they are."""
    before = {found.a.inside(one.source.path): one.source.text for one in found.old}
    return {
        one.source.path
        for one in found.new
        if before.get(found.b.inside(one.source.path)) == one.source.text
    }


def _seen(finding: Finding) -> str:
    return str(finding.remark.args.get("seen", ""))


def _path(finding: Finding) -> str:
    return finding.remark.path or finding.span.source.path
