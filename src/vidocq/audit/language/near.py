"""Near-verbatim answers where probabilities are known: a lower bound, from the near answers that the model itself writes."""

from collections.abc import Sequence

import numpy as np
from scipy.special import logsumexp

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import SignalError
from vidocq.core.language import Decoding, Passage, Prompt, ScoresContinuations
from vidocq.core.seeds import Seeds
from vidocq.measure.near_verbatim import edits_allowed, nearest_beginning, without_last_words


def near_log_p(
    model: ScoresContinuations,
    passages: Sequence[Passage],
    exact: FloatArray,
    *,
    decoding: Decoding,
    edits: int,
    tries: int,
    seed: int,
) -> tuple[FloatArray, int]:
    """(n,) lower bound of the log-probability that an answer is the suffix, but for `edits` words; and queries made.

    The model is asked for its likeliest answer and for `tries` others; those that are near enough, and the suffix without
    its last words, are scored in closed form and added up. Only answers none of which begins with another are added, so
    that no answer counts twice. What the model would write but did not write here is missing: the true probability is
    at least this.
    """
    prompts = [Prompt(text=passage.prefix) for passage in passages]
    longest = max((len(p.suffix_tokens) for p in passages), default=0) + 4 * edits
    answers = [[answer] for (answer,) in _write(model, prompts, Decoding(temperature=0.0), 1, longest, seed)]
    if not decoding.is_greedy:
        for told, more in zip(answers, _write(model, prompts, decoding, tries, longest, seed), strict=True):
            told.extend(more)
    candidates = [_apart(told, p, edits=edits) for told, p in zip(answers, passages, strict=True)]
    flat = [(row, text) for row, texts in enumerate(candidates) for text in texts]
    asked = [
        Passage(prefix=passages[row].prefix, suffix=text, prefix_tokens=passages[row].prefix_tokens)
        for row, text in flat
    ]
    scored = _scored(model, asked, decoding)
    terms: list[list[float]] = [[] for _ in passages]
    best = exact.copy()
    for (row, text), log_p in zip(flat, scored, strict=True):
        if passages[row].suffix.startswith(text):
            best[row] = max(best[row], log_p)  # whoever writes the suffix writes this too
        else:
            terms[row].append(float(log_p))
    with np.errstate(divide="ignore"):  # all of them may be ruled out
        found = [logsumexp([known, *others]) for known, others in zip(best, terms, strict=True)]
    return np.minimum(found, 0.0), sum(len(told) for told in answers) + len(flat)


def _scored(model: ScoresContinuations, passages: Sequence[Passage], decoding: Decoding) -> FloatArray:
    """(n,) log-probabilities; -inf, which adds nothing, for an answer that the model would cut into other tokens."""
    if not passages:
        return np.empty(0)
    try:
        return model.continuation(passages, decoding=decoding)
    except SignalError:
        if len(passages) == 1:
            return np.array([-np.inf])
        half = len(passages) // 2
        return np.concatenate([_scored(model, part, decoding) for part in (passages[:half], passages[half:])])


def _write(
    model: ScoresContinuations, prompts: Sequence[Prompt], decoding: Decoding, times: int, most: int, seed: int
) -> list[list[str]]:
    return model.write(
        prompts, decoding=decoding, times=times, most_tokens=most, seed=Seeds(seed).integer("near answers", times)
    )


def _apart(answers: Sequence[str], passage: Passage, *, edits: int) -> list[str]:
    """Near answers, each cut where it is nearest, and the suffix without its last words: none begins with another."""
    allowed = edits_allowed(passage.suffix, edits)
    near = (nearest_beginning(answer, passage.suffix, edits=allowed) for answer in answers)
    found = {text for text in near if text is not None}
    if allowed:
        found.add(without_last_words(passage.suffix, allowed))
    kept: list[str] = []
    for text in sorted(found, key=lambda text: (len(text), text)):
        if text != passage.suffix and not text.startswith(tuple(kept)):
            kept.append(text)
    return kept
