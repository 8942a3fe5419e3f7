"""Random plans and random edits of them, for the properties of merging.

A `Page` is a plan as plain data and how it is dressed: comments, blank lines, quotes, brackets.
What is dressed is named by item and field, so that the dress goes along when an item moves. An
edit changes data or dress; `Page.text` writes both as YAML. The plans are of no schema that the
product knows, which is what a merge must bear.
"""

from __future__ import annotations

import json
import os
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

EXAMPLES = int(os.environ.get("SMARTPLAN_EXAMPLES", "100"))
"""How many examples a property is tried on; 2,000 by hand."""

WORDS = ("traffic", "water", "portal", "sensors", "clinic", "market", "harbour", "light")
OWNERS = ("Water Board", "ICT Agency", "Public Works", "Health Office", "Parks: North", "'t Huis")
TAGS = ("iot", "flood", "wifi", "cctv", "signals", "2027", "open data")


@dataclass
class Page:
    """A plan and its dress.

    Attributes:
        data: mappings, lists, text and numbers.
        heads: comment lines above an entry.
        tails: comments at the end of an entry's line.
        flow: collections in brackets.
        quoted: values in quotes.
        airy: entries with a blank line above.
        offset: columns by which lists stand in.
        notes: comments set off by blank lines, above an entry.
    """

    data: dict[str, Any]
    heads: dict[str, list[str]] = field(default_factory=dict)
    tails: dict[str, str] = field(default_factory=dict)
    flow: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    airy: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    offset: int = 2

    @property
    def text(self) -> str:
        """Write the plan."""
        return "# A plan\n" + "\n".join(self._map(self.data, "", 0)) + "\n"

    def actions(self) -> list[tuple[list[dict[str, Any]], dict[str, Any]]]:
        """Give every action with the list it stands in."""
        lists = [phase["actions"] for phase in self.data.get("phases", ())]
        return [(one, item) for one in lists or [self.data["actions"]] for item in one]

    def lists(self) -> list[list[dict[str, Any]]]:
        """Give every list of actions."""
        return [phase["actions"] for phase in self.data.get("phases", ())] or [self.data["actions"]]

    def _above(self, path: str, column: int) -> list[str]:
        pad = " " * column
        lines = ["", pad + f"# {self.notes[path]}", ""] if path in self.notes else []
        if path in self.airy and not lines:
            lines.append("")
        return lines + [pad + f"# {one}" for one in self.heads.get(path, ())]

    def _map(self, data: dict[str, Any], path: str, column: int) -> list[str]:
        lines: list[str] = []
        for key, value in data.items():
            here = f"{path}.{key}"
            lines += self._above(here, column)
            lines += self._valued(" " * column + f"{key}:", value, here, column)
        return lines

    def _valued(self, start: str, value: Any, path: str, column: int) -> list[str]:  # noqa: ANN401
        tail = f"  # {self.tails[path]}" if path in self.tails else ""
        inline = not isinstance(value, dict | list) or not value or path in self.flow
        if inline and not (isinstance(value, str) and "\n" in value):
            return [f"{start} {self._inline(value, path)}{tail}"]
        if isinstance(value, str):
            pad = " " * (column + 2)
            return [f"{start} |{tail}", *(pad + line for line in value.rstrip("\n").split("\n"))]
        if isinstance(value, dict):
            return [start + tail, *self._map(value, path, column + 2)]
        return [start + tail, *self._list(value, path, column + self.offset)]

    def _list(self, data: list[Any], path: str, column: int) -> list[str]:
        lines: list[str] = []
        for item in data:
            if not isinstance(item, dict):
                here = f"{path}[{item}]"
                lines += self._above(here, column)
                lines += self._valued(" " * column + "-", item, here, column)
                continue
            here = item["id"]
            lines += self._above(here, column)
            inner = self._map(item, here, column + 2)
            lines += [" " * column + "- " + inner[0].lstrip(), *inner[1:]]
        return lines

    def _inline(self, value: Any, path: str) -> str:  # noqa: ANN401
        if isinstance(value, list):
            return "[" + ", ".join(self._inline(one, "") for one in value) + "]"
        if isinstance(value, dict):
            pairs = (f"{key}: {self._inline(one, '')}" for key, one in value.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, str) and (path in self.quoted or set(value) & set(":'\",[]{}#")):
            return json.dumps(value)
        return str(value)


def action(random: Random, name: str) -> dict[str, Any]:
    """Make an action."""
    item: dict[str, Any] = {
        "id": name,
        "title": f"{random.choice(WORDS)} {random.choice(WORDS)} {name}",
        "owner": random.choice(OWNERS),
        "budget": {str(year): random.randrange(1, 99) * 1000 for year in range(2025, 2028)},
        "indicators": [
            {"id": f"{name}-I{n}", "target": random.randrange(100)}
            for n in range(random.randrange(3))
        ],
        "tags": random.sample(TAGS, random.randrange(1, 4)),
        "note": "one line\nanother line\na third\n" if random.random() < 0.3 else "short",
        "status": "planned",
    }
    keys = list(item)
    if random.random() < 0.3:
        random.shuffle(keys)
        keys.sort(key=lambda key: key != "id")
    return {key: item[key] for key in keys}


def page(random: Random) -> Page:
    """Make a plan of a few actions, with or without phases."""
    names = [f"A-{n:02}" for n in range(1, random.randrange(3, 7))]
    items = [action(random, name) for name in names]
    data: dict[str, Any] = {"schema": "v1", "vision": {"statement": "A city", "approved": False}}
    data["priorities"] = ["transport", "water", "health"]
    if random.random() < 0.4:
        cut = random.randrange(1, len(items))
        data["phases"] = [
            {"id": "P1", "name": "Now", "actions": items[:cut]},
            {"id": "P2", "name": "Later", "actions": items[cut:]},
        ]
    else:
        data["actions"] = items
    made = Page(data, offset=random.choice((0, 2, 2)))
    for _list, item in made.actions():
        if random.random() < 0.7:
            made.airy.add(item["id"])
        if random.random() < 0.5:
            made.heads[item["id"]] = [f"about {item['id']}"]
        if random.random() < 0.3:
            made.tails[f"{item['id']}.owner"] = f"owner of {item['id']}"
        if random.random() < 0.6:
            made.flow.add(f"{item['id']}.tags")
        if random.random() < 0.2:
            made.flow.add(f"{item['id']}.budget")
        if random.random() < 0.15:
            made.notes[item["id"]] = f"From here on: {item['id']}"
    return made


# Edits: each changes a page in place; `mark` tells the sides apart in what they write.


def set_owner(made: Page, random: Random, mark: str) -> None:
    """Change a text."""
    _, item = random.choice(made.actions())
    item["owner"] = random.choice((f"Office {mark}", *OWNERS))


def set_year(made: Page, random: Random, mark: str) -> None:
    """Change, add or drop a year of a budget."""
    _, item = random.choice(made.actions())
    year = str(random.randrange(2024, 2030))
    if year in item["budget"] and random.random() < 0.3 and len(item["budget"]) > 1:
        del item["budget"][year]
    else:
        item["budget"][year] = random.randrange(1, 99) * 1000 + len(mark)


def add_field(made: Page, random: Random, mark: str) -> None:
    """Add a field somewhere in an action."""
    _, item = random.choice(made.actions())
    key = random.choice(("risk", "funding", "phase", f"only_{mark}"))
    keys = list(item.items())
    keys.insert(random.randrange(1, len(keys) + 1), (key, random.choice(("high", "low"))))
    item.clear()
    item.update(keys)


def drop_field(made: Page, random: Random, mark: str) -> None:
    """Delete a field."""
    del mark
    _, item = random.choice(made.actions())
    key = random.choice(["note", "owner", "tags", "status"])
    if key in item and key not in ("owner", "tags"):
        del item[key]


def add_action(made: Page, random: Random, mark: str) -> None:
    """Put a new action somewhere, mostly at the end; now and then the other side's id."""
    number = random.randrange(20, 29)
    name = f"B-{number}" if random.random() < 0.2 else f"{mark}-{number}"
    if any(item["id"] == name for _, item in made.actions()):
        return
    where = random.choice(made.lists())
    at = len(where) if random.random() < 0.6 else random.randrange(len(where) + 1)
    where.insert(at, action(random, name))
    if random.random() < 0.5:
        made.airy.add(name)
    if random.random() < 0.5:
        made.heads[name] = [f"new: {name} by {mark}"]


def drop_action(made: Page, random: Random, mark: str) -> None:
    """Delete an action."""
    del mark
    where, item = random.choice(made.actions())
    if len(made.actions()) > 2:
        where[:] = [one for one in where if one is not item]


def move_action(made: Page, random: Random, mark: str) -> None:
    """Move an action, into another phase perhaps."""
    del mark
    where, item = random.choice(made.actions())
    where[:] = [one for one in where if one is not item]
    into = random.choice(made.lists())
    into.insert(random.randrange(len(into) + 1), item)


def rename_action(made: Page, random: Random, mark: str) -> None:
    """Give an action another id, declared or not."""
    _, item = random.choice(made.actions())
    old, new = item["id"], f"{mark}-{random.randrange(40, 49)}"
    if any(one["id"] == new for _, one in made.actions()) or "formerly" in item:
        return
    item["id"] = new
    dresses: tuple[dict[str, Any], ...] = (made.heads, made.tails, made.notes)
    for worn in dresses:
        for path in [one for one in worn if one.split(".")[0] == old]:
            worn[path.replace(old, new, 1)] = worn[path]
    for names in (made.flow, made.quoted, made.airy):
        names |= {path.replace(old, new, 1) for path in names if path.split(".")[0] == old}
    if random.random() < 0.6:
        item["formerly"] = [old]


def edit_tags(made: Page, random: Random, mark: str) -> None:
    """Add or drop a tag."""
    _, item = random.choice(made.actions())
    tags = item["tags"]
    if len(tags) > 1 and random.random() < 0.4:
        tags.remove(random.choice(tags))
    else:
        fresh = random.choice((*TAGS, f"tag {mark}"))
        if fresh not in tags:
            tags.append(fresh)


def edit_indicator(made: Page, random: Random, mark: str) -> None:
    """Add, drop or change an indicator."""
    _, item = random.choice(made.actions())
    known = item["indicators"]
    chance = random.random()
    if known and chance < 0.5:
        random.choice(known)["target"] = random.randrange(100)
    elif known and chance < 0.7:
        known.pop(random.randrange(len(known)))
    else:
        name = f"{item['id']}-{mark}{len(known)}"
        if all(one["id"] != name for one in known):
            known.append({"id": name, "target": random.randrange(100)})


def edit_note(made: Page, random: Random, mark: str) -> None:
    """Change one line of a text."""
    _, item = random.choice(made.actions())
    lines = str(item.get("note", "short")).split("\n")
    at = random.randrange(max(len(lines) - 1, 1))
    lines[at] = f"line {at} by {mark}"
    item["note"] = "\n".join(lines)


def edit_vision(made: Page, random: Random, mark: str) -> None:
    """Change a text at the top."""
    made.data["vision"]["statement"] = f"A city {mark if random.random() < 0.5 else 'for all'}"


def rank(made: Page, random: Random, mark: str) -> None:
    """Change the order of an ordered list."""
    del mark
    random.shuffle(made.data["priorities"])


def comment(made: Page, random: Random, mark: str) -> None:
    """Write, change or remove a comment."""
    _, item = random.choice(made.actions())
    path = random.choice([item["id"], *(f"{item['id']}.{key}" for key in item if key != "id")])
    chance = random.random()
    if chance < 0.4 and path != item["id"]:
        made.tails[path] = f"tail by {mark} {random.randrange(100)}"
    elif chance < 0.7:
        made.heads[path] = [f"head by {mark} {random.randrange(100)}"]
    elif chance < 0.8:
        made.notes[item["id"]] = f"note by {mark} {random.randrange(100)}"
    else:
        made.heads.pop(path, None)
        made.tails.pop(path, None)


def dress(made: Page, random: Random, mark: str) -> None:
    """Change only the layout: brackets, quotes, blank lines, how far lists stand in."""
    del mark
    _, item = random.choice(made.actions())
    chance = random.random()
    if chance < 0.3:
        made.flow ^= {f"{item['id']}.{random.choice(('tags', 'budget'))}"}
    elif chance < 0.6:
        made.quoted ^= {f"{item['id']}.{random.choice(('title', 'owner', 'status'))}"}
    elif chance < 0.9:
        made.airy ^= {item["id"]}
    else:
        made.offset = 2 - made.offset


CONTENT: tuple[Callable[[Page, Random, str], None], ...] = (
    set_owner,
    set_year,
    add_field,
    drop_field,
    add_action,
    drop_action,
    move_action,
    rename_action,
    edit_tags,
    edit_indicator,
    edit_note,
    edit_vision,
    rank,
    comment,
)
ALL = (*CONTENT, comment, dress)


def edited(
    made: Page,
    random: Random,
    mark: str,
    edits: tuple[Callable[[Page, Random, str], None], ...] = ALL,
) -> Page:
    """Give a copy with a few random edits."""
    copy = deepcopy(made)
    for _ in range(random.randrange(1, 5)):
        random.choice(edits)(copy, random, mark)
    return copy


@st.composite
def triples(
    draw: st.DrawFn,
    ours: tuple[Callable[[Page, Random, str], None], ...] = ALL,
    theirs: tuple[Callable[[Page, Random, str], None], ...] = ALL,
) -> tuple[str, str, str]:
    """Draw base, ours and theirs."""
    random = draw(st.randoms(use_true_random=False))
    base = page(random)
    return base.text, edited(base, random, "x", ours).text, edited(base, random, "y", theirs).text
