"""Whether the use of a system may be held out of scope: access, filters and tests on the whole system."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision

STATUSES: Final = {
    "not_concerned": Status.NOT_APPLICABLE,
    "in_scope": Status.NOT_SATISFIED,
    "leak_shown": Status.NOT_SATISFIED,
    "elements_in_favour": Status.SATISFIED,
}
"""A system that was not tested is not measured."""


@dataclass(frozen=True)
class SystemUse:
    """Access and filters as stated, with the audits of the system as a whole."""

    card: ClassVar = FileCheckCard(
        id="file-system-use",
        title=Text(fr="Usage du système tenu hors du champ", en="Use of the system held out of scope"),
        compares=Text(
            fr="Accès par le seul système, filtres, et audits du système entier sur la version inscrite.",
            en="Access through the system alone, filters, and audits of the whole system on the version stated.",
        ),
        limits=Text(
            fr="Ne juge pas la robustesse des filtres au-delà des attaques menées ; le modèle reste soumis au RGPD.",
            en="Does not judge filters beyond the attacks that were led; the model stays subject to the GDPR.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            for decision in file.decided("system-status", f"models.{model.id}"):
                yield by_decision(decision, STATUSES)
