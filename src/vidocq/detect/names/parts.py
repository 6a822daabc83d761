"""A run of capitalised words cut into what may be names, with log-odds from the words alone. Set by hand on made texts."""

from enum import IntEnum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from vidocq.detect.names.words import (
    AMBIGUOUS,
    COMMON,
    FIRST,
    NAME,
    ORGANISATION,
    PARTICLE,
    PLACE,
    SURNAME,
    TITLE,
    brands,
    folded,
    known_words,
)

KEPT: Final = 20_000  # runs and words remembered at most: names come again and again
OTHER: Final = PLACE | COMMON | ORGANISATION
ELISIONS: Final = ("Qu'", "Lorsqu'", "Puisqu'", "Jusqu'", "Quoiqu'", "C'", "N'", "S'", "J'", "T'")
HOLY: Final = frozenset({"St", "Saint", "Sainte", "San", "Santa"})
UNLIKE: Final = (  # endings of ordinary words rather than of names
    "tion", "tions", "ment", "ments", "ité", "ités", "eurs", "ages", "ique", "iques", "aires", "ing", "ness", "ers", "ists",
    "ians", "als", "ies", "ly", "ous", "ive", "able", "ism", "isme", "ity", "ture", "tures", "ance", "ances", "ence", "ences",
    "ions", "ants", "ents",
)  # fmt: skip


class Role(IntEnum):
    """What a word does in a run."""

    NAME = auto()
    INITIAL = auto()
    TITLE = auto()
    BREAK = auto()  # an ordinary word: no name holds it
    THING = auto()  # what holds it is no person
    LOWER = auto()  # a particle without capital


NAMING, INITIAL, TITLED, BREAK, THING, LOWER = Role  # a member is looked up slowly, and this is done for every word


class Word(NamedTuple):
    """start, end  in its token, without the full stop that ends a sentence.   ends  that full stop is there."""

    start: int
    end: int
    text: str
    kind: int
    role: Role
    ends: bool

    def __repr__(self) -> str:
        return "Word()"


class Part(NamedTuple):
    """A part of a run that may be a name.

    start, end  in the run.   odds  log-odds from the words alone.   titled  a title stands before it, in the run.
    leads       nothing of the run stands before it.   at_head  what standing at the head of a sentence adds.
    echoes      its words: once sure, it speaks for them; unsure, it waits for the last of them.
    is_weak     its only word is a place or an ordinary word too.   is_alone  it has one word.
    """

    start: int
    end: int
    odds: float
    titled: bool
    leads: bool
    at_head: float
    echoes: tuple[str, ...]
    is_weak: bool
    is_alone: bool

    def __repr__(self) -> str:
        return f"Part({self.start}, {self.end})"


@lru_cache(maxsize=KEPT)
def kind_of(word: str) -> int:
    """What is known of a word; a compound is known by its parts."""
    words = known_words()
    kind = words.get(word)
    if kind is None:
        kind = words.get(folded(word), 0)
        if not kind and "-" in word:
            kinds = [words.get(part, 0) for part in word.split("-")]
            if word.startswith(("Jean-", "Marie-", "Anne-")) and (not kinds[-1] or kinds[-1] & FIRST):
                kind = FIRST  # `Jean-Noël`, `Marie-Thé`
            elif kinds[0] & FIRST and not kinds[-1] & OTHER:
                kind = FIRST if kinds[-1] & FIRST else 0
            elif any(k & SURNAME for k in kinds) and not any(k & (COMMON | ORGANISATION) for k in kinds):
                kind = SURNAME
    return kind


@lru_cache(maxsize=KEPT)
def parts_of(run: str) -> tuple[Part, ...]:
    """Parts of a run that may be names, from left to right."""
    found: list[Part] = []
    held: list[tuple[int, int, Word]] = []
    titled, is_thing, leads = False, False, True
    place = 0
    tokens = _tokens(run)
    last = len(tokens) - 1
    for which, token in enumerate(tokens):
        word = _reading(token)
        start, end, text, kind, role, ends = word
        begin, end = place + start, place + end
        place += len(token)
        if which < last and run[place] == " ":
            place += 1
        if role is TITLED and held and len(text) == 1 and held[-1][2].kind & FIRST:
            role = INITIAL
        elif role is BREAK and which < last and kind & PARTICLE:
            following = kind_of(tokens[which + 1].rstrip("."))
            if held or titled or following & SURNAME:
                role = NAMING
        if role is THING:
            is_thing = not titled
        elif role is TITLED or role is BREAK:
            if held:
                _close(found, held, titled, leads, is_thing)
                held = []
            titled, is_thing, leads = role is TITLED, False, False
        elif held or role is not LOWER:
            held.append((begin, end, word))
        if ends:
            if held:
                _close(found, held, titled, leads, is_thing)
                held = []
            titled, is_thing, leads = False, text in HOLY, False  # `St. Louis`
    if held:
        _close(found, held, titled, leads, is_thing)
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _reading(token: str) -> Word:
    start, end, text, ends = 0, len(token), token, False
    role = NAMING
    if token[-1] == ".":
        text = token[:-1]
        kind = kind_of(text)
        if kind & TITLE:
            role = TITLED
        elif len(text) == 1 or "." in text:
            role = INITIAL
        else:
            ends = True
            end -= 1
    else:
        if "'" in text or "’" in text:
            plain = text.replace("’", "'")
            for elision in ELISIONS:
                if plain.startswith(elision):
                    start = len(elision)
                    text = text[start:]
        kind = kind_of(text)
        if not kind and text[1:2] in {"'", "’"}:  # `L'État`
            inner = kind_of(text[2:])
            kind = inner if inner & OTHER and not inner & NAME else 0
        if kind & TITLE and not kind & NAME:
            role = TITLED
    if role is NAMING:
        role = _role(text, kind)
    return Word(start, end, text, kind, role, ends)


def _close(found: list[Part], held: list[tuple[int, int, Word]], titled: bool, leads: bool, is_thing: bool) -> None:
    while held and (held[-1][2].role is LOWER or (held[-1][2].role is INITIAL)):
        held.pop()
    if not held or is_thing:
        return
    begin, end, (_, _, opening, kind, role, _) = held[0]
    if len(held) > 1:
        if not titled and kind & PLACE and not kind & NAME:
            return
        if not titled and " ".join([word.text for _, _, word in held]) in brands():
            return
        end = held[-1][1]
    spelt = [
        word for _, _, word in held
        if word.role is not LOWER and word.role is not INITIAL and (word.kind & NAME or not word.kind & PARTICLE)
    ]  # fmt: skip
    if not spelt:
        return
    first = spelt[0]
    alone = len(spelt) == 1
    initials = role is INITIAL
    odds = (
        _titled(spelt)
        if titled
        else _initialled(first)
        if alone and initials
        else _alone(first)
        if alone
        else _several(spelt)
    )
    if alone and not titled and opening in HOLY:
        odds -= 3.0
    if alone and not titled and first.text in brands() and (first.kind & AMBIGUOUS or not first.kind & FIRST):
        odds -= 2.5
    at_head = 0.0
    if alone and not titled and not initials:
        at_head = (-1.4 if first.kind & AMBIGUOUS else -0.3) if first.kind & FIRST else -0.7
    article = not titled and kind & COMMON and kind & PARTICLE and spelt[-1].kind & AMBIGUOUS
    echoes = () if article else tuple([word.text for word in spelt])
    found.append(
        Part(
            begin, end, odds, titled, leads, at_head, echoes,
            alone and bool(first.kind & (PLACE | COMMON | AMBIGUOUS)), alone,
        )
    )  # fmt: skip


def _role(text: str, kind: int) -> Role:
    """Of a word that is neither a title nor an initial."""
    if text.islower():
        return LOWER
    if not text.isalpha() and any(letter.isdigit() for letter in text):
        return THING
    if kind & ORGANISATION and (not kind & NAME or (text.isupper() and len(text) < 6)):
        return THING
    if kind & COMMON and not kind & NAME:
        return BREAK
    return NAMING


def _tokens(run: str) -> list[str]:
    """Words of a run; initials written against a name (`J.Dupont`) are a word of their own."""
    if "." not in run:
        return run.split(" ")
    tokens: list[str] = []
    for piece in run.split(" "):
        last = piece.rfind(".") + 1
        tokens.extend((piece[:last], piece[last:]) if 0 < last < len(piece) else (piece,))
    return tokens


def _titled(spelt: list[Word]) -> float:
    first = spelt[0]
    if len(spelt) == 1 and len(first.text) == 1:
        return -9.0  # `M. X...`: the name was taken out
    if first.kind & OTHER and not first.kind & NAME and not (len(spelt) > 1 and spelt[-1].kind & FIRST):
        return -3.0
    return 4.0 - max(0, len(spelt) - 4)


def _initialled(word: Word) -> float:
    """Initials, then one word."""
    if word.kind & NAME:
        return 2.4
    return -1.0 if word.kind & OTHER or len(word.text) < 3 else 0.4


def _several(spelt: list[Word]) -> float:
    first, last = spelt[0], spelt[-1]
    odds = -0.8 * max(0, len(spelt) - 3)
    shouts, speaks = first.text.isupper(), not last.text.isupper()
    if first.kind & FIRST:
        sure = not first.kind & AMBIGUOUS
        if last.kind & SURNAME:
            odds += 4.0 if sure else 1.2 if last.kind & AMBIGUOUS else 2.4
        elif last.kind & FIRST:
            odds += 2.5 if sure else 1.0
        elif last.kind & OTHER:
            odds += 0.0 if sure else -2.0
        else:
            odds += 2.6 if sure else 0.6
        if not speaks and len(last.text) > 1 and not shouts:
            odds += 1.0
    elif last.kind & FIRST and (first.kind & SURNAME or (shouts and speaks)):
        odds += 3.0 if shouts and speaks and len(first.text) > 1 else 1.2
    elif last.kind & FIRST and not last.kind & AMBIGUOUS:
        odds -= 0.6
    elif last.kind & SURNAME:
        odds += 0.5 if not last.kind & AMBIGUOUS and not first.kind else -1.2
    else:
        odds -= 1.2
    if shouts and not speaks and not first.kind & FIRST:
        odds -= 2.0
    holds_place = [word for word in spelt if word.kind & PLACE and not word.kind & NAME]
    return odds - 1.0 if holds_place else odds


def _alone(word: Word) -> float:
    kind, text = word.kind, word.text
    if len(text) == 1:
        return -9.0
    if kind & FIRST:
        odds = 0.4 if kind & AMBIGUOUS else 0.9
    elif kind & SURNAME:
        odds = -2.0 if kind & AMBIGUOUS else -0.5
    else:
        odds = -2.2
    if kind & PLACE:
        odds -= 2.4
    if kind & COMMON:
        odds -= 2.5
    if text.isupper():
        odds -= 1.2 if kind & NAME else 1.6
    if not kind & NAME and text.endswith(UNLIKE):
        odds -= 1.2
    return odds
