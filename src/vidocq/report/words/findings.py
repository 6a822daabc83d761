"""Words about tests on all persons, and about the most exposed."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

FINDINGS: Final[Mapping[str, Text]] = {
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
    "tests.none.language": Text(
        fr="Aucune attaque n'a cherché à reconnaître des textes d'entraînement ; ce qui a été demandé au modèle est dit plus bas.",
        en="No attack tried to recognise training texts; what the model was asked is told below.",
    ),
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
    "exposed.labels": Text(
        fr=(
            "Non mesuré : c'est l'accès qui l'interdit. Les labels seuls ne disent pas à quel point le modèle est sûr "
            "d'une personne ; il faut des probabilités pour former un panel et borner le pire cas."
        ),
        en=(
            "Not measured: the access forbids it. Labels alone do not tell how sure the model is of a person; it takes "
            "probabilities to form a panel and to bound the worst case."
        ),
    ),
}
