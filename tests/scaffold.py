"""Write the stubs of a new rule, report or language, and the table of shapes, for developers.

    python -m tests.scaffold rule M999 name-of-the-offence
    python -m tests.scaffold report name
    python -m tests.scaffold language xx
    python -m tests.scaffold shapes         after a field of a model has changed

What remains to be done is marked with TODO; the tests of the house fail until it is done.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
WINGS = {
    "S": "structure",
    "C": "city",
    "D": "direction",
    "A": "delivery",
    "M": "money",
    "I": "measure",
}
"""The file of each family of rules."""

RULE = '''

@rule(
    "{code}",
    "{name}",
    WARNING,
    of="action",
    says="TODO: what is wrong, with named arguments.",
)
def {function}(action: Action, plan: Plan) -> Iterator[Mark]:
    """Checks that TODO.

    Why: TODO.
    Fix: TODO.
    Source: TODO
    """
    if action.places is None and plan.knows(action, "places"):
        yield at(action)

'''
CASES = """
## {name} ({code})

TODO: what is asked, in the present tense.

```yaml
actions:
  - {{id: A-01, title: Mal Pelayanan Publik}}   # warning: [{name}]
```

TODO: what is right.

```yaml
actions:
  - {{id: A-01, title: Mal Pelayanan Publik, places: {{level: kota}}}}
```
"""
WORDS = """\
  {code}:
    says: TODO.
    why: TODO.
    fix: TODO.
"""
REPORT = '''"""The report `{name}`: TODO, for whom and what for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartplan.reports.press import Report

if TYPE_CHECKING:
    from smartplan.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Page:
    """What the templates of the report see."""

    title: str | None


def build(plan: Plan) -> Page:
    """Make the context of the report."""
    return Page(plan.header.title)


{constant} = Report("{name}", "{name}.title", build)
'''


def rule(root: Path, code: str, name: str) -> None:
    """Add a rule's function and entry, its section of cases, and its words in each language.

    Raises:
        SystemExit: the code is none of a family of rules, or is taken.
    """
    if not re.fullmatch(r"[SCDAMI][0-9]{3}", code) or not re.fullmatch(r"[a-z0-9-]+", name):
        sys.exit(f"{code} {name}: write a code such as M160 and a name in kebab case")
    wing = WINGS[code[0]]
    function = name.replace("-", "_")
    path = root / "smartplan" / "rules" / f"{wing}.py"
    text = path.read_text("utf-8")
    if f'"{code}"' in text:
        sys.exit(f"{code} is taken")
    head, tail = text.split("\n\nRULES = (\n")
    tail = tail.replace("\n)", f"\n    {function},\n)", 1)
    stub = RULE.format(code=code, name=name, function=function)
    _write(path, f"{head.rstrip()}\n{stub}\nRULES = (\n{tail}")
    cases = root / "tests" / "rules" / f"{wing}.md"
    _write(cases, cases.read_text("utf-8") + CASES.format(code=code, name=name))
    for catalog in sorted((root / "smartplan" / "words").glob("*.yaml")):
        words = catalog.read_text("utf-8")
        if "\ncodes:\n" in words:
            _write(catalog, words.replace("\ncodes:\n", f"\ncodes:\n{WORDS.format(code=code)}", 1))


def report(root: Path, name: str) -> None:
    """Add a report's context, its templates, its entry in the list, and its title."""
    constant = name.upper()
    _write(
        root / "smartplan" / "reports" / f"{name}.py", REPORT.format(name=name, constant=constant)
    )
    title = f'{{{{ say("{name}.title") }}}}'
    _write(root / "templates" / f"{name}.md.j2", f"# {title}\n\n{{{{ page.title }}}}\n")
    _write(
        root / "templates" / f"{name}.html.j2",
        f'<!doctype html>\n<html lang="{{{{ language }}}}">\n<title>{title}</title>\n'
        "<h1>{{ page.title }}</h1>\n</html>\n",
    )
    listed = root / "smartplan" / "reports" / "all_reports.py"
    text = listed.read_text("utf-8")
    imported = f"from smartplan.reports.{name} import {constant}\n"
    text = text.replace("\nREPORTS = (", f"{imported}\nREPORTS = (", 1)
    _write(listed, re.sub(r"REPORTS = \((.*?)\)", rf"REPORTS = (\1, {constant})", text, count=1))
    for catalog in sorted((root / "smartplan" / "words").glob("*.yaml")):
        words = catalog.read_text("utf-8")
        _write(catalog, words.replace("\nlabels:\n", f"\nlabels:\n  {name}: {{title: TODO}}\n", 1))


def language(root: Path, name: str) -> None:
    """Begin the catalog of a language as a copy of the Indonesian one, the most complete."""
    words = root / "smartplan" / "words"
    text = (words / "id.yaml").read_text("utf-8")
    _write(words / f"{name}.yaml", re.sub(r"(?m)^name: .*$", "name: TODO", text, count=1))


def shapes(root: Path) -> None:
    """Write the table of shapes off the models."""
    _write(root / "smartplan" / "compare" / "shapes.json", shapes_text())


def shapes_text() -> str:
    """Give the table of shapes as JSON, one field on a line."""
    from smartplan.plan.plan import COLLECTION_OF, COLLECTIONS
    from smartplan.plan.shape import outline

    blocks = []
    for name, entry in COLLECTIONS.items():
        found = outline(entry.model, COLLECTION_OF, single=entry.single)
        lines = [f"   {json.dumps(key)}: {json.dumps(one)}" for key, one in found["fields"].items()]
        head = json.dumps({key: one for key, one in found.items() if key != "fields"})[1:-1]
        blocks.append(f' {json.dumps(name)}: {{{head}, "fields": {{\n' + ",\n".join(lines) + "}}")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{path}\n")


KINDS: dict[str, tuple[Callable[..., None], int]] = {
    "rule": (rule, 2),
    "report": (report, 1),
    "language": (language, 1),
    "shapes": (shapes, 0),
}


def main(arguments: list[str]) -> None:
    """Write the stubs that were asked for."""
    kind, *rest = arguments or [""]
    if kind not in KINDS or len(rest) != KINDS[kind][1]:
        sys.exit(__doc__)
    KINDS[kind][0](ROOT, *rest)


if __name__ == "__main__":
    main(sys.argv[1:])
