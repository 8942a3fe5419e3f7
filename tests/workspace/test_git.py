"""The door to git: what it asks, whom it believes, and what it says when git cannot answer."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from repository import Repository

from smartplan.text.error import SmartplanError
from smartplan.workspace import git as door
from smartplan.workspace.git import INDEX, Git, blob_id, merge_file

if TYPE_CHECKING:
    from collections.abc import Callable


def opened(place: Path) -> Git:
    """Open the repository around a path that lies in one."""
    git = Git.around(place)
    assert git is not None
    return git


def refused(call: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """Give the code and the arguments of a request that cannot be met."""
    with pytest.raises(SmartplanError) as caught:
        call()
    return caught.value.code.id, caught.value.args_


def test_no_repository(tmp_path: Path) -> None:
    """Outside a repository there is none, and that is no error."""
    assert Git.around(tmp_path) is None


def test_found_from_a_file_a_folder_and_a_deleted_folder(repo: Repository) -> None:
    """Any path in the work tree leads to its top, even one that is gone."""
    for place in ("plans/uji/plan.yaml", "plans", "plans/gone/deeper"):
        git = opened(repo.top / place)
        assert (repo.top.resolve(), False, False) == (git.top, git.bare, git.shallow)
    assert git.inside(repo.top / "plans" / "uji") == "plans/uji"
    assert git.inside(repo.top) == ""


def test_git_missing(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program it says so."""
    monkeypatch.setenv("PATH", "")
    assert refused(lambda: Git.around(repo.top))[0] == "T120"


def test_work_trees_share_a_folder(repo: Repository, tmp_path: Path) -> None:
    """A linked work tree has a folder of its own and shares the rest."""
    repo.git("worktree", "add", "-q", str(tmp_path / "zweite é"), "-b", "other")
    git = opened(tmp_path / "zweite é" / "plans")
    assert git.top == (tmp_path / "zweite é").resolve()
    assert git.shared == (repo.top / ".git").resolve()
    assert git.folder.parent.name == "worktrees"


def test_a_submodule_is_its_own_repository(repo: Repository, tmp_path: Path) -> None:
    """The nearest repository holds."""
    outer = Repository.new(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repo.top), "sub")
    assert opened(outer.top / "sub" / "plans").top == (outer.top / "sub").resolve()


def test_a_hook_names_its_repository(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR of a hook holds for paths inside its repository and for no other."""
    other = Repository.new(tmp_path / "other")
    sha = other.commit("other")
    monkeypatch.chdir(repo.top)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    inner = opened(Path("plans/uji"))
    assert inner.top == repo.top.resolve()
    assert len(inner.files(inner.resolve("HEAD"))) == 3
    outer = opened(other.top)
    assert (other.top.resolve(), sha) == (outer.top, outer.resolve("HEAD"))


def test_resolve(repo: Repository) -> None:
    """Branches, tags, short names, ancestors and annotated tags all name a commit."""
    first = repo.git("rev-parse", "HEAD")
    repo.git("tag", "-a", "v1", "-m", "v1")
    second = repo.commit("second")
    git = opened(repo.top)
    assert [second, first, first, first] == [
        git.resolve(word) for word in ("main", "v1", "HEAD~1", first[:9])
    ]
    assert [second, None, None] == git.peel(["main", "@{upstream}", "maim"])


def test_unknown_revision_names_the_nearest(repo: Repository) -> None:
    """A misspelt branch is answered with the right one."""
    repo.git("branch", "penataan")
    code, said = refused(lambda: opened(repo.top).resolve("penatan"))
    assert (code, said["suggestion"]) == ("T123", "penataan")


@pytest.mark.parametrize("word", ["--help", "-p", "--upload-pack=x", "a\nb", "", "HEAD:plans", "é"])
def test_words_are_never_options(repo: Repository, word: str) -> None:
    """Whatever is typed, git takes it for a revision that does not exist."""
    assert refused(lambda: opened(repo.top).resolve(word))[0] == "T123"


def test_a_branch_that_was_not_fetched(repo: Repository, tmp_path: Path) -> None:
    """It prints the line that fetches it, and the line works."""
    repo.git("branch", "penataan")
    clone = repo.cloned(tmp_path / "clone", "--single-branch")
    code, said = refused(lambda: opened(clone.top).resolve("origin/penataan"))
    assert code == "T124"
    command = str(said["command"])
    assert command == "git fetch origin +refs/heads/penataan:refs/remotes/origin/penataan"
    clone.git(*command.split()[1:])
    assert opened(clone.top).resolve("origin/penataan") == repo.git("rev-parse", "HEAD")


def test_a_shallow_clone(repo: Repository, tmp_path: Path) -> None:
    """What lies beyond its end is not fetched, not unknown."""
    first = repo.git("rev-parse", "HEAD")
    repo.commit("second")
    git = opened(repo.cloned(tmp_path / "clone", "--depth=1").top)
    assert git.shallow
    for word in (first, "HEAD~1"):
        code, said = refused(lambda word=word: git.resolve(word))  # type: ignore[misc]  # bound now
        assert (code, said["command"]) == ("T124", "git fetch --unshallow")


def test_merge_base(repo: Repository) -> None:
    """It is where two branches parted; unrelated ones have none."""
    first = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit("side")
    repo.git("checkout", "-q", "main")
    main = repo.commit("main")
    repo.git("checkout", "-q", "--orphan", "alone")
    alone = repo.commit("alone")
    git = opened(repo.top)
    assert git.merge_base(main, side) == first
    assert refused(lambda: git.merge_base(main, alone))[0] == "T125"


def test_files_and_blobs(repo: Repository) -> None:
    """Files are listed with their blobs; links are not; blobs are read to the byte."""
    odd = "plans/uji/spasi é/a\tb.yaml"
    raw = "judul: “é”\r\n\0\n\n"
    repo.write(odd, raw)
    (repo.top / "plans/uji/link.yaml").symlink_to("plan.yaml")
    git, sha = opened(repo.top), repo.commit()
    files = git.files(sha, "plans/uji/spasi é")
    assert list(files) == [odd]
    assert list(git.files(sha, odd)) == [odd]
    assert "plans/uji/link.yaml" not in git.files(sha)
    assert git.files(INDEX) == git.files(sha)
    assert files[odd] == blob_id(raw.encode())
    assert git.blobs([files[odd], files[odd]]) == {files[odd]: raw.encode()}
    assert git.blobs([]) == {}


@settings(deadline=None)
@given(some.lists(some.binary(max_size=50), max_size=4))
def test_blob_ids_are_gits(raws: list[bytes]) -> None:
    """Our name of a blob is git's, whatever it holds."""
    for raw in raws:
        run = subprocess.run(
            ["git", "hash-object", "--stdin"],  # noqa: S607
            input=raw,
            capture_output=True,
            check=True,
        )
        assert run.stdout.decode().strip() == blob_id(raw)


def test_changed(repo: Repository) -> None:
    """Changes between commits, to the index and to the work tree, without renames."""
    first = repo.git("rev-parse", "HEAD")
    repo.git("mv", "plans/uji/actions/GOV-02.yaml", "plans/uji/actions/GOV-03.yaml")
    git, second = opened(repo.top), repo.commit()
    renamed = [("plans/uji/actions/GOV-02.yaml", "D"), ("plans/uji/actions/GOV-03.yaml", "A")]
    assert renamed == [(one.path, one.status) for one in git.changed(first, second)]
    repo.write("plans/uji/plan.yaml", "format: 1\n")
    repo.git("add", "plans/uji/plan.yaml")
    repo.write("plans/uji/neu é.yaml", "x: 1\n")
    (repo.top / "plans/uji/actions/GOV-01.yaml").touch()
    index = git.changed(second, INDEX, "plans/uji")
    assert [("plans/uji/plan.yaml", "M", blob_id(b"format: 1\n"))] == [
        (one.path, one.status, one.new) for one in index
    ]
    work = git.changed(second, None)
    assert [("plans/uji/neu é.yaml", "A"), ("plans/uji/plan.yaml", "M")] == [
        (one.path, one.status) for one in work
    ]


def test_commits(repo: Repository) -> None:
    """History says who, when and what, newest first; a clean merge changes nothing itself."""
    first = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "-b", "side")
    repo.write("plans/uji/a é.yaml", "x: 1\n")
    side = repo.commit("Sisi: “é”", author="Budi")
    repo.git("checkout", "-q", "main")
    repo.write("README.md", "x")
    main = repo.commit("readme")
    repo.git("merge", "-q", "-m", "merge", "side")
    merge = repo.git("rev-parse", "HEAD")
    git = opened(repo.top)
    every = {one.sha: one for one in git.commits(merge)}
    assert set(every) == {first, side, main, merge}
    assert (every[side].author, every[side].subject, every[side].day) == (
        "Budi",
        "Sisi: “é”",
        "2026-05-03",
    )
    assert every[merge].parents == (main, side)
    assert [one.path for one in every[side].changes] == ["plans/uji/a é.yaml"]
    assert every[merge].changes == ()
    assert every[first].parents == ()
    assert [merge, main, first] == [one.sha for one in git.commits(merge, first_parent=True)]
    assert [side] == [one.sha for one in git.commits(merge, since=first, paths=["plans/uji"])]
    assert [merge] == [
        one.sha for one in git.commits(merge, since=first, paths=["plans/uji"], first_parent=True)
    ]


def test_settings_and_attributes(repo: Repository) -> None:
    """Settings are written and read; attributes are answered per path."""
    git = opened(repo.top)
    assert git.settings("^merge[.]uji[.]") == {}
    git.write_setting("merge.uji.driver", "uji %O\n%A")
    git.write_setting("merge.uji.driver", "uji %O %A")
    assert git.settings("^merge[.]uji[.]") == {"merge.uji.driver": "uji %O %A"}
    repo.write(".gitattributes", "*.yaml merge=uji\n")
    paths = ["plans/uji/plan.yaml", "README.md", "spasi é.yaml"]
    assert git.attributes(paths, "merge") == dict(
        zip(paths, ["uji", "unspecified", "uji"], strict=True)
    )


def test_unmerged(repo: Repository) -> None:
    """A path in conflict is listed with its three blobs."""
    path = "plans/uji/actions/GOV-01.yaml"
    git = opened(repo.top)
    assert git.unmerged() == {}
    repo.git("checkout", "-q", "-b", "side")
    repo.write(path, "a: 1\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write(path, "a: 2\n")
    repo.commit()
    repo.git("merge", "-q", "side", accept=(1,))
    stages = git.unmerged()[path]
    assert (blob_id(b"a: 2\n"), blob_id(b"a: 1\n")) == (stages[2], stages[3])
    assert 1 in stages
    assert git.files(INDEX)[path] == blob_id(b"a: 2\n")


def test_merge_file() -> None:
    """Lines merge as git merges them; conflicts hold all three versions, with the labels."""
    base = b"a\n1\n2\n3\nb\n"
    assert (b"A\n1\n2\n3\nB\n", 0) == merge_file(b"A\n1\n2\n3\nb\n", base, b"a\n1\n2\n3\nB\n")
    text, conflicts = merge_file(b"x\n", b"o\n", b"y\n", labels=("-kita", "asal", "m e"), marker=9)
    marks = b"<<<<<<<<< -kita\nx\n||||||||| asal\no\n=========\ny\n>>>>>>>>> m e\n"
    assert (marks, 1) == (text, conflicts)


def test_merge_file_inside_a_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository of a hook is of no concern to it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_DIR", ".git")
    assert merge_file(b"x\n", b"x\n", b"y\n") == (b"y\n", 0)


def test_merge_file_refuses_what_is_no_text() -> None:
    """Bytes that are no text are not merged."""
    assert refused(lambda: merge_file(b"x\0\n", b"o\n", b"y\n"))[0] == "T121"


def test_target(repo: Repository) -> None:
    """The branch into which others are merged is found by its name."""
    assert opened(repo.top).target() == "main"
    assert opened(repo.top).branches() == ["main"]


def test_the_only_door() -> None:
    """Nothing else in smartplan starts a program."""
    root = Path(door.__file__).parents[1]
    others = [path for path in root.rglob("*.py") if path != Path(door.__file__)]
    assert len(others) > 50
    for path in others:
        assert not re.search(
            r"\b(import|from) subprocess\b|os\.(system|popen)", path.read_text()
        ), path
