"""What every item of a plan is: a frozen record of declared fields, with an id and a provenance.

Modules of models do not postpone their annotations: pydantic reads them all at start-up, and would
compile each of them anew if it were text.
"""

from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from smartplan.plan.values import (
    WRONG_TYPE,
    Choice,
    Id,
    Ref,
    Text,
    fault,
    listed,
    shown,
)


def about(
    title: str,
    description: str,
    *,
    example: object,
    unit: str = "",
    required: bool = False,
    default: object = None,
    order: str = "",
    key: tuple[str, ...] = (),
    alias: str | None = None,
    change: str = "",
) -> Any:  # noqa: ANN401  # a field, typed by its annotation
    """Declare a field: everything that is known about it, in one place.

    Args:
        title: its label, as a planner says it.
        description: one sentence for a person who fills it in.
        example: what a filled field looks like, as YAML reads it.
        unit: of numbers (`rupiah`, `year`, …).
        required: whether the item is incomplete without it at every stage.
        default: what stands for "not given"; none, or an empty tuple or mapping.
        order: `ordered` where the order of a list is data; a list is a set or keyed otherwise.
        key: the natural key of a list of items without ids.
        alias: the key in the file where Python reserves the word.
        change: what a change of it is to a reviewer, such as `owner` or `target` (an aspect of
            `compare/taxonomy.py`); what its type suggests if not given.
    """
    extra: Any = {
        "unit": unit,
        "required": required,
        "order": order,
        "key": list(key),
        "change": change,
    }
    return Field(
        default=default,
        alias=alias,
        title=title,
        description=description,
        examples=[example],
        json_schema_extra=extra,
    )


class Record(BaseModel):
    """A part of an item: frozen, strict, no unknown key.

    pydantic's reader of it is built when one is read that `everyday` gives up on; most plans do
    without.

    Attributes:
        noun: what it is, if it counts as an item of the plan.
    """

    noun: ClassVar[str] = ""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class Also:
    """Annotates a field with the short forms that it may be written in, besides its own."""

    def __init__(self, *forms: Any) -> None:  # noqa: ANN401  # types at run time
        """Name the types of the short forms."""
        self.forms = forms


def _itemised(value: object) -> object:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(value)
    raise fault(WRONG_TYPE, seen=shown(value), allowed="list")


Words = BeforeValidator(listed)
"""Annotates a tuple of scalars: one bare value counts as a list of one."""
Items = BeforeValidator(_itemised)
"""Annotates a tuple of records: they stand in a list."""

Texts: TypeAlias = Annotated[tuple[Text, ...], Words]
Ids: TypeAlias = Annotated[tuple[Id, ...], Words]

PROVENANCE = Choice("provenance", ("official", "reported", "illustrative", "derived"))


class Provenance(Record):
    """Where a statement comes from (format.md, principle 5)."""

    noun: ClassVar[str] = "provenance"

    status: Annotated[str, PROVENANCE] | None = about(
        "Status",
        "official, reported by someone, illustrative (invented), or derived from other facts.",
        example="reported",
        required=True,
    )
    sources: Annotated[tuple[Annotated[str, Ref("source")], ...], Words] = about(
        "Sources", "The sources it rests on.", example=["S-16"], default=()
    )
    note: Text | None = about("Note", "What a reader should know of it.", example="printed so")


class Entity(Record):
    """An item with an id that other items name."""

    id: Id | None = about(
        "Id", "Its short name, unique in the plan.", example="GOV-01", required=True
    )
    formerly: Ids = about("Formerly", "Ids it had before.", example=["GOV-09"], default=())
    provenance: Provenance | None = about(
        "Provenance",
        "Where the statement comes from.",
        example={"status": "illustrative"},
        change="provenance",
    )
    note: Text | None = about("Note", "A remark for those who work on the plan.", example="usulan")

    @property
    def heading(self) -> str:
        """What people call it: its title, name or text, else its id."""
        for name in ("title", "name", "label", "text"):
            if isinstance(value := self.__dict__.get(name), str) and value:
                return value
        return self.id or ""
