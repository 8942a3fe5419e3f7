"""The one door to the YAML parser: one pass of events gives data and the place of every value.

The parser is libyaml, through ruamel.yaml's C extension. The data is YAML 1.2 core, with two
differences that the plan format asks for: keys are always text, and a number stays the text that
was written (`Number`), since only the field that reads it knows whether `71.10` is a code.

Places are `Nodes`: no tree of nodes is kept, because it would need six times the memory.
"""

from __future__ import annotations

import re
from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from smartplan.text import faults
from smartplan.text.finding import Finding, Remark, Term, finding
from smartplan.text.mend import mended, removed
from smartplan.text.nodes import (
    ALIAS,
    BLOCK,
    EMPTY,
    MAPPING,
    QUOTED,
    SCALAR,
    SEQUENCE,
    Nodes,
    Parsed,
)
from smartplan.text.scalar import plain_value

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

    from smartplan.text.scalar import Value
    from smartplan.text.source import Source, Span

MAX_DEPTH = 60
MAX_VALUES = 4_000_000


class _Stop(Exception):  # noqa: N818  # carries a finding up, is no error of ours
    def __init__(self, found: Finding) -> None:
        self.found = found


def parse(source: Source) -> Parsed:
    """Read a source. Never raises for its content: the first syntax error is a finding."""
    findings = list(faults.before_parsing(source))
    if findings:
        return Parsed(None, Nodes(), tuple(findings), broken=True)
    builder = _Builder(source)
    try:
        data = builder.document()
    except _Stop as stop:
        return Parsed(None, Nodes(), (*builder.findings, stop.found), broken=True)
    except MarkedYAMLError as error:
        began = error.context_mark.index if error.context_mark else None
        at = error.problem_mark.index if error.problem_mark else began or 0
        if (opened := builder.ran_on(at)) is not None:
            found = finding(faults.UNCLOSED, source.span(opened), opener=source.text[opened])
            return Parsed(None, Nodes(), (found,), broken=True)
        found = faults.explain(
            source,
            error.problem or "",
            at,
            context=error.context or "",
            began=began,
            bracket=builder.brackets[-1] if builder.brackets else None,
        )
        if found.code is faults.TAB_INDENT:
            found = _indented(source, found)
        return Parsed(None, Nodes(), (found,), broken=True)
    except ReaderError as error:
        found = faults.explain(source, str(error.reason), error.position)
        return Parsed(None, Nodes(), (found,), broken=True)
    return Parsed(data, builder.nodes, tuple(builder.findings), broken=False)


def _indented(source: Source, found: Finding) -> Finding:
    """Offer spaces for the tabs of the indentation, if the file can be read with them."""
    fix = faults.spaces_for_tabs(source)
    text, _made = mended(source, [fix])
    if text == source.text or parse(replace(source, text=text)).broken:
        return found
    return found._replace(remark=replace(found.remark, fix=fix))


_BLOCK_STYLES = frozenset("|>")
_CUT = re.compile(r"\S( #)[0-9A-Za-z]")
_COMMA_UNIT = re.compile(r"\d+ (?:ribu|jt|juta|miliar|milyar|M|T|triliun)")
_COMMA_TAIL = re.compile(r"\d.*|-")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_TAG_END = re.compile(r"[\s,}\]]")


class _Builder:
    """Builds data and places out of events; one use."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.nodes = Nodes()
        self.findings: list[Finding] = []
        self.anchors: dict[str, tuple[int, Value, int]] = {}
        self.open: set[str] = set()
        self.brackets: list[int] = []
        self.expanded = 0
        self.next = CParser(source.text).get_event

    def document(self) -> Value:
        self.next()
        event = self.next()
        if isinstance(event, StreamEndEvent):
            whole = self.source.span(0)
            self.findings.append(finding(faults.EMPTY_FILE, whole))
            return None
        data = self.value(self.next(), 0)
        while not isinstance(event := self.next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                span = self.span(event.start_mark.index, event.end_mark.index)
                fix = None if self.text[span.end :].strip() else removed(span, member=False)
                self.findings.append(finding(faults.SEVERAL_DOCUMENTS, span, fix=fix))
                break
            assert isinstance(event, DocumentEndEvent)  # noqa: S101  # the grammar of events
        if _CUT.search(self.text):
            self.findings.extend(self.cut_off_texts())
        if separator := faults.unseen_separator(self.source, self.in_quotes):
            self.findings.append(separator)
        return data

    def ran_on(self, at: int) -> int | None:
        """Find a quote that a later quote closed: its text runs over lines up to the trouble."""
        nodes = self.nodes
        for index in range(len(nodes.kind) - 1, -1, -1):
            if nodes.kind[index] == QUOTED:
                start, end = nodes.start[index], nodes.end[index]
                lines = [self.source.position(one)[0] for one in (start, end, at)]
                return start if lines[0] < lines[1] == lines[2] else None
        return None

    def in_quotes(self, offset: int) -> bool:
        nodes = self.nodes
        return any(
            nodes.start[index] < offset < nodes.end[index]
            for index in range(len(nodes.kind))
            if nodes.kind[index] == QUOTED
        )

    def span(self, start: int, end: int) -> Span:
        return self.source.span(start, end)

    def value(self, event: Event, depth: int) -> Value:
        if type(event) is ScalarEvent:
            return self.scalar(event)
        if type(event) is AliasEvent:
            return self.alias(event)
        if depth >= MAX_DEPTH:
            span = self.span(event.start_mark.index, event.end_mark.index)
            raise _Stop(
                finding(faults.TOO_BIG, span, problem=Term(f"deeper than {MAX_DEPTH} levels"))
            )
        before = self.expanded
        anchor: str | None = getattr(event, "anchor", None)
        if anchor:
            self.open.add(anchor)
        self.refuse_tag(event)
        index = len(self.nodes.kind)
        data: Value
        if type(event) is MappingStartEvent:
            data = self.mapping(event, depth)
        else:
            assert isinstance(event, SequenceStartEvent)  # noqa: S101  # the grammar of events
            data = self.sequence(event, depth)
        if anchor:
            self.open.discard(anchor)
            self.anchors[anchor] = (index, data, self.expanded - before)
        return data

    def count(self, weight: int, event: Event) -> None:
        self.expanded += weight
        if self.expanded > MAX_VALUES:
            span = self.span(event.start_mark.index, event.end_mark.index)
            raise _Stop(
                finding(faults.TOO_BIG, span, problem=Term(f"more than {MAX_VALUES} values"))
            )

    def scalar(self, event: ScalarEvent) -> Value:
        start, end, text = event.start_mark.index, event.end_mark.index, event.value
        style, anchor, tag = event.style, event.anchor, event.tag
        if anchor or tag is not None:
            start = self.after_properties(start, end)
        kind = SCALAR
        data: Value = text
        if not style and tag is None:
            data = plain_value(text)
            kind = EMPTY if start == end else SCALAR
        elif style:
            kind = BLOCK if style in _BLOCK_STYLES else QUOTED
            if kind == BLOCK:
                end -= len(self.text[start:end]) - len(self.text[start:end].rstrip())
        if tag is not None:
            self.refuse_tag(event)
        index = self.nodes.add(kind, start, end)
        self.expanded += 1
        if self.expanded > MAX_VALUES:
            self.count(0, event)
        if anchor:
            self.anchors[anchor] = (index, data, 1)
        return data

    def after_properties(self, start: int, end: int) -> int:
        """Give where a value begins behind its anchor and tag."""
        match = _PROPERTIES.match(self.text, start, end)
        return match.end() if match else start

    def alias(self, event: AliasEvent) -> Value:
        start, end = event.start_mark.index, event.end_mark.index
        name = event.anchor
        if name in self.open or name not in self.anchors:
            self.findings.append(self.unknown_alias(start, end))
            self.nodes.add(EMPTY, start, end)
            return None
        target, data, weight = self.anchors[name]
        self.nodes.aliases[self.nodes.add(ALIAS, start, end)] = target
        self.count(weight, event)
        return data

    def unknown_alias(self, start: int, end: int) -> Finding:
        span = self.span(start, end)
        fix = faults.quote_fix(span, safe=not self.anchors)  # else a misspelt alias
        return finding(faults.UNKNOWN_ALIAS, span, fix=fix, seen=span.text)

    def refuse_tag(self, event: Event) -> None:
        if getattr(event, "tag", None) is None:
            return
        start = self.text.find("!", event.start_mark.index, event.end_mark.index)
        start = event.start_mark.index if start < 0 else start
        stop = _TAG_END.search(self.text, start)
        span = self.span(start, stop.start() if stop else len(self.text))
        fix = None
        if type(event) is ScalarEvent and not event.style and not span.text.startswith("!!"):
            fix = faults.quote_fix(self.span(start, max(event.end_mark.index, span.end)))
        self.findings.append(finding(faults.TAG, span, fix=fix, seen=span.text))

    def sequence(self, event: SequenceStartEvent, depth: int) -> list[Value]:
        nodes = self.nodes
        index = nodes.add(SEQUENCE, event.start_mark.index, event.end_mark.index)
        flow = event.flow_style
        if flow:
            self.brackets.append(event.start_mark.index)
        items: list[Value] = []
        while type(child := self.next()) is not SequenceEndEvent:
            here = len(nodes.kind)
            item = self.value(child, depth + 1)
            if (
                flow
                and items
                and type(child) is ScalarEvent
                and self.comma_item(items, here, child)
            ):
                continue
            items.append(item)
        self.close(index, child, flow=flow)
        self.count(1, child)
        return items

    def close(self, index: int, event: Event, *, flow: bool) -> None:
        """Set where a collection ends: at its bracket, or with its last value."""
        nodes = self.nodes
        nodes.after[index] = len(nodes.kind)
        if flow:
            self.brackets.pop()
            nodes.end[index] = event.end_mark.index
        elif len(nodes.kind) > index + 1:
            nodes.end[index] = max(nodes.end[index], nodes.end[-1])
            nodes.end[index] = max(nodes.end[index], self.last_end(index))

    def last_end(self, index: int) -> int:
        """Where the last child ends; a flow collection ends after its last value."""
        nodes = self.nodes
        child, last = index + 1, index + 1
        while child < len(nodes.kind):
            last, child = child, nodes.after[child]
        return nodes.end[last]

    def mapping(self, event: MappingStartEvent, depth: int) -> dict[str, Value]:
        nodes = self.nodes
        index = nodes.add(MAPPING, event.start_mark.index, event.end_mark.index)
        flow = event.flow_style
        if flow:
            self.brackets.append(event.start_mark.index)
        data: dict[str, Value] = {}
        sources: list[tuple[int, Value]] = []
        slot = -1  # the node of the value before, for the decimal comma
        last = ""
        while type(child := self.next()) is not MappingEndEvent:
            key = self.key(child, depth)
            key_node = len(nodes.kind) - 1
            value_event = self.next()
            if flow and slot >= 0 and self.comma_key(child, value_event, slot):
                data[last] = self.rejoin(slot, key_node)
                continue
            slot = len(nodes.kind)
            value = self.value(value_event, depth + 1)
            if key is None:
                continue
            if key == "<<" and isinstance(child, ScalarEvent) and not child.style:
                sources.append((slot, value))
                nodes.keys[key_node] = key
                continue
            if key in data:
                self.duplicate(key, key_node, index, same=value == data[key])
                slot = -1
                continue
            nodes.keys[key_node] = key
            data[key] = value
            last = key
        self.close(index, child, flow=flow)
        self.count(1, child)
        self.merge(data, index, sources)
        return data

    def key(self, event: Event, depth: int) -> str | None:
        if type(event) is ScalarEvent:
            kind = QUOTED if event.style else SCALAR
            self.nodes.add(kind, event.start_mark.index, event.end_mark.index)
            if event.tag is not None:
                self.refuse_tag(event)
            self.expanded += 1
            return intern(str(event.value))  # a few names, thousands of times
        here = len(self.nodes.kind)
        span = self.span(event.start_mark.index, event.end_mark.index)
        self.value(event, depth + 1)
        # A key is one node; what stood inside it is forgotten.
        for column in (self.nodes.start, self.nodes.end, self.nodes.after, self.nodes.kind):
            del column[here + 1 :]
        self.nodes.after[here] = here + 1
        self.nodes.kind[here] = EMPTY
        self.findings.append(finding(faults.KEY_NOT_TEXT, span))
        return None

    def duplicate(self, key: str, node: int, mapping: int, *, same: bool) -> None:
        nodes = self.nodes
        child = mapping + 1
        while nodes.keys.get(child) != key:
            child = nodes.after[nodes.after[child]]
        first = self.span(nodes.start[child], nodes.end[child])
        whole = self.span(nodes.start[node], max(nodes.end[node], nodes.end[node + 1]))
        remark = Remark(
            span=self.span(nodes.start[node], nodes.end[node]),
            fix=removed(whole, member=False) if same else None,
            args={"seen": key, "first": first.line},
            related=(("first", first),),
        )
        self.findings.append(Finding(faults.DUPLICATE_KEY, faults.DUPLICATE_KEY.level, remark))

    def merge(self, data: dict[str, Value], index: int, sources: list[tuple[int, Value]]) -> None:
        """Apply `<<`: own keys win, then the earlier of several anchors."""
        for node, value in sources:
            for place, part in self.merged_parts(node, value):
                if isinstance(part, dict):
                    self.nodes.merges.setdefault(index, []).append(place)
                    for key, inherited in part.items():
                        data.setdefault(key, inherited)

    def merged_parts(self, node: int, value: Value) -> list[tuple[int, Value]]:
        if not isinstance(value, list):
            return [(node, value)]
        parts: list[tuple[int, Value]] = []
        child = self.nodes.aliases.get(node, node) + 1
        for part in value:
            parts.append((child, part))
            child = self.nodes.after[child]
        return parts

    # The decimal comma: `{amount: 2,5 miliar}` comes as `2` and a key `5 miliar` without a value.

    def comma_key(self, key: Event, value: Event, slot: int) -> bool:
        if type(key) is not ScalarEvent or type(value) is not ScalarEvent or key.style:
            return False
        empty = not value.style and value.start_mark.index == value.end_mark.index
        return (
            empty
            and bool(_COMMA_TAIL.fullmatch(key.value))
            and self.touches(slot, key.start_mark.index)
        )

    def comma_item(self, items: list[Value], here: int, event: ScalarEvent) -> bool:
        """Join `2` and `5 miliar` in a list; `[2024,2026]` stays two items."""
        slot = here - 1
        if event.style or not _COMMA_UNIT.fullmatch(event.value):
            return False
        if not self.touches(slot, event.start_mark.index):
            return False
        items[-1] = self.rejoin(slot, here)
        return True

    def touches(self, slot: int, start: int) -> bool:
        """Tell whether a plain value that ends in a digit ends just before the comma at `start`."""
        end = self.nodes.end[slot]
        return (
            self.nodes.kind[slot] == SCALAR
            and start == end + 1
            and self.text[end] == ","
            and self.text[end - 1].isdigit()
        )

    def rejoin(self, slot: int, tail: int) -> str:
        nodes = self.nodes
        nodes.end[slot] = nodes.end[tail]
        whole = self.text[nodes.start[slot] : nodes.end[slot]]
        for name, (index, _value, weight) in self.anchors.items():
            if index == slot:
                self.anchors[name] = (slot, whole, weight)
        for column in (nodes.start, nodes.end, nodes.after, nodes.kind):
            del column[slot + 1 :]
        span = self.span(nodes.start[slot], nodes.end[slot])
        last = self.findings[-1] if self.findings else None
        if last and last.code is faults.DECIMAL_COMMA and last.span.start == span.start:
            self.findings.pop()
        fix, written = faults.quote_fix(span), faults.quoted(span.text)
        told = {"seen": span.text, "suggestion": written}
        self.findings.append(finding(faults.DECIMAL_COMMA, span, fix=fix, **told))
        return span.text

    def cut_off_texts(self) -> list[Finding]:
        """Find plain values that a `#` without a blank behind it cuts off: `Koridor #2`."""
        nodes, found = self.nodes, []
        ends = {
            nodes.end[index]: index
            for index in range(len(nodes.kind))
            if nodes.kind[index] == SCALAR
        }
        for match in _CUT.finditer(self.text):
            index = ends.get(match.start(1))
            if index is None or index in nodes.keys:
                continue
            line_end = self.text.find("\n", match.end())
            stop = len(self.text) if line_end < 0 else line_end
            whole = self.span(
                nodes.start[index],
                nodes.start[index] + len(self.text[nodes.start[index] : stop].rstrip()),
            )
            lost = self.span(match.start(1) + 1, whole.end)
            fix = faults.quote_fix(whole, safe=match[0][-1].isdigit())  # else a comment, perhaps
            told = {"seen": lost.text, "suggestion": faults.quoted(whole.text)}
            found.append(finding(faults.CUT_OFF, lost, fix=fix, **told))
        return found
