"""The outcome of a review at a screen: the verdict, the money, what waits and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartplan.compare.change import EDITORIAL, INVALID
from smartplan.compare.impact import impact
from smartplan.compare.taxonomy import RULES
from smartplan.show.changes import MARKS
from smartplan.show.terminal import BOLD, clean, paint
from smartplan.words.changes import ARROW, Teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.compare.gate import Judged, Review
    from smartplan.words.speaker import Speaker

GREEN, RED = "32;1", "31;1"
SHORT = 4
"""The fewest letters of a fingerprint that are shown."""


def text(review: Review, speaker: Speaker, *, colour: bool = False) -> str:
    """Show a review: verdict and money first, then every change with what it needs."""
    return "\n".join(_lines(review, speaker, colour=colour)) + "\n"


def _lines(review: Review, speaker: Speaker, *, colour: bool) -> Iterator[str]:
    verdict = _verdict(review, speaker)
    yield paint(verdict, GREEN if review.passed else RED, colour=colour)
    yield clean(speaker.screen("review.base", base=review.base, head=review.head))
    tell = Teller(speaker)
    total = impact(review.difference.before, review.difference.after)[0]
    if total.delta:
        old, new = (tell.amount(one.rupiah, one.unknown) for one in (total.old, total.new))
        title = speaker.label("change.budget")
        yield clean(f"{title}  {old} {ARROW} {new}   {tell.money(total.delta)}")
    letters = _letters(review)
    weight = None
    for judged in review.judged:
        if judged.change.weight < EDITORIAL:
            continue
        if judged.change.weight != weight:
            weight = judged.change.weight
            yield ""
            yield paint(speaker.choice("weight", weight.word).upper(), BOLD, colour=colour)
        yield from _change(judged, tell, letters, colour=colour)
    names = [
        one.change.fingerprint[:letters] for one in review.waiting if one.change.weight != INVALID
    ]
    if names:
        yield ""
        yield speaker.screen("review.how", fingerprints=" ".join(names))


def _verdict(review: Review, speaker: Speaker) -> str:
    """Say whether the branch may pass; what no approval mends is not said to wait for one."""
    if review.passed:
        return speaker.screen("review.passed")
    invalid = sum(one.change.weight == INVALID for one in review.waiting)
    numbers = {"to_mend": invalid, "to_approve": len(review.waiting) - invalid}
    said = [speaker.screen(f"review.{key}", number=n) for key, n in numbers.items() if n]
    return speaker.screen("review.failed", reasons=". ".join(said))


def _change(judged: Judged, tell: Teller, letters: int, *, colour: bool) -> Iterator[str]:
    change, speaker = judged.change, tell.speaker
    rule = tell.rule(change.rule, RULES[change.rule].says)
    item = change.within or change.item
    inner = f"{change.item.id} " if change.item and change.within else ""
    what = f"{inner}{tell.field(change) or rule}"
    values = tell.sides(change)
    remarks = ", ".join(tell.remarks(change, RULES[change.rule].says))
    head = (
        paint(change.fingerprint[:letters], BOLD, colour=colour) if judged.needs else " " * letters
    )
    parts = [item.id if item else change.path, what, values, remarks]
    yield f"  {head}  {MARKS[change.op]} {clean('  '.join(filter(None, parts)))}"
    for line in _needs(judged, speaker):
        yield f"  {'':<{letters}}      {clean(line)}"


def _needs(judged: Judged, speaker: Speaker) -> Iterator[str]:
    """Say what a change needs and what it has."""
    for one in judged.approvals:
        yield speaker.screen("review.has", by=one.by, ref=one.ref)
    if judged.waiver is not None:
        until, reason = judged.waiver.until, judged.waiver.reason
        yield speaker.screen("review.waived", until=until, reason=reason)
    elif judged.needs and not judged.met:
        if judged.change.weight == INVALID:
            yield speaker.screen("review.invalid")
            return
        roles = ", ".join(judged.roles) or speaker.screen("review.anybody")
        yield speaker.screen("review.needs", required=judged.required, roles=roles)


def _letters(review: Review) -> int:
    """Give how many letters tell the fingerprints apart."""
    names = {one.change.fingerprint for one in review.judged}
    size = SHORT
    while len({name[:size] for name in names}) < len(names):
        size += 1
    return size
