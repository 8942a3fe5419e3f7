"""The command line in this process, in the current folder: far quicker than one of its own."""

from __future__ import annotations

from dataclasses import dataclass

from typer.testing import CliRunner

from smartplan.cli.app import app, register


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it wrote, what it said beside that."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its output, without blanks around."""
        return [line.strip() for line in self.out.splitlines() if line.strip()]


def run(*words: str, **variables: str) -> Ran:
    """Run smartplan in English; an exception that it does not handle fails the test."""
    if not app.registered_commands:
        register(())
    result = CliRunner().invoke(app, [*words, "--lang", "en"], env=variables)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)
