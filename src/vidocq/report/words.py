"""The fixed sentences of the report, in both languages. French follows the product's vocabulary."""

from collections.abc import Mapping
from typing import Final

from vidocq.attacks.catalogue import ATTACKS
from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished

VERDICTS: Final[Mapping[str, Text]] = {
    AuditVerdict.LEAK_SHOWN: Text(fr="fuite démontrée", en="leak shown"),
    AuditVerdict.NO_LEAK_ABOVE_BOUND: Text(
        fr="aucune fuite au-delà de la borne B, pour les attaques menées",
        en="no leak above bound B under the attacks listed",
    ),
    AuditVerdict.INCONCLUSIVE: Text(fr="non concluant", en="inconclusive"),
}

ACCESS: Final[Mapping[str, Text]] = {
    "none": Text(fr="aucun", en="none"),
    "labels": Text(fr="labels", en="labels"),
    "top_k": Text(fr="premières classes", en="top classes"),
    "probabilities": Text(fr="probabilités", en="probabilities"),
    "logprobs": Text(fr="log-probabilités", en="log-probabilities"),
    "weights": Text(fr="poids", en="weights"),
    "text": Text(fr="texte produit", en="generated text"),
}

SCOPES: Final[Mapping[str, Text]] = {
    "model": Text(fr="modèle seul", en="model alone"),
    "system": Text(
        fr="système encapsulant le modèle, filtres compris", en="system around the model, filters included"
    ),
}

TASKS: Final[Mapping[str, Text]] = {
    "classification": Text(fr="classification", en="classification"),
    "regression": Text(fr="régression", en="regression"),
}

CRITERIA: Final[Mapping[str, Text]] = {
    "singling_out": Text(fr="individualisation", en="singling out"),
    "linkability": Text(fr="corrélation", en="linkability"),
    "inference": Text(fr="inférence", en="inference"),
    "extraction": Text(fr="extraction", en="extraction"),
}

SENTENCE_AVERAGE: Final = Text(
    fr=(
        "Réglées pour accuser à tort {alphas} des personnes extérieures, les attaques menées "
        "reconnaissent en moyenne au plus {b_avg} personnes de plus sur 100 personnes ayant servi à "
        "l'entraînement que sur 100 personnes extérieures"
    ),
    en=(
        "Tuned to accuse {alphas} of outsiders, the listed attacks recognise on average at most {b_avg} more of 100 "
        "trained-on persons than of 100 outsiders"
    ),
)
SENTENCE_WORST: Final = Text(
    fr=(
        "les modèles entraînés selon cette recette exposent chacune des {persons} personnes du panel d'au plus "
        "{b_worst} (confiance de 95 % pour chacune de ces deux bornes)."
    ),
    en=(
        "models trained by this recipe expose each of the {persons} persons of the panel by at most "
        "{b_worst} (95 % each)."
    ),
)
SENTENCE_WORST_ALONE: Final = Text(
    fr=(
        "Les modèles entraînés selon cette recette exposent chacune des {persons} personnes du panel d'au plus "
        "{b_worst} (confiance de 95 %)."
    ),
    en="Models trained by this recipe expose each of the {persons} persons of the panel by at most {b_worst} (95 %).",
)
SENTENCE_NO_AVERAGE: Final = Text(
    fr="La borne moyenne n'a pas été mesurée.", en="The average bound was not measured."
)
SENTENCE_NO_WORST: Final = Text(
    fr="La borne du pire cas n'a pas été mesurée : rien n'est dit des personnes les plus exposées.",
    en="The worst-case bound was not measured: nothing is said of the most exposed persons.",
)
SENTENCE_REST: Final = Text(
    fr=(
        "Rien n'est montré pour d'autres personnes, d'autres seuils ou d'autres attaques. Seule une preuve (ε, δ) de "
        "confidentialité différentielle, une fois vérifiée, borne le risque de tous : r ≤ (e^ε − 1 + 2δ)/(e^ε + 1)."
    ),
    en=(
        "Nothing is shown about other persons, thresholds or attacks. Only a verified (ε, δ) proof bounds everyone: "
        "r ≤ (e^ε − 1 + 2δ)/(e^ε + 1)."
    ),
)

WORDS: Final[Mapping[str, Text]] = {
    # the page
    "title": Text(fr="Audit d'inférence d'appartenance", en="Membership inference audit"),
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
    # 3. tests
    "tests": Text(fr="Ce qui a été testé", en="What was tested"),
    "tests.intro": Text(
        fr=(
            "Chaque attaque est réglée, sans regarder la cible, pour accuser à tort une part α de "
            "non-membres ; elle est ensuite comptée une seule fois sur le modèle audité. Le risque est "
            "la différence entre le taux de vrais positifs et le taux de faux positifs ; sa borne haute, "
            "U, est ce qui se compare à la tolérance."
        ),
        en=(
            "Each attack is tuned, without looking at the target, to accuse wrongly a share α of "
            "non-members; it is then counted once on the audited model. The risk is the true-positive "
            "rate minus the false-positive rate; its upper bound, U, is what is compared with the "
            "tolerance."
        ),
    ),
    "tests.caption": Text(
        fr="Attaques menées, à chaque taux enregistré (intervalle de confiance entre crochets)",
        en="Attacks run, at each registered rate (confidence interval in brackets)",
    ),
    "tests.rate": Text(fr="Taux α", en="Rate α"),
    "tests.tpr": Text(fr="Vrais positifs", en="True positives"),
    "tests.fpr": Text(fr="Faux positifs", en="False positives"),
    "tests.risk": Text(fr="Risque", en="Risk"),
    "tests.upper": Text(fr="Borne U", en="Bound U"),
    "tests.p": Text(fr="p (Holm)", en="p (Holm)"),
    "tests.significant": Text(
        fr=(
            "* p sous le seuil de {level} retenu pour cet examen. > τ : borne au-dessus de la tolérance "
            "moyenne de {tolerance}."
        ),
        en="* p under the level of {level} set for this look. > τ: bound above the average tolerance of {tolerance}.",
    ),
    "tests.confidence": Text(
        fr="Niveau de confiance des intervalles : {rates} pour les taux, {risks} pour le risque.",
        en="Confidence level of the intervals: {rates} for the rates, {risks} for the risk.",
    ),
    "tests.none": Text(fr="Aucune attaque n'a été menée.", en="No attack was run."),
    "tests.risk_figure": Text(
        fr="Borne haute du risque par attaque, face à la tolérance moyenne",
        en="Upper bound of the risk per attack, against the average tolerance",
    ),
    "tests.risk_desc": Text(
        fr=(
            "Une barre par attaque, au taux où sa borne U est la plus haute. Le point est le risque "
            "estimé, le trait fin son intervalle, la fin de la barre sa borne U ; le tireté vertical est "
            "la tolérance moyenne de {tolerance}. La plus haute borne est {highest}."
        ),
        en=(
            "One bar per attack, at the rate where its bound U is highest. The dot is the estimated "
            "risk, the thin line its interval, the end of the bar its bound U; the dashed vertical line "
            "is the average tolerance of {tolerance}. The highest bound is {highest}."
        ),
    ),
    "tests.tolerance": Text(fr="tolérance", en="tolerance"),
    "tests.roc": Text(
        fr="Vrais positifs selon les faux positifs (courbes ROC, échelles logarithmiques)",
        en="True positives against false positives (ROC curves, logarithmic scales)",
    ),
    "tests.roc_desc": Text(
        fr=(
            "{number} courbes, une par attaque, de {floor} à 100 % de faux positifs. La diagonale est le "
            "hasard : au-dessus, l'attaque reconnaît plus de membres que de non-membres. Les valeurs "
            "sont dans la table qui suit."
        ),
        en=(
            "{number} curves, one per attack, from {floor} to 100 % of false positives. The diagonal is "
            "chance: above it, the attack recognises more members than non-members. The values are in "
            "the table that follows."
        ),
    ),
    "tests.roc_one_desc": Text(
        fr=(
            "Une courbe, de {floor} à 100 % de faux positifs. La diagonale est le hasard : au-dessus, "
            "l'attaque reconnaît plus de membres que de non-membres. Les valeurs sont dans la table qui "
            "suit."
        ),
        en=(
            "One curve, from {floor} to 100 % of false positives. The diagonal is chance: above it, the "
            "attack recognises more members than non-members. The values are in the table that follows."
        ),
    ),
    "tests.roc_x": Text(fr="Taux de faux positifs", en="False-positive rate"),
    "tests.roc_y": Text(fr="Taux de vrais positifs", en="True-positive rate"),
    "tests.chance": Text(fr="hasard", en="chance"),
    "tests.roc_summary": Text(fr="Valeurs de la figure", en="Values of the figure"),
    "tests.roc_caption": Text(
        fr="Taux de vrais positifs lu sur chaque courbe, au taux de faux positifs indiqué",
        en="True-positive rate read on each curve, at the false-positive rate shown",
    ),
    "tests.roc_note": Text(
        fr="Points descriptifs, sans intervalle : ils n'entrent pas dans le constat. Une case « illisible » demande "
        "davantage de non-membres.",
        en=(
            "Descriptive points, without interval: they do not enter the verdict. A cell marked "
            "“unreadable” calls for more non-members."
        ),
    ),
    "tests.unreadable": Text(fr="illisible", en="unreadable"),
    "tests.overall_caption": Text(
        fr="Mesures d'ensemble, descriptives (elles n'entrent pas dans le constat)",
        en="Overall measures, descriptive (they do not enter the verdict)",
    ),
    "tests.auc": Text(fr="Aire sous la courbe (AUC)", en="Area under the curve (AUC)"),
    "tests.gap": Text(fr="Plus grand écart VP − FP", en="Largest gap TPR − FPR"),
    "tests.epsilon": Text(fr="Borne basse de ε", en="Lower bound of ε"),
    "tests.source": Text(fr="Source", en="Source"),
    "tests.other_caption": Text(
        fr="Autres mesures, hors scores d'appartenance", en="Other measurements, besides membership scores"
    ),
    "tests.criterion": Text(fr="Critère", en="Criterion"),
    "tests.quantity": Text(fr="Grandeur", en="Quantity"),
    "tests.estimate": Text(fr="Estimation", en="Estimate"),
    "tests.naive": Text(fr="Référence naïve", en="Baseline"),
    "tests.control": Text(fr="Témoin", en="Control"),
    # 4. exposed
    "exposed": Text(fr="Qui est le plus exposé", en="Who is most exposed"),
    "exposed.intro": Text(
        fr=(
            "Le panel réunit les personnes que la première moitié des modèles de référence désigne comme "
            "les plus exposées ; la seconde moitié mesure leur exposition, une personne à la fois. Ce "
            "chiffre parle de la recette d'entraînement, non du seul modèle audité. Aucune personne "
            "n'est nommée ici."
        ),
        en=(
            "The panel gathers the persons whom the first half of the reference models points to as most "
            "exposed; the second half measures their exposure, one person at a time. This figure speaks "
            "of the training recipe, not of the audited model alone. No person is named here."
        ),
    ),
    "exposed.caption": Text(fr="Panel des personnes les plus exposées", en="Panel of the most exposed persons"),
    "exposed.persons": Text(fr="Personnes du panel", en="Persons of the panel"),
    "exposed.references": Text(
        fr="Modèles de référence : choix du panel, mesure", en="Reference models: choice of the panel, measurement"
    ),
    "exposed.alpha": Text(fr="Taux de faux positifs visé", en="False-positive rate aimed at"),
    "exposed.tpr": Text(fr="Taux de vrais positifs sur le panel", en="True-positive rate on the panel"),
    "exposed.fpr": Text(fr="Taux de faux positifs sur le panel", en="False-positive rate on the panel"),
    "exposed.bound": Text(fr="Borne du pire cas", en="Worst-case bound"),
    "exposed.p": Text(fr="p (Fisher), puis p (Holm)", en="p (Fisher), then p (Holm)"),
    "exposed.none": Text(
        fr=(
            "Non mesuré. Sans panel, aucune borne du pire cas n'est donnée : une moyenne rassurante peut "
            "cacher quelques personnes très exposées."
        ),
        en=(
            "Not measured. Without a panel no worst-case bound is given: a reassuring average may hide a few persons "
            "who are highly exposed."
        ),
    ),
    # 5. controls
    "controls": Text(fr="Témoins", en="Controls"),
    "controls.intro": Text(
        fr=(
            "Les témoins disent si l'audit voit une fuite quand il y en a une, et se tait quand il n'y en a pas. Une "
            "attaque qui manque le témoin positif est tenue pour non mesurée."
        ),
        en=(
            "The controls tell whether the audit sees a leak when there is one, and keeps silent when "
            "there is none. An attack that misses the positive control counts as not measured."
        ),
    ),
    "controls.positive_caption": Text(
        fr="Témoin positif : une fuite introduite exprès dans un modèle jumeau",
        en="Positive control: a leak planted on purpose in a twin model",
    ),
    "controls.planted": Text(fr="Fuite introduite", en="Planted leak"),
    "controls.caught": Text(fr="Vue par l'attaque", en="Seen by the attack"),
    "controls.p": Text(fr="p", en="p"),
    "controls.other_caption": Text(
        fr="Témoin négatif et classifieur aveugle", en="Negative control and blind classifier"
    ),
    "controls.control": Text(fr="Témoin", en="Control"),
    "controls.measure": Text(fr="Mesure", en="Measure"),
    "controls.outcome": Text(fr="Issue", en="Outcome"),
    "controls.negative": Text(
        fr="Témoin négatif : des modèles de référence à la place de la cible",
        en="Negative control: reference models in the target's place",
    ),
    "controls.alarms": Text(
        fr="{alarms} alertes sur {references} modèles ({limit} au plus admises)",
        en="{alarms} alarms over {references} models (at most {limit} allowed)",
    ),
    "controls.blind": Text(
        fr="Classifieur aveugle : sépare les deux fichiers sans interroger le modèle",
        en="Blind classifier: tells the two files apart without querying the model",
    ),
    "controls.blind_auc": Text(fr="AUC {auc} (0,5 : le hasard)", en="AUC {auc} (0.5: chance)"),
    "controls.no_positive": Text(fr="Témoin positif : non mesuré.", en="Positive control: not measured."),
    # 6. recipe gate
    "recipe": Text(fr="La recette est-elle celle du modèle ?", en="Is the recipe that of the model?"),
    "recipe.intro": Text(
        fr=(
            "Les modèles de référence ne parlent pour la cible que s'ils lui ressemblent. Sa perte "
            "moyenne doit rester à moins de 3 écarts-types de celle des modèles de référence, sur les "
            "membres, sur les non-membres, et pour leur écart."
        ),
        en=(
            "The reference models speak for the target only if they resemble it. Its mean loss must stay within 3 "
            "standard deviations of that of the reference models, on members, on non-members, and for their gap."
        ),
    ),
    "recipe.caption": Text(
        fr="Perte moyenne du modèle audité, face aux modèles de référence",
        en="Mean loss of the audited model, against the reference models",
    ),
    "recipe.member": Text(fr="Membres", en="Members"),
    "recipe.non_member": Text(fr="Non-membres", en="Non-members"),
    "recipe.gap": Text(fr="Écart", en="Gap"),
    "recipe.group": Text(fr="Groupe", en="Group"),
    "recipe.target": Text(fr="Modèle audité", en="Audited model"),
    "recipe.mean": Text(fr="Références : moyenne", en="References: mean"),
    "recipe.sd": Text(fr="Références : écart-type", en="References: standard deviation"),
    "recipe.z": Text(fr="Distance (écarts-types)", en="Distance (standard deviations)"),
    "recipe.passed": Text(
        fr="Vérification passée : les trois distances restent à 3 écarts-types au plus.",
        en="Gate passed: the three distances stay within 3 standard deviations.",
    ),
    "recipe.failed": Text(
        fr=(
            "Vérification non passée : la recette ou le fichier des membres n'est peut-être pas celui de ce "
            "modèle. La borne du pire cas n'est pas mesurée et le test du panel ne compte pas."
        ),
        en=(
            "Gate not passed: the recipe or the members file may not be this model's. The worst-case bound "
            "is not measured and the panel's test does not count."
        ),
    ),
    "recipe.none": Text(
        fr="Non mesuré : aucun modèle de référence ne permet la comparaison.",
        en="Not measured: no reference model allows the comparison.",
    ),
    # 7. not tested
    "untested": Text(fr="Ce qui n'a pas été testé", en="What was not tested"),
    "untested.intro": Text(
        fr="Ce qui n'est pas mesuré ne compte jamais comme passé. Le constat ne couvre rien de ce qui suit.",
        en="What is not measured never counts as passed. The verdict covers nothing of what follows.",
    ),
    "untested.caption": Text(fr="Demandé mais non mesuré", en="Asked for but not measured"),
    "untested.reason": Text(fr="Motif", en="Reason"),
    "untested.no_reason": Text(
        fr="Prévue par la suite d'attaques, absente des résultats.",
        en="Planned by the suite, absent from the results.",
    ),
    "untested.rate": Text(
        fr="À ce taux, l'attaque n'accuse pas assez de non-membres pour que le chiffre ait un sens.",
        en="At this rate, the attack accuses too few non-members for the figure to mean anything.",
    ),
    "untested.all": Text(
        fr="Tout ce que la suite prévoyait a été mesuré.", en="All that the suite planned was measured."
    ),
    "untested.kinds": Text(fr="Hors du champ de cet audit :", en="Outside the reach of this audit:"),
    "untested.accesses": Text(
        fr="les accès non testés : {accesses}", en="the kinds of access that were not tested: {accesses}"
    ),
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

LIMITS: Final = (
    Text(
        fr=(
            "L'absence de fuite visible ne vaut que pour les attaques menées, à ces taux, sur ces "
            "personnes, par cet accès."
        ),
        en=(
            "The absence of a visible leak holds only for the attacks run, at these rates, on these "
            "persons, by this access."
        ),
    ),
    Text(
        fr="De meilleures attaques paraîtront : un constat rendu avec une suite ancienne est à actualiser.",
        en="Better attacks will appear: a verdict given with an older suite becomes stale.",
    ),
    Text(
        fr="Une moyenne basse peut cacher des personnes très exposées ; seul le panel en parle, et pour lui seul.",
        en="A low average may hide highly exposed persons; only the panel speaks of them, and only for itself.",
    ),
    Text(
        fr="L'appartenance n'est pas le seul risque : voir ce qui n'a pas été testé.",
        en="Membership is not the only risk: see what was not tested.",
    ),
    Text(
        fr="Un réentraînement, un ajustement ou de nouvelles données demandent un nouvel audit.",
        en="Retraining, fine-tuning or new data call for a new audit.",
    ),
)

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

APART: Final[Mapping[str, Text]] = {
    **{kind.card.id: kind.card.title for kind in ATTACKS},
    "structure": Text(fr="Lecture du fichier du modèle, sans requête", en="Reading the model's file, no query"),
    "one-run": Text(fr="Borne mesurée sur un seul entraînement", en="Bound measured on one training run"),
    "linking": Text(fr="Rapprochement d'enregistrements", en="Linking of records"),
    "attribute": Text(fr="Inférence d'attribut", en="Attribute inference"),
    "inversion": Text(fr="Inversion de modèle", en="Model inversion"),
    "reconstruction": Text(fr="Reconstruction d'enregistrements", en="Reconstruction of records"),
}
"""Attacks that this audit may not have run: their titles stand nowhere else in it."""

GLOSSARY: Final = (
    (
        Text(fr="Membre, non-membre", en="Member, non-member"),
        Text(
            fr="Personne dont les données ont, ou n'ont pas, servi à entraîner le modèle.",
            en="A person whose data did, or did not, train the model.",
        ),
    ),
    (
        Text(fr="Inférence d'appartenance", en="Membership inference"),
        Text(
            fr="Attaque qui devine si une personne figure dans le jeu d'entraînement.",
            en="An attack that guesses whether a person is in the training set.",
        ),
    ),
    (
        Text(fr="Modèle de référence", en="Reference model"),
        Text(
            fr="Modèle entraîné par la même recette sur d'autres tirages des mêmes personnes.",
            en="A model trained by the same recipe on other draws of the same persons.",
        ),
    ),
    (
        Text(fr="Taux de vrais positifs, de faux positifs", en="True-positive rate, false-positive rate"),
        Text(
            fr="Part des membres reconnus ; part des non-membres accusés à tort.",
            en="Share of members recognised; share of non-members wrongly accused.",
        ),
    ),
    (
        Text(fr="Risque", en="Risk"),
        Text(
            fr="Taux de vrais positifs moins taux de faux positifs : ce que l'attaque gagne sur le hasard.",
            en="True-positive rate minus false-positive rate: what the attack gains over chance.",
        ),
    ),
    (
        Text(fr="Intervalle de confiance", en="Confidence interval"),
        Text(
            fr="Valeurs compatibles avec ce qui a été compté (Clopper-Pearson), au niveau annoncé.",
            en="Values compatible with what was counted (Clopper-Pearson), at the level stated.",
        ),
    ),
    (
        Text(fr="Borne", en="Bound"),
        Text(
            fr="Valeur que le risque ne dépasse pas, à 95 % de confiance, pour ce qui a été testé.",
            en="A value the risk does not exceed, with 95 % confidence, for what was tested.",
        ),
    ),
    (
        Text(fr="Tolérance", en="Tolerance"),
        Text(
            fr="Risque qu'une personne nommée a dit accepter, avant l'audit.",
            en="The risk a named person stated as acceptable, before the audit.",
        ),
    ),
    (
        Text(fr="Valeur p (Holm)", en="p-value (Holm)"),
        Text(
            fr="Probabilité d'un écart au moins aussi grand sans aucune fuite, corrigée du nombre de tests.",
            en="Probability of a gap at least as large with no leak at all, corrected for the number of tests.",
        ),
    ),
    (
        Text(fr="Témoin", en="Control"),
        Text(
            fr="Essai dont la réponse est connue, et qui éprouve l'audit lui-même.",
            en="A trial whose answer is known, which tests the audit itself.",
        ),
    ),
    (
        Text(fr="Référence naïve", en="Baseline"),
        Text(
            fr="Attaque sommaire qu'une véritable attaque doit dépasser.",
            en="A crude attack that a real one has to beat.",
        ),
    ),
    (
        Text(fr="Examen", en="Look"),
        Text(
            fr="Passage de l'audit sur un fichier de membres et un accès ; ils sont comptés.",
            en="One pass of the audit over a members file and an access; they are counted.",
        ),
    ),
    (
        Text(fr="Groupe des plus exposés (panel)", en="Panel"),
        Text(
            fr="Personnes choisies, sur une moitié des modèles de référence, parce qu'elles y semblaient les plus exposées ; "
            "l'autre moitié dit si elles le sont.",
            en="Persons chosen on one half of the reference models because they seemed the most exposed there; the other "
            "half tells whether they are.",
        ),
    ),
    (
        Text(fr="Courbe ROC, AUC", en="ROC curve, AUC"),
        Text(
            fr="Vrais positifs contre faux positifs à chaque seuil ; l'aire sous la courbe vaut 0,5 au hasard, 1 pour une "
            "attaque qui ne se trompe jamais.",
            en="True against false positives at each threshold; the area under the curve is 0.5 by chance, 1 for an attack "
            "that is never wrong.",
        ),
    ),
    (
        Text(fr="Précision d'une accusation (PPV)", en="Precision of an accusation (PPV)"),
        Text(
            fr="Part des personnes accusées qui sont bien des membres, selon la part de membres parmi celles qu'on essaie.",
            en="Share of the persons accused who are members, given the share of members among those who are tried.",
        ),
    ),
    (
        Text(fr="Taux de fausses découvertes", en="False discovery rate"),
        Text(
            fr="Part attendue d'erreurs parmi les personnes dites exposées (Benjamini-Hochberg).",
            en="Expected share of errors among the persons said to be exposed (Benjamini-Hochberg).",
        ),
    ),
    (
        Text(fr="Empreinte (SHA-256)", en="Hash (SHA-256)"),
        Text(
            fr="Nombre calculé sur un fichier : un seul bit changé en donne un autre.",
            en="A number computed from a file: a single changed bit gives another one.",
        ),
    ),
    (
        Text(fr="ε mesuré", en="Measured ε"),
        Text(
            fr="Borne inférieure tirée d'une attaque : l'entraînement ne protège pas mieux que cela. Elle ne prouve aucune "
            "protection.",
            en="A lower bound drawn from an attack: the training protects no better than that. It proves no protection.",
        ),
    ),
    (
        Text(fr="Confidentialité différentielle (ε, δ)", en="Differential privacy (ε, δ)"),
        Text(
            fr="Propriété de l'entraînement, prouvée, qui borne ce qu'une personne y change.",
            en="A proven property of the training that bounds what one person changes in it.",
        ),
    ),
)


def word(key: str, lang: Lang, **values: object) -> str:
    """A fixed sentence by its name, with its typography."""
    text = WORDS[key]
    return polished((text.fill(**values) if values else text).to(lang), lang)


def either(items: list[str], lang: Lang) -> str:
    """a, b or c."""
    return _listed(items, Text(fr="ou", en="or").to(lang))


def together(items: list[str], lang: Lang) -> str:
    """a, b and c."""
    return _listed(items, Text(fr="et", en="and").to(lang))


def _listed(items: list[str], last: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"
