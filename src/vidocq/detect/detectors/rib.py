"""French bank account numbers in their national form (RIB)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

GAP = r"[ .\-/|]{0,3}"
LABEL = r"[^0-9\r]{0,24}?"
TOGETHER = re.compile(
    rf"(?<!\w)(?P<bank>[0-9]{{5}}){GAP}(?P<branch>[0-9]{{5}}){GAP}(?P<account>[0-9A-Z]{{11}}|[0-9A-Z]{{4}} [0-9A-Z]{{4}} "
    rf"[0-9A-Z]{{3}}){GAP}(?P<key>[0-9]{{2}})(?!\w)"
)
LABELLED = re.compile(
    rf"(?i:banque|[ée]tablissement){LABEL}(?P<bank>(?<!\w)[0-9]{{5}}(?!\w)){LABEL}(?i:guichet|agence){LABEL}"
    rf"(?P<branch>(?<!\w)[0-9]{{5}}(?!\w)){LABEL}(?i:compte){LABEL}(?P<account>(?<!\w)[0-9A-Z]{{11}}(?!\w)){LABEL}"
    rf"(?i:cl[ée]){LABEL}(?P<key>(?<!\w)[0-9]{{2}}(?!\w))"
)
LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


@dataclass(frozen=True, kw_only=True)
class Rib:
    """Bank 5, branch 5, account 11, key 2: in a row, in groups, or each after its label."""

    card: ClassVar = DetectorCard(
        id="rib",
        category=Category.RIB,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Relevé d'identité bancaire (RIB)", en="French bank account (RIB)"),
        source="Norme CFONB du relevé d'identité bancaire",
        limits=Text(
            fr="Dans un tableau dont les libellés sont loin des nombres, n'est pas reconnu.",
            en="Not recognised in a table whose labels stand far from the numbers.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[0-9]{5}[ .\-/|]{0,3}[0-9]{5}[ .\-/|]{0,3}[0-9A-Z]{4}|[Gg](?:UICHET|uichet)|[Aa]gence|AGENCE"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(TOGETHER):
            if key_holds(match["bank"], match["branch"], match["account"].replace(" ", ""), match["key"]):
                yield self.card.at(text, *match.span(), score=0.97)
        for match in text.finditer(LABELLED):
            if key_holds(match["bank"], match["branch"], match["account"], match["key"]):
                yield self.card.at(text, match.start("bank"), match.end("key"), score=0.99)


def key_holds(bank: str, branch: str, account: str, key: str) -> bool:
    """True if 89 bank + 15 branch + 3 account + key is a multiple of 97; letters count 1 to 9, S beginning at 2."""
    number = int(account.translate(LETTERS))
    return int(bank + branch + account.translate(LETTERS)) > 0 and (
        (89 * int(bank) + 15 * int(branch) + 3 * number + int(key)) % 97 == 0
    )
