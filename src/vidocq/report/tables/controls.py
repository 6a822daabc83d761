"""Whether the attacks could have spoken, and what was left untested."""

from vidocq.core.text import Lang
from vidocq.report.numbers import (
    count,
    number,
    number_with_interval,
    p_value,
    percent,
    rate,
    significant,
)
from vidocq.report.reading import Audit, absences
from vidocq.report.tables.cells import outcome, title
from vidocq.report.tables.table import Column, Group, Table
from vidocq.report.typography import polished
from vidocq.report.words.say import word


def positive_controls(audit: Audit, lang: Lang) -> Table | None:
    controls = (audit.get("controls") or {}).get("positive") or []
    if not controls:
        return None
    return Table(
        "positive-table",
        word("controls.positive_caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("controls.planted", lang), figures=True),
            Column(word("controls.caught", lang)),
            Column(word("controls.p", lang), figures=True),
        ],
        [
            Group(
                title(control["id"], audit, lang),
                [
                    [
                        percent(control.get("planted"), lang),
                        word("yes" if control["caught"] else "no", lang),
                        p_value(control.get("p"), lang),
                    ]
                ],
            )
            for control in controls
        ],
    )


def other_controls(audit: Audit, lang: Lang) -> Table:
    controls = audit.get("controls") or {}
    negative, blind = controls.get("negative"), controls.get("blind")
    absent = word("not_measured", lang)
    measure = held = absent
    if negative is not None:
        values = {name: count(negative[name], lang) for name in ("alarms", "references", "limit")}
        measure = word("controls.alarms", lang, **values)
        held = outcome(negative["passed"], lang)
    seen = told = absent
    if blind is not None:
        seen = word("controls.blind_auc", lang, auc=number_with_interval(blind.get("auc"), lang))
        told = word("not_needed", lang) if not blind["needed"] else outcome(blind["passed"], lang)
    return Table(
        "controls-table",
        word("controls.other_caption", lang),
        [Column(word(name, lang)) for name in ("controls.control", "controls.measure", "controls.outcome")],
        [
            Group(word("controls.negative", lang), [[measure, held]]),
            Group(word("controls.blind", lang), [[seen, told]]),
        ],
    )


def recipe(audit: Audit, lang: Lang) -> Table | None:
    gate = audit.get("recipe_gate")
    if gate is None:
        return None
    return Table(
        "recipe-table",
        word("recipe.caption", lang),
        [
            Column(word("recipe.group", lang)),
            *(Column(word(f"recipe.{name}", lang), figures=True) for name in ("target", "mean", "sd", "z")),
        ],
        [
            Group(
                word(f"recipe.{name}", lang),
                [
                    [
                        *(significant(gate[name].get(figure), lang) for figure in ("target", "mean", "sd")),
                        number(gate[name].get("z"), lang, digits=1),
                    ]
                ],
            )
            for name in ("member", "non_member", "gap")
        ],
    )


def untested(audit: Audit, lang: Lang) -> Table | None:
    missing = absences(audit)
    if not missing:
        return None
    return Table(
        "untested-table",
        word("untested.caption", lang),
        [Column(word(name, lang)) for name in ("item", "tests.rate", "untested.reason")],
        [
            Group(
                title(absent.id, audit, lang),
                [["" if absent.alpha is None else rate(absent.alpha, lang), polished(absent.reason.to(lang), lang)]],
            )
            for absent in missing
        ],
    )
