"""A file is laid out in one way, and says the same afterwards."""

from __future__ import annotations

import pytest

from smartplan.text.cutting import Uncuttable
from smartplan.text.layout import laid_out
from smartplan.text.source import Source

KEYS = {
    (): ("format", "provenance"),
    ("actions",): ("id", "title", "summary", "years", "budget", "note", "provenance"),
}


def tidy(text: str) -> str:
    """Lay a text out with a few known keys."""
    return laid_out(Source("plan.yaml", text), lambda route: KEYS.get(route, ()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:   1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("\n\n# kepala\n\n\na: 1", "# kepala\n\na: 1\n"),
        ("a: 1   \nb: 2 # dua   \n", "a: 1\nb: 2 # dua\n"),
        ("a:\n- x\n-   y\n", "a:\n  - x\n  - y\n"),
        ("a:\n    b: 1\n    c:\n        d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
        ("a:\n  -\n    id: x\n    n: 1\n", "a:\n  - id: x\n    n: 1\n"),
        ("a: { x: 1,y:  [ 2,3 ] }\n", "a: {x: 1, y: [2, 3]}\n"),
        ("a: [1, 2,]\n", "a: [1, 2,]\n"),
        ("actions:\n  - title: Satu\n    id: A\n", "actions:\n  - id: A\n    title: Satu\n"),
        ("b: 1\nprovenance: {}\nformat: 1\n", "format: 1\nprovenance: {}\nb: 1\n"),
        (
            "actions:\n  - id: A\n    # sebab\n    note: x\n    title: y  # judul\n",
            "actions:\n  - id: A\n    title: y  # judul\n    # sebab\n    note: x\n",
        ),
        ("a: |\n    satu\n\n\n    dua\nb: 1\n", "a: |\n    satu\n\n\n    dua\nb: 1\n"),
        ("a: >-\n  satu\n  dua\n", "a: >-\n  satu\n  dua\n"),
        ("a: 'x'\nb: \"y\"\nc: 01\n", "a: 'x'\nb: \"y\"\nc: 01\n"),
        ("a: &x   1\nb:  *x\n", "a: &x 1\nb: *x\n"),
        ("a: [1, # satu\n  2]\n", "a: [1, # satu\n  2]\n"),
        ("a:\nb:\n", "a:\nb:\n"),
        ("a: 1\r\nb:   2\r\n", "a: 1\r\nb: 2\r\n"),
        ("---\na:  1\n", "---\na: 1\n"),
    ],
)
def test_the_house_layout(before: str, after: str) -> None:
    """What changes, and what stays as somebody wrote it."""
    assert tidy(before) == after
    assert tidy(after) == after


def test_a_key_moves_past_no_comment_of_its_own() -> None:
    """A comment with a blank line below it parts the keys: above stays above."""
    text = "actions:\n  - id: A\n    note: x\n\n    # Uang\n\n    title: y\n"
    assert tidy(text) == text


def test_an_anchor_stays_above_its_alias() -> None:
    """Where the order of keys would part them, the keys stay as they are."""
    text = "actions:\n  - id: A\n    note: &n x\n    title: *n\n"
    assert tidy(text) == text


@pytest.mark.parametrize(
    "text",
    ["a: 'x\n", "a: 1\na: 2\n", "a: {b: 1\n", "a: 1\rb: 2\n"],
)
def test_what_is_not_understood_is_left_alone(text: str) -> None:
    """A broken file may hold anything; nobody guesses what it should look like."""
    with pytest.raises(Uncuttable):
        tidy(text)
