"""Where the benchmark data lie: beside the repository, or where VIDOCQ_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "VIDOCQ_DATA"
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


class DataAbsent(FileNotFoundError):
    """A benchmark needs a file that is not on this machine."""


def data_file(*parts: str) -> Path:
    """Raises DataAbsent, with the way to mend it."""
    root = Path(os.environ[VARIABLE]) if VARIABLE in os.environ else DEFAULT
    path = root.joinpath(*parts)
    if not path.is_file():
        raise DataAbsent(
            f"the benchmark data '{'/'.join(parts)}' are absent from {root}\n"
            f"  fix:   set {VARIABLE} to the folder that holds '{parts[0]}'"
        )
    return path
