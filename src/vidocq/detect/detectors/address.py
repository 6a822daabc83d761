"""Postal addresses: number and way, postcode and commune, over several lines; French first, English forms too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.names.runs import UPPER
from vidocq.detect.names.words import listed
from vidocq.detect.normalised import Normalised

REACH: Final = 110  # code points between the way and the postcode
WAYS: Final = (
    r"(?:rue|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|blvd\.?|place|pl\.?|all[ée]es?|chemin|ch\.|che?m\.?|impasse|imp\.?|quai|cours|route|rte\.?|"
    r"square|sq\.?|passage|ruelle|sentier|sente|venelle|villa|cit[ée]|hameau|lotissement|lot\.|r[ée]sidence|r[ée]s\.|esplanade|promenade|rond-point|faubourg|"
    r"f(?:au)?bg\.?|mont[ée]e|mail|voie|traverse|parvis|porte|clos|cour|galerie|lieu[ -]dit|zone|z\.?[ia]\.?|zac)"
)
SMALL: Final = r"(?:de|du|des|la|le|les|et|sur|sous|en|aux?|à|lès|les|van|von|of|the|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
CAPITAL: Final = (  # a full stop only inside, or after what is often cut short: the next sentence is no part of a street
    rf"(?:[dDlL]['’])?(?:(?:[{UPPER}]|Ste?|Gal|Gén|Dr|Pr|Mal|Col|Cdt|Cap|Pdt)\.(?= )|[{UPPER}](?:[\w'’-]|\.(?=\w))*)"
)
FRENCH: Final = re.compile(
    rf"[0-9](?<![\w/].)(?<!\d[.,].)(?<!\d h .)\d{{0,3}}(?: ?(?:bis|ter|quater|[A-Da-d])\b)?(?: ?[-/] ?\d{{1,4}})?,? {{0,2}}\n?(?:de la |de l['’]|du )?(?i:{WAYS}) "
    rf"(?:(?:{SMALL} |[dl]['’]|\d{{1,4}} ){{0,3}}{CAPITAL}(?: (?:(?:{SMALL} |[dl]['’]){{0,2}}{CAPITAL}|\d{{4}}\b)){{0,5}}|[^\W\d_][^\n,;:()\d]{{1,40}}(?=[ ,\n-]{{1,3}}\d{{5}}\b))"
)
SHORT_WAY: Final = re.compile(  # `r.` says a street only if a postcode follows
    rf"[0-9](?<![\w/].)(?<!\d[.,].)\d{{0,3}}(?: ?(?:bis|ter|quater|[A-Da-d])\b)?,? r\. ?(?=[\w'’])[^\n,;:()\d]{{3,50}}(?=[ ,\n-]{{1,3}}\d{{5}} [{UPPER}])"
)
GREAT_WAY: Final = re.compile(  # the way after its adjective
    r"[0-9](?<![\w/].)(?<!\d[.,].)\d{0,3}(?: ?(?:bis|ter|quater|[A-Da-d])\b)?,? {0,2}(?:Grande|Petite|Vieille|Haute|Basse)[ -](?:Rue|rue|Place|place)\b"
)
NAMED: Final = re.compile(  # what may stand before a postcode without a number: lieu-dit, hamlet, zone, box
    rf"(?<!\w)(?:(?i:lieu[ -]dit|hameau|r[ée]sidence|zone (?:industrielle|artisanale|commerciale|d['’]activit[ée]s?)|Z\.?I\.?|Z\.?A\.?C?\.?|domaine|ferme|château|"
    rf"route|rue|avenue|place|chemin) [^\n,;\d]{{2,50}}|(?:Les?|La|L['’]) ?{CAPITAL}(?: {CAPITAL}){{0,2}}|"
    rf"(?:BP|CS|TSA|B\.P\.|[Bb]o[îi]te [Pp]ostale) ?(?:n° ?)?\d{{1,6}}(?: \d{{2,3}})?)[ ,\n-]{{1,4}}\Z"
)
LETTERS: Final = rf"[{UPPER}][\w'’-]*"
TOWN: Final = re.compile(
    rf"[0-9](?<![\d,.].)(?:(?<=0)[1-9]|(?<=[1-8])\d|(?<=9)[0-578])\d{{3}} {{1,2}}(?:{LETTERS}(?: (?:(?:{SMALL} |[dl]['’]){{0,2}}{LETTERS}|\d{{1,2}}(?=[ ,.;\n]|\Z))){{0,4}}|[^\W\d_]{{3,40}}(?:-[^\W\d_]{{1,40}}){{0,4}})"
)
CEDEX: Final = re.compile(r" (?:CEDEX|Cedex|cedex)(?: \d{1,2}\b)?")
SENTENCE: Final = re.compile(r"(?<![Bb]ât)(?<![Aa]pt)(?<!ppt)(?<![Ee]sc)(?<![Rr]és)\. ")
BOX: Final = re.compile(r"[ ,\n-]{1,4}(?:BP|CS|TSA) ?\d{1,6}(?: \d{2,3})?\b")
STREETS: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Close|Crescent|"
    r"Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Row|Mews|Hill|Green|Walk|Circle|Trail|Approach|Rise|Parade|Wharf|Quay|Alley|Pike|Embankment|"
    r"Broadway|Turnpike|Terr|Cres)"
)
ENGLISH: Final = re.compile(
    rf"[0-9](?<![\w/.,].)(?:\d{{0,4}}[A-Z]?(?: \d{{1,5}})?,? (?:[NSEW]\.? )?(?:(?:[{UPPER}][\w'’.-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{STREETS}\b\.?"
    rf"|\d{{0,4}}(?: \d{{1,5}})? [{UPPER}]?\w{{2,24}}(?:stra(?:ss|ß)e|straat|gasse|weg|laan|plein|gatan|vägen|gade|gata)\b(?: \d{{1,4}})?)"
)
UNIT: Final = re.compile(r"[,\n ]{1,3}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|#)\.? ?\w{1,6}\b")
CITY: Final = re.compile(
    rf"[,\n]{{1,2}} {{0,4}}[{UPPER}][^\W\d]*+(?!\d)(?:[ '-][{UPPER}][^\W\d]*+(?!\d)){{0,2}}(?:,? [A-Z]{{2}}\b(?= \d))?"
)
PLAIN_TOWN: Final = re.compile(rf"(?:, à|,|\n|,\n| à| -)? {{0,2}}({LETTERS})")
POSTCODE: Final = re.compile(r"[, \n]{1,3}(?:[A-Z]{2} )?(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")


@dataclass(frozen=True, kw_only=True)
class Address:
    """A number and a way are an address; a postcode and a commune, or a unit and a city, complete it."""

    card: ClassVar = DetectorCard(
        id="address",
        category=Category.ADDRESS,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Adresses postales", en="Postal addresses"),
        source="AFNOR NF Z10-011 (order of an address); USPS Publication 28",
        limits=Text(
            fr="Manque un lieu-dit sans code postal et la plupart des formes d'autres pays ; ne distingue pas le domicile "
            "d'une personne du siège d'une entreprise.",
            en="Misses a hamlet without postcode and most forms of other countries; cannot tell a person's home from a "
            "company's seat.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[0-9] ?(bis|ter|quater|[A-Da-d])?(,? r\. ?[^ ]|,? {0,2}(Grande|Petite|Vieille|Haute|Basse)[ -][Rr]ue|,? {0,2}(Grande|Petite|Vieille|Haute|Basse)[ -][Pp]lace)|"
        rf"[0-9] ?(bis|ter|quater|[A-Da-d])?,? {{0,2}}\n?(de la |de l['’]|du )?(?i:{WAYS}) |"
        r"[0-9]{5} {1,2}[^0-9 ,.]|"
        rf"[0-9] ([A-Z0-9][^ \n]{{0,15}} ){{1,3}}{STREETS}([^0-9A-Za-z_]|$)|"
        r"[0-9] [^ \n]{2,25}(stra(ss|ß)e|straat|gasse|weg|laan|plein|gatan|vägen|gade|gata)([^0-9A-Za-z_]|$)"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        taken = -1
        streets = (street for form in (FRENCH, SHORT_WAY, GREAT_WAY) for street in text.finditer(form))
        for street in sorted(streets, key=lambda street: street.start()):
            if street.start() >= taken:
                taken = _with_town(text.text, street.end())
                yield self.card.at(text, street.start(), taken, score=0.95 if taken > street.end() else 0.8)
        for town in text.finditer(TOWN):
            begin = max(0, town.start() - 64)
            named = NAMED.search(text.text[begin : town.start()])
            if named is not None:
                end = _with_cedex(text.text, town.end())
                yield self.card.at(text, begin + named.start(), end, score=0.75)
        for street in text.finditer(ENGLISH):
            end = _with_city(text.text, street.end())
            yield self.card.at(text, street.start(), end, score=0.9 if end > street.end() else 0.7)


def _with_town(text: str, end: int) -> int:
    """End of the address whose way ends at `end`: that of the commune, if a postcode follows within reach, or its name."""
    box = BOX.match(text, end)
    if box:
        end = box.end()
    town = TOWN.search(text, end, min(len(text), end + REACH + 60))
    if town is None or town.start() - end > REACH:
        plain = PLAIN_TOWN.match(text, end)
        return plain.end() if plain and plain[1] in listed("places") else end
    between = text[end : town.start()]
    if between.count("\n") > 3 or between.count(",") > 3 or SENTENCE.search(between) or ";" in between:
        return end
    return _with_cedex(text, town.end())


def _with_cedex(text: str, end: int) -> int:
    cedex = CEDEX.match(text, end)
    return cedex.end() if cedex else end


def _with_city(text: str, end: int) -> int:
    """End of the address whose street ends at `end`: unit, city, postcode, as far as they follow."""
    for part in (UNIT, CITY, POSTCODE):
        found = part.match(text, end)
        if found:
            end = found.end()
    return end
