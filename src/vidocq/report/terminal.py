"""The verdict as plain text: three lines to read aloud, then the attacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.headline import headline_of
from vidocq.report.numbers import rate
from vidocq.report.reading import Absent, absences, reasons_of, said
from vidocq.report.tables import findings
from vidocq.report.tables.table import Table
from vidocq.report.typography import polished
from vidocq.report.words.say import word


def summary(audit: Mapping[str, Any], *, lang: Lang) -> str:
    """What `vidocq audit` prints. No colour, no control character, no trailing newline."""
    lines = [polished(text.to(lang), lang) for text in headline_of(audit).values()]
    if audit["attacks"]:
        lines += ["", *columns_of(findings.brief(audit, lang)), findings.marks(audit, lang)]
    reasons = [reason for verdict in audit["verdicts"] for reason in reasons_of(verdict, audit, lang)]
    if reasons:
        lines += ["", word("terminal.reasons", lang), *(f"- {reason}" for reason in reasons)]
    cautions = [said(warning, lang) for warning in audit.get("warnings") or []]
    if cautions:
        lines += ["", *(f"{word('terminal.caution', lang)} {caution}" for caution in cautions)]
    missing = absences(audit)
    if missing:
        lines += ["", word("terminal.absent", lang)]
        lines += [f"- {_absence(absent, lang)}" for absent in missing]
    return "\n".join([*lines, "", word("terminal.rest", lang)])


def _absence(absent: Absent, lang: Lang) -> str:
    name = absent.title.to(lang) if absent.alpha is None else f"{absent.title.to(lang)} ({rate(absent.alpha, lang)})"
    separator = " : " if lang is Lang.fr else ": "
    return polished(f"{name}{separator}{absent.reason.to(lang)}", lang)


def columns_of(table: Table) -> Sequence[str]:
    rows = [[column.name for column in table.columns]]
    rows += [
        [group.head if first == 0 else "", *cells] for group in table.groups for first, cells in enumerate(group.rows)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = []
    for row in rows:
        cells = [
            cell.rjust(width) if column.figures else cell.ljust(width)
            for cell, width, column in zip(row, widths, table.columns, strict=True)
        ]
        written.append("  ".join(cells).rstrip())
    return [written[0], "  ".join("-" * width for width in widths), *written[1:]]
