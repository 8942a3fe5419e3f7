"""New records: whatever is written reads back as the text it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.text.writing import record, scalar

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def read(text: str) -> object:
    """Parse a file."""
    document = Document.read(Source("a.yaml", text))
    assert not document.broken, text
    return document.data


@given(TEXTS)
def test_any_text_reads_back_as_it_was(text: str) -> None:
    """Blanks, quotes, line ends, signs that YAML reads, letters of any script."""
    assert {"a": text} == read(f"a: {scalar(text)}\n")


@given(st.lists(TEXTS, min_size=1), st.dictionaries(TEXTS, TEXTS, min_size=1))
def test_lists_and_mappings_read_back_as_they_were(
    members: list[str], pairs: dict[str, str]
) -> None:
    """In a record of a collection, in the order they were given."""
    found = read(record("baselines", {"name": "v1", "contains": members, "items": pairs}))
    assert {"baselines": [{"name": "v1", "contains": members, "items": pairs}]} == found


@pytest.mark.parametrize(
    "word", ["yes", "No", "null", "true", "OFF", "y", "1", "1e3", "~", "0x1", "-"]
)
def test_words_that_yaml_reads_as_something_else_are_quoted(word: str) -> None:
    """By any version of YAML."""
    assert f'"{word}"' == scalar(word)


def test_plain_words_stand_bare_and_empty_fields_are_left_out() -> None:
    """A record is as short as a person would write it."""
    text = record("approvals", {"by": "Sekda", "role": "", "items": {}, "ref": "BA 4/2026"})
    assert 'approvals:\n  - by: Sekda\n    ref: "BA 4/2026"\n' == text
