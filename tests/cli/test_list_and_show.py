"""`list` and `show`: what a plan holds, for people and for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from running import run

from smartplan.show.items import Listing, table
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
plan:
  id: contoh-2024
  title: Masterplan Smart City
  language: en
  period: {start: 2024, end: 2028}
  city: {name: Kota Kotamobagu}
agencies:
  - {id: diskominfo, name: Dinas Komunikasi dan Informatika, short: Diskominfo}
actions:
  - id: GOV-01
    title: SiKemas terjawab tiga hari
    formerly: [GOV-99]
    dimension: governance
    owner: diskominfo
    support: [setda, dukcapil]
    years: 2024-2025
    budget: {2024: 350 juta, 2025: {csr: 50 juta}}
    indicators: [{id: GOV-01-I1, title: Jawaban, unit: hari}]
    provenance: {status: illustrative}
  - {id: LIV-01, title: Antrean, dimension: living, years: 2026, depends_on: [GOV-01]}
  - id: LIV-02
    title: 'Bel, "klinik"'
    dimension: living
    budget: {2026: {apbd: {note: usulan}}}
"""


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a small plan."""
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_list_for_a_pipe() -> None:
    """A line an item, tabs between columns, nothing cut; sums beside it."""
    told = run("list")
    assert told.out.splitlines() == [
        "GOV-01\tSiKemas terjawab tiga hari\tgovernance\tdiskominfo\tRp 400,000,000",
        "LIV-01\tAntrean\tliving\t\t",
        'LIV-02\tBel, "klinik"\tliving\t\tnot yet set',
    ]
    assert told.err == "Items: 3 · ≥ Rp\N{NO-BREAK SPACE}400,000,000.\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--where", "dimension=living"], "LIV-01 LIV-02"),
        (["--where", "dimension=LIVING", "--where", "title~bel"], "LIV-02"),
        (["--where", "owner="], "LIV-01 LIV-02"),
        (["--where", "support=setda"], "GOV-01"),
        (["--year", "2025"], "GOV-01"),
        (["--year", "2026"], "LIV-01"),
        (["--where", "id=gov-01"], "GOV-01"),
        (["--year", "1999"], ""),
        (["action"], "GOV-01 LIV-01 LIV-02"),
        (["indicators"], "GOV-01-I1"),
    ],
)
def test_only_some(words: list[str], expected: str) -> None:
    """By value, by a part of a text, by what is missing, by year; of any kind."""
    told = run("list", *words, "--format", "ids")
    assert (told.code, told.out.split()) == (0, expected.split())


def test_columns_and_csv() -> None:
    """Any field, where it stands, in the order that was asked for."""
    told = run("list", "--columns", "title,support,file", "--format", "csv")
    rows = list(csv.reader(io.StringIO(told.out)))
    assert rows[0] == ["title", "support", "file"]
    assert rows[1] == ["SiKemas terjawab tiga hari", "setda, dukcapil", "plan.yaml"]
    assert rows[3] == ['Bel, "klinik"', "", "plan.yaml"]


def test_json_holds_every_value() -> None:
    """By its path in the plan, sums as numbers."""
    first = json.loads(run("list", "--format", "json").out)[0]
    assert "50000000" in json.dumps(first["values"]["budget.2025.csr"])
    assert first["cost"] == {"rupiah": 400_000_000, "unknown": 0}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["acti0ns"], "Did you mean actions?"),
        (["--where", "ownr=x"], "Did you mean owner?"),
        (["--columns", "titel"], "Did you mean title?"),
    ],
)
def test_a_slip_is_told(words: list[str], meant: str) -> None:
    """With the nearest right word."""
    told = run("list", *words)
    assert told.code == 2
    assert meant in told.err


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_fits_the_screen(plan: Path, width: int) -> None:
    """Texts are cut, ids and sums are not."""
    from smartplan.cli.comparing import here

    _, facts = here(str(plan))
    listing = Listing(list(facts.of("actions")), ["id", "title", "owner", "cost"])
    lines = table(listing, Speaker("en"), width=width, colour=False).splitlines()
    assert all(len(line) <= max(width, 55) for line in lines)
    assert lines[1].startswith("GOV-01  SiKemas")
    assert lines[1].endswith("400,000,000")


def test_one_item_with_all_around_it() -> None:
    """What it says, what stands in it, what refers to it, what is found in it."""
    told = run("show", "gov-01", "--today", "2026-11-24").out
    assert told.startswith("GOV-01  SiKemas terjawab tiga hari  ◇ illustrative\nplan.yaml:10\n")
    assert "setda, dukcapil" in told
    assert "  indicators[GOV-01-I1]  Jawaban" in told
    assert "  actions[LIV-01]" in told
    assert "C022 “setda” is no" in told
    assert told.count("Antrean") == 0


def test_one_item_for_machines() -> None:
    """The same as JSON."""
    found = json.loads(run("show", "GOV-01", "--format", "json").out)
    assert found["illustrative"] is True
    assert found["referred_by"] == ["actions[LIV-01]"]
    assert [one["id"] for one in found["parts"]] == ["GOV-01-I1"]
    assert "C022" in {one["code"] for one in found["findings"]}


def test_a_part_of_an_item_and_a_former_id() -> None:
    """A path shows what stands below it; an id that an item had before leads to it."""
    part = run("show", "actions[GOV-01].budget").out
    assert "350,000,000" in part
    assert "setda" not in part
    assert run("show", "GOV-99").out.startswith("GOV-01  ")
    assert run("show", "plan").out.startswith("plan  Masterplan Smart City")


def test_no_such_item() -> None:
    """The nearest id is named."""
    told = run("show", "GOV-1")
    assert told.code == 2
    assert "Did you mean GOV-01?" in told.err


def test_what_the_plan_leaves_out_is_not_listed(plan: Path) -> None:
    """As `validate` does not read it."""
    (plan / "naskah.yaml").write_text("actions: [{id: GOV-77, title: Naskah}]\n", "utf-8")
    assert "GOV-77" in run("list", "--format", "ids").out.split()
    (plan / "checks.yaml").write_text('checks: {exclude: ["naskah*"]}\n', "utf-8")
    assert "GOV-77" not in run("list", "--format", "ids").out.split()
