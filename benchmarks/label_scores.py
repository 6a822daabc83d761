"""Our label-only scores of a split, kept under benchmarks/work: the reference models they need take minutes."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from audited import audited, places
from environments import HERE, WORK
from peers.handover import FloatArray, Split

SEARCHES = ("noise", "paths")
QUERIES = 16
"""Changed copies a record at most; paths spend four each."""


def label_scores(split: Split, *, search: str, references: int, seed: int, workers: int) -> FloatArray:
    """(n,) minus infinity for a record that the audit set aside. Where labels alone are served."""
    kept = _place(split, search=search, references=references, seed=seed)
    if kept.exists():
        return np.asarray(np.load(kept, allow_pickle=False))
    _, result = audited(
        split, references=references, threads=workers, seed=seed, outputs="labels", label_search=search
    )
    return keep_label_scores(split, result, search=search, references=references, seed=seed)


def keep_label_scores(split: Split, result: Any, *, search: str, references: int, seed: int) -> FloatArray:
    """The scores of an audit that has `label-only` among its attacks, kept for whoever asks for them next."""
    placed = np.full(len(split.y), -np.inf)
    placed[places(split, result)] = result.scores("label-only")
    kept = _place(split, search=search, references=references, seed=seed)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.save(kept, placed, allow_pickle=False)
    return placed


def _place(split: Split, **asked: Any) -> Path:
    """Another file where the records, the recipe, what is asked or our sources are others."""
    digest = hashlib.sha256(json.dumps([asdict(split.recipe), asked, sys.version], sort_keys=True).encode())
    for array in (split.x, split.y, split.is_member):
        digest.update(np.ascontiguousarray(array).tobytes())
    for source in sorted((HERE.parent / "src").rglob("*.py")):
        digest.update(source.read_bytes())
    return WORK / "label-scores" / f"{split.name}-{digest.hexdigest()[:16]}.npy"
