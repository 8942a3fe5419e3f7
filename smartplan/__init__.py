"""smartplan: smart-city masterplans as YAML in git, checked, rendered and reviewed.

The public names are loaded when they are first used: `load`, `check`, `Plan`, `Finding`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself would cost `smartplan --version` a third of its time
if TYPE_CHECKING:
    from smartplan.plan.load import load
    from smartplan.plan.plan import Plan
    from smartplan.rules.check import check
    from smartplan.text.finding import Finding

__version__ = "0.1.0"
__all__ = ["Finding", "Plan", "check", "load"]

_HOMES = {
    "load": "smartplan.plan.load",
    "check": "smartplan.rules.check",
    "Plan": "smartplan.plan.plan",
    "Finding": "smartplan.text.finding",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'smartplan' has no attribute {name!r}"
    raise AttributeError(message)
