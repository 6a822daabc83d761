"""What stands in the place of a find."""

from vidocq.core.guarding import Action, Hit
from vidocq.core.spans import Category
from vidocq.core.text import Lang, Text

_NAMES = {
    Category.PERSON: Text("nom", "name"),
    Category.EMAIL: Text("adresse électronique", "e-mail address"),
    Category.PHONE: Text("téléphone", "telephone"),
    Category.ADDRESS: Text("adresse", "address"),
    Category.BIRTH_DATE: Text("date de naissance", "birth date"),
    Category.NIR: Text("numéro de sécurité sociale", "social security number"),
    Category.NIF: Text("numéro fiscal", "tax number"),
    Category.IBAN: Text("IBAN", "IBAN"),
    Category.RIB: Text("RIB", "bank account"),
    Category.CARD: Text("carte bancaire", "bank card"),
    Category.SIREN: Text("SIREN", "SIREN"),
    Category.SIRET: Text("SIRET", "SIRET"),
    Category.VAT: Text("numéro de TVA", "VAT number"),
    Category.RPPS: Text("RPPS", "RPPS"),
    Category.PLATE: Text("immatriculation", "number plate"),
    Category.PASSPORT: Text("passeport", "passport"),
    Category.IDENTITY_CARD: Text("carte d'identité", "identity card"),
    Category.IP: Text("adresse IP", "IP address"),
    Category.MAC: Text("adresse MAC", "MAC address"),
    Category.GPS: Text("position", "position"),
    Category.HANDLE: Text("pseudonyme", "handle"),
    Category.SECRET: Text("secret", "secret"),
    Category.LOCATION: Text("lieu", "place"),
    Category.ORGANISATION: Text("organisation", "organisation"),
    Category.SPECIAL_CATEGORY: Text("donnée sensible", "sensitive data"),
    Category.OFFENCE: Text("infraction", "offence"),
}
_OTHER = {
    "verbatim": Text("extrait retiré", "passage removed"),
    "objected": Text("nom", "name"),
    "extracted": Text("donnée retirée", "data removed"),
}
_MADE = {
    Category.PERSON: Text("Camille Exemple", "Alex Example"),
    Category.EMAIL: Text("personne@exemple.invalid", "person@example.invalid"),
    Category.PHONE: Text("01 99 00 00 00", "01 99 00 00 00"),
    Category.ADDRESS: Text("1 rue de l'Exemple, 00000 Exempleville", "1 Example Street, 00000 Exampleville"),
    Category.BIRTH_DATE: Text("1er janvier 1900", "1 January 1900"),
    Category.IP: Text("192.0.2.1", "192.0.2.1"),
    Category.MAC: Text("00:00:5e:00:53:01", "00:00:5e:00:53:01"),
    Category.PLATE: Text("AA-000-AA", "AA-000-AA"),
}
"""Values that belong to nobody: reserved by ARCEP (01 99 00), RFC 2606 (.invalid), RFC 5737, RFC 7042, or never given out."""


def written(hit: Hit, lang: Lang) -> str:
    """A made value of the same kind where it is to be replaced and one exists, else a word between brackets."""
    if hit.kind in _MADE and hit.action == Action.REPLACE:
        return _MADE[Category(hit.kind)].to(lang)
    named = _NAMES[Category(hit.kind)] if hit.kind in _NAMES else _OTHER.get(hit.kind, _OTHER["extracted"])
    return f"[{named.to(lang)}]"
