"""Whom a comment belongs to, and what is cut or left in one piece."""

from __future__ import annotations

import pytest

from smartplan.text.binding import write
from smartplan.text.cutting import Uncuttable, cut
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.text.tree import Entry, Group, Note, Scalar, Tree

PLAN = """\
# The file's own comment
schema: v1
actions:  # all of them
  # about A-01
  - id: A-01
    tags: [a, b]
    # about the note
    note: x  # a tail
    # the last of A-01

  # set off

  # about A-02
  - id: A-02
    note: |
      text # no comment
# the end
"""


def tree_of(text: str) -> Tree:
    """Read and cut a text."""
    return cut(Document.read(Source("plan.yaml", text)))


def group(value: object) -> Group:
    """Give a value that is a group."""
    assert isinstance(value, Group)
    return value


def test_comments_belong_to_what_stands_below_or_beside() -> None:
    """Heads, tails and notes: to the entry below, the line, the group."""
    tree = tree_of(PLAN)
    assert tree.preamble == ("# The file's own comment",)
    schema, actions, end = tree.root.parts
    assert isinstance(schema, Entry)
    assert isinstance(actions, Entry)
    assert schema.head == ()
    assert actions.tail == "  # all of them"
    assert isinstance(end, Note)
    assert end.text == "# the end"
    first, note, second = group(actions.value).parts
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert [line.text for line in first.head] == ["# about A-01"]
    assert isinstance(note, Note)
    assert note.text == "# set off"
    assert [line.text for line in second.head] == ["# about A-02"]
    *_, remark, last = group(first.value).parts
    assert isinstance(remark, Entry)
    assert [line.text for line in remark.head] == ["# about the note"]
    assert remark.tail == "  # a tail"
    assert isinstance(last, Note)
    assert last.text == "# the last of A-01"


LAYOUTS = [
    PLAN,
    "a: 1",
    "a:\n- b\n- c: 1\n  d: 2\n-   e: 3\n    f: 4\n",
    "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n",
    "- - x\n  - y\n- z\n",
    "a: >-\n  one\n\n  two\n\n\nb: |+\n  x\n\n\nc: 1\n",
    "a: {b: 1, c: [x, y],\n    d: 2}  # tail\ne: 'two\n  lines'\n",
    "---\n# head\na:\n\n  # first\n\n  b: 1\n\n\n",
    "a:\n  - # dash alone\n    b: 1\n  -\n    c: 2\n",
    "a:    \nb: 1   \n",
    '"a b": 1\n? x\n: 2\n',
    "a: [\n  x,  # one\n  y,\n]\n",
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_nothing_is_lost(text: str) -> None:
    """Writing the tree gives the text; else the knife says that it cannot cut it."""
    try:
        tree = tree_of(text)
    except Uncuttable:
        assert "? x" in text
    else:
        assert text == write(tree)


def test_what_has_no_known_layout_stays_in_one_piece() -> None:
    """A list in a list is text that says something, so that it can be compared and copied."""
    (entry,) = tree_of("a:\n  - - x\n    - y\n").root.entries
    (item,) = group(entry.value).entries
    assert isinstance(item.value, Scalar)
    assert item.value.meaning == ["x", "y"]


@pytest.mark.parametrize("text", ["- [\n", "text\n", "{a: 1}\n", "|\n  x\n"])
def test_a_top_that_is_no_block_cannot_be_cut(text: str) -> None:
    """Only a block mapping or a block list is a document of entries."""
    with pytest.raises(Uncuttable):
        tree_of(text)
