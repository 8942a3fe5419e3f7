"""Every kind of change, and what it weighs: on a draft, and on what was approved.

The numbers of review.md 7.3 stand in the order of the table; rules without a number there are
named in its spirit, so that every field of every entity falls to one (a test proves it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smartplan.compare.change import (
    AMENDMENT,
    EDITORIAL,
    FORMAT,
    INVALID,
    ROUTINE,
    SIGNIFICANT,
    Weight,
)

if TYPE_CHECKING:
    from smartplan.compare.change import State


class Rule(NamedTuple):
    """One kind of change.

    Attributes:
        id: its name for ever: exemptions and approvals hang on it.
        draft: what it weighs while nothing is decided.
        approved: what it weighs on an item that was approved; never less.
        says: what happened, in English, as a label.
    """

    id: str
    draft: Weight
    approved: Weight
    says: str

    def weighs(self, state: State) -> Weight:
        """Give its weight in a state of the item."""
        return self.approved if state == "approved" else self.draft


_TABLE = (
    # Text and layout
    Rule("layout", FORMAT, FORMAT, "layout only"),
    Rule("comment", FORMAT, EDITORIAL, "comment changed"),
    Rule("list-order", FORMAT, EDITORIAL, "moved in its list"),
    Rule("typo", EDITORIAL, EDITORIAL, "spelling"),
    Rule("wording", EDITORIAL, SIGNIFICANT, "reworded"),
    Rule("title-changed", EDITORIAL, SIGNIFICANT, "title changed"),
    # Direction
    Rule("vision-changed", SIGNIFICANT, AMENDMENT, "vision changed"),
    Rule("mission-added", SIGNIFICANT, AMENDMENT, "mission added"),
    Rule("mission-removed", SIGNIFICANT, AMENDMENT, "mission removed"),
    Rule("mission-changed", SIGNIFICANT, AMENDMENT, "mission changed"),
    Rule("goal-added", SIGNIFICANT, AMENDMENT, "goal or strategy added"),
    Rule("goal-removed", SIGNIFICANT, AMENDMENT, "goal or strategy removed"),
    Rule("goal-changed", SIGNIFICANT, AMENDMENT, "goal or strategy changed"),
    Rule("priority-order", SIGNIFICANT, AMENDMENT, "priorities re-ranked"),
    # Items
    Rule("action-added", ROUTINE, SIGNIFICANT, "action added"),
    Rule("action-added-closed", ROUTINE, AMENDMENT, "action added in a closed year"),
    Rule("action-removed", ROUTINE, AMENDMENT, "action removed"),
    Rule("action-renamed", ROUTINE, ROUTINE, "renamed"),
    Rule("action-rename-undeclared", SIGNIFICANT, SIGNIFICANT, "renamed without saying so"),
    Rule("action-moved", ROUTINE, SIGNIFICANT, "moved to another place"),
    Rule("id-reused", SIGNIFICANT, INVALID, "id given to something else"),
    Rule("record-added", ROUTINE, ROUTINE, "added"),
    Rule("record-removed", ROUTINE, SIGNIFICANT, "removed"),
    # Links and organisation
    Rule("dimension-changed", ROUTINE, SIGNIFICANT, "dimension or element changed"),
    Rule("mission-link-changed", ROUTINE, SIGNIFICANT, "link to mission, goal or strategy changed"),
    Rule("alignment-changed", ROUTINE, SIGNIFICANT, "alignment with another plan changed"),
    Rule("link-changed", ROUTINE, ROUTINE, "reference changed"),
    Rule("owner-changed", ROUTINE, AMENDMENT, "lead agency changed"),
    Rule("support-changed", ROUTINE, ROUTINE, "supporting agency or partner changed"),
    Rule("keeper-changed", ROUTINE, ROUTINE, "agency in charge changed"),
    Rule("place-changed", ROUTINE, SIGNIFICANT, "place changed"),
    Rule("kind-changed", ROUTINE, SIGNIFICANT, "kind changed"),
    Rule("date-changed", ROUTINE, ROUTINE, "date changed"),
    Rule("figure-changed", ROUTINE, ROUTINE, "figure changed"),
    Rule("fact-changed", ROUTINE, SIGNIFICANT, "profile figure changed"),
    Rule("provenance-changed", ROUTINE, SIGNIFICANT, "source of the statement changed"),
    Rule("declared-changed", ROUTINE, SIGNIFICANT, "printed figure changed"),
    # Schedule
    Rule("years-later", ROUTINE, SIGNIFICANT, "later"),
    Rule("years-beyond-plan", SIGNIFICANT, AMENDMENT, "after the end of the plan"),
    Rule("years-earlier", ROUTINE, ROUTINE, "earlier"),
    Rule("years-removed", ROUTINE, SIGNIFICANT, "years dropped"),
    Rule("years-added", ROUTINE, ROUTINE, "years filled in"),
    Rule("horizon-changed", ROUTINE, SIGNIFICANT, "horizon or period changed"),
    Rule("milestone-moved", ROUTINE, SIGNIFICANT, "milestone moved"),
    Rule("dependency-added", ROUTINE, SIGNIFICANT, "dependency added"),
    Rule("dependency-removed", ROUTINE, SIGNIFICANT, "dependency removed"),
    # Money
    Rule("budget-raised", ROUTINE, SIGNIFICANT, "budget raised"),
    Rule("budget-raised-over", SIGNIFICANT, AMENDMENT, "budget raised above the threshold"),
    Rule("budget-cut", ROUTINE, SIGNIFICANT, "budget cut"),
    Rule("budget-cut-to-zero", SIGNIFICANT, AMENDMENT, "budget cut to nothing"),
    Rule("budget-year-added", ROUTINE, SIGNIFICANT, "budget year added"),
    Rule("budget-year-removed", ROUTINE, SIGNIFICANT, "budget year removed"),
    Rule("budget-shifted", ROUTINE, SIGNIFICANT, "shifted between years, same total"),
    Rule("budget-source-changed", ROUTINE, SIGNIFICANT, "source of funds changed"),
    Rule("budget-unknown", ROUTINE, SIGNIFICANT, "amount became known or unknown"),
    Rule("budget-basis-changed", ROUTINE, ROUTINE, "price, volume or precision changed"),
    Rule("budget-code-changed", ROUTINE, SIGNIFICANT, "budget code changed"),
    Rule("budget-reason-changed", EDITORIAL, ROUTINE, "reason of an amount changed"),
    Rule("ceiling-changed", SIGNIFICANT, AMENDMENT, "ceiling changed"),
    Rule("programme-total", SIGNIFICANT, AMENDMENT, "total beyond its tolerance"),
    Rule("currency-or-unit-changed", SIGNIFICANT, AMENDMENT, "currency, fund or codes changed"),
    # Indicators
    Rule("indicator-added", ROUTINE, SIGNIFICANT, "indicator added"),
    Rule("indicator-removed", SIGNIFICANT, AMENDMENT, "indicator removed"),
    Rule("target-strengthened", ROUTINE, SIGNIFICANT, "target strengthened"),
    Rule("target-weakened", SIGNIFICANT, AMENDMENT, "target weakened"),
    Rule("target-postponed", SIGNIFICANT, AMENDMENT, "target postponed"),
    Rule("target-year-added", ROUTINE, SIGNIFICANT, "target year added"),
    Rule("target-year-removed", ROUTINE, SIGNIFICANT, "target year removed"),
    Rule("target-undirected", SIGNIFICANT, AMENDMENT, "target changed, direction not declared"),
    Rule("baseline-value-changed", SIGNIFICANT, AMENDMENT, "starting value changed"),
    Rule("indicator-unit-changed", SIGNIFICANT, AMENDMENT, "unit or formula changed"),
    Rule("indicator-direction-changed", SIGNIFICANT, AMENDMENT, "direction changed"),
    Rule("indicator-owner-changed", ROUTINE, ROUTINE, "who measures changed"),
    Rule("realisation-added", ROUTINE, ROUTINE, "measured value added"),
    Rule("realisation-revised", SIGNIFICANT, SIGNIFICANT, "measured value revised"),
    Rule("evidence-changed", ROUTINE, ROUTINE, "evidence changed"),
    # Running the plan
    Rule("status-forward", ROUTINE, ROUTINE, "status forward"),
    Rule("status-backward", ROUTINE, SIGNIFICANT, "status back"),
    Rule("status-cancelled", ROUTINE, AMENDMENT, "stopped or cancelled"),
    Rule("status-note-changed", ROUTINE, ROUTINE, "reason or date of a status changed"),
    Rule("quick-win-changed", ROUTINE, SIGNIFICANT, "quick win changed"),
    Rule("risk-raised", ROUTINE, SIGNIFICANT, "risk raised"),
    Rule("risk-lowered", ROUTINE, ROUTINE, "risk lowered"),
    # Decisions
    Rule("legal-basis-changed", SIGNIFICANT, AMENDMENT, "legal basis changed"),
    Rule("stage-forward", ROUTINE, SIGNIFICANT, "stage forward"),
    Rule("stage-backward", SIGNIFICANT, AMENDMENT, "stage back"),
    Rule("frame-changed", SIGNIFICANT, AMENDMENT, "frame of the plan changed"),
    Rule("version-changed", ROUTINE, ROUTINE, "version changed"),
    Rule("approval-granted", SIGNIFICANT, SIGNIFICANT, "approval granted"),
    Rule("approval-withdrawn", SIGNIFICANT, AMENDMENT, "approval withdrawn"),
    Rule("approval-changed", SIGNIFICANT, AMENDMENT, "approval changed"),
    Rule("approval-stale", SIGNIFICANT, INVALID, "approval of something else"),
    Rule("approval-forged", INVALID, INVALID, "approval whose signature does not hold"),
    Rule("baseline-recorded", SIGNIFICANT, SIGNIFICANT, "baseline recorded"),
    Rule("baseline-altered", SIGNIFICANT, INVALID, "recorded baseline altered"),
    Rule("tags-changed", EDITORIAL, ROUTINE, "tags changed"),
    Rule("crosswalk-changed", EDITORIAL, ROUTINE, "crosswalk changed"),
    Rule("schema-upgraded", FORMAT, ROUTINE, "format version changed"),
    # The plan as a whole
    Rule("rule-broken", INVALID, INVALID, "a rule is broken that held"),
    Rule("rule-mended", ROUTINE, ROUTINE, "a finding is gone"),
    Rule("waiver-added", SIGNIFICANT, SIGNIFICANT, "waiver added"),
    Rule("waiver-expired", SIGNIFICANT, SIGNIFICANT, "waiver out of date"),
    Rule("waiver-unused", SIGNIFICANT, SIGNIFICANT, "waiver of nothing"),
    Rule("policy-loosened", AMENDMENT, AMENDMENT, "policy loosened"),
    Rule("policy-changed", SIGNIFICANT, SIGNIFICANT, "policy changed"),
    Rule("version-not-bumped", SIGNIFICANT, SIGNIFICANT, "version not raised"),
    Rule("unclassified", SIGNIFICANT, SIGNIFICANT, "changed"),
)

RULES = {rule.id: rule for rule in _TABLE}
"""Every rule by its id."""

ADDED = {
    "actions": "action-added",
    "missions": "mission-added",
    "goals": "goal-added",
    "strategies": "goal-added",
    "vision": "vision-changed",
    "indicators": "indicator-added",
    "readings": "realisation-added",
    "legal_basis": "legal-basis-changed",
    "approvals": "approval-granted",
    "baselines": "baseline-recorded",
    "review": "policy-changed",
    "checks": "policy-changed",
    "plan": "frame-changed",
    "registers": "frame-changed",
    "crosswalk": "crosswalk-changed",
    "format": "schema-upgraded",
}
"""What it is that an item of a collection came; any other is `record-added`."""

REMOVED = {
    "actions": "action-removed",
    "missions": "mission-removed",
    "goals": "goal-removed",
    "strategies": "goal-removed",
    "vision": "vision-changed",
    "indicators": "indicator-removed",
    "readings": "realisation-revised",
    "legal_basis": "legal-basis-changed",
    "approvals": "approval-withdrawn",
    "baselines": "baseline-altered",
    "review": "policy-loosened",
    "checks": "policy-changed",
    "plan": "frame-changed",
    "registers": "frame-changed",
    "crosswalk": "crosswalk-changed",
    "format": "schema-upgraded",
}
"""What it is that an item of a collection went; any other is `record-removed`."""
