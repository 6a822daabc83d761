"""The block of docs/ledger.md with figures, from benchmarks/results/ledger.json."""

from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import count, number

from generation.markdown import table
from generation.stored import stored

FILE = "ledger.json"
ABSENT = "*Not measured yet: `python benchmarks/ledger.py` has not been run, or its result has not been kept.*"
APPEND_MS, STATE_S, VERIFY_S = 2.0, 1.0, 3.0
"""What is asked of the ledger with 100,000 entries."""


def ledger_block() -> str:
    """What was measured, beside what is asked and whether it is met."""
    found = stored(FILE)
    if found is None:
        return ABSENT
    seconds = found["seconds"]
    rows = [
        _append("One append, on disk", found["append_ms"]),
        *(
            []
            if found["append_in_memory_ms"] is None
            else [_append("One append, file system in memory", found["append_in_memory_ms"])]
        ),
        _row("State of the file from all entries", seconds, "state", STATE_S),
        _row("Reading all entries alone", seconds, "entries", None),
        _row("Verifying the chain", seconds, "verify", VERIFY_S),
        _row("Appending all entries as one batch", seconds, "batch", None),
    ]
    versions = ", ".join(f"{name} {value}" for name, value in sorted(found["versions"].items()))
    return "\n\n".join(
        (
            f"{count(found['entries'], Lang.en)} entries on SQLite, {found['cores']} cores shared with other work (load "
            f"{number(found['load_at_the_end'], Lang.en)} at the end); {versions}. One write of 512 bytes forced to this disk "
            f"took {number(found['fsync_ms'], Lang.en)} ms: nothing acknowledged can take less.",
            table(("What", "Median", "Processor time", "Asked", "Met?"), rows),
        )
    )


def _append(what: str, held: dict[str, float]) -> list[str]:
    taken = f"{number(held['median'], Lang.en)} ms (95 % within {number(held['p95'], Lang.en)} ms)"
    met = "yes" if held["median"] < APPEND_MS else "**no**"
    return [what, taken, f"{number(held['median_cpu'], Lang.en)} ms", f"under {APPEND_MS:g} ms", met]


def _row(what: str, seconds: dict[str, Any], name: str, asked: float | None) -> list[str]:
    taken = [f"{number(seconds[each], Lang.en)} s" for each in (name, f"{name}_cpu")]
    if asked is None:
        return [what, *taken, "", ""]
    return [what, *taken, f"under {asked:g} s", "yes" if seconds[name] < asked else "**no**"]
