"""The analysis of the status of each model, and of the use of the system: indices, tests, means, conclusion to sign."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from vidocq.checks.catalogue import INDICES
from vidocq.core.checking import Observation
from vidocq.core.days import day_of
from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.said import evidence_name, said
from vidocq.dossier.assessment.words import TITLES, PointState
from vidocq.dossier.decision import Decision
from vidocq.dossier.evidence import Piece
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.model import Indices, Model
from vidocq.report.documents.filter_figures import filter_figures
from vidocq.report.documents.tree import (
    Banner,
    Block,
    Document,
    Grid,
    Listing,
    Mark,
    Paragraph,
    Section,
    ToSign,
    same,
)
from vidocq.report.documents.words import FOOT, TONES, answer_of, subject
from vidocq.report.numbers import count, percent, share_with_interval
from vidocq.report.reading import access_word

TITLE = Text(
    fr="Analyse du statut des modèles au regard du RGPD", en="Analysis of the status of models under the GDPR"
)
NO_MODEL = Text(fr="Aucun modèle n'est décrit dans le dossier.", en="No model is described in the file.")
MODEL = Text(fr="Modèle « {name} »", en="Model “{name}”")
QUESTION = Text(
    fr="Question posée : des informations sur les personnes dont les données ont servi à l'entraînement peuvent-elles être "
    "tirées du modèle, par des moyens raisonnablement susceptibles d'être utilisés ? La réponse dépend de l'accès de celui qui "
    "essaie ; il y en a donc une par accès.",
    en="Asked: can information about the persons whose data served in training be drawn from the model, by means reasonably "
    "likely to be used? The answer depends on the access of whoever tries; so there is one for each access.",
)
BY_ACCESS = Text(fr="Modèle {name}, accès : {access}", en="Model {name}, access: {access}")
OF_SYSTEM = Text(fr="Usage du système qui encapsule {name}", en="Use of the system that embeds {name}")
REVIEW = Text(fr="Réexamen", en="Review")
VULNERABLE = Text(fr="Vulnérabilité trouvée après diffusion", en="Vulnerability found after release")
RESTS_ON = Text(fr="D'après : {facts}.", en="On: {facts}.")
STILL_ASKED = Text(fr="Réponses manquantes :", en="Missing answers:")
ALL_INDICES = Text(fr="Indices, appréciés et mesurés", en="Indices, judged and measured")
INDEX = Text(fr="Indice", en="Index")
JUDGED = Text(fr="Apprécié", en="Judged")
MEASURED = Text(fr="Mesuré", en="Measured")
NOT_SAID = Text(fr="non apprécié", en="not judged")
NO_THRESHOLD = Text(
    fr="Aucun seuil n'est publié pour ces indices : une personne les apprécie, au vu des mesures.",
    en="No threshold is published for these indices: a person judges them, in view of the measurements.",
)
TESTS = Text(fr="Attaques et essais de filtres", en="Attacks, and trials of filters")
TEST = Text(fr="Mesure", en="Measurement")
ACCESS = Text(fr="Accès", en="Access")
FOUND = Text(fr="Constat", en="Finding")
FIGURES = Text(fr="Chiffres", en="Figures")
WHEN = Text(fr="Date et suite", en="Date and suite")
NO_TESTS = Text(
    fr="Aucune attaque n'a été menée contre ce modèle dans ce dossier : son silence ne prouve rien.",
    en="No attack was led against this model in this file: its silence proves nothing.",
)
CONCLUDE = Text(
    fr="Conclusion du responsable de traitement sur le statut de ce modèle, pour chaque accès, au vu des éléments ci-dessus :",
    en="Conclusion of the controller on the status of this model, for each access, in view of the elements above:",
)
CONTROLLER = Text(fr="Pour le responsable de traitement", en="For the controller")
DPO = Text(fr="Avis du délégué à la protection des données", en="Opinion of the data protection officer")
LIMITS = Text(
    fr="Ces constats valent pour les attaques menées, l'accès et les moyens indiqués, à leur date. Ce qui n'a pas été testé "
    "n'est pas exclu ; une attaque publiée depuis, une nouvelle version ou un accès plus large appellent un réexamen.",
    en="These findings hold for the attacks led, the access and the means stated, at their date. What was not tested is not ruled "
    "out; an attack published since, a new version or a wider access call for a review.",
)
SCOPES: Final = {
    "model": Text(fr="modèle seul", en="bare model"),
    "system": Text(fr="système entier", en="whole system"),
}
FIGURE_WORDS: Final = {
    "b_avg": Text(
        fr="borne de l'excès de risque, en moyenne : {value}", en="bound of the excess risk, on average: {value}"
    ),
    "b_worst": Text(fr="pour les plus exposés : {value}", en="for the most exposed: {value}"),
    "tau_average": Text(fr="tolérance en moyenne : {value}", en="tolerance on average: {value}"),
    "tau_worst": Text(fr="pour les plus exposés : {value}", en="for the most exposed: {value}"),
    "members": Text(fr="membres : {value}", en="members: {value}"),
    "non_members": Text(fr="non-membres : {value}", en="non-members: {value}"),
    "references": Text(fr="modèles de référence : {value}", en="reference models: {value}"),
    "look": Text(fr="examen n° {value}", en="look no. {value}"),
}
_AS_SHARES: Final = frozenset({"b_avg", "b_worst", "tau_average", "tau_worst"})
RATE: Final = Text(
    fr="taux de vrais positifs à {alpha} de faux positifs : {rate}", en="true positive rate at {alpha} FPR: {rate}"
)
REACHES: Final = {
    "weights": Text(fr="poids du modèle", en="weights of the model"),
    "api": Text(fr="API", en="API"),
    "system": Text(fr="à travers le système", en="through the system"),
    "": Text(fr="non précisé", en="not said"),
}
LEVELS: Final = {
    "low": Text(fr="faible", en="low"),
    "some": Text(fr="présent", en="some"),
    "high": Text(fr="fort", en="high"),
}
_MEASURED_BY: Final = {
    "identifying_data": "index-identifiers",
    "rare_data": "index-rare-values",
    "repetition": "index-repetition",
    "size_ratio": "index-size-ratio",
    "overfitting": "index-train-test-gap",
    "lack_of_safeguards": "index-safeguards",
    "precedents": "index-precedents",
}


def status_analysis(assessed: Assessment) -> Document:
    """One section a model. Every answer of the rules, every index, every attack with its figures."""
    models = assessed.state.facts.models or ()
    sections = tuple(
        Section(
            id=f"model-{place}",
            title=MODEL.fill(name=model.title or model.id),
            blocks=tuple(_about(model, assessed)),
        )
        for place, model in enumerate(models, start=1)
    )
    empty = Section(id="none", title=TITLE, blocks=(Paragraph(NO_MODEL, "key"),))
    return Document(
        name="model-status",
        title=TITLE,
        subject=subject(assessed),
        sections=sections or (empty,),
        foot=(LIMITS, FOOT),
    )


def _about(model: Model, assessed: Assessment) -> Iterator[Block]:
    at = f"models.{model.id}"
    yield Paragraph(QUESTION)
    for decision in _decisions(assessed, "model-status", at):
        access = REACHES[decision.subject.removeprefix(at).removeprefix("/")]
        about = Text(
            fr=BY_ACCESS.fr.format(name=model.id, access=access.fr),
            en=BY_ACCESS.en.format(name=model.id, access=access.en),
        )
        yield from _answered(about, decision)
    for rule, words in (("system-status", OF_SYSTEM), ("review", REVIEW), ("vulnerability", VULNERABLE)):
        for decision in _decisions(assessed, rule, at):
            yield from _answered(words.fill(name=model.id), decision)
    yield _indices(model, assessed)
    yield Paragraph(NO_THRESHOLD, "note")
    pieces = [piece for piece in assessed.state.evidence.pieces if piece.subject == at and piece.access]
    newest = {(piece.measurement, piece.scope, piece.access): piece for piece in pieces}
    if newest:
        yield Grid(
            f"tests-{model.id}",
            TESTS,
            (TEST, ACCESS, FOUND, FIGURES, WHEN),
            tuple(_test(piece) for piece in newest.values()),
        )
    else:
        yield Paragraph(NO_TESTS, "key")
    yield ToSign(CONCLUDE, (CONTROLLER, DPO))


def _decisions(assessed: Assessment, rule: str, at: str) -> list[Decision]:
    return [one for one in assessed.decisions if one.rule == rule and one.subject.partition("/")[0] == at]


def _answered(about: Text, decision: Decision) -> Iterator[Block]:
    yield Banner(
        about,
        answer_of(decision),
        Text(
            fr=" ".join(reason.fr for reason in decision.reasons),
            en=" ".join(reason.en for reason in decision.reasons),
        ),
    )
    if decision.used:
        facts = said(decision.used, at_most=len(decision.used))
        yield Paragraph(Text(fr=RESTS_ON.fr.format(facts=facts.fr), en=RESTS_ON.en.format(facts=facts.en)), "note")
    if decision.missing and not decision.is_determined:
        yield Paragraph(STILL_ASKED, "note")
        yield Listing(tuple(decision.missing.values()))


def _indices(model: Model, assessed: Assessment) -> Grid:
    rows = []
    for name, measured in [
        *((name, _MEASURED_BY.get(name, "")) for name in Indices.model_fields if name != "judged_by")
    ]:
        level = getattr(model.indices, name)
        pieces = assessed.state.evidence.latest(measured, f"models.{model.id}") if measured else ()
        rows.append(
            (
                question(Indices.model_fields[name]),
                NOT_SAID if level is None else LEVELS[level],
                _figures(pieces[-1]) if pieces else TITLES[PointState.NOT_MEASURED],
            )
        )
    return Grid(f"indices-{model.id}", ALL_INDICES, (INDEX, JUDGED, MEASURED), tuple(rows))


def _test(piece: Piece) -> tuple[Text | Mark, ...]:
    state = PointState(str(piece.status))
    access = _both(lambda lang: access_word(piece.access, lang))
    scope = SCOPES.get(piece.scope, same(piece.scope))
    return (
        evidence_name(piece.measurement),
        Text(fr=f"{access.fr} ({scope.fr})", en=f"{access.en} ({scope.en})"),
        Mark(state.words, TONES[state]),
        _figures(piece),
        Text(fr=f"{day_of(piece.at).fr}, {piece.suite}", en=f"{day_of(piece.at).en}, {piece.suite}"),
    )


def _figures(piece: Piece) -> Text:
    """What a piece measured, in words; what is nested deeper is left to the ledger."""
    reason = piece.figures.get("reason")
    if isinstance(reason, dict) and {"fr", "en"} <= set(reason):
        return Text(fr=str(reason["fr"]), en=str(reason["en"]))
    judged = _judged(piece)
    if judged is not None:
        return judged
    told = [*_shares(piece), *_rates(piece), *filter_figures(piece)]
    return Text(fr=" ; ".join(one.fr for one in told), en="; ".join(one.en for one in told)) if told else same("—")


def _shares(piece: Piece) -> Iterator[Text]:
    for name, words in FIGURE_WORDS.items():
        value = piece.figures.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            wanted = percent if name in _AS_SHARES else _whole
            yield Text(
                fr=words.fr.format(value=wanted(value, Lang.fr)), en=words.en.format(value=wanted(value, Lang.en))
            )


def _rates(piece: Piece) -> Iterator[Text]:
    """True positive rates, at the false positive rates they were read at."""
    rates = piece.figures.get("rates")
    for one in rates if isinstance(rates, list) else []:
        if isinstance(one, dict) and one.get("measured") and isinstance(one.get("tpr"), dict):
            yield _both(partial(_rate, one))


def _rate(one: Mapping[str, Any], lang: Lang) -> str:
    return RATE.to(lang).format(rate=share_with_interval(one["tpr"], lang), alpha=percent(one["alpha"], lang))


def _both(write: Callable[[Lang], str]) -> Text:
    return Text(fr=write(Lang.fr), en=write(Lang.en))


def _whole(value: float, lang: Lang) -> str:
    return count(int(value), lang)


def _judged(piece: Piece) -> Text | None:
    """What the index itself says of its figures, None for other measurements, or figures of another version of it."""
    if piece.measurement not in INDICES:
        return None
    try:
        return INDICES[piece.measurement]().judge(Observation(figures=piece.figures)).reason
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
