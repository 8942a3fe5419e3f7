"""Random plans in the plan's own format, made off the table of shapes, and ways to write them.

Every collection and every field can occur; a plan is plain data, and `written` lays it out in one
file or in many, in blocks or in braces, in any order of keys.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from smartplan.compare.shapes import collection, collections
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from smartplan.compare.shapes import Shape

Data = dict[str, Any]

WORDS = st.sampled_from(
    ["layanan", "warga", "data", "kopi", "pasar", "Kota: cerdas", "#1", "a | b", "`x`", "“kutip”"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
YEARS = st.integers(2023, 2029).map(str)
VALUES = {
    "text": TEXTS,
    "figure": st.sampled_from(["68,06", "119.427", "sekitar 80"]),
    "number": st.sampled_from(["4", "8", "2,5", "90", "12.000"]),
    "count": st.integers(0, 99).map(str),
    "money": st.sampled_from(["100 juta", "Rp 250.000.000", "1,5 miliar", "0", "± 40 juta"]),
    "flag": st.booleans(),
    "choice": st.sampled_from(["planned", "running", "up", "down", "high", "low", "draft"]),
    "date": st.sampled_from(["2023-07-31", "2024", "2024-05", "2023-07-31/2023-08-01"]),
    "month": st.sampled_from(["2024-03", "2024-04"]),
    "period": st.sampled_from(["2024", "2024-Q4", "2025-S1"]),
    "year": YEARS,
    "years": st.sampled_from(["2024", "2025-2027", "2028"]),
    "ref": st.sampled_from(["GOV-01", "diskominfo", "M-1", "IND-1", "S-1"]),
    "id": st.sampled_from(["X-1", "X-2"]),
    "dimension": st.sampled_from(["governance", "society"]),
    "element": st.sampled_from(["governance.service", "society.security"]),
    "fund": st.sampled_from(["apbd", "csr"]),
    "budget_code": st.sampled_from(["2.16.03.2.02.0009", "1.03.02"]),
}


MADE: dict[int, st.SearchStrategy[Data]] = {}
"""Strategies that were made, by shape: making them takes longer than drawing from them."""


def value_of(shape: Shape) -> st.SearchStrategy[Any]:
    """Make what may stand in a place."""
    if shape.kind == "value":
        return VALUES[shape.value]
    if shape.kind in ("set", "ordered"):
        return st.lists(VALUES[shape.value], min_size=1, max_size=3, unique=True)
    if shape.kind == "map":
        assert shape.each is not None
        keys = st.sampled_from(["apbd", "csr"]) if shape.each.kind == "part" else YEARS
        return st.dictionaries(keys, value_of(shape.each), min_size=1, max_size=3)
    if shape.kind == "part":
        return record(shape)
    return records(shape, "P")


def record(shape: Shape) -> st.SearchStrategy[Data]:
    """Make the fields of an item or a part: a few of all there are."""
    if id(shape) not in MADE:
        MADE[id(shape)] = _record(shape)
    return MADE[id(shape)]


def _record(shape: Shape) -> st.SearchStrategy[Data]:
    names = [name for name in shape.fields if name not in ("id", "formerly")]
    return st.lists(st.sampled_from(names), min_size=1, max_size=5, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: value_of(shape.fields[name]) for name in chosen}
        )
    )


def records(shape: Shape, prefix: str) -> st.SearchStrategy[list[Data]]:
    """Make the items of a list, each with its key."""

    def keyed(found: list[Data]) -> list[Data]:
        items = []
        for number, one in enumerate(found):
            keys = dict.fromkeys(shape.key or ("id",), f"{prefix}-{number}")
            if "period" in keys:
                keys["period"] = f"202{4 + number}"
            items.append(
                {**keys, **{name: value for name, value in one.items() if name not in keys}}
            )
        return items

    return st.lists(record(shape), min_size=1, max_size=3).map(keyed)


def content_of(name: str) -> st.SearchStrategy[Any]:
    """Make the content of a collection."""
    shape = collection(name)
    assert shape is not None
    return record(shape) if shape.kind == "part" else records(shape, name[:3].upper())


def with_inner_ids(plan: Data) -> Data:
    """Give the indicators of actions ids of their own."""
    for action in plan.get("actions", []):
        for number, one in enumerate(action.get("indicators", [])):
            one["id"] = f"{action['id']}-I{number}"
    return plan


PLANS = (
    st.lists(st.sampled_from(collections()), min_size=1, max_size=4, unique=True)
    .flatmap(lambda names: st.fixed_dictionaries({name: content_of(name) for name in names}))
    .map(with_inner_ids)
)
"""Plans of a few collections."""


def block(value: Any, indent: int = 0) -> str:  # noqa: ANN401  # plain data
    """Write data in blocks."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(
            f"{pad}{scalar(key)}:{nested(inside, indent + 1)}" for key, inside in value.items()
        )
    if isinstance(value, list) and value:
        return "".join(f"{pad}-{nested(inside, indent + 1)}" for inside in value)
    return f"{pad}{scalar(value)}\n"


def nested(value: Any, indent: int) -> str:  # noqa: ANN401  # plain data
    """Write what stands under a key or a dash."""
    if isinstance(value, dict | list) and value:
        return "\n" + block(value, indent)
    return f" {scalar(value)}\n"


def scalar(value: Any) -> str:  # noqa: ANN401  # plain data
    """Write a scalar, an empty collection or nothing."""
    return json.dumps(value, ensure_ascii=False)


def braces(plan: Data) -> str:
    """Write a plan with one line for each item."""
    return "".join(
        f"{name}:\n" + "".join(f"- {json.dumps(one, ensure_ascii=False)}\n" for one in content)
        if isinstance(content, list)
        else f"{name}: {json.dumps(content, ensure_ascii=False)}\n"
        for name, content in plan.items()
    )


def turned(value: Any) -> Any:  # noqa: ANN401  # plain data
    """Give the same data with the keys of every mapping in the other order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


def documents(*texts: str, name: str = "plan") -> list[Document]:
    """Parse texts as the files of a plan."""
    return [
        Document.read(Source(f"{name}-{number}.yaml", text)) for number, text in enumerate(texts)
    ]


def split(plan: Data) -> list[Document]:
    """Write a plan with one file for each item."""
    texts = []
    for name, content in plan.items():
        parts = content if isinstance(content, list) else [None]
        texts += [block({name: content if one is None else [one]}) for one in parts]
    return documents(*texts, name="item")


def written(plan: Data) -> list[Document]:
    """Write a plan in one file, in blocks."""
    return documents(block(plan))
