"""Where personal data stand in a text: place and kind, never the value."""

from enum import StrEnum
from typing import NamedTuple


class Category(StrEnum):
    """Kinds of personal data that detectors tell apart; the words of `spans.jsonl`."""

    __hash__ = (
        str.__hash__
    )  # that of an enumeration is a call of Python, and this is asked several times for every find

    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    NIR = "nir"
    NIF = "nif"
    IBAN = "iban"
    RIB = "rib"
    CARD = "card"
    SIREN = "siren"
    SIRET = "siret"
    VAT = "vat"
    RPPS = "rpps"
    PLATE = "plate"
    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    IP = "ip"
    MAC = "mac"
    GPS = "gps"
    HANDLE = "handle"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    LOCATION = "location"
    ORGANISATION = "organisation"
    SPECIAL_CATEGORY = "special_category"
    OFFENCE = "offence"


class Span(NamedTuple):
    """One find. `start` and `end` count code points of the text as given, before any normalisation; end is excluded.

    detector  id of what found it.   score  in (0, 1], how sure it is; comparable within one detector only.
    """

    start: int
    end: int
    category: Category
    detector: str
    score: float
