"""What the benches measure is a plan as it should be: no error, in either layout."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from samples import checked

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import city_plan


@pytest.mark.parametrize("layout", ["split", "dim"])
def test_the_measured_plan_has_no_errors(layout: str) -> None:
    """Else the time of saying them would be measured."""
    findings = checked(city_plan.files(60, layout)).findings
    assert [] == [one.code.id for one in findings if one.span.source.path.startswith("actions/")]
    assert [] == [one.code.id for one in findings if one.level == "error"]
