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
CODES = (NOT_A_CHOICE, BAD_DAY)
