"""Controls: an attack must be heard when there is a leak, and silent when there is none (rule, line 10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidocq.audit.language.planting import planted_in_texts
from vidocq.audit.reading import Reading, count, read
from vidocq.audit.sampling.design import Design
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import SignalError
from vidocq.core.protocols import MembershipAttack
from vidocq.core.signals import Signals
from vidocq.measure.significance import fisher_greater, holm

NEGATIVE_CONTROLS = 20
TWIN_STAND_INS = 32
HARD_TRACE = 0.9


@dataclass(frozen=True)
class PositiveControl:
    """planted: the excess planted, as a share of persons; p: the smallest p-value the attack reached on the twin."""

    attack: str
    planted: float
    caught: bool
    p: float

    def to_dict(self) -> dict[str, object]:
        return {"id": self.attack, "planted": self.planted, "caught": self.caught, "p": self.p}


@dataclass(frozen=True, eq=False)
class Twin:
    """A target with a known leak. Its reference models come from the same leaky recipe.

    signals    of the twin, on the same records as the target's.
    is_member  (p,) of the twin; drawn anew, so that a difference between the two files plays no part.
    """

    signals: Signals
    is_member: BoolArray


def plant(
    signals: Signals, population: Population, design: Design | None, *, planted: float, rng: np.random.Generator
) -> Twin:
    """A twin of the target by a recipe that remembers a share `planted` of the persons, in [0, 1/2].

    Every output of the twin comes from a model that was not trained on the person (without reference models:
    from a non-member), so that it leaks nothing; then, for persons of the planted share only, models trained on
    them - the twin and the reference models alike - give their true label the highest confidence seen anywhere.
    Where losses were logged in training, the twin's are non-members' of the target, hard records getting hard ones;
    those of a person it remembers fall evenly over the epochs, from a loss that one outsider in ten reaches, or a
    higher one of his own, to the least seen anywhere: what was easy from the start leaves a memory no room either.
    They are drawn among the half of the persons that models find hardest: the others leave a memory no room to show.
    Of texts, every token of theirs is moved towards certainty (`audit.language.planting`).
    """
    is_member = population.is_member[rng.permutation(population.persons)]
    if signals.target_tokens is not None:
        own = None if design is None or signals.k == 0 else design.block == _complete_block(signals, design)
        return Twin(planted_in_texts(signals, population, is_member, own, planted=planted, rng=rng), is_member)
    if design is None or signals.k == 0:
        rows = np.flatnonzero(~population.is_member_record)
        drawn = rng.choice(rows, size=signals.n)
        base = _outputs(signals)[drawn]
        others, hardness = signals, population.pool(_surer(base), "mean")
    else:
        block = design.block == _complete_block(signals, design)
        base = _unseen(signals.only(block))
        others = signals.only(~block)
        outside = np.where(others.trained_on, 0.0, _surer_references(others)).sum(axis=0)
        hardness = population.pool(outside / np.maximum(others.speaks_out, 1), "mean")
    hardest = hardness <= np.median(hardness)
    remembered = hardest & (rng.random(population.persons) < planted / max(hardest.mean(), planted))
    remembered_record = remembered[population.person]

    in_twin = (remembered & is_member)[population.person]
    in_others = others.trained_on & remembered_record
    finite = np.isfinite(base.confidence).all()
    top = float(max(base.confidence.max(), others.reference_confidence.max(initial=-np.inf))) if finite else np.nan
    least = float(min(base.loss.min(), others.reference_loss.min(initial=np.inf))) if finite else np.nan
    robustness = others.reference_robustness
    twin = replace(
        others,
        target_confidence=np.where(in_twin, top, base.confidence),
        target_loss=np.where(in_twin, least, base.loss),
        target_correct=base.correct | in_twin,
        target_robustness=None if base.robustness is None else np.where(in_twin, 1.0, base.robustness),
        reference_confidence=np.where(in_others, top, others.reference_confidence),
        reference_loss=np.where(in_others, least, others.reference_loss),
        reference_correct=others.reference_correct | in_others,
        reference_robustness=None if robustness is None else np.where(in_others, 1.0, robustness),
        target_course=None,  # nobody asks a twin with fewer queries
        reference_course=None,
        target_trace=_twin_trace(signals.target_trace, population, hardness, in_twin, rng=rng),
    )
    return Twin(twin, is_member)


def _twin_trace(
    trace: FloatArray | None,
    population: Population,
    hardness: FloatArray,
    in_twin: BoolArray,
    *,
    rng: np.random.Generator,
) -> FloatArray | None:
    """(n, e). hardness (p,) falls as a person's records get harder; in_twin (n,) of records that the twin remembers.

    The target's own trace tells who trained it, not the twin: none of its members' is used.
    """
    if trace is None or not np.isfinite(trace).all():
        return None
    drawn = trace[rng.choice(np.flatnonzero(~population.is_member_record), size=len(trace))]
    made = np.empty_like(drawn)
    made[np.argsort(hardness[population.person], kind="stable")] = drawn[np.argsort(-drawn.mean(axis=1))]
    along = np.linspace(0.0, 1.0, trace.shape[1])
    highest = made.max(axis=1, keepdims=True)
    start = np.maximum(highest, np.quantile(highest, HARD_TRACE))
    falling = start * (1.0 - along) + trace.min() * along
    return np.asarray(np.where(in_twin[:, None], falling, made))


def _complete_block(signals: Signals, design: Design) -> int:
    """The first block in which every record was left out by some model; one that lost a model may have none.

    Raises SignalError if there is no such block.
    """
    for number in np.unique(design.block):
        if not signals.trained_on[design.block == number].all(axis=0).any():
            return int(number)
    raise SignalError(
        "every block of reference models has a record that all its models were trained on",
        where="audit.controls",
        fix="train more reference models, and see why some could not be trained",
    )


@dataclass(frozen=True, eq=False)
class _Outputs:
    confidence: FloatArray
    loss: FloatArray
    correct: BoolArray
    robustness: FloatArray | None

    def __getitem__(self, rows: IntArray) -> "_Outputs":
        robustness = None if self.robustness is None else self.robustness[rows]
        return _Outputs(self.confidence[rows], self.loss[rows], self.correct[rows], robustness)


def _outputs(signals: Signals) -> _Outputs:
    return _Outputs(signals.target_confidence, signals.target_loss, signals.target_correct, signals.target_robustness)


def _unseen(block: Signals) -> _Outputs:
    """Each record's outputs by the first model of a block that was not trained on it."""
    first = np.argmin(block.trained_on, axis=0)
    rows = np.arange(block.n)
    return _Outputs(
        block.reference_confidence[first, rows],
        block.reference_loss[first, rows],
        block.reference_correct[first, rows],
        None if block.reference_robustness is None else block.reference_robustness[first, rows],
    )


def _surer(outputs: _Outputs) -> FloatArray:
    """The finest that is served: log-odds, else how steady the label is, else whether it is right."""
    if np.isfinite(outputs.confidence).all():
        return outputs.confidence
    return outputs.correct.astype(float) if outputs.robustness is None else outputs.robustness


def _surer_references(signals: Signals) -> FloatArray:
    if np.isfinite(signals.reference_confidence).all():
        return signals.reference_confidence
    steady = signals.reference_robustness
    return signals.reference_correct.astype(float) if steady is None else steady


def positive_control(
    attack: MembershipAttack,
    twin: Twin,
    population: Population,
    *,
    planted: float,
    alphas: Sequence[float],
    level: float,
    rng: np.random.Generator,
) -> PositiveControl:
    """Does the attack see the leak of the twin, at the level it would have to reach on the target?

    level  the smallest level Holm's procedure could ask of it: the error of the look over the number of tests.
    """
    stand_ins = np.arange(min(twin.signals.k, TWIN_STAND_INS), dtype=np.int64)
    persons = replace(population, is_member=twin.is_member)
    try:
        reading = read(attack, twin.signals, persons, stand_ins=stand_ins, rng=rng)
    except SignalError:
        return PositiveControl(attack.card.id, planted, False, 1.0)
    p = [
        fisher_greater(t.true_positives, t.members, t.false_positives, t.non_members)
        for t in reading.tallies(twin.is_member, alphas)
        if t.measured
    ]
    best = min(p, default=1.0)
    return PositiveControl(attack.card.id, planted, best <= level, best)


def negative_alarms(
    readings: Sequence[Reading], population: Population, *, alphas: Sequence[float], tests: int, error: float
) -> int | None:
    """How many reference models alarm when they stand in as target, on persons they never saw.

    Those persons keep the side their file gives them. tests: size of the registered Holm family.
    None if there are not enough reference models.
    """
    usable = [r for r in readings if len(r.stand_ins) >= NEGATIVE_CONTROLS]
    if not usable:
        return None
    points = [reading.points(alphas) for reading in usable]
    return sum(
        _alarms(usable, points, population.is_member, k, tests=tests, error=error) for k in range(NEGATIVE_CONTROLS)
    )


def _alarms(
    readings: Sequence[Reading],
    points: list[list[tuple[float | None, float, bool]]],
    is_member: BoolArray,
    stand_in: int,
    *,
    tests: int,
    error: float,
) -> bool:
    p = []
    for reading, at in zip(readings, points, strict=True):
        unseen = reading.outside[stand_in]
        side = is_member[unseen]
        if side.all() or not side.any():
            continue
        for tally in count(reading.attack.card.id, at, reading.stand_ins[stand_in][unseen], side):
            if tally.measured:
                p.append(
                    fisher_greater(tally.true_positives, tally.members, tally.false_positives, tally.non_members)
                )
    family = np.ones(max(tests, len(p)))
    family[: len(p)] = p
    return bool((holm(family) <= error).any())


def stand_in_indices(references: int, *, at_most: int = 64) -> IntArray:
    """Which reference models stand in as pseudo-targets: the first ones, blocks whole."""
    return np.arange(min(references, at_most), dtype=np.int64)
