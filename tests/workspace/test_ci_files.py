"""The CI files of `templates/ci`, run step by step in a real repository with a stubbed host.

Steps whose name says that they install something are skipped; everything else runs in bash.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from repository import HEADER, Repository, action, surroundings

from smartplan.text.document import Document
from smartplan.text.source import Source

FILES = Path(__file__).parents[2] / "templates" / "ci"
GOV_01 = "plans/uji/actions/GOV-01.yaml"
STRICT = f"""\
{HEADER}review: {{fail_on: significant}}
agencies: [{{id: opd, name: Dinas}}]
vision: {{id: V-1, text: Kota}}
"""
MARK = "<!-- smartplan-review:kota -->"

STUBBED = ("diff", "merge", "review")
"""Commands that answer what a test decides, where it is about the host and not about them."""

SMARTPLAN = """
import pathlib, subprocess, sys
words, state = sys.argv[1:], pathlib.Path({state!r})
with (state / "smartplan.log").open("a") as log:
    log.write(" ".join(words) + "\\n")
if words[0] not in {stubbed!r} or not (state / "review").exists():
    sys.exit(subprocess.call([sys.executable, "-m", "smartplan", *words]))
if words[0] == "review" and "-o" in words:
    pathlib.Path(words[words.index("-o") + 1]).write_text((state / "review").read_text())
sys.exit(int((state / (words[0] + ".exit")).read_text()))
"""
HOST = """
import json, pathlib, sys
words, state = sys.argv[1:], pathlib.Path({state!r})
kept = json.loads((state / "comments.json").read_text())
place = next(one for one in words if one.startswith(("repos/", "http")))
body = next((one for one in words if one.startswith("body")), None)
text = pathlib.Path(body.partition("@")[2]).read_text() if body else None
if place.endswith("/user"):
    print(json.dumps(dict(id=7)))
elif "PATCH" in words or "PUT" in words:
    next(one for one in kept if str(one["id"]) == place.rsplit("/", 1)[1])["body"] = text
elif "POST" in words:
    kept.append(dict(id=len(kept) + 1, body=text, user=dict(type="Bot"), author=dict(id=7)))
elif "--jq" in words:
    import subprocess
    jq = ["jq", "-r", words[words.index("--jq") + 1]]
    subprocess.run(jq, input=json.dumps(kept), text=True, check=True)
else:
    at = int(place.rpartition("page=")[2]) - 1
    more = at + 2 if len(kept) > 100 * (at + 1) else ""
    pathlib.Path(words[words.index("--dump-header") + 1]).write_text(f"X-Next-Page: {{more}}\\r\\n")
    print(json.dumps(kept[100 * at : 100 * (at + 1)]))
(state / "comments.json").write_text(json.dumps(kept))
"""


@dataclass(frozen=True)
class Host:
    """A host of repositories: a merge request in it, and the comments that were made."""

    repo: Repository
    state: Path
    head: str

    def says(self, review: str, *, gate: int = 0, changed: int = 1, merges: int = 0) -> None:
        """Decide what the stubbed commands answer."""
        (self.state / "review").write_text(f"{MARK}\n{review}")
        for name, code in (("review", gate), ("diff", changed), ("merge", merges)):
            (self.state / f"{name}.exit").write_text(str(code))

    def proposes(self) -> Host:
        """Make the merge request one that the real commands review, under a strict policy."""
        self.repo.git("checkout", "-q", "main")
        self.repo.git("reset", "-q", "--hard", "origin/main")
        self.repo.write("plans/uji/plan.yaml", STRICT)
        self.repo.write(
            GOV_01, action("GOV-01", owner="opd", dimension="governance", budget="{2025: 100 juta}")
        )
        self.repo.commit("strict")
        self.repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
        return self.adds(
            GOV_01,
            action("GOV-01", owner="opd", dimension="governance", budget="{2025: 900 juta}"),
            branch="ubah",
        )

    def adds(self, path: str, text: str, *, branch: str = "") -> Host:
        """Commit a file in the branch of the merge request, and merge it as the button would."""
        self.repo.git("checkout", "-q", *(["-b", branch] if branch else ["ubah"]))
        self.repo.write(path, text)
        head = self.repo.commit("change")
        self.repo.git("checkout", "-q", "main")
        self.repo.git("reset", "-q", "--hard", "origin/main")
        self.repo.git("merge", "-q", "--no-ff", "-m", "as the button would", "ubah")
        return replace(self, head=head)

    @property
    def comments(self) -> list[str]:
        """The comments without their mark."""
        kept = json.loads((self.state / "comments.json").read_text())
        return [one["body"].removeprefix(f"{MARK}\n") for one in kept]

    @property
    def commands(self) -> list[str]:
        """What smartplan was asked to do."""
        return (self.state / "smartplan.log").read_text().splitlines()

    def run(self, script: str, **more: str) -> tuple[int, str]:
        """Run a step in bash as the host would."""
        run = subprocess.run(  # noqa: S603  # our own files
            ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607  # as the host does
            cwd=self.repo.top,
            env=surroundings(
                PATH=f"{self.state}{os.pathsep}{os.environ['PATH']}",
                GIT_CONFIG_GLOBAL=str(self.state / "gitconfig"),
                **more,
            ),
            capture_output=True,
            text=True,
            check=False,
        )
        return run.returncode, run.stdout + run.stderr


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """Make a repository that is set up, with a merge request, and a host with one comment."""
    repo = Repository.new(tmp_path / "repo")
    repo.write("plans/uji/plan.yaml", HEADER)
    repo.write(GOV_01, "actions: []\n")
    repo.write(".gitattributes", "/plans/**/*.yaml diff=smartplan merge=smartplan\n")
    repo.commit("first")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.git("checkout", "-q", "-b", "usul")
    repo.write("plans/uji/x.yaml", "actions: []\n")
    head = repo.commit("second")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "as the button would", "usul")
    state = tmp_path / "state"
    state.mkdir()
    stranger = {
        "id": 1,
        "body": f"{MARK}\nBukan aku",
        "user": {"type": "User"},
        "author": {"id": 3},
    }
    (state / "comments.json").write_text(json.dumps([stranger]))
    (state / "smartplan.log").touch()
    for name, body in (("smartplan", SMARTPLAN), ("gh", HOST), ("curl", HOST)):
        program = state / name
        text = body.format(state=str(state), stubbed=STUBBED)
        program.write_text(f"#!{sys.executable}\n{text}")
        program.chmod(0o755)
    (state / "python").symlink_to(sys.executable)
    return Host(repo, state, head)


def read(name: str) -> Any:  # noqa: ANN401  # whatever the file holds
    """Read a CI file with the project's own parser."""
    path = FILES / name
    document = Document.read(Source.from_bytes(name, path.read_bytes()))
    assert document.findings == ()
    return document.data


# GitHub


def expressions(text: str, values: dict[str, str]) -> str:
    """Fill in what stands in `${{ }}`."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: values[match[1]], text)


def github(host: Host) -> dict[str, int]:
    """Run the steps of the job on a pull request; give the exit code of each, by its name."""
    job = read("github.yml")["jobs"]["plan"]
    values = {
        "github.base_ref || github.event.repository.default_branch": "main",
        "github.event.pull_request.head.sha || github.sha": host.head,
        "github.event.before": "",
        "github.event.pull_request.number": "42",
        "github.repository": "kota/rencana",
        "github.token": "secret",
    }
    output = host.state / "output"
    codes: dict[str, int] = {}
    for step in job["steps"]:
        name = step["name"]
        if "run" not in step or name.startswith("Install"):
            continue
        output.touch()
        said = dict(line.split("=", 1) for line in output.read_text().splitlines())
        known = values | {f"steps.review.outputs.{key}": one for key, one in said.items()}
        wanted = {**job["env"], **step.get("env", {})}
        more = {key: expressions(one, known) for key, one in wanted.items()}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(host.state / "summary")}
        codes[name], printed = host.run(step["run"], **more, **files)
        assert codes[name] in (0, 1), printed
    output.unlink()
    return codes


def test_github_asks_for_little() -> None:
    """No right but those it needs, the whole history, versions pinned, nothing put into a shell."""
    data = read("github.yml")
    job = data["jobs"]["plan"]
    assert ({}, {"contents": "read", "pull-requests": "write"}) == (
        data["permissions"],
        job["permissions"],
    )
    assert {"pull_request", "push"} == set(data["on"])
    checkout, *_ = used = [step for step in job["steps"] if "uses" in step]
    assert ("0", False) == (
        checkout["with"]["fetch-depth"],
        checkout["with"]["persist-credentials"],
    )
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in used)
    for step in job["steps"]:
        assert "${{" not in step.get("run", ""), step["name"]


@pytest.mark.skipif(not shutil.which("jq"), reason="the stub of gh asks jq")
def test_github_keeps_one_comment(host: Host) -> None:
    """Quiet while nothing changed; one comment, updated; nobody else's is touched."""
    host.says("Tidak ada perubahan", changed=0)
    assert set(github(host).values()) == {0}
    assert host.comments == ["Bukan aku"]
    host.says("Dua perubahan", gate=1)
    codes = github(host)
    assert ["Hold until the change is approved"] == [name for name, code in codes.items() if code]
    assert host.comments == ["Bukan aku", "Dua perubahan"]
    host.says("Tidak ada perubahan", changed=0)
    github(host)
    assert host.comments == ["Bukan aku", "Tidak ada perubahan"]
    assert "Dua perubahan" in (host.state / "summary").read_text()
    review = f"review origin/main {host.head} --format markdown -o review.md"
    asked = [f"diff --exit-code origin/main...{host.head}", "merge --verify origin/main..HEAD"]
    assert {review, *asked, "validate --format github", "git-setup --check"} <= set(host.commands)


@pytest.mark.skipif(not shutil.which("jq"), reason="the stub of gh asks jq")
def test_github_tells_what_fails(host: Host) -> None:
    """A plan that does not hold, or a merge that lost something, fails its own step."""
    host.says("Satu perubahan", merges=1)
    host.repo.write(GOV_01, action("GOV-01", owner="tidak-ada"))
    codes = github(host)
    assert ["Validate the plans", "See that every merge kept both sides"] == [
        name for name, code in codes.items() if code
    ]
    assert host.comments[-1] == "Satu perubahan"


APPROVAL = """\
approvals:
  - {{fingerprint: "{0}", by: Sekda, ref: Berita acara 4/2026, date: "2026-05-03"}}
"""


def fingerprint(host: Host) -> str:
    """Give the change that waits, as the comment names it."""
    found = re.search(r"`([0-9a-f]{16})`", host.comments[-1])
    assert found, host.comments[-1]
    return found[1]


@pytest.mark.skipif(not shutil.which("jq"), reason="the stub of gh asks jq")
def test_github_holds_an_amendment_until_it_is_approved(host: Host) -> None:
    """With the real commands: a raised budget waits, is approved by a file, and passes."""
    host = host.proposes()
    codes = github(host)
    assert codes["Hold until the change is approved"] == 1
    assert codes["See that every merge kept both sides"] == 0
    assert "900.000.000" in host.comments[-1]
    mark = fingerprint(host)
    host = host.adds(f"plans/uji/approvals/{mark}.yaml", APPROVAL.format(mark))
    assert github(host)["Hold until the change is approved"] == 0
    assert len(host.comments) == 2
    assert "Sekda" in host.comments[-1]


# GitLab


def gitlab(host: Host, **more: str) -> tuple[int, str]:
    """Run the script of the job on a merge request, in one shell as the runner does."""
    job = read("gitlab.yml")["plan"]
    request = {
        "CI_MERGE_REQUEST_IID": "42",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": host.repo.git("rev-parse", "HEAD^1"),
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": host.head,
        "CI_COMMIT_SHA": host.repo.git("rev-parse", "HEAD"),
        "CI_COMMIT_BEFORE_SHA": "0" * 40,
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_PROJECT_ID": "1",
        "SMARTPLAN_TOKEN": "secret",
    }
    return host.run("\n".join(job["script"]), **(request | more))


def test_gitlab_keeps_one_note(host: Host) -> None:
    """Quiet while nothing changed; one note, updated; nobody else's is touched."""
    host.says("Tidak ada perubahan", changed=0)
    assert gitlab(host)[0] == 0
    assert host.comments == ["Bukan aku"]
    host.says("Dua perubahan", gate=1)
    assert gitlab(host)[0] == 1
    assert host.comments == ["Bukan aku", "Dua perubahan"]
    host.says("Tidak ada perubahan", changed=0)
    assert gitlab(host)[0] == 0
    assert host.comments == ["Bukan aku", "Tidak ada perubahan"]


def test_gitlab_finds_its_note_among_many(host: Host) -> None:
    """The note is found on a later page."""
    other = {"body": "x", "user": {"type": "User"}, "author": {"id": 3}}
    kept = [{"id": number, **other} for number in range(1, 131)]
    (host.state / "comments.json").write_text(json.dumps(kept))
    for review in ("Satu", "Dua"):
        host.says(review)
        assert gitlab(host)[0] == 0
    assert (131, "Dua") == (len(host.comments), host.comments[-1])


def test_gitlab_without_a_token(host: Host) -> None:
    """Without the right to write notes, it reviews all the same."""
    host.says("Dua perubahan", gate=1)
    code, printed = gitlab(host, SMARTPLAN_TOKEN="")
    assert (1, ["Bukan aku"]) == (code, host.comments)
    assert "review.md" in printed
    assert "Dua perubahan" in (host.repo.top / "review.md").read_text()


def test_gitlab_tells_what_fails(host: Host) -> None:
    """What fails does not keep the rest from being told, and fails the job in the end."""
    host.says("Satu perubahan", merges=1)
    assert gitlab(host)[0] == 1
    assert host.comments[-1] == "Satu perubahan"
    host.says("Satu perubahan", merges=1)
    assert gitlab(host, CI_MERGE_REQUEST_IID="")[0] == 1
    assert "merge --verify HEAD" in host.commands


def test_gitlab_holds_an_amendment_until_it_is_approved(host: Host) -> None:
    """The same on the other host."""
    host = host.proposes()
    assert gitlab(host)[0] == 1
    mark = fingerprint(host)
    host = host.adds(f"plans/uji/approvals/{mark}.yaml", APPROVAL.format(mark))
    code, printed = gitlab(host)
    assert code == 0, printed
    assert "Sekda" in host.comments[-1]
