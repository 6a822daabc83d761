"""Functions of the user are found beside the configuration, run as hashed, and leave nothing behind."""

import hashlib
import importlib.metadata
import pickle
import sys
from dataclasses import replace

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.targets.function import CallableModel, FunctionRecipe

PRIVATE = "Jacquot"

SOURCE = """
import numpy as np
from house_helper import SHIFT

class Mean:
    def __init__(self, y, seed):
        self.classes_, counts = np.unique(y, return_counts=True)
        self.share = counts / counts.sum()
        self.seed = seed + SHIFT

    def predict_proba(self, X):
        return np.tile(self.share, (len(X), 1))

    def predict(self, X):
        import house_helper
        return np.full(len(X), self.classes_[self.share.argmax()])

def fit(X, y, seed):
    return Mean(y, seed)

def load():
    return Mean(np.array([0, 1, 1]), 0)

def spoil(X, y, seed):
    X[:] = 0
    y[:] = 0
    return Mean(np.array([0, 1]), seed)

def fail(X, y, seed):
    raise ValueError("Jacquot", y)

def leave(X, y, seed):
    import sys
    sys.exit("Jacquot")

def nothing(X, y, seed):
    return None

def two(X, y):
    return None

def by_name(X, y, *, seed):
    return None

VALUE = 3
"""


@pytest.fixture
def house(tmp_path):
    """A folder with a recipe in it; whatever it loads is forgotten afterwards."""
    before = set(sys.modules)
    (tmp_path / "house_train.py").write_text(SOURCE)
    (tmp_path / "house_helper.py").write_text("SHIFT = 100\n")
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("house_"):
            del sys.modules[name]


def test_a_function_trains_and_its_model_answers(house, numbers):
    path = list(sys.path)
    recipe = pickle.loads(pickle.dumps(FunctionRecipe("house_train:fit", house)))  # noqa: S301 - our own bytes
    recipe.check()
    model = recipe.fit(numbers, seed=3)
    assert model.model.seed == 103
    assert model.classes.tolist() == [0, 1]
    assert model.gives_probabilities
    assert model.probabilities(numbers).shape == (120, 2)
    assert model.predictions(numbers).shape == (120,)
    assert sys.path == path


def test_a_target_is_loaded(house, numbers):
    model = CallableModel.load("house_train:load", house)
    np.testing.assert_allclose(model.probabilities(numbers)[0], [1 / 3, 2 / 3])


def test_a_reference_that_missed_a_class_still_answers_about_it(house, numbers):
    recipe = FunctionRecipe("house_train:fit", house, classes=np.array([0, 1, 2]))
    assert recipe.fit(numbers, seed=1).probabilities(numbers)[:, 2].tolist() == [0.0] * 120
    odd = replace(numbers, labels=np.full(120, 5))
    with pytest.raises(DataError, match="120 of 120"):
        recipe.fit(odd, seed=1)


def test_the_records_stay_untouched(house, numbers):
    before = numbers.features.copy()
    FunctionRecipe("house_train:spoil", house).fit(numbers, seed=1)
    np.testing.assert_array_equal(numbers.features, before)
    assert numbers.labels.any()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("house_train", "does not name a function"),
        ("house_train:fit()", "does not name a function"),
        ("../house_train:fit", "does not name a function"),
        ("house_absent:fit", "'house_absent' is not found"),
        ("house_train.inner:fit", "not found"),
        ("house_train:fti", "has no 'fti'"),
        ("house_train:VALUE", "is not a function"),
        ("house_train:two", "cannot be called as two(X, y, seed)"),
        ("house_train:by_name", "cannot be called"),
        ("house_broken:fit", "raised SyntaxError"),
        ("house_raising:fit", "raised ValueError"),
        ("house_leaving:fit", "raised SystemExit"),
        ("house_needing:fit", "'house_nowhere' is not found"),
        ("json:fit", "taken by another module"),
    ],
)
def test_a_function_that_cannot_be_had_is_told_before_any_work(name, says, house, refused):
    (house / "house_broken.py").write_text(f"def fit(:  # {PRIVATE}\n")
    (house / "house_raising.py").write_text(f"raise ValueError('{PRIVATE}')\n")
    (house / "house_leaving.py").write_text("import sys\nsys.exit(3)\n")
    (house / "house_needing.py").write_text("import house_nowhere\n")
    (house / "json.py").write_text("def fit(X, y, seed): ...\n")
    path = list(sys.path)
    message = refused(ConfigurationError, lambda: FunctionRecipe(name, house).check())
    assert says in message
    assert sys.path == path
    assert name.partition(":")[0] not in sys.modules or name.startswith(("house_train", "json"))


@pytest.mark.parametrize(
    ("name", "says"),
    [("fail", "raised ValueError"), ("leave", "raised SystemExit"), ("nothing", "is not a model")],
)
def test_a_function_that_fails_tells_no_value(name, says, house, numbers, refused):
    assert says in refused(ModelError, FunctionRecipe(f"house_train:{name}", house).fit, numbers, seed=1)


class Answering:
    """A model of the user's, by hand."""

    def __init__(self, **held):
        vars(self).update(held)


def test_models_without_probabilities_or_without_classes(numbers, tmp_path, refused):
    labels = CallableModel(
        Answering(classes_=[0, 1], predict=lambda table: np.zeros((len(table), 1))), name="m:f", base_dir=tmp_path
    )
    assert not labels.gives_probabilities
    assert labels.predictions(numbers).shape == (120,)
    assert "labels only" in refused(ModelError, labels.probabilities, numbers)
    values = CallableModel(Answering(predict=lambda table: table[:, 0]), name="m:f", base_dir=tmp_path)
    assert values.classes is None
    assert "regression" in refused(ModelError, values.probabilities, numbers)
    sure = Answering(classes_=["u", "v"], predict_proba=lambda table: np.tile([0.2, 0.8], (len(table), 1)))
    assert set(CallableModel(sure, name="m:f", base_dir=tmp_path).predictions(numbers)) == {"v"}
    bad = CallableModel(Answering(predict=lambda table: table[:, 0] * np.nan), name="m:f", base_dir=tmp_path)
    assert "not finite" in refused(ModelError, bad.predictions, numbers)


def test_the_description_follows_the_source_and_what_it_imports(house):
    recipe = FunctionRecipe("house_train:fit", house)
    first = recipe.describe()
    assert first["source_sha256"] == hashlib.sha256(SOURCE.encode()).hexdigest()
    assert set(first["sources"]) == {"house_train", "house_helper"}
    assert recipe.describe() == first
    (house / "house_helper.py").write_text("SHIFT = 200\n")
    assert recipe.describe() != first
    assert FunctionRecipe("house_train:fit", house, classes=np.array([0, 1])).describe() != recipe.describe()


def test_a_changed_file_is_run_anew(house, numbers):
    recipe = FunctionRecipe("house_train:fit", house)
    assert recipe.fit(numbers, seed=1).model.seed == 101
    (house / "house_train.py").write_text(SOURCE.replace("seed + SHIFT", "seed - SHIFT"))
    assert recipe.fit(numbers, seed=1).model.seed == -99


def test_two_folders_may_use_the_same_names(house, numbers, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "house_train.py").write_text(SOURCE.replace("seed + SHIFT", "seed * 7"))
    (other / "house_helper.py").write_text("SHIFT = 0\n")
    assert FunctionRecipe("house_train:fit", house).fit(numbers, seed=1).model.seed == 101
    assert FunctionRecipe("house_train:fit", other).fit(numbers, seed=1).model.seed == 7
    assert FunctionRecipe("house_train:fit", house).fit(numbers, seed=1).model.seed == 101


def test_packages_and_relative_imports_work(house, numbers):
    package = house / "house_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "inner.py").write_text(
        "from . import settings\nfrom house_train import fit as plain\n\n"
        "def fit(X, y, seed):\n    return plain(X, y, seed + settings.MORE)\n"
    )
    (package / "settings.py").write_text("MORE = 1000\n")
    recipe = FunctionRecipe("house_package.inner:fit", house)
    assert recipe.fit(numbers, seed=1).model.seed == 1101
    assert {"house_package.inner", "house_package.settings", "house_train"} <= set(recipe.describe()["sources"])


def test_a_function_of_an_installed_package_is_found(tmp_path):
    sources = FunctionRecipe("sklearn.datasets:load_iris", tmp_path).describe()["sources"]
    assert list(sources) == ["sklearn.datasets"]
    with pytest.raises(ConfigurationError, match="no source file"):
        FunctionRecipe("sys:exit", tmp_path).describe()


def test_the_versions_of_the_libraries_that_the_users_files_import_are_told(house, monkeypatch):
    """In a helper, within a function, a library that Vidocq itself does not compute with."""
    (house / "house_helper.py").write_text("SHIFT = 100\n\ndef later():\n    import pandas.core\n")
    recipe = FunctionRecipe("house_train:fit", house)
    first = recipe.describe()
    assert first["libraries"]["pandas"] == importlib.metadata.version("pandas")
    real = importlib.metadata.version
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.1" if name == "pandas" else real(name))
    assert recipe.describe()["libraries"]["pandas"] == "0.0.1"
    monkeypatch.undo()
    (house / "house_helper.py").write_text("SHIFT = 100\n")
    assert "pandas" not in recipe.describe()["libraries"]
