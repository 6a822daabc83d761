"""What no audit shows."""

from typing import Final

from vidocq.core.text import Text

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
