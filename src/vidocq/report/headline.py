"""The three lines a lawyer can read aloud, and the sentence that says what the bounds mean."""

from collections.abc import Mapping
from typing import Any

from vidocq.attacks.structure import Structure
from vidocq.core.days import NO_BREAK
from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.numbers import DOWN, UP, count, p_value, percent, points, rate
from vidocq.report.reading import (
    Audit,
    Evidence,
    access_word,
    both,
    is_language,
    labels_alone,
    panel_is_significant,
    rates_tested,
    reasons_of,
    said,
    strongest,
    text_of,
    title_of,
)
from vidocq.report.typography import plain, polished
from vidocq.report.words.bound import (
    SENTENCE_AVERAGE,
    SENTENCE_NO_AVERAGE,
    SENTENCE_NO_WORST,
    SENTENCE_REST,
    SENTENCE_WORST,
    SENTENCE_WORST_ALONE,
)
from vidocq.report.words.headline import (
    ASKED,
    ASKED_OF_LANGUAGE,
    ASKED_WITHOUT_MEMBERS,
    DIRECT_BY_ASKING,
    DIRECT_FROM_FILE,
    WHEN_SPEAKING_OF,
)
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
from vidocq.report.words.say import either, together, word
from vidocq.report.words.verdicts import VERDICTS

Verdict = Mapping[str, Any]

_GRAVITY = (AuditVerdict.LEAK_SHOWN, AuditVerdict.INCONCLUSIVE, AuditVerdict.NO_LEAK_ABOVE_BOUND)


def headline(audit: Audit) -> dict[str, Text]:
    """What was asked and by whom; what was found, with its bound; the cheapest thing that could change the answer."""
    gravest = min(audit["verdicts"], key=lambda verdict: _GRAVITY.index(verdict["verdict"]))
    return {
        "asked": both(lambda lang: _asked(audit, lang)),
        "found": both(lambda lang: _found(audit, lang)),
        "cheapest": _polished_both(_cheapest(audit, gravest)),
    }


def headline_of(audit: Audit) -> dict[str, Text]:
    """The three lines audit.json already holds, or those computed from it."""
    written = audit.get("headline") or {}
    lines = {name: text_of(written.get(name)) for name in ("asked", "found", "cheapest")}
    complete = {name: text for name, text in lines.items() if text is not None}
    return complete if len(complete) == len(lines) else headline(audit)


def bound_sentence(audit: Audit, verdict: Verdict) -> Text:
    """The sentence of the verdict rule (line 15), its figures filled in."""
    return both(lambda lang: polished(_bound_sentence(audit, verdict, lang), lang))


def _bound_sentence(audit: Audit, verdict: Verdict, lang: Lang) -> str:
    average = _average(audit, verdict, lang)
    panel = audit.get("panel")
    worst = None if verdict["b_worst"] is None or panel is None else verdict["b_worst"]
    values = {
        "persons": "" if panel is None else count(panel["persons"], lang),
        "b_worst": "" if worst is None else share_points(worst, lang),
    }
    if average is not None and worst is not None:
        opening = f"{average} ; " if lang is Lang.fr else f"{average}; "
        opening += SENTENCE_WORST.to(lang).format(**values)
    elif average is not None:
        level = Text(fr=" (confiance de 95 %).", en=" (95 %).").to(lang)
        opening = f"{average}{level} {SENTENCE_NO_WORST.to(lang)}"
    elif worst is not None:
        opening = f"{SENTENCE_NO_AVERAGE.to(lang)} {SENTENCE_WORST_ALONE.to(lang).format(**values)}"
    else:
        opening = f"{SENTENCE_NO_AVERAGE.to(lang)} {SENTENCE_NO_WORST.to(lang)}"
    return f"{opening} {SENTENCE_REST.to(lang)}"


def share_points(value: float, lang: Lang) -> str:
    """A difference of rates, rounded up: 8.1 percentage points."""
    figure = points(max(value, 0.0), lang, rounding=UP)
    unit = Text(fr="points de pourcentage", en="percentage points")
    single = Text(fr="point de pourcentage", en="percentage point")
    few = value < 0.02 if lang is Lang.fr else value == 0.01
    return f"{figure}{NO_BREAK}{(single if few else unit).to(lang)}"


def _average(audit: Audit, verdict: Verdict, lang: Lang) -> str | None:
    if verdict["b_avg"] is None:
        return None
    alphas = [rate(alpha, lang) for alpha in rates_tested(audit)]
    sentence = SENTENCE_AVERAGE.to(lang)
    if not alphas:
        sentence = sentence.partition(", ")[2]
        sentence = sentence[0].upper() + sentence[1:]
    return sentence.format(
        alphas=either(alphas, lang) if alphas else "",
        b_avg=points(max(verdict["b_avg"], 0.0), lang, rounding=UP),
    )


def _asked(audit: Audit, lang: Lang) -> str:
    subject = audit.get("subject") or {}
    accesses = together(list(dict.fromkeys(access_word(v["access"], lang) for v in audit["verdicts"])), lang)
    model = plain(str(subject.get("model") or Text(fr="non nommé", en="without a name").to(lang)))
    question = ASKED
    if is_language(audit):
        question = ASKED_OF_LANGUAGE if audit["population"]["members"] else ASKED_WITHOUT_MEMBERS
    tolerances = {(v["tau"]["average"], v["tau"]["worst"], v["tau"].get("set_by")) for v in audit["verdicts"]}
    if len(tolerances) > 1:
        who = Text(
            fr="Les tolérances diffèrent selon l'accès : voir l'enregistrement préalable.",
            en="The tolerances differ by access: see the prior registration.",
        )
        return polished(f"{question.to(lang)} {who.to(lang)}".format(model=model, accesses=accesses), lang)
    average, worst, set_by = tolerances.pop()
    if set_by is None:
        who = Text(
            fr="Personne n'a fixé de tolérance avant l'audit : elle vaut 0.",
            en="Nobody set a tolerance before the audit: it is 0.",
        )
    else:
        who = Text(
            fr="Posée par {set_by}, qui tolère {average} en moyenne et {worst} dans le pire cas.",
            en="Asked by {set_by}, who tolerates {average} on average and {worst} in the worst case.",
        )
    return polished(
        f"{question.to(lang)} {who.to(lang)}".format(
            model=model,
            accesses=accesses,
            set_by=None if set_by is None else plain(str(set_by)),
            average=rate(average, lang),
            worst=rate(worst, lang),
        ),
        lang,
    )


def _found(audit: Audit, lang: Lang) -> str:
    several = len(audit["verdicts"]) > 1
    opening = Text(fr="Constat : ", en="Found: ").to(lang)
    parts: list[str] = []
    for verdict in audit["verdicts"]:
        name = VERDICTS[verdict["verdict"]].to(lang)
        where = _where(audit, verdict, lang) if several else ""
        told = f"{where}{name}. {_figures(audit, verdict, lang)}".rstrip()
        parts.append(told[0].upper() + told[1:] if parts else told)
    return polished(opening + " ".join(parts), lang)


def _where(audit: Audit, verdict: Verdict, lang: Lang) -> str:
    """What tells the verdicts of an audit apart: what they speak of, or else by which access."""
    if len({one["scope"] for one in audit["verdicts"]}) > 1:
        return WHEN_SPEAKING_OF[verdict["scope"]].to(lang)
    return (
        Text(fr="avec l'accès « {} »", en="with the access “{}”")
        .to(lang)
        .format(access_word(verdict["access"], lang))
    )


def _figures(audit: Audit, verdict: Verdict, lang: Lang) -> str:
    sentences = []
    if verdict["verdict"] == AuditVerdict.LEAK_SHOWN:
        evidence = strongest(audit, error=verdict["error"])
        direct = [result for result in audit.get("results") or [] if _settles(result, verdict)]
        if direct:
            sentences.append(_direct(direct[0], lang))
        elif evidence is not None:
            sentences.append(_evidence(evidence, lang))
        elif panel_is_significant(audit, error=verdict["error"]):
            sentences.append(
                Text(
                    fr="Le test des personnes les plus exposées est significatif.",
                    en="The test of the most exposed persons is significant.",
                ).to(lang)
            )
        else:
            sentences.extend(reasons_of(verdict, audit, lang)[:1])
    elif verdict["verdict"] == AuditVerdict.NO_LEAK_ABOVE_BOUND and (
        strongest(audit, error=verdict["error"]) or panel_is_significant(audit, error=verdict["error"])
    ):
        sentences.append(
            Text(
                fr="Une fuite plus petite que la tolérance a été détectée.",
                en="A leak smaller than the tolerance was detected.",
            ).to(lang)
        )
    if verdict["b_avg"] is None and verdict["scope"] != audit["verdicts"][0]["scope"]:
        return " ".join(sentences)  # of a system that was tested apart no bound was to be measured
    if verdict["b_avg"] is None:
        average = Text(fr="borne moyenne non mesurée", en="average bound not measured").to(lang)
    else:
        average = (
            Text(
                fr="borne moyenne : au plus {} personnes de plus reconnues sur 100 membres que sur 100 non-membres",
                en="average bound: at most {} more recognised of 100 members than of 100 non-members",
            )
            .to(lang)
            .format(points(max(verdict["b_avg"], 0.0), lang, rounding=UP))
        )
    if verdict["b_worst"] is None:
        worst = Text(fr="borne du pire cas non mesurée", en="worst-case bound not measured").to(lang)
    else:
        worst = (
            Text(fr="borne du pire cas : {} sur le panel", en="worst-case bound: {} on the panel")
            .to(lang)
            .format(share_points(verdict["b_worst"], lang))
        )
    join = " ; " if lang is Lang.fr else "; "
    sentences.append(f"{average[0].upper()}{average[1:]}{join}{worst}.")
    return " ".join(sentences)


def _settles(result: Mapping[str, Any], verdict: Verdict) -> bool:
    """Whether a result that settles a verdict settles this one, whose reasons name it."""
    told = [
        str(reason.get("en")) for reason in verdict.get("reasons") or [] if reason.get("code") == "direct-evidence"
    ]
    return bool(result.get("direct")) and any(f"`{result['id']}`" in text for text in told)


def _direct(result: Mapping[str, Any], lang: Lang) -> str:
    """Direct evidence comes before any statistic: it is there to be read."""
    line = DIRECT_FROM_FILE if result["id"] == Structure.card.id else DIRECT_BY_ASKING
    members, others = (
        None if not isinstance(side, Mapping) else percent(side["value"], lang)
        for side in (result.get("estimate"), result.get("control"))
    )
    none = word("matrix.beside", lang)
    return line.to(lang).format(
        quantity=said(result["quantity"], lang), members=members or none, others=others or none
    )


def _evidence(evidence: Evidence, lang: Lang) -> str:
    at = (
        Text(fr="à son point propre", en="at its own point").to(lang)
        if evidence.alpha is None
        else Text(fr="réglée à {} de faux positifs", en="tuned to {} of false positives")
        .to(lang)
        .format(rate(evidence.alpha, lang))
    )
    p = p_value(evidence.p, lang)
    return (
        Text(
            fr=(
                "L'attaque « {title} », {at}, reconnaît {value} personnes de plus sur 100 membres que sur "
                "100 non-membres [{low} ; {high}], p {p}."
            ),
            en=(
                "The attack “{title}”, {at}, recognises {value} more of 100 members than of 100 non-members "
                "[{low}; {high}], p {p}."
            ),
        )
        .to(lang)
        .format(
            title=plain(evidence.title.to(lang)),
            at=at,
            value=points(evidence.risk["value"], lang),
            low=points(evidence.risk["low"], lang, rounding=DOWN),
            high=points(evidence.risk["high"], lang, rounding=UP),
            p=p if p.startswith("<") else f"= {p}",
        )
    )


def _cheapest(audit: Audit, verdict: Verdict) -> Text:
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


def _polished_both(text: Text) -> Text:
    return both(lambda lang: polished(text.to(lang), lang))
