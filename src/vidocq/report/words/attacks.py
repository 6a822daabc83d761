"""Names of attacks, one by one and by kind, for those that an audit did not run."""

from collections.abc import Mapping
from typing import Final

from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.core.text import Text

KINDS: Final[tuple[tuple[frozenset[str], Text], ...]] = (
    (
        frozenset({"lira", "lira-offline", "rmia"}),
        Text(
            fr="l'inférence d'appartenance calibrée sur des modèles de référence",
            en="membership inference calibrated on reference models",
        ),
    ),
    (
        frozenset({"label-only"}),
        Text(
            fr="l'inférence d'appartenance par les seuls labels, en perturbant chaque enregistrement",
            en="membership inference from labels only, by perturbing each record",
        ),
    ),
    (
        frozenset({"structure"}),
        Text(
            fr="la recherche de lignes d'entraînement conservées dans le modèle",
            en="the search for training rows stored in the model",
        ),
    ),
    (frozenset({"attribute"}), Text(fr="l'inférence d'attribut", en="attribute inference")),
    (
        frozenset({"linking"}),
        Text(fr="la corrélation d'enregistrements d'une même personne", en="linking records of one person"),
    ),
    (
        frozenset({"reconstruction", "inversion"}),
        Text(fr="la reconstruction et l'inversion de modèle", en="reconstruction and model inversion"),
    ),
    (
        frozenset({"extraction", "divergence", "person-prompt", "canary"}),
        Text(fr="l'extraction et la régurgitation de données", en="extraction and regurgitation of data"),
    ),
    (
        frozenset({"one-run"}),
        Text(
            fr="la borne de confidentialité différentielle mesurée pendant l'entraînement",
            en="the differential-privacy bound measured during training",
        ),
    ),
    (
        frozenset(),
        Text(
            fr="l'attaquant qui empoisonne les données d'entraînement, ou observe l'entraînement",
            en="an attacker who poisons the training data, or watches the training",
        ),
    ),
)

LANGUAGE_KINDS: Final[tuple[tuple[frozenset[str], Text], ...]] = (
    (
        frozenset({"lm-min-k", "lm-reference", "lm-ez", "lm-window", "lm-combined"}),
        Text(
            fr="l'inférence d'appartenance d'après les probabilités des tokens",
            en="membership inference from the probabilities of tokens",
        ),
    ),
    KINDS[0],
    (
        frozenset({"extraction"}),
        Text(
            fr="l'extraction de la suite d'un texte dont le début est connu",
            en="extraction of the rest of a text whose beginning is known",
        ),
    ),
    (
        frozenset({"person-prompt"}),
        Text(
            fr="les questions sur une personne, pour obtenir une donnée que l'on ne connaît pas",
            en="questions about a person, to obtain data that one does not know",
        ),
    ),
    (
        frozenset({"divergence"}),
        Text(
            fr="la restitution sans amorce choisie, quand on laisse le modèle écrire",
            en="recitation without a chosen beginning, when the model is left to write",
        ),
    ),
    (
        frozenset({"canary", "one-run"}),
        Text(fr="les marqueurs insérés dans l'entraînement", en="canaries put into the training"),
    ),
    (
        frozenset({"retrieval"}),
        Text(
            fr="les documents qu'un système livre avec ses réponses",
            en="documents that a system hands over with its answers",
        ),
    ),
    KINDS[-1],
)
"""The same for language models."""


APART: Final[Mapping[str, Text]] = {
    **{kind.card.id: kind.card.title for kind in (*ATTACKS, *ON_LANGUAGE)},
    Blind.card.id: Blind.card.title,
    "membership": Text(fr="Lecture des textes par le modèle", en="Reading the texts by the model"),
    "structure": Text(fr="Lecture du fichier du modèle, sans requête", en="Reading the model's file, no query"),
    "one-run": Text(fr="Borne mesurée sur un seul entraînement", en="Bound measured on one training run"),
    "linking": Text(fr="Rapprochement d'enregistrements", en="Linking of records"),
    "attribute": Text(fr="Inférence d'attribut", en="Attribute inference"),
    "inversion": Text(fr="Inversion de modèle", en="Model inversion"),
    "reconstruction": Text(fr="Reconstruction d'enregistrements", en="Reconstruction of records"),
}
"""Attacks that this audit may not have run: their titles stand nowhere else in it."""
