"""Stored results of the benchmarks; None where a benchmark has not been run."""

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"


def stored(name: str) -> dict[str, Any] | None:
    """The content of benchmarks/results/`name`, or None."""
    path = RESULTS / name
    if not path.is_file():
        return None
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
