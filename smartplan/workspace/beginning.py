"""Makes a new plan: files out of templates, all of them or none, and no file that is there.

What belongs to a repository as a whole (git's attributes, CI, settings of an editor) goes to its
top, where the programs that read it look; the plan goes into its own folder.
"""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from smartplan.text.error import SmartplanError
from smartplan.text.finding import ERROR, Code
from smartplan.text.writing import scalar
from smartplan.workspace.faults import GIT_MISSING
from smartplan.workspace.git import Git
from smartplan.workspace.rewriting import rewrite
from smartplan.workspace.setup import ATTRIBUTES, WANTED, pattern_of
from smartplan.workspace.workspace import HEADER, plan_files, shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

PLAN_THERE = Code(
    id="T180",
    name="plan-there-already",
    level=ERROR,
    says="There is a plan already: {path}.",
    why="A plan reads every file below its folder; one in another would be read as one.",
    fix="Name a folder beside it, such as plans/kota-kita.",
)
WOULD_BE_READ = Code(
    id="T181",
    name="folder-has-yaml",
    level=ERROR,
    says="These files would be read as parts of the new plan: {files}.",
    why="A plan reads every YAML file below its folder.",
    fix="Name a folder of its own for the plan, such as plans/kota-kita.",
)
NOT_A_FOLDER = Code(
    id="T182",
    name="not-a-folder",
    level=ERROR,
    says="{path} is a file.",
    why="A plan is a folder of files.",
    fix="Name a folder that is empty, or one that does not exist yet.",
)
CODES = (PLAN_THERE, WOULD_BE_READ, NOT_A_FOLDER)

UNKNOWN = "…"
NAMED = 5
"""So many files are named in a message; more would bury the sentence."""
LONGEST_ID = 30
"""Leaves room for the year within the 40 characters of an id."""
RANKS = ("kota", "kabupaten", "provinsi", "kab", "prov", "city", "of", "regency", "province")
"""Words of a city's name that its short name does without."""

PLAN = (
    HEADER,
    "direction.yaml",
    "agencies.yaml",
    "sources.yaml",
    "goals/governance.yaml",
    "actions/GOV-01.yaml",
    "README.md",
)
AROUND = {
    ".gitignore": "gitignore",
    ".vscode/settings.json": "settings.json",
    ".vscode/extensions.json": "extensions.json",
    ".pre-commit-config.yaml": "pre-commit.yaml",
}
"""Files of the repository: path → template."""
CI = {".github/workflows/smartplan.yml": "github.yml", ".gitlab-ci.yml": "gitlab.yml"}
HINTED = {"kind", "province", "code", "activity"}
"""Values that stay open as a comment while nobody knows them; lines of others are left out."""
ACTIVITY = '"2.16.03.2.02.0009"'
"""The activity of smart cities in Kepmendagri 900; it is one of cities and regencies."""
COMMAND = re.compile(r"^( *(?:run: |entry: |- ))(smartplan (?:validate|fmt))\b(.*)$", re.MULTILINE)
COPYING = re.compile(r"^# Copy this file to .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a plan that begins; what nobody knows is empty.

    Attributes:
        kind: kota, kabupaten or provinsi; empty if neither name nor option says it.
        code: the city's code at the interior ministry.
        years: first and last year.
        element: an element of the taxonomy for the example; empty if it has none.
        heading: the title for Markdown, escaped.
        language: of texts and comments.
    """

    city: str
    kind: str
    province: str
    code: str
    years: tuple[int, int]
    title: str
    taxonomy: str
    element: str
    heading: str
    language: str

    @property
    def id(self) -> str:
        """A short name: the city's, in plain letters, and the first year."""
        folded = unicodedata.normalize("NFKD", self.city.casefold())
        plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
        words = re.findall(r"[a-z][a-z0-9]*", plain)
        kept = "-".join(one for one in words if one not in RANKS)[:LONGEST_ID].strip("-")
        return f"{kept or 'smartplan'}-{self.years[0]}"

    def values(self) -> dict[str, str]:
        """Give what the templates of the plan name, written as YAML."""
        first, last = self.years
        texts = (self.id, self.title, self.city, self.province, self.code)
        written = [scalar(one) if one else "" for one in texts]
        more = last > first
        return {
            **dict(zip(("id", "title", "city", "province", "code"), written, strict=True)),
            "kind": self.kind,
            "taxonomy": self.taxonomy,
            "element": self.element,
            "activity": ACTIVITY if self.kind != "provinsi" else "",
            "before": str(first - 1),
            "start": str(first),
            "second": str(first + 1) if more else "",
            "last": str(last) if more else "",
            "end": str(last),
            "years": f"{first}-{first + 1}" if more else str(first),
        }


@dataclass(frozen=True, slots=True)
class Begun:
    """What was done.

    Attributes:
        written: files that are new.
        kept: files that were there, and stay as they are.
        in_git: whether the plan lies in a repository.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    in_git: bool


def see_that_free(folder: Path) -> None:
    """See that a new plan in a folder would hold what `begin` writes and nothing else.

    Raises:
        SmartplanError: it is a file, or there is a plan in it or above, or other YAML in it.
    """
    place = folder.resolve()
    if place.exists() and not place.is_dir():
        raise SmartplanError(NOT_A_FOLDER, path=shown_path(folder))
    inside = sorted(plan_files(place))
    above = [one / HEADER for one in (place, *place.parents) if (one / HEADER).is_file()]
    for plan in (*above, *(one for one in inside if one.name == HEADER)):
        raise SmartplanError(PLAN_THERE, path=shown_path(plan))
    if inside:
        named = [shown_path(one) for one in inside[:NAMED]]
        more = [UNKNOWN] if len(inside) > NAMED else []
        raise SmartplanError(WOULD_BE_READ, files=[*named, *more])


def begin(folder: Path, new: Beginning, templates: Traversable) -> Begun:
    """Write the files of a new plan, and those of its repository that are not there yet.

    Raises:
        SmartplanError: the folder is not free, or a file cannot be written; nothing is left then.
    """
    see_that_free(folder)
    place = folder.resolve()
    git = _repository(place)
    top = git.top if git else place
    root = git.inside(place) if git else ""
    wanted = {place / name: text for name, text in _plan(new, root, templates).items()}
    wanted |= {top / name: text for name, text in _around(root, templates).items()}
    there = tuple(one for one in wanted if one.exists() or one.is_symlink())
    texts = {path: text for path, text in wanted.items() if path not in there}
    rewrite({path: (None, text.encode()) for path, text in texts.items()})
    return Begun(tuple(texts), there, git is not None)


def _repository(folder: Path) -> Git | None:
    """Find the repository with a work tree around a folder; a machine without git has none."""
    try:
        git = Git.around(folder)
    except SmartplanError as error:
        if error.code is not GIT_MISSING:
            raise
        return None
    return git if git and not git.bare else None


def _plan(new: Beginning, root: str, templates: Traversable) -> Mapping[str, str]:
    """Give the files of the plan's folder."""
    place = templates / "init" / new.language
    if not place.is_dir():  # a language that has only a catalog
        place = templates / "init" / "en"
    words = {"heading": new.heading, "path": f" {shlex.quote(root)}" if root else ""}
    made = {}
    for name in PLAN:
        text = place.joinpath(*name.split("/")).read_text("utf-8")
        plain = name.endswith(".md")
        made[name] = Template(text).substitute(words) if plain else _filled(text, new.values())
    return made


def _around(root: str, templates: Traversable) -> Mapping[str, str]:
    """Give the files of the repository; root is the plan's folder in it, empty for the top."""
    made = {ATTRIBUTES: f"{pattern_of(root)} {WANTED}\n"}
    for path, name in AROUND.items():
        text = (templates / "init" / "any" / name).read_text("utf-8")
        text = text.replace("$globs", json.dumps(_globs(root), ensure_ascii=False))
        made[path] = _naming(text, root)
    for path, name in CI.items():
        text = (templates / "ci" / name).read_text("utf-8")
        made[path] = _naming(COPYING.sub("", text), root)
    return made


def _naming(text: str, root: str) -> str:
    """Name the plan in commands that would not find it by themselves from the top."""
    if root.rpartition("/")[0] in ("", "plans"):
        return text
    place = shlex.quote(root)
    return COMMAND.sub(lambda line: line[1] + scalar(f"{line[2]} {place}{line[3]}"), text)


def _globs(root: str) -> list[str]:
    """Name the files of the plan for an editor; at the top, not what others keep there."""
    if root:
        return [f"{root}/*.yaml", f"{root}/**/*.yaml"]
    folders = sorted({f"{name.split('/')[0]}/*.yaml" for name in PLAN if "/" in name})
    return [*(name for name in PLAN if name.endswith(".yaml") and "/" not in name), *folders]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into a template; a line that names an empty one is left out.

    What a planner may still fill in stays as a comment.
    """
    lines = []
    for line in text.splitlines():
        template = Template(line)
        names = template.get_identifiers()
        if all(values[name] for name in names):
            lines.append(template.substitute(values))
        elif HINTED & set(names):
            bare = line.lstrip()
            hint = Template(bare).substitute(dict.fromkeys(names, UNKNOWN))
            lines.append(f"{line[: -len(bare)]}# {hint}")
    return "\n".join(lines) + "\n"
