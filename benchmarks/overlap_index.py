"""The index of texts: how fast it is built, how large it is, what memory that takes, and how long a question takes.

`python benchmarks/overlap_index.py` writes benchmarks/results/overlap-index.json in about two minutes. The texts are made of the words of two
real ones (the French civil code, WikiText-2), drawn again and again: what counts here is how many grams there are, and few of them are equal,
as in a corpus without duplicates. Each figure comes from a process of its own, in processor time, so that others on the machine count for
little; peak memory is what the system says of that process, without what Python and its libraries take before the first text. A question is a
text of 1,000 characters, of which 300 in a row stand in the corpus, or none does; the index is in the system's cache, as it is after `open`
has read it to verify it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from vidocq.core.files import write_atomic
from vidocq.measure.overlap import OverlapIndex, build

HERE = Path(__file__).resolve().parent
MEGABYTE = 10**6
LENGTHS = (50, 2000)  # words of a text
QUESTIONS = 1000
FRESH = multiprocessing.get_context("spawn")


def words_of(folder: Path) -> list[str]:
    files = (folder / "code_civil_fr" / "code_civil.txt.gz", folder / "wikitext2_en" / "valid.txt.gz")
    return [word for file in files for word in gzip.decompress(file.read_bytes()).decode("utf-8").split()]


def texts(words: list[str], size: int, *, seed: int = 1) -> Iterator[str]:
    """Texts of `size` bytes in all, or a little more."""
    rng = np.random.default_rng(seed)
    made = 0
    while made < size:
        text = " ".join([words[i] for i in rng.integers(0, len(words), int(rng.integers(*LENGTHS))).tolist()])
        made += len(text.encode())
        yield text


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed_build(folder: Path, size: int, path: Path) -> dict[str, float]:
    """Texts are made beforehand, for the clock; those that only show the memory are made on the way."""
    held = list(texts(words_of(folder), size))
    began = time.process_time()
    build(held, path)
    seconds = time.process_time() - began
    size = sum(len(text.encode()) for text in held)
    return {
        "mb": size / MEGABYTE,
        "mb_per_s": size / MEGABYTE / seconds,
        "size_ratio": path.stat().st_size / size,
    }


def memory_of_build(folder: Path, size: int, path: Path) -> float:
    words = words_of(folder)
    build(texts(words, 10 * MEGABYTE // 100), path)
    before = resident()
    build(texts(words, size), path)
    return resident() - before


def timed_questions(folder: Path, size: int, path: Path) -> dict[str, float]:
    words = words_of(folder)
    known = [text for text, _ in zip(texts(words, size), range(QUESTIONS), strict=False)]
    unknown = [text for text, _ in zip(texts(words, size, seed=2), range(QUESTIONS), strict=False)]
    began = time.perf_counter()
    index = OverlapIndex.open(path)
    opened = time.perf_counter() - began
    took: dict[str, list[float]] = {"with_a_run": [], "without": []}
    for old, new in zip(known, unknown, strict=True):
        filled = (new * 4)[:350] + old[50:350] + " " + (new * 4)[350:699]
        for name, text, wanted in (("with_a_run", filled, min(290, len(old) - 60)), ("without", (new * 4)[:1000], 0)):
            began = time.process_time()
            run = index.longest(text)
            took[name].append(time.process_time() - began)
            assert (run.length if run else 0) >= wanted
    return {"open_s": opened} | {
        f"{name}_us_{what}": 1e6 * figure
        for name, seconds in took.items()
        for what, figure in (("median", median(seconds)), ("p99", float(np.quantile(seconds, 0.99))))
    }


def fresh(work: Any, *given: Any) -> Any:
    with ProcessPoolExecutor(1, mp_context=FRESH) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    asked.add_argument("--size", type=int, default=100, help="megabytes of text")
    asked.add_argument("--out", type=Path, default=HERE / "results" / "overlap-index.json")
    given = asked.parse_args()
    size = given.size * MEGABYTE
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "corpus.overlap"
        found = {
            "build": fresh(timed_build, given.data, size, path),
            "questions": fresh(timed_questions, given.data, size, path),
            "memory_mib": {
                f"{share * given.size}_mb": fresh(memory_of_build, given.data, int(share * size), path)
                for share in (1, 3)
            },
        }
    found["machine"] = {"python": platform.python_version(), "numpy": version("numpy"), "machine": platform.machine()}
    write_atomic(given.out, (json.dumps(found, indent=2) + "\n").encode())
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
