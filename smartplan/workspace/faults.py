"""What can be wrong between smartplan and git (family T): no git, no such revision, no setup."""

from __future__ import annotations

from smartplan.text.finding import ERROR, Code

GIT_MISSING = Code(
    id="T120",
    name="git-missing",
    level=ERROR,
    says="The program git was not found.",
    why="Revisions of a plan can only be read with git.",
    fix="Install git, or compare two folders or files.",
)
GIT_FAILED = Code(
    id="T121",
    name="git-failed",
    level=ERROR,
    says="git could not answer: {problem}.",
    why="What git does not give cannot be compared.",
    fix="Mend what git names, then run the command again.",
)
NO_REPOSITORY = Code(
    id="T122",
    name="no-repository",
    level=ERROR,
    says="{path} lies in no git repository.",
    why="Without a history there is no revision to compare with.",
    fix="Run the command inside the repository of the plan, or compare two folders or files.",
)
UNKNOWN_REVISION = Code(
    id="T123",
    name="unknown-revision",
    level=ERROR,
    says="“{seen}” is no revision of this repository.",
    why="The command does not know what to read.",
    fix="Write a branch, a tag or a commit, such as: {suggestion}.",
)
NOT_FETCHED = Code(
    id="T124",
    name="revision-not-fetched",
    level=ERROR,
    says="“{seen}” is not in this clone, which holds only a part of the history.",
    why="What was not fetched cannot be compared.",
    fix="Run: {command}",
)
NOTHING_IN_COMMON = Code(
    id="T125",
    name="nothing-in-common",
    level=ERROR,
    says="“{first}” and “{second}” have no commit in common.",
    why="There is no point from which the one could have grown apart from the other.",
    fix="Compare them with two dots instead of three.",
)
NO_SUCH_BASELINE = Code(
    id="T126",
    name="no-such-baseline",
    level=ERROR,
    says="The plan has no baseline “{seen}” that a commit holds.",
    why="The distance to an adopted plan can only be told from a plan that was adopted.",
    fix="Name one of its baselines ({allowed}), or commit the baseline first.",
)
NO_WORK_TREE = Code(
    id="T127",
    name="no-work-tree",
    level=ERROR,
    says="The repository {path} has no work tree.",
    why="There are no files beside its commits to compare with.",
    fix="Name two revisions.",
)
TOO_MANY_SIDES = Code(
    id="T128",
    name="too-many-sides",
    level=ERROR,
    says="Two sides can be compared, not {number}: {seen}.",
    why="The command does not know which two are meant.",
    fix="Name two revisions, one range such as main..HEAD, or two folders.",
)
SEVERAL_PLANS = Code(
    id="T129",
    name="several-plans",
    level=ERROR,
    says="There is more than one plan here: {allowed}.",
    why="The command works on one plan.",
    fix="Name the folder of one of them.",
)
CANNOT_READ = Code(
    id="T130",
    name="cannot-read",
    level=ERROR,
    says="{path} cannot be read: {problem}.",
    why="A file that is left out would look like one that was deleted.",
    fix="Give yourself the right to read the file, then run the command again.",
)
CODES = (
    GIT_MISSING,
    GIT_FAILED,
    NO_REPOSITORY,
    UNKNOWN_REVISION,
    NOT_FETCHED,
    NOTHING_IN_COMMON,
    NO_SUCH_BASELINE,
    NO_WORK_TREE,
    TOO_MANY_SIDES,
    SEVERAL_PLANS,
    CANNOT_READ,
)
