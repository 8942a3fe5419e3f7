"""Fixes of what fields and references could not read: what to write instead, and how sure that is.

A fix is safe if the text can mean nothing else. A reference to another id never is, nor is an
amount or a number with two readings, even though smartplan reads one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartplan.plan import faults, grammar, registers, values
from smartplan.plan.nearest import clearly
from smartplan.text.faults import quote_fix
from smartplan.text.mend import holds, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smartplan.text.finding import Code, Fix
    from smartplan.text.source import Span

Instead = tuple[str, bool] | None
"""What to write, and whether that is safe; nothing if nobody knows."""

FLAGS = {
    **dict.fromkeys(("yes", "y", "on", "ya", "true", "benar"), "true"),
    **dict.fromkeys(("no", "n", "off", "tidak", "false", "salah"), "false"),
}
NOT_TEXT = ("true", "false")
"""Words that YAML reads as something else than the text that a title is."""


def mend(
    code: Code, span: Span, args: Mapping[str, Any], related: Sequence[tuple[str, Span]] = ()
) -> Fix | None:
    """Give the fix of a finding, if there is one.

    What is reached by an alias has none: the text at its anchor may stand for other fields too.

    Args:
        code: what was found.
        span: where.
        args: the arguments of its sentence, with `seen`, `suggestion` and `allowed`.
        related: places that belong to it.
    """
    asked = _ASKED.get(code.id)
    seen = str(args.get("seen", ""))
    if asked is None or any(label == "alias" for label, _span in related) or not holds(span, seen):
        return None
    if code is values.UNQUOTED_NUMBER or (code is values.WRONG_TYPE and _is_text(seen, args)):
        return quote_fix(span)
    instead = asked(seen, args)
    if not instead or not instead[0] or instead[0] == seen:
        return None
    if code is values.WRONG_TYPE:
        return _bare(span, instead[0])
    return rewritten(span, instead[0], safe=instead[1])


def _is_text(seen: str, args: Mapping[str, Any]) -> bool:
    return args.get("allowed") == "text" and seen in NOT_TEXT


def _bare(span: Span, word: str) -> Fix:
    """Write a word that YAML must not read as text."""
    from smartplan.text.finding import Fix
    from smartplan.text.source import Edit

    return Fix("rewrite", (Edit(span, word),))


def _suggested(seen: str, args: Mapping[str, Any]) -> Instead:
    """Write what the field already read."""
    return str(args.get("suggestion", "")), bool(seen)


def _guessed(_seen: str, args: Mapping[str, Any]) -> Instead:
    return str(args.get("suggestion", "")), False


def _same_but_capitals(seen: str, args: Mapping[str, Any]) -> Instead:
    meant = str(args.get("suggestion", ""))
    return meant, meant.casefold() == seen.casefold()


def _word(seen: str, args: Mapping[str, Any]) -> Instead:
    meant = str(args.get("suggestion", ""))
    return meant, bool(meant) and meant == clearly(seen, args.get("allowed", ()))


def _flag(seen: str, args: Mapping[str, Any]) -> Instead:
    return FLAGS.get(seen.casefold(), "") if args.get("allowed") == "true or false" else "", True


def _date(seen: str, args: Mapping[str, Any]) -> Instead:
    meant = grammar.as_date(seen)
    asked = grammar.is_month if args.get("allowed") == "month" else grammar.is_date
    return (meant, meant[:4] == seen[:4]) if asked(meant) else None


def _number(_seen: str, args: Mapping[str, Any]) -> Instead:
    return format(args["reading"], "f").replace(".", ","), False


def _amount(_seen: str, args: Mapping[str, Any]) -> Instead:
    readings = str(args.get("suggestion", "")).split(" / ")
    return (readings[0], False) if len(readings) == 1 else None


def _unit(seen: str, args: Mapping[str, Any]) -> Instead:
    spelled = grammar.unit_in_full(seen)
    return (spelled, True) if spelled else (str(args.get("suggestion", "")), False)


_ASKED: dict[str, Callable[[str, Mapping[str, Any]], Instead]] = {
    faults.UNKNOWN_KEY.id: _word,
    faults.UNKNOWN_COLLECTION.id: _word,
    faults.DANGLING.id: _same_but_capitals,
    faults.NO_AGENCY.id: _same_but_capitals,
    values.WRONG_TYPE.id: _flag,
    values.NOT_ALLOWED.id: _word,
    values.BAD_ID.id: _guessed,
    values.UNQUOTED_NUMBER.id: _suggested,
    values.REVERSED_YEARS.id: _guessed,
    values.EN_DASH.id: _suggested,
    values.BAD_DATE.id: _date,
    values.PERIOD_SPELLING.id: _suggested,
    values.BAD_NUMBER.id: _guessed,
    values.AMBIGUOUS_NUMBER.id: _number,
    values.AMOUNT_UNREADABLE.id: _amount,
    values.AMOUNT_SPELLING.id: _unit,
    registers.UNKNOWN_REGISTER.id: _same_but_capitals,
    registers.UNKNOWN_SCHEME.id: _same_but_capitals,
    registers.UNKNOWN_DIMENSION.id: _same_but_capitals,
    registers.UNKNOWN_FUND.id: _same_but_capitals,
    registers.BUDGET_CODE_PADDING.id: _suggested,
}
