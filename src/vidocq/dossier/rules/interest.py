"""Whether the conditions of the legitimate interest are documented: interest, necessity, balance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from pydantic import BaseModel

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.items import every

OTHER_BASIS = Text(
    fr="Une autre base légale est retenue pour ce jeu.", en="Another legal basis was chosen for this set."
)
PROHIBITED = Text(
    fr="Le système sert une pratique interdite : l'intérêt ne peut pas être licite.",
    en="The system serves a prohibited practice: the interest cannot be lawful.",
)
LESS_SUFFICES = Text(
    fr="Une voie moins intrusive suffirait : le traitement n'est pas nécessaire.",
    en="A less intrusive way would be enough: the processing is not necessary.",
)
AGAINST = Text(
    fr="La mise en balance est défavorable : ajoutez des garanties, puis refaites-la.",
    en="The balancing test is against: add safeguards and do it again.",
)
IS_MISSING = Text(
    fr="Condition non remplie : « {question} » (non). À défaut d'un écart justifié, l'intérêt légitime ne peut pas être retenu.",
    en="Condition not met: “{question}” (no). Unless departed from with reasons, the legitimate interest cannot be relied on.",
)
FURTHER = Text(
    fr="Garanties supplémentaires recommandées et absentes : « {question} ».",
    en="Further safeguards that are recommended and absent: “{question}”.",
)
SENSITIVE_JUDGED = Text(
    fr="Conversations : que les données sensibles ne soient pas écartées est à apprécier par une personne.",
    en="Conversations: that sensitive data is not left out is for a person to judge.",
)
UNEXPECTED = Text(
    fr="Les personnes ne peuvent pas raisonnablement s'y attendre : à apprécier, avec les garanties prévues.",
    en="Persons cannot reasonably expect it: to be judged, with the safeguards planned.",
)
DOCUMENTED = Text(
    fr="Les trois conditions ont été examinées et leurs réponses gardées. Ce constat ne dit pas que l'intérêt l'emporte : cette "
    "appréciation revient au responsable de traitement.",
    en="The three conditions were examined and the answers kept. This does not say that the interest prevails: that is for "
    "the controller to judge.",
)

NEEDED: Final = (
    "described", "is_lawful", "is_real_and_present", "alternatives_examined", "benefits_described", "harms_described",
    "safeguards_described",
)  # fmt: skip
SCRAPING_NEEDED: Final = (
    "criteria_written_before", "unneeded_filtered", "site_types_excluded", "irrelevant_erased", "sensitive_excluded",
    "objecting_sites_excluded",
)  # fmt: skip
SCRAPING_FURTHER: Final = (
    "terms_respected", "no_login_only", "deny_list", "push_back_list", "pseudonymised_early", "widely_announced",
)  # fmt: skip
CONVERSATIONS_NEEDED: Final = ("users_informed", "opt_out_without_reason", "deidentified")


@dataclass(frozen=True)
class InterestRule:
    """Each condition one by one; web scraping and the reuse of conversations add theirs."""

    card: ClassVar = RuleCard(
        id="interest",
        title=Text(fr="Conditions de l'intérêt légitime", en="Conditions of the legitimate interest"),
        values={
            "not_relied_on": Text(fr="non invoqué", en="not relied on"),
            "condition_missing": Text(
                fr="une condition manque : non satisfait, sauf écart justifié",
                en="a condition is missing: not satisfied unless departed from with reasons",
            ),
            "to_judge": Text(fr="à apprécier", en="to judge"),
            "conditions_documented": Text(fr="conditions documentées", en="conditions documented"),
        },
        source="GDPR, art. 6(1)(f); CNIL, AI how-to sheets 8 and 8bis (June 2025); EDPB, Opinion 28/2024",
        limits=Text(
            fr="Ne dit jamais que l'intérêt légitime est fondé : il constate ce qui a été examiné et ce qui manque.",
            en="Never says that the interest is valid: it states what was examined and what is missing.",
        ),
        favourable=frozenset({"conditions_documented", "not_relied_on"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "datasets", lambda dataset: self._about(dataset, facts))

    def _about(self, dataset: DataSet, facts: Facts) -> Iterator[Decision]:
        read = Reading()
        at = f"datasets.{dataset.id}"
        basis = read.of(dataset, "legal_basis", at=at)
        if basis is not None and basis != "legitimate_interest":
            yield decided(self.card, "not_relied_on", OTHER_BASIS, read=read, subject=at)
            return
        looked = _Looked(read)
        looked.needs(facts.interest, NEEDED, at="interest")
        looked.fails_if(read.of(facts.system, "is_prohibited_practice", at="system"), PROHIBITED)
        looked.fails_if(read.of(facts.interest, "alternatives_suffice", at="interest"), LESS_SUFFICES)
        balance = read.of(facts.interest, "balance_found", at="interest")
        looked.fails_if(None if balance is None else balance == "against", AGAINST)
        looked.judge_if_not(read.of(facts.interest, "expected_by_persons", at="interest"), UNEXPECTED)
        origins = read.of(dataset, "origins", at=at)
        if origins is None:
            looked.unknown = True
        elif "scraping" in origins:
            looked.needs(dataset.scraping, SCRAPING_NEEDED, at=f"{at}.scraping")
            looked.recommends(dataset.scraping, SCRAPING_FURTHER, at=f"{at}.scraping")
        if "user_conversations" in (origins or ()):
            place = f"{at}.conversations"
            looked.needs(dataset.conversations, CONVERSATIONS_NEEDED, at=place)
            looked.judge_if_not(read.of(dataset.conversations, "sensitive_excluded", at=place), SENSITIVE_JUDGED)
        yield self._answer(looked, basis is None, read, at)

    def _answer(self, looked: "_Looked", basis_unknown: bool, read: Reading, subject: str) -> Decision:
        if basis_unknown:
            return undetermined(self.card, read=read, subject=subject)
        if looked.failed:
            return decided(self.card, "condition_missing", *looked.failed, *looked.advice, read=read, subject=subject)
        if looked.unknown:
            return undetermined(self.card, read=read, subject=subject)
        if looked.judged:
            return decided(self.card, "to_judge", *looked.judged, *looked.advice, read=read, subject=subject)
        return decided(self.card, "conditions_documented", DOCUMENTED, *looked.advice, read=read, subject=subject)


class _Looked:
    """What a look at the conditions brought: those that fail, those a person judges, those nobody answered."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        self.failed: list[Text] = []
        self.judged: list[Text] = []
        self.advice: list[Text] = []
        self.unknown = False

    def needs(self, group: BaseModel, names: tuple[str, ...], *, at: str) -> None:
        for name in names:
            said = self._read.of(group, name, at=at)
            self.fails_if(None if said is None else not said, _quoting(IS_MISSING, group, name))

    def recommends(self, group: BaseModel, names: tuple[str, ...], *, at: str) -> None:
        for name in names:
            if self._read.of(group, name, at=at) is False:
                self.advice.append(_quoting(FURTHER, group, name))

    def fails_if(self, failing: bool | None, reason: Text) -> None:
        self.unknown = self.unknown or failing is None
        if failing:
            self.failed.append(reason)

    def judge_if_not(self, said: bool | None, reason: Text) -> None:
        self.unknown = self.unknown or said is None
        if said is False:
            self.judged.append(reason)


def _quoting(sentence: Text, group: BaseModel, name: str) -> Text:
    words = question(type(group).model_fields[name])
    return Text(fr=sentence.fr.format(question=words.fr), en=sentence.en.format(question=words.en))
