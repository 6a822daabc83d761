"""docs/audit-json.md, from the JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.audit.schema import audit_schema

from generation.markdown import page, table

MEANING = {
    "access": "what the auditor was served",
    "alphas": "registered false positive rates",
    "attacks": "each attack: its counted rates with bounds and p-values, descriptive figures, cost and limits",
    "controls": "positive controls (was the planted leak caught?), negative controls (alarms), and the blind classifier",
    "cost_curve": "what each attack would have reached with fewer reference models or queries, or knowing fewer outsiders; descriptive",
    "exposure": "everyone in the reference models: how many are exposed, how steadily, groups, causes; null if not measured",
    "failed_references": "reference models that could not be trained",
    "headline": "the three lines to read aloud",
    "inputs": "SHA-256 of what was read",
    "needed": "persons and reference models it would take, and the odds of `no leak` as planned",
    "not_measured": "what was asked for and not measured, with the reason",
    "panel": "the most exposed persons: bounds sorted, without saying whose; null if not measured",
    "population": "who was counted, and what was removed from both sides",
    "recipe_gate": "target beside reference models: three figures and their distance in standard deviations",
    "references": "reference models used",
    "repeated": "records asked about twice, how many were answered otherwise, and the queries this took",
    "results": "measurements that are not membership scores; empty in this version",
    "schema": "name and version of this format",
    "seed": "the seed",
    "subject": "the model, without its path",
    "suite": "the suite, its version, its attacks, and those whose silence counts",
    "utility": "right answers (or error, for a regression) on members and on others, and the gap",
    "verdicts": "the verdict, its two bounds, the tolerances and the reasons, with stable codes",
    "versions": "versions of what computed the audit",
    "warnings": "what a reader must know besides the verdict, with stable codes",
}
"""One line per top-level key; a test compares the keys with the schema's."""


def audit_json_page() -> str:
    """Every path of the format, with its kind."""
    schema = audit_schema()
    names = sorted(schema["properties"])
    sections = [
        f"## `{name}`\n\n{_capital(MEANING[name])}.\n\n"
        + table(("Path", "Value"), [[f"`{path}`", kind] for path, kind in _walk(name, schema["properties"][name])])
        for name in names
    ]
    return page(
        "# audit.json",
        f"{schema['description']} The JSON Schema is `src/vidocq/audit/schema/audit-1.json`; nothing that breaks it is "
        "ever written. The same configuration, files and seed on the same machine give the same bytes.",
        "An *estimate* is `{value, low, high, level, n}`; a *text* is `{fr, en}`; `[]` stands for each element of a "
        "list, and `*` for each key.",
        *sections,
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _walk(path: str, node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    node, nullable = _without_null(node)
    properties, values = node.get("properties"), node.get("additionalProperties")
    if properties or isinstance(values, Mapping):
        if nullable:
            yield path, "object or null"
        for name, child in (properties or {}).items():
            yield from _walk(f"{path}.{name}", child)
        if isinstance(values, Mapping):
            yield from _walk(f"{path}.*", values)
    elif node.get("type") == "array" and isinstance(node.get("items"), Mapping):
        yield from _walk(f"{path}[]", node["items"])
    else:
        yield path, _kind(node) + (" or null" if nullable else "")


def _without_null(node: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    choices = node.get("anyOf", [])
    others = [choice for choice in choices if choice.get("type") != "null"]
    return (others[0], True) if len(others) == 1 and len(choices) == 2 else (node, False)


def _kind(node: Mapping[str, Any]) -> str:
    if "$ref" in node:
        return str(node["$ref"]).rpartition("/")[2]
    if "const" in node:
        return f'`"{node["const"]}"`'
    if "enum" in node:
        return " or ".join("null" if value is None else f'`"{value}"`' for value in node["enum"])
    if "anyOf" in node:
        return " or ".join(_kind(choice) for choice in node["anyOf"])
    kind = node.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
