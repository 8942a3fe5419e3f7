"""`git-setup`: makes git read and merge plans by meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    emit,
    guarded,
    speaker,
    tell,
)

if TYPE_CHECKING:
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.git import Git
    from smartplan.workspace.setup import Setup


@guarded
def git_setup(
    path: PathArgument = ".",
    *,
    everywhere: Annotated[
        bool,
        typer.Option(
            "--global/--local",
            help="Set up all clones of this user, or only this one.",
        ),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something is missing.")
    ] = False,
    language: LanguageOption = None,
) -> int:
    """Make git show and merge plans by meaning, in this clone.

    Adds lines to .gitattributes, which hold for everyone once they are committed, and settings to
    this clone, which every clone needs once; with --global to all clones of this user, and no
    lines. Running it again changes nothing. Exit code: 0 done, 1 with --check if something is
    missing, 2 no repository or no plan.
    """
    from smartplan.workspace.setup import complete, inspect
    from smartplan.workspace.workspace import find

    said = speaker(language)
    place = Path(path)
    git = _repository(place, everywhere=everywhere and not check)
    scope = "" if check else "global" if everywhere else "local"
    roots = [] if scope == "global" else [one.root for one in find(place)]
    setup = inspect(git, roots, "global" if scope == "global" else "")
    if check:
        return _missing(setup, said)
    complete(git, setup, scope)
    _report(setup, scope, said)
    return DONE


def _repository(place: Path, *, everywhere: bool) -> Git:
    """Find the repository; settings for all clones can be written without one."""
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.faults import NO_REPOSITORY
    from smartplan.workspace.git import Git
    from smartplan.workspace.workspace import shown_path

    git = Git.around(place)
    if git is not None:
        return git
    if everywhere:
        return Git.nowhere(place)
    raise SmartplanError(NO_REPOSITORY, path=shown_path(place))


def _missing(setup: Setup, said: Speaker) -> int:
    for line in setup.lines:
        emit(said.screen("setup.line_missing", line=line))
    for name in setup.settings:
        emit(said.screen("setup.setting_missing", name=name))
    if setup.done:
        tell(said.screen("setup.complete"))
        return DONE
    tell(said.screen("setup.mend"))
    return FOUND


def _report(setup: Setup, scope: str, said: Speaker) -> None:
    for line in setup.lines:
        emit(said.screen("setup.line_added", line=line))
    for name in setup.settings:
        emit(said.screen("setup.setting_written", name=name, scope=scope))
    if setup.done:
        tell(said.screen("setup.complete"))
    if setup.lines:
        tell(said.screen("setup.commit"))
    if setup.settings and scope == "local":
        tell(said.screen("setup.every_clone"))
