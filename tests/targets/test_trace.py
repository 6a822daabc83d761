"""A trace logged by scikit-learn's loops, by boosting, by hand: kept for its owner, and tied to its records."""

import os

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LinearRegression, SGDClassifier
from sklearn.neural_network import MLPClassifier

from vidocq import LossTrace
from vidocq.core.errors import DataError, SignalError
from vidocq.targets.memory import from_arrays
from vidocq.targets.trace import LARGEST_LOSS, load_trace, on_records

from synthetic import seed

N = 40


def table():
    rng = seed(1)
    x = rng.normal(size=(N, 3))
    return x, (x[:, 0] + rng.normal(size=N) > 0).astype(int)


def log_loss(model, x, y):
    return -np.log(model.predict_proba(x)[np.arange(len(y)), y])


def test_partial_fit_loops():
    x, y = table()
    trace, model = LossTrace(x, y), SGDClassifier(loss="log_loss", random_state=0)
    for _ in range(5):
        model.partial_fit(x, y, classes=[0, 1])
        trace.ask(model)
    found = trace.saved()
    assert trace.epochs == 5
    assert found.losses.shape == (N, 5)
    np.testing.assert_allclose(found.losses[:, -1], log_loss(model, x, y), rtol=1e-6, atol=1e-9)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize(
    "model",
    [
        MLPClassifier((5,), warm_start=True, max_iter=1, random_state=0),
        SGDClassifier(loss="log_loss", warm_start=True, max_iter=1, tol=None, random_state=0),
    ],
    ids=lambda m: type(m).__name__,
)
def test_warm_starts(model):
    x, y = table()
    trace = LossTrace(x, y)
    for _ in range(4):
        trace.ask(model.fit(x, y))
    losses = trace.saved().losses
    assert np.isfinite(losses).all()
    assert np.ptp(losses, axis=1).max() > 0


def test_stages_of_boosting():
    x, y = table()
    model = HistGradientBoostingClassifier(max_iter=6, min_samples_leaf=2).fit(x, y)
    trace = LossTrace(x, y)
    for answers in model.staged_predict_proba(x):
        trace.log_answers(answers, model.classes_)
    losses = trace.saved().losses
    assert losses.shape == (N, 6)
    assert losses[:, -1].mean() < losses[:, 0].mean()
    np.testing.assert_allclose(losses[:, -1], log_loss(model, x, y), rtol=1e-6, atol=1e-9)


class Tensor:
    """What torch gives: no torch is needed to log it."""

    def __init__(self, values):
        self.values = values

    def detach(self):
        return self

    def cpu(self):
        return self.values


def test_losses_from_anywhere_and_from_a_function():
    x, y = table()
    trace = LossTrace(x, y)
    losses = np.arange(N, dtype=float)
    trace.log(losses)
    trace.log(list(losses))
    trace.log(Tensor(losses))
    trace.ask(lambda features, labels: features[:, 0] * 0 + losses * (labels == y))
    np.testing.assert_array_equal(trace.saved().losses, np.repeat(losses[:, None], 4, axis=1))
    losses[:] = -1.0
    assert trace.saved().losses.min() == 0.0  # what was logged is kept, whatever becomes of the array


def test_a_regression_logs_squared_errors():
    x, _ = table()
    y = x[:, 0] + seed(2).normal(size=N)
    model, trace = LinearRegression().fit(x, y), LossTrace(x, y)
    trace.ask(model)
    np.testing.assert_allclose(trace.saved().losses[:, 0], (y - model.predict(x)) ** 2)


def test_a_probability_of_zero_is_a_large_loss_and_not_an_infinite_one():
    x, y = table()
    trace = LossTrace(x, y)
    trace.log_answers(np.column_stack([y == 1, y == 0]).astype(float), [0, 1])
    assert (trace.saved().losses == LARGEST_LOSS).all()


@pytest.mark.parametrize("losses", [np.zeros(N - 1), np.zeros((N, 2)), 0.5, "words", None])
def test_losses_that_are_not_one_number_a_record_are_refused(losses):
    with pytest.raises(SignalError, match="are not one number for each of 40 records"):
        LossTrace(*table()).log(losses)


def test_nothing_logged_is_nothing_to_save(tmp_path):
    with pytest.raises(SignalError, match="no epoch was logged"):
        LossTrace(*table()).save(tmp_path / "trace.npz")
    assert not list(tmp_path.iterdir())


def logged():
    x, y = table()
    trace = LossTrace(x, y)
    for epoch in range(4):
        trace.log(np.arange(N) + 100.0 * epoch)
    return trace


def test_a_file_is_its_owners_and_is_read_again(tmp_path):
    path = tmp_path / "trace.npz"
    logged().save(path)
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
    again = load_trace(path)
    assert again.hash == logged().saved().hash
    np.testing.assert_array_equal(again.losses, logged().saved().losses)


def test_records_get_their_own_trace_in_any_order():
    x, y = table()
    order = seed(3).permutation(N)[:25]
    found = on_records(logged().saved(), from_arrays(x[order], y[order], name="test"))
    np.testing.assert_array_equal(found[:, 0], order)


def test_a_record_that_was_not_logged_is_found_out():
    x, y = table()
    for changed in ((np.nextafter(x, 9.0), y), (x, 1 - y)):
        with pytest.raises(DataError, match="40 of 40 records have no trace"):
            on_records(logged().saved(), from_arrays(*changed, name="test"))


def test_the_hash_changes_with_a_loss_and_with_a_record():
    x, y = table()
    hashes = {logged().saved().hash}
    for features, add in ((x + 1.0, 0.0), (x, 1e-9)):
        trace = LossTrace(features, y)
        for epoch in range(4):
            trace.log(np.arange(N) + 100.0 * epoch + add)
        hashes.add(trace.saved().hash)
    assert len(hashes) == 3


@pytest.mark.parametrize("spoil", ["text", "cut", "other arrays", "another shape"])
def test_what_is_no_trace_is_refused(tmp_path, spoil):
    path = tmp_path / "trace.npz"
    logged().save(path)
    if spoil == "text":
        path.write_text("no")
    elif spoil == "cut":
        path.write_bytes(path.read_bytes()[:200])
    elif spoil == "other arrays":
        np.savez(path, x=np.zeros(3))
    else:
        np.savez(path, format="vidocq.trace/1", losses=np.zeros((3, 4)), records=np.zeros(2, dtype="V16"))
    with pytest.raises(DataError, match="the trace cannot be read"):
        load_trace(path)
