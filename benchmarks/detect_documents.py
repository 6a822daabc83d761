"""Recall and precision on documents written with holes, business papers, courts, decoys and sentences, by half.

What counts as found and right is that of `detect_written.py`. Each document is filled several times, so that its values
differ and its words do not: the intervals take every value for a draw of its own and are too narrow. `first` keeps the rates
of the rules as they stood when the documents had just been written; errors were looked at in the half `development` alone. But the rates of cards and
telephones in the other half made us try forms like its own: there `now` proves nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from vidocq.core.files import write_atomic
from vidocq.detect.find import Finder

from detect_written import KINDS, compared
from documents import COPIES, GROUPS, HALVES, documents_of, templates

RESULTS = Path(__file__).resolve().parent / "results"


def by_half(finder: Finder, half: str) -> dict[str, object]:
    """Rates of each group, and of the French groups together."""
    rates: dict[str, object] = {group: compared(documents_of(group, half), finder) for group in GROUPS}
    french = [made for group in GROUPS if group.startswith("fr") for made in documents_of(group, half)]
    return {**rates, "fr": compared(french, finder)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=RESULTS / "detect-documents.json")
    parser.add_argument("--half", choices=HALVES, help="measure this half only and write nothing")
    given = parser.parse_args()
    finder = Finder.of(KINDS)
    now = {half: by_half(finder, half) for half in HALVES if given.half in (None, half)}
    if given.half:
        print(json.dumps(now, indent=1))
        return
    stored = json.loads(given.out.read_text("utf-8"))["first"] if given.out.exists() else {}
    counts = {half: {group: len(templates(group, half)) for group in GROUPS} for half in HALVES}
    kept = {"documents": counts, "copies": COPIES, "first": {**now, **stored}, "now": now}
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
