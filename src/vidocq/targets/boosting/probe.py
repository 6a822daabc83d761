"""A model file, opened first by a process of its own: the C++ that parses it may end the process that runs it."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

from vidocq.targets.boosting.boosted import corrupt
from vidocq.targets.boosting.probe_child import REFUSED, SOUND

CHILD = "vidocq.targets.boosting.probe_child"
SECONDS = 60
SECONDS_A_MIB = 1
MEMORY = 4 << 30
MEMORY_A_BYTE = 16


def require_opened(content: bytes, path: Path, library: Literal["xgboost", "lightgbm"]) -> bytes:
    """The booster as that process wrote it: JSON of XGBoost, nothing of LightGBM.

    Raises ModelError unless the library opens these bytes and answers about a few rows, in bounded time and memory.
    """
    seconds = SECONDS + SECONDS_A_MIB * len(content) // 2**20
    home = str(Path(__file__).resolve().parents[3])
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", CHILD, library, str(MEMORY + MEMORY_A_BYTE * len(content)), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the libraries print what they read
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])]),
            "OMP_NUM_THREADS": "1",
            "MALLOC_PERTURB_": "165",  # what is read past its end is then no memory that happens to be harmless
        },
    )
    try:
        written, _ = child.communicate(content, timeout=seconds)  # one that falls before it has read all is no error
        ended = child.returncode
    except subprocess.TimeoutExpired:
        raise corrupt(path, f"{library} does not read it within {seconds} seconds") from None
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it had not read yet
                    pipe.close()
    if ended == REFUSED:
        raise corrupt(path, f"{library} does not read it")
    if ended != SOUND:
        raise corrupt(path, f"it ends the process in which {library} reads it")
    return written
