"""How a plan may change: the policy of its review, what was approved, what was adopted."""

from typing import Annotated, ClassVar

from smartplan.plan.entity import Items, Record, Texts, about
from smartplan.plan.grammar import GATES
from smartplan.plan.values import Choice, Count, Date, Flag, Money, Number_, Ref, Text, Years

WEIGHT = Choice("weight", ("format", "editorial", "routine", "significant", "amendment", "invalid"))
GATE = Choice("gate", GATES)


class Approval(Record):
    """One change of the plan that somebody with the right to do so has approved.

    It holds while exactly that change is present: the fingerprint names rule, path, old and new
    value, not a line or a commit (review.md 7.2).
    """

    noun: ClassVar[str] = "approval"
    natural: ClassVar[tuple[str, ...]] = ("fingerprint", "by")

    fingerprint: Text | None = about(
        "Fingerprint",
        "The change, in quotes.",
        example="41f09c1e2ab0d377",
        required=True,
        change="approval",
    )
    rule: Text | None = about(
        "Rule", "What kind of change it is.", example="target-weakened", change="approval"
    )
    path: Text | None = about(
        "Path", "Where it is.", example="indicators[GOV-01-I1].targets.2026", change="approval"
    )
    old: Text | None = about("Before", "The value before.", example="95", change="approval")
    new: Text | None = about("After", "The value after.", example="90", change="approval")
    by: Text | None = about(
        "By", "Who approved it.", example="Sekda", required=True, change="approval"
    )
    role: Text | None = about("Role", "In which body.", example="planning-board", change="approval")
    ref: Text | None = about(
        "Reference",
        "The record of the decision.",
        example="Berita acara 4/2026",
        required=True,
        change="approval",
    )
    date: Date | None = about(
        "Date", "When it was decided.", example="2026-05-03", required=True, change="approval"
    )
    reason: Text | None = about(
        "Reason", "Why the plan changes.", example="Refocusing APBD", change="approval"
    )


class Baseline(Record):
    """The plan as it was adopted at one time: a digest of every item, verified offline."""

    noun: ClassVar[str] = "baseline"
    natural: ClassVar[tuple[str, ...]] = ("name",)

    name: Text | None = about(
        "Name", "Its short name.", example="v1.0", required=True, change="baseline-altered"
    )
    date: Date | None = about(
        "Date",
        "When the plan was adopted.",
        example="2024-03-05",
        required=True,
        change="baseline-altered",
    )
    act: Annotated[str, Ref("legal_act")] | None = about(
        "Act",
        "The act that adopts it, of `legal_basis`.",
        example="PERWALI-12",
        change="baseline-altered",
    )
    ref: Text | None = about(
        "Reference",
        "The decision, in words.",
        example="Perwali 12/2024",
        change="baseline-altered",
    )
    by: Text | None = about(
        "By", "Who recorded it.", example="Bappelitbangda", change="baseline-altered"
    )
    commit: Text | None = about(
        "Commit", "The revision that holds it.", example="3b8b68b", change="baseline-altered"
    )
    digest: Text | None = about(
        "Digest",
        "SHA-256 over the digests of all items.",
        example="9c1e…",
        required=True,
        change="baseline-altered",
    )
    items: dict[Text, Text] = about(
        "Items",
        "Item → SHA-256 over its values.",
        example={"actions[GOV-01]": "41f0…"},
        default={},
        change="baseline-altered",
    )
    contains: Texts = about(
        "Contains",
        "Fingerprints of the amendments since the baseline before.",
        example=["41f09c1e2ab0d377"],
        default=(),
        change="baseline-altered",
    )
    tool: Text | None = about(
        "Made with", "The version of smartplan.", example="0.2.0", change="baseline-altered"
    )


class Approvers(Record):
    """Who must approve a change."""

    any_of: Texts = about(
        "Any of",
        "One of these roles is enough.",
        example=["planning-board"],
        default=(),
        change="policy",
        alias="any",
    )
    all_of: Texts = about(
        "All of",
        "Each of these roles.",
        example=["finance"],
        default=(),
        change="policy",
        alias="all",
    )
    count: Count | None = about(
        "Number",
        "How many approvals; one if not given.",
        example=2,
        unit="approvals",
        change="policy",
    )
    own: Flag | None = about(
        "Self",
        "Whether the author of the change may approve it.",
        example=False,
        change="policy",
        alias="self",
    )


class Threshold(Record):
    """From where on a raised budget is a formal amendment: either bound is enough."""

    amount: Money | None = about(
        "Amount", "Rupiah more in a year.", example="500 juta", unit="rupiah", change="policy"
    )
    percent: Number_ | None = about(
        "Percent", "Percent more in a year.", example=50, unit="percent", change="policy"
    )


class Waiver(Record):
    """A change that need not be approved until a day, for a reason."""

    rule: Text | None = about("Rule", "Which kind of change.", example="years-later", required=True)
    path: Text | None = about(
        "Path", "Where; `*` stands for any part.", example="actions[LIV-07].*", required=True
    )
    reason: Text | None = about("Reason", "Why.", example="Lelang ulang", required=True)
    by: Text | None = about("By", "Who answers for it.", example="Sekda")
    until: Date | None = about("Until", "The last day.", example="2026-12-31", required=True)


class Review(Record):
    """The policy by which changes of the plan are judged; read at the base of a review."""

    noun: ClassVar[str] = "review"

    fail_on: Annotated[str, GATE] | None = about(
        "Fail on", "The weight that needs an approval.", example="amendment", change="policy"
    )
    approvers: dict[Text, Approvers] = about(
        "Approvers",
        "Weight or rule → who must approve.",
        example={"amendment": {"any": ["planning-board"]}},
        default={},
        change="policy",
    )
    roles: dict[Text, Texts] = about(
        "Roles",
        "Role → who holds it.",
        example={"planning-board": ["Sekda"]},
        default={},
        change="policy",
    )
    weights: dict[Text, Annotated[str, WEIGHT]] = about(
        "Weights",
        "Rule, or rule@dimension:ID, or rule@PATH → weight.",
        example={"wording": "editorial"},
        default={},
        change="policy",
    )
    threshold: Threshold | None = about(
        "Threshold",
        "From where on a raised budget is an amendment.",
        example={"percent": 50},
        change="policy",
    )
    closed: Years = about(
        "Closed years",
        "Years whose actions are decided: a new one is an amendment.",
        example=[2024],
        unit="year",
        default=(),
        change="policy",
    )
    waivers: Annotated[tuple[Waiver, ...], Items] = about(
        "Waivers",
        "Changes that need no approval for a time.",
        example=[{"rule": "years-later"}],
        default=(),
        key=("rule", "path"),
        change="policy",
    )
