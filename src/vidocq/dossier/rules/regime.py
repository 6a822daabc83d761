"""Which legal regime the development falls under."""

from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor
from vidocq.dossier.reading import Reading, either
from vidocq.dossier.rules.personal import any_set_holds_persons
from vidocq.dossier.rules.transfers import is_in_eea

NO_PERSONAL_DATA = Text(
    fr="Aucun jeu ne contient de données personnelles : le RGPD ne s'applique pas. Gardez la preuve de cette absence.",
    en="No data set holds personal data: the GDPR does not apply. Keep the proof of that.",
)
SHOWN_ANONYMOUS = Text(
    fr="Les jeux qui en contenaient sont démontrés anonymes. L'anonymisation est elle-même un traitement soumis au RGPD.",
    en="The sets that held some are shown to be anonymous. Anonymising is itself processing under the GDPR.",
)
ONE_PERSON_IS_ENOUGH = Text(
    fr="Un jeu contient des données personnelles ; celles d'une seule personne suffisent.",
    en="A data set holds personal data; that of one person is enough.",
)
SAME_AS_DEPLOYMENT = Text(
    fr="L'usage opérationnel est fixé et unique : le développement suit le régime du déploiement.",
    en="The operational use is set and single: development follows the regime of deployment.",
)
MIXED_USES = Text(
    fr="L'usage n'est pas fixé, ou plusieurs régimes sont possibles au déploiement : le développement relève du RGPD.",
    en="The use is not set, or deployment may fall under several regimes: development falls under the GDPR.",
)
OUT_OF_TERRITORY = Text(
    fr="Ni l'établissement ni les personnes visées ne sont dans l'Union : le RGPD ne s'applique pas à ce titre.",
    en="Neither the establishment nor the persons targeted are in the Union: the GDPR does not apply on that account.",
)
ESTABLISHED_HERE = Text(
    fr="Le responsable de traitement est dit établi hors de l'Union, mais un acteur y est établi ({actors}) : le RGPD s'applique au "
    "traitement que celui-ci mène, comme responsable ou comme sous-traitant (article 3.1). Un sous-traitant n'y soumet pas, à lui "
    "seul, un responsable établi ailleurs.",
    en="The controller is said to be established outside the Union, but a party is established there ({actors}): the GDPR applies to "
    "the processing that it carries out, as controller or as processor (article 3(1)). A processor alone does not bring in a "
    "controller established elsewhere.",
)


@dataclass(frozen=True)
class RegimeRule:
    """No personal data, or anonymity shown: out. One operational use: as deployment. Otherwise: the GDPR."""

    card: ClassVar = RuleCard(
        id="regime",
        title=Text(fr="Régime juridique du développement", en="Legal regime of the development"),
        values={
            "out": Text(fr="hors du champ du RGPD", en="outside the GDPR"),
            "gdpr": Text(fr="RGPD", en="GDPR"),
            "law_enforcement": Text(fr="directive police-justice", en="Law Enforcement Directive"),
            "state_security": Text(
                fr="défense nationale et sûreté de l'État", en="national defence and State security"
            ),
        },
        source="GDPR, art. 2, 3, 4(1); CNIL, AI how-to sheets 0 and 1",
        limits=Text(
            fr="Ne dit pas si l'anonymat allégué est réel : il suit ce qui a été déclaré démontré.",
            en="Does not tell whether claimed anonymity is real: it follows what was stated to be shown.",
        ),
        favourable=frozenset({"out"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        read = Reading()
        covered = _in_territory(facts, read)
        personal = any_set_holds_persons(facts, read, evidence)
        if personal is False:
            return (decided(self.card, "out", *_why_out(facts), read=read),)
        if covered is False:
            return (decided(self.card, "out", OUT_OF_TERRITORY, read=read),)
        if personal is None or covered is None:
            return (undetermined(self.card, read=read),)
        use = read.of(facts.system, "operational_use", at="system")
        regimes = read.of(facts.system, "deployment_regimes", at="system")
        if use in {"several", "undefined"} and regimes is None:
            return (decided(self.card, "gdpr", ONE_PERSON_IS_ENOUGH, MIXED_USES, read=read),)
        if use is None or not regimes:
            return (undetermined(self.card, ONE_PERSON_IS_ENOUGH, read=read),)
        if use == "single" and len(set(regimes)) == 1:
            return (decided(self.card, regimes[0], ONE_PERSON_IS_ENOUGH, SAME_AS_DEPLOYMENT, read=read),)
        return (decided(self.card, "gdpr", ONE_PERSON_IS_ENOUGH, MIXED_USES, read=read),)


def _in_territory(facts: Facts, read: Reading) -> bool | None:
    established = read.of(facts.system, "is_established_in_eu", at="system")
    targets = read.of(facts.system, "targets_persons_in_eu", at="system")
    here = [actor.id for actor in facts.actors or () if _is_here(actor, read)]
    if here and established is False:
        read.remark(ESTABLISHED_HERE.fill(actors=", ".join(here)))
    return True if here else either([established, targets])


def _is_here(actor: Actor, read: Reading) -> bool:
    """True if it takes part and is established in the European Economic Area; who only published a set takes no part."""
    at = f"actors.{actor.id}"
    if actor.is_us is not True and set(read.against(actor, "places", at=at) or ()) == {"publisher"}:
        return False
    return is_in_eea(read.against(actor, "country", at=at))


def _why_out(facts: Facts) -> tuple[Text, ...]:
    sets = facts.datasets or ()
    return (SHOWN_ANONYMOUS,) if any(dataset.anonymity_shown for dataset in sets) else (NO_PERSONAL_DATA,)
