"""What the sheets are about, in our own words."""

from typing import Final

from vidocq.core.text import Text

SHEET_TITLES: Final = {
    "0": Text(fr="Champ des recommandations", en="Scope of the recommendations"),
    "1": Text(fr="Régime juridique", en="Legal regime"),
    "2": Text(fr="Finalité", en="Purpose"),
    "3": Text(fr="Qualification des acteurs", en="Roles of the parties"),
    "4.1": Text(fr="Base légale", en="Legal basis"),
    "4.2": Text(fr="Réutilisation de données", en="Reuse of data"),
    "5": Text(fr="Analyse d'impact", en="Impact assessment"),
    "6": Text(fr="Conception du système", en="Design of the system"),
    "7": Text(fr="Collecte et gestion des données", en="Collecting and managing data"),
    "8": Text(fr="Intérêt légitime", en="Legitimate interest"),
    "8bis": Text(fr="Moissonnage (web scraping)", en="Web scraping"),
    "8-open-source": Text(fr="Diffusion en source ouverte", en="Open release"),
    "9": Text(fr="Information des personnes", en="Telling persons"),
    "10": Text(fr="Exercice des droits", en="Rights of persons"),
    "11": Text(fr="Annotation", en="Annotation"),
    "12": Text(fr="Sécurité du développement", en="Security of development"),
    "13": Text(fr="Statut du modèle", en="Status of the model"),
    "edpb-28-2024": Text(fr="Avis 28/2024 du CEPD", en="EDPB Opinion 28/2024"),
    "health": Text(fr="Santé", en="Health"),
    "education": Text(fr="Éducation", en="Education"),
    "employment": Text(fr="Travail", en="Employment"),
    "gdpr": Text(fr="Autres obligations du RGPD", en="Other duties of the GDPR"),
}
