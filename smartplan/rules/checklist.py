"""What each stage asks for, as a list for people, and the rules that speak of it.

The stages and their deliverables are those of the four workshops (domain.md 1.9, rule R09), then of
the final plan, its adoption and its years. No rule of its own: a deliverable is missing if one of
its rules says so.
"""

from __future__ import annotations

from smartplan.figures.status import Ask, Deliverable
from smartplan.plan.faults import NO_AGENCY
from smartplan.rules import (
    city,
    delivery,
    direction,
    evaluation,
    measure,
    money,
    quick_wins,
    structure,
)
from smartplan.rules.rule import Rule


def _ask(*asked: Rule | tuple[Rule, str]) -> tuple[Ask, ...]:
    """Name rules, each with what it must call missing if it speaks of several things."""
    pairs = ((one, "") if isinstance(one, Rule) else one for one in asked)
    return tuple(Ask(rule.code.id, part) for rule, part in pairs)


_NO_SUCH_OWNER = Ask(NO_AGENCY.id, place=".owner")


_PARTS, _DUE = structure.part_of_masterplan_missing, structure.deliverable_missing
_TOOK_PART = direction.participation_missing

CHECKLIST = (
    # First workshop: where the city stands, and where it wants to go
    Deliverable("readiness", "bimtek-1", _ask((_DUE, "readiness")), "readiness"),
    Deliverable("swot", "bimtek-1", _ask((_DUE, "swot")), "swot"),
    Deliverable("gaps", "bimtek-1", _ask((_DUE, "gap")), "gap"),
    Deliverable("vision", "bimtek-1", _ask(direction.vision_missing), "vision"),
    Deliverable("bodies", "bimtek-1", _ask(city.body_missing)),
    Deliverable("book_1", "bimtek-1", _ask((_PARTS, "Buku I"))),
    # Second workshop: direction and a first action plan
    Deliverable(
        "missions",
        "bimtek-2",
        _ask((_DUE, "mission"), direction.mission_unused),
        "mission",
    ),
    Deliverable(
        "served",
        "bimtek-2",
        _ask((_DUE, "mission"), direction.dimension_without_mission),
        "dimension",
        needs="mission",
    ),
    Deliverable(
        "goals",
        "bimtek-2",
        _ask((_DUE, "goal"), direction.goal_without_action, direction.goal_without_ground),
        "goal",
    ),
    Deliverable("strategies", "bimtek-2", _ask((_DUE, "strategy")), "strategy"),
    Deliverable(
        "actions",
        "bimtek-2",
        _ask(direction.dimension_without_action),
        "dimension",
        needs="action",
    ),
    Deliverable("groups", "bimtek-2", _ask(delivery.enabling_group_missing), needs="action"),
    Deliverable(
        "placing",
        "bimtek-2",
        _ask(direction.dimension_missing, direction.element_outside_dimension),
        "action",
    ),
    Deliverable("roadmap", "bimtek-2", _ask((_PARTS, "road map")), "roadmap"),
    Deliverable("years", "bimtek-2", _ask(delivery.years_missing), "action", owed=True),
    Deliverable("heard_vision", "bimtek-2", _ask((_TOOK_PART, "vision"))),
    Deliverable("book_2", "bimtek-2", _ask((_PARTS, "Buku II"))),
    # Third workshop: quick wins with their risks
    Deliverable(
        "quick_wins",
        "bimtek-3",
        _ask((_PARTS, "quick wins"), quick_wins.dimension_without_quick_win),
        "dimension",
        needs="quick_win",
    ),
    Deliverable(
        "profiles",
        "bimtek-3",
        _ask(quick_wins.quick_win_incomplete, quick_wins.quick_win_too_long),
        "quick_win",
        owed=True,
    ),
    Deliverable("risks", "bimtek-3", _ask((_DUE, "risk")), "risk"),
    Deliverable("heard_actions", "bimtek-3", _ask((_TOOK_PART, "actions"))),
    # Fourth workshop: commitment, the last book
    Deliverable("commitment", "bimtek-4", _ask(city.commitment_missing)),
    Deliverable("heard_quick_wins", "bimtek-4", _ask((_TOOK_PART, "quick wins"))),
    Deliverable("book_3", "bimtek-4", _ask((_PARTS, "Buku III"))),
    # The final plan: every action can be carried out and measured
    Deliverable(
        "owner",
        "final",
        (*_ask(city.owner_missing, city.owner_not_in_office), _NO_SUCH_OWNER),
        "action",
        owed=True,
    ),
    Deliverable("indicator", "final", _ask(delivery.indicator_missing), "action", owed=True),
    Deliverable(
        "measure",
        "final",
        _ask(
            measure.unit_missing,
            measure.baseline_missing,
            measure.series_missing,
            measure.indicator_unattended,
        ),
        "indicator",
        owed=True,
    ),
    Deliverable(
        "budget",
        "final",
        _ask(money.year_without_budget, money.volume_missing, money.zero_without_reason),
        "action",
        owed=True,
    ),
    Deliverable(
        "origin",
        "final",
        _ask(delivery.origin_missing, direction.action_outside_rpjmd),
        "action",
        owed=True,
    ),
    Deliverable("alignment", "final", _ask(direction.vision_not_aligned), "vision"),
    Deliverable(
        "elements", "final", _ask(direction.element_not_covered), "element", needs="action"
    ),
    # Adopted, and carried out year by year
    Deliverable("act", "adopted", _ask(city.no_adopting_act, city.adopting_act_not_in_force)),
    Deliverable("codes", "adopted", _ask(money.budget_codes_missing), needs="action"),
    Deliverable("reading", "running", _ask(measure.reading_missing), "indicator", owed=True),
    Deliverable("meetings", "running", _ask(city.body_did_not_meet), "institution"),
    Deliverable("quick_win_states", "running", _ask(quick_wins.quick_win_status_old), "quick_win"),
    Deliverable(
        "evidence",
        "running",
        _ask(evaluation.score_without_evidence),
        "evaluation",
        optional=True,
    ),
    Deliverable("term", "running", _ask(structure.past_its_end)),
    # Whatever else is wrong
    Deliverable("sound", "draft", ()),
)
"""Every deliverable, in the order of the stages; the last takes the errors of no other."""
