"""Commands of a workflow's log, which a git host shows beside the line.

Nothing in a plan can begin a command of its own or end one early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.show.terminal import tame

if TYPE_CHECKING:
    from collections.abc import Mapping


def command(level: str, properties: Mapping[str, str], message: str) -> str:
    """Write one command: `error`, `warning` or `notice`, its properties, its message."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {listed}::{_message(message)}"


def _message(text: str) -> str:
    """Escape what ends a command, and break up what begins one."""
    escaped = tame(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(
        char if char.isprintable() or char == "\N{NO-BREAK SPACE}" else "?" for char in escaped
    )


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
