"""What the auditor is served by the model."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section
from vidocq.core.errors import ConfigurationError
from vidocq.targets.augmented import MOST


class AccessSection(Section):
    """What the auditor is served by the model.

    outputs   of a language model "logprobs", of each token of a text, or "text", what it writes and no more; by itself "logprobs" where the model gives them. Of any other "labels", "top_k", "probabilities" or "weights". "top_k": the likeliest classes with their probabilities. "weights": the model's file itself is at hand and is read, with its probabilities, or its labels where it gives no more. Labels alone leave no attack whose silence would count: the verdict is then never `no leak`.
    queries_per_record  budget where a suite asks about changed copies of each record: the record and one copy less.
    label_search  how these copies are changed: by "noise", or along "paths" towards records of another label, which gives a distance to the boundary at four queries a path.
    decimals  probabilities are rounded to so many decimals, for the target and the reference models alike; 14 at most, as finer ones hide nothing.
    top_k     how many classes are served with outputs = "top_k", fewer than there are; what is left is shared among the others.
    augmentations  further queries about each image, moved by a pixel or mirrored as [model.training] transforms did; their log-odds are averaged.
    """

    outputs: Literal["labels", "top_k", "probabilities", "weights", "logprobs", "text"] = "probabilities"
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
