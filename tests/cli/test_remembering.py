"""What is said of an unchanged plan is said again without working it out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import Ran, run

from smartplan.cli import check
from smartplan.workspace import cache, workspace

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "plan: {id: uji, title: Rencana, period: {start: 2024, end: 2028}, city: {name: Kota A}}\n"


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a plan, on a file system whose clock is exact; answers are remembered."""
    monkeypatch.delenv("SMARTPLAN_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "COARSE", 0)
    folder = tmp_path / "kota"
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def judged_anew(monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[Ran, bool]:
    """Run `validate`, and tell whether it judged the plan."""
    judged: list[int] = []
    before = check.Judged.of

    def counting(*args: object, **named: object) -> object:
        judged.append(1)
        return before(*args, **named)  # type: ignore[arg-type]  # as it was called

    with monkeypatch.context() as patch:
        patch.setattr(check.Judged, "of", counting)
        return run("validate", *words), bool(judged)


@pytest.mark.parametrize("words", [[], ["--format", "json"], ["--stage", "final"]])
def test_the_same_is_said_again(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """Byte for byte, on both outputs, with the same exit code."""
    first, worked = judged_anew(monkeypatch, *words)
    second, worked_again = judged_anew(monkeypatch, *words)
    assert (worked, worked_again) == (True, False)
    assert first == second
    assert judged_anew(monkeypatch, *words, "--no-cache") == (first, True)


def test_an_edit_is_seen(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so is a file that comes."""
    judged_anew(monkeypatch)
    (plan / "aksi.yaml").write_text("actions: [{id: A}]\n", "utf-8")
    told, worked = judged_anew(monkeypatch)
    assert worked
    assert "aksi.yaml" in told.out


def test_another_question_is_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Level, format, day, part of the plan."""
    judged_anew(monkeypatch)
    for words in (["--format", "json"], ["--today", "2027-01-01"], ["--all"], ["plan.yaml"]):
        assert judged_anew(monkeypatch, *words)[1], words


def test_a_wrong_word_is_refused_each_time() -> None:
    """Misuse is never remembered."""
    for _ in range(2):
        assert run("validate", "--format", "jsn").code == 2


COMMANDS = [["fmt", "--check"], ["fmt", "--diff"], ["status"], ["status", "--format", "json"]]


@pytest.mark.parametrize("words", COMMANDS)
def test_other_commands_remember(
    plan: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """Those that only look: the second time no file is read, and an edit is seen."""
    command, *options = words
    first = run(command, *options)
    with monkeypatch.context() as patch:
        patch.setattr(workspace, "read", None)
        assert run(command, *options) == first
        (plan / "plan.yaml").write_text(PLAN.replace("Rencana", "Rencana  kota"), "utf-8")
        assert run(command, *options) != first


def test_what_writes_is_done_each_time(plan: Path) -> None:
    """A file that is laid out, spoiled and laid out again is laid out twice."""
    spoiled = "plan:   {id: uji}\nactions: []\n"
    for _ in range(2):
        (plan / "plan.yaml").write_text(spoiled, "utf-8")
        run("fmt")
        assert (plan / "plan.yaml").read_text("utf-8") != spoiled
