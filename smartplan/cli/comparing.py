"""What the commands that compare share: two sides in words, read and set side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from smartplan.compare.differ import Difference
    from smartplan.compare.facts import Facts, Item, Steps
    from smartplan.text.document import Document
    from smartplan.text.finding import Finding
    from smartplan.text.source import Source
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.side import Side


PlanOption = Annotated[
    str, typer.Option("--plan", metavar="PATH", help="The plan's folder.", show_default=False)
]


class Compared(NamedTuple):
    """Two sides of one plan, and what changed from one to the other."""

    a: Side
    b: Side
    old: tuple[Document, ...]
    new: tuple[Document, ...]
    difference: Difference

    @property
    def language(self) -> str | None:
        """The language of the plan, as its header says; none if it says none."""
        for facts in (self.difference.after, self.difference.before):
            if language := facts.value("plan", "language"):
                return str(language)
        return None

    @property
    def title(self) -> str:
        """The title of the plan; empty if it has none."""
        facts = self.difference.after if self.new else self.difference.before
        return str(facts.value("plan", "title") or "")


def compared(
    words: Sequence[str],
    *,
    path: str = ".",
    whole: bool = False,
    default: tuple[str, str] = ("HEAD", "WORK"),
) -> list[Compared]:
    """Compare the two sides that the user's words mean, plan by plan.

    Args:
        words: revisions, ranges, keywords, folders (`workspace/revisions.py`).
        path: where the plan is looked for.
        whole: read every file, so that sums and users are complete; else what differs.
        default: what is compared if nothing is named.
    """
    from smartplan.workspace.revisions import pairs

    return [
        side_by_side(a, b, whole=whole)
        for a, b in pairs(words, plan_path=Path(path), default=default)
    ]


def side_by_side(a: Side, b: Side, *, whole: bool) -> Compared:
    """Compare two sides of a plan."""
    from smartplan.compare.differ import compare
    from smartplan.workspace.side import pair_sources

    sources = pair_sources(a, b, whole=whole)
    old = documents(sources[0])
    new = documents(sources[1], known=old)
    single = all(side.root.endswith(".yaml") for side in (a, b))  # a plan of one file is whole
    found = compare(old, new, roots=(a.root, b.root), whole=whole or single)
    return Compared(a, b, old, new, found)


def here(path: str) -> tuple[Path, Facts]:
    """Read the one plan of a path as it lies on disk: its folder, or its only file, and its facts.

    Raises:
        SmartplanError: no plan is there, or several are.
    """
    from smartplan.compare.facts import gather
    from smartplan.plan.excluding import excluded
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.faults import SEVERAL_PLANS
    from smartplan.workspace.workspace import find, read, shown_path

    found = find(Path(path))
    if len(found) > 1:
        raise SmartplanError(SEVERAL_PLANS, allowed=[shown_path(one.root) for one in found])
    sources, _unreadable = read(found[0])
    root, read_in = shown_path(found[0].root), documents(sources)
    out = excluded(read_in, (one.path for one in sources), root)
    kept = [one for one in read_in if one.source.path not in out]
    return found[0].root, gather(kept, root)


def meant(word: str, facts: Facts) -> tuple[Item, Steps]:
    """Find the item that an id or a path names, and the steps below it.

    Raises:
        SmartplanError: there is none.
    """
    import re

    from smartplan.cli.faults import NO_SUCH_ITEM
    from smartplan.plan.nearest import nearest
    from smartplan.text.error import SmartplanError

    match = re.match(r"([a-z_]+\[([^\]]+)\]|[^.\[]+)", word)
    head = match[0] if match else word
    key = (match[2] if match else None) or head
    steps = tuple(re.findall(r"\[[^\]]*\]|[^.\[\]]+", word[len(head) :]))
    for item in facts.items.values():
        if (
            str(item.name) == head
            or item.name.key.casefold() == key.casefold()
            or key in item.formerly
        ):
            return item, steps
    known = [one.name.key or one.name.collection for one in facts.items.values()]
    raise SmartplanError(NO_SUCH_ITEM, seen=word, suggestion=nearest(key, known))


def called(one: Compared, said: Speaker) -> tuple[str, str]:
    """Name the two sides in a language."""
    return _called(one.a, said), _called(one.b, said)


def _called(side: Side, said: Speaker) -> str:
    from smartplan.workspace.side import COMMIT, INDEX, NOTHING, WORK

    if side.kind == COMMIT:
        if side.label == side.short:
            return side.short
        form = "base" if side.base_with else "commit"
        words = {"word": side.word, "other": side.base_with, "sha": side.short}
        return said.screen(f"changes.side.{form}", **words)
    if side.kind in (WORK, INDEX):
        return said.screen(f"changes.side.{side.kind}")
    return said.screen("changes.nowhere") if side.kind == NOTHING else side.word


def beyond(
    found: Sequence[Finding], known: Sequence[Finding], roots: tuple[str, str]
) -> list[Finding]:
    """Give the findings of one state of a plan that another state does not have.

    One that only says other numbers, such as a sum that is still too high, is the same finding;
    but of two alike, where there was one, one is new.

    Args:
        found: the findings of the state in question.
        known: the findings of the other.
        roots: the folders of the plan, as they begin the paths of either.
    """
    from collections import Counter

    for numbers in (True, False):
        here = [_lasting(one, roots[0], numbers=numbers) for one in found]
        there = [_lasting(one, roots[1], numbers=numbers) for one in known]
        shared = Counter(here) & Counter(there)
        found = _without(found, here, shared.copy())
        known = _without(known, there, shared)
    return list(found)


def _without(
    findings: Sequence[Finding], names: Sequence[tuple[str, ...]], shared: Counter[tuple[str, ...]]
) -> list[Finding]:
    """Leave out the first findings of each name, as many as both states share."""
    left: list[Finding] = []
    for one, name in zip(findings, names, strict=True):
        if shared[name] > 0:
            shared[name] -= 1
        else:
            left.append(one)
    return left


def _lasting(finding: Finding, root: str, *, numbers: bool) -> tuple[str, ...]:
    """Name a finding so that the same one of another revision has the same name: no lines."""
    from decimal import Decimal

    from smartplan.plan.grammar import Money, Quantity

    remark = finding.remark
    subject = f"{remark.subject.kind}[{remark.subject.id}]" if remark.subject else ""
    args = [
        (key, str(value))
        for key, value in sorted(remark.args.items())
        if key != "first" and (numbers or not isinstance(value, int | Decimal | Money | Quantity))
    ]
    where = remark.path or finding.span.source.path.removeprefix(f"{root}/")
    return finding.code.id, subject, where, repr(args)


def spoken(language: str | None, facts: Facts) -> Speaker:
    """Give the speaker of a plan: the option, the surroundings, or the plan's own language."""
    from smartplan.cli.common import speaker

    of_plan = facts.value("plan", "language")
    return speaker(language, of_plan if of_plan in ("id", "en") else None)  # type: ignore[arg-type]  # text


def documents(sources: Sequence[Source], known: Sequence[Document] = ()) -> tuple[Document, ...]:
    """Parse files.

    Args:
        sources: the files.
        known: files that were parsed before: one of the same text is not parsed again.
    """
    from smartplan.text.document import Document

    same = {one.source.text: one for one in known if not one.findings}
    return tuple(
        same[one.text].at(one) if one.text in same else Document.read(one) for one in sources
    )
