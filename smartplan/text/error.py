"""The one exception for a request that cannot be met; bad data is never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smartplan.text.finding import Code


class SmartplanError(Exception):
    """A request that cannot be met: a wrong option, a path without a plan.

    Caught in `cli/common.py` and nowhere else; the command ends with exit code 2.

    Attributes:
        code: what is wrong, to be said in the user's language.
        args_: the arguments of its sentence.
    """

    def __init__(self, code: Code, **args_: object) -> None:
        """Say what cannot be met, by a code and its arguments."""
        super().__init__(code.name)
        self.code = code
        self.args_ = args_
