"""References over all files: what they may name, and what is offered when they name nothing."""

from __future__ import annotations

import re

import pytest
from samples import TODAY, check_text, plan_of, sources_of

from smartplan.figures.status import status
from smartplan.plan import shape
from smartplan.plan.plan import COLLECTIONS
from smartplan.reports.all_reports import REPORTS
from smartplan.rules.check import check
from smartplan.rules.checklist import CHECKLIST
from smartplan.text.finding import Subject

PLAN = """\
vision: {id: V-1, text: x}
missions: [{id: M-1, text: Mewujudkan tata kelola}]
goals: [{id: G-1, text: Mutu layanan naik, missions: [M-1], indicators: [I-9], grounds: [GAP-1]}]
strategies: [{id: T-1, text: Satu pintu, goals: [G-1], grounds: [SW-1, RD-1, F-1]}]
indicators: [{id: I-9, title: IKM, owner: setda}]
actions:
  - id: A-1
    title: SiKemas
    missions: [M-1]
    goals: [G-1]
    strategies: [T-1]
    owner: setda
    partners: [bsg]
    depends_on: [A-2]
    origin: {document: rpjmd}
    indicators: [{id: I-1, title: Aduan, owner: setda}]
    quick_win: {state: proposed, risks: [R-1]}
  - {id: A-2, title: Pusat data, formerly: [A-0]}
risks: [{id: R-1, text: Listrik padam, owner: setda}]
agencies: [{id: setda, name: Sekretariat Daerah, aliases: [Sekda, Setda], formerly: [sekwilda]}]
partners: [{id: bsg, name: Bank SulutGo}]
alignment: [{id: rpjmd, title: RPJMD 2018–2023}]
gaps: [{id: GAP-1, text: Belum ada portal, grounds: [SW-1]}]
swot: [{id: SW-1, kind: weakness, text: Aplikasi terpisah}]
readiness: [{id: RD-1, text: Data Center tersedia}]
facts: [{id: F-1, about: city.area, label: Luas}]
readings: [{indicator: I-1, period: 2024, evidence: [S-1]}]
sources: [{id: S-1, title: Laporan}]
"""


def dangling(text: str) -> list[tuple[str, str, str, int]]:
    """Give what names nothing: code, what it says, what is offered, the line."""
    return [
        (
            one.code.id,
            str(one.remark.args["seen"]),
            str(one.remark.args["suggestion"]),
            one.span.line,
        )
        for one in check_text(text)
        if one.code.id in ("F107", "C022")
    ]


def test_references_of_a_sound_plan() -> None:
    """Every kind of reference is resolved, in any order of the collections and files."""
    assert [] == dangling(PLAN)
    lines = PLAN.splitlines(keepends=True)
    assert [] == dangling("".join(lines[-9:] + lines[:-9]))


def test_former_ids_are_followed() -> None:
    """An id that an item had before leads to it."""
    assert [] == dangling(PLAN.replace("owner: setda", "owner: sekwilda").replace("[A-2]", "[A-0]"))
    assert "A-2" == plan_of(PLAN).get("a-0").id


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("depends_on: [A-2]", "depends_on: [A-3]", ("F107", "A-3", "A-2", 14)),
        ("depends_on: [A-2]", "depends_on: [A-2, Pusat Data]", ("F107", "Pusat Data", "A-2", 14)),
        ("goals: [G-1]\n", "goals: [M-1]\n", ("F107", "M-1", "G-1", 10)),
        ("    owner: setda", "    owner: Setda", ("C022", "Setda", "setda", 12)),
        ("    owner: setda", "    owner: Sekda", ("C022", "Sekda", "setda", 12)),
        ("    owner: setda", "    owner: bsg", ("C022", "bsg", "", 12)),
        ("partners: [bsg]", "partners: [setda]", ("F107", "setda", "", 13)),
        ("document: rpjmd}", "document: RPJMD 2018}", ("F107", "RPJMD 2018", "rpjmd", 15)),
        ("risks: [R-1]", "risks: [R-2]", ("F107", "R-2", "R-1", 17)),
        ("evidence: [S-1]", "evidence: [S-2]", ("F107", "S-2", "S-1", 27)),
        ("{indicator: I-1,", "{indicator: I-11,", ("F107", "I-11", "I-1", 27)),
    ],
)
def test_references_that_lead_nowhere(
    old: str, new: str, expected: tuple[str, str, str, int]
) -> None:
    """A name that nothing of the right kind bears is one finding, with the nearest right id."""
    assert [expected] == dangling(PLAN.replace(old, new, 1))


def test_suggestion_has_its_title() -> None:
    """What is offered comes with its title, so that a person recognises it."""
    found = next(one for one in check_text(PLAN.replace("[A-2]", "[A-3]")) if one.code.id == "F107")
    assert ("A-2", "Pusat data") == (
        found.remark.args["suggestion"],
        found.remark.args["suggestion_title"],
    )
    assert Subject("action", "A-1", "SiKemas") == found.remark.subject


def test_reference_is_written_as_the_item_writes_it() -> None:
    """Ids ignore case where they must be unique; a reference keeps the item's own spelling."""
    assert [("F107", "a-2", "A-2", 14)] == dangling(PLAN.replace("[A-2]", "[a-2]"))


def test_reference_to_an_item_in_a_broken_file() -> None:
    """An id that can be seen in a broken file is taken to exist, whatever its kind."""
    found = check_text(
        a="actions: [{id: A-1, title: T, depends_on: [A-2]}]\n", b="- id: A-2\n  x: [\n"
    )
    assert ["Y106"] == [one.code.id for one in found if one.code.id in ("F107", "Y106")]


def test_every_reference_names_a_kind_that_exists() -> None:
    """No field refers to a kind of item that no collection or part has."""
    models, waiting = [], [entry.model for entry in COLLECTIONS.values()]
    while waiting:
        model = waiting.pop()
        if model not in models:
            models.append(model)
            waiting.extend(one.part for one in shape.fields(model) if one.part)
    nouns = {getattr(model, "noun", "") for model in models}
    kinds = {
        kind for model in models for one in shape.fields(model) if one.ref for kind in one.ref.kinds
    }
    assert set() == kinds - nouns


IDS = re.findall(r"(?:{|- |- {)id: ([\w-]+)", PLAN)
NAMED = [
    one
    for one in re.finditer(r"[\w-]+", PLAN)
    if one[0] in IDS and PLAN[one.start() - 4 : one.start()] != "id: "
]


@pytest.mark.parametrize("place", NAMED, ids=lambda one: f"{one[0]} at {one.start()}")
def test_a_reference_may_name_anything(place: re.Match[str]) -> None:
    """A reference to an item of another kind is a finding; rules, figures and reports stand it."""
    for other in IDS:
        text = PLAN[: place.start()] + other + PLAN[place.end() :]
        checked = check(sources_of({"plan.yaml": text}), today=TODAY, stage="ended")
        assert status(checked.plan, checked.findings, CHECKLIST, "ended").lines
        for report in REPORTS:
            assert report.build(checked.plan)
