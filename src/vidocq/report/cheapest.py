"""The cheapest thing that could change a verdict: of all levers, the first that applies."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.numbers import count, percent
from vidocq.report.reading import Audit, both, is_language, labels_alone, title_of
from vidocq.report.typography import plain
from vidocq.report.words.levers import (
    ASK_SUPPLIER,
    CHECK_RECIPE,
    DESCRIBE_FINE_TUNING,
    FIRST_REASON,
    NAME_TOLERANCES,
    PERSONS_BESIDES,
    RETRAIN,
    SAME_ORIGIN,
    TOKEN_PROBABILITIES,
    WIDER_ACCESS,
)
from vidocq.report.words.say import together

Verdict = Mapping[str, Any]


def cheapest(audit: Audit, verdict: Verdict) -> Text:
    """By fixed order: what costs a signature, then a file, then computing, then persons."""
    if verdict["verdict"] == AuditVerdict.NO_LEAK_ABOVE_BOUND:
        return Text(
            fr=(
                "Ce qui pourrait changer la réponse, au moindre coût : un accès plus large au modèle, ou une "
                "attaque que la suite ne contient pas ; pour en tenir compte, refaire l'audit à chaque "
                "nouvelle version de la suite."
            ),
            en=(
                "What could change the answer at least cost: a wider access to the model, or an attack that "
                "is not in the suite; to allow for it, repeat the audit with each new version of the suite."
            ),
        )
    if verdict["verdict"] == AuditVerdict.LEAK_SHOWN:
        return _cheapest_for_a_leak(verdict)
    lead = Text(
        fr="Ce qui pourrait changer la réponse, au moindre coût : ",
        en="What could change the answer at least cost: ",
    )
    lever = _first_lever(audit, verdict)
    return Text(fr=lead.fr + lever.fr, en=lead.en + lever.en)


def _cheapest_for_a_leak(verdict: Verdict) -> Text:
    if verdict["tau"].get("set_by") is None:
        return Text(
            fr=(
                "Ce qui pourrait changer la réponse, au moindre coût : un modèle corrigé (voir les pistes), "
                "audité avec des tolérances qu'une personne nommée aura fixées avant la première requête. "
                "Davantage de données ne feront pas disparaître une fuite démontrée."
            ),
            en=(
                "What could change the answer at least cost: a mended model (see the leads), audited with "
                "tolerances that a named person set before the first query. More data will not undo a leak "
                "that was shown."
            ),
        )
    return Text(
        fr=(
            "Ce qui pourrait changer la réponse, au moindre coût : un modèle corrigé (voir les pistes), "
            "puis un nouvel audit. Davantage de données ne feront pas disparaître une fuite démontrée."
        ),
        en=(
            "What could change the answer at least cost: a mended model (see the leads), then a new audit. More data "
            "will not undo a leak that was shown."
        ),
    )


def _first_lever(audit: Audit, verdict: Verdict) -> Text:
    """The first of the levers that applies, cheapest first."""
    levers = (
        ASK_SUPPLIER if not audit["population"]["members"] else None,
        NAME_TOLERANCES if verdict["tau"].get("set_by") is None else None,
        _recipe(audit),
        _same_origin(audit),
        WIDER_ACCESS if labels_alone(verdict) else None,
        TOKEN_PROBABILITIES if verdict["access"] == "text" else None,
        _references(audit),
        _more(audit),
        _required(audit),
        RETRAIN if audit.get("panel") is None else None,
    )
    return next((lever for lever in levers if lever is not None), FIRST_REASON)


def _recipe(audit: Audit) -> Text | None:
    gate = audit.get("recipe_gate")
    return None if gate is None or gate["passed"] else CHECK_RECIPE


def _same_origin(audit: Audit) -> Text | None:
    controls = audit.get("controls") or {}
    negative, blind = controls.get("negative"), controls.get("blind")
    differ = (negative is not None and not negative["passed"]) or (
        blind is not None and blind["auc"]["low"] > (0.5 if blind["needed"] else 0.55)
    )
    return SAME_ORIGIN if differ else None


def _required(audit: Audit) -> Text | None:
    """What the suite requires and did not get."""
    ran = {attack["id"] for attack in audit["attacks"] if attack.get("measured", True)}
    missing = [name for name in (audit.get("suite") or {}).get("required") or [] if name not in ran]
    if not missing:
        return None
    named = both(lambda lang: together([plain(title_of(name, audit).to(lang)) for name in missing], lang))
    return Text(
        fr=f"mesurer ce que la suite exige et qui manque : {named.fr}.",
        en=f"measuring what the suite requires and is missing: {named.en}.",
    )


def _references(audit: Audit) -> Text | None:
    """Where no reference model could be trained, more persons alone never bound the worst case."""
    needed = audit.get("needed")
    if not needed or needed.get("references") is not None or audit.get("references") or audit.get("panel"):
        return None
    lever = DESCRIBE_FINE_TUNING if is_language(audit) else RETRAIN
    population = audit["population"]
    here, persons = min(population["members"], population["non_members"]), needed.get("persons_per_side")
    if persons is None or persons <= here:
        return lever
    return both(
        lambda lang: f"{lever.to(lang)} {PERSONS_BESIDES.to(lang).format(count(persons, lang), count(here, lang))}"
    )


def _more(audit: Audit) -> Text | None:
    """More reference models, more persons, or both, as the planner counted them."""
    needed = audit.get("needed") or {}
    population = audit["population"]
    here = min(population["members"], population["non_members"])
    persons, references = needed.get("persons_per_side"), needed.get("references")
    more_persons = persons is not None and persons > here
    more_references = references is not None and references > (audit.get("references") or 0)
    if not more_persons and not more_references:
        return None

    def sentence(lang: Lang) -> str:
        parts = []
        if more_references:
            parts.append(
                Text(fr="{} modèles de référence (ici {})", en="{} reference models ({} here)")
                .to(lang)
                .format(count(references, lang), count(audit.get("references") or 0, lang))
            )
        if more_persons:
            parts.append(
                Text(fr="{} personnes de chaque côté (ici {})", en="{} persons on each side ({} here)")
                .to(lang)
                .format(count(persons, lang), count(here, lang))
            )
        chance = needed.get("predicted_no_leak")
        end = "."
        if chance is not None:
            end = (
                Text(
                    fr=" ; s'il n'y a pas de fuite, l'audit le dirait alors dans {} des cas.",
                    en="; if there is no leak, the audit would then say so in {} of cases.",
                )
                .to(lang)
                .format(percent(chance, lang, digits=0))
            )
        return together(parts, lang) + end

    return both(sentence)
