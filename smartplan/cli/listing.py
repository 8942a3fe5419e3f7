"""`list` and `show`: what a plan holds, many items at once or one with all that it says."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli import completing
from smartplan.cli.common import (
    DONE,
    LanguageOption,
    TodayOption,
    choose,
    colours,
    day,
    emit,
    guarded,
    tell,
)
from smartplan.cli.comparing import PlanOption, here, meant, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.compare.facts import Facts, Item, Steps
    from smartplan.compare.shapes import Shape
    from smartplan.text.finding import Finding

ACTIONS = "actions"
TELLING = ("dimension", "element", "unit", "owner", "kind", "date", "years", "status")
"""Fields that tell most of an item besides its name."""
NAMING = ("title", "name", "label", "text")
MOST = 2
"""So many of them stand in a list if nothing else was asked for."""
_FILTER = re.compile(r"([a-z_]+)(=|~)(.*)", re.DOTALL)


KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="[KIND]",
        help="actions, goals, indicators, agencies, …",
        autocompletion=completing.kinds,
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FIELD=VALUE",
        help="Only items with this value; FIELD~TEXT: that hold a text; FIELD=: that lack it.",
        show_default=False,
    ),
]
YearOption = Annotated[
    int | None, typer.Option("--year", help="Only items of this year.", show_default=False)
]
ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns",
        metavar="A,B",
        help="Fields to show; cost and file are columns too.",
        show_default=False,
    ),
]
ListFormatOption = Annotated[
    str, typer.Option("--format", metavar="table|csv|json|ids", help="How it is written.")
]


@guarded
def list_items(
    kind: KindArgument = ACTIONS,
    *,
    where: WhereOption = None,
    year: YearOption = None,
    columns: ColumnsOption = "",
    output: ListFormatOption = "table",
    plan: PlanOption = ".",
    language: LanguageOption = None,
) -> int:
    """List the items of a plan, one a line; into a pipe with tabs between the columns.

    Exit code: 0, also if there are none; 2 no plan, or no such kind or field.
    """
    from smartplan.compare.shapes import collection, collections
    from smartplan.show import items as show

    choose("--format", output, ("table", *show.FORMATS))
    name = choose("KIND", _collection(kind), collections())
    shape = collection(name)
    assert shape  # noqa: S101  # it is one of them
    known = tuple(dict.fromkeys(("id", *shape.fields, show.COST, show.FILE)))
    chosen = [choose("--columns", one.strip(), known) for one in columns.split(",") if one.strip()]
    filters = [_filter(one, known) for one in where or ()]
    _, facts = here(plan)
    said = spoken(language, facts)
    found = [one for one in facts.of(name) if _passes(one, filters, year)]
    listing = show.Listing(found, chosen or list(_columns(name, shape, found)))
    on_screen = sys.stdout.isatty()
    if output != "table":
        emit(show.FORMATS[output](listing, said))
    elif found and on_screen:
        width = shutil.get_terminal_size().columns
        emit(show.table(listing, said, width=width, colour=colours()))
    elif found:
        emit(show.lines(listing, said))
    rupiah, unknown = listing.cost
    sums = "".join(["≥ " if unknown else "", said.money(rupiah)]) if rupiah else ""
    tell(said.screen("items.total", number=len(found), sum=f" · {sums}" if sums else ""))
    return DONE


def _collection(kind: str) -> str:
    """Give the collection of a kind: `action` and `actions` are the same."""
    from smartplan.compare.shapes import collection, collections

    return next((one for one in collections() if _noun(collection(one)) == kind), kind)


def _noun(shape: Shape | None) -> str:
    return shape.noun if shape else ""


def _columns(name: str, shape: Shape, items: Sequence[Item]) -> Iterator[str]:
    """Choose the columns of a list for which none were asked."""
    yield "id"
    yield from [one for one in NAMING if one in shape.fields][:1]
    telling = [one for one in TELLING if one in shape.fields]
    yield from [one for one in telling if any(_values(item, one) for item in items)][:MOST]
    if name == ACTIONS:
        yield "cost"


def _filter(text: str, known: Iterable[str]) -> tuple[str, str, str]:
    from smartplan.cli.faults import UNKNOWN_FILTER
    from smartplan.text.error import SmartplanError

    match = _FILTER.fullmatch(text)
    if match is None:
        raise SmartplanError(UNKNOWN_FILTER, seen=text, allowed=["FIELD=VALUE", "FIELD~TEXT"])
    return choose("--where", match[1], known), match[2], match[3].casefold()


def _passes(item: Item, filters: Sequence[tuple[str, str, str]], year: int | None) -> bool:
    for field, sign, wanted in filters:
        values = [item.name.key] if field == "id" else _values(item, field)
        folded = [one.casefold() for one in values]
        if sign == "=" and not wanted:
            if folded:
                return False
        elif not any(wanted == one if sign == "=" else wanted in one for one in folded):
            return False
    return year is None or str(year) in {*_values(item, "years"), *_values(item, "date", 4)}


def _values(item: Item, field: str, length: int | None = None) -> list[str]:
    """Give what an item says in a field, one text a value; years each by itself."""
    found: list[str] = []
    for steps, leaf in item.leaves.items():
        if steps[0] == field and leaf.value is not None:
            many = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            found += (str(one)[:length] for one in many)
    return found


@guarded
def show_item(
    item: Annotated[
        str,
        typer.Argument(
            metavar="ID|PATH",
            help="GOV-01, or actions[GOV-01].budget.",
            autocompletion=completing.ids,
        ),
    ],
    *,
    output: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How it is written.")
    ] = "text",
    plan: PlanOption = ".",
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Show one item: what it says, what refers to it, and what is found in it.

    Exit code: 0; 2 no plan, or no such item.
    """
    from smartplan.compare.around import users_of
    from smartplan.show import items as show

    choose("--format", output, ("text", "json"))
    on = day(today)
    _, facts = here(plan)
    found, below = meant(item, facts)
    said = spoken(language, facts)
    shown = show.Shown(
        found,
        below,
        [one for one in facts.items.values() if one.holder == found.name and not below],
        [] if below else sorted(set(users_of(facts).get(found.name.key, ())) - {str(found.name)}),
        list(_findings(found, below, plan, on.isoformat())),
        ("provenance", "illustrative") in _origin(found, facts),
    )
    if output == "json":
        emit(show.item_json(shown, said))
    else:
        width = shutil.get_terminal_size().columns
        emit(show.text(shown, said, width=width, colour=colours()))
    return DONE


def _origin(item: Item, facts: Facts) -> set[tuple[str, str]]:
    """Give the status of an item's provenance, as a pair that can be asked for."""
    found = facts.effective_provenance(item)
    return {("provenance", str(value)) for steps, value in found if steps[-1] == "status"}


def _findings(item: Item, below: Steps, plan: str, today: str) -> Iterator[Finding]:
    """Judge the plan, and give what is found in an item."""
    from smartplan.cli.check import examine
    from smartplan.compare.facts import joined
    from smartplan.workspace.workspace import find

    path = f"{item.name}{joined(below)}"
    for one in examine(find(Path(plan))[0], today=day(today)).findings:
        found = one.remark.path
        if found == path or found.startswith((f"{path}.", f"{path}[")):
            yield one
