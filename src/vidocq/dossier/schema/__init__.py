"""The shape of assessment.json, and a check that refuses to write anything else."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema

from vidocq.core.errors import VidocqError


@cache
def assessment_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `vidocq.assessment/1`."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("assessment-1.json").read_text(encoding="utf-8"))
    return found


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(assessment_schema())


def require_valid_assessment(content: Mapping[str, Any]) -> None:
    """Raises VidocqError naming the place, never the value, if `content` is not an assessment as the schema has it."""
    problem = next(iter(_validator().iter_errors(content)), None)
    if problem is not None:
        place = "/".join(str(step) for step in problem.absolute_path) or "top"
        raise VidocqError(
            f"the result does not follow its schema ({problem.validator})",
            where=f"assessment.json, {place}",
            fix="this is a bug of Vidocq: please report that place",
        )
