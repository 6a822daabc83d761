"""The sentence that carries the bound, part by part."""

from typing import Final

from vidocq.core.text import Text

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
