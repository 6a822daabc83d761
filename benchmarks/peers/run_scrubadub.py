"""Times scrubadub's default detectors on documents, in its own environment: `run_scrubadub.py DOCUMENTS.json [...]`.

They look for fewer kinds than ours: credentials, cards, e-mail, phones, Twitter names, web addresses, US social security.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import scrubadub


def main() -> None:
    documents = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scrubber = scrubadub.Scrubber()
    found = 0
    began = perf_counter()
    for document in documents:
        found += sum(1 for _ in scrubber.iter_filth(document))
    seconds = perf_counter() - began
    print(json.dumps({"seconds": seconds, "found": found, "version": version("scrubadub")}))


if __name__ == "__main__":
    main()
