"""The list of models, /v1/models: words of the server's."""

from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.surfaces.looking import Looking


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """Raises Blocked."""
    found = looking.fields(content, Surface.ANSWER, "", but=("data",))
    data = content.get("data")
    if isinstance(data, list):
        found["data"] = [
            looking.fields(each, Surface.ANSWER, f"data.{at}", but=())
            if isinstance(each, dict)
            else looking.everything(each, Surface.ANSWER, f"data.{at}")
            for at, each in enumerate(data)
        ]
    return found
