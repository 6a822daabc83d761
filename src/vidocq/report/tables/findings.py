"""What the attacks found: tests on all persons, overall figures, other results, the panel."""

from collections.abc import Mapping, Sequence
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.figures import Curve, tpr_at
from vidocq.report.numbers import (
    DOWN,
    UP,
    count,
    number,
    number_with_interval,
    p_value,
    percent,
    rate,
    share_with_interval,
)
from vidocq.report.reading import Audit, measured_rates, panel_speaks, said
from vidocq.report.tables.cells import attack_name, bound, estimate_or_number, rate_name, title
from vidocq.report.tables.table import Column, Group, Table, pairs
from vidocq.report.typography import plain
from vidocq.report.words.say import together, word
from vidocq.report.words.verdicts import CRITERIA

Verdict = Mapping[str, Any]


def tests(audit: Audit, lang: Lang) -> Table:
    """Attack by rate: TPR, FPR, risk, bound, p."""
    verdict = audit["verdicts"][0]
    groups = []
    for attack in audit["attacks"]:
        rows = [_test(rate_, verdict, lang) for rate_ in attack.get("rates") or []]
        if not attack.get("measured", True) or not rows:
            rows = [[word("not_measured", lang)] * 6]
        groups.append(Group(attack_name(attack, lang), rows))
    figures = ("tests.rate", "tests.tpr", "tests.fpr", "tests.risk", "tests.upper", "tests.p")
    return Table(
        "tests-table",
        word("tests.caption", lang),
        [Column(word("attack", lang)), *(Column(word(name, lang), figures=True) for name in figures)],
        groups,
        wide=True,
    )


def brief(audit: Audit, lang: Lang) -> Table:
    """The same by id, narrow enough for a terminal: risk, bound, p."""
    full = tests(audit, lang)
    kept = (0, 3, 4, 5)
    groups = [
        Group(plain(attack["id"]), [[row[column] for column in kept] for row in group.rows])
        for attack, group in zip(audit["attacks"], full.groups, strict=True)
    ]
    columns = [full.columns[0], *(full.columns[column + 1] for column in kept)]
    return Table(full.id, full.caption, columns, groups)


def marks(audit: Audit, lang: Lang) -> str:
    """What the marks `*` and `> τ` of the table of tests mean."""
    verdict = audit["verdicts"][0]
    return word(
        "tests.significant",
        lang,
        level=percent(verdict["error"], lang, digits=2),
        tolerance=rate(verdict["tau"]["average"], lang),
    )


def confidence(audit: Audit, lang: Lang) -> str | None:
    """The levels of the intervals of the table of tests, rates and risks apart."""
    of_rates, of_risks = set(), set()
    for _, tested in measured_rates(audit):
        of_rates |= {tested[name]["level"] for name in ("tpr", "fpr") if tested.get(name) is not None}
        of_risks.add(tested["risk"]["level"])
    if not of_rates or not of_risks:
        return None
    rates, risks = (
        together([rate(round(level, 4), lang) for level in sorted(levels)], lang) for levels in (of_rates, of_risks)
    )
    return word("tests.confidence", lang, rates=rates, risks=risks)


def overall(audit: Audit, lang: Lang) -> Table:
    """What describes an attack without entering the verdict."""
    return Table(
        "overall-table",
        word("tests.overall_caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("tests.auc", lang), figures=True),
            Column(word("tests.gap", lang), figures=True),
            Column(word("tests.epsilon", lang), figures=True),
            Column(word("tests.source", lang)),
        ],
        [
            Group(
                attack_name(attack, lang),
                [
                    [
                        number_with_interval(attack.get("auc"), lang),
                        percent(attack.get("largest_gap"), lang),
                        number(attack.get("epsilon_low"), lang, rounding=DOWN),
                        plain(str(attack.get("source") or "")),
                    ]
                ],
            )
            for attack in audit["attacks"]
        ],
        wide=True,
    )


def roc(curves: Sequence[Curve], lang: Lang) -> Table:
    """The curves of the figure, read at a few rates, from the first that one of them can tell."""
    first = min((fpr for curve in curves for fpr, _ in curve.points if fpr > 0), default=0.0)
    grid = [step for step in (0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if step >= first]
    return Table(
        "roc-table",
        word("tests.roc_caption", lang),
        [Column(word("attack", lang)), *(Column(rate(step, lang), figures=True) for step in grid)],
        [
            Group(
                curve.name,
                [
                    [
                        word("tests.unreadable", lang) if seen is None else percent(seen, lang)
                        for seen in (tpr_at(curve, step) for step in grid)
                    ]
                ],
            )
            for curve in curves
        ],
        wide=True,
    )


def other_results(audit: Audit, lang: Lang) -> Table | None:
    """Measurements that are not membership scores."""
    results = audit.get("results") or []
    if not results:
        return None
    return Table(
        "results-table",
        word("tests.other_caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("tests.criterion", lang)),
            Column(word("tests.quantity", lang)),
            Column(word("tests.estimate", lang), figures=True),
            Column(word("tests.naive", lang), figures=True),
            Column(word("tests.control", lang), figures=True),
            Column(word("tests.p_alone", lang), figures=True),
            Column(word("tests.direct", lang)),
        ],
        [
            Group(
                title(result["id"], audit, lang),
                [
                    [
                        CRITERIA[result["criterion"]].to(lang),
                        said(result.get("quantity"), lang),
                        *(estimate_or_number(result.get(name), lang) for name in ("estimate", "baseline", "control")),
                        word("matrix.beside", lang) if result.get("p") is None else p_value(result["p"], lang),
                        word("yes" if result.get("direct") else "no", lang),
                    ]
                ],
            )
            for result in results
        ],
        wide=True,
    )


def panel(audit: Audit, lang: Lang) -> Table | None:
    """Counts only: no person can be told from it."""
    content = audit.get("panel")
    if content is None:
        return None
    references = f"{count(content['references_a'], lang)}, {count(content['references_b'], lang)}"
    p_values = [p_value(content.get(name), lang) for name in ("p", "p_holm")]
    return pairs(
        "panel-table",
        word("exposed.caption", lang),
        [
            ("exposed.persons", count(content["persons"], lang)),
            ("exposed.references", references),
            ("exposed.alpha", rate(content["alpha"], lang)),
            ("exposed.tpr", share_with_interval(content.get("tpr"), lang)),
            ("exposed.fpr", share_with_interval(content.get("fpr"), lang)),
            ("exposed.bound", bound(content.get("b_worst") if panel_speaks(audit) else None, lang)),
            ("exposed.p", " ; ".join(p_values) if lang is Lang.fr else "; ".join(p_values)),
        ],
        lang,
    )


def _test(rate_: Mapping[str, Any], verdict: Verdict, lang: Lang) -> list[str]:
    alpha, risk = rate_["alpha"], rate_.get("risk")
    name = rate_name(alpha, lang)
    if not rate_.get("measured", True) or risk is None:
        return [name, *[word("not_measured", lang)] * 5]
    digits = 2 if alpha is not None and alpha < 0.01 else 1
    adjusted = rate_.get("p_holm")
    star = f"{p_value(adjusted, lang)}\u00a0*" if adjusted is not None and adjusted < verdict["error"] else None
    upper = percent(risk["high"], lang, digits=digits, rounding=UP)
    is_test = adjusted is not None  # the blind classifier is a control: nothing is tested, no tolerance applies
    return [
        name,
        share_with_interval(rate_.get("tpr"), lang, digits=digits),
        share_with_interval(rate_.get("fpr"), lang, digits=digits),
        share_with_interval(risk, lang, digits=digits),
        f"{upper}\u00a0>\u00a0τ" if is_test and risk["high"] > verdict["tau"]["average"] else upper,
        star or (p_value(adjusted, lang) if is_test else word("no_test", lang)),
    ]
