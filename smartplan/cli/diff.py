"""`diff` and `changelog`: what changed between two states of a plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    choose,
    colours,
    emit,
    guarded,
    speaker,
    tell,
)
from smartplan.cli.comparing import PlanOption, called, compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartplan.cli.comparing import Compared
    from smartplan.compare.change import Weight
    from smartplan.compare.selection import Selection, Wanted
    from smartplan.words.speaker import Speaker

FORMATS = ("text", "json", "github", "md", "html")
PAGES = ("md", "html")
SAME = {"markdown": "md"}
"""Other words for a format."""
PLACES = "smartplan.places"
"""Under which name the words after `--` wait in the context of the command."""
NARROWEST, WIDEST = 60, 120
"""Columns of a terminal that are used."""


class WithPlaces(TyperCommand):
    """A command whose words after `--` name files and ids, not revisions."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # typer's own
        """Keep the words after `--` aside."""
        if "--" in args:
            at = args.index("--")
            ctx.meta[PLACES] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


PARSERS = {"diff": WithPlaces}
"""Commands whose words are not parsed as those of the others."""

SidesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[A [B] | A..B | A...B]",
        help="Revisions, WORK, INDEX, BASELINE, baseline:NAME, folders or files.",
        show_default=False,
    ),
]
PlaceOption = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
]


FormatOption = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json, github, md or html.")
]
PageOption = Annotated[str, typer.Option("--format", metavar="md|html", help="Markdown or a page.")]
ReportOption = Annotated[
    str,
    typer.Option(
        "--report",
        metavar="diff|matrix",
        help="matrix: the before-after matrix (matriks semula-menjadi), as md or html.",
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="WORD",
        help="Only this weight, rule, kind of item or id; may be repeated.",
        show_default=False,
    ),
]
LeastOption = Annotated[
    str | None,
    typer.Option(
        "--min",
        metavar="WEIGHT",
        help="The lightest weight that is shown; json shows all, a changelog what is significant.",
        show_default=False,
    ),
]
CommentsOption = Annotated[
    str, typer.Option("--comments", metavar="show|hide", help="Changed comments.")
]
OrderOption = Annotated[
    str, typer.Option("--order", metavar="show|hide", help="Moves inside a list.")
]
StatOption = Annotated[bool, typer.Option("--stat", help="Counts and sums only.")]
WholeOption = Annotated[
    bool, typer.Option("--whole", help="Read every file, so that sums are complete.")
]
ExitOption = Annotated[bool, typer.Option("--exit-code", help="Exit 1 if a change is shown.")]
GroupOption = Annotated[
    str, typer.Option("--group", metavar="rule|dimension|owner", help="How it is grouped.")
]


@guarded
def diff(
    context: typer.Context,
    sides: SidesArgument = None,
    *,
    output: FormatOption = "text",
    report: ReportOption = "diff",
    only: OnlyOption = None,
    least: LeastOption = None,
    comments: CommentsOption = "show",
    order: OrderOption = "show",
    stat: StatOption = False,
    whole: WholeOption = False,
    exit_code: ExitOption = False,
    plan: PlanOption = ".",
    place: PlaceOption = None,
    language: LanguageOption = None,
) -> int:
    """Say what changed in a plan: by item, by weight, with what it costs.

    Compares the last commit with the work tree if nothing is named. Words after -- choose ids,
    files or folders. Exit code: 0 done, 1 with --exit-code if a change is shown or if a file
    cannot be read as a plan, 2 a side does not exist.
    """
    form = choose("--format", SAME.get(output, output), FORMATS)
    if choose("--report", report, ("diff", "matrix")) == "matrix":
        form = choose("--format", "html" if form == "text" else form, PAGES)
    least = least or ("format" if form == "json" else "editorial")
    wanted = _wanted(only, least, comments, order, context.meta.get(PLACES, ()))
    found = compared(sides or (), path=plan, whole=whole or form in PAGES)
    said = speaker(language, found[0].language)
    chosen = [_select(one, wanted) for one in found]
    if form in PAGES:
        text = _page(report, found, chosen, form, said)
    elif form == "text":
        text = _text(found, chosen, said, stat=stat, to_file=bool(place))
    else:
        text = _machine(found, chosen, form, said)
    _put(text, place, said)
    broken = _complain(found, said)
    differs = any(one.shown for one in chosen)
    return FOUND if broken or (exit_code and differs) else DONE


def _wanted(
    only: list[str] | None, least: str, comments: str, order: str, places: Sequence[str]
) -> Wanted:
    from smartplan.compare.selection import Wanted

    return Wanted(
        only=tuple(only or ()),
        least=_weight("--min", least),
        comments=choose("--comments", comments, ("show", "hide")) == "show",
        order=choose("--order", order, ("show", "hide")) == "show",
        places=tuple(places),
    )


def _weight(option: str, word: str) -> Weight:
    from smartplan.compare.change import Weight

    return Weight.of(choose(option, word, [one.word for one in Weight]))


def _select(one: Compared, wanted: Wanted) -> Selection:
    from smartplan.compare.selection import is_known, select

    for word in wanted.only:
        if not is_known(word, one.difference):
            from difflib import get_close_matches

            from smartplan.cli.faults import UNKNOWN_FILTER
            from smartplan.compare.change import Weight
            from smartplan.compare.taxonomy import RULES
            from smartplan.text.error import SmartplanError

            words = [*(weight.word for weight in Weight), *RULES]
            near = get_close_matches(word, words, n=3) or ["amendment"]
            raise SmartplanError(UNKNOWN_FILTER, seen=word, suggestion=", ".join(near))
    return select(one.difference, wanted)


# Outputs


def _text(
    found: Sequence[Compared],
    chosen: Sequence[Selection],
    said: Speaker,
    *,
    stat: bool,
    to_file: bool,
) -> str:
    from smartplan.show import changes

    width = changes.WIDTH if to_file else _width(changes.WIDTH)
    parts = [
        changes.text(
            one.difference,
            selection,
            said,
            sides=called(one, said),
            stat=stat,
            width=width,
            colour=colours() and not to_file,
        )
        for one, selection in zip(found, chosen, strict=True)
    ]
    if len(parts) > 1:
        parts = [f"{one.title}\n{part}" for one, part in zip(found, parts, strict=True)]
    return "\n".join(parts)


def _width(of_pipe: int) -> int:
    """Give the columns of a terminal; a pipe always has the same."""
    if not sys.stdout.isatty():
        return of_pipe
    from shutil import get_terminal_size

    return min(max(get_terminal_size().columns, NARROWEST), WIDEST)


def _machine(
    found: Sequence[Compared], chosen: Sequence[Selection], form: str, said: Speaker
) -> str:
    from smartplan.show import changes_machine as machine

    told = [
        machine.Told(called(one, said), one.difference, selection)
        for one, selection in zip(found, chosen, strict=True)
    ]
    return machine.FORMATS[form](told, said)


def _page(
    report: str,
    found: Sequence[Compared],
    chosen: Sequence[Selection],
    form: str,
    said: Speaker,
) -> str:
    from smartplan.reports import diff as pages
    from smartplan.reports import matrix

    one = _only(found)
    if report == "matrix":
        return matrix.render(one.difference, chosen[0], called(one, said), form, said)
    return pages.render(one.difference, chosen[0], called(one, said), form, said)


def _only(found: Sequence[Compared]) -> Compared:
    """Give the one plan that a page is about."""
    if len(found) > 1:
        from smartplan.text.error import SmartplanError
        from smartplan.workspace.faults import SEVERAL_PLANS

        raise SmartplanError(SEVERAL_PLANS, allowed=[one.b.root or one.a.root for one in found])
    return found[0]


def _put(text: str, place: str | None, said: Speaker) -> None:
    if place in (None, "-"):
        emit(text)
        return
    from smartplan.workspace.workspace import shown_path, write

    write(Path(str(place)), text)
    tell(said.screen("written", path=shown_path(Path(str(place)))))


def _complain(found: Sequence[Compared], said: Speaker) -> bool:
    """Say which files could not be read, since what stands in them is not compared."""
    broken = [document for one in found for document in (*one.old, *one.new) if document.broken]
    if broken:
        from smartplan.show.terminal import one_line

        for document in broken:
            for finding in document.findings:
                tell(one_line(finding, said))
    return bool(broken)


@guarded
def changelog(
    sides: SidesArgument = None,
    *,
    output: PageOption = "md",
    group: GroupOption = "rule",
    least: LeastOption = None,
    plan: PlanOption = ".",
    place: PlaceOption = None,
    language: LanguageOption = None,
) -> int:
    """Tell what changed in a plan in sentences, sums first, with the reasons that approvals give.

    From the newest adopted plan to the work tree, if nothing is named; from the first tag or the
    first commit, if no plan was adopted. Advises the number of the next version.
    """
    from smartplan.compare.selection import Wanted, select
    from smartplan.reports import changelog as pages

    form = choose("--format", SAME.get(output, output), PAGES)
    by = choose("--group", group, pages.GROUPS)
    wanted = Wanted(least=_weight("--min", least or "significant"))
    found = _since_adopted(plan) if not sides else _whole(sides, plan)
    said = speaker(language, found[0].language)
    one = _only(found)
    chosen = select(one.difference, wanted)
    _put(pages.render(one.difference, chosen, called(one, said), form, said, group=by), place, said)
    return FOUND if _complain(found, said) else DONE


def _whole(words: Sequence[str], plan: str) -> list[Compared]:

    return compared(words, path=plan, whole=True, default=("HEAD", "WORK"))


def _since_adopted(plan: str) -> list[Compared]:
    """Compare the newest adopted plan with the work tree; else the first tag or commit."""
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.faults import NO_SUCH_BASELINE
    from smartplan.workspace.git import Git

    try:
        return _whole(("BASELINE", "WORK"), plan)
    except SmartplanError as error:
        git = Git.around(Path(plan))
        if error.code is not NO_SUCH_BASELINE or git is None:
            raise
    order = [one.sha for one in git.commits(git.resolve("HEAD"), first_parent=True)]
    tags = git.tags()
    tagged = {sha: tag for tag, sha in zip(tags, git.peel(tags), strict=True) if sha in order}
    first = max(tagged, key=order.index) if tagged else order[-1]
    return _whole((tagged.get(first, first), "WORK"), plan)
