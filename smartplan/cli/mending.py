"""What `validate` writes: mended files, and the list of known findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smartplan.cli.check import Judged
    from smartplan.text.finding import Finding
    from smartplan.words.speaker import Speaker


def mend(judged: Judged, *, unsafe: bool, write: bool) -> Judged:
    """Mend the files of a plan, where the user asked.

    Args:
        judged: the plan as it was read.
        unsafe: whether to make fixes that could change the meaning, too.
        write: whether to write the files; else they are only mended in memory.
    """
    from smartplan.rules.mending import fixable
    from smartplan.rules.mending import mend as mended

    def wanted(one: Finding) -> bool:
        return fixable(one, unsafe=unsafe) and judged.found.shows(one.span.source.path)

    result = mended(judged.sources, judged.again, wanted, judged.checked)
    if write:
        from smartplan.workspace.rewriting import rewrite_sources

        pairs = zip(judged.sources, result.sources, strict=True)
        changed = [(before, after) for before, after in pairs if before is not after]
        rewrite_sources(judged.found.root, changed)
    return judged._replace(
        sources=result.sources,
        checked=result.checked,
        before=judged.sources,
        fixed=result.fixed,
    )


def record_known(judged: Judged, said: Speaker) -> str:
    """Write what is found, and was known before, into the list of known findings.

    Returns:
        What was done, in words.

    Raises:
        SmartplanError: the plan is one file, one of its files cannot be read, or the file of the
            list holds something else.
    """
    from smartplan.cli.faults import KNOWN_HOLDS_MORE, KNOWN_NEEDS_ALL, KNOWN_NEEDS_FOLDER
    from smartplan.plan.faults import UNREADABLE
    from smartplan.rules.known import KNOWN_FILE, listing, recordable
    from smartplan.text.error import SmartplanError
    from smartplan.workspace.workspace import shown_path, write

    root, checked = judged.found.root, judged.checked
    if not root.is_dir():
        raise SmartplanError(KNOWN_NEEDS_FOLDER, path=shown_path(root))
    path = root / KNOWN_FILE
    shown = shown_path(path)
    there = next((one for one in checked.plan.documents if one.source.path == shown), None)
    if path.exists() and (there is None or not there.holds_only("known")):
        raise SmartplanError(KNOWN_HOLDS_MORE, path=shown)
    unreadable = [one.span.source.path for one in judged.also if one.code is UNREADABLE]
    broken = [one.source.path for one in checked.plan.documents if one.broken]
    if hidden := [*unreadable, *broken]:
        raise SmartplanError(KNOWN_NEEDS_ALL, path=hidden[0])
    found = [one for one in (*checked.known, *judged.here(checked.findings)) if recordable(one)]
    if found or there:
        write(path, listing(checked.plan, found, shown, said.screen("known.head")))
    return said.screen("known.recorded", number=len(found), path=shown)
