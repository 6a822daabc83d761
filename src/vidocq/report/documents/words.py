"""Words and tones that the documents share."""

from typing import Final

from vidocq.core.days import day_of
from vidocq.core.text import Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.decision import UNDETERMINED, Decision
from vidocq.dossier.rules.catalogue import RULES
from vidocq.report.documents.tree import Mark, Tone, same

TONES: Final[dict[PointState, Tone]] = {
    PointState.NOT_SATISFIED: "bad",
    PointState.NOT_MEASURED: "unknown",
    PointState.INCONCLUSIVE: "unknown",
    PointState.TO_JUDGE: "judge",
    PointState.DEPARTED: "judge",
    PointState.SATISFIED: "good",
    PointState.NOT_APPLICABLE: "none",
}
_BAD: Final = {
    "leak_shown", "condition_missing", "not_open", "missing_exception", "not_allowed", "not_framed", "incomplete", "absent",
    "due_now", "notify_authority", "notify_persons", "tests_required", "fix",
}  # fmt: skip
_PLAIN: Final = {
    "not_relied_on", "not_needed", "no_processor", "none", "first_use", "not_concerned", "none_stated", "out", "not_required",
}  # fmt: skip
"""Answers that nothing has to be done about, which is no merit."""

NAME: Final = Text(fr="Système", en="System")
HEAD: Final = Text(fr="Tête du journal", en="Head of the ledger")
AS_OF: Final = Text(fr="État au", en="As of")
UNNAMED: Final = Text(fr="non nommé", en="not named")
FOOT: Final = Text(
    fr="Établi par Vidocq à partir du journal chaîné, dont la tête est imprimée ci-dessus : `vidocq dossier verify` le recalcule. "
    "Les faits viennent de ceux qui les ont déclarés.",
    en="Drawn up by Vidocq from the chained ledger whose head is printed above: `vidocq dossier verify` computes it again. "
    "Facts come from those who stated them.",
)


def subject(assessed: Assessment) -> tuple[tuple[Text, Text], ...]:
    """What stands under the title of every document."""
    name = assessed.state.facts.system.name
    return (
        (NAME, same(name) if name else UNNAMED),
        (AS_OF, day_of(assessed.today)),
        (HEAD, same(assessed.state.head[:16])),
    )


def marked(state: PointState, *, stale: bool = False) -> Mark:
    if stale:
        return Mark(
            Text(fr=f"{state.words.fr}, à actualiser", en=f"{state.words.en}, stale"),
            "judge" if TONES[state] == "good" else TONES[state],
        )
    return Mark(state.words, TONES[state])


def answer_of(decision: Decision) -> Mark:
    """The answer of a rule, in words. What no rule calls favourable is never drawn as good."""
    card = RULES[decision.rule].card
    if decision.value == UNDETERMINED:
        tone: Tone = "unknown"
    elif decision.value in _BAD:
        tone = "bad"
    elif decision.value in _PLAIN:
        tone = "none"
    else:
        tone = "good" if decision.value in card.favourable else "judge"
    return Mark(card.words(decision.value), tone)
