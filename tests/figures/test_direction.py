"""Goals, strategies, coverage, and what other plans they follow."""

from __future__ import annotations

from samples import plan_of

from smartplan.figures import direction

PLAN = """\
missions: [{id: M-1, text: Satu}, {id: M-2, text: Dua}, {id: M-3, text: Tiga}]
goals:
  - {id: G-1, text: Satu, element: governance.service, missions: [M-1]}
  - {id: G-2, text: Dua}
strategies:
  - {id: STR-1, text: Satu, goals: [G-1, G-2]}
  - {id: STR-2, text: Dua}
actions:
  - {id: A-1, title: Satu, elements: [governance.service], missions: [M-2]}
swot: [{id: W-1, kind: weakness, text: Lemah}]
alignment:
  - {id: RPJMD, kind: rpjmd, title: RPJMD, elements: [{id: visi, kind: vision, text: Visi}]}
vision:
  id: V-1
  text: Visi
  aligned_with: [{document: RPJMD, element: visi}, {document: RPJMD, element: misi-9}]
"""


def test_goals_by_element() -> None:
    """Every element has its goals; a goal without element comes last."""
    found = direction.goals_by_element(plan_of(PLAN))
    assert 19 == len(found)
    assert ["G-1"] == [one.id for one in found["governance.service"]]
    assert ["G-2"] == [one.id for one in found[None]]


def test_strategies_by_goal() -> None:
    """A strategy stands under each of its goals; one without goals is loose."""
    plan = plan_of(PLAN)
    found = direction.strategies_by_goal(plan)
    assert {"G-1": ["STR-1"], "G-2": ["STR-1"]} == {
        key: [one.id for one in group] for key, group in found.items()
    }
    assert ["STR-2"] == [one.id for one in direction.loose_strategies(plan)]


def test_coverage() -> None:
    """Each element knows what serves it."""
    found = {one.element.id: one for one in direction.coverage(plan_of(PLAN))}
    served = found["governance.service"]
    assert (["G-1"], ["A-1"]) == (
        [one.id for one in served.goals],
        [one.id for one in served.actions],
    )
    assert ((), ()) == (found["branding.tourism"].goals, found["branding.tourism"].actions)


def test_unserved_missions() -> None:
    """A mission that neither a goal nor an action serves is found."""
    assert ["M-3"] == [one.id for one in direction.unserved_missions(plan_of(PLAN))]


def test_swot_has_four_kinds() -> None:
    """All four kinds are there, with or without items."""
    found = direction.swot(plan_of(PLAN))
    assert [0, 1, 0, 0] == [len(group) for group in found.values()]


def test_alignments() -> None:
    """A reference leads to the document, and to its part if that is listed."""
    plan = plan_of(PLAN)
    assert plan.vision
    found = direction.alignments(plan, plan.vision.aligned_with)
    assert ["Visi", None] == [one.element.text if one.element else None for one in found]
    assert ["Visi"] == [
        one.element.text for one in direction.visions(plan.all("document")) if one.element
    ]
