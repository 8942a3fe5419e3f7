"""`smartplan diff` and `changelog` as a user types them, in real repositories."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repository import HEADER, Repository, action, smartplan, surroundings

if TYPE_CHECKING:
    from pathlib import Path

ADOPTED = HEADER + "  stage: adopted\n  version: 1.0.0\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """Make a repository with one adopted plan and a change that is not committed yet."""
    made = Repository.new(tmp_path / "kota kita")
    made.write("plans/uji/plan.yaml", ADOPTED)
    made.write("plans/uji/agencies.yaml", "agencies:\n  - {id: dishub, name: Dinas Perhubungan}\n")
    made.write("plans/uji/actions/GOV-01.yaml", action("GOV-01", budget="{2026: 100 juta}"))
    made.write("plans/uji/actions/GOV-02.yaml", action("GOV-02", owner="dishub"))
    made.commit("first")
    made.git("tag", "v1")
    made.write("plans/uji/actions/GOV-01.yaml", action("GOV-01", budget="{2026: 900 juta}"))
    return made


def run(repo: Repository, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command at the top of the repository, in English."""
    return smartplan(*words, cwd=repo.top, SMARTPLAN_LANG="en", **more)


def test_the_work_tree_is_compared_with_the_last_commit(repo: Repository) -> None:
    """Without words, what is not committed yet is shown; a pipe gets no colours."""
    done = run(repo, "diff")
    assert (0, "") == (done.returncode, done.stderr)
    head = repo.git("rev-parse", "--short=7", "HEAD")
    assert done.stdout.startswith(f"HEAD at {head} → work tree    1 change in 1 item\n")
    assert "Rp 100,000,000 → Rp 900,000,000" in done.stdout
    assert "\033" not in done.stdout


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (("v1",), 1),
        (("v1", "HEAD"), 0),
        (("v1..HEAD",), 0),
        (("HEAD", "WORK"), 1),
        (("v1...HEAD",), 0),
        (("v1:plans/uji", "plans/uji"), 1),
    ],
)
def test_two_sides_in_any_words(repo: Repository, words: tuple[str, ...], number: int) -> None:
    """Revisions, ranges, keywords and folders name the two sides."""
    done = run(repo, "diff", *words, "--format", "json")
    assert number == len(json.loads(done.stdout)["plans"][0]["changes"])


def test_folders_need_no_repository(tmp_path: Path) -> None:
    """Two folders and two files are compared where there is no git."""
    for name, owner in (("a", "satu"), ("b", "dua")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "plan.yaml").write_text(HEADER, encoding="utf-8")
        (folder / "actions.yaml").write_text(action("A-1", owner=owner), encoding="utf-8")
    folders = smartplan("diff", "a", "b", "--lang", "en", cwd=tmp_path)
    files = smartplan("diff", "a/actions.yaml", "b/actions.yaml", "--lang", "en", cwd=tmp_path)
    assert "satu → dua" in folders.stdout
    assert "satu → dua" in files.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 0),
        (("--exit-code",), 1),
        (("--exit-code", "--", "GOV-02"), 0),
        (("v1", "v1", "--exit-code"), 0),
    ],
)
def test_exit_code(repo: Repository, words: tuple[str, ...], code: int) -> None:
    """With --exit-code a change that is shown is 1, as with git."""
    assert code == run(repo, "diff", *words).returncode


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("GOV-01", 1),
        ("GOV-02", 0),
        ("plans/uji/actions/GOV-01.yaml", 1),
        ("plans/uji/actions", 1),
        ("plans/uji/plan.yaml", 0),
        ("actions[GOV-01].budget", 1),
    ],
)
def test_words_after_two_dashes_choose(repo: Repository, place: str, number: int) -> None:
    """Ids, paths, files and folders choose what is shown, and are no revisions."""
    done = run(repo, "diff", "--format", "json", "--", place)
    assert number == len(json.loads(done.stdout)["plans"][0]["changes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "no revision"),
        (("--format", "pdf"), "--format cannot be “pdf”"),
        (("--min", "heavy"), "--min cannot be “heavy”"),
        (("--only", "budget-cutt"), "The nearest: budget-cut"),
        (("--report", "matrix", "--format", "json"), "--format cannot be “json”"),
        (("a", "b", "c"), "Two sides can be compared"),
    ],
)
def test_what_cannot_be_done_is_said(repo: Repository, words: tuple[str, ...], said: str) -> None:
    """A request that cannot be met exits 2 and says why on the error output."""
    done = run(repo, "diff", *words)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_a_broken_file_is_said_and_is_no_change(repo: Repository) -> None:
    """A file that does not parse is a finding and exit code 1, not a removal in silence."""
    repo.write("plans/uji/actions/GOV-02.yaml", "actions: [\n")
    done = run(repo, "diff")
    assert 1 == done.returncode
    assert "plans/uji/actions/GOV-02.yaml:" in done.stderr
    assert "is missing in the sums: plans/uji/actions/GOV-02.yaml" in " ".join(done.stdout.split())


@pytest.mark.parametrize("form", ["json", "github", "md", "html"])
def test_files_are_written(repo: Repository, form: str) -> None:
    """-o writes the same bytes that the output would get."""
    to_output = run(repo, "diff", "--format", form).stdout
    done = run(repo, "diff", "--format", form, "-o", "out/diff.txt")
    assert "Written: out/diff.txt" in done.stderr
    assert to_output == (repo.top / "out/diff.txt").read_text("utf-8")


def test_the_matrix_is_a_page(repo: Repository) -> None:
    """--report matrix is a page unless Markdown is asked for, and reads the whole plan."""
    assert run(repo, "diff", "--report", "matrix").stdout.startswith("\n<!doctype html>") or run(
        repo, "diff", "--report", "matrix"
    ).stdout.lstrip().startswith("<!doctype html>")
    said = run(repo, "diff", "--report", "matrix", "--format", "md").stdout
    assert "| 1 | **GOV-01** Layanan: Budget 2026" in said


def test_every_plan_is_compared(repo: Repository) -> None:
    """Above several plans each is told of; a page wants one of them."""
    repo.write("plans/lain/plan.yaml", ADOPTED.replace("Masterplan Uji", "Masterplan Lain"))
    repo.commit("second")
    repo.write("plans/lain/plan.yaml", ADOPTED.replace("Masterplan Uji", "Masterplan Baru"))
    assert 2 == run(repo, "diff").stdout.count(" → work tree")
    assert 2 == run(repo, "diff", "--format", "html").returncode
    assert 0 == run(repo, "diff", "--format", "html", "--plan", "plans/lain").returncode


def test_sums_with_whole(repo: Repository) -> None:
    """By default only what differs is read; --whole gives the sums and the names."""
    repo.write("plans/uji/actions/GOV-02.yaml", action("GOV-02", owner="lain"))
    assert "dishub → lain" in run(repo, "diff").stdout
    whole = run(repo, "diff", "--whole").stdout
    assert "Dinas Perhubungan → lain" in whole
    assert "Rp 100,000,000 → Rp 900,000,000   +Rp 800,000,000" in whole


def test_output_is_the_same_everywhere(repo: Repository) -> None:
    """Hash seed, locale, time zone and the width of a window change no byte."""
    places = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Makassar", "COLUMNS": "200"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "40"},
    ]
    for form in ("text", "json", "github", "md", "html"):
        first, second = (run(repo, "diff", "--format", form, **one).stdout for one in places)
        assert first == second, form


def test_colours_on_demand(repo: Repository) -> None:
    """FORCE_COLOR paints, NO_COLOR wins."""
    assert "\033[" in run(repo, "diff", FORCE_COLOR="1").stdout
    assert "\033[" not in run(repo, "diff", FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_screen_starts_without_heavy_libraries(repo: Repository, form: str) -> None:
    """What is typed most often pays for no models, templates, parser or terminal library."""
    code = (
        "import sys\nfrom smartplan.cli.app import app, register\nregister(['diff'])\n"
        f"app(['diff', '--format', '{form}'], standalone_mode=False)\n"
        "heavy = {'pydantic', 'ruamel.yaml', 'jinja2', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code],
        cwd=repo.top,
        env=surroundings(PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "imported" not in done.stderr, done.stderr


# changelog


def test_changelog_from_the_first_tag(repo: Repository) -> None:
    """Where no plan was adopted, the first tag is where it begins; else the first commit."""
    said = run(repo, "changelog").stdout
    assert "v1 at " in said
    assert "Budget 2026 · City budget (APBD) rises" in said or "Budget 2026 rises" in said
    repo.git("tag", "-d", "v1")
    assert (
        f"{repo.git('rev-parse', '--short=7', 'HEAD')} → work tree" in run(repo, "changelog").stdout
    )


def test_changelog_from_the_adopted_plan(repo: Repository) -> None:
    """The newest baseline is where it begins."""
    entry = "baselines:\n  - {name: v1.0, date: 2026-05-03, digest: x, items: {}}\n"
    repo.write("plans/uji/baselines/v1.0.yaml", entry)
    repo.commit("adopt")
    assert "baseline v1.0 at " in run(repo, "changelog").stdout


@pytest.mark.parametrize("group", ["rule", "dimension", "owner"])
@pytest.mark.parametrize("form", ["md", "markdown", "html"])
def test_changelog_in_every_form(repo: Repository, group: str, form: str) -> None:
    """Every grouping is printed in every format."""
    done = run(repo, "changelog", "v1", "WORK", "--group", group, "--format", form)
    assert 0 == done.returncode
    assert re.search(r"GOV-01 Layanan", done.stdout)


def test_changelog_tells_what_matters(repo: Repository) -> None:
    """Routine changes are counted, and told on demand."""
    repo.write("plans/uji/actions/GOV-02.yaml", action("GOV-02", owner="dishub", status="running"))
    assert "GOV-02" not in run(repo, "changelog").stdout
    assert "GOV-02" in run(repo, "changelog", "--min", "routine").stdout
