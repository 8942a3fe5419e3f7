"""`render`: makes the reports that people read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.check import examine
from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    TodayOption,
    choose,
    day,
    emit,
    guarded,
    speaker,
    tell,
)

if TYPE_CHECKING:
    from smartplan.rules.check import Checked
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.workspace import Found

BUILD = "build"


@guarded
def render(
    path: PathArgument = ".",
    *,
    report: Annotated[
        str | None,
        typer.Option(
            "--report", metavar="NAME", help="One report; all if not given.", show_default=False
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="md|html", help="One format; all if not given.", show_default=False
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PLACE",
            help="A folder, a file for one report, or - for the output.",
            show_default=False,
        ),
    ] = None,
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Make the reports of a plan: masterplan and summary, as Markdown and HTML.

    Writes build/<plan>/<report>.<lang>.<format> and says what it wrote. A plan with errors is
    rendered too, with a banner, and the exit code is 1.
    """
    from smartplan.reports.all_reports import REPORTS
    from smartplan.reports.press import FORMATS
    from smartplan.workspace.workspace import find

    names = [one.name for one in REPORTS]
    reports = [choose("--report", report, names)] if report else names
    formats = [choose("--format", output_format, FORMATS)] if output_format else list(FORMATS)
    on = day(today)
    code = DONE
    for found in find(Path(path)):
        checked = examine(found, today=on)
        said = speaker(language, checked.plan.header.language)
        _make(found, checked, said, reports=reports, formats=formats, output=output)
        if any(one.level == "error" for one in checked.findings):
            code = FOUND
    return code


def _make(
    found: Found,
    checked: Checked,
    said: Speaker,
    *,
    reports: list[str],
    formats: list[str],
    output: str | None,
) -> None:
    from smartplan.reports.all_reports import REPORTS
    from smartplan.reports.press import FORMATS
    from smartplan.reports.press import render as press
    from smartplan.workspace.workspace import shown_path, write

    errors = sum(one.level == "error" for one in checked.findings)
    banner = said.screen("banner", number=errors) if errors else ""
    single = len(reports) * len(formats) == 1
    for report in (one for one in REPORTS if one.name in reports):
        for form in formats:
            text = press(checked.plan, report, form, said, banner=banner)
            if output == "-":
                emit(text)
                continue
            name = f"{report.name}.{said.language}{FORMATS[form].suffix}"
            place = _place(output, found, name, single=single)
            write(place, text)
            tell(said.screen("written", path=shown_path(place)))


def _place(output: str | None, found: Found, name: str, *, single: bool) -> Path:
    """Give where a report goes: the default folder, a given folder, or for one report a file."""
    if output is None:
        return Path(BUILD, found.name, name)
    given = Path(output)
    as_file = single and not given.is_dir() and given.suffix
    return given if as_file else given / name
