"""The driver's contract: 0 or 1, and a usable file that holds both sides, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from merge_repository import Repository

from smartplan.cli import merging
from smartplan.cli.merging import Texts, as_text, drive, merged

if TYPE_CHECKING:
    from pathlib import Path

BASE = "actions:\n  - id: A-01\n    title: One\n    owner: ICT\n    end: 2026\n"
OURS = BASE.replace("ICT", "Parks").replace("One", "First")
THEIRS = BASE.replace("ICT", "Water").replace("2026", "2027")


def texts(base: str = BASE, ours: str = OURS, theirs: str = THEIRS) -> Texts:
    """Give three versions as bytes."""
    return Texts(base.encode(), ours.encode(), theirs.encode(), marker=7, name="plan.yaml")


def on_disk(folder: Path, three: Texts, *more: str) -> list[str]:
    """Write three versions as git does, and give the driver's arguments."""
    for name, raw in (("O", three.base), ("A", three.ours), ("B", three.theirs)):
        (folder / name).write_bytes(raw)
    return [*(str(folder / name) for name in ("O", "A", "B")), *more]


def test_a_clean_merge_is_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What does not touch is merged: exit code 0, nothing said, ours overwritten."""
    words = on_disk(tmp_path, texts(theirs=BASE.replace("2026", "2027")), "7", "plan.yaml")
    assert drive(words) == 0
    assert OURS.replace("2026", "2027") == (tmp_path / "A").read_text()
    assert capfd.readouterr().err == ""


def test_a_conflict_is_marked_and_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The markers have the length that git asks for, and hold nothing but the field."""
    assert drive(on_disk(tmp_path, texts(), "9", "plan.yaml")) == 1
    assert (tmp_path / "A").read_text() == (
        "actions:\n  - id: A-01\n    title: First\n"
        "<<<<<<<<< ours: actions[A-01].owner\n    owner: Parks\n"
        "||||||||| base\n    owner: ICT\n=========\n    owner: Water\n"
        ">>>>>>>>> theirs: actions[A-01].owner\n    end: 2027\n"
    )
    assert capfd.readouterr().err == (
        'CONFLICT modify/modify actions[A-01].owner  "Parks" | "Water"\n'
    )


BROKEN = {
    "syntax": "actions: [\n",
    "duplicate key": BASE + "    end: 2028\n",
    "tab": BASE + "\t x: 1\n",
    "tag": BASE + "    x: !y 1\n",
    "two documents": BASE + "---\na: 1\n",
    "markers": "<<<<<<< a\nb: 1\n=======\nb: 2\n>>>>>>> c\n",
    "scalar": "only text\n",
}


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
@pytest.mark.parametrize("fault", BROKEN)
def test_what_cannot_be_read_is_merged_as_text(side: str, fault: str) -> None:
    """A text that is no plan goes to git's own merge: exit 1, both sides in it, one line why."""
    three = {"base": BASE, "ours": OURS, "theirs": THEIRS, side: BROKEN[fault]}
    outcome = merged(texts(**three))
    assert not outcome.clean
    assert len(outcome.lines) == 1
    assert "merged as text" in outcome.lines[0]
    for version in (three["ours"], three["theirs"]):
        for line in version.splitlines():
            changed = line not in three["base"].splitlines()
            assert not changed or line.encode() in outcome.raw


def test_bytes_that_are_no_text_are_kept() -> None:
    """A byte that is not UTF-8 comes out as it went in."""
    three = Texts(BASE.encode(), OURS.encode() + b"    x: \xff\n", THEIRS.encode(), 7, "p")
    outcome = merged(three)
    assert b"\xff" in outcome.raw
    assert b"Water" in outcome.raw


FAULTS = [MemoryError("no room"), RecursionError("deep"), KeyboardInterrupt(), SystemExit(3)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: type(one).__name__)
def test_a_fault_of_ours_ends_in_markers(
    fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised while merging, the file holds both sides and the driver answers 1."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("smartplan.compare.merge.merge", fail)
    assert drive(on_disk(tmp_path, texts(), "7", "plan.yaml")) == 1
    left = (tmp_path / "A").read_text()
    assert "<<<<<<<" in left
    assert "Parks" in left
    assert "Water" in left


def test_a_merge_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time limit the text is merged as text."""

    def forever(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr("smartplan.compare.merge.merge", forever)
    monkeypatch.setattr(merging, "TIME_OUT", 0.05)
    assert drive(on_disk(tmp_path, texts(), "7", "plan.yaml")) == 1
    assert "Water" in (tmp_path / "A").read_text()


def test_without_git_both_versions_stand_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even git cannot be run, ours and theirs stand one below the other."""
    monkeypatch.setenv("PATH", "")
    outcome = as_text(texts(), "no reason")
    assert outcome.raw.count(b"<<<<<<<") == 1
    assert OURS.encode() in outcome.raw
    assert THEIRS.encode() in outcome.raw


def test_the_switch_turns_it_off_or_takes_a_side() -> None:
    """SMARTPLAN_MERGE: 0 merges as text, ours and theirs settle what is in conflict."""
    as_git = merged(texts(), "0")
    assert not as_git.clean
    assert as_git.raw.count(b"<<<<<<<") >= 1
    ours = merged(texts(), "ours")
    assert ours.clean
    assert OURS.replace("2026", "2027").encode() == ours.raw
    theirs = merged(texts(), "theirs")
    assert theirs.clean
    assert THEIRS.replace("One", "First").encode() == theirs.raw


def test_line_ends_and_byte_order_mark_are_those_of_ours() -> None:
    """CRLF and BOM stay; theirs' text takes them on."""
    ours = b"\xef\xbb\xbf" + BASE.replace("One", "First").replace("\n", "\r\n").encode()
    outcome = merged(Texts(BASE.encode(), ours, BASE.replace("2026", "2027").encode(), 7, "p"))
    assert outcome.clean
    assert ours.replace(b"2026", b"2027") == outcome.raw


@pytest.mark.parametrize("empty", ["base", "ours", "theirs"])
def test_an_empty_version(empty: str) -> None:
    """A version that is empty, or a file that base did not have, is merged like any other."""
    outcome = merged(texts(**{empty: ""}))
    assert (b"Parks" in outcome.raw) or empty == "ours"
    assert (b"Water" in outcome.raw) or empty == "theirs"
    assert not outcome.clean


def test_conflicts_are_written_down_and_forgotten(tmp_path: Path) -> None:
    """Conflicts lie under git's folder by file; a clean merge of the file removes them."""
    repository = Repository.begin(tmp_path, BASE)
    place = tmp_path / ".git" / "smartplan" / "conflicts.json"
    repository.branch("theirs", THEIRS)
    repository.commit(OURS)
    assert repository.merge("theirs")[0] == 1
    (entry,) = json.loads(place.read_text())["files"]["plan.yaml"]
    assert {
        "path": "actions[A-01].owner",
        "kind": "modify/modify",
        "base": '"ICT"',
        "ours": '"Parks"',
        "theirs": '"Water"',
        "lines": [4, 10],
    } == entry
    repository.git("merge", "--abort")
    repository.git("checkout", "-q", "-b", "calm", "HEAD~1")
    repository.commit(BASE.replace("One", "First"))
    repository.git("checkout", "-q", "-b", "other", "HEAD~1")
    repository.commit(BASE.replace("2026", "2027"))
    assert repository.merge("calm")[0] == 0
    assert json.loads(place.read_text())["files"] == {}


def test_conflicts_of_a_linked_work_tree_lie_in_the_shared_folder(tmp_path: Path) -> None:
    """All work trees of a repository write into one file."""
    repository = Repository.begin(tmp_path / "main", BASE)
    repository.branch("theirs", THEIRS)
    repository.commit(OURS)
    repository.git("worktree", "add", "-q", "../linked", "-b", "linked")
    linked = Repository(tmp_path / "linked")
    assert linked.merge("theirs")[0] == 1
    assert (tmp_path / "main" / ".git" / "smartplan" / "conflicts.json").exists()


def test_a_full_disk_does_not_lose_a_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no second file can be written, and nothing beside it, the file itself is written."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smartplan.workspace.conflicts.overwrite", full)
    monkeypatch.setattr("smartplan.workspace.conflicts.note", full)
    assert drive(on_disk(tmp_path, texts(), "7", "plan.yaml")) == 1
    assert "Water" in (tmp_path / "A").read_text()


def test_the_driver_starts_without_the_command_tree(tmp_path: Path) -> None:
    """Neither typer nor pydantic, rich, jinja2, babel nor a catalog is imported."""
    words = on_disk(tmp_path, texts(), "7", "plan.yaml")
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-X", "importtime", "-m", "smartplan", "merge-driver", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=dict(os.environ),
        check=False,
    )
    assert run.returncode == 1
    for name in ("typer", "pydantic", "rich", "jinja2", "babel", "smartplan.words", "click"):
        assert f"| {name}\n" not in run.stderr.replace("  ", " "), name
