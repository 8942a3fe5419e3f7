"""`smartplan git-setup`: what it writes, that it keeps the rest, and that git then does as told."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, action, smartplan

from smartplan.workspace import setup as setting_up
from smartplan.workspace.setup import command, pattern_of

if TYPE_CHECKING:
    from pathlib import Path

LINE = "/plans/**/*.yaml diff=smartplan merge=smartplan"
GOV_01 = "plans/uji/actions/GOV-01.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """Make a repository with one plan, in a folder whose name has a blank."""
    made = Repository.new(tmp_path / "kota kita")
    made.write("plans/uji/plan.yaml", HEADER)
    made.write(GOV_01, action("GOV-01"))
    made.commit("first")
    return made


def setup(repo: Repository, *words: str, **more: str) -> tuple[int, str, str]:
    """Run the command; give exit code, output and error output."""
    run = smartplan("git-setup", *words, "--lang", "en", cwd=repo.top, **more)
    return run.returncode, run.stdout, run.stderr


def read(repo: Repository, path: str = ".gitattributes") -> str:
    """Read a file with the line ends it has."""
    return (repo.top / path).read_bytes().decode()


def test_writes_once(repo: Repository) -> None:
    """It writes line and settings, says what to do next, and a second time does nothing."""
    code, out, err = setup(repo)
    assert code == 0
    assert out.splitlines()[0] == f"Added to .gitattributes: {LINE}"
    assert "Set in the local settings of git: merge.smartplan.driver" in out
    assert err.startswith("Next: commit .gitattributes")
    assert read(repo) == LINE + "\n"
    driver = repo.git("config", "merge.smartplan.driver")
    assert driver.endswith("merge-driver %O %A %B %L %P")
    assert repo.git("config", "diff.smartplan.textconv").endswith("textconv --v1")
    assert repo.git("config", "diff.smartplan.cachetextconv") == "true"
    before = read(repo, ".git/config")
    code, out, err = setup(repo)
    assert (0, "", "Everything is set up; git shows and merges plans by meaning.\n") == (
        code,
        out,
        err,
    )
    assert (LINE + "\n", before) == (read(repo), read(repo, ".git/config"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* text=auto", f"* text=auto\n{LINE}\n"),
        ("# é\r\n* text=auto\r\n", f"# é\r\n* text=auto\r\n{LINE}\r\n"),
        ("*.yaml merge=union\n\n", f"*.yaml merge=union\n\n{LINE}\n"),
        ("*.yaml diff=smartplan\n", f"*.yaml diff=smartplan\n{LINE}\n"),
        ("*.yaml merge=smartplan diff=smartplan", "*.yaml merge=smartplan diff=smartplan"),
    ],
)
def test_keeps_every_other_byte(repo: Repository, before: str, after: str) -> None:
    """Lines of others stay as they are; lines that say the same in other words are enough."""
    repo.write(".gitattributes", before)
    assert setup(repo)[0] == 0
    assert after == read(repo)


def test_check(repo: Repository) -> None:
    """With --check it writes nothing, names what is missing, and exits 1 until nothing is."""
    code, out, err = setup(repo, "--check")
    assert code == 1
    assert f"Missing in .gitattributes: {LINE}" in out
    assert "merge.smartplan.driver" in out
    assert "Run smartplan git-setup" in err
    assert not (repo.top / ".gitattributes").exists()
    setup(repo)
    assert setup(repo, "--check")[:2] == (0, "")
    repo.git("config", "merge.smartplan.driver", "/gone/python -m smartplan merge-driver %O %A")
    code, out, _ = setup(repo, "--check")
    assert (1, ["merge.smartplan.driver"]) == (
        code,
        [line.rsplit(" ", 1)[1] for line in out.splitlines()],
    )


def test_a_clone_of_a_repository_that_is_set_up(repo: Repository, tmp_path: Path) -> None:
    """The lines come with the clone, the settings do not."""
    setup(repo)
    repo.commit()
    clone = repo.cloned(tmp_path / "clone")
    code, out, _ = setup(clone, "--check")
    assert (1, False) == (code, "gitattributes" in out)
    run = smartplan("validate", "--lang", "en", cwd=clone.top)
    assert ".gitattributes:1:1: G142" in run.stdout


def test_global(repo: Repository, tmp_path: Path) -> None:
    """Settings of the user hold in every clone; lines are none of its business."""
    config = tmp_path / "gitconfig"
    code, _, err = setup(repo, "--global", GIT_CONFIG_GLOBAL=str(config))
    assert (0, "") == (code, err)
    assert '[merge "smartplan"]' in config.read_text()
    assert not (repo.top / ".gitattributes").exists()
    code, out, _ = setup(repo, "--check", GIT_CONFIG_GLOBAL=str(config))
    assert (1, f"Missing in .gitattributes: {LINE}\n") == (code, out)
    code, out, _ = setup(repo, GIT_CONFIG_GLOBAL=str(config))
    assert (0, f"Added to .gitattributes: {LINE}\n") == (code, out)
    outside = Repository(tmp_path)
    assert setup(outside, "--global", GIT_CONFIG_GLOBAL=str(config))[0] == 0
    assert setup(outside, "--check")[0] == 2


@pytest.mark.parametrize(
    "place", ["kota kita", "a[1]*?", 'say "é"', "back\\slash", "# no comment", "plans/ x"]
)
def test_folders_with_odd_names(tmp_path: Path, place: str) -> None:
    """The line names the plan's folder and nothing else, whatever it is called."""
    repo = Repository.new(tmp_path / "repo")
    repo.write(f"{place}/plan.yaml", HEADER)
    repo.write(f"{place}/sub/a.yaml", action("GOV-01"))
    repo.write("other/a.yaml", "x: 1\n")
    assert setup(repo)[0] == 0
    asked = {
        path: repo.git("check-attr", "-z", "merge", "--", path).split("\0")[2]
        for path in (f"{place}/plan.yaml", f"{place}/sub/a.yaml", "other/a.yaml")
    }
    assert ["smartplan", "smartplan", "unspecified"] == list(asked.values())
    assert setup(repo, "--check")[0] == 0


def test_patterns() -> None:
    """Plans in `plans` share a line, so that the next plan is covered too."""
    assert "/plans/**/*.yaml" == pattern_of("plans/uji")
    assert "/kota/plans/**/*.yaml" == pattern_of("kota/plans/uji")
    assert "/kota/**/*.yaml" == pattern_of("kota")
    assert "/kota.yaml" == pattern_of("kota.yaml")
    assert "*.yaml" == pattern_of("")


def test_how_git_starts_smartplan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By name where every program finds it, else by the path of the interpreter, quoted."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", "/opt/my python/bin/python")
    assert command() == "'/opt/my python/bin/python' -P -m smartplan"
    script = tmp_path / "bin" / "smartplan"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent))
    assert command() == "smartplan"
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert shlex.split(command())[0] == "/opt/my python/bin/python"


def stub(folder: Path, body: str) -> Path:
    """Write a program for git to start."""
    path = folder / "stub program"
    path.write_text(f"#!/bin/sh\n{body}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_hunks_are_headed_by_their_item(repo: Repository) -> None:
    """Above each piece of a difference stands the item, as textconv or as YAML has it."""
    setup(repo)
    texts = dict.fromkeys(("summary", "status_reason", "status_date", "note", "kind"), "x")
    repo.write(GOV_01, action("GOV-01", "Lama", **texts))
    repo.commit()
    repo.write(GOV_01, action("GOV-01", "Lama", **texts | {"summary": "y"}))
    assert "@@ actions[GOV-01]  Lama\n" in repo.git("diff")
    body = "\n".join(f"    key{n}: x" for n in range(9))
    for form in (
        "  - id: GOV-01\n    {}",
        "  - {{id: GOV-01, x: 1}}\n  {}",
        '  - id: "GOV-01"\n{}',
    ):
        start = "actions:\n" + form.format(body.lstrip())
        repo.write(GOV_01, f"{start}\n    title: Lama\n")
        repo.commit()
        repo.write(GOV_01, f"{start}\n    title: Baru\n")
        shown = repo.git("diff", "--no-textconv")
        assert "@@ id: GOV-01" in shown.replace('"', "")


def test_git_runs_the_driver(repo: Repository, tmp_path: Path) -> None:
    """Git starts the driver with base, ours, theirs, marker size and path, and takes its result."""
    setup(repo)
    repo.commit()
    told = tmp_path / "told"
    program = stub(tmp_path, f'echo "$5 $6" >> {shlex.quote(str(told))}; cat "$4" > "$3"\n')
    line = f"{shlex.quote(str(program))} {setting_up.DRIVER_WORDS}"
    repo.git("config", "merge.smartplan.driver", line)
    assert setup(repo, "--check")[0] == 0
    repo.git("checkout", "-q", "-b", "side")
    repo.write(GOV_01, action("GOV-01", "Mereka"))
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write(GOV_01, action("GOV-01", "Kita"))
    repo.commit()
    repo.git("merge", "-q", "side")
    assert action("GOV-01", "Mereka") == read(repo, GOV_01)
    assert told.read_text() == f"7 {GOV_01}\n"


@pytest.mark.skipif(shutil.which("sh") is None, reason="git brings a shell")
def test_the_command_that_is_written_starts(repo: Repository) -> None:
    """What git would run is run: the program is found, from any folder."""
    setup(repo)
    line = repo.git("config", "merge.smartplan.driver")
    program = line.removesuffix(f" {setting_up.DRIVER_WORDS}")
    assert os.system(f"cd / && {program} --version > {os.devnull}") == 0  # noqa: S605  # as git does
