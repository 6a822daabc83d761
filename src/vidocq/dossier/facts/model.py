"""A model: what it was trained on, who can reach it and how, what is known of what it remembers."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Reach = Literal["weights", "api", "system"]
Level = Literal["low", "some", "high"]


class Indices(Stated):
    """Signs that a model may have memorised persons, as a person judged them; none has a published threshold."""

    identifying_data: Level | None = asked(
        "Données identifiantes ou précises : faible, présent ou fort ?",
        "Identifying or precise data: low, some or high?",
    )
    rare_data: Level | None = asked("Données rares ou atypiques ?", "Rare or atypical data?")
    repetition: Level | None = asked("Données répétées ?", "Repeated data?")
    size_ratio: Level | None = asked(
        "Nombre de paramètres au regard du nombre de données ?", "Number of parameters against amount of data?"
    )
    overfitting: Level | None = asked("Écart entre l'entraînement et le test ?", "Gap between training and test?")
    lack_of_safeguards: Level | None = asked(
        "Absence de garanties dans l'entraînement ?", "Lack of safeguards in training?"
    )
    function: Level | None = asked(
        "La fonction du modèle l'expose-t-elle (générer, reconnaître des personnes) ?",
        "Does the model's function expose it (generating, recognising persons)?",
    )
    precedents: Level | None = asked(
        "Des attaques publiées visent-elles cette famille de modèles ?", "Do published attacks aim at this family?"
    )
    judged_by: str | None = asked("Qui a porté cette appréciation (rôle) ?", "Who judged this (role)?")


class Vulnerability(Stated):
    """Something found later that makes extraction possible."""

    found_on: datetime.date | None = asked("Quand a-t-elle été trouvée ?", "When was it found?")
    data_extracted: bool | None = asked(
        "Des données personnelles ont-elles été extraites ?", "Was personal data extracted?"
    )
    high_risk_for_persons: bool | None = asked(
        "Le risque pour les personnes est-il élevé ?", "Is the risk for persons high?"
    )
    risk_unlikely: bool | None = asked(
        "Un risque pour les personnes est-il peu probable ?", "Is a risk for persons unlikely?"
    )
    fixed_on: datetime.date | None = asked(
        "Quand un correctif ou un retrait a-t-il eu lieu ?", "When was it fixed or the model withdrawn?"
    )
    is_known: bool | None = asked(
        "Une vulnérabilité permettant d'extraire des données est-elle connue ?",
        "Is a vulnerability known that lets data be extracted?",
    )
    holders_told_on: datetime.date | None = asked(
        "Quand ceux qui détiennent le modèle ont-ils été prévenus ?", "When were those who hold the model told?"
    )


class Embedding(Stated):
    """The system that embeds the model."""

    only_through_system: bool | None = asked(
        "Le modèle n'est-il accessible qu'au travers du système ?", "Is the model reachable through the system only?"
    )
    filters_in_place: bool | None = asked(
        "Des filtres encadrent-ils ce que le système dit ?", "Do filters stand around what the system says?"
    )
    use_claimed_out_of_scope: bool | None = asked(
        "Affirmez-vous que l'usage du système ne traite pas de données personnelles du jeu d'entraînement ?",
        "Do you claim that using the system processes no personal data of the training set?",
    )


class Model(Stated):
    id: str
    title: str | None = asked("Qu'est-ce que ce modèle ?", "What is this model?")
    trained_on: tuple[str, ...] | None = asked(
        "Sur quels jeux de données a-t-il été entraîné (identifiants) ?", "Which data sets was it trained on (ids)?"
    )
    training_started_on: datetime.date | None = asked("Début de l'entraînement", "Start of training")
    is_third_party: bool | None = asked(
        "Le modèle, ou celui dont il dérive, vient-il d'un tiers ?",
        "Does it, or its base model, come from a third party?",
    )
    base_model: str | None = asked(
        "De quel modèle de ce dossier dérive-t-il (identifiant) ?",
        "Which model of this file does it derive from (id)?",
    )
    is_derived: bool | None = asked(
        "Est-il ajusté ou dérivé d'un autre modèle ?", "Is it fine-tuned or derived from another model?"
    )
    base_diligence_done: bool | None = asked(
        "La licéité du développement du modèle de tiers a-t-elle été examinée ?",
        "Was the lawfulness of the third party's development examined?",
    )
    is_generative: bool | None = asked("Est-il génératif ?", "Is it generative?")
    designed_to_output_persons: bool | None = asked(
        "Est-il conçu pour restituer ou imiter les personnes dont les données l'ont entraîné ?",
        "Is it designed to output or imitate the persons it was trained on?",
    )
    declared_personal: bool | None = asked(
        "Son fournisseur le déclare-t-il soumis au RGPD ?", "Does its provider declare it subject to the GDPR?"
    )
    anonymity_claimed: bool | None = asked("Affirmez-vous qu'il est anonyme ?", "Do you claim that it is anonymous?")
    parameters: int | None = asked("Combien de paramètres ?", "How many parameters?", ge=0)
    differential_privacy_epsilon: float | None = asked(
        "Epsilon de confidentialité différentielle, s'il y en a un", "Epsilon of differential privacy, if any", gt=0
    )
    uses_unlearning: bool | None = asked("Recourt-on au désapprentissage ?", "Is unlearning used?")
    reach: tuple[Reach, ...] | None = asked(
        "Comment peut-on l'atteindre : poids, API, système ?", "How can it be reached: weights, API, system?"
    )
    open_weights: bool | None = asked("Ses poids sont-ils ouverts ?", "Are its weights open?")
    exposed_to_third_parties: bool | None = asked("Des tiers y ont-ils accès ?", "Do third parties have access?")
    is_shared: bool | None = asked(
        "Est-il remis ou vendu à d'autres, seul ou dans un système ?",
        "Is it given or sold to others, alone or in a system?",
    )
    next_review_on: datetime.date | None = asked(
        "Date du prochain réexamen de son statut", "Date of the next review of its status"
    )
    sha256: str | None = asked("Empreinte SHA-256 du modèle", "SHA-256 of the model", pattern="^[0-9a-f]{64}$")
    api_gives: Literal["labels", "top_k", "probabilities", "logprobs", "text"] | None = asked(
        "Que rend l'API : des labels, les premières classes, des probabilités, des log-probabilités, du texte ?",
        "What does the API give: labels, the first classes, probabilities, log-probabilities, text?",
    )
    indices: Indices = Indices()
    embedding: Embedding = Embedding()
    vulnerability: Vulnerability = Vulnerability()


class Release(Stated):
    id: str
    model: str | None = asked("Quel modèle (identifiant) ?", "Which model (id)?")
    version: str | None = asked("Quelle version ?", "Which version?")
    released_on: datetime.date | None = asked("Quand ?", "When?")
    reach: tuple[Reach, ...] | None = asked("Par quel accès ?", "Through which access?")
    was_reviewed_on: datetime.date | None = asked(
        "Quand le statut de cette version a-t-il été examiné ?", "When was the status of this version looked at?"
    )
    audience: Literal["internal", "clients", "public"] | None = asked("Pour qui ?", "For whom?")
    sha256: str | None = asked("Empreinte SHA-256", "SHA-256", pattern="^[0-9a-f]{64}$")
