"""The example of eight changes: what is found, what it weighs, and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smartplan.compare.differ import compare
from smartplan.compare.impact import Amount, Line, impact, tally
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from smartplan.compare.differ import Difference

CASE = Path(__file__).parent / "diff_case"


def documents(name: str) -> list[Document]:
    """Read a file of the case as the only file of a plan."""
    return [Document.read(Source("plan.yaml", (CASE / name).read_text("utf-8")))]


FOUND = compare(documents("before.yaml"), documents("after.yaml"))
GENERIC = compare(documents("generic-before.yaml"), documents("generic-after.yaml"))


def test_eight_changes_of_an_adopted_plan_are_found_and_classed() -> None:
    """Each is told once, the heaviest first, then in the order of the plan."""
    told = [(c.weight.word, c.rule, c.op, c.path, str(c.old), str(c.new)) for c in FOUND.changes]
    target = "indicators[IND-ENV-01].targets.2028"
    budget, years = "actions[A-01].budget.2026", ("2025, 2026, 2027", "2025, 2026, 2027, 2028")
    renamed = "action-rename-undeclared"
    assert [
        ("amendment", "target-weakened", "set", target, "95", "90"),
        ("amendment", "action-removed", "remove", "actions[A-04]", "Open data portal", "None"),
        ("significant", "budget-raised", "set", budget, "Rp 800.000", "Rp 1.100.000"),
        ("significant", "years-later", "set", "actions[A-01].years", *map("({})".format, years)),
        ("significant", renamed, "rename", "actions[A-02B]", "A-02", "A-02B"),
        ("significant", "action-added", "add", "actions[A-05]", "None", "Smart street lighting"),
        ("routine", "status-forward", "set", "actions[A-01].status", "planned", "running"),
        ("editorial", "list-order", "reorder", "actions[A-03]", "3", "1"),
    ] == told


def test_the_changes_carry_how_much_and_whether_it_is_better() -> None:
    """The target is five worse; the budget of a year is 37.5 percent more."""
    by_rule = {one.rule: one for one in FOUND.changes}
    target, budget = by_rule["target-weakened"], by_rule["budget-raised"]
    assert (-5, "persen", False) == (target.delta, target.unit, target.better)
    assert (300_000, "rupiah") == (budget.delta, budget.unit)
    assert "37.5" == f"{budget.percent:.1f}"
    assert not by_rule["action-rename-undeclared"].declared


@pytest.mark.parametrize("found", [FOUND, GENERIC], ids=["plan", "generic"])
def test_the_money_of_the_eight_changes_adds_up(found: Difference) -> None:
    """The total and every year, before and after."""
    lines = impact(found.before, found.after)
    sums = {(line.axis, line.key): (line.old.rupiah, line.new.rupiah) for line in lines}
    assert {
        ("total", ""): (3_700_000, 5_850_000),
        ("year", "2025"): (1_650_000, 1_500_000),
        ("year", "2026"): (2_050_000, 2_350_000),
        ("year", "2027"): (0, 2_000_000),
    } == {key: value for key, value in sums.items() if key[0] in ("total", "year")}
    total = lines[0]
    assert (2_150_000, "58.1") == (total.delta, f"{total.percent:.1f}")
    assert (950_000, 2_950_000) == sums["dimension", "environment"]


def test_a_council_is_told_the_counts_it_asks_about_first() -> None:
    """One target weakened, one action later, one added, one removed."""
    counts = tally(FOUND.changes)
    assert (1, 0, 0, 1, 0, 1, 1) == (
        counts.weakened,
        counts.strengthened,
        counts.postponed,
        counts.later,
        counts.links_lost,
        counts.added,
        counts.removed,
    )


def test_the_eight_changes_are_found_where_the_format_knows_no_key() -> None:
    """The same files with keys of another plan: `start`, `end`, one `target`, no direction."""
    told = {(c.rule, c.path, str(c.old), str(c.new)) for c in GENERIC.changes}
    assert {
        ("action-removed", "actions[A-04]", "Open data portal", "None"),
        ("target-undirected", "indicators[IND-ENV-01].target", "95", "90"),
        ("action-added", "actions[A-05]", "None", "Smart street lighting"),
        ("budget-raised", "actions[A-01].budget.2026", "Rp 800.000", "Rp 1.100.000"),
        ("years-later", "actions[A-01].end", "2027", "2028"),
        ("status-forward", "actions[A-01].status", "planned", "in_progress"),
        ("action-rename-undeclared", "actions[A-02B]", "A-02", "A-02B"),
        ("list-order", "actions[A-03]", "3", "1"),
    } == told


def test_what_is_unknown_is_counted_and_never_added() -> None:
    """An amount that became unknown takes its rupiah with it and leaves a line without amount."""
    text = "actions: [{id: A, owner: x, budget: {2026: AMOUNT, 2027: 3 juta}}]"
    pair = [
        [Document.read(Source("a.yaml", text.replace("AMOUNT", a)))] for a in ("5 juta", "null")
    ]
    found = compare(*pair)
    total = impact(found.before, found.after)[0]
    assert Line("total", "", Amount(8_000_000), Amount(3_000_000, 1)) == total
    assert [("budget-unknown", -5_000_000)] == [(c.rule, c.delta) for c in found.changes]
    nothing = Line("year", "2027", Amount(), Amount(5))
    assert nothing.percent is None


@pytest.mark.parametrize(
    ("new", "percent"),
    [
        ("{2025: '1,500,000'}", None),
        ("{2025: {apbd: {note: usulan}}}", None),
        ("{2025: 0}", -100),
        ("{}", -100),
    ],
)
def test_what_is_unknown_is_no_cut(new: str, percent: int | None) -> None:
    """An amount that nobody can read or nobody knows is not told as 100 percent less."""
    before, after = (
        [Document.read(Source("plan.yaml", f"actions: [{{id: A-1, budget: {one}}}]\n"))]
        for one in ("{2025: 275 juta}", new)
    )
    change = next(one for one in compare(before, after).changes if "2025" in one.path)
    assert percent == change.percent
