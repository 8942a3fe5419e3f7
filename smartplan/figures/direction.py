"""Where the plan leads: goals by element, strategies by goal, and what nothing leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smartplan.plan.delivery import Action
    from smartplan.plan.direction import (
        Crosswalk,
        DocumentElement,
        DocumentRef,
        Goal,
        Mission,
        PlanningDocument,
        Strategy,
        Swot,
    )
    from smartplan.plan.entity import Entity
    from smartplan.plan.plan import Plan
    from smartplan.plan.registers import Element
    from smartplan.plan.yardsticks import Scheme


def goals_by_element(plan: Plan) -> dict[str | None, tuple[Goal, ...]]:
    """Group goals by element: every element of the taxonomy, what has none last."""
    groups: dict[str | None, list[Goal]] = {key: [] for key in plan.registers.taxonomy.elements}
    for goal in plan.goals:
        groups.setdefault(goal.element, []).append(goal)
    return {key: tuple(group) for key, group in groups.items()}


def strategies_by_goal(plan: Plan) -> dict[str, tuple[Strategy, ...]]:
    """Give the strategies that lead to each goal, by the goal's id."""
    groups: dict[str, list[Strategy]] = {}
    for strategy in plan.all("strategy"):
        for goal in plan.resolve(strategy.goals, "goal"):
            groups.setdefault(goal.id, []).append(strategy)
    return {key: tuple(group) for key, group in groups.items()}


def loose_strategies(plan: Plan) -> tuple[Strategy, ...]:
    """Give the strategies that lead to no goal of the plan."""
    return tuple(one for one in plan.all("strategy") if not plan.resolve(one.goals, "goal"))


def swot(plan: Plan) -> dict[str, tuple[Swot, ...]]:
    """Group the SWOT analysis by its four kinds; what has no kind is left out."""
    kinds = ("strength", "weakness", "opportunity", "threat")
    return {kind: tuple(one for one in plan.all("swot") if one.kind == kind) for kind in kinds}


class Coverage(NamedTuple):
    """How an element of the taxonomy is served.

    Attributes:
        element: the element.
        goals: the goals that are set in it.
        actions: the actions that serve it.
    """

    element: Element
    goals: tuple[Goal, ...]
    actions: tuple[Action, ...]


def coverage(plan: Plan) -> tuple[Coverage, ...]:
    """Tell what serves each element, in the order of the taxonomy."""
    goals = goals_by_element(plan)
    actions: dict[str, list[Action]] = {}
    for action in plan.actions:
        for element in action.elements:
            actions.setdefault(element, []).append(action)
    return tuple(
        Coverage(element, goals[key], tuple(actions.get(key, ())))
        for key, element in plan.registers.taxonomy.elements.items()
    )


def unserved_missions(plan: Plan) -> tuple[Mission, ...]:
    """Give the missions that no goal and no action serves."""
    of_goals = {name for goal in plan.goals for name in goal.missions}
    of_actions = {name for action in plan.actions for name in action.missions}
    served = {id(one) for one in plan.resolve(of_goals | of_actions)}
    return tuple(one for one in plan.missions if id(one) not in served)


class Alignment(NamedTuple):
    """A part of another planning document that something of the plan follows.

    Attributes:
        document: the document.
        element: its part; none if the whole document is meant, or the part is not listed.
    """

    document: PlanningDocument
    element: DocumentElement | None


def alignments(plan: Plan, refs: Iterable[DocumentRef]) -> tuple[Alignment, ...]:
    """Follow references into other planning documents, leaving out what cannot be found."""
    found = ((plan.get(one.document, "document"), one.element) for one in refs)
    return tuple(Alignment(each, part(each, name)) for each, name in found if each is not None)


def part(document: PlanningDocument, name: str | None) -> DocumentElement | None:
    """Give the part of a planning document that has a name local to the document."""
    return next((one for one in document.elements if name and one.id == name), None)


def visions(documents: Sequence[PlanningDocument]) -> tuple[Alignment, ...]:
    """Give every wording of a vision that the documents hold, to be set side by side."""
    return tuple(
        Alignment(document, element)
        for document in documents
        for element in document.elements
        if element.kind == "vision"
    )


class Pointer(NamedTuple):
    """What an item is in a frame of others.

    Attributes:
        it: the entry of the crosswalk.
        item: the item.
        scheme: the frame.
        name: what the code is called there, or the goal that it belongs to; none if not known.
    """

    it: Crosswalk
    item: Entity
    scheme: Scheme
    name: dict[str, str] | None


POINTED_AT = ("action", "indicator", "goal", "strategy", "mission")
"""Kinds of items that the crosswalk speaks of."""


def pointers(plan: Plan) -> tuple[Pointer, ...]:
    """Give the entries of the crosswalk whose item and scheme are known, in their order."""
    found = []
    for one in plan.all("crosswalk"):
        item, scheme = plan.get(one.item, *POINTED_AT), plan.registers.schemes.get(one.scheme or "")
        if item is not None and scheme is not None and one.code:
            found.append(Pointer(one, item, scheme, scheme.name_of(one.code)))
    return tuple(found)
