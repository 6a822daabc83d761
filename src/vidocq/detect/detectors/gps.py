"""Places given by their coordinates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

DECIMAL = re.compile(
    r"(?<![\w.,+\-])(?P<lat>[+\-]?[0-9]{1,2}\.[0-9]{4,12})(?: ?, ?|; ?| ?/ ?| )(?P<lon>[+\-]?[0-9]{1,3}\.[0-9]{4,12})(?!\w)(?!\.[0-9])"
    r"|(?<![\w.,+\-])(?P<lat2>[+\-]?[0-9]{1,2},[0-9]{4,12}) ?[;/] ?(?P<lon2>[+\-]?[0-9]{1,3},[0-9]{4,12})(?!\w)(?!,[0-9])"
)
NAMED = re.compile(
    r"(?<!\w)(?i:lat(?:itude)?)[\"']? ?[:=]? ?(?P<lat>[+\-]?[0-9]{1,2}[.,][0-9]{3,12})(?P<between>[^0-9+\-]{1,12}(?i:lon|lng|long)"
    r"(?i:gitude)?[\"']? ?[:=]? ?)(?P<lon>[+\-]?[0-9]{1,3}[.,][0-9]{3,12})(?![\w])"
)
PART = r"[0-9]{1,3}(?:[.,][0-9]{1,10})? ?°(?: ?[0-9]{1,2}(?:[.,][0-9]{1,8})? ?['′’](?: ?[0-9]{1,2}(?:[.,][0-9]{1,6})? ?(?:[\"″”]|''))?)?"
COMPASS = re.compile(
    rf"(?<![\w.,])(?P<lat>{PART}) ?(?P<ns>[NS])(?:ord|orth|ud|outh)?[ ,;/]{{1,3}}(?P<lon>{PART}) ?(?P<ew>[EWO])"
)

SIGN_BETWEEN = re.compile(r"[0-9] ?[,;] ?[+\-]?[0-9]{1,3}[.,][0-9]{4}")
DECIMALS = re.compile(r"[.,][0-9]{4}|[0-9]['′’] ?[0-9]{1,2}[.,][0-9]")
LOCATING = words(
    "gps\\b",
    "lat(?:itude)?\\b",
    "coordonn[ée]e",
    "position",
    "g[ée]olocali",
    "localis",
    "domicile",
    "coordinates",
    "located at",
    "relev[ée]",
)


@dataclass(frozen=True, kw_only=True)
class Gps:
    """Latitude, then longitude: precise to some metres, or with their points of the compass."""

    card: ClassVar = DetectorCard(
        id="gps",
        category=Category.GPS,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Coordonnées géographiques", en="Geographic coordinates"),
        source="ISO 6709",
        limits=Text(
            fr="Un couple de nombres à quatre décimales ou plus, dont la latitude dépasse dix degrés, est pris pour un lieu ; "
            "plus près de l'équateur, il faut que le texte le dise. Degrés, minutes "
            "et secondes entières ne sont relevés qu'annoncés (« GPS », « position »).",
            en="Any pair of numbers with four decimals or more, of a latitude above ten degrees, is taken for a place; nearer "
            "the equator the text has to say so. Degrees, minutes and whole "
            "seconds are found only where announced (“GPS”, “position”).",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[0-9][.,][0-9]{4,12}[ ,;/]{1,3}[+\-]?[0-9]|[0-9] ?° ?(?:[0-9]|[NSEWO][ ,;/.)])"
        r"|[Ll](?:at|AT)[^0-9]{0,12}[0-9]{1,2}[.,][0-9]{3}"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(DECIMAL):
            north, east = (match["lat"], match["lon"]) if match["lat"] else (match["lat2"], match["lon2"])
            spoken = said_before(text, match.start(), LOCATING)
            if _in_range(north, east) and (spoken or _stands_alone(text, match, north)):
                yield self.card.at(text, *match.span(), score=0.9 if spoken else 0.7)
        for match in text.finditer(NAMED):
            if _in_range(match["lat"], match["lon"]):
                yield self.card.at(text, match.start("lat"), match.end("lon"), score=0.95)
        for match in text.finditer(COMPASS):
            precise = DECIMALS.search(match[0]) is not None
            if (precise or said_before(text, match.start(), LOCATING)) and _in_range(
                *(re.split("[^0-9.,]", match[side])[0] for side in ("lat", "lon"))
            ):
                yield self.card.at(text, *match.span(), score=0.9)


def _stands_alone(text: Normalised, match: re.Match[str], north: str) -> bool:
    """Neither two numbers of a longer list, nor a pair of shares, nor two columns of a table."""
    before, after = text.text[max(0, match.start() - 3) : match.start()], text.text[match.end() : match.end() + 3]
    in_a_list = any(c.isdigit() for c in before + after)
    return (
        len(re.split("[.,]", north.lstrip("+-"))[0]) == 2
        and not in_a_list
        and SIGN_BETWEEN.search(match[0]) is not None
    )


def _in_range(north: str, east: str) -> bool:
    return abs(float(north.replace(",", "."))) <= 90 and abs(float(east.replace(",", "."))) <= 180
