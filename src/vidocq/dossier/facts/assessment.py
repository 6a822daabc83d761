"""What was weighed: legitimate interest, impact on persons, annotation, security, rights, safeguards."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked


class Interest(Stated):
    """The three conditions of the legitimate interest."""

    described: bool | None = asked("L'intérêt est-il décrit précisément ?", "Is the interest described precisely?")
    is_lawful: bool | None = asked("Est-il licite ?", "Is it lawful?")
    is_real_and_present: bool | None = asked("Est-il réel et présent ?", "Is it real and present?")
    alternatives_examined: bool | None = asked(
        "Des voies moins intrusives (données anonymes, synthétiques, moins nombreuses) ont-elles été examinées ?",
        "Were less intrusive ways (anonymous, synthetic, less data) examined?",
    )
    alternatives_suffice: bool | None = asked(
        "L'une d'elles suffirait-elle à atteindre le but ?", "Would one of them reach the goal?"
    )
    benefits_described: bool | None = asked("Les bénéfices sont-ils décrits ?", "Are the benefits described?")
    harms_described: bool | None = asked(
        "Les atteintes possibles à la collecte, à l'entraînement et à l'usage sont-elles décrites ?",
        "Are possible harms at collection, training and use described?",
    )
    expected_by_persons: bool | None = asked(
        "Les personnes peuvent-elles raisonnablement s'y attendre ?", "Can persons reasonably expect it?"
    )
    safeguards_described: bool | None = asked("Les garanties sont-elles décrites ?", "Are the safeguards described?")
    balance_found: Literal["in_favour", "against"] | None = asked(
        "Votre conclusion de la mise en balance : favorable ou défavorable ?",
        "Your conclusion of the balancing test: in favour or against?",
    )
    assessed_on: datetime.date | None = asked("Date de l'évaluation", "Date of the assessment")


class Impact(Stated):
    """The nine criteria of the European guidelines on impact assessment, and the lists of the authority."""

    on_mandatory_list: bool | None = asked(
        "Le traitement est-il sur la liste de ceux qui exigent une AIPD ?",
        "Is the processing on the list that requires a DPIA?",
    )
    on_exempt_list: bool | None = asked(
        "Est-il sur la liste de ceux qui en sont dispensés ?", "Is it on the list that is exempt?"
    )
    article_35_3_case: bool | None = asked(
        "Est-ce un des trois cas de l'article 35.3 ?", "Is it one of the three cases of article 35(3)?"
    )
    scoring: bool | None = asked("Évaluation ou notation de personnes ?", "Evaluation or scoring of persons?")
    automated_decision: bool | None = asked(
        "Décision automatique à effet juridique ou comparable ?", "Automated decision with legal or like effect?"
    )
    monitoring: bool | None = asked("Surveillance systématique ?", "Systematic monitoring?")
    sensitive_data: bool | None = asked(
        "Données sensibles ou hautement personnelles ?", "Sensitive or highly personal data?"
    )
    large_scale: bool | None = asked("Traitement à grande échelle ?", "Large scale?")
    matching: bool | None = asked("Croisement de jeux de données ?", "Matching of data sets?")
    vulnerable_persons: bool | None = asked("Personnes vulnérables ?", "Vulnerable persons?")
    innovative: bool | None = asked(
        "Technique nouvelle, dont les risques sont mal connus ?", "New technique whose risks are poorly known?"
    )
    blocks_a_right: bool | None = asked(
        "Le traitement peut-il priver d'un droit, d'un service ou d'un contrat ?",
        "Can it bar persons from a right, a service or a contract?",
    )
    judged_needed: bool | None = asked(
        "Un seul critère : votre appréciation motivée, une AIPD est-elle nécessaire ?",
        "One criterion only: your reasoned judgement, is a DPIA needed?",
    )
    done_on: datetime.date | None = asked("Date de la dernière AIPD", "Date of the latest DPIA")
    residual_risk_high: bool | None = asked("Le risque résiduel est-il élevé ?", "Is the residual risk high?")


class Annotation(Stated):
    on_personal_data: bool | None = asked(
        "L'annotation porte-t-elle sur des données personnelles ?", "Is personal data annotated?"
    )
    reveals_sensitive: bool | None = asked(
        "Des labels révèlent-ils des données sensibles ?", "Do labels reveal sensitive data?"
    )
    outsourced: bool | None = asked("Est-elle confiée à d'autres ?", "Is it outsourced?")
    reused_set: bool | None = asked(
        "Un jeu déjà annoté est-il réutilisé ?", "Is a set reused that was labelled before?"
    )
    high_stakes: bool | None = asked(
        "Des erreurs de label pèseraient-elles lourd pour les personnes ?",
        "Would wrong labels weigh heavily on persons?",
    )
    before_anonymisation: bool | None = asked(
        "Annote-t-on des données avant de les anonymiser ?", "Is data annotated before it is anonymised?"
    )


class Rights(Stated):
    """What came in and what was answered, without a name."""

    requests_received: bool | None = asked(
        "Des demandes d'exercice de droits ont-elles été reçues ?", "Have requests of persons come in?"
    )
    some_upheld: bool | None = asked("Certaines ont-elles été acceptées ?", "Were some upheld?")
    some_refused: bool | None = asked("Certaines ont-elles été refusées ?", "Were some refused?")
    retraining_proportionate: bool | None = asked(
        "Réentraîner le modèle est-il proportionné ?", "Is retraining the model proportionate?"
    )
    persons_not_identifiable: bool | None = asked(
        "Affirmez-vous ne pas pouvoir identifier les personnes dans le jeu ou le modèle ?",
        "Do you claim that persons cannot be identified in the set or the model?",
    )


class Security(Stated):
    tampering_plausible: bool | None = asked(
        "Une altération malveillante des données est-elle plausible ?",
        "Is malicious tampering with the data plausible?",
    )
    tampering_serious: bool | None = asked("Aurait-elle des effets graves ?", "Would its effects be serious?")
    filters_on_outputs: bool | None = asked(
        "Des filtres encadrent-ils les sorties ?", "Do filters stand around the outputs?"
    )
    breach_known_on: datetime.datetime | None = asked(
        "Violation de données : quand en avez-vous eu connaissance ?",
        "Personal data breach: when did you learn of it?",
    )
    measures: tuple[str, ...] | None = asked(
        "Quelles mesures de sécurité, en termes généraux ?", "Which security measures, in general terms?"
    )
