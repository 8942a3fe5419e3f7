"""The tests of the house: floors, sizes, docs, words, lists; what decays where nobody looks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from smartplan.cli.all_codes import ALL_CODES, RETIRED
from smartplan.plan import shape
from smartplan.plan.plan import COLLECTIONS
from smartplan.plan.values import Choice
from smartplan.rules.all_rules import NOT_RULES
from smartplan.text.document import Document
from smartplan.text.source import Source
from smartplan.words.speaker import catalog, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smartplan.plan.entity import Record

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "smartplan").rglob("*.py"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")

FEW_WORDS = 5
"""A reason of fewer words is none."""
WAIVERS = {
    "plan/structure": "the plan as a whole is plan/plan.py",
}
"""Gaps in the symmetry of the wings, with the reason for each."""


def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a module, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def models() -> set[type[Record]]:
    """Give every model of the plan: the collections' and what stands in their items."""
    found: set[type[Record]] = set()
    waiting: list[type[Record]] = [entry.model for entry in COLLECTIONS.values()]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting.extend(one.part for one in shape.fields(model) if one.part)
    return found


def test_import_contracts_hold() -> None:
    """No room imports a room above it or beside it, and every library has one door."""
    run = subprocess.run(  # noqa: S603  # our own linter
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_sizes() -> None:
    """No file over 500 lines, no function over 60, packages not deeper than two."""
    for path in MODULES:
        assert len(path.read_text("utf-8").splitlines()) <= 500, path
        assert len(path.relative_to(ROOT).parts) <= 3, path
        for node in functions(path):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"


def test_docstrings() -> None:
    """Every module, class and public function says what it is for, in a sentence."""
    for path in MODULES:
        module = tree(path)
        named = [
            node
            for node in ast.walk(module)
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
        ]
        outer = {
            inner
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef)
            for inner in ast.walk(node)
            if inner is not node
        }
        private = {
            inner
            for node in ast.walk(module)
            if isinstance(node, ast.ClassDef) and node.name.startswith("_")
            for inner in ast.walk(node)
        }
        for node in [module, *(one for one in named if one not in outer | private)]:
            doc = ast.get_docstring(node)
            where = f"{path}: {getattr(node, 'name', 'module')}"
            assert doc, where
            first = doc.split("\n\n")[0]
            assert first.rstrip().endswith((".", ":", "?")), f"{where}: {first}"


@pytest.mark.parametrize("room", ["text", "plan", "figures", "rules", "words", "show"])
def test_no_clock_no_disk(room: str) -> None:
    """Only the workspace touches the disk, and only the command line asks for the day."""
    forbidden = {"open", "write_text", "write_bytes", "mkdir", "unlink", "today", "now", "time"}
    for path in (ROOT / "smartplan" / room).glob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in forbidden, f"{path}:{node.lineno} calls {name}"


def test_codes_are_in_order() -> None:
    """Ids are unique, sorted, never given again; names are kebab; every code has why and fix."""
    ids = [code.id for code in ALL_CODES]
    assert sorted(set(ids)) == ids
    assert not set(RETIRED) & set(ids)
    names = [code.name for code in ALL_CODES]
    assert len(set(names)) == len(names)
    for code in ALL_CODES:
        assert re.fullmatch(r"[YFSCDAMIGVTX][0-9]{3}", code.id), code.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name), code.name
        assert code.says.endswith((".", "?")), code
        assert code.why.endswith("."), code
        assert code.fix, code


def test_every_rule_of_the_domain_is_answered() -> None:
    """Each of the 79 rules is a code of its number, or has a reason for being none; never both."""
    coded = {f"R{code.id[2:]}" for code in ALL_CODES if re.fullmatch(r"[SCDAMI]0..", code.id)}
    waived = [number for number, _reason in NOT_RULES]
    assert {f"R{number:02}" for number in range(1, 80)} == coded | set(waived)
    assert set() == coded & set(waived)
    assert sorted(set(waived)) == waived
    assert [] == [number for number, reason in NOT_RULES if len(reason.split()) < FEW_WORDS]


def test_every_code_is_listed() -> None:
    """Every code that a module declares stands in the one list."""
    declared = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name == "Code":
                values = [one.value for one in node.keywords if one.arg == "id"]
                declared |= {one.value for one in values if isinstance(one, ast.Constant)}
            elif isinstance(node, ast.Call) and name == "rule" and node.args:
                first = node.args[0]
                declared |= {first.value} if isinstance(first, ast.Constant) else set()
    assert declared == {code.id for code in ALL_CODES}


def test_every_language_says_every_code() -> None:
    """Each catalog but English has sentence, why and fix of every code, with the same arguments."""
    for language in languages():
        if language == "en":
            continue
        said = catalog(language)["codes"]
        assert {code.id for code in ALL_CODES} == set(said), language
        for code in ALL_CODES:
            assert {"says", "why", "fix"} == set(said[code.id]), code.id
            for part in ("says", "fix"):
                expected = set(PLACEHOLDER.findall(getattr(code, part)))
                assert expected == set(PLACEHOLDER.findall(said[code.id][part])), code.id


def flat(words: Any, path: str = "") -> dict[str, set[str]]:  # noqa: ANN401  # a catalog
    """Give every key of a catalog's section with the arguments of its text."""
    if not isinstance(words, Mapping):
        return {path: set(PLACEHOLDER.findall(str(words)))}
    return {
        key: args for name in words for key, args in flat(words[name], f"{path}.{name}").items()
    }


@pytest.mark.parametrize("language", languages())
def test_a_catalog_read_in_parts_is_the_whole(language: str) -> None:
    """No part of a catalog is lost, none stands twice, and each means what it means in the file."""
    path = ROOT / "smartplan" / "words" / f"{language}.yaml"
    document = Document.read(Source(path.name, path.read_text("utf-8")))
    assert document.findings == ()
    read = {
        key: dict(part) if isinstance(part, Mapping) else part
        for key, part in catalog(language).items()
    }
    assert document.data == read


@pytest.mark.parametrize("section", ["labels", "choices", "screen"])
def test_languages_have_the_same_keys(section: str) -> None:
    """Labels and words stand in every language, with the same arguments."""
    english = flat(catalog("en")[section])
    for language in languages():
        assert english == flat(catalog(language)[section]), language


def test_every_choice_has_its_words() -> None:
    """Every word of every choice of the models has a label, and no other has one."""
    choices: dict[str, set[str]] = {}
    for path in (ROOT / "smartplan" / "plan").glob("*.py"):
        module = import_module(f"smartplan.plan.{path.stem}") if path.stem != "__init__" else None
        for value in vars(module).values() if module else ():
            if isinstance(value, Choice):
                choices[value.name] = set(value.values)
    assert choices == {name: set(words) for name, words in catalog("en")["choices"].items()}


def known(name: str, everything: str) -> bool:
    """Tell whether a label is asked for by its name, or with one part of it made at run time."""
    parts = name.split(".")
    for cut in range(1, len(parts)):
        head, tail = re.escape(".".join(parts[:cut]) + "."), ".".join(["", *parts[cut + 1 :]])
        if re.search(rf"""{head}['"{{]""", everything) and tail in everything:
            return True
    return name in everything


def test_every_label_is_used() -> None:
    """No label stands in the catalog that neither code nor a template asks for."""
    texts = [path.read_text("utf-8") for path in MODULES]
    texts += [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.*")]
    everything = "\n".join(texts)
    for section in ("labels", "screen"):
        for key in flat(catalog("en")[section]):
            name = key.strip(".")
            assert known(name, everything), f"{section}: {name}"


def test_every_field_says_what_it_is() -> None:
    """Every field of every entity has title, description, example and an Indonesian title."""
    titles = catalog("id")["fields"]
    for model in models():
        noun = shape.noun(model)
        for name, info in model.model_fields.items():
            where = f"{model.__name__}.{name}"
            assert info.title, where
            assert info.description, where
            assert info.description.endswith("."), where
            assert info.examples, where
            key = info.alias or name
            assert titles.get(noun, {}).get(key) or titles["any"].get(key), f"{noun}.{key}"


def test_numbers_have_units() -> None:
    """Every field that holds a number says its unit; counts of things say which."""
    for model in models():
        for name, info in model.model_fields.items():
            extra: Any = info.json_schema_extra
            numeric = re.search(r"Money|Quantity|Amount|\bint\b", str(info.annotation))
            if numeric and name != "number":
                assert extra["unit"], f"{model.__name__}.{name}"


def test_wings_are_symmetric() -> None:
    """Every wing has a file on each of its floors, or a reason why not; no reason is left over."""
    wings = ("structure", "city", "direction", "delivery", "money", "measure")
    missing = {
        f"{floor}/{wing}"
        for floor in ("plan", "figures", "rules")
        for wing in wings
        if not (ROOT / "smartplan" / floor / f"{wing}.py").exists()
    }
    assert missing == set(WAIVERS)


FORM_ONLY = {
    "approval",
    "baseline",
    "review",
    "event",
    "inventory_item",
    "readiness",
    "source",
    "strategy",
    "swot",
    "gap",
    "fact",
    "mission",
}
"""Entities of which only form, references and provenance are judged; no rule of their own yet."""


def test_every_entity_is_judged_or_known_not_to_be() -> None:
    """Each entity has a rule, or is listed as having none; none stands in both places."""
    rules = "".join(path.read_text("utf-8") for path in (ROOT / "smartplan" / "rules").glob("*.py"))
    ruled = {"plan", "vision", "roadmap", "checks", "risk"}  # by a property or a reference
    for entry in COLLECTIONS.values():
        noun = str(getattr(entry.model, "noun", ""))
        if re.search(rf'of="{noun}"|all\("{noun}"\)|NAMED = \([^)]*"{noun}"', rules):
            ruled.add(noun)
    nouns = {str(getattr(entry.model, "noun", "")) for entry in COLLECTIONS.values()}
    assert FORM_ONLY == nouns - ruled


def test_readme_begins_with_the_two_commands() -> None:
    """The README's first blocks set everything up and do the main job and the tests."""
    blocks = re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert blocks[0].startswith("python3 -m venv .venv && .venv/bin/pip install -q -c constraints")
    assert blocks[0].endswith("smartplan render plans/kotamobagu")
    assert blocks[1].endswith(".venv/bin/pytest")


def test_pins_cover_every_dependency() -> None:
    """Every library that pyproject.toml names is pinned in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pinned = {
        line.split("==")[0].lower()
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    for each in wanted:
        name = re.split(r"[\[<>=~!]", each)[0].lower()
        assert name in pinned, name


def test_no_machine_in_the_project() -> None:
    """No lock file and no path of a machine is kept."""
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607  # git is a tool of every developer
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    names = listed.stdout.split()
    if listed.returncode or not names:
        pytest.skip("not a git checkout")
    assert not [name for name in names if name.endswith((".lock", "lock.json"))]
    for name in names:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".txt", ".j2", ".css") and path.exists():
            assert not re.search(r"/(home|root|Users|work)/\w", path.read_text("utf-8")), name
