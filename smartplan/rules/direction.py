"""Rules on vision, dimensions and their coverage (family D)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action
    from smartplan.plan.plan import Plan


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


RULES = (
    vision_missing,
    dimension_without_action,
    element_outside_dimension,
    element_not_covered,
    dimension_missing,
)
