"""The tables of the report: cells already written in one language, laid out by the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vidocq.core.text import Lang
from vidocq.report.figures import Curve, tpr_at
from vidocq.report.numbers import (
    DOWN,
    UP,
    count,
    moment,
    number,
    number_with_interval,
    p_value,
    percent,
    rate,
    share_with_interval,
    significant,
)
from vidocq.report.reading import Audit, absences, access_word, measured_rates, panel_speaks, said, title_of
from vidocq.report.typography import plain, polished
from vidocq.report.words import CRITERIA, together, word

Verdict = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A heading; figures are set to the right."""

    name: str
    figures: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one row heading."""

    head: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Table:
    """`id` is unique in the page; `wide` tables scroll on a narrow screen."""

    id: str
    caption: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    wide: bool = False


def code(content: object) -> Markup:
    return Markup("<code>{}</code>").format(plain(str(content)))


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
            Group(word(name, lang), [[_bound(bound, lang), rate(limit, lang), _compared(bound, limit, lang)]])
            for name, bound, limit in lines
        ],
    )


def tests(audit: Audit, lang: Lang) -> Table:
    """Attack by rate: TPR, FPR, risk, bound, p."""
    verdict = audit["verdicts"][0]
    groups = []
    for attack in audit["attacks"]:
        rows = [_test(rate_, verdict, lang) for rate_ in attack.get("rates") or []]
        if not attack.get("measured", True) or not rows:
            rows = [[word("not_measured", lang)] * 6]
        groups.append(Group(_attack_name(attack, lang), rows))
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
                _attack_name(attack, lang),
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
                _title(result["id"], audit, lang),
                [
                    [
                        CRITERIA[result["criterion"]].to(lang),
                        said(result.get("quantity"), lang),
                        *(
                            _estimate_or_number(result.get(name), lang)
                            for name in ("estimate", "baseline", "control")
                        ),
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
    return _pairs(
        "panel-table",
        word("exposed.caption", lang),
        [
            ("exposed.persons", count(content["persons"], lang)),
            ("exposed.references", references),
            ("exposed.alpha", rate(content["alpha"], lang)),
            ("exposed.tpr", share_with_interval(content.get("tpr"), lang)),
            ("exposed.fpr", share_with_interval(content.get("fpr"), lang)),
            ("exposed.bound", _bound(content.get("b_worst") if panel_speaks(audit) else None, lang)),
            ("exposed.p", " ; ".join(p_values) if lang is Lang.fr else "; ".join(p_values)),
        ],
        lang,
    )


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
                _title(control["id"], audit, lang),
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
    measure = outcome = absent
    if negative is not None:
        values = {name: count(negative[name], lang) for name in ("alarms", "references", "limit")}
        measure = word("controls.alarms", lang, **values)
        outcome = _outcome(negative["passed"], lang)
    seen = told = absent
    if blind is not None:
        seen = word("controls.blind_auc", lang, auc=number_with_interval(blind.get("auc"), lang))
        told = word("not_needed", lang) if not blind["needed"] else _outcome(blind["passed"], lang)
    return Table(
        "controls-table",
        word("controls.other_caption", lang),
        [Column(word(name, lang)) for name in ("controls.control", "controls.measure", "controls.outcome")],
        [
            Group(word("controls.negative", lang), [[measure, outcome]]),
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
                _title(absent.id, audit, lang),
                [["" if absent.alpha is None else rate(absent.alpha, lang), polished(absent.reason.to(lang), lang)]],
            )
            for absent in missing
        ],
    )


def precision(audit: Audit, lang: Lang) -> Table | None:
    """Positive predictive value by prior; a prior never enters the verdict."""
    priors = sorted({entry["prior"] for attack in audit["attacks"] for entry in attack.get("ppv") or []})
    if not priors:
        return None
    groups = []
    for attack in audit["attacks"]:
        entries = attack.get("ppv") or []
        rates = list(dict.fromkeys(entry.get("alpha") for entry in entries))
        rows = [
            [
                _rate_name(alpha, lang),
                *(
                    share_with_interval(
                        next((e for e in entries if e["prior"] == prior and e.get("alpha") == alpha), None), lang
                    )
                    for prior in priors
                ),
            ]
            for alpha in rates
        ]
        if rows:
            groups.append(Group(_attack_name(attack, lang), rows))
    return Table(
        "precision-table",
        word("precision.caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("tests.rate", lang), figures=True),
            *(Column(word("precision.prior", lang, prior=rate(prior, lang)), figures=True) for prior in priors),
        ],
        groups,
        wide=True,
    )


def cost(audit: Audit, lang: Lang) -> Table:
    groups = []
    for attack in audit["attacks"]:
        spent = attack.get("cost") or {}
        trained = spent.get("reference_models")
        knowledge = "cost.knowledge_references" if trained else "cost.knowledge_record"
        cells = [
            access_word(str(attack.get("needs") or "none"), lang),
            count(spent.get("queries"), lang),
            count(trained, lang),
            word(knowledge, lang),
        ]
        groups.append(Group(_attack_name(attack, lang), [cells]))
    return Table(
        "cost-table",
        word("cost.caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("cost.needs", lang)),
            Column(word("cost.queries", lang), figures=True),
            Column(word("cost.references", lang), figures=True),
            Column(word("cost.knowledge", lang)),
        ],
        groups,
        wide=True,
    )


def population(audit: Audit, lang: Lang) -> Table:
    content = audit["population"]
    removed = content["removed"]
    split = word("population.given", lang)
    if content["split"] == "randomised":
        by = content.get("declared_by")
        split = word("population.randomised", lang)
        if by is not None:
            split = word("population.randomised_by", lang, name=plain(str(by)))
    return _pairs(
        "population-table",
        word("population.caption", lang),
        [
            ("population.members", count(content["members"], lang)),
            ("population.non_members", count(content["non_members"], lang)),
            ("population.persons", count(content.get("persons"), lang)),
            ("population.unit", word(content["unit"], lang)),
            ("population.exact", count(removed["exact"], lang)),
            ("population.near", count(removed["near"], lang)),
            ("population.both", count(removed["persons"], lang)),
            ("population.split", split),
            ("population.share", percent(content.get("share"), lang)),
        ],
        lang,
    )


def registration(audit: Audit, verdict: Verdict, lang: Lang, *, position: int) -> Table:
    tau, suite = verdict["tau"], audit.get("suite") or {}
    nobody = tau.get("set_by") is None
    alphas = [rate(alpha, lang) for alpha in audit.get("alphas") or []]
    caption = f"{word('registration.caption', lang)} ({access_word(verdict['access'], lang)})"
    return _pairs(
        f"registration-{position}",
        caption,
        [
            (
                "registration.hash",
                code(verdict["registration"]) if verdict.get("registration") else word("registration.absent", lang),
            ),
            ("registration.look", count(verdict["look"], lang)),
            ("registration.error", percent(verdict["error"], lang, digits=2)),
            ("verdict.average", rate(tau["average"], lang)),
            ("verdict.worst", rate(tau["worst"], lang)),
            ("registration.set_by", word("registration.nobody", lang) if nobody else plain(str(tau["set_by"]))),
            ("registration.suite", plain(f"{suite.get('name', '')} {suite.get('version', '')}")),
            ("registration.alphas", (" ; " if lang is Lang.fr else "; ").join(alphas)),
            ("registration.references", _references(audit, lang)),
            *(
                (f"registration.{name}", count(audit["access"][name], lang))
                for name in ("decimals", "top_k")
                if (audit.get("access") or {}).get(name) is not None
            ),
        ],
        lang,
    )


def _references(audit: Audit, lang: Lang) -> str:
    """How many the attacks read, and how many failed."""
    there, failed = count(audit.get("references"), lang), audit.get("failed_references") or 0
    return word("registration.failed", lang, there=there, failed=count(failed, lang)) if failed else there


def reproduce(audit: Audit, run: Mapping[str, Any], lang: Lang) -> Table:
    ledger = run.get("ledger") or {}
    rows = [
        Group(word(f"reproduce.{name}", lang), [[code(digest) if digest else word("not_stated", lang)]])
        for name, digest in (audit.get("inputs") or {}).items()
        if name in {"members", "non_members", "model", "recipe"}
    ]
    rows.append(Group(word("reproduce.seed", lang), [[code(audit["seed"])]]))
    rows += [
        Group(word("reproduce.version", lang, name=plain(str(name))), [[code(version)]])
        for name, version in sorted((audit.get("versions") or {}).items())
    ]
    rows += [
        Group(word("reproduce.started", lang), [[moment(run.get("started"), lang)]]),
        Group(word("reproduce.finished", lang), [[moment(run.get("finished"), lang)]]),
    ]
    if ledger.get("head"):
        rows += [
            Group(word("reproduce.length", lang), [[count(ledger.get("length"), lang)]]),
            Group(word("reproduce.ledger", lang), [[code(ledger["head"])]]),
        ]
    columns = [Column(word("item", lang)), Column(word("value", lang))]
    return Table("reproduce-table", word("reproduce.caption", lang), columns, rows)


def _pairs(name: str, caption: str, lines: Sequence[tuple[str, str]], lang: Lang) -> Table:
    columns = [Column(word("item", lang)), Column(word("value", lang))]
    groups = [
        Group(word(label, lang), [[polished(cell, lang) if type(cell) is str else cell]]) for label, cell in lines
    ]
    return Table(name, caption, columns, groups)


def _test(rate_: Mapping[str, Any], verdict: Verdict, lang: Lang) -> list[str]:
    alpha, risk = rate_["alpha"], rate_.get("risk")
    name = _rate_name(alpha, lang)
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


def _rate_name(alpha: float | None, lang: Lang) -> str:
    return word("own_point", lang) if alpha is None else rate(alpha, lang)


def _attack_name(attack: Mapping[str, Any], lang: Lang) -> str:
    title = said(attack["title"], lang) or plain(attack["id"])
    return f"{title} ({word('baseline', lang)})" if attack.get("baseline") else title


def _title(name: str, audit: Audit, lang: Lang) -> str:
    title = title_of(name, audit).to(lang)
    return code(name) if title == name else polished(title, lang)


def _bound(value: float | None, lang: Lang) -> str:
    return percent(value, lang, rounding=UP)


def _compared(bound: float | None, limit: float, lang: Lang) -> str:
    if bound is None:
        return word("not_measured", lang)
    return word("verdict.above" if bound > limit else "verdict.within", lang)


def _outcome(passed: bool | None, lang: Lang) -> str:
    return word("not_measured" if passed is None else "passed" if passed else "failed", lang)


def cost_curve(audit: Audit, by: str, lang: Lang) -> Table | None:
    """AUC by amount of one means (`reference_models`, `queries`, `known_outsiders`), a column each."""
    points_ = [point for point in audit.get("cost_curve") or [] if point["by"] == by]
    if not points_:
        return None
    counts = sorted({point["amount"] for point in points_})
    held = {(point["id"], point["amount"]): point["auc"] for point in points_}
    return Table(
        f"curve-{by}",
        word(f"cost.by.{by}", lang),
        [Column(word("attack", lang)), *(Column(count(number_, lang), figures=True) for number_ in counts)],
        [
            Group(
                _title(name, audit, lang),
                [
                    [
                        number(held[name, k]["value"], lang, digits=3)
                        if (name, k) in held
                        else word("matrix.beside", lang)
                        for k in counts
                    ]
                ],
            )
            for name in dict.fromkeys(point["id"] for point in points_)
        ],
        wide=True,
    )


def _estimate_or_number(content: object, lang: Lang) -> str:
    """A dash where a figure has no counterpart, which is another thing than not measured."""
    if isinstance(content, Mapping):
        return number_with_interval(content, lang)
    if not isinstance(content, int | float):
        return word("matrix.beside", lang)
    return count(int(content), lang) if content == int(content) else number(content, lang, digits=3)
