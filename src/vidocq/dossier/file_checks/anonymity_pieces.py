"""Whether the pieces of an anonymity file are there, and no test speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.model import Model
from vidocq.dossier.facts.names import fact_name
from vidocq.dossier.file_checks.audits import audits_of
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found

NOT_CLAIMED = Text(fr="L'anonymat du modèle n'est pas affirmé.", en="The model is not claimed to be anonymous.")
LEAK = Text(
    fr="Une fuite est démontrée : les pièces réunies ne peuvent appuyer l'anonymat.",
    en="A leak is shown: the pieces gathered cannot support anonymity.",
)
ABSENT = Text(fr="Pièces absentes du dossier : {names}.", en="Pieces that the file does not hold: {names}.")
PIECES: Final = {
    "dpia": Text(fr="AIPD, ou motif de son absence", en="DPIA, or why there is none"),
    "opinion.dpo": Text(fr="avis du DPO", en="opinion of the DPO"),
    "index-safeguards": Text(fr="garanties de l'entraînement, mesurées", en="safeguards in training, measured"),
    "audit": Text(fr="audit du modèle", en="audit of the model"),
}
GATHERED = Text(
    fr="Les {count} pièces attendues sont au dossier ; une personne dit si elles convainquent.",
    en="The {count} pieces expected are in the file; a person says whether they convince.",
)


@dataclass(frozen=True)
class AnonymityPieces:
    """DPIA or why there is none, opinion of the DPO, safeguards in training, tests: each there or not."""

    card: ClassVar = FileCheckCard(
        id="file-anonymity-pieces",
        title=Text(fr="Pièces du dossier d'anonymat", en="Pieces of the anonymity file"),
        compares=Text(
            fr="Pièces attendues (AIPD ou motif de son absence, avis du DPO, garanties d'entraînement, audit) et pièces "
            "inscrites.",
            en="Pieces expected (DPIA or why there is none, DPO's opinion, safeguards in training, audit) and pieces recorded.",
        ),
        limits=Text(
            fr="Compte des pièces ; ne dit jamais qu'un modèle est anonyme.",
            en="Counts pieces; never says that a model is anonymous.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            yield self._about(model, file)

    def _about(self, model: Model, file: File) -> Found:
        at = f"models.{model.id}"
        if model.anonymity_claimed is False:
            return Found(status=Status.NOT_APPLICABLE, reason=NOT_CLAIMED, subject=at)
        audits = audits_of(file, at)
        (dpia,) = file.decided("dpia")
        there = {
            "dpia": file.facts.impact.done_on is not None or dpia.value == "not_required",
            "opinion.dpo": any(one.of == "dpo" for one in file.opinions),
            "index-safeguards": any(
                piece.status is not Status.NOT_MEASURED for piece in file.evidence.latest("index-safeguards", at)
            ),
            "audit": bool(audits),
        }
        absent = sorted(name for name, held in there.items() if not held)
        figures = {"there": len(there) - len(absent), "of": len(there), "absent": absent}
        if any(piece.status is Status.NOT_SATISFIED for piece in audits):
            return Found(status=Status.NOT_SATISFIED, reason=LEAK, subject=at, figures=figures)
        if absent or model.anonymity_claimed is None:
            names = [PIECES[name] for name in absent] or [fact_name(f"{at}.anonymity_claimed")]
            reason = Text(
                ABSENT.fr.format(names=", ".join(name.fr for name in names)),
                ABSENT.en.format(names=", ".join(name.en for name in names)),
            )
            return Found(status=Status.NOT_MEASURED, reason=reason, subject=at, figures=figures)
        return Found(status=Status.SATISFIED, reason=GATHERED.fill(count=len(there)), subject=at, figures=figures)
