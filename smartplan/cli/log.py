"""`log`: the history of one item or field, with its decisions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import DONE, LanguageOption, choose, colours, emit, guarded, tell
from smartplan.cli.comparing import PlanOption, documents, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.compare.facts import Facts
    from smartplan.show.history import Entry
    from smartplan.text.source import Source
    from smartplan.workspace.git import Git
    from smartplan.workspace.history import Moment, Wanted


@guarded
def log(
    item: Annotated[
        str, typer.Argument(metavar="ID|PATH", help="GOV-01, or actions[GOV-01].budget.2027.")
    ],
    revisions: Annotated[
        str, typer.Argument(metavar="[A..B]", help="A range of commits, or the newest one.")
    ] = "HEAD",
    *,
    output: Annotated[
        str, typer.Option("--format", metavar="text|markdown|json", help="How it is written.")
    ] = "text",
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="Go on with former ids of the item.")
    ] = True,
    plan: PlanOption = ".",
    language: LanguageOption = None,
) -> int:
    """Show how an item or a field came to be what it is, the newest change first.

    Follows the item through moves, renames and split files; shows approvals and adopted plans.
    """
    from smartplan.compare.facts import gather
    from smartplan.compare.gate import approvals_of
    from smartplan.compare.shapes import collection, collections
    from smartplan.show.history import FORMATS, text
    from smartplan.workspace.history import Wanted, history
    from smartplan.workspace.revisions import sides

    choose("--format", output, FORMATS)
    since, _, last = revisions.rpartition("..")
    old, new = sides((since, last or "HEAD") if since else (last, last), plan_path=Path(plan))
    facts = gather(documents([one for one in new.sources() if _decides(one)]), new.root)
    singles = [one for one in collections() if _stands_once(collection(one))]
    wanted = Wanted.of(item, singles)
    if new.git is None or new.sha is None:
        moments: Iterable[Moment] = ()
    else:
        base = old.sha if since else None
        moments = history(new.git, new.root, wanted, new.sha, since=base, follow=follow)
    entries = _with_baselines(list(moments), facts, wanted, new.git)
    said = spoken(language, facts)
    if not entries:
        tell(said.screen("history.none", item=item))
        return DONE
    approvals = {one.fingerprint: one for one in approvals_of(facts)}
    if output == "text":
        emit(text(entries, approvals, said, colour=colours()))
    else:
        emit(FORMATS[output](entries, approvals, said))
    return DONE


def _decides(source: Source) -> bool:
    """Tell whether a file may hold the header, a baseline or an approval: all that is needed."""
    return any(word in source.text for word in ("plan:", "baselines:", "approvals:"))


def _stands_once(shape: object) -> bool:
    return getattr(shape, "kind", "") == "part"


def _with_baselines(
    moments: list[Moment], facts: Facts, wanted: Wanted, git: Git | None
) -> list[Entry]:
    """Put the adopted plans that hold the item among the commits, the newest first."""
    from smartplan.compare.ground import frozen_items
    from smartplan.show.history import Entry

    entries = [Entry(one.commit.day, one.commit, one.changes) for one in moments]
    renamed = [one.old for each in moments for one in each.changes if one.op == "rename"]
    names = [wanted, *(replace(wanted, key=str(old)) for old in renamed)]
    for baseline in sorted(facts.of("baselines"), key=lambda one: str(one.get("date") or "")):
        if any(one.named(path) for path in frozen_items(baseline) for one in names):
            day, ref = str(baseline.get("date") or ""), str(baseline.get("ref") or "")
            held = _held_by(str(baseline.get("commit") or ""), git)
            at = next((n for n, one in enumerate(entries) if _older(one, day, held)), len(entries))
            entries.insert(at, Entry(day, baseline=baseline.name.key, ref=ref))
    return entries


def _held_by(commit: str, git: Git | None) -> frozenset[str]:
    """Give the commits that were adopted; nothing if the baseline names none that is here."""
    sha = git.peel((commit,))[0] if git and commit else None
    return frozenset(one.sha for one in git.commits(sha)) if git and sha else frozenset()


def _older(entry: Entry, day: str, held: frozenset[str]) -> bool:
    """Tell whether an entry belongs below a baseline: by what it adopted, else by the day."""
    if entry.commit is None:
        return False
    return entry.commit.sha in held if held else entry.day <= day
