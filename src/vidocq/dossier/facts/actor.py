"""Who takes part, and in what."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Place = Literal["designer", "host", "reuser", "integrator", "deployer", "annotator", "publisher", "service"]
OperationKind = Literal["collect", "build", "annotate", "train", "evaluate", "share", "host", "deploy"]


class Contract(Stated):
    """Clauses of article 28.3, one by one."""

    subject_and_duration: bool | None = asked(
        "Objet, durée, nature et finalité", "Subject, duration, nature and purpose"
    )
    instructions: bool | None = asked("Instructions documentées", "Documented instructions")
    confidentiality: bool | None = asked("Confidentialité", "Confidentiality")
    security: bool | None = asked("Sécurité (article 32)", "Security (article 32)")
    sub_processors: bool | None = asked("Sous-traitants ultérieurs", "Sub-processors")
    rights: bool | None = asked("Aide à l'exercice des droits", "Help with rights of persons")
    assistance: bool | None = asked(
        "Aide pour les violations et l'analyse d'impact", "Help with breaches and impact assessment"
    )
    return_or_erasure: bool | None = asked("Restitution ou effacement", "Return or erasure")
    audits: bool | None = asked("Preuves et audits", "Proof and audits")


class Actor(Stated):
    id: str
    title: str | None = asked(
        "Quel organisme (jamais le nom d'une personne) ?", "Which organisation (never a person's name)?"
    )
    is_us: bool | None = asked("Est-ce vous ?", "Is it you?")
    places: tuple[Place, ...] | None = asked(
        "Quelle place dans la chaîne de valeur (concepteur, hébergeur, réutilisateur, intégrateur, déployeur, "
        "annotateur, éditeur du jeu, prestataire) ?",
        "Which place in the value chain (designer, host, re-user, integrator, deployer, annotator, publisher of the "
        "set, service)?",
    )
    is_public_body: bool | None = asked("Est-ce un organisme public ?", "Is it a public body?")
    has_public_task: bool | None = asked(
        "Une mission d'intérêt public lui est-elle confiée ?", "Does it hold a public task?"
    )
    country: str | None = asked("Dans quel pays est-il établi (code à deux lettres) ?", "In which country (two-letter code)?",
                                pattern="^[A-Z]{2}$")  # fmt: skip
    has_dpo: bool | None = asked("A-t-il un DPO ?", "Does it have a DPO?")
    eu_representative: bool | None = asked(
        "Hors de l'Union : a-t-il un représentant dans l'Union (article 27) ?",
        "Outside the Union: does it have a representative there (article 27)?",
    )
    transfer_tool: Literal["adequacy", "standard_clauses", "binding_rules", "derogation", "none"] | None = asked(
        "Hors de l'Espace économique européen : quel outil encadre le transfert ?",
        "Outside the EEA: which tool frames the transfer?",
    )
    transfer_assessed: bool | None = asked(
        "La loi du pays de destination a-t-elle été évaluée ?", "Was the law of the destination assessed?"
    )
    has_data_from_persons_only: bool | None = asked(
        "Ne tient-il ces données que des personnes elles-mêmes, sans qu'un autre acteur les lui transmette ?",
        "Does it have this data from the persons themselves only, passed on by no other party?",
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
    reuse_authorised: bool | None = asked("Le client l'y a-t-il autorisé ?", "Has the client authorised that?")
    chooses_data: bool | None = asked("Choisit-il les données ?", "Does it choose the data?")
    chooses_labels: bool | None = asked("Choisit-il les labels ?", "Does it choose the labels?")
    chooses_destination: bool | None = asked(
        "Choisit-il à qui vont les données annotées ?", "Does it choose whom the labelled data goes to?"
    )


class Operation(Stated):
    id: str
    kind: OperationKind | None = asked(
        "Quelle opération (collecter, constituer, annoter, entraîner, évaluer, partager, héberger, déployer) ?",
        "Which operation (collect, build, annotate, train, evaluate, share, host, deploy)?",
    )
    title: str | None = asked("En quelques mots", "In a few words")
    datasets: tuple[str, ...] | None = asked("Sur quels jeux (identifiants) ?", "On which data sets (ids)?")
    started_on: datetime.date | None = asked("Depuis quand ?", "Since when?")
    parts: tuple[Part, ...] | None = asked("Qui y prend quelle part ?", "Who takes which part in it?")
    joint_arrangement: bool | None = asked(
        "Responsables conjoints : un accord (article 26) existe-t-il ?",
        "Joint controllers: is there an arrangement (article 26)?",
    )
