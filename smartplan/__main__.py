"""The entry point: `smartplan`, or `python -m smartplan`."""

from __future__ import annotations

import gc
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run what was typed; Ctrl-C ends it without a word, a closed output swallows what is said."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # until the end
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # all ends with the process; Python would take it apart piece by piece


def _run() -> None:
    """Answer `--version` and what git calls at once; all else goes to the command tree."""
    if sys.argv[1:] == ["--version"]:
        from smartplan import __version__

        sys.stdout.write(f"smartplan {__version__}\n")
        return
    gc.disable()  # one short run with many small objects; the collector doubles the time
    if sys.argv[1:2] == ["textconv"] and not {"--help", "-h"} & set(sys.argv[2:]):
        from smartplan.cli.textconv import run as lines_of

        sys.exit(lines_of(sys.argv[2:]))
    if sys.argv[1:2] == ["merge-driver"] and not {"--help", "-h"} & set(sys.argv[2:]):
        from smartplan.cli.merging import drive

        sys.exit(drive(sys.argv[2:]))
    # Else pydantic looks through every package that is installed, for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from smartplan.cli.app import run

    run()


if __name__ == "__main__":
    main()
