"""The command tree."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from smartplan import __version__
from smartplan.cli.approve import approve
from smartplan.cli.baseline import app as baseline
from smartplan.cli.check import validate
from smartplan.cli.diff import WithPlaces, changelog, diff
from smartplan.cli.log import log
from smartplan.cli.merge import merge, merge_driver
from smartplan.cli.render import render
from smartplan.cli.review import review
from smartplan.cli.setup import git_setup


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


@app.command()
def textconv(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan file.")],
) -> None:
    """Write a plan file as one line a value, as git's diff, log and blame show it.

    Called by git after `smartplan git-setup`.
    """
    from smartplan.cli.textconv import run as lines_of

    raise typer.Exit(lines_of([file]))


app.command()(validate)
app.command()(render)
app.command(cls=WithPlaces)(diff)
app.command()(review)
app.command()(approve)
app.command()(log)
app.command()(changelog)
app.add_typer(baseline, name="baseline")
app.command()(merge)
app.command("merge-driver")(merge_driver)
app.command("git-setup")(git_setup)


def run() -> None:
    """Run the command that was typed; never returns."""
    for stream in (sys.stdout, sys.stderr):
        # A console keeps its own encoding; a pipe or file gets UTF-8. Neither may ever fail.
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]  # real streams
    app()
