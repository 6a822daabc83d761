"""The shapes of assessment.json, calendar.json and register.json, and a check that refuses to write anything else."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jsonschema

from vidocq.core.errors import VidocqError

FORMATS: Final = ("assessment", "calendar", "register")
"""Each has its file here: JSON Schema (draft 2020-12) of `vidocq.NAME/1`."""


@cache
def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one of FORMATS."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}-1.json").read_text(encoding="utf-8"))
    return found


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(name))


def require_valid(name: str, content: Mapping[str, Any]) -> None:
    """Raises VidocqError naming the place, never the value, if `content` does not follow this schema."""
    problem = next(iter(_validator(name).iter_errors(content)), None)
    if problem is not None:
        place = "/".join(str(step) for step in problem.absolute_path) or "top"
        raise VidocqError(
            f"the result does not follow its schema ({problem.validator})",
            where=f"{name}.json, {place}",
            fix="this is a bug of Vidocq: please report that place",
            fr=f"le résultat ne suit pas son schéma ({problem.validator})",
            fix_fr="c'est un défaut de Vidocq : merci de signaler cet endroit",
        )


def assessment_schema() -> dict[str, Any]:
    return schema_of("assessment")


def require_valid_assessment(content: Mapping[str, Any]) -> None:
    """As `require_valid`, of an assessment."""
    require_valid("assessment", content)
