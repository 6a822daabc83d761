"""What was weighed: legitimate interest, impact on persons, annotation, security, rights, safeguards."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked


class Interest(Stated):
    """The three conditions of the legitimate interest."""

    described: bool | None = asked(
        "L'intérêt légitime invoqué est-il décrit précisément ?",
        "Is the legitimate interest relied on described precisely?",
    )
    is_lawful: bool | None = asked(
        "L'intérêt légitime invoqué est-il licite ?", "Is the legitimate interest relied on lawful?"
    )
    is_real_and_present: bool | None = asked(
        "L'intérêt légitime invoqué est-il réel et présent ?",
        "Is the legitimate interest relied on real and present?",
    )
    alternatives_examined: bool | None = asked(
        "Des voies moins intrusives (données anonymes, synthétiques, moins nombreuses) ont-elles été examinées ?",
        "Were less intrusive ways (anonymous, synthetic, less data) examined?",
    )
    alternatives_suffice: bool | None = asked(
        "Une voie moins intrusive suffirait-elle à atteindre le but ?", "Would a less intrusive way reach the goal?"
    )
    benefits_described: bool | None = asked(
        "Les bénéfices attendus du traitement sont-ils décrits ?",
        "Are the benefits expected of the processing described?",
    )
    harms_described: bool | None = asked(
        "Les atteintes possibles à la collecte, à l'entraînement et à l'usage sont-elles décrites ?",
        "Are possible harms at collection, training and use described?",
    )
    expected_by_persons: bool | None = asked(
        "Les personnes peuvent-elles raisonnablement s'attendre à ce traitement ?",
        "Can persons reasonably expect this processing?",
    )
    safeguards_described: bool | None = asked(
        "Les garanties apportées aux personnes sont-elles décrites ?",
        "Are the safeguards given to persons described?",
    )
    balance_found: Literal["in_favour", "against"] | None = asked(
        "Votre conclusion de la mise en balance de l'intérêt légitime : favorable ou défavorable ?",
        "Your conclusion of the balancing test of the legitimate interest: in favour or against?",
    )
    assessed_on: datetime.date | None = asked(
        "Quand l'intérêt légitime a-t-il été évalué ?", "When was the legitimate interest assessed?"
    )


class Impact(Stated):
    """The nine criteria of the European guidelines on impact assessment, and the lists of the authority."""

    on_mandatory_list: bool | None = asked(
        "Le traitement est-il sur la liste de ceux qui exigent une AIPD ?",
        "Is the processing on the list that requires a DPIA?",
    )
    on_exempt_list: bool | None = asked(
        "Le traitement est-il sur la liste de ceux qui sont dispensés d'AIPD ?",
        "Is the processing on the list that is exempt from a DPIA?",
    )
    article_35_3_case: bool | None = asked(
        "Le traitement est-il un des trois cas de l'article 35.3 ?",
        "Is the processing one of the three cases of article 35(3)?",
    )
    scoring: bool | None = asked(
        "Le traitement évalue-t-il ou note-t-il des personnes ?", "Does the processing evaluate or score persons?"
    )
    automated_decision: bool | None = asked(
        "Le traitement conduit-il à une décision automatique à effet juridique ou comparable ?",
        "Does the processing lead to an automated decision with legal or like effect?",
    )
    monitoring: bool | None = asked(
        "Le traitement comporte-t-il une surveillance systématique ?",
        "Does the processing involve systematic monitoring?",
    )
    sensitive_data: bool | None = asked(
        "Le traitement porte-t-il sur des données sensibles ou hautement personnelles ?",
        "Is the processing about sensitive or highly personal data?",
    )
    large_scale: bool | None = asked("Le traitement est-il à grande échelle ?", "Is the processing on a large scale?")
    matching: bool | None = asked(
        "Le traitement croise-t-il des jeux de données ?", "Does the processing match data sets?"
    )
    vulnerable_persons: bool | None = asked(
        "Le traitement porte-t-il sur des personnes vulnérables ?", "Is the processing about vulnerable persons?"
    )
    innovative: bool | None = asked(
        "Le traitement recourt-il à une technique nouvelle, dont les risques sont mal connus ?",
        "Does the processing use a new technique whose risks are poorly known?",
    )
    blocks_a_right: bool | None = asked(
        "Le traitement peut-il priver des personnes d'un droit, d'un service ou d'un contrat ?",
        "Can the processing bar persons from a right, a service or a contract?",
    )
    judged_needed: bool | None = asked(
        "Un seul critère est réuni : d'après votre appréciation motivée, une AIPD est-elle nécessaire ?",
        "One criterion only is met: in your reasoned judgement, is a DPIA needed?",
    )
    done_on: datetime.date | None = asked(
        "Quand la dernière AIPD a-t-elle été menée ?", "When was the latest DPIA carried out?"
    )
    residual_risk_high: bool | None = asked(
        "Le risque résiduel à l'issue de l'AIPD est-il élevé ?", "Is the residual risk after the DPIA high?"
    )
    screened_on: datetime.date | None = asked(
        "Quand la nécessité d'une AIPD a-t-elle été examinée ?", "When was the need for a DPIA looked at?"
    )


class Annotation(Stated):
    on_personal_data: bool | None = asked(
        "L'annotation porte-t-elle sur des données personnelles ?", "Is personal data annotated?"
    )
    reveals_sensitive: bool | None = asked(
        "Des labels révèlent-ils des données sensibles ?", "Do labels reveal sensitive data?"
    )
    outsourced: bool | None = asked("L'annotation est-elle confiée à d'autres ?", "Is annotation outsourced?")
    reused_set: bool | None = asked(
        "Un jeu déjà annoté est-il réutilisé ?", "Is a set used again that was labelled before?"
    )
    high_stakes: bool | None = asked(
        "Des erreurs de label pèseraient-elles lourd pour les personnes ?",
        "Would wrong labels weigh heavily on persons?",
    )
    before_anonymisation: bool | None = asked(
        "Annote-t-on des données avant de les anonymiser ?", "Is data annotated before being anonymised?"
    )


class Rights(Stated):
    """What came in and what was answered, without a name."""

    requests_received: bool | None = asked(
        "Des demandes d'exercice de droits ont-elles été reçues ?", "Have requests of persons come in?"
    )
    some_upheld: bool | None = asked(
        "Des demandes de personnes ont-elles été acceptées ?", "Were requests of persons upheld?"
    )
    some_refused: bool | None = asked(
        "Des demandes de personnes ont-elles été refusées ?", "Were requests of persons refused?"
    )
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
    tampering_serious: bool | None = asked(
        "Une altération malveillante des données aurait-elle des effets graves ?",
        "Would malicious tampering with the data have serious effects?",
    )
    filters_on_outputs: bool | None = asked(
        "Des filtres encadrent-ils les sorties du système ?", "Do filters stand around the outputs of the system?"
    )
    breach_known_on: datetime.datetime | None = asked(
        "S'il y a eu une violation de données, quand en avez-vous eu connaissance ?",
        "When did you learn of a personal data breach, if any?",
    )
    measures: tuple[str, ...] | None = asked(
        "Quelles mesures de sécurité sont prises, en termes généraux ?",
        "Which security measures are taken, in general terms?",
    )
    breach_risk_unlikely: bool | None = asked(
        "La violation de données est-elle peu susceptible d'engendrer un risque pour les personnes ?",
        "Is the personal data breach unlikely to result in a risk for persons?",
    )
    breach_notified_on: datetime.datetime | None = asked(
        "Quand la violation de données a-t-elle été notifiée à la CNIL ?",
        "When was the personal data breach notified to the authority?",
    )
    breach_recorded_on: datetime.date | None = asked(
        "Quand la violation de données a-t-elle été consignée (article 33.5) ?",
        "When was the personal data breach documented (article 33(5))?",
    )
    breach_persons_told_on: datetime.date | None = asked(
        "Quand les personnes concernées ont-elles été informées de la violation de données ?",
        "When were the persons concerned told of the personal data breach?",
    )
