"""The audited model."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.fine_tuning import FineTuningSection
from vidocq.audit.configuration.http import HttpSection
from vidocq.audit.configuration.openai import OpenAiSection
from vidocq.audit.configuration.section import Given, Section
from vidocq.audit.configuration.training import TrainingSection

BOOSTED = ("xgboost", "lightgbm")
LANGUAGE = ("huggingface", "openai")
"""Kinds of model that read and write text."""


class ModelSection(Section):
    """kind, where the model is, and how to train another like it.

    kind  a scikit-learn model, a PyTorch network, boosted trees of XGBoost or LightGBM, one that a function returns, one served over HTTP, or saved answers; a language model in a folder, or one behind a server that speaks OpenAI's dialect.
    path  file of the model: .skops, or a pickle with --trust-pickle; of a network, its state dict (.pt); of boosted trees, what save_model wrote (.ubj or .json; LightGBM: text); of a language model, the folder with config.json, tokenizer.json and safetensors, or of a LoRA adapter.
    base  folder of the language model that this one was fine-tuned from; an adapter needs it, and several attacks read it.
    fit   "package.module:function", called as fit(X, y, seed); scikit-learn models are cloned without it, boosted trees trained by their parameters.
    load  "package.module:function" that returns the fitted model, for kind "callable".
    trusted_types  full names of types that a .skops file may build besides those that skops trusts by itself.
    members_outputs, non_members_outputs  saved answers, for kind "recorded".
    factory   "package.module:function", called as factory(inputs, outputs), returns the untrained network, for kind "torch".
    training  how it is trained, a table [model.training].
    classes   of a network or of boosted trees, in the order of its outputs; those of the members' labels, sorted, without it. Of a served classifier, all that it may answer, in the order of its lists of probabilities.
    http      where and how a served model is asked, a table [model.http].
    openai    where and how a served language model is asked, a table [model.openai].
    fine_tuning  how a language model was fine-tuned from its base, a table [model.fine_tuning].
    parameters  of boosted trees, a table [model.parameters]. XGBoost files keep few of them: without this table (an empty one for its defaults) no reference model is trained. LightGBM files keep them; the table overrides. Objective and rounds are the file's.
    shape     of one record as the network takes it, such as [1, 8, 8]; a row of numbers without it.
    device    where reference networks are trained, and a language model in a folder is asked; "auto" takes a GPU where there is one.
    """

    kind: Literal[
        "sklearn", "torch", "xgboost", "lightgbm", "callable", "http", "recorded", "huggingface", "openai"
    ] = "sklearn"
    path: str | None = None
    base: str | None = None
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
    openai: OpenAiSection | None = None
    fine_tuning: FineTuningSection | None = None

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
        if self.kind in (*BOOSTED, "huggingface") and not self.path:
            raise ValueError(f"path is needed for kind '{self.kind}'")
        if self.kind not in BOOSTED and self.parameters is not None:
            raise ValueError("parameters belong to kinds 'xgboost' and 'lightgbm'")
        if self.kind == "callable" and not self.load:
            raise ValueError("load is needed for kind 'callable'")
        if self.kind == "recorded" and not (self.members_outputs and self.non_members_outputs):
            raise ValueError("members_outputs and non_members_outputs are needed for kind 'recorded'")
        return self

    @model_validator(mode="after")
    def _language(self) -> "ModelSection":
        if (self.kind == "openai") != (self.openai is not None):
            raise ValueError("kind 'openai' goes with a table [model.openai]")
        if self.kind in LANGUAGE and (self.fit or self.load):
            raise ValueError("fit and load do not belong to language models")
        if self.kind != "huggingface" and self.base is not None:
            raise ValueError("base belongs to kind 'huggingface'")
        if self.fine_tuning is not None and self.base is None:
            raise ValueError("fine_tuning says how the model came from its base: give base, of kind 'huggingface'")
        return self
