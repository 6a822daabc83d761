"""Natural outliers: texts of the corpus that the rest of it explains least."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import SampleTooSmall
from vidocq.core.language import ScoresTexts
from vidocq.measure.near_verbatim import words

FEWEST_WORDS, MOST_WORDS = 8, 400


def natural_outliers(texts: Sequence[str], count: int, *, reference: ScoresTexts | None = None) -> list[int]:
    """Rows of the `count` texts that surprise most, most surprising first.

    Only texts that stand once in the corpus, of 8 to 400 words: a copy left in would be trained on whatever the coin.
    reference  a model that was not trained on them: their mean surprise there, token by token. Without it, that of
               their words under the frequencies of the corpus, which takes rare words for rare texts.
    Raises     SampleTooSmall if there are too few such texts.
    """
    copies = Counter(texts)
    rows = [i for i, text in enumerate(texts) if copies[text] == 1 and FEWEST_WORDS <= len(words(text)) <= MOST_WORDS]
    if len(rows) < count:
        raise SampleTooSmall(
            f"{len(rows)} texts stand once and have {FEWEST_WORDS} to {MOST_WORDS} words; {count} outliers were asked for",
            where="canaries",
            fix="give a larger corpus, or ask for fewer outliers",
        )
    chosen = [texts[i] for i in rows]
    surprise = _by_words(texts, chosen) if reference is None else _by_model(reference, chosen)
    order = np.argsort(-surprise, kind="stable")[:count]
    return [rows[i] for i in order]


def _by_words(texts: Sequence[str], chosen: Sequence[str]) -> FloatArray:
    counts = Counter(word.casefold() for text in texts for word in words(text))
    whole = sum(counts.values())
    surprise = {word: math.log(whole / times) for word, times in counts.items()}
    return np.array([np.mean([surprise[word.casefold()] for word in words(text)]) for text in chosen])


def _by_model(reference: ScoresTexts, chosen: Sequence[str]) -> FloatArray:
    heard = reference.read(chosen)
    return -heard.per_text(heard.logprob) / np.maximum(heard.lengths, 1)
