"""Is an answer the text, but for a few words?"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\S+")


def words(text: str) -> list[str]:
    """What stands between white space."""
    return text.split()


def starts_with(answer: str, suffix: str) -> bool:
    """Whether an answer begins with the suffix, word for word; the last word of it may be the beginning of a longer one.

    White space counts as one space: an answer whose lines break elsewhere is the same text.
    """
    told, wanted = " ".join(words(answer)), " ".join(words(suffix))
    return told.startswith(wanted)


def edits_allowed(suffix: str, edits: int) -> int:
    """`edits`, but no more than a quarter of the words: three words of four replaced are another text."""
    return min(edits, len(words(suffix)) // 4)


def without_last_words(text: str, count: int) -> str:
    """The text up to the end of the last word that stays; empty if none does."""
    ends = [match.end() for match in _WORD.finditer(text)]
    return text[: ends[-count - 1]] if len(ends) > count else ""


def nearest_beginning(answer: str, suffix: str, *, edits: int) -> str | None:
    """The beginning of the answer that is nearest to the suffix, if it is within so many edits; as it stands there.

    edits    words put in, left out or replaced, at most (Levenshtein over words). The last word of the suffix may have
             been cut: the beginning of a word counts as that word there.
    Returns  the shortest of equally near beginnings; None if none is near enough, or the answer holds no word.
    """
    places = [match.span() for match in _WORD.finditer(answer)]
    wanted = words(suffix)
    said = [answer[start:end] for start, end in places[: len(wanted) + edits]]
    distances = _of_beginnings(said, wanted)
    best = min(range(1, len(said) + 1), key=lambda n: (distances[n], n), default=0)
    if not best or distances[best] > edits:
        return None
    return answer[: places[best - 1][1]]


def _of_beginnings(said: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Distance of said[:n] from `wanted`, for each n from 0."""
    last = len(wanted) - 1
    row = list(range(len(wanted) + 1))
    found = [row[-1]]
    for n, word in enumerate(said, start=1):
        above, row = row, [n]
        for m, other in enumerate(wanted):
            same = word == other or (m == last and word.startswith(other))
            row.append(min(above[m] + (not same), above[m + 1] + 1, row[m] + 1))
        found.append(row[-1])
    return found
