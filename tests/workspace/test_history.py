"""The history of one item through everything that happens to files in a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repository import HEADER, Repository

from smartplan.compare.change import plain
from smartplan.compare.facts import Facts, Name, gather, joined
from smartplan.compare.shapes import collection, collections
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.workspace.git import Git
from smartplan.workspace.history import Wanted, history

if TYPE_CHECKING:
    from pathlib import Path

    from smartplan.compare.change import Change
    from smartplan.workspace.history import Moment

SINGLES = [one for one in collections() if getattr(collection(one), "kind", "") == "part"]
TWO = "actions:\n- {id: X-1, title: Satu, owner: a, kind: policy}\n- {id: X-2, title: Dua}\n"


@pytest.fixture
def empty(tmp_path: Path) -> Repository:
    """Make a repository with a header of a plan."""
    made = Repository.new(tmp_path / "repo")
    made.write("plan.yaml", HEADER)
    return made


def commits(repo: Repository, *states: dict[str, str | None]) -> list[str]:
    """Commit states of files one after the other; none deletes a file."""
    names = []
    for number, state in enumerate(states):
        for path, text in state.items():
            if text is None:
                (repo.top / path).unlink()
            else:
                repo.write(path, text)
        names.append(repo.commit(f"commit {number}"))
    return names


def moments(
    repo: Repository, what: str, *, since: str = "", follow: bool = True, root: str = ""
) -> list[Moment]:
    """Give the history of an item, the newest first."""
    git = Git.around(repo.top)
    assert git is not None
    last = repo.git("rev-parse", "HEAD")
    wanted = Wanted.of(what, SINGLES)
    return list(history(git, root, wanted, last, since=since or None, follow=follow))


def told(repo: Repository, what: str, **how: Any) -> list[list[str]]:  # noqa: ANN401  # as above
    """Give what was done in each commit, the newest first."""
    return [[f"{c.op} {c.path}" for c in one.changes] for one in moments(repo, what, **how)]


# Where things stand


def test_an_item_is_followed_from_file_to_file(empty: Repository) -> None:
    """One file split into many and joined again is no change; a change in between is one."""
    one, other = (f"actions:\n{line}\n" for line in TWO.splitlines()[1:])
    commits(
        empty,
        {"all.yaml": TWO},
        {"all.yaml": None, "a/X-1.yaml": one, "a/X-2.yaml": other},
        {"a/X-1.yaml": one.replace("owner: a", "owner: b")},
        {"a/X-1.yaml": None, "a/X-2.yaml": None, "b.yaml": TWO.replace("owner: a", "owner: b")},
    )
    assert [["set actions[X-1].owner"], ["add actions[X-1]"]] == told(empty, "X-1")
    assert [["add actions[X-2]"]] == told(empty, "X-2")


def test_an_item_is_followed_through_declared_and_certain_renames(empty: Repository) -> None:
    """And not further where nobody asks for it."""
    renamed = TWO.replace("id: X-1", "id: X-8")
    again = renamed.replace("{id: X-8,", "{id: X-9, formerly: [X-8],").replace("Satu", "Tiga")
    commits(
        empty,
        {"all.yaml": TWO},
        {"all.yaml": TWO.replace("owner: a", "owner: b")},
        {"all.yaml": renamed.replace("owner: a", "owner: b")},
        {"all.yaml": again.replace("owner: a", "owner: b")},
    )
    newest = ["rename actions[X-9]", "set actions[X-9].title"]
    assert [
        newest,
        ["rename actions[X-8]"],
        ["set actions[X-1].owner"],
        ["add actions[X-1]"],
    ] == told(empty, "X-9")
    assert [newest] == told(empty, "X-9", follow=False)
    assert [["set actions[X-1].owner"], ["add actions[X-1]"]] == told(empty, "actions[X-9].owner")[
        -2:
    ]


def test_an_indicator_is_told_with_its_action_and_by_itself(empty: Repository) -> None:
    """It came with the action, moved to another, and went with that one."""
    inner = ", indicators: [{id: I-1, title: Antrean, targets: {2026: 4}}]"
    first = TWO.replace("kind: policy", f"kind: policy{inner}")
    second = first.replace("{2026: 4}", "{2026: 5}")
    third = TWO.replace("Dua", f"Dua{inner.replace('4', '5')}")
    commits(
        empty,
        {"all.yaml": first},
        {"all.yaml": second},
        {"all.yaml": third},
        {"all.yaml": TWO.splitlines()[0] + "\n" + TWO.splitlines()[1] + "\n"},
    )
    assert [
        ["remove actions[X-2]"],
        ["move indicators[I-1]"],
        ["set indicators[I-1].targets.2026"],
        ["add actions[X-1]"],
    ] == told(empty, "I-1")
    assert ["set indicators[I-1].targets.2026"] in told(empty, "X-1")
    assert [
        ["remove actions[X-2]"],
        ["set indicators[I-1].targets.2026"],
        ["add actions[X-1]"],
    ] == (told(empty, "indicators[I-1].targets.2026"))


def test_a_field_is_that_field_and_no_other(empty: Repository) -> None:
    """Neither one whose name begins alike, nor an order or a comment of the item."""
    action = "actions:\n- {id: X-0}\n- id: X-1\n  status: running\n  status_reason: a\n"
    commits(
        empty,
        {"a.yaml": action},
        {"a.yaml": action.replace("reason: a", "reason: lelang")},
        {"a.yaml": action.replace("reason: a", "reason: lelang # satu")},
        {"a.yaml": action.replace("reason: a", "reason: lelang").replace("running", "done")},
        {"a.yaml": "actions:\n- id: X-1\n  status: done\n  status_reason: lelang\n- {id: X-0}\n"},
    )
    assert [["set actions[X-1].status"], ["add actions[X-1]"]] == told(empty, "actions[X-1].status")
    ops = [line.split()[0] for lines in told(empty, "X-1") for line in lines]
    assert {"set", "add", "comment"} <= set(ops)


def test_a_part_that_comes_as_a_whole_is_told_of_each_value_in_it(empty: Repository) -> None:
    """The quick win and its state; the budget of a year and of its source."""
    commits(
        empty,
        {"a.yaml": "actions: [{id: X-1}]\n"},
        {"a.yaml": "actions: [{id: X-1, quick_win: {state: selected, months: 3}}]\n"},
        {
            "a.yaml": "actions: [{id: X-1, budget: {2026: 1 juta}, "
            "quick_win: {state: selected, months: 3}}]\n"
        },
    )
    for below in (".quick_win", ".quick_win.state", ".quick_win.months"):
        assert ["add actions[X-1].quick_win"] == told(empty, f"actions[X-1]{below}")[0]
    for below in (".budget", ".budget.2026", ".budget.2026.apbd"):
        assert ["add actions[X-1].budget.2026"] == told(empty, f"actions[X-1]{below}")[0]


def test_what_stands_once_and_what_has_a_natural_name(empty: Repository) -> None:
    """The vision, the stage, a reading; an id that is a word of the format."""
    commits(
        empty,
        {
            "v.yaml": "vision: {text: Kota}\n"
            "readings: [{indicator: I-1, period: 2024-Q4, value: 7}]\n"
        },
        {
            "v.yaml": "vision: {text: Desa}\n"
            "readings: [{indicator: I-1, period: TW4 2024, value: 9}]\n"
        },
        {"plan.yaml": HEADER.replace("  title", "  stage: final\n  title")},
    )
    assert [["set vision.text"], ["add vision"]] == told(empty, "vision.text")
    assert [["set vision.text"], ["add vision"]] == told(empty, "vision")
    assert [["add plan.stage"], ["add plan"]] == told(empty, "plan.stage")
    name = "readings[I-1@2024-Q4]"
    assert [[f"set {name}.value"], [f"add {name}"]] == told(empty, name)
    assert [] == told(empty, "nothing")
    assert [] == told(empty, "vision.note")[:-1]


def test_a_provenance_of_the_file_is_told_of_what_it_holds(empty: Repository) -> None:
    """An item that has none of its own changes with its file."""
    text = "provenance: {status: official}\nevents: [{id: E-1}]\n"
    commits(empty, {"e.yaml": text}, {"e.yaml": text.replace("official", "reported")})
    assert [["set e.yaml:provenance"], ["add events[E-1]"]] == told(empty, "E-1")


def test_a_plan_in_a_folder_does_not_see_its_neighbours(tmp_path: Path) -> None:
    """Another plan may use the same ids."""
    repo = Repository.new(tmp_path / "repo")
    repo.write("plans/a/plan.yaml", HEADER)
    repo.write("plans/b/plan.yaml", HEADER)
    commits(
        repo,
        {"plans/a/x.yaml": TWO, "plans/b/x.yaml": TWO},
        {"plans/b/x.yaml": TWO.replace("owner: a", "owner: b")},
        {"plans/a/.hidden/x.yaml": TWO, "plans/a/templates/x.yaml": TWO},
    )
    assert [["add actions[X-1]"]] == told(repo, "X-1", root="plans/a")
    assert [["set actions[X-1].owner"], ["add actions[X-1]"]] == told(repo, "X-1", root="plans/b")


# Commits


def test_a_range_leaves_out_what_it_begins_with(empty: Repository) -> None:
    """As git's own ranges do."""
    shas = commits(
        empty,
        {"a.yaml": TWO},
        {"a.yaml": TWO.replace("owner: a", "owner: b")},
        {"a.yaml": TWO.replace("owner: a", "owner: c")},
    )
    assert [["set actions[X-1].owner"]] == told(empty, "X-1", since=shas[1])
    assert [shas[2]] == [one.commit.sha for one in moments(empty, "X-1", since=shas[1])]


def test_each_commit_is_weighed_by_what_held_before_it(empty: Repository) -> None:
    """A change before the plan was adopted was routine, the same one after is an amendment."""
    commits(
        empty,
        {"a.yaml": TWO},
        {"a.yaml": TWO.replace("owner: a", "owner: b")},
        {"plan.yaml": HEADER.replace("  title", "  stage: adopted\n  title")},
        {"a.yaml": TWO.replace("owner: a", "owner: c")},
    )
    found = [one.changes[0].weight.word for one in moments(empty, "actions[X-1].owner")]
    assert ["amendment", "routine", "routine"] == found


def branches(repo: Repository, ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Grow two branches from where `main` is, one commit each."""
    repo.git("checkout", "-q", "-b", "theirs")
    commits(repo, dict(theirs))
    repo.git("checkout", "-q", "main")
    commits(repo, dict(ours))


def test_a_merge_is_told_only_for_what_neither_side_had(empty: Repository) -> None:
    """What it brings together is told where it was done, also within one file."""
    text = "actions:\n- id: X-1\n  title: Satu\n  kind: policy\n  owner: a\n"
    commits(empty, {"a.yaml": text})
    ours, theirs = text.replace("Satu", "Tiga"), text.replace("owner: a", "owner: b")
    branches(empty, {"a.yaml": ours}, {"a.yaml": theirs})
    empty.git("merge", "-q", "theirs", accept=(0, 1))
    both = ours.replace("owner: a", "owner: b")
    commits(empty, {"a.yaml": both})
    assert {("set actions[X-1].title",), ("set actions[X-1].owner",), ("add actions[X-1]",)} == {
        tuple(lines) for lines in told(empty, "X-1")
    }
    assert 3 == len(told(empty, "X-1"))


def test_a_merge_that_decided_a_conflict_is_told(empty: Repository) -> None:
    """Its value is that of neither side."""
    text = "actions: [{id: X-1, owner: a}]\n"
    commits(empty, {"a.yaml": text})
    ours, theirs, decided = (text.replace("owner: a", f"owner: {one}") for one in "bcd")
    branches(empty, {"a.yaml": ours}, {"a.yaml": theirs})
    empty.git("merge", "-q", "theirs", accept=(0, 1))
    commits(empty, {"a.yaml": decided})
    newest, *others = moments(empty, "X-1")
    assert 2 == len(newest.commit.parents)
    assert ["d"] == [one.new for one in newest.changes]
    assert 3 == len(others)


def test_files_that_do_not_parse_break_nothing(empty: Repository) -> None:
    """A commit that broke a file is not told as one that removed what stood in it."""
    commits(empty, {"a.yaml": TWO}, {"a.yaml": "actions: [X-1\n"}, {"a.yaml": TWO})
    assert "remove" not in {line.split()[0] for lines in told(empty, "X-1") for line in lines}


# Replayed


STATES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "summary": st.sampled_from(["a", "b"]),
            "owner": st.sampled_from(["a", "b"]),
            "support": st.lists(st.sampled_from(["a", "b", "c"]), unique=True, min_size=1),
            "years": st.lists(st.sampled_from(["2024", "2025", "2026"]), unique=True, min_size=1),
            "budget": st.dictionaries(
                st.sampled_from(["2024", "2025"]),
                st.sampled_from(["1 juta", "2 juta", "{csr: 3 juta}"]),
                min_size=1,
            ),
        },
    ),
    min_size=1,
    max_size=5,
)


def written(state: dict[str, Any]) -> str:
    """Write an action in braces."""
    parts = [
        "id: X-1, title: Layanan",
        *(f"{key}: {_braces(value)}" for key, value in state.items()),
    ]
    return f"actions: [{{{', '.join(parts)}}}, {{id: X-2}}]\n"


def _braces(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one}" for key, one in value.items()) + "}"
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def facts(text: str) -> Facts:
    """Gather a file."""
    return gather([Document.read(Source("a.yaml", text))])


def values(found: Facts) -> dict[str, object]:
    """Give the values of the action by path; a bare amount without its source."""
    item = found.items[Name("actions", "X-1")]
    return {
        f"{item.name}{joined(steps[:2] if leaf.short else steps)}": plain(leaf.value)
        for steps, leaf in item.leaves.items()
    }


def replayed(changes: list[Change], first: dict[str, object]) -> dict[str, object]:
    """Do to the first values what was told, the oldest first."""
    found = dict(first)
    for one in changes:
        if one.op == "remove":
            found.pop(one.path, None)
        elif one.op in ("add", "set"):
            found[one.path] = plain(one.new)
    return found


@given(STATES, st.booleans())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_history_that_is_replayed_gives_the_item_of_today(
    tmp_path_factory: pytest.TempPathFactory,
    states: list[dict[str, Any]],
    moved: bool,  # noqa: FBT001  # drawn
) -> None:
    """From its first entry on, whatever was done to it, and wherever it went."""
    repo = Repository.new(tmp_path_factory.mktemp("repo") / "r")
    repo.write("plan.yaml", HEADER)
    for number, state in enumerate(states):
        path = f"{number % 2}.yaml" if moved else "0.yaml"
        for old in repo.top.glob("?.yaml"):
            old.unlink()
        repo.write(path, written(state))
        repo.commit()
    *later, first = moments(repo, "X-1")
    assert ["add"] == [one.op for one in first.changes]
    changes = [change for one in reversed(later) for change in one.changes]
    expected, start = values(facts(written(states[-1]))), values(facts(written(states[0])))
    assert expected == _bare(replayed(changes, start))


def _bare(found: dict[str, object]) -> dict[str, object]:
    """Name an amount of the default fund as it stands where it is bare."""
    return {path.removesuffix(".apbd"): value for path, value in found.items()}
