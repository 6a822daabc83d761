"""What a language model gave back: by kind of data, repetition and length, by queries, and at what cost."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import count, number, percent, share_with_interval
from vidocq.report.reading import Audit
from vidocq.report.tables.cells import title
from vidocq.report.tables.table import Column, Group, Table, code
from vidocq.report.typography import plain, polished
from vidocq.report.words.say import word
from vidocq.report.words.scan import CATEGORIES

Details = Mapping[str, Any]
AT = (1, 10, 100, 1000, 10_000, 100_000, 1_000_000)
"""Queries for which the table tells the risk; the figure draws every point."""


def extraction_of(audit: Audit) -> Details | None:
    """What was told of extraction; None if it was not measured."""
    found: Details | None = ((audit.get("language") or {}).get("measurements") or {}).get("extraction")
    return found


def extraction_tables(audit: Audit, lang: Lang) -> list[Table]:
    details = extraction_of(audit)
    if details is None:
        return []
    return list(_tables(details, lang))


def risk_table(details: Details, lang: Lang) -> Table:
    """The figure's values, at a few numbers of queries."""
    curve = details["curve"]
    last = curve[-1]["queries"]
    told = [point for point in curve if point["queries"] in AT or point["queries"] == last]
    return Table(
        "language-risk-table",
        word("language.risk_table", lang),
        [
            Column(word("language.risk_x", lang)),
            Column(word("language.members", lang), figures=True),
            Column(word("language.controls", lang), figures=True),
        ],
        [
            Group(
                count(point["queries"], lang),
                [[percent(point["target"][side]["expected"], lang) for side in ("members", "controls")]],
            )
            for point in told
        ],
    )


def category_name(name: str | None, lang: Lang) -> str:
    if name is None:
        return word("language.no_category", lang)
    return polished(CATEGORIES[name].to(lang), lang) if name in CATEGORIES else plain(name)


def _tables(details: Details, lang: Lang) -> Iterator[Table]:
    queries = count(details["queries"], lang)
    yield Table(
        "language-category",
        word("language.by_category", lang, queries=queries),
        [
            Column(word("language.category", lang)),
            Column(word("language.members", lang), figures=True),
            Column(word("language.controls", lang), figures=True),
        ],
        [
            Group(
                category_name(row["category"], lang),
                [[_share(row.get(side), lang) for side in ("members", "controls")]],
            )
            for row in details["by_category"]
        ],
        wide=True,
    )
    repetition = word("language.repetition", lang)
    yield _by("repetition", repetition, word("language.by_repetition", lang), details["by_repetition"], lang)
    unit = word("language.tokens" if details["unit"] == "tokens" else "language.words", lang)
    length = word("language.length", lang)
    yield _by("length", length, word("language.by_length", lang, unit=unit), details["by_length"], lang)
    if (cost := _cost(details, lang)) is not None:
        yield cost


def _by(name: str, kind: str, caption: str, rows: Sequence[Details], lang: Lang) -> Table:
    return Table(
        f"language-{name}",
        caption,
        [Column(kind), Column(word("language.obtained", lang), figures=True)],
        [Group(count(row["from"], lang), [[_share(row["obtained"], lang)]]) for row in rows],
    )


def _share(estimate: Mapping[str, Any] | None, lang: Lang) -> str:
    return word("matrix.beside", lang) if estimate is None else share_with_interval(estimate, lang)


def _cost(details: Details, lang: Lang) -> Table | None:
    """None where nothing was obtained: there is no text whose cost could be told."""
    held = (("language.cost_budget", "at_budget"), ("language.cost_cheapest", "cheapest"))
    told = {name: cost for name, key in held if (cost := details["cost"].get(key)) is not None}
    if not told:
        return None
    priced = details.get("currency") is not None
    return Table(
        "language-cost",
        word("language.cost", lang),
        [
            Column(word("language.cost_at", lang)),
            Column(word("language.cost_queries", lang), figures=True),
            Column(word("language.cost_tokens", lang), figures=True),
            *([Column(word("language.cost_money", lang), figures=True)] if priced else []),
        ],
        [
            Group(
                word(name, lang),
                [
                    [
                        number(cost["queries_per_item"], lang, digits=1),
                        count(round(cost["tokens_per_item"]), lang),
                        *([_money(cost, details, lang)] if priced else []),
                    ]
                ],
            )
            for name, cost in told.items()
        ],
    )


def _money(cost: Details, details: Details, lang: Lang) -> str:
    return polished(f"{number(cost['money_per_item'], lang, digits=4)} {plain(str(details['currency']))}", lang)


def examples_table(audit: Audit, lang: Lang) -> Table | None:
    """How what was given back is written, by attack: all that is ever shown of it. None if nothing was."""
    counted: dict[tuple[str, str, str], int] = {}
    for name, details in ((audit.get("language") or {}).get("measurements") or {}).items():
        for one in details.get("examples") or []:
            kind = one["category"] if "category" in one else one["field"]
            key = (name, kind, one["shape"])
            counted[key] = counted.get(key, 0) + one.get("times", 1)
    if not counted:
        return None
    return Table(
        "language-examples",
        word("language.examples", lang),
        [
            Column(word("attack", lang)),
            Column(word("language.kind", lang)),
            Column(word("language.example", lang)),
            Column(word("language.times", lang), figures=True),
        ],
        [
            Group(title(name, audit, lang), [[category_name(kind, lang), code(shape), count(times, lang)]])
            for (name, kind, shape), times in counted.items()
        ],
        wide=True,
    )
