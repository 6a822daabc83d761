"""What several parts of the report read in audit.json: a few questions, each answered once."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished
from vidocq.report.words.attacks import APART, KINDS, LANGUAGE_KINDS
from vidocq.report.words.say import WORDS
from vidocq.report.words.verdicts import ACCESS

Audit = Mapping[str, Any]

_POSSIBLE = {"regression": ["labels", "weights"], "language": ["text", "logprobs", "weights"]}
"""What could be served by a model of each task, besides labels, probabilities and weights."""


@dataclass(frozen=True)
class Evidence:
    """The test that speaks loudest, if one is significant. `risk` is an estimate as in audit.json."""

    title: Text
    alpha: float | None
    risk: Mapping[str, Any]
    p: float


@dataclass(frozen=True)
class Absent:
    """Something the audit was asked to measure and did not."""

    id: str
    title: Text
    reason: Text
    alpha: float | None = None


def both(build: Callable[[Lang], str]) -> Text:
    """The same sentence built once per language."""
    return Text(fr=build(Lang.fr), en=build(Lang.en))


def text_of(content: object) -> Text | None:
    """A `{"fr", "en"}` of audit.json, a plain string in both languages, or nothing."""
    if content is None:
        return None
    if isinstance(content, Mapping):
        return Text(fr=str(content["fr"]), en=str(content["en"]))
    return Text(fr=str(content), en=str(content))


def said(content: object, lang: Lang) -> str:
    """The same, in one language, with its typography; empty if absent."""
    text = text_of(content)
    return "" if text is None else polished(text.to(lang), lang)


def reasons_of(verdict: Mapping[str, Any], audit: Audit, lang: Lang) -> list[str]:
    """Why the verdict is what it is. Attacks, which audit.json cites by `id`, are called by their title."""

    def title(found: re.Match[str]) -> str:
        name = found.group(1)
        text = WORDS["panel"] if name == "panel" else title_of(name, audit)
        return Text(fr=f"« {text.fr} »", en=f"“{text.en}”").to(lang)

    told = (text_of(reason) for reason in verdict.get("reasons") or [])
    return [polished(re.sub(r"`([a-z0-9-]+)`", title, text.to(lang)), lang) for text in told if text is not None]


def access_word(raw: str, lang: Lang) -> str:
    """The words for an access level, or several joined by `|`, as audit.json writes them."""
    parts = [part.strip().lower().rpartition(".")[2] for part in raw.split("|")]
    return ", ".join(ACCESS[part].to(lang) if part in ACCESS else polished(part, lang) for part in parts)


def titles(audit: Audit) -> dict[str, Text]:
    """Title of each attack run, by id."""
    return {attack["id"]: text_of(attack["title"]) or Text(attack["id"], attack["id"]) for attack in audit["attacks"]}


def title_of(name: str, audit: Audit) -> Text:
    return titles(audit).get(name) or APART.get(name) or Text(fr=name, en=name)


def measured_rates(audit: Audit) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every (attack, rate) that counts: measured, with a risk."""
    for attack in audit["attacks"]:
        for rate in attack.get("rates") or []:
            if attack.get("measured", True) and rate.get("measured", True) and rate.get("risk") is not None:
                yield attack, rate


def rates_tested(audit: Audit) -> list[float]:
    """The rates alpha at which at least one attack was counted; the registered ones if nothing at all was counted."""
    every = {rate["alpha"] for _, rate in measured_rates(audit)}
    counted = every - {None}
    return sorted(counted if every else set(audit.get("alphas") or []))


def strongest(audit: Audit, *, error: float) -> Evidence | None:
    """The significant test with the smallest p, panel included; None if none is under `error`."""
    found = [
        Evidence(title_of(attack["id"], audit), rate["alpha"], rate["risk"], float(rate["p_holm"]))
        for attack, rate in measured_rates(audit)
        if rate.get("p_holm") is not None and rate["p_holm"] <= error
    ]
    return min(found, key=lambda evidence: (evidence.p, -evidence.risk["value"]), default=None)


def panel_speaks(audit: Audit) -> bool:
    """False where the recipe gate failed: the panel's figures then do not count."""
    gate = audit.get("recipe_gate")
    return gate is None or bool(gate["passed"])


def panel_is_significant(audit: Audit, *, error: float) -> bool:
    panel = audit.get("panel")
    return panel_speaks(audit) and panel is not None and panel.get("p_holm") is not None and panel["p_holm"] < error


def absences(audit: Audit) -> list[Absent]:
    """All that was asked for and not measured: stated, planned by the suite, or blind at one rate."""
    stated = [
        Absent(item["id"], title_of(item["id"], audit), text_of(item["reason"]) or WORDS["untested.no_reason"])
        for item in audit.get("not_measured") or []
    ]
    known = {absent.id for absent in stated}
    ran = {attack["id"] for attack in audit["attacks"] if attack.get("measured", True)}
    ran |= {result["id"] for result in audit.get("results") or []}
    expected = [*((audit.get("suite") or {}).get("attacks") or []), *(attack["id"] for attack in audit["attacks"])]
    planned = [
        Absent(name, title_of(name, audit), WORDS["untested.no_reason"])
        for name in dict.fromkeys(expected)
        if name not in ran | known
    ]
    rates = [
        Absent(attack["id"], title_of(attack["id"], audit), WORDS["untested.rate"], rate["alpha"])
        for attack in audit["attacks"]
        if attack.get("measured", True) and attack["id"] not in known
        for rate in attack.get("rates") or []
        if not rate.get("measured", True)
    ]
    return stated + planned + rates


def kinds_untested(audit: Audit) -> list[Text]:
    """The kinds of attack of which no measurement is in the audit."""
    ran = {attack["id"] for attack in audit["attacks"] if attack.get("measured", True)}
    ran |= {result["id"] for result in audit.get("results") or []}
    kinds = LANGUAGE_KINDS if is_language(audit) else KINDS
    return [text for ids, text in kinds if not ids & ran]


def accesses_untested(audit: Audit) -> list[str]:
    """The kinds of access that no verdict of the audit speaks of."""
    tested = {str(verdict["access"]).lower() for verdict in audit["verdicts"]}
    possible = _POSSIBLE.get(str((audit.get("subject") or {}).get("task")), ["labels", "probabilities", "weights"])
    return [name for name in possible if name not in tested]


def is_language(audit: Audit) -> bool:
    """Whether the model reads and writes text."""
    return (audit.get("subject") or {}).get("task") == "language"


def verdict_key(verdict: Mapping[str, Any]) -> str:
    """What tells a verdict from the others of an audit, for programs: its access, and its scope if it is no model's."""
    return str(verdict["access"] if verdict["scope"] == "model" else f"{verdict['access']}/{verdict['scope']}")


def labels_alone(verdict: Mapping[str, Any]) -> bool:
    """Whether the model was heard through labels alone, by the access or because it gives no more."""
    codes = {reason.get("code") for reason in verdict.get("reasons") or []}
    return verdict["access"] == "labels" or "labels-bound-no-worst-case" in codes
