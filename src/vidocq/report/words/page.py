"""Words of the page as a whole, of its conclusion and of the terminal."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

PAGE: Final[Mapping[str, Text]] = {
    # the page
    "title": Text(fr="Audit d'inférence d'appartenance", en="Membership inference audit"),
    "title.language": Text(fr="Audit d'un modèle de langage", en="Audit of a language model"),
    "skip": Text(fr="Aller au contenu", en="Skip to the content"),
    "contents": Text(fr="Sommaire", en="Contents"),
    "subject": Text(fr="Objet de l'audit", en="Subject of the audit"),
    "model": Text(fr="Modèle", en="Model"),
    "kind": Text(fr="Adaptateur", en="Adapter"),
    "task": Text(fr="Tâche", en="Task"),
    "classes": Text(fr="Classes", en="Classes"),
    "features": Text(fr="Variables", en="Features"),
    "finished": Text(fr="Audit achevé", en="Audit finished"),
    "independent": Text(
        fr="Vidocq est un logiciel indépendant. Ce rapport n'émane pas de la CNIL, qui ne l'a ni demandé ni examiné.",
        en="Vidocq is independent software. This report does not come from the CNIL, which neither asked for it nor "
        "examined it.",
    ),
    "yes": Text(fr="oui", en="yes"),
    "no": Text(fr="non", en="no"),
    "passed": Text(fr="passé", en="passed"),
    "failed": Text(fr="non passé", en="not passed"),
    "not_measured": Text(fr="non mesuré", en="not measured"),
    "panel": Text(fr="Panel des plus exposés", en="Panel of the most exposed"),
    "matrix": Text(fr="Vue d'ensemble", en="Overview"),
    "matrix.intro": Text(
        fr="Pour chaque attaque, le critère qu'elle met à l'épreuve et ce qu'elle y a trouvé. Une case « non testé » "
        "reste ouverte : le constat n'en dit rien. Un tiret : l'attaque ne porte pas sur ce critère.",
        en="For each attack, the criterion it puts to the test and what it found there. A cell “not tested” stays "
        "open: the verdict says nothing of it. A dash: the attack does not bear on this criterion.",
    ),
    "matrix.caption": Text(fr="Attaques et critères", en="Attacks and criteria"),
    "matrix.bound": Text(fr="risque d'au plus {bound} ({at})", en="risk at most {bound} ({at})"),
    "matrix.measured": Text(fr="mesuré ({figures}, plus bas)", en="measured ({figures} below)"),
    "matrix.direct": Text(fr="preuve directe ({figures}, plus bas)", en="direct evidence ({figures} below)"),
    "matrix.figure": Text(fr="{number} chiffre", en="{number} figure"),
    "matrix.figures": Text(fr="{number} chiffres", en="{number} figures"),
    "matrix.untested": Text(fr="non testé", en="not tested"),
    "matrix.beside": Text(fr="–", en="–"),
    "tests.p_alone": Text(fr="p", en="p"),
    "tests.direct": Text(fr="Preuve directe", en="Direct evidence"),
    "tests.direct_note": Text(
        fr="Une preuve directe vaut pour qui détient le fichier du modèle ; par un autre accès, ce fichier n'est pas lu.",
        en="Direct evidence holds for whoever has the model's file; by another access that file is not read.",
    ),
    "everyone.intro": Text(
        fr="Au-delà du panel, chaque personne est suivie dans les modèles de référence : sont-ils plus sûrs d'elle "
        "quand ils l'ont vue ? Les chiffres décrivent la recette ; ils n'entrent pas dans le constat, et ne désignent "
        "personne.",
        en="Beyond the panel, each person is followed through the reference models: are they surer of him where they "
        "were trained on him? The figures describe the recipe; they do not enter the verdict, and point at nobody.",
    ),
    "everyone.caption": Text(fr="Toutes les personnes", en="Everyone"),
    "everyone.exposed": Text(
        fr="Personnes dont l'exposition est établie (au plus {rate} de fausses découvertes)",
        en="Persons whose exposure is shown (at most {rate} false discoveries)",
    ),
    "everyone.shift": Text(
        fr="Écart de confiance, en écarts-types : médiane, 95e et 99e centiles",
        en="Shift of confidence, in standard deviations: median, 95th and 99th percentiles",
    ),
    "everyone.ranks": Text(
        fr="Corrélation des rangs entre deux moitiés des modèles",
        en="Correlation of ranks between two halves of models",
    ),
    "everyone.top": Text(
        fr="Vingtième le plus exposé, commun aux deux moitiés ({chance} par hasard)",
        en="Most exposed twentieth, shared by both halves ({chance} by chance)",
    ),
    "everyone.blocks": Text(fr="Blocs de modèles de référence", en="Blocks of reference models"),
    "everyone.groups": Text(fr="Groupes", en="Groups"),
    "everyone.group": Text(fr="Groupe", en="Group"),
    "everyone.persons": Text(fr="Personnes", en="Persons"),
    "everyone.mean": Text(fr="Écart moyen", en="Mean shift"),
    "everyone.others": Text(fr="Écart moyen des autres", en="Mean shift of the others"),
    "everyone.found": Text(fr="Exposition établie", en="Exposure shown"),
    "everyone.small": Text(fr="trop peu de personnes", en="too few persons"),
    "everyone.nobody": Text(fr="aucune personne", en="nobody"),
    "everyone.not_counted": Text(fr="non compté, groupe trop petit", en="not counted, group too small"),
    "everyone.p": Text(fr="p, face au hasard", en="p, against chance"),
    "everyone.groups_note": Text(
        fr="Un groupe d'au moins 50 personnes est décrit par leur moyenne. De 10 à 49, il est pris comme un tout : "
        "l'intervalle vient alors des blocs de modèles de référence, et personne n'est compté. Au-dessous de 10, rien n'est "
        "donné. Le p répond à la question : autant de personnes tirées au hasard auraient-elles un écart moyen aussi élevé ?",
        en="A group of 50 persons or more is told by their mean. One of 10 to 49 is taken as a whole: the interval then "
        "comes from the blocks of reference models, and nobody is counted. Under 10, nothing is given. The p answers: "
        "would as many persons drawn at random have a mean shift this high?",
    ),
    "everyone.why": Text(
        fr="Ce qui distingue les plus exposés des autres",
        en="What tells the most exposed from the others",
    ),
    "everyone.why_note": Text(
        fr="Une piste n'est donnée que si la particularité est plus fréquente chez les plus exposés que le hasard ne "
        "l'explique (test exact de Fisher, correction de Holm sur l'ensemble des particularités, 5 %). La variable la plus "
        "rare est choisie sur une moitié des personnes et comptée sur l'autre. La stabilité est la part des moitiés des "
        "modèles de référence qui font ressortir la même particularité chez leurs propres plus exposés.",
        en="A lead is given only where the trait is more frequent among the most exposed than chance explains (Fisher's "
        "exact test, Holm's correction over all traits, 5 %). The rarest variable is chosen on one half of the persons "
        "and counted on the other. Stability is the share of the halves of the reference models that bring out the same "
        "trait in their own most exposed.",
    ),
    "everyone.steady": Text(fr="Stabilité", en="Stability"),
    "everyone.cause": Text(fr="Particularité", en="Trait"),
    "everyone.most": Text(fr="Des plus exposés", en="Of the most exposed"),
    "everyone.random": Text(fr="Des autres", en="Of the others"),
    "everyone.lead": Text(fr="Piste", en="Lead"),
    "everyone.no_lead": Text(fr="rien qui dépasse le hasard", en="nothing beyond chance"),
    "cost.by.reference_models": Text(
        fr="Réussite selon le nombre de modèles de référence (aire sous la courbe)",
        en="Success by number of reference models (area under the curve)",
    ),
    "cost.by.queries": Text(
        fr="Réussite selon le nombre de requêtes par enregistrement (aire sous la courbe)",
        en="Success by number of queries a record (area under the curve)",
    ),
    "cost.by.known_outsiders": Text(
        fr="Réussite selon le nombre de personnes extérieures connues de l'attaquant (aire sous la courbe)",
        en="Success by number of outsiders known to the attacker (area under the curve)",
    ),
    "cost.curve_note": Text(
        fr="Ce que chaque attaque aurait atteint avec moins de moyens. Un tiret : elle ne se prononce pas avec si peu.",
        en="What each attack would have reached with less. A dash: it does not speak from so little.",
    ),
    "cost.figure.reference_models": Text(
        fr="Réussite selon le nombre de modèles de référence", en="Success by number of reference models"
    ),
    "cost.figure.queries": Text(
        fr="Réussite selon le nombre de requêtes par enregistrement", en="Success by number of queries a record"
    ),
    "cost.figure_desc": Text(
        fr="Aire sous la courbe selon {means}, de {least} à {most}, une ligne par attaque. Le tableau donne les chiffres.",
        en="Area under the curve by {means}, from {least} to {most}, one line per attack. The table gives the figures.",
    ),
    "cost.figure_by.reference_models": Text(fr="le nombre de modèles de référence", en="number of reference models"),
    "cost.figure_by.queries": Text(fr="le nombre de requêtes par enregistrement", en="number of queries a record"),
    "cost.figure_x.reference_models": Text(fr="Modèles de référence", en="Reference models"),
    "cost.figure_x.queries": Text(fr="Requêtes par enregistrement", en="Queries a record"),
    "cost.figure_y": Text(fr="Aire sous la courbe", en="Area under the curve"),
    "no_test": Text(fr="témoin, sans test", en="control, no test"),
    "not_needed": Text(
        fr="non exigé : la répartition est déclarée aléatoire, ou tirée par Vidocq",
        en="not required: the split is declared random, or was drawn by Vidocq",
    ),
    "not_stated": Text(fr="non indiqué", en="not stated"),
    "person": Text(fr="personne", en="person"),
    "record": Text(fr="enregistrement", en="record"),
    "attack": Text(fr="Attaque", en="Attack"),
    "baseline": Text(fr="référence naïve", en="baseline"),
    "own_point": Text(fr="point propre", en="own point"),
    "item": Text(fr="Élément", en="Item"),
    "value": Text(fr="Valeur", en="Value"),
    "access": Text(fr="Accès", en="Access"),
    "scope": Text(fr="Périmètre", en="Scope"),
    # 1. verdict
    "verdict": Text(fr="Constat", en="Verdict"),
    "verdict.reasons": Text(fr="Motifs du constat", en="Reasons for the verdict"),
    "verdict.bounds": Text(fr="Bornes et tolérances", en="Bounds and tolerances"),
    "verdict.bound": Text(fr="Borne mesurée (B)", en="Measured bound (B)"),
    "verdict.tolerance": Text(fr="Tolérance (τ)", en="Tolerance (τ)"),
    "verdict.comparison": Text(fr="Comparaison", en="Comparison"),
    "verdict.quantity": Text(fr="Grandeur", en="Quantity"),
    "verdict.average": Text(fr="En moyenne", en="On average"),
    "verdict.worst": Text(fr="Pire cas, sur le panel", en="Worst case, on the panel"),
    "verdict.within": Text(fr="borne sous la tolérance", en="bound within the tolerance"),
    "verdict.above": Text(fr="borne au-dessus de la tolérance", en="bound above the tolerance"),
    # 2. bound
    "bound": Text(fr="Ce que la borne veut dire", en="What the bound means"),
    "bound.records": Text(
        fr="Faute d'identifiant, chaque enregistrement est ici tenu pour une personne.",
        en="For want of an identifier, each record is taken here for a person.",
    ),
    "bound.law": Text(
        fr=(
            "Le droit ne donne aucun chiffre pour une vraisemblance insignifiante. Les tolérances sont celles qu'une "
            "personne nommée a fixées avant l'audit ; sans elle, elles valent 0."
        ),
        en=(
            "The law gives no figure for an insignificant likelihood. The tolerances are those a named person set "
            "before the audit; without one, they are 0."
        ),
    ),
    # 13. remedies
    "remedies": Text(fr="Pistes à essayer", en="Leads to try"),
    "remedies.intro": Text(
        fr=(
            "Ces pistes découlent des faits ci-dessus par une règle fixe. Aucune n'est acquise d'avance "
            ": chacune est à essayer, puis à auditer de nouveau, en mesurant ce qu'elle coûte en utilité."
        ),
        en=(
            "These leads follow from the facts above by a fixed rule. None is certain to work: each is "
            "to be tried, then audited again, measuring what it costs in usefulness."
        ),
    ),
    "remedies.because": Text(fr="Pourquoi :", en="Why:"),
    "remedies.beware": Text(fr="Attention :", en="Beware:"),
    # 14. limits
    "limits": Text(fr="Limites", en="Limits"),
    "limits.attacks": Text(fr="Limites de chaque attaque", en="Limits of each attack"),
    # 15. conclusion
    "conclusion": Text(
        fr="Conclusion (à écrire par la personne qui signe)", en="Conclusion (to be written by the person who signs)"
    ),
    "conclusion.intro": Text(
        fr=(
            "Ce rapport apporte des éléments de preuve. Il ne se prononce pas sur le statut du modèle au "
            "regard du RGPD : cette conclusion revient à la personne qui signe, sur l'ensemble des "
            "éléments dont elle dispose."
        ),
        en=(
            "This report brings evidence. It does not settle the status of the model under the GDPR: that conclusion "
            "belongs to the person who signs, on all the evidence at hand."
        ),
    ),
    "conclusion.name": Text(fr="Nom et fonction", en="Name and role"),
    "conclusion.date": Text(fr="Date", en="Date"),
    "conclusion.signature": Text(fr="Signature", en="Signature"),
    # 16. glossary
    "glossary": Text(fr="Glossaire", en="Glossary"),
    # terminal
    "terminal.caution": Text(fr="Attention :", en="Caution:"),
    "terminal.reasons": Text(fr="Motifs :", en="Reasons:"),
    "terminal.absent": Text(fr="Non mesuré :", en="Not measured:"),
    "terminal.rest": Text(
        fr="Rien n'est montré pour d'autres personnes, d'autres seuils ou d'autres attaques.",
        en="Nothing is shown about other persons, thresholds or attacks.",
    ),
}
