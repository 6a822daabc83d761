"""What stands after a run of capitals: log-odds that it names a person. Set by hand on made texts."""

import re
from functools import lru_cache
from typing import Final

from vidocq.detect.names.cues import ROLE, SAYING, after, before
from vidocq.detect.names.parts import KEPT, Part

REACH: Final = 24  # code points after a run that are read
_NAMED_AFTER: Final = frozenset(
    "law laws theorem effect syndrome disease test principle paradox rule equation constant razor dilemma bay island park school".split()  # noqa: SIM905
)
_PARTNERS: Final = re.compile(r" & (?:Sons?|Co|Bros|Brothers|Daughters?|Associates|Partners|Fils|Cie)\b")
_CALLING: Final = frozenset(
    [
        "can",
        "could",
        "please",
        "would",
        "are",
        "do",
        "did",
        "have",
        "thanks",
        "thank",
        "I",
        "I'm",
        "you",
        "your",
        "we",
        "pouvez",
        "pouvez-vous",
        "peux",
        "tu",
        "vous",
        "je",
        "j'ai",
        "nous",
        "merci",
    ]
)
_PRONOUNS: Final = frozenset(
    ["he", "she", "his", "her", "him", "himself", "herself", "il", "elle", "son", "sa", "ses", "lui"]
)


def said(text: str, part: Part, end: int, *, at_line_start: bool) -> float:
    """Log-odds that what stands after `end` adds to those of a part.

    at_line_start  nothing stands before the part on its line.
    """
    follows = text[end : end + REACH]
    sign = follows[:1]
    if sign == " ":
        return _after_space(text, end, follows, is_alone=part.is_alone)
    if sign == ",":
        return _after_comma(part, follows[2:].split(), at_line_start=at_line_start)
    if sign in {"'", "’"} and follows[1:2] == "s":
        rest = follows[2:].split()
        if rest and rest[0].rstrip(".,;") in _NAMED_AFTER:
            return -4.0
        return 2.3 if rest and before().get(rest[0].rstrip(".,;"), 0.0) == ROLE else 0.7
    if sign == ":" and at_line_start:
        return 1.2
    if sign == "-":
        return -2.0
    return -1.0 if follows[:3] == "..." else 0.0


def _after_space(text: str, end: int, follows: str, *, is_alone: bool) -> float:
    """A verb of speech, or one that takes a person most often; more so if a pronoun comes after."""
    word = follows[1:].partition(" ")[0]
    if word[:1] == "&" and _PARTNERS.match(follows):
        return -6.0
    several, alone = _verb(word)
    if not is_alone:
        return several
    if alone and not _PRONOUNS.isdisjoint(text[end : end + 120].split()):
        return alone + 1.0
    return alone


@lru_cache(maxsize=KEPT)
def _verb(word: str) -> tuple[float, float]:
    """What a word says of several words before it, and of one."""
    word = word.rstrip(".,;:)").replace("’", "'")
    weight = after().get(word, 0.0)
    if weight or len(word) < 4:
        return weight, weight
    if len(word) > 4 and word.endswith(("ait", "ed")):
        return 1.2, 0.8
    return 0.0, 0.6 if word.endswith("a") else 0.0


def _after_comma(part: Part, rest: list[str], *, at_line_start: bool) -> float:
    """An age, a role in apposition, or someone called by name."""
    if not rest:
        return 0.0
    age = rest[0].removesuffix(",")
    if (
        age != rest[0]
        and len(age) == 2
        and age.isdigit()
        and not part.is_alone
        and len(rest) > 1
        and rest[1].islower()
    ):
        return 1.8  # `Jane Roe, 31, of Tulsa`
    if rest[0].isdigit():
        return 2.5 if len(rest) > 1 and rest[1].startswith(("ans", "year")) else 0.0
    if rest[0] in _CALLING and part.leads and part.at_head:
        return 3.2 if at_line_start else 1.0
    weight = before().get(rest[0], 0.0)
    if weight == ROLE:
        return 1.5
    weight = after().get(rest[0].rstrip(","), 0.0)
    return weight if weight < SAYING else 0.0  # `Oui, répondit…`: a saying comes after what was said
