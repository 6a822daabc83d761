"""Numbers of an answer, wherever they stand, in texts too, told with fewer decimals or not at all."""

import math
import re
from typing import Any

_NUMBER = re.compile(r"[-+]?(?:[0-9]+[.,][0-9]+|[0-9]+|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_FINE = re.compile(
    r"(?<![\w.,])[-+]?(?:[0-9]*[.,][0-9]+(?:[eE][-+]?[0-9]{1,3})?|[0-9]+[eE]-?[0-9]{1,3})(?![\w]|[.,][0-9])"
)
"""A number in a text that is no whole one; versions and addresses, of several points, are none."""
_SHARE = re.compile(
    r"[-+]?(?:[0-9]+[.,]?[0-9]*\s?[%‰]|[0-9]*[.,][0-9]{2,}(?:[eE][-+]?[0-9]{1,3})?|(?<![\w.,])[01]?[.,][0-9](?![\w]|[.,][0-9])|"
    r"[0-9]+[eE]-[0-9]{1,3})"
)
"""What may be a share in a text."""
LEFT_OUT = "…"


def number_of(value: Any) -> float | None:
    """A number, or a text that is one; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _finite(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _finite(value.strip().replace(",", "."))
    return None


def _finite(value: int | float | str) -> float | None:
    try:
        found = float(value)
    except (OverflowError, ValueError):
        return None
    return found if math.isfinite(found) else None


def says_a_share(text: str) -> bool:
    return _SHARE.search(text) is not None


def without_shares(text: str) -> str:
    return _SHARE.sub(LEFT_OUT, text)


def rounded(value: float, decimals: int | None) -> float:
    return value if decimals is None else round(value, decimals)


def all_rounded(content: Any, decimals: int | None) -> Any:
    """The answer with every number in it rounded, in names and texts too."""
    if decimals is None:
        return content
    if isinstance(content, dict):
        return {_in_text(name, decimals): all_rounded(each, decimals) for name, each in content.items()}
    if isinstance(content, list):
        return [all_rounded(each, decimals) for each in content]
    if isinstance(content, str):
        return _in_text(content, decimals)
    return round(content, decimals) if isinstance(content, float) else content


def _in_text(text: str, decimals: int) -> str:
    def written(found: re.Match[str]) -> str:
        number = number_of(found[0])
        return found[0] if number is None else f"{number:.{decimals}f}"

    return _FINE.sub(written, text)
