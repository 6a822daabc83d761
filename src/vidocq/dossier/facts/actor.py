"""Who takes part, and in what."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Place = Literal["designer", "host", "reuser", "integrator", "deployer", "annotator", "publisher", "service"]
OperationKind = Literal["collect", "build", "annotate", "train", "evaluate", "share", "host", "deploy"]


class Contract(Stated):
    """Clauses of article 28.3, one by one."""

    subject_and_duration: bool | None = asked(
        "Le contrat de sous-traitance fixe-t-il l'objet, la durée, la nature et la finalité du traitement ?",
        "Does the contract with this processor set subject, duration, nature and purpose of the processing?",
    )
    instructions: bool | None = asked(
        "Le contrat de sous-traitance impose-t-il des instructions documentées ?",
        "Does the contract with this processor require documented instructions?",
    )
    confidentiality: bool | None = asked(
        "Le contrat de sous-traitance engage-t-il à la confidentialité ?",
        "Does the contract with this processor bind to confidentiality?",
    )
    security: bool | None = asked(
        "Le contrat de sous-traitance impose-t-il des mesures de sécurité (article 32) ?",
        "Does the contract with this processor require security measures (article 32)?",
    )
    sub_processors: bool | None = asked(
        "Le contrat de sous-traitance encadre-t-il les sous-traitants ultérieurs ?",
        "Does the contract with this processor frame sub-processors?",
    )
    rights: bool | None = asked(
        "Le contrat de sous-traitance prévoit-il une aide à l'exercice des droits ?",
        "Does the contract with this processor provide for help with rights of persons?",
    )
    assistance: bool | None = asked(
        "Le contrat de sous-traitance prévoit-il une aide pour les violations et l'analyse d'impact ?",
        "Does the contract with this processor provide for help with breaches and impact assessment?",
    )
    return_or_erasure: bool | None = asked(
        "Le contrat de sous-traitance prévoit-il la restitution ou l'effacement des données ?",
        "Does the contract with this processor provide for return or erasure of the data?",
    )
    audits: bool | None = asked(
        "Le contrat de sous-traitance prévoit-il preuves et audits ?",
        "Does the contract with this processor provide for proof and audits?",
    )


class Actor(Stated):
    id: str
    title: str | None = asked(
        "De quel organisme s'agit-il (jamais le nom d'une personne) ?",
        "Which organisation is it (never a person's name)?",
    )
    is_us: bool | None = asked("Est-ce vous ?", "Is it you?")
    places: tuple[Place, ...] | None = asked(
        "Quelle place tient-il dans la chaîne de valeur (concepteur, hébergeur, réutilisateur, intégrateur, déployeur, annotateur, éditeur du jeu, prestataire) ?",
        "Which place does it have in the value chain (designer, host, re-user, integrator, deployer, annotator, publisher of the set, service)?",
    )
    is_public_body: bool | None = asked("Est-ce un organisme public ?", "Is it a public body?")
    has_public_task: bool | None = asked(
        "Une mission d'intérêt public lui est-elle confiée ?", "Does it hold a public task?"
    )
    country: str | None = asked("Dans quel pays est-il établi (code à deux lettres) ?", "In which country is it established (two-letter code)?",
                                pattern="^[A-Z]{2}$")  # fmt: skip
    has_dpo: bool | None = asked("A-t-il un DPO ?", "Does it have a DPO?")
    eu_representative: bool | None = asked(
        "S'il est établi hors de l'Union, y a-t-il un représentant (article 27) ?",
        "If it is established outside the Union, does it have a representative there (article 27)?",
    )
    transfer_tool: Literal["adequacy", "standard_clauses", "binding_rules", "derogation", "none"] | None = asked(
        "S'il est établi hors de l'Espace économique européen, quel outil encadre le transfert ?",
        "If it is established outside the EEA, which tool frames the transfer?",
    )
    transfer_assessed: bool | None = asked(
        "La loi de son pays, destination du transfert, a-t-elle été évaluée ?",
        "Was the law of its country, where the transfer goes, assessed?",
    )
    has_data_from_persons_only: bool | None = asked(
        "Ne tient-il les données que des personnes elles-mêmes, sans qu'un autre acteur les lui transmette ?",
        "Does it have the data from the persons themselves only, passed on by no other party?",
    )
    receives_data: bool | None = asked(
        "Reçoit-il ou consulte-t-il des données personnelles, ou un modèle qui en garde ?",
        "Does it receive or read personal data, or a model that keeps some?",
    )
    contract: Contract = Contract()


class Part(Stated):
    """One actor's part in one operation."""

    actor: str
    decides_purpose: bool | None = asked("Décide-t-il de la finalité ?", "Does it decide the purpose?")
    decides_means: bool | None = asked(
        "Décide-t-il des moyens essentiels (quelles données, de qui, combien de temps) ?",
        "Does it decide the essential means (which data, about whom, for how long)?",
    )
    on_instructions_only: bool | None = asked("N'agit-il que sur instructions ?", "Does it act on instructions only?")
    reuses_for_itself: bool | None = asked(
        "Garde-t-il les données pour ses propres modèles ?", "Does it keep the data for models of its own?"
    )
    reuse_authorised: bool | None = asked(
        "Le client l'a-t-il autorisé à garder les données pour ses propres modèles ?",
        "Has the client authorised it to keep the data for models of its own?",
    )
    chooses_data: bool | None = asked("Choisit-il les données ?", "Does it choose the data?")
    chooses_labels: bool | None = asked("Choisit-il les labels ?", "Does it choose the labels?")
    chooses_destination: bool | None = asked(
        "Choisit-il à qui vont les données annotées ?", "Does it choose whom the labelled data goes to?"
    )


class Operation(Stated):
    id: str
    kind: OperationKind | None = asked(
        "De quelle opération s'agit-il (collecter, constituer, annoter, entraîner, évaluer, partager, héberger, déployer) ?",
        "Which operation is it (collect, build, annotate, train, evaluate, share, host, deploy)?",
    )
    title: str | None = asked("En quelques mots, en quoi consiste-t-elle ?", "In a few words, what is it?")
    datasets: tuple[str, ...] | None = asked(
        "Sur quels jeux porte-t-elle (identifiants) ?", "Which data sets is it about (ids)?"
    )
    started_on: datetime.date | None = asked("Depuis quand est-elle menée ?", "Since when is it carried out?")
    parts: tuple[Part, ...] | None = asked("Qui y prend quelle part ?", "Who takes which part in it?")
    joint_arrangement: bool | None = asked(
        "S'il y a des responsables conjoints, ont-ils un accord (article 26) ?",
        "If there are joint controllers, do they have an arrangement (article 26)?",
    )
