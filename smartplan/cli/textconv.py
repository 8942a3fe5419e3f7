"""`textconv`: a plan file as `path = value` lines, for git's diff, log and blame."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Write the lines of a file to the output; called by git, so it starts without typer.

    Args:
        arguments: options such as `--v1`, which only keep git's cache apart, and the file.
    """
    from pathlib import Path

    from smartplan.compare.listing import listing
    from smartplan.text.document import Document
    from smartplan.text.source import Source

    names = [one for one in arguments if not one.startswith("--")]
    if len(names) != 1:
        sys.stderr.write("usage: smartplan textconv FILE\n")
        return 2
    try:
        raw = Path(names[0]).read_bytes()
    except OSError as error:
        sys.stderr.write(f"smartplan: {names[0]}: {error.strerror}\n")
        return 2
    try:
        text = listing(Document.read(Source.from_bytes(names[0], raw)))
    except Exception:  # noqa: BLE001  # git shows the file as it is rather than nothing
        sys.stdout.buffer.write(raw)
        return 0
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    return 0
