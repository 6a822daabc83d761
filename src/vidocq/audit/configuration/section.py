"""What every table of the configuration shares."""

import math

from pydantic import BaseModel, BeforeValidator, ConfigDict

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
"""Of a model or a data set, as facts name it."""


def number_given(value: object) -> object:
    """TOML's `true` is not 1, text is not a number, and nothing is above or below nan."""
    if isinstance(value, bool):
        raise ValueError("a number is needed here, not true or false")
    if isinstance(value, str):
        raise ValueError("a number is needed here, not text")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a finite number is needed here, not nan or inf")
    return value


Given = BeforeValidator(number_given)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
