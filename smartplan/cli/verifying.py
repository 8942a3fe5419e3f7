"""`merge --verify`: whether merge commits are what their parents mean together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smartplan.cli.common import DONE, FOUND, emit, tell
from smartplan.cli.comparing import beyond, documents, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from smartplan.compare.facts import Facts
    from smartplan.compare.verify import Deviation
    from smartplan.text.document import Document
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.answers import Commit
    from smartplan.workspace.git import Git


@dataclass(frozen=True, slots=True)
class Verified:
    """A merge commit: where it deviates, and the rules that only the sum of its sides breaks."""

    commit: Commit
    deviations: tuple[Deviation, ...]
    broken: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether the merge is what its sides mean, and breaks nothing that both held."""
        return not self.deviations and not self.broken


def verify(words: str, *, plan: str, on: date, language: str | None) -> int:
    """Verify the merge commits of a range, or one commit; give the exit code.

    Args:
        words: `A..B`, or a commit.
        plan: where the plan is looked for.
        on: the day on which time limits are judged.
        language: the language of messages, if one was asked for.
    """
    said: Speaker | None = None
    code = DONE
    for found, facts in _merges(words, plan, on):
        said = said or spoken(language, facts)
        if found.holds:
            emit(said.screen("verify.holds", sha=found.commit.sha[:7]))
            continue
        code = FOUND
        emit("\n".join(_lines(found, said)))
    if said is None:
        tell(spoken(language, _nothing()).screen("verify.none"))
    return code


def _nothing() -> Facts:
    from smartplan.compare.facts import Facts

    return Facts()


def _lines(found: Verified, said: Speaker) -> Iterator[str]:
    from smartplan.show.terminal import clean, one_line

    yield said.screen("verify.differs", sha=found.commit.sha[:7])
    for one in found.deviations:
        kind = said.screen(f"verify.{one.kind}")
        values = (
            said.value(v) if v is not None else said.screen("verify.absent")
            for v in (one.ours, one.theirs, one.found)
        )
        told = said.screen(
            "verify.values", **dict(zip(("ours", "theirs", "found"), values, strict=True))
        )
        yield f"  {clean(one.path)}: {kind}. {clean(told)}"
    for finding in found.broken:
        yield f"  {one_line(finding, said)}"


def _merges(words: str, plan: str, on: date) -> Iterator[tuple[Verified, Facts]]:
    """Judge every merge commit that is meant, the newest first."""
    from smartplan.workspace.revisions import sides

    first, _, last = words.rpartition("..")
    last = last or "HEAD"
    old, new = sides((first or last, last), plan_path=Path(plan))
    git = new.git
    if git is None or new.sha is None:
        return
    since = old.sha if first else git.peel((f"{new.sha}^",))[0]
    commits = git.commits(new.sha, since=since)
    for commit in commits if first else commits[:1]:
        if len(commit.parents) == 2:  # noqa: PLR2004  # an octopus is judged by nobody
            yield _judged(git, commit, new.root, on)


def _judged(git: Git, commit: Commit, root: str, on: date) -> tuple[Verified, Facts]:
    from smartplan.compare.facts import gather
    from smartplan.compare.verify import beyond_ceilings, deviations

    base = git.merge_base(*commit.parents)
    shas = (base, *commit.parents, commit.sha)
    four = [_documents(git, sha, root) for sha in shas]
    facts = [gather(one, root) for one in four]
    broken = _errors(four[3], root, on)
    for side in four[1:3]:
        broken = beyond(broken, _errors(side, root, on), (root, root))
    found = (*deviations(*facts), *beyond_ceilings(*facts[1:]))
    return Verified(commit, found, tuple(broken)), facts[3]


def _documents(git: Git, sha: str, root: str) -> tuple[Document, ...]:
    from smartplan.workspace.side import COMMIT, Side

    return documents(Side(COMMIT, sha, root=root, sha=sha, git=git).sources())


def _errors(side: tuple[Document, ...], root: str, on: date) -> list[Finding]:
    from smartplan.rules.check import check

    sources = [one.source for one in side]
    found = check(sources, today=on, root=root).findings if sources else ()
    return [one for one in found if one.level == "error"]
