"""What the words around a capitalised run say: whether it names a person. Set by hand on made texts."""

from functools import lru_cache
from typing import Final

from vidocq.detect.names import left, right
from vidocq.detect.names.cues import announcing, telling
from vidocq.detect.names.labels import announced
from vidocq.detect.names.parts import KEPT, Part

SURE: Final = 0.85  # log-odds from which a name speaks for its words elsewhere
ENOUGH: Final = 2.2  # log-odds from which what comes after is not looked at
CUES: Final = frozenset(":,'’")
JOINING: Final = frozenset(["et", "de"])


def odds(text: str, part: Part, start: int, end: int) -> float:
    """Log-odds of a part of a run that stands at [start, end): those of its words, and what stands around them.

    The word before it settles most; the line is looked at where it does not.
    """
    _, _, own, _, leads, at_head, _, is_weak, is_alone = part
    if not leads:
        return own if own >= ENOUGH else own + right.said(text, part, end, at_line_start=False)
    amid, several, alone, weak, is_end = left.heard(left.word_before(text, start))
    if amid is not None and not is_weak and own + amid >= SURE:
        return own + amid  # in the middle of a sentence, after a word that speaks of nothing else: enough
    before = (weak if is_weak else alone) if is_alone else several
    at_line_start = False
    if before is None or text[start - 1] != " ":
        before = left.said(text, part, start, end)
        if before is None:
            return own - 9.0
        at_line_start = not left.line_before(text, start).strip()
    elif is_end:
        before += at_head
    if own + before >= ENOUGH:
        return own + before
    return own + (before + right.said(text, part, end, at_line_start=at_line_start))


def is_announced(text: str, start: int, end: int) -> bool:
    """Does something around [start, end) make a name of a word that is no known one?"""
    if text[end : end + 1] in CUES:
        return True
    word = text[start - left.REACH if start > left.REACH else 0 : start - 1 if start else 0].rpartition(" ")[2]
    if word in announcing() or (not word.isalpha() and _announces(word)):
        return True
    if (word in JOINING or word[-3:] == "and" or text[start - 1 : start] != " ") and announced(text, start):
        return True  # after a blank, only what stands before these words announces
    following = text[end + 1 : end + 16].partition(" ")[0]
    return following.rstrip(".,;") in telling() or "name" in text[start - 10 if start > 10 else 0 : start]


@lru_cache(maxsize=KEPT)
def _announces(word: str) -> bool:
    """Does a word, with the signs it is written against, announce a name when it comes before another?"""
    bare = word.strip('.(«"“')
    elided = bare[2:] if bare[1:2] in {"'", "’"} else bare
    return elided in announcing() or bare[-1:] == ":"
