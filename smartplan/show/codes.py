"""What smartplan can say, for those who ask: one code with all that is known of it, or all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smartplan.show.json_text import json_text
from smartplan.show.terminal import BOLD, COLOURS, DIM, paint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smartplan.text.finding import Code
    from smartplan.words.speaker import Speaker

WINGS = {
    "text": "Y",
    "form": "F",
    "structure": "S",
    "city": "C",
    "direction": "D",
    "delivery": "A",
    "money": "M",
    "measure": "I",
    "git": "G",
    "requests": "T",
}
"""The families of codes, by the name that `--wing` takes."""


def title(code: Code, speaker: Speaker) -> str:
    """Say the sentence of a code, with dots for what it will name."""
    return re.sub(r"\{\w+\}", "…", speaker.sentence(code))


def levels(code: Code, speaker: Speaker) -> str:
    """Say how much a code weighs, and from which stage on it weighs otherwise."""
    said = [speaker.screen(f"level.{code.level}")]
    for stage, level in code.from_stage.items():
        weight = speaker.screen(f"level.{level}")
        said.append(speaker.screen("explain.from_stage", stage=stage, level=weight))
    return ", ".join(said)


def facts(code: Code, speaker: Speaker, *, fixable: bool) -> dict[str, Any]:
    """Give what is known of a code as plain data."""
    return {
        "code": code.id,
        "name": code.name,
        "level": str(code.level),
        "from_stage": {stage: str(level) for stage, level in code.from_stage.items()},
        "title": title(code, speaker),
        "why": _sentence(speaker.reason(code)),
        "fix": _sentence(speaker.remedy(code)),
        "source": code.source,
        "fixable": fixable,
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


Cases = tuple[tuple[str, "Mapping[str, str]"], ...]
"""Examples under their labels (`found`, `clean`): the text of each file by its name."""


def as_text(
    code: Code, speaker: Speaker, cases: Cases, *, fixable: bool, colour: bool = False
) -> str:
    """Explain a code for a terminal."""
    return "\n".join(_text(code, speaker, cases, fixable=fixable, colour=colour)) + "\n"


def _text(
    code: Code, speaker: Speaker, cases: Cases, *, fixable: bool, colour: bool
) -> Iterator[str]:
    known = facts(code, speaker, fixable=fixable)
    yield f"{paint(code.id, BOLD, colour=colour)} {code.name}"
    yield paint(levels(code, speaker), COLOURS[code.level], colour=colour)
    yield ""
    yield known["title"]
    for part in ("why", "fix", "source"):
        if known[part]:
            yield ""
            yield paint(speaker.screen(f"explain.{part}"), BOLD, colour=colour)
            yield f"  {known[part]}"
    if fixable:
        yield ""
        yield speaker.screen("explain.fixable")
    for label, files in cases:
        yield ""
        yield paint(speaker.screen(f"explain.{label}"), BOLD, colour=colour)
        for name, text in files.items():
            if len(files) > 1:
                yield paint(f"  # {name}", DIM, colour=colour)
            yield from (f"  {line}".rstrip() for line in text.rstrip("\n").split("\n"))


def as_markdown(code: Code, speaker: Speaker, cases: Cases, *, fixable: bool) -> str:
    """Explain a code as a section of a page."""
    known = facts(code, speaker, fixable=fixable)
    parts = [f"## {code.name} ({code.id})", f"*{levels(code, speaker)}*", known["title"]]
    parts += [
        f"**{speaker.screen(f'explain.{part}')}:** {known[part]}"
        for part in ("why", "fix", "source")
        if known[part]
    ]
    if fixable:
        parts.append(speaker.screen("explain.fixable"))
    for label, files in cases:
        parts.append(f"{speaker.screen(f'explain.{label}')}:")
        parts.extend(f"```yaml\n{text.rstrip()}\n```" for text in files.values())
    return "\n\n".join(parts) + "\n"


def as_json(code: Code, speaker: Speaker, cases: Cases, *, fixable: bool) -> str:
    """Explain a code for a program."""
    known = facts(code, speaker, fixable=fixable)
    known["examples"] = {label: dict(files) for label, files in cases}
    return _dumped({"schema": 1, "language": speaker.language, **known})


def list_as_json(codes: Iterable[Code], speaker: Speaker, fixable: frozenset[str]) -> str:
    """List codes for a program."""
    known = [facts(code, speaker, fixable=code.id in fixable) for code in codes]
    return _dumped({"schema": 1, "language": speaker.language, "rules": known})


def _dumped(data: dict[str, Any]) -> str:
    return json_text(data)


def list_as_markdown(codes: Iterable[Code], speaker: Speaker, fixable: frozenset[str]) -> str:
    """List codes as a table of a page."""
    heads = [speaker.screen(f"column.{name}") for name in ("code", "name", "level", "finding")]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for code in codes:
        mark = " [*]" if code.id in fixable else ""
        said = title(code, speaker).replace("|", "\\|")
        lines.append(f"| {code.id}{mark} | {code.name} | {levels(code, speaker)} | {said} |")
    return "\n".join(lines) + "\n"


def list_as_table(codes: Iterable[Code], speaker: Speaker, fixable: frozenset[str]) -> str:
    """List codes for a terminal, one a line."""
    rows = [
        (
            code.id,
            "[*]" if code.id in fixable else "",
            code.name,
            levels(code, speaker),
            title(code, speaker),
        )
        for code in codes
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


LISTS = {"table": list_as_table, "json": list_as_json, "md": list_as_markdown}
"""Formats of the list of codes."""
