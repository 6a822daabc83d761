"""How well each category is found: precision and recall on a set that was not used to write the detectors.

The figures come from the project's benchmarks; `make docs` stores them as data of the package. A category without one is
not measured.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from vidocq.core.estimate import Estimate
from vidocq.core.spans import Category
from vidocq.core.text import Text

FILE = "measured.json"
LEVEL = 0.95


@dataclass(frozen=True)
class Measured:
    """precision, recall  None where it was not measured.   on  the sets of texts it was measured on."""

    precision: Estimate | None
    recall: Estimate | None
    on: Text

    def to_dict(self) -> dict[str, Any]:
        return {
            "precision": None if self.precision is None else self.precision.to_dict(),
            "recall": None if self.recall is None else self.recall.to_dict(),
            "on": self.on.to_dict(),
        }


@cache
def measured() -> dict[Category, Measured]:
    """What is known of each category."""
    place = files(__package__).joinpath(FILE)
    return read(json.loads(place.read_text(encoding="utf-8"))) if place.is_file() else {}


def read(held: Mapping[str, Any]) -> dict[Category, Measured]:
    """From {category: {precision: {value, low, high, n}, recall: {...}, set: {fr, en}}}."""
    return {
        Category(name): Measured(
            _estimate(figures.get("precision")), _estimate(figures.get("recall")), Text(**figures["set"])
        )
        for name, figures in held.items()
        if name in list(Category)
    }


def _estimate(figure: dict[str, Any] | None) -> Estimate | None:
    if figure is None:
        return None
    level = float(figure.get("level", LEVEL))
    return Estimate(figure["value"], figure["low"], figure["high"], level, int(figure["n"]))
