"""From a user's words to the two sides of a comparison, on real repositories and plain folders."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from repository import HEADER, Repository, action

from smartplan.compare.facts import gather
from smartplan.compare.ground import newest_baseline
from smartplan.text.document import Document
from smartplan.text.error import SmartplanError
from smartplan.workspace.revisions import pairs, sides
from smartplan.workspace.side import Held, Side, belongs, pair_sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smartplan.text.source import Source

GOV_01 = "plans/uji/actions/GOV-01.yaml"
BASELINE = "baselines:\n  - {{name: {}, date: {}, digest: x{}}}\n"


@pytest.fixture(autouse=True)
def in_the_repository(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand at the top of the repository, as a user would."""
    monkeypatch.chdir(repo.top)


def compared(*words: str, whole: bool = False) -> tuple[list[str], list[str]]:
    """Name the sources of both sides, the header left out."""
    left, right = pair_sources(*sides(words), whole=whole)
    return named(left), named(right)


def named(sources: Iterable[Source]) -> list[str]:
    """Name sources as git does, without the headers of plans, which always come along."""
    return [str(one) for one in sources if not one.path.endswith("plan.yaml")]


def refused(*words: str) -> tuple[str, dict[str, object]]:
    """Give the code and the arguments of a request that cannot be met."""
    with pytest.raises(SmartplanError) as caught:
        pairs(words)
    return caught.value.code.id, caught.value.args_


def test_nothing_named_is_the_last_commit_against_the_work_tree(repo: Repository) -> None:
    """Only files whose bytes differ are read, untracked ones too; the header always."""
    repo.write(GOV_01, action("GOV-01", "Baru"))
    repo.write("plans/uji/baru é.yaml", action("GOV-09"))
    repo.write("plans/uji/.hidden/x.yaml", "x: 1\n")
    repo.write("plans/uji/templates/x.yaml", "x: 1\n")
    repo.write("plans/uji/notes.txt", "x")
    (repo.top / "plans/uji/actions/GOV-02.yaml").touch()
    a, b = sides()
    short = repo.git("rev-parse", "HEAD")[:7]
    assert (f"HEAD at {short}", "work tree") == (a.label, b.label)
    assert ("plans/uji", "plans/uji") == (a.root, b.root)
    left, right = pair_sources(a, b)
    assert [f"{short}:{GOV_01}", f"{short}:plans/uji/plan.yaml"] == [str(one) for one in left]
    assert [GOV_01, "plans/uji/baru é.yaml", "plans/uji/plan.yaml"] == [str(one) for one in right]
    assert action("GOV-01") == left[0].text
    assert [3, 4] == [len(side) for side in pair_sources(a, b, whole=True)]


def test_what_git_knows_to_be_as_committed_is_not_read_again(repo: Repository) -> None:
    """Whatever was done to the files, git's word gives the same files as reading them all."""
    names = [f"plans/uji/actions/GOV-{number:02}.yaml" for number in range(10, 18)]
    for name in names:
        repo.write(name, action(Path(name).stem))
    repo.write(".gitattributes", "GOV-15.yaml text eol=crlf\n")
    repo.write(".gitignore", "GOV-18.yaml\n")
    repo.commit("more actions")
    edited, staged, deleted, forgotten, touched, windows, linked, _same = map(
        repo.top.joinpath, names
    )
    edited.write_text(edited.read_text("utf-8").replace("GOV-10", "GOV-30"), "utf-8")
    staged.write_text("actions: []\n", "utf-8")
    repo.git("add", str(staged))
    deleted.unlink()
    repo.git("rm", "--cached", str(forgotten))
    touched.touch()
    windows.write_bytes(windows.read_bytes().replace(b"\n", b"\r\n"))
    linked.unlink()
    linked.symlink_to(edited)
    repo.write("plans/uji/actions/GOV-18.yaml", action("GOV-18"))
    a, b = sides()
    committed, read = a.files(), b.files()
    known = b.files((a, committed))
    assert list(read) == list(known)
    assert all(read[name].equals(known[name]) for name in read)
    assert [read[name].path for name in read] == [known[name].path for name in read]
    taken = {name for name, held in known.items() if held.raw is None}
    assert {"actions/GOV-14.yaml", "actions/GOV-15.yaml", "actions/GOV-17.yaml"} <= taken
    assert {name for name in read if not read[name].equals(committed.get(name, Held("")))} == {
        f"actions/GOV-{number}.yaml" for number in (10, 11, 18)
    }


def test_paths_are_typed_from_the_current_folder(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of the plan, its sources are named from there and lie inside it all the same."""
    repo.write(GOV_01, action("GOV-01", "Baru"))
    monkeypatch.chdir(repo.top / "plans" / "uji" / "actions")
    a, b = sides()
    _, right = pair_sources(a, b)
    assert ["GOV-01.yaml", "../plan.yaml"] == [one.path for one in right]
    assert ["actions/GOV-01.yaml", "plan.yaml"] == [b.inside(one.path) for one in right]
    assert ["actions/GOV-01.yaml"] == [a.inside(GOV_01)]


def test_ranges(repo: Repository) -> None:
    """Two dots compare the ends, three compare with the base, an open end is HEAD."""
    base = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "-b", "usul/penataan")
    repo.write(GOV_01, action("GOV-01", "Baru"))
    branch = repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("plans/uji/actions/GOV-02.yaml", action("GOV-02", "Lain"))
    main = repo.commit()
    expected = {
        ("main..usul/penataan",): (main, branch),
        ("main", "usul/penataan"): (main, branch),
        ("main...usul/penataan",): (base, branch),
        ("usul/penataan..",): (branch, main),
        ("...usul/penataan",): (base, branch),
        ("usul/penataan...WORK",): (base, None),
        ("HEAD~1",): (base, None),
        ("INDEX", "HEAD"): (None, main),
    }
    for words, shas in expected.items():
        a, b = sides(words)
        assert shas == (a.sha, b.sha), words
    a, _ = sides(["main...usul/penataan"])
    assert a.label == f"merge base of main and usul/penataan at {base[:7]}"
    assert compared("main...usul/penataan")[1] == [f"{branch[:7]}:{GOV_01}"]


def test_index(repo: Repository) -> None:
    """The index is what the next commit would hold, not what lies on disk."""
    repo.write(GOV_01, action("GOV-01", "Dipilih"))
    repo.git("add", "-A")
    repo.write(GOV_01, action("GOV-01", "Belum dipilih"))
    _, b = sides(["HEAD", "INDEX"])
    source = next(one for one in b.sources() if one.path == GOV_01)
    assert ("INDEX", action("GOV-01", "Dipilih")) == (source.revision, source.text)


def test_revision_with_a_folder(repo: Repository) -> None:
    """After a colon stands where the plan lay then."""
    before = repo.git("rev-parse", "HEAD")
    repo.git("mv", "plans/uji", "plans/kota")
    repo.commit()
    left, right = compared(f"{before}:plans/uji", "HEAD:plans/kota/")
    assert ([], []) == (left, right)
    code, said = refused("HEAD:plans/uji")
    assert ("T111", "HEAD:plans/uji") == (code, said["path"])


def test_a_plan_that_did_not_exist(repo: Repository) -> None:
    """All of it was added."""
    repo.write("plans/baru/plan.yaml", HEADER)
    repo.write("plans/baru/a.yaml", action("GOV-01"))
    a, b = sides(plan_path=repo.top / "plans" / "baru")
    assert ([], ["plans/baru/a.yaml"]) == tuple(map(named, pair_sources(a, b)))


def test_a_plan_that_was_deleted(repo: Repository) -> None:
    """A plan that is gone from disk is found in the commits."""
    shutil.rmtree(repo.top / "plans" / "uji")
    a, b = sides(plan_path=Path("plans/uji"))
    left, right = pair_sources(a, b)
    assert (3, 0) == (len(left), len(right))


def test_several_plans(repo: Repository) -> None:
    """Above several plans each is compared; where one is needed, the choice is the user's."""
    repo.write("plans/lain/plan.yaml", HEADER)
    repo.commit()
    assert ["plans/lain", "plans/uji"] == [b.root for _, b in pairs()]
    assert ["plans/lain", "plans/uji"] == [b.root for _, b in pairs(["HEAD~1..HEAD"])]
    assert sides(["HEAD~1:plans/uji"])[1].root == "plans/uji"
    with pytest.raises(SmartplanError) as caught:
        sides()
    assert caught.value.code.id == "T129"


def test_no_commit_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty repository everything was added."""
    new = Repository.new(tmp_path / "new")
    new.write("plan.yaml", HEADER)
    monkeypatch.chdir(new.top)
    a, b = sides()
    assert ("nothing", "work tree", ".") == (a.label, b.label, b.root)
    assert ([], ["plan.yaml"]) == tuple([one.path for one in side] for side in pair_sources(a, b))


def test_bare_repository(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits of a bare repository are compared; it has no work tree."""
    repo.write(GOV_01, action("GOV-01", "Baru"))
    sha = repo.commit()
    bare = repo.cloned(tmp_path / "bare.git", "--bare")
    monkeypatch.chdir(bare.top)
    assert compared("HEAD~1..HEAD")[1] == [f"{sha[:7]}:{GOV_01}"]
    assert refused()[0] == "T127"


def test_work_tree_of_a_branch(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A linked work tree compares its own files."""
    repo.git("worktree", "add", "-q", str(tmp_path / "kedua é"), "-b", "kedua")
    second = Repository(tmp_path / "kedua é")
    second.write(GOV_01, action("GOV-01", "Kedua"))
    monkeypatch.chdir(second.top)
    assert compared()[1] == [GOV_01]
    assert compared("main")[1] == [GOV_01]


def test_line_ends_of_the_machine(repo: Repository) -> None:
    """CRLF that git would store as LF is no change; CRLF that it would keep is one."""
    repo.write(GOV_01, action("GOV-01").replace("\n", "\r\n"))
    assert compared()[1] == [GOV_01]
    repo.write(".gitattributes", "*.yaml text=auto\n")
    assert compared()[1] == []
    repo.write(GOV_01, action("GOV-01", "Baru").replace("\n", "\r\n"))
    _, right = pair_sources(*sides())
    assert right[0].text == action("GOV-01", "Baru")


def test_folders_need_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders, or two files, are compared without git."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    for name, title in (("lama", "Lama"), ("baru", "Baru")):
        folder = tmp_path / name
        (folder / "actions").mkdir(parents=True)
        (folder / "plan.yaml").write_text(HEADER)
        (folder / "actions" / "GOV-01.yaml").write_text(action("GOV-01", title))
        (folder / "actions" / "GOV-02.yaml").write_text(action("GOV-02"))
    assert (["lama/actions/GOV-01.yaml"], ["baru/actions/GOV-01.yaml"]) == compared("lama", "baru")
    files = ("lama/actions/GOV-01.yaml", "./baru/actions/GOV-02.yaml")
    a, b = sides(files)
    left, right = pair_sources(a, b)
    assert (["lama/actions/GOV-01.yaml"], ["baru/actions/GOV-02.yaml"]) == (
        named(left),
        named(right),
    )
    assert ("", "") == (a.inside(left[0].path), b.inside(right[0].path))
    monkeypatch.chdir(tmp_path / "baru")
    assert (["../lama/actions/GOV-01.yaml"], ["actions/GOV-01.yaml"]) == compared("../lama", "WORK")
    assert refused("main")[0] == "T120"


def test_a_folder_against_a_commit(repo: Repository, tmp_path: Path) -> None:
    """A copy elsewhere is compared with the plan of the repository."""
    copy = tmp_path / "salinan"
    shutil.copytree(repo.top / "plans" / "uji", copy)
    (copy / "actions" / "GOV-01.yaml").write_text(action("GOV-01", "Salinan"))
    left, right = compared(str(copy), "HEAD")
    assert ([copy / "actions" / "GOV-01.yaml"], 1) == (
        [Path(one).resolve() for one in left],
        len(right),
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("mian",), "T123"),
        (("main..mian",), "T123"),
        (("a..b", "c"), "T128"),
        (("./gone", "main"), "T110"),
        (("baseline:v9",), "T126"),
        (("BASELINE",), "T126"),
        (("--output=x",), "T123"),
    ],
)
def test_what_cannot_be_compared(words: tuple[str, ...], code: str) -> None:
    """Each wrong word has its own answer."""
    assert refused(*words)[0] == code


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Revisions need a repository."""
    monkeypatch.chdir(tmp_path)
    assert refused()[0] == "T122"
    assert refused("./gone", "./gone-too")[0] == "T110"


def test_baselines(repo: Repository) -> None:
    """A baseline is the commit it names, else the first that holds it; the newest by its date."""
    first = repo.git("rev-parse", "HEAD")
    repo.write("plans/uji/baselines/v2.yaml", BASELINE.format("v2.0", "2026-01-01", 2))
    second = repo.commit()
    entry = f"baselines:\n  - {{name: v1.0, date: 2025-01-01, commit: {first[:9]}}}\n"
    repo.write("plans/uji/baselines/v1.yaml", entry)
    repo.write("plans/uji/baselines/v2.yaml", BASELINE.format("v2.0", "2026-01-02", 2))
    repo.commit()
    a, b = sides(["baseline:v1.0..BASELINE"])
    assert (first, second) == (a.sha, b.sha)
    assert ("baseline v1.0 at " + first[:7], "baseline v2.0") == (a.label, b.word)
    assert sides(["BASELINE...HEAD"])[0].sha == second
    code, said = refused("baseline:v3.0")
    assert ("T126", ["v1.0", "v2.0"]) == (code, said["allowed"])


def test_of_two_baselines_of_one_day_the_newest_is_the_one_that_judges(repo: Repository) -> None:
    """BASELINE means the baseline by which a review judges, also where two have one date."""
    for name in ("v1", "v2"):
        repo.write(f"plans/uji/baselines/{name}.yaml", BASELINE.format(name, "2026-01-01", 1))
    repo.commit("both")
    older, _newer = sides(["BASELINE"])
    facts = gather(Document.read(source) for source in older.sources())
    newest = newest_baseline(facts)
    assert newest is not None
    assert f"baseline {newest.name.key}" == older.word


def test_a_baseline_that_was_not_committed(repo: Repository) -> None:
    """A baseline without a commit is none to compare with; with one it is."""
    head = repo.git("rev-parse", "HEAD")
    path = "plans/uji/baselines/v1.yaml"
    repo.write(path, BASELINE.format("v1.0", "2026-01-01", 1))
    assert refused("BASELINE")[0] == "T126"
    repo.write(path, f"baselines:\n  - {{name: v1.0, date: 2026-01-01, commit: {head}}}\n")
    assert sides(["BASELINE"])[0].sha == head


def test_a_branch_does_not_say_what_was_adopted(repo: Repository) -> None:
    """With `baselines_at` only what stood there counts."""
    path = "plans/uji/baselines/v1.yaml"
    repo.write(path, BASELINE.format("v1.0", "2026-01-01", 1))
    base = repo.commit()
    repo.write(GOV_01, action("GOV-01", "Baru"))
    head = repo.commit()
    repo.write(path, f"baselines:\n  - {{name: v1.0, date: 2026-01-01, commit: {head}}}\n")
    repo.commit()
    assert sides(["BASELINE"])[0].sha == head
    assert sides(["BASELINE"], baselines_at=base)[0].sha == base


def test_policy_and_approvals_come_along(repo: Repository) -> None:
    """Files that a review needs are read though they are equal."""
    names = ("review.yaml", "approvals/41f0.yaml", "baselines/v1.yaml")
    for name in names:
        repo.write(f"plans/uji/{name}", "x: 1\n")
    sha = repo.commit()[:7]
    left, right = compared("HEAD")
    assert [f"{sha}:plans/uji/{name}" for name in sorted(names)] == left
    assert [f"plans/uji/{name}" for name in sorted(names)] == right


def test_what_belongs_to_a_plan() -> None:
    """Only YAML, no dot names, no templates; an only file always."""
    assert [True, True, True, False, False, False, False] == [
        belongs(name)
        for name in (
            "",
            "a.yaml",
            "x/templates.yaml",
            ".a.yaml",
            ".x/a.yaml",
            "templates/a.yaml",
            "a.yml",
        )
    ]


def test_a_word_that_is_a_branch_and_a_folder(repo: Repository) -> None:
    """The revision is meant; `./` means the folder."""
    repo.write("usul/plan.yaml", HEADER)
    repo.git("branch", "usul")
    assert ["commit", "folder"] == [
        pairs([word], plan_path=repo.top / "plans" / "uji")[0][0].kind
        for word in ("usul", "./usul")
    ]


def test_sides_say_what_they_are() -> None:
    """A commit that was named by its id is not named twice."""
    sha = "3b8b68b" + "0" * 33
    assert Side("commit", sha[:12], sha=sha).label == "3b8b68b"
    assert Side("folder", "lama").label == "lama"


# No slash by itself: the disk of the machine is no plan to read.
PIECES = (
    *("main", "HEAD", "WORK", "INDEX", "BASELINE", "baseline:", "v1", "plans/uji", "~1", "^", "@{"),
    *("}", ".", "..", "...", ":", "\\", "-", "--", " ", "*", "é", "\n", "\0"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(some.lists(some.lists(some.sampled_from(PIECES), max_size=4).map("".join), max_size=3))
def test_any_words_are_understood_or_refused(words: list[str]) -> None:
    """Whatever is typed gives sides that can be read, or one clear refusal."""
    try:
        found = pairs(words)
    except SmartplanError:
        return
    for a, b in found:
        left, right = pair_sources(a, b, whole=True)
        assert a.kind in ("commit", "index", "work", "folder", "nothing")
        assert all(a.inside(one.path) != ".." for one in left)
        assert all(belongs(b.inside(one.path)) for one in right)
