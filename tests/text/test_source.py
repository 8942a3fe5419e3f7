"""Sources, spans and edits: lines, columns, and replacing text without touching the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartplan.text.source import Edit, Source, apply


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\nb\n", ["a", "b", ""]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb", ["a", "b"]),
        ("a\n\r\nb", ["a", "", "b"]),
        ("a\u2028b\x85c\x0bd\u2029e", ["a\u2028b\x85c\x0bd\u2029e"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    """LF, CRLF and a lone CR end a line; nothing else does."""
    source = Source("a.yaml", text)
    assert lines == [source.line(number + 1) for number in range(len(source.line_starts))]


def test_line_past_the_end() -> None:
    """A line that the text does not have is empty."""
    source = Source("a.yaml", "a\n")
    assert ["", "", ""] == [source.line(0), source.line(3), source.line(99)]


@pytest.mark.parametrize(
    ("text", "sought", "place"),
    [
        ("a: 1\nb: x\n", "x", (2, 4)),
        ("a: 1\r\nb: x\r\n", "x", (2, 4)),
        ("kelurahan: Mogolaing é x", "x", (1, 24)),
        ("a: \U0001f600\U0001f600x", "x", (1, 6)),
        ("a:\tx", "x", (1, 4)),
        ("a: e\u0301x", "x", (1, 6)),
    ],
)
def test_columns_count_code_points(text: str, sought: str, place: tuple[int, int]) -> None:
    """A column is one code point, whatever its width in bytes or on the screen; a tab is one."""
    source = Source("a.yaml", text)
    span = source.span(text.index(sought))
    assert place == (span.line, span.column)


def test_span_ends_just_after_its_text() -> None:
    """The end of a span is exclusive, and may lie on a later line."""
    span = Source("a.yaml", "ab\ncd\n").span(1, 4)
    assert ("b\nc", (1, 2), (2, 2)) == (span.text, (span.line, span.column), span.end_position)


@given(st.text(), st.integers(-5, 40), st.none() | st.integers(-5, 40))
def test_spans_lie_inside_the_text(text: str, start: int, end: int | None) -> None:
    """Any request gives a span inside the text, never an exception."""
    span = Source("a.yaml", text).span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert span.line >= 1
    assert span.column >= 1


@given(st.text(alphabet="ab\r\n\u2028é"), st.integers(0, 30))
def test_position_is_the_way_back_to_an_offset(text: str, offset: int) -> None:
    """Line and column name one character: going back gives the same offset."""
    source = Source("a.yaml", text)
    offset = min(offset, len(text))
    line, column = source.position(offset)
    assert offset == source.line_starts[line - 1] + column - 1


def test_byte_order_mark_is_no_text() -> None:
    """A byte order mark is remembered and stands in no line; columns begin after it."""
    source = Source.from_bytes("a.yaml", b"\xef\xbb\xbfid: x")
    assert (True, "id: x", (1, 5)) == (source.bom, source.text, source.position(4))


def test_bytes_that_are_not_utf8_survive() -> None:
    """A byte that is not UTF-8 becomes one character, from which the byte can be had again."""
    raw = b"nama: caf\xe9"
    source = Source.from_bytes("a.yaml", raw)
    assert raw == source.text.encode("utf-8", "surrogateescape")


def test_source_is_named_as_git_names_it() -> None:
    """A source of a revision is shown with it."""
    assert "plans/a.yaml" == str(Source("plans/a.yaml", ""))
    assert "HEAD~1:plans/a.yaml" == str(Source("plans/a.yaml", "", "HEAD~1"))


def test_edits_are_made_in_any_order() -> None:
    """Edits count from the old text, so that their order does not matter."""
    source = Source("a.yaml", "satu dua tiga")
    edits = [Edit(source.span(0, 4), "1"), Edit(source.span(9, 13), "3")]
    assert "1 dua 3" == apply(source, edits) == apply(source, reversed(edits))


def test_empty_span_inserts() -> None:
    """An edit of an empty span puts text in and takes none away."""
    source = Source("a.yaml", "ab")
    assert "axb" == apply(source, [Edit(source.span(1, 1), "x")])


@pytest.mark.parametrize("spans", [((0, 3), (2, 4)), ((0, 4), (1, 2)), ((1, 3), (1, 3))])
def test_overlapping_edits_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    """Two edits of one character are a contradiction."""
    source = Source("a.yaml", "abcd")
    with pytest.raises(ValueError, match="overlap"):
        apply(source, [Edit(source.span(*one), "x") for one in spans])


def test_edit_of_another_file_is_refused() -> None:
    """An edit belongs to the text that it was made for."""
    other = Source("b.yaml", "abcd")
    with pytest.raises(ValueError, match="another file"):
        apply(Source("a.yaml", "abcd"), [Edit(other.span(0, 1), "x")])


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.text(max_size=5))))
def test_text_outside_of_edits_stays(text: str, cuts: list[tuple[int, str]]) -> None:
    """Whatever is edited, every character outside the spans stays as it was."""
    source = Source("a.yaml", text)
    ends = sorted({min(at, len(text)) for at, _new in cuts})
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    news = [new for _at, new in cuts]
    edits = [Edit(source.span(*one), new) for one, new in zip(pairs, news, strict=False)]
    kept = [0, *(edge for pair in pairs for edge in pair), len(text)]
    expected = ""
    for number, (start, stop) in enumerate(zip(kept[::2], kept[1::2], strict=True)):
        expected += text[start:stop] + (news[number] if number < len(edits) else "")
    assert expected == apply(source, edits)
