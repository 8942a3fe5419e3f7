"""How far a plan is, for a terminal, for machines, and as a Markdown list of tasks."""

from __future__ import annotations

import re
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from smartplan.figures.status import DONE, LATER, OPEN, UNKNOWN
from smartplan.show.json_text import json_text
from smartplan.show.terminal import BOLD, DIM, clean, paint, tame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from smartplan.figures.status import Line, Owing, Status
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker

SCHEMA = 1
WIDTH = 80
PLACES = 3
"""How many places of a deliverable are named."""
IDS = 6
"""How many ids are listed of what lacks something."""
MARKS = {DONE: "[x]", OPEN: "[ ]", UNKNOWN: "[?]"}
STYLES = {DONE: "32", OPEN: "33;1", UNKNOWN: "36"}


def as_text(status: Status, title: str, speaker: Speaker, *, colour: bool = False) -> str:
    """Write the checklist for a terminal of 80 columns."""
    return "\n".join(map(tame, _text(status, title, speaker, colour=colour))) + "\n"


def _text(status: Status, title: str, speaker: Speaker, *, colour: bool) -> Iterator[str]:
    def head(text: str) -> str:
        return paint(text, BOLD, colour=colour)

    yield head(clean(title))
    yield from wrap(_stages(status, speaker), WIDTH)
    yield from wrap(_health(status, speaker), WIDTH)
    for stage, lines in _by_stage(status.due).items():
        yield f"\n{head(speaker.choice('stage', stage))}"
        for line in lines:
            mark = paint(MARKS[line.state], STYLES[line.state], colour=colour)
            said, told = _name(line, speaker), _told(line, speaker)
            yield f"  {mark} {said}{told:>{WIDTH - 6 - len(said)}}".rstrip()
            for place in _places(line.findings):
                yield paint(f"      {clean(place)}", DIM, colour=colour)
    if later := _by_stage(status.lines, LATER):
        yield f"\n{head(speaker.screen('status.later'))}"
        for stage, lines in later.items():
            names = "; ".join(_name(one, speaker) for one in lines)
            yield from _hanging(f"{speaker.choice('stage', stage)}: {names}")
    for key, entries in _owings(status, speaker).items():
        yield f"\n{head(speaker.screen(f'status.by.{key}'))}"
        for entry in entries:
            yield from _hanging(entry)
    yield from _losses(status, speaker, head)


def _losses(status: Status, speaker: Speaker, head: Callable[[str], str]) -> Iterator[str]:
    if status.health is not None and status.lost:
        yield f"\n{head(speaker.screen('status.lost'))}"
        for line, points in status.lost:
            codes = ", ".join(_codes(line.findings)) or speaker.screen("status.nothing_there")
            yield from _hanging(f"{_points(points, speaker):>5}  {_name(line, speaker)}: {codes}")
    if status.rest:
        yield ""
        yield from wrap(_rest(status, speaker), WIDTH)


def as_markdown(status: Status, title: str, speaker: Speaker) -> str:
    """Write the checklist as a list of tasks, as hosts of git show them."""
    return "\n".join(_markdown(status, title, speaker)) + "\n"


def _markdown(status: Status, title: str, speaker: Speaker) -> Iterator[str]:
    yield f"# {_plain(title)}\n"
    yield f"{_stages(status, speaker)} **{_health(status, speaker)}**"
    for stage, lines in _by_stage(status.due).items():
        yield f"\n## {speaker.choice('stage', stage)}\n"
        for line in lines:
            mark = MARKS[DONE] if line.state == DONE else MARKS[OPEN]
            places = "".join(f"\n  - `{one}`" for one in _places(line.findings))
            told = f": {one}" if (one := _told(line, speaker)) else ""
            yield f"- {mark} {_name(line, speaker)}{told}{places}"
    if later := _by_stage(status.lines, LATER):
        yield f"\n## {speaker.screen('status.later')}\n"
        for stage, lines in later.items():
            names = "; ".join(_name(one, speaker) for one in lines)
            yield f"- {speaker.choice('stage', stage)}: {names}"
    for key, entries in _owings(status, speaker).items():
        yield f"\n## {speaker.screen(f'status.by.{key}')}\n"
        yield from (f"- {_plain(entry)}" for entry in entries)
    if status.health is not None and status.lost:
        yield f"\n## {speaker.screen('status.lost')}\n"
        for line, points in status.lost:
            codes = ", ".join(_codes(line.findings)) or speaker.screen("status.nothing_there")
            yield f"- {_points(points, speaker)} {_name(line, speaker)}: {codes}"
    if status.rest:
        yield f"\n{_rest(status, speaker)}"


def as_json(results: Iterable[tuple[Status, str, str]], speaker: Speaker) -> str:
    """Write the checklists of plans as JSON (schema 1).

    Args:
        results: the status, the title and the path of each plan.
        speaker: says the names of deliverables and dimensions.
    """
    plans = [
        {
            "title": title,
            "path": path,
            "stage": status.own,
            "asked": status.stage,
            "health": status.health,
            "unreadable": list(status.unreadable),
            "deliverables": [_entry(line, status, speaker) for line in status.lines],
            "dimensions": [_owed(one) for one in status.dimensions],
            "agencies": [_owed(one) for one in status.agencies],
            "other": len(status.rest),
        }
        for status, title, path in results
    ]
    report = {"schema": SCHEMA, "language": speaker.language, "plans": plans}
    return json_text(report)


def _entry(line: Line, status: Status, speaker: Speaker) -> dict[str, Any]:
    lost = next((points for one, points in status.lost if one is line), 0)
    return {
        "name": line.deliverable.name,
        "label": _name(line, speaker),
        "stage": line.deliverable.stage,
        "state": line.state,
        "open": line.open,
        "total": line.total,
        "lost": round(float(lost), 2),
        "findings": [
            {
                "code": f.code.id,
                "file": f.span.source.path,
                "line": f.span.line,
                "path": f.remark.path,
            }
            for f in line.findings
        ],
    }


def _owed(one: Owing) -> dict[str, Any]:
    return {
        "id": one.name or None,
        "actions": one.actions,
        "quick_wins": one.quick_wins,
        "open": {name: list(ids) for name, ids in one.open.items()},
    }


# What all say


def _name(line: Line, speaker: Speaker) -> str:
    return speaker.screen(f"status.item.{line.deliverable.name}")


def _told(line: Line, speaker: Speaker) -> str:
    """Say how a deliverable stands: how many there are, or how many of them are open."""
    if line.state == UNKNOWN:
        return speaker.screen("status.unknown")
    if line.state == DONE:
        return speaker.number(line.total) if line.deliverable.of else ""
    if not line.deliverable.asks:
        return speaker.screen("status.errors", number=len(line.findings))
    if not line.total or not line.deliverable.of:
        return speaker.screen("status.missing")
    return speaker.screen("status.open", open=line.open, total=line.total)


def _stages(status: Status, speaker: Speaker) -> str:
    own, asked = (speaker.choice("stage", one) for one in (status.own, status.stage))
    return speaker.screen("status.stages", own=own, asked=asked)


def _health(status: Status, speaker: Speaker) -> str:
    if status.health is None:
        files = ", ".join(clean(one) for one in status.unreadable)
        return speaker.screen("status.no_health", files=files)
    return speaker.screen("status.health", health=status.health)


def _rest(status: Status, speaker: Speaker) -> str:
    return speaker.screen("status.rest", number=len(status.rest))


def _points(points: object, speaker: Speaker) -> str:
    value = Decimal(str(round(float(points), 1)))  # type: ignore[arg-type]  # a fraction
    return f"−{speaker.number(value)}"


def _by_stage(lines: Iterable[Line], *states: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if not states or line.state in states:
            found.setdefault(line.deliverable.stage, []).append(line)
    return found


def _places(findings: Iterable[Finding]) -> list[str]:
    said = (f"{one.span.source}:{one.span.line} {one.code.id}" for one in findings)
    places = list(dict.fromkeys(said))
    more = len(places) - PLACES
    return [*places[:PLACES], *([f"… (+{more})"] if more > 0 else ())]


def _codes(findings: Iterable[Finding]) -> list[str]:
    counted: dict[str, int] = {}
    for one in findings:
        name = f"{one.code.id} {one.code.name}"
        counted[name] = counted.get(name, 0) + 1
    return [f"{name} ×{number}" if number > 1 else name for name, number in counted.items()]


def _owings(status: Status, speaker: Speaker) -> dict[str, list[str]]:
    """Say what lacks what, by dimension and by agency; agencies that owe nothing in one line."""
    calm = [_label(one, "agency", speaker) for one in status.agencies if not one.open]
    said = {
        "dimension": [_owing(one, "dimension", speaker) for one in status.dimensions],
        "agency": [_owing(one, "agency", speaker) for one in status.agencies if one.open],
    }
    if calm:
        names = ", ".join(calm)
        said["agency"].append(speaker.screen("status.nothing_owed", names=names))
    return {key: entries for key, entries in said.items() if entries}


def _owing(one: Owing, of: str, speaker: Speaker) -> str:
    said = speaker.screen(
        "status.has",
        name=_label(one, of, speaker),
        actions=one.actions,
        quick_wins=one.quick_wins,
    )
    lacking = [
        f"{speaker.screen(f'status.owed.{name}')} {_listed(ids)}" for name, ids in one.open.items()
    ]
    return said + (f" {speaker.screen('status.owes', what='; '.join(lacking))}" if lacking else "")


def _label(one: Owing, of: str, speaker: Speaker) -> str:
    return clean(speaker.named(one.label)) if one.label else speaker.screen(f"status.none.{of}")


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - IDS
    return ", ".join(ids[:IDS]) + (f" (+{more})" if more > 0 else "")


def _hanging(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ")


def _plain(text: str) -> str:
    """Make text of a plan plain text in Markdown."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", clean(text))
