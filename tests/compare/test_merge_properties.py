"""What must hold for every merge, tried on random plans and edits (review of plans, 16–27)."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from merge_repository import Repository
from mutations import mutated

from plans import ALL, CONTENT, EXAMPLES, edited, page, rank, triples
from smartplan.cli.merging import Texts, merged
from smartplan.compare.merge import Merged, merge
from smartplan.text.binding import write
from smartplan.text.cutting import cut
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.text.tree import comments

if TYPE_CHECKING:
    from random import Random

    from smartplan.text.tree import Tree

ROOT = Path(__file__).parent.parent.parent
BY_DEFAULT = 100

tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES == BY_DEFAULT,
    suppress_health_check=list(HealthCheck),
)
randoms = st.randoms(use_true_random=False)


def tree_of(text: str) -> Tree:
    """Read and cut a text."""
    document = Document.read(Source("plan.yaml", text))
    assert not [one for one in document.findings if one.level == "error"]
    return cut(document)


def said(data: Any) -> Any:  # noqa: ANN401  # any YAML
    """Give data whose mappings, sets and keyed lists compare without order."""
    if isinstance(data, dict):
        return {name: said(value) for name, value in data.items()}
    if isinstance(data, list):
        return sorted((said(one) for one in data), key=repr)
    return data


def data_of(text: str) -> Any:  # noqa: ANN401  # any YAML
    """Read the data of a text."""
    return Document.read(Source("plan.yaml", text)).data


def leaves(data: Any) -> Counter[str]:  # noqa: ANN401  # any YAML
    """Count every value in a text."""
    if isinstance(data, dict):
        return sum((leaves(one) for one in data.values()), Counter())
    if isinstance(data, list):
        return sum((leaves(one) for one in data), Counter())
    return Counter([str(data)])


def calm(result: Merged) -> bool:
    """Tell whether nothing had to be decided."""
    return not result.conflicts and not result.warnings


@tried
@given(triples())
def test_cutting_loses_nothing(three: tuple[str, str, str]) -> None:
    """Writing the tree of a text gives the text."""
    for text in three:
        assert text == write(tree_of(text))


def test_real_files_are_cut_without_loss() -> None:
    """The same, for every plan file that comes with the program."""
    for path in (ROOT / "plans").rglob("*.yaml"):
        text = path.read_text("utf-8")
        assert text == write(tree_of(text)), path


@tried
@given(triples())
def test_one_side_alone_is_taken_to_the_byte(three: tuple[str, str, str]) -> None:
    """16, 17: what only one side changed, or both alike, comes out as written."""
    base, x, _ = three
    assert x == merge(base, x, base).text
    assert x == merge(base, base, x).text
    assert x == merge(base, x, x).text


@tried
@given(triples(ALL, CONTENT))
def test_symmetric(three: tuple[str, str, str]) -> None:
    """18: the same conflicts both ways; where nothing had to be decided, the same bytes."""
    base, x, y = three
    one, other = merge(base, x, y), merge(base, y, x)
    assert sorted(c.path for c in one.conflicts) == sorted(c.path for c in other.conflicts)
    if calm(one) and calm(other):
        assert one.text == other.text


@tried
@given(randoms)
def test_edits_of_different_items_commute(random: Random) -> None:
    """19: edits that do not touch each other are all in the result, without a conflict."""
    base = page(random)
    seed, cut_at = random.random(), len(base.actions()) // 2
    x, y, both = deepcopy(base), deepcopy(base), deepcopy(base)
    for made, half in ((x, "first"), (both, "first"), (y, "second"), (both, "second")):
        for number, (_, item) in enumerate(made.actions()):
            if (number < cut_at) == (half == "first"):
                item["owner"] = f"{half} {seed:.3f}"
                item["budget"]["2031"] = 7000 + number
                item["tags"].append(half)
                item["status"] = "done"
                made.tails[f"{item['id']}.owner"] = f"by {half}"
    result = merge(base.text, x.text, y.text)
    assert calm(result)
    assert both.text == result.text


@tried
@given(triples())
def test_nothing_is_invented_and_nothing_twice(three: tuple[str, str, str]) -> None:
    """20, 22: every value is one of the three texts'; no id and no key stands twice."""
    result = merge(*three)
    known = set().union(*(leaves(data_of(text)) for text in three))
    lines = {line.strip() for text in three for line in text.split("\n")}
    for value in leaves(data_of(result.ours)):
        assert value in known or set(map(str.strip, value.split("\n"))) <= lines
    ids = Counter(
        part.split("- id: ")[1].split(" ")[0]
        for part in result.ours.split("\n")
        if "- id: " in part
    )
    several = [name for name, count in ids.items() if count > 1]
    assert not several or result.conflicts


@tried
@given(triples())
def test_no_comment_is_lost(three: tuple[str, str, str]) -> None:
    """21: a comment that a side wrote, or that all keep, is in the result."""
    base, x, y = (set(comments(tree_of(text).root)) for text in three)
    result = merge(*three)
    for comment in (x - base) | (y - base) | (base & x & y):
        assert comment.lstrip("# ") in result.text


@tried
@given(triples())
def test_merging_again_changes_nothing(three: tuple[str, str, str]) -> None:
    """23: a merge that was merged with theirs once more stays as it is."""
    base, x, y = three
    result = merge(base, x, y)
    assert result.ours == merge(x, result.ours, x).text
    assume(not result.conflicts)
    assume(not any(one.kind in ("rename-inferred", "order") for one in result.warnings))
    again = merge(base, result.text, y)
    assert result.text == again.text


@tried
@given(triples())
def test_taking_a_side_leaves_a_plan(three: tuple[str, str, str]) -> None:
    """24, 26: the result loads, with either side at conflicts; marks are there iff conflicts."""
    result = merge(*three)
    for text in (result.ours, result.theirs):
        tree_of(text)
        assert "<<<<<<<" not in text
        assert "# CONFLICT" not in text
    marked = "<<<<<<<" in result.text or "# CONFLICT" in result.text
    assert bool(result.conflicts) == marked
    assert all(one.lines for one in result.conflicts)


@tried
@given(triples(CONTENT, CONTENT))
def test_never_worse_than_git(three: tuple[str, str, str]) -> None:
    """25: where git is clean, and its file says what ours or theirs say, we are clean too."""
    base, x, y = three
    theirs = merged(Texts(base.encode(), x.encode(), y.encode(), marker=7, name="p"), "0")
    result = merge(base, x, y)
    if theirs.clean and not result.conflicts:
        by_git = Document.read(Source("p", theirs.raw.decode()))
        if said(by_git.data) != said(data_of(result.text)):
            assert _is_wrong(by_git, three)
    elif theirs.clean:
        assert all(one.kind.startswith(DUE) for one in result.conflicts), result.conflicts


DUE = ("delete/modify", "move/", "id-collision", "identity", "rule:", "order", "add/add")
"""Conflicts that git does not see, because they are far apart in the text."""


def _is_wrong(by_git: Document, three: tuple[str, str, str]) -> bool:
    """Tell whether git's clean file is no plan, or has what neither side has in any one item."""
    if by_git.broken or any(one.level == "error" for one in by_git.findings):
        return True
    text = by_git.source.text
    ids = Counter(line.split("- id: ")[1] for line in text.split("\n") if "- id: " in line)
    return max(ids.values()) > 1 or _items(by_git.data) != _items(merge(*three).text)


def _items(data: Any) -> list[str]:  # noqa: ANN401  # any YAML
    return sorted(map(repr, leaves(data)))


@tried
@given(randoms, st.sampled_from(sorted((ROOT / "plans").rglob("*.yaml"))))
def test_real_files(random: Random, path: Path) -> None:
    """Files as cities write them, with random edits: symmetric, nothing lost, stable."""
    base = path.read_text("utf-8")
    x, y = mutated(base, random, "x"), mutated(base, random, "y")
    one, other = merge(base, x, y), merge(base, y, x)
    assert sorted(c.path for c in one.conflicts) == sorted(c.path for c in other.conflicts)
    if calm(one) and calm(other):
        assert one.text == other.text
        assert one.text == merge(base, one.text, y).text
    b, o, t = (set(comments(tree_of(text).root)) for text in (base, x, y))
    for comment in (o - b) | (t - b) | (b & o & t):
        assert comment.lstrip("# ") in one.text


@settings(tried, max_examples=min(EXAMPLES, 100))
@given(triples(ALL, ALL))
def test_damaged_files_keep_both_sides(three: tuple[str, str, str]) -> None:
    """26: a text cut anywhere is merged as text, never refused and never lost."""
    base, x, y = three
    broken = x[: len(x) // 2] + "\n  - : [\n"
    outcome = merged(Texts(base.encode(), broken.encode(), y.encode(), 7, "p"))
    new = set(y.splitlines()) - set(base.splitlines())
    assert all(line.encode() in outcome.raw for line in new)


@settings(tried, max_examples=min(EXAMPLES, 100) // 10)
@given(randoms)
def test_rebase_and_merge_give_one_file(random: Random) -> None:
    """27: where nothing had to be decided, the order of the commits does not matter."""
    base = page(random)
    first = edited(base, random, "x", CONTENT)
    second = edited(first, random, "z", tuple(one for one in CONTENT if one is not rank))
    theirs = edited(base, random, "y", CONTENT)
    whole = merge(base.text, second.text, theirs.text)
    step = merge(base.text, theirs.text, first.text)
    assume(calm(whole) and calm(step))
    rebased = merge(first.text, step.text, second.text)
    assume(calm(rebased))
    assert said(data_of(whole.text)) == said(data_of(rebased.text))


@settings(tried, max_examples=max(EXAMPLES // 20, 1))
@given(triples(ALL, ALL))
def test_git_gives_what_the_core_gives(three: tuple[str, str, str]) -> None:
    """28: merge, cherry-pick and merge-tree through real git write what the core writes."""
    base, ours, theirs = three
    expected = merge(base, ours, theirs)
    with TemporaryDirectory() as folder:
        made = Repository.begin(Path(folder) / "r", base)
        made.branch("theirs", theirs)
        made.commit(ours)
        said = made.git("merge-tree", "--write-tree", "main", "theirs", code=None)
        tree = next(line for line in said.splitlines() if re.fullmatch("[0-9a-f]{40}", line))
        assert made.git("show", f"{tree}:plan.yaml") == expected.text
        made.git("cherry-pick", "--allow-empty", "theirs", code=None)
        assert made.text == expected.text
        made.git("reset", "-q", "--hard", "main")
        made.git("cherry-pick", "--abort", code=None)


def test_a_large_plan_is_merged_in_a_second() -> None:
    """29: 200 items, thousands of lines; the limit is generous, machines differ."""
    from random import Random as Seeded
    from time import perf_counter

    from plans import action

    random = Seeded(1)  # noqa: S311  # no secret
    base = page(random)
    base.data.pop("phases", None)
    base.data["actions"] = [action(random, f"A-{n:03}") for n in range(200)]
    x, y = edited(base, random, "x", CONTENT), edited(base, random, "y", CONTENT)
    three = base.text, x.text, y.text
    begun = perf_counter()
    merge(*three)
    assert perf_counter() - begun < 3


def test_git_is_there() -> None:
    """The tests above compare with a git that runs."""
    assert subprocess.run(["git", "--version"], check=True, capture_output=True).stdout  # noqa: S607
