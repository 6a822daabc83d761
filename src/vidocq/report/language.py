"""The part of the report about what a language model gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vidocq.core.text import Lang
from vidocq.report.figures import Curve, queries_figure
from vidocq.report.numbers import count, number, percent
from vidocq.report.reading import Audit
from vidocq.report.tables.language import (
    examples_table,
    extraction_of,
    extraction_tables,
    persons_table,
    risk_table,
)
from vidocq.report.tables.table import Table
from vidocq.report.words.say import word


@dataclass(frozen=True)
class Language:
    """notes  sentences that come first.   risk  a figure, and `risk_table` its values; None without extraction."""

    notes: list[str]
    tables: list[Table]
    risk: Markup | None
    risk_table: Table | None


def language(audit: Audit, lang: Lang) -> Language | None:
    """None of a model that is no language model."""
    content = audit.get("language")
    if content is None:
        return None
    details = extraction_of(audit)
    further = (persons_table(audit, lang), examples_table(audit, lang))
    tables = [*extraction_tables(audit, lang), *(table for table in further if table is not None)]
    return Language(
        notes=_notes(audit, content, lang),
        tables=tables,
        risk=None if details is None else _risk(details, lang),
        risk_table=None if details is None else risk_table(details, lang),
    )


def _notes(audit: Audit, content: Mapping[str, Any], lang: Lang) -> list[str]:
    found = []
    if not audit["population"]["members"]:
        found.append(word("language.deployer", lang))
    if content["scope"] == "system":
        found.append(word("language.system", lang))
    if extraction_of(audit) is not None:
        found.append(word("language.intro", lang))
    decoding = content["decoding"]
    top_k = word("language.all", lang) if decoding["top_k"] is None else count(decoding["top_k"], lang)
    found.append(
        word(
            "language.decoding",
            lang,
            temperature=number(decoding["temperature"], lang),
            top_k=top_k,
            top_p=number(decoding["top_p"], lang),
        )
    )
    if not content["measurements"]:
        found.append(word("language.none", lang))
    together = content["measurements"].get("aggregation")
    if together is not None:
        found.append(_together(together, lang))
    return found


def _together(told: Mapping[str, Any], lang: Lang) -> str:
    """What the texts of one person, and sets of documents, say together."""
    return word(
        "language.together",
        lang,
        persons=count(told["persons"], lang),
        recognised=percent(told["recognised"]["value"], lang),
        control=percent(told["control"]["value"], lang),
        sets=", ".join(
            f"{count(one['documents'], lang)} : {percent(one['recognised'], lang)}"
            if lang is Lang.fr
            else f"{count(one['documents'], lang)}: {percent(one['recognised'], lang)}"
            for one in told["sets"]
        ),
    )


def _risk(details: Mapping[str, Any], lang: Lang) -> Markup:
    curve = details["curve"]
    sides = [("target", "members", "language.members"), ("target", "controls", "language.controls")]
    if "base" in curve[0]:
        sides.append(("base", "members", "language.base_members"))
    curves = [
        Curve(word(name, lang), [(point["queries"], point[voice][side]["expected"]) for point in curve])
        for voice, side, name in sides
    ]
    return queries_figure(
        curves,
        lang,
        title=word("language.risk", lang),
        desc=word(
            "language.risk_desc",
            lang,
            least=count(curve[0]["queries"], lang),
            most=count(curve[-1]["queries"], lang),
        ),
        x=word("language.risk_x", lang),
        y=word("language.risk_y", lang),
    )
