"""What stands around a value: dimension, users, the title and unit of its field, its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartplan.compare.facts import Name, joined

if TYPE_CHECKING:
    from smartplan.compare.classify import Edit
    from smartplan.compare.facts import Facts, Item, Steps


def dimension_of(item: Item, facts: Facts) -> str:
    """Give the dimension of an item: its own, else that of its element or of its goal."""
    own = item.get("dimension")
    if own:
        return str(own)
    if element := item.get("element"):
        return str(element).partition(".")[0]
    for goal in item.members("goals"):
        found = facts.items.get(Name("goals", goal))
        if found is not None and found is not item:
            return dimension_of(found, facts)
    return ""


def users_of(facts: Facts) -> dict[str, list[str]]:
    """Give, for every id, the paths of the items that refer to it."""
    found: dict[str, dict[str, None]] = {}
    for item in facts.items.values():
        for leaf in item.leaves.values():
            if leaf.shape is not None and leaf.shape.refers and isinstance(leaf.value, str):
                found.setdefault(leaf.value, {})[str(item.name)] = None
        if item.holder is not None:
            found.setdefault(item.name.key, {})[str(item.holder)] = None
    return {key: list(paths) for key, paths in found.items()}


def field_of(item: Item, steps: Steps) -> tuple[str, str, str]:
    """Give the noun, the key and the English title of the field that steps lead to."""
    shape, noun = item.shape, item.noun
    found = (noun, steps[0] if steps else "", "")
    for step in steps:
        if step.startswith("["):
            continue
        inner = shape.inside(step) if shape else None
        if inner is not None and inner.title:
            found = (noun, step, inner.title)
        noun = inner.noun or noun if inner else noun
        shape = inner
    return found


def unit_of(edit: Edit) -> str:
    """Give the unit of a number: rupiah, or what its indicator is counted in."""
    shape = edit.leaf.shape
    if edit.aspect in ("target", "baseline", "reading"):
        return str(edit.new_item.get("unit") or "")
    return shape.unit if shape else ""


def has_provenance(item: Item) -> bool:
    """Tell whether an item can say where it comes from."""
    return item.shape is not None and item.shape.inside("provenance") is not None


def said(provenance: tuple[Any, ...]) -> str | None:
    """Say a provenance in a line: `reported (S-16, S-18)`."""
    values = {joined(steps): value for steps, value in provenance}
    status = str(values.pop(".status", ""))
    sources = ", ".join(str(value) for path, value in values.items() if path.startswith(".sources"))
    note = str(values.get(".note", ""))
    return " · ".join(filter(None, (status, sources, note))) or None
