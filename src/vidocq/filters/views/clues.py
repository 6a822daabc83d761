"""What tells quickly that a disguise cannot stand in a text, so that it need not be looked for."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vidocq.filters.views.number_words import CLEAR as CLEAR_NUMBERS
from vidocq.filters.views.number_words import NUMBERS

_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W_]+")
FEWEST_DIGITS = 8
FEWEST_NUMBERS = 3
_GLUED_FROM = 7
_DENSE = 10
_ODD = re.compile("[\u0180-\u1fff\u2100-\U0010ffff]")
_POINTS = ".,;:!?()[]\"'«»"
_NEXT = {"1": "2", "a": "b", "2": "3", "b": "c"}
_ORDINALS = (
    "premier première premiere first deuxième deuxieme second seconde troisième troisieme third quatrième quatrieme "
    "fourth"
)
ORDINALS = frozenset(_ORDINALS.split())


_MIXED = re.compile(r"[a-z][A-Z]|[A-Za-z][0-9]|[0-9][A-Za-z]|[A-Z]{2}[a-z]")
_TIES = re.compile(r"['’-]|\.(?=[^\W\d_])")


def _is_word(part: str) -> bool:
    """Whether letters stand as in a word, read from either end."""
    return not part or (
        part.isalpha() and (part.islower() or part.istitle() or part[::-1].istitle() or len(part) < 3)
    )


@dataclass(frozen=True)
class Clues:
    """Of one text; each is found once, when it is asked for."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """In lower case."""
        return _WORD.findall(self.text.lower())

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def is_numeric(self) -> bool:
        """Whether there are as many digits as the shortest identifier has."""
        return self.digits >= FEWEST_DIGITS

    @cached_property
    def has_digits(self) -> bool:
        """Whether digits stand there as if some of them were said in words."""
        return self.digits >= FEWEST_NUMBERS

    @cached_property
    def has_digit(self) -> bool:
        return self.digits > 0

    @cached_property
    def digits(self) -> int:
        return len(_DIGIT.findall(self.text))

    @cached_property
    def bits(self) -> int:
        """Zeros and ones."""
        return self.text.count("0") + self.text.count("1")

    @cached_property
    def is_dense(self) -> bool:
        """Whether there is a long run without spaces that is no word."""
        for run in self.text.split():
            if len(run) >= _DENSE:
                bare = run.strip(_POINTS)
                if not all(map(_is_word, _TIES.split(bare))):
                    return True
        return False

    @cached_property
    def counts(self) -> bool:
        """Whether there are labels that may count: 1 and 2, a and b, i and ii, "pa" and "pb"."""
        kinds = self.kinds
        return (
            len(kinds & ORDINALS) > 2
            or not kinds.isdisjoint(("ii", "2nd", "2e", "2ème"))
            or any(word[:-1] + _NEXT[word[-1]] in kinds for word in kinds if word[-1] in _NEXT and len(word) < 12)
        )

    @cached_property
    def is_mixed(self) -> bool:
        """Whether there are words of small and capital letters or digits in no order, as codes are cut into."""
        return len(_MIXED.findall(self.text)) > 1

    @cached_property
    def has_sign(self) -> bool:
        return "@" in self.text

    @cached_property
    def has_odd_signs(self) -> bool:
        """Whether there are letters of scripts other than the Latin one, or signs like them."""
        return not self.text.isascii() and _ODD.search(self.text) is not None

    @cached_property
    def may_hold(self) -> bool:
        """Whether there are digits or a sign of an address, or words for them."""
        return self.is_numeric or self.has_sign or self.says_numbers or bool(self.kinds & AT)

    def count(self, words: frozenset[str]) -> int:
        return sum(word in words for word in self.words) if self.kinds & words else 0

    @cached_property
    def alone(self) -> int:
        """Letters that stand by themselves."""
        return sum(len(word) == 1 for word in self.words)

    @cached_property
    def has_glued_numbers(self) -> bool:
        return any(
            len(word) >= _GLUED_FROM and (word[:3] in _BEGINS or word[2:5] in _BEGINS) and _GLUED.fullmatch(word)
            for word in self.kinds
        ) or ("_" in self.text and self.says_numbers)

    @cached_property
    def says_numbers(self) -> bool:
        clear = self.count(CLEAR_NUMBERS)
        if clear >= FEWEST_NUMBERS:
            return True
        if clear == FEWEST_NUMBERS - 1 and self.has_digits and self.count(NUMBERS) >= FEWEST_NUMBERS:
            return True
        return self.alone >= FEWEST_NUMBERS and self.count(NUMBERS) >= FEWEST_NUMBERS and self.has_digits

    @cached_property
    def has_strings(self) -> bool:
        return sum(map(self.text.count, "\"'`")) >= 4 or "«" in self.text or "“" in self.text

    @cached_property
    def may_be_address(self) -> bool:
        """Whether words stand for the signs of an address, or the signs themselves are there."""
        return self.has_sign or bool(self.kinds & AT) or "arob" in self.text.lower() or "(a)" in self.text


@lru_cache(maxsize=64)
def clues_of(text: str) -> Clues:
    """The same for the same text while it is read; whoever reads clears them, so that no text is kept."""
    return Clues(text)


_AT = (
    "at chez arobase arrobase arobas arrobas arobace arobasse commercial escargot domaine domain host hôte hote "
    "serveur server"
)
AT = frozenset(_AT.split())
_BEGINS = frozenset(word[:3] for word in NUMBERS if len(word) > 2) | {"plu"}
CLEAR = (
    "zero|zéro|un|deux|trois|quatre|quatorze|quarante|cinquante|cinque|cinq|soixante|six|septante|sept|huitante|huit|neuf|dix|onze|douze|"
    "treize|quinze|seize|vingt|trente|nonante|one|two|three|fourteen|forty|four|fifteen|fifty|five|sixteen|sixty|seventeen|"
    "seventy|seven|eighteen|eighty|eight|nineteen|ninety|nine|ten|eleven|twelve|thirteen|thirty|twenty|double|triple|oh|plus|cero|uno|dos|tres|cuatro|cinco|seis|siete|"
    "ocho|nueve|null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|tre|quattro|sei|sette|otto|nove|quatro|oito|nul"
)
"""Of words that begin alike, the longer one first."""
_GLUED = re.compile(rf"(?:[a-z]{{0,2}}?)(?:(?>{CLEAR})){{2,60}}+")
