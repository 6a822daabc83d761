"""What the guard counts, in the text format of Prometheus."""

import threading
from collections import Counter
from typing import Final

_HELP: Final = {
    "vidocq_guard_requests_total": "Requests, by address and status.",
    "vidocq_guard_finds_total": "Finds, by filter, kind, surface and action.",
    "vidocq_guard_late_finds_total": "Finds of which a part had left before they were seen, by filter and kind.",
    "vidocq_guard_streams_total": "Streamed answers, by how they ended.",
    "vidocq_guard_policy_reloads_total": "Policies read again, by outcome.",
}


class Metrics:
    """Counts only grow."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
        self._lock = threading.Lock()

    def count(self, name: str, **labels: str) -> None:
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += 1

    def text(self) -> str:
        with self._lock:
            counts = sorted(self._counts.items())
        lines = []
        for name, about in _HELP.items():
            lines += [f"# HELP {name} {about}", f"# TYPE {name} counter"]
            lines += [f"{name}{_labels(labels)} {value}" for (held, labels), value in counts if held == name]
        return "\n".join(lines) + "\n"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
