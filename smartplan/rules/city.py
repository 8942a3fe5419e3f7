"""Rules on the city and who acts in it (family C)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from smartplan.rules.rule import Drop, Mark, at, rule
from smartplan.text.finding import ERROR, WARNING, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.city import Agency, Institution, LegalAct
    from smartplan.plan.delivery import Action
    from smartplan.plan.entity import Entity
    from smartplan.plan.plan import Plan
    from smartplan.rules.rule import Moment


@rule(
    "C005",
    "no-adopting-act",
    WARNING,
    says="No act (Perda, Perwali, Perbup) adopts the plan.",
    from_stage={"adopted": ERROR},
)
def no_adopting_act(plan: Plan) -> Iterator[Mark]:
    """Checks that an act adopts the plan.

    Why: the yearly evaluation asks for it first, and without it agencies need not follow.
    Fix: add the act under `legal_basis` and name it in `plan.adopted_by`.
    Source: domain rule R05; evaluation instrument, baseline 1.1.1
    """
    if plan.header.adopted_by is None and plan.knows(plan.header, "adopted_by"):
        yield at(plan.header, "adopted_by", at_key=True)


@rule(
    "C122",
    "owner-missing",
    WARNING,
    of="action",
    says="The action has no lead agency.",
    from_stage={"final": ERROR},
)
def owner_missing(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that every action has one lead agency.

    Why: what belongs to nobody is not done; owned measures stay on track twice as often.
    Fix: name the agency under `owner`.
    Source: domain rule R22; ClearPoint, 124 local governments
    """
    if action.owner is None and plan.knows(action, "owner"):
        yield at(action)


@rule(
    "C123",
    "owner-not-in-office",
    WARNING,
    of="action",
    says="{agency} does not exist in {years}, when the action runs.",
)
def owner_not_in_office(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that the lead agency exists in all years of the action.

    Why: agencies are merged and renamed; the budget line follows the agency that exists.
    Fix: name its successor, or correct the years of the agency.
    Source: domain rule R22; domain.md 3.4
    """
    agency = plan.get(action.owner, "agency")
    valid = getattr(agency, "valid", None)
    if valid is None:
        return
    outside = [
        year
        for year in action.years
        if (valid.since and year < valid.since) or (valid.until and year > valid.until)
    ]
    if outside:
        related = (("agency", agency),)
        yield at(action, "owner", related=related, agency=agency.heading, years=outside)


@rule(
    "C105",
    "adopting-act-not-in-force",
    WARNING,
    says="The act that adopts the plan, {act}, is {state}.",
    from_stage={"adopted": ERROR},
)
def adopting_act_not_in_force(plan: Plan) -> Iterator[Mark]:
    """Checks that the act that adopts the plan is neither a draft nor repealed.

    Why: a draft binds nobody, and a repealed act does not any more.
    Fix: name the act that holds under `plan.adopted_by`, or correct its `state`.
    Source: domain rules R05 and R07
    """
    act = plan.get(plan.header.adopted_by, "legal_act")
    state = getattr(act, "state", None)
    if state in ("draft", "repealed"):
        related = (("act", act),)
        yield at(plan.header, "adopted_by", related=related, act=act.heading, state=Term(state))


FIRST_YEAR = 1945
"""The year of the oldest acts of the republic."""


@rule(
    "C006",
    "act-year-implausible",
    WARNING,
    of="legal_act",
    says="An act of {seen} cannot be; its year lies between {first} and {last}.",
)
def act_year_implausible(act: LegalAct, _plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that the year of an act is not before the republic and not beyond next year.

    Why: an act with a wrong year is not found, and an adopting act with one is contested.
    Fix: look the act up and correct `year`.
    Source: domain rule R06; “Perda No 8/220”
    """
    last = when.today.year + 1
    if act.year is not None and not FIRST_YEAR <= act.year <= last:
        yield at(act, "year", seen=act.year, first=FIRST_YEAR, last=last)


@rule(
    "C106",
    "act-not-citable",
    WARNING,
    of="legal_act",
    says="The act lacks: {missing}.",
)
def act_not_citable(act: LegalAct, plan: Plan) -> Iterator[Mark]:
    """Checks that an act has its number and its year, unless it is still a draft.

    Why: nobody can look up an act by its subject alone.
    Fix: add `number` (in quotes) and `year`, or write `state: draft`.
    Source: domain rule R06
    """
    if act.state == "draft" or not plan.knows(act, "state"):
        return
    fields = [key for key in ("number", "year") if not getattr(act, key) and plan.knows(act, key)]
    if fields:
        yield at(act, missing=[Term(f"act {key}") for key in fields])


@rule(
    "C007",
    "act-repealed",
    WARNING,
    of="legal_act",
    says="The plan rests on an act that is repealed.",
)
def act_repealed(act: LegalAct, plan: Plan) -> Iterator[Mark]:
    """Checks that the legal basis holds no repealed act.

    Of the act that adopts the plan adopting-act-not-in-force speaks.

    Why: lists of acts are copied from older papers, and reviewers notice it first.
    Fix: name the act that took its place; the history belongs into `note` or `events`.
    Source: domain rule R07; Surakarta cites PP 82/2012
    """
    if act.state == "repealed" and plan.get(plan.header.adopted_by, "legal_act") is not act:
        yield at(act, "state")


@rule(
    "C023",
    "lead-also-supports",
    WARNING,
    of="action",
    says="{agency} leads the action and stands among those who support it.",
)
def lead_also_supports(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that the lead agency is not its own helper.

    Why: it counts twice in the load of the agency, and often another one was meant.
    Fix: take it out of `support`, or name the agency that is meant.
    Source: domain rule R23
    """
    lead = plan.get(action.owner, "agency")
    for number, name in enumerate(action.support if lead else ()):
        if plan.get(name) is lead:
            yield at(action, "support", number, mend=Drop(), agency=lead.heading)


BODIES = ("council", "team", "forum")
"""Dewan Smart City, Tim Pelaksana, Forum: the bodies that the evaluation asks for."""


@rule(
    "C066",
    "body-missing",
    WARNING,
    says="The plan names no {missing}.",
)
def body_missing(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that council, team and forum are named once the workshops have begun.

    Why: each of the three is scored, and without them nobody follows the plan up.
    Fix: add the body under `institutions` with its `kind`.
    Source: domain rule R66; evaluation instrument, 1.2, 1.3 and 2.4
    """
    if not when.reached("bimtek-1") or not plan.knows_all("institution", "kind"):
        return
    known = {one.kind for one in plan.all("institution")}
    if missing := [Term(kind) for kind in BODIES if kind not in known]:
        yield at(plan.header, path="institutions", missing=missing)


@rule(
    "C166",
    "body-did-not-meet",
    WARNING,
    of="institution",
    says="No meeting with minutes in {years}.",
)
def body_did_not_meet(body: Institution, plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that each body of a running plan met in every year that is over.

    Why: the evaluation scores one meeting a year, shown by its minutes.
    Fix: add the meeting with its `minutes`, the source that records it.
    Source: domain rule R66; Malang, where the bodies were inactive
    """
    if body.kind not in BODIES or not when.reached("running") or not plan.knows(body, "meetings"):
        return
    met = {(one.date or "")[:4] for one in body.meetings if one.minutes}
    over = [year for year in plan.years if year < when.today.year]
    if years := [year for year in over if str(year) not in met]:
        yield at(body, "meetings", at_key=True, years=years)


_COMMITMENT = re.compile(r"\b(?:komitmen|pakta|commitment|pact)\b", re.IGNORECASE)


@rule(
    "C067",
    "commitment-missing",
    WARNING,
    says="No signed commitment of the head of the city and the agencies is recorded.",
)
def commitment_missing(plan: Plan, when: Moment) -> Iterator[Mark]:
    """Checks that the commitment signed at the fourth workshop is recorded somewhere.

    It may be a deliverable of a workshop, an event, a source or an act; the words “komitmen” or
    “pakta integritas” tell it.

    Why: the signatures bind agencies that were not at the table when the plan was written.
    Fix: add it to the `deliverables` of the workshop, with the paper as a source.
    Source: domain rule R67; Bontang, Penajam Paser Utara, Solok
    """
    nouns = ("workshop", "event", "source", "legal_act")
    if not when.reached("bimtek-4") or not all(plan.knows_all(noun) for noun in nouns):
        return
    items = [item for noun in nouns for item in plan.all(noun)]
    if not any(_COMMITMENT.search(_told(item)) for item in items):
        fourth = next((one for one in plan.all("workshop") if one.number == len("IIII")), None)
        yield at(fourth or plan.header, path="stages")


def _told(item: Entity) -> str:
    texts = (getattr(item, "text", None), *getattr(item, "deliverables", ()))
    return " ".join(one for one in (item.heading, *texts) if one)


LEADS_A_YEAR = 12
"""How many actions of one year one agency can lead: one a month (our own line)."""


@rule(
    "C101",
    "agency-overloaded",
    WARNING,
    says="{agency} leads {most} actions in {year}; more than {limit} are hardly carried.",
)
def agency_overloaded(plan: Plan) -> Iterator[Mark]:
    """Checks that no agency leads more actions of one year than one a month.

    Why: what one office cannot carry slips year after year, and quick wins with it.
    Fix: give actions to the agencies that now support them, or spread the years.
    Source: our own; feature study, rules about plan sense
    """
    leads: dict[int, tuple[Agency, Counter[int]]] = {}
    for action in plan.actions:
        if (agency := plan.get(action.owner, "agency")) is not None:
            leads.setdefault(id(agency), (agency, Counter()))[1].update(action.years)
    for agency, years in leads.values():
        most = max(years.values(), default=0)
        if most > LEADS_A_YEAR:
            year = min(year for year, count in years.items() if count == most)
            yield at(agency, agency=agency.heading, most=most, year=year, limit=LEADS_A_YEAR)


_PHANTOM = re.compile(
    r"(?:(?:semua|seluruh|tiap|setiap|para|masing-masing)\s+)?"
    r"(?:opd|skpd|perangkat daerah|dinas|instansi|pihak)"
    r"(?:\s+(?:terkait|teknis|lain(?:nya)?|pengampu|masing-masing))?"
    r"|[-–—?.…\s]+|tbd|tba|belum (?:ada|ditentukan|ditetapkan)|lain-lain|lainnya",
    re.IGNORECASE,
)


@rule(
    "C104",
    "phantom-agency",
    WARNING,
    of="agency",
    says="“{seen}” is no one agency: nobody answers for what it leads.",
)
def phantom_agency(agency: Agency, _plan: Plan) -> Iterator[Mark]:
    """Checks that the register holds agencies, not phrases such as “OPD terkait”.

    Why: three of four assigned owners never update anything; a phrase never does.
    Fix: name one lead agency at each of its actions; the others go under `support`.
    Source: domain rule R22; feature study on phantom owners
    """
    if agency.name and _PHANTOM.fullmatch(agency.name.strip()):
        yield at(agency, "name", seen=agency.name)


RULES = (
    no_adopting_act,
    owner_missing,
    owner_not_in_office,
    adopting_act_not_in_force,
    act_year_implausible,
    act_not_citable,
    act_repealed,
    lead_also_supports,
    body_missing,
    body_did_not_meet,
    commitment_missing,
    agency_overloaded,
    phantom_agency,
)
