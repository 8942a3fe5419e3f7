"""The entry point: `smartplan`, or `python -m smartplan`."""

from __future__ import annotations

import sys


def main() -> None:
    """Answer `--version` at once; everything else goes to the command tree."""
    if sys.argv[1:] == ["--version"]:
        from smartplan import __version__

        sys.stdout.write(f"smartplan {__version__}\n")
        return
    from smartplan.cli.app import run

    run()


if __name__ == "__main__":
    main()
