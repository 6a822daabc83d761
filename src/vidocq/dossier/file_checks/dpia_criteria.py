"""Whether the nine criteria were all answered, and agree with what is said elsewhere in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking, naming
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.dpia import CRITERIA, met_elsewhere

CONTRADICTED = Text(
    fr="Répondu « non », alors que le dossier dit ailleurs le contraire : {criteria}.",
    en="Answered “no”, while the file says otherwise elsewhere: {criteria}.",
)
ANSWERED = Text(
    fr="Neuf critères sur neuf ont une réponse ; {met} sont réunis, et rien ne les contredit dans le dossier.",
    en="Nine criteria of nine are answered; {met} are met, and nothing in the file contradicts them.",
)


@dataclass(frozen=True)
class DpiaCriteria:
    """Criteria answered and met, with those that data sets or the system contradict."""

    card: ClassVar = FileCheckCard(
        id="file-dpia-criteria",
        title=Text(
            fr="Neuf critères de l'AIPD évalués sans contradiction", en="Nine criteria assessed and consistent"
        ),
        compares=Text(
            fr="Réponses aux neuf critères et autres faits : données sensibles, mineurs, personnes vulnérables.",
            en="Answers to the nine criteria and other facts: sensitive data, minors, vulnerable persons.",
        ),
        limits=Text(
            fr="« À grande échelle » et « innovant » restent des appréciations : aucun chiffre n'est publié.",
            en="“Large scale” and “innovative” remain judgements: no figure is published.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        read = Reading()
        answers = {name: read.of(file.facts.impact, name, at="impact") for name in CRITERIA}
        wrong = sorted(name for name in met_elsewhere(file.facts, file.evidence, read) if answers[name] is False)
        figures = {"answered": sum(value is not None for value in answers.values()), "of": len(CRITERIA)}
        met = sum(value is True for value in answers.values())
        if wrong:
            reason = naming(CONTRADICTED, criteria=[f"impact.{name}" for name in wrong])
            yield Found(status=Status.NOT_SATISFIED, reason=reason, figures={**figures, "contradicted": wrong})
        elif read.missing:
            yield lacking(read, "", **figures)
        else:
            yield Found(status=Status.SATISFIED, reason=ANSWERED.fill(met=met), figures={**figures, "met": met})
