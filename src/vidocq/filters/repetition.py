"""Orders to repeat without end, and texts that say one thing over and over, which make models recite."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.text import Text

_ENDLESS: Final = (
    r"(?:forever|ind[ée]finiment|[ée]ternellement|perp[ée]tuellement|sans (?:fin|arr[êe]t|cesse|interruption|rel[âa]che|pause|discontinuer)|"
    r"sans (?:jamais )?(?:s['’]|t['’]|m['’]|vous )?arr[êe]ter|en boucle|en continu|non-?stop|[àa] l['’]infini|[àa] jamais|pour toujours|"
    r"encore et (?:encore|toujours)|toujours et encore|ad (?:vitam|infinitum|nauseam|libitum)|une infinit[ée] de fois|autant (?:de fois )?que (?:possible|tu peux)|"
    r"autant de fois|(?:ne )?t['’]arr[êe]te (?:pas|jamais)|(?:ne )?(?:pas|jamais) t['’]arr[êe]ter|jusqu['’](?:[àa] ce que|au bout|[àa] la (?:limite|fin))|"
    r"infinitely|indefinitely|endlessly|eternally|perpetually|continuously|continually|ceaselessly|incessantly|over and over|again and again|"
    r"without (?:end|stopping|pause|a break|interruption)|with no end|(?:never|don['’]?t|do not) stop|until (?:you|i|told|the end)|"
    r"infinite loop|in a loop|on repeat|as (?:many times|often|long) as (?:you can|possible)|an infinite number of times|"
    r"[0-9][0-9 ,.]*[0-9]{2} ?(?:fois|times)|(?:mille|million|cent|thousand|hundred)s? (?:de )?(?:fois|times)|for all eternity)"
)
_AGAIN: Final = r"\b(?:r[ée]p[èée]t(?:e[rzs]?|ez)|redi[st]|redites|repeat(?:ing|edly)?|recopie[rz]?|echo(?:ing)?|chant(?:ing|e)?|rab[âa]che[rz]?)\b"
_SAY: Final = (
    r"\b(?:dis|dites|dire|[ée]cris|[ée]crire|[ée]crivez|tape[rz]?|affiche[rz]?|g[ée]n[èée]re[rz]?|imprime[rz]?|say(?:ing)?|writ(?:e|ing)|"
    r"print(?:ing)?|typ(?:e|ing)|output(?:ting)?|generat(?:e|ing)|loop|produce|utter|spell)\b"
)
_NOT_WITHIN: Final = r"(?:(?!\b(?:qui|que|dont|that|which|who|whose|function|fonction|programme?|script|code|story|histoire|why|pourquoi)\b)[^\n]){0,80}?"
_BEGINS: Final = (
    r"(?:^|[.!?:;,«»\"“”'\n(]\s*|\b(?:please|and|et|then|puis|to|de|[àa]|keep|continue|just|only|veux que tu|want you to|tu dois|must|should|will|"
    r"stop|sans|without)\s+)"
)
_THING: Final = r"(?:[«“\"'‘`]|\b(?:words?|mots?|letters?|lettres?|tokens?|syllables?|phrase|same|m[êe]me)\b)"
"""What is to be said again, where the verb alone does not say that it is said again."""
_SURELY: Final = (
    r"(?:forever|ind[ée]finiment|[ée]ternellement|sans (?:fin|cesse|arr[êe]t)|[àa] l['’]infini|infinitely|indefinitely|endlessly|eternally|"
    r"over and over|encore et encore|[0-9][0-9 ,.]*[0-9]{2} ?(?:fois|times)|"
    r"(?:(?:dix|cent|ten|a|one|hundred) )?(?:mille|million|cent|thousand|hundred)s? (?:de )?(?:fois|times))\b"
)
_ORDERS: Final = re.compile(
    rf"{_AGAIN}{_NOT_WITHIN}\b{_ENDLESS}|{_BEGINS}{_SAY}{_NOT_WITHIN}{_THING}{_NOT_WITHIN}\b{_ENDLESS}|"
    rf"{_BEGINS}{_SAY}\s+(?:(?!(?:a|an|the|une?|des|les?|la)\b)[^\s.,;:]+\s+){{0,2}}{_SURELY}|"
    rf"{_AGAIN}[^\n]{{0,40}}?\b(\w+)\b(?:[\W_]{{1,3}}\1\b){{2,}}|"
    r"\b(?:ne )?(?:t['’]arr[êe]te|arr[êe]te|cesse)z? (?:jamais|pas) (?:de|d['’])\s?(?:r[ée]p[ée]ter|dire|[ée]crire|redire)|"
    r"\b(?:never|don['’]?t|do not) (?:ever )?stop (?:repeating|saying|writing|printing|typing)|"
    r"\b(?:boucle infinie|infinite loop|endless loop)\s*[:,]\s*(?:dis|r[ée]p[èe]te|[ée]cris|say|repeat|print|write)|"
    r"\b(?:remplis|fill)\b[^.\n]{0,40}\b(?:r[ée]ponse|answer|page|response|output)\b[^.\n]{0,20}\b(?:du|avec le|with the) (?:seul )?(?:mot|word)|"
    r"\b(?:nothing but|rien (?:d['’]autre )?que|only|seulement)\b[^.\n]{0,20}\b(?:word|mot)\b[^.\n]{0,40}"
    rf"\b{_ENDLESS}",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\S+")
LONGEST_PIECE = 24
"""Letters of a piece that is said over and over without a space."""


@dataclass(frozen=True)
class Repetition:
    """times  a piece of up to eight words, or of LONGEST_PIECE letters without a space, is said in a row before it counts."""

    action: Action = Action.BLOCK
    times: int = 20
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT, Surface.ANSWER})

    card: ClassVar = FilterCard(
        id="repetition",
        title=Text(fr="Répétitions qui font réciter", en="Repetition that makes a model recite"),
        source="Nasr et al. (2023), arXiv:2311.17035",
        longest=None,
        limits=Text(
            fr="De 30 ordres mis de côté, écrits par la même main que les règles, tous sont arrêtés (88 % au moins), et aucune de 50 "
            "invites ordinaires (7 % au plus). D'autres invites font diverger un modèle, dont des chiffres ou des signes répétés ; un "
            "tableau ou un poème qui répète les mêmes mots est arrêté.",
            en="Of 30 orders kept aside, written by the same hand as the rules, all are stopped (88% at least), and none of 50 "
            "ordinary prompts (7% at most). Other prompts make a model diverge, repeated digits or signs among them; a table or a "
            "poem that repeats the same words is stopped.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            for found in _ORDERS.finditer(reading.text):
                yield Hit(*reading.original(*found.span()), self.card.id, "repeat", self.action, reading.name)
            for start, end in (*self._repeated(reading.text), *self._glued(reading.text)):
                yield Hit(*reading.original(start, end), self.card.id, "repeated", self.action, reading.name)

    def _repeated(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches in which each word is the one so many words before."""
        words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
        for period in range(1, 9):
            alike, needed = 0, period * (self.times - 1)
            for at in range(period, len(words)):
                alike = alike + 1 if words[at][2] == words[at - period][2] else 0
                if alike >= needed and (at + 1 == len(words) or words[at + 1][2] != words[at + 1 - period][2]):
                    start, end = words[at - alike - period + 1][0], words[at][1]
                    if any(letter.isalpha() for letter in text[start:end]):  # no row of zeros or brackets
                        yield start, end

    def _glued(self, text: str) -> Iterator[tuple[int, int]]:
        """Pieces said over and over within one word; lines of signs and of one letter are none."""
        for word in _WORD.finditer(text):
            if len(word[0]) < 2 * self.times:
                continue
            for found in re.finditer(rf"(\S{{2,{LONGEST_PIECE}}}?)\1{{{self.times - 1},}}", word[0]):
                if len({letter for letter in found[1] if letter.isalpha()}) > 1:
                    yield word.start() + found.start(), word.start() + found.end()
