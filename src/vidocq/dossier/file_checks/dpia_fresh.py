"""Whether the impact assessment is newer than what has changed, and has the DPO's opinion."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision, lacking, naming
from vidocq.dossier.reading import Reading

NOT_DUE = Text(fr="Aucune AIPD n'est nécessaire, d'après la règle.", en="No DPIA is needed, by the rule.")
CHANGED = Text(
    fr="L'AIPD du {day} précède {count} changement(s) : {paths}.",
    en="The DPIA of {day} comes before {count} change(s): {paths}.",
)
NO_OPINION = Text(fr="L'avis du DPO n'est pas au dossier.", en="The DPO's opinion is not in the file.")
FRESH = Text(
    fr="Aucun changement n'est inscrit depuis l'AIPD du {day}, et l'avis du DPO est au dossier.",
    en="Nothing stated has changed since the DPIA of {day}, and the DPO's opinion is in the file.",
)


@dataclass(frozen=True)
class DpiaFresh:
    """Its date against releases, ends of collection and vulnerabilities that came since."""

    card: ClassVar = FileCheckCard(
        id="file-dpia-fresh",
        title=Text(fr="AIPD à jour, avec l'avis du DPO", en="DPIA up to date, with the DPO's opinion"),
        compares=Text(
            fr="Date de l'AIPD et dates des changements inscrits (versions diffusées, données ajoutées, vulnérabilités) ; avis du "
            "DPO.",
            en="Date of the DPIA and dates of stated changes (releases, data added, vulnerabilities); opinion of the DPO.",
        ),
        limits=Text(
            fr="Ne lit pas l'AIPD : ni son contenu, ni la suite donnée à chaque mesure.",
            en="Does not read the DPIA: neither its content nor what became of each measure.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        (decision,) = file.decided("dpia")
        if decision.value == "not_required":
            yield Found(status=Status.NOT_APPLICABLE, reason=NOT_DUE)
            return
        if not decision.is_determined:
            yield by_decision(decision, {})
            return
        read = Reading()
        done = read.of(file.facts.impact, "done_on", at="impact")
        read.of(file.facts, "releases", at="")
        changes = dict(_changes(file, read))
        since = sorted(path for path, day in changes.items() if done and day is not None and done < day <= file.today)
        opinion = any(one.of == "dpo" for one in file.opinions)
        figures = {"changes": len(changes), "since": since, "opinion": opinion}
        if done is not None and since:
            told = CHANGED.fill(day=done.isoformat(), count=len(since), paths="{paths}")
            yield Found(status=Status.NOT_SATISFIED, reason=naming(told, paths=since), figures=figures)
        elif done is None or None in changes.values() or file.facts.releases is None:
            yield lacking(read, "", **figures)
        elif not opinion:
            yield Found(status=Status.NOT_MEASURED, reason=NO_OPINION, figures=figures)
        else:
            yield Found(status=Status.SATISFIED, reason=FRESH.fill(day=done.isoformat()), figures=figures)


def _changes(file: File, read: Reading) -> Iterator[tuple[str, datetime.date | None]]:
    """What is stated to have changed, by its path; None where the date is not stated."""
    for release in file.facts.releases or ():
        yield f"releases.{release.id}", read.of(release, "released_on", at=f"releases.{release.id}")
    for dataset in file.facts.datasets or ():
        if dataset.personal_data:
            at = f"datasets.{dataset.id}"
            yield at, read.of(dataset, "collected_until", at=at)
    for model in file.facts.models or ():
        found = model.vulnerability.found_on
        if found is not None:
            yield f"models.{model.id}.vulnerability", found
