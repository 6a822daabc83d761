"""Clean answers of the kinds that models write beside prose: source code, tables, logs, JSON, Markdown. Nobody is in them.

All but the source code are made up by a generator of numbers; the source code is that of Python's own library, without its
comments and strings' addresses: files of which a line holds an @ beside a dot are left out.
"""

from __future__ import annotations

import json
import re
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

LENGTH = 600
_NAMED = re.compile(
    r"@\w|[Aa]uthor|[Cc]opyright|[Mm]aintain|[Cc]ontribut|\bby [A-Z]|[A-Z]\. ?[A-Z][a-z]+|https?://|[0-9]{8,}"
)
"""Lines of source code that may name somebody."""
_WORDS = [
    "table",
    "report",
    "value",
    "total",
    "region",
    "month",
    "model",
    "score",
    "input",
    "output",
    "record",
    "stage",
    "queue",
    "batch",
    "level",
    "state",
    "order",
    "price",
    "stock",
    "rate",
    "delay",
    "count",
    "index",
    "width",
    "depth",
    "speed",
]
_UNITS = ("ms", "kg", "km", "%", "EUR", "items", "s", "MB")
_EVENTS = (
    "started", "stopped", "connection opened", "retry", "cache miss", "cache hit", "job done", "job queued", "timeout", "checkpoint written",
)  # fmt: skip


def source_code(rng: Random, n: int) -> list[str]:
    """Stretches of modules of Python's library that name nobody."""
    files = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    found: list[str] = []
    for file in rng.sample(files, len(files)):
        lines = file.read_text(encoding="utf-8", errors="ignore").splitlines(keepends=True)
        held = ""
        for line in lines:
            held += "" if _NAMED.search(line) else line
            if len(held) >= LENGTH:
                found.append(f"```python\n{held}```\n")
                held = ""
            if len(found) >= n:
                return found
    return found


def tables(rng: Random, n: int) -> list[str]:
    return [_table(rng) for _ in range(n)]


def logs(rng: Random, n: int) -> list[str]:
    return [_log(rng) for _ in range(n)]


def json_answers(rng: Random, n: int) -> list[str]:
    return [json.dumps(_value(rng, 3), indent=rng.choice([None, 2])) for _ in range(n)]


def markdown(rng: Random, n: int) -> list[str]:
    return ["".join(_section(rng) for _ in range(3)) for _ in range(n)]


KINDS: dict[str, Callable[[Random, int], list[str]]] = {
    "source code": source_code,
    "tables": tables,
    "logs": logs,
    "json": json_answers,
    "markdown": markdown,
}


def _figure(rng: Random) -> str:
    kind = rng.randrange(6)
    if kind == 0:
        return str(rng.randrange(100))
    if kind == 1:
        return f"{rng.randrange(1_000_000):,}".replace(",", rng.choice([",", " ", ""]))
    if kind == 2:
        return f"{rng.random() * 10 ** rng.randrange(4):.{rng.randrange(1, 5)}f}"
    if kind == 3:
        return f"{rng.random() * 100:.1f}{rng.choice([' %', '%'])}"
    if kind == 4:
        return f"-{rng.random():.3f}"
    return f"{rng.randrange(10_000)} {rng.choice(_UNITS)}"


def _table(rng: Random) -> str:
    columns = rng.randrange(3, 8)
    shape = rng.choice([" | ", "\t", ";", ",", "  "])
    rows = [rng.sample(_WORDS, columns)] + [
        [rng.choice(_WORDS), *(_figure(rng) for _ in range(columns - 1))] for _ in range(rng.randrange(6, 16))
    ]
    if shape == " | ":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{'---|' * columns}")
        return "\n".join(lines)
    if shape == ",":
        rows = [[cell.replace(",", "") for cell in row] for row in rows]
    return "\n".join(shape.join(row) for row in rows)


def _log(rng: Random) -> str:
    day, second = rng.randrange(1, 29), rng.randrange(80_000)
    lines = []
    for _ in range(rng.randrange(6, 12)):
        second += rng.randrange(1, 60)
        clock = (
            f"2026-03-{day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{rng.randrange(1000):03}Z"
        )
        level, event = rng.choice(["INFO", "WARN", "DEBUG", "ERROR"]), rng.choice(_EVENTS)
        lines.append(
            f"{clock} {level} [worker-{rng.randrange(32)}] {rng.choice(_WORDS)}: {event} id={rng.getrandbits(32):08x} took={rng.randrange(5000)}ms"
        )
    return "\n".join(lines)


def _value(rng: Random, depth: int) -> object:
    kind = rng.randrange(6) if depth else rng.randrange(4)
    if kind == 0:
        return rng.randrange(100_000)
    if kind == 1:
        return round(rng.random() * 1000, rng.randrange(5))
    if kind == 2:
        return rng.choice([True, False, None])
    if kind == 3:
        return " ".join(rng.sample(_WORDS, 3))
    if kind == 4:
        return [_value(rng, depth - 1) for _ in range(rng.randrange(2, 8))]
    return {word: _value(rng, depth - 1) for word in rng.sample(_WORDS, 5)}


def _section(rng: Random) -> str:
    def words(count: int) -> str:
        return " ".join(rng.choice(_WORDS) for _ in range(count))

    def pieces() -> Iterator[str]:
        yield f"## {rng.randrange(1, 9)}. {words(3).capitalize()}\n\n"
        yield f"The **{words(2)}** is {_figure(rng)}, `{rng.choice(_WORDS)}_{rng.randrange(99)}` is {_figure(rng)}.\n\n"
        for at in range(rng.randrange(3, 7)):
            yield f"{rng.choice(['-', f'{at + 1}.'])} {words(4)}: {_figure(rng)}\n"
        yield f"\n> {words(9).capitalize()}.\n\n"

    return "".join(pieces())
