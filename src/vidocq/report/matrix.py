"""What was tested against which criterion: one row per attack, run or not, so that what is empty is seen.

The three criteria are those of the Article 29 Working Party's opinion 05/2014 (WP216), which the CNIL's sheet on the
status of models takes up; extraction stands beside them for models that may recite what they learned.
"""

from collections.abc import Mapping
from typing import Any, Final

from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.core.access import Access
from vidocq.core.cards import AttackCard
from vidocq.core.text import Lang
from vidocq.report.numbers import UP, count, percent, rate
from vidocq.report.reading import Audit, is_language, said
from vidocq.report.tables.table import Column, Group, Table
from vidocq.report.typography import plain, polished
from vidocq.report.words.attacks import APART
from vidocq.report.words.say import word
from vidocq.report.words.verdicts import CRITERIA

_OF_TABLES: Final = {
    "structure": "singling_out",
    "one-run": "singling_out",
    "linking": "linkability",
    "attribute": "inference",
    "inversion": "inference",
    "reconstruction": "extraction",
}
_ON_REFERENCES: Final = ("rmia", "lira-offline", "lira")
_OF_LANGUAGE: Final = {"person-prompt": "inference", "canary": "extraction"}
"""What each puts to the test, where it is not extraction."""


def _beyond(audit: Audit) -> dict[str, str]:
    """Attacks on models of this kind that are shown even where the suite does not hold them, with their criterion."""
    language = is_language(audit)
    scores = [k.card.id for k in ATTACKS if not k.card.baseline and _suits(k.card, language=language)]
    singling = dict.fromkeys(scores, "singling_out")
    if not language:
        return singling | _OF_TABLES
    return singling | {name: _OF_LANGUAGE.get(name, "extraction") for name in ON_LANGUAGE.ids()}


def _suits(card: AttackCard, *, language: bool) -> bool:
    """Attacks on tokens belong to language models; those that compare reference models, to all."""
    if Access.LOGPROBS in card.needs:
        return language
    return not language or card.id in _ON_REFERENCES


def matrix(audit: Audit, lang: Lang) -> Table:
    """Attack by criterion. A dash: the attack says nothing of this criterion."""
    rows: dict[str, Group] = {}
    for attack in audit["attacks"]:
        if not attack.get("baseline"):
            rows[attack["id"]] = _row(said(attack["title"], lang), {"singling_out": _membership(attack, lang)}, lang)
    for name, (cells, title) in _results(audit, lang).items():
        rows[name] = _row(title, cells, lang)
    for name, criterion in _beyond(audit).items():
        if name not in rows:
            rows[name] = _row(_title(name, lang), {criterion: word("matrix.untested", lang)}, lang)
    return Table(
        "matrix-table",
        word("matrix.caption", lang),
        [
            Column(word("attack", lang)),
            *(Column(_capital(polished(text.to(lang), lang))) for text in CRITERIA.values()),
        ],
        list(rows.values()),
        wide=True,
    )


def _title(name: str, lang: Lang) -> str:
    return plain(polished(APART[name].to(lang), lang)) if name in APART else plain(name)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _row(title: str, cells: Mapping[str, str], lang: Lang) -> Group:
    return Group(title, [[cells.get(criterion, word("matrix.beside", lang)) for criterion in CRITERIA]])


def _membership(attack: Mapping[str, Any], lang: Lang) -> str:
    """The largest upper bound on the risk over the attack's own tests."""
    told = [r for r in attack.get("rates") or [] if r.get("measured", True) and r.get("risk") is not None]
    if not attack.get("measured", True) or not told:
        return word("not_measured", lang)
    worst = max(told, key=lambda r: r["risk"]["high"])
    at = word("own_point", lang) if worst["alpha"] is None else rate(worst["alpha"], lang)
    return word("matrix.bound", lang, bound=percent(worst["risk"]["high"], lang, rounding=UP), at=at)


def _results(audit: Audit, lang: Lang) -> dict[str, tuple[dict[str, str], str]]:
    """Per id: how many of its measurements bear on each criterion, and its title. The figures stand further down."""
    found: dict[str, tuple[dict[str, str], str]] = {}
    by_cell: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for result in audit.get("results") or []:
        by_cell.setdefault((result["id"], result["criterion"]), []).append(result)
    for (name, criterion), results in by_cell.items():
        direct = any(result.get("direct") for result in results)
        several = "matrix.figure" if len(results) == 1 else "matrix.figures"
        figures = word(several, lang, number=count(len(results), lang))
        cell = word("matrix.direct" if direct else "matrix.measured", lang, figures=figures)
        found.setdefault(name, ({}, _title(name, lang)))[0][criterion] = cell
    return found
