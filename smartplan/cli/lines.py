"""`textconv` in the command tree; git's own calls go straight to `cli/textconv.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from smartplan.cli.common import guarded


@guarded
def textconv(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan file.")],
) -> int:
    """Write a plan file as one line a value, as git's diff, log and blame show it.

    Called by git after `smartplan git-setup`.
    """
    from smartplan.cli.textconv import run

    return run([file])
