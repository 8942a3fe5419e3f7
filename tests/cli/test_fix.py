"""`validate --fix`: what is mended, what is left alone, and what a mended plan is worth."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import run
from samples import TODAY, sources_of

from smartplan.rules.check import check
from smartplan.rules.mending import fixable
from smartplan.rules.mending import mend as mended
from smartplan.text.document import Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from smartplan.rules.check import Checked
    from smartplan.text.source import Source

PLAN = """\
plan:
  id: uji-2024
  title: Masterplan Uji
  stage: draft
  period: {start: 2024, end: 2028}
  city: {code: "71.74", name: Kota Uji}
  # catatan yang harus tetap di tempatnya
agencies:
  - {id: diskominfo, name: Dinas Kominfo, short: Diskominfo, affairs: ["2.16"]}
  - {id: setda, name: Sekretariat Daerah}
sources:
  - {id: S-16, title: Berita, date: 2023-08-01}
actions:
  - id: GOV-01
    title: Mal pelayanan   # di tengah kota
    kind: application
    dimension: governance
    owner: diskominfo
    support: [setda]
    years: [2024, 2026-2028]
    codes: ["2.16.03.2.02.0009"]
    budget:
      2024: {apbd: "2,5 miliar"}
      2026: 700 juta
      2027: 700 juta
      2028: 700 juta
    status: planned
    indicators:
      - id: GOV-01-I1
        title: Layanan aktif
        unit: layanan
        baseline: {2023: "4"}
        targets: {2026: "1250"}
readings:
  - {indicator: GOV-01-I1, period: 2024-Q4, value: "7"}
"""

SAFE = [
    ("period: {start", "perod: {start", "F101"),
    ("agencies:", "agences:", "F102"),
    ("kind: application", "kind: Application", "F105"),
    ("kind: application", "kind: aplication", "F105"),
    ("status: planned", "status: 'PLANNED'", "F105"),
    ("owner: diskominfo", "owner: DISKOMINFO", "C022"),
    ("indicator: GOV-01-I1", "indicator: gov-01-i1", "F107"),
    ('code: "71.74"', "code: 71.74", "F109"),
    ("2026-2028]", "2026–2028]", "F112"),
    ("date: 2023-08-01", "date: 2023-8-1", "F113"),
    ("period: 2024-Q4", "period: 2024 TW4", "F115"),
    ('"2,5 miliar"', '"2,5 M"', "M047"),
    ('"2,5 miliar"', '"2.5 miliar"', "M047"),
    ("{apbd:", "{APBD:", "M052"),
    ('"2.16.03.2.02.0009"', '"2.16.03.02.02.0009"', "M154"),
    ('"2,5 miliar"', "2,5 miliar", "Y111"),
    ("    owner: diskominfo\n", "    owner: diskominfo\n    owner: diskominfo\n", "Y108"),
]
"""What stands in the plan, what stands there instead, and the code under which it is mended."""

UNSAFE = [
    ("owner: diskominfo", "owner: diskomnfo", "C022"),
    ("owner: diskominfo", "owner: Dinas Kominfo", "C022"),
    ("dimension: governance", "dimension: governace", "D016"),
    ("2026-2028]", "2028-2026]", "F111"),
    ('targets: {2026: "1250"}', 'targets: {2026: "1.250"}', "I035"),
    ("2024: {apbd", "2024: {apbdd", "M052"),
]

SPELLINGS = [
    ("title: Mal pelayanan   #", "title: Mal: pelayanan   #", 'title: "Mal: pelayanan"   #'),
    ("title: Mal pelayanan   #", "title: % pelayanan   #", 'title: "% pelayanan"   #'),
    ("title: Mal pelayanan   #", "title: true   #", 'title: "true"   #'),
    ("title: Mal pelayanan   #", "title: 2024   #", 'title: "2024"   #'),
    ("title: Mal pelayanan   #", "title: Mal #2 x   #", 'title: "Mal #2 x   # di tengah kota"'),
    ("date: 2023-08-01", "date: 1 Agustus 2023", "date: 2023-08-01"),
    ("date: 2023-08-01", "date: Agustus 2023", "date: 2023-08"),
    ("date: 2023-08-01", "date: 01/08/2023", "date: 2023-08-01"),
    ("2026: 700 juta", "2026: Rp 0.7 M", '2026: "Rp 0,7 miliar"'),
    ("2026: 700 juta", "2026: sekitar 2 M", "2026: sekitar 2 miliar"),
    ("2026: 700 juta", "2026: 1.500 miliar", "2026: Rp 1.500.000.000.000"),
    ('baseline: {2023: "4"}', 'baseline: {2023: "4%"}', 'baseline: {2023: "4"}'),
    ("id: GOV-01-I1\n", "id: GOV 01_I1\n", "id: GOV-01-I1\n"),
    ("  - {id: setda", "  - {id: setda, id: setda", "  - {id: setda"),
    ("    status: planned", "  \tstatus: planned", "    status: planned"),
    ("    title: Mal", "    title: M\x07al", "    title: Mal"),
    ("title: Mal pelayanan   #", "title: *Mal   #", 'title: "*Mal"   #'),
    ("title: Mal pelayanan   #", "title: !Mal   #", 'title: "!Mal"   #'),
]
"""What stands in the plan, what stands there instead, and how it is written anew."""


def examined(sources: Sequence[Source]) -> Checked:
    """Check sources on the fixed day."""
    return check(sources, today=TODAY)


def mend(text: str, *, unsafe: bool = False) -> tuple[str, list[str], Checked]:
    """Mend a plan of one file: its text, the codes of what was mended, and what is found now."""
    result = mended(
        sources_of({"plan.yaml": text}), examined, lambda one: fixable(one, unsafe=unsafe)
    )
    return result.sources[0].text, [one.code.id for one in result.fixed], result.checked


def prints(text: str) -> set[str]:
    """Give what is found in a plan of one file, without its lines."""
    return {one.fingerprint for one in examined(sources_of({"plan.yaml": text})).findings}


@pytest.mark.parametrize(("right", "wrong", "code"), SAFE)
def test_safe_fixes(right: str, wrong: str, code: str) -> None:
    """What can only mean one thing is mended, and the plan means what it meant before."""
    assert PLAN.count(right) == 1
    text, fixed, checked = mend(PLAN.replace(right, wrong))
    assert code in fixed
    assert prints(PLAN) == {one.fingerprint for one in checked.findings}
    assert examined(sources_of({"plan.yaml": text})).findings == checked.findings


@pytest.mark.parametrize(("right", "wrong", "code"), UNSAFE)
def test_guesses_are_made_only_if_asked_for(right: str, wrong: str, code: str) -> None:
    """A likely fix that could change the meaning waits for --unsafe."""
    broken = PLAN.replace(right, wrong)
    assert mend(broken)[0] == broken
    text, fixed, checked = mend(broken, unsafe=True)
    assert code in fixed
    assert prints(PLAN) == {one.fingerprint for one in checked.findings}, text


@pytest.mark.parametrize(("right", "wrong", "new"), SPELLINGS)
def test_spellings(right: str, wrong: str, new: str) -> None:
    """The text is written as a person would write it, and nothing around it changes."""
    before, _right, after = PLAN.partition(right)
    text, _fixed, checked = mend(before + wrong + after, unsafe=True)
    if right.endswith("#") and new.endswith('kota"'):
        after = after.partition("\n")[1] + after.partition("\n")[2]
    assert text == before + new + after
    assert [] == [one.code.id for one in checked.findings if one.code.id[0] in "YF"]


@given(st.sets(st.integers(0, len(SAFE) - 1), min_size=1, max_size=6))
def test_any_faults_together(chosen: set[int]) -> None:
    """Several faults are mended together: none is left, none is new, the rest stays as it is."""
    broken, used = PLAN, set()
    for right, wrong, _code in (SAFE[number] for number in sorted(chosen)):
        line = next(n for n, line in enumerate(PLAN.split("\n")) if right.split("\n")[0] in line)
        if line not in used and broken.count(right) == 1:
            used.add(line)
            broken = broken.replace(right, wrong)
    text, _fixed, checked = mend(broken)
    assert prints(PLAN) == {one.fingerprint for one in checked.findings}
    kept = [line for number, line in enumerate(PLAN.split("\n")) if number not in used]
    assert [] == [line for line in kept if line not in text.split("\n")]
    assert mend(text)[:2] == (text, [])


@given(st.text(alphabet="-ab: #\n[]{}\"'%,12.&*|>\t", max_size=60))
def test_no_text_is_made_worse(tail: str) -> None:
    """Whatever stands below a plan, mending ends, and it reads no worse as YAML than before."""
    before = sources_of({"plan.yaml": PLAN + tail})[0]
    result = mended([before], examined, lambda one: fixable(one, unsafe=True))
    after = Document.read(result.sources[0])
    assert not after.broken or Document.read(before).broken


def test_a_key_that_stands_there_already_is_no_fix() -> None:
    """A misspelt key is not turned into a second one; an unclear one is not guessed safely."""
    twice = PLAN.replace("    status: planned\n", "    status: planned\n    statu: done\n")
    assert mend(twice, unsafe=True)[0] == twice
    unclear = PLAN.replace("kind: application", "kinx: application")
    assert mend(unclear.replace("    title: Mal", "    titel: Mal"))[1] == ["F101", "F101"]
    assert mend(PLAN.replace("owner: diskominfo", "own: diskominfo"))[1] == []


def test_what_an_anchor_shares_is_left_alone() -> None:
    """A value that is reached by an alias is not written anew: others may read it otherwise."""
    shared = PLAN.replace('code: "71.74"', "code: *kode").replace(
        "plan:\n  id: uji-2024", "plan:\n  version: &kode 71.74\n  id: uji-2024"
    )
    _text, fixed, checked = mend(shared)
    assert set(fixed) == {"F109"}
    assert "F109" not in [one.code.id for one in checked.findings]


@pytest.mark.parametrize(
    ("wrong", "right", "unsafe"),
    [
        ("    support: [setda, diskominfo]", "    support: [setda]", True),
        ("    support: [diskominfo, setda]", "    support: [setda]", True),
        ("    support: [diskominfo]", "    support: []", True),
        ("    support:\n      - diskominfo\n      - setda", "    support:\n      - setda", True),
    ],
)
def test_rules_mend_too(wrong: str, right: str, *, unsafe: bool) -> None:
    """A rule that knows what to take out of a list says so, in whatever way the list is written."""
    text = PLAN.replace("    support: [setda]", wrong)
    assert mend(text)[0] == text
    assert mend(text, unsafe=unsafe)[0] == PLAN.replace("    support: [setda]", right)


def test_quotes_in_a_comment_go() -> None:
    """A code in a comment stands bare: a fix that left the quotes would change nothing."""
    bare = "    owner: nobody  # smartplan: ignore[C022] nanti"
    text = PLAN.replace("    owner: diskominfo", bare.replace("[C022]", '["C022"]'))
    assert mend(text, unsafe=True)[0].count("ignore[C022] nanti") == 1


def test_settings_are_mended() -> None:
    """An entry that explains nothing goes; a misspelt rule is written as it is spelled."""
    settings = """\
checks:
  ignore:
    - rule: C023
      reason: sudah benar
    - {rule: origin-mising, reason: belum}
"""
    text, fixed, _checked = mend(PLAN + settings)
    assert sorted(fixed) == ["T101", "T103"]
    assert text == PLAN + ("checks:\n  ignore:\n    - {rule: origin-missing, reason: belum}\n")


# On the disk


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan with one safe fix and one guess; stand in the folder above it."""
    folder = tmp_path / "rencana kita"
    folder.mkdir()
    wrong = PLAN.replace("kind: application", "kind: Application")
    (folder / "plan.yaml").write_text(
        wrong.replace("support: [setda]", "support: [setd]"), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return folder


def test_fix_writes_and_says_what_it_did(plan: Path) -> None:
    """`--fix` makes the safe fixes, `--unsafe` the others; what is left gives the exit code."""
    before = run("validate", "rencana kita")
    assert "F105 [*] “Application”" in before.out
    assert "[*] --fix mends 1. --fix --unsafe mends 1 more." in before.err
    fixed = run("validate", "rencana kita", "--fix")
    assert (fixed.code, "Fixed: 1." in fixed.err) == (1, True)
    assert "kind: application" in (plan / "plan.yaml").read_text("utf-8")
    rest = run("validate", "rencana kita", "--fix", "--unsafe")
    assert (rest.code, "Fixed: 1." in rest.err) == (0, True)
    assert (plan / "plan.yaml").read_text("utf-8") == PLAN
    assert [path.name for path in plan.iterdir()] == ["plan.yaml"]


def test_diff_shows_and_writes_nothing(plan: Path) -> None:
    """`--diff` prints a patch that git applies, exits 1, and leaves the file as it is."""
    was = (plan / "plan.yaml").read_bytes()
    shown = run("validate", "rencana kita", "--diff", "--unsafe")
    assert (shown.code, shown.err.strip()) == (1, "Would be fixed: 2.")
    assert (plan / "plan.yaml").read_bytes() == was
    done = subprocess.run(
        ["git", "apply", "-"],  # noqa: S607  # git is a tool of every developer
        input=shown.out,
        text=True,
        cwd=plan.parent,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (plan / "plan.yaml").read_text("utf-8") == PLAN
    clean = run("validate", "rencana kita", "--diff", "--unsafe")
    assert (clean.code, clean.out) == (0, "")


def test_rights_and_line_ends_stay(plan: Path) -> None:
    """A file keeps its mark, its line ends, its rights, and a missing end of the last line."""
    path = plan / "plan.yaml"
    text = path.read_text("utf-8").rstrip("\n").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    path.chmod(0o640)
    run("validate", "rencana kita", "--fix", "--unsafe")
    expected = PLAN.rstrip("\n").replace("\n", "\r\n").encode()
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected
    assert path.stat().st_mode & 0o777 == 0o640


def test_only_what_was_named_is_mended(plan: Path) -> None:
    """A file that was not named, is excluded or lies outside the plan is never written."""
    fault = "actions:\n  - {id: %s, title: Lain, kind: Policy}\n"
    outside = plan.parent / "luar.yaml"
    outside.write_text(fault % "OUT-1", encoding="utf-8")
    (plan / "keluar.yaml").symlink_to(outside)
    for name in ("naskah", "aksi"):
        (plan / name).mkdir()
        (plan / name / "a.yaml").write_text(fault % f"{name}-1", encoding="utf-8")
    with (plan / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write('checks: {exclude: ["naskah/*"]}\n')
    was = (plan / "plan.yaml").read_bytes()
    run("validate", "rencana kita/aksi", "--fix")
    assert "kind: policy" in (plan / "aksi" / "a.yaml").read_text("utf-8")
    assert (plan / "plan.yaml").read_bytes() == was
    run("validate", "rencana kita", "--fix", "--unsafe")
    assert (plan / "naskah" / "a.yaml").read_text("utf-8") == fault % "naskah-1"
    assert outside.read_text("utf-8") == fault % "OUT-1"
    assert (plan / "keluar.yaml").is_symlink()


def test_a_link_inside_the_plan_stays_a_link(plan: Path) -> None:
    """A file that a link leads to is mended in its own place."""
    (plan / "asli").mkdir()
    real = plan / "asli" / "plan-asli.yaml"
    (plan / "plan.yaml").rename(real)
    (plan / "plan.yaml").symlink_to(real)
    run("validate", "rencana kita/plan.yaml", "--fix", "--unsafe")
    assert (plan / "plan.yaml").is_symlink()
    assert "kind: application" in real.read_text("utf-8")


def test_options_that_contradict_each_other(plan: Path) -> None:
    """An option that would do nothing, or two things, is refused."""
    assert run("validate", str(plan), "--unsafe").code == 2
    assert run("validate", str(plan), "--record-known", "--fix").code == 2
    assert run("validate", str(plan), "--record-known", "--diff").code == 2


def test_fixes_stand_in_json(plan: Path) -> None:
    """A program gets the edits of a fix, and how many were made."""
    import json

    report = json.loads(run("validate", str(plan), "--format", "json").out)
    fix = next(one["fix"] for one in report["findings"] if one["code"] == "F105")
    assert (fix["safe"], fix["edits"][0]["new"]) == (True, "application")
    after = json.loads(run("validate", str(plan), "--format", "json", "--fix").out)
    assert after["plans"][0]["fixed"] == 1
