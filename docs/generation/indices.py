"""docs/indices.md, from the cards."""

from vidocq.checks.catalogue import INDICES
from vidocq.checks.indices.precedents import table as precedents
from vidocq.core.cards import CheckCard
from vidocq.core.text import Lang
from vidocq.report.typography import polished

from generation.markdown import page, table

ABOUT = {"data": "the training data · les données d'entraînement", "model": "the model · le modèle"}


def indices_page() -> str:
    """One section per index, in English then in French, and the table of published attacks."""
    return page(
        "# Indices · Indices",
        "Signs that a model may have memorised persons (sheet 13), computed by `vidocq audit` and `vidocq dossier index`. "
        "None has a published threshold: except for a plain zero, a person judges.",
        polished(
            "Indices de mémorisation de personnes par un modèle (fiche 13), calculés par `vidocq audit` et `vidocq dossier "
            "index`. Aucun n'a de seuil publié : hormis un zéro, une personne apprécie.",
            Lang.fr,
        ),
        *(_section(kind.card) for kind in INDICES),
        "## Published attacks · Attaques publiées",
        table(
            ("Attack · Attaque", "Families · Familles", "Tasks · Tâches", "Source", "Year · Année"),
            [
                (e["attack"], ", ".join(e["families"]), ", ".join(e["tasks"]), e["source"], str(e["year"]))
                for e in precedents()
            ],
        ),
    )


def _section(card: CheckCard) -> str:
    return "\n\n".join(
        [
            f"## `{card.id}`",
            f"**{card.title.en}.** {card.measures.en} {card.limits.en}",
            f"**{card.title.fr}.** {polished(f'{card.measures.fr} {card.limits.fr}', Lang.fr)}",
            table(
                ("", ""),
                [
                    ("Speaks of · Porte sur", ABOUT[card.about]),
                    (
                        "Naive figure beside · Référence naïve",
                        f"{card.baseline.en} · {polished(card.baseline.fr, Lang.fr)}",
                    ),
                    ("Source", card.source),
                ],
            ),
        ]
    )
