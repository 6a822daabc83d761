"""One attack on one target: thresholds fixed on pseudo-targets, then counted once (rule, line 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidocq.audit.rule.evidence import Tally
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.protocols import MembershipAttack
from vidocq.core.signals import Signals
from vidocq.measure.roc import accuse, fresh_threshold_at, threshold_at

OWN_POINT = 0.5
"""Operating point of an attack whose score is a yes or a no."""


@dataclass(frozen=True, eq=False)
class Reading:
    """Scores per person of one attack, and what its thresholds are fixed on.

    target      (p,) scores of the persons against the target.
    stand_ins   (s, p) scores against reference models in the target's place; s = 0 without reference models.
    outside     (s, p) bool: the stand-in was not trained on the person.
    calibrating (p,) bool: non-members used to fix thresholds and for nothing else; all False with stand-ins.
    known       (p,) bool: persons of either side shown to the attacker; they neither fix a threshold nor are counted.
    """

    attack: MembershipAttack
    target: FloatArray
    stand_ins: FloatArray
    outside: BoolArray
    calibrating: BoolArray
    known: BoolArray

    @property
    def counted(self) -> BoolArray:
        """(p,) persons that the tests are counted on."""
        return ~(self.calibrating | self.known)

    def outsiders(self) -> FloatArray:
        """Scores of persons that the model they are scored against never saw; thresholds come from these."""
        return self.stand_ins[self.outside] if len(self.stand_ins) else self.target[self.calibrating]

    def points(self, alphas: Sequence[float]) -> list[tuple[float | None, float, bool]]:
        """(alpha, threshold, can it speak there) for each registered operating point of this attack."""
        outsiders = self.outsiders()
        if self.attack.card.discrete:
            return [(None, OWN_POINT, bool(accuse(outsiders, threshold=OWN_POINT).any()))]
        found: list[tuple[float | None, float, bool]] = []
        # Stand-ins are thousands of scores; a calibrating part is a few hundred, each of which weighs.
        at = threshold_at if len(self.stand_ins) else fresh_threshold_at
        for alpha in alphas:
            threshold = at(outsiders, fpr=alpha)
            accused = float(accuse(outsiders, threshold=threshold).mean())
            found.append((alpha, threshold, accused >= alpha / 2))
        return found

    def tallies(self, is_member: BoolArray, alphas: Sequence[float]) -> list[Tally]:
        """Counts on the target. is_member (p,)."""
        return count(self.attack.card.id, self.points(alphas), self.target[self.counted], is_member[self.counted])


def count(
    attack: str, points: list[tuple[float | None, float, bool]], scores: FloatArray, is_member: BoolArray
) -> list[Tally]:
    """Accused members and non-members at each point; ties at a threshold are not accused."""
    found = []
    for alpha, threshold, speaks in points:
        accused = accuse(scores, threshold=threshold)
        found.append(
            Tally(
                attack=attack,
                alpha=alpha,
                true_positives=int((accused & is_member).sum()),
                members=int(is_member.sum()),
                false_positives=int((accused & ~is_member).sum()),
                non_members=int((~is_member).sum()),
                threshold=threshold,
                measured=speaks,
            )
        )
    return found


def read(
    attack: MembershipAttack,
    signals: Signals,
    population: Population,
    *,
    stand_ins: IntArray,
    rng: np.random.Generator,
) -> Reading:
    """Scores the target and the stand-ins. Where none can stand in, half of the non-members calibrate."""
    card = attack.card
    non_members = np.flatnonzero(~population.is_member)
    known = np.zeros(population.persons, dtype=bool)
    if card.known:
        known[_drawn(non_members, card.known, rng)] = True
    if card.known_members:
        known[_drawn(np.flatnonzero(population.is_member), card.known_members, rng)] = True
    if card.known or card.known_members:
        signals = showing(signals, known, population)
    if not card.stand_ins:
        stand_ins = stand_ins[:0]
    target = population.pool(attack.score(signals, rng=rng), card.pooling)
    outside = ~population.per_person(signals.trained_on[stand_ins]) & ~known
    others = np.empty((0, population.persons))
    calibrating = np.zeros(population.persons, dtype=bool)
    if len(stand_ins):
        others = population.pool(score_stand_ins(attack, signals, stand_ins, rng=rng), card.pooling)
    else:
        left = non_members[~known[non_members]]
        calibrating[rng.permutation(left)[: len(left) // 2]] = True
    return Reading(attack, target, others, outside, calibrating, known)


def showing(signals: Signals, known: BoolArray, population: Population) -> Signals:
    """The signals of an attacker who is shown on which side some persons (p,) stand."""
    shown, inside = known[population.person], population.is_member_record
    return replace(signals, known=shown & ~inside, known_members=shown & inside)


def _drawn(persons: IntArray, share: float, rng: np.random.Generator) -> IntArray:
    return rng.permutation(persons)[: round(share * len(persons))]


def score_stand_ins(
    attack: MembershipAttack, signals: Signals, references: IntArray, *, rng: np.random.Generator
) -> FloatArray:
    """(len(references), n): at once where the attack knows how, else one by one."""
    at_once = getattr(attack, "score_stand_ins", None)
    if at_once is not None:
        scores: FloatArray = at_once(signals, references)
        return scores
    return np.stack([attack.score(signals.standing_in(int(k)), rng=rng) for k in references])
