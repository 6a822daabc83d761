"""Telephone numbers: French ones by their forms, others by the numbering plans of their countries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import phonenumbers

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import (
    CLOSE_BY,
    NUMBERED,
    OF_SOMETHING,
    OTHER_NUMBERS,
    last_said,
    said_after,
    said_before,
    speaks_for,
    words,
)
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS, digits_of

ONE_MORE = re.compile(r"(?:[0-9]{2}|(?=[0-9]?[A-F])[0-9A-F]{2}[ :.-](?=[0-9]?[A-F])[0-9A-F]{2})(?![^\W_])")
GAP = r"(?: {1,2}|[.\-/])"
SEPARATED = re.compile(
    rf"(?<![\w+])(?<![0-9]{{2}}[ .\-/])(?:0|\(0\) ?)[1-9](?P<sep>{GAP})[0-9]{{2}}(?:(?P=sep)[0-9]{{2}}){{3,18}}(?!\w)"
)
PAIR = re.compile(r"\(?0\)? ?[1-9]|[0-9]{2}")
TOGETHER = re.compile(r"(?<![\w+/=])(?<![0-9][.,-])0[1-9][0-9]{8}(?![\w/])(?![.,-][0-9])")
OTHER_GROUPS = re.compile(
    r"(?<![\w+])(?<![0-9][ .\-/])(?:0 ?8[0-9]{2}(?: [0-9]{3}){2}|0 ?8[0-9]{2}(?: [0-9]{2}){3}|0[1-9][0-9]{2}(?: [0-9]{2}){3}"
    r"|0[1-9][0-9]{2}(?P<sign>[.\-])[0-9]{2}(?:(?P=sign)[0-9]{2}){2}|0[67] [0-9]{2}(?: [0-9]{3}){2}"
    r")(?!\w)(?![ .\-][0-9]{2,3}(?!\w))"
)
FRENCH = re.compile(
    rf"(?<![\w+])\(?(?:\+|00) ?(?:33|262|590|594|596)\)?{GAP}?(?:[(\[]?0[)\]]?{GAP}?)?[1-9](?:{GAP}?[0-9]){{8}}(?!\w)"
    r"|(?<!\w)\(33\) ?(?:\(?0\)? ?)?[1-9](?P<sep>[ .\-])[0-9]{2}(?:(?P=sep)[0-9]{2}){3}(?!\w)(?!(?P=sep)[0-9])"
)
ABROAD = re.compile(
    r"(?<![\w+])\(?(?:\+|00)(?!33)[1-9][0-9]{0,2}\)?(?:[ .\-/]{0,2}\(?[0-9]{1,5}\)?){2,6}(?: ?x[0-9]{1,6})?"
)
AMERICAN = re.compile(
    r"(?<![\w.\-])(?<![0-9] )(?:\+?1[ .\-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.\-])[0-9]{3}[ .\-][0-9]{4}"
    r"(?:x[0-9]{1,6})?(?![\w\-])(?!\.[0-9])"
)
BRITISH = re.compile(
    r"(?<![\w+])(?<![0-9][ .\-])\(?0[1-37][0-9]{1,3}\)?(?: [0-9]{3,4} [0-9]{3,4}| [0-9]{6})(?!\w)(?! [0-9])"
)
ANNOUNCED = re.compile(r"(?<![\w+.])\(?[0-9](?:[ .\-()]{0,2}[0-9]){6,14}(?: ?x[0-9]{1,6})?(?!\w)")
MONEY = re.compile(r" ?(?:€|\$|£|%|euros?\b|eur\b|usd\b|francs?\b|habitants|points)", re.IGNORECASE)
OF_A_PAPER = re.compile(  # right before ten digits in a row
    r"(?<![^\W_])(?:livraison|mandat|avis|re[çc]u|quittance|pr[ée]l[èe]vement|matricule|agr[ée]ment|licence|exp[ée]dition|autorisation|demande|"
    r"sinistre|r[ée]c[ée]piss[ée]|ch[èe]que|virement|op[ée]ration|pi[èe]ce|recommand[ée]e?|r[ée]ception|envoi|lecteur|appareil|chrono|billet|"
    r"receipt|delivery|shipment|claim) ?:? ?$",
    re.IGNORECASE,
)
SPOKEN = words(
    "t[ée]l(?:[ée]phon\\w*)?\\b",
    "ph(?:one)?\\b",
    "mobile",
    "portable",
    "fax",
    "t[ée]l[ée]copie",
    "gsm\\b",
    r"cell(?:phone)?\b",
    "desk\\b",
    "joindre",
    "joignable",
    "r?appel(?:er|ez|le|ons)?\\b",
    r"call(?:ed|s|ing)?\b",
    "(?<!o-)ring\\b",
    r"reach(?:ed|able)?\b",
    r"dial\b",
    "sms\\b",
    "whats ?app",
    "num[ée]ro vert",
    "standard\\b",
    "hotline",
    "(?:my|your|his|her|our|their) (?:new )?number",
    "(?:mon|son|notre|votre|leur) (?:nouveau )?num[ée]ro(?= ?:| est)",
)
DEVICES = words(
    r"t[ée]l(?:[ée]phon\w*)?\b",
    r"ph(?:one)?\b",
    "mobile",
    "portable",
    "fax",
    r"gsm\b",
    r"cell(?:phone)?\b",
    r"whats ?app",
)
COUNT = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){2,4}")
SPOKEN_AFTER = words(
    "office\\b", "fax\\b", "mobile\\b", "home\\b", "desk\\b", "cell\\b", "\\((?:mobile|fax|bureau|port)"
)
FOLLOWS = 8
LISTED = re.compile(r" ?(?:or|and|ou|et|/|,|;|-) ?", re.IGNORECASE)
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
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        yield from self._separated(text)
        for match in text.finditer(FRENCH):
            yield self.card.at(text, *match.span(), score=0.97)
        for pattern, score in ((TOGETHER, 0.7), (OTHER_GROUPS, 0.75), (AMERICAN, 0.75)):
            for match in text.finditer(pattern):
                about = speaks_for(text, match.start(), SPOKEN, OTHER_NUMBERS)
                if pattern is TOGETHER and said_before(text, match.start(), OF_A_PAPER, reach=CLOSE_BY):
                    continue
                if about > 0 or (about == 0 and not said_before(text, match.start(), OF_SOMETHING, reach=10)):
                    yield self.card.at(text, *match.span(), score=0.9 if about else score)
        yield from self._abroad(text)
        yield from self._announced(text)

    def _separated(self, text: Normalised) -> Iterator[Span]:
        """Pairs of digits: ten digits, or several numbers of ten one after the other."""
        for match in text.finditer(SEPARATED):
            start, end = match.span()
            sep = match["sep"]
            more = text.text[end : end + len(sep)] == sep and _is_a_pair(text.text, end + len(sep))
            pairs = list(PAIR.finditer(text.text, start, end))
            if more or len(pairs) % 5 or said_before(text, start, NUMBERED, reach=CLOSE_BY):
                continue
            values = [int(digits_of(pair[0])) for pair in pairs]
            if all(after - before == 1 for before, after in pairwise(values)):
                continue  # 01 02 03 04 05 counts
            numbers = [pairs[at : at + 5] for at in range(0, len(pairs), 5)]
            if all("0" in pair[0][0] and pair[0][0][-1] != "0" for pair in numbers):
                for first, *_, last in numbers:
                    yield self.card.at(text, first.start(), last.end(), score=0.9)

    def _abroad(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(ABROAD):
            start, end = match.span()
            if match[0].endswith(")") and match[0].count(")") > match[0].count("("):
                end -= 1
            digits = len(digits_of(match[0]))
            if not 8 <= digits <= 22 or text.text[end : end + 1].isalnum() or MONEY.match(text.text, end):
                continue
            spoken = last_said(text, start, SPOKEN, reach=ANNOUNCING) >= 0
            if "+" not in match[0][:2] and not spoken:
                continue
            number = re.sub(r"^\(?00", "+", match[0])
            if _is_in_a_plan(number, None):
                yield self.card.at(text, start, end, score=0.95)
            elif digits >= 10 and (spoken or not match[0][1:].isdigit()) and _has_a_length(number):
                yield self.card.at(text, start, end, score=0.6)
        for match in text.finditer(BRITISH):
            if speaks_for(text, match.start(), SPOKEN, OTHER_NUMBERS) >= 0 and _is_in_a_plan(match[0], "GB"):
                yield self.card.at(text, *match.span(), score=0.7)

    def _announced(self, text: Normalised) -> Iterator[Span]:
        """After a word that announces it, and those listed after that one."""
        last = -FOLLOWS
        for match in text.finditer(ANNOUNCED):
            start, end = match.span()
            if NOT_SPOKEN.fullmatch(match[0]):
                continue
            said = last_said(text, start, SPOKEN, reach=ANNOUNCING)
            at_once = said >= 0 and not any(c.isdigit() for c in text.text[said:start])
            follows = start - last < FOLLOWS and LISTED.fullmatch(text.text, last, start) is not None
            if COUNT.fullmatch(match[0]) and not said_before(text, start, DEVICES, reach=ANNOUNCING):
                continue
            if at_once or follows or said_after(text, end, SPOKEN_AFTER, reach=8):
                last = end
                yield self.card.at(text, start, end, score=0.6)


def _is_a_pair(text: str, at: int) -> bool:
    """Of digits, or two bytes in hexadecimal."""
    return ONE_MORE.match(text, at) is not None


def _is_in_a_plan(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _has_a_length(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
