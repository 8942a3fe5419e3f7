"""SARIF as its own validator judges it: the schema, the places, the rules of good form."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from running import run
from samples import TODAY, sources_of
from test_rules import ALL_CASES, completed

from smartplan.rules.check import check
from smartplan.show.sarif import as_sarif
from smartplan.words.speaker import Speaker

pytestmark = pytest.mark.outside

KOTAMOBAGU = Path(__file__).parents[2] / "plans" / "kotamobagu"
FINE = {
    "SARIF2005",  # no address: the project has none that every machine can reach
    "SARIF2012",  # no help on the web: the text is in the file
    "SARIF2002",  # sentences are whole, not ids with arguments
    "SARIF1005",
}


def judged(path: Path) -> list[str]:
    """Run the validator: the rules that it reports, errors and warnings."""
    program = shutil.which("sarif-multitool-linux")
    assert program, "npm install @microsoft/sarif-multitool-linux"
    report = path.with_suffix(".report.sarif")
    done = subprocess.run(  # noqa: S603  # the validator
        [program, "validate", str(path), "--output", str(report), "--log", "ForceOverwrite"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    results = json.loads(report.read_text("utf-8-sig"))["runs"][0]["results"]
    return sorted({f"{one['ruleId']} {one['message']}" for one in results})


def test_a_real_plan_with_faults_is_valid_sarif(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `validate --format sarif` writes of a plan with mended and unmended faults is valid."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(KOTAMOBAGU, tmp_path / "kota é")
    path = tmp_path / "kota é" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("stage:", "stag:"), encoding="utf-8")
    log = tmp_path / "log.sarif"
    log.write_text(run("validate", "kota é", "--format", "sarif").out, encoding="utf-8")
    assert "fixes" in log.read_text("utf-8")
    assert [] == [one for one in judged(log) if one.split()[0] not in FINE]


def test_every_finding_is_valid_sarif(tmp_path: Path) -> None:
    """What all cases of all rules give, related places and fixes among it, is valid."""
    found = [
        one
        for case in ALL_CASES
        for one in check(
            sources_of({path: completed(text) for path, text in case.files.items()}), today=TODAY
        ).findings
    ]
    log = tmp_path / "log.sarif"
    log.write_text(as_sarif(found, Speaker("id"), {"version": "0.1.0"}), encoding="utf-8")
    assert [] == [one for one in judged(log) if one.split()[0] not in FINE]
