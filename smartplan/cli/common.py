"""What all commands share: options, the language, today, the one error handler, exit codes.

Exit codes: 0 done; 1 findings at or above the limit; 2 the request cannot be met; 3 smartplan's
own fault; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smartplan.text.error import SmartplanError
    from smartplan.words.speaker import Speaker

DONE, FOUND, MISUSE, OWN_FAULT = 0, 1, 2, 3
DEFAULT_LANGUAGE = "id"

LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="id|en", help="Language of messages and reports.", show_default=False
    ),
]
StageOption = Annotated[
    str | None,
    typer.Option(
        "--stage",
        metavar="STAGE",
        help="Judge as at this stage: draft, bimtek-1 … final, adopted.",
        show_default=False,
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today", metavar="DAY", help="Judge time limits as on this day.", show_default=False
    ),
]
PathArgument = Annotated[
    str,
    typer.Argument(
        metavar="[PATH]", help="A plan's folder, a file in it, or a folder above plans."
    ),
]


def choose(option: str, value: str, allowed: Iterable[str]) -> str:
    """Accept one of a few words for an option.

    Raises:
        SmartplanError: it is none of them.
    """
    words = list(allowed)
    if value not in words:
        from smartplan.cli.faults import NOT_A_CHOICE
        from smartplan.text.error import SmartplanError

        raise SmartplanError(
            NOT_A_CHOICE, option=option, seen=value, allowed=words, suggestion=_near(value, words)
        )
    return value


def _near(value: str, words: list[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(value, words, n=1)), "")


def speaker(language: str | None, of_plan: str | None = None) -> Speaker:
    """Give the speaker: the option, else SMARTPLAN_LANG, else the plan's language, else `id`."""
    from smartplan.words.speaker import Speaker, languages

    chosen = language or os.environ.get("SMARTPLAN_LANG") or of_plan or DEFAULT_LANGUAGE
    return Speaker(choose("--lang", chosen, languages()))


def day(text: str | None) -> date:
    """Give today: the option, else SMARTPLAN_TODAY, else the clock (read here and nowhere else)."""
    given = text or os.environ.get("SMARTPLAN_TODAY")
    if not given:
        return date.today()  # noqa: DTZ011  # the day where the user sits
    try:
        return date.fromisoformat(given)
    except ValueError:
        from smartplan.cli.faults import BAD_DAY
        from smartplan.text.error import SmartplanError

        raise SmartplanError(BAD_DAY, seen=given) from None


def colours() -> bool:
    """Tell whether to write colours: NO_COLOR and FORCE_COLOR win over what the output is."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def cut_off(line: str, width: int) -> str:
    """Cut a line that a screen would break."""
    return line if len(line) <= width else f"{line[: width - 1]}…"


def emit(text: str) -> None:
    """Write to the output; a reader that has gone away is no fault."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # until the end


def tell(text: str) -> None:
    """Write to the error output, which leaves the output to results."""
    sys.stderr.write(text + "\n")


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn a command's result or trouble into an exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever the command takes
        raise typer.Exit(_guard(command, *args, **kwargs))

    return run


def _guard(command: Callable[..., int], *args: Any, **kwargs: Any) -> int:  # noqa: ANN401
    from smartplan.text.error import SmartplanError

    try:
        return command(*args, **kwargs)
    except SmartplanError as error:
        tell(_explain(error, kwargs.get("language")))
        return MISUSE
    except Exception as error:  # the last door: no traceback for a user
        if isinstance(error.__cause__, KeyboardInterrupt):  # while a class was being made
            raise KeyboardInterrupt from error
        tell(f"smartplan: internal fault: {type(error).__name__}: {error}")
        if os.environ.get("SMARTPLAN_DEBUG"):
            import traceback

            tell(traceback.format_exc())
        else:
            tell("smartplan: run it again with --debug and paste what it prints into a report.")
        return OWN_FAULT


def _explain(error: SmartplanError, language: Any) -> str:  # noqa: ANN401  # as typed
    from smartplan.words.speaker import languages

    said = speaker(language if language in languages() else None)
    sentence = said.say_code(error.code, error.args_)
    remedy = said.fill(said.remedy(error.code), error.args_)
    near = error.args_.get("suggestion")
    if near:
        sentence = f"{sentence} {said.screen('did_you_mean', meant=near)}"
    return f"smartplan: {sentence}\n  {remedy}"
