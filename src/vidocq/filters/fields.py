"""What was found in one field of data is no part of a find that reaches over several of them."""

import re
from collections.abc import Sequence

from vidocq.core.guarding import Hit

_QUOTE = "[\"'`]"
_BOUND = re.compile(rf"{_QUOTE}\s*[,:;]|[,:;]\s*{_QUOTE}|[\]}}]\s*,|,\s*[\[{{]")
"""Where one value, or the name of a field, ends and the next begins. Strings that a sign puts together are one value."""
_BEFORE = re.compile(r"(?:[\"'`]|[\[{,:])\s*\Z")
_AFTER = re.compile(r"\s*(?:[\"'`]|[\]},])")
_NEAR = 8


def within_fields(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Without finds that are glued together: ``"to": "a@b.fr", "body": "Hello"`` also reads as one address, a@b.frHello.

    A find over several fields goes where all of it that lies in one of them is a find by itself: of the same kind, or all
    that the field holds.
    """
    wide = {hit for hit in hits if _BOUND.search(text, hit.start, hit.end) is not None}
    if not wide:
        return list(hits)
    narrow = [hit for hit in hits if hit not in wide]
    glued = {hit for hit in wide if any(_holds_part(text, hit, each) for each in narrow)}
    return [hit for hit in hits if hit not in glued]


def _holds_part(text: str, wide: Hit, narrow: Hit) -> bool:
    """Whether the narrow find is all that the wide one has in that field, and is the same, or all that the field has."""
    if narrow.start >= wide.end or narrow.end <= wide.start:
        return False
    bounds = list(_BOUND.finditer(text, wide.start, wide.end))
    begin = max((bound.end() for bound in bounds if bound.end() <= narrow.start), default=wide.start)
    end = min((bound.start() for bound in bounds if bound.start() >= narrow.end), default=wide.end)
    if any(map(str.isalnum, text[begin : narrow.start] + text[narrow.end : end])):
        return False
    return narrow.kind == wide.kind or (
        _BEFORE.search(text, max(0, narrow.start - _NEAR), narrow.start) is not None
        and _AFTER.match(text, narrow.end) is not None
    )
