"""The three lines a lawyer can read aloud, and the sentence that says what the bounds mean."""

from collections.abc import Mapping
from typing import Any

from vidocq.attacks.structure import Structure
from vidocq.core.days import NO_BREAK
from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.cheapest import cheapest
from vidocq.report.numbers import DOWN, UP, count, p_value, percent, points, rate
from vidocq.report.reading import (
    Audit,
    Evidence,
    access_word,
    both,
    is_language,
    panel_is_significant,
    rates_tested,
    reasons_of,
    said,
    strongest,
    text_of,
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
        "cheapest": _polished_both(cheapest(audit, gravest)),
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


def _polished_both(text: Text) -> Text:
    return both(lambda lang: polished(text.to(lang), lang))
