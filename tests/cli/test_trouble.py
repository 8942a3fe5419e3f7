"""Trouble outside a plan: links, pipes, full disks, Ctrl-C. Nothing is lost; one clear line."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from repository import HEADER, Repository, action, smartplan, surroundings
from running import run

from smartplan.workspace import workspace

MESSY = action("GOV-01").replace("    title", "        title")
WRITING = ("render", "fmt", "validate --fix", "validate --record-known", "baseline create v1.0")
READING = ("validate", "status", "render -o - --report summary", "diff", "log GOV-01", "rules")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Stand in the folder of a plan that has something to lay out and something to mend."""
    made = Repository.new(tmp_path / "kota")
    made.write("plan.yaml", HEADER)
    made.write(
        "actions/GOV-01.yaml", "actions:\n- {id: GOV-01,   title: Layanan, statu: planned}\n"
    )
    made.commit()
    monkeypatch.chdir(made.top)
    return made


def held(top: Path) -> dict[str, bytes]:
    """Give every file outside .git."""
    files = (one for one in top.rglob("*") if ".git" not in one.parts and one.is_file())
    return {one.relative_to(top).as_posix(): one.read_bytes() for one in files}


def one_line_of_trouble(err: str) -> None:
    """See that trouble is told, in a few lines, without a traceback."""
    assert err.strip()
    assert "Traceback" not in err
    assert "internal fault" not in err
    assert len(err.strip().splitlines()) <= 3


# Reading


def unreadable(plan: Repository, name: str) -> None:
    """See that one file is told as unreadable by all commands, which go on without it."""
    found = run("validate")
    assert found.code == 1
    assert [name] == [line.split(":")[0] for line in found.lines if " F122 " in line]
    for command in READING:
        done = run(*command.split())
        assert done.code in (0, 1, 2), command
        assert "internal fault" not in done.err
    assert plan.top.exists()


def test_a_link_that_leads_out(plan: Repository, tmp_path: Path) -> None:
    """A link out of the plan is not followed."""
    (tmp_path / "secret.yaml").write_text("actions: [{id: SECRET-1}]\n", encoding="utf-8")
    (plan.top / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    unreadable(plan, "out.yaml")
    assert "SECRET" not in run("validate", "--format", "json").out


@pytest.mark.parametrize("target", ["loop.yaml", "nowhere.yaml", "/dev/zero"])
def test_a_link_that_leads_nowhere(plan: Repository, target: str) -> None:
    """A link to itself, to nothing, or to a source without end is one finding."""
    (plan.top / "loop.yaml").symlink_to(target)
    unreadable(plan, "loop.yaml")


def test_a_pipe_is_not_waited_for(plan: Repository) -> None:
    """A pipe that nobody writes into stops nothing."""
    os.mkfifo(plan.top / "pipe.yaml")
    unreadable(plan, "pipe.yaml")


def test_a_link_to_a_folder_above_is_not_walked(plan: Repository) -> None:
    """A folder that links to one above it does not make an endless plan."""
    (plan.top / "actions" / "again").symlink_to(plan.top, target_is_directory=True)
    assert "S020" not in run("validate").out


def test_a_folder_named_like_a_file(plan: Repository) -> None:
    """A folder whose name ends in .yaml is a folder."""
    (plan.top / "x.yaml").mkdir()
    assert "x.yaml" not in run("validate").out


def test_a_deep_folder(plan: Repository) -> None:
    """Files lie as deep as the system allows."""
    deep = plan.top
    for _ in range(200):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text(action("GOV-77"), encoding="utf-8")
    assert "GOV-77" in run("validate", "--format", "json").out


def test_a_file_that_vanishes_while_it_is_read(
    plan: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was listed and is gone is one finding."""
    listed = list(workspace.paths_of(str(plan.top)))
    gone = str(plan.top / "gone.yaml")
    monkeypatch.setattr(workspace, "paths_of", lambda _root: [*listed, gone])
    unreadable(plan, "gone.yaml")


# Writing


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing(
    plan: Repository, monkeypatch: pytest.MonkeyPatch, command: str, number: int
) -> None:
    """With a full or locked disk a command says so, exits 2, and every file is as it was."""
    before = held(plan.top)

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fdopen", refuse)
    words = command.split()
    more = ["--ref", "x", "--date", "2026-05-03"] if words[0] == "baseline" else []
    done = run(*words, *more)
    assert 2 == done.code
    one_line_of_trouble(done.err)
    assert os.strerror(number) in done.err
    assert before == held(plan.top)


# The process


@pytest.mark.parametrize("command", [*READING, "fmt", "validate --fix", "render"])
def test_ctrl_c(plan: Repository, command: str) -> None:
    """Ctrl-C at any moment: exit 130, no traceback, every file whole, no temporary file left."""
    before = held(plan.top)
    for tenths in (1, 3, 5, 8):
        started = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "smartplan", *command.split()],
            cwd=plan.top,
            env=surroundings(PYTHONPATH=str(Path(__file__).parents[2])),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(tenths / 10)
        started.send_signal(signal.SIGINT)
        _out, err = started.communicate(timeout=30)
        assert started.returncode in (0, 1, 130, -signal.SIGINT), err
        if "smartplan/__main__" in err or started.returncode == 130:  # not Python still starting
            assert "Traceback" not in err
    after = held(plan.top)
    assert not [name for name in after if "/." in f"/{name}"]
    assert before.keys() <= after.keys()


@pytest.mark.parametrize("command", ["validate --format json", "render -o -", "rules", "status"])
def test_a_reader_that_goes_away(plan: Repository, command: str) -> None:
    """With `| head -1` nobody sees a fault."""
    for shown in ("| head -1", ">&-"):
        line = f'"{sys.executable}" -m smartplan {command} {shown}'
        done = subprocess.run(  # noqa: S602  # our own command
            line,
            shell=True,
            cwd=plan.top,
            env=surroundings(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert "BrokenPipe" not in done.stderr
        assert "internal fault" not in done.stderr


@pytest.mark.parametrize(
    "more",
    [{"HOME": ""}, {"PATH": ""}, {"LANG": "C", "LC_ALL": "C"}, {"COLUMNS": "0"}, {"COLUMNS": "1"}],
    ids=str,
)
def test_a_poor_environment(plan: Repository, more: dict[str, str]) -> None:
    """Without a home, a path, a language or a width, commands still say what they say."""
    for command in ("validate", "status", "render -o - --report summary", "explain M046", "--help"):
        done = smartplan(*command.split(), cwd=plan.top, **more)
        assert done.returncode in (0, 1), (command, done.stderr)
        assert "Traceback" not in done.stderr
