"""Everyone's exposure in the report: counts, groups and causes, and never a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from vidocq.core.text import Lang, Text
from vidocq.report.numbers import count, number, number_with_interval, p_value, percent, rate
from vidocq.report.reading import Audit
from vidocq.report.tables.table import Column, Group, Table, code
from vidocq.report.typography import plain, polished
from vidocq.report.words.say import word

_CAUSES: Mapping[str, tuple[Text, Text]] = {
    "rarity": (
        Text(fr="rareté, d'abord dans la variable", en="rarity, first of all in the variable"),
        Text(
            fr="regrouper les valeurs rares de cette variable, ou s'en passer",
            en="group the rare values of that variable, or do without it",
        ),
    ),
    "disagreement": (
        Text(
            fr="label contraire à celui des plus proches voisins",
            en="label against that of the nearest neighbours",
        ),
        Text(
            fr="vérifier ces labels ; régulariser pour que le modèle n'apprenne pas des exceptions",
            en="check these labels; regularise, so that the model learns no exceptions",
        ),
    ),
    "repetition": (
        Text(fr="enregistrement présent plusieurs fois", en="record present several times"),
        Text(fr="dédoublonner avant l'entraînement", en="remove duplicates before training"),
    ),
}
_BY_COLUMN = Text(fr=", d'abord à cause de la variable", en=", first of all because of the variable")
_LEVEL = 0.05
"""Of the exact test that a cause has to pass before a remedy is told."""
_RARE = Text(fr="classes rares", en="rare classes")


def everyone(audit: Audit, lang: Lang) -> Table | None:
    """How many are exposed, by how much, and how steadily."""
    found = audit.get("exposure")
    if found is None:
        return None
    steady = found["stability"]
    share = rate(found["false_discovery_rate"], lang)
    lines = [
        (
            word("everyone.exposed", lang, rate=share),
            f"{count(found['exposed'], lang)} / {count(found['persons'], lang)}",
        ),
        (word("everyone.shift", lang), ", ".join(number(found["shift"][q], lang) for q in ("median", "high", "top"))),
        (word("everyone.ranks", lang), number(steady["rank_correlation"], lang)),
        (word("everyone.top", lang, chance=percent(steady["by_chance"], lang)), percent(steady["top_overlap"], lang)),
        (word("everyone.blocks", lang), count(found["blocks"], lang)),
    ]
    return Table(
        "everyone-table",
        word("everyone.caption", lang),
        [Column(word("item", lang)), Column(word("value", lang))],
        [Group(name, [[polished(value, lang)]]) for name, value in lines],
    )


def groups(audit: Audit, lang: Lang) -> Table | None:
    """Groups that the user asked for, and rare classes."""
    found = (audit.get("exposure") or {}).get("groups") or []
    if not found:
        return None
    return Table(
        "groups-table",
        word("everyone.groups", lang),
        [
            Column(word("everyone.group", lang)),
            Column(word("everyone.persons", lang), figures=True),
            Column(word("everyone.mean", lang), figures=True),
            Column(word("everyone.others", lang), figures=True),
            Column(word("everyone.p", lang), figures=True),
            Column(word("everyone.found", lang), figures=True),
        ],
        [Group(_name(group["name"], lang), [_group(group, lang)]) for group in found],
        wide=True,
    )


def reasons(audit: Audit, lang: Lang) -> Table | None:
    """What the most exposed have that others have not, and what it points to."""
    found = (audit.get("exposure") or {}).get("causes") or []
    if not found:
        return None
    return Table(
        "causes-table",
        word("everyone.why", lang),
        [
            Column(word("everyone.cause", lang)),
            Column(word("everyone.most", lang), figures=True),
            Column(word("everyone.random", lang), figures=True),
            Column(word("tests.p", lang), figures=True),
            Column(word("everyone.steady", lang), figures=True),
            Column(word("everyone.lead", lang)),
        ],
        [Group(_cause(cause, lang), [_figures(cause, lang)]) for cause in found],
        wide=True,
    )


def _name(name: str, lang: Lang) -> str:
    return _RARE.to(lang) if name == "rare-classes" else plain(name)


def _group(group: Mapping[str, Any], lang: Lang) -> Sequence[str]:
    if group["shift"] is None:
        why = word("everyone.small" if group["persons"] else "everyone.nobody", lang)
        return [count(group["persons"], lang), *[why] * 4]
    return [
        count(group["persons"], lang),
        number_with_interval(group["shift"], lang),
        number_with_interval(group["others"], lang),
        p_value(group.get("p"), lang),
        word("everyone.not_counted", lang) if group["exposed"] is None else count(group["exposed"], lang),
    ]


def _cause(cause: Mapping[str, Any], lang: Lang) -> str:
    said = polished(_CAUSES[cause["trait"]][0].to(lang), lang)
    if cause["feature"] is None:
        return said
    joined = said + _BY_COLUMN.to(lang) if cause["trait"] == "disagreement" else said
    return joined + " " + code(cause["feature"])


def _figures(cause: Mapping[str, Any], lang: Lang) -> Sequence[str]:
    p = cause.get("p_holm")
    lead = word("everyone.no_lead", lang)
    if p is not None and p <= _LEVEL:
        lead = polished(_CAUSES[cause["trait"]][1].to(lang), lang)
    return [
        percent(cause["share"], lang),
        percent(cause["control"], lang),
        p_value(p, lang),
        percent(cause["steady"], lang, digits=0),
        lead,
    ]
