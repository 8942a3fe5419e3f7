"""The merge driver: what git calls for every plan file that both sides changed.

It answers 0 (merged) or 1 (people must look), and whatever happens, the file it leaves holds both
sides: git shows no trace of theirs where a driver fails. So everything that is not sure, and every
fault of ours, ends in a merge of the text with markers. Starts without the command tree.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smartplan.compare.merge_verdict import Merged

USAGE = "smartplan merge-driver BASE OURS THEIRS [MARKER-SIZE] [PATH]   (git: %O %A %B %L %P)"
SWITCH = "SMARTPLAN_MERGE"
"""`0` merges as text, `ours` and `theirs` settle conflicts for one side."""

CLEAN, CONFLICTS = 0, 1
MARKER = 7
TIME_OUT = 60.0
"""Seconds after which a merge is given up."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Texts:
    """The bytes of the three versions of a file, and how it is marked and called."""

    base: bytes
    ours: bytes
    theirs: bytes
    marker: int
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge of three files came to: the bytes to write, lines to say, conflicts as data."""

    raw: bytes
    lines: tuple[str, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()
    clean: bool = True


def drive(argv: Sequence[str]) -> int:
    """Merge what git handed over, into the file of ours; give 0 or 1."""
    if len(argv) < 3:  # noqa: PLR2004  # three versions
        _say([f"usage: {USAGE}"])
        return CONFLICTS
    ours = Path(argv[1])
    texts = None
    try:
        texts = _read(argv)
        outcome = merged(texts, os.environ.get(SWITCH, ""))
    except BaseException as error:  # noqa: BLE001  # a driver that dies loses theirs
        outcome = as_text(texts or _read(argv), f"{type(error).__name__}: {error}")
    return _leave(ours, outcome, texts.name if texts else argv[1])


def _read(argv: Sequence[str]) -> Texts:
    base, ours, theirs = (_bytes(Path(one)) for one in argv[:3])
    size = argv[3] if len(argv) > 3 else ""  # noqa: PLR2004  # what follows the three
    marker = int(size) if size.isdecimal() and int(size) else MARKER
    return Texts(base, ours, theirs, marker, argv[4] if argv[4:] else argv[1])


def _bytes(path: Path) -> bytes:
    """Read a version; one that does not exist is empty, as git means it."""
    return path.read_bytes() if path.exists() else b""


def _leave(ours: Path, outcome: Outcome, name: str) -> int:
    from smartplan.workspace.conflicts import note, overwrite_anyhow

    overwrite_anyhow(ours, outcome.raw)
    _say(outcome.lines)
    try:
        note(name, outcome.conflicts)
    except Exception as error:  # noqa: BLE001  # the file is merged; this is only for programs
        _say([f"smartplan: conflicts.json was not written: {error}"])
    return CLEAN if outcome.clean else CONFLICTS


def _say(lines: Sequence[str]) -> None:
    """Write to the error output, which git passes on; it may fail without harm."""
    text = "".join(f"{line}\n" for line in lines)
    try:
        sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stderr.flush()
    except (OSError, AttributeError, ValueError):
        return


def merged(texts: Texts, switch: str = "") -> Outcome:
    """Merge three versions by meaning; as text where that is not sure."""
    if texts.theirs in (texts.base, texts.ours):
        return Outcome(texts.ours)
    if texts.base == texts.ours:
        return Outcome(texts.theirs)
    if switch == "0":
        return as_text(texts, "")
    from smartplan.compare.merge import Unmergeable, merge

    versions = (raw.removeprefix(BOM) for raw in (texts.base, texts.ours, texts.theirs))
    decoded = [raw.decode("utf-8", "surrogateescape") for raw in versions]
    try:
        with _given_up_after(TIME_OUT):
            result = merge(*decoded, marker=texts.marker)
    except Unmergeable as reason:
        return as_text(texts, str(reason))
    return _outcome(result, texts, switch)


def _outcome(result: Merged, texts: Texts, switch: str) -> Outcome:
    text = {"ours": result.ours, "theirs": result.theirs}.get(switch, result.text)
    settled = switch in ("ours", "theirs")
    left = [one for one in result.conflicts if not settled or one.kind.startswith("rule:")]
    lines = [
        str(one) + (f"  ({switch} was taken)" if one not in left else "")
        for one in result.conflicts
    ]
    lines += [str(one) for one in result.warnings]
    raw = text.encode("utf-8", "surrogateescape")
    bom = BOM if texts.ours.startswith(BOM) else b""
    return Outcome(bom + raw, tuple(lines), tuple(asdict(one) for one in left), clean=not left)


@contextmanager
def _given_up_after(seconds: float) -> Iterator[None]:
    """Interrupt what takes too long."""
    import _thread
    from threading import Timer

    watch = Timer(seconds, _thread.interrupt_main)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def as_text(texts: Texts, reason: str) -> Outcome:
    """Merge as git does, with markers; with a reason, people must look even if none was needed."""
    try:
        from smartplan.workspace.git import merge_file

        raw, count = merge_file(texts.ours, texts.base, texts.theirs, marker=texts.marker)
    except BaseException:  # noqa: BLE001  # git cannot be run, or takes it for no text
        raw, count = _whole(texts), 1
    if not reason:
        return Outcome(raw, clean=not count)
    conflict = {
        "path": "",
        "kind": "text",
        "base": None,
        "ours": None,
        "theirs": None,
        "lines": None,
        "reason": reason,
    }
    line = f"CONFLICT text {texts.name}  merged as text, look it through: {reason}"
    return Outcome(raw, (line,), (conflict,), clean=False)


def _whole(texts: Texts) -> bytes:
    """Write both versions whole, one below the other, between markers."""
    size = texts.marker
    parts = (
        b"<" * size + b" ours\n",
        texts.ours,
        b"|" * size + b" base\n",
        texts.base,
        b"=" * size + b"\n",
        texts.theirs,
        b">" * size + b" theirs\n",
    )
    return b"".join(part if part.endswith(b"\n") or not part else part + b"\n" for part in parts)
