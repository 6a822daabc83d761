"""Words about precision, cost, population, registration and how to run it again."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

ACCOUNT: Final[Mapping[str, Text]] = {
    # 8. precision at priors
    "precision": Text(fr="Une accusation serait-elle juste ?", en="Would an accusation be right?"),
    "precision.intro": Text(
        fr=(
            "La valeur prédictive positive dit quelle part des personnes accusées est vraiment membre. "
            "Elle dépend de la part de membres parmi ceux que l'attaquant vise, qu'il faut supposer. Ces "
            "suppositions n'entrent jamais dans le constat."
        ),
        en=(
            "The positive predictive value tells which share of the accused are truly members. It "
            "depends on the share of members among those the attacker aims at, which has to be assumed. "
            "These assumptions never enter the verdict."
        ),
    ),
    "precision.caption": Text(
        fr="Valeur prédictive positive, selon la part supposée de membres",
        en="Positive predictive value, by assumed share of members",
    ),
    "precision.prior": Text(fr="Si {prior} sont membres", en="If {prior} are members"),
    "precision.none": Text(fr="Non mesuré.", en="Not measured."),
    # 9. cost
    "cost": Text(fr="Ce que chaque attaque demande", en="What each attack takes"),
    "cost.intro": Text(
        fr=(
            "Le risque se lit au regard des moyens raisonnablement susceptibles d'être utilisés : accès, requêtes, "
            "entraînements et connaissances de l'attaquant."
        ),
        en=(
            "Risk is read against the means reasonably likely to be used: access, queries, trainings and "
            "knowledge of the attacker."
        ),
    ),
    "cost.caption": Text(fr="Moyens de chaque attaque", en="Means of each attack"),
    "cost.needs": Text(fr="Accès nécessaire", en="Access needed"),
    "cost.queries": Text(fr="Requêtes", en="Queries"),
    "cost.references": Text(fr="Modèles à entraîner", en="Models to train"),
    "cost.knowledge": Text(fr="Connaissances", en="Side knowledge"),
    "cost.knowledge_references": Text(
        fr="l'enregistrement et son label, la recette, des données semblables",
        en="the record and its label, the recipe, similar data",
    ),
    "cost.knowledge_record": Text(fr="l'enregistrement et son label", en="the record and its label"),
    "cost.knowledge_text_references": Text(
        fr="le texte, le modèle de départ, la recette, des textes semblables",
        en="the text, the base model, the recipe, similar texts",
    ),
    "cost.knowledge_text": Text(fr="le texte", en="the text"),
    "cost.knowledge.extraction": Text(fr="le début du texte", en="the beginning of the text"),
    "cost.knowledge.canary": Text(fr="le registre des marqueurs", en="the register of canaries"),
    "cost.knowledge.person-prompt": Text(fr="les autres champs de la personne", en="the other fields of the person"),
    "cost.knowledge.divergence": Text(fr="aucune", en="none"),
    "cost.knowledge.retrieval": Text(
        fr="les premiers mots du document ou son sujet", en="the document's first words or its subject"
    ),
    "cost.knowledge.counterfactual": Text(
        fr="le texte, la recette, des textes semblables", en="the text, the recipe, similar texts"
    ),
    "cost.repeated": Text(
        fr="S'y ajoutent {queries} requêtes posées une seconde fois, pour vérifier que le modèle répond toujours de "
        "même : {differing} réponses ont changé.",
        en="Besides, {queries} queries were put a second time, to check that the model always answers alike: "
        "{differing} answers changed.",
    ),
    "cost.endpoint": Text(
        fr="Le modèle servi a reçu {queries} requêtes en {requests} appels, essais manqués compris.",
        en="The served model was sent {queries} queries in {requests} requests, failed attempts included.",
    ),
    "cost.bill": Text(
        fr="Coût au tarif déclaré : {cost} {currency}.", en="Cost at the price declared: {cost} {currency}."
    ),
    "cost.time": Text(
        fr=(
            "Durée de l'audit : {total}, dont {references} pour les modèles de référence ; {workers} "
            "processus, {cpus} cœurs."
        ),
        en=(
            "Length of the audit: {total}, of which {references} for the reference models; {workers} "
            "processes, {cpus} cores."
        ),
    ),
    "cost.time_ray": Text(
        fr=(
            "Durée de l'audit : {total}, dont {references} pour les modèles de référence, entraînés sur une grappe Ray "
            "(machines : {nodes} ; tâches à la fois : {workers})."
        ),
        en=(
            "Length of the audit: {total}, of which {references} for the reference models, trained on a Ray cluster "
            "(machines: {nodes}; tasks at a time: {workers})."
        ),
    ),
    # 10. population
    "population": Text(fr="Population et tirage", en="Population and split"),
    "population.caption": Text(fr="Qui a été compté", en="Who was counted"),
    "population.members": Text(fr="Membres", en="Members"),
    "population.non_members": Text(fr="Non-membres", en="Non-members"),
    "population.persons": Text(fr="Personnes", en="Persons"),
    "population.unit": Text(fr="Unité comptée", en="Unit counted"),
    "population.exact": Text(fr="Doublons exacts retirés", en="Exact duplicates removed"),
    "population.near": Text(fr="Quasi-doublons retirés", en="Near duplicates removed"),
    "population.both": Text(fr="Personnes présentes des deux côtés, retirées", en="Persons on both sides, removed"),
    "population.split": Text(fr="Tirage", en="Split"),
    "population.share": Text(
        fr="Part des modèles de référence entraînés sur chaque personne",
        en="Share of the reference models trained on each person",
    ),
    "population.randomised": Text(fr="aléatoire, avant l'entraînement", en="drawn at random, before training"),
    "population.randomised_by": Text(fr="aléatoire, déclaré par {name}", en="random, declared by {name}"),
    "population.given": Text(
        fr="donné : rien n'établit que les deux fichiers ne diffèrent que par l'appartenance",
        en="given: nothing establishes that the two files differ in membership only",
    ),
    # 11. registration
    "registration": Text(fr="Enregistrement préalable et examens", en="Prior registration and looks"),
    "registration.intro": Text(
        fr=(
            "Ce qui suit a été fixé avant la première requête. Chaque examen du même fichier de membres "
            "dépense une part du risque d'erreur total de 5 % ; refaire le même audit à l'identique n'en "
            "dépense pas."
        ),
        en=(
            "What follows was set before the first query. Each look at the same members file spends a "
            "part of the total error of 5 %; repeating the very same audit spends none."
        ),
    ),
    "registration.caption": Text(fr="Ce qui a été enregistré", en="What was registered"),
    "registration.look": Text(fr="Examen n°", en="Look no."),
    "registration.error": Text(fr="Risque d'erreur dépensé", en="Error spent"),
    "registration.set_by": Text(fr="Tolérances fixées par", en="Tolerances set by"),
    "registration.nobody": Text(fr="personne : elles valent 0", en="nobody: they are 0"),
    "registration.hash": Text(fr="Empreinte de l'enregistrement", en="Hash of the registration"),
    "registration.absent": Text(
        fr="aucune : rien n'a été inscrit avant l'audit", en="none: nothing was entered before the audit"
    ),
    "registration.suite": Text(fr="Suite d'attaques", en="Suite of attacks"),
    "registration.alphas": Text(fr="Taux α enregistrés", en="Registered rates α"),
    "registration.references": Text(fr="Modèles de référence", en="Reference models"),
    "registration.failed": Text(
        fr="{there} (et {failed} dont l'entraînement a échoué)", en="{there} (and {failed} whose training failed)"
    ),
    "registration.decimals": Text(fr="Décimales servies", en="Decimals served"),
    "registration.top_k": Text(fr="Classes servies", en="Classes served"),
    # 12. reproduce
    "reproduce": Text(fr="Comment refaire cet audit", en="How to repeat this audit"),
    "reproduce.intro": Text(
        fr=(
            "Les mêmes fichiers, la même configuration et la même graine, sur la même machine, redonnent "
            "le même fichier audit.json à l'octet près ; ailleurs, les mêmes signaux à une tolérance "
            "près et le même constat."
        ),
        en=(
            "The same files, configuration and seed, on the same machine, give the same audit.json to the byte; "
            "elsewhere, the same signals within a tolerance and the same verdict."
        ),
    ),
    "reproduce.command": Text(fr="Commande", en="Command"),
    "reproduce.caption": Text(fr="Versions et empreintes (SHA-256)", en="Versions and hashes (SHA-256)"),
    "reproduce.seed": Text(fr="Graine", en="Seed"),
    "reproduce.version": Text(fr="Version de {name}", en="Version of {name}"),
    "reproduce.started": Text(fr="Début", en="Start"),
    "reproduce.finished": Text(fr="Fin", en="End"),
    "reproduce.ledger": Text(fr="Tête du journal chaîné", en="Head of the chained ledger"),
    "reproduce.length": Text(fr="Inscriptions au journal", en="Records in the ledger"),
    "reproduce.anchor": Text(
        fr=(
            "La tête du journal, imprimée dans un document signé, l'ancre. Un journal qui n'est ancré "
            "nulle part peut être réécrit en entier sans que cela se voie."
        ),
        en=(
            "The head of the ledger, printed in a signed document, anchors it. A ledger anchored nowhere "
            "can be rewritten whole without a trace."
        ),
    ),
    "reproduce.no_ledger": Text(
        fr="Aucun journal n'a été tenu pour cet audit : son antériorité ne se vérifie pas.",
        en="No ledger was kept for this audit: what came first cannot be verified.",
    ),
    "reproduce.members": Text(fr="Fichier des membres", en="Members file"),
    "reproduce.non_members": Text(fr="Fichier des non-membres", en="Non-members file"),
    "reproduce.model": Text(fr="Modèle", en="Model"),
    "reproduce.recipe": Text(fr="Recette d'entraînement", en="Training recipe"),
}
