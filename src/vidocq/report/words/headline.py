"""What was asked, and how direct evidence is told, in the lines to read aloud."""

from typing import Final

from vidocq.core.text import Text

ASKED: Final = Text(
    fr=(
        "Question : le modèle {model}, interrogé avec l'accès « {accesses} », permet-il de "
        "reconnaître les personnes dont les données ont servi à l'entraîner ?"
    ),
    en=(
        "Asked: does the model {model}, queried with the access “{accesses}”, let someone recognise "
        "the persons whose data trained it?"
    ),
)
ASKED_OF_LANGUAGE: Final = Text(
    fr=(
        "Question : le modèle de langue {model}, interrogé avec l'accès « {accesses} », permet-il de reconnaître les "
        "personnes dont les données ont servi à l'entraîner, ou de faire restituer ces données ?"
    ),
    en=(
        "Asked: does the language model {model}, queried with the access “{accesses}”, let someone recognise the persons "
        "whose data trained it, or have that data given back?"
    ),
)
ASKED_WITHOUT_MEMBERS: Final = Text(
    fr=(
        "Question : le modèle de langue {model}, interrogé avec l'accès « {accesses} » et sans ses données "
        "d'entraînement, livre-t-il des données de personnes qu'il ne devrait pas livrer ?"
    ),
    en=(
        "Asked: does the language model {model}, queried with the access “{accesses}” and without its training data, hand "
        "over data of persons that it should not?"
    ),
)
DIRECT_FROM_FILE: Final = Text(
    fr="Preuve directe, lue dans le fichier du modèle – {quantity} : {members} pour les membres, {others} pour les "
    "non-membres.",
    en="Direct evidence, read in the model's file – {quantity}: {members} of members, {others} of non-members.",
)
DIRECT_BY_ASKING: Final = Text(
    fr="Preuve directe, obtenue en interrogeant – {quantity} : {members}, contre {others} pour les témoins.",
    en="Direct evidence, obtained by asking – {quantity}: {members}, against {others} of the controls.",
)
WHEN_SPEAKING_OF: Final = {
    "model": Text(fr="modèle seul : ", en="model alone: "),
    "system": Text(fr="système qui l'entoure : ", en="system around it: "),
}
"""Before a verdict, where an audit has one of each."""
