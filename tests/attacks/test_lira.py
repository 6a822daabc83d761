"""Two worlds per record: worked by hand, and held against scipy far into the tails."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.core.errors import SignalError
from vidocq.measure.worlds import NEARLY_NORMAL, World

from synthetic import scene, seed, signals_of


def world(degrees, *, mean=0.0, scale=1.0):
    return World(np.array([mean]), np.array([scale]), np.array([float(degrees)]))


# Six models on one record. Trained on it they say 3, 4, 5; without it 0, 1, 2. Both variances are 1, a predictive
# one is 1 + 1/3, and one record alone tells nothing of how variances spread: the density is as good as normal.
TRAINED_ON = np.array([[True], [True], [True], [False], [False], [False]])
CONFIDENCE = np.array([[3.0], [4.0], [5.0], [0.0], [1.0], [2.0]])


@pytest.mark.parametrize(("target", "nats"), [(3.5, 2.25), (2.5, 0.0), (0.5, -4.5), (5.0, 5.625)])
def test_lira_worked_by_hand(target, nats):
    """Twice 4/3 times the ratio is (t - 1)^2 - (t - 4)^2 = 6 t - 15."""
    signals = signals_of(np.array([target]), CONFIDENCE, TRAINED_ON)
    score = Lira().score(signals, rng=seed(0))
    assert score[0] == pytest.approx(nats, abs=1e-4)
    worlds = [stats.norm(mean, math.sqrt(4 / 3)) for mean in (4.0, 1.0)]
    assert score[0] == pytest.approx(worlds[0].logpdf(target) - worlds[1].logpdf(target), abs=1e-4)


@pytest.mark.parametrize("target", [-3.0, 1.0, 3.5, 9.0])
def test_lira_offline_worked_by_hand(target):
    signals = signals_of(np.array([target]), CONFIDENCE, TRAINED_ON)
    expected = -stats.norm(1.0, math.sqrt(4 / 3)).logsf(target)
    assert LiraOffline().score(signals, rng=seed(0))[0] == pytest.approx(expected, abs=1e-4)


def test_lira_offline_needs_no_model_trained_on_the_record():
    signals = signals_of(np.array([2.0]), CONFIDENCE[3:], TRAINED_ON[3:])
    assert LiraOffline().score(signals, rng=seed(0))[0] == pytest.approx(
        -stats.norm(1, math.sqrt(4 / 3)).logsf(2), abs=1e-4
    )
    with pytest.raises(SignalError, match="1 records have fewer than 2 reference models"):
        Lira().score(signals, rng=seed(0))


@settings(max_examples=200, deadline=None)
@given(
    degrees=st.floats(1.0, 1e6),
    value=st.floats(-1e4, 1e4),
    mean=st.floats(-10, 10),
    scale=st.floats(1e-3, 1e3),
)
def test_the_density_is_students(degrees, value, mean, scale):
    found = world(degrees, mean=mean, scale=scale).log_density(np.array([value]))[0]
    assert found == pytest.approx(stats.t.logpdf(value, degrees, loc=mean, scale=scale), rel=1e-7, abs=1e-7)


@settings(max_examples=200, deadline=None)
@given(degrees=st.floats(1.0, 1e5), value=st.floats(-50, 50))
def test_the_surprise_is_students_tail(degrees, value):
    expected = -stats.t.logsf(value, degrees)
    if expected < 600:
        assert world(degrees).surprise_above(np.array([value]))[0] == pytest.approx(expected, rel=1e-8, abs=1e-12)


def _tail_by_quadrature(z, degrees):
    """-log of the integral of the density beyond z, scaled by the density at z so that nothing underflows."""
    at_z = stats.t.logpdf(z, degrees)
    area, _ = integrate.quad(
        lambda u: math.exp(stats.t.logpdf(z + u * z, degrees) - at_z) * z, 0.0, np.inf, epsabs=0.0, limit=400
    )
    return -(at_z + math.log(area))


@pytest.mark.parametrize(
    ("degrees", "z"), [(200, 1e3), (1000, 60.0), (1e4, 45.0), (3e5, 40.0), (50, 1e8), (1e5, 200.0)]
)
def test_the_surprise_stays_exact_where_the_tail_underflows(degrees, z):
    found = world(degrees).surprise_above(np.array([z]))[0]
    assert found > 600
    assert found == pytest.approx(_tail_by_quadrature(z, degrees), rel=1e-5)


def test_the_surprise_of_a_cauchy_law_has_a_closed_form():
    z = np.array([1.0, 1e3, 1e8, 1e100])
    found = World(np.zeros(4), np.ones(4), np.ones(4)).surprise_above(z)
    np.testing.assert_allclose(found, -np.log(np.arctan(1.0 / z) / np.pi), rtol=1e-9)


def test_with_many_degrees_the_surprise_is_normal():
    z = np.array([-3.0, 0.0, 5.0, 40.0, 200.0])
    found = World(np.zeros(5), np.ones(5), np.full(5, NEARLY_NORMAL)).surprise_above(z)
    np.testing.assert_allclose(found, -stats.norm.logsf(z), rtol=1e-10)


@pytest.mark.parametrize("degrees", [1.0, 3.7, 30.0, 1e3, 1e5, 2e6])
def test_the_surprise_never_falls_as_the_value_rises(degrees):
    """Also across the point where one way of computing the tail takes over from another."""
    z = np.linspace(-40, 400, 20001)
    n = len(z)
    assert (np.diff(World(np.zeros(n), np.ones(n), np.full(n, degrees)).surprise_above(z)) >= -1e-9).all()


@pytest.mark.parametrize("attack", [Lira(), LiraOffline()], ids=lambda a: a.card.id)
def test_too_few_voices_raise(attack):
    signals = scene(rng=seed(1), references=4).signals
    assert np.isfinite(attack.score(signals, rng=seed(0))).all()  # two models with each record, two without
    with pytest.raises(SignalError, match="fewer than 3 reference models") as caught:
        attack.score_stand_ins(signals, np.arange(2))
    assert attack.card.id in caught.value.where
    with pytest.raises(SignalError, match="fewer than 2"):
        attack.score(signals.only(np.array([0, 1])), rng=seed(0))
    with pytest.raises(SignalError):
        attack.score(signals.only(np.array([], dtype=np.int64)), rng=seed(0))


def test_the_error_counts_the_records_that_lack_voices():
    signals = scene(rng=seed(1), references=6).signals
    trained_on = signals.trained_on.copy()
    trained_on[:, :5] = True
    crippled = signals_of(signals.target_confidence, signals.reference_confidence, trained_on)
    with pytest.raises(SignalError, match=r"^5 records have fewer than 2"):
        LiraOffline().score(crippled, rng=seed(0))
