"""`smartplan init`: what it writes validates, it overwrites nothing, and it leaves nothing half."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository import Repository, smartplan, surroundings

from smartplan.cli.app import COMMANDS
from smartplan.cli.init import clean
from smartplan.reports.press import templates
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.workspace.beginning import Beginning, begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("id", "en")
GIVEN = ("--city", "Kota Kotamobagu", "--period", "2025-2029")
PLAN = [
    "README.md",
    "actions/GOV-01.yaml",
    "agencies.yaml",
    "direction.yaml",
    "goals/governance.yaml",
    "plan.yaml",
    "sources.yaml",
]
AROUND = [
    ".gitattributes",
    ".github/workflows/smartplan.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
]
HONEST = {"C005", "S008", "A027", "D017", "D115", "D117"}
"""No act, no books, no other kinds of action, dimensions without anything: true of a new plan."""


def files(folder: Path) -> list[str]:
    """List all files below a folder, but git's own."""
    found = [one.relative_to(folder) for one in folder.rglob("*") if not one.is_dir()]
    return sorted(one.as_posix() for one in found if one.parts[0] != ".git")


def everything(folder: Path) -> list[str]:
    """List whatever lies below a folder."""
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*"))


def findings(cwd: Path, *words: str) -> list[tuple[str, str]]:
    """Validate, and give code and level of what is found."""
    run = smartplan("validate", *words, "--format", "json", cwd=cwd)
    assert run.returncode == 0, run.stdout
    return [(one["code"], one["level"]) for one in json.loads(run.stdout)["findings"]]


def header(folder: Path) -> dict[str, Any]:
    """Read the head of a plan; it must be clean YAML."""
    plan: dict[str, Any] = data((folder / "plan.yaml").read_text("utf-8"))["plan"]
    return plan


def data(text: str) -> Any:  # noqa: ANN401  # of any file
    """Read YAML; it must be clean."""
    document = Document.read(Source("any.yaml", text))
    assert document.findings == ()
    return document.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_plan_is_sound(tmp_path: Path, language: str) -> None:
    """It validates with true warnings only, is laid out, renders, and has a status."""
    run = smartplan("init", "kota", *GIVEN, "--lang", language, cwd=tmp_path)
    assert (0, [*AROUND, *PLAN]) == (run.returncode, files(tmp_path / "kota")), run.stderr
    assert [f"kota/{one}" for one in [*AROUND, *PLAN]] == sorted(
        line.split(": ")[1] for line in run.stdout.splitlines()
    )
    found = findings(tmp_path, "kota")
    assert HONEST == {code for code, _level in found}
    assert {"warning"} == {level for _code, level in found}
    assert smartplan("fmt", "--check", "kota", cwd=tmp_path).returncode == 0
    assert smartplan("render", "kota", "--lang", language, cwd=tmp_path).returncode == 0
    made = (tmp_path / "build" / "kota" / f"masterplan.{language}.md").read_text("utf-8")
    assert {"id": "ilustratif", "en": "illustrative"}[language] in made
    assert smartplan("status", "kota", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_comes_next(tmp_path: Path, language: str) -> None:
    """Three commands are named, with the folder as the shell needs it, and they run."""
    run = smartplan("init", "kota kita", *GIVEN, "--lang", language, cwd=tmp_path)
    lines = run.stderr.splitlines()
    assert {"id": "Selanjutnya:", "en": "Next:"}[language] == lines[0]
    named = [line.strip() for line in lines[1:]]
    assert [f"smartplan {one} 'kota kita'" for one in ("validate", "status", "render")] == named
    for line in named:
        assert smartplan(*shlex.split(line)[1:], cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_names_commands_that_are_there(tmp_path: Path, language: str) -> None:
    """Every command in the README of a plan is one of smartplan's."""
    smartplan("init", *GIVEN, "--lang", language, cwd=tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    named = set(re.findall(r"^smartplan ([\w-]+)", text, re.MULTILINE))
    assert {"validate", "status", "render", "fmt", "git-setup", "schema"} == named
    assert named <= {*COMMANDS, "schema"}


def test_options_reach_the_plan(tmp_path: Path) -> None:
    """Every option stands in the head of the plan as it was given."""
    more = ("--kind", "kabupaten", "--province", "Sulawesi Utara", "--code", "71.10")
    smartplan("init", *GIVEN, *more, "--title", "Rencana", "--lang", "en", cwd=tmp_path)
    plan = header(tmp_path)
    assert ("kotamobagu-2025", "Rencana", "en", "draft") == (
        plan["id"],
        plan["title"],
        plan["language"],
        plan["stage"],
    )
    assert {"start": "2025", "end": "2029"} == {
        key: str(value) for key, value in plan["period"].items()
    }
    city = {"code": "71.10", "name": "Kota Kotamobagu", "kind": "kabupaten"}
    assert city | {"province": "Sulawesi Utara"} == plan["city"]


def test_what_is_unknown_is_seen(tmp_path: Path) -> None:
    """With --yes nothing is asked: unknown names are …, open fields stay as comments."""
    run = smartplan("init", "--yes", "--today", "2026-11-24", cwd=tmp_path)
    text = (tmp_path / "plan.yaml").read_text("utf-8")
    assert run.returncode == 0
    assert 'title: "Masterplan Smart City … 2027–2031"' in text
    assert 'name: "…"' in text
    for name in ("code", "kind", "province"):
        assert f"    # {name}: …\n" in text
    assert HONEST == {code for code, _level in findings(tmp_path)}


@pytest.mark.parametrize("taxonomy", ["draft-2026", "giffinger"])
def test_other_dimensions(tmp_path: Path, taxonomy: str) -> None:
    """Where dimensions have no elements, the example names none."""
    assert smartplan("init", *GIVEN, "--taxonomy", taxonomy, cwd=tmp_path).returncode == 0
    assert HONEST - {"D117"} == {code for code, _level in findings(tmp_path)}


def test_of_one_year_and_of_a_province(tmp_path: Path) -> None:
    """A plan of one year names no other; a province gets no code of cities."""
    words = ("--city", "Provinsi Banten", "--period", "2027–2027")
    assert smartplan("init", *words, cwd=tmp_path).returncode == 0
    text = (tmp_path / "actions" / "GOV-01.yaml").read_text("utf-8")
    assert "years: 2027\n" in text
    assert "2028" not in text
    assert "    # codes: […]\n" in text
    assert smartplan("fmt", "--check", cwd=tmp_path).returncode == 0
    assert HONEST | {"S101", "M058"} == {code for code, _level in findings(tmp_path)}


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--city, --period"),
        (("--city", "Kota A"), "--period"),
        (("--city", "Malang", "--period", "2025-2029"), "--kind"),
        (("--city", "  ", "--period", "2025-2029"), "--city"),
    ],
)
def test_nobody_to_ask(tmp_path: Path, words: tuple[str, ...], missing: str) -> None:
    """Without a terminal it says which options are missing, and writes nothing."""
    run = smartplan("init", "kota", *words, "--lang", "en", cwd=tmp_path)
    assert run.returncode == 2
    assert f"nobody can be asked here: {missing}." in run.stderr
    assert [] == everything(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("--period", "2029-2025"),
        ("--period", "lima tahun"),
        ("--kind", "desa"),
        ("--taxonomy", "kominfo"),
    ],
)
def test_options_that_cannot_be(tmp_path: Path, words: tuple[str, str]) -> None:
    """A value that means nothing is refused by name."""
    run = smartplan("init", "kota", *GIVEN, *words, "--lang", "en", cwd=tmp_path)
    assert (2, True) == (run.returncode, f"“{words[1]}”" in run.stderr)
    assert [] == everything(tmp_path)


@pytest.mark.parametrize("place", [".", "actions", "plans/lain"])
def test_a_plan_is_there(tmp_path: Path, place: str) -> None:
    """Neither in a plan, nor below one, nor above one."""
    smartplan("init", "." if place != "plans/lain" else place, *GIVEN, cwd=tmp_path)
    before = everything(tmp_path)
    target = "." if place == "plans/lain" else place
    run = smartplan("init", target, *GIVEN, "--lang", "en", cwd=tmp_path)
    assert (2, True) == (run.returncode, "There is a plan already" in run.stderr)
    assert before == everything(tmp_path)


def test_a_folder_with_other_files(tmp_path: Path) -> None:
    """Files that are there stay as they are, byte for byte, and are named."""
    for name in ("README.md", ".gitignore", "catatan.txt"):
        (tmp_path / name).write_bytes(b"mine\r\n")
    run = smartplan("init", *GIVEN, "--lang", "en", cwd=tmp_path)
    assert (0, sorted([*AROUND, *PLAN, "catatan.txt"])) == (run.returncode, files(tmp_path))
    for name in ("README.md", ".gitignore"):
        assert f"There already, left as it is: {name}\n" in run.stderr
        assert (tmp_path / name).read_bytes() == b"mine\r\n"
    assert HONEST == {code for code, _level in findings(tmp_path)}


def test_a_folder_with_yaml(tmp_path: Path) -> None:
    """YAML that the plan would read is refused, and named."""
    (tmp_path / "docker-compose.yml").write_text("services: {}\n")
    run = smartplan("init", *GIVEN, "--lang", "en", cwd=tmp_path)
    assert (2, True) == (run.returncode, "new plan: docker-compose.yml." in run.stderr)
    assert ["docker-compose.yml"] == everything(tmp_path)
    assert smartplan("init", "plans/kota", *GIVEN, cwd=tmp_path).returncode == 0


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """The name of a file is refused."""
    (tmp_path / "kota").write_text("x")
    run = smartplan("init", "kota", *GIVEN, "--lang", "en", cwd=tmp_path)
    assert (2, True) == (run.returncode, "kota is a file." in run.stderr)


@pytest.mark.parametrize("place", ["plans/kota", "kota", ".kota", "a/b: #c", "."])
def test_in_a_repository(tmp_path: Path, place: str) -> None:
    """Files of the repository go to its top; git and the commands there find the plan."""
    repo = Repository.new(tmp_path / "repo")
    run = smartplan("init", place, *GIVEN, "--lang", "en", cwd=repo.top)
    inside = sorted((repo.top / place / one).relative_to(repo.top).as_posix() for one in PLAN)
    assert sorted([*AROUND, *inside]) == files(repo.top)
    assert run.stderr.splitlines()[-1].startswith("  smartplan git-setup")
    asked = repo.git("check-attr", "-z", "merge", "--", f"{place}/actions/GOV-02.yaml")
    assert "smartplan" == asked.split("\0")[2]
    setup = smartplan("git-setup", place, "--lang", "en", cwd=repo.top)
    assert "Added to .gitattributes" not in setup.stdout
    texts = {one: (repo.top / one).read_text("utf-8") for one in AROUND}
    hooks = data(texts[".pre-commit-config.yaml"])
    for hook in hooks["repos"][0]["hooks"]:
        assert smartplan(*shlex.split(hook["entry"])[1:], cwd=repo.top).returncode == 0
    steps = data(texts[".github/workflows/smartplan.yml"])
    (checked,) = [
        one["run"]
        for one in steps["jobs"]["plan"]["steps"]
        if one.get("run", "").startswith("smartplan validate")
    ]
    assert smartplan(*shlex.split(checked)[1:], cwd=repo.top).returncode == 0
    script = data(texts[".gitlab-ci.yml"])["plan"]["script"]
    plain, shown = checked.removesuffix(" --format github"), "gitlab > findings.json || true"
    assert {f"{plain} || failed=1", f"{plain} --format {shown}"} <= set(script)
    assert not any("Copy this file" in one for one in texts.values())


def test_a_link_into_a_repository(tmp_path: Path) -> None:
    """A folder is where its link leads: the repository there gets the files."""
    repo = Repository.new(tmp_path / "repo")
    (repo.top / "kota").mkdir()
    (tmp_path / "link").symlink_to(repo.top / "kota")
    run = smartplan("init", "link", *GIVEN, cwd=tmp_path)
    assert (0, sorted([*AROUND, *(f"kota/{one}" for one in PLAN)])) == (
        run.returncode,
        files(repo.top),
    ), run.stderr


def test_files_of_a_repository_stay(tmp_path: Path) -> None:
    """A second plan leaves the files of the repository alone, and git-setup adds what is left."""
    repo = Repository.new(tmp_path / "repo")
    smartplan("init", "satu", *GIVEN, cwd=repo.top)
    before = {one: (repo.top / one).read_bytes() for one in AROUND}
    run = smartplan("init", "dua", *GIVEN, "--lang", "en", cwd=repo.top)
    assert (0, len(PLAN)) == (run.returncode, len(run.stdout.splitlines()))
    assert before == {one: (repo.top / one).read_bytes() for one in AROUND}
    assert "/dua/**/*.yaml" in smartplan("git-setup", "dua", cwd=repo.top).stdout


@pytest.mark.parametrize("place", ["plans/kota", "."])
def test_settings_of_the_editor(tmp_path: Path, place: str) -> None:
    """The editor's patterns name every file of the plan, and none of others at the top."""
    repo = Repository.new(tmp_path)
    smartplan("init", place, *GIVEN, cwd=tmp_path)
    text = (repo.top / ".vscode" / "settings.json").read_text("utf-8")
    settings = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    (schema, globs) = next(iter(settings["yaml.schemas"].items()))
    assert "./.schema/plan.schema.json" == schema
    named = {one.relative_to(tmp_path).as_posix() for glob in globs for one in tmp_path.glob(glob)}
    plan = {one for one in files(tmp_path) if one.endswith(".yaml") and one not in AROUND}
    assert plan == named
    listed = json.loads((tmp_path / ".vscode" / "extensions.json").read_text("utf-8"))
    assert {"recommendations": ["redhat.vscode-yaml"]} == listed


def test_nothing_is_left_half(tmp_path: Path) -> None:
    """Where one file cannot be written, none is, and folders that were made are gone."""
    (tmp_path / ".github").write_text("a file in the place of a folder")
    run = smartplan("init", "--lang", "en", *GIVEN, cwd=tmp_path)
    assert (2, True) == (run.returncode, "Nothing was written" in run.stderr)
    assert [".github"] == everything(tmp_path)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="the rights of a folder do not bind everybody"
)
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    """A folder that may not be written is named, and stays empty."""
    place = tmp_path / "kota"
    place.mkdir()
    place.chmod(0o500)
    run = smartplan("init", "kota", "--lang", "en", *GIVEN, cwd=tmp_path)
    place.chmod(0o700)
    assert (2, True) == (run.returncode, "cannot be changed" in run.stderr)
    assert [] == everything(place)


def test_without_git(tmp_path: Path) -> None:
    """A machine without git gets the same files."""
    run = smartplan("init", *GIVEN, cwd=tmp_path, PATH="")
    assert (0, [*AROUND, *PLAN]) == (run.returncode, files(tmp_path)), run.stderr


NAMES = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "Kota 'A'",
        'Kota "B": #1',
        "🌋",
        "- x",
        "{a: b}",
        "null",
        "71.74",
        "Kota\nB",
        "*a",
        "$id",
        "…",
    ]
)


@given(city=NAMES, province=NAMES, title=NAMES)
def test_any_name_gives_clean_yaml(
    tmp_path_factory: pytest.TempPathFactory, city: str, province: str, title: str
) -> None:
    """Whatever a city is called, its name is read back as it was typed, but for blanks."""
    folder = tmp_path_factory.mktemp("plan")
    city, province, title = (clean(one) or "x" for one in (city, province, title))
    new = Beginning(
        city=city,
        kind="kota",
        province=province,
        code="71.74",
        years=(2025, 2029),
        title=title,
        taxonomy="kominfo-2021",
        element="governance.service",
        heading="Rencana",
        language="id",
    )
    begin(folder, new, templates())
    plan = header(folder)
    assert title == plan["title"]
    expected = {"code": "71.74", "name": city, "kind": "kota", "province": province}
    assert expected == plan["city"]
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,39}", str(plan["id"]))


class Terminal:
    """A terminal in which smartplan runs and is typed to."""

    def __init__(self, cwd: Path, *words: str) -> None:
        """Start the command in a folder."""
        self.master, slave = os.openpty()
        self.seen = ""
        self.run = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "smartplan", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=surroundings(TERM="dumb", SMARTPLAN_TODAY="2026-11-24"),
            start_new_session=True,
        )
        os.close(slave)

    def expect(self, text: str) -> None:
        """Wait until a text has been shown since the last one that was waited for."""
        end = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            assert self.speaks(), self.seen
            try:
                self.seen += os.read(self.master, 4096).decode("utf-8", "replace")
            except OSError:  # the other end is closed
                raise AssertionError(self.seen) from None
        self.seen = self.seen.partition(text)[2]

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self.master, f"{text}\n".encode())

    def speaks(self) -> bool:
        """Wait until there is something to read; false after half a minute of silence."""
        return bool(select.select([self.master], [], [], 30)[0])

    def wait(self) -> int:
        """Read to the end and give the exit code."""
        try:
            while self.speaks() and (piece := os.read(self.master, 4096)):
                self.seen += piece.decode("utf-8", "replace")
        except OSError:  # so the end looks on Linux
            pass
        return self.run.wait(30)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Close what a test opens."""
    if os.name == "nt":
        pytest.skip("needs a terminal that a program can type into")
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        os.close(one.master)
        if one.run.poll() is None:
            one.run.kill()
            one.run.wait()


def test_questions(tmp_path: Path, terminals: list[Terminal]) -> None:
    """In a terminal it asks for what is not given, offers what is usual, and asks again."""
    terminal = Terminal(tmp_path, "init", "kota", "--lang", "en", "--province", "Sulawesi Utara")
    terminals.append(terminal)
    terminal.expect("Full name")
    terminal.type("")
    terminal.expect("Full name")
    terminal.type("Kota Kotamobagu")
    terminal.expect("[kota]")
    terminal.type("desa")
    terminal.expect("--kind cannot be “desa”.")
    terminal.expect("[kota]")
    terminal.type("")
    terminal.expect("Code at the interior ministry")
    terminal.type("71.74")
    terminal.expect("[2027-2031]")
    terminal.type("2025 - 2029")
    terminal.expect("[Smart City Masterplan of Kota Kotamobagu 2025–2029]")
    terminal.type("")
    assert terminal.wait() == 0, terminal.seen
    assert "Next:" in terminal.seen
    city = {"code": "71.74", "name": "Kota Kotamobagu", "kind": "kota"}
    assert city | {"province": "Sulawesi Utara"} == header(tmp_path / "kota")["city"]


@pytest.mark.parametrize("way", ["signal", "end"])
def test_giving_up(tmp_path: Path, terminals: list[Terminal], way: str) -> None:
    """Ctrl-C and Ctrl-D at a question leave nothing behind."""
    terminal = Terminal(tmp_path, "init", "kota", "--lang", "id")
    terminals.append(terminal)
    terminal.expect("Nama lengkap")
    terminal.type("Kota Kotamobagu")
    terminal.expect("[kota]")
    if way == "signal":
        os.kill(terminal.run.pid, signal.SIGINT)
    else:
        os.write(terminal.master, b"\x04")
    assert terminal.wait() == 130, terminal.seen
    assert "Traceback" not in terminal.seen
    assert [] == everything(tmp_path)
