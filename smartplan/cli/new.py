"""`new`: adds an item to a plan, with the next free id, in the right file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli import completing
from smartplan.cli.common import LanguageOption, TodayOption, choose, guarded
from smartplan.cli.comparing import PlanOption, here, spoken
from smartplan.cli.editing import DryOption, carry_out, not_edited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from smartplan.compare.facts import Facts, Item
    from smartplan.compare.shapes import Shape
    from smartplan.text.source import Source
    from smartplan.words.speaker import Speaker

NAMES = ("title", "name", "label", "text")
"""Fields that name an item; the first that its kind has."""


@guarded
def new(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="action, goal, indicator, risk, agency, …",
            autocompletion=completing.kinds,
        ),
    ],
    *,
    title: Annotated[
        str, typer.Option("--title", help="What it is called.", show_default=False)
    ] = "",
    dimension: Annotated[
        str,
        typer.Option("--dimension", help="Its dimension, of an action.", show_default=False),
    ] = "",
    identity: Annotated[
        str,
        typer.Option("--id", metavar="ID", help="Its id; the next free one if not given."),
    ] = "",
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="A field and its value.", show_default=False
        ),
    ] = None,
    dry: DryOption = False,
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Add an item to a plan: with the next free id, in the file where its like stand.

    An id that is in use on another branch is not taken. Where each item has a file of its own the
    new one gets one too. Exit code: 0 done; 1 refused; 2 no such kind, or a value that is none.
    """
    from smartplan.compare.shapes import collection, collections

    names = {(one.noun or name): name for name in collections() if (one := collection(name))}
    collected = names.get(kind, kind)
    keyed = [name for name in collections() if getattr(collection(name), "kind", "") == "keyed"]
    choose("KIND", collected, keyed)
    shape = collection(collected)
    assert shape  # noqa: S101  # it is one of them
    root, facts = here(plan)
    said = spoken(language, facts)
    if dimension and "dimension" in shape.fields:
        choose("--dimension", dimension, _dimensions(facts))
    values = dict(_values(fields or (), shape, title=title, dimension=dimension))
    of_dimension = values.get("dimension") or values.get("element", "").partition(".")[0]
    like, alike = _like(facts, collected, of_dimension)
    begins = f"{(of_dimension or shape.noun)[:3].upper()}-"
    siblings = like if alike or not of_dimension else []
    values["id"] = identity or _next(facts, root, siblings, begins)
    _free(values["id"], facts)
    source = _placed(values, shape, facts, like, said)
    return carry_out([source], plan, said, today=today, dry=dry, stage="draft")


def _dimensions(facts: Facts) -> list[str]:
    from smartplan.compare.names import Names

    return list(Names(facts, facts).dimensions)


def _values(
    fields: Sequence[str], shape: Shape, *, title: str, dimension: str
) -> Iterator[tuple[str, str]]:
    """Give what is known of the new item, by field."""
    from smartplan.cli.faults import NO_VALUE
    from smartplan.text.error import SmartplanError

    name = next((one for one in NAMES if one in shape.fields), "")
    if title and name:
        yield name, title
    if dimension and "dimension" in shape.fields:
        yield "dimension", dimension
    for one in fields:
        field, sign, value = one.partition("=")
        choose("--set", field, shape.fields)
        if not sign or not value:
            raise SmartplanError(NO_VALUE, path=field)
        yield field, value


def _like(facts: Facts, collected: str, dimension: str) -> tuple[list[Item], bool]:
    """Give the items that the new one should stand with, and whether they are of its dimension."""
    from smartplan.compare.around import dimension_of

    items = list(facts.of(collected))
    alike = [one for one in items if dimension and dimension_of(one, facts) == dimension]
    return alike or items, bool(alike)


def _next(facts: Facts, root: Path, siblings: Sequence[Item], begins: str) -> str:
    from smartplan.compare.numbering import next_id
    from smartplan.workspace.taken import ids_on_branches

    taken = {one.name.key for one in facts.items.values()} | ids_on_branches(root)
    return next_id([one.name.key for one in siblings], taken, begins)


def _free(identity: str, facts: Facts) -> None:
    from smartplan.cli.faults import ID_TAKEN, NO_ID
    from smartplan.plan.grammar import is_id
    from smartplan.text.error import SmartplanError

    if not is_id(identity):
        raise SmartplanError(NO_ID, seen=identity)
    if identity.casefold() in {one.name.key.casefold() for one in facts.items.values()}:
        raise SmartplanError(ID_TAKEN, seen=identity)


def _placed(
    values: dict[str, str], shape: Shape, facts: Facts, like: Sequence[Item], said: Speaker
) -> tuple[Source | None, Source]:
    """Give the file that the new item stands in, before and after."""
    from smartplan.compare.shapes import written_order
    from smartplan.text.edit import Refused, add, put
    from smartplan.text.source import Source

    collected = shape.collection
    before = _file(values["id"], collected, facts, like)
    missing = [one for one in shape.fields if one not in values and one in TO_FILL]
    hint = said.screen("edit.to_fill", fields=", ".join(missing)) if missing else ""
    item = f"id: {values['id']}\n"
    try:
        after = add(before, collected, item, hint)
        route = (collected, _count(after, collected) - 1)
        for field, value in values.items():
            if field != "id":
                inner = shape.inside(field)
                is_text = inner is not None and inner.kind == "value" and inner.value == "text"
                after = put(after, (*route, field), value, written_order, is_text=is_text)
    except Refused as refused:
        raise not_edited(values["id"], refused) from None
    known = any(one.source.path == before.path for one in facts.documents)
    return (before if known else None), Source(after.path, after.text, bom=after.bom)


TO_FILL = (
    "owner",
    "years",
    "budget",
    "indicators",
    "goals",
    "element",
    "missions",
    "unit",
    "direction",
    "baseline",
    "targets",
    "likelihood",
    "impact",
    "mitigation",
    "date",
    "publisher",
)
"""Fields that a planner fills in next, where a kind has them."""


def _count(source: Source, collected: str) -> int:
    from smartplan.text.document import Document

    data = Document.read(source).data
    items = data.get(collected) if isinstance(data, dict) else None
    return len(items) if isinstance(items, list) else 1


def _file(identity: str, collected: str, facts: Facts, like: Sequence[Item]) -> Source:
    """Choose the file: one of its own where its like have such, else that of the last of them."""
    from smartplan.text.source import Source

    root = facts.root
    if root.endswith(".yaml"):
        return facts.documents[0].source
    above = "" if root in (".", "") else f"{root}/"
    if not like:
        own = collected == "actions"
        path = f"{above}{collected}/{identity}.yaml" if own else f"{above}{collected}.yaml"
        there = next((one.source for one in facts.documents if one.source.path == path), None)
        return there or Source(path, "")
    last = like[-1]
    alone = sum(one.file == last.file and not one.holder for one in facts.of(collected)) == 1
    folder, _, name = last.file.rpartition("/")
    if alone and name.removesuffix(".yaml") == last.name.key:
        return Source(f"{folder}/{identity}.yaml" if folder else f"{identity}.yaml", "")
    return last.document.source
