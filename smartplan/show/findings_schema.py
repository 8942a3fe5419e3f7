"""The JSON Schema of `validate --format json`, for programs that read it (schema 1)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
LEVEL: Schema = {"enum": ["error", "warning", "info"]}


def findings_schema() -> Schema:
    """Give the schema of the whole report."""
    totals = _mapping(dict.fromkeys(LEVEL["enum"], COUNT))
    report = _mapping(
        {
            "schema": {"const": 1},
            "language": TEXT,
            "version": {**TEXT, "description": "The version of smartplan."},
            "plans": _list(_plan()),
            "totals": totals,
            "findings": _list(_finding()),
        }
    )
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Findings of smartplan validate",
        "description": "What `smartplan validate --format json` writes.",
    }
    return {**head, **report}


def _plan() -> Schema:
    counts = ("files", "shown", "fixed", "elsewhere", "ignored", "known")
    return _mapping(
        {
            "id": _or_null(TEXT),
            "path": {**TEXT, "description": "Its folder, from the current one."},
            "stage": {**TEXT, "description": "The stage whose demands hold."},
            "fail_on": {"enum": ["error", "warning", "info", "never"]},
            **dict.fromkeys(counts, COUNT),
        }
    )


def _finding() -> Schema:
    position = _mapping({"line": NUMBER, "column": NUMBER})
    edit = _mapping({"line": NUMBER, "column": NUMBER, "end": position, "new": TEXT})
    place = _mapping({"label": TEXT, "file": TEXT, "line": NUMBER, "column": NUMBER})
    fix = {"text": TEXT, "safe": {"type": ["boolean", "null"]}, "edits": _list(edit)}
    return _mapping(
        {
            "code": {**TEXT, "pattern": "^[A-Z][0-9]{3}$"},
            "name": {**TEXT, "pattern": "^[a-z0-9-]+$"},
            "level": LEVEL,
            "file": TEXT,
            "line": NUMBER,
            "column": {**NUMBER, "description": "In code points; a tab counts one."},
            "end": position,
            "entity": _or_null(_mapping({"kind": TEXT, "id": TEXT, "title": TEXT})),
            "path": {**TEXT, "description": "The place in the plan; empty if it is a whole file."},
            "seen": {"description": "What was found there."},
            "allowed": {"description": "What may stand there."},
            "suggestion": {"description": "What was probably meant."},
            "hint": _or_null(TEXT),
            "message": TEXT,
            "related": _list(place),
            "fix": _mapping(fix),
            "fingerprint": {**TEXT, "pattern": "^[0-9a-f]{16}$"},
        }
    )


def _mapping(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
