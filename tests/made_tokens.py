"""Token signals of language models that were never trained: texts have a difficulty, training raises their tokens' odds."""

from dataclasses import replace

import numpy as np

from vidocq.audit.language.confidence import text_signals
from vidocq.audit.sampling.design import draw_design
from vidocq.core.access import Access
from vidocq.core.token_signals import TokenSignals

from synthetic import Scene, population_of, scene

OTHERS = 999
"""Tokens of a made vocabulary besides the true one and the model's favourite among the others."""
FAVOURITE = 0.9
"""Its share of what the true one leaves."""


def tokens_of(logprob, lengths, *, base=None):
    """By the law of the next token: the true one, a favourite, and all others alike."""
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    rest = np.log(-np.expm1(logprob))
    favourite, others = rest + np.log(FAVOURITE), rest + np.log1p(-FAVOURITE)
    law = [(np.exp(x), x) for x in (logprob, favourite)] + [(np.exp(others), others - np.log(OTHERS))]
    mean = sum(share * value for share, value in law)
    square = sum(share * value**2 for share, value in law)
    size = np.asarray(lengths, dtype=np.int64) * 4
    return TokenSignals(
        start=start,
        logprob=logprob,
        mean=mean,
        spread=np.sqrt(np.maximum(square - mean**2, 0.0)),
        top=logprob >= favourite,
        base=np.full_like(logprob, np.nan) if base is None else base,
        bytes=size,
        zipped=np.maximum(1, size * 2 // 3),
    )


def likely(log_odds):
    """Log-probability from log-odds."""
    return -np.logaddexp(0.0, -log_odds)


def text_scene(
    *, rng, leak=0.0, recipe_leak=None, members=400, non_members=400, references=24, spread=1.0, domain=0.3, length=24
):
    """Log-odds of each token = difficulty of its text + its own + what fine-tuning taught of the domain, and of this text.

    leak, recipe_leak  of the target, and of the references, as in `synthetic.scene`, in nats a token.
    """
    n = members + non_members
    population = population_of(members, non_members, rng=rng)
    design = draw_design(n, references, share=population.share, rng=rng)
    lengths = rng.integers(length // 2, length * 3 // 2, n)
    owner = np.repeat(np.arange(n), lengths)
    odds = (rng.normal(scale=spread, size=n) - 1.0)[owner] + 2.0 * rng.normal(size=len(owner))
    base = likely(odds)

    def tuned(gained):
        moved = domain + gained[owner] * rng.exponential(size=len(owner)) + 0.7 * rng.normal(size=len(owner))
        return tokens_of(likely(odds + moved), lengths, base=base)

    usual = leak if recipe_leak is None else recipe_leak
    target = tuned(leak * population.is_member)
    others = [tuned(usual * had) for had in design.trained_on]
    signals = text_signals(target, others, design.trained_on)
    at = np.arange(n)
    signals = replace(signals, known=at >= n - non_members // 3, known_members=at < members // 3)
    return Scene(signals, population, design, None)


def scene_for(attack, **changes):
    """What the attack reads: texts about as hard as each other for one that reads tokens, with leaks told token by token;
    else records.
    """
    if Access.LOGPROBS not in attack.card.needs:
        return scene(**changes)
    leaks = {name: 0.4 * changes[name] for name in ("leak", "recipe_leak") if name in changes}
    return text_scene(**{"spread": 0.3, **changes, **leaks})
