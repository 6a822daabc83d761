"""Times Presidio's recognisers of patterns on documents, in its own environment.

`run_presidio.py DOCUMENTS.json PATTERNS.json`: the recognisers are given one pattern for each of our detectors (its anchor:
less than it looks for) and are called one by one, without the engine around them, which would need a language model.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from presidio_analyzer import Pattern, PatternRecognizer


def main() -> None:
    documents, patterns = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    recognisers = [
        PatternRecognizer(supported_entity=name.upper(), patterns=[Pattern(name, anchor, 0.5)])
        for name, anchor in patterns.items()
    ]
    found = 0
    began = perf_counter()
    for document in documents:
        for recogniser in recognisers:
            found += len(recogniser.analyze(document, recogniser.supported_entities))
    seconds = perf_counter() - began
    print(json.dumps({"seconds": seconds, "found": found, "version": version("presidio-analyzer")}))


if __name__ == "__main__":
    main()
