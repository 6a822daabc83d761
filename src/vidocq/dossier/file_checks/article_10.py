"""Whether the law that allows processing offence data fits the legal basis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file.choices import words_of
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading

FROM_A_LAW: Final = frozenset({"legal_obligation", "public_task"})
NO_OFFENCES = Text(fr="Aucune donnée d'infraction n'est déclarée.", en="No offence data is stated.")
NO_LAW = Text(
    fr="Des données d'infraction sans texte qui les autorise : en trouver un, ou les retirer.",
    en="Offence data and no law that allows it: find one, or remove the data.",
)
AGREES = Text(
    fr="Un texte est cité, et la base légale ({basis}) repose elle-même sur un texte.",
    en="A law is named, and the legal basis ({basis}) rests on a law itself.",
)
JUDGED = Text(
    fr="Un texte est cité, mais la base légale ({basis}) ne repose pas sur un texte : à apprécier.",
    en="A law is named, but the legal basis ({basis}) does not rest on a law: to be judged.",
)


@dataclass(frozen=True)
class ArticleTen:
    """The law that is named, beside the legal basis."""

    card: ClassVar = FileCheckCard(
        id="file-article-10",
        title=Text(fr="Texte autorisant les données d'infraction", en="Law allowing offence data"),
        compares=Text(
            fr="Données d'infraction déclarées, texte cité et base légale du jeu.",
            en="Offence data stated, law named and legal basis of the set.",
        ),
        limits=Text(fr="Ne lit pas le texte cité.", en="Does not read the law that is named."),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset in file.facts.datasets or ():
            read = Reading()
            at = f"datasets.{dataset.id}"
            offences = read.of(dataset, "offences", at=at)
            if offences is False:
                yield Found(status=Status.NOT_APPLICABLE, reason=NO_OFFENCES, subject=at)
                continue
            law = read.of(dataset, "article_10", at=at)
            basis = read.of(dataset, "legal_basis", at=at)
            if law == "" and offences:
                yield Found(status=Status.NOT_SATISFIED, reason=NO_LAW, subject=at)
            elif offences is None or law is None or basis is None:
                yield lacking(read, at)
            else:
                fits = basis in FROM_A_LAW
                yield Found(
                    status=Status.SATISFIED if fits else Status.TO_JUDGE,
                    reason=_with(AGREES if fits else JUDGED, words_of(basis, fact="legal_basis")),
                    subject=at,
                    figures={"basis": basis},
                )


def _with(words: Text, basis: Text) -> Text:
    return Text(words.fr.format(basis=basis.fr), words.en.format(basis=basis.en))
