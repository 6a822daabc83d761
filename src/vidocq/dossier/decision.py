"""What a rule answers: a value, what it rests on, what it lacks, and why, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from vidocq.core.text import Text
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.reading import Reading

UNDETERMINED: Final = "undetermined"
UNDETERMINED_TITLE: Final = Text(fr="indéterminé", en="undetermined")


@dataclass(frozen=True, kw_only=True)
class RuleCard:
    """What a rule is.

    id      such as "legal-basis".   title  of the question it answers.
    values  every value it can return besides UNDETERMINED, with its words.
    source  articles and publications.   limits  what it does not decide: a human concludes.
    """

    id: str
    title: Text
    values: Mapping[str, Text]
    source: str
    limits: Text
    favourable: frozenset[str] = frozenset()

    def words(self, value: str) -> Text:
        return UNDETERMINED_TITLE if value == UNDETERMINED else self.values[value]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The answer for one subject.

    subject  "" for the whole system, else the path of what it is about, such as "models.triage" or
             "models.triage/api" where it holds for one access level.
    used     paths of facts and evidence, with their values.   missing  paths, with the question that asks for each.
    reasons  one sentence a step, in the order of the reasoning; contradictions that were noticed come last.
    contradicting  paths used that can only speak against the answer: nobody is asked for them.
    """

    rule: str
    value: str
    subject: str = ""
    used: Mapping[str, Any]
    missing: Mapping[str, Text]
    reasons: tuple[Text, ...]
    contradicting: frozenset[str] = frozenset()

    @property
    def is_determined(self) -> bool:
        return self.value != UNDETERMINED

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "value": self.value,
            "subject": self.subject,
            "used": dict(self.used),
            "missing": {path: words.to_dict() for path, words in self.missing.items()},
            "reasons": [reason.to_dict() for reason in self.reasons],
        }


class Rule(Protocol):
    """One file of `dossier/rules`: a frozen dataclass with a card and one pure method. Never raises on facts."""

    card: ClassVar[RuleCard]

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        """One decision for each subject; a single UNDETERMINED one where even the subjects are unknown."""
        ...


def decided(card: RuleCard, value: str, *reasons: Text, read: Reading, subject: str = "") -> Decision:
    """A decision. What was read and is missing stays with a determined one too: it did not matter, and one sees that."""
    return Decision(
        rule=card.id,
        value=value,
        subject=subject,
        used=read.used,
        missing=read.missing,
        reasons=tuple(dict.fromkeys((*reasons, *read.remarks))),
        contradicting=read.contradicting,
    )


def undetermined(card: RuleCard, *reasons: Text, read: Reading, subject: str = "") -> Decision:
    """No answer: a fact is missing. The last reason says so where the rule gave none."""
    words = reasons or (
        Text(
            fr="Une ou plusieurs réponses manquent : rien n'est supposé à leur place.",
            en="One or more answers are missing: nothing is assumed in their place.",
        ),
    )
    return decided(card, UNDETERMINED, *words, read=read, subject=subject)
