"""Two texts word by word: what they share, what went, what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["same", "gone", "came", "gap"]

LONGEST = 3_000
"""Texts of more words are not compared inside: one takes the place of the other."""
NEAR = 4
"""How many words around a difference are shown, if not the whole text is."""


class Piece(NamedTuple):
    """A run of words: shared, gone, come, or left out."""

    kind: Kind
    text: str


def word_by_word(old: str, new: str) -> list[Piece]:
    """Part two texts into runs of words that are shared, gone or come, in reading order."""
    ours, theirs = _words(old), _words(new)
    if max(len(ours), len(theirs)) > LONGEST:
        return [Piece("gone", old), Piece("came", new)]
    found: list[tuple[Kind, list[str]]] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", ours[a:b]))
        else:
            found += [("gone", ours[a:b]), ("came", theirs[c:d])]
    return [Piece(kind, " ".join(words)) for kind, words in _bridged(found) if words]


def _words(text: str) -> list[str]:
    return re.sub(r"\n\s*\n", " ¶ ", text).split()


def _bridged(runs: list[tuple[Kind, list[str]]]) -> Iterator[tuple[Kind, list[str]]]:
    """Join differences that only one short shared word parts: they are read as one."""
    gone: list[str] = []
    came: list[str] = []
    for number, (kind, words) in enumerate(runs):
        inside = 0 < number < len(runs) - 1 and (gone or came)
        if kind == "gone":
            gone += words
        elif kind == "came":
            came += words
        elif inside and len(words) == 1:
            gone += words
            came += words
        else:
            yield from (("gone", gone), ("came", came), ("same", words))
            gone, came = [], []
    yield from (("gone", gone), ("came", came))


def shortened(pieces: list[Piece], near: int = NEAR) -> list[Piece]:
    """Leave out shared words that stand far from any difference."""
    found: list[Piece] = []
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        words = piece.text.split()
        before, after = number > 0, number < last
        if piece.kind != "same" or len(words) <= near * (before + after) + 1:
            found.append(piece)
            continue
        if before:
            found.append(Piece("same", " ".join(words[:near])))
        found.append(Piece("gap", "…"))
        if after:
            found.append(Piece("same", " ".join(words[-near:])))
    return found


def side(pieces: list[Piece], kind: Kind) -> list[Piece]:
    """Give one side of two texts: the shared words, and those of its kind, runs joined."""
    chosen = [one for one in pieces if one.kind in ("same", "gap", kind)]
    return [
        Piece(key, " ".join(one.text for one in some))
        for key, some in groupby(chosen, key=lambda one: one.kind)
    ]
