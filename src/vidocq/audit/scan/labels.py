"""What a column is called, in the words that detectors know: `DT_NAISS` announces a date of birth as `date de naissance` does."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

SPOKEN: Final = {
    "date de naissance": (
        "date de naissance|date naissance|date naiss|dt naissance|dt naiss|d naissance|naissance|ne le|nee le|ddn|dob|"
        "date of birth|birth date|birthdate|birthday|birth day|datenaissance|datenaiss"
    ),
    "nom": (
        "nom|noms|nom famille|nom de famille|nom naissance|nom de naissance|nom usage|nom d usage|nom patronymique|"
        "nom marital|nom jeune fille|nom de jeune fille|nom client|nom patient|nom salarie|nom contact|nom beneficiaire|"
        "nom titulaire|nom complet|nom prenom|nom prenoms|nom et prenom|prenom nom|last name|lastname|surname|"
        "family name|full name|fullname"
    ),
    "prénom": "prenom|prenoms|first name|firstname|given name|forename|prenom usuel|prenom client|prenom patient",
    "téléphone": (
        "telephone|tel|tel fixe|tel mobile|tel portable|tel domicile|tel pro|telephone fixe|telephone mobile|"
        "telephone portable|portable|mobile|num tel|numero telephone|numero de telephone|no tel|phone|phone number|"
        "mobile phone|cell phone|fax"
    ),
    "iban": "iban|code iban|num iban|numero iban|compte iban",
    "sécurité sociale": (
        "nir|num secu|numero secu|secu|no secu|nss|num ss|numero ss|numero de securite sociale|numero securite sociale|"
        "securite sociale"
    ),
    "siren": "siren|num siren|numero siren|code siren",
    "siret": "siret|num siret|numero siret|code siret",
    "adresse": "adresse|adresse postale|adr|adresse 1|adresse1|address|street address",
}
"""By words that announce a value, in small letters so that they are no name themselves: names of columns without accents, capitals or signs."""
NAMES: Final = frozenset({"nom", "prénom"})
_KNOWN: Final = {name: words for words, names in SPOKEN.items() for name in names.split("|")}
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS: Final = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=10_000)
def spoken(label: str) -> str:
    """The words for a name of a column; the name itself where it is not known."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", label)).lower()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _KNOWN.get(_SIGNS.sub(" ", bare).strip(), label)


def capitalised(text: str, words: str) -> str:
    """Of the same length: what stands in a column of names, with the capitals that names have in sentences."""
    if words not in NAMES or len(text) > 80 or text != text.lower():
        return text
    titled = text.title()
    return titled if len(titled) == len(text) else text
