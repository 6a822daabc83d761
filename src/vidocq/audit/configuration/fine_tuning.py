"""How a language model was fine-tuned, for kind "huggingface"."""

from typing import Annotated, Literal

from pydantic import Field

from vidocq.audit.configuration.section import Given, Section


class FineTuningSection(Section):
    """How the model was fine-tuned from its base, for kind "huggingface": with it reference models are, each on the texts of some of the persons. It has to be the target's own recipe, or the recipe gate fails.

    method   of training: "full", all weights; "lora", matrices of low rank beside them.
    epochs   times that each text was seen.
    rate     of learning, with AdamW.
    schedule  of the rate: "linear" lets it fall to 0, "constant" keeps it.
    batch    texts, or rows of packed texts, of one step.
    decay    of weights.
    length   tokens of a row at most; the model's context without it.
    layout   "padded", a row a text; "packed", texts one after the other in rows of that length.
    rank, alpha, dropout  of "lora", as of peft.
    layers   of "lora": names of those adapted; every linear layer but the last without them.
    """

    method: Literal["full", "lora"] = "full"
    epochs: Annotated[int, Given, Field(ge=1, le=10_000)] = 3
    rate: Annotated[float, Given, Field(gt=0)] = 5e-5
    schedule: Literal["linear", "constant"] = "linear"
    batch: Annotated[int, Given, Field(ge=1)] = 16
    decay: Annotated[float, Given, Field(ge=0)] = 0.01
    length: Annotated[int, Given, Field(ge=2)] | None = None
    layout: Literal["padded", "packed"] = "padded"
    rank: Annotated[int, Given, Field(ge=1)] = 8
    alpha: Annotated[int, Given, Field(ge=1)] = 16
    dropout: Annotated[float, Given, Field(ge=0, lt=1)] = 0.0
    layers: tuple[str, ...] = ()
