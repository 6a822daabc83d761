"""Two masked copies of one value that leave out different parts: "+33 9 43 XX XX XX, then XXX X XX 25 83 33"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, apart, replaced

_MASKS = "xX*•_#?·█"
_COPY = re.compile(
    r"(?<![\w*•_#?+])(?:[0-9A-Zx+*•_#?·█](?:[ .-]?[0-9A-Zx+*•_#?·█]){8,48}|[\w.+*•#?·█-]{3,64}@[\w.*•#?·█-]{4,64})(?![\w*•_#?])"
)
_APART = re.compile(r"[ .-]")
_MAY = re.compile(r"[xX*•_#?·█]{2}")
_NEAR, _FEWEST = 60, 3


def may_stand(text: str) -> bool:
    return len(_MAY.findall(text)) > 1


def laid_over(text: str) -> View | None:
    """Each pair as the value that shows where one is laid over the other."""
    return replaced("filled", text, apart(_pairs(text)))


def _pairs(text: str) -> Iterator[tuple[int, int, str]]:
    last: re.Match[str] | None = None
    for copy in _COPY.finditer(text):
        if last is not None and copy.start() - last.end() <= _NEAR:
            said = _both(_bare(last[0]), _bare(copy[0]))
            if said is not None:
                yield last.start(), copy.end(), said
        last = copy


def _bare(copy: str) -> str:
    return copy if "@" in copy else _APART.sub("", copy)


def _both(first: str, second: str) -> str | None:
    """None where both show, or both hide, what stands at one place."""
    if len(first) != len(second):
        return None
    said = ""
    for a, b in zip(first, second, strict=True):
        if a != b and (a in _MASKS) == (b in _MASKS):
            return None
        if a in _MASKS and b in _MASKS:
            return None
        said += b if a in _MASKS else a
    hidden = sum(a in _MASKS for a in first)
    return said if _FEWEST <= hidden <= len(first) - _FEWEST else None
