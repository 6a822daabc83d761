"""Prompts that ask for somebody's personal data: a person and a kind of data, put together as a question or a gap to be filled."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.spans import Category
from vidocq.core.text import Text
from vidocq.detect.find import Finder
from vidocq.detect.names.words import FIRST, ORGANISATION, known_words

_P: Final = "\ue000"
"""Stands for each character of a person's name."""
_TITLE: Final = (
    r"(?:(?:m|mm|mr|mrs|ms|dr|mme|mlle|me|pr|prof)\b\.?\s+|(?:monsieur|madame|ma[îi]tre|docteur|doctor)\s+)?"
)
_PERSON: Final = rf"{_TITLE}{_P}+"
_NEAR: Final = r"[^.!?\n\ue000]"
_HELD: Final = (
    r"num[ée]ros?|t[ée]l[ée]phone|t[ée]l\b|portable|mobile|coordonn[ée]es|adresses?|domicile|courriel|e-?mail|mail|date de naissance|"
    r"lieu de naissance|iban|rib|nir|s[ée]cu(?:rit[ée] sociale)?|carte (?:bancaire|bleue|de cr[ée]dit|d'identit[ée]|vitale)|passeport|"
    r"permis|compte (?:bancaire|en banque)|salaire|revenus?|r[ée]mun[ée]ration|mots? de passe|identifiants?|maladies?|"
    r"(?:ant[ée]c[ée]dents?|dossier|ordonnances?|traitement|ant[ée]c[ée]dents) m[ée]dica(?:l|ux)|diagnostic|traitement|m[ée]dicaments?|"
    r"vie priv[ée]e|donn[ée]es (?:personnelles|priv[ée]es|m[ée]dicales)|infos? (?:personnelles|priv[ée]es)|informations personnelles|"
    r"religion|orientation sexuelle|opinions? politiques?|casier(?: judiciaire)?|[ée]pou(?:se|x)|conjoint|plaque|"
    r"(?:ligne|fiche|entr[ée]e|enregistrement)(?: du fichier)?(?: client| patient| salari[ée])?|le 0[1-9]|"
    r"phones?(?: numbers?)?|cell(?:phone)?(?: number)?|numbers?|(?:home |postal |e-?mail )?address(?:es)?|contact (?:details|information|info)|"
    r"birth ?da(?:te|y)|date of birth|dob|place of birth|ssn|social security(?: number)?|passport|driving licen[cs]e|bank (?:account|details)|"
    r"credit card|card number|salary|income|wages|passwords?|login|credentials|medical (?:record|history|file)s?|diagnosis|illness|disease|"
    r"medications?|personal (?:details|data|information|info)|private life|sexual orientation|political (?:views|opinions)|criminal record|"
    r"(?:entry|record|row|file)|marital status|whereabouts"
)
"""What is a person's own."""
_DATA: Final = rf"\b(?:{_HELD})"
_OF: Final = r"(?:\b(?:de|du|of|for|belonging to|chez|pour)\s+|\bd\s?['’]\s?)"
_LED: Final = re.compile(rf"{_DATA}\b(?:{_NEAR}{{0,40}}?)\s{_OF}{_PERSON}", re.IGNORECASE)
_OWNED: Final = re.compile(rf"{_PERSON}\s?['’]s?\s+(?:[\w-]+\s+){{0,3}}?{_DATA}\b", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"\?|\b(?:quel(?:le)?s?|donne[rzs]?|dis|dites|dire|trouve[rzs]?|retrouve[rzs]?|cherche[rzs]?|recherche[rz]?|connais|connaissez|"
    r"rappelle[rz]?|compl[èe]te[rz]?|r[ée]cite[rz]?|affiche[rz]?|montre[rz]?|indique[rz]?|communique[rz]?|fournis|sais|besoin|veux|voudrais|"
    r"aimerais|s['’]il (?:te|vous) pla[îi]t|svp|stp|what|which|who|give|tell|find|show|list|recall|recite|complete|provide|share|look up|"
    r"reveal|print|display|write|draft|send|[ée]cris|[ée]crivez|r[ée]dige[rz]?|envoie|know|remember|need|want|please|get)\b",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    rf"(?:\b(?:est|is|are|sont|au|at|le|on|:)|{_DATA}\s*[:.=]?|\bn[ée]e? (?:le|[àa])|born (?:on|in)|[:=…])\s*[:.…_«\"“]*\s*$",
    re.IGNORECASE,
)
"""The end of a prompt that is to be continued."""
_LEFT: Final = re.compile(
    rf"(?:(?:[,;:.|({_P}-]|\n)\s*{_DATA}\s*[:.=…]*|{_DATA}\s*[:=…]+|\bn[ée]e? le\s*[:.=…]*|\bborn(?: on)?\s*[:=…]*)\s*(?:$|»|”)",
    re.IGNORECASE,
)
_DOES: Final = re.compile(
    "|".join(
        pattern.replace("P", _PERSON).replace("~", rf"{_NEAR}{{0,40}}?").replace("TITLE", _TITLE)
        for pattern in (
            r"\bo[ùu]\b~\b(?:habite|vit|r[ée]side|travaille|loge|d[ée]m[ée]nag[ée])\b~P",
            r"\bo[ùu]\b~P~\b(?:habite|vit|r[ée]side|travaille|loge)",
            r"\b(?:quelle|which)\b~\b(?:rue|ville|street|town|city|maison|house)\b~P",
            r"P (?:habite|vit|r[ée]side|loge|demeure)(?: actuellement)? (?:au|[àa]|en|dans|sur)\s*[:.…]*\s*$",
            r"P (?:lives|resides|works|is living) (?:at|in|on)\s*[:.…]*\s*$",
            r"\bwhere\b~\b(?:does|do|is|can|could)\b~P~\b(?:live|living|work|working|reside|staying|found|home)",
            r"\bwhere P (?:lives|works|resides|has lived)",
            r"\b(?:comment|veux|cherche|voudrais|souhaite|aimerais|dois)\b~\b(?:joindre|contacter|appeler|t[ée]l[ée]phoner [àa])\s+P",
            r"\b(?:how|like|want|need|trying)\b~\b(?:reach|contact|call|phone|get hold of|get in touch with)\s+P",
            r"\bcombien (?:gagne|touche|per[çc]oit|est pay[ée]e?)\b~P",
            r"\bcombien P (?:gagne|touche|per[çc]oit)",
            r"\bhow much\b~P~\b(?:earn|make|paid|owe|weigh)",
            r"\bquel [âa]ge (?:a|avait)\b~P",
            r"\bhow old is P",
            r"\b(?:quand|o[ùu])\b~\bn[ée]e? P|P (?:est )?n[ée]e? (?:le|[àa])\s*[:.…]*\s*$",
            r"P~\bn[ée]e? (?:le|quand)|\b(?:when|where) was P born|\bwhen is P~birthday",
            r"\b(?:de quoi|de quelle)\b~\bsouffre\b~P",
            r"\b(?:what|which)\b~\b(?:illness|disease|condition|cancer|medication|drug|pill)s?\b~P",
            r"\bquels? (?:m[ée]dicament|traitement|maladie)s?\b~P",
            r"\bwhat\b~\b(?:credit card|bank|car|number)\b~\bdoes P",
            r"P (?:est|serait)[- ](?:il|elle)~\b(?:s[ée]ropositi|malade|enceinte|homosexuel|gay|lesbienne|syndiqu|musulman|juif|juive|catholique|croyant|divorc|mari[ée])",
            r"P est~\b(?:s[ée]ropositi|enceinte|homosexuel|syndiqu|divorc)[^?\n]{0,40}\?",
            r"\b(?:is|was) P~\b(?:hiv|pregnant|gay|lesbian|homosexual|muslim|jewish|catholic|divorced|depressed|ill|sick|in a union)\b",
            r"\bpour qui\b~\bvot[ée]\b~P|P~\bvot[ée]~\?|\bwho did P vote",
            r"\b(?:qui est|who is) P~\b(?:mari[ée]e?|married|dating)",
            r"\b(?:avec qui|who)\b~\b(?:vit|couche|sort|sleeps?|lives?)\b~P",
        )
    ).replace(_TITLE + _P, rf"{_TITLE}{_P}"),
    re.IGNORECASE,
)
"""Questions in which the verb says what is asked about somebody."""
_ITS: Final = re.compile(
    rf"{_P}[^\n]{{0,160}}?(?:[.?!:,;]\s+|\b(?:quel(?:le)?s? (?:est|sont)|what(?:['’]s| is| are)|give me|donne[- ]moi|c['’]est quoi|"
    r"need|want|know|tell me|besoin d[eu]|besoin d['’]|connais|dis[- ]moi|veux|et|and)\s+)"
    r"(?:(?:son|sa|ses|leurs?|his|her|their)\s+|(?:quel est|what(?:['’]s| is)) (?:son|sa|his|her|the|le|la)\s+)"
    rf"(?:[\w-]+\s+){{0,2}}?{_DATA}\b[^.!\n\ue000]{{0,60}}(?:\?|$)",
    re.IGNORECASE,
)
"""Somebody, then a question about what is his."""
_MESSAGE: Final = re.compile(
    r"\b([ée]cri(?:s|re|vez)|r[ée]dige[rz]?|pr[ée]pare[rz]?|compose[rz]?|envoie|envoyer|r[ée]ponds?|r[ée]pondre|corrige[rz]?|relis|"
    r"compl[èe]te[rz]?|write|draft|send|compose|prepare|reply|answer|proofread|summari[sz]e|r[ée]sume[rz]?|translate|traduis)(\s+"
    r"(?:(?:moi|me|[àa]|to|un|une|le|la|ce|cet|cette|mon|ma|a|an|the|this|my|short|court|petit|polite|poli|an?other)\s+){0,3}"
    r"(?:courriels?|e-?mails?|mails?|lettres?|messages?|letters?|notes?|sms|texts?|r[ée]ponses?|mots?|out-of-office)\b"
    rf"(?:\s+(?:[àa]|to|pour|for|from|de)\s+{_PERSON})?)",
    re.IGNORECASE,
)
"""An order to write to somebody, in which an e-mail is no address."""
_REACH = 240


@dataclass(frozen=True)
class Requests:
    """A question, an order or a gap that puts a person and a kind of personal data together."""

    action: Action = Action.BLOCK
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT})

    card: ClassVar = FilterCard(
        id="requests",
        title=Text(fr="Demandes de données personnelles", en="Requests for personal data"),
        source="Kim et al. (2023), arXiv:2307.01881",
        longest=400,
        limits=Text(
            fr="De 30 demandes mises de côté, écrites par la même main que les règles, 28 sont arrêtées (93 % [78 % ; 99 %]), et aucune "
            "de 50 invites ordinaires (7 % au plus). Une demande en plusieurs messages, détournée, sans nom, dont le nom n'est pas "
            "reconnu ou dans une autre langue passe ; une question légitime sur une personne publique est arrêtée (« Where was Victor "
            "Hugo born? »), et une tâche sur les données de quelqu'un aussi.",
            en="Of 30 requests kept aside, written by the same hand as the rules, 28 are stopped (93% [78%; 99%]), and none of 50 "
            "ordinary prompts (7% at most). A request in several messages, a roundabout one, one without a name, with a name that is "
            "not recognised, or in another language passes; a legitimate question about a public person is stopped (“Where was "
            "Victor Hugo born?”), and so is a task on somebody's data.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            for start, end in _asked(reading.text):
                place = reading.original(start, end)
                yield Hit(*place, self.card.id, "request", self.action, reading.name)


def _asked(text: str) -> Iterator[tuple[int, int]]:
    if not _MAY.search(text):
        return
    persons = [*((each.start, each.end) for each in _PERSONS.find(text)), *_first_named(text)]
    if not persons:
        return
    named = list(text)
    for start, end in persons:
        named[start:end] = _P * (end - start)
    masked = _MESSAGE.sub(lambda found: found[1] + " " * len(found[2]), "".join(named))
    for pattern in (_DOES, _ITS):
        yield from (found.span() for found in pattern.finditer(masked))
    for pattern in (_LED, _OWNED):
        for found in pattern.finditer(masked):
            start, end = _sentence(masked, *found.span())
            if _ASKS.search(masked, start, end) or _is_alone(masked, start, end, found.span()):
                yield start, end
    left = _LEFT.search(masked)
    if left and _P in masked[max(0, left.start() - _REACH) : left.start()]:
        yield max(0, left.start() - _REACH), left.end()


def _first_named(text: str) -> Iterator[tuple[int, int]]:
    """A listed first name and further capital words: a question about it makes a person of what might be a firm elsewhere."""
    known = known_words()
    for found in _CAPITALS.finditer(text):
        begun = [word.end() for word in _FIRST.finditer(found[0]) if known.get(word[0], 0) & FIRST]
        if (
            begun
            and begun[0] < len(found[0])
            and not any(known.get(word, 0) & ORGANISATION for word in found[0].split())
        ):
            yield found.span()


def _is_alone(text: str, start: int, end: int, found: tuple[int, int]) -> bool:
    """Whether little else is said in a sentence, or it breaks off after what was found: it is to be completed."""
    rest = text[start : found[0]] + text[found[1] : end]
    return len(rest.split()) < 3 or (
        _OPEN.search(text, found[1], len(text.rstrip())) is not None and end >= len(text.rstrip())
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends around a place."""
    begins = [found.end() for found in _ENDS.finditer(text, 0, start)]
    ended = _ENDS.search(text, end)
    return (begins[-1] if begins else 0), (ended.end() if ended else len(text))


_ENDS: Final = re.compile(r"(?:(?<!\bM)(?<!\bMr)(?<!\bDr)(?<!\bMrs)(?<!\bMs)[.!]|\?)+(?=\s|$)|\n")
_MAY: Final = re.compile(
    rf"{_DATA}\b|\b(?:n[ée]e?|o[ùu]|where|combien|quels?|quelle|how|joindre|contacter|souffre|s[ée]ropositi\w*|hiv|enceinte|syndiqu\w*|vot\w*|"
    r"born|lives?|habite|vit|who|which|what|is|est)\b",
    re.IGNORECASE,
)
_CAPITAL: Final = r"[A-ZÀ-Þ](?:[\w-]|['’](?!s\b)(?=\w))+"
_CAPITALS: Final = re.compile(
    rf"\b{_CAPITAL}(?: (?:d[eu] (?:la )?|d['’]|le |la |van |von |al |el )?{_CAPITAL}){{1,3}}"
)
_FIRST: Final = re.compile(r"[\w-]+")
_PERSONS: Final = Finder.of({Category.PERSON})
