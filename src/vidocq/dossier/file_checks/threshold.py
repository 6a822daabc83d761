"""Whether tolerances were set and registered before results were seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.audits import NO_AUDIT, audits_of
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found

REGISTERED = Text(
    fr="{count} audit(s), chacun inscrit avant ses mesures avec ses tolérances ; premier examen de ces personnes.",
    en="{count} audit(s), each registered before it measured, with its tolerances; first look at these persons.",
)
NOT_REGISTERED = Text(
    fr="Des audits ne renvoient à aucune inscription préalable : {count}.",
    en="Audits that name no earlier registration: {count}.",
)
AGAIN = Text(
    fr="Les mêmes personnes ont été examinées plusieurs fois (jusqu'à {look}) : une tolérance a pu être choisie au vu de résultats.",
    en="The same persons were looked at several times (up to {look}): a tolerance may have been chosen in view of results.",
)
NO_TOLERANCE = Text(
    fr="Aucune tolérance n'est fixée : le verdict se lit au regard de zéro, ce qu'une personne apprécie.",
    en="No tolerance is set: the verdict is read against zero, which a person judges.",
)


@dataclass(frozen=True)
class ThresholdRegistered:
    """Registration, tolerances and count of looks of each audit."""

    card: ClassVar = FileCheckCard(
        id="file-threshold-registered",
        title=Text(fr="Tolérances inscrites avant le test", en="Tolerances registered before the test"),
        compares=Text(
            fr="Inscription préalable de chaque audit, tolérances et nombre d'examens des mêmes personnes.",
            en="Registration of each audit, its tolerances and how often the same persons were looked at.",
        ),
        limits=Text(
            fr="Dit que la tolérance précède le résultat, non qu'elle est justifiée : aucun seuil n'est publié.",
            en="Tells that the tolerance comes before the result, not that it is justified: no threshold is published.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            at = f"models.{model.id}"
            pieces = audits_of(file, at)
            if not pieces:
                yield Found(status=Status.NOT_MEASURED, reason=NO_AUDIT, subject=at)
                continue
            unregistered = sum(not piece.figures.get("registration") for piece in pieces)
            looks = max(_number(piece.figures.get("look")) for piece in pieces)
            without = sum(
                not any(_number(piece.figures.get(name)) for name in ("tau_average", "tau_worst")) for piece in pieces
            )
            figures = {"audits": len(pieces), "unregistered": unregistered, "looks": looks, "no_tolerance": without}
            if unregistered:
                status, reason = Status.NOT_SATISFIED, NOT_REGISTERED.fill(count=unregistered)
            elif looks > 1:
                status, reason = Status.TO_JUDGE, AGAIN.fill(look=f"{looks:g}")
            elif without:
                status, reason = Status.TO_JUDGE, NO_TOLERANCE
            else:
                status, reason = Status.SATISFIED, REGISTERED.fill(count=len(pieces))
            yield Found(status=status, reason=reason, subject=at, figures=figures)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
