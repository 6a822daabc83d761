"""How a network is trained, for kind "torch"."""

from typing import Annotated, Literal

from pydantic import Field

from vidocq.audit.configuration.section import Given, Section
from vidocq.targets.networks.transforms import Transform


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
