"""Whether the exception of article 9 that is relied on agrees with the other facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.article_9 import SUPPOSES, supposed

NO_SENSITIVE = Text(fr="Aucune donnée sensible n'est déclarée.", en="No sensitive data is stated.")
AGREES = Text(
    fr="L'exception invoquée s'accorde avec les autres faits du dossier.",
    en="The exception relied on agrees with the other facts of the file.",
)
DISAGREES = Text(
    fr="L'exception invoquée ne s'accorde pas avec les autres faits du dossier (consentement, secteur ou recherche).",
    en="The exception relied on does not agree with the other facts of the file (consent, sector or research).",
)
JUDGED = Text(
    fr="Aucun autre fait ne permet de recouper cette exception : à apprécier. Une publication en ligne ne suffit pas.",
    en="No other fact can be set against this exception: to be judged. Being online is not enough.",
)


@dataclass(frozen=True)
class ArticleNine:
    """Consent against its proof, care and work against the sector, research against the project."""

    card: ClassVar = FileCheckCard(
        id="file-article-9",
        title=Text(fr="Exception de l'article 9 recoupée", en="Exception of article 9 set against other facts"),
        compares=Text(
            fr="Exception invoquée et faits qu'elle suppose : preuve et retrait du consentement, secteur, recherche.",
            en="Exception relied on and facts that it supposes: proof and withdrawal of consent, sector, research.",
        ),
        limits=Text(
            fr="Ne dit pas que l'exception est remplie : il écarte celles que d'autres faits contredisent.",
            en="Does not tell that the exception is met: it sorts out those that other facts contradict.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset in file.facts.datasets or ():
            read = Reading()
            at = f"datasets.{dataset.id}"
            sensitive = read.of(dataset, "special_categories", at=at)
            if sensitive is False:
                yield Found(status=Status.NOT_APPLICABLE, reason=NO_SENSITIVE, subject=at)
                continue
            exception = read.of(dataset, "article_9", at=at)
            if sensitive is None or exception is None:
                yield lacking(read, at)
                continue
            figures = {"exception": exception}
            told = exception in SUPPOSES
            agrees = supposed(dataset, file.facts, read) if told else None
            if not told:
                yield Found(status=Status.TO_JUDGE, reason=JUDGED, subject=at, figures=figures)
            elif agrees is None:
                yield lacking(read, at, **figures)
            else:
                status, reason = (Status.SATISFIED, AGREES) if agrees else (Status.NOT_SATISFIED, DISAGREES)
                yield Found(status=status, reason=reason, subject=at, figures=figures)
