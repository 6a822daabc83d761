"""A planted leak is heard, a broken attack hears nothing, and two files that differ are not taken for a leak."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.attacks.loss import Loss
from vidocq.attacks.loss_trace import LossTraceIqr
from vidocq.audit.controls import negative_alarms, plant, positive_control, stand_in_indices
from vidocq.audit.reading import read
from vidocq.core.access import Access
from vidocq.core.protocols import MembershipAttack
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import detectable_risk

from synthetic import labels_only, scene, seed

ALPHAS = (0.01, 0.1)
TESTS = 8
LEVEL = error_of_look(1) / TESTS
GRADED = [Loss(), LiraOffline(), Lira()]
CAUGHT = [*GRADED, LossTraceIqr()]
OF_RECORDS = [a for a in ATTACKS.defaults() if Access.LOGPROBS not in a.card.needs]
"""Those on texts are spoilt in tests/audit/language."""
by_id = pytest.mark.parametrize("attack", CAUGHT, ids=lambda a: a.card.id)


@dataclass(frozen=True)
class Broken:
    """An attack that was spoilt on purpose."""

    attack: MembershipAttack
    how: str

    @property
    def card(self):
        return self.attack.card

    def score(self, signals, *, rng):
        if self.how == "constant":
            return np.zeros(signals.n)
        if self.how == "in and out swapped":
            return self.attack.score(replace(signals, trained_on=~signals.trained_on), rng=rng)
        scores = self.attack.score(signals, rng=rng)
        return 1.0 - scores if self.card.discrete else -scores


def detectable(population, attack):
    """Half of the non-members fix the thresholds of an attack that no reference model can stand in for."""
    counted = population.non_members if attack.card.stand_ins else population.non_members // 2
    return min(detectable_risk(population.members, counted, alpha=a, error=LEVEL, power=0.9) for a in ALPHAS)


def control(attack, number, *, planted=None, labels=False, **changes):
    found = scene(rng=seed(number), **changes)
    signals = labels_only(found.signals) if labels else found.signals
    planted = detectable(found.population, attack) if planted is None else planted
    twin = plant(signals, found.population, found.design, planted=planted, rng=seed(100 + number))
    return positive_control(attack, twin, found.population, planted=planted, alphas=ALPHAS, level=LEVEL, rng=seed(0))


# Positive


@by_id
@pytest.mark.parametrize("changes", [{}, {"leak": 2.0}, {"spread": 3.0}], ids=["calm", "leaky recipe", "varied"])
def test_a_leak_of_the_smallest_size_worth_testing_is_caught(attack, changes):
    """It was made to be caught nine times in ten; where stand-ins fix the thresholds, it is caught more often."""
    assert sum(control(attack, number, **changes).caught for number in range(8)) >= (
        7 if attack.card.stand_ins else 6
    )


@pytest.mark.parametrize(
    ("attack", "how"),
    [(a, how) for a in OF_RECORDS for how in ("sign flipped", "constant")]
    + [(a, "in and out swapped") for a in (LiraOffline(), Lira())],
    ids=lambda x: x if isinstance(x, str) else x.card.id,
)
def test_a_broken_attack_misses_it(attack, how):
    assert not any(control(Broken(attack, how), number).caught for number in range(3))


@pytest.mark.parametrize("how", ["sign flipped", "constant"])
def test_a_broken_attack_misses_a_large_leak_too(how):
    for attack in OF_RECORDS:
        assert not any(control(Broken(attack, how), number, planted=0.4, leak=1.0).caught for number in range(2))


def test_swapped_worlds_miss_a_large_leak_too():
    assert not any(
        control(Broken(Lira(), "in and out swapped"), number, planted=0.4, leak=2.0).caught for number in range(3)
    )


def test_the_label_gap_hears_a_large_leak_where_only_labels_are_served():
    assert sum(control(LabelGap(), number, planted=0.4, labels=True).caught for number in range(5)) == 5


def test_a_control_tells_what_was_planted_and_how_it_was_seen():
    found = control(Lira(), 1)
    assert found.attack == "lira"
    assert found.p <= LEVEL
    assert found.to_dict() == {"id": "lira", "planted": found.planted, "caught": True, "p": found.p}


def test_an_attack_that_cannot_speak_about_the_twin_misses_it():
    """Eight models: six are left once a block serves as the twin, and LiRA needs three voices in each world."""
    assert control(Lira(), 1, references=4).caught is False
    assert control(Lira(), 1, references=4).p == 1.0


def test_the_twin_leaks_what_is_planted_and_nothing_else():
    found = scene(rng=seed(1), leak=3.0, members=2000, non_members=2000, references=12)
    twin = plant(found.signals, found.population, found.design, planted=0.2, rng=seed(2))
    top = twin.signals.target_confidence == twin.signals.target_confidence.max()
    assert top[twin.is_member].mean() == pytest.approx(0.2, abs=0.03)
    assert top[~twin.is_member].sum() <= 1
    others = twin.signals.target_confidence[~top]
    gap = others[twin.is_member[~top]].mean() - others[~twin.is_member[~top]].mean()
    # Whom the twin remembers are hard cases: taking them out makes the others look a little easier, no more.
    assert abs(gap) < 0.3
    assert twin.is_member.sum() == 2000
    assert abs(np.corrcoef(twin.is_member, found.is_member)[0, 1]) < 0.06


def test_references_of_the_twin_remember_the_same_persons():
    found = scene(rng=seed(1), members=1000, non_members=1000, references=12)
    twin = plant(found.signals, found.population, found.design, planted=0.3, rng=seed(2))
    assert twin.signals.k == 10  # one block serves as the twin
    top = twin.signals.target_confidence.max()
    kept = (twin.signals.reference_confidence == top) & twin.signals.trained_on
    remembered = kept.any(axis=0)
    for row, had in zip(kept, twin.signals.trained_on, strict=True):
        np.testing.assert_array_equal(row, remembered & had)
    assert twin.signals.target_correct[remembered & twin.is_member].all()


def test_planting_touches_none_of_the_signals():
    found = scene(rng=seed(1))
    before = {name: array.copy() for name, array in vars(found.signals).items() if array is not None}
    plant(found.signals, found.population, found.design, planted=0.4, rng=seed(2))
    for name, array in before.items():
        np.testing.assert_array_equal(getattr(found.signals, name), array)


def test_without_references_the_twin_answers_as_non_members_do():
    found = scene(rng=seed(1), leak=4.0, spread=0.5)
    alone = found.signals.only(np.array([], dtype=np.int64))
    twin = plant(alone, found.population, None, planted=0.1, rng=seed(2))
    outsiders = found.signals.target_confidence[~found.is_member]
    assert np.isin(twin.signals.target_confidence, outsiders).all()
    p = positive_control(Loss(), twin, found.population, planted=0.3, alphas=ALPHAS, level=LEVEL, rng=seed(0))
    assert p.attack == "loss"


def test_the_traces_of_the_twin_are_outsiders_but_for_whom_it_remembers():
    found = scene(rng=seed(1), leak=3.0, members=2000, non_members=2000, references=12)
    trace = found.signals.target_trace
    twin = plant(found.signals, found.population, found.design, planted=0.2, rng=seed(2))
    made = twin.signals.target_trace
    falls = made[:, -1] == trace.min()
    assert falls[twin.is_member].mean() == pytest.approx(0.2, abs=0.03)
    assert falls[~twin.is_member].sum() <= 2
    outsiders = {row.tobytes() for row in trace[~found.is_member]}
    assert all(row.tobytes() in outsiders for row in made[~falls])
    remembered = falls & twin.is_member
    np.testing.assert_array_equal(remembered, twin.signals.target_confidence == twin.signals.target_confidence.max())
    steps = np.diff(made[remembered], axis=1)
    np.testing.assert_allclose(steps, np.repeat(steps[:, :1], steps.shape[1], axis=1))


def test_without_references_a_twin_has_traces_too():
    found = scene(rng=seed(1), leak=2.0)
    alone = found.signals.only(np.array([], dtype=np.int64))
    twin = plant(alone, found.population, None, planted=0.4, rng=seed(2))
    p = positive_control(LossTraceIqr(), twin, found.population, planted=0.4, alphas=ALPHAS, level=LEVEL, rng=seed(0))
    assert p.caught


@pytest.mark.parametrize("spoilt", [None, np.nan])
def test_no_trace_or_a_broken_one_gives_the_twin_none(spoilt):
    found = scene(rng=seed(1))
    trace = None if spoilt is None else np.full((found.signals.n, 5), spoilt)
    signals = replace(found.signals, target_trace=trace)
    assert plant(signals, found.population, found.design, planted=0.2, rng=seed(2)).signals.target_trace is None


# Negative


def alarms(found, attacks=GRADED):
    readings = [
        read(a, found.signals, found.population, stand_ins=stand_in_indices(found.signals.k), rng=seed(0))
        for a in attacks
    ]
    return negative_alarms(readings, found.population, alphas=ALPHAS, tests=TESTS, error=error_of_look(1))


@pytest.mark.parametrize("leak", [0.0, 3.0])
def test_two_files_of_one_distribution_raise_no_alarm_whatever_the_target_leaks(leak):
    assert max(alarms(scene(rng=seed(number), leak=leak)) for number in range(6)) <= 2


def test_a_file_of_easier_members_alarms_an_attack_that_would_accuse_by_file():
    found = scene(rng=seed(1), easier_members=1.5)
    assert alarms(found, [Loss()]) > 5
    assert alarms(found) > 5


def test_harder_members_alarm_nobody():
    """An attack that accuses them less is fooled in their favour; it shows no leak, and none is alarmed about."""
    assert alarms(scene(rng=seed(1), easier_members=-1.5)) <= 2


def test_an_attack_calibrated_on_each_record_is_not_fooled_by_easier_ones():
    assert alarms(scene(rng=seed(1), easier_members=1.5), [Lira()]) <= 2


def test_too_few_references_run_no_negative_control():
    assert alarms(scene(rng=seed(1), references=19)) is None
    assert alarms(scene(rng=seed(1), references=20)) is not None
    assert alarms(scene(rng=seed(1)), []) is None


def test_at_most_sixty_four_models_stand_in():
    assert stand_in_indices(0).size == 0
    assert stand_in_indices(10).tolist() == list(range(10))
    assert len(stand_in_indices(1000)) == 64
