"""`baseline`: the plan as it was adopted, recorded, listed, verified, and compared with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    TodayOption,
    day,
    emit,
    guarded,
    tell,
)
from smartplan.cli.comparing import PlanOption, here, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from smartplan.compare.digest import Distance
    from smartplan.compare.facts import Facts, Item
    from smartplan.text.writing import Content
    from smartplan.words.speaker import Speaker

BASELINES = "baselines"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")

app = typer.Typer(no_args_is_help=True, help="Record and verify the plan as it was adopted.")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name of the baseline.")]


@app.command()
@guarded
def create(
    name: NameArgument,
    *,
    ref: Annotated[
        str, typer.Option("--ref", metavar="TEXT", help="The decision: Perwali 12/2024.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="TEXT", help="Who records it.")] = "",
    act: Annotated[str, typer.Option("--act", metavar="ID", help="The act, of legal_basis.")] = "",
    on: Annotated[
        str, typer.Option("--date", metavar="DAY", help="The day of adoption; today if not given.")
    ] = "",
    items: Annotated[
        list[str] | None,
        typer.Option("--items", metavar="ID", help="Only these items; repeat it."),
    ] = None,
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Record the plan of the last commit as adopted, with a digest of every item.

    Writes baselines/NAME.yaml in the plan. Refuses a plan that differs from the last commit, and a
    name that is taken.
    """
    from smartplan import __version__
    from smartplan.cli.faults import BAD_DAY, BAD_NAME, NAME_TAKEN
    from smartplan.compare.digest import digests, whole
    from smartplan.plan.grammar import is_date
    from smartplan.text.error import SmartplanError
    from smartplan.text.writing import record
    from smartplan.workspace.workspace import shown_path, write

    root, facts = here(plan)
    place = (root if root.is_dir() else root.parent) / BASELINES / f"{name}.yaml"
    if not _NAME.fullmatch(name):
        raise SmartplanError(BAD_NAME, seen=name)
    adopted = on or day(today).isoformat()
    if not is_date(adopted):
        raise SmartplanError(BAD_DAY, seen=adopted)
    if place.exists() or any(one.name.key == name for one in facts.of(BASELINES)):
        raise SmartplanError(NAME_TAKEN, seen=name)
    commit = _commit(root)
    chosen = _chosen(digests(facts), items or [])
    fields: dict[str, Content] = {
        "name": name,
        "date": adopted,
        "act": act,
        "ref": ref,
        "by": by,
        "commit": commit,
        "contains": _new_approvals(facts),
        "tool": f"smartplan {__version__}",
        "digest": whole(chosen),
        "items": chosen,
    }
    write(place, record(BASELINES, fields))
    said = spoken(language, facts)
    tell(said.screen("baseline.recorded", name=name, items=len(chosen), path=shown_path(place)))
    return DONE


@app.command("list")
@guarded
def list_(*, plan: PlanOption = ".", language: LanguageOption = None) -> int:
    """List the baselines of the plan, the newest last."""
    _root, facts = here(plan)
    said = spoken(language, facts)
    for one in _sorted(facts):
        emit("  ".join(_line(one, said)))
    return DONE


@app.command()
@guarded
def show(name: NameArgument, *, plan: PlanOption = ".", language: LanguageOption = None) -> int:
    """Show what a baseline records."""
    from smartplan.compare.ground import frozen_items

    _root, facts = here(plan)
    one = _named(facts, name)
    said = spoken(language, facts)
    emit("\n".join(_line(one, said)))
    emit("\n".join(f"{digest[:16]}  {path}" for path, digest in frozen_items(one).items()))
    return DONE


@app.command()
@guarded
def verify(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A baseline; all if not given.")
    ] = "",
    *,
    plan: PlanOption = ".",
    language: LanguageOption = None,
) -> int:
    """Verify that baselines are what was adopted: every digest is worked out again, offline.

    The plan is read at the commit that the baseline names; without git, as it lies here. Exit
    code 1 if anything differs.
    """
    root, facts = here(plan)
    said = spoken(language, facts)
    from smartplan.compare.digest import distance

    code = DONE
    for one in [_named(facts, name)] if name else _sorted(facts):
        adopted = _adopted(root, facts, one)
        found = distance(adopted, one, adopted)
        emit(_verdict(one, found, said))
        code = code if found.none else FOUND
    return code


@app.command()
@guarded
def status(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A baseline; the newest if not given.")
    ] = "",
    *,
    plan: PlanOption = ".",
    language: LanguageOption = None,
) -> int:
    """Say which adopted items differ today from what was adopted."""
    from smartplan.compare.facts import Facts
    from smartplan.compare.ground import newest_baseline

    root, facts = here(plan)
    said = spoken(language, facts)
    one = _named(facts, name) if name else newest_baseline(facts)
    if one is None:
        emit(said.screen("baseline.none"))
        return DONE
    from smartplan.compare.digest import distance

    adopted = _adopted(root, facts, one) if one.get("commit") else Facts()
    found = distance(facts, one, adopted)
    emit(_verdict(one, found, said))
    return DONE


# What they share


def _commit(root: Path) -> str:
    """Give the commit that holds the plan exactly; empty outside git.

    Raises:
        SmartplanError: the plan here differs from the last commit.
    """
    from smartplan.cli.faults import NOT_COMMITTED
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.git import Git
    from smartplan.workspace.revisions import sides

    git = Git.around(root)
    if git is None:
        return ""
    old, new = sides((), plan_path=root)
    before, after = old.files(), new.files()
    changed = [
        name
        for name in sorted({*before, *after})
        if name not in before or name not in after or not before[name].equals(after[name])
    ]
    if changed:
        raise SmartplanError(NOT_COMMITTED, files=changed[:5])
    return old.sha or ""


def _chosen(found: dict[str, str], ids: Sequence[str]) -> dict[str, str]:
    """Keep the items that are named by id or path; all if none is named.

    Raises:
        SmartplanError: an item is not in the plan.
    """
    from smartplan.cli.faults import NO_SUCH_ITEM
    from smartplan.text.error import SmartplanError

    if not ids:
        return found
    by_id = {path.partition("[")[2].removesuffix("]") or path: path for path in found}
    unknown = [one for one in ids if one not in found and one not in by_id]
    if unknown:
        raise SmartplanError(NO_SUCH_ITEM, seen=unknown[0])
    paths = sorted(one if one in found else by_id[one] for one in ids)
    return {path: found[path] for path in paths}


def _new_approvals(facts: Facts) -> list[str]:
    """Give the approvals that no baseline contains yet."""
    contained = {one for baseline in facts.of(BASELINES) for one in baseline.members("contains")}
    given = {str(one.get("fingerprint")) for one in facts.of("approvals")}
    return sorted(given - contained)


def _sorted(facts: Facts) -> list[Item]:
    return sorted(facts.of(BASELINES), key=lambda one: (str(one.get("date")), one.name.key))


def _named(facts: Facts, name: str) -> Item:
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.faults import NO_SUCH_BASELINE

    found = {one.name.key: one for one in facts.of(BASELINES)}
    if name not in found:
        raise SmartplanError(NO_SUCH_BASELINE, seen=name, allowed=list(found) or ["–"])
    return found[name]


def _adopted(root: Path, facts: Facts, baseline: Item) -> Facts:
    """Give the plan at the commit that a baseline names; the plan here if it names none."""
    from smartplan.cli.comparing import documents
    from smartplan.compare.facts import gather
    from smartplan.workspace.revisions import sides

    commit = baseline.get("commit")
    if not commit:
        return facts
    side, _work = sides((str(commit), "WORK"), plan_path=root)
    return gather(documents(side.sources()), side.root)


def _line(one: Item, said: Speaker) -> list[str]:
    from smartplan.show import terminal

    words = (one.get("ref"), one.get("by"))
    commit = str(one.get("commit") or "")[:7]
    told = [one.name.key, said.date(str(one.get("date") or "")), commit, *map(str, words)]
    return [terminal.clean(word) for word in told if word and word != "None"]


def _verdict(one: Item, found: Distance, said: Speaker) -> str:
    """Say how far a plan is from a baseline, item by item."""
    from smartplan.show import terminal

    name = terminal.clean(one.name.key)
    if found.none:
        return said.screen("baseline.holds", name=name)
    lines = [said.screen("baseline.tampered", name=name)] if found.broken else []
    for key, paths in (
        ("altered", found.altered),
        ("missing", found.missing),
        ("new", found.new),
    ):
        lines += [f"  {said.screen(f'baseline.{key}')}: {terminal.clean(path)}" for path in paths]
    return "\n".join([said.screen("baseline.differs", name=name), *lines])
