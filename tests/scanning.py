"""Scans with a detector of one form, so that their tests speak of the scan and not of the detectors."""

import json
import re

from vidocq.audit.scan.execute import run_scan
from vidocq.audit.scan.options import Options
from vidocq.core.spans import Category, Span
from vidocq.targets.texts.limits import Limits

EMAIL = re.compile(r"[a-z0-9.]+@[a-z0-9]+\.fr")
TINY = Limits(shard_bytes=400, block=100, margin=30)


def emails(texts, *, categories=None):
    """A detector of one form, so that these tests speak of the scan and not of the detectors."""
    return [[Span(m.start(), m.end(), Category.EMAIL, "email", 0.9) for m in EMAIL.finditer(text)] for text in texts]


CALLS: list[str] = []
"""Texts that `counting` saw in this process."""


def counting(texts, *, categories=None):
    CALLS.extend(texts)
    return emails(texts)


def stopping(texts, *, categories=None):
    """Stopped by the user after forty texts."""
    if len(CALLS) >= 40:
        raise KeyboardInterrupt
    return counting(texts)


def labelled(texts, *, categories=None):
    """Takes a whole record for a person, if it begins with a label."""
    CALLS.extend(texts)
    return [[Span(0, len(text), Category.PERSON, "p", 0.5)] if text.startswith("siren:") else [] for text in texts]


def crashing(texts, *, categories=None):
    for text in texts:
        if "boum" in text:
            raise ValueError(f"a message that quotes {text}")
    return emails(texts)


def scan(paths, out, *, find=emails, limits=None, workers=1, key=b"k" * 32, **options):
    held = Options(limits=limits or Limits(), workers=workers, key=key, **options)
    return run_scan(paths, out, options=held, find=find)


def spans(out):
    return [json.loads(line) for line in (out / "spans.jsonl").read_text(encoding="utf-8").splitlines()]
