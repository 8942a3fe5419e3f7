"""Faults planted in a copy of the Kotamobagu plan: each gives one finding, at its line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smartplan.rules.check import Checked, check
from smartplan.text.document import Document
from smartplan.text.finding import ERROR
from smartplan.text.source import Source
from smartplan.workspace.workspace import Found, read

PLAN = Path(__file__).parents[2] / "plans" / "kotamobagu"


@dataclass(frozen=True)
class Fault:
    """A fault: what is replaced by what in which file, and what must be said of it.

    The place is given by what stands there in the changed file.
    """

    name: str
    file: str
    old: str
    new: str
    code: str
    at: str
    meant: str = ""
    told_in: str = ""


FAULTS = (
    Fault(
        "typo in a key", "actions/GOV-01.yaml", "    owner:", "    ownr:", "F101", "ownr", "owner"
    ),
    Fault(
        "typo in an indicator's key",
        "actions/ENV-01.yaml",
        "        targets: {2024: 60",
        "        target: {2024: 60",
        "F101",
        "target: {2024: 60",
        "targets",
    ),  # one fault a line
    Fault("typo in a collection", "risks.yaml", "risks:", "riks:", "F102", "riks", "risks"),
    Fault(
        "unknown goal",
        "actions/GOV-01.yaml",
        "goals: [GOV-G1]",
        "goals: [GOV-G11]",
        "F107",
        "GOV-G11",
        "GOV-G1",
    ),
    Fault(
        "unknown source",
        "history.yaml",
        "sources: [S-22-1]",
        "sources: [S-221]",
        "F107",
        "S-221",
        "S-22-1",
    ),
    Fault(
        "unknown agency",
        "actions/ENV-01.yaml",
        "    owner: dlh",
        "    owner: dlhh",
        "C022",
        "dlhh",
        "dlh",
    ),
    Fault(
        "agency by its name",
        "actions/GOV-01.yaml",
        "    owner: diskominfo",
        "    owner: Diskominfo",
        "C022",
        "Diskominfo",
        "diskominfo",
    ),
    Fault(
        "unknown dimension",
        "actions/LIV-04.yaml",
        "dimension: living",
        "dimension: livng",
        "D016",
        "livng",
        "living",
    ),
    Fault(
        "unknown element",
        "actions/LIV-04.yaml",
        "[living.health]",
        "[living.helth]",
        "D016",
        "living.helth",
        "living.health",
    ),
    Fault(
        "element of another dimension",
        "actions/LIV-04.yaml",
        "[living.health]",
        "[living.health, economy.welfare]",
        "D018",
        "economy.welfare",
        "economy",
    ),
    Fault(
        "year outside the period",
        "actions/LIV-04.yaml",
        "years: 2026-2028",
        "years: 2026-2029",
        "A024",
        "2026-2029",
    ),
    Fault(
        "years reversed",
        "actions/LIV-04.yaml",
        "years: 2026-2028",
        "years: 2028-2026",
        "F111",
        "2028-2026",
        "2026-2028",
    ),
    Fault(
        "English separators",
        "actions/LIV-04.yaml",
        "2027: 420 juta",
        "2027: 420,000,000",
        "M046",
        "420,000,000",
        "420.000.000 / 420,0",
    ),
    Fault(
        "decimal comma in braces",
        "actions/LIV-04.yaml",
        "apbd: 200 juta",
        "apbd: 0,2 miliar",
        "Y111",
        "0,2 miliar",
        '"0,2 miliar"',
    ),
    Fault(
        "unknown fund",
        "actions/LIV-04.yaml",
        "dak-fisik",
        "dak-fisk",
        "M052",
        "dak-fisk",
        "dak-fisik",
    ),
    Fault(
        "malformed code",
        "actions/GOV-07.yaml",
        "2.16.03.2.02.0009",
        "2-16-03-2-02-0009",
        "M054",
        '"2-16-03-2-02-0009',
    ),
    Fault(
        "code that is not known",
        "actions/GOV-07.yaml",
        "2.16.03.2.02.0009",
        "2.16.03.2.02.0038",
        "M055",
        '"2.16.03.2.02.0038',
    ),
    Fault(
        "unclosed bracket",
        "actions/LIV-04.yaml",
        "[living.health]",
        "[living.health",
        "Y106",
        "[living.health\n",
    ),
    Fault(
        "value without its quotes",
        "actions/LIV-04.yaml",
        'unit: "%"',
        "unit: %",
        "Y107",
        "%",
        '"%"',
    ),
    Fault("tab", "actions/LIV-04.yaml", "    title:", "\ttitle:", "Y104", "\ttitle"),
    Fault(
        "duplicate key",
        "actions/LIV-04.yaml",
        "    status: planned",
        "    status: planned\n    kind: people",
        "Y108",
        "kind: people",
    ),
    Fault("duplicate id", "actions/LIV-04.yaml", "id: LIV-04\n", "id: liv-03\n", "S020", "liv-03"),
    Fault(
        "action that waits for itself",
        "actions/LIV-04.yaml",
        "[SOC-06]",
        "[SOC-06, LIV-04]",
        "A032",
        "LIV-04]",
    ),
    Fault(
        "cycle",
        "actions/SOC-06.yaml",
        "    status: planned",
        "    depends_on: [LIV-04]\n    status: planned",
        "A032",
        "SOC-06]",
        told_in="actions/LIV-04.yaml",
    ),
    Fault("no owner", "actions/ENV-01.yaml", "    owner: dlh\n", "", "C122", "id: ENV-01"),
    Fault(
        "year without money", "actions/LIV-04.yaml", "      2027: 420 juta\n", "", "M049", "budget"
    ),
    Fault(
        "conflict markers",
        "risks.yaml",
        "risks:",
        "<<<<<<< HEAD\nrisks:\n=======\nrisks:\n>>>>>>> kota",
        "Y103",
        "<<<<<<< HEAD",
    ),
    Fault("not UTF-8", "risks.yaml", "risks:", "# caf\udce9\nrisks:", "Y101", "\udce9"),
    Fault(
        "a second vision",
        "risks.yaml",
        "risks:",
        "vision: {id: V-2, text: Kota lain}\nrisks:",
        "D113",
        "vision",
    ),
    Fault(
        "wrong kind of value",
        "actions/GOV-01.yaml",
        "    places: {level: kota}",
        "    places: kota",
        "F103",
        "kota",
    ),
    Fault(
        "none of the words",
        "actions/GOV-01.yaml",
        "kind: application",
        "kind: aplication",
        "F105",
        "aplication",
        "application",
    ),
)


def judged(folder: Path) -> Checked:
    """Judge a plan on the fixed day."""
    sources, unreadable = read(Found(folder))
    return check(sources, today=date(2026, 11, 24), root="plan", also=unreadable)


@pytest.fixture(scope="module")
def sound() -> set[str]:
    """Give the fingerprints of what is found in the plan as it is."""
    return {one.fingerprint for one in judged(PLAN).findings}


def planted() -> dict[str, list[Fault]]:
    """Read the table of faults, by kind."""
    path = Path(__file__).with_name("planted_faults.yaml")
    table: Any = Document.read(Source(path.name, path.read_text("utf-8"))).data
    return {kind: [Fault(name=kind, **row) for row in rows] for kind, rows in table.items()}


KINDS = planted()


def test_there_are_sixty_faults_of_twenty_kinds() -> None:
    """Three of each kind."""
    assert {3} == {len(faults) for faults in KINDS.values()}
    assert len(KINDS) >= 20


def test_the_plan_has_no_error() -> None:
    """The plan of Kotamobagu validates; its warnings are true ones."""
    found = judged(PLAN).findings
    assert [] == [one for one in found if one.level == ERROR]
    assert {"C005", "C067", "M058"} == {one.code.id for one in found}


@pytest.mark.parametrize(
    "fault",
    [*FAULTS, *(one for faults in KINDS.values() for one in faults)],
    ids=lambda fault: fault.name,
)
def test_a_fault_gives_its_finding(fault: Fault, sound: set[str], tmp_path: Path) -> None:
    """One fault, one finding: right code, right place, the right name suggested."""
    folder = tmp_path / "plan"
    shutil.copytree(PLAN, folder)
    path = folder / fault.file
    text = path.read_text("utf-8")
    assert fault.old in text, "the plan has changed under the test"
    changed = text.replace(fault.old, fault.new, 1)
    path.write_text(changed, encoding="utf-8", errors="surrogateescape", newline="")
    new = [one for one in judged(folder).findings if one.fingerprint not in sound]
    assert [fault.code] == [one.code.id for one in new]
    found = new[0]
    told_in = fault.told_in or fault.file
    shown_in = (folder / told_in).read_text("utf-8", errors="surrogateescape")
    near = shown_in.index(fault.new) - 1 if fault.new in shown_in else 0
    place = shown_in.index(fault.at, max(near, 0))
    assert told_in == found.span.source.path.removeprefix(f"{_shown(folder)}/")
    assert found.span.source.position(place) == (found.span.line, found.span.column)
    assert fault.meant == found.remark.args.get("suggestion", "")


def _shown(folder: Path) -> str:
    from smartplan.workspace.workspace import shown_path

    return shown_path(folder)


def test_faults_in_many_files_in_one_run(sound: set[str], tmp_path: Path) -> None:
    """Faults in different files are all found in one run; none hides another or makes a third."""
    folder = tmp_path / "plan"
    shutil.copytree(PLAN, folder)
    first_of_file = {fault.file: fault for fault in reversed(FAULTS)}.values()
    for fault in first_of_file:
        path = folder / fault.file
        text = path.read_text("utf-8").replace(fault.old, fault.new, 1)
        path.write_text(text, encoding="utf-8", newline="")
    new = [one for one in judged(folder).findings if one.fingerprint not in sound]
    expected = sorted((fault.told_in or fault.file, fault.code) for fault in first_of_file)
    root = _shown(folder)
    found = sorted((one.span.source.path.removeprefix(f"{root}/"), one.code.id) for one in new)
    assert expected == found
    assert len(expected) >= 6
