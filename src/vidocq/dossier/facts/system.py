"""The system that is developed: what for, under which regime, in which sector."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Regime = Literal["gdpr", "law_enforcement", "state_security"]
Sector = Literal["health", "education", "employment", "other"]
AiActClass = Literal["prohibited", "high_risk", "transparency", "minimal", "general_purpose", "systemic_risk"]
Stage = Literal["design", "collection", "annotation", "training", "evaluation", "release", "operation", "ended"]


class System(Stated):
    name: str | None = asked("Comment s'appelle le système ?", "What is the system called?")
    purpose: str | None = asked("Quelle est la finalité du système ?", "What is the purpose of the system?")
    purpose_set_on: datetime.date | None = asked(
        "Quand la finalité du système a-t-elle été fixée ?", "When was the purpose of the system set?"
    )
    objective: str | None = asked(
        "Quel objectif technique le système vise-t-il, avec quelles mesures de performance ?",
        "Which technical objective does the system aim at, with which measures of performance?",
    )
    is_generative: bool | None = asked(
        "Le système produit-il du texte, des images, du son ou du code ?",
        "Does the system produce text, images, sound or code?",
    )
    is_general_purpose: bool | None = asked(
        "Le système repose-t-il sur un modèle d'IA à usage général que vous développez ?",
        "Does the system rest on a general-purpose AI model that you develop?",
    )
    capabilities: tuple[str, ...] | None = asked(
        "Quelles capacités du système sont prévues ou prévisibles ?",
        "Which capabilities of the system are planned or foreseeable?",
    )
    excluded_functions: tuple[str, ...] | None = asked(
        "Quelles fonctions du système sont exclues d'emblée ?",
        "Which functions of the system are excluded by design?",
    )
    operational_use: Literal["single", "several", "undefined"] | None = asked(
        "L'usage opérationnel du système est-il fixé dès le développement : un seul, plusieurs, ou pas encore ?",
        "Is the operational use of the system set at development: a single one, several, or not yet?",
    )
    deployment_regimes: tuple[Regime, ...] | None = asked(
        "De quels régimes relèvera le déploiement du système (RGPD, police-justice, sûreté de l'État) ?",
        "Which regimes will deployment of the system fall under (GDPR, law enforcement, State security)?",
    )
    is_established_in_eu: bool | None = asked(
        "Le responsable de traitement est-il établi dans l'Union européenne ?",
        "Is the controller established in the European Union?",
    )
    targets_persons_in_eu: bool | None = asked(
        "Le système vise-t-il ou suit-il des personnes qui se trouvent dans l'Union ?",
        "Does the system target or monitor persons who are in the Union?",
    )
    is_scientific_research: bool | None = asked(
        "Le développement relève-t-il de la recherche scientifique ?", "Is the development scientific research?"
    )
    learns_continuously: bool | None = asked(
        "Le système apprend-il en continu, à partir de son utilisation ?",
        "Does the system learn continuously, from use?",
    )
    will_be_deployed: bool | None = asked(
        "Le système sera-t-il déployé, par vous ou par d'autres ?",
        "Will the system be deployed, by you or by others?",
    )
    sectors: tuple[Sector, ...] | None = asked(
        "Dans quels secteurs le système sert-il (santé, éducation, travail, autre) ?",
        "In which sectors does the system serve (health, education, employment, other)?",
    )
    ai_act_class: AiActClass | None = asked(
        "Comment le règlement IA classe-t-il le système ?", "How does the AI Act classify the system?"
    )
    is_prohibited_practice: bool | None = asked(
        "Le système sert-il une pratique interdite par le règlement IA ou par une autre loi ?",
        "Does the system serve a practice prohibited by the AI Act or by another law?",
    )
    has_high_stakes: bool | None = asked(
        "Les résultats du système pèsent-ils lourd pour les personnes (soins, emploi, crédit, droits…) ?",
        "Do the results of the system weigh heavily on persons (care, work, credit, rights…)?",
    )
    stage: Stage | None = asked("À quelle étape en est le projet ?", "Which stage is the project at?")
    annotates: bool | None = asked("Des données sont-elles annotées ?", "Is data annotated?")
    serves_children: bool | None = asked("Des mineurs se serviront-ils du système ?", "Will minors use the system?")
