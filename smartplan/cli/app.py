"""The command tree."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typer.core import TyperCommand

COMMANDS = {
    "init": "init:init",
    "validate": "check:validate",
    "status": "status:status",
    "explain": "explain:explain",
    "rules": "explain:rules",
    "schema": "schema:schema",
    "render": "render:render",
    "list": "listing:list_items",
    "show": "listing:show_item",
    "new": "new:new",
    "set": "editing:set_value",
    "rename": "editing:rename",
    "fmt": "fmt:fmt",
    "diff": "diff:diff",
    "review": "review:review",
    "approve": "approve:approve",
    "log": "log:log",
    "changelog": "diff:changelog",
    "merge": "merge:merge",
    "merge-driver": "merge:merge_driver",
    "textconv": "lines:textconv",
    "git-setup": "setup:git_setup",
    "baseline": "baseline:app",
}
"""Every command: the module of this room that holds it, and its name there."""


def _version(*, value: bool) -> None:
    if value:
        sys.stdout.write(f"smartplan {__version__}\n")
        raise typer.Exit


app = typer.Typer(
    name="smartplan",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def smartplan(
    *,
    version: Annotated[  # noqa: ARG001  # handled by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an internal fault happened.")
    ] = False,
) -> None:
    """Write, check, publish and change a smart-city masterplan that is kept as YAML in git."""
    if debug:
        os.environ["SMARTPLAN_DEBUG"] = "1"


def register(arguments: Sequence[str], *, names_only: bool = False) -> None:
    """Register the command that was typed, so that no other has to be imported; else all.

    Args:
        arguments: what was typed.
        names_only: whether all that is needed of several commands is what they are for.
    """
    typed = next((one for one in arguments if not one.startswith("-")), "")
    for name in [typed] if typed in COMMANDS else COMMANDS:
        place, _, attribute = COMMANDS[name].partition(":")
        module = import_module(f"smartplan.cli.{place}")
        command = getattr(module, attribute)
        group = isinstance(command, typer.Typer)
        if names_only and name != typed:
            app.command(name, help=command.info.help if group else command.__doc__)(_nothing)
        elif group:
            app.add_typer(command, name=name)
        else:
            parsers: Mapping[str, type[TyperCommand]] = getattr(module, "PARSERS", {})
            app.command(name, cls=parsers.get(name))(command)


def _nothing() -> None:
    """Stands for a command in the list of all: to read its options takes typer long."""


def run() -> None:
    """Run the command that was typed; never returns."""
    for stream in (sys.stdout, sys.stderr):
        # A console keeps its own encoding; a pipe or file gets UTF-8. Neither may ever fail.
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]  # real streams
    completing = any("SMARTPLAN" in one and one.endswith("_COMPLETE") for one in os.environ)
    register(sys.argv[1:], names_only=not completing)
    app()
