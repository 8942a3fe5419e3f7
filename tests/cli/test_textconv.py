"""`smartplan textconv` as git calls it: through git's own diff, log and blame."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, action, smartplan

from smartplan.cli import textconv

if TYPE_CHECKING:
    from pathlib import Path

GOV_01 = "actions/GOV-01.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """Make a repository whose git was set up for smartplan."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER)
    made.write(GOV_01, action("GOV-01", budget="{2026: Rp 1.500.000}", support="[b, a]"))
    assert 0 == smartplan("git-setup", cwd=made.top).returncode
    made.commit("first")
    return made


def test_git_shows_values_and_not_layout(repo: Repository) -> None:
    """A rewritten file shows one line: the value that changed."""
    repo.write(
        GOV_01,
        "# rapi\nactions:\n- {title: Layanan, support: [a, b], id: GOV-01,\n"
        "   budget: {2026: 2_500_000}}\n",
    )
    lines = repo.git("diff", "-U0", "--", GOV_01).splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert [
        "-  actions[GOV-01].budget.2026.apbd = 1_500_000",
        "+  actions[GOV-01].budget.2026.apbd = 2_500_000",
    ] == changed


def test_a_file_that_only_looks_different_shows_nothing(repo: Repository) -> None:
    """Quotes, order and comments."""
    repo.write(
        GOV_01,
        "actions:\n- id: 'GOV-01'\n  support:\n  - a\n  - b\n"
        "  budget: {2026: '1,5 juta'}\n  title: Layanan # sama\n",
    )
    shown = repo.git("diff", "--", GOV_01)
    assert not any(
        line[:1] in "+-" and line[:3] not in ("+++", "---") for line in shown.splitlines()
    )


def test_blame_names_the_commit_of_a_value(repo: Repository) -> None:
    """Also after the file was laid out anew."""
    first = repo.git("rev-parse", "--short=7", "HEAD")
    text = (repo.top / GOV_01).read_text("utf-8")
    repo.write(GOV_01, text.replace("Rp 1.500.000", "2 juta"))
    second = repo.commit("budget", author="Budi")[:7]
    repo.write(GOV_01, (repo.top / GOV_01).read_text("utf-8").replace("[b, a]", "[a, b]"))
    repo.commit("layout", author="Cici")
    blamed = repo.git("blame", "--abbrev=6", GOV_01).splitlines()
    by_value = {line.partition(") ")[2].strip(): line.split(" ")[0].lstrip("^") for line in blamed}
    assert second == by_value["actions[GOV-01].budget.2026.apbd = 2_000_000"][:7]
    assert first[:6] == by_value["actions[GOV-01].title = Layanan"][:6]


def test_it_never_leaves_git_without_a_text(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A broken file, bytes that are no UTF-8, an empty file: shown as they are."""
    for raw in (b"actions: [\n", b"\xff\xfe\x00", b"", b"judul: \xe9\n", b"- a\n"):
        path = tmp_path / "a.yaml"
        path.write_bytes(raw)
        assert 0 == textconv.run(["--v1", str(path)])
        assert raw.strip() in capsysbinary.readouterr().out or b"\xe9" in raw or b"\xff" in raw


def test_misuse_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file, two files, a file that is not there."""
    for words in ([], ["a", "b"], [str(tmp_path / "nothing.yaml")]):
        assert 2 == textconv.run(words)
        assert 1 == len(capsys.readouterr().err.splitlines())


def test_it_starts_without_what_it_does_not_need() -> None:
    """Git calls it twice for every file that it shows."""
    code = (
        "import sys; from smartplan.cli.textconv import run; run(['nothing.yaml']); "
        "print(*[one for one in ('typer', 'pydantic', 'rich', 'babel', 'jinja2') "
        "if one in sys.modules])"
    )
    ran = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "" == ran.stdout.strip()
