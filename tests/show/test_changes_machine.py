"""Changes for machines: fields of JSON, commands of a git host that no plan can forge."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from changing import AFTER, BEFORE, SIDES, difference, hostile, selection

from smartplan.show.changes_machine import Told, as_annotations, as_json
from smartplan.words.speaker import Speaker

FIELDS = [
    *("rule", "severity", "path", "entity", "within", "label", "op", "old", "new", "delta"),
    *("unit", "state", "better", "old_at", "new_at", "used_by", "hint", "fingerprint"),
    *("waived_by", "approved_by"),
]


def told(before: str = BEFORE, after: str = AFTER) -> list[Told]:
    """Tell of one plan."""
    found = difference(before, after)
    return [Told(SIDES, found, selection(found))]


def report(language: str = "en") -> dict[str, Any]:
    """Read what is written as JSON."""
    found: dict[str, Any] = json.loads(as_json(told(), Speaker(language)))
    return found


def test_json_has_the_settled_fields() -> None:
    """Every change has every field, in their order."""
    plan = report()["plans"][0]
    assert ["main", "folder kerja"] == [plan["before"], plan["after"]]
    assert all(list(one) == FIELDS for one in plan["changes"])


def test_json_keeps_amounts_whole() -> None:
    """Amounts are whole rupiah, numbers exact, what is unknown is counted and never 0."""
    plan = report()["plans"][0]
    raised = next(one for one in plan["changes"] if one["rule"] == "budget-raised-over")
    assert (300_000_000, 1_200_000_000, 900_000_000, "rupiah") == (
        raised["old"],
        raised["new"],
        raised["delta"],
        raised["unit"],
    )
    assert "." not in re.sub(r'"[^"]*"', "", as_json(told(), Speaker("en")))
    year = next(one for one in plan["summary"]["money"] if one["key"] == "2028")
    assert {"known": 0, "unknown": 1} == year["new"]


def test_json_says_the_same_in_every_language() -> None:
    """Only labels are translated; what programs read is not."""
    english, indonesian = report("en"), report("id")
    for one in (english, indonesian):
        one.pop("language")
        for change in one["plans"][0]["changes"]:
            change.pop("label")
    assert english == indonesian


def test_json_leaves_out_sums_of_a_part() -> None:
    """Sums of files that differ are no sums of the plan."""
    found = difference(whole=False)
    text = as_json([Told(SIDES, found, selection(found))], Speaker("en"))
    total = json.loads(text)["plans"][0]["summary"]["money"][0]
    assert (None, None, 100_000_000) == (total["old"], total["new"], total["delta"])


def test_annotations_stand_at_their_lines() -> None:
    """Each change is one command; what is gone stands at the head of its file."""
    lines = as_annotations(told(), Speaker("en")).splitlines()
    assert 6 == len(lines)
    gone = next(one for one in lines if "LIV-01" in one)
    assert gone.startswith("::warning file=plan.yaml,line=1,title=Amendment%3A action removed::")
    assert gone.endswith("(was at line 29)")
    assert all(
        re.match(r"::(error|warning|notice) file=plan\.yaml,line=\d+,title=", one) for one in lines
    )


@pytest.mark.parametrize(
    "text",
    [
        "x\n::error::palsu",
        "x\r::set-output name=a::b",
        "%0A::error::palsu",
        "a,file=/etc/passwd::b",
        "\u2028::error::palsu",
        "\x85::error::palsu",
    ],
)
def test_a_plan_cannot_forge_a_command(text: str) -> None:
    """Whatever a plan says, there is one command a change and its properties are ours."""
    found = told(*hostile(text))
    written = as_annotations(found, Speaker("id"))
    assert len(found[0].selection.shown) == len(written.splitlines())
    for line in written.splitlines():
        head = line.split("::")[1]
        names = re.findall(r"[ ,](\w+)=", head)
        assert ["file", "line", "title"] == names
