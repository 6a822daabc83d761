"""Whether data or a model that leaves the European Economic Area does so under a tool of chapter V."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor
from vidocq.dossier.reading import Reading, either
from vidocq.dossier.rules.collects import collects_alone
from vidocq.dossier.rules.items import every

INSIDE = Text(
    fr="Établi dans l'Espace économique européen : pas de transfert de ce fait.",
    en="Established in the European Economic Area: no transfer on that account.",
)
RECEIVES_NONE = Text(
    fr="Cet acteur ne reçoit ni données personnelles, ni modèle qui en garde.",
    en="This party receives neither personal data nor a model that keeps some.",
)
FROM_PERSONS = Text(
    fr="Cet acteur tient les données des personnes elles-mêmes : personne ne les lui transmet, ce n'est donc pas un transfert "
    "(lignes directrices 05/2021). Il répond du RGPD s'il vise ces personnes (article 3.2), risques du pays compris.",
    en="This party has the data from the persons themselves: nobody passes it on, so this is no transfer (Guidelines 05/2021). It "
    "answers to the GDPR if it targets these persons (article 3(2)), for the risks of the country as well.",
)
ADEQUATE = Text(
    fr="Une décision d'adéquation vise ce pays, selon la liste de la version {version} : à vérifier sur le site officiel.",
    en="An adequacy decision covers this country, by the list of version {version}: check it on the official site.",
)
PARTLY = Text(
    fr="L'adéquation ne vaut que pour certains organismes de ce pays : vérifier que celui-ci en fait partie.",
    en="Adequacy holds for some organisations of this country only: check that this is one of them.",
)
NOT_ON_LIST = Text(
    fr="L'adéquation est invoquée, mais ce pays n'est pas sur la liste de la version {version} : à vérifier sur le site officiel.",
    en="Adequacy is relied on, but this country is not on the list of version {version}: check it on the official site.",
)
CLAUSES = Text(
    fr="Des clauses types ou règles d'entreprise encadrent le transfert, et la loi du pays de destination a été évaluée.",
    en="Standard clauses or binding rules frame the transfer, and the law of the destination was assessed.",
)
NOT_ASSESSED = Text(
    fr="Des clauses types ou règles d'entreprise ne suffisent pas sans évaluer la loi du pays de destination (C-311/18).",
    en="Standard clauses or binding rules are not enough unless the law of the destination is assessed (C-311/18).",
)
DEROGATION = Text(
    fr="Une dérogation de l'article 49 s'interprète strictement et ne convient pas à des transferts répétés : à apprécier.",
    en="A derogation of article 49 is read strictly and does not suit repeated transfers: to be judged.",
)
NO_TOOL = Text(fr="Aucun outil n'encadre le transfert.", en="No tool frames the transfer.")
ELSEWHERE = Text(
    fr="Le jeu est hébergé ou consulté hors de l'Espace économique européen ({countries}) : dire quel acteur l'y reçoit.",
    en="The set is hosted or read outside the European Economic Area ({countries}): say which party receives it there.",
)


@dataclass(frozen=True)
class TransferRule:
    """Each party outside the EEA needs adequacy, or clauses and an assessment of the law there."""

    card: ClassVar = RuleCard(
        id="transfer",
        title=Text(fr="Transferts hors de l'Espace économique européen", en="Transfers outside the EEA"),
        values={
            "none": Text(fr="pas de transfert", en="no transfer"),
            "framed": Text(fr="encadré", en="framed"),
            "to_judge": Text(fr="à apprécier", en="to judge"),
            "not_framed": Text(fr="non encadré", en="not framed"),
        },
        source="GDPR, art. 44 to 49; EDPB, Guidelines 05/2021; CJEU, C-311/18; CNIL, AI how-to sheet 3",
        limits=Text(
            fr="La liste des pays est tenue à part et datée ; elle ne remplace pas celle de la Commission européenne.",
            en="The list of countries is kept apart and dated; it does not replace that of the European Commission.",
        ),
        favourable=frozenset({"none", "framed"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return (
            *every(self.card, facts, "actors", lambda actor: self._about(actor, facts)),
            *(decision for dataset in facts.datasets or () for decision in self._hosted(dataset.id, facts)),
        )

    def _about(self, actor: Actor, facts: Facts) -> Iterator[Decision]:
        read = Reading()
        at = f"actors.{actor.id}"
        country = read.of(actor, "country", at=at)
        if country is None:
            yield undetermined(self.card, read=read, subject=at)
            return
        if is_in_eea(country):
            yield decided(self.card, "none", INSIDE, read=read, subject=at)
            return
        receives = read.of(actor, "receives_data", at=at)
        if receives is False:
            yield decided(self.card, "none", RECEIVES_NONE, read=read, subject=at)
            return
        stated = read.of(actor, "has_data_from_persons_only", at=at)
        if stated or (stated is None and collects_alone(actor, facts, read)):
            yield decided(self.card, "none", FROM_PERSONS, read=read, subject=at)
            return
        tool = read.of(actor, "transfer_tool", at=at)
        if tool is None or receives is None:
            yield undetermined(self.card, read=read, subject=at)
            return
        value, reason = _framed(country, tool, read.of(actor, "transfer_assessed", at=at))
        if value is None:
            yield undetermined(self.card, reason, read=read, subject=at)
        else:
            yield decided(self.card, value, reason, read=read, subject=at)

    def _hosted(self, name: str, facts: Facts) -> Iterator[Decision]:
        """A set that lies outside the EEA with no party of this file there."""
        read = Reading()
        at = f"datasets.{name}"
        dataset = next(each for each in facts.datasets or () if each.id == name)
        where = sorted(set(read.of(dataset, "countries", at=at) or ()) - set(countries()["eea"]))
        there = either(actor.country in where for actor in facts.actors or () if actor.country)
        if where and not there:
            yield decided(self.card, "to_judge", ELSEWHERE.fill(countries=", ".join(where)), read=read, subject=at)


@cache
def countries() -> Mapping[str, Any]:
    """Lists of countries, with their version and the day on which they were checked."""
    return tomllib.loads(files(__package__).joinpath("countries.toml").read_text(encoding="utf-8"))


def is_in_eea(country: str | None) -> bool:
    return country in countries()["eea"]


def _framed(country: str, tool: str, assessed: bool | None) -> tuple[str | None, Text]:
    known = countries()
    if tool == "adequacy":
        if country in known["adequate"]:
            return "framed", ADEQUATE.fill(version=known["version"])
        if country in known["partly_adequate"]:
            return "to_judge", PARTLY
        return "to_judge", NOT_ON_LIST.fill(version=known["version"])
    if tool in {"standard_clauses", "binding_rules"}:
        if assessed is None:
            return None, NOT_ASSESSED
        return ("framed", CLAUSES) if assessed else ("not_framed", NOT_ASSESSED)
    return ("to_judge", DEROGATION) if tool == "derogation" else ("not_framed", NO_TOOL)
