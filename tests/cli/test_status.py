"""`smartplan status`: what is done, open, not yet due; who owes what; the figure of health."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from running import run
from samples import HEADER, TODAY
from typer.testing import CliRunner

from smartplan.cli.all_codes import ALL_CODES
from smartplan.cli.app import app, register
from smartplan.figures.status import Status, status
from smartplan.rules.check import check
from smartplan.rules.checklist import CHECKLIST
from smartplan.show.status import as_markdown
from smartplan.text.source import Source
from smartplan.words.speaker import Speaker, catalog, languages

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PLAN = (
    HEADER.replace("stage: draft", "stage: STAGE")
    + """\
agencies:
  - {id: diskominfo, name: Dinas Komunikasi dan Informatika, short: Diskominfo}
  - {id: dinkes, name: Dinas Kesehatan}
actions:
  - id: GOV-01
    title: Layanan satu pintu
    dimension: governance
    owner: diskominfo
    years: 2024-2026
    indicators:
      - {id: GOV-01-I1, title: Layanan, unit: layanan, targets: {2024: 3}, source: Laporan}
  - {id: GOV-02, title: Data terbuka, dimension: governance, owner: diskominfo}
  - {id: LIV-01, title: Antrean rumah sakit, dimension: living, owner: dinks, years: 2025}
evaluations:
  - id: EVAL-2024-I
    year: 2024
    stage: I
    items:
      - {path: baseline.planning.1.1.1, score: 2, owner: dinkes}
"""
)


def looked_at(text: str, stage: str) -> Status:
    """Give the status of a plan of one text at a stage."""
    found = check([Source("plan.yaml", text)], today=TODAY, stage=stage)
    return status(found.plan, found.findings, CHECKLIST, stage)


def printed(*words: str, language: str) -> str:
    """Run the command in a language and give what it prints."""
    if not app.registered_commands:
        register(())
    ran = CliRunner().invoke(app, ["status", *words, "--lang", language])
    assert 0 == ran.exit_code
    return ran.stdout


def states(looked: Status) -> dict[str, tuple[str, int, int]]:
    """Give state, open and total of every deliverable."""
    return {one.deliverable.name: (one.state, one.open, one.total) for one in looked.lines}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the plan of the tests and go to its folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN.replace("STAGE", "bimtek-4"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", ["text", "md"])
def test_kotamobagu(
    language: str,
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[str, str], None],
) -> None:
    """The example plan is asked what it lacks for its adoption."""
    monkeypatch.chdir(ROOT)
    shown = printed("plans/kotamobagu", "--format", form, language=language)
    golden(f"status.kotamobagu.{language}.{'txt' if form == 'text' else form}", shown)


@pytest.mark.parametrize("language", languages())
def test_a_plan_that_only_begins(
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[str, str], None],
) -> None:
    """A draft of nothing but its header is asked for the first workshop only."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(HEADER, encoding="utf-8")
    golden(f"status.draft.{language}.txt", printed(language=language))


def test_a_screen_of_eighty_columns(plan: Path) -> None:
    """No line of the checklist is longer, and a pipe has no colours."""
    ran = run("status", str(plan / "plan.yaml"), "--stage", "running")
    assert 80 >= max(len(line) for line in ran.out.splitlines())
    assert "\033" not in ran.out
    coloured = run("status", FORCE_COLOR="1").out
    assert "\033[1mMasterplan" in coloured


@pytest.mark.parametrize(
    ("stage", "name", "expected"),
    [
        ("bimtek-1", "vision", ("open", 0, 0)),
        ("bimtek-1", "actions", ("later", 0, 0)),
        ("bimtek-2", "actions", ("open", 4, 6)),
        ("bimtek-2", "years", ("open", 1, 3)),
        ("bimtek-3", "profiles", ("open", 0, 0)),
        ("final", "owner", ("open", 1, 3)),
        ("final", "indicator", ("open", 2, 3)),
        ("final", "measure", ("open", 1, 1)),
        ("final", "budget", ("open", 2, 3)),
        ("running", "evidence", ("open", 1, 1)),
        ("running", "term", ("done", 0, 1)),
        ("final", "sound", ("done", 0, 8)),
    ],
)
def test_states(stage: str, name: str, expected: tuple[str, int, int]) -> None:
    """Each deliverable is counted over its own things, from the stage on at which it is due."""
    assert expected == states(looked_at(PLAN.replace("STAGE", "draft"), stage))[name]


def test_what_is_explained_is_no_longer_open() -> None:
    """The findings are those that `validate` shows: what the plan ignores with a reason is done."""
    text = PLAN.replace("STAGE", "draft")
    explained = text + (
        "checks: {ignore: [{rule: owner-missing, reason: x}, {rule: C022, path: 'actions[LIV-01]', "
        "reason: menunggu SOTK}]}\n"
    )
    assert ("done", 0, 3) == states(looked_at(explained, "final"))["owner"]


def test_an_error_of_a_thing_that_is_not_yet_due_is_not_hidden() -> None:
    """An action without a dimension is an error at once, its deliverable is due later."""
    text = HEADER + "actions: [{id: A-1, title: Satu}]\n"
    early, late = looked_at(text, "bimtek-1"), looked_at(text, "bimtek-2")
    assert ("open", 1) == states(early)["sound"][:2]
    assert ("later", 0) == states(early)["placing"][:2]
    assert ("done", 0) == states(late)["sound"][:2]
    assert ("open", 1) == states(late)["placing"][:2]


def test_who_owes_what() -> None:
    """By dimension and agency: what its actions lack, and the evidence that an agency owes."""
    looked = looked_at(PLAN.replace("STAGE", "draft"), "running")
    owed = {one.name: one.open for one in looked.agencies}
    assert ("GOV-01",) == owed["diskominfo"]["budget"]
    assert ("GOV-02",) == owed["diskominfo"]["indicator"]
    assert ("GOV-01-I1",) == owed["diskominfo"]["reading"]
    assert {"evidence": ("baseline.planning.1.1.1",)} == owed["dinkes"]
    assert ("LIV-01",) == owed[""]["owner"]
    dimensions = {one.name: (one.actions, sorted(one.open)) for one in looked.dimensions}
    assert (0, []) == dimensions["branding"]
    assert (1, ["budget", "indicator", "origin", "owner"]) == dimensions["living"]
    assert set(looked.dimensions[0].label) == {"id", "en"}


def test_health_is_worked_out_as_it_says() -> None:
    """Every deliverable that is due weighs the same; the points lost are what is missing of 100."""
    looked = looked_at(PLAN.replace("STAGE", "draft"), "final")
    assert looked.health is not None
    lost = sum(points for _line, points in looked.lost)
    assert looked.health == int(100 - lost)
    worth = 100 / len(looked.due)
    years = next(points for line, points in looked.lost if line.deliverable.name == "years")
    assert float(years) == pytest.approx(worth / 3)
    assert all(line.findings or not line.total for line, _points in looked.lost)


def test_a_single_slip_is_seen_in_the_figure() -> None:
    """The figure is rounded down: 100 is reserved for a plan in which nothing is open."""
    sources = [
        Source(str(path), path.read_text("utf-8"))
        for path in sorted((ROOT / "plans" / "kotamobagu").rglob("*.yaml"))
    ]
    whole = check(sources, today=TODAY, stage="bimtek-3")
    clean = status(whole.plan, whole.findings, CHECKLIST, "bimtek-3")
    assert (100, ()) == (clean.health, clean.lost)
    broken = [*sources, Source("x.yaml", "risks: [{id: R-99, text: Banjir, owner: siapa}]\n")]
    found = check(broken, today=TODAY, stage="bimtek-3")
    assert 99 == status(found.plan, found.findings, CHECKLIST, "bimtek-3").health


def test_a_file_that_cannot_be_read_leaves_no_figure(plan: Path) -> None:
    """What seems to be missing may stand in that file: no figure, no false done, exit 1."""
    (plan / "broken.yaml").write_text("actions: [\n", encoding="utf-8")
    ran = run("status", "--format", "json")
    found: Any = json.loads(ran.out)["plans"][0]
    assert (1, None, ["broken.yaml"]) == (ran.code, found["health"], found["unreadable"])
    states_ = {one["name"]: one["state"] for one in found["deliverables"]}
    assert "unknown" == states_["vision"]
    assert "done" not in states_.values()


def test_json_names_every_lost_point(plan: Path) -> None:
    """Machines get the stage, every deliverable with its findings, and what is owed."""
    found: Any = json.loads(run("status", str(plan), "--format", "json").out)
    assert 1 == found["schema"]
    told = found["plans"][0]
    assert ("bimtek-4", "final") == (told["stage"], told["asked"])
    owner = next(one for one in told["deliverables"] if one["name"] == "owner")
    assert ("open", 1, 3) == (owner["state"], owner["open"], owner["total"])
    assert {
        "code": "C022",
        "file": "plan.yaml",
        "line": owner["findings"][0]["line"],
        "path": "actions[LIV-01].owner",
    } == owner["findings"][0]
    lost = sum(one["lost"] for one in told["deliverables"])
    assert told["health"] == int(100 - round(lost, 1))


def test_exit_codes(plan: Path) -> None:
    """0 whatever is open, 1 if that is asked for, 2 for a stage that is none."""
    assert 0 == run("status").code
    assert 1 == run("status", "--exit-code").code
    wrong = run("status", "--stage", "bimtek-5")
    assert 2 == wrong.code
    assert "T113" in wrong.err or "bimtek-5" in wrong.err
    assert plan.exists()


def test_text_of_a_plan_is_no_markdown() -> None:
    """A title with stars and brackets stays what it is."""
    looked = looked_at(PLAN.replace("STAGE", "draft"), "final")
    shown = as_markdown(looked, "*Kota* [x](y) <b>", Speaker("en"))
    assert shown.startswith("# \\*Kota\\* \\[x\\](y) \\<b\\>\n")


def test_the_checklist_names_codes_and_words() -> None:
    """Every code is one, every kind can be counted, every deliverable has its words."""
    codes = {one.id: one for one in ALL_CODES}
    looked = looked_at(HEADER, "ended")
    items = catalog("en")["screen"]["status"]
    for one in CHECKLIST:
        for ask in one.asks:
            assert ask.code in codes, one.name
        assert one.name in items["item"]
        assert not one.owed or one.name in items["owed"]
    assert len(CHECKLIST) == len({one.name for one in CHECKLIST})
    assert "sound" == CHECKLIST[-1].name
    assert {"evidence"} == {one.name for one in CHECKLIST} - set(states(looked))
