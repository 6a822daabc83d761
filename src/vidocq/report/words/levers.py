"""What could change an answer, each as the end of a sentence."""

from typing import Final

from vidocq.core.text import Text

NAME_TOLERANCES: Final = Text(
    fr=(
        "qu'une personne nommée fixe des tolérances avant la première requête ; à une tolérance de "
        "0, aucun nombre de personnes ne permet d'écarter une fuite."
    ),
    en=(
        "that a named person set tolerances before the first query; at a tolerance of 0, no number "
        "of persons can rule a leak out."
    ),
)
CHECK_RECIPE: Final = Text(
    fr="vérifier que la recette et le fichier des membres sont bien ceux de ce modèle, puis refaire l'audit.",
    en="checking that the recipe and the members file are this model's own, then repeating the audit.",
)
SAME_ORIGIN: Final = Text(
    fr=(
        "des non-membres de même origine que les membres, tirés au hasard avant l'entraînement "
        "(vidocq split) : les deux fichiers diffèrent aujourd'hui par autre chose que l'appartenance."
    ),
    en=(
        "non-members of the same origin as the members, drawn at random before training (vidocq "
        "split): today the two files differ in more than membership."
    ),
)
WIDER_ACCESS: Final = Text(
    fr=(
        "un accès aux probabilités du modèle, ou un modèle qui en donne : avec les labels seuls, aucun nombre "
        "de personnes ne borne le pire cas."
    ),
    en=(
        "access to the model's probabilities, or a model that gives some: with labels alone no number of persons "
        "bounds the worst case."
    ),
)
RETRAIN: Final = Text(
    fr="une recette qui permette de réentraîner le modèle, sans quoi le pire cas ne se mesure pas.",
    en="a recipe that lets the model be retrained, without which the worst case cannot be measured.",
)
DESCRIBE_FINE_TUNING: Final = Text(
    fr=(
        "dire dans [model.fine_tuning] comment le modèle a été affiné, pour que des modèles de référence puissent l'être : "
        "sans eux, le pire cas ne se mesure pas."
    ),
    en=(
        "saying in [model.fine_tuning] how the model was fine-tuned, so that reference models can be: without them the "
        "worst case cannot be measured."
    ),
)
PERSONS_BESIDES: Final = Text(
    fr="Il faudrait aussi {} personnes de chaque côté (ici {}).",
    en="It would also take {} persons on each side ({} here).",
)
FIRST_REASON: Final = Text(
    fr="lever le premier des motifs énoncés sous le constat.",
    en="lifting the first of the reasons given under the verdict.",
)
ASK_SUPPLIER: Final = Text(
    fr=(
        "obtenir de qui a entraîné le modèle des textes d'entraînement et des textes témoins tirés au sort : sans eux, "
        "rien n'est borné."
    ),
    en=(
        "getting training texts, and control texts drawn by lot, from whoever trained the model: without them nothing is "
        "bounded."
    ),
)
TOKEN_PROBABILITIES: Final = Text(
    fr="un accès aux log-probabilités des tokens : avec le texte seul, aucun nombre de personnes ne borne le pire cas.",
    en="access to the log-probabilities of tokens: with text alone no number of persons bounds the worst case.",
)
