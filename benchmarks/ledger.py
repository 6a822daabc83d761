"""How fast the ledger is on SQLite: one append, a batch, reading all entries, verifying them.

`python benchmarks/ledger.py` writes benchmarks/results/ledger.json. Appends are timed at the end of a chain of 100,000 entries, each in a
transaction of its own that is on the disk before it returns. `fsync_ms` is what this disk asks for one write of 512 bytes forced to it, in
the same folder and the same run: the floor under every append.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

from vidocq.core.files import write_atomic
from vidocq.dossier.ledger import Ledger

HERE = Path(__file__).resolve().parent


def data(number: int) -> dict[str, object]:
    return {"name": "measurement", "value": number / 7, "n": number}


def fsync_seconds(folder: Path, *, times: int) -> list[float]:
    taken = []
    with (folder / "floor").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 512)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--appends", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="disk to measure; that of temporary files without it")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "ledger.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        with Ledger.open(f"sqlite:///{folder}/dossier.db") as ledger:
            began = time.perf_counter()
            ledger.append_many(("fact", data(number)) for number in range(given.entries))
            batch = time.perf_counter() - began
            appends = []
            for number in range(given.appends):
                began = time.perf_counter()
                ledger.append("fact", data(number))
                appends.append(time.perf_counter() - began)
            floor = fsync_seconds(folder, times=given.appends)
            folds, verifications = [], []
            for _ in range(3):
                began = time.perf_counter()
                length = len(ledger.entries())
                folds.append(time.perf_counter() - began)
                began = time.perf_counter()
                report = ledger.verify()
                verifications.append(time.perf_counter() - began)
                assert (report.length, report.problem) == (length, None)
    kept = {
        "entries": given.entries,
        "append_ms": {
            "median": round(median(appends) * 1e3, 2),
            "p95": round(sorted(appends)[int(0.95 * len(appends))] * 1e3, 2),
        },
        "fsync_ms": round(median(floor) * 1e3, 3),
        "batch_s": round(batch, 2),
        "fold_s": round(median(folds), 2),
        "verify_s": round(median(verifications), 2),
        "cores": os.cpu_count(),
        "load_at_the_end": round(os.getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), "SQLAlchemy": version("SQLAlchemy")},
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
