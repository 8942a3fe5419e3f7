"""What can be wrong with a command line (family T); imported only when something is."""

from __future__ import annotations

from smartplan.text.finding import ERROR, Code

NOT_A_CHOICE = Code(
    id="T113",
    name="not-a-choice",
    level=ERROR,
    says="{option} cannot be “{seen}”.",
    why="The command does not know what to do.",
    fix="Choose one of: {allowed}.",
)
BAD_DAY = Code(
    id="T114",
    name="bad-day",
    level=ERROR,
    says="“{seen}” is not a day.",
    why="Time limits are judged by the day.",
    fix="Write it as 2026-11-24.",
)
NAME_TAKEN = Code(
    id="T115",
    name="name-taken",
    level=ERROR,
    says="There is a baseline “{seen}” already.",
    why="What was adopted once is never overwritten.",
    fix="Choose another name.",
)
NOT_COMMITTED = Code(
    id="T116",
    name="not-committed",
    level=ERROR,
    says="The plan differs from the last commit: {files}.",
    why="A baseline names the commit that holds exactly what was adopted.",
    fix="Commit the changes, or undo them, and run the command again.",
)
NO_SUCH_ITEM = Code(
    id="T117",
    name="no-such-item",
    level=ERROR,
    says="The plan has no item “{seen}”.",
    why="There is nothing to act on.",
    fix="Name an id of the plan, such as GOV-01, or a path, such as actions[GOV-01].",
)
BAD_NAME = Code(
    id="T118",
    name="bad-name",
    level=ERROR,
    says="“{seen}” cannot be the name of a baseline.",
    why="The name is a file name and part of commands.",
    fix="Use letters, digits, points, hyphens and underscores; 40 characters at most.",
)
NO_SUCH_CHANGE = Code(
    id="T119",
    name="no-such-change",
    level=ERROR,
    says="“{seen}” is no change that waits for an approval.",
    why="An approval holds for exactly one change.",
    fix="Take a fingerprint out of what smartplan review prints: {allowed}.",
)
UNKNOWN_FILTER = Code(
    id="T135",
    name="unknown-filter",
    level=ERROR,
    says="“{seen}” is no weight, no kind of change, no kind of item and no id of the plan.",
    why="A misspelt word would hide every change.",
    fix="Write a weight (amendment), a kind of change (budget-cut), a kind of item (action) or an"
    " id (GOV-01). The nearest: {suggestion}.",
)
THREE_VERSIONS = Code(
    id="T136",
    name="three-versions",
    level=ERROR,
    says="A merge needs three versions of a file.",
    why="Without the version that both have grown from, nobody can tell who changed what.",
    fix="Name BASE, OURS and THEIRS; or judge merges that were made with --verify.",
)
UNSIGNED = Code(
    id="T137",
    name="approval-unsigned",
    level=ERROR,
    says="An approval says who gave it, and by which decision.",
    why="One that does not say it counts for nothing.",
    fix="Give --by a name, and --ref the record of the decision.",
)
NEEDS_OPTION = Code(
    id="T155",
    name="option-needs-another",
    level=ERROR,
    says="{option} does nothing without {other}.",
    why="The command would not do what was asked.",
    fix="Add {other}, or leave {option} out.",
)
OPTIONS_APART = Code(
    id="T156",
    name="options-do-not-agree",
    level=ERROR,
    says="{option} and {other} do not go together.",
    why="The command would not know which of the two to do.",
    fix="Leave one of them out.",
)
KNOWN_NEEDS_FOLDER = Code(
    id="T157",
    name="known-needs-folder",
    level=ERROR,
    says="{path} is a plan in one file; the list of known findings needs a folder.",
    why="The list would lie outside the plan, where nothing reads it.",
    fix="Put the file into a folder, with the name plan.yaml.",
)
KNOWN_NEEDS_ALL = Code(
    id="T158",
    name="known-needs-all-files",
    level=ERROR,
    says="{path} cannot be read; the list of known findings would forget what stands in it.",
    why="What is found in a file is known only once it can be read.",
    fix="Mend the file first.",
)
KNOWN_HOLDS_MORE = Code(
    id="T159",
    name="known-file-holds-more",
    level=ERROR,
    says="{path} cannot be written anew: something else stands in it too.",
    why="The list is written whole, and the rest would be lost.",
    fix="Move what is not `known` into another file.",
)
NO_SUCH_CODE = Code(
    id="T160",
    name="no-such-code",
    level=ERROR,
    says="“{seen}” is no code of smartplan.",
    why="There is nothing to explain.",
    fix="Take a code out of a finding, or out of smartplan rules. The nearest: {suggestion}.",
)
NO_SUCH_PLACE = Code(
    id="T140",
    name="no-such-place",
    level=ERROR,
    says="A plan has no place “{seen}”.",
    why="What stands there would mean nothing.",
    fix="Write the item and its field, such as GOV-01.title or plan.period.end.",
)
NO_VALUE = Code(
    id="T141",
    name="no-value",
    level=ERROR,
    says="Nothing is said that {path} shall say.",
    why="An empty field is taken out, not set.",
    fix="Add the value, or --unset.",
)
NOT_EDITED = Code(
    id="T142",
    name="not-edited",
    level=ERROR,
    says="{path} cannot be changed from here: {problem}.",
    why="An edit that would change anything else is not made.",
    fix="Change the file by hand.",
)
ID_TAKEN = Code(
    id="T143",
    name="id-taken",
    level=ERROR,
    says="The id “{seen}” is taken.",
    why="Two items of one id cannot be told apart.",
    fix="Choose another id.",
)
NO_ID = Code(
    id="T144",
    name="no-id",
    level=ERROR,
    says="“{seen}” cannot be an id.",
    why="Ids are named in reviews, links and other files, where blanks and signs break.",
    fix="Use letters, digits and single hyphens; begin with a letter; 40 characters at most.",
)
BAD_PERIOD = Code(
    id="T183",
    name="bad-period",
    level=ERROR,
    says="“{seen}” is no period of a plan.",
    why="Everything in a plan hangs on its years.",
    fix="Write the first and the last year, such as 2025-2029.",
)
NOBODY_TO_ASK = Code(
    id="T184",
    name="nobody-to-ask",
    level=ERROR,
    says="Not given, and nobody can be asked here: {options}.",
    why="Questions are asked in a terminal only; elsewhere the command would wait for ever.",
    fix="Give the options, or --yes, which writes … where something is not known.",
)
CODES = (
    NOT_A_CHOICE,
    BAD_DAY,
    NAME_TAKEN,
    NOT_COMMITTED,
    NO_SUCH_ITEM,
    BAD_NAME,
    NO_SUCH_CHANGE,
    UNKNOWN_FILTER,
    THREE_VERSIONS,
    UNSIGNED,
    NEEDS_OPTION,
    OPTIONS_APART,
    KNOWN_NEEDS_FOLDER,
    KNOWN_NEEDS_ALL,
    KNOWN_HOLDS_MORE,
    NO_SUCH_CODE,
    NO_SUCH_PLACE,
    NO_VALUE,
    NOT_EDITED,
    ID_TAKEN,
    NO_ID,
    BAD_PERIOD,
    NOBODY_TO_ASK,
)
