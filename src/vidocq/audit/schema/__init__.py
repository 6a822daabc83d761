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


@cache
def comparison_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `vidocq.compare/1`."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("compare-1.json").read_text(encoding="utf-8"))
    return found


@cache
def scan_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `vidocq.scan/1`."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("scan-1.json").read_text(encoding="utf-8"))
    return found


def require_valid(content: Mapping[str, Any]) -> None:
    """Raises VidocqError naming the place, never the value, if `content` is not a result as the schema has it."""
    _require(content, audit_schema(), name="audit.json")


def require_valid_comparison(content: Mapping[str, Any]) -> None:
    """The same for the content of compare.json."""
    _require(content, comparison_schema(), name="compare.json")


def require_valid_scan(content: Mapping[str, Any]) -> None:
    """The same for the content of scan.json."""
    _require(content, scan_schema(), name="scan.json")


def problem_of(content: object) -> str | None:
    """The place where `content`, which anybody may have written, is no audit.json; None if it is one."""
    problem = next(iter(jsonschema.Draft202012Validator(audit_schema()).iter_errors(content)), None)
    return None if problem is None else f"{_place(problem)} ({problem.validator})"


def _require(content: Mapping[str, Any], schema: dict[str, Any], *, name: str) -> None:
    problem = next(iter(jsonschema.Draft202012Validator(schema).iter_errors(content)), None)
    if problem is not None:
        raise VidocqError(
            f"the result does not follow its schema ({problem.validator})",
            where=f"{name}, {_place(problem)}",
            fix="this is a bug of Vidocq: please report that place",
        )


def _place(problem: jsonschema.ValidationError) -> str:
    return "/".join(str(step) for step in problem.absolute_path) or "top"
