"""The press: a report and a language go in, Markdown or HTML comes out.

The one door to Jinja. Whatever a template prints is escaped for its format, unless the template
itself wrote it; a missing name stops the press, a missing value reads "not yet set".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from smartplan.reports import markdown, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable

    from smartplan.plan.plan import Plan
    from smartplan.words.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it is called and what its templates see.

    Attributes:
        name: its name on the command line and of its templates (`<name>.html.j2`).
        title: the label of its title.
        build: makes the context out of the plan; templates see it as `page`, and nothing else.
    """

    name: str
    title: str
    build: Callable[[Plan], object]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that reports are printed in.

    Attributes:
        name: its name on the command line.
        suffix: what names of its files end in.
        escape: makes any text safe for it; none where Jinja does so itself.
        tidy: has the last word on the whole text.
    """

    name: str
    suffix: str
    escape: Callable[[object], str] | None = None
    tidy: Callable[[str], str] = str


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (Format("md", ".md", markdown.escape, markdown.tidy), Format("html", ".html"))
}
"""Every format by name."""


def render(plan: Plan, report: Report, form: str, speaker: Speaker, *, banner: str = "") -> str:
    """Print a report.

    Args:
        plan: the plan.
        report: one of `all_reports.REPORTS`.
        form: a key of `FORMATS`.
        speaker: says labels, amounts and dates in the language of the report.
        banner: shown above everything else, such as the news that the plan has errors.

    Returns:
        The text of the file, the same for the same plan at any time.
    """
    return print_page(
        report.build(plan),
        report.name,
        form,
        speaker,
        title=report.title,
        plan_language=plan.header.language,
        banner=banner,
    )


def print_page(
    page: object,
    name: str,
    form: str,
    speaker: Speaker,
    *,
    title: str,
    plan_language: str = "",
    banner: str = "",
) -> str:
    """Print any context through its template.

    Args:
        page: what the template sees.
        name: of the template (`<name>.html.j2`).
        form: a key of `FORMATS`.
        speaker: the language of the report.
        title: the label of its title.
        plan_language: the language of the plan's texts, which are marked with it if it is another.
        banner: shown above everything else.
    """
    template = _environment(form, speaker).get_template(f"{name}.{form}.j2")
    text = template.render(
        page=page,
        title=title,
        language=speaker.language,
        plan_language=plan_language if plan_language != speaker.language else "",
        banner=banner,
    )
    return FORMATS[form].tidy(text)


def templates() -> Traversable:
    """Give the folder of templates: the installed one, else that of the checkout."""
    installed = files("smartplan") / "templates"
    if installed.is_dir():
        return installed
    return Path(__file__).parents[2] / "templates"


@cache
def _environment(form: str, speaker: Speaker) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize(speaker, FORMATS[form].escape),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(wording.filters(speaker))
    environment.filters.update(wording.change_filters(speaker))
    environment.filters.update(address=markdown.address, anchor=markdown.anchor)
    environment.globals["say"] = speaker.label
    environment.globals["style"] = _style
    return environment


def _read(name: str) -> str | None:
    place = templates()
    for part in name.split("/"):
        place = place / part
    return place.read_text("utf-8") if place.is_file() else None


def _style(name: str) -> Markup:
    """Give a style sheet of ours; it holds no plan text, so that nothing needs escaping."""
    return Markup(_read(f"style/{name}.css"))  # noqa: S704  # our own file


def _finalize(
    speaker: Speaker, escape: Callable[[object], str] | None
) -> Callable[[object], object]:
    """Make what every printed value passes through: gaps are said, text is escaped."""

    def finalize(value: object) -> object:
        if value is None:
            value = speaker.unset
        if type(value) is str:
            value = wording.visible(value)
        if escape is None or isinstance(value, Markup):
            return value
        return Markup(escape(value))  # noqa: S704  # escaped right here

    return finalize
