"""`schema`: JSON Schemas of plan files and of findings, for editors, forms and programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartplan.cli.common import DONE, LanguageOption, choose, emit, guarded, speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from smartplan.words.speaker import Speaker


@guarded
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="plan (a whole file), findings, or a collection: actions."
        ),
    ] = "plan",
    *,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", metavar="DIR", help="Write every schema into a folder.", show_default=False
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    """Print a JSON Schema, with which an editor completes, explains and checks a plan file.

    In the first line of a file: “# yaml-language-server: $schema=plan.schema.json”.
    """
    said = speaker(language)
    made = schemas(said)
    if out is None:
        emit(_dumped(made[choose("NAME", name, made)]()))
        return DONE
    from smartplan.workspace.workspace import shown_path, write

    for one, make in made.items():
        write(Path(out) / f"{one}.schema.json", _dumped(make()))
    emit(said.screen("schema_written", number=len(made), path=shown_path(Path(out))))
    return DONE


def schemas(said: Speaker) -> dict[str, Callable[[], dict[str, Any]]]:
    """Give what makes each schema, by its name."""
    from functools import partial

    from smartplan.plan.plan import COLLECTIONS
    from smartplan.plan.schema import collection_schema, plan_schema
    from smartplan.show.findings_schema import findings_schema

    return {
        "plan": partial(plan_schema, said),
        "findings": findings_schema,
        **{name: partial(collection_schema, name, said) for name in COLLECTIONS if name != "plan"},
    }


def _dumped(made: dict[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
