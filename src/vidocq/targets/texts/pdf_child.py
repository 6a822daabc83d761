"""The process that reads one PDF, from its standard input: a line of JSON for each page, then one for the end.

It tells kinds of errors only, and stays within the memory and the processor time it is given.
"""

import json
import logging
import resource
import sys
from typing import Any

from vidocq.targets.texts.problems import Kind


def main(pages: int, memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    try:
        kind, error = _read(pages), None
    except MemoryError:
        kind, error = Kind.MEMORY, None
    except Exception as caught:  # noqa: BLE001 - a boundary between two processes: the kind alone goes out
        kind, error = Kind.DAMAGED, type(caught).__name__
    _tell({"end": kind, "error": error})


def _read(most: int) -> Kind | None:
    from pypdf import PdfReader  # noqa: PLC0415 - an extra, on use

    reader = PdfReader(sys.stdin.buffer)
    if reader.is_encrypted and not reader.decrypt(""):
        return Kind.ENCRYPTED
    for number, page in enumerate(reader.pages):
        if number == most:
            return Kind.TOO_LARGE
        _tell({"text": page.extract_text()})
    return None


def _tell(told: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
