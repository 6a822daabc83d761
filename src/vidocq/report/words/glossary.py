"""Terms and what they mean, as the report closes with them."""

from typing import Final

from vidocq.core.text import Text

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
