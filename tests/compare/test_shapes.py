"""The table of shapes says what the models say."""

from __future__ import annotations

import scaffold

from smartplan.compare.shapes import collection, collections, shape_at
from smartplan.plan.plan import COLLECTIONS


def test_the_table_is_written_off_the_models() -> None:
    """A field that has changed is in the table once `python -m tests.scaffold shapes` has run."""
    path = scaffold.ROOT / "smartplan" / "compare" / "shapes.json"
    assert scaffold.shapes_text() == path.read_text("utf-8")


def test_every_collection_has_a_shape() -> None:
    """All collections are known, in the same order."""
    assert tuple(COLLECTIONS) == collections()
    assert collection("no-such") is None


def test_kinds_of_list() -> None:
    """The four kinds of list of the format, and mappings."""
    kinds = {
        "vision": "part",
        "actions": "keyed",
        "readings": "natural",
        "actions.depends_on": "set",
        "actions.years": "set",
        "actions.budget": "map",
        "actions.budget.2026": "map",
        "actions.budget.2026.apbd": "part",
        "actions.indicators": "keyed",
        "vision.aligned_with": "natural",
        "vision.wordings": "keyed",
        "actions.no_such": None,
    }
    found = {route: shape_at(route.split(".")) for route in kinds}
    assert kinds == {route: one.kind if one else None for route, one in found.items()}


def test_items_are_named_by_their_collection() -> None:
    """An indicator is of `indicators`, also where it stands in an action; a wording is not."""
    inner = shape_at(["actions", "indicators"])
    assert inner is not None
    assert inner.collection == "indicators"
    wordings = shape_at(["vision", "wordings"])
    assert wordings is not None
    assert not wordings.collection


def test_what_a_field_is_to_a_reviewer() -> None:
    """A field's own word wins over what its type suggests, and holds for its parts."""
    aspects = {
        "actions.owner": "owner",
        "actions.summary": "wording",
        "actions.budget.2026.apbd.amount": "budget",
        "indicators.targets.2026": "target",
        "risks.owner": "keeper",
    }
    found = {route: shape_at(route.split(".")) for route in aspects}
    assert aspects == {route: one.aspect if one else "" for route, one in found.items()}
