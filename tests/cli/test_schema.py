"""The schemas accept what the loader accepts, and refuse what is misspelt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from running import run
from samples import HEADER, TODAY, sources_of
from test_rules import ALL_CASES, completed

from smartplan.cli.schema import schemas
from smartplan.plan.plan import COLLECTIONS
from smartplan.plan.schema import plan_schema
from smartplan.rules.check import check
from smartplan.text.document import Document
from smartplan.text.finding import ERROR
from smartplan.text.scalar import Number
from smartplan.text.source import Source
from smartplan.words.speaker import Speaker, languages

KOTAMOBAGU = Path(__file__).parents[2] / "plans" / "kotamobagu"
PLAN = Draft202012Validator(plan_schema(Speaker("id")))


def plain(value: Any) -> Any:  # noqa: ANN401  # data of a file
    """Give data as any YAML library would: numbers are numbers."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, Number):
        return int(value) if value.isdigit() else float(value)
    return value


def errors(text: str) -> list[str]:
    """Give the places at which the schema refuses a file."""
    data = plain(Document.read(Source("a.yaml", text)).data)
    return ["/".join(map(str, one.absolute_path)) for one in PLAN.iter_errors(data)]


@pytest.mark.parametrize("path", sorted(KOTAMOBAGU.rglob("*.yaml")), ids=lambda one: one.name)
def test_the_plan_of_kotamobagu_is_valid(path: Path) -> None:
    """Every file of the plan that comes with the project is valid."""
    assert errors(path.read_text("utf-8")) == []


def test_what_the_loader_reads_is_valid() -> None:
    """A file of the cases that loads without an error of form is valid, and most others are not."""
    accepted = refused = 0
    for case in ALL_CASES:
        sources = sources_of({path: completed(text) for path, text in case.files.items()})
        found = check(sources, today=TODAY).findings
        for source in sources:
            here = [one for one in found if one.span.source.path == source.path]
            form = [one for one in here if one.code.id[0] in "FY" and one.code.level is ERROR]
            if not form:
                wrong = errors(source.text)
                loaded = [one.code.id for one in here if one.code.id in ("M046", "I134", "M054")]
                assert not wrong or loaded, f"{case}: {wrong}"
                accepted += not wrong
            refused += bool(form)
    assert accepted > 200
    assert refused > 0


ACTION = "actions:\n  - {id: GOV-01, title: Satu, %s}\n"


@pytest.mark.parametrize(
    "field",
    [
        "budget: {2024: 1_500_000}",
        'budget: {2024: "Rp 1.500.000,-"}',
        "budget: {2024: sekitar 2 miliar}",
        "budget: {2024: 700.000, 2025: 1.500.000, 2026: null}",
        'budget: {2024: {apbd: "2,5 MILIAR", csr: {amount: 7 jt, approximate: true}}}',
        "budget: {2024: {unit_cost: 10 juta, unit: RT, volume: 120}}",
        "years: 2024",
        "years: 2024-2026",
        "years: [2024, 2026–2028]",
        "years: null",
        "owner: null",
        "support: diskominfo",
        "support: [a, b]",
        "non_budget: staf sendiri",
        "non_budget: {2027: staf sendiri}",
        "origin: new",
        "origin: {document: rpjmd, element: misi-3}",
        "codes: [2.16.03]",
        "dimension: Smart Governance",
        "indicators: []",
    ],
)
def test_short_forms_are_valid(field: str) -> None:
    """What may be written short is valid in the short form, as the loader reads it."""
    text = HEADER + ACTION % field
    sources = sources_of({"plan.yaml": text})
    found = [one for one in check(sources, today=TODAY).findings if one.code.id[0] in "FYM"]
    wrong = {one.code.id for one in found if one.code.level is ERROR}
    assert wrong <= {"F107"}, "only the document is missing"
    assert errors(text) == []


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("titel: x", "actions/0"),
        ("kind: aplikasi", "actions/0/kind"),
        ("status: planed", "actions/0/status"),
        ("formerly: [a b]", "actions/0/formerly"),
        ("budget: {2024: banyak}", "actions/0/budget/2024"),
        ("budget: {24: 1 juta}", "actions/0/budget"),
        ("budget: {2024: -5}", "actions/0/budget/2024"),
        ("years: 24", "actions/0/years"),
        ("quick_win: {months: banyak}", "actions/0/quick_win"),
        ("indicators: {id: X}", "actions/0/indicators"),
        ("origin: old", "actions/0/origin"),
    ],
)
def test_typos_are_refused(field: str, place: str) -> None:
    """A misspelt key or word and a value of another kind are refused at their place."""
    assert errors(ACTION % field) == [place]


def test_other_typos_are_refused() -> None:
    """So are a misspelt collection, a second format, and an item without what it must have."""
    assert errors("acitons: []\n") == [""]
    assert errors("format: 2\n") == ["format"]
    assert errors("actions: [{id: GOV-01}]\n") == ["actions/0"]
    assert errors("format: 1\nprovenance: {status: derived}\nactions:\n") == []


@pytest.mark.parametrize("language", languages())
def test_every_schema_is_a_schema(language: str) -> None:
    """Each is valid JSON Schema 2020-12, with titles in the language and every reference there."""
    made = {name: make() for name, make in schemas(Speaker(language)).items()}
    assert set(made) == {"findings", *COLLECTIONS}
    for one in made.values():
        Draft202012Validator.check_schema(one)
        text = json.dumps(one)
        for name in one.get("$defs", {}):
            assert f'"#/$defs/{name}"' in text
    action = made["plan"]["$defs"]["Action"]["properties"]
    assert action["owner"]["title"] == {"id": "Penanggung jawab", "en": "Owner"}[language]
    kinds = json.dumps(action["kind"], ensure_ascii=False)
    assert {"id": "Aplikasi", "en": "applications"}[language] in kinds
    dimension = json.dumps(action["dimension"], ensure_ascii=False)
    assert '"governance"' in dimension
    assert "enumDescriptions" in dimension


def test_the_command_prints_and_writes(tmp_path: Path) -> None:
    """`schema NAME` prints one; `--out` writes them all; a name that is none is refused."""
    assert json.loads(run("schema").out)["$id"] == "plan.schema.json"
    actions = json.loads(run("schema", "actions").out)
    Draft202012Validator(actions).validate([{"id": "GOV-01", "title": "Satu"}])
    assert not Draft202012Validator(actions).is_valid([{"id": "GOV-01", "titel": "Satu"}])
    assert run("schema", "--out", str(tmp_path / "skema")).code == 0
    written = {path.name for path in (tmp_path / "skema").iterdir()}
    assert written == {f"{name}.schema.json" for name in ("findings", *COLLECTIONS)}
    refused = run("schema", "acitons")
    assert (refused.code, "actions" in refused.err) == (2, True)
