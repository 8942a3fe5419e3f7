"""Some hundred spoiled plans in every run of the tests; `python -m tests.fuzz` tries more."""

from __future__ import annotations

import fuzz
import pytest

CASES = 75


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_plans_break_nothing(seed: int) -> None:
    """Whatever stands in the files: findings with places, in every format, and no exception."""
    wrong = [f"case {one}: {told}" for one in range(CASES) for told in fuzz.tried(seed, one)]
    assert not wrong


def test_a_case_is_the_same_every_time() -> None:
    """Seed and number alone make a case."""
    one, other = fuzz.Case.of(7, 11), fuzz.Case.of(7, 11)
    assert [each.text for each in one.after] == [each.text for each in other.after]
    assert any(
        [each.text for each in case.before] != [each.text for each in case.after]
        for case in (fuzz.Case.of(7, number) for number in range(3))
    )


def test_trouble_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in a case is told with its place, and the case goes on."""

    def fail(_case: fuzz.Case) -> None:
        message = "on purpose"
        raise ValueError(message)

    monkeypatch.setitem(fuzz.TRIED, "fmt", fail)
    monkeypatch.setattr(fuzz, "SHARES", {"fmt": 1.0})
    told = fuzz.tried(1, 1)
    assert len(told) == 1
    assert told[0].startswith("fmt: ValueError at test_fuzz.py:")
