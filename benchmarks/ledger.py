"""How fast the ledger is on SQLite: one append, a batch, reading all entries, folding them into a state, verifying them.

`python benchmarks/ledger.py` writes benchmarks/results/ledger.json. The chain holds 100,000 entries of the kinds that a dossier holds: facts,
answers, pieces of evidence. Appends are timed at its end, each in a transaction of its own that is on the disk before it returns.
`fsync_ms` is what this disk asks for one write of 512 bytes forced to it, in the same folder and the same run: the floor under every append.
Where there is a file system in memory, appends are timed there too: what is left is what the program itself takes. `_cpu` is processor
time, which others on the machine disturb less.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median

from vidocq.core.canonical import sha256
from vidocq.core.files import write_atomic
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state

HERE = Path(__file__).resolve().parent


IN_MEMORY = Path("/dev/shm")  # noqa: S108


def content(number: int) -> tuple[str, dict[str, object]]:
    """Kind and data of an entry: one in four states facts, one answers a point, two record a piece of evidence."""
    about = f"d{number % 50}"
    if number % 4 == 0:
        dataset = {"id": about, "title": f"Set {number}", "sha256": sha256(b"%d" % number)}
        return "facts.stated", {"schema": 1, "facts": {"datasets": [dataset]}, "role": "DPO"}
    if number % 4 == 1:
        said = {"point": f"F7.0{number % 9}", "answer": "satisfied", "about": f"datasets.{about}"}
        return "point.answered", {"schema": 1, **said, "role": "DPO", "note": "", "name": ""}
    measured = {"measurement": "lira", "subject": f"models.m{number % 7}", "scope": "model", "access": "labels"}
    figures = {"tpr": number / 7, "n": number}
    inputs = {"model": sha256(b"%d" % number), "members": sha256(b"-%d" % number)}
    shown = {"status": "SATISFIED", "figures": figures, "inputs": inputs, "suite": "vidocq 0.1"}
    return "evidence.recorded", {"schema": 1, **measured, **shown}


@contextlib.contextmanager
def timed(into: dict[str, list[float]], name: str) -> Iterator[None]:
    wall, processor = time.perf_counter(), time.process_time()
    yield
    into.setdefault(name, []).append(time.perf_counter() - wall)
    into.setdefault(f"{name}_cpu", []).append(time.process_time() - processor)


def fsync_seconds(folder: Path, *, times: int) -> list[float]:
    taken = []
    with (folder / "floor").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 512)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return taken


def appended(folder: Path, *, entries: int, appends: int, reads: int) -> dict[str, list[float]]:
    """Seconds, by what was done, on a chain of so many entries in this folder."""
    taken: dict[str, list[float]] = {}
    with Ledger.open(f"sqlite:///{folder}/dossier.db") as ledger:
        with timed(taken, "batch"):
            ledger.append_many(content(number) for number in range(entries))
        for number in range(appends):
            kind, data = content(number)
            with timed(taken, "append"):
                ledger.append(kind, data)
        taken["fsync"] = fsync_seconds(folder, times=appends)
        for _ in range(reads):
            with timed(taken, "entries"):
                length = len(ledger.entries())
            with timed(taken, "state"):
                folded = state(ledger).length
            with timed(taken, "verify"):
                report = ledger.verify()
            assert (report.length, report.problem, folded) == (length, None, length)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--appends", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="disk to measure; that of temporary files without it")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "ledger.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        taken = appended(Path(name), entries=given.entries, appends=given.appends, reads=5)
    in_memory = None
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK):
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name:
            in_memory = appended(Path(name), entries=given.entries, appends=given.appends, reads=0)
    kept = {
        "entries": given.entries,
        "append_ms": milliseconds(taken, "append"),
        "append_in_memory_ms": None if in_memory is None else milliseconds(in_memory, "append"),
        "fsync_ms": round(median(taken["fsync"]) * 1e3, 3),
        "seconds": {
            each: round(median(taken[each]), 2)
            for name in ("batch", "entries", "state", "verify")
            for each in (name, f"{name}_cpu")
        },
        "cores": os.cpu_count(),
        "load_at_the_end": round(os.getloadavg()[0], 1),
        "versions": {
            "python": platform.python_version(),
            "SQLAlchemy": version("SQLAlchemy"),
            "SQLite": sqlite3.sqlite_version,
        },
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


def milliseconds(taken: dict[str, list[float]], name: str) -> dict[str, float]:
    found = sorted(taken[name])
    return {
        "median": round(median(found) * 1e3, 2),
        "p95": round(found[int(0.95 * len(found))] * 1e3, 2),
        "median_cpu": round(median(taken[f"{name}_cpu"]) * 1e3, 2),
    }


if __name__ == "__main__":
    main()
