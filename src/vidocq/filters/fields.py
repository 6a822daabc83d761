"""What was found in one field of data, or one place of a list, is no part of a find that reaches over several of them."""

import re
from collections.abc import Collection, Sequence

from vidocq.core.guarding import Hit

_QUOTE = "[\"'`]"
_BOUND = re.compile(rf"{_QUOTE}\s*[,:;]|[,:;]\s*{_QUOTE}|[\]}}]\s*,|,\s*[\[{{]")
"""Where one value, or the name of a field, ends and the next begins. Strings that a sign puts together are one value."""
_BEFORE = re.compile(r"(?:[\"'`]|[\[{,:])\s*\Z")
_AFTER = re.compile(r"\s*(?:[\"'`]|[\]},])")
_SPELT = ("dictated", "letter names")
"""Readings of letters each with a word or a name, which may stand in quotes: 'F for "fox", R for "river"'."""
_NEAR = 8
_LISTED_BEFORE = re.compile(r"[,;\n]\s*\Z")
_LISTED_AFTER = re.compile(r"\s*[,;\n]")


def within_fields(text: str, hits: Sequence[Hit], *, sure: Collection[str]) -> list[Hit]:
    """Without finds that are glued together: ``"to": "a@b.fr", "body": "Hello"`` also reads as one address, a@b.frHello.

    A find over several fields goes where all of it that lies in one of them is a find by itself: of the same kind, or all
    that the field holds and `sure`, of a kind that is known by its structure: a first name may begin an address in pieces.
    """
    wide = {
        hit for hit in hits if not hit.view.endswith(_SPELT) and _BOUND.search(text, hit.start, hit.end) is not None
    }
    narrow = [hit for hit in hits if hit not in wide]
    plain = [hit for hit in narrow if hit.view == "plain"]
    glued = {hit for hit in wide if any(_holds_part(text, hit, each, sure) for each in narrow)}
    glued |= {hit for hit in hits if hit.view != "plain" and _runs_on(text, hit, plain)}
    return [hit for hit in hits if hit not in glued] if glued else list(hits)


def _runs_on(text: str, wide: Hit, plain: Sequence[Hit]) -> bool:
    """Whether it is a find as it stands with what is listed beside it: another find before a comma, anything after one."""
    for each in plain:
        if each.kind == wide.kind and wide.start <= each.start < each.end <= wide.end:
            before, after = text[wide.start : each.start], text[each.end : wide.end]
            is_apart = not before or (
                _LISTED_BEFORE.search(before) is not None
                and any(other.start < each.start and other.end > wide.start for other in plain)
            )
            if before + after and is_apart and (not after or _LISTED_AFTER.match(after) is not None):
                return True
    return False


def _holds_part(text: str, wide: Hit, narrow: Hit, sure: Collection[str]) -> bool:
    """Whether the narrow find is all that the wide one has in that field, and is the same, or all that the field has."""
    if narrow.start >= wide.end or narrow.end <= wide.start:
        return False
    bounds = list(_BOUND.finditer(text, wide.start, wide.end))
    begin = max((bound.end() for bound in bounds if bound.end() <= narrow.start), default=wide.start)
    end = min((bound.start() for bound in bounds if bound.start() >= narrow.end), default=wide.end)
    if any(map(str.isalnum, text[begin : narrow.start] + text[narrow.end : end])):
        return False
    return narrow.kind == wide.kind or (
        narrow.kind in sure
        and _BEFORE.search(text, max(0, narrow.start - _NEAR), narrow.start) is not None
        and _AFTER.match(text, narrow.end) is not None
    )
