"""How much memory a scan of one large file takes, with all detectors: the French civil code and WikiText-2 as JSONL records of 2,000
characters, until the file has the size asked for.

`python benchmarks/scan_memory.py` writes benchmarks/results/scan-memory.json in about ten minutes, with 5 GB on the disk meanwhile. Memory is
that of `vidocq scan` and the processes it starts, added up once a second: of pages that several share, each has its part (PSS).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

from vidocq.core.files import write_atomic

from detect import prose

HERE = Path(__file__).resolve().parent
LENGTH = 2000
STRIDE = 1997  # so that no two records are equal before the text has been gone through many times


def written(path: Path, size: int) -> int:
    """Records of the file, which is of `size` bytes or a little more."""
    text = "\n".join(prose().values())
    done = 0
    with path.open("wb", buffering=1 << 22) as file:
        for record in count():
            at = record * STRIDE % (len(text) - LENGTH)
            done += file.write(
                (json.dumps({"id": record, "text": text[at : at + LENGTH]}, ensure_ascii=False) + "\n").encode()
            )
            if done >= size:
                return record + 1
    raise AssertionError


def held_by(process: int) -> int:
    """Bytes of a process and all it started, by what Linux tells under /proc; 0 of one that ended."""
    place = Path("/proc") / str(process)
    try:
        [pss] = [line for line in (place / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")]
        started = [
            int(child) for task in (place / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, ValueError):
        return 0
    return int(pss.split()[1]) * 1024 + sum(held_by(child) for child in started)


def watched(path: Path, out: Path) -> dict[str, Any]:
    """What a scan of this file came to. Raises CalledProcessError where it did not end as one that found something."""
    command = [str(Path(sys.executable).with_name("vidocq")), "scan", str(path), "--out", str(out), "--quiet"]
    began, peak = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, held_by(process.pid))
            time.sleep(1)
    if process.returncode != 1:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {"seconds": round(time.perf_counter() - began), "peak_mib": round(peak / 2**20)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=5.0)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "scan-memory.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        records = written(path, round(given.gigabytes * 1e9))
        result = {
            "machine": {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()},
            "load_at_the_beginning": round(os.getloadavg()[0], 1),
            "gigabytes": given.gigabytes,
            "records": records,
            **watched(path, Path(folder) / "out"),
        }
    write_atomic(given.out, (json.dumps(result, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
