"""What can be wrong with the form of a plan (family F), and with its ids and owners."""

from __future__ import annotations

from smartplan.text.finding import ERROR, Code

UNKNOWN_KEY = Code(
    id="F101",
    name="unknown-key",
    level=ERROR,
    says="“{seen}” is no field here.",
    why="What stands under an unknown key is read by nobody.",
    fix="Correct the spelling, or move the value to the field that is meant.",
)
UNKNOWN_COLLECTION = Code(
    id="F102",
    name="unknown-collection",
    level=ERROR,
    says="“{seen}” is no part of a plan.",
    why="Everything under it would be left out of the plan.",
    fix="Correct the spelling; every file is a mapping from collections to their content.",
)
MISSING_FIELD = Code(
    id="F104",
    name="missing-field",
    level=ERROR,
    says="The field “{seen}” is missing.",
    why="Without it the item cannot be named or understood.",
    fix="Add the field.",
)
DANGLING = Code(
    id="F107",
    name="dangling-reference",
    level=ERROR,
    says="“{seen}” names no {kinds} of the plan.",
    why="A reference that leads nowhere breaks the chain from vision to action.",
    fix="Write the id of an item that exists, or add the item.",
)
STANDS_TWICE = Code(
    id="F108",
    name="stands-twice",
    level=ERROR,
    says="“{seen}” may stand once in a plan; it stands already at {first}.",
    why="Two of them contradict each other, and nobody knows which one holds.",
    fix="Keep one of them.",
)
NOT_A_PLAN_FILE = Code(
    id="F116",
    name="not-a-plan-file",
    level=ERROR,
    says="The file holds “{seen}” instead of a mapping of collections.",
    why="Nothing in it is read.",
    fix="Begin with a collection, such as `actions:`, or exclude the file under `checks.exclude`.",
)
YML = Code(
    id="F117",
    name="yml-not-read",
    level=ERROR,
    says="“{seen}” is not read: files of a plan end in .yaml.",
    why="The content is missing from the plan, and nobody would notice.",
    fix="Rename the file.",
)
FORMAT_VERSION = Code(
    id="F119",
    name="format-version",
    level=ERROR,
    says="Format “{seen}” is not one that this version reads.",
    why="A newer format may mean other things by the same words.",
    fix="Write `format: 1`, or use a newer smartplan.",
)
NO_PLAN = Code(
    id="F120",
    name="no-plan-header",
    level=ERROR,
    says="No file of the plan holds `plan`: title, city, period, stage.",
    why="Without a period and a stage the rules do not know what to ask for.",
    fix="Add `plan:` to plan.yaml.",
)
UNREADABLE = Code(
    id="F122",
    name="file-unreadable",
    level=ERROR,
    says="The file cannot be read: {problem}.",
    why="Its content is missing from the plan.",
    fix="Give yourself the right to read it, or mend the link.",
)
DUPLICATE_ID = Code(
    id="S020",
    name="duplicate-id",
    level=ERROR,
    says="“{seen}” is the id of two items; the other, '{title}', is at {first}.",
    why="A reference to the id would mean either of them.",
    fix="Give one of them another id.",
    source="domain rule R20",
)

NO_AGENCY = Code(
    id="C022",
    name="agency-unknown",
    level=ERROR,
    says="“{seen}” is no agency of the plan.",
    why="What belongs to an agency that nobody knows belongs to nobody.",
    fix="Write the id of an agency, or add the agency under `agencies`.",
    source="domain rule R22",
)

CODES = (
    UNKNOWN_KEY,
    UNKNOWN_COLLECTION,
    MISSING_FIELD,
    DANGLING,
    STANDS_TWICE,
    NOT_A_PLAN_FILE,
    YML,
    FORMAT_VERSION,
    NO_PLAN,
    UNREADABLE,
    DUPLICATE_ID,
    NO_AGENCY,
)
