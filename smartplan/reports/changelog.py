"""The report `changelog`: what changed, in sentences that a council can read, sums first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.change import AMENDMENT, SIGNIFICANT
from smartplan.compare.impact import Tally, tally
from smartplan.reports.changed import Changed, Head, Money, Row, invented, warning
from smartplan.reports.press import print_page
from smartplan.reports.sentences import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.compare.change import Change
    from smartplan.compare.differ import Difference
    from smartplan.compare.selection import Selection
    from smartplan.words.speaker import Speaker

NAME, TITLE = "changelog", "changelog.title"
GROUPS = ("rule", "dimension", "owner")
"""By what the sentences can be grouped."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "direction": ("vision-", "mission-", "goal-", "priority-", "alignment-", "dimension-"),
    "added": ("action-added",),
    "removed": ("action-removed",),
    "targets": ("indicator-added", "indicator-removed", "indicator-unit-", "indicator-direction-",
                "target-", "baseline-value-"),
    "budget": ("budget-", "ceiling-", "programme-", "currency-", "declared-"),
    "schedule": ("years-", "horizon-", "milestone-", "dependency-"),
    "organisation": ("owner-", "support-", "keeper-", "indicator-owner-"),
    "running": ("status-", "quick-win-", "risk-", "realisation-", "evidence-"),
    "decisions": ("legal-basis-", "stage-", "frame-", "version-", "baseline-recorded",
                  "baseline-altered", "policy-", "waiver-", "rule-", "schema-"),
    "identity": ("action-renamed", "action-rename-", "action-moved", "id-reused"),
    "texts": ("wording", "title-", "typo", "comment", "layout", "list-order", "tags-",
              "crosswalk-"),
    "other": ("record-", "link-", "place-", "kind-", "date-", "figure-", "fact-", "provenance-",
              "unclassified"),
}  # fmt: skip
"""Sections in their order, and how the rules begin that fall to them; a test holds it complete."""
UNTOLD = ("approval-",)
"""Rules of approvals: they stand with the change they approve."""


@dataclass(frozen=True)
class Section:
    """Sentences that stand under one heading.

    Attributes:
        key: the section's name, if grouped by kind; else empty.
        name: what it is about, if grouped otherwise.
        rows: its changes, the heaviest first.
    """

    key: str
    name: dict[str, str] | str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ChangelogPage:
    """Everything that the templates of the report see."""

    head: Head
    money: Money
    tally: Tally
    advice: Advice | None
    sections: tuple[Section, ...]
    lighter: int
    illustrative: bool


def build(
    difference: Difference, selection: Selection, sides: tuple[str, str], group: str = "rule"
) -> ChangelogPage:
    """Make the context of the report."""
    changed = Changed(difference, sides)
    told = [one for one in selection.shown if not one.rule.startswith(UNTOLD)]
    return ChangelogPage(
        head=changed.head,
        money=changed.money,
        tally=tally(difference.changes),
        advice=_advice(difference),
        sections=tuple(_sections(told, changed, group)),
        lighter=selection.lighter,
        illustrative=invented(told),
    )


def render(
    difference: Difference,
    selection: Selection,
    sides: tuple[str, str],
    form: str,
    speaker: Speaker,
    *,
    group: str = "rule",
) -> str:
    """Print the report."""
    page = build(difference, selection, sides, group)
    return print_page(
        page,
        NAME,
        form,
        speaker,
        title=TITLE,
        plan_language=page.head.language,
        banner=warning(difference, speaker),
    )


def section_of(rule: str) -> str:
    """Give the section of a rule; empty for a rule that falls to none."""
    return next((key for key, starts in SECTIONS.items() if rule.startswith(starts)), "")


def _sections(changes: Sequence[Change], changed: Changed, group: str) -> Iterator[Section]:
    found: dict[str, list[Row]] = {}
    for one in changes:
        key = {
            "rule": section_of(one.rule),
            "dimension": one.dimension,
            "owner": changed.agency(one.agency),
        }[group]
        found.setdefault(key, []).append(changed.row(one))
    order = {"rule": [*SECTIONS], "dimension": [*changed.names.dimensions]}.get(group, [])
    known = {key: number for number, key in enumerate(order)}
    for key in sorted(found, key=lambda one: (one == "", known.get(one, len(known)), one)):
        name = changed.dimension(key) if group == "dimension" else key
        yield Section(key if group == "rule" else "", name, tuple(found[key]))


def _advice(difference: Difference) -> Advice | None:
    """Advise a version by the heaviest change; none if nothing changed."""
    heaviest = max((one.weight for one in difference.changes), default=None)
    if heaviest is None:
        return None
    step = "major" if heaviest >= AMENDMENT else "minor" if heaviest >= SIGNIFICANT else "patch"
    now, given = (
        str(one.value("plan", "version") or "") for one in (difference.before, difference.after)
    )
    return Advice(step, now, _next(now, step), given if given != now else "")


def _next(version: str, step: str) -> str:
    numbers = re.fullmatch(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})", version)
    if numbers is None:
        return ""
    major, minor, patch = map(int, numbers.groups())
    if step == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step == "minor" else f"{major}.{minor}.{patch + 1}"
