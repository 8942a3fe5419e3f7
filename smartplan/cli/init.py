"""`init`: begins a plan. Asks in a terminal, or takes options, and writes files that validate."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from unicodedata import category

import typer

from smartplan.cli.common import (
    DONE,
    LanguageOption,
    TodayOption,
    choose,
    day,
    emit,
    guarded,
    speaker,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smartplan.words.speaker import Speaker
    from smartplan.workspace.beginning import Beginning, Begun

    Check: TypeAlias = Callable[[str], str]

KINDS = ("kota", "kabupaten", "provinsi")
FIRST_WORDS = {**{one: one for one in KINDS}, "kab": "kabupaten", "prov": "provinsi"}
USUAL_YEARS = 5
EXAMPLE_ELEMENT = "governance.service"
PERIOD = re.compile(r"((?:19|20|21)\d\d)\s*[-–]\s*((?:19|20|21)\d\d)")


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(
        name, metavar=metavar, help=text, show_default=False
    )
    return made


@guarded
def init(
    folder: Annotated[
        str,
        typer.Argument(metavar="[FOLDER]", help="Where the plan goes; made if it is not there."),
    ] = ".",
    *,
    city: Annotated[str, _option("--city", "NAME", "Full name: Kota Kotamobagu.")] = "",
    kind: Annotated[str, _option("--kind", "|".join(KINDS), "Else what the name says.")] = "",
    province: Annotated[str, _option("--province", "NAME", "The province it lies in.")] = "",
    code: Annotated[str, _option("--code", "CODE", "Code at the interior ministry: 71.74.")] = "",
    period: Annotated[str, _option("--period", "YEARS", "First and last year: 2025-2029.")] = "",
    title: Annotated[str, _option("--title", "TEXT", "Else made of city and years.")] = "",
    taxonomy: Annotated[
        str, typer.Option("--taxonomy", metavar="ID", help="The set of dimensions.")
    ] = "kominfo-2021",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing; write … for what is not known.")
    ] = False,
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Begin a plan: files with comments and one example of each kind, that validate as a draft.

    Asks for what is not given, in a terminal; elsewhere city and period must be given, or --yes.
    --lang is the language of the plan too. Files for git, CI, pre-commit and VS Code go to the top
    of the repository. No file that is there is changed, and a folder with a plan is refused.
    Exit code: 0 done, 2 something is missing or the folder is not free.
    """
    from smartplan.workspace.beginning import begin, see_that_free

    said = speaker(language)
    place = Path(folder)
    see_that_free(place)
    given = {
        "city": city,
        "kind": kind,
        "province": province,
        "code": code,
        "period": period,
        "title": title,
    }
    answers = Answers(said, ask=not yes and sys.stdin.isatty())
    if answers.ask:
        tell(said.screen("init.asks", path=place.resolve().name))
    new = _gathered(given, answers, taxonomy, day(today).year)
    if answers.missing and not yes:
        from smartplan.cli.faults import NOBODY_TO_ASK
        from smartplan.text.error import SmartplanError

        raise SmartplanError(NOBODY_TO_ASK, options=answers.missing)
    from smartplan.reports.press import templates

    _report(begin(place, new, templates()), place, said)
    return DONE


class Answers:
    """Gets what is needed from options, from questions, or from what is usual.

    Attributes:
        ask: whether somebody sits there to be asked.
        missing: options that nothing stands in for but a guess.
    """

    def __init__(self, said: Speaker, *, ask: bool) -> None:
        """Speak a language; ask, or take what is usual."""
        self.ask = ask
        self.missing: list[str] = []
        self.said = said

    def get(
        self, name: str, given: str, usual: str, *, needed: bool = False, check: Check = str
    ) -> str:
        """Give one answer; what was typed for a question is asked for until it can be used.

        Args:
            name: of the option and the question.
            given: the value of the option; empty if there is none.
            usual: what is taken if nobody says otherwise.
            needed: whether the usual is only a guess.
            check: reads an answer.

        Raises:
            SmartplanError: the option's value cannot be used.
        """
        if text := clean(given):
            return check(text)
        if self.ask:
            return self._asked(name, usual, required=name in ("city", "kind"), check=check)
        if needed:
            self.missing.append(f"--{name}")
        return usual

    def _asked(self, name: str, usual: str, *, required: bool, check: Check) -> str:
        from smartplan.text.error import SmartplanError

        question = self.said.screen(f"init.{name}")
        offered = usual or (None if required else "")
        while True:
            try:
                typed = typer.prompt(question, default=offered, show_default=bool(usual), err=True)
            except typer.Abort:
                raise KeyboardInterrupt from None
            try:
                if text := clean(typed):
                    return check(text)
            except SmartplanError as error:
                tell(self.said.say_code(error.code, error.args_))
                tell(self.said.fill(self.said.remedy(error.code), error.args_))
                continue
            if not required:
                return ""


def clean(text: str) -> str:
    """Give a text in one line, without signs that no file may hold."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(" " if category(c) == "Cc" else c for c in whole).split())


def _gathered(given: Mapping[str, str], answers: Answers, taxonomy: str, year: int) -> Beginning:
    """Put together what is known; what nobody gave is what is usual, or `…`."""
    from smartplan.plan.registers import shipped
    from smartplan.reports.markdown import escape
    from smartplan.workspace.beginning import UNKNOWN, Beginning

    sets = shipped().taxonomies
    elements = sets[choose("--taxonomy", taxonomy, sets)].elements
    city = answers.get("city", given["city"], "" if answers.ask else UNKNOWN, needed=True)
    named = _kind_of(city)
    kind = answers.get(
        "kind",
        given["kind"],
        named,
        needed=not named and bool(clean(given["city"])),
        check=_kind,
    )
    province = answers.get("province", given["province"], "")
    code = answers.get("code", given["code"], "")
    usual = f"{year + 1}-{year + USUAL_YEARS}"
    period = answers.get("period", given["period"], usual, needed=True, check=_period)
    first, last = (int(one) for one in period.split("-"))
    said = answers.said
    usual = said.screen("init.title_of", city=city, first=first, last=last)
    title = answers.get("title", given["title"], usual)
    return Beginning(
        city=city,
        kind=kind,
        province=province,
        code=code,
        years=(first, last),
        title=title,
        taxonomy=taxonomy,
        element=EXAMPLE_ELEMENT if EXAMPLE_ELEMENT in elements else "",
        heading=escape(title),
        language=said.language,
    )


def _kind(text: str) -> str:
    return choose("--kind", text.casefold(), KINDS)


def _kind_of(city: str) -> str:
    """Read off a name what it is; empty if the name does not say it."""
    return FIRST_WORDS.get(city.partition(" ")[0].casefold().rstrip("."), "")


def _period(text: str) -> str:
    """Read a period, and write it with a hyphen.

    Raises:
        SmartplanError: it is none, or runs backwards.
    """
    found = PERIOD.fullmatch(text)
    if found is None or found[2] < found[1]:
        from smartplan.cli.faults import BAD_PERIOD
        from smartplan.text.error import SmartplanError

        raise SmartplanError(BAD_PERIOD, seen=text)
    return f"{found[1]}-{found[2]}"


def _report(done: Begun, place: Path, said: Speaker) -> None:
    from smartplan.workspace.workspace import shown_path

    for path in done.written:
        emit(said.screen("written", path=shown_path(path)))
    for path in done.kept:
        tell(said.screen("init.kept", path=shown_path(path)))
    shown = shown_path(place)
    behind = "" if shown == "." else f" {shlex.quote(shown)}"
    third = "git-setup" if done.in_git else "render"
    tell(said.screen("init.next"))
    for command in ("validate", "status", third):
        tell(f"  smartplan {command}{behind}")
