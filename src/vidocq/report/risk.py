"""The scale of risk, the level of a file on it, and what it proposes, as text."""

from collections.abc import Iterator
from typing import Final

from vidocq.core.text import Lang, Text
from vidocq.dossier.risk import COUNTS, WORDS, Risk
from vidocq.report.typed import asked_line, command_in
from vidocq.report.typography import polished

TITLE: Final = Text(
    fr="Échelle de risque pour les personnes (la nôtre : aucune autorité n'en publie)",
    en="Scale of risk for persons (ours: no authority publishes one)",
)
LEVEL: Final = Text(fr="{mark} {rank}. {words}", en="{mark} {rank}. {words}")
COUNTED: Final = Text(fr="Faits qui l'élèvent ({count}) : {names}.", en="Facts that raise it ({count}): {names}.")
NONE: Final = Text(fr="aucun", en="none")
AT_LEAST: Final = Text(
    fr="Au moins ce niveau : {count} fait(s) manquent, qui peuvent l'élever.",
    en="At least this level: {count} fact(s) are missing, which may raise it.",
)
PROPOSED: Final = Text(fr="Mesures proposées :", en="Measures proposed:")


def risk_summary(found: Risk, *, lang: Lang) -> str:
    """The whole scale with a mark at the level, the facts that count, what is missing, what is proposed."""
    return "\n".join(polished(line, lang) for line in _lines(found, lang))


def _lines(found: Risk, lang: Lang) -> Iterator[str]:
    yield TITLE.to(lang)
    for level, words in WORDS.items():
        yield LEVEL.fill(mark=">" if level is found.level else " ", rank=int(level), words=words.to(lang)).to(lang)
    names = "; ".join(COUNTS[name].to(lang) for name in found.counts) or NONE.to(lang)
    yield COUNTED.fill(count=len(found.counts), names=names).to(lang)
    if found.is_least:
        yield AT_LEAST.fill(count=len(found.missing)).to(lang)
        for path, words in found.missing.items():
            yield f"  {asked_line(path, words, lang)}"
    yield PROPOSED.to(lang)
    for measure in found.measures:
        yield f"- {measure.title.to(lang)}"
        if measure.command:
            yield f"    {command_in(measure.command, lang)}"
