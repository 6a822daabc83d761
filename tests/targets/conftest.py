"""Small tables, and a check that no message shows a value of theirs."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from vidocq.core.errors import VidocqError
from vidocq.core.records import Records

PRIVATE = "Jacquot"  # stands for a personal value: no error may show it


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def numbers(rng) -> Records:
    features = rng.normal(size=(120, 4))
    labels = (features[:, 0] + 0.3 * rng.normal(size=120) > 0).astype(np.int64)
    return Records(features, labels, ("a", "b", "c", "d"), named=True)


@pytest.fixture
def mixed(numbers, rng) -> Records:
    features = numbers.features.astype(object)
    features[:, 1] = rng.choice(["north", "south", "east"], size=len(numbers))
    labels = np.where(numbers.labels == 1, ">50K", "<=50K")
    persons = np.array([f"p{i // 2}" for i in range(len(numbers))])
    return Records(features, labels, numbers.columns, persons=persons, named=True)


@pytest.fixture
def refused() -> Callable[..., str]:
    """Runs something that has to raise `kind`; returns the message, which shows no secret and says how to fix."""

    def run(kind: type[VidocqError], action: Callable[..., Any], *arguments: Any, **named: Any) -> str:
        with pytest.raises(kind) as caught:
            action(*arguments, **named)
        error = caught.value
        assert error.where
        assert error.fix
        assert PRIVATE not in str(error)
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
        return str(error)

    return run
