"""One rule's decisions as plain text: the answer, the reasoning, what was used and what is missing."""

from collections.abc import Sequence

from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.said import said
from vidocq.dossier.decision import Decision, RuleCard
from vidocq.dossier.facts.names import item_name
from vidocq.report.typed import asked_line
from vidocq.report.typography import polished
from vidocq.report.words.citation import citation

USED = Text(fr="D'après : {facts}", en="On: {facts}")
SOURCE = Text(fr="Source : {source}", en="Source: {source}")


def explained_rule(card: RuleCard, decisions: Sequence[Decision], *, lang: Lang) -> str:
    """What `vidocq dossier explain RULE` prints."""
    lines = [f"{card.id} · {card.title.to(lang)}"]
    for decision in decisions:
        colon = " : " if lang is Lang.fr else ": "
        subject = f"{item_name(decision.subject).to(lang)}{colon}" if decision.subject else ""
        lines.append(f"{subject}{card.words(decision.value).to(lang)}")
        lines += [f"  - {reason.to(lang)}" for reason in decision.reasons]
        if decision.used:
            facts = said(decision.used, at_most=len(decision.used)).to(lang)
            lines.append(f"  {USED.fill(facts=facts).to(lang)}")
        lines += [f"  {asked_line(path, words, lang)}" for path, words in decision.missing.items()]
    lines += [SOURCE.fill(source=citation(card.source, lang)).to(lang), card.limits.to(lang)]
    return "\n".join(" " * (len(line) - len(line.lstrip())) + polished(line, lang) for line in lines)
