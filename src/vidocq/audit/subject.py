"""What is audited: a model that answers, perhaps a way to train others like it, and two sets of records."""

import pickle
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import joblib
import numpy as np

from vidocq.audit.configuration import BOOSTED, Configuration
from vidocq.core.arrays import FloatArray
from vidocq.core.canonical import content_hash, sha256
from vidocq.core.errors import ConfigurationError
from vidocq.core.protocols import Model, Recipe
from vidocq.core.records import Records
from vidocq.core.version import VERSION
from vidocq.targets.boosting.boosted import BoostedFile, BoostedModel, table_for
from vidocq.targets.boosting.lightgbm import load_lightgbm
from vidocq.targets.boosting.xgboost import load_xgboost
from vidocq.targets.encoding import encoded
from vidocq.targets.function import CallableModel, FunctionRecipe
from vidocq.targets.model_files import file_hash, load_model
from vidocq.targets.networks.files import load_network, state_hash, trained_network
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training
from vidocq.targets.recorded import RecordedModel, read_answers
from vidocq.targets.served.endpoint import Endpoint, Price
from vidocq.targets.served.http import HttpModel
from vidocq.targets.served.mapping import HttpMapping
from vidocq.targets.sklearn import SklearnModel, SklearnRecipe
from vidocq.targets.tables import read_records, require_same_columns
from vidocq.targets.user_code import source_hashes

_BOOSTED_NAMES = {"xgboost": "XGBoost", "lightgbm": "LightGBM"}
LIBRARIES = ("numpy", "scipy", "scikit-learn")


@dataclass(frozen=True, eq=False)
class Subject:
    """Everything an audit reads, loaded; nothing has been asked of the model yet.

    recipe      None if the model cannot be retrained.
    encode      the records as the model sees them, for near-duplicates.
    model_hash  of the model's file, or of its description where there is no file; of a served one, of its address and
                how it is asked.
    fitted      the estimator itself, for whoever reads it without a query; None if it is not at hand.
    files       SHA-256 of the bytes of the two data files, to find the draw of `vidocq split`; empty in memory.
    """

    kind: str
    name: str
    model: Model
    recipe: Recipe | None
    members: Records
    non_members: Records
    encode: Callable[[Records], FloatArray]
    model_hash: str
    fitted: Any = None
    files: dict[str, str] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        classes = self.model.classes
        return {
            "kind": self.kind,
            "model": self.name,
            "task": "regression" if classes is None else "classification",
            "classes": None if classes is None else len(classes),
            "features": len(self.members.columns),
        }

    @property
    def gives_labels_only(self) -> bool:
        """True for a classifier that no probabilities can be had of. Saved signals stand in for probabilities."""
        saved = isinstance(self.model, RecordedModel) and self.model.gives_signals
        if self.model.classes is None or saved:
            return False
        return not getattr(self.model, "gives_probabilities", True)

    def recipe_description(self) -> dict[str, Any] | None:
        return None if self.recipe is None else self.recipe.describe()


def versions() -> dict[str, str]:
    """Versions of what computes an audit."""
    return {
        "vidocq": VERSION,
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def of_estimator(estimator: Any, members: Records, non_members: Records, *, recipe: Recipe | None = None) -> Subject:
    """A fitted scikit-learn estimator in memory; `clone` gives the reference models unless a recipe is given."""
    model = SklearnModel(estimator)
    recipe = SklearnRecipe(estimator) if recipe is None else recipe
    return Subject(
        kind="sklearn",
        name=_name(estimator),
        model=model,
        recipe=recipe,
        members=members,
        non_members=require_same_columns(members, non_members),
        encode=lambda records: encoded(estimator, records),
        model_hash=sha256(joblib.hash(estimator, hash_name="sha1").encode()),
        fitted=estimator,
    )


def load_subject(configuration: Configuration, *, trust_pickle: bool = False) -> Subject:
    """Reads the data and the model named in a configuration.

    Raises DataError or ModelError on what cannot be read, ConfigurationError on what contradicts itself.
    """
    if configuration.is_language:
        raise ConfigurationError(
            "a language model has no table to be asked about",
            where="[model] kind",
            fix="use vidocq audit or vidocq plan, which take such a configuration",
        )
    data, section, base = configuration.data, configuration.model, configuration.base
    members_path, others_path = configuration.path(str(data.members)), configuration.path(str(data.non_members))
    label = str(data.label)
    members = read_records(members_path, label=label, person=data.person)
    non_members = require_same_columns(members, read_records(others_path, label=label, person=data.person))
    files = {name: file_hash(path) for name, path in (("members", members_path), ("non_members", others_path))}

    if section.kind == "recorded":
        paths = configuration.path(str(section.members_outputs)), configuration.path(str(section.non_members_outputs))
        recorded = RecordedModel([(members, read_answers(paths[0])), (non_members, read_answers(paths[1]))])
        model: Model = recorded
        inner, name, model_hash = None, "recorded", sha256("".join(file_hash(p) for p in paths).encode())
    elif section.kind == "callable":
        called = CallableModel.load(str(section.load), base)
        model, inner, name = called, called.model, _name(called.model)
        loaded = {"load": section.load, "sources": source_hashes(str(section.load), base), "state": _state(inner)}
        model_hash = content_hash(loaded)
        if section.path is not None:
            model_hash = file_hash(configuration.path(section.path))
    elif section.kind == "http":
        served = _served(configuration)
        model, inner, name, model_hash = served, None, served.name, content_hash(served.describe())
    elif section.kind == "torch":
        network = _network(configuration, members)
        path = configuration.path(str(section.path))
        trained = load_network(path, network, members)
        model, inner, name, model_hash = trained, None, type(trained.module).__name__, file_hash(path)
    elif section.kind in BOOSTED:
        path = configuration.path(str(section.path))
        held, boosted = _boosted(configuration, members)
        model, inner, name, model_hash = boosted, None, _BOOSTED_NAMES[section.kind], file_hash(path)
    else:
        path = configuration.path(str(section.path))
        inner = load_model(path, trust_pickle=trust_pickle, trusted_types=section.trusted_types)
        model, name, model_hash = SklearnModel(inner), _name(inner), file_hash(path)

    recipe: Recipe | None = None
    if section.fit is not None:
        function = FunctionRecipe(section.fit, base, classes=model.classes)
        function.check()
        recipe = function
    elif section.kind == "sklearn":
        recipe = SklearnRecipe(inner)
    elif section.kind == "torch":
        recipe = network
    elif section.kind in BOOSTED:
        recipe = held.recipe(section.parameters, boosted.classes)
    subject = Subject(
        kind=section.kind,
        name=name,
        model=model,
        recipe=recipe,
        members=members,
        non_members=non_members,
        encode=lambda records: encoded(inner, records),
        model_hash=model_hash,
        fitted=inner,
        files=files,
    )
    configuration.access.answers(labels_only=subject.gives_labels_only)
    return subject


def _network(configuration: Configuration, members: Records) -> TorchRecipe:
    """How the audited network was trained, as the configuration says."""
    section = configuration.model
    assert section.training is not None  # noqa: S101 - the section checks it
    training = Training(**section.training.model_dump())
    classes = None
    if training.loss != "mse":
        classes = np.unique(members.labels) if section.classes is None else np.asarray(section.classes)
    return TorchRecipe(str(section.factory), training, classes, configuration.base, section.shape, section.device)


def _served(configuration: Configuration) -> HttpModel:
    """The model behind the address of [model.http]; nothing is asked, and no secret read."""
    section, classes = configuration.model.http, configuration.model.classes
    assert section is not None  # noqa: S101 - the section checks it
    given = section.model_dump()
    price = None
    if section.price is not None and section.currency is not None:
        price = Price(amount=section.price, currency=section.currency, per=section.price_per, of=section.price_of)
    kept = ("url", "method", "headers", "version", "batch_size", "per_second", "timeout", "retries", "backoff")
    endpoint = Endpoint(
        **{name: given[name] for name in (*kept, "longest_wait", "cleartext", "budget")},
        largest=round(section.largest_mib * 2**20),
        certificates=None if section.certificates is None else configuration.path(section.certificates),
        price=price,
    )
    mapped = ("form", "records_at", "body", "labels", "probabilities", "values", "pairs", "sums_within")
    return HttpModel(
        endpoint,
        HttpMapping(**{name: given[name] for name in mapped}),
        classes=None if classes is None else np.asarray(classes),
    )


def of_endpoint(model: HttpModel, members: Records, non_members: Records, *, recipe: Recipe | None) -> Subject:
    """A served model, asked from memory; without a recipe there are no reference models."""
    return Subject(
        kind="http",
        name=model.name,
        model=model,
        recipe=recipe,
        members=members,
        non_members=require_same_columns(members, non_members),
        encode=lambda records: encoded(None, records),
        model_hash=content_hash(model.describe()),
    )


def _boosted(configuration: Configuration, members: Records) -> tuple[BoostedFile, BoostedModel]:
    """Boosted trees from their file. Raises DataError at once if they take other columns than the members have."""
    section = configuration.model
    path = configuration.path(str(section.path))
    held: BoostedFile = load_xgboost(path) if section.kind == "xgboost" else load_lightgbm(path)
    classes = None
    if not held.predicts_values:
        classes = np.unique(members.labels) if section.classes is None else np.asarray(section.classes)
    table_for(members, held.trees.columns, held.trees.names)
    return held, BoostedModel(held.trees, classes)


def of_network(module: Any, members: Records, non_members: Records, *, recipe: TorchRecipe) -> Subject:
    """A trained nn.Module in memory, and the recipe that trains its like."""
    model = trained_network(module, recipe, members)
    return Subject(
        kind="torch",
        name=type(module).__name__,
        model=model,
        recipe=recipe,
        members=members,
        non_members=require_same_columns(members, non_members),
        encode=lambda records: encoded(None, records),
        model_hash=state_hash(module),
    )


def _state(model: object) -> str | None:
    """A hash of what the function loaded: the same source may load another model tomorrow. None if it has none."""
    try:
        return str(joblib.hash(model, hash_name="sha1"))
    except (TypeError, AttributeError, ValueError, pickle.PicklingError):
        return None


def _name(model: object) -> str:
    """The class of a model; of a pipeline, the class of its last step."""
    steps = getattr(model, "steps", None)
    last = steps[-1][1] if steps else model
    return type(last).__name__ if last is model else f"Pipeline: {type(last).__name__}"
