"""The parts of a SARIF 2.1.0 log, whatever it tells of."""

from collections.abc import Mapping, Sequence
from typing import Any

from vidocq.report.typography import plain

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_document(results: Sequence[Mapping[str, Any]], rules: Mapping[str, str], *, version: str) -> dict[str, Any]:
    """The log. rules  short description by id.   version  of Vidocq."""
    described = [{"id": name, "shortDescription": {"text": plain(text)}} for name, text in rules.items()]
    driver = {"name": "Vidocq", "version": plain(version), "rules": described}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": list(results)}]}


def sarif_result(rule: str, level: str, told: str, uri: str, *, key: str) -> dict[str, Any]:
    """One result. key  what tells it from the others of its rule, from one run to the next."""
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": plain(told)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": plain(uri)}, "region": {"startLine": 1}}}],
        "partialFingerprints": {"vidocq/v1": plain(f"{rule}:{key}")},
    }
