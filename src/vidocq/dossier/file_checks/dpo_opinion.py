"""Whether the DPO was asked before training began."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading

NO_DPO = Text(fr="L'organisme n'a pas de DPO, d'après le dossier.", en="There is no DPO, by the file.")
NONE_GIVEN = Text(fr="Aucun avis du DPO n'est inscrit.", en="No opinion of the DPO is recorded.")
BEFORE = Text(
    fr="Premier avis inscrit le {given}, entraînement le {first}.",
    en="First opinion recorded on {given}, training on {first}.",
)
AFTER = Text(
    fr="Le premier avis est inscrit le {given}, après le début de l'entraînement ({first}) : il a pu être rendu plus tôt, à "
    "apprécier.",
    en="The first opinion is recorded on {given}, after training began ({first}): it may have been given earlier, to be "
    "judged.",
)


@dataclass(frozen=True)
class DpoOpinion:
    """The first opinion of the DPO in the ledger against the first training."""

    card: ClassVar = FileCheckCard(
        id="file-dpo-opinion",
        title=Text(fr="Avis du DPO avant l'entraînement", en="Opinion of the DPO before training"),
        compares=Text(
            fr="Date d'inscription du premier avis du DPO et premier entraînement.",
            en="Date on which the first opinion of the DPO was recorded and first training.",
        ),
        limits=Text(
            fr="Ne connaît que les avis inscrits au journal.", en="Knows only the opinions that the ledger holds."
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        read = Reading()
        us = [actor for actor in read.of(file.facts, "actors", at="") or () if actor.is_us]
        held = [read.of(actor, "has_dpo", at=f"actors.{actor.id}") for actor in us]
        if held and not any(one is not False for one in held):
            yield Found(status=Status.NOT_APPLICABLE, reason=NO_DPO)
            return
        given = sorted(one.at[:10] for one in file.opinions if one.of == "dpo" and one.at)
        if not given:
            yield Found(status=Status.NOT_MEASURED, reason=NONE_GIVEN)
            return
        models = read.of(file.facts, "models", at="") or ()
        days = [read.of(model, "training_started_on", at=f"models.{model.id}") for model in models]
        known: list[datetime.date] = [day for day in days if day is not None]
        first = min(known, default=None)
        late = first is not None and first.isoformat() < given[0]
        if first is None or (None in days and not late):
            yield lacking(read)
            return
        dates = {"given": given[0], "first": first.isoformat()}
        yield Found(
            status=Status.TO_JUDGE if late else Status.SATISFIED,
            reason=(AFTER if late else BEFORE).fill(**dates),
            figures=dates,
        )
