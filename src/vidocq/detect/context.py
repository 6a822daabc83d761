"""What is said around a number: many are told apart by nothing else."""

import re

from vidocq.detect.normalised import Normalised

BEGINS = r"(?<![^\W_])(?![\s\d.,:;/\-])"
REACH = 48  # characters before a find in which a word speaks of it
SENTENCE = re.compile(r"\n|(?<=[^\W\d_]{3})[.!?] (?=[A-Z][a-zé])")
"""Between two lines or two sentences."""
CLOSE_BY = 24  # characters before a find in which a word says that it is something else


def words(*stems: str) -> re.Pattern[str]:
    """Finds any of these, whatever the case, where a word begins. Stems are patterns; end them with `\\b` for whole words."""
    return re.compile(rf"{BEGINS}(?:{'|'.join(stems)})", re.IGNORECASE)


def said_before(text: Normalised, start: int, pattern: re.Pattern[str], *, reach: int = REACH) -> bool:
    """True if the pattern matches in the `reach` characters before `start`."""
    return pattern.search(text.text, max(0, start - reach), start) is not None


def said_after(text: Normalised, end: int, pattern: re.Pattern[str], *, reach: int = 16) -> bool:
    """True if the pattern matches in the `reach` characters from `end`."""
    return pattern.search(text.text, end, end + reach) is not None


def last_said(text: Normalised, start: int, pattern: re.Pattern[str], *, reach: int = REACH) -> int:
    """Where the nearest match before `start` begins; -1 if none is within `reach`."""
    return max((match.start() for match in pattern.finditer(text.text, max(0, start - reach), start)), default=-1)


def speaks_for(
    text: Normalised, start: int, own: re.Pattern[str], other: re.Pattern[str], *, reach: int = REACH
) -> int:
    """Which of two vocabularies stands nearest before `start`: 1 for `own`, -1 for `other`, 0 if neither is in reach.

    `other` is heard in the same sentence and close by only: what it names comes right after it.
    """
    line = max((end.start() for end in SENTENCE.finditer(text.text, max(0, start - CLOSE_BY), start)), default=-1)
    mine = last_said(text, start, own, reach=reach)
    theirs = last_said(text, start, other, reach=CLOSE_BY if line < 0 else start - line - 1)
    return 0 if mine == theirs else 1 if mine > theirs else -1


THINGS = (
    "commande",
    r"objet\b",
    r"subject\b",
    "re ?:",
    r"factures?\b",
    r"(?:(?<!au )dossiers?\b|dossiers?(?= ?n[°o]))",
    "devis",
    "contrat",
    "colis",
    r"suivi\b",
    r"r[ée]f(?:[ée]rences?)?\b",
    "ticket",
    r"lots?\b",
    "s[ée]rie",
    "article",
    "produit",
    "transaction",
    "isbn",
    "issn",
    r"ean\b",
    "gtin",
    "imei",
    "(?:n[°o]|num[ée]ro|code) ?(?:de |d')?(?:client|adh[ée]rent|police|abonn[ée])",
    "police n",
    "bordereau",
    "code[- ]barres?",
    "barcode",
    r"orders?\b",
    "invoice",
    "tracking",
    r"case\b",
    "part (?:no|number)",
    r"sku\b",
    "serial",
    "version",
    r"build\b",
    "commit",
    "timestamp",
    "horodatage",
    r"r\.?g\.? ?n",
    "pourvoi",
)
"""Words after which a number identifies a thing, not a person."""

OTHER_NUMBERS = words(*THINGS, "siren", "siret")
NUMBERED = re.compile(
    rf"{BEGINS}(?:(?:{'|'.join(THINGS)})[ :]{{0,3}}(?:n[°o]\.?|num[ée]ro|#|number)|r[ée]f(?:[ée]rences?)?\.?)[ :]{{0,3}}$",
    re.IGNORECASE,
)
"""Such a word with its “no.” right before: no form of the number outweighs it."""

OF_SOMETHING = re.compile(r"(?:n[°º]\.?|num[ée]ro) ?:? ?(?:[0-9][A-Z] )?$", re.IGNORECASE)
"""“No.” right before, of a thing that no word known here names; a registered letter has a code between (`n° 1A`)."""
