"""Rules on actions and their order (family A); those on quick wins stand in `quick_wins`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smartplan.figures import delivery as figures
from smartplan.plan.delivery import ENABLING_GROUPS
from smartplan.rules.rule import Mark, at, rule
from smartplan.text.finding import ERROR, INFO, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.delivery import Action
    from smartplan.plan.direction import Goal
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment


@rule(
    "A024",
    "years-outside-period",
    WARNING,
    of="action",
    says="The action is active in {years}, outside the plan's period {start}–{end}.",
)
def years_outside_period(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action is active within the period of the plan.

    Why: years outside the plan are in no budget table and no road map of it.
    Fix: correct the years; earlier work belongs into `events` or `inventory`.
    Source: domain rule R24
    """
    outside = [year for year in action.years if plan.years and year not in plan.years]
    if outside:
        yield at(action, "years", years=outside, start=plan.years[0], end=plan.years[-1])


@rule(
    "A124",
    "years-missing",
    WARNING,
    of="action",
    says="The action has no years.",
    from_stage={"final": ERROR},
)
def years_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action says when it is active.

    Why: without years it is not on the road map and in no yearly budget.
    Fix: write the years, such as [2024, 2026-2028].
    Source: domain rules R24 and R49
    """
    if not action.years and plan.knows(action, "years"):
        yield at(action)


@rule(
    "A026",
    "indicator-missing",
    WARNING,
    of="action",
    says="The action has no indicator with a unit and a target.",
    from_stage={"final": ERROR},
)
def indicator_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action has an indicator with a unit and a target.

    Why: money was spent and nobody can say for what: document, result or effect.
    Fix: add an indicator with `unit` and `targets`.
    Source: domain rule R26
    """
    if any(one.unit and one.targets for one in action.indicators):
        return
    clear = all(plan.knows(one, "unit", "targets") for one in action.indicators)
    if clear and plan.knows(action, "indicators"):
        yield at(action, "indicators", at_key=True)


@rule(
    "A032",
    "dependency-cycle",
    ERROR,
    says="The actions wait for each other: {cycle}.",
)
def dependency_cycle(plan: Plan) -> Iterator[Mark]:
    """Checks that no action waits for itself, however long the way round.

    Why: none of them could ever begin.
    Fix: take out the dependency that is not needed.
    Source: domain rule R32
    """
    for cycle in _cycles(plan):
        first = cycle[0]
        names = " → ".join(one.id or "" for one in (*cycle, first))
        related = tuple(("cycle", one) for one in cycle[1:])
        number = next(
            i
            for i, one in enumerate(first.depends_on)
            if plan.get(one, "action") is cycle[1 % len(cycle)]
        )
        yield at(first, "depends_on", number, related=related, cycle=names)


def _cycles(plan: Plan) -> Iterator[list[Action]]:
    """Find one cycle in each knot of actions, beginning with its first action in the plan."""
    done: set[str] = set()
    for start in plan.actions:
        path: list[Action] = []
        stack = [(start, iter(_before(start, plan)))] if start.id not in done else []
        on_path = {start.id}
        if stack:
            path.append(start)
        while stack:
            action, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                on_path.discard(action.id)
                done.add(action.id or "")
            elif following.id in on_path:
                yield path[path.index(following) :]
            elif following.id not in done:
                stack.append((following, iter(_before(following, plan))))
                path.append(following)
                on_path.add(following.id)


def _before(action: Action, plan: Plan) -> list[Action]:
    return plan.resolve(action.depends_on, "action")


def _waits_for(action: Action, other: Action, plan: Plan) -> bool:
    """Tell whether an action waits for another, however long the way."""
    waiting, seen = [action], set()
    while waiting:
        for one in _before(waiting.pop(), plan):
            if one is other:
                return True
            if one.id not in seen:
                seen.add(one.id)
                waiting.append(one)
    return False


@rule(
    "A132",
    "prerequisite-later",
    ERROR,
    of="action",
    says="{prerequisite} must come first, but begins in {later}, after {start}.",
)
def prerequisite_later(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that a prerequisite does not begin after the action that waits for it.

    Actions that wait for each other are the concern of dependency-cycle.

    Why: the road map promises something that cannot be begun.
    Fix: move one of the two, or take out the dependency.
    Source: domain rule R32
    """
    for number, name in enumerate(action.depends_on):
        before = plan.get(name, "action")
        years = before.years if before else ()
        if not years or not action.years or years[0] <= action.years[0]:
            continue
        if not _waits_for(before, action, plan):
            yield at(
                action,
                "depends_on",
                number,
                related=(("prerequisite", before),),
                prerequisite=before.id,
                later=years[0],
                start=action.years[0],
            )


_CONTINUED = re.compile(r"[(\[]?\b(?:lanjutan|continued|continuation)\b[)\]]?", re.IGNORECASE)


@rule(
    "A025",
    "continuation-as-new-action",
    INFO,
    says="The action goes on with {other}, '{title}', under another id.",
)
def continuation_as_new_action(plan: Plan) -> Iterator[Mark]:
    """Checks that an action that goes on later stays one action.

    Why: under two ids its money and its results are counted apart, and its history is lost.
    Fix: add the years to the first action; gaps between years are allowed.
    Source: domain rule R25; “Lanjutan” in the road map of Bogor
    """
    continued = [one for one in plan.actions if _CONTINUED.search(one.heading)]
    titles = {_plainly(one.heading): one for one in reversed(plan.actions if continued else ())}
    for action in continued:
        other = titles.get(_plainly(_CONTINUED.sub(" ", action.heading)))
        if other is not None and other is not action:
            related = (("first", other),)
            yield at(action, "title", related=related, other=other.id, title=other.heading)


def _plainly(text: str) -> str:
    return " ".join(text.casefold().strip(" -–—:").split())


@rule(
    "A027",
    "enabling-group-missing",
    WARNING,
    says="No action is of the kind: {missing}.",
)
def enabling_group_missing(plan: Plan) -> Iterator[Mark]:
    """Checks that there are actions for people, infrastructure, applications and literacy.

    Why: the evaluation scores the four enabling groups beside the dimensions.
    Fix: add an action of the kind, or correct `kind` of those that are.
    Source: domain rule R27; evaluation instrument, outcome; Malang, finding 5
    """
    if not plan.actions or not plan.knows_all("action", "kind"):
        return
    kinds = {one.kind for one in plan.actions}
    if missing := [Term(kind) for kind in ENABLING_GROUPS if kind not in kinds]:
        yield at(plan.header, path="actions", missing=missing)


FEW = 3
"""Of fewer actions a share says nothing."""


@rule(
    "A028",
    "mostly-applications",
    INFO,
    says="{count} of {total} actions of the dimension {dimension} are applications.",
)
def mostly_applications(plan: Plan) -> Iterator[Mark]:
    """Checks whether more than half of the actions of a dimension are applications.

    Why: applications for their own sake are what a smart city is laughed at for.
    Fix: ask whether an existing service can be sharpened, or people trained, instead.
    Source: domain rule R28; Ponorogo, “jangan selalu ingin bikin aplikasi”
    """
    if not plan.knows_all("action", "dimension", "kind"):
        return
    for dimension, actions in figures.by_dimension(plan).items():
        count = sum(one.kind == "application" for one in actions)
        if dimension and len(actions) >= FEW and 2 * count > len(actions):
            path = f"dimensions[{dimension}]"
            yield at(
                plan.header,
                "taxonomy",
                path=path,
                count=count,
                total=len(actions),
                dimension=dimension,
            )


@rule(
    "A029",
    "origin-missing",
    WARNING,
    of="action",
    says="The action does not say where it comes from.",
)
def origin_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action names the plan that it comes from, or says that it is new.

    Why: programmes that stand in RPJMD and Renstra come first, the innovation on top.
    Fix: write `origin: {document: …, element: …}` or `origin: new`.
    Source: domain rule R29; Sleman 2021; Ponorogo, first workshop
    """
    origin = action.origin
    if not (origin and (origin.document or origin.new)) and plan.knows(action, "origin"):
        yield at(action, "origin")


@rule(
    "A030",
    "place-contradictory",
    WARNING,
    of="action",
    says="The action happens in the whole city, and yet names {names}.",
)
def place_contradictory(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action for the whole city names no single places.

    Why: nobody can tell whether the others wait in vain.
    Fix: write the level of the places that are named, or leave the names out.
    Source: domain rule R30; DESAKU TUNTAS
    """
    places = action.places
    if places and places.level == "kota" and places.names and plan.knows(action, "places"):
        yield at(action, "places", "names", names=places.names)


@rule(
    "A130",
    "place-unnamed",
    WARNING,
    of="action",
    says="The action happens by {level}, but does not say where.",
)
def place_unnamed(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action below the level of the city names its places.

    Why: villages and wards plan their own money by what is promised to them.
    Fix: add the names under `places.names`, or write `level: kota`.
    Source: domain rule R30; columns of the Renstra
    """
    places = action.places
    named = places is None or places.names or places.level in ("kota", None)
    if places and not named and plan.knows(action, "places"):
        yield at(action, "places", level=places.level)


@rule(
    "A033",
    "stop-without-reason",
    ERROR,
    of="action",
    says="The action is {status}; not told are: {missing}.",
)
def stop_without_reason(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that an action that was stopped or cancelled says why and since when.

    Why: what vanishes without a word is asked for in every evaluation that follows.
    Fix: add `status_reason` and `status_date`.
    Source: domain rule R33; Muara Enim; E-AGRIPROP
    """
    if action.status not in ("stopped", "cancelled"):
        return
    keys = ("status_reason", "status_date")
    missing = [Term(key) for key in keys if not getattr(action, key) and plan.knows(action, key)]
    if missing:
        yield at(action, "status", status=Term(action.status), missing=missing)


@rule(
    "A101",
    "action-after-its-goal",
    WARNING,
    says="The action runs until {end}; the last target of its goal {goal} is for {year}.",
)
def action_after_its_goal(plan: Plan) -> Iterator[Mark]:
    """Checks that an action does not run on after the last target year of its goal.

    Years outside the period are the concern of years-outside-period.

    Why: what is done after the goal is measured cannot help to reach it.
    Fix: end the action earlier, or set a later target.
    Source: our own; feature study, rules about plan sense
    """
    lasts = {id(goal): _last_target(goal, plan) for goal in plan.goals}
    for action in plan.actions:
        years = [year for year in action.years if year in plan.years or not plan.years]
        if not years or not plan.knows(action, "years"):
            continue
        for number, name in enumerate(action.goals):
            goal = plan.get(name, "goal")
            last = lasts.get(id(goal))
            if last is not None and years[-1] > last:
                related = (("goal", goal),)
                yield at(
                    action,
                    "goals",
                    number,
                    related=related,
                    end=years[-1],
                    goal=goal.id,
                    year=last,
                )


def _last_target(goal: Goal, plan: Plan) -> int | None:
    """Give the last year in which a goal is measured; none if that cannot be known."""
    indicators = plan.resolve(goal.indicators, "indicator")
    complete = len(indicators) == len(goal.indicators) and plan.knows(goal, "indicators")
    if not complete or not all(plan.knows(one, "targets") for one in indicators):
        return None
    return max((year for one in indicators for year in one.targets), default=None)


OVER = ("done", "stopped", "cancelled")


@rule(
    "A102",
    "action-untouched",
    INFO,
    says="The action is due in {year}, but its file was not changed for more than a year,"
    " and nothing was measured.",
    passing=True,
)
def action_untouched(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that somebody attends to an action that is due; git knows when files were changed.

    A reading of one of its indicators for this year or the last counts as attention.

    Why: most actions that nobody reports on are not carried out, and nobody notices.
    Fix: write down what was done, or the new years; explain what is only waiting.
    Source: our own; feature study, rules about plan sense
    """
    if not when.recent or not plan.knows_all("reading", "indicator", "period"):
        return
    year = when.today.year
    lately = (str(year), str(year - 1))
    read = {
        id(plan.get(one.indicator))
        for one in plan.all("reading")
        if one.period and one.period.startswith(lately)
    }
    for action in plan.actions:
        due = year in action.years and action.status not in OVER
        if not due or plan.file(action) in when.recent:
            continue
        attended = not read.isdisjoint(id(one) for one in action.indicators)
        if not attended and plan.knows(action, "status", "indicators"):
            yield at(action, "status", year=year)


RULES = (
    years_outside_period,
    indicator_missing,
    dependency_cycle,
    years_missing,
    prerequisite_later,
    continuation_as_new_action,
    enabling_group_missing,
    mostly_applications,
    origin_missing,
    place_contradictory,
    place_unnamed,
    stop_without_reason,
    action_after_its_goal,
    action_untouched,
)
