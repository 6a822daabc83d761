"""What references said can be kept and reused: on the same records in any order, and on no others."""

import stat
from dataclasses import replace

import numpy as np
import pytest

from vidocq.audit.references.collect import References
from vidocq.audit.references.signals_file import digest, load_references, on_records, save_references
from vidocq.audit.sampling.fingerprint import fingerprints, records_hash
from vidocq.core.course import Course, Stages
from vidocq.core.errors import DataError

from synthetic import records_of, seed


@pytest.fixture
def saved(tmp_path):
    rng = seed(1)
    records = records_of(40, rng=rng)
    confidence = rng.normal(size=(6, 40))
    confidence[0, 0] = np.inf  # as served, before it is bounded
    references = References(
        confidence,
        rng.random((6, 40)),
        confidence > 0,
        rng.random((6, 40)) < 0.5,
        np.array([0, 0, 1, 1, 2, 2]),
        failed=1,
    )
    path = tmp_path / "signals.npz"
    save_references(path, references, records, key="k" * 64)
    return path, references, records


def assert_same(found, expected, columns=slice(None)):
    for name in ("confidence", "loss", "correct", "trained_on"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name)[:, columns])
    np.testing.assert_array_equal(found.block, expected.block)
    assert found.failed == expected.failed


def test_what_is_saved_comes_back(saved):
    path, references, records = saved
    loaded = load_references(path)
    assert loaded.key == "k" * 64
    assert_same(on_records(loaded, records), references)
    assert digest(loaded.references) == digest(references)


def test_the_file_is_its_owners_alone(saved):
    assert stat.S_IMODE(saved[0].stat().st_mode) == 0o600


def test_references_follow_their_records_whatever_the_order(saved):
    path, references, records = saved
    order = seed(2).permutation(40)
    assert_same(on_records(load_references(path), records.take(order)), references, order)
    some = order[:25]
    assert_same(on_records(load_references(path), records.take(some)), references, some)


def test_a_record_that_was_not_there_is_an_error_that_shows_no_value(saved):
    path, _, records = saved
    features = records.features.copy()
    features[3] = 4321.5
    with pytest.raises(DataError, match=r"^1 records are not among those") as caught:
        on_records(load_references(path), replace(records, features=features))
    assert "4321" not in str(caught.value)
    with pytest.raises(DataError, match="not among those"):
        on_records(load_references(path), replace(records, labels=1 - records.labels))


def test_a_record_asked_more_often_than_saved_is_an_error(saved):
    path, _, records = saved
    with pytest.raises(DataError, match="more often"):
        on_records(load_references(path), records.take(np.array([0, 1, 0])))


def test_equal_records_each_get_answers_of_their_own(tmp_path):
    records = records_of(20, rng=seed(3)).take(np.array([0, 1, 0, 2]))
    confidence = np.arange(8.0).reshape(2, 4)
    references = References(confidence, confidence, confidence > 0, confidence > 3, np.array([0, 0]))
    save_references(tmp_path / "s.npz", references, records, key="k")
    found = on_records(load_references(tmp_path / "s.npz"), records)
    np.testing.assert_array_equal(found.confidence, confidence)


@pytest.mark.parametrize("keep", [0, 10, 200, -1])
def test_a_damaged_file_is_told_as_one(saved, keep):
    path = saved[0]
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DataError, match="cannot be read") as caught:
        load_references(path)
    assert caught.value.where == "signals.npz"


def test_a_file_that_is_not_ours_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", x=np.ones(3))
    with pytest.raises(DataError):
        load_references(tmp_path / "other.npz")
    np.savez(tmp_path / "older.npz", format=np.array("vidocq.signals/0"))
    with pytest.raises(DataError, match="not a file of signals"):
        load_references(tmp_path / "older.npz")
    np.savez(tmp_path / "objects.npz", format=np.array([object()]))  # would need unpickling
    with pytest.raises(DataError, match="cannot be read"):
        load_references(tmp_path / "objects.npz")
    with pytest.raises(DataError, match="cannot be read"):
        load_references(tmp_path / "absent.npz")


def test_the_digest_changes_with_what_the_references_say(saved):
    references = saved[1]
    louder = replace(references, confidence=references.confidence + 1)
    others = replace(references, trained_on=~references.trained_on)
    assert len({digest(r) for r in (references, louder, others)}) == 3


def test_a_fingerprint_tells_features_label_and_person():
    records = records_of(10, rng=seed(4), persons=list("abcdefghij"))
    known = fingerprints(records)
    assert len(np.unique(known)) == 10
    for changed in (
        replace(records, labels=1 - records.labels),
        replace(records, features=records.features + 1e-12),
        replace(records, persons=np.array(list("klmnopqrst"))),
        replace(records, persons=None),
    ):
        assert not np.isin(fingerprints(changed), known).any()


def test_the_hash_of_records_does_not_depend_on_their_order():
    records = records_of(30, rng=seed(5))
    assert records_hash(records) == records_hash(records.take(seed(6).permutation(30)))
    assert records_hash(records) != records_hash(records.take(np.arange(29)))
    assert records_hash(records) != records_hash(records.take(np.r_[np.arange(30), 0]))
    assert records_hash(records) != records_hash(replace(records, columns=("a", "c")))


def test_what_fewer_queries_told_follows_its_records_and_may_be_absent(tmp_path, saved):
    path, references, records = saved
    stages = Stages((1, 4), (2, 5), (2, 5))
    course = Course(stages, seed(3).integers(0, 3, size=(6, 40, 2)).astype(stages.dtype))
    save_references(tmp_path / "s.npz", replace(references, robustness=course.whole, course=course), records, key="k")
    order = seed(2).permutation(40)
    found = on_records(load_references(tmp_path / "s.npz"), records.take(order))
    assert found.course.stages == stages
    assert found.course.counts.dtype == np.uint8
    np.testing.assert_array_equal(found.course.counts, course.counts[:, order])
    np.testing.assert_array_equal(found.course.whole, found.robustness)
    assert load_references(path).references.course is None  # as in files of earlier versions
