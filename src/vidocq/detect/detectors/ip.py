"""Internet addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
FOUR = re.compile(rf"(?<![\w.\-])(?:{OCTET}\.){{3}}{OCTET}(?![\w\-])(?!\.\w)")
SIX = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{3,39}(?:(?<=:)(?:[0-9]{1,3}\.){3}[0-9]{1,3})?(?![\w:])(?!\.[0-9])")
NOT_ONE = words(
    "version",
    "v\\b",
    "ver\\.",
    "release",
    "section",
    "article",
    "art\\.",
    "chapitre",
    "chapter",
    "paragraphe",
    "§",
    "alin[ée]a",
    "annexe",
    "point",
    "figure",
    "tableau",
    "firmware",
    "build",
    "driver",
    "oid\\b",
    "masque",
    "netmask",
    "mask\\b",
    "mise? [àa] jour",
    "chrome/?",
    "firefox/?",
)
ONE = words(
    "ip\\b",
    "ipv4",
    "ipv6",
    "adresse",
    "address",
    "h[ôo]te",
    "host",
    "server",
    "serveur",
    "ping",
    "from",
    "depuis",
    "client",
)
NOBODY = ("0.", "127.", "255.")


@dataclass(frozen=True, kw_only=True)
class Ip:
    """IPv4 and IPv6, private ones too; not masks, loops, versions or headings."""

    card: ClassVar = DetectorCard(
        id="ip",
        category=Category.IP,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Adresse IP", en="IP address"),
        source="RFC 791, RFC 4291",
        limits=Text(
            fr="Quatre nombres à un chiffre (« 1.2.3.4 ») ne sont pris pour une adresse que si le texte le dit.",
            en="Four one-digit numbers (“1.2.3.4”) are taken for an address only where the text says so.",
        ),
    )
    anchor: ClassVar[str | None] = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(FOUR):
            start, end = match.span()
            if match[0].startswith(NOBODY) or said_before(text, start, NOT_ONE, reach=16):
                continue
            if len(match[0]) > 8 or said_before(text, start, ONE, reach=24):
                yield self.card.at(text, start, end, score=0.9)
        for match in text.finditer(SIX):
            start, end = match.span()
            if _is_six(match[0]):
                yield self.card.at(text, start, end, score=0.9)


def _is_six(written: str) -> bool:
    """At least three groups and four digits: what is shorter is also code (`a::b`) or an hour."""
    groups = [group for group in written.split(":") if group]
    if len(groups) < 3 or sum(map(len, groups)) < 4:
        return False
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return True
