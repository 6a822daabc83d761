"""The report as one accessible page, and a short fragment for notebooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang
from vidocq.report.exposure import everyone, groups, reasons
from vidocq.report.figures import Bar, Curve, cost_figure, risk_figure, roc_figure, roc_floor
from vidocq.report.headline import bound_sentence, headline_of
from vidocq.report.language import language
from vidocq.report.matrix import matrix
from vidocq.report.numbers import UP, count, duration, moment, number, percent, rate
from vidocq.report.reading import (
    Audit,
    access_word,
    accesses_untested,
    kinds_untested,
    labels_alone,
    measured_rates,
    reasons_of,
    said,
)
from vidocq.report.remedies import remedies
from vidocq.report.tables import account, controls, cost, findings
from vidocq.report.tables.table import Table
from vidocq.report.tables.verdict import bounds
from vidocq.report.typography import plain, polished
from vidocq.report.words.glossary import GLOSSARY
from vidocq.report.words.limits import LIMITS
from vidocq.report.words.say import together, word
from vidocq.report.words.verdicts import SCOPES, TASKS, VERDICTS

SECTIONS = (
    "verdict", "bound", "matrix", "tests", "language", "exposed", "controls", "recipe", "untested", "precision", "cost",
    "population", "registration", "reproduce", "remedies", "limits", "conclusion", "glossary",
)  # fmt: skip

_DRAWN = ("reference_models", "queries")
"""Means of an attack whose success is drawn as well."""

_SHAPES = {
    AuditVerdict.LEAK_SHOWN: Markup('<path d="M22 3 41 22 22 41 3 22Z"/>'),
    AuditVerdict.NO_LEAK_ABOVE_BOUND: Markup('<circle cx="22" cy="22" r="16" fill="none" stroke-width="5"/>'),
    AuditVerdict.INCONCLUSIVE: Markup(
        '<circle cx="22" cy="22" r="16" fill="none" stroke-width="5" stroke-dasharray="9 7.75"/>'
    ),
}


@dataclass(frozen=True)
class Band:
    """One verdict, as it stands at the top of the page: told by its words, its shape and its colour."""

    name: str
    kind: str
    where: str
    shape: Markup
    reasons: Sequence[str]
    sentence: str
    bounds: Table
    registration: Table


def render_audit(audit: Mapping[str, Any], run: Mapping[str, Any], *, lang: Lang) -> str:
    """One self-contained page from audit.json and run.json. Same content, same bytes.

    audit, run  plain content of the two files; neither holds a personal value.
    """
    attacks = audit["attacks"]
    curves = [
        Curve(said(attack["title"], lang), [(point["fpr"], point["tpr"]) for point in attack["roc"]])
        for attack in attacks
        if attack.get("measured", True) and attack.get("roc")
    ]
    return (
        pages()
        .get_template("audit.html")
        .render(
            lang=lang.value,
            say=partial(word, lang=lang),
            sections=list(enumerate(sections_of(audit), start=1)),
            language=language(audit, lang),
            subject=_subject(audit, run, lang),
            lines=[polished(text.to(lang), lang) for text in headline_of(audit).values()],
            bands=[_band(audit, verdict, lang, position=n) for n, verdict in enumerate(audit["verdicts"], start=1)],
            cautions=[said(warning, lang) for warning in audit.get("warnings") or []],
            asked_twice=_asked_twice(audit, lang),
            endpoint=_endpoint(run, lang),
            by_record=audit["population"]["unit"] == "record" and audit["population"]["members"] > 0,
            matrix=matrix(audit, lang),
            tests=findings.tests(audit, lang) if attacks else None,
            significant=findings.marks(audit, lang),
            confidence=findings.confidence(audit, lang),
            overall=findings.overall(audit, lang) if attacks else None,
            results=findings.other_results(audit, lang),
            risk=_risk(audit, lang),
            roc=_roc(curves, lang),
            roc_table=findings.roc(curves, lang) if curves else None,
            panel=findings.panel(audit, lang),
            labels_alone=all(labels_alone(verdict) for verdict in audit["verdicts"]),
            grouped=bool((audit.get("exposure") or {}).get("groups")),
            reasons=bool((audit.get("exposure") or {}).get("causes")),
            everyone=[t for t in (everyone(audit, lang), groups(audit, lang), reasons(audit, lang)) if t is not None],
            positive=controls.positive_controls(audit, lang),
            controls=controls.other_controls(audit, lang),
            recipe=controls.recipe(audit, lang),
            recipe_passed=(audit.get("recipe_gate") or {}).get("passed"),
            untested=controls.untested(audit, lang),
            kinds=_kinds(audit, lang),
            precision=cost.precision(audit, lang),
            cost=cost.cost(audit, lang) if attacks else None,
            cost_figures=[(by, figure) for by in _DRAWN if (figure := _cost(audit, by, lang))],
            curves=[t for by in (*_DRAWN, "known_outsiders") if (t := cost.cost_curve(audit, by, lang))],
            time=_time(run, lang),
            population=account.population(audit, lang),
            command=None if run.get("command") is None else plain(str(run["command"])),
            reproduce=account.reproduce(audit, run, lang),
            ledger=bool((run.get("ledger") or {}).get("head")),
            leads=[
                [polished(text.to(lang), lang) for text in (lead.title, lead.because, lead.beware)]
                for lead in remedies(audit)
            ],
            limits=[polished(text.to(lang), lang) for text in LIMITS],
            attack_limits=[
                (said(attack["title"], lang), said(attack["limits"], lang))
                for attack in attacks
                if attack.get("limits")
            ],
            glossary=[(polished(term.to(lang), lang), polished(text.to(lang), lang)) for term, text in GLOSSARY],
            version=plain(str((audit.get("versions") or {}).get("vidocq", ""))),
        )
    )


def sections_of(audit: Audit) -> list[str]:
    """The sections of the page: what is told of language models only where the model is one."""
    return [name for name in SECTIONS if name != "language" or audit.get("language") is not None]


def notebook_html(audit: Mapping[str, Any], lang: Lang) -> str:
    """The verdict, its three lines and the attacks, as a fragment without ids, safe to show many times."""
    return (
        pages()
        .get_template("notebook.html")
        .render(
            lang=lang.value,
            say=partial(word, lang=lang),
            bands=[_band(audit, verdict, lang, position=n) for n, verdict in enumerate(audit["verdicts"], start=1)],
            lines=[polished(text.to(lang), lang) for text in headline_of(audit).values()],
            tests=findings.tests(audit, lang) if audit["attacks"] else None,
            significant=findings.marks(audit, lang),
        )
    )


@cache
def pages() -> Environment:
    return Environment(
        loader=PackageLoader("vidocq.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _band(audit: Audit, verdict: Mapping[str, Any], lang: Lang, *, position: int) -> Band:
    name = VERDICTS[verdict["verdict"]].to(lang)
    scope = str(verdict["scope"])
    known = SCOPES.get(scope)
    where = (
        f"{word('access', lang)} : {access_word(verdict['access'], lang)}. "
        f"{word('scope', lang)} : {plain(scope) if known is None else known.to(lang)}."
    )
    return Band(
        name=polished(name[0].upper() + name[1:], lang),
        kind=verdict["verdict"].replace("_", "-"),
        where=polished(where if lang is Lang.fr else where.replace(" :", ":"), lang),
        shape=_SHAPES[verdict["verdict"]],
        reasons=reasons_of(verdict, audit, lang),
        sentence=bound_sentence(audit, verdict).to(lang),
        bounds=bounds(audit, verdict, lang, position=position),
        registration=account.registration(audit, verdict, lang, position=position),
    )


def _subject(audit: Audit, run: Mapping[str, Any], lang: Lang) -> list[tuple[str, str]]:
    subject = audit.get("subject") or {}
    task = str(subject.get("task") or "")
    lines = [
        ("model", subject.get("model")),
        ("kind", subject.get("kind")),
        ("task", TASKS[task].to(lang) if task in TASKS else task or None),
        ("classes", None if not subject.get("classes") else count(subject["classes"], lang)),
        ("features", None if subject.get("features") is None else count(subject["features"], lang)),
        ("finished", moment(run.get("finished"), lang)),
    ]
    return [(word(name, lang), plain(str(value))) for name, value in lines if value is not None]


def _risk(audit: Audit, lang: Lang) -> Markup | None:
    worst: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    for attack, tested in measured_rates(audit):
        kept = worst.get(attack["id"])
        if kept is None or tested["risk"]["high"] > kept[1]["risk"]["high"]:
            worst[attack["id"]] = (attack, tested)
    if not worst:
        return None
    bars = []
    for attack, tested in worst.values():
        risk, alpha = tested["risk"], tested["alpha"]
        at = word("own_point", lang) if alpha is None else rate(alpha, lang)
        name = f"{said(attack['title'], lang)}, {at}"
        bars.append(Bar(name, risk["value"], risk["low"], risk["high"], percent(risk["high"], lang, rounding=UP)))
    tolerance = audit["verdicts"][0]["tau"]["average"]
    limit = rate(tolerance, lang)
    highest = max(bars, key=lambda bar: bar.high)
    return risk_figure(
        bars,
        tolerance,
        title=word("tests.risk_figure", lang),
        desc=word("tests.risk_desc", lang, tolerance=limit, highest=f"{highest.bound} ({highest.name})"),
        tolerance_label=f"{word('tests.tolerance', lang)} {limit}",
    )


def _roc(curves: Sequence[Curve], lang: Lang) -> Markup | None:
    if not curves:
        return None
    floor = rate(round(roc_floor(curves), 6), lang)
    desc = (
        word("tests.roc_one_desc", lang, floor=floor)
        if len(curves) == 1
        else word("tests.roc_desc", lang, number=len(curves), floor=floor)
    )
    return roc_figure(
        curves,
        lang,
        title=word("tests.roc", lang),
        desc=desc,
        x=word("tests.roc_x", lang),
        y=word("tests.roc_y", lang),
        chance=word("tests.chance", lang),
    )


def _cost(audit: Audit, by: str, lang: Lang) -> Markup | None:
    """Success by amount of one means, where an attack has more than one point."""
    points: dict[str, list[tuple[float, float]]] = {}
    for point in audit.get("cost_curve") or []:
        if point["by"] == by:
            points.setdefault(point["id"], []).append((point["amount"], point["auc"]["value"]))
    titles = {attack["id"]: said(attack["title"], lang) for attack in audit["attacks"]}
    curves = [Curve(titles[name], sorted(held)) for name, held in points.items() if len(held) > 1 and name in titles]
    if not curves:
        return None
    amounts = [int(amount) for curve in curves for amount, _ in curve.points]
    return cost_figure(
        curves,
        lang,
        name=f"cost-{by.replace('_', '-')}",
        title=word(f"cost.figure.{by}", lang),
        desc=word(
            "cost.figure_desc",
            lang,
            means=word(f"cost.figure_by.{by}", lang),
            least=min(amounts),
            most=max(amounts),
        ),
        x=word(f"cost.figure_x.{by}", lang),
        y=word("cost.figure_y", lang),
        chance=word("tests.chance", lang),
    )


def _kinds(audit: Audit, lang: Lang) -> list[str]:
    kinds = [polished(text.to(lang), lang) for text in kinds_untested(audit)]
    accesses = [access_word(name, lang) for name in accesses_untested(audit)]
    if accesses:
        kinds.append(word("untested.accesses", lang, accesses=together(accesses, lang)))
    return kinds


def _asked_twice(audit: Audit, lang: Lang) -> str | None:
    repeated = audit.get("repeated")
    if repeated is None:
        return None
    return word(
        "cost.repeated",
        lang,
        queries=count(repeated["queries"], lang),
        differing=count(repeated["differing"], lang),
    )


def _endpoint(run: Mapping[str, Any], lang: Lang) -> str | None:
    """What was asked of a served model, and the bill where a price was given."""
    asked = run.get("endpoint")
    if asked is None:
        return None
    told = word("cost.endpoint", lang, queries=count(asked["queries"], lang), requests=count(asked["requests"], lang))
    if asked["cost"] is None:
        return told
    bill = word("cost.bill", lang, cost=number(asked["cost"], lang), currency=plain(str(asked["currency"])))
    return f"{told} {bill}"


def _time(run: Mapping[str, Any], lang: Lang) -> str | None:
    seconds, machine = run.get("seconds"), run.get("machine") or {}
    if not seconds:
        return None
    engine = run.get("engine") or {}
    return word(
        "cost.time_ray" if engine.get("kind") == "ray" and engine.get("nodes") else "cost.time",
        lang,
        nodes=count(engine.get("nodes"), lang),
        total=duration(seconds.get("total"), lang),
        references=duration(seconds.get("references"), lang),
        workers=count(run.get("workers"), lang),
        cpus=count(machine.get("cpus"), lang),
    )
