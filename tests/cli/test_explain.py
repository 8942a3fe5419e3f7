"""`explain` and `rules`: every code is explained, in every language and format."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
import test_fix
from running import run
from samples import TODAY, check_text, sources_of
from test_rules import ALL_CASES, completed, recent

from smartplan.cli.all_codes import ALL_CODES
from smartplan.rules.check import check
from smartplan.rules.examples import examples
from smartplan.rules.mending import FIXABLE
from smartplan.show import codes
from smartplan.text.document import Document
from smartplan.words.speaker import Speaker, languages

if TYPE_CHECKING:
    from smartplan.text.finding import Code


@pytest.mark.parametrize("asked", ["C022", "c022", "agency-unknown"])
def test_a_code_is_explained_by_id_or_name(asked: str) -> None:
    """The page holds sentence, weight, reason, remedy, source, and both examples."""
    done = run("explain", asked)
    assert done.code == 0
    assert done.out.startswith("C022 agency-unknown\nerror\n\n“…” is no agency of the plan.\n")
    for part in ("Why it matters", "What to do", "Source\n  domain rule R22", "# ← C022"):
        assert part in done.out
    assert "--fix mends it" in done.out


def test_a_typo_leads_to_the_nearest() -> None:
    """A code that does not exist is refused with the one that was probably meant."""
    refused = run("explain", "agency-unknwn")
    assert refused.code == 2
    assert "The nearest: C022 agency-unknown." in refused.err
    assert run("explain", "☃").code == 2


def test_levels_of_stages_are_told() -> None:
    """A code that weighs more from a stage on says so."""
    later = next(one for one in ALL_CODES if one.from_stage)
    assert " on\n" in run("explain", later.id).out.split("\n\n")[0] + "\n"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ALL_CODES, ids=lambda one: one.id)
def test_every_code_is_explained(code: Code, language: str) -> None:
    """No code lacks a word in any language and format; those of the domain have examples."""
    speaker, shown = Speaker(language), examples(code.id, code.name)
    assert (shown is not None) == (code.id[0] in "SCDAMI")
    cases = (("found", shown.found), ("clean", shown.clean)) if shown else ()
    text = codes.as_text(code, speaker, cases, fixable=True)
    assert codes.title(code, speaker) in text
    assert "{" not in codes.title(code, speaker)
    assert f"## {code.name} ({code.id})" in codes.as_markdown(code, speaker, cases, fixable=True)
    told = json.loads(codes.as_json(code, speaker, cases, fixable=False))
    assert told["why"]
    assert told["fix"]


@pytest.mark.parametrize("case", [one for one in ALL_CASES if one.number == 1], ids=str)
def test_examples_are_the_cases(case: object) -> None:
    """An example is a case that the tests run: marked where the code is found, clean where not."""
    code, name = getattr(case, "code", ""), getattr(case, "name", "")
    shown = examples(code, name)
    assert shown is not None
    for files, found in ((shown.found, True), (shown.clean, False)):
        assert files
        for text in files.values():
            assert not Document.read(sources_of({"a.yaml": text})[0]).broken or code[0] in "YF"
        sources = sources_of({path: completed(text) for path, text in files.items()})
        checked = check(sources, today=TODAY, recent=partial(recent, files))
        hits = [one for one in checked.findings if one.code.id == code]
        assert bool(hits) is found
        marked = "\n".join(files.values()).count(f"# ← {code}")
        assert (marked > 0) is found


def test_what_is_said_to_be_mended_is_mended() -> None:
    """The list of codes that have a fix is the list of those of which one has been seen."""
    texts = [test_fix.PLAN.replace(right, wrong) for right, wrong, _ in test_fix.SAFE]
    texts += [test_fix.PLAN.replace(right, wrong) for right, wrong, _ in test_fix.UNSAFE]
    texts += [test_fix.PLAN.replace(right, wrong) for right, wrong, _ in test_fix.SPELLINGS]
    texts += [
        "plan: {taxonomy: Kominfo-2021}\n",
        "crosswalk: [{scheme: SDG, code: '1', actions: [A]}]\n",
        "checks: {ignore: [{rule: C0222, reason: x}, {rule: C022, reason: x}]}\n",
        test_fix.PLAN + "---\n",
        "actions: [{id: A-1, title: x, budget: {2024: '1500.000'}}]\n",
        "actions: [{id: A-1, title: x, budget: {2024: {amount: 1 juta, approximate: ya}}}]\n",
    ]
    found = [one for text in texts for one in check_text(text)]
    for case in ALL_CASES:
        sources = sources_of({path: completed(text) for path, text in case.files.items()})
        found += check(sources, today=TODAY).findings
    assert {one.code.id for one in found if one.remark.fix} == FIXABLE


def test_all_codes_are_listed() -> None:
    """`rules` lists every code once, or those of a family, as a table, JSON or Markdown."""
    table = run("rules").lines
    assert [line.split()[0] for line in table] == [one.id for one in ALL_CODES]
    money = json.loads(run("rules", "--wing", "money", "--format", "json").out)["rules"]
    assert {one["code"][0] for one in money} == {"M"}
    assert {"code", "name", "level", "from_stage", "title", "fixable"} <= set(money[0])
    page = run("rules", "--format", "md").lines
    assert len(page) == len(ALL_CODES) + 2
    assert run("rules", "--wing", "mony").code == 2
    assert {one.id[0] for one in ALL_CODES} == set(codes.WINGS.values())
