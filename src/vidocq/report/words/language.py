"""Words about what a language model gives back."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

LANGUAGE_WORDS: Final[Mapping[str, Text]] = {
    "language": Text(fr="Ce que le modèle restitue", en="What the model gives back"),
    "language.intro": Text(
        fr=(
            "Le début d'un texte est soumis au modèle, réglé comme il l'est en service ; la question est de savoir s'il "
            "enchaîne mot pour mot. Ce qu'il restitue de textes qu'il n'a jamais vus est compté de même, et sert de témoin."
        ),
        en=(
            "The beginning of a text is put to the model, set as it is when deployed; the question is whether it goes on "
            "word for word. What it yields of texts it never saw is counted alike, and serves as a control."
        ),
    ),
    "language.deployer": Text(
        fr=(
            "Aucune donnée d'entraînement n'a été fournie pour cet audit. Il peut donc démontrer une fuite – un champ deviné "
            "mieux que pour des personnes témoins, un texte ou un document livré – mais il ne peut pas dire qu'il n'y en a "
            "pas : les personnes présentes dans les données d'entraînement ne sont pas connues, et rien n'est borné."
        ),
        en=(
            "No training data was given for this audit. It can show a leak, then – a field guessed better than for control "
            "persons, a text or a document handed over – but it cannot say that there is none: the persons in the training "
            "data are not known, and nothing is bounded."
        ),
    ),
    "language.system": Text(
        fr=(
            "Le modèle a été interrogé à travers le système qui l'entoure, filtres compris : ce que le système retient ne dit "
            "rien de ce que le modèle a retenu."
        ),
        en=(
            "The model was asked through the system around it, filters included: what the system keeps back says nothing of "
            "what the model remembers."
        ),
    ),
    "language.decoding": Text(
        fr="Réglage de la génération : température {temperature} ; top-k {top_k} ; top-p {top_p}.",
        en="Decoding: temperature {temperature}; top-k {top_k}; top-p {top_p}.",
    ),
    "language.all": Text(fr="sans limite", en="no limit"),
    "language.none": Text(
        fr="Rien n'a pu être mesuré ici : voir ce qui n'a pas été testé.",
        en="Nothing could be measured here: see what was not tested.",
    ),
    "language.together": Text(
        fr=(
            "Tous les textes d'une personne pris ensemble, {recognised} des {persons} personnes des données d'entraînement sont "
            "reconnues avec 5 % de fausses découvertes ; de personnes que le modèle n'a jamais vues, {control}. Part des lots de "
            "documents reconnus quand un lot étranger sur cent l'est, selon leur nombre de documents – {sets}."
        ),
        en=(
            "With all texts of a person taken together, {recognised} of the {persons} persons in the training data are recognised at "
            "5 % of false discoveries; of persons whom the model never saw, {control}. Share of sets of documents that are recognised "
            "when one foreign set in a hundred is, by their number of documents – {sets}."
        ),
    ),
    "language.members": Text(fr="Textes d'entraînement", en="Training texts"),
    "language.controls": Text(fr="Textes témoins", en="Control texts"),
    "language.obtained": Text(fr="Restitués", en="Given back"),
    "language.category": Text(fr="Donnée dans la suite du texte", en="Data in the rest of the text"),
    "language.no_category": Text(fr="aucune donnée repérée", en="no data spotted"),
    "language.by_category": Text(
        fr="Suites de texte restituées en {queries} requêtes chacune au plus, selon les données qu'elles contiennent",
        en="Rests of texts given back within {queries} queries each, by the data that they hold",
    ),
    "language.repetition": Text(fr="Répétitions dans l'entraînement", en="Repetitions in training"),
    "language.by_repetition": Text(
        fr="Suites de texte restituées, selon le nombre de fois que le texte figurait dans les données d'entraînement",
        en="Rests of texts given back, by how often the text stood in the training data",
    ),
    "language.length": Text(fr="Longueur de la suite, à partir de", en="Length of the rest, from"),
    "language.by_length": Text(
        fr="Suites de texte restituées, selon leur longueur (en {unit})",
        en="Rests of texts given back, by their length (in {unit})",
    ),
    "language.tokens": Text(fr="tokens", en="tokens"),
    "language.words": Text(fr="mots", en="words"),
    "language.risk": Text(
        fr="Textes restitués selon le nombre de requêtes par texte", en="Texts given back by queries for each text"
    ),
    "language.risk_desc": Text(
        fr=(
            "Part des textes que l'on s'attend à obtenir, de {least} à {most} requêtes par texte : textes d'entraînement, "
            "textes témoins, et s'il est connu le modèle d'origine. Les valeurs sont dans la table qui suit."
        ),
        en=(
            "Share of texts one expects to obtain, from {least} to {most} queries for each text: training texts, control "
            "texts, and the base model if it is known. The values are in the table that follows."
        ),
    ),
    "language.risk_x": Text(fr="Requêtes par texte", en="Queries for each text"),
    "language.risk_y": Text(fr="Part des textes", en="Share of texts"),
    "language.risk_table": Text(
        fr="Part des textes obtenus, en moyenne, selon le nombre de requêtes par texte",
        en="Share of texts obtained, on average, by queries for each text",
    ),
    "language.base_members": Text(fr="Textes d'entraînement, modèle d'origine", en="Training texts, base model"),
    "language.cost": Text(fr="Coût d'un texte obtenu", en="Cost of one text obtained"),
    "language.cost_at": Text(fr="Avec", en="At"),
    "language.cost_budget": Text(fr="le budget fixé", en="the budget set"),
    "language.cost_cheapest": Text(fr="le nombre de requêtes le moins cher", en="the cheapest number of queries"),
    "language.cost_queries": Text(fr="Requêtes par texte obtenu", en="Queries for one text obtained"),
    "language.cost_tokens": Text(fr="Tokens par texte obtenu", en="Tokens for one text obtained"),
    "language.cost_money": Text(fr="Prix", en="Price"),
    "language.persons": Text(
        fr="Personnes dont une donnée non connue a été livrée, selon le nombre de questions sur chaque donnée",
        en="Persons of whom unknown data was given away, by number of questions about each piece of data",
    ),
    "language.questions": Text(fr="Questions", en="Questions asked"),
    "language.persons_asked": Text(fr="Personnes", en="Persons"),
    "language.persons_controls": Text(fr="Personnes témoins", en="Control persons"),
    "language.examples": Text(
        fr="Forme de ce qui a été restitué : « a » remplace des lettres, « 9 » un chiffre ; aucune valeur n'est montrée",
        en="Shape of what was given back: “a” stands for letters, “9” for a digit; no value is shown",
    ),
    "language.kind": Text(fr="Donnée", en="Data"),
    "language.example": Text(fr="Forme", en="Shape"),
    "language.times": Text(fr="Nombre", en="Number"),
}
