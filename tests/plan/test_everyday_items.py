"""The fast lane of items: it gives what pydantic gives, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fuzz import same_items, some_text
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from smartplan.plan import shape
from smartplan.plan.delivery import Action
from smartplan.plan.everyday import Everyday
from smartplan.plan.grammar import DEFAULT_FUND
from smartplan.plan.load import load
from smartplan.plan.plan import COLLECTIONS
from smartplan.plan.registers import shipped
from smartplan.plan.values import Context
from smartplan.text.document import Document
from smartplan.text.scalar import Number
from smartplan.text.source import Source

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))


def reading() -> Everyday:
    """Give the lane, with the shipped lists."""
    return Everyday(Context(shipped(), DEFAULT_FUND))


def test_it_reads_the_given_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what comes with the project pydantic reads nothing: it need not even make its readers."""
    monkeypatch.delattr(BaseModel, "model_validate")
    plan, _ = load([Source(str(one), one.read_text("utf-8")) for one in PLANS])
    assert len(plan.actions) > 1


@pytest.mark.parametrize("path", PLANS, ids=lambda one: one.stem)
def test_it_reads_as_pydantic_does(path: Path) -> None:
    """The same items, and pydantic has nothing to say of them."""
    same_items(path.read_text("utf-8"))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_it_knows_every_model(name: str) -> None:
    """An item with nothing in it is read wherever nothing is required."""
    model = COLLECTIONS[name].model
    expected = None if shape.required(model) else model()
    assert reading().read(model, {}) == expected


@pytest.mark.parametrize("name", COLLECTIONS)
def test_it_reads_nothing_as_pydantic_does(name: str) -> None:
    """A key without a value: of some fields it is a fault."""
    model, dash = COLLECTIONS[name].model, "" if COLLECTIONS[name].single else "- "
    needed = [(one, model.model_fields[one.name]) for one in shape.required(model)]
    said = {one.key: (info.examples or [""])[0] for one, info in needed}
    for key in shape.keys(model):
        same_items(f"{name}: \n {dash}{json.dumps({**said, key: None})}\n")


GOOD = {"id": "GOV-01", "title": "Mal Pelayanan Publik"}


@pytest.mark.parametrize(
    "more",
    [
        {"titel": "Mal"},
        {"title": None},
        {"title": Number("2024")},
        {"title": ["Mal"]},
        {"id": "GOV 01"},
        {"kind": "aplikasi"},
        {"kind": []},
        {"years": "2026–2028"},
        {"years": {"2026": 1}},
        {"goals": [Number("1")]},
        {"goals": [None]},
        {"goals": {}},
        {"places": "kota"},
        {"places": {"names": ["Matali"]}},
        {"budget": None},
        {"budget": []},
        {"budget": {"2026": "3 M"}},
        {"budget": {"20266": "3 juta"}},
        {"budget": {"2026": {"apbx": "3 juta"}}},
        {"codes": ["2.16.3"]},
        {"codes": ["1.3.02"]},
        {"indicators": {"id": "GOV-01-I1"}},
        {"indicators": [{"id": "GOV-01-I1", "title": "Layanan", "targets": {"2026": "1.250"}}]},
        {"origin": "baru"},
    ],
    ids=str,
)
def test_it_leaves_the_rest_to_pydantic(more: dict[str, object]) -> None:
    """Whatever is wrong, missing or worth a note, wherever it stands, and each time anew."""
    lane = reading()
    assert lane.read(Action, GOOD) is not None
    assert [lane.read(Action, {**GOOD, **more}) for _ in range(2)] == [None, None]


@pytest.mark.parametrize("raw", [None, "GOV-01", [], Number("1"), True])
def test_what_is_no_mapping_is_no_item(raw: object) -> None:
    """Pydantic refuses it, and says so."""
    assert reading().read(Action, raw) is None


def test_values_of_lines_that_are_alike_are_told_apart() -> None:
    """The second of two equal lines is reported at its own place."""
    text = """\
actions:
- id: A-1
  title: Satu
  indicators:
  - id: A-1-I1
    title: Dua
    targets: {2026: "1.250"}
  - id: A-1-I2
    title: Tiga
    targets: {2026: "1.250"}
"""
    assert Document.read(Source("a.yaml", text)).findings == ()
    _, findings = load([Source("a.yaml", text)])
    assert [7, 10] == [one.span.line for one in findings if one.code.id == "I035"]


@given(st.integers(0, 2**32), st.sampled_from(PLANS))
def test_it_agrees_on_spoiled_plans(seed: int, path: Path) -> None:
    """Plans spoiled as bytes, lines, structure, values."""
    same_items(some_text(path, seed))
