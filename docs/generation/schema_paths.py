"""Every path of a JSON format, from its JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from generation.markdown import table


def sections(schema: Mapping[str, Any], meaning: Mapping[str, str]) -> list[str]:
    """One section for each top-level key, in order: what it means, then its paths with their kind."""
    return [
        f"## `{name}`\n\n{meaning[name][0].upper()}{meaning[name][1:]}.\n\n"
        + table(("Path", "Value"), [[f"`{path}`", kind] for path, kind in _walk(name, schema["properties"][name])])
        for name in sorted(schema["properties"])
    ]


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
