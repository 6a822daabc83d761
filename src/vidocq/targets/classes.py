"""Labels of a data file and classes of a model."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import IntArray
from vidocq.core.errors import DataError


def class_positions(labels: NDArray[Any], classes: NDArray[Any]) -> IntArray:
    """(n,) place of each label among the classes, -1 where it is none. Numbers match numbers, text matches text."""
    position = {value: i for i, value in enumerate(classes.tolist())}
    found = (position.get(value, -1) for value in labels.tolist())
    return np.fromiter(found, dtype=np.int64, count=len(labels))


def require_known_labels(labels: NDArray[Any], classes: NDArray[Any]) -> IntArray:
    """As `class_positions`. Raises DataError, which tells how many labels the model does not know, but not which."""
    positions = class_positions(labels, classes)
    unknown = positions < 0
    if unknown.any():
        raise DataError(
            f"{int(unknown.sum())} of {len(labels)} records bear a label that the model does not know "
            f"(labels are {_kind(labels)}, the model's classes {_kind(classes)})",
            where=f"label column, first at row {int(np.argmax(unknown)) + 1} of the records given",
            fix="write the labels as the model was taught them, or leave these records out",
        )
    return positions


def _kind(values: NDArray[Any]) -> str:
    kinds = {"U": "text", "b": "booleans", "i": "whole numbers", "u": "whole numbers", "f": "decimal numbers"}
    if values.dtype == object and all(isinstance(value, str) for value in values.tolist()):
        return "text"
    return kinds.get(values.dtype.kind, "of mixed kinds")
