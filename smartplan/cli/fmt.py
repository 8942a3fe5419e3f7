"""`fmt`: lays the files of a plan out in one way, and moves actions into files of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartplan.cli.common import (
    DONE,
    FOUND,
    LanguageOption,
    PathArgument,
    choose,
    emit,
    guarded,
    speaker,
    tell,
)
from smartplan.cli.remembering import CacheOption, remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smartplan.text.source import Source
    from smartplan.words.speaker import Speaker
    from smartplan.workspace.workspace import Found

WAYS = ("split", "joined")


@guarded
def fmt(
    path: PathArgument = ".",
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change.")
    ] = False,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="split|joined",
            help="Put each action into a file of its own, or all into one.",
            show_default=False,
        ),
    ] = None,
    cache: CacheOption = True,
    language: LanguageOption = None,
) -> int:
    """Lay the files of a plan out in one way: order of keys, indentation, blank lines.

    Values with their quotes, comments, anchors and texts stay as they are, and the plan stays the
    same; a file that cannot be read is left alone. Exit code: 0 done; 1 something would change
    with --check or --diff, or a file was left alone; 2 no plan.
    """
    from smartplan.workspace.workspace import find

    if layout:
        choose("--layout", layout, WAYS)
    plans = find(Path(path))

    def work() -> int:
        return _do(plans, layout, speaker(language), write=not check and not diff, diff=diff)

    asked = ("fmt", path, check, diff, layout, language)
    return remembered(plans, asked, work, cache=cache and (check or diff))


def _do(
    plans: Sequence[Found], layout: str | None, said: Speaker, *, write: bool, diff: bool
) -> int:
    """Lay plans out, or say what would change."""
    all_tidy = True
    for found in plans:
        work = _look(found, layout)
        if diff:
            _show(work)
        elif work.after:
            emit("\n".join(sorted(work.after)))
        if write:
            _write(found.root, work)
        tell(_summary(work, said, written=write))
        all_tidy = all_tidy and not work.left and (write or not work.after)
    return DONE if all_tidy else FOUND


@dataclass(slots=True)
class Work:
    """What there is to do: files as they are, as they should be, and those to be left alone.

    Attributes:
        before: path → the file, of all that were looked at.
        after: path → its new text, or none if it is not needed any more; only what changes.
        left: paths of files that were not understood.
    """

    before: Mapping[str, Source]
    after: dict[str, str | None] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def _look(found: Found, layout: str | None) -> Work:
    """Work out what there is to do in a plan."""
    from smartplan.compare.shapes import written_order
    from smartplan.text.cutting import Uncuttable
    from smartplan.text.layout import laid_out
    from smartplan.text.source import Source
    from smartplan.workspace.workspace import read, shown_path

    sources, unreadable = read(found)
    root = shown_path(found.root)
    kept = _kept(sources, root)
    work = Work({one.path: one for one in kept})
    work.left += [one.span.source.path for one in unreadable]
    moved = _arranged(work, kept, root, layout) if layout and not found.root.is_file() else {}
    shown = {one.path: one.text for one in kept if found.shows(one.path) or one.path in moved}
    for path, text in {**shown, **moved}.items():
        if text is None:
            work.after[path] = None
            continue
        try:
            tidy = laid_out(Source(path, text), written_order)
        except Uncuttable:
            work.left.append(path)
            continue
        if path not in work.before or tidy != work.before[path].text:
            work.after[path] = tidy
    return work


def _kept(sources: Sequence[Source], root: str) -> list[Source]:
    """Leave out what the plan does not read."""
    from smartplan.plan.excluding import excluded
    from smartplan.text.document import Document

    speaking = [Document.read(one) for one in sources if "exclude" in one.text]
    paths = [one.path for one in sources if one.path.endswith(".yaml")]
    out = excluded(speaking, paths, root)
    return [one for one in sources if one.path in paths and one.path not in out]


def _arranged(
    work: Work, sources: Sequence[Source], root: str, layout: str
) -> dict[str, str | None]:
    """Move actions into files; nothing moves if the plan would say something else."""
    from smartplan.plan.arranging import arranged
    from smartplan.text.source import Source

    above = "" if root == "." else f"{root}/"
    inside = {one.path.removeprefix(above): one.text for one in sources}
    found = arranged(inside, "split" if layout == WAYS[0] else "joined")
    moved = {above + path: text for path, text in found.files.items()}
    texts = {**{one.path: one.text for one in sources}, **moved}
    after = [Source(path, text) for path, text in texts.items() if text is not None]
    if not _same(sources, after, root):
        work.left += sorted(moved.keys() & work.before.keys())
        return {}
    work.left += [above + path for path in found.left]
    return moved


def _same(before: Sequence[Source], after: Sequence[Source], root: str) -> bool:
    """Tell whether two sets of files say the same, but for where it stands."""
    from smartplan.compare.differ import compare
    from smartplan.text.document import Document

    old, new = ([Document.read(one) for one in side] for side in (before, after))
    if sum(len(one.findings) for one in old) != sum(len(one.findings) for one in new):
        return False
    found = compare(old, new, roots=(root, root), whole=True)
    return all(one.op in ("move", "comment", "reorder", "format") for one in found.changes)


def _write(root: Path, work: Work) -> None:
    from smartplan.text.source import Source
    from smartplan.workspace.rewriting import rewrite_sources

    changes: list[tuple[Source | None, Source | None]] = []
    for path, text in work.after.items():
        old = work.before.get(path)
        bom = old.bom if old else False
        changes.append((old, Source(path, text, bom=bom) if text is not None else None))
    rewrite_sources(root, changes)


def _show(work: Work) -> None:
    from smartplan.show.patch import patch
    from smartplan.text.source import Source

    shown = "".join(
        patch(work.before.get(path, Source(path, "")), Source(path, work.after[path] or ""))
        for path in sorted(work.after)
    )
    if shown:
        emit(shown)


def _summary(work: Work, said: Speaker, *, written: bool) -> str:
    done = said.screen("fmt.written" if written else "fmt.waiting", number=len(work.after))
    left = said.screen("fmt.left", files=", ".join(sorted(set(work.left)))) if work.left else ""
    return f"{done} {left}".rstrip()
