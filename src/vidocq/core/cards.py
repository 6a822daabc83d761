"""The card of an attack or a check feeds the docs, the command line and the dossier."""

from dataclasses import dataclass
from typing import Literal

from vidocq.core.access import Access
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class AttackCard:
    """What an attack is, what it needs, where it comes from, what it cannot show.

    id          cited by configurations and dossiers: never reused, never redefined.
    title       a noun phrase.
    needs       the access below which it cannot run.
    source      paper or article.
    limits      what its silence, or its alarm, does not prove.
    references  fewest reference models it can speak from; 0 if it needs none.
    baseline    true for naive attacks that a real one has to beat; never required for a verdict.
    pooling     how the scores of one person's records become the person's score.
    discrete    true if the score has its own operating point instead of the rates alpha.
    known       share of the non-members that the attacker is shown, to learn from; they are not counted.
    known_members  share of the members that he is shown as well, as members; they are not counted either.
    stand_ins   true if reference models can stand in as target to fix thresholds; otherwise half of the non-members
                that are left fix them, and are not counted either.
    extra       what must have been collected besides the target's answers: `robustness` (the model is asked about
                changed records too), `trace` (losses logged in training) or `base` (the same tokens by the model that
                was fine-tuned); the attack is planned only where it is.
    """

    id: str
    title: Text
    needs: Access
    source: str
    limits: Text
    references: int = 0
    baseline: bool = False
    pooling: Literal["sum", "mean"] = "mean"
    discrete: bool = False
    known: float = 0.0
    known_members: float = 0.0
    stand_ins: bool = True
    extra: Literal["robustness", "trace", "base"] | None = None


@dataclass(frozen=True, kw_only=True)
class CheckCard:
    """What a check is, where it comes from, what it cannot show.

    id        cited by points and dossiers: never reused, never redefined.
    title     a noun phrase.   measures  what its figures are, in a sentence.
    baseline  the naive figure that stands beside its own.
    source    publication.   limits  what its silence, or its figure, does not prove.
    about     "data" where the figures speak of the training data, "model" where they need the model.
    """

    id: str
    title: Text
    measures: Text
    baseline: Text
    source: str
    limits: Text
    about: Literal["data", "model"]
