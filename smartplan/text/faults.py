"""What can be wrong with a file as text and as YAML (family Y), before anyone asks what it means.

`before_parsing` looks at the characters; `explain` turns what the parser says of its first error
into a finding at the place where the trouble began, with the mend where there is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smartplan.text.finding import ERROR, WARNING, Code, Finding, Fix, Remark, Term, finding
from smartplan.text.source import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from smartplan.text.source import Source, Span

NOT_UTF8 = Code(
    id="Y101",
    name="not-utf-8",
    level=ERROR,
    says="The file is not UTF-8 text: “{seen}”.",
    why="Every tool that reads the plan, on any machine, must see the same letters.",
    fix="Save the file again with the encoding UTF-8.",
)
CONTROL_CHARACTER = Code(
    id="Y102",
    name="control-character",
    level=ERROR,
    says="A character that nobody can see stands in the text: “{seen}”.",
    why="Invisible characters end values early or turn one line into two.",
    fix="Delete the character; it usually came in by copying from another program.",
)
UNFINISHED_MERGE = Code(
    id="Y103",
    name="unfinished-merge",
    level=ERROR,
    says="The file holds an unfinished merge of “{ours}” and “{theirs}”, lines {first}–{last}.",
    why="Both versions of the passage stand in the file; neither is the plan.",
    fix="Choose or combine the two versions, then delete the lines <<<<<<<, ======= and >>>>>>>.",
)
TAB_INDENT = Code(
    id="Y104",
    name="tab-in-indentation",
    level=ERROR,
    says="The line is indented with a tab.",
    why="YAML reads the indentation, and a tab has no width of its own.",
    fix="Indent with spaces, two for each level.",
)
SYNTAX = Code(
    id="Y105",
    name="yaml-syntax",
    level=ERROR,
    says="This is not YAML: {problem}.",
    why="Nothing in the file can be read until this is mended.",
    fix="Compare the line with the one above: indentation, colon, quotes.",
)
UNCLOSED = Code(
    id="Y106",
    name="unclosed",
    level=ERROR,
    says="{opener} is opened here and never closed.",
    why="Everything after it is read as part of this one value.",
    fix="Close it where the value ends.",
)
MUST_QUOTE = Code(
    id="Y107",
    name="value-must-be-quoted",
    level=ERROR,
    says="The value “{seen}” must stand in quotes, because of {mark}.",
    why="Some characters have a meaning of their own in YAML.",
    fix="Put the value in double quotes.",
)
DUPLICATE_KEY = Code(
    id="Y108",
    name="duplicate-key",
    level=ERROR,
    says="“{seen}” stands twice in the same place; the first is on line {first}.",
    why="One of the two values would be lost without a word.",
    fix="Keep one of them.",
)
SEVERAL_DOCUMENTS = Code(
    id="Y109",
    name="several-documents",
    level=ERROR,
    says="A second document begins here; a plan file holds one.",
    why="What stands below the line --- would not be read.",
    fix="Delete the line, or move what follows into a file of its own.",
)
EMPTY_FILE = Code(
    id="Y110",
    name="empty-file",
    level=WARNING,
    says="The file is empty.",
    why="An empty file is often a lost one.",
    fix="Fill it or delete it.",
)
DECIMAL_COMMA = Code(
    id="Y111",
    name="decimal-comma-unquoted",
    level=ERROR,
    says="Inside braces or brackets a comma ends the value: “{seen}” falls apart.",
    why="The part after the comma would be read as another value.",
    fix="Put the value in quotes.",
)
TAG = Code(
    id="Y112",
    name="tag",
    level=ERROR,
    says="“{seen}” is a YAML tag; a plan uses none.",
    why="A value that begins with an exclamation mark is not read as text.",
    fix="Put the value in quotes, or delete the tag.",
)
UNKNOWN_ALIAS = Code(
    id="Y113",
    name="unknown-alias",
    level=ERROR,
    says="“{seen}” refers to an anchor that does not stand above.",
    why="A value that begins with an asterisk is a reference, not text.",
    fix="Put the value in quotes, or define the anchor above.",
)
TOO_BIG = Code(
    id="Y114",
    name="too-big",
    level=ERROR,
    says="The file is larger than smartplan reads: {problem}.",
    why="A file that unfolds without end would hold up everyone who checks the plan.",
    fix="Split it into smaller files.",
)
KEY_NOT_TEXT = Code(
    id="Y115",
    name="key-not-text",
    level=ERROR,
    says="A key must be a word or a number.",
    why="A list or a mapping as a key names nothing that the plan knows.",
    fix="Write a word before the colon; a text with braces or brackets needs quotes.",
)
CUT_OFF = Code(
    id="Y116",
    name="text-cut-off",
    level=WARNING,
    says="What follows the sign # is read as a comment: “{seen}” is cut off.",
    why="The text that people read in the reports ends before the sign.",
    fix="Put the whole value in quotes; or write a blank after # if it is a comment.",
)

CODES = (
    NOT_UTF8,
    CONTROL_CHARACTER,
    UNFINISHED_MERGE,
    TAB_INDENT,
    SYNTAX,
    UNCLOSED,
    MUST_QUOTE,
    DUPLICATE_KEY,
    SEVERAL_DOCUMENTS,
    EMPTY_FILE,
    DECIMAL_COMMA,
    TAG,
    UNKNOWN_ALIAS,
    TOO_BIG,
    KEY_NOT_TEXT,
    CUT_OFF,
)

MAX_CHARACTERS = 32 * 1024 * 1024

# C0 without tab, LF, CR; DEL; C1 without NEL; the non-characters at the end of the plane.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Longer than seven where .gitattributes says so, and in merges of merges.
_CONFLICT_START = re.compile(r"^<{7,}(?: (.*?))?\r?$", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>{7,}(?: (.*?))?\r?$", re.MULTILINE)
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
_VALUE = re.compile(
    r"^(?P<head>\s*(?:- +)*(?:[^\s#:][^:#]*:\s+|- +))(?P<value>\S.*?)(?P<tail>\s+#.*|\s*)$"
)
_AFTER_QUOTE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#,}\]:]""")
_FLOW_START = re.compile(r"\s*(?:- +|[^\s:{\[]+:\s+)*[{\[]")
_FLOW_KEY = re.compile(r"\s*[^\s:]+:\s+")
_FLOW_END = re.compile(r"[,}\]\r\n]")
_UNENDED = re.compile("end of stream|document indicator")
_NEEDS_QUOTES = "%@`*&!>|-"

UTF16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")


def before_parsing(source: Source) -> Iterator[Finding]:
    """Report what makes the text unreadable: at most one finding of each kind."""
    text = source.text
    if len(text) > MAX_CHARACTERS:
        yield finding(TOO_BIG, source.span(0), problem=f"{len(text)} characters")
        return
    if bad := _SURROGATE.search(text):
        seen = _encoding_seen(text, bad)
        yield finding(NOT_UTF8, source.span(bad.start()), seen=seen)
        return
    if bad := _CONTROL.search(text):
        marks = [source.span(one.start()) for one in _CONTROL.finditer(text)]
        fix = Fix("remove", tuple(Edit(one, "") for one in marks))
        yield finding(CONTROL_CHARACTER, marks[0], fix=fix, seen=f"U+{ord(bad[0]):04X}")
        return
    if merge := _unfinished_merge(source):
        yield merge


def _encoding_seen(text: str, bad: re.Match[str]) -> str:
    if text.startswith(UTF16_MARKS):
        return "UTF-16"
    byte = ord(bad[0]) - 0xDC00
    return f"byte 0x{byte:02X}" if byte >= 0 else f"U+{ord(bad[0]):04X}"


def _unfinished_merge(source: Source) -> Finding | None:
    """Find the first passage that a merge left marked; one of its two marks is enough."""
    start = _CONFLICT_START.search(source.text)
    end = _CONFLICT_END.search(source.text, start.end() if start else 0)
    first, last = start or end, end or start
    if first is None or last is None:
        return None
    span = source.span(first.start(), last.end())
    return finding(
        UNFINISHED_MERGE,
        span,
        ours=(start and start[1]) or "<<<<<<<",
        theirs=(end and end[1]) or ">>>>>>>",
        first=span.line,
        last=source.position(last.start())[0],
    )


def unseen_separator(source: Source, inside: Callable[[int], bool]) -> Finding | None:
    """Report a line separator that no editor shows, unless it stands inside quotes.

    Args:
        source: the text.
        inside: tells whether an offset lies inside a quoted value.
    """
    for match in _SEPARATOR.finditer(source.text):
        if not inside(match.start()):
            span, seen = source.span(match.start()), f"U+{ord(match[0]):04X}"
            fix = Fix("rewrite", (Edit(span, " "),), safe=False)
            return finding(CONTROL_CHARACTER, span, fix=fix, seen=seen)
    return None


def explain(
    source: Source,
    problem: str,
    at: int,
    *,
    context: str = "",
    began: int | None = None,
    bracket: int | None = None,
) -> Finding:
    """Turn the parser's first error into a finding.

    Args:
        source: the text that was parsed.
        problem: what the parser says.
        at: where it gave up.
        context: what it was doing.
        began: where that began, if it knows.
        bracket: the bracket or brace that was open, if one was.
    """
    separator = _SEPARATOR.search(source.text)
    if separator and separator.start() <= at:
        seen = f"U+{ord(separator[0]):04X}"
        return finding(CONTROL_CHARACTER, source.span(separator.start()), seen=seen)
    tab = _TAB_INDENT.match(source.text, source.line_starts[source.position(at)[0] - 1])
    if tab:
        return finding(TAB_INDENT, source.span(tab.start(), tab.end()))
    if "tab character" in problem:
        return finding(TAB_INDENT, source.span(at))
    if "quoted scalar" in context and began is not None and _UNENDED.search(problem):
        return finding(UNCLOSED, source.span(began), opener=source.text[began])
    bracket = _open_bracket(source, at) if bracket is None else bracket
    if bracket is not None:
        return _quotable_in_flow(source, at, source.text[bracket]) or finding(
            UNCLOSED, source.span(bracket), opener=source.text[bracket]
        )
    if quoted := _quotable(source, at if began is None else began) or _quotable(source, at):
        return quoted
    if problem.startswith("mapping values"):
        return _stray_colon(source, at)
    place = began if began is not None and "simple key" in context else at
    return finding(SYNTAX, _visible(source, place), problem=Term(_plain(problem)))


def _stray_colon(source: Source, at: int) -> Finding:
    """Blame the line above when it lacks its colon, else the indentation of this line."""
    number = source.position(at)[0]
    start = source.line_starts[number - 1]
    above = source.line(number - 1)
    if above.strip() and ":" not in above and not above.lstrip().startswith(("#", "-")):
        place = source.line_starts[number - 2] + len(above) - len(above.lstrip())
        problem = "a colon is missing after the key"
    else:
        place = start + len(source.line(number)) - len(source.line(number).lstrip())
        problem = "the indentation does not fit the line above"
    return finding(SYNTAX, _visible(source, place), problem=Term(problem))


def _open_bracket(source: Source, at: int) -> int | None:
    """Find a bracket that the line opens before `at`: the parser may not have come to it yet."""
    start = source.line_starts[source.position(at)[0] - 1]
    match = _FLOW_START.match(source.text, start, at)
    if not match:
        return None
    inside = source.text[match.end() : at]
    opened = sum(inside.count(mark) for mark in "{[") - sum(inside.count(mark) for mark in "}]")
    return match.end() - 1 if opened >= 0 else None


def _visible(source: Source, at: int) -> Span:
    """Give the rest of the line at `at`, or the last line with text before it."""
    text = source.text
    at = min(at, len(text))
    if not text[at:].strip():
        at = len(text.rstrip())
        at = max(text.rfind("\n", 0, at) + 1, 0)
    line, column = source.position(at)
    return source.span(at, at + max(len(source.line(line)) - column + 1, 1))


def _plain(problem: str) -> str:
    return {
        "did not find expected key": "the indentation does not fit, or a key is missing",
        "could not find expected ':'": "a colon is missing after the key",
        "did not find expected '-' indicator": "the items of a list do not stand under each other",
        "block sequence entries are not allowed in this context": "a list begins inside a line",
    }.get(problem, problem)


def _quotable(source: Source, at: int) -> Finding | None:
    """Explain a value on this line that only lacks its quotes: `unit: %`, `text: Visi: Kota`."""
    number, column = source.position(at)
    match = _VALUE.match(source.line(number))
    if not match or not _breaks(match["value"]):
        return None
    start = at - column + 1 + match.start("value")
    return must_quote(source.span(start, start + len(match["value"])))


def _quotable_in_flow(source: Source, at: int, bracket: str) -> Finding | None:
    """Do the same inside braces or brackets, where a value ends at a comma or a bracket."""
    text = source.text
    start = max(text.rfind(mark, 0, at) for mark in ",[{") + 1
    end = _FLOW_END.search(text, at)
    stop = end.start() if end else len(text)
    part = _FLOW_KEY.match(text, start, stop) if bracket == "{" else None
    start = part.end() if part else start
    value = text[start:stop].strip()
    if not value or "\n" in value or not _breaks(value):
        return None
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    return must_quote(source.span(start, start + len(value)))


def _breaks(value: str) -> bool:
    if value[0] in "\"'":
        return bool(_AFTER_QUOTE.match(value))
    return value[0] not in "{[" and (
        value[0] in _NEEDS_QUOTES or ": " in value or value.endswith(":")
    )


def must_quote(span: Span) -> Finding:
    """Say that the value at `span` must be quoted, with the quoted text as the fix."""
    value, meant = span.text, span.text
    mark = value[0] if value[0] in _NEEDS_QUOTES + "\"'" else ":"
    if mark in "\"'" and value[-1] == mark and value.count(mark) % 2:
        meant = value[1:-1]  # a quote inside the quotes: 'it's x'
    remark = Remark(
        span=span,
        args={"seen": value, "mark": mark, "suggestion": quoted(meant)},
        fix=Fix("quote", (Edit(span, quoted(meant)),)),
    )
    return Finding(MUST_QUOTE, MUST_QUOTE.level, remark)


def quoted(value: str) -> str:
    """Write a text as a YAML scalar in double quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def quote_fix(span: Span, *, safe: bool = True) -> Fix:
    """Put what stands at `span` in double quotes."""
    return Fix("quote", (Edit(span, quoted(span.text)),), safe)


def spaces_for_tabs(source: Source) -> Fix:
    """Indent with two spaces for each tab; unsafe, since nobody can see how wide a tab was."""
    edits = tuple(
        Edit(source.span(match.start(), match.end()), match[0].replace("\t", "  "))
        for match in _TAB_INDENT.finditer(source.text)
    )
    return Fix("indent", edits, safe=False)
