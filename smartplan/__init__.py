"""smartplan: smart-city masterplans as YAML in git, checked, rendered and reviewed.

The public names are loaded when they are first used: `load`, `check`, `Plan`, `Finding`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["Finding", "Plan", "check", "load"]

_HOMES = {
    "load": "smartplan.plan.load",
    "check": "smartplan.rules.check",
    "Plan": "smartplan.plan.plan",
    "Finding": "smartplan.text.finding",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the public name is
    """Import a public name from where it lives."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'smartplan' has no attribute {name!r}"
    raise AttributeError(message)
