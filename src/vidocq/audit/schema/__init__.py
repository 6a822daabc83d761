"""The shape of audit.json, and a check that refuses to write anything else."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema

from vidocq.core.errors import VidocqError


@cache
def audit_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `vidocq.audit/1`."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("audit-1.json").read_text(encoding="utf-8"))
    return found


def require_valid(content: Mapping[str, Any]) -> None:
    """Raises VidocqError naming the place, never the value, if `content` is not a result as the schema has it."""
    validator = jsonschema.Draft202012Validator(audit_schema())
    problem = next(iter(validator.iter_errors(content)), None)
    if problem is not None:
        place = "/".join(str(step) for step in problem.absolute_path)
        raise VidocqError(
            f"the result does not follow its schema ({problem.validator})",
            where=f"audit.json, {place or 'top'}",
            fix="this is a bug of Vidocq: please report that place",
        )
