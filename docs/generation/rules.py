"""docs/rules.md, from the cards."""

from vidocq.core.text import Lang
from vidocq.dossier.decision import UNDETERMINED, UNDETERMINED_TITLE, RuleCard
from vidocq.dossier.rules.catalogue import RULES
from vidocq.report.typography import polished

from generation.markdown import page, table


def rules_page() -> str:
    """One section per rule, in the order in which a file is read, in English then in French."""
    return page(
        "# Rules of the dossier · Règles du dossier",
        "Each rule is one file of `src/vidocq/dossier/rules`. It prints its value, the facts used, what is missing and its "
        f"reasons. Every rule can also answer `{UNDETERMINED}`: an answer is missing, and nothing is assumed in its place.",
        polished(
            "Chaque règle tient en un fichier de `src/vidocq/dossier/rules`. Elle affiche sa valeur, les faits utilisés, ce "
            f"qui manque et ses motifs. Chaque règle peut aussi répondre `{UNDETERMINED}` ({UNDETERMINED_TITLE.fr}) : une "
            "réponse manque, et rien n'est supposé à sa place.",
            Lang.fr,
        ),
        table(
            ("Rule · Règle", "Question", "Question (fr)"),
            [(f"`{kind.card.id}`", kind.card.title.en, polished(kind.card.title.fr, Lang.fr)) for kind in RULES],
        ),
        *(_section(kind.card) for kind in RULES),
    )


def _section(card: RuleCard) -> str:
    return "\n\n".join(
        [
            f"## `{card.id}`",
            f"**{card.title.en}.** {card.limits.en}",
            f"**{polished(card.title.fr, Lang.fr)}.** {polished(card.limits.fr, Lang.fr)}",
            table(
                ("Value · Valeur", "Meaning", "Sens"),
                [(f"`{value}`", words.en, polished(words.fr, Lang.fr)) for value, words in card.values.items()],
            ),
            f"Source: {card.source}",
        ]
    )
