"""Canaries into a corpus: planted as often as drawn, at places of chance, and nothing else is changed."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from vidocq.audit.language.canaries.register import TextDraw
from vidocq.core.errors import DataError
from vidocq.core.files import write_atomic


def insert_text_canaries(texts: Sequence[str], draw: TextDraw, *, rng: np.random.Generator) -> list[str]:
    """The texts in their order, with the canaries that the coins include among them.

    A text of the corpus that was drawn as an outlier is taken out where its coin says so, and otherwise repeated as often
    as it was drawn for. Raises DataError if an outlier does not stand in `texts` exactly once.
    """
    kept = [texts[i] for i in _kept(texts, draw)]
    return _mixed(kept, list(_added(draw)), rng)


def insert_into_jsonl(corpus: Path, draw: TextDraw, out: Path, *, field: str, rng: np.random.Generator) -> int:
    """The same for a JSONL file, whose other lines stay as they are, byte for byte; returns how many lines were put in.

    A canary's line holds `field` alone. Raises DataError on a file without that field.
    """
    lines, texts = _read(corpus, field)
    added = [json.dumps({field: text}, ensure_ascii=False) for text in _added(draw)]
    whole = _mixed([lines[i] for i in _kept(texts, draw)], added, rng)
    write_atomic(out, "".join(f"{line}\n" for line in whole).encode("utf-8"), mode=0o600)
    return len(added)


def texts_of_jsonl(corpus: Path, *, field: str) -> list[str]:
    """The texts of a JSONL file, in order. Raises DataError on a file without that field."""
    return _read(corpus, field)[1]


def _read(corpus: Path, field: str) -> tuple[list[str], list[str]]:
    """The lines as they stand, and the text of each."""
    try:
        lines = [line for line in corpus.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
        texts = [json.loads(line)[field] for line in lines]
    except (OSError, ValueError, TypeError, RecursionError) as reason:
        raise DataError(
            f"the corpus cannot be read ({type(reason).__name__})",
            where=corpus.name,
            fix="give a file with one JSON object a line",
        ) from None
    except KeyError:
        raise DataError(f"a line has no field '{field}'", where=corpus.name, fix="check --field") from None
    if not all(isinstance(text, str) for text in texts):
        raise DataError(f"a field '{field}' is not text", where=corpus.name, fix="check --field")
    return lines, texts


def _kept(texts: Sequence[str], draw: TextDraw) -> list[int]:
    """Rows that stay: all but the outliers that the coins leave out."""
    natural = {canary.text for canary in draw.canaries if canary.kind == "outlier"}
    copies = Counter(text for text in texts if text in natural)
    if any(copies[text] != 1 for text in natural):
        raise DataError(
            "an outlier that was drawn does not stand in the corpus exactly once",
            where="canaries",
            fix="give the corpus that the canaries were drawn from, without duplicates of them",
        )
    out = {c.text for c, coin in zip(draw.canaries, draw.included, strict=True) if c.kind == "outlier" and not coin}
    return [i for i, text in enumerate(texts) if text not in out]


def _added(draw: TextDraw) -> Iterator[str]:
    for canary, coin in zip(draw.canaries, draw.included, strict=True):
        if coin:
            yield from [canary.text] * (canary.repetition - (canary.kind == "outlier"))


def _mixed(kept: Sequence[str], added: Sequence[str], rng: np.random.Generator) -> list[str]:
    """All of both, the first in their order, the others anywhere."""
    whole = len(kept) + len(added)
    places = set(rng.choice(whole, size=len(added), replace=False).tolist())
    put, left = iter(np.array(added, dtype=object)[rng.permutation(len(added))]), iter(kept)
    return [next(put) if i in places else next(left) for i in range(whole)]
