"""Rules on vision, dimensions and their coverage (family D)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.figures import direction as figures
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action, Participation
    from smartplan.plan.direction import Crosswalk, Goal, PlanningDocument
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment


@rule(
    "D013",
    "vision-missing",
    WARNING,
    says="The plan has no smart-city vision.",
    from_stage={"bimtek-1": ERROR},
)
def vision_missing(plan: Plan) -> Iterator[Mark]:
    """Checks that the plan has a vision.

    Why: the vision is the first thing the guide asks for, and all missions follow from it.
    Fix: write it under `vision`.
    Source: domain rule R13
    """
    if plan.vision is None and plan.whole and "vision" not in plan.lost:
        yield at(plan.header)


@rule(
    "D017",
    "dimension-without-action",
    WARNING,
    says="No action belongs to the dimension {dimension}.",
    from_stage={"final": ERROR},
)
def dimension_without_action(plan: Plan) -> Iterator[Mark]:
    """Checks that every dimension of the taxonomy has an action.

    Why: the evaluation asks for programmes in each dimension.
    Fix: add an action, or explain the gap under `checks.ignore`.
    Source: domain rule R17
    """
    if not plan.knows_all("action", "dimension"):
        return
    used = {action.dimension for action in plan.actions}
    for dimension in plan.registers.taxonomy.dimensions:
        if dimension.id not in used:
            path = f"dimensions[{dimension.id}]"
            yield at(plan.header, "taxonomy", path=path, dimension=dimension.id)


@rule(
    "D117",
    "element-not-covered",
    WARNING,
    says="No action serves the element {element}.",
)
def element_not_covered(plan: Plan) -> Iterator[Mark]:
    """Checks that every element of a dimension that has actions is served by one.

    Why: elements are scored one by one; one that is left out should be left out knowingly.
    Fix: name the element in an action, or explain the gap under `checks.ignore`.
    Source: domain rule R17
    """
    if not plan.knows_all("action", "dimension", "elements"):
        return
    dimensions = {action.dimension for action in plan.actions}
    served = {element for action in plan.actions for element in action.elements}
    for element in plan.registers.taxonomy.elements.values():
        if element.dimension in dimensions and element.id not in served:
            path = f"elements[{element.id}]"
            yield at(plan.header, "taxonomy", path=path, element=element.id)


@rule(
    "D018",
    "element-outside-dimension",
    ERROR,
    of="action",
    says="The element {element} belongs to none of the action's dimensions ({dimensions}).",
)
def element_outside_dimension(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action's elements belong to its dimension or to one under `also`.

    Why: the action would be counted under a dimension that it does not name.
    Fix: add the element's dimension under `also`, or choose another element.
    Source: domain rule R18
    """
    if action.dimension is None or not plan.knows(action, "dimension", "also"):
        return
    dimensions = [action.dimension, *action.also]
    elements = plan.registers.taxonomy.elements
    for number, name in enumerate(action.elements):
        belongs = elements[name].dimension
        if belongs not in dimensions:
            yield at(
                action, "elements", number, element=name, dimensions=dimensions, suggestion=belongs
            )


@rule(
    "D118",
    "dimension-missing",
    ERROR,
    of="action",
    says="The action belongs to no dimension.",
)
def dimension_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action, of whatever kind, has one primary dimension.

    Why: an action without a dimension is in no table and in no sum by dimension.
    Fix: name the dimension it serves most; further ones go under `also`.
    Source: domain rule R18
    """
    if action.dimension is None and plan.knows(action, "dimension"):
        yield at(action)


@rule(
    "D014",
    "vision-not-aligned",
    WARNING,
    says="The vision follows no vision or mission of an RPJMD.",
    from_stage={"final": ERROR},
)
def vision_not_aligned(plan: Plan) -> Iterator[Mark]:
    """Checks that the vision names the RPJMD (or RPJPD) that it follows.

    Why: the evaluation sets both side by side, and the RPJMD is what gets budgeted.
    Fix: add the document under `alignment` and name it in `vision.aligned_with`.
    Source: domain rule R14; Banda Aceh, Penajam Paser Utara
    """
    vision = plan.vision
    if vision is None or not plan.knows(vision, "aligned_with"):
        return
    documents = [plan.get(one.document, "document") for one in vision.aligned_with]
    if all(one is not None and one.kind not in (*LONG_TERM, None) for one in documents):
        yield at(vision, "aligned_with", at_key=True)


LONG_TERM = ("rpjmd", "rpjpd")
"""The development plans of the city that a masterplan follows."""


@rule(
    "D015",
    "mission-unused",
    WARNING,
    says="No goal and no action serves the mission.",
)
def mission_unused(plan: Plan) -> Iterator[Mark]:
    """Checks that every mission is served by a goal or an action.

    Why: a mission that nothing serves is a sentence, not a plan.
    Fix: name the mission in a goal or an action, or leave it out.
    Source: domain rule R15
    """
    if plan.knows_all("goal", "missions") and plan.knows_all("action", "missions"):
        for mission in figures.unserved_missions(plan) if plan.goals or plan.actions else ():
            yield at(mission)


@rule(
    "D115",
    "dimension-without-mission",
    WARNING,
    says="No mission serves the dimension {dimension}.",
)
def dimension_without_mission(plan: Plan) -> Iterator[Mark]:
    """Checks that every dimension is served by a mission, once there are missions.

    Why: a dimension outside all missions gets actions that lead nowhere.
    Fix: name the dimension under a mission's `dimensions`.
    Source: domain rule R15; Kabupaten Tangerang, five missions and six dimensions
    """
    if not plan.missions or not plan.knows_all("mission", "dimensions"):
        return
    served = {dimension for mission in plan.missions for dimension in mission.dimensions}
    for dimension in plan.registers.taxonomy.dimensions:
        if dimension.id not in served:
            path = f"dimensions[{dimension.id}]"
            yield at(plan.header, "taxonomy", path=path, dimension=dimension.id)


@rule(
    "D074",
    "alignment-outside-period",
    WARNING,
    says="The plan follows {document} of {start}–{end}, which covers none of its years.",
)
def alignment_outside_period(plan: Plan) -> Iterator[Mark]:
    """Checks that a document that the plan follows covers some of its years.

    A document whose successor of the same kind is followed too is history, and not reported.

    Why: a programme of an RPJMD that is over has no budget line any more.
    Fix: follow the document that holds now, or correct its period.
    Source: domain rule R74; RPJMA 2017–2022
    """
    followed = [(one, one.period.years) for one in _followed(plan) if one.period]
    current = {one.kind for one, years in followed if set(years) & set(plan.years)}
    for document, years in followed if plan.years else ():
        if years and not set(years) & set(plan.years) and document.kind not in current:
            yield at(document, "period", document=document.heading, start=years[0], end=years[-1])


def _followed(plan: Plan) -> list[PlanningDocument]:
    """Give the documents that vision, missions and actions name, each once."""
    aligned = [one for one in (plan.vision, *plan.missions) if one is not None]
    names = [ref.document for one in aligned for ref in one.aligned_with]
    names += [one.origin.document for one in plan.actions if one.origin]
    found = plan.resolve((name for name in names if name), "document")
    return list({id(one): one for one in found}.values())


LINKED = ("rpjmd", "rpjpd", "rkpd", "renstra")
"""Documents through which an action comes into the budget of the city."""


@rule(
    "D075",
    "action-outside-rpjmd",
    WARNING,
    of="action",
    says="Nothing leads from the action to the RPJMD: no origin, no budget code, no mission.",
)
def action_outside_rpjmd(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action is tied to the RPJMD, an RKPD or a Renstra.

    Its origin, a budget code, or a mission (its own or that of its goals) that follows such a
    document ties it.

    Why: what is in none of them never reaches KUA-PPAS and APBD.
    Fix: name the programme under `origin`, the budget code, or a mission that follows the RPJMD.
    Source: domain rule R75; Bitung, 1000 wifi points never budgeted; Solok
    """
    if action.codes or not plan.knows(action, "origin", "codes", "missions", "goals"):
        return
    goals = [plan.get(name) for name in action.goals]
    of_goals = [name for goal in goals for name in getattr(goal, "missions", ())]
    missions = [plan.get(name) for name in (*action.missions, *of_goals)]
    refs = [ref.document for one in missions for ref in getattr(one, "aligned_with", ())]
    origin = [action.origin.document] if action.origin else []
    documents = [plan.get(name) for name in (*origin, *refs) if name]
    if None in (*goals, *missions, *documents):
        return  # one that cannot be found may be the tie
    if not any(getattr(one, "kind", None) in (*LINKED, None) for one in documents):
        yield at(action)


COPIED_FROM = ("spbe", "master-plan-tik")
"""Documents whose items are referred to, so that they stay in one place."""


@rule(
    "D076",
    "document-item-copied",
    INFO,
    says="The action repeats “{element}” of {document} without naming it as its origin.",
)
def document_item_copied(plan: Plan) -> Iterator[Mark]:
    """Checks that an item of the SPBE papers or the Master Plan TIK is referred to, not copied.

    Why: the copy and the original part ways with the next revision of either.
    Fix: write `origin: {document: …, element: …}`.
    Source: domain rule R76; assessor's note to Muara Enim
    """
    elements = {
        _plainly(part.text): (document, part)
        for document in plan.all("document")
        if document.kind in COPIED_FROM
        for part in document.elements
        if part.text
    }
    for action in plan.actions if elements else ():
        document, part = elements.get(_plainly(action.heading), (None, None))
        origin = plan.get(action.origin.document, "document") if action.origin else None
        if document and part and origin is not document and plan.knows(action, "origin"):
            yield at(
                action,
                "title",
                related=(("document", document),),
                element=part.id,
                document=document.heading,
            )


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


@rule(
    "D078",
    "goal-without-ground",
    WARNING,
    of="goal",
    says="The goal answers no gap, SWOT item, readiness finding or fact.",
)
def goal_without_ground(goal: Goal, plan: Plan) -> Iterator[Mark]:
    """Checks that every goal is traced to something that was found in the analysis.

    Why: the factual basis is what masterplans are weakest in.
    Fix: name what it answers under `grounds`.
    Source: domain rule R78; ITB, 22 masterplans; first workshop
    """
    if not goal.grounds and plan.knows(goal, "grounds"):
        yield at(goal)


@rule(
    "D177",
    "crosswalk-code-implausible",
    WARNING,
    of="crosswalk",
    says="“{seen}” does not look like a code of {scheme}.",
)
def crosswalk_code_implausible(crosswalk: Crosswalk, plan: Plan) -> Iterator[Mark]:
    """Checks that a code can be one of its scheme.

    Of the SDGs every goal and target is known; of other schemes only what a code looks like.

    Why: a reader who looks the code up finds nothing, or something else.
    Fix: write the code as the scheme prints it, in quotes: “11.6”.
    Source: domain rule R77
    """
    scheme = plan.registers.schemes.get(crosswalk.scheme or "")
    if scheme and crosswalk.code and not scheme.holds(crosswalk.code):
        yield at(crosswalk, "code", seen=crosswalk.code, scheme=scheme.id)


SUBJECTS = {
    "vision": ("bimtek-2", ("vision", "visi", "missions", "misi")),
    "actions": ("bimtek-3", ("actions", "action_plan", "action plan", "aksi", "rencana aksi")),
    "quick wins": ("bimtek-4", ("quick_wins", "quick wins", "quick win")),
}
"""What people should have had a say in, from which stage on, and how it is called."""
WHO = ("groups", "agencies", "partners", "villages", "participants")
"""The fields of an entry that tell who took part, or how many."""


@rule(
    "D079",
    "participation-missing",
    WARNING,
    says="Nothing tells who took part, and when, in: {missing}.",
)
def participation_missing(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that who took part is recorded for vision, action plan and quick wins.

    An entry counts if it has a date and says who or how many took part; others are told by
    participation-incomplete.

    Why: participation is, beside facts, what masterplans are weakest in, and it is scored.
    Fix: add an entry under `participation` with `date`, who took part, and `subject`.
    Source: domain rule R79; ITB, 22 masterplans; evaluation instrument, quick-win criteria
    """
    if not plan.knows_all("participation", *WHO, "date", "subject"):
        return
    told = {
        _plainly(subject)
        for one in plan.all("participation")
        if one.date and any(getattr(one, who) for who in WHO)
        for subject in one.subject
    }
    missing = [
        Term(subject)
        for subject, (stage, words) in SUBJECTS.items()
        if when.reached(stage) and not told & set(words)
    ]
    if missing:
        yield at(plan.header, path="participation", missing=missing)


@rule(
    "D179",
    "participation-incomplete",
    WARNING,
    of="participation",
    says="The entry does not tell: {missing}.",
)
def participation_incomplete(entry: Participation, plan: Plan) -> Iterator[Mark]:
    """Checks that an entry tells when it was, who took part, and in what part of the plan.

    Why: “the public was involved” proves nothing; a date and a list of those who came do.
    Fix: add `date`, `subject`, and one of `groups`, `agencies`, `partners`, `villages`.
    Source: domain rule R79; ITB, 22 masterplans
    """
    missing = [
        Term(what)
        for what, fields in {"date": ("date",), "who": WHO, "subject": ("subject",)}.items()
        if not any(getattr(entry, one) for one in fields) and plan.knows(entry, *fields)
    ]
    if missing:
        yield at(entry, missing=missing)


@rule(
    "D101",
    "goal-without-action",
    WARNING,
    says="No action leads to the goal.",
)
def goal_without_action(plan: Plan) -> Iterator[Mark]:
    """Checks that an action leads to every goal, itself or through a strategy it carries out.

    Why: a goal that nobody works for is not reached.
    Fix: name the goal in an action, or leave it out.
    Source: our own; feature study, rules about plan sense
    """
    known = plan.knows_all("action", "goals", "strategies") and plan.knows_all("strategy", "goals")
    if not known or not plan.actions:
        return
    reached = {id(goal) for goal in _reached(plan)}
    for goal in plan.goals:
        if id(goal) not in reached:
            yield at(goal)


def _reached(plan: Plan) -> list[Goal]:
    """Give the goals that actions lead to: those that they name, and those of their strategies."""
    carried_out = {name for action in plan.actions for name in action.strategies}
    named = {name for action in plan.actions for name in action.goals}
    for strategy in plan.resolve(carried_out, "strategy"):
        named.update(strategy.goals)
    return plan.resolve(named, "goal")


@rule(
    "D102",
    "goal-without-indicator",
    WARNING,
    of="goal",
    says="No indicator shows whether the goal is reached.",
)
def goal_without_indicator(goal: Goal, plan: Plan) -> Iterator[Mark]:
    """Checks that every goal has an indicator.

    Why: actions can all be done and the goal still be missed, unseen.
    Fix: name an indicator under `indicators`.
    Source: our own; feature study, rules about plan sense
    """
    if not goal.indicators and plan.knows(goal, "indicators"):
        yield at(goal)


@rule(
    "D103",
    "action-without-goal",
    WARNING,
    of="action",
    says="The action leads to no goal.",
)
def action_without_goal(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action leads to a goal, once the plan has goals.

    Why: what leads nowhere is the first thing to be cut, or should be.
    Fix: name the goal under `goals`, or a strategy that leads to one.
    Source: our own; feature study, rules about plan sense
    """
    named = action.goals or action.strategies
    if plan.goals and not named and plan.knows(action, "goals", "strategies"):
        yield at(action)


RULES = (
    vision_missing,
    dimension_without_action,
    element_outside_dimension,
    element_not_covered,
    dimension_missing,
    vision_not_aligned,
    mission_unused,
    dimension_without_mission,
    alignment_outside_period,
    action_outside_rpjmd,
    document_item_copied,
    crosswalk_code_implausible,
    goal_without_ground,
    participation_missing,
    participation_incomplete,
    goal_without_action,
    goal_without_indicator,
    action_without_goal,
)
