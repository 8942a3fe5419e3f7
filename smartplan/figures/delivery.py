"""Who does what and when: actions by dimension, element, agency and year; the quick wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smartplan.plan.delivery import ENABLING_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smartplan.plan.city import Agency
    from smartplan.plan.delivery import Action, Horizon
    from smartplan.plan.plan import Plan


def by_dimension(plan: Plan) -> dict[str | None, tuple[Action, ...]]:
    """Group actions by primary dimension: every dimension of the taxonomy, what has none last."""
    return _group(plan.actions, plan.registers.taxonomy.by_id, lambda one: (one.dimension,))


def enabling(plan: Plan) -> dict[str | None, tuple[Action, ...]]:
    """Group actions by the four enabling groups that the evaluation scores."""
    chosen = (one for one in plan.actions if one.kind in ENABLING_GROUPS)
    return _group(chosen, ENABLING_GROUPS, lambda one: (one.kind,))


def quick_wins(plan: Plan) -> tuple[Action, ...]:
    """Give the actions that are quick wins, in the order of the dimensions."""
    return tuple(
        action for group in by_dimension(plan).values() for action in group if action.quick_win
    )


def without_owner(plan: Plan) -> tuple[Action, ...]:
    """Give the actions that nobody leads."""
    return tuple(one for one in plan.actions if plan.get(one.owner, "agency") is None)


def without_years(plan: Plan) -> tuple[Action, ...]:
    """Give the actions of which nobody says when."""
    return tuple(one for one in plan.actions if not one.years)


class Load(NamedTuple):
    """What an agency has to do.

    Attributes:
        agency: the agency.
        leads: the actions that it leads.
        supports: the actions that it helps with.
    """

    agency: Agency
    leads: tuple[Action, ...]
    supports: tuple[Action, ...]


def loads(plan: Plan) -> tuple[Load, ...]:
    """Tell what every agency has to do, in the order of the agencies."""
    leads: dict[int, list[Action]] = {}
    supports: dict[int, list[Action]] = {}
    for action in plan.actions:
        if (owner := plan.get(action.owner, "agency")) is not None:
            leads.setdefault(id(owner), []).append(action)
        for helper in plan.resolve(action.support, "agency"):
            supports.setdefault(id(helper), []).append(action)
    return tuple(
        Load(one, tuple(leads.get(id(one), ())), tuple(supports.get(id(one), ())))
        for one in plan.agencies
    )


class Stretch(NamedTuple):
    """Years of the road map that stand together.

    Attributes:
        horizon: the horizon that they belong to; none for years outside every horizon.
        years: the years, in order.
    """

    horizon: Horizon | None
    years: tuple[int, ...]


class Matrix(NamedTuple):
    """The road map: actions by dimension at the side, years by horizon at the top.

    Attributes:
        stretches: the years, by horizon.
        rows: the actions of each dimension that has any, in order; what has none last.
    """

    stretches: tuple[Stretch, ...]
    rows: dict[str | None, tuple[Action, ...]]

    @property
    def years(self) -> tuple[int, ...]:
        """All its years, in the order of the columns."""
        return tuple(year for stretch in self.stretches for year in stretch.years)


def roadmap(plan: Plan) -> Matrix:
    """Lay the actions out over the years of the plan and of its horizons.

    A year that two horizons claim stands under the first; a year outside every horizon, in which
    an action is active, stands by itself.
    """
    horizons = plan.roadmap.horizons if plan.roadmap else ()
    owners = {year: one for one in reversed(horizons) for year in one.years}
    active = {year for action in plan.actions for year in action.years}
    stretches: list[Stretch] = []
    for year in sorted({*plan.years, *owners, *active}):
        horizon = owners.get(year)
        if stretches and stretches[-1].horizon is horizon:
            stretches[-1] = Stretch(horizon, (*stretches[-1].years, year))
        else:
            stretches.append(Stretch(horizon, (year,)))
    rows = {key: group for key, group in by_dimension(plan).items() if group}
    return Matrix(tuple(stretches), rows)


def _group(
    actions: Iterable[Action],
    order: Iterable[str],
    keys: Callable[[Action], Iterable[str | None]],
) -> dict[str | None, tuple[Action, ...]]:
    groups: dict[str | None, list[Action]] = {key: [] for key in order}
    for action in actions:
        for key in keys(action):
            groups.setdefault(key, []).append(action)
    return {key: tuple(group) for key, group in groups.items()}
