"""Recall and precision on texts written by hand, development and held-out sets apart.

A mention is found when a span of its kind overlaps it, `whole` when spans of its kind cover its every letter and `exact`
when one span is it. A find is right when it overlaps a mention of its kind; what overlaps an unscored mark is not counted.
The sets were parted before anything was measured, and the errors of the held-out ones were not looked at; but whoever
mended the rules had written its texts, so its last rates flatter. The rates kept as `first` are those of the rules as they
stood when the texts had just been written, with the honorifics inside some marks; those of `afterwards`, of new texts
written when the rules had been mended, say what to expect (what they missed was then looked at, so `now` says less), and
so do those kept as `first` of `later_held_out` and `sentences_held_out`, whose errors nobody looked at.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from vidocq.core.files import write_atomic
from vidocq.core.spans import Category, Span
from vidocq.detect.find import Finder

from detect_persons import share
from made.generator import Gold, Made
from written import SETS, texts_written

RESULTS = Path(__file__).resolve().parent / "results"
KINDS = tuple(
    Category(kind)
    for kind in ["person", "address", "birth_date", "email", "phone", "nir", "siren", "siret", "vat", "iban", "card"]
)
UNSCORED = "unscored"


def overlaps(span: Span, mark: Gold) -> bool:
    return span.start < mark.end and span.end > mark.start


def is_whole(text: str, mark: Gold, spans: Iterable[Span]) -> bool:
    """Every letter and digit of the mention lies in a span."""
    return all(
        any(span.start <= place < span.end for span in spans)
        for place in range(mark.start, mark.end)
        if text[place].isalnum()
    )


def compared(texts: Sequence[Made], finder: Finder) -> dict[str, object]:
    """Rates by kind over `texts`, and the counts of finds by kind that no kind above accounts for."""
    counts = {kind: dict.fromkeys(("mentions", "found", "whole", "exact", "finds", "right"), 0) for kind in KINDS}
    for made in texts:
        spans = finder.find(made.text)
        for kind in KINDS:
            gold = [mark for mark in made.gold if mark.kind == kind.value]
            skipped = [mark for mark in made.gold if mark.kind == UNSCORED]
            own = [s for s in spans if s.category is kind]
            scored = [s for s in own if any(overlaps(s, m) for m in gold) or not any(overlaps(s, m) for m in skipped)]
            kept = counts[kind]
            kept["mentions"] += len(gold)
            kept["found"] += sum(any(overlaps(s, mark) for s in own) for mark in gold)
            kept["whole"] += sum(is_whole(made.text, mark, own) for mark in gold)
            kept["exact"] += sum(any((s.start, s.end) == (mark.start, mark.end) for s in own) for mark in gold)
            kept["finds"] += len(scored)
            kept["right"] += sum(any(overlaps(s, mark) for mark in gold) for s in scored)
    return {
        kind.value: {
            "recall": share(kept["found"], kept["mentions"]),
            "whole": share(kept["whole"], kept["mentions"]),
            "exact": share(kept["exact"], kept["mentions"]),
            "precision": share(kept["right"], kept["finds"]),
        }
        for kind, kept in counts.items()
        if kept["mentions"] or kept["finds"]
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=RESULTS / "detect-written.json")
    parser.add_argument("--set", help="measure the sets of this name only and write nothing")
    given = parser.parse_args()
    finder = Finder.of(KINDS)
    texts = {
        f"{language}, {named}": texts_written(language, named)
        for language, sets in SETS.items()
        for named in sets
        if given.set in (None, named)
    }
    now = {name: compared(of_set, finder) for name, of_set in texts.items()}
    if given.set:
        print(json.dumps(now, indent=1))
        return
    stored = json.loads(given.out.read_text("utf-8"))["first"] if given.out.exists() else {}
    kept = {"texts": {name: len(of_set) for name, of_set in texts.items()}, "first": {**now, **stored}, "now": now}
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
