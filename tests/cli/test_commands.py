"""The command tree: the list of commands, which is made without reading their options."""

from __future__ import annotations

from pathlib import Path

from repository import smartplan
from typer.testing import CliRunner

from smartplan.cli.app import COMMANDS, app, register

HERE = Path(__file__).parent


def test_the_list_is_that_of_the_whole_tree() -> None:
    """Names and sentences are those that the commands themselves give."""
    if not app.registered_commands:
        register(())
    whole = CliRunner().invoke(app, ["--help"]).stdout
    listed = smartplan("--help", cwd=HERE).stdout
    pages = [page.split("Commands:")[1].splitlines() for page in (whole, listed)]
    begun = [[line[:48] for line in page] for page in pages]  # long sentences are cut by width
    assert begun[0] == begun[1]
    assert all(f"\n  {name} " in listed for name in COMMANDS)


def test_a_command_that_is_typed_has_its_options() -> None:
    """Also behind an option of the whole, and in a group."""
    assert "--fail-on" in smartplan("--debug", "validate", "--help", cwd=HERE).stdout
    assert "--plan" in smartplan("baseline", "create", "--help", cwd=HERE).stdout


def test_a_slip_is_told_its_neighbour() -> None:
    """The names are known though no command was read."""
    run = smartplan("validaet", cwd=HERE)
    assert (2, True) == (run.returncode, "Did you mean 'validate'?" in run.stderr)


def test_the_shell_completes_options() -> None:
    """The shell asks by variables, without words that would name the command."""
    asked = {"COMP_WORDS": "smartplan validate --fail", "COMP_CWORD": "2"}
    name = "_PYTHON _M SMARTPLAN_COMPLETE"  # as typer names it, of `python -m smartplan`
    run = smartplan(cwd=HERE, **{name: "complete_bash", **asked})
    assert run.stdout.split() == ["--fail-on"]
