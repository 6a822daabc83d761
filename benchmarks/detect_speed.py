"""How fast files are searched: megabytes a second of real prose as text, JSON lines and CSV, identifiers alone and all detectors.

`python benchmarks/detect_speed.py` writes benchmarks/results/detect-speed.json in about four minutes. What is timed is what a scan does
with a file, but for what it writes at the end. Each figure comes from a fresh process that had read the other text and nothing of this
one: what is made on first use is made, and no name is known already. One process: processor time, so that others on the machine count for
little. Several: wall time. A text of one or two megabytes is over before two processes have settled, so it is also read repeated to 32 MiB:
after the first time around its names are known, as most are in a text of that length. `pace` is what RE2 alone does with three patterns, in
the same run: it says how fast the machine was.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from vidocq.audit.scan.planning import batches
from vidocq.audit.scan.searching import Batch, Shared, search
from vidocq.core.files import write_atomic
from vidocq.core.spans import Category
from vidocq.detect.catalogue import IDENTIFIERS
from vidocq.detect.find import find_each
from vidocq.detect.prefilter import BLOCK, re2_matcher
from vidocq.detect.recurring import KEY_BYTES
from vidocq.targets.texts.limits import KIB, MIB, Limits
from vidocq.targets.texts.places import find_files

from detect import prose

HERE = Path(__file__).resolve().parent
SEARCHED: dict[str, frozenset[Category] | None] = {"identifiers": IDENTIFIERS, "all": None}
SHARED_OUT = Limits(shard_bytes=256 * KIB)  # of texts this short, so that every process has work to the end
LONG = 32 * MIB  # bytes of a text read as a scan shares it out
RECORDS = (200, 2000)  # characters of a record's text
PACE = (r"[0-9](?:[ .\-/()]{0,2}[0-9]){6}", r"[^ ]@[^ ]", r"[0-9]{1,3}\.[0-9]{1,3}\.")
FRESH = multiprocessing.get_context("spawn")


def shared(which: str) -> Shared:
    return Shared(find_each, SEARCHED[which], Limits(), b"k" * KEY_BYTES)


def warm(which: str, warming: str) -> None:
    find_each([warming, "é – ﬁ а"], categories=SEARCHED[which])
    find_each(["text"])  # names of fields are searched for everything


def processor_seconds(which: str, warming: str, path: Path, *, times: int = 1) -> float:
    """Of the last of so many readings: by the second, names and the states of the filter are known."""
    warm(which, warming)
    seconds = 0.0
    for _ in range(times):
        began = time.process_time()
        for batch in batches(find_files([path]).files, limits=Limits()):
            search(batch, shared(which))
        seconds = time.process_time() - began
    return seconds


def found_in(which: str, batch: Batch) -> int:
    return len(search(batch, shared(which))["start"])


def in_fresh_process(work: Callable[..., float], *given: Any, **named: Any) -> float:
    with ProcessPoolExecutor(1, mp_context=FRESH) as pool:
        return pool.submit(work, *given, **named).result()


def wall_seconds(which: str, warming: str, path: Path, *, processes: int, limits: Limits) -> float:
    work = [Batch((part,)) for b in batches(find_files([path]).files, limits=limits) for part in b.parts]
    with ProcessPoolExecutor(processes, mp_context=FRESH, initializer=warm, initargs=(which, warming)) as pool:
        list(pool.map(time.sleep, [0.5] * 2 * processes))  # all have started
        began = time.perf_counter()
        list(pool.map(found_in, [which] * len(work), work))
        return time.perf_counter() - began


def written(folder: Path, kind: str, text: str, *, length: int) -> Path:
    path = folder / f"prose.{kind}"
    pieces = [text[at : at + length] for at in range(0, len(text), length)]
    with path.open("w", encoding="utf-8", newline="") as file:
        if kind == "jsonl":
            for number, piece in enumerate(pieces):
                file.write(json.dumps({"id": number, "text": piece}, ensure_ascii=False) + "\n")
        elif kind == "csv":
            csv.writer(file).writerows([("id", "text"), *enumerate(pieces)])
        else:
            file.write(text)
    return path


def repeated(folder: Path, text: str) -> Path:
    """The text over and over, up to LONG bytes."""
    path, once = folder / "repeated.txt", text.encode()
    path.write_bytes((once * (LONG // len(once) + 1))[:LONG])
    return path


def pace(texts: dict[str, str]) -> float:
    """Megabytes a second of an RE2 set alone."""
    matcher = re2_matcher(PACE)
    blocks = [text[at : at + BLOCK] for text in texts.values() for at in range(0, len(text), BLOCK)]
    seconds = []
    for _ in range(3):
        began = time.process_time()
        for block in blocks:
            matcher(block)
        seconds.append(time.process_time() - began)
    return rate(sum(len(text.encode()) for text in texts.values()) / 1e6, seconds)


def speeds(which: str, text: str, warming: str, *, repeats: int, processes: int) -> dict[str, float]:
    kept: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "txt", text, length=len(text))
        size = path.stat().st_size / 1e6
        for name, times in (("1 process", 1), ("1 process, second reading", 2)):
            taken = [in_fresh_process(processor_seconds, which, warming, path, times=times) for _ in range(repeats)]
            kept[name] = rate(size, taken)
        taken = [wall_seconds(which, warming, path, processes=processes, limits=SHARED_OUT) for _ in range(repeats)]
        kept[f"{processes} processes"] = rate(size, taken)
        path = repeated(Path(folder), text)
        size = path.stat().st_size / 1e6
        taken = [in_fresh_process(processor_seconds, which, warming, path) for _ in range(repeats)]
        kept["repeated, 1 process"] = rate(size, taken)
        taken = [wall_seconds(which, warming, path, processes=processes, limits=Limits()) for _ in range(repeats)]
        kept[f"repeated, {processes} processes"] = rate(size, taken)
        for kind in ("jsonl", "csv"):
            for length in RECORDS:
                path = written(Path(folder), kind, text, length=length)
                taken = [in_fresh_process(processor_seconds, which, warming, path) for _ in range(repeats)]
                kept[f"{kind}, records of {length} characters, 1 process"] = rate(path.stat().st_size / 1e6, taken)
    return kept


def rate(megabytes: float, seconds: list[float]) -> float:
    return round(megabytes / median(seconds), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--out", type=Path, default=HERE / "results" / "detect-speed.json")
    given = parser.parse_args()
    texts = prose()
    others = dict(zip(texts, reversed(texts.values()), strict=True))
    before = pace(texts)
    kept = {
        "megabytes": {name: round(len(text.encode()) / 1e6, 2) for name, text in texts.items()},
        "megabytes_a_second": {
            which: {
                name: speeds(which, text, others[name], repeats=given.repeats, processes=given.processes)
                for name, text in texts.items()
            }
            for which in SEARCHED
        },
        "pace": [before, pace(texts)],
        "cores": os.cpu_count(),
        "load_at_the_end": round(os.getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), "google-re2": version("google-re2")},
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
