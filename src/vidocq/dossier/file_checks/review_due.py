"""Whether the status of each model is due for a review."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision

PAST = Text(
    fr="Le réexamen était prévu le {day} : la date est passée.",
    en="The review was planned on {day}: that date is past.",
)


@dataclass(frozen=True)
class ReviewDue:
    """What has changed since the last test, and the date of the next review against today."""

    card: ClassVar = FileCheckCard(
        id="file-review-due",
        title=Text(fr="Réexamen du statut à jour", en="Review of the status up to date"),
        compares=Text(
            fr="Empreinte, accès et vulnérabilités au regard du dernier audit ; date du prochain réexamen et date du jour.",
            en="Hash, access and vulnerabilities against the latest audit; date of the next review and today.",
        ),
        limits=Text(
            fr="Ne lit pas la littérature : une attaque publiée depuis doit être déclarée.",
            en="Does not read the literature: an attack published since has to be stated.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            at = f"models.{model.id}"
            day = model.next_review_on
            for decision in file.decided("review", at):
                if day is not None and day < file.today:
                    reason = PAST.fill(day=day.isoformat())
                    yield Found(
                        status=Status.NOT_SATISFIED, reason=reason, subject=at, figures={"day": day.isoformat()}
                    )
                else:
                    yield by_decision(decision, {"due_now": Status.NOT_SATISFIED, "planned": Status.SATISFIED})
