"""What passes a guard that looks for identifiers, what it stops for nothing on real text, and what that takes.

`python benchmarks/guard_trial.py` writes benchmarks/results/guard.json. Planted: made identifiers under every disguise of the
suite. Clean: the French civil code and WikiText-2, which hold no identifier, cut into answers of some 600 characters; and source
code, tables, logs, JSON and Markdown (clean_answers.py), told apart. The same prose is looked through for all that the filter
looks for by default too: there are real names and addresses in it, so that this tells what such a guard changes, and not what it
changes for nothing. Speed is
processor time of one core for a text that streams in pieces of four characters, and for the filter of a corpus.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np

from vidocq.core.files import write_atomic
from vidocq.core.guarding import Surface
from vidocq.filters.evasion.disguises import EVASIONS, VERSION
from vidocq.filters.evasion.trial import answers_of, evade, false_blocks
from vidocq.filters.evasion.values import MADE
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.measure.intervals import clopper_pearson
from vidocq.measure.overlap.gram_filter import GramFilter, build_filter

from clean_answers import KINDS

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"
CLEAN = ("code_civil_fr/code_civil.txt.gz", "wikitext2_en/test.txt.gz")
PIECE = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--answers", type=int, default=1000, help="Clean answers of each kind besides prose.")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "guard.json")
    parser.add_argument(
        "--default-only", action="store_true", help="Measure again what the whole filter changes, and keep the rest."
    )
    given = parser.parse_args()
    if given.default_only:
        kept = json.loads(given.out.read_text(encoding="utf-8"))
        write(given.out, kept | {"clean_default": changed_by_default()})
        return
    guard = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(MADE)).made(HERE)])
    passed = list(evade(guard, each=given.each, rng=Random(1)))  # noqa: S311 - no secret
    by = {
        evasion.id: clopper_pearson(
            sum(one.passed for one in passed if one.evasion == evasion.id),
            sum(one.n for one in passed if one.evasion == evasion.id),
        ).to_dict()
        | {"title": evasion.title.to_dict()}
        for evasion in EVASIONS
    }
    texts = clean_texts()
    stopped = false_blocks(guard, [answer for text in texts for answer in answers_of(text)])
    found = {
        "suite": VERSION,
        "passed": clopper_pearson(sum(one.passed for one in passed), sum(one.n for one in passed)).to_dict(),
        "by_evasion": by,
        "by_category": {
            category.value: clopper_pearson(
                sum(one.passed for one in passed if one.category == category),
                sum(one.n for one in passed if one.category == category),
            ).to_dict()
            for category in MADE
        },
        "clean": stopped.rate.to_dict() | {"by": stopped.by, "characters": sum(map(len, texts))},
        "clean_default": changed_by_default(),
        "clean_by_kind": {
            kind: kept.rate.to_dict() | {"by": kept.by}
            for kind, make in KINDS.items()
            for kept in [false_blocks(guard, make(Random(1), given.answers))]  # noqa: S311 - no secret
        },
        "piece_us": streamed(guard, texts[0][:120_000] + texts[1][:120_000]),
        "grams": gram_filter(),
        "machine": {"python": platform.python_version(), "load": round(os.getloadavg()[0], 1)},
    }
    write(given.out, found)


def write(path: Path, found: dict[str, Any]) -> None:
    write_atomic(path, (json.dumps(found, indent=1, sort_keys=True) + "\n").encode())
    told = ("passed", "clean", "clean_default", "clean_by_kind", "piece_us", "grams")
    print(json.dumps({name: found[name] for name in told}, indent=1))


def clean_texts() -> list[str]:
    return [gzip.decompress((DATA / name).read_bytes()).decode() for name in CLEAN]


def changed_by_default() -> dict[str, Any]:
    """By the filter as a policy that says nothing more has it, of each text by itself."""
    guard = Guard([PersonalDataSection(kind="personal-data").made(HERE)])
    changed = [false_blocks(guard, answers_of(text)) for text in clean_texts()]
    return {
        name.split("/")[0]: each.rate.to_dict() | {"by": each.by} for name, each in zip(CLEAN, changed, strict=True)
    }


def streamed(guard: Guard, text: str) -> dict[str, float]:
    """Microseconds of processor time a piece, over stretches of a thousand pieces."""
    taken = []
    held = guard.held(Surface.ANSWER)
    for begin in range(0, len(text), 1000 * PIECE):
        pieces = [text[at : at + PIECE] for at in range(begin, min(begin + 1000 * PIECE, len(text)), PIECE)]
        began = time.process_time()
        for piece in pieces:
            held.add(piece)
        taken.append((time.process_time() - began) / len(pieces) * 1e6)
    return {"median": round(median(taken), 1), "largest": round(max(taken), 1)}


def gram_filter(megabytes: int = 64) -> dict[str, float]:
    """Random text: nothing repeats, so that the filter is as full as it gets."""
    rng = np.random.default_rng(1)
    texts = [rng.integers(97, 123, 1_000_000, dtype=np.uint8).tobytes().decode() for _ in range(megabytes)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grams"
        began = time.process_time()
        shape = build_filter(texts, path, grams=megabytes * 1_000_000 // 8)
        built = time.process_time() - began
        held = GramFilter.open(path)
        drawn = rng.integers(0, 2**63, 4_000_000, dtype=np.uint64)
        began = time.process_time()
        rate = float(held.holds(drawn).mean())
        asked = time.process_time() - began
        return {
            "build_mb_per_s": round(megabytes / built, 1),
            "size_ratio": round(path.stat().st_size / megabytes / 1e6, 3),
            "checks_per_s": round(len(drawn) / asked),
            "false_positives": rate,
            "false_positives_told": shape.false_positives,
            "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


if __name__ == "__main__":
    main()
