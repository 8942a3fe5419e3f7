"""Spoils plans at random and sees that nothing breaks: no traceback, no hang, no place outside.

    python -m tests.fuzz --cases 1000 --seed 1 [--seconds 600] [--only 123]

A case is made of its number and the seed alone, so that `--only` repeats what a run has found.
Files are spoiled as bytes, as lines, by their structure and by their values. What is run is what
commands run, in this process and without a disk.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import runpy
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smartplan.rules.check import Checked
    from smartplan.text.document import Route
    from smartplan.text.finding import Finding
    from smartplan.text.source import Source, Span
    from smartplan.words.speaker import Speaker

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
LIMIT = 5.0
"""Seconds of processor time that a case may take."""
LARGE = 0.004
"""The share of cases that begin with a plan of many files."""
MANY = 100
"""Of more findings than these only the first and the last are looked at closely."""
SHARES = {"stages": 0.02, "pages": 0.01, "compare": 0.06, "fmt": 0.1, "fix": 0.05, "merge": 0.05}
"""The share of cases on which the slower ways are tried."""

Files = dict[str, bytes]

HEADER = b"""\
plan:
  id: contoh-2024
  title: Masterplan Smart City Kota Kotamobagu
  stage: draft
  period: {start: 2024, end: 2028}
  taxonomy: kominfo-2021
  codes: kepmendagri-900
  city: {code: "71.74", name: Kota Kotamobagu}
"""
PAGES = ("md", "html")
SCRIPT = "<script>alert(1)</script>"
VALUES = """\
null | ~ | true | no | 0 | -1 | 1e999 | 1e400000 | .inf | .nan | 0x7fffffffffffffff | 0o777 |
007 | 99999999999999999999999999999999 | 1_000 | 71.10 | "71.74" | "" | ' ' | [] | {} | [[]] |
[null] | {a: 1} | {2024: 5} | [1, [2, [3]]] | *a | &a x | &a [*a] | !!str 5 |
!!python/object:os.system x | 2024-2028 | 2028-2024 | 2024- | -2028 | 0-9999 | 99999-100000 |
2024, 2026 | 2024,2026-2028 | 2024–2026 | 10000-99999999 | 1-2147483648 | ² | ٢٠٢٤ | 2024-٢٠٢٨ |
½ | Rp 5.000.000 | 5 juta | 5,5 juta | 5.5 juta | 1.000 miliar | 1,000,000 | -5 juta | 5 | Rp |
juta | ± 3 miliar | 1e3 juta | 0,2 triliun | 9999999999999999999999999999 triliun | tidak ada |
? | belum | 2024-02-30 | 2024-13-01 | 0000-00-00 | 9999-12-31 | 2026-11-24 | 24/11/2026 |
2026-W12-1 | 2026-1 | 2026-Q1 | 20261124 | 2026-11-24T00:00:00Z | 100% | 101 % | -5% | 1/0 |
50 persen | "%" | % | @x | `x` | - | ? x | : | "a: b" | a: b | a #b | 'it''s' |
"\\x1b[31mred\\x1b[0m" | "\\e]8;;http://x\\a" | "\\x9b31m" | "\\0" | "\\u202Eabc" | "\\u2066x" |
"\\uFEFF" | "\\uD800" | "\\U0010FFFF" | "\\r\\n::error::x" | ::error file=x::y | "##[error]x" |
"]]>" | "<script>alert(1)</script>" | <script>alert(1)</script> | "{{ 7*7 }}" |
"{% for x in y %}" | "[x](javascript:alert(1))" | "| a | b |" | "```" | "{seen}" | "{0}" |
"%s %d" | "[bold]x[/]" | "[/]" | gov-01 | GOV-01 | goals | plan | draft | final | adopted |
kominfo-2021 | id | en | xx | apbd | dak-fisik | "2.16.03.2.02.0009" | diskominfo | governance |
governance.service | up | down | yearly | kota | planned | {id: X, id: Y} | {? [a] : b} |
[a, b: c] | | | > | "\\N\\L\\P\\_" | "a\\tb" | "a\\nb\\n\\nc" | <<: *a | {<<: {a: 1}}"""
KEYS = """
id title plan actions goals budget years owner targets baseline indicators depends_on status
formerly checks ignore registers provenance sources exclude review baselines approvals known
format period stage taxonomy codes city evaluations missions kind dimension declared <<
"""
SIGNS = (
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\x9b", "\xa0", "\xad", "\u200b", "\u200e"),
    *(
        "\u202e",
        "\u2028",
        "\u2029",
        "\u2066",
        "\ufeff",
        "\ufffe",
        "\U0001f600",
        "e\u0301",
        "\u0130",
    ),
    *(
        "\u0663",
        "漢",
        "\t",
        "\r",
        "\r\n",
        "\x0b",
        "\x0c",
        "\ud800",
        "\udcff",
        "::error::",
        "##[error]",
    ),
)
BYTES = (b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r", b"\t")
_SCALAR = re.compile(r"(?<=[:\-,\[] )[^\s#,\[\]{}][^#,\n\[\]{}]*")
_KEY = re.compile(r"(?<=[\s{,-])[a-z_]+(?=:[ \n])")
_ID = re.compile(r"\b[A-Z]{1,4}-[A-Z]?[0-9]+(?:-[A-Z]?[0-9]+)?\b")
_YAML = re.compile(r"^```yaml(?: also (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


# Plans to begin with


@lru_cache(maxsize=1)
def small_plans() -> list[Files]:
    """Give the examples of the rules and each file of a real plan with its header."""
    found: list[Files] = []
    for page in sorted((ROOT / "tests" / "rules").glob("*.md")):
        for name, text in _YAML.findall(page.read_text("utf-8")):
            if name:
                found[-1][name] = text.encode()
            elif re.search(r"^plan:", text, re.MULTILINE):
                found.append({"plan.yaml": text.encode()})
            else:
                found.append({"00-plan.yaml": HEADER, "plan.yaml": text.encode()})
    real = large_plans()[0]
    short = [name for name in real if len(real[name]) < len(HEADER) * 12]
    return found + [{"plan.yaml": real["plan.yaml"], name: real[name]} for name in short]


@lru_cache(maxsize=1)
def large_plans() -> list[Files]:
    """Give a real plan whole, and an artificial one of many actions."""
    top = ROOT / "plans" / "kotamobagu"
    real = {one.relative_to(top).as_posix(): one.read_bytes() for one in top.rglob("*.yaml")}
    made = runpy.run_path(str(ROOT / "tests" / "bench" / "city_plan.py"))["files"](12, "dim")
    return [real, {name: text.encode() for name, text in made.items()}]


# Ways to spoil


def some_bytes(raw: bytes, chance: random.Random) -> bytes:
    """Flip, insert or drop bytes."""
    at = chance.randrange(len(raw) + 1)
    match chance.randrange(4):
        case 0:
            return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
        case 1:
            return raw[:at] + chance.choice(BYTES) + raw[at:]
        case 2:
            return raw[:at] + raw[at + chance.randrange(1, 30) :]
        case _:
            return raw[:at] + bytes(chance.choices(b" \n-:#[]{}\"'&*!|>%@`,?\t", k=2)) + raw[at:]


def some_lines(raw: bytes, chance: random.Random) -> bytes:
    """Repeat, drop, swap, indent or join lines, or change how they end."""
    lines = raw.split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    match chance.randrange(8):
        case 0:
            lines.insert(other, lines[one])
        case 1:
            del lines[one : one + chance.choice((1, 1, 1, 5))]
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = b" " * chance.choice((1, 2, 3)) + lines[one]
        case 4:
            lines[one] = lines[one].removeprefix(chance.choice((b" ", b"  ", b"    ")))
        case 5:
            lines[one : one + 2] = [b" ".join(lines[one : one + 2])]
        case 6:
            return chance.choice((b"\r\n", b"\r", b"\n\r")).join(lines)
        case _:
            lines[one] += chance.choice((b"\r", b" #", b" # x", b":", b" :", b",", b"]", b'"'))
    return b"\n".join(lines)


def _exchanged(
    raw: bytes, chance: random.Random, places: re.Pattern[str], new: Callable[[str], str]
) -> bytes:
    """Put something else where a pattern fits."""
    text = raw.decode("utf-8", "surrogateescape")
    found = list(places.finditer(text))
    if not found:
        return some_bytes(raw, chance)
    at = chance.choice(found)
    changed = text[: at.start()] + new(at[0]) + text[at.end() :]
    return changed.encode("utf-8", "surrogatepass" if "\ud800" in changed else "surrogateescape")


def some_structure(raw: bytes, chance: random.Random) -> bytes:
    """Exchange keys and ids, nest deeply, put collections where values stood."""
    match chance.randrange(6):
        case 0:
            return _exchanged(raw, chance, _KEY, lambda _: chance.choice(KEYS.split()))
        case 1:
            return _exchanged(raw, chance, _KEY, lambda key: key[:1] + key[2:])
        case 2:
            ids = _ID.findall(raw.decode("utf-8", "replace")) or ["X-1"]
            return _exchanged(raw, chance, _ID, lambda _: chance.choice(ids))
        case 3:
            depth = chance.choice((5, 61, 70, 900))
            opened, closed = chance.choice((("[", "]"), ("{a: ", "}")))
            return _exchanged(raw, chance, _SCALAR, lambda _: opened * depth + closed * depth)
        case 4:
            return _exchanged(raw, chance, _SCALAR, lambda one: f"[{one}, {one}]")
        case _:
            return _exchanged(
                raw, chance, _SCALAR, lambda one: f"{{{chance.choice(KEYS.split())}: {one}}}"
            )


def some_value(raw: bytes, chance: random.Random) -> bytes:
    """Put an odd value or sign where a value stood, or a very long one."""
    match chance.randrange(8):
        case 0:
            return _exchanged(raw, chance, _SCALAR, lambda one: one + chance.choice(SIGNS) + "x")
        case 1:
            return _exchanged(raw, chance, _SCALAR, lambda one: f'"{one}"')
        case 2:
            long = chance.choice(("9", "x", "x ", "1.", "é", "- ", "2024, "))
            times = chance.choice((300, 2_000 if "," in long else 20_000))
            return _exchanged(raw, chance, _SCALAR, lambda _: long * times)
        case _:
            odd = chance.choice(re.split(r"\s+\|\s+", VALUES))
            return _exchanged(raw, chance, _SCALAR, lambda _: odd)


WAYS = (some_bytes, some_lines, some_structure, some_value, some_value)


def some_text(path: Path, seed: int) -> str:
    """Spoil a file once to three times."""
    chance, raw = random.Random(seed), path.read_bytes()  # noqa: S311  # no secret
    for _ in range(chance.randrange(1, 4)):
        raw = chance.choice((some_bytes, some_lines, some_structure, some_value))(raw, chance)
    return raw.decode("utf-8", errors="surrogateescape")


def spoiled(files: Files, chance: random.Random) -> Files:
    """Spoil some of the files of a plan in one to six ways."""
    changed = dict(files)
    names = sorted(changed)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        name = chance.choice(names)
        if len(changed[name]) < 1_000_000:
            changed[name] = chance.choice(WAYS)(changed[name], chance)
    if chance.random() < 0.04:
        one, other = chance.choice(names), chance.choice(names)
        changed[one], changed[other] = changed[other], changed[one]
    if chance.random() < 0.02:
        changed[f"{chance.choice(names)}.yml"] = changed.pop(chance.choice(names))
    return changed


# What must hold


@dataclass(frozen=True)
class Case:
    """A plan as it was and as it is spoiled twice, with the chance that decides what is tried."""

    before: list[Source]
    after: list[Source]
    other: list[Source]
    chance: random.Random

    @classmethod
    def of(cls, seed: int, number: int) -> Case:
        """Make a case; the same for the same numbers."""
        chance = random.Random(f"{seed}/{number}")  # noqa: S311  # no secret
        files = chance.choice(large_plans() if chance.random() < LARGE else small_plans())
        one, other = spoiled(files, chance), spoiled(files, chance)
        return cls(sources_of(files), sources_of(one), sources_of(other), chance)


def sources_of(files: Files) -> list[Source]:
    """Make the sources of a plan in the folder `kota`."""
    from smartplan.text.source import Source

    return [Source.from_bytes(f"kota/{name}", files[name]) for name in sorted(files)]


@lru_cache(maxsize=1)
def speakers() -> tuple[Speaker, ...]:
    """Give a speaker of each language."""
    from smartplan.words.speaker import Speaker, languages

    return tuple(Speaker(one) for one in languages())


def examined(case: Case, sources: Sequence[Source], stage: str | None = None) -> Checked:
    """Check a plan and see that all findings can be shown."""
    from smartplan.rules.check import check

    checked = check(sources, today=TODAY, root="kota", stage=stage)
    texts = {one.path: one.text for one in sources}
    speaker = case.chance.choice(speakers())
    shown = sorted(checked.findings, key=lambda one: one.order)
    for finding in (*shown[:MANY], *checked.ignored, *checked.known, *shown[-MANY:]):
        look(finding, texts, speakers() if len(shown) < MANY else (speaker,))
    written(shown[:MANY], speaker, case.chance)
    return checked


def look(finding: Finding, texts: dict[str, str], said_by: Sequence[Speaker]) -> None:
    """See that a finding lies inside its file and can be said as plain text."""
    from smartplan.show import terminal
    from smartplan.text.source import apply

    inside(finding.span, texts)
    for _, span in finding.remark.related:
        inside(span, texts)
    if fix := finding.remark.fix:
        assert fix.edits, f"{finding.code.id}: a fix that changes nothing"
        assert apply(finding.span.source, fix.edits) != finding.span.source.text, "idle fix"
    for speaker in said_by:
        line = terminal.one_line(finding, speaker)
        assert line.isprintable(), f"{finding.code.id}: {line!r}"
        for row in terminal.block(finding, speaker, colour=False).split("\n"):
            assert row.isprintable(), f"{finding.code.id}: {row!r}"


def inside(span: Span, texts: dict[str, str]) -> None:
    """See that a span lies inside a file that was read."""
    text = texts.get(span.source.path)
    assert text is not None, f"in no file: {span}"
    assert text == span.source.text, f"in another text: {span}"
    assert 0 <= span.start <= span.end <= len(text), f"outside: {span}"
    line, column = span.line, span.column
    assert line >= 1, span
    assert column <= len(span.source.line(line)) + 2, f"beyond its line: {span}"
    assert span.end_position >= (line, column), span


def written(findings: Sequence[Finding], speaker: Speaker, chance: random.Random) -> None:
    """See that a format can be read by what reads it, and that a plan commands nothing in it."""
    from smartplan.show.machine import FORMATS

    plans = [{"id": None, "path": "kota", "stage": "draft", "files": 1, "fail_on": "error"}]
    facts = {"version": "0", "plans": plans}
    name = chance.choice(sorted(FORMATS))
    text = FORMATS[name](findings, speaker, facts)
    lines = text.removesuffix("\n").split("\n")
    for line in lines:
        assert line.replace("\N{NO-BREAK SPACE}", "").isprintable(), f"{name}: {line!r}"
        assert "##[" not in line, f"{name}: {line!r}"
    if name == "junit":
        ET.fromstring(text)  # noqa: S314  # our own
    elif name == "github":
        assert all(re.match("::(error|warning|notice) ", line) for line in lines if line)
    else:
        json.loads(text)


def same_both_ways(text: str) -> bool:
    """See that the fast lane gives the parser's own data and places, where it says nothing.

    Returns:
        Whether the text was everyday YAML, so that something was seen at all.
    """
    from smartplan.text.everyday import everyday
    from smartplan.text.parse import parse
    from smartplan.text.places import places
    from smartplan.text.source import Source

    data = everyday(text)
    if data is None:
        return False
    parsed = parse(Source("plan.yaml", text))
    assert not parsed.findings, f"not everyday: {parsed.findings[0].code.name}"
    assert _with_kinds(data) == _with_kinds(parsed.data), "other data"
    assert places(text) == parsed.nodes, "other places"
    return True


def same_items(text: str) -> int:
    """See that the fast lane of items gives pydantic's own, and only where nothing is to be told.

    Returns:
        How many items were read by it.
    """
    from smartplan.plan.everyday import Everyday
    from smartplan.plan.grammar import DEFAULT_FUND
    from smartplan.plan.item import Item, own
    from smartplan.plan.plan import COLLECTIONS, Place
    from smartplan.plan.registers import shipped
    from smartplan.plan.values import Context
    from smartplan.text.document import Document
    from smartplan.text.source import Source

    document = Document.read(Source("plan.yaml", text))
    data = document.data if isinstance(document.data, dict) else {}
    reading = Everyday(Context(shipped(), DEFAULT_FUND))
    number = 0
    for name, entry in COLLECTIONS.items():
        content = data.get(name)
        listed = content if isinstance(content, list) and not entry.single else []
        members: list[tuple[Route, object]] = [
            ((name, index), raw) for index, raw in enumerate(listed)
        ]
        for route, raw in [((name,), content)] if entry.single else members:
            record = reading.read(entry.model, raw)
            if record is not None:
                number += 1
                item = Item(Place(document, route), entry.model, own(raw))
                assert record == item.read(reading), "another item"
                assert not item.findings, f"to be told: {item.findings[0].code.name}"
    return number


def _with_kinds(value: object) -> object:
    """Give data that differs if an order or a kind differs: `1` as a number and as a text."""
    if isinstance(value, dict):
        return [(key, _with_kinds(each)) for key, each in value.items()]
    if isinstance(value, list):
        return ["list", *map(_with_kinds, value)]
    return type(value).__name__, str(value)


def every_stage(case: Case) -> None:
    """Judge the plan at every stage."""
    from smartplan.plan.grammar import STAGES
    from smartplan.rules.check import NEXT

    for stage in (*STAGES, NEXT):
        examined(case, case.after, stage)


def reported(case: Case) -> None:
    """Print a report in every format, and the status."""
    from smartplan.figures.status import status
    from smartplan.reports.all_reports import REPORTS
    from smartplan.reports.press import FORMATS, render
    from smartplan.rules.check import NEXT, check
    from smartplan.rules.checklist import CHECKLIST
    from smartplan.show import status as show

    checked = check(case.after, today=TODAY, root="kota", stage=NEXT)
    speaker, report = case.chance.choice(speakers()), case.chance.choice(REPORTS)
    for form in FORMATS:
        text = render(checked.plan, report, form, speaker, banner="x")
        assert SCRIPT not in text, report.name
    gathered = status(checked.plan, checked.findings, CHECKLIST, checked.stage)
    text = show.as_text(gathered, checked.plan.header.title or "", speaker)
    assert all(line.isprintable() for line in text.split("\n")), "status"
    show.as_markdown(gathered, checked.plan.header.title or "", speaker)
    json.loads(show.as_json([(gathered, "x", "kota")], speaker))


def compared(case: Case) -> None:
    """Compare with the plan as it was, both ways, and show what changed."""
    from smartplan.compare.differ import compare
    from smartplan.compare.gate import review
    from smartplan.compare.listing import listing
    from smartplan.compare.selection import Wanted, select
    from smartplan.reports import diff, matrix
    from smartplan.show import changes, changes_machine
    from smartplan.text.document import Document

    old, new = ([Document.read(one) for one in side] for side in (case.before, case.after))
    speaker = case.chance.choice(speakers())
    sides = ("lama", "baru")
    for before, after in ((old, new), (new, old), (new, new)):
        difference = compare(before, after, roots=("kota", "kota"))
        chosen = select(difference, Wanted())
        text = changes.text(difference, chosen, speaker, sides=sides)
        assert all(line.isprintable() for line in text.split("\n")), "diff"
        told = [changes_machine.Told(sides, difference, chosen)]
        for write in changes_machine.FORMATS.values():
            write(told, speaker)
        review(difference, today="2026-11-24", base=sides[0], head=sides[1])
        if case.chance.random() < 0.1:
            render, form = (
                case.chance.choice((diff.render, matrix.render)),
                case.chance.choice(PAGES),
            )
            assert SCRIPT not in render(difference, chosen, sides, form, speaker)
    for document in new:
        listing(document)


def laid_out_twice(case: Case) -> None:
    """Lay files out; a second time changes nothing."""
    from smartplan.compare.shapes import written_order
    from smartplan.text.cutting import Uncuttable
    from smartplan.text.layout import laid_out
    from smartplan.text.source import Source

    for source in case.after:
        try:
            tidy = laid_out(source, written_order)
        except Uncuttable:
            continue
        again = laid_out(Source(source.path, tidy), written_order)
        assert tidy == again, f"not at rest: {source.path}"


def mended(case: Case) -> None:
    """Mend what can be mended; no file reads worse, and safe mends leave nothing safe to mend."""
    from smartplan.rules.mending import fixable, mend

    unsafe = case.chance.random() < 0.5
    result = mend(
        case.after,
        lambda sources: examined(case, sources),
        lambda one: fixable(one, unsafe=unsafe),
    )
    assert [one.path for one in case.after] == [one.path for one in result.sources]


def merged(case: Case) -> None:
    """Merge three versions of each file; what one side alone changed needs nobody."""
    from smartplan.compare.merge import Unmergeable, merge

    others = {one.path: one.text for one in case.other}
    ours = {one.path: one.text for one in case.after}
    for source in case.before:
        base = source.text
        our, their = ours.get(source.path, base), others.get(source.path, base)
        assert merge(base, our, base).text == our
        assert merge(base, base, their).text == their
        try:
            merge(base, our, their)
        except Unmergeable:
            continue


TRIED = {
    "stages": every_stage,
    "pages": reported,
    "compare": compared,
    "fmt": laid_out_twice,
    "fix": mended,
    "merge": merged,
}


def tried(seed: int, number: int, share: float = 1.0) -> list[str]:
    """Run one case; give what has gone wrong, as texts.

    Args:
        seed: the seed of the run.
        number: of the case.
        share: by how much the slower ways are tried more often.
    """
    case = Case.of(seed, number)
    chosen = [name for name, usual in SHARES.items() if case.chance.random() < usual * share]
    began = time.process_time()
    wrong: list[str] = []
    steps: dict[str, Callable[[Case], object]] = {
        "lanes": lambda one: [same_both_ways(each.text) for each in one.after],
        "items": lambda one: [same_items(each.text) for each in one.after],
        "check": lambda one: examined(one, one.after),
    }
    steps |= {name: TRIED[name] for name in chosen}
    for name, step in steps.items():
        try:
            step(case)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            wrong.append(f"{name}: {type(error).__name__} at {place}: {str(error)[:300]}")
    taken = time.process_time() - began
    if taken > LIMIT:
        wrong.append(f"slow: {taken:.1f} s with {chosen}")
    return wrong


# The program


def _numbers(wanted: argparse.Namespace) -> Iterator[int]:
    yield from range(wanted.cases) if wanted.only is None else [wanted.only]


def main() -> int:
    """Run cases and tell what went wrong, each trouble once with its first case."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--only", type=int)
    wanted = parser.parse_args()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    began, done = time.monotonic(), 0
    seen: Counter[str] = Counter()
    for number in _numbers(wanted):
        for trouble in tried(wanted.seed, number, 1 if wanted.only is None else 100):
            kind = re.split(r": (?=\S+$)|(?<=:\d\d)|(?<=:\d\d\d)", trouble)[0]
            seen[kind] += 1
            if seen[kind] == 1:
                sys.stdout.write(f"seed {wanted.seed}, case {number}: {trouble}\n")
                sys.stdout.flush()
        done += 1
        if time.monotonic() - began > wanted.seconds:
            break
    sys.stdout.write(f"{done} cases with seed {wanted.seed}, {sum(seen.values())} in trouble\n")
    for kind, number in seen.most_common():
        sys.stdout.write(f"  {number:>6}  {kind}\n")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
