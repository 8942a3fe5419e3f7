"""`validate`: says what is wrong in a plan, where, and how to mend it; mends what it can."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    StageOption,
    TodayOption,
    choose,
    colours,
    day,
    emit,
    guarded,
    speaker,
    tell,
)
from smartplan.cli.remembering import CacheOption, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from smartplan.rules.check import Checked
    from smartplan.text.finding import Finding
    from smartplan.text.source import Source
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.workspace import Found

LEVELS = ("error", "warning", "info", "never")
FORMATS = "text|json|github|gitlab|sarif|junit"


FormatOption = Annotated[
    str, typer.Option("--format", metavar=FORMATS, help="How findings are written.")
]
FailOnOption = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Exit 1 from this level on: error, warning, info, never."
        " Else what the plan says in checks.fail_on, else error.",
        show_default=False,
    ),
]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what is marked [*].")]
UnsafeOption = Annotated[
    bool, typer.Option("--unsafe", help="With --fix or --diff: mend by likely guesses too.")
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")
]
RecordOption = Annotated[
    bool, typer.Option("--record-known", help="List what is found as known, to be left out.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Show what is known too.")]


@guarded
def validate(
    path: PathArgument = ".",
    *,
    stage: StageOption = None,
    output: FormatOption = "text",
    fail_on: FailOnOption = None,
    fix: FixOption = False,
    unsafe: UnsafeOption = False,
    diff: DiffOption = False,
    record: RecordOption = False,
    everything: AllOption = False,
    cache: CacheOption = True,
    language: LanguageOption = None,
    today: TodayOption = None,
) -> int:
    """Say what is wrong in a plan, where, and how to mend it.

    Checks the whole plan, whatever part is named, and shows the findings that lie in the part.
    Only --fix and --record-known write. A comment leaves a finding out, with its reason:
    “# smartplan: ignore[M046] reason”, at the end of a line or on the line above; where an item
    or a key begins it holds for all that stands below it.
    Exit code: 0 no finding at --fail-on or above, 1 findings (with --diff: something to mend), 2
    nothing to check.
    """
    from smartplan.workspace.workspace import find

    on = day(today)
    plans = find(Path(path))
    wish = Wish(output, fail_on, stage, everything, fix, unsafe, diff, record, language)
    return remembered(
        plans,
        ("validate", path, wish),
        lambda: _do(plans, wish, on),
        cache=cache and not wish.writes,
        on=on.isoformat(),
    )


class Wish(NamedTuple):
    """What `validate` was asked to do, as it was typed."""

    output: str
    fail_on: str | None
    stage: str | None
    everything: bool
    fix: bool
    unsafe: bool
    diff: bool
    record: bool
    language: str | None

    @property
    def writes(self) -> bool:
        """Whether it mends or records, or shows what it would mend."""
        return self.fix or self.diff or self.record or self.unsafe


def _do(plans: Sequence[Found], wish: Wish, on: date) -> int:
    """Judge plans, mend them if that was asked for, and show what is found."""
    _understood(output=wish.output, fail_on=wish.fail_on, stage=wish.stage)
    _agree(fix=wish.fix, diff=wish.diff, unsafe=wish.unsafe, record=wish.record)
    results = [Judged.of(one, today=on, stage=wish.stage) for one in plans]
    said = speaker(wish.language, results[0].checked.plan.header.language)
    if wish.record:
        return _record(results, said)
    if wish.fix or wish.diff:
        from smartplan.cli.mending import mend

        results = [mend(one, unsafe=wish.unsafe, write=not wish.diff) for one in results]
    if wish.diff:
        return _show_diff(results, said)
    everything, fail_on = wish.everything, wish.fail_on
    shown = [one.shown(everything=everything) for one in results]
    if wish.output == "text":
        _show_text(results, shown, said, everything=everything)
    else:
        facts = _facts(results, shown, fail_on=fail_on, everything=everything)
        _show_machine(wish.output, shown, said, facts)
    failing = [_fails(one, group, fail_on) for one, group in zip(results, shown, strict=True)]
    return FOUND if any(failing) else DONE


def _understood(*, output: str, fail_on: str | None, stage: str | None) -> None:
    """Refuse a word that an option does not know."""
    from smartplan.plan.grammar import STAGES

    choose("--format", output, FORMATS.split("|"))
    if fail_on:
        choose("--fail-on", fail_on, LEVELS)
    if stage:
        choose("--stage", stage, STAGES)


def _record(results: Sequence[Judged], said: Speaker) -> int:
    from smartplan.cli.mending import record_known

    for one in results:
        emit(record_known(one, said))
    return DONE


def _show_machine(
    output: str, shown: Sequence[Sequence[Finding]], said: Speaker, facts: dict[str, Any]
) -> None:
    from smartplan.show.machine import FORMATS as MACHINE

    emit(MACHINE[output]([finding for group in shown for finding in group], said, facts))


def _agree(*, fix: bool, diff: bool, unsafe: bool, record: bool) -> None:
    """Refuse options that contradict each other or do nothing."""
    alone = unsafe and not fix and not diff
    if not alone and not (record and (fix or diff)):
        return
    from smartplan.cli.faults import NEEDS_OPTION, OPTIONS_APART
    from smartplan.text.error import SmartplanError

    if alone:
        raise SmartplanError(NEEDS_OPTION, option="--unsafe", other="--fix")
    other = "--fix" if fix else "--diff"
    raise SmartplanError(OPTIONS_APART, option="--record-known", other=other)


class Judged(NamedTuple):
    """A plan with what was found in it, and what it takes to judge it again.

    Attributes:
        found: where it lies.
        sources: its files.
        also: findings of those that cannot be read.
        checked: the plan and the findings.
        today: the day on which time limits were judged.
        stage: the stage that was asked for, if one was.
        before: its files before they were mended; none if nothing was.
        fixed: what was mended.
    """

    found: Found
    sources: Sequence[Source]
    also: Sequence[Finding]
    checked: Checked
    today: date
    stage: str | None
    before: Sequence[Source] = ()
    fixed: Sequence[Finding] = ()

    @classmethod
    def of(cls, found: Found, *, today: date, stage: str | None = None) -> Judged:
        """Read and judge one plan."""
        from smartplan.text.source import Source
        from smartplan.workspace.unmerged import leftovers
        from smartplan.workspace.workspace import read, shown_path

        sources, unreadable = read(found)
        also = [*unreadable, *leftovers(found.root, sources)]
        sources = sources or [Source(shown_path(found.root), "")]
        checked = judge(found, sources, also, today=today, stage=stage)
        return cls(found, sources, also, checked, today, stage)

    def again(self, sources: Sequence[Source]) -> Checked:
        """Judge other texts of the same files."""
        return judge(self.found, sources, self.also, today=self.today, stage=self.stage)

    def here(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give the findings that lie where the user asked."""
        return [one for one in findings if self.found.shows(one.span.source.path)]

    def shown(self, *, everything: bool) -> list[Finding]:
        """Give the findings that are shown."""
        known = self.checked.known if everything else ()
        return self.here(sorted([*self.checked.findings, *known], key=lambda one: one.order))

    def besides(self, shown: Sequence[Finding], *, everything: bool) -> dict[str, int]:
        """Count what is not shown, and what was mended."""
        known = 0 if everything else len(self.here(self.checked.known))
        total = len(self.checked.findings) + (len(self.checked.known) if everything else 0)
        return {
            "fixed": len(self.fixed),
            "elsewhere": total - len(shown),
            "ignored": len(self.here(self.checked.ignored)),
            "known": known,
        }


def judge(
    found: Found,
    sources: Sequence[Source],
    also: Iterable[Finding],
    *,
    today: date,
    stage: str | None,
) -> Checked:
    """Load and judge the files of a plan."""
    from smartplan.rules.check import check
    from smartplan.workspace.recent import changed_since
    from smartplan.workspace.workspace import shown_path

    return check(
        sources,
        today=today,
        root=shown_path(found.root),
        stage=stage,
        also=also,
        recent=partial(changed_since, found.root),
    )


def examine(found: Found, *, today: date, stage: str | None = None) -> Checked:
    """Read and judge one plan."""
    return Judged.of(found, today=today, stage=stage).checked


def _fails(one: Judged, shown: Sequence[Finding], fail_on: str | None) -> bool:
    """Tell whether findings fail a plan: at the level of the option, of the plan, or an error."""
    limit = fail_on or one.checked.plan.checks.fail_on or "error"
    return limit != "never" and any(
        LEVELS.index(finding.level) <= LEVELS.index(limit) for finding in shown
    )


def _show_diff(results: Sequence[Judged], said: Speaker) -> int:
    from smartplan.show.patch import patch

    pairs = [pair for one in results for pair in zip(one.before, one.sources, strict=True)]
    if text := "".join(patch(before, after) for before, after in pairs):
        emit(text)
    number = sum(len(one.fixed) for one in results)
    tell(said.screen("besides.would_fix", number=number))
    return FOUND if number else DONE


def _show_text(
    results: Sequence[Judged],
    shown: Sequence[Sequence[Finding]],
    said: Speaker,
    *,
    everything: bool,
) -> None:
    from smartplan.show import terminal

    on_screen = sys.stdout.isatty()
    for one, findings in zip(results, shown, strict=True):
        checked = one.checked
        files = len(checked.plan.documents)
        besides = one.besides(findings, everything=everything)
        line = terminal.summary_line(findings, said, files=files, besides=besides)
        line = f"{checked.plan.header.title or one.found.name} ({checked.stage}): {line}"
        if on_screen:
            colour = colours()
            blocks = [terminal.block(each, said, colour=colour) for each in findings]
            emit("\n\n".join([*blocks, ""]) if blocks else "")
            if len(findings) > 1:
                terminal.summary_table(findings, said)
            emit(terminal.clean(line))
        else:
            lines = [terminal.one_line(each, said) for each in findings]
            if lines:
                emit("\n".join(lines))
            tell(terminal.clean(line))


def _facts(
    results: Sequence[Judged],
    shown: Sequence[Sequence[Finding]],
    *,
    fail_on: str | None,
    everything: bool,
) -> dict[str, Any]:
    from smartplan import __version__
    from smartplan.workspace.workspace import shown_path

    plans = [
        {
            "id": one.checked.plan.header.id,
            "path": shown_path(one.found.root),
            "stage": one.checked.stage,
            "files": len(one.checked.plan.documents),
            "shown": len(group),
            "fail_on": fail_on or one.checked.plan.checks.fail_on or "error",
            **one.besides(group, everything=everything),
        }
        for one, group in zip(results, shown, strict=True)
    ]
    return {"version": __version__, "plans": plans}
