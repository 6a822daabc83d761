"""A model file runs no code unless its owner says so; a bad one is refused."""

import hashlib
import pickle
import zipfile

import joblib
import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.targets.model_files import file_hash, load_model

TREE = "sklearn.tree._tree.Tree"


class Bomb:
    """Leaves a mark when unpickled."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self):
        return (open, (self.mark, "w"))


@pytest.fixture
def fitted(numbers):
    return LogisticRegression().fit(numbers.features, numbers.labels)


def test_a_skops_model_answers_as_before(fitted, numbers, tmp_path):
    skops.io.dump(fitted, tmp_path / "m.skops")
    again = load_model(tmp_path / "m.skops")
    np.testing.assert_array_equal(again.predict_proba(numbers.features), fitted.predict_proba(numbers.features))


def test_types_beyond_the_trusted_ones_are_named_and_can_be_allowed(numbers, tmp_path, refused):
    tree = DecisionTreeClassifier().fit(numbers.features, numbers.labels)
    skops.io.dump(tree, tmp_path / "m.skops")
    assert f"trusted_types = ['{TREE}']" in refused(ModelError, load_model, tmp_path / "m.skops")
    again = load_model(tmp_path / "m.skops", trusted_types=(TREE,))
    np.testing.assert_array_equal(again.predict(numbers.features), tree.predict(numbers.features))


@pytest.mark.parametrize("name", ["m.pkl", "m.pickle", "m.joblib", "m.PKL"])
def test_a_pickle_runs_nothing_without_the_owners_word(name, tmp_path, refused):
    (tmp_path / name).write_bytes(pickle.dumps(Bomb(str(tmp_path / "mark"))))
    message = refused(ConfigurationError, load_model, tmp_path / name)
    assert "runs whatever code" in message
    assert "skops.io.dump" in message
    assert not (tmp_path / "mark").exists()
    load_model(tmp_path / name, trust_pickle=True).close()
    assert (tmp_path / "mark").exists()


@pytest.mark.parametrize("dump", [joblib.dump, lambda model, path: path.write_bytes(pickle.dumps(model))])
def test_a_trusted_pickle_loads(dump, fitted, numbers, tmp_path):
    dump(fitted, tmp_path / "m.pkl")
    again = load_model(tmp_path / "m.pkl", trust_pickle=True)
    np.testing.assert_array_equal(again.predict(numbers.features), fitted.predict(numbers.features))


def test_bad_model_files_are_refused(fitted, tmp_path, refused):
    assert "cannot be opened" in refused(ModelError, load_model, tmp_path / "absent.skops")
    assert "not a kind" in refused(ConfigurationError, load_model, tmp_path / "m.h5")
    for name, trust in (("m.skops", False), ("m.pkl", True)):
        path = tmp_path / name
        path.write_bytes(b"")
        assert "empty" in refused(ModelError, load_model, path, trust_pickle=trust)
        path.write_bytes(b"Jacquot")
        assert name in refused(ModelError, load_model, path, trust_pickle=trust)
        assert "GiB" in refused(ModelError, load_model, path, trust_pickle=trust, max_bytes=3)
    skops.io.dump(fitted, tmp_path / "whole.skops")
    (tmp_path / "half.skops").write_bytes((tmp_path / "whole.skops").read_bytes()[:500])
    assert "corrupt" in refused(ModelError, load_model, tmp_path / "half.skops")
    with zipfile.ZipFile(tmp_path / "other.skops", "w") as archive:
        archive.writestr("schema.json", '{"Jacquot": 1}')
    assert "corrupt" in refused(ModelError, load_model, tmp_path / "other.skops")


def test_the_hash_is_that_of_the_bytes(tmp_path, refused):
    (tmp_path / "m").write_bytes(b"abc" * 10**6)
    assert file_hash(tmp_path / "m") == hashlib.sha256(b"abc" * 10**6).hexdigest()
    assert "cannot be opened" in refused(ModelError, file_hash, tmp_path / "absent")
