"""`smartplan validate` as a user types it: places, output, languages, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

KOTAMOBAGU = Path(__file__).parents[2] / "plans" / "kotamobagu"
HEADER = """\
format: 1
plan:
  id: uji-2024
  title: Masterplan Uji
  period: {start: 2024, end: 2028}
  city: {name: Kota Uji}
"""
ACTION = """\
agencies:
  - {id: diskominfo, name: Dinas Komunikasi dan Informatika}
actions:
  - id: GOV-01
    title: Layanan satu pintu
    dimension: governance
    owner: diskomnfo
"""


def smartplan(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with its output in pipes."""
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "smartplan", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **env},
        check=False,
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write a small plan with one fault: the owner of its action is misspelt."""
    folder = tmp_path / "plans" / "uji"
    (folder / "actions").mkdir(parents=True)
    (folder / "plan.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "actions" / "GOV-01.yaml").write_text(ACTION, encoding="utf-8")
    return folder


def test_one_line_a_finding_in_a_pipe(plan: Path) -> None:
    """A pipe gets `path:line:col: CODE message`; the summary goes to the error output."""
    run = smartplan("validate", "plans/uji", "--lang", "en", cwd=plan.parents[1])
    fault = [line for line in run.stdout.splitlines() if " C022 " in line]
    expected = (
        "plans/uji/actions/GOV-01.yaml:7:12: C022 “diskomnfo” is no agency of the plan. "
        "Did you mean diskominfo 'Dinas Komunikasi dan Informatika'?"
    )
    assert [expected] == fault
    assert "errors: 1" in run.stderr
    assert run.returncode == 1


def test_the_language_is_option_then_environment_then_plan(plan: Path) -> None:
    """`--lang` wins over SMARTPLAN_LANG, which wins over the language of the plan."""
    by_plan = smartplan("validate", cwd=plan)
    by_environment = smartplan("validate", cwd=plan, SMARTPLAN_LANG="en")
    by_option = smartplan("validate", "--lang", "id", cwd=plan, SMARTPLAN_LANG="en")
    assert "bukan perangkat daerah" in by_plan.stdout
    assert "is no agency" in by_environment.stdout
    assert by_plan.stdout == by_option.stdout


def test_the_same_findings_for_a_place_whatever_was_asked(plan: Path) -> None:
    """A file, its folder, the plan and the folder above plans agree about the file."""
    top = plan.parents[1]
    whole = smartplan("validate", "plans/uji", cwd=top).stdout.splitlines()
    file = smartplan("validate", "plans/uji/actions/GOV-01.yaml", cwd=top)
    folder = smartplan("validate", "plans/uji/actions", cwd=top)
    above = smartplan("validate", cwd=top).stdout.splitlines()
    header = smartplan("validate", "plans/uji/plan.yaml", cwd=top)
    assert whole == above
    in_file = [line for line in whole if line.startswith("plans/uji/actions/")]
    assert in_file == file.stdout.splitlines() == folder.stdout.splitlines()
    assert sorted(whole) == sorted([*in_file, *header.stdout.splitlines()])
    assert "lagi di bagian lain" in file.stderr
    assert header.returncode == 0, "the exit code follows what is shown"


def test_paths_are_relative_to_the_current_folder(plan: Path) -> None:
    """What is printed can be opened from where the user is."""
    run = smartplan("validate", "..", cwd=plan / "actions")
    assert run.stdout.startswith("GOV-01.yaml:7:12: ") or "\nGOV-01.yaml:7:12: " in run.stdout
    assert "\n../plan.yaml:" in "\n" + run.stdout


def test_json_has_what_programs_need(plan: Path) -> None:
    """`--format json` carries code, place, item, what was seen and meant, and totals."""
    run = smartplan("validate", "--format", "json", "--lang", "en", cwd=plan)
    report = json.loads(run.stdout)
    found = next(one for one in report["findings"] if one["code"] == "C022")
    assert report["schema"] == 1
    assert report["totals"]["error"] == 1
    assert report["plans"][0]["files"] == 2
    assert found["entity"] == {"kind": "action", "id": "GOV-01", "title": "Layanan satu pintu"}
    assert (found["file"], found["line"], found["column"]) == ("actions/GOV-01.yaml", 7, 12)
    assert found["end"] == {"line": 7, "column": 21}
    assert found["path"] == "actions[GOV-01].owner"
    assert (found["seen"], found["suggestion"]) == ("diskomnfo", "diskominfo")
    assert re.fullmatch(r"[0-9a-f]{16}", found["fingerprint"])
    assert run.stderr == ""


def test_a_fingerprint_survives_moved_lines(plan: Path) -> None:
    """A finding keeps its fingerprint when lines are added above it."""
    path = plan / "actions" / "GOV-01.yaml"
    before = json.loads(smartplan("validate", "--format", "json", cwd=plan).stdout)
    path.write_text("# satu\n# dua\n" + ACTION, encoding="utf-8")
    after = json.loads(smartplan("validate", "--format", "json", cwd=plan).stdout)
    prints = [[one["fingerprint"] for one in report["findings"]] for report in (before, after)]
    assert sorted(prints[0]) == sorted(prints[1])


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--fail-on", "never"), 0),
        (("--fail-on", "error"), 1),
        (("--fail-on", "info"), 1),
        (("--fail-on", "eror"), 2),
        (("--stage", "fnal"), 2),
        (("--format", "xml"), 2),
        (("--lang", "xx"), 2),
        (("--today", "kemarin"), 2),
        (("nowhere",), 2),
        (("--nonsense",), 2),
    ],
)
def test_exit_codes(plan: Path, args: tuple[str, ...], code: int) -> None:
    """0 done, 1 findings at or above the limit, 2 a request that cannot be met; never a trace."""
    run = smartplan("validate", *args, cwd=plan)
    assert code == run.returncode
    assert "Traceback" not in run.stderr


def test_nothing_to_check_is_a_failure(tmp_path: Path) -> None:
    """An empty folder is no valid plan."""
    run = smartplan("validate", cwd=tmp_path, SMARTPLAN_LANG="en")
    assert run.returncode == 2
    assert "No plan was found" in run.stderr
    assert run.stdout == ""


def test_an_empty_plan_file(tmp_path: Path) -> None:
    """A plan.yaml without content is a finding, not a trace and not a success."""
    (tmp_path / "plan.yaml").write_text("", encoding="utf-8")
    run = smartplan("validate", cwd=tmp_path)
    assert run.returncode == 1
    assert "Y110" in run.stdout
    assert "F120" in run.stdout


def test_a_single_file_can_be_a_plan(tmp_path: Path) -> None:
    """A file that holds `plan` and lies below no plan.yaml is a plan by itself."""
    (tmp_path / "rencana.yaml").write_text(HEADER + ACTION, encoding="utf-8")
    run = smartplan("validate", "rencana.yaml", cwd=tmp_path)
    assert "rencana.yaml:13:12: C022" in run.stdout


def test_nothing_is_written(plan: Path) -> None:
    """Validating changes no file and leaves none behind."""
    top = plan.parents[1]

    def state() -> dict[Path, tuple[int, bytes]]:
        files = [path for path in top.rglob("*") if path.is_file()]
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    smartplan("validate", "plans/uji", cwd=top)
    assert before == state()


def test_a_stage_raises_levels(plan: Path) -> None:
    """`--stage final` asks for what the final plan needs."""
    draft = smartplan("validate", "--format", "json", cwd=plan)
    final = smartplan("validate", "--format", "json", "--stage", "final", cwd=plan)
    levels = [
        {one["level"] for one in json.loads(run.stdout)["findings"] if one["code"] == "A026"}
        for run in (draft, final)
    ]
    assert [{"warning"}, {"error"}] == levels


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_same_under_any_hash_seed(plan: Path, seed: str) -> None:
    """The order of findings does not hang on the hash seed."""
    first = smartplan("validate", "--format", "json", cwd=plan, PYTHONHASHSEED="7")
    again = smartplan("validate", "--format", "json", cwd=plan, PYTHONHASHSEED=seed)
    assert first.stdout == again.stdout


def test_windows_line_ends_and_marks(plan: Path) -> None:
    """CRLF and a byte order mark move no place."""
    path = plan / "actions" / "GOV-01.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ACTION.replace("\n", "\r\n").encode())
    run = smartplan("validate", cwd=plan)
    assert "actions/GOV-01.yaml:7:12: C022" in run.stdout


def test_a_console_that_is_not_utf_8(plan: Path) -> None:
    """A cp1252 environment never stops the command; pipes are UTF-8 in any case."""
    run = smartplan("validate", cwd=plan, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "“diskomnfo”" in run.stdout
    assert run.returncode == 1


def test_hostile_text_stays_text(plan: Path) -> None:
    """Terminal escapes in a plan do not reach the terminal."""
    path = plan / "actions" / "GOV-01.yaml"
    path.write_text(ACTION.replace("diskomnfo", '"x\\e[31mred\\a"'), encoding="utf-8")
    run = smartplan("validate", cwd=plan)
    assert "C022" in run.stdout
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", run.stdout)


def test_a_reader_that_goes_away(plan: Path) -> None:
    """`smartplan validate | head` ends quietly."""
    text = "actions:\n" + "".join(f"  - {{id: A-{n}, titel: x}}\n" for n in range(3000))
    (plan / "many.yaml").write_text(text, encoding="utf-8")
    with subprocess.Popen(  # our own command
        [sys.executable, "-m", "smartplan", "validate"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=plan,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


def test_an_unreadable_link_is_a_finding(plan: Path) -> None:
    """A link that leads out of the plan, or nowhere, is reported and not followed."""
    secret = plan.parents[1] / "secret.yaml"
    secret.write_text("sources: [{id: S-1, title: rahasia}]\n", encoding="utf-8")
    try:
        (plan / "out.yaml").symlink_to(secret)
        (plan / "gone.yaml").symlink_to(plan / "nothing.yaml")
    except OSError:
        pytest.skip("no links here")
    run = smartplan("validate", cwd=plan)
    assert "out.yaml:1:1: F122" in run.stdout
    assert "gone.yaml:1:1: F122" in run.stdout


def test_version_needs_no_library() -> None:
    """`--version` answers before any library is imported."""
    code = (
        "import sys; sys.argv = ['smartplan', '--version'];"
        "from smartplan.__main__ import main; main();"
        "print(sorted({'typer', 'pydantic', 'rich', 'jinja2', 'babel'} & set(sys.modules)))"
    )
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"smartplan \d+\.\d+\.\d+\n\[\]\n", run.stdout)


def test_help_needs_no_heavy_library() -> None:
    """The command tree imports typer, and none of the libraries that commands need."""
    code = (
        "import sys; from smartplan.cli import app;"
        "print(sorted({'pydantic', 'rich', 'jinja2', 'babel', 'ruamel.yaml'} & set(sys.modules)))"
    )
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_a_finding_needs_no_parser() -> None:
    """The places of a plan in everyday YAML, and the words, are found without it."""
    code = (
        "import sys; sys.argv[1:] = ['validate', '--no-cache', '--format', 'json', sys.argv[1]]\n"
        "from smartplan.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: print('ruamel.yaml' in sys.modules)\n"
    )
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code, str(KOTAMOBAGU)], capture_output=True, text=True, check=True
    )
    assert '"code": "C005"' in run.stdout
    assert run.stdout.endswith("False\n")


def test_on_a_terminal(plan: Path, golden: Callable[[str, str], None]) -> None:
    """A terminal shows the item, the text with a caret, and what to do, in colours."""
    pty = pytest.importorskip("pty")
    for language in ("id", "en"):
        controller, terminal = pty.openpty()
        with subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "smartplan", "validate", "--lang", language],
            stdout=terminal,
            stderr=terminal,
            cwd=plan,
            env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
        ):
            os.close(terminal)
            shown = b""
            while chunk := _read(controller):
                shown += chunk
        os.close(controller)
        golden(
            f"validate.{language}.txt", shown.decode().replace("\r\n", "\n").replace("\x1b", "␛")
        )


def _read(controller: int) -> bytes:
    try:
        return os.read(controller, 65536)
    except OSError:  # the terminal is closed
        return b""
