"""What stands beside the texts of a stream: cut into pieces it cannot be looked through, so that little of it is passed on."""

from collections.abc import Iterable
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable
from vidocq.serve.surfaces.looking import Looking
from vidocq.serve.surfaces.names import FIELDS, SEVERITIES

_FIELDS = ("id", "object", "created", "model", "system_fingerprint", "service_tier", "provider")
_LARGEST = 10**8


class Head:
    """Each known field is looked through when it first says something, and stays as it was then."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        self._said: dict[str, Any] = {}

    def of(self, chunk: dict[str, Any]) -> dict[str, Any]:
        """The head of what is said for this chunk. Raises Blocked, or Refusal for an error that some servers send as a chunk."""
        if chunk.get("object") == "error":
            raise unreadable()
        for name in _FIELDS:
            if name in chunk and not self._said.get(name):
                self._said[name] = self._looking.field(name, chunk[name], Surface.ANSWER, "")
        return dict(self._said)


def remarks(content: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of some fields that hold nothing, yes or no, how severe something is, or tables of such."""
    return {name: content[name] for name in names if name in content and _is_remark(content[name])}


def _is_remark(value: Any) -> bool:
    if isinstance(value, dict):
        return all(name in FIELDS and _is_remark(each) for name, each in value.items())
    if isinstance(value, list):
        return all(_is_remark(each) for each in value)
    return value is None or isinstance(value, bool) or (isinstance(value, str) and value in SEVERITIES)


def figures(usage: Any) -> Any:
    """The counts in what a server says of its work, by their known names; None where there is none."""
    if isinstance(usage, dict):
        return {name: figures(each) for name, each in usage.items() if name in FIELDS}
    return usage if isinstance(usage, int | float) and abs(usage) < _LARGEST else None
