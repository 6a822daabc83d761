"""The configuration of an audit, as a TOML file or as keywords; everything but the model and the data has a default."""

import math
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from vidocq.audit.suite import SUITES, Suite
from vidocq.core.errors import ConfigurationError
from vidocq.engine.local import Local
from vidocq.engine.ray import Ray
from vidocq.engine.work import Engine
from vidocq.targets.augmented import MOST
from vidocq.targets.networks.transforms import Transform

ALWAYS = (0.01, 0.1)
"""Rates that no configuration can remove (rule, line 2)."""
LARGEST_FILE = 1 << 20
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
"""Of a model or a data set, as facts name it."""
BOOSTED = ("xgboost", "lightgbm")
NOT_YET = ("huggingface", "openai", "synthetic")


def _number(value: object) -> object:
    """TOML's `true` is not 1, text is not a number, and nothing is above or below nan."""
    if isinstance(value, bool):
        raise ValueError("a number is needed here, not true or false")
    if isinstance(value, str):
        raise ValueError("a number is needed here, not text")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a finite number is needed here, not nan or inf")
    return value


Given = BeforeValidator(_number)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TrainingSection(Section):
    """How a network is trained, for kind "torch"; the same words as `vidocq.Training`.

    loss         "cross_entropy", one output a class; "bce", one output for two classes; "mse" for a regression.
    optimiser    "sgd" takes momentum and nesterov.
    schedule     of the learning rate, by epoch: "constant", or half a "cosine" down to 0.
    standardise  columns are centred and scaled by the records that each model is trained on, the target included.
    precision    of parameters and arithmetic; "mixed": parameters of 32 bits, products of 16 (bfloat16).
    transforms   of images, drawn anew for each batch: "flip" left and right, "shift" by an eighth at most.
    """

    learning_rate: Annotated[float, Given, Field(gt=0)]
    epochs: Annotated[int, Given, Field(ge=1)]
    batch_size: Annotated[int, Given, Field(ge=1)] = 64
    loss: Literal["cross_entropy", "bce", "mse"] = "cross_entropy"
    optimiser: Literal["sgd", "adam", "adamw"] = "adam"
    momentum: Annotated[float, Given, Field(ge=0, lt=1)] = 0.0
    nesterov: bool = False
    weight_decay: Annotated[float, Given, Field(ge=0)] = 0.0
    schedule: Literal["constant", "cosine"] = "constant"
    standardise: bool = False
    precision: Literal["float32", "float64", "mixed"] = "float32"
    transforms: tuple[Transform, ...] = ()


class HttpSection(Section):
    """A served model, for kind "http": the address, how records are sent, where answers stand, and on which terms.

    Places are JSON pointers ("/outputs/0") or dotted paths ("outputs.0"); "*" is every item of a list. A query is one record sent, a request one batch of them.

    url      https://…; http:// on this machine only, unless cleartext is set. "${NAME}" in its path or query is taken from the environment, and secrets have to be. Redirects are not followed, and proxies of the environment not used.
    method   of the request that carries the records.
    headers  sent with each request; "${NAME}" in a value is taken from the environment, and secrets have to be.
    version  what the operator calls the model served; part of the hash under which the audit is registered, since the weights cannot be hashed.
    form     how a batch is written: "objects", a list of {column: value}; "rows", a list of lists, columns in the file's order; "columns", {column: list}; "split", {"columns": names, "data": rows}; "object", one record alone, with batch_size = 1. Whole numbers are written without a decimal point.
    records_at  where in the body they stand; the whole body without it.
    body     what else the body holds.
    labels   where the predicted labels stand in the answer, one for each record.
    probabilities  where probabilities stand: for each record a list in the order of [model] classes, an object {class: number}, a list of pairs, or with two classes the second one's alone; or {class: list}.
    values   where the predicted numbers of a regression stand; then [model] classes is left out.
    pairs    names under which an object holds a class and its probability.
    sums_within  by how much probabilities may miss the sum of 1 because the endpoint rounds; they are divided by their sum.
    batch_size   records in one request.
    per_second   most requests a second.
    timeout      seconds for one request in all.
    retries      after a failure that may pass: no connection, no answer in time, status 408, 425, 429, 500, 502, 503 or 504.
    backoff      seconds before the first of them; each next pause is twice as long, and Retry-After is heeded.
    longest_wait  seconds; an endpoint that asks to wait longer stops the audit, which goes on when started again.
    largest_mib  of one answer.
    cleartext    allows http:// to another machine: records and secrets travel unencrypted.
    certificates  file of the authorities to trust, in PEM, instead of the usual ones; certificates are always checked.
    budget       most queries of one audit, retries included; an audit that needs more is refused before it is registered.
    price        in currency, for as many as price_per says; failed attempts count.
    price_per    how many the price is for, such as 1000.
    price_of     what is paid for: queries, that is records, or requests.
    currency     of the price, such as "EUR".
    """

    url: str
    method: Literal["POST", "PUT"] = "POST"
    headers: dict[str, str] = {}
    version: str | None = None
    form: Literal["objects", "rows", "columns", "split", "object"] = "objects"
    records_at: str = ""
    body: dict[str, Any] = {}
    labels: str | None = None
    probabilities: str | None = None
    values: str | None = None
    pairs: tuple[str, str] = ("label", "score")
    sums_within: Annotated[float, Given, Field(ge=0, le=0.1)] = 1e-6
    batch_size: Annotated[int, Given, Field(ge=1, le=100_000)] = 100
    per_second: Annotated[float, Given, Field(gt=0)] | None = None
    timeout: Annotated[float, Given, Field(gt=0, le=3600)] = 30.0
    retries: Annotated[int, Given, Field(ge=0, le=20)] = 4
    backoff: Annotated[float, Given, Field(gt=0, le=60)] = 1.0
    longest_wait: Annotated[float, Given, Field(ge=0)] = 300.0
    largest_mib: Annotated[float, Given, Field(gt=0, le=1024)] = 16.0
    cleartext: bool = False
    certificates: str | None = None
    budget: Annotated[int, Given, Field(ge=1)] | None = None
    price: Annotated[float, Given, Field(ge=0)] | None = None
    price_per: Annotated[int, Given, Field(ge=1)] = 1
    price_of: Literal["queries", "requests"] = "queries"
    currency: Annotated[str, Field(pattern=r"^\S{1,12}$")] | None = None

    @model_validator(mode="after")
    def _priced(self) -> "HttpSection":
        if (self.price is None) != (self.currency is None):
            raise ValueError("price and currency go together")
        return self


class ModelSection(Section):
    """kind, where the model is, and how to train another like it.

    kind  a scikit-learn model, a PyTorch network, boosted trees of XGBoost or LightGBM, one that a function returns, one served over HTTP, or saved answers.
    path  file of the model: .skops, or a pickle with --trust-pickle; of a network, its state dict (.pt); of boosted trees, what save_model wrote (.ubj or .json; LightGBM: text).
    fit   "package.module:function", called as fit(X, y, seed); scikit-learn models are cloned without it, boosted trees trained by their parameters.
    load  "package.module:function" that returns the fitted model, for kind "callable".
    trusted_types  full names of types that a .skops file may build besides those that skops trusts by itself.
    members_outputs, non_members_outputs  saved answers, for kind "recorded".
    factory   "package.module:function", called as factory(inputs, outputs), returns the untrained network, for kind "torch".
    training  how it is trained, a table [model.training].
    classes   of a network or of boosted trees, in the order of its outputs; those of the members' labels, sorted, without it. Of a served classifier, all that it may answer, in the order of its lists of probabilities.
    http      where and how a served model is asked, a table [model.http].
    parameters  of boosted trees, a table [model.parameters]. XGBoost files keep few of them: without this table (an empty one for its defaults) no reference model is trained. LightGBM files keep them; the table overrides. Objective and rounds are the file's.
    shape     of one record as the network takes it, such as [1, 8, 8]; a row of numbers without it.
    device    where reference networks are trained; "auto" takes a GPU where there is one.
    """

    kind: Literal["sklearn", "torch", "xgboost", "lightgbm", "callable", "http", "recorded"] = "sklearn"
    path: str | None = None
    fit: str | None = None
    load: str | None = None
    trusted_types: tuple[str, ...] = ()
    members_outputs: str | None = None
    non_members_outputs: str | None = None
    factory: str | None = None
    training: TrainingSection | None = None
    classes: tuple[str | int, ...] | None = None
    parameters: dict[str, bool | int | float | str] | None = None
    shape: tuple[Annotated[int, Given, Field(ge=1)], ...] | None = None
    device: Literal["cpu", "cuda", "auto"] = "cpu"
    http: HttpSection | None = None

    @model_validator(mode="after")
    def _complete(self) -> "ModelSection":
        if self.kind == "sklearn" and not self.path:
            raise ValueError("path is needed for a scikit-learn model")
        if self.kind == "torch" and not (self.path and self.factory and self.training):
            raise ValueError("path, factory and [model.training] are needed for kind 'torch'")
        if self.kind != "torch" and (self.factory or self.training or self.shape):
            raise ValueError("factory, training and shape belong to kind 'torch'")
        if self.kind not in ("torch", "http", *BOOSTED) and self.classes:
            raise ValueError("classes belong to kinds 'torch', 'http', 'xgboost' and 'lightgbm'")
        if (self.kind == "http") != (self.http is not None):
            raise ValueError("kind 'http' goes with a table [model.http]")
        if self.kind in BOOSTED and not self.path:
            raise ValueError(f"path is needed for kind '{self.kind}'")
        if self.kind not in BOOSTED and self.parameters is not None:
            raise ValueError("parameters belong to kinds 'xgboost' and 'lightgbm'")
        if self.kind == "callable" and not self.load:
            raise ValueError("load is needed for kind 'callable'")
        if self.kind == "recorded" and not (self.members_outputs and self.non_members_outputs):
            raise ValueError("members_outputs and non_members_outputs are needed for kind 'recorded'")
        return self


class PanelSection(Section):
    """Persons to be looked at together: those with a record whose column takes one of some values, or lies in a range.

    name    how the report calls them. From 50 persons on it tells their mean and how many are exposed; of 10 to 49, taken as one, their mean and a test; of fewer, nothing.
    column  of the data files.
    equals  values, as text or numbers.
    below, at_least  bounds of a number; together, a range.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$")]
    column: str
    equals: tuple[str | float, ...] | None = None
    below: Annotated[float, Given, Field(allow_inf_nan=False)] | None = None
    at_least: Annotated[float, Given, Field(allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _chooses(self) -> "PanelSection":
        ranged = self.below is not None or self.at_least is not None
        if (self.equals is None) == (not ranged):
            raise ValueError("a panel needs either equals, or below and at_least, or one of the two")
        return self


class DataSection(Section):
    """The records, those the model was trained on and others; files are .csv, .parquet, .jsonl or .npz.

    members      file of the records that trained the model.
    non_members  file of records of the same origin that did not.
    label        column to predict.
    person       column with an id of the person, where one person may have several records.
    sensitive    columns that say something sensitive; nothing reads them yet.
    quasi        columns that together may single a person out, for the index of rare data; those of at most 20 values without it.
    panels       groups of persons whose exposure is told apart, such as minors; descriptive, no part of the verdict.
    trace        file of losses logged in training by vidocq.LossTrace, about members and non-members alike.
    split        "randomised" if chance alone drew the two files before training; a draw by `vidocq split` that stands
                 in the ledger counts as such without being declared.
    declared_by  name and role of who says so.
    """

    members: str
    non_members: str
    label: str
    person: str | None = None
    sensitive: tuple[str, ...] = ()
    quasi: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    panels: tuple[PanelSection, ...] = ()
    trace: str | None = None
    split: Literal["randomised", "given"] = "given"
    declared_by: str | None = None

    @model_validator(mode="after")
    def _declared(self) -> "DataSection":
        if self.split == "randomised" and not (self.declared_by and self.declared_by.strip()):
            raise ValueError("split = 'randomised' needs declared_by, the name of who says so, or `vidocq split`")
        return self


class AccessSection(Section):
    """What the auditor is served by the model.

    outputs   "top_k": the likeliest classes with their probabilities. "weights": the model's file itself is at hand and is read, with its probabilities, or its labels where it gives no more. Labels alone leave no attack whose silence would count: the verdict is then never `no leak`.
    queries_per_record  budget where a suite asks about changed copies of each record: the record and one copy less.
    label_search  how these copies are changed: by "noise", or along "paths" towards records of another label, which gives a distance to the boundary at four queries a path.
    decimals  probabilities are rounded to so many decimals, for the target and the reference models alike; 14 at most, as finer ones hide nothing.
    top_k     how many classes are served with outputs = "top_k", fewer than there are; what is left is shared among the others.
    augmentations  further queries about each image, moved by a pixel or mirrored as [model.training] transforms did; their log-odds are averaged.
    """

    outputs: Literal["labels", "top_k", "probabilities", "weights"] = "probabilities"
    top_k: Annotated[int, Given, Field(ge=1, le=1_000_000)] | None = None
    decimals: Annotated[int, Given, Field(ge=0, le=14)] | None = None
    queries_per_record: Annotated[int, Given, Field(ge=1, le=2000)] = 16
    label_search: Literal["noise", "paths"] = "noise"
    augmentations: Annotated[int, Given, Field(ge=0, le=MOST)] = 0

    @model_validator(mode="after")
    def _counted(self) -> "AccessSection":
        if (self.outputs == "top_k") != (self.top_k is not None):
            raise ValueError("outputs = 'top_k' goes with top_k, the number of classes served")
        if self.augmentations and self.outputs == "labels":
            raise ValueError("augmentations are averaged as log-odds, which labels alone do not have")
        return self

    def answers(self, *, labels_only: bool) -> Literal["labels", "probabilities"]:
        """What the model is asked for; a model that gives labels only is asked for these by whoever holds its file.

        Raises ConfigurationError if probabilities are asked of such a model.
        """
        if self.outputs == "labels" or (self.outputs == "weights" and labels_only):
            return "labels"
        if labels_only:
            raise ConfigurationError(
                "this model gives labels only",
                where="[access] outputs",
                fix='set outputs = "labels", or "weights" where the model\'s file is at hand',
            )
        return "probabilities"

    @property
    def level(self) -> str:
        """At which looks are counted: whoever is served fewer probabilities looks at probabilities all the same."""
        return "probabilities" if self.outputs == "top_k" else self.outputs


class PlanSection(Section):
    """What is registered before the first query. Tolerances that are absent mean 0.

    suite       named list of attacks, with a version.
    references  number of reference models; the suite's own without it.
    alphas      shares of outsiders that attacks are tuned to accuse; 0.01 and 0.1 are always among them.
    tolerance_average  excess risk tolerated on average; needs set_by.
    tolerance_worst    the same for the most exposed persons.
    set_by      name and role of the human who set the tolerances.
    prior       share of members among those an adversary would try, for the precision printed beside the verdict.
    seed        every draw follows from it.
    """

    suite: Literal["quick", "standard", "thorough"] = "standard"
    references: Annotated[int, Given, Field(ge=0, le=8192)] | None = None
    alphas: tuple[Annotated[float, Given, Field(gt=0, lt=0.5)], ...] = ALWAYS
    tolerance_average: Annotated[float, Given, Field(ge=0, lt=1)] | None = None
    tolerance_worst: Annotated[float, Given, Field(ge=0, lt=1)] | None = None
    set_by: str | None = None
    prior: Annotated[float, Given, Field(gt=0, lt=1)] | None = None
    seed: Annotated[int, Given, Field(ge=0, lt=2**53)] = 1

    @field_validator("alphas")
    @classmethod
    def _distinct(cls, alphas: tuple[float, ...]) -> tuple[float, ...]:
        """Each rate once: repeating one would change the family of tests without changing what is registered."""
        return tuple(sorted(set(alphas)))

    @model_validator(mode="after")
    def _named(self) -> "PlanSection":
        tolerances = (self.tolerance_average, self.tolerance_worst)
        if any(t is not None for t in tolerances) and not (self.set_by and self.set_by.strip()):
            raise ValueError("a tolerance needs set_by, the name and role of who set it")
        missing = [a for a in ALWAYS if a not in self.alphas]
        if missing:
            raise ValueError("alphas always include 0.01 and 0.1; others may be added")
        return self

    @property
    def the_suite(self) -> Suite:
        return SUITES[self.suite]

    @property
    def reference_models(self) -> int:
        return self.the_suite.references if self.references is None else self.references


class EngineSection(Section):
    """Where reference models are trained; the result does not depend on it.

    kind     "local": worker processes on this machine. "ray": a Ray cluster; every machine of it needs the same versions of vidocq and of what trains, and the folder of this file at the same path where a function of yours is named here. Records travel to all of them.
    workers  how many; one for each core without it. With "ray", the most tasks in flight; four for each core of the cluster without it.
    address  of a running cluster: "host:port", "ray://host:port", or "auto" for the one this machine is part of. Without it a cluster is started on this machine and stopped at the end. A cluster that asks for a token has it from the environment (RAY_AUTH_MODE, RAY_AUTH_TOKEN).
    gpus_per_task  GPUs for each task, 1 or a part such as 0.25; without it no task of a Ray cluster sees a GPU.
    """

    kind: Literal["local", "ray"] = "local"
    workers: Annotated[int, Given, Field(ge=1, le=1024)] | None = None
    address: str | None = None
    gpus_per_task: Annotated[float, Given, Field(gt=0, le=64)] | None = None

    @model_validator(mode="after")
    def _suits(self) -> "EngineSection":
        if self.kind != "ray" and not (self.address is None and self.gpus_per_task is None):
            raise ValueError("address and gpus_per_task belong to kind 'ray'")
        try:
            self.made()
        except ConfigurationError as error:
            raise ValueError(f"{error.what}; {error.fix}") from None
        return self

    def made(self) -> Engine:
        """The engine; nothing is started yet."""
        if self.kind == "ray":
            return Ray(self.address, self.workers, self.gpus_per_task)
        return Local(self.workers)


class DossierSection(Section):
    """The ledger in which the audit is registered before the first query, and its evidence recorded after.

    url      as SQLAlchemy writes it.
    model    id that the model bears among the facts of the file, such as "triage"; evidence says that it is about it.
    dataset  id of the data set that the members come from.
    """

    url: str = "sqlite:///dossier.db"
    model: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    dataset: Annotated[str, Field(pattern=ID_PATTERN)] | None = None

    @property
    def model_path(self) -> str:
        """Path of the model among the facts, "" if nobody said."""
        return "" if self.model is None else f"models.{self.model}"

    @property
    def dataset_path(self) -> str:
        """Path of the data set among the facts, "" if nobody said."""
        return "" if self.dataset is None else f"datasets.{self.dataset}"


class Configuration(Section):
    """The whole configuration. Relative paths are relative to `base`."""

    model: ModelSection
    data: DataSection
    access: AccessSection = AccessSection()
    plan: PlanSection = PlanSection()
    engine: EngineSection = EngineSection()
    dossier: DossierSection = DossierSection()
    base: Path = Path()

    def path(self, name: str) -> Path:
        return self.base / name


def read_configuration(path: Path, *, seed: int | None = None) -> Configuration:
    """Reads a TOML file; `seed` replaces the one written there. Raises ConfigurationError, before any work starts, if anything in it is not understood."""
    where = path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigurationError("the configuration is larger than 1 MiB", where=where, fix="check the path")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise ConfigurationError(
            f"the configuration cannot be read ({type(reason).__name__})", where=where, fix="check the path"
        ) from None
    except tomllib.TOMLDecodeError as reason:
        raise ConfigurationError(f"this is not valid TOML: {reason}", where=where, fix="correct that line") from None
    if seed is not None and isinstance(content.get("plan", {}), dict):
        content["plan"] = {**content.get("plan", {}), "seed": seed}
    return configure(content, base=path.parent, where=where)


def configure(content: dict[str, Any], *, base: Path, where: str) -> Configuration:
    """Checks plain content. Messages name the key, never its value."""
    kind = content.get("model", {}).get("kind") if isinstance(content.get("model"), dict) else None
    if kind in NOT_YET:
        raise ConfigurationError(
            f"models of kind '{kind}' are not audited by this version",
            where=f"{where}, [model] kind",
            fix="use sklearn, callable (any Python function that trains it) or recorded (saved outputs)",
        )
    try:
        return Configuration.model_validate({**content, "base": base})
    except ValidationError as invalid:
        problems = [
            f"{'.'.join(str(p) for p in error['loc']) or 'configuration'}: {error['msg'].removeprefix('Value error, ')}"
            for error in invalid.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            "; ".join(problems), where=where, fix="the keys and their values are listed in docs/configuration.md"
        ) from None
