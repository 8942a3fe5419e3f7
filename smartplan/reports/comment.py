"""The comment of a review under a proposed change: short, quiet, money in the first lines.

It is put together here and not by a template, since it is measured while it is made: what does
not fit into a comment of the host is left out by structure, the lightest first, and counted.
Verdict, money and the list of what needs a decision are never cut (review.md 7.2).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.compare.change import AMENDMENT, FORMAT, INVALID, SIGNIFICANT, Weight
from smartplan.compare.names import funds
from smartplan.compare.selection import items_in
from smartplan.compare.taxonomy import RULES
from smartplan.reports import markdown
from smartplan.reports.changed import Changed, invented, warning
from smartplan.reports.wording import visible
from smartplan.words.changes import ARROW, INVENTED, Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smartplan.compare.change import Change
    from smartplan.compare.gate import Judged, Review
    from smartplan.compare.impact import Amount, Line
    from smartplan.compare.prose import Piece
    from smartplan.reports.changed import Row
    from smartplan.words.speaker import Speaker

LIMIT = 65_000
"""Characters that fit into a comment of every host (the wall is 65,536)."""
MARKER = "smartplan-review"
VALUE, SHORT = 160, 40
"""The most characters of a value, and of one where there is little room."""
TITLE = 80
YEARS = 8
"""The most years that have a column; of more, those that differ."""
COUNTED = 12
"""The most rules by which what is left out is counted."""
SPARE = 200
"""Bytes kept for the line that says how many rows of a table are left out."""

SIGNS = {"add": "\\+", "remove": "−", "set": "\\~", "rename": "=", "comment": "\\#"}


def comment(
    review: Review, speaker: Speaker, *, limit: int = LIMIT, marker: str = MARKER, link: str = ""
) -> str:
    """Write the comment of a review as Markdown, never longer than a limit.

    Args:
        review: the outcome.
        speaker: the language.
        limit: the most characters and the most bytes of UTF-8.
        marker: by which the comment is found again; it stands in a hidden first line.
        link: the address of the full report; empty if there is none.
    """
    return _Comment(review, speaker, limit, marker, link).text()


@dataclass
class _Comment:
    review: Review
    speaker: Speaker
    limit: int
    marker: str
    link: str

    def __post_init__(self) -> None:
        self.tell = Teller(self.speaker, funds())
        sides = (self.review.base, self.review.head)
        self.changed = Changed(self.review.difference, sides)
        self.address = str(markdown.address(self.link) or "")
        judged = [one for one in self.review.judged if one.change.weight > FORMAT]
        self.heavy = [one for one in judged if _asks(one)]
        self.light = [one for one in judged if not _asks(one)]

    # The whole

    def text(self) -> str:
        """Put the parts together, the heaviest first, as far as they fit."""
        head = "\n".join(self.head())
        foot = "\n".join(self.foot())
        body: list[str] = []
        room = self.limit - size(head) - size(foot) - 4
        if self.heavy:
            body.append(self.decisive(room))
            room -= size(body[-1]) + 2
        for weight in (SIGNIFICANT, *sorted(set(Weight) - {SIGNIFICANT}, reverse=True)):
            some = [one for one in self.light if one.change.weight == weight]
            if some:
                part = self.lighter(weight, some, room)
                body.append(part)
                room -= size(part) + 2
        whole = "\n\n".join([head, *filter(None, body), *filter(None, [foot])]) + "\n"
        return whole if size(whole) <= self.limit else self.least()

    def least(self) -> str:
        """Give what is left where the limit is too low for more: verdict and money."""
        lines = list(self.head())
        for some in (lines, lines[:3]):
            if size(said := "\n".join(some)) < self.limit:
                return f"{said}\n"
        return ""

    def say(self, key: str, **args: object) -> str:
        return self.speaker.label(f"comment.{key}", **args)

    # Above and below

    def head(self) -> Iterator[str]:
        """Give marker, verdict, sides and money."""
        name = re.sub(r"[^\w.:/]+", "-", self.marker, flags=re.ASCII)
        yield f"<!-- {name.strip('-') or MARKER} -->"
        yield f"### {self.verdict()}"
        yield ""
        shown = [one.change for one in (*self.heavy, *self.light)]
        counts = self.speaker.label(
            "change.in_items",
            changes=self.tell.count("change", len(shown)),
            items=self.tell.count("item", items_in(shown)),
        )
        parts = [f"{text(self.review.base)} {ARROW} {text(self.review.head)}", text(counts)]
        if self.review.baseline:
            parts.append(text(self.say("baseline", name=self.review.baseline)))
        if self.address:
            parts.append(f"[{text(self.say('report'))}]({self.address})")
        yield " · ".join(parts)
        yield ""
        if said := warning(self.review.difference, self.speaker):
            yield from (f"> ⚠️ {text(cut(said, 4 * VALUE))}", "")
        yield from self.money()

    def verdict(self) -> str:
        """Say in a line whether the branch may pass, and what it costs."""
        title, waiting = self.say("title"), self.review.waiting
        invalid = sum(one.change.weight == INVALID for one in waiting)
        asked = len(waiting) - invalid
        if not waiting:
            approved = sum(one.needs for one in self.heavy)
            said = self.say("approved", number=approved) if approved else self.say("passed")
            return f"✅ {text(f'{title}: {said}')}"
        parts = [
            self.say("invalid", number=invalid) if invalid else "",
            self.say("waits", number=asked) if asked else "",
        ]
        return f"❌ {text(title + ': ' + '; '.join(filter(None, parts)))}"

    def money(self) -> Iterator[str]:
        """Give the money by year in columns, or one line if it stays as it is."""
        money = self.changed.money
        if not money.changed:
            yield text(self.say("same_money", amount=self.amount(money.total.new)))
            return
        years = list(money.years)
        if len(years) > YEARS:
            years = [one for one in years if one.old != one.new][:YEARS]
        lines = [*years, money.total]
        names = [*(one.key or self.speaker.label("money.no_year") for one in years)]
        heads = [*(cut(one, 24) for one in names), self.speaker.label("money.total")]
        yield row([self.speaker.label("change.budget"), *heads])
        yield "|---|" + "--:|" * len(lines)
        for label, side in (("before", "old"), ("after", "new")):
            amounts = [self.amount(getattr(one, side)) for one in lines]
            yield row([self.speaker.label(f"changes.{label}"), *amounts])
        deltas = [self.delta(one) for one in lines]
        cells = [text(one) for one in [self.speaker.label("column.difference"), *deltas[:-1]]]
        yield f"| {' | '.join(cells)} | **{text(deltas[-1])}** |"

    def amount(self, amount: Amount) -> str:
        return self.tell.amount(amount.rupiah, amount.unknown)

    def delta(self, line: Line) -> str:
        if not line.delta:
            return "–"
        share = f" ({self.tell.percent(line.percent)})" if line.percent else ""
        return f"{self.tell.money(line.delta)}{share}"

    def foot(self) -> Iterator[str]:
        """Explain the mark of what is illustrative, and say how to approve what waits for that."""
        if invented(one.change for one in self.review.judged):
            yield f"{INVENTED} {text(self.speaker.label('legend.illustrative'))}"
            yield ""
        waiting = [one for one in self.review.waiting if one.change.weight != INVALID]
        if waiting:
            fingerprint = waiting[0].change.fingerprint
            command = f'smartplan approve {fingerprint} --by "…" --ref "…"'
            yield f"{text(self.say('how'))} `{command}`"

    # What needs a decision

    def decisive(self, room: int) -> str:
        """List what needs a decision: in full, else with short values, else by name, counted."""
        title = f"**{text(self.say('decisive', number=len(self.heavy)))}**"
        columns = ("", "item", "change", "kind", "state", "id")
        head = "\n".join([title, "", *self.table(columns)])
        for longest in (VALUE, SHORT):
            rows = (self.row(one, longest, state=True) for one in self.heavy)
            kept = fitting(rows, room - size(head))
            if len(kept) == len(self.heavy):
                return "\n".join([head, *kept])
        return self.listed(title, self.heavy, room)

    def listed(self, title: str, some: Sequence[Judged], room: int) -> str:
        """List changes in their shortest form; what does not fit even so is counted by rule."""
        lines = [self.named(one) for one in some]
        left = room - size(title) - 2
        kept = fitting(lines, left)
        if len(kept) == len(lines):
            return "\n".join([title, "", *kept])
        kept = fitting(lines, left - size(self.counted(some)) - SPARE)
        return "\n".join([title, "", *kept, "", self.counted(some[len(kept) :])])

    def named(self, judged: Judged) -> str:
        """Name a change by item, rule and fingerprint."""
        change = judged.change
        item = change.item.id if change.item else change.path
        sign = "✅ " if judged.needs and judged.met else ""
        kind = text(self.tell.rule(change.rule, RULES[change.rule].says))
        mark = f" {INVENTED}" if change.item and change.item.illustrative else ""
        return f"- {sign}**{text(cut(item, TITLE))}**{mark} {kind} {self.fingerprint(change)}"

    def counted(self, some: Sequence[Judged]) -> str:
        """Count changes by rule, in a line that says where they are listed."""
        rules = Counter(one.change.rule for one in some).most_common()
        said = [
            f"{self.tell.rule(rule, RULES[rule].says)}: {number}"
            for rule, number in rules[:COUNTED]
        ]
        other = sum(number for _, number in rules[COUNTED:])
        said += [self.say("other", number=other)] if other else []
        return text(self.say("not_listed", number=len(some), counts="; ".join(said)))

    # What does not

    def lighter(self, weight: Weight, some: Sequence[Judged], room: int) -> str:
        """List lighter changes: significant ones open, all others folded; else count them."""
        name = text(f"{self.speaker.choice('weight', weight.word)} ({len(some)})")
        columns = ("", "item", "change", "kind", "id")
        opened = weight == SIGNIFICANT
        top = f"**{name}**\n" if opened else f"<details><summary>{name}</summary>\n"
        bottom = "" if opened else "\n\n</details>"
        head = "\n".join([top, *self.table(columns)])
        left = room - size(head) - size(bottom) - SPARE
        kept: list[str] = []
        for longest in (VALUE, SHORT) if opened else (VALUE,):
            kept = fitting((self.row(one, longest, state=False) for one in some), left)
            if len(kept) == len(some):
                break
        if not kept:
            line = f"{name}: {text(self.say('not_shown'))}"
            return line if size(line) + 2 <= room else ""
        rest = len(some) - len(kept)
        more = f"\n\n{text(self.say('more', number=rest))}" if rest else ""
        return "\n".join([head, *kept]) + more + bottom

    # Rows

    def table(self, columns: Sequence[str]) -> list[str]:
        heads = [text(self.say(f"column.{one}")) if one else "" for one in columns]
        return [f"| {' | '.join(heads)} |", "|" + "---|" * len(columns)]

    def row(self, judged: Judged, longest: int, *, state: bool) -> str:
        """Write a change as a row of a table."""
        change = judged.change
        item = change.within or change.item
        name = f"**{text(cut(item.id if item else change.path, TITLE))}**"
        if item and item.title != item.id and longest > SHORT:
            name += f" {text(cut(item.title, TITLE))}"
        name += f" {INVENTED}" if item and item.illustrative else ""
        cells = [
            SIGNS.get(change.op, "↕"),
            name,
            self.told(change, longest),
            text(self.tell.rule(change.rule, RULES[change.rule].says)),
            *([text(self.state(judged))] if state else []),
            self.fingerprint(change),
        ]
        return f"| {' | '.join(cells)} |"

    def told(self, change: Change, longest: int) -> str:
        """Say the field, its two values and how much that is, as Markdown."""
        if change.item is None and change.label:  # a rule of the plan, with what it found
            return text(cut(change.label, 2 * longest))
        shown = self.changed.row(change)
        inner = f"{change.item.id} " if change.within and change.item else ""
        said = text(cut(f"{inner}{self.tell.field(change)}".strip(), TITLE))
        values = self.values(shown, longest)
        beside = filter(None, (self.tell.delta(change), self.tell.verdict(change)))
        return ", ".join([": ".join(filter(None, (said, values))), *map(text, beside)])

    def values(self, shown: Row, longest: int) -> str:
        """Say two values; of long texts the words that differ, of an item what it is about."""
        change, seen = shown.change, shown.glance
        pieces = shown.pieces_shortly
        if pieces and sum(len(one.text) for one in pieces) <= 2 * longest:
            return " ".join(_marked(one) for one in pieces)
        if seen is not None:
            title = seen.item.title if shown.inner else ""
            facts = (
                cut(title, longest),
                self.speaker.years(seen.years) if seen.years else "",
                self.tell.cost(seen.amount.rupiah, seen.amount.unknown) if seen.amount else "",
                shown.agency,
            )
            return text(" · ".join(filter(None, facts)))
        old = "" if change.op == "add" else self.tell.counted(change, shown.old)
        new = "" if change.op == "remove" else self.tell.counted(change, shown.new)
        return text(f" {ARROW} ".join(cut(one, longest) for one in (old, new) if one))

    def state(self, judged: Judged) -> str:
        """Say what a change waits for, or what lets it pass."""
        if judged.waiver is not None:
            reason = cut(judged.waiver.reason, TITLE)
            return "✅ " + self.say("waived", until=judged.waiver.until, reason=reason)
        given = "; ".join(
            self.say("by", by=cut(one.by, SHORT), ref=cut(one.ref, TITLE))
            for one in judged.approvals[:3]
        )
        if not judged.needs:
            return "–"
        if judged.met:
            return f"✅ {given}"
        if judged.change.weight == INVALID:
            return "❌ " + self.say("must_mend")
        roles = ", ".join(judged.roles) or self.say("anybody")
        need = self.say(
            "needs", given=len(judged.approvals), required=judged.required, roles=cut(roles, TITLE)
        )
        return "⏳ " + "; ".join(filter(None, (need, given)))

    def fingerprint(self, change: Change) -> str:
        """Give the fingerprint, leading to its place in the report if there is one."""
        code = f"`{change.fingerprint}`"
        return f"[{code}]({self.address}#{change.fingerprint})" if self.address else code


def _asks(judged: Judged) -> bool:
    """Tell whether a change asks for a decision, so that it is never left out."""
    return judged.needs or judged.change.weight >= AMENDMENT


def _marked(piece: Piece) -> str:
    sign = {"gone": "~~", "came": "**"}.get(piece.kind, "")
    return f"{sign}{text(piece.text)}{sign}"


def fitting(lines: Iterable[str], room: int) -> list[str]:
    """Give the first lines, as many as fit into some bytes; no further one is made."""
    kept: list[str] = []
    for line in lines:
        room -= size(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def size(said: str) -> int:
    """Give the bytes of a text, which are never fewer than its characters."""
    return len(said.encode("utf-8", "surrogatepass"))


def text(said: str) -> str:
    """Write any text so that it reads as itself, in a sentence or a cell."""
    return markdown.escape(visible(said))


def row(cells: Sequence[str]) -> str:
    """Write a row of a table."""
    return f"| {' | '.join(map(text, cells))} |"


def cut(said: str, longest: int) -> str:
    """Shorten a text to some characters."""
    return said if len(said) <= longest else f"{said[: longest - 1].rstrip()}…"
