"""docs/attacks.md, from the cards."""

from collections.abc import Iterable

from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.attacks.one_run import OneRun
from vidocq.attacks.structure import Structure
from vidocq.audit.suite import LANGUAGE_SUITES, SUITES, Suite
from vidocq.core.access import Access
from vidocq.core.cards import AttackCard
from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished

from generation.markdown import page, table

ACCESS = {
    Access.NONE: Text(fr="aucun", en="none"),
    Access.LABELS: Text(fr="labels", en="labels"),
    Access.PROBABILITIES: Text(fr="probabilités", en="probabilities"),
    Access.LOGPROBS: Text(fr="log-probabilités des tokens", en="log-probabilities of tokens"),
    Access.TEXT: Text(fr="texte produit", en="generated text"),
    Access.WEIGHTS: Text(fr="poids", en="weights"),
}


def attacks_page() -> str:
    """One section per attack, in English then in French, and what each suite runs."""
    cards = [
        Blind.card,
        Structure.card,
        *(kind.card for kind in ATTACKS),
        *(kind.card for kind in ON_LANGUAGE),
        OneRun.card,
    ]
    return page(
        "# Attacks · Attaques",
        "Each attack is one file of `src/vidocq/attacks`. What follows is what its card says, in both languages.",
        "Chaque attaque tient en un fichier de `src/vidocq/attacks`. Ce qui suit est ce qu'en dit sa fiche, "
        "dans les deux langues.",
        "## Suites",
        _suites(SUITES.values()),
        "Of language models · Pour les modèles de langue :",
        _suites(LANGUAGE_SUITES.values()),
        *(_section(card) for card in cards),
    )


def _suites(suites: Iterable[Suite]) -> str:
    rows = [
        [
            f"`{suite.name}`",
            str(suite.version),
            ", ".join(f"`{a}`" for a in suite.attacks),
            ", ".join(f"`{a}`" for a in suite.required),
            str(suite.references),
            str(suite.panel),
        ]
        for suite in suites
    ]
    head = (
        "Suite",
        "Version",
        "Attacks · Attaques",
        "Required · Exigées",
        "Reference models · Modèles de référence",
        "Panel",
    )
    return table(head, rows)


def _section(card: AttackCard) -> str:
    facts = [
        ("Access needed · Accès nécessaire", f"{ACCESS[card.needs].en} · {ACCESS[card.needs].fr}"),
        ("Fewest reference models · Modèles de référence, au moins", str(card.references)),
        ("Baseline · Référence naïve", "yes · oui" if card.baseline else "no · non"),
        ("Several records of one person · Plusieurs enregistrements d'une personne", POOLING[card.pooling]),
        ("Source", card.source),
    ]
    if card.known_members:
        facts.insert(3, ("Shown to the attacker · Montré à l'attaquant", SHOWN))
    if card.discrete:
        facts.insert(3, ("Operating point · Point de fonctionnement", "its own · le sien"))
    return "\n\n".join(
        [
            f"## `{card.id}`",
            f"**{card.title.en}.** {card.limits.en}",
            f"**{card.title.to(Lang.fr)}.** {polished(card.limits.fr, Lang.fr)}",
            table(("", ""), facts),
        ]
    )


SHOWN = "a third of each side, not counted · un tiers de chaque côté, non compté"
POOLING = {
    "sum": "scores are added · les scores s'additionnent",
    "mean": "scores are averaged · on prend la moyenne des scores",
}
