"""Whether a party outside the Union needs a representative in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.transfers import is_in_eea

IN_THE_UNION = Text(
    fr="Établi dans l'Espace économique européen : aucun représentant n'est requis.",
    en="Established in the European Economic Area: no representative is required.",
)
NOT_TARGETED = Text(
    fr="Le système ne vise ni ne suit de personnes dans l'Union : l'article 27 ne s'applique pas.",
    en="The system neither targets nor monitors persons in the Union: article 27 does not apply.",
)
PUBLIC = Text(fr="Une autorité ou un organisme public en est dispensé.", en="A public authority or body is exempt.")
NAMED = Text(fr="Un représentant est désigné.", en="A representative is designated.")
ABSENT = Text(
    fr="Établi hors de l'Union, et le système y vise des personnes : un représentant doit y être désigné par écrit, sauf traitement "
    "occasionnel et sans données sensibles à grande échelle.",
    en="Established outside the Union, and the system targets persons there: a representative must be designated in writing, "
    "unless the processing is occasional and without sensitive data on a large scale.",
)


@dataclass(frozen=True)
class RepresentativeRule:
    """Outside the Union, yet about persons in it."""

    card: ClassVar = RuleCard(
        id="representative",
        title=Text(fr="Représentant dans l'Union", en="Representative in the Union"),
        values={
            "not_required": Text(fr="non requis", en="not required"),
            "designated": Text(fr="désigné", en="designated"),
            "absent": Text(fr="requis et absent, sauf dispense", en="required and absent, unless exempt"),
        },
        source="GDPR, art. 3(2) and 27",
        limits=Text(
            fr="N'apprécie pas le caractère occasionnel du traitement.",
            en="Does not judge whether processing is occasional.",
        ),
        favourable=frozenset({"not_required", "designated"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "actors", lambda actor: self._about(actor, facts))

    def _about(self, actor: Actor, facts: Facts) -> Iterator[Decision]:
        read = Reading()
        at = f"actors.{actor.id}"
        country = read.of(actor, "country", at=at)
        targets = read.of(facts.system, "targets_persons_in_eu", at="system")
        public = read.of(actor, "is_public_body", at=at)
        named = read.of(actor, "eu_representative", at=at)

        if is_in_eea(country):
            yield decided(self.card, "not_required", IN_THE_UNION, read=read, subject=at)
        elif targets is False:
            yield decided(self.card, "not_required", NOT_TARGETED, read=read, subject=at)
        elif country is None or targets is None:
            yield undetermined(self.card, read=read, subject=at)
        elif public:
            yield decided(self.card, "not_required", PUBLIC, read=read, subject=at)
        elif named:
            yield decided(self.card, "designated", NAMED, read=read, subject=at)
        elif named is False:
            yield decided(self.card, "absent", ABSENT, read=read, subject=at)
        else:
            yield undetermined(self.card, read=read, subject=at)
