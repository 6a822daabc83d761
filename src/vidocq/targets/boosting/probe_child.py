"""The process that opens one model file, from its standard input, asks it about a few rows, and writes it out again.

`python -m vidocq.targets.boosting.probe_child LIBRARY MEMORY SECONDS`. It tells by how it ends, and stays within the
memory and the processor time it is given. A booster of XGBoost is written to its standard output, in JSON; one of
LightGBM is text, and was checked as such.
"""

import os
import resource
import sys
import warnings

import numpy as np

from vidocq.core.arrays import FloatArray

SOUND, REFUSED = 10, 11
"""What it ends with: the library read the file and answered, or raised. Whatever else means that the process fell."""
ROWS = 64
UNNEEDED = ("sklearn", "pandas", "pyarrow", "matplotlib", "graphviz", "dask")
"""What the libraries import where it is there, and do without: most of the time that this process takes."""


def main(library: str, memory: int, seconds: int) -> int:
    content = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # the libraries print
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    for name in UNNEEDED:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails at once
    try:
        written = _xgboost(content) if library == "xgboost" else _lightgbm(content)
        out.write(written)
        out.close()
    except Exception:  # noqa: BLE001 - a boundary between two processes: that it was refused is all that goes out
        return REFUSED
    return SOUND


def _xgboost(content: bytes) -> bytes:
    import xgboost  # noqa: PLC0415 - an extra, on use

    booster = xgboost.Booster()
    booster.load_model(bytearray(content))
    booster.set_param({"nthread": 1})
    written = bytes(booster.save_raw("json"))
    booster.attr("best_iteration")
    booster.num_boosted_rounds()
    rows = _rows(booster.num_features())
    booster.inplace_predict(rows, predict_type="margin", validate_features=False)
    booster.inplace_predict(rows, predict_type="value", validate_features=False)
    return written


def _lightgbm(content: bytes) -> bytes:
    import lightgbm  # noqa: PLC0415 - an extra, on use

    booster = lightgbm.Booster(model_str=content.decode())
    rows = _rows(booster.num_feature())
    booster.predict(rows, raw_score=True, num_threads=1)
    booster.predict(rows, num_threads=1)
    return b""


def _rows(columns: int) -> FloatArray:
    """(ROWS, columns) numbers of all sizes, one of them missing in each row."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(ROWS, columns)) * 10.0 ** rng.integers(-3, 6, size=(ROWS, 1))
    rows[np.arange(ROWS), rng.integers(0, columns, size=ROWS)] = np.nan
    return rows


if __name__ == "__main__":
    ended = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    os._exit(ended)  # whatever a library would still do on its way out
