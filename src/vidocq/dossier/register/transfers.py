"""The column on transfers outside the European Economic Area, by what the rule "transfer" answered."""

from vidocq.core.text import Text
from vidocq.dossier.decision import UNDETERMINED, Decision
from vidocq.dossier.facts.actor import Actor
from vidocq.dossier.reading import Reading
from vidocq.dossier.register.content import personal_sets
from vidocq.dossier.register.entry import Column, column
from vidocq.dossier.register.parties import receiving
from vidocq.dossier.register.place import Place
from vidocq.dossier.register.words import TOOLS

NOT_DECIDED = Text(
    fr="Dire si les données ou le modèle atteignent cet acteur hors de l'Espace économique européen.",
    en="Say whether data or the model reach this party outside the EEA.",
)
WHICH_RECIPIENT = Text(
    fr="Le jeu est hébergé ou consulté hors de l'Espace économique européen : quel acteur l'y reçoit ?",
    en="The set is hosted or read outside the EEA: which party receives it there?",
)
SAFEGUARDS = Text(
    fr="Documents attestant de garanties appropriées (article 49.1, second alinéa), si cette dérogation les exige",
    en="Documents of suitable safeguards (article 49(1), second subparagraph), where that derogation asks for them",
)
NO_TRANSFER = Text(
    fr="Aucun transfert hors de l'Espace économique européen, d'après les pays déclarés.",
    en="No transfer outside the EEA, by the countries stated.",
)
TO_COUNTRY = Text(fr="{who}, {country} : {tool}", en="{who}, {country}: {tool}")


def transfers(place: Place, *, article: str) -> Column:
    """30.1.e and 30.2.c: each recipient outside the EEA, its country, and the tool that frames the transfer."""
    read = Reading()
    lines: list[Text] = []
    for name in receiving(place, read):
        lines += _to_actor(name, place, read)
    for dataset in personal_sets(place, read):
        read.of(dataset, "countries", at=f"datasets.{dataset.id}")
        found = place.transfers.get(f"datasets.{dataset.id}")
        if found is not None and found.value != "none":
            read.lacks(f"datasets.{dataset.id}.countries.recipient", WHICH_RECIPIENT)
    if not lines and not read.missing:
        lines = [NO_TRANSFER]
    title = Text(fr="Transferts hors de l'Espace économique européen", en="Transfers outside the EEA")
    return column(article, title, *lines, read=read)


def _to_actor(name: str, place: Place, read: Reading) -> list[Text]:
    actor = place.actor_named(name)
    found = place.transfers.get(f"actors.{name}")
    if actor is None or found is None or found.value == UNDETERMINED:
        _lacks(found, name, read)
        return []
    read.uses(f"decisions.transfer.actors.{name}", found.value)
    return [] if found.value == "none" else _line(actor, read)


def _lacks(found: Decision | None, name: str, read: Reading) -> None:
    for path, words in (found.missing if found else {}).items():
        read.lacks(path, words)
    if found is None or not found.missing:
        read.lacks(f"decisions.transfer.actors.{name}", NOT_DECIDED)


def _line(actor: Actor, read: Reading) -> list[Text]:
    at = f"actors.{actor.id}"
    country = read.of(actor, "country", at=at)
    tool = read.of(actor, "transfer_tool", at=at)
    title = read.of(actor, "title", at=at) or actor.id
    if country is None or tool is None:
        return []
    if tool == "derogation":
        read.lacks(f"{at}.safeguards_documented", SAFEGUARDS)
    return [
        Text(
            fr=TO_COUNTRY.fr.format(who=title, country=country, tool=TOOLS[tool].fr),
            en=TO_COUNTRY.en.format(who=title, country=country, tool=TOOLS[tool].en),
        )
    ]
