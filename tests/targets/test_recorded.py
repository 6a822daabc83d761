"""Saved answers stand in for the target: each record finds its own, in any order."""

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from vidocq.core.errors import DataError, ModelError
from vidocq.core.records import Records
from vidocq.targets.observe import observe
from vidocq.targets.recorded import RecordedModel, read_answers


def answers_file(path, columns):
    if path.suffix == ".csv":
        csv.write_csv(pa.table(columns), path)
    elif path.suffix == ".parquet":
        parquet.write_table(pa.table(columns), path)
    else:
        np.savez(path, **columns)
    return read_answers(path)


@pytest.fixture
def sides(numbers):
    return numbers.take(np.arange(70)), numbers.take(np.arange(70, 120))


@pytest.fixture
def table(rng):
    answers = rng.dirichlet([1, 1], size=120)
    return answers


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".npz"])
def test_saved_probabilities_come_back_for_their_records(suffix, sides, table, rng, tmp_path):
    parts = []
    for side, answers, order in zip(sides, (table[:70], table[70:]), ([0, 1], [1, 0]), strict=True):
        columns = {f"p_{j}": answers[:, j] for j in order}  # the second file lists its classes the other way round
        if suffix == ".npz":
            columns = {"probabilities": answers[:, order], "classes": np.array(order)}
        parts.append((side, answers_file(tmp_path / f"{len(parts)}{suffix}", columns)))
    model = RecordedModel(parts)
    assert model.classes.tolist() == [0, 1]
    assert model.gives_probabilities
    both = sides[0].followed_by(sides[1])
    order = rng.permutation(120)
    np.testing.assert_allclose(model.probabilities(both.take(order)), table[order], atol=1e-12)
    assert model.predictions(both).tolist() == table.argmax(axis=1).tolist()
    seen = observe(model, both, outputs="probabilities")
    np.testing.assert_allclose(np.exp(-seen.loss), table[np.arange(120), both.labels])


def test_saved_labels_and_values(sides, numbers, tmp_path, refused):
    labels = [answers_file(tmp_path / f"l{i}.csv", {"prediction": side.labels}) for i, side in enumerate(sides)]
    model = RecordedModel(list(zip(sides, labels, strict=True)))
    assert observe(model, sides[1], outputs="labels").correct.all()
    assert "no probabilities" in refused(ModelError, model.probabilities, sides[0])
    valued = [Records(side.features, side.features[:, 0], side.columns) for side in sides]
    values = [
        answers_file(tmp_path / f"v{i}.csv", {"prediction": side.labels + 0.5}) for i, side in enumerate(valued)
    ]
    model = RecordedModel(list(zip(valued, values, strict=True)))
    assert model.classes is None
    seen = observe(model, valued[0], outputs="probabilities", scale=1.0, tolerance=0.6)
    np.testing.assert_allclose(seen.loss, 0.25)


def test_saved_losses_and_confidences_agree(sides, rng, tmp_path):
    confidence = np.concatenate([rng.normal(0, 8, 117), [0.0, 300.0, -700.0]])
    correct = confidence > 0
    told = []
    for columns in ({"confidence": confidence}, {"loss": np.logaddexp(0, -confidence)}):
        parts = [
            (
                side,
                answers_file(
                    tmp_path / f"{i}.parquet", {k: v[rows] for k, v in {**columns, "correct": correct}.items()}
                ),
            )
            for i, (side, rows) in enumerate(zip(sides, (slice(70), slice(70, 120)), strict=True))
        ]
        model = RecordedModel(parts)
        assert not model.gives_probabilities
        told.append(observe(model, sides[1], outputs="probabilities"))
    np.testing.assert_allclose(told[0].loss, told[1].loss)
    np.testing.assert_allclose(told[0].confidence, told[1].confidence, rtol=1e-6)
    assert told[0].correct.tolist() == correct[70:].tolist()
    assert np.isnan(observe(model, sides[0], outputs="labels").loss).all()


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"score": [1.0]}, "holds no answers; it has 'score'"),
        ({"p_0": [0.5], "p_1": [0.6]}, "do not sum to 1"),
        ({"p_0": [np.nan], "p_1": [1.0]}, "not finite"),
        ({"p_0": ["Jacquot"], "p_1": [1.0]}, "does not hold numbers"),
        ({"prediction": [1.0, np.nan]}, "predictions are missing"),
        ({"prediction": ["Jacquot", None]}, "predictions are missing"),
        ({"loss": [1.0]}, "correct"),
        ({"loss": [1.0], "correct": [2]}, "correct"),
        ({"loss": [-1.0], "correct": [True]}, "negative"),
        ({"confidence": [np.nan], "correct": [True]}, "confidences are missing"),
        ({"loss": ["Jacquot"], "correct": [True]}, "does not hold numbers"),
    ],
)
def test_a_bad_file_of_answers_is_refused(columns, says, tmp_path, refused):
    assert says in refused(DataError, answers_file, tmp_path / "a.parquet", columns)


def test_answers_that_do_not_fit_the_data_are_refused(sides, table, tmp_path, refused):
    members, others = sides
    columns = {"p_0": table[:70, 0], "p_1": table[:70, 1]}
    good = answers_file(tmp_path / "a.parquet", columns)
    assert "70 answers about 50" in refused(DataError, RecordedModel, [(others, good)])
    other = answers_file(tmp_path / "b.parquet", {"prediction": others.labels})
    assert "different things" in refused(DataError, RecordedModel, [(members, good), (others, other)])
    named = answers_file(tmp_path / "c.parquet", {"p_x": table[70:, 0], "p_y": table[70:, 1]})
    assert "different classes" in refused(DataError, RecordedModel, [(members, good), (others, named)])
    assert "50 of 50 records have no saved answer" in refused(
        DataError, RecordedModel([(members, good)]).probabilities, others
    )
    twice = members.take(np.zeros(70, dtype=np.int64))
    assert "69 records are equal" in refused(DataError, RecordedModel, [(twice, good)])
    assert "classes" in refused(DataError, answers_file, tmp_path / "d.npz", {"probabilities": table})
    signals = answers_file(tmp_path / "e.parquet", {"loss": np.ones(70), "correct": [True] * 70})
    valued = Records(members.features, members.features[:, 0], members.columns)
    assert "classification only" in refused(DataError, RecordedModel, [(valued, signals)])


def test_persons_tell_equal_records_apart(members_twice, tmp_path):
    answers = answers_file(tmp_path / "a.csv", {"p_False": [0.2, 0.9], "p_True": [0.8, 0.1]})
    model = RecordedModel([(members_twice, answers)])
    assert model.classes.tolist() == [False, True]
    np.testing.assert_allclose(model.probabilities(members_twice), [[0.2, 0.8], [0.9, 0.1]])


@pytest.fixture
def members_twice():
    return Records(np.ones((2, 1)), np.array([True, True]), ("a",), persons=np.array(["u", "v"]))
