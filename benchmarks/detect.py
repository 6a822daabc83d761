"""Detectors of identifiers: precision and recall on made documents, silence and speed on real prose, peers beside them.

`python benchmarks/detect.py` writes benchmarks/results/detect.json. Prose: Code civil and WikiText-2 (test and validation).
`--peers` also builds the peers' environments and times them on a part of the same prose, in turn with ours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from vidocq.core.files import write_atomic
from vidocq.detect.catalogue import DETECTORS, IDENTIFIERS
from vidocq.detect.find import Finder
from vidocq.detect.normalised import Normalised
from vidocq.detect.prefilter import plain_matcher, windows
from vidocq.measure.intervals import clopper_pearson

from data import data_file
from environments import environment
from made_texts import Made, Part, documents

HERE = Path(__file__).resolve().parent
SEED = 20261125
PEERS = ("presidio", "scrubadub")
SHARD = 1 << 20  # characters given to a process at once
FINDER = Finder.of(IDENTIFIERS)


def prose() -> dict[str, str]:
    return {
        "code_civil": _read("code_civil_fr", "code_civil.txt.gz"),
        "wikitext2": _read("wikitext2_en", "test.txt.gz") + _read("wikitext2_en", "valid.txt.gz"),
    }


def _read(*parts: str) -> str:
    with gzip.open(data_file(*parts), "rt", encoding="utf-8") as file:
        return file.read()


def quality(part: Part, *, n: int) -> dict[str, Any]:
    """Per category, recall and precision with their 95 % intervals; a find counts if half of the union of both places is shared."""
    right, exact, missed, false = Counter(), Counter(), Counter(), Counter()
    for made in documents(part, n=n, seed=SEED):
        found = [(span.start, span.end, str(span.category)) for span in FINDER.find(made.text)]
        _count(made, found, right, exact, missed, false)
    return {
        category: {
            "recall": clopper_pearson(right[category], right[category] + missed[category]).to_dict(),
            "precision": clopper_pearson(right[category], right[category] + false[category]).to_dict(),
            "exact": exact[category],
        }
        for category in sorted(right)
    }


def _count(
    made: Made, found: list[tuple[int, int, str]], right: Counter, exact: Counter, missed: Counter, false: Counter
) -> None:
    places = set(found)
    for truth in made.truth:
        hit = any(_same(truth, other) for other in found)
        (right if hit else missed)[truth[2]] += 1
        exact[truth[2]] += truth in places
    for other in found:
        false[other[2]] += not any(_same(truth, other) for truth in made.truth)


def _same(truth: tuple[int, int, str], found: tuple[int, int, str]) -> bool:
    shared = min(truth[1], found[1]) - max(truth[0], found[0])
    return truth[2] == found[2] and 2 * shared >= max(truth[1], found[1]) - min(truth[0], found[0])


def false_identifiers(texts: dict[str, str]) -> dict[str, dict[str, int]]:
    """Everything found in prose that is about nobody."""
    return {name: dict(Counter(str(span.category) for span in FINDER.find(text))) for name, text in texts.items()}


def with_plain_engine(text: str) -> None:
    """The same work without RE2."""
    seen = Normalised.of(text)
    anchors = tuple(detector.anchor for detector in FINDER.detectors)
    for detector, around in zip(
        FINDER.detectors,
        windows(seen.text, anchors, matcher=plain_matcher(tuple(dict.fromkeys(anchors)))),
        strict=True,
    ):
        if around:
            list(detector.find(seen.within(around)))


def speeds(texts: dict[str, str], *, repeats: int) -> dict[str, Any]:
    """Megabytes (10^6 bytes of UTF-8) a second, median of `repeats`, each on one core unless said."""
    texts = texts | {"both": "\n".join(texts.values())}
    kept = {name: _speed(FINDER.find, text, repeats=repeats) for name, text in texts.items()}
    kept["both, without RE2"] = _speed(with_plain_engine, texts["both"], repeats=1)
    kept["both, whole documents of 2,000 characters"] = _speed(_by_document, texts["both"], repeats=repeats)
    cores = os.cpu_count() or 1
    many = [texts["both"][at : at + SHARD] for at in range(0, len(texts["both"]), SHARD)] * 4
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(_found_in, ["warm"] * 8))
        began = time.perf_counter()
        list(pool.map(_found_in, many))
        kept[f"both, {cores} processes"] = round(sum(map(_size, many)) / (time.perf_counter() - began), 1)
    return kept


def _by_document(text: str) -> None:
    for at in range(0, len(text), 2000):
        FINDER.find(text[at : at + 2000])


def _found_in(text: str) -> int:
    return len(FINDER.find(text))


def _speed(work: Callable[[str], object], text: str, *, repeats: int) -> float:
    return round(_size(text) / median(_seconds(work, text) for _ in range(repeats)), 1)


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    work(text)
    return time.perf_counter() - began


def _size(text: str) -> float:
    return len(text.encode()) / 1e6


def beside_peers(texts: dict[str, str], *, size: int, repeats: int, folder: Path) -> dict[str, Any]:
    """Seconds of each tool on the same prose, cut in documents of about 2,000 characters, in turn; ratios are medians of pairs."""
    half = size // 2
    sample = "\n".join(text[:half] for text in texts.values())
    pieces = [sample[at : at + 2000] for at in range(0, len(sample), 2000)]
    given, patterns = folder / "documents.json", folder / "patterns.json"
    write_atomic(given, json.dumps(pieces).encode())
    write_atomic(patterns, json.dumps({kind.card.id: kind.anchor for kind in DETECTORS}).encode())
    seconds: dict[str, list[float]] = {"vidocq": [], **{peer: [] for peer in PEERS}}
    versions = {}
    FINDER.find("é, no. 06 12 34 56 78")  # tables and patterns are made on first use
    for _ in range(repeats):
        began = time.perf_counter()
        for piece in pieces:
            FINDER.find(piece)
        seconds["vidocq"].append(time.perf_counter() - began)
        for peer in PEERS:
            program = [str(environment(peer)), str(HERE / "peers" / f"run_{peer}.py"), str(given), str(patterns)]
            answer = json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
            seconds[peer].append(answer["seconds"])
            versions[peer] = answer["version"]
    return {
        "characters": len(sample),
        "seconds": {tool: [round(s, 4) for s in held] for tool, held in seconds.items()},
        "times_slower": {
            peer: round(median(a / b for a, b in zip(seconds[peer], seconds["vidocq"], strict=True)), 1)
            for peer in PEERS
        },
        "versions": versions,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "detect.json")
    given = parser.parse_args()
    texts = prose()
    kept = {
        "seed": SEED,
        "documents": given.documents,
        "made": {part: quality(part, n=given.documents) for part in ("held_out", "development")},
        "prose_megabytes": {name: round(_size(text), 2) for name, text in texts.items()},
        "false_identifiers": false_identifiers(texts),
        "megabytes_a_second": speeds(texts, repeats=given.repeats),
        "cores": os.cpu_count(),
        "versions": {"python": platform.python_version(), "google-re2": version("google-re2")},
    }
    if given.peers:
        folder = HERE / "work"
        folder.mkdir(exist_ok=True)
        kept["peers"] = beside_peers(texts, size=400_000, repeats=3, folder=folder)
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps({key: kept[key] for key in kept if key != "made"}, indent=1))
    for category, held in kept["made"]["held_out"].items():
        recall, precision = held["recall"], held["precision"]
        print(
            f"{category:14} recall {recall['value']:.4f} [{recall['low']:.4f}]  precision {precision['value']:.4f} [{precision['low']:.4f}]  n {recall['n']}"
        )


if __name__ == "__main__":
    main()
