"""Whether a model reads the texts at all: it finds their words in order likelier than the same words out of order.

A tokenizer that is not the model's, or a model of another language, shows here: every attack would be silent then, and its
silence would say nothing of what the model remembers.
"""

import numpy as np
from scipy import stats

from vidocq.audit.language.population import TextPopulation
from vidocq.core.language import ScoresTexts
from vidocq.core.seeds import Seeds
from vidocq.core.text import Text

SAMPLE = 64
ERROR = 0.01

NOT_UNDERSTOOD = Text(
    fr="Le modèle ne trouve pas ces textes plus vraisemblables que les mêmes mots en désordre ({better} sur {asked}) : son "
    "tokenizer n'est sans doute pas le sien, ou il ne lit pas cette langue. Le silence des attaques ne dit alors rien.",
    en="The model finds these texts no likelier than the same words out of order ({better} of {asked}): its tokenizer is probably "
    "not its own, or it does not read this language. The silence of the attacks says nothing then.",
)


def not_understood(model: ScoresTexts, population: TextPopulation, *, seed: int) -> Text | None:
    """What to say if the model does not tell order from disorder; None if it does, or if there is nothing to shuffle.

    A sign test over `SAMPLE` texts that no side was preferred for, at the level ERROR.
    """
    rng = Seeds(seed).generator("understood")
    texts = [text for text in population.texts if len(text.split()) > 3]
    chosen = [texts[i] for i in rng.permutation(len(texts))[:SAMPLE]]
    if len(chosen) < 10:
        return None
    shuffled = [" ".join(rng.permutation(np.array(text.split(), dtype=object))) for text in chosen]
    heard = model.read([*chosen, *shuffled])
    mean = heard.per_text(heard.logprob) / np.maximum(heard.lengths, 1)
    better = int((mean[: len(chosen)] > mean[len(chosen) :]).sum())
    if stats.binomtest(better, len(chosen), alternative="greater").pvalue <= ERROR:
        return None
    return NOT_UNDERSTOOD.fill(better=better, asked=len(chosen))
