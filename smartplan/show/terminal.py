"""Findings for people: one line each for a pipe, with the text and a caret on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smartplan.text.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smartplan.text.finding import Finding
    from smartplan.text.source import Span
    from smartplan.words.speaker import Speaker

COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}
DIM, BOLD = "2", "1"
CARET_WIDTH = 60
"""The most characters that carets underline."""
LISTED = 12
"""The most allowed values that are listed."""


_COMMAND = re.compile(r"(?:^|(?<=\s))::|##(?=\w*\[)")


def clean(text: str) -> str:
    """Make text of a plan safe for a terminal and for the log of a git host.

    Control characters show as `?`; what would command the host is parted.
    """
    return printable(tame(text))


def tame(text: str) -> str:
    """Part what the runner of a git host would take for a command: `::error`, `##[error]`."""
    if "::" in text or "##" in text:
        return _COMMAND.sub(lambda found: " ".join(found[0]), text)
    return text


def printable(text: str) -> str:
    """Show control characters as `?`, one for one."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "?" for char in text)


def paint(text: str, style: str, *, colour: bool) -> str:
    """Wrap a text in a terminal style, if colours are wanted."""
    return f"\033[{style}m{text}\033[0m" if colour else text


def one_line(finding: Finding, speaker: Speaker) -> str:
    """Say a finding in one line that editors parse: `path:line:col: CODE message`."""
    span = finding.span
    hint = suggestion(finding, speaker)
    message = speaker.say(finding) + (f" {hint}" if hint else "")
    mark = _mark(finding)
    return clean(f"{span.source}:{span.line}:{span.column}: {finding.code.id}{mark} {message}")


def _mark(finding: Finding) -> str:
    """Mark what `validate --fix` mends, as other checkers do."""
    fix = finding.remark.fix
    return " [*]" if fix and fix.safe else ""


def suggestion(finding: Finding, speaker: Speaker) -> str:
    """Say the nearest right name, with the title of the item it names; empty if there is none."""
    args = finding.remark.args
    if not args.get("suggestion"):
        return ""
    meant = clean(speaker.value(args["suggestion"]))
    title = clean(str(args.get("suggestion_title") or ""))
    named = f"{meant} '{title}'" if title and title != meant else meant
    return speaker.screen("did_you_mean", meant=named)


def block(finding: Finding, speaker: Speaker, *, colour: bool) -> str:
    """Show a finding with its place, its item, the text with a caret, and what may stand there."""
    return "\n".join(_block(finding, speaker, colour=colour))


def _block(finding: Finding, speaker: Speaker, *, colour: bool) -> Iterator[str]:
    span, code, args = finding.span, finding.code, finding.remark.args
    level = paint(speaker.screen(f"level.{finding.level}"), COLOURS[finding.level], colour=colour)
    place = paint(clean(f"{span.source}:{span.line}:{span.column}"), BOLD, colour=colour)
    item = finding.remark.subject
    about = ""
    if item:
        title = f" '{clean(item.title)}'" if item.title and item.title != item.id else ""
        about = paint(f" · {clean(item.id)}{title}", DIM, colour=colour)
    name = paint(code.name + _mark(finding), DIM, colour=colour)
    yield f"{place} {level} {code.id} {name}{about}"
    yield f"  {clean(speaker.say(finding))}"
    yield from _snippet(span, COLOURS[finding.level], colour=colour)
    for label, other in finding.remark.related:
        where = clean(f"{other.source}:{other.line}")
        yield f"  {speaker.screen(f'related.{label}')}: {where}"
    if hint := suggestion(finding, speaker):
        yield f"  {hint}"
    if args.get("allowed"):
        yield f"  {speaker.screen('allowed')}: {clean(allowed(args['allowed'], speaker))}"
    yield f"  {paint(speaker.remedy(code), DIM, colour=colour)}"


def allowed(values: object, speaker: Speaker) -> str:
    """List what may stand in a place, shortened."""
    if not isinstance(values, list):
        named = str(values) in speaker.words["screen"]["kinds"]
        return speaker.screen(f"kinds.{values}") if named else speaker.value(values)
    more = len(values) - LISTED
    listed = ", ".join(map(str, values[:LISTED]))
    return f"{listed}, … (+{more})" if more > 0 else listed


def _snippet(span: Span, style: str, *, colour: bool) -> Iterator[str]:
    line = span.source.line(span.line)
    if not line.strip():
        return
    margin = f"{span.line:>6} | "
    start = span.column - 1
    shift = max(start - CARET_WIDTH, 0)  # long lines are shown from near the place on
    width = max(min(span.end - span.start, len(line) - start, CARET_WIDTH), 1)
    text = printable(line[shift : start + width + CARET_WIDTH])
    yield paint(margin, DIM, colour=colour) + ("…" if shift else "") + text
    pad = " " * (start - shift + bool(shift))
    yield paint(f"{'':>6} | ", DIM, colour=colour) + pad + paint("^" * width, style, colour=colour)


def totals(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count findings by level."""
    counted = dict.fromkeys(Severity, 0)
    for finding in findings:
        counted[finding.level] += 1
    return counted


def summary_line(
    findings: Sequence[Finding], speaker: Speaker, *, files: int, besides: Mapping[str, int]
) -> str:
    """Say how many findings there are, in how many files, and what is not shown.

    Args:
        findings: those that are shown.
        speaker: says it.
        files: how many files were read.
        besides: how many are `fixed`, `elsewhere`, `ignored`, `known`; none is not said.
    """
    counted = totals(findings)
    levels = ", ".join(
        speaker.screen(f"count.{level}", number=number)
        for level, number in counted.items()
        if number
    )
    line = speaker.screen("found" if levels else "nothing_found", counts=levels, files=files)
    safe = sum(bool(_mark(one)) for one in findings)
    unsafe = sum(one.remark.fix is not None for one in findings) - safe
    counts = {**besides, "fixable": safe, "fixable_unsafe": unsafe}
    said = [speaker.screen(f"besides.{name}", number=n) for name, n in counts.items() if n]
    return " ".join([line, *said])


def summary_table(findings: Sequence[Finding], speaker: Speaker) -> None:
    """Print which codes were found how often; only for a terminal."""
    from rich.console import Console
    from rich.table import Table

    counted: dict[tuple[int, str], int] = {}
    codes = {finding.code.id: finding.code for finding in findings}
    levels = {finding.code.id: finding.level for finding in findings}
    for finding in findings:
        key = (finding.level.rank, finding.code.id)
        counted[key] = counted.get(key, 0) + 1
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("level", "code", "name", "number"):
        table.add_column(
            speaker.screen(f"column.{name}"), justify="right" if name == "number" else "left"
        )
    styles = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "cyan"}
    for (_rank, code), number in sorted(counted.items()):
        level = levels[code]
        said = speaker.screen(f"level.{level}")
        table.add_row(f"[{styles[level]}]{said}[/]", code, codes[code].name, str(number))
    Console(highlight=False).print(table)
