"""Blocks of docs/verdict.md: the numbers of the rule, and what they ask of an audit."""

from functools import cache
from typing import Any

from vidocq.audit.configuration import ALWAYS
from vidocq.audit.controls import NEGATIVE_CONTROLS
from vidocq.audit.needed import forecast
from vidocq.audit.persons.panel import ALPHA, FEWEST_MODELS, FEWEST_PERSONS, FEWEST_VOICES
from vidocq.audit.references.recipe_gate import WIDTH
from vidocq.audit.rule.verdict import BLIND_AUC_CEILING, NEGATIVE_ALARMS_ALLOWED
from vidocq.audit.sampling.population import FEWEST_PERSONS as FEWEST_A_SIDE
from vidocq.audit.sampling.population import SHARE_HIGH, SHARE_LOW
from vidocq.audit.suite import SUITES
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.text import Lang, Text
from vidocq.measure.looks import BUDGET, error_of_look
from vidocq.report.numbers import count, number, percent, rate
from vidocq.report.typography import polished

from generation.markdown import table

AVERAGES = (0.01, 0.02, 0.03, 0.05, 0.1)
WORSTS = (0.05, 0.1, 0.15, 0.2, 0.3)


def rule_numbers(lang: Lang) -> str:
    """Every constant of the rule, read from the code."""
    and_ = Text(fr=" et ", en=" and ").to(lang)
    to_ = Text(fr=" à ", en=" to ").to(lang)
    first = percent(error_of_look(1), lang, digits=2)
    rows = [
        ("1", Text(fr="personnes, au moins, de chaque côté", en="fewest persons a side"), str(FEWEST_A_SIDE)),
        (
            "2",
            Text(fr="taux toujours inscrits", en="rates always registered"),
            and_.join(rate(a, lang) for a in ALWAYS),
        ),
        (
            "4",
            Text(fr="erreur de tous les examens ; du premier", en="error of all looks together; of the first"),
            Text(fr="{} ; {}", en="{}; {}").to(lang).format(rate(BUDGET, lang), first),
        ),
        (
            "6",
            Text(fr="personnes du panel", en="persons of the panel"),
            ", ".join(f"{s.panel} (`{s.name}`)" for s in SUITES.values()),
        ),
        ("6", Text(fr="personnes, au moins, pour un panel", en="fewest persons for a panel"), str(FEWEST_PERSONS)),
        ("6", Text(fr="taux auquel le panel est compté", en="rate at which the panel is counted"), rate(ALPHA, lang)),
        (
            "6",
            Text(fr="modèles de référence, au moins, par moitié", en="fewest reference models in each half"),
            str(FEWEST_MODELS),
        ),
        (
            "6",
            Text(
                fr="modèles de A, au moins, avec une personne, et sans elle",
                en="fewest models of half A with a person, and without",
            ),
            str(FEWEST_VOICES),
        ),
        (
            "6",
            Text(
                fr="part des personnes dans chaque modèle de référence", en="share of persons in each reference model"
            ),
            to_.join((rate(SHARE_LOW, lang), rate(SHARE_HIGH, lang))),
        ),
        (
            "8",
            Text(
                fr="borne haute de l'AUC à l'aveugle, au plus, pour *aucune fuite*",
                en="highest upper bound of the blind AUC for *no leak*",
            ),
            number(BLIND_AUC_CEILING, lang),
        ),
        ("9", Text(fr="largeur, en écarts-types", en="width of the gate, in standard deviations"), f"{WIDTH:g}"),
        (
            "10",
            Text(fr="témoins négatifs ; alarmes admises", en="negative controls; alarms allowed"),
            Text(fr="{} ; {}", en="{}; {}").to(lang).format(NEGATIVE_CONTROLS, NEGATIVE_ALARMS_ALLOWED),
        ),
    ]
    head = Text(fr="Ligne|Quoi|Nombre", en="Line|What|Number").to(lang).split("|")
    return table(head, [[line, polished(what.to(lang), lang), polished(found, lang)] for line, what, found in rows])


def rule_power(lang: Lang) -> str:
    """What tolerances ask for, as `vidocq plan --power` says it for the standard suite."""
    persons = [[rate(tau, lang), count(_forecast(average=tau)["persons_per_side"], lang)] for tau in AVERAGES]
    models = [[rate(tau, lang), count(_forecast(worst=tau)["references"], lang)] for tau in WORSTS]
    average = Text(fr="Tolérance moyenne|Personnes de chaque côté", en="Average tolerance|Persons a side")
    worst = Text(fr="Tolérance du pire cas|Modèles de référence", en="Worst-case tolerance|Reference models")
    return f"{table(average.to(lang).split('|'), persons)}\n\n{table(worst.to(lang).split('|'), models)}"


@cache
def _forecast(*, average: float = 0.0, worst: float = 0.0) -> dict[str, Any]:
    terms = Terms(
        suite=SUITES["standard"],
        access=Access.granted_by("probabilities"),
        alphas=ALWAYS,
        seed=1,
        tau_average=average,
        tau_worst=worst,
        look=1,
        randomised=True,
        can_retrain=True,
    )
    return forecast(members=1000, non_members=1000, share=0.5, references=0, terms=terms)
