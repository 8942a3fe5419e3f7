"""JSON Schema 2020-12 of plan files, made out of the models: for editors, forms and other programs.

What the loader reads without an error is valid, short forms too. What only the whole plan can tell
is left to `validate`: whether a name of a register or an id exists, whether an amount has two
readings.
"""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, Union, get_args, get_origin

from smartplan.plan import grammar, registers, shape
from smartplan.plan.entity import Also, Items, Provenance, Record
from smartplan.plan.plan import COLLECTIONS
from smartplan.plan.values import Choice, Ref

if TYPE_CHECKING:
    from collections.abc import Callable

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FORMAT_VERSION = 1


class Wording(Protocol):
    """Says the labels of fields and words in one language."""

    def field(self, noun: str, name: str, title: str) -> str:
        """Say the title of a field; `title` is the English one."""

    def choice(self, name: str, value: str | None) -> str:
        """Say one of the words of a `Choice`."""

    def named(self, name: dict[str, str]) -> str:
        """Choose the name of a register's entry."""


def plan_schema(wording: Wording) -> Schema:
    """Give the schema of a plan file: every collection, each of them optional."""
    making = _Making(wording)
    content = {name: making.collection(name) for name in COLLECTIONS}
    properties = {
        "format": {"enum": [FORMAT_VERSION, str(FORMAT_VERSION)]},
        "provenance": _or_null(making.model(Provenance)),
        **content,
    }
    return {
        "$schema": DIALECT,
        "$id": "plan.schema.json",
        "title": "smartplan: a file of a plan",
        **_mapping(properties),
        "$defs": making.models,
    }


def collection_schema(name: str, wording: Wording) -> Schema:
    """Give the schema of what stands under one top-level key."""
    making = _Making(wording)
    content = making.collection(name)
    head = {"$schema": DIALECT, "$id": f"{name}.schema.json", "title": f"smartplan: {name}"}
    return {**head, **content, "$defs": making.models}


class _Making:
    """Makes schemas of models, each once; use one for each file."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.models: dict[str, Schema] = {}

    def collection(self, name: str) -> Schema:
        entry = COLLECTIONS[name]
        content = self.model(entry.model)
        doc = _first_sentence(entry.model)
        if entry.single:
            return {"description": doc, **content}
        return {"description": doc, "type": ["array", "null"], "items": content}

    def model(self, model: type[Record]) -> Schema:
        """Refer to a model, which is described under `$defs`."""
        name = model.__name__
        if name not in self.models:
            self.models[name] = {}  # a model that holds itself must not be made again
            noun = shape.noun(model)
            fields = {
                info.alias or key: self.field(noun, info.alias or key, info)
                for key, info in model.model_fields.items()
            }
            required = [one.key for one in shape.fields(model) if one.required]
            described = {"description": _first_sentence(model), **_mapping(fields)}
            self.models[name] = described | ({"required": required} if required else {})
        return {"$ref": f"#/$defs/{name}"}

    def field(self, noun: str, key: str, info: Any) -> Schema:  # noqa: ANN401  # pydantic's
        extra: Any = info.json_schema_extra or {}
        unit = f" ({extra['unit']})" if extra.get("unit") else ""
        return {
            "title": self.wording.field(noun, key, info.title),
            "description": f"{info.description}{unit}",
            "examples": info.examples,
            **self.value(info.annotation, info.metadata),
        }

    def value(self, annotation: Any, metadata: Any = ()) -> Schema:  # noqa: ANN401  # a type
        """Describe what an annotation lets stand."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.value(arguments[0], (*arguments[1:], *metadata))
        also = next((one.forms for one in metadata if isinstance(one, Also)), ())
        if also:
            kept = [one for one in metadata if not isinstance(one, Also)]
            forms = [self.value(annotation, kept), *(self.value(one) for one in also)]
            return {"anyOf": forms}
        if held := _held(metadata):
            return self.scalar(held, metadata)
        if origin in (Union, UnionType):  # a type or nothing
            return _or_null(self.value(next(one for one in arguments if one is not type(None))))
        return self.container(annotation, metadata)

    def container(self, annotation: Any, metadata: Any) -> Schema:  # noqa: ANN401  # a type
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is dict:
            return self.mapped(arguments[0], self.value(arguments[1]))
        if origin is tuple:
            return self.listed(self.value(arguments[0]), metadata)
        return self.model(annotation)

    def mapped(self, key: Any, each: Schema) -> Schema:  # noqa: ANN401  # a type
        years = _held(getattr(key, "__metadata__", ())) == "year"
        if years:
            return {
                "type": "object",
                "patternProperties": {f"^{YEAR}$": each},
                "additionalProperties": False,
            }
        return {"type": "object", "additionalProperties": each}

    def listed(self, each: Schema, metadata: Any) -> Schema:  # noqa: ANN401  # of a type
        whole = {"type": ["array", "null"], "items": each}
        return whole if Items in metadata else {"anyOf": [each, whole]}

    def scalar(self, held: str, metadata: Any) -> Schema:  # noqa: ANN401  # of a type
        for one in metadata:
            if isinstance(one, Choice):
                labels = [self.wording.choice(one.name, value) for value in one.values]
                return {"enum": list(one.values), "enumDescriptions": labels}
            if isinstance(one, Ref):
                named = " or ".join(kind.replace("_", " ") for kind in one.kinds)
                return {**TEXT, "$comment": f"the id of a {named}"}
        listed = self.register(held)
        if listed is None:
            return SCALARS[held]
        described = {"enum": list(listed), "enumDescriptions": list(listed.values())}
        return {"anyOf": [described, TEXT]}  # the plan may bring a register of its own

    def register(self, held: str) -> dict[str, str] | None:
        """Give the shipped names of a register with their titles, for those who choose."""
        lists = registers.shipped()
        known: dict[str, dict[str, Any]] = {
            "dimension": dict(lists.taxonomy.by_id),
            "element": dict(lists.taxonomy.elements),
            "fund": dict(lists.funds),
        }
        entries = known.get(held, {})
        return {key: self.wording.named(one.name) for key, one in entries.items()} or None


def _held(metadata: Any) -> str:  # noqa: ANN401  # of a type
    """Say what a value holds, by the type that reads it."""
    return next((one.value for one in metadata if isinstance(getattr(one, "value", 0), str)), "")


def _first_sentence(model: type[Record]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n", maxsplit=1)[0].split())


def _mapping(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), list):
        return {**schema, "type": [*schema["type"], "null"]}
    if "enum" in schema:  # an editor shows the words of one schema, but the titles of both
        descriptions = [*schema["enumDescriptions"], "—"] if "enumDescriptions" in schema else []
        more = {"enumDescriptions": descriptions} if descriptions else {}
        return {**schema, "enum": [*schema["enum"], None], **more}
    return {"anyOf": [schema, {"type": "null"}]}


# Scalars, as the grammars read them: a number may stand where a text is read, and a text where a
# number is. A pattern admits a little more than its grammar where it would be unreadable else.


def _any_case(word: str) -> str:
    return "".join(f"[{one.upper()}{one.lower()}]" if one.isalpha() else one for one in word)


def _either(words: Any, each: Callable[[str], str] = _any_case) -> str:  # noqa: ANN401  # of text
    return "|".join(each(word) for word in words)


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$"}


def _spelled(pattern: str, number: Schema | None = None) -> Schema:
    """Describe a text of a grammar that may stand unquoted as a number, too."""
    return {"anyOf": [number or {"type": "number"}, _pattern(pattern)]}


YEAR = "(?:19|20|21)[0-9]{2}"
_WHOLE_YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2199}
_DAY = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_QUARTER = f"(?:{_either(('TW', 'Triwulan', 'Q'))})[ -]?(?:[1-4]|[Ii][Vv]|[Ii]{{1,3}})"
_ABOUT = rf"(?:±|{_any_case('kurang')}\s+{_any_case('lebih')}|{_any_case('sekitar')})\s*"
_UNITS = _either(grammar.UNITS, lambda word: word if len(word) == 1 else _any_case(word))
_MONEY = (
    rf"(?:{_ABOUT})?(?:[Rr][Pp][.]?\s*)?[0-9][0-9._,]*(?:,-)?"
    rf"(?:\s*(?:{_UNITS}))?(?:\s*{_any_case('rupiah')})?"
)
TEXT: Schema = {"type": ["string", "number"]}
SCALARS: dict[str, Schema] = {
    "text": TEXT,
    "figure": TEXT,
    "id": {
        "type": "string",
        "pattern": "^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$",
        "maxLength": grammar.ID_LENGTH,
    },
    "year": _spelled(YEAR, _WHOLE_YEAR),
    "years": _spelled(rf"{YEAR}(?:\s*[-–—]\s*{YEAR})?", _WHOLE_YEAR),
    "date": _spelled(f"{_DAY}(?:/{_DAY})?", {"type": "integer", "minimum": 0, "maximum": 9999}),
    "month": _pattern("[0-9]{4}-[0-9]{2}"),
    "period": _spelled(
        "[0-9]{4}(?:-(?:Q[1-4]|S[12]|0[1-9]|1[0-2]))?"
        f"|{_QUARTER}[ /-]*[0-9]{{4}}|[0-9]{{4}}[ /-]*{_QUARTER}",
        {"type": "integer", "minimum": 0, "maximum": 9999},
    ),
    "count": _spelled("[0-9]{1,9}", {"type": "integer", "minimum": 0}),
    "flag": {"type": "boolean"},
    "number": _spelled("[-+]?[0-9]{1,3}(?:[.][0-9]{3})+(?:,[0-9]+)?|[-+]?[0-9]+(?:[.,][0-9]+)?"),
    "money": _spelled(_MONEY, {"type": "number", "minimum": 0}),
    "budget_code": TEXT,
    "ref": TEXT,
}
"""What each kind of value may be."""
