"""How long persons had, between the notice and the training, to exercise their rights."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import trainings

NONE = Text(
    fr="L'entraînement a commencé {days} jour(s) après l'information : aucun délai n'a été laissé.",
    en="Training began {days} day(s) after the notice: no interval was left.",
)
SOME = Text(
    fr="{days} jours séparent l'information de l'entraînement ; aucun délai n'est publié : une personne dit s'il suffit.",
    en="{days} days lie between notice and training; no interval is published: a person says whether it is enough.",
)


@dataclass(frozen=True)
class NoticeInterval:
    """Days between the two; none is not enough, and how many are is judged."""

    card: ClassVar = FileCheckCard(
        id="file-notice-interval",
        title=Text(fr="Délai entre information et entraînement", en="Interval between notice and training"),
        compares=Text(
            fr="Jours entre l'information des personnes et le premier entraînement sur le jeu.",
            en="Days between the notice and the first training on the set.",
        ),
        limits=Text(
            fr="Aucun délai n'est publié : la durée est comptée, une personne l'apprécie.",
            en="No interval is published: the days are counted, a person judges them.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            told = read.of(dataset.information, "told_on", at=f"{at}.information")
            days = trainings(dataset, file.facts, read)
            known = [day for day in days if day is not None]
            count = (min(known) - told).days if known and told is not None else None
            if count is not None and count < 1:
                yield Found(
                    status=Status.NOT_SATISFIED, reason=NONE.fill(days=count), subject=at, figures={"days": count}
                )
            elif count is None or None in days:
                yield lacking(read, at)
            else:
                yield Found(status=Status.TO_JUDGE, reason=SOME.fill(days=count), subject=at, figures={"days": count})
