"""Whatever a plan looks like: laid out it says the same, and laid out twice it stays as it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from mutations import mutated

import plans
from smartplan.compare.shapes import written_order
from smartplan.plan.arranging import arranged
from smartplan.text.cutting import Uncuttable
from smartplan.text.document import Document
from smartplan.text.layout import laid_out
from smartplan.text.source import Source

if TYPE_CHECKING:
    from random import Random


def tidy(text: str) -> str:
    """Lay a text out as `fmt` does."""
    return laid_out(Source("plan.yaml", text), written_order)


def remarks(text: str) -> Counter[str]:
    """Count the comments of a text."""
    document = Document.read(Source("plan.yaml", text))
    return Counter(one.span.text.rstrip() for one in document.comments)


def untidy(text: str, random: Random) -> str:
    """Spoil the layout: blanks before colons and behind lines, blank lines, another step."""
    lines = []
    for line in text.split("\n"):
        behind = random.randrange(1, 4) if random.random() < 0.15 and line.strip() else 0
        lines.append(line + " " * behind)
        if random.random() < 0.1 and not line.strip():
            lines.append("")
    return "\n".join(lines)


@given(st.randoms(use_true_random=False))
def test_a_layout_changes_nothing_but_the_layout(random: Random) -> None:
    """Data, comments; and the second time nothing at all."""
    text = untidy(plans.page(random).text, random)
    after = tidy(text)
    assert Document.read(Source("plan.yaml", after)).data == (
        Document.read(Source("plan.yaml", text)).data
    )
    assert remarks(after) == remarks(text)
    assert tidy(after) == after


@given(st.randoms(use_true_random=False))
def test_any_text_is_laid_out_or_left(random: Random) -> None:
    """Texts that people would not write: laid out without a loss, or refused."""
    text = mutated(plans.page(random).text, random, "x")
    try:
        after = tidy(text)
    except Uncuttable:
        return
    assert Document.read(Source("plan.yaml", after)).data == (
        Document.read(Source("plan.yaml", text)).data
    )
    assert tidy(after) == after


def data(files: dict[str, str]) -> list[Any]:
    """Give the actions of a plan's files, by their ids."""
    found: list[Any] = []
    for path, text in files.items():
        content = Document.read(Source(path, text)).data
        if isinstance(content, dict):
            found += content.get("actions") or []  # type: ignore[arg-type]  # what plans.py makes
    return sorted(found, key=lambda one: str(one["id"]))


def moved(files: dict[str, str], way: str) -> dict[str, str]:
    """Arrange files, and lay them out."""
    found = arranged(files, way)  # type: ignore[arg-type]  # split or joined
    texts = {**files, **found.files}
    return {path: tidy(text) for path, text in texts.items() if text is not None}


@given(st.randoms(use_true_random=False))
def test_split_and_joined_are_the_same_plan(random: Random) -> None:
    """Actions and comments stay, whatever way they go and come back."""
    made = plans.page(random)
    files = {"plan.yaml": tidy(made.text)}
    apart = moved(files, "split")
    together = moved(apart, "joined")
    for after in (apart, together, moved(together, "split")):
        assert data(after) == data(files)
        assert sum((remarks(text) for text in after.values()), Counter()) == remarks(made.text)
    assert moved(together, "split") == apart
