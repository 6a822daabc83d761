"""The bounds of a verdict, beside the tolerances."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import (
    rate,
)
from vidocq.report.reading import Audit
from vidocq.report.tables.cells import bound, compared
from vidocq.report.tables.table import Column, Group, Table
from vidocq.report.words.say import word

Verdict = Mapping[str, Any]


def bounds(audit: Audit, verdict: Verdict, lang: Lang, *, position: int) -> Table:
    """What was bounded against what was tolerated."""
    tau = verdict["tau"]
    lines = [
        ("verdict.average", verdict["b_avg"], tau["average"]),
        ("verdict.worst", verdict["b_worst"], tau["worst"]),
    ]
    return Table(
        f"bounds-{position}",
        word("verdict.bounds", lang),
        [
            Column(word("verdict.quantity", lang)),
            Column(word("verdict.bound", lang), figures=True),
            Column(word("verdict.tolerance", lang), figures=True),
            Column(word("verdict.comparison", lang)),
        ],
        [
            Group(word(name, lang), [[bound(held, lang), rate(limit, lang), compared(held, limit, lang)]])
            for name, held, limit in lines
        ],
    )
