"""A model: what it was trained on, who can reach it and how, what is known of what it remembers."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Reach = Literal["weights", "api", "system"]
Level = Literal["low", "some", "high"]


class Indices(Stated):
    """Signs that a model may have memorised persons, as a person judged them; none has a published threshold."""

    identifying_data: Level | None = asked(
        "Indice de mémorisation : données identifiantes ou précises (faible, présent ou fort) ?",
        "Sign of memorisation: identifying or precise data (low, some or high)?",
    )
    rare_data: Level | None = asked(
        "Indice de mémorisation : données rares ou atypiques (faible, présent ou fort) ?",
        "Sign of memorisation: rare or atypical data (low, some or high)?",
    )
    repetition: Level | None = asked(
        "Indice de mémorisation : données répétées (faible, présent ou fort) ?",
        "Sign of memorisation: repeated data (low, some or high)?",
    )
    size_ratio: Level | None = asked(
        "Indice de mémorisation : paramètres au regard du nombre de données (faible, présent ou fort) ?",
        "Sign of memorisation: parameters against amount of data (low, some or high)?",
    )
    overfitting: Level | None = asked(
        "Indice de mémorisation : écart entre l'entraînement et le test (faible, présent ou fort) ?",
        "Sign of memorisation: gap between training and test (low, some or high)?",
    )
    lack_of_safeguards: Level | None = asked(
        "Indice de mémorisation : absence de garanties dans l'entraînement (faible, présent ou fort) ?",
        "Sign of memorisation: lack of safeguards in training (low, some or high)?",
    )
    function: Level | None = asked(
        "Indice de mémorisation : fonction qui expose le modèle, comme générer ou reconnaître des personnes (faible, présent ou fort) ?",
        "Sign of memorisation: a function that exposes the model, such as generating or recognising persons (low, some or high)?",
    )
    precedents: Level | None = asked(
        "Indice de mémorisation : attaques publiées contre cette famille de modèles (faible, présent ou fort) ?",
        "Sign of memorisation: published attacks on this family of models (low, some or high)?",
    )
    judged_by: str | None = asked(
        "Qui a apprécié ses indices de mémorisation (rôle) ?", "Who judged its signs of memorisation (role)?"
    )


class Vulnerability(Stated):
    """Something found later that makes extraction possible."""

    found_on: datetime.date | None = asked(
        "Quand une vulnérabilité y a-t-elle été trouvée ?", "When was a vulnerability found in it?"
    )
    data_extracted: bool | None = asked(
        "Des données personnelles en ont-elles été extraites ?", "Was personal data extracted from it?"
    )
    high_risk_for_persons: bool | None = asked(
        "Le risque que sa vulnérabilité fait courir aux personnes est-il élevé ?",
        "Is the risk that its vulnerability brings to persons high?",
    )
    risk_unlikely: bool | None = asked(
        "Sa vulnérabilité est-elle peu susceptible d'engendrer un risque pour les personnes ?",
        "Is its vulnerability unlikely to result in a risk for persons?",
    )
    fixed_on: datetime.date | None = asked(
        "Quand sa vulnérabilité a-t-elle été corrigée, ou le modèle retiré ?",
        "When was its vulnerability fixed, or the model withdrawn?",
    )
    is_known: bool | None = asked(
        "Une vulnérabilité permettant d'en extraire des données est-elle connue ?",
        "Is a vulnerability known that lets data be extracted from it?",
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
    title: str | None = asked("En quelques mots, que fait-il ?", "In a few words, what does it do?")
    trained_on: tuple[str, ...] | None = asked(
        "Sur quels jeux de données a-t-il été entraîné (identifiants) ?", "Which data sets was it trained on (ids)?"
    )
    training_started_on: datetime.date | None = asked(
        "Quand son entraînement a-t-il commencé ?", "When did its training start?"
    )
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
    parameters: int | None = asked("Combien de paramètres a-t-il ?", "How many parameters does it have?", ge=0)
    differential_privacy_epsilon: float | None = asked(
        "Quel epsilon de confidentialité différentielle, s'il y en a un ?",
        "Which epsilon of differential privacy, if any?",
        gt=0,
    )
    uses_unlearning: bool | None = asked("Y recourt-on au désapprentissage ?", "Is unlearning used on it?")
    reach: tuple[Reach, ...] | None = asked(
        "Comment peut-on l'atteindre : poids, API, système ?", "How can it be reached: weights, API, system?"
    )
    open_weights: bool | None = asked("Ses poids sont-ils ouverts ?", "Are its weights open?")
    exposed_to_third_parties: bool | None = asked(
        "Des tiers y ont-ils accès ?", "Do third parties have access to it?"
    )
    is_shared: bool | None = asked(
        "Est-il remis ou vendu à d'autres, seul ou dans un système ?",
        "Is it given or sold to others, alone or in a system?",
    )
    next_review_on: datetime.date | None = asked(
        "Quand son statut sera-t-il réexaminé ?", "When will its status be reviewed?"
    )
    sha256: str | None = asked(
        "Quelle est l'empreinte SHA-256 du modèle ?", "What is the SHA-256 of the model?", pattern="^[0-9a-f]{64}$"
    )
    api_gives: Literal["labels", "top_k", "probabilities", "logprobs", "text"] | None = asked(
        "Que rend son API : des labels, les premières classes, des probabilités, des log-probabilités, du texte ?",
        "What does its API give: labels, the first classes, probabilities, log-probabilities, text?",
    )
    indices: Indices = Indices()
    embedding: Embedding = Embedding()
    vulnerability: Vulnerability = Vulnerability()


class Release(Stated):
    id: str
    model: str | None = asked(
        "De quel modèle est-ce une version (identifiant) ?", "Which model is it a release of (id)?"
    )
    version: str | None = asked("Quel est son numéro ?", "What is its number?")
    released_on: datetime.date | None = asked("Quand est-elle diffusée ?", "When is it released?")
    reach: tuple[Reach, ...] | None = asked(
        "Quel accès donne-t-elle au modèle ?", "Which access does it give to the model?"
    )
    was_reviewed_on: datetime.date | None = asked(
        "Quand le statut du modèle a-t-il été examiné pour cette version ?",
        "When was the status of the model looked at for this release?",
    )
    audience: Literal["internal", "clients", "public"] | None = asked("À qui est-elle destinée ?", "Whom is it for?")
    sha256: str | None = asked(
        "Quelle est l'empreinte SHA-256 de cette version ?",
        "What is the SHA-256 of this release?",
        pattern="^[0-9a-f]{64}$",
    )
