"""`set` and `rename`: change a plan from the command line, with the difference shown first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli import completing
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
from smartplan.cli.comparing import PlanOption, beyond, here, meant, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.compare.facts import Facts, Item, Steps
    from smartplan.text.document import Route
    from smartplan.text.source import Source
    from smartplan.words.speaker import Speaker

DryOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Write even if the plan then has an error that it had not.")
]


@guarded
def set_value(
    place: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            help="GOV-01.budget.2027.apbd, or plan.title.",
            autocompletion=completing.ids,
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help="What it shall say.", show_default=False),
    ] = None,
    *,
    unset: Annotated[
        bool, typer.Option("--unset", help="Take it out, with the comments that belong to it.")
    ] = False,
    dry: DryOption = False,
    force: ForceOption = False,
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Set one value of a plan, or take it out; nothing else in the file changes.

    A member of a list is set as GOV-01.support[dinkes]. Shows the difference, and what validate
    finds in the plan that it did not find before; a new error is not written. Exit code: 0 done; 1
    refused; 2 no such place.
    """
    from smartplan.compare.shapes import written_order
    from smartplan.text.edit import Refused, put, take

    _, facts = here(plan)
    said = spoken(language, facts)
    item, steps = meant(place, facts)
    _known(item, steps, place)
    before = item.document.source
    try:
        if unset:
            after = take(before, _route(item, steps))
        else:
            route, text = _target(item, steps, value, place)
            after = put(before, route, text, written_order, is_text=_is_text(item, steps))
    except Refused as refused:
        raise not_edited(place, refused) from None
    return carry_out([(before, after)], plan, said, today=today, dry=dry, force=force)


def not_edited(place: str, refused: Exception) -> Exception:
    """Say which edit was not made, and why."""
    from smartplan.cli.faults import NOT_EDITED
    from smartplan.text.error import SmartplanError

    return SmartplanError(NOT_EDITED, path=place, problem=getattr(refused, "reason", ""))


def _known(item: Item, steps: Steps, place: str) -> None:
    """Refuse a path that leads to nothing the plan format knows."""
    from smartplan.cli.faults import NO_SUCH_PLACE
    from smartplan.plan.nearest import nearest
    from smartplan.text.error import SmartplanError

    shape = item.shape
    if not steps:
        raise SmartplanError(NO_SUCH_PLACE, seen=place, suggestion="")
    for step in steps:
        if shape is None or step.startswith("["):
            return
        inner = shape.inside(step)
        if inner is None and shape.fields:
            raise SmartplanError(NO_SUCH_PLACE, seen=step, suggestion=nearest(step, shape.fields))
        shape = inner


def _is_text(item: Item, steps: Steps) -> bool:
    """Tell whether a field holds text, even if it looks like a number."""
    shape = item.shape
    for step in steps:
        shape = shape.inside(step) if shape and not step.startswith("[") else shape
    return shape is not None and shape.kind == "value" and shape.value in ("text", "code")


def _target(item: Item, steps: Steps, value: str | None, place: str) -> tuple[Route, str]:
    """Give where a value goes, and the value; a member of a list is its own value."""
    from smartplan.cli.faults import NO_VALUE
    from smartplan.text.error import SmartplanError

    if steps[-1].startswith("["):
        listed = _data(item, steps[:-1])
        size = len(listed) if isinstance(listed, list) else 0
        return (*item.route, *steps[:-1], size), steps[-1][1:-1]
    if value is None:
        raise SmartplanError(NO_VALUE, path=place)
    return _route(item, steps), value


def _route(item: Item, steps: Steps) -> Route:
    """Give the place of a value in its file: where it stands, or where it would stand."""
    leaf = item.leaves.get(steps)
    if leaf is not None:
        return leaf.route
    if steps[-1].startswith("["):
        members = _data(item, steps[:-1])
        wanted = steps[-1][1:-1]
        if isinstance(members, list) and wanted in [str(one) for one in members]:
            return (*item.route, *steps[:-1], [str(one) for one in members].index(wanted))
    return (*item.route, *steps)


def _data(item: Item, steps: Sequence[str]) -> object:
    value: object = item.document.data
    for step in (*item.route, *steps):
        try:
            value = value[step]  # type: ignore[index]  # the data of a plan
        except (KeyError, IndexError, TypeError):
            return None
    return value


@guarded
def rename(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="The id that an item has.", autocompletion=completing.ids
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id that it shall have.")],
    *,
    dry: DryOption = False,
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Give an item another id, everywhere in the plan; the old one is kept under formerly.

    A file that is named by the id is renamed too. Approvals stay as they are: what was approved
    was called by the old id then. Exit code: 0 done; 1 refused; 2 no such item, or no such id.
    """
    from smartplan.compare.shapes import written_order
    from smartplan.plan.grammar import is_id
    from smartplan.text.edit import Refused, put
    from smartplan.text.error import SmartplanError

    root, facts = here(plan)
    said = spoken(language, facts)
    item, _ = meant(old, facts)
    taken = {one.name.key.casefold() for one in facts.items.values() if one is not item}
    if not is_id(new) or new.casefold() in taken:
        from smartplan.cli.faults import ID_TAKEN, NO_ID

        raise SmartplanError(ID_TAKEN if new.casefold() in taken else NO_ID, seen=new)
    changed = _mentions(item, new, facts)
    source = changed.get(item.file, item.document.source)
    kept = len(item.formerly)
    try:
        source = put(source, (*item.route, "formerly", kept), item.name.key, written_order)
    except Refused as refused:
        raise not_edited(old, refused) from None
    changed[item.file] = source
    pairs: list[tuple[Source | None, Source | None]] = []
    for path, after in changed.items():
        before = next(one.source for one in facts.documents if one.source.path == path)
        stem = path.rpartition("/")[2].removesuffix(".yaml")
        if path == item.file and stem == item.name.key and root.is_dir():
            moved = f"{path.removesuffix(f'{stem}.yaml')}{new}.yaml"
            pairs.append((before, replace(after, path=moved)))
        else:
            pairs.append((before, after))
    return carry_out(pairs, plan, said, today=today, dry=dry)


def _mentions(item: Item, new: str, facts: Facts) -> dict[str, Source]:
    """Write the new id wherever the old one stands: the item itself, references, paths."""
    from smartplan.text.source import Edit, apply

    old = item.name.key
    own = item.document.locate((*item.route, "id"))
    edits = {item.file: [Edit(own, own.text.replace(old, new))]}
    for one in facts.items.values():
        if one.name.collection == "approvals":
            continue
        for steps, leaf in one.leaves.items():
            names = leaf.value == old and leaf.shape is not None and leaf.shape.refers
            of_path = steps[-1:] == ("path",) and f"[{old}" in str(leaf.value)
            if names or of_path:
                span = one.document.locate(leaf.route)
                text = (
                    span.text.replace(f"[{old}", f"[{new}")
                    if of_path
                    else (span.text.replace(old, new))
                )
                edits.setdefault(one.file, []).append(Edit(span, text))
    sources = {one.source.path: one.source for one in facts.documents}
    return {
        path: replace(sources[path], text=apply(sources[path], dict.fromkeys(some)))
        for path, some in edits.items()
    }


def carry_out(
    pairs: Sequence[tuple[Source | None, Source | None]],
    plan: str,
    said: Speaker,
    *,
    today: str | None,
    dry: bool = False,
    force: bool | None = None,
    stage: str | None = None,
) -> int:
    """Show what changes in a plan, judge it, and write it unless it has a new error.

    Args:
        pairs: every file before and after; none where there is no file.
        plan: the plan, as it was typed.
        said: the speaker.
        today: the day on which time limits are judged, as it was typed.
        dry: whether to write nothing.
        force: whether to write in spite of new errors; none if the command has no such option.
        stage: the stage whose demands hold; the plan's own if not given.
    """
    from smartplan.cli.check import Judged
    from smartplan.show.patch import patch
    from smartplan.show.terminal import one_line
    from smartplan.text.finding import ERROR
    from smartplan.text.source import Source
    from smartplan.workspace.rewriting import rewrite_sources
    from smartplan.workspace.workspace import find, shown_path

    found = find(Path(plan))[0]
    judged = Judged.of(found, today=day(today), stage=stage)
    new = {after.path: after for _, after in pairs if after}
    gone = {one.path for one, _ in pairs if one} - new.keys()
    texts = {one.path: one for one in judged.sources if one.path not in gone} | new
    after = judged.again(sorted(texts.values(), key=lambda one: one.path.split("/")))
    root = shown_path(found.root)
    worse = beyond(after.findings, judged.checked.findings, (root, root))
    shown = "".join(
        patch(old or Source(one.path, ""), replace(fresh or Source("", ""), path=one.path))
        for old, fresh in pairs
        if (one := old or fresh)
    )
    if shown:
        emit(shown)
    for each in worse:
        tell(one_line(each, said))
    errors = sorted({each.code.id for each in worse if each.level is ERROR})
    if errors and not force:
        told = said.screen("edit.refused", codes=", ".join(errors))
        tell(told if force is None else f"{told} {said.screen('edit.forcing')}")
        return FOUND
    if dry or not shown:
        tell(said.screen("edit.unwritten"))
        return DONE
    rewrite_sources(found.root, pairs)
    tell(said.screen("edit.written", files=", ".join(sorted(new.keys() | gone))))
    return DONE
