"""Places in a JSON document: a JSON pointer (`/outputs/0`, RFC 6901) or a dotted path (`outputs.0`).

`*` stands for every item of a list; the empty path for the whole document.
"""

from collections.abc import Mapping
from typing import Any

EVERY = "*"


def steps_of(path: str) -> tuple[str, ...]:
    """The keys and indices that lead to the place."""
    if not path:
        return ()
    if path.startswith("/"):
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/"))
    return tuple(path.split("."))


def found_at(content: Any, path: str) -> Any:
    """What stands there; a list where the path says `*`. Raises LookupError if there is no such place."""
    return _read(content, steps_of(path))


def put_at(content: Mapping[str, Any], path: str, value: Any) -> Any:
    """The document with `value` at that place, objects made on the way. The one given is left as it is.

    Raises LookupError if something else than an object stands on the way.
    """
    steps = steps_of(path)
    if not steps:
        return value
    first, rest = steps[0], "/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps[1:])
    inner = content.get(first, {})
    if len(steps) > 1 and not isinstance(inner, Mapping):
        raise LookupError(first)
    return {**content, first: value if len(steps) == 1 else put_at(inner, rest, value)}


def _read(content: Any, steps: tuple[str, ...]) -> Any:
    if not steps:
        return content
    first, rest = steps[0], steps[1:]
    if isinstance(content, list) and first == EVERY:
        return [_read(item, rest) for item in content]
    if isinstance(content, list) and first.isascii() and first.isdecimal() and int(first) < len(content):
        return _read(content[int(first)], rest)
    if isinstance(content, dict) and first in content:
        return _read(content[first], rest)
    raise LookupError(first)
