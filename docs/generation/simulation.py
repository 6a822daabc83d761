"""docs/simulation.md and the block of the READMEs, from benchmarks/results/simulate.json."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.core.text import Lang, Text
from vidocq.report.numbers import DOWN, UP, count, number, percent, points, rate
from vidocq.report.typography import polished

from generation.markdown import page, table
from generation.stored import stored

FILE = "simulate.json"
ABSENT = Text(
    fr="*Pas encore mesuré : `make simulate` n'a pas été exécuté, ou son résultat n'a pas été conservé.*",
    en="*Not measured yet: `make simulate` has not been run, or its result has not been kept.*",
)
ALARMS_ALLOWED = 0.08
"""Of null targets that may be said to leak: 16 of 200."""
FEWEST_NO_LEAK, OFF_PREDICTION = 0.60, 0.10
FEWEST_CAUGHT, FEWEST_GATED, FEWEST_CONTROLS = 0.95, 0.90, 0.80


@dataclass(frozen=True)
class Demand:
    """What the rule has to show in a scenario: in words, the figure, and whether it is met (None: nothing to judge)."""

    text: Text
    figure: Callable[[Mapping[str, Any], Lang], str]
    met: Callable[[Mapping[str, Any]], bool | None]


TITLES = {
    "null_bounded": Text(
        fr="Cible qui n'a jamais vu les membres, recette qui fuit très peu",
        en="Target that never saw the members, recipe that hardly leaks",
    ),
    "null_leaky": Text(
        fr="Cible qui n'a jamais vu les membres, recette qui fuit",
        en="Target that never saw the members, recipe that leaks",
    ),
    "planted": Text(
        fr="Cible qui retient une part connue des membres", en="Target that remembers a known share of the members"
    ),
}


def simulation_page() -> str:
    """Everything `summarise` keeps, scenario by scenario."""
    opening = [
        "# Simulation: does the rule keep its word?",
        "`make simulate` runs the public `vidocq.audit`, training included, on UCI Adult, with targets whose truth is "
        "known. Each scenario has independent pools of reference models and several targets on each pool; members are "
        "drawn anew for each target. Intervals are 95 % Student intervals over the means of the pools, since targets "
        "of one pool are not independent, and never narrower than exact ones.",
        "**What was changed after looking.** Five things were set on earlier runs of this harness, on pools of other "
        "seeds; the runs below are on pools that had never been drawn. (1) The gap of line 9 is taken between excess "
        "losses. (2) The threshold of the panel has a floor. (3) The recipe of `null_bounded` draws a share of its "
        "records at random for each model: a target trained on *other* people varies with 1/n + 1/N around references "
        "that are parts of one pool of N and vary with 1/n - 1/N. With a plain logistic model, *no leak* came out for 31 "
        "of 80 targets (39 %) where 82 % was planned; with a fifth of the records drawn, for 134 of 200 (67 %), and "
        "attacks tuned to accuse 10 % accused 13 to 16 %; hence one record in twenty. (4) The plan counts with attacks "
        "that accuse from half to twice the share they are tuned for, and an audit foresees its odds again from the "
        "rates that its reference models show. The first plan promised 82 % for 6,000 persons a side where the new "
        "recipe gave 126 of 200 (63 %); from the references, 67 % was foreseen. (5) `null_bounded` has the 7,500 persons "
        "a side that the cautious plan wants for four chances in five.",
    ]
    found = stored(FILE)
    if found is None:
        return page(*opening, ABSENT.en)
    return page(*opening, *(_scenario(name, held) for name, held in sorted(found["scenarios"].items())))


def simulation_block(lang: Lang) -> str:
    """What the READMEs show: each demand on the rule, and the figure found."""
    found = stored(FILE)
    if found is None:
        return polished(ABSENT.to(lang), lang)
    rows = [
        [_title(name).to(lang), *row]
        for name, held in sorted(found["scenarios"].items())
        for row in _judged(name, held["summary"], lang)
    ]
    head = Text(fr="Cas simulé|Ce qui est demandé|Mesuré|Tenu ?", en="Simulated case|What is asked|Measured|Met?")
    return table(polished(head.to(lang), lang).split("|"), [[polished(cell, lang) for cell in row] for row in rows])


def _title(name: str) -> Text:
    return TITLES.get(name, Text(fr=f"`{name}`", en=f"`{name}`"))


def _judged(name: str, summary: Mapping[str, Any], lang: Lang) -> list[list[str]]:
    words = {
        True: Text(fr="oui", en="yes"),
        False: Text(fr="**non**", en="**no**"),
        None: Text(fr="non mesuré", en="not measured"),
    }
    return [
        [demand.text.to(lang), demand.figure(summary, lang), words[demand.met(summary)].to(lang)]
        for demand in DEMANDS.get(name, ())
    ]


def _share(held: Mapping[str, Any], lang: Lang) -> str:
    said = Text(fr="{count} sur {n} : {value} [{low} ; {high}]", en="{count} of {n}: {value} [{low}; {high}]")
    return said.to(lang).format(
        count=count(held["count"], lang),
        n=count(held["n"], lang),
        value=percent(held["value"], lang),
        low=points(held["low"], lang, rounding=DOWN),
        high=points(held["high"], lang, rounding=UP),
    )


def _verdict(name: str) -> Callable[[Mapping[str, Any], Lang], str]:
    return lambda summary, lang: _share(summary[name], lang)


def _predicted(summary: Mapping[str, Any], lang: Lang) -> str:
    said = Text(
        fr="prévu {} avant tout, {} au vu des modèles de référence", en="planned {}, {} once references are seen"
    )
    said = said.to(lang).format(*(percent(summary[f"{name}_no_leak"], lang) for name in ("planned", "predicted")))
    return f"{_share(summary['no_leak_above_bound'], lang)}, {said}"


def _as_predicted(summary: Mapping[str, Any]) -> bool | None:
    predicted, seen = summary["planned_no_leak"], summary["no_leak_above_bound"]["value"]
    if predicted is None:
        return None
    return bool(abs(seen - predicted) <= OFF_PREDICTION and seen >= FEWEST_NO_LEAK)


def _required_controls(summary: Mapping[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in summary["controls_caught"].items() if name.startswith("lira")}


def _few_alarms(summary: Mapping[str, Any]) -> bool:
    shown = summary["leak_shown"]
    return bool(shown["count"] <= ALARMS_ALLOWED * shown["n"])


FEW = Demand(
    Text(
        fr=f"*fuite démontrée* pour au plus {100 * ALARMS_ALLOWED:g} % des cibles",
        en=f"*leak shown* for at most {100 * ALARMS_ALLOWED:g} % of targets",
    ),
    _verdict("leak_shown"),
    _few_alarms,
)
CONTROLS = Demand(
    Text(
        fr=f"témoin positif vu par chaque attaque exigée, au moins {100 * FEWEST_CONTROLS:g} % du temps",
        en=f"positive control caught by each required attack, at least {100 * FEWEST_CONTROLS:g} % of the time",
    ),
    lambda summary, lang: ", ".join(
        f"`{name}` {percent(held['value'], lang)}" for name, held in _required_controls(summary).items()
    ),
    lambda summary: all(held["value"] >= FEWEST_CONTROLS for held in _required_controls(summary).values()),
)
DEMANDS: Mapping[str, tuple[Demand, ...]] = {
    "null_bounded": (
        FEW,
        Demand(
            Text(
                fr=f"*aucune fuite* au taux prévu, à {100 * OFF_PREDICTION:g} points près, et au moins "
                f"{100 * FEWEST_NO_LEAK:g} %",
                en=f"*no leak* at the predicted rate, within {100 * OFF_PREDICTION:g} points, and at least "
                f"{100 * FEWEST_NO_LEAK:g} %",
            ),
            _predicted,
            _as_predicted,
        ),
        CONTROLS,
    ),
    "null_leaky": (
        FEW,
        Demand(
            Text(
                fr=f"vérification de la recette échouée, au moins {100 * FEWEST_GATED:g} % du temps",
                en=f"recipe gate failed, at least {100 * FEWEST_GATED:g} % of the time",
            ),
            lambda summary, lang: _share(summary["gate_failed"], lang),
            lambda summary: bool(summary["gate_failed"]["value"] >= FEWEST_GATED),
        ),
    ),
    "planted": (
        Demand(
            Text(
                fr=f"*fuite démontrée*, au moins {100 * FEWEST_CAUGHT:g} % du temps",
                en=f"*leak shown*, at least {100 * FEWEST_CAUGHT:g} % of the time",
            ),
            _verdict("leak_shown"),
            lambda summary: bool(summary["leak_shown"]["value"] >= FEWEST_CAUGHT),
        ),
        CONTROLS,
    ),
}


def _scenario(name: str, held: Mapping[str, Any]) -> str:
    lang, asked, summary = Lang.en, held["scenario"], held["summary"]
    setting = (
        f"{count(asked['pools'], lang)} pools of {count(asked['references'], lang)} reference models, "
        f"{count(asked['targets'], lang)} targets on each; {count(asked['persons'], lang)} members and as many "
        f"non-members; tolerances {rate(asked['tau_average'], lang)} and {rate(asked['tau_worst'], lang)}."
    )
    verdicts = ("leak_shown", "no_leak_above_bound", "inconclusive")
    figures = [
        *((f"verdict `{verdict}`", _share(summary[verdict], lang)) for verdict in verdicts),
        ("recipe gate failed", _share(summary["gate_failed"], lang)),
        ("`no leak` predicted by the planner, before anything is asked", percent(summary["planned_no_leak"], lang)),
        ("`no leak` predicted from the reference models", percent(summary["predicted_no_leak"], lang)),
        *(
            (f"positive control caught by `{a}`", _share(s, lang))
            for a, s in sorted(summary["controls_caught"].items())
        ),
        ("most alarms among 20 negative controls", count(summary["most_alarms"], lang)),
        ("median B_avg", percent(summary["median_b_avg"], lang)),
        ("median B_worst", percent(summary["median_b_worst"], lang)),
        ("panel: mean TPR, mean FPR", _pair(summary["panel_tpr_fpr"], lang)),
    ]
    tests = [
        [
            f"`{test.replace('@None', '')}`",
            percent(summary["mean_tpr"][test], lang, digits=2),
            percent(summary["mean_fpr"][test], lang, digits=2),
            _share(summary["bounds_above_zero"][test], lang),
            _share(summary["bounds_below_zero"][test], lang),
        ]
        for test in sorted(summary["mean_tpr"])
    ]
    reasons = [[f"`{code}`", count(times, lang)] for code, times in sorted(summary["reasons"].items())]
    return "\n\n".join(
        part
        for part in (
            f"## {_title(name).en}",
            setting,
            table(("What is asked", "Measured", "Met?"), _judged(name, summary, lang)),
            table(("Figure", "Measured"), figures),
            "Tests, on the target. Where nothing leaks the true risk is 0, and each bound should hold it at its level.",
            table(("Test", "Mean TPR", "Mean FPR", "Upper bound at or above 0", "Lower bound at or below 0"), tests),
            table(("Reason given", "Times"), reasons),
        )
        if part
    )


def _pair(values: list[float] | None, lang: Lang) -> str:
    return number(None, lang) if values is None else ", ".join(percent(v, lang, digits=2) for v in values)
