"""What stands before a run of capitals: log-odds that it names a person. Set by hand on made texts."""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from vidocq.detect.names.cues import ARTICLE, LINKS, PLACING, ROLE, before, vetoes
from vidocq.detect.names.labels import announced, is_label
from vidocq.detect.names.parts import KEPT, Part
from vidocq.detect.names.runs import UPPER
from vidocq.detect.names.words import ways

REACH: Final = 16  # code points in which the one word before a run is looked for
CLOSING: Final = re.compile(
    r"(?:cordialement|sincèrement|salutations|sentiments|à vous|amitiés|merci|regards|sincerely|faithfully|truly|respectfully|wishes|yours|best|thanks|cheers),?\.?\s*$"
)
_AGENT: Final = frozenset(["par", "by"])
_BEREAVED: Final = frozenset(["the", "my", "his", "her", "our", "their", "your"])  # `the late Jane Roe`
_DONE: Final = re.compile(r"(?:ed|é|ée|és|ées|rit|rite|écrit|fait)\Z")
_JOINING: Final = frozenset(["et", "and", "&"])
_FIRM: Final = re.compile(
    rf"\b(?:SCP|SELARL|SCM|SNC|[Cc]abinet|[Mm]aison|[ÉéEe]tude|[Ss]oci[ée]t[ée]|[Ff]irm) (?:[{UPPER}][\w'’.-]{{1,24}},? ){{1,4}}(?:et|&|and) \Z"
)
_ENDS: Final = frozenset('.!?:;\n«“"•|>–—-*#=\t')
_ROW_SIGNS: Final = frozenset(".)–—-•*|:")
_ROW: Final = re.compile(r"(?:[Nn]° ?)?\d{1,4} ?[.)–—-] ?\Z|[-•*–—|] ?\Z|.{1,40}: \Z")
_CELL_ENDS: Final = re.compile(r" ?[–—|;] |[ \t]*(?:\n|\Z)|\. N|, n")
_ASKED: Final = frozenset(["name?", "surname?", "lastname?", "firstname?"])
_HEARD_WITH: Final = _AGENT | _JOINING | {"as", "late", "is"}
"""Words that say more with what stands before them."""


class Heard(NamedTuple):
    """What one word, or sign, says of a name that comes after it and a blank, whatever stands further to the left.

    amid     weight of a word that speaks of nothing but a person, if anything; None if it may speak of something else.
    several  log-odds of a name of several words; None where what stands before this word decides.
    alone, weak  the same of a single word, and of one that is a place or an ordinary word too.
    is_end   it ends what was said: the name stands at the head of a sentence.
    """

    amid: float | None
    several: float | None
    alone: float | None
    weak: float | None
    is_end: bool


_NOTHING: Final = Heard(0.0, 0.0, 0.0, 0.0, is_end=False)


def word_before(text: str, start: int) -> str:
    """What stands before `start` and the one character before it, back to a blank."""
    return text[start - REACH if start > REACH else 0 : start - 1 if start else 0].rpartition(" ")[2]


def heard(word: str) -> Heard:
    """What `word_before` says; as `said` finds with the whole line."""
    if word.isalpha() and word not in _telling() and len(word) < REACH - 1 and word.islower():
        return _NOTHING  # most words
    return _heard(word)


@cache
def _telling() -> frozenset[str]:
    """Words in lower case that tell something of a name after them."""
    return vetoes() | _HEARD_WITH | before().keys()


@lru_cache(maxsize=KEPT)
def _heard(word: str) -> Heard:
    amid = before().get(word, 0.0) if word.isalpha() and word not in vetoes() else None
    low = word.replace("’", "'").lower()
    bare = _bare(low)
    is_cut = (
        not word or len(word) >= REACH - 1 or not word.isprintable()
    )  # further words, or lines, are at its other end
    if is_cut or low[-1] == ":" or _way(low) is not False or not _HEARD_WITH.isdisjoint((low, bare, _elided(bare))):
        return Heard(amid, None, None, None, is_end=False)
    is_end = _is_end(low, bare)
    several, alone, weak = (
        _at_head([low]) if is_end else _amid([low], bare, is_alone=is_alone, is_weak=is_weak)
        for is_alone, is_weak in ((False, False), (True, False), (True, True))
    )
    may_be_row = low[-1] in _ROW_SIGNS and not low[:-1].isalpha()
    return Heard(amid, None if may_be_row else several, alone, weak, is_end=is_end)


def said(text: str, part: Part, start: int, end: int) -> float | None:
    """Log-odds that all that stands before [start, end) on its line adds to those of a part; None if it forbids a name."""
    line = line_before(text, start)
    left = line.replace("’", "'").lower().split()
    known = announced(text, start)
    if is_way(left) or (left and left[-1] in _JOINING and _FIRM.search(line)):
        return None
    if known:
        return part.at_head + known
    if not left:
        return part.at_head + _signs(text, part, start, end)
    word = _bare(left[-1])
    if (
        not part.is_alone
        and text[start - 2 : start - 1] in _ROW_SIGNS
        and _ROW.match(line)
        and _CELL_ENDS.match(text, end)
    ):
        return max(1.6, part.at_head + _at_head(left))
    if _is_end(left[-1], word):
        return part.at_head + _at_head(left)
    return _amid(left, word, is_alone=part.is_alone, is_weak=part.is_weak)


def line_before(text: str, start: int) -> str:
    return text[max(0, start - 48) : start].rpartition("\n")[2]


def is_way(words: list[str]) -> bool:
    """Does a name that comes after these lower-case words, the last one just before it, belong to a street, a school, a law?"""
    for word in reversed(words[-6:]):
        kind = _way(word)
        if kind is not None:
            return kind
    return False


@lru_cache(maxsize=KEPT)
def _way(word: str) -> bool | None:
    """Does a word name a street, a school, a law? None for one that links it to what comes after."""
    bare = word.strip('«»"“”(.').rpartition("'")[2] or word.rstrip("'")
    if bare in ways():
        return True
    return None if bare.lower() in LINKS else False


def _bare(word: str) -> str:
    return word.strip('«»"“”(.')


def _is_end(word: str, bare: str) -> bool:
    """Does what was said end with this word, which no title is?"""
    return word[-1] in _ENDS and not (word[-1] == "." and before().get(bare, 0.0) > ROLE)


def _signs(text: str, part: Part, start: int, end: int) -> float:
    """Does it stand alone on its line, under a closing formula?"""
    alone_on_line = text[end : end + 1] in {"", "\n"}
    closes = alone_on_line and CLOSING.search(text[max(0, start - 40) : start].lower()) is not None
    in_row = not part.is_alone and text[end : end + 3] in {" — ", " – ", " | "}
    return 3.0 * closes + 1.4 * in_row + (0.0 if part.is_alone else 0.2)


def _at_head(left: list[str]) -> float:
    """After a sign that ends something: a label, a question after the name."""
    if left[-1] in _ASKED:
        return 3.0
    if left[-1][-1] == ":" or left[-1] in _ENDS:
        return 5.0 if is_label(left) else 0.3
    return 0.0


def _amid(left: list[str], word: str, *, is_alone: bool, is_weak: bool) -> float:
    """After a word of the same sentence."""
    word = _elided(word)
    total = before().get(word, 0.0)
    if is_weak and word in PLACING:
        total -= 1.2
    if word.endswith(",") and before().get(word[:-1], 0.0) == ROLE:  # `le salarié, Tugdual de Kersauson,`
        total += 0.7 if is_alone else 1.8
    if word in _AGENT and not is_alone and len(left) > 1 and _DONE.search(left[-2]):
        total += 1.0  # `présidée par`, `reviewed by`
    if word == "as" and len(left) > 1 and left[-2] == "identified":
        total += 1.0
    if word == "late" and not is_alone and len(left) > 1 and left[-2] in _BEREAVED:
        total += 1.4
    if word == "is" and len(left) > 1 and left[-2] == "name":
        total += 3.0
    return total


def _elided(word: str) -> str:
    """What is left of a word once what was elided before it is gone."""
    if word.endswith("'") and word not in {"l'", "qu'"}:
        return ""
    return word.rpartition("'")[2] or word if "'" in word else word


def is_elsewhere(text: str, start: int, *, is_weak: bool) -> bool:
    """Does a word known as a name stand here as something else: after an article, in a street, as a place?"""
    left = text[max(0, start - 40) : start].rsplit("\n", 1)[-1].replace("’", "'").lower().split()
    if not left:
        return False
    word = left[-1]
    if word.endswith("l'") or before().get(word, 0.0) == ARTICLE or is_way(left):
        return True
    return is_weak and word in {"à", "en", "in", "at"}
