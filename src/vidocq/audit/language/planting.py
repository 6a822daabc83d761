"""A leak planted token by token, for the positive control of language models (rule, line 10)."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.language.confidence import confidence, text_signals
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.signals import Signals
from vidocq.core.token_signals import TokenSignals, joined

MEMORY = 8.0
"""Nats by which the log-odds of a memorised token rise: one chance in a thousand becomes three in four."""
OPENING = 4
"""Tokens over which memory sets in: the first words of a text are those of many, and do not tell the model which."""


def planted_in_texts(
    signals: Signals,
    population: Population,
    is_member: BoolArray,
    block: BoolArray | None,
    *,
    planted: float,
    rng: np.random.Generator,
) -> Signals:
    """Signals of a twin that remembers a share `planted` of the persons (see `audit.controls.plant`).

    They are drawn among the half of each side whom models find hardest.
    is_member  (p,) of the twin.
    block      (k,) reference models that answer in the twin's place, each about texts it was not trained on; None
               without reference models: texts of non-members then answer, each about as often.
    """
    assert signals.target_tokens is not None  # noqa: S101 - asked of language models only
    if block is None or signals.reference_tokens is None:
        rows = np.flatnonzero(~population.is_member_record)
        again = np.concatenate([rng.permutation(rows) for _ in range(-(-signals.n // len(rows)))])
        drawn = signals.target_tokens[rng.permutation(again[: signals.n])]
        others: tuple[TokenSignals, ...] = ()
        trained_on = np.empty((0, signals.n), dtype=bool)
        hardness = confidence(drawn)
    else:
        drawn = _unseen(signals.only(block))
        rest = signals.only(~block)
        others, trained_on = rest.reference_tokens or (), rest.trained_on
        outside = np.where(trained_on, 0.0, rest.reference_confidence).sum(axis=0)
        hardness = outside / np.maximum(rest.speaks_out, 1)
    hard = population.pool(hardness, "mean")
    remembered = np.zeros(population.persons, dtype=bool)
    for side in (is_member, ~is_member):  # as many as planned on each side: few persons leave no room for chance
        hardest = np.flatnonzero(side & (hard <= np.median(hard[side])))
        remembered[rng.permutation(hardest)[: round(planted * side.sum())]] = True
    known = remembered[population.person]
    twin = memorised(drawn, known & is_member[population.person])
    return text_signals(
        twin, [memorised(o, known & had) for o, had in zip(others, trained_on, strict=True)], trained_on
    )


def memorised(tokens: TokenSignals, texts: BoolArray) -> TokenSignals:
    """The same, had a fine-tune memorised some texts (n,).

    The log-odds of each of their tokens rise, less over the first ones, and what is left is shared among all other
    tokens as it was; `mean` and `spread` are those of that law, exactly. A token likelier than not is the first choice.
    """
    place = np.arange(len(tokens.logprob)) - np.repeat(tokens.start[:-1], tokens.lengths)
    at = np.flatnonzero(np.repeat(texts, tokens.lengths) & (tokens.logprob < 0.0))
    before = tokens.logprob[at]
    rise = MEMORY * np.minimum(1.0, (place[at] + 1) / OPENING)
    rest = np.log(-np.expm1(before))  # of the other tokens together
    odds = before - rest + rise
    after, rest_after = -np.logaddexp(0.0, -odds), -np.logaddexp(0.0, odds)
    moved = rest_after - rest
    p, q, p_after, q_after = np.exp(before), np.exp(rest), np.exp(after), np.exp(rest_after)
    first = (tokens.mean[at] - p * before) / q
    second = (np.square(tokens.spread[at]) + np.square(tokens.mean[at]) - p * np.square(before)) / q
    mean = p_after * after + q_after * (first + moved)
    square = p_after * np.square(after) + q_after * (second + 2.0 * first * moved + np.square(moved))
    return replace(
        tokens,
        logprob=_with(tokens.logprob, at, after),
        mean=_with(tokens.mean, at, mean),
        spread=_with(tokens.spread, at, np.sqrt(np.maximum(square - np.square(mean), 0.0))),
        top=_with(tokens.top, at, tokens.top[at] | (after > np.log(0.5))),
    )


def _with(values: NDArray[Any], at: IntArray, new: NDArray[Any]) -> NDArray[Any]:
    changed = values.copy()
    changed[at] = new
    return changed


def _unseen(block: Signals) -> TokenSignals:
    """Each text as read by the first model of a block that was not trained on it."""
    assert block.reference_tokens is not None  # noqa: S101 - the caller has seen to it
    first = np.argmin(block.trained_on, axis=0)
    rows = [np.flatnonzero(first == k) for k in range(block.k)]
    parts = joined([tokens[own] for tokens, own in zip(block.reference_tokens, rows, strict=True)])
    return parts[np.argsort(np.concatenate(rows), kind="stable")]
