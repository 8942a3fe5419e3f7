"""A year of Kotamobagu's plan in real git: drafted, adopted, changed by two offices, amended."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from repository import Repository
from running import run

from smartplan.cli.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Ran

PLAN = Path(__file__).parent.parent / "plans" / "kotamobagu"
DECREE = ("--ref", "Perwali 12/2024", "--by", "Bappelitbangda", "--date", "2024-03-05")
GOV_01, LIV_01, LIV_02 = (f"actions/{name}.yaml" for name in ("GOV-01", "LIV-01", "LIV-02"))
ECO_01, ECO_02 = "actions/ECO-01.yaml", "actions/ECO-02.yaml"


@dataclass(frozen=True)
class Story:
    """The repository, what the amendment's reviews said, and the merge commits."""

    repo: Repository
    offices: dict[str, Ran]
    waiting: Ran
    approved: Ran
    merges: dict[str, str]


def edit(repo: Repository, path: str, *pairs: tuple[str, str]) -> None:
    """Replace texts of a file, each of which it holds once."""
    text = (repo.top / path).read_text("utf-8")
    for old, new in pairs:
        assert 1 == text.count(old), old
        text = text.replace(old, new)
    repo.write(path, text)


def adopted(repo: Repository) -> None:
    """Write the draft, adopt it, and record what was adopted."""
    shutil.copytree(PLAN, repo.top, dirs_exist_ok=True)
    repo.commit("Naskah", author="Bappelitbangda")
    edit(repo, "plan.yaml", ("stage: final", "stage: adopted"))
    repo.commit("Penetapan", author="Bappelitbangda")
    assert 0 == run("baseline", "create", "v1.0", *DECREE).code
    repo.commit("Baseline v1.0", author="Bappelitbangda")


def two_offices(repo: Repository) -> tuple[dict[str, Ran], dict[str, str]]:
    """Let two offices work beside each other: in one action, and once on one target."""
    repo.git("checkout", "-q", "-b", "dinkes")
    edit(repo, LIV_01, ("2025: 45,", "2025: 50,"))
    edit(repo, LIV_02, ("apbd: 220 juta", "apbd: 260 juta"))
    edit(repo, GOV_01, ("pupr, dlh, pmd]", "pupr, dlh, pmd, dinkes]"))
    repo.commit("Target antrean 2025", author="Dinkes")
    repo.git("checkout", "-q", "-b", "diskominfo", "main")
    edit(repo, GOV_01, ("2026: 250 juta", "2026: 300 juta"))
    edit(repo, LIV_01, ("2025: 45,", "2025: 48,"))
    repo.commit("Peladen SiKemas", author="Diskominfo")
    offices = {name: run("review", "main", name) for name in ("dinkes", "diskominfo")}
    repo.git("checkout", "-q", "main")
    merges = {}
    repo.git("merge", "-q", "--no-ff", "-m", "Gabung dinkes", "dinkes")
    merges["dinkes"] = repo.git("rev-parse", "HEAD")
    assert "CONFLICT" in repo.git("merge", "--no-ff", "diskominfo", accept=(1,))
    repo.git("checkout", "-q", "--ours", LIV_01)  # the two agreed on the higher target
    merges["diskominfo"] = repo.commit("Gabung diskominfo")
    return offices, merges


def amended(repo: Repository) -> tuple[Ran, Ran, str]:
    """Change what was adopted, have it approved, and merge it."""
    repo.git("checkout", "-q", "-b", "perubahan")
    edit(repo, GOV_01, ("2025: Rp 275.000.000", "2025: 650 juta"), ("2025: 22,", "2025: 18,"))
    (repo.top / ECO_01).unlink()
    text = (repo.top / ECO_02).read_text("utf-8")
    kept = [line for line in text.splitlines(keepends=True) if "depends_on: [ECO-01]" not in line]
    repo.write(ECO_02, "".join(kept))
    repo.commit("Perubahan 2026", author="Bappelitbangda")
    waiting = run("review", "main")
    decision = ("--by", "Sekda", "--ref", "Berita acara 4/2026", "--base", "main")
    assert 0 == run("approve", "--all-shown", *decision).code
    repo.commit("Berita acara 4/2026", author="Sekda")
    approved = run("review", "main")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Gabung perubahan", "perubahan")
    return waiting, approved, repo.git("rev-parse", "HEAD")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Tell the story once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTPLAN_TODAY", "2026-11-24")
        for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
            patch.delenv(name, raising=False)
        repo = Repository.new(tmp_path_factory.mktemp("kotamobagu") / "repo")
        patch.chdir(repo.top)
        adopted(repo)
        offices, merges = two_offices(repo)
        waiting, approved, merges["perubahan"] = amended(repo)
        yield Story(repo, offices, waiting, approved, merges)


def changes(ran: Ran) -> set[str]:
    """Give the lines of a review that tell changes, without fingerprints and approvals."""
    lines = [line.lstrip("0123456789abcdef ") for line in ran.lines]
    return {line for line in lines if line[:2] in ("~ ", "+ ", "− ") and "@" not in line}


def test_what_offices_do_within_the_plan_passes_by_itself(story: Story) -> None:
    """A stronger target, a little more money, another supporting office."""
    dinkes, diskominfo = story.offices["dinkes"], story.offices["diskominfo"]
    assert (0, 0) == (dinkes.code, diskominfo.code)
    assert {
        "~ LIV-01  LIV-01-I1 Targets 2025  45 → 50 %  better, +5",
        "~ LIV-02  Budget 2025 · apbd  Rp 220,000,000 → Rp 260,000,000  +Rp 40,000,000 (+18.2%)",
        "+ GOV-01  Supporting agencies  dinkes",
    } == changes(dinkes)
    assert {
        "~ LIV-01  LIV-01-I1 Targets 2025  45 → 48 %  better, +3",
        "~ GOV-01  Budget 2026  Rp 250,000,000 → Rp 300,000,000  +Rp 50,000,000 (+20%)",
    } == changes(diskominfo)


def test_an_amendment_waits_with_its_money_and_passes_when_approved(story: Story) -> None:
    """Three decisions; the sums are those of the whole plan."""
    assert (1, "Not passed. Changes that wait for an approval: 3.") == (
        story.waiting.code,
        story.waiting.lines[0],
    )
    before, after = 82_072_000_000 + 40_000_000 + 50_000_000, 81_342_000_000 + 90_000_000
    assert f"Budget  Rp {before:,} → Rp {after:,}   −Rp 730,000,000" == story.waiting.lines[2]
    raised = "budget raised above the threshold, +Rp 375,000,000 (+136.4%)"
    assert {
        "− ECO-01  action removed  Retribusi pasar nontunai",
        f"~ GOV-01  Budget 2025  Rp 275,000,000 → Rp 650,000,000  {raised}",
        "~ GOV-01  GOV-01-I1 Targets 2025  22 → 18 OPD  worse, −4",
        "− ECO-02  Depends on  ECO-01",
    } == changes(story.waiting)
    assert (0, "Passed: nothing waits for an approval.") == (
        story.approved.code,
        story.approved.lines[0],
    )
    assert 3 == story.approved.out.count("approved by Sekda, Berita acara 4/2026")


@pytest.mark.parametrize("name", ["dinkes", "diskominfo", "perubahan"])
def test_every_merge_is_what_its_sides_mean(
    story: Story, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also the one in which two offices had to agree."""
    capsys.readouterr()
    sha = story.merges[name]
    assert 0 == verify(sha, plan=str(story.repo.top), on=date(2026, 11, 24), language="en")
    assert f"{sha[:7]}: the merge is what its sides mean together.\n" == capsys.readouterr().out


def test_the_distance_to_what_was_adopted_is_known(story: Story) -> None:
    """What differs from the decree, by item; the record itself holds."""
    top = str(story.repo.top)
    assert 0 == run("baseline", "verify", "--plan", top).code
    assert [
        "v1.0: the plan differs from what was adopted.",
        "altered: actions[ECO-02]",
        "altered: actions[GOV-01]",
        "altered: actions[LIV-02]",
        "altered: indicators[GOV-01-I1]",
        "altered: indicators[LIV-01-I1]",
        "missing: actions[ECO-01]",
        "missing: indicators[ECO-01-I1]",
        "missing: indicators[ECO-01-I2]",
    ] == run("baseline", "status", "--plan", top).lines


def test_an_action_tells_how_it_came_to_be_what_it_is(story: Story) -> None:
    """Newest first: the amendment with its decision, two offices, the decree, the draft."""
    lines = run("log", "GOV-01", "--plan", str(story.repo.top)).lines
    told = [line.split("  ", 2)[2] for line in lines]
    decided = "Amendment · approved by Sekda, Berita acara 4/2026"
    assert told[0].startswith("Bappelitbangda  Budget 2025: Rp 275,000,000 → Rp 650,000,000")
    assert told[1].startswith("Bappelitbangda  GOV-01-I1 Targets 2025: 22 → 18 OPD")
    assert told[0].endswith(decided)
    assert told[1].endswith(decided)
    assert {"Diskominfo", "Dinkes"} == {line.split("  ")[0] for line in told[2:4]}
    assert lines[4].endswith("adopted as v1.0  Perwali 12/2024")
    assert told[5].startswith("Bappelitbangda  action added: SiKemas terjawab tiga hari")
    assert 6 == len(lines)


def test_a_target_on_which_two_offices_had_to_agree_tells_both(story: Story) -> None:
    """What each of them wrote, and who."""
    top = str(story.repo.top)
    lines = run("log", "indicators[LIV-01-I1].targets.2025", "--plan", top).lines
    assert {"Dinkes", "Diskominfo"} <= {line.split("  ")[2] for line in lines}
    assert any("45 → 50" in line for line in lines)
    assert any("45 → 48" in line for line in lines)


def test_an_evil_merge_is_caught(story: Story, tmp_path: Path) -> None:
    """A merge that quietly drops what an office wrote."""
    clone = story.repo.cloned(tmp_path / "klon")
    clone.git("checkout", "-q", "-b", "jahat", story.merges["dinkes"])
    clone.git("merge", "-q", "-s", "ours", "-m", "Gabung", "origin/diskominfo", accept=(0, 1))
    assert 1 == verify("HEAD", plan=str(clone.top), on=date(2026, 11, 24), language="en")
