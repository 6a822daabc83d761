"""The fixed sentences of a scan, and the names of what it looks for, in both languages."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.spans import Category
from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished

CATEGORIES: Final[Mapping[str, Text]] = {
    Category.PERSON: Text(fr="Noms de personnes", en="Names of persons"),
    Category.EMAIL: Text(fr="Adresses électroniques", en="E-mail addresses"),
    Category.PHONE: Text(fr="Numéros de téléphone", en="Telephone numbers"),
    Category.ADDRESS: Text(fr="Adresses postales", en="Postal addresses"),
    Category.BIRTH_DATE: Text(fr="Dates de naissance", en="Dates of birth"),
    Category.NIR: Text(fr="Numéros de sécurité sociale (NIR)", en="French social security numbers (NIR)"),
    Category.NIF: Text(fr="Numéros fiscaux (NIF)", en="French tax numbers (NIF)"),
    Category.IBAN: Text(fr="IBAN", en="IBANs"),
    Category.RIB: Text(fr="Relevés d'identité bancaire (RIB)", en="French bank account numbers (RIB)"),
    Category.CARD: Text(fr="Numéros de carte bancaire", en="Payment card numbers"),
    Category.SIREN: Text(fr="Numéros SIREN", en="SIREN numbers"),
    Category.SIRET: Text(fr="Numéros SIRET", en="SIRET numbers"),
    Category.VAT: Text(fr="Numéros de TVA", en="VAT numbers"),
    Category.RPPS: Text(fr="Numéros RPPS de soignants", en="French health professional numbers (RPPS)"),
    Category.PLATE: Text(fr="Plaques d'immatriculation", en="Number plates"),
    Category.PASSPORT: Text(fr="Numéros de passeport", en="Passport numbers"),
    Category.IDENTITY_CARD: Text(fr="Numéros de carte d'identité", en="Identity card numbers"),
    Category.IP: Text(fr="Adresses IP", en="IP addresses"),
    Category.MAC: Text(fr="Adresses MAC", en="MAC addresses"),
    Category.GPS: Text(fr="Coordonnées géographiques", en="Geographic coordinates"),
    Category.HANDLE: Text(fr="Pseudonymes de réseaux sociaux", en="Handles on social networks"),
    Category.SECRET: Text(fr="Mots de passe et clés", en="Passwords and keys"),
    Category.LOCATION: Text(fr="Lieux", en="Places"),
    Category.ORGANISATION: Text(fr="Organisations", en="Organisations"),
    Category.SPECIAL_CATEGORY: Text(
        fr="Données sensibles (art. 9 du RGPD)", en="Special categories (art. 9 of the GDPR)"
    ),
    Category.OFFENCE: Text(fr="Données d'infraction (art. 10 du RGPD)", en="Offence data (art. 10 of the GDPR)"),
}

SCAN: Final[Mapping[str, Text]] = {
    "title": Text(fr="Données personnelles dans des fichiers", en="Personal data in files"),
    "skip": Text(fr="Aller au contenu", en="Skip to the content"),
    "contents": Text(fr="Sommaire", en="Contents"),
    "found": Text(fr="Ce qui a été trouvé", en="What was found"),
    "kinds": Text(fr="Catégorie par catégorie", en="Kind by kind"),
    "places": Text(fr="Où", en="Where"),
    "recurring": Text(fr="Les mêmes personnes dans plusieurs documents", en="The same persons in several documents"),
    "gaps": Text(fr="Ce qui n'a pas été lu", en="What was not read"),
    "precision": Text(fr="Ce que valent les détecteurs", en="How far the detectors can be trusted"),
    "limits": Text(fr="Méthode et limites", en="Method and limits"),
    "finished": Text(fr="Terminé le", en="Finished"),
    "files": Text(fr="Fichiers", en="Files"),
    "bytes": Text(fr="Octets", en="Bytes"),
    "documents": Text(fr="Documents", en="Documents"),
    # the three lines
    "asked": Text(
        fr="Question : y a-t-il des données personnelles dans ce qui a été lu (fichiers : {files} ; documents : {documents} ; "
        "caractères : {characters}) ?",
        en="Asked: is there personal data in what was read (files: {files}; documents: {documents}; characters: "
        "{characters})?",
    ),
    "some": Text(
        fr="Occurrences de données personnelles trouvées : {count} (fichiers concernés : {with_any}), surtout : {most}. Les "
        "détecteurs se trompent parfois, dans les deux sens : voir leurs taux mesurés.",
        en="Places of personal data found: {count} (files concerned: {with_any}), mostly: {most}. Detectors are sometimes "
        "wrong, both ways: see their measured rates.",
    ),
    "none": Text(
        fr="Rien n'a été trouvé des catégories cherchées. Cela ne prouve pas qu'il n'y a rien : voir ce que les "
        "détecteurs manquent et ce qui n'a pas été lu.",
        en="Nothing of the kinds searched for was found. That is no proof that there is nothing: see what the "
        "detectors miss, and what was not read.",
    ),
    "judge": Text(
        fr="Passages à apprécier par une personne : {count} ({kinds}).",
        en="Passages for a person to judge: {count} ({kinds}).",
    ),
    "change.gaps": Text(
        fr="Ce qui pourrait changer la réponse : des fichiers ou parties de fichiers non lus, ou lus par supposition "
        "({count}).",
        en="What could change the answer: files or parts of files not read, or read by a guess ({count}).",
    ),
    "change.unmeasured": Text(
        fr="Ce qui pourrait changer la réponse : la précision et le rappel ne sont pas mesurés pour {kinds} ; relisez "
        "un échantillon tiré au hasard.",
        en="What could change the answer: precision and recall are not measured for {kinds}; read a sample drawn at "
        "random.",
    ),
    "change.sample": Text(
        fr="Ce qui pourrait changer la réponse : relire un échantillon tiré au hasard, car les taux mesurés l'ont été "
        "sur d'autres textes que ceux-ci.",
        en="What could change the answer: reading a sample drawn at random, for the measured rates come from other "
        "texts than these.",
    ),
    # tables
    "kind": Text(fr="Catégorie", en="Kind"),
    "count": Text(fr="Occurrences", en="Finds"),
    "with_files": Text(fr="Fichiers", en="Files"),
    "with_documents": Text(fr="Documents", en="Documents"),
    "per_thousand": Text(fr="Pour 1 000 documents", en="For 1,000 documents"),
    "consequence": Text(fr="Portée", en="Weight"),
    "kind.finding": Text(fr="anomalie relevée", en="finding"),
    "kind.to_judge": Text(fr="à apprécier", en="to judge"),
    "kind.context": Text(fr="simple contexte", en="context only"),
    "kinds.caption": Text(fr="Occurrences par catégorie", en="Finds of each kind"),
    "kinds.none": Text(
        fr="Aucune occurrence. Catégories cherchées : {kinds}.", en="No find. Kinds searched for: {kinds}."
    ),
    "kinds.zero": Text(fr="Cherché sans rien trouver : {kinds}.", en="Searched for, and not found: {kinds}."),
    "kinds.unable": Text(
        fr="Demandé, mais aucun détecteur ne le cherche : {kinds}.",
        en="Asked for, but no detector looks for it: {kinds}.",
    ),
    "file": Text(fr="Fichier", en="File"),
    "field": Text(fr="Champ", en="Field"),
    "what": Text(fr="Catégories", en="Kinds"),
    "files.caption": Text(fr="Fichiers qui en contiennent le plus", en="Files that hold most"),
    "fields.caption": Text(fr="Champs qui en contiennent le plus", en="Fields that hold most"),
    "further": Text(
        fr="Non montrés ici, et présents dans scan.json : {count}.",
        en="Not shown here, and present in scan.json: {count}.",
    ),
    "places.spans": Text(
        fr="La place exacte de chaque occurrence est dans spans.jsonl, sans la valeur. Ce fichier dit où chercher : "
        "gardez-le comme les données elles-mêmes.",
        en="The exact place of each find is in spans.jsonl, without the value. That file says where to look: keep it as "
        "you keep the data.",
    ),
    "recurring.caption": Text(
        fr="Identifiants différents, et combien reviennent dans plusieurs documents de contenu différent",
        en="Different identifiers, and how many recur in several documents of different content",
    ),
    "identifiers": Text(fr="Identifiants", en="Identifiers"),
    "at_least": Text(fr="{count} documents ou plus", en="{count} documents or more"),
    "recurring.none": Text(fr="Aucun identifiant à compter.", en="No identifier to count."),
    "recurring.how": Text(
        fr="Compté par empreintes à clé ; sans clé donnée, la clé est tirée au hasard et n'est jamais écrite. Deux "
        "homonymes comptent pour une personne, une personne à deux écritures pour deux.",
        en="Counted by keyed hashes; where no key is given, it is drawn at random and never written. Two persons of one "
        "name count as one, one person spelt in two ways as two.",
    ),
    "gaps.caption": Text(fr="Fichiers non lus, ou lus en partie", en="Files not read, or read in part"),
    "gaps.none": Text(fr="Tout a été lu.", en="Everything was read."),
    "reason": Text(fr="Raison", en="Reason"),
    "extent": Text(fr="Étendue", en="Extent"),
    "extent.file": Text(fr="tout le fichier", en="the whole file"),
    "extent.rest": Text(fr="une partie du fichier", en="a part of the file"),
    "extent.records": Text(fr="enregistrements : {count} (nº {places})", en="records: {count} (number {places})"),
    "extent.guessed": Text(fr="caractères devinés", en="guessed characters"),
    "precision.caption": Text(
        fr="Précision et rappel mesurés, avec leur intervalle", en="Measured precision and recall, with intervals"
    ),
    "precision.name": Text(fr="Précision", en="Precision"),
    "recall.name": Text(fr="Rappel", en="Recall"),
    "on": Text(fr="Mesuré sur", en="Measured on"),
    "unmeasured": Text(fr="non mesuré", en="not measured"),
    "precision.how": Text(
        fr="Précision : part de ce qui est signalé qui l'est à raison. Rappel : part de ce qui est présent qui est "
        "signalé. Ces taux viennent de textes de référence ; sur d'autres textes, ils peuvent être moins bons.",
        en="Precision: the share of what is reported that is right. Recall: the share of what is there that is "
        "reported. These rates come from reference texts; on other texts they may be worse.",
    ),
    "cards.caption": Text(fr="Détecteurs employés, et leurs limites", en="Detectors used, and their limits"),
    "detector": Text(fr="Détecteur", en="Detector"),
    "its_limits": Text(fr="Limites", en="Limits"),
    "limits.values": Text(
        fr="Aucune valeur trouvée n'est écrite dans un résultat : seulement sa place et sa catégorie.",
        en="No value that was found is written in any result: only its place and its kind.",
    ),
    "limits.pictures": Text(
        fr="Les images, le son et les pages numérisées ne sont pas lus. Des pages web, seul le texte visible l'est.",
        en="Pictures, sound and scanned pages are not read. Of web pages, only the visible text is.",
    ),
    "limits.document": Text(
        fr="Un document est un enregistrement (ligne, rang de table) ou, pour un texte, une page ou un PDF, le fichier.",
        en="A document is a record (a line, a row of a table) or, for a text, a page or a PDF, the file.",
    ),
    "limits.anonymous": Text(
        fr="L'absence d'identifiants ne suffit pas à dire que des données ne concernent plus personne.",
        en="Data without identifiers may still be about somebody.",
    ),
    "hash": Text(fr="Empreinte des fichiers lus", en="Hash of the files read"),
    "independent": Text(
        fr="Vidocq est un logiciel indépendant. Cette page n'émane pas de la CNIL, qui ne l'a ni demandée ni examinée.",
        en="Vidocq is independent software. This page does not come from the CNIL, which neither asked for it nor "
        "examined it.",
    ),
}


def scanned(key: str, lang: Lang, **values: object) -> str:
    """A fixed sentence of a scan by its name, with its typography."""
    text = SCAN[key]
    return polished((text.fill(**values) if values else text).to(lang), lang)


def category_name(category: str, lang: Lang) -> str:
    return polished(CATEGORIES[category].to(lang), lang)
