"""Whether an impact assessment is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.assessment import Impact
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.personal import any_set_holds_persons, holds_persons

CRITERIA: Final = (
    "scoring", "automated_decision", "monitoring", "sensitive_data", "large_scale", "matching", "vulnerable_persons",
    "innovative", "blocks_a_right",
)  # fmt: skip
MEETS: Final = {
    "special_categories": "sensitive_data",
    "offences": "sensitive_data",
    "minors": "vulnerable_persons",
    "vulnerable": "vulnerable_persons",
}
"""Facts of a data set that meet a criterion by themselves."""
DENIED = Text(
    fr="Critère compté comme réuni : « {question} » a reçu « non », mais le jeu « {set} » dit le contraire.",
    en="Criterion counted as met: “{question}” was answered “no”, but the set “{set}” says otherwise.",
)
NO_PERSONS = Text(fr="Aucune donnée personnelle n'est traitée.", en="No personal data is processed.")
LISTED = Text(
    fr="Le traitement est sur la liste de ceux qui exigent une AIPD, ou dans un cas de l'article 35.3.",
    en="The processing is on the list that requires a DPIA, or one of the cases of article 35(3).",
)
EXEMPT = Text(fr="Il est sur la liste de ceux qui en sont dispensés.", en="It is on the list that is exempt.")
HIGH_RISK = Text(
    fr="Le système est à haut risque au sens du règlement IA : l'AIPD est présumée nécessaire.",
    en="The system is high-risk under the AI Act: a DPIA is presumed to be needed.",
)
PROHIBITED = Text(
    fr="La pratique est interdite par le règlement IA : la question d'une AIPD ne la rendrait pas licite.",
    en="The practice is prohibited by the AI Act: a DPIA would not make it lawful.",
)
GENERAL = Text(
    fr="Modèle de fondation ou à usage général : une AIPD est nécessaire dans la plupart des cas ; à apprécier.",
    en="Foundation or general-purpose model: a DPIA is needed in most cases; to be judged.",
)
TWO = Text(
    fr="Critères européens réunis : {count} sur 9. Deux suffisent.",
    en="European criteria met: {count} of 9. Two are enough.",
)
ONE = Text(
    fr="Un seul critère est réuni : une appréciation motivée est nécessaire.",
    en="One criterion is met: a reasoned judgement is needed.",
)
JUDGED = Text(
    fr="Un seul critère est réuni, et le responsable de traitement a jugé l'AIPD {answer_fr}.",
    en="One criterion is met, and the controller judged the DPIA {answer_en}.",
)
NONE_MET = Text(fr="Aucun des neuf critères n'est réuni.", en="None of the nine criteria is met.")


@dataclass(frozen=True)
class DpiaRule:
    """Lists first, then high risk, then the nine criteria: two make it due, one takes a judgement."""

    card: ClassVar = RuleCard(
        id="dpia",
        title=Text(
            fr="Analyse d'impact sur la protection des données (AIPD)", en="Data protection impact assessment (DPIA)"
        ),
        values={
            "required": Text(fr="nécessaire", en="required"),
            "to_judge": Text(fr="à apprécier", en="to judge"),
            "not_required": Text(fr="non nécessaire ; gardez-en les motifs", en="not required; keep the reasons"),
        },
        source="GDPR, art. 35; WP 248; CNIL, AI how-to sheet 5",
        limits=Text(
            fr="Les listes de la CNIL sont à consulter sur son site ; « innovant » vise une technique dont les risques sont mal "
            "connus, non l'IA en elle-même.",
            en="The authority's lists have to be looked up on its site; “innovative” means a technique whose risks are poorly "
            "known, not AI as such.",
        ),
        favourable=frozenset({"not_required"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return (self._about(facts, evidence),)

    def _about(self, facts: Facts, evidence: Evidence) -> Decision:
        read = Reading()

        def answer(value: str, *reasons: Text) -> Decision:
            return decided(self.card, value, *reasons, read=read)

        persons = any_set_holds_persons(facts, read, evidence)
        if persons is False:
            return answer("not_required", NO_PERSONS)
        impact = facts.impact
        listed = read.of(impact, "on_mandatory_list", at="impact")
        case = read.of(impact, "article_35_3_case", at="impact")
        ai_class = read.of(facts.system, "ai_act_class", at="system")
        general = read.of(facts.system, "is_general_purpose", at="system")
        elsewhere = met_elsewhere(facts, evidence, read)
        met = [_is_met(name, impact, elsewhere, read) for name in CRITERIA]
        count = met.count(True)
        if persons is None:
            return undetermined(self.card, read=read)
        if listed or case:
            return answer("required", LISTED)
        if ai_class == "high_risk":
            return answer("required", HIGH_RISK)
        if ai_class == "prohibited":
            return answer("to_judge", PROHIBITED)
        exempt = read.of(impact, "on_exempt_list", at="impact")
        lists_known = listed is False and case is False and ai_class is not None
        if exempt and lists_known:
            return answer("not_required", EXEMPT)
        if count > 1:
            return answer("required", TWO.fill(count=count))
        if general or ai_class in {"general_purpose", "systemic_risk"}:
            return answer("to_judge", GENERAL)
        if not lists_known or general is None or None in met:
            return undetermined(self.card, *([ONE] if count else []), read=read)
        if not count:
            return answer("not_required", NONE_MET)
        judged = read.of(impact, "judged_needed", at="impact")
        is_denied = any(getattr(impact, name) is False for name in elsewhere)
        if judged is None or (is_denied and not judged):
            return answer("to_judge", ONE)
        words = {
            "answer_fr": "nécessaire" if judged else "non nécessaire",
            "answer_en": "needed" if judged else "not needed",
        }
        return answer("required" if judged else "not_required", JUDGED.fill(**words))


def met_elsewhere(facts: Facts, evidence: Evidence, read: Reading) -> Mapping[str, str]:
    """Criteria that the facts of a data set meet, whatever was answered of them, each with the first such set."""
    found: dict[str, str] = {}
    for dataset in facts.datasets or ():
        if holds_persons(dataset, Reading(), evidence) is not False:
            for fact, criterion in MEETS.items():
                if read.against(dataset, fact, at=f"datasets.{dataset.id}"):
                    found.setdefault(criterion, dataset.id)
    return found


def _is_met(name: str, impact: Impact, elsewhere: Mapping[str, str], read: Reading) -> bool | None:
    said: bool | None = read.of(impact, name, at="impact")
    if name in elsewhere and said is False:
        read.remark(_denied(question(Impact.model_fields[name]), elsewhere[name]))
    return True if name in elsewhere else said


def _denied(asked: Text, dataset: str) -> Text:
    return Text(
        fr=DENIED.fr.format(question=asked.fr, set=dataset), en=DENIED.en.format(question=asked.en, set=dataset)
    )
