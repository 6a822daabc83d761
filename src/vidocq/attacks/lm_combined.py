"""All that single attacks on a language model read, weighed together by whoever knows the side of some texts."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.attacks.lm_ez import LmEz
from vidocq.attacks.lm_loss import LmLoss
from vidocq.attacks.lm_min_k import LmMinK
from vidocq.attacks.lm_reference import LmReference
from vidocq.attacks.lm_window import LmWindow
from vidocq.attacks.lm_zlib import LmZlib
from vidocq.attacks.tokens import of_target
from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SignalError
from vidocq.core.protocols import MembershipAttack
from vidocq.core.signals import Signals
from vidocq.core.text import Text

PARTS: tuple[MembershipAttack, ...] = (LmLoss(), LmZlib(), LmMinK(), LmReference(), LmEz(), LmWindow())
FEWEST_KNOWN = 30
"""Texts of each side: fewer teach weights that would hold for no other text."""
FARTHEST = 8.0
"""Spreads from the centre beyond which a score weighs no more: one odd text must not carry the weights away."""


@dataclass(frozen=True, kw_only=True)
class LmCombined:
    """Logistic regression over the others' scores, standardised by the known outsiders.

    Weights are never negative, since every score rises with membership, and are shrunk towards equal ones: where the
    known texts teach nothing, the score is a plain mean. It learns from a third of the members and of the non-members,
    shown to it and counted nowhere. What it learnt on the target it carries over to reference models in the target's
    place, since nobody would know their members. Scores that lack what they read, such as a base model, are left out.
    """

    card: ClassVar = AttackCard(
        id="lm-combined",
        title=Text(fr="Scores combinés", en="Scores combined"),
        needs=Access.LOGPROBS,
        source="Maini et al. (2024), arXiv:2406.06443, which learns weights on known texts; these scores are ours",
        limits=Text(
            fr="Suppose un attaquant qui sait d'un tiers des textes s'ils ont servi à l'entraînement ; ces textes sont perdus pour le "
            "comptage, et sa borne est plus large.",
            en="Assumes an attacker who knows of a third of the texts whether they were trained on; these are lost for the "
            "count, and its bound is wider.",
        ),
        known=1 / 3,
        known_members=1 / 3,
        pooling="sum",
    )
    shrinkage: float = 10.0

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """(n,) log-odds of membership at even odds. Draws nothing.

        Raises SignalError without tokens, or with fewer than `FEWEST_KNOWN` known texts on a side.
        """
        columns = _scores(signals, rng=rng)
        return self._learnt(signals, columns).of(columns)

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place, by the weights learnt on the target."""
        rng = np.random.default_rng(0)  # no part draws anything
        learnt = self._learnt(signals, _scores(signals, rng=rng))
        at_once = [
            np.stack([part.score(signals.standing_in(int(k)), rng=rng) for part in _parts(signals)], axis=1)
            for k in references
        ]
        return np.stack([learnt.of(columns) for columns in at_once])

    def _learnt(self, signals: Signals, columns: FloatArray) -> "_Learnt":
        members, others = _known(signals)
        centre = np.median(columns[others], axis=0)
        spread = np.median(np.abs(columns[others] - centre), axis=0) / 0.6745
        told = spread > 1e-12 * (1.0 + np.abs(centre))
        if not told.any():
            raise SignalError(
                "every score is the same for all known outsiders",
                where=f"attack '{self.card.id}'",
                fix="give other texts, or see whether the model answers at all",
                fr="Tous les scores sont égaux d'un texte extérieur connu à l'autre.",
            )
        table = _standardised(columns, told, centre, spread)
        rows = np.flatnonzero(members | others)
        rows = rows[np.lexsort((members[rows], *table[rows].T))]  # the order of the texts must not matter
        weights, even = _weights(table[rows], members[rows], shrinkage=self.shrinkage)
        return _Learnt(told, centre, spread, weights, even)


@dataclass(frozen=True, eq=False)
class _Learnt:
    """told (c,) the scores that vary; centre, spread (c,) of known outsiders; weights of those that are told."""

    told: BoolArray
    centre: FloatArray
    spread: FloatArray
    weights: FloatArray
    even: float

    def of(self, columns: FloatArray) -> FloatArray:
        table = _standardised(columns, self.told, self.centre, self.spread)
        return np.asarray((table * self.weights).sum(axis=1) + self.even)


def _standardised(columns: FloatArray, told: BoolArray, centre: FloatArray, spread: FloatArray) -> FloatArray:
    return np.clip((columns[:, told] - centre[told]) / spread[told], -FARTHEST, FARTHEST)


def _weights(table: FloatArray, is_member: BoolArray, *, shrinkage: float) -> tuple[FloatArray, float]:
    """(d,) weights and the constant that minimise the logistic loss, both sides weighing as much, plus the penalty."""
    from scipy.optimize import minimize  # noqa: PLC0415 - heavy, on use

    sign = np.where(is_member, 1.0, -1.0)
    share = len(sign) / 2 * np.where(is_member, 1 / is_member.sum(), 1 / (~is_member).sum())
    wide = np.column_stack([table, np.ones(len(table))])
    equal = np.append(np.full(table.shape[1], 1 / table.shape[1]), 0.0)
    pull = shrinkage * np.append(np.ones(table.shape[1]), 0.0)

    def loss(at: FloatArray) -> tuple[float, FloatArray]:
        margin = sign * (wide @ at)
        value = float(share @ np.logaddexp(0.0, -margin)) + 0.5 * float(pull @ np.square(at - equal))
        slope = -wide.T @ (share * sign * np.exp(-np.logaddexp(0.0, margin))) + pull * (at - equal)
        return value, slope

    bounds = [(0.0, None)] * table.shape[1] + [(None, None)]
    found = minimize(loss, equal, jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.asarray(found[:-1]), float(found[-1])


def _known(signals: Signals) -> tuple[BoolArray, BoolArray]:
    members, others = signals.known_members, signals.known
    fewest = 0 if members is None or others is None else min(int(members.sum()), int(others.sum()))
    if members is None or others is None or fewest < FEWEST_KNOWN:
        raise SignalError(
            f"fewer than {FEWEST_KNOWN} known texts on a side to learn from",
            where=f"attack '{LmCombined.card.id}'",
            fix="give more texts, or leave the attack out",
            fr=f"Moins de {FEWEST_KNOWN} textes connus d'un côté pour apprendre.",
        )
    return members, others


def _scores(signals: Signals, *, rng: np.random.Generator) -> FloatArray:
    """(n, d) of the parts that can speak. Raises SignalError if none can."""
    return np.column_stack([part.score(signals, rng=rng) for part in _parts(signals)])


def _parts(signals: Signals) -> list[MembershipAttack]:
    """Those that have what they read: without a base model, those that compare with none."""
    tokens = of_target(signals, attack=LmCombined.card.id)
    based = not np.isnan(tokens.base).any()
    return [part for part in PARTS if based or part.card.extra != "base"]
