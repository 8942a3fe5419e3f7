"""The order of merged parts: one change of order is kept, insertions go behind their neighbour."""

from __future__ import annotations

import pytest

from smartplan.compare.merge_order import merge_order, natural


def order(base: str, ours: str, theirs: str) -> str:
    """Merge orders of one-letter names."""
    sides = ([("entry", name) for name in side] for side in (base, ours, theirs))
    return "".join(name for _, name in merge_order(*sides).names)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "abcx", "abcy", "abcxy"),
        ("abc", "abcy", "abcx", "abcxy"),
        ("abc", "axbc", "aybc", "axybc"),
        ("abc", "xabc", "abcy", "xabcy"),
        ("abc", "cab", "abcx", "cabx"),
        ("abc", "abcx", "cab", "cabx"),
        ("abc", "ac", "abxc", "abxc"),
        ("", "x", "y", "xy"),
        ("abc", "abcpq", "abcxy", "abcpqxy"),
        ("abc", "cba", "bac", "cba"),
    ],
)
def test_order(base: str, ours: str, theirs: str, expected: str) -> None:
    """What base had and one side deleted keeps its place, for the case that it comes back."""
    assert expected == order(base, ours, theirs)


def test_who_chose() -> None:
    """Two orders clash; what both put in at two places is displaced, and stands as in ours."""
    entries = [[("entry", name) for name in side] for side in ("abc", "cba", "bac")]
    assert merge_order(*entries).clash
    entries = [[("entry", name) for name in side] for side in ("abc", "abcx", "axbc")]
    assert merge_order(*entries).displaced == (("entry", "x"),)
    assert merge_order(*entries).names[-1] == ("entry", "x")
    assert merge_order(*entries, as_ours=False).names[1] == ("entry", "x")


def test_ids_are_ordered_as_people_count() -> None:
    """A-2 stands before A-10."""
    assert sorted(["A-10", "A-2", "B-1"], key=natural) == ["A-2", "A-10", "B-1"]
