"""What announces a name otherwise than by the word before it: the label of a field, a key, a list of persons."""

import re
from typing import Final

from vidocq.detect.names.runs import UPPER

LABELS: Final = frozenset(
    [
        "titulaire",
        "passager",
        "passagère",
        "adhérent",
        "adhérente",
        "élève",
        "étudiant",
        "étudiante",
        "participant",
        "participants",
        "souscripteur",
        "emprunteur",
        "demandeur",
        "déclarant",
        "conducteur",
        "conductrice",
        "propriétaire",
        "gestionnaire",
        "conseiller",
        "conseillère",
        "interlocutrice",
        "rédacteur",
        "rédactrice",
        "formateur",
        "formatrice",
        "stagiaire",
        "tuteur",
        "tutrice",
        "père",
        "mère",
        "enfant",
        "conjoint",
        "conjointe",
        "praticien",
        "défunt",
        "signataire",
        "mandataire",
        "passenger",
        "insured",
        "driver",
        "holder",
        "cardholder",
        "beneficiary",
        "payee",
        "applicant",
        "nominee",
        "claimant",
        "plaintiff",
        "defendant",
        "student",
        "teacher",
        "manager",
        "agent",
        "supervisor",
        "spouse",
        "guardian",
        "resident",
        "member",
        "owner",
        "borrower",
        "attendees",
        "prescriber",
        "adjuster",
        "executor",
        "nom",
        "prénom",
        "prénoms",
        "noms",
        "client",
        "cliente",
        "contact",
        "salarié",
        "salariée",
        "locataire",
        "bailleur",
        "preneur",
        "signé",
        "signature",
        "gérant",
        "assuré",
        "patient",
        "bénéficiaire",
        "destinataire",
        "expéditeur",
        "interlocuteur",
        "représentant",
        "présents",
        "présent",
        "absents",
        "excusés",
        "excusé",
        "excusée",
        "auteur",
        "témoin",
        "employé",
        "employée",
        "vendeur",
        "acheteur",
        "acquéreur",
        "responsable",
        "name",
        "names",
        "n0m",
        "pren0m",
        "surname",
        "firstname",
        "lastname",
        "client",
        "customer",
        "patient",
        "employee",
        "tenant",
        "landlord",
        "signed",
        "author",
        "attn",
        "attention",
        "recipient",
        "sender",
        "from",
        "to",
        "de",
        "à",
        "cc",
        "copie",
        "witness",
    ]
)
KINDS_OF_NAME: Final = frozenset(["usage", "naissance", "famille", "épouse", "marital", "usuel", "complet"])
_LABEL: Final = (
    r"(?:noms?|pr[ée]noms?|nom (?:d['’]usage|d['’][ée]pouse|de naissance|de famille|de jeune fille|marital|usuel|complet)"
    r"|nom et pr[ée]noms?|(?:first|last|family|given|full|sur)[ _]?names?|name|signatures?|signé)"
)
_UNDER: Final = re.compile(rf"(?<![^\n]){_LABEL} ?:? ?\n\Z", re.IGNORECASE)
_KEYED: Final = re.compile(
    r"[\"'](?:[a-z]{1,16}_)?(?:nom|pr[ée]nom|nom_?(?:usage|naissance|famille)|(?:first|last|family|given|full|sur)_?name)[\"'] ?: ?[\"']\Z",
    re.IGNORECASE,
)
_PAIRED: Final = re.compile(
    rf"\b(?:MM\.|Mmes|Mlles|Messieurs|Mesdames|Messrs\.?) (?:[{UPPER}][\w'’.-]{{0,24}},? ){{1,5}}(?:et|and) \Z"
)
_NOBLE: Final = re.compile(
    r"\b(?:comte|comtesse|duc|duchesse|baron|baronne|marquis|marquise|vicomte|vicomtesse) (?:de |d['’])\Z"
)


def announced(text: str, start: int) -> float:
    """Log-odds that something other than the word just before announces a name at `start`; 0 if nothing does.

    A label on the line above, a key of JSON, `MM. Petit et …`, `la comtesse de …`.
    """
    sign = text[start - 1 : start]
    if sign == "\n":
        found = _UNDER.search(text, max(0, start - 40), start)
    elif sign in {'"', "'", "’"}:
        found = _KEYED.search(text, max(0, start - 48), start) or _NOBLE.search(text, max(0, start - 20), start)
    elif text[start - 4 : start] in {" et ", "and "}:
        found = _PAIRED.search(text, max(0, start - 80), start)
    elif text[start - 4 : start] == " de ":
        found = _NOBLE.search(text, max(0, start - 20), start)
    else:
        return 0.0
    return 0.0 if found is None else 3.4 if found.re is _NOBLE else 5.0


def is_label(left: list[str]) -> bool:
    """Do these words, at the end of which a colon stands, name a field that holds a name?"""
    word = left[-1].rstrip(":") or (left[-2] if len(left) > 1 else "")
    if word.rpartition("'")[2] in KINDS_OF_NAME and not {"nom", "noms"}.isdisjoint(left[-4:]):
        return True
    return word in LABELS
