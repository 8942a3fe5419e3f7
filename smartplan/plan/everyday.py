"""The fast lane of items: reads an item in which all is right, several times as fast as pydantic.

It is made out of the very models that pydantic reads, field by field, with the very functions that
read their values (`values`, `registers`). It makes no finding: at the first thing that is wrong,
missing or worth a note it gives up, and pydantic reads the item, whose errors `item` puts into
findings. What is read here is equal to what pydantic would give
(`tests/plan/test_everyday_items.py` holds the two against each other).
"""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from smartplan.plan import shape
from smartplan.plan.values import Context, informed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo

    from smartplan.plan.entity import Record

    Reader: TypeAlias = Callable[[Any], Any]

_set = object.__setattr__
_NO_FIELDS_SET: set[str] = set()  # nobody asks which fields an item gives


class _Doubt(Exception):  # noqa: N818  # says to read the item in the other way, is no error
    """Something is not as in most items."""


_DOUBTS = (_Doubt, PydanticCustomError, AttributeError, KeyError, TypeError)
"""A value that is refused, one of another kind than is asked for, a key that no field has."""


class _Strict(Context):
    """A context in which nothing can be said."""

    def note(self, *_said: object, **_more: object) -> None:
        """Give up on an item that something has to be said of."""
        raise _Doubt


class _Asked:
    """What pydantic hands to those who ask for the context."""

    def __init__(self, context: Context) -> None:
        self.context = _Strict(context.registers, context.default_fund)


class _Known(dict[Any, Any]):
    """Answers of a reader: of names, years and figures few are written thousands of times."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, value: Any) -> Any:  # noqa: ANN401  # raw data
        found = self[value] = self.read(value)
        return found


class Everyday:
    """Reads items in one context."""

    def __init__(self, context: Context) -> None:
        """Begin without knowing any model: no plan holds every kind."""
        self.context = context
        self._asked = _Asked(context)
        self._readers: dict[type[Record], Reader] = {}

    def read(self, model: type[Record], raw: Any) -> Record | None:  # noqa: ANN401  # raw data
        """Read an item; none if anything in it might have to be told of."""
        read = self._readers.get(model) or self._record(model)
        try:
            found: Record = read(raw)
        except _DOUBTS:
            return None
        return found

    def _record(self, model: type[Record]) -> Reader:
        """Make the reader of a model."""
        fields = model.model_fields
        table = {
            (info.alias or name): (name, self._value(info.annotation, info.metadata))
            for name, info in fields.items()
        }
        absent = {name: info.default for name, info in fields.items()}
        nullable = {info.alias or name for name, info in fields.items() if _nullable(info)}
        required = [one.name for one in shape.required(model)]
        new = model.__new__

        def read(raw: Any) -> Record:  # noqa: ANN401  # raw data
            values = absent.copy()
            for key, value in raw.items():
                name, read_value = table[key]
                if value is not None:
                    values[name] = read_value(value)
                elif key not in nullable:
                    raise _Doubt
            for name in required:
                if values[name] is None:
                    raise _Doubt
            record = new(model)
            _set(record, "__dict__", values)
            _set(record, "__pydantic_fields_set__", _NO_FIELDS_SET)
            _set(record, "__pydantic_extra__", None)
            _set(record, "__pydantic_private__", None)
            return record

        self._readers[model] = read
        return read

    def _value(self, annotation: Any, metadata: Any = ()) -> Reader:  # noqa: ANN401  # a type
        """Make the reader of what an annotation lets stand."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(arguments[0], (*arguments[1:], *metadata))
        if origin in (Union, UnionType):  # a type or nothing
            inner = next(one for one in arguments if one is not type(None))
            return self._value(inner, metadata)
        read = next((self._scalar(one) for one in metadata if hasattr(one, "read")), None)
        read = read or self._container(annotation, origin, arguments)
        for one in metadata:
            if isinstance(one, BeforeValidator):
                read = _chained(self._function(one.func), read)
            elif isinstance(one, AfterValidator):
                read = _chained(read, self._function(one.func))
        return read

    def _scalar(self, one: Any) -> Reader:  # noqa: ANN401  # any annotation that reads
        read = self._function(one.read)
        return _Known(read).__getitem__ if one.often else read

    def _function(self, function: Any) -> Reader:  # noqa: ANN401  # with one argument or two
        asked = self._asked
        return (lambda value: function(value, asked)) if informed(function) else function

    def _container(self, annotation: Any, origin: Any, arguments: Any) -> Reader:  # noqa: ANN401
        if origin is dict:
            return _mapped(self._value(arguments[0]), self._value(arguments[1]))
        if origin is tuple:
            return _listed(self._value(arguments[0]))
        if annotation is str:
            return _bare
        model: type[Record] = annotation
        return self._readers.get(model) or self._record(model)


def _nullable(info: FieldInfo) -> bool:
    """Tell whether nothing may be written, and is read as nothing or as an empty list."""
    annotation = info.annotation
    return type(None) in get_args(annotation) or get_origin(annotation) is tuple


def _bare(value: Any) -> str:  # noqa: ANN401  # raw data
    if type(value) is not str:
        raise _Doubt
    return value


def _chained(first: Reader, then: Reader) -> Reader:
    return lambda value: then(first(value))


def _mapped(key: Reader, value: Reader) -> Reader:
    return lambda raw: {key(name): value(each) for name, each in raw.items()}


def _listed(read: Reader) -> Reader:
    return lambda raw: tuple(map(read, raw))
