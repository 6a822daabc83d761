"""Letters by their rank in the alphabet: "12-5-1-'.'-13-15…'@'…", from 1 or from 0, the signs as signs or in words."""

import re
from collections import Counter
from collections.abc import Iterator

from vidocq.filters.views.signs.domains import ENDS
from vidocq.filters.views.view import View, replaced

_WORDS = {
    "@": "arobase arrobase at chez",
    ".": "point dot pt period",
    "-": "tiret dash hyphen moins minus",
    "_": "underscore tiret\\ bas souligné",
}
_SIGN = {word.replace("\\", ""): sign for sign, words in _WORDS.items() for word in re.split(r"(?<!\\) ", words)}
_SAID = "|".join(re.escape(word) for word in sorted(_SIGN, key=len, reverse=True))
_RANK = r"(?:0?[0-9]|1[0-9]|2[0-6])(?![0-9])"
_GAP = rf"(?>(?:\W|_){{1,11}}(?:(?:{_SAID})(?:\W|_){{1,8}})?)"
_ROW = re.compile(rf"(?<![\w.,])[\"'(\[]?{_RANK}(?:{_GAP}{_RANK}){{7,120}}+(?![.,]?[0-9])", re.IGNORECASE)
_PART = re.compile(r"(?P<rank>[0-9]{1,2})(?P<gap>[^0-9]*)")
_QUOTED = re.compile(
    r"(?P<quote>[\"'`«(\[{<*]+)\s?(?P<said>[^\s\"'`»)\]}>*]|[^\W\d_ ]{2,9}(?: bas)?)\s?[\"'`»)\]}>*]+"
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ENDED = re.compile(r"[a-z0-9._+-]{2,64}@[a-z0-9.-]{2,64}\.([a-z]{2,6})")


def may_stand(text: str) -> bool:
    return ("@" in text or "at" in text or "arob" in text.lower()) and _MAY.search(text) is not None


_MAY = re.compile(r"(?<!\d)(?>[12]?\d)(?:\W|_){1,3}(?>[12]?\d)(?:\W|_){1,3}(?>[12]?\d)(?:\W|_)")


def unranked(text: str) -> View | None:
    """Rows of ranks that spell an address, as that address."""
    return replaced("ranks", text, _addresses(text))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _ROW.finditer(text):
        parts = [(int(part["rank"]), part["gap"]) for part in _PART.finditer(row[0])]
        usual = Counter(gap for _, gap in parts).most_common(1)[0][0]
        signs = [_sign(gap, usual) for _, gap in parts[:-1]]
        if "@" not in signs:
            continue
        for first in (1, 0):
            said = "".join(_letter(rank, first) + sign for (rank, _), sign in zip(parts, [*signs, ""], strict=True))
            found = _ENDED.search(said)
            if found is not None and found[1] in ENDS:
                yield row.start(), row.end(), said
                break


def _letter(rank: int, first: int) -> str:
    return _LATIN[rank - first] if 0 <= rank - first < len(_LATIN) else "?"


def _sign(gap: str, usual: str) -> str:
    """What stands in a gap besides what keeps letters apart."""
    if gap == usual:
        return ""
    quoted = _QUOTED.search(gap)
    said = quoted["said"] if quoted is not None else gap.removeprefix(usual).removesuffix(usual).strip(" \t\"'`,;|/")
    said = said.lower().strip()
    return _SIGN.get(said) or (said if said in ("@", ".", "-", "_", "+") else "")
