"""Telephone numbers: French ones by their forms, others by the numbering plans of their countries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import phonenumbers

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import OTHER_NUMBERS, last_said, said_after, speaks_for, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import digits_of

SEPARATED = re.compile(
    r"(?<![\w+])(?<![0-9]{2}[ .\-/])0[1-9](?P<sep>[ .\-/])[0-9]{2}(?:(?P=sep)[0-9]{2}){3,18}(?!\w)"
)
TOGETHER = re.compile(r"(?<![\w+/=])(?<![0-9][.,-])0[1-9][0-9]{8}(?![\w/])(?![.,-][0-9])")
SERVICE = re.compile(r"(?<![\w+])(?<![0-9][ .\-/])0 ?8[0-9]{2} [0-9]{3} [0-9]{3}(?!\w)(?! [0-9]{3}(?!\w))")
FRENCH = re.compile(
    r"(?<![\w+])\(?(?:\+|00)(?:33|262|590|594|596)\)?[ .\-]?(?:\(0\)[ .\-]?)?[1-9](?:[ .\-]?[0-9]){8}(?!\w)"
)
ABROAD = re.compile(
    r"(?<![\w+])\(?(?:\+|00)(?!33)[1-9][0-9]{0,2}\)?(?:[ .\-/]{0,2}\(?[0-9]{1,5}\)?){2,6}(?: ?x[0-9]{1,6})?"
)
AMERICAN = re.compile(
    r"(?<![\w.\-])(?<![0-9] )(?:\+?1[ .\-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.\-])[2-9][0-9]{2}[ .\-][0-9]{4}"
    r"(?:x[0-9]{1,6})?(?![\w\-])(?!\.[0-9])"
)
BRITISH = re.compile(
    r"(?<![\w+])(?<![0-9][ .\-])\(?0[1-37][0-9]{1,3}\)?(?: [0-9]{3,4} [0-9]{3,4}| [0-9]{6})(?!\w)(?! [0-9])"
)
ANNOUNCED = re.compile(r"(?<![\w+.])\(?[0-9](?:[ .\-()]{0,2}[0-9]){6,14}(?: ?x[0-9]{1,6})?(?!\w)")
SPOKEN = words(
    "t[ée]l(?:[ée]phon\\w*)?\\b",
    "ph(?:one)?\\b",
    "mobile",
    "portable",
    "fax",
    "t[ée]l[ée]copie",
    "gsm\\b",
    "cell",
    "desk\\b",
    "joindre",
    "joignable",
    "appel",
    "rappel",
    "call",
    "ring\\b",
    "reach",
    "dial",
    "sms\\b",
    "whats ?app",
    "num[ée]ro vert",
    "standard\\b",
    "hotline",
)
SPOKEN_AFTER = words(
    "office\\b", "fax\\b", "mobile\\b", "home\\b", "desk\\b", "cell\\b", "\\((?:mobile|fax|bureau|port)"
)
ANNOUNCING = 28  # characters between a word and the number that it announces
NOT_SPOKEN = re.compile(
    r"[0-9]{4}([ .\-])[0-9]{2}\1[0-9]{2}|[0-9]{2}([ .\-/])[0-9]{2}\2(?:19|20)[0-9]{2}|[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9.]*\.[0-9]{1,2}"
)


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A number one can call: ten digits in France, an international prefix, or an announced number elsewhere."""

    card: ClassVar = DetectorCard(
        id="phone",
        category=Category.PHONE,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Numéro de téléphone", en="Telephone number"),
        source="ARCEP, décision n° 2018-0881 ; UIT-T E.164 ; phonenumbers",
        limits=Text(
            fr="Hors de France et sans indicatif international, ne retrouve que les formes d'Amérique du Nord et du "
            "Royaume-Uni, ou ce qu'un mot annonce (« tél. »). Dix chiffres accolés peuvent être un numéro de commande.",
            en="Outside France and without an international prefix, finds only North American and British forms, or what "
            "a word announces (“call”). Ten digits in a row may be an order number.",
        ),
    )
    anchor: ClassVar[str | None] = r"[0-9](?:[ .\-/()]{0,2}[0-9]){6}"

    def find(self, text: Normalised) -> Iterator[Span]:
        yield from self._separated(text)
        for match in text.finditer(TOGETHER):
            about = speaks_for(text, match.start(), SPOKEN, OTHER_NUMBERS)
            if about >= 0:
                yield self.card.at(text, *match.span(), score=0.9 if about else 0.7)
        for match in text.finditer(FRENCH):
            yield self.card.at(text, *match.span(), score=0.97)
        for pattern, score in ((SERVICE, 0.8), (AMERICAN, 0.75)):
            for match in text.finditer(pattern):
                if speaks_for(text, match.start(), SPOKEN, OTHER_NUMBERS) >= 0:
                    yield self.card.at(text, *match.span(), score=score)
        yield from self._abroad(text)
        yield from self._announced(text)

    def _separated(self, text: Normalised) -> Iterator[Span]:
        """Pairs of digits: ten digits, or several numbers of ten one after the other."""
        for match in text.finditer(SEPARATED):
            start, end = match.span()
            number, rest = match[0], text.text[end : end + 3]
            more = rest[:1] == match["sep"] and rest[1:3].isdigit() and not text.text[end + 3 : end + 4].isalnum()
            starts = range(0, len(number), 15)
            if more or (len(number) + 1) % 15 or any(number[at] != "0" or number[at + 1] == "0" for at in starts):
                continue
            for at in starts:
                yield self.card.at(text, start + at, start + at + 14, score=0.9)

    def _abroad(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(ABROAD):
            start, end = match.span()
            if match[0].endswith(")") and match[0].count(")") > match[0].count("("):
                end -= 1
            if not 8 <= len(digits_of(match[0])) <= 22 or text.text[end : end + 1].isalnum():
                continue
            plus = "+" in match[0][:2] or last_said(text, start, SPOKEN, reach=ANNOUNCING) >= 0
            if plus and _is_in_a_plan(re.sub(r"^\(?00", "+", match[0]), None):
                yield self.card.at(text, start, end, score=0.95)
        for match in text.finditer(BRITISH):
            if speaks_for(text, match.start(), SPOKEN, OTHER_NUMBERS) >= 0 and _is_in_a_plan(match[0], "GB"):
                yield self.card.at(text, *match.span(), score=0.7)

    def _announced(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(ANNOUNCED):
            start, end = match.span()
            if NOT_SPOKEN.fullmatch(match[0]):
                continue
            said = last_said(text, start, SPOKEN, reach=ANNOUNCING)
            at_once = said >= 0 and not any(c.isdigit() for c in text.text[said:start])
            if at_once or said_after(text, end, SPOKEN_AFTER, reach=8):
                yield self.card.at(text, start, end, score=0.6)


def _is_in_a_plan(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
