"""Whether what each audit recorded is enough to run it again, on the version that is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.model import Model
from vidocq.dossier.file_checks.audits import NO_AUDIT, audits_of
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading

FIGURES: Final = (
    "verdict",
    "registration",
    "look",
    "members",
    "non_members",
    "tau_average",
    "tau_worst",
    "b_avg",
    "b_worst",
)
INPUTS: Final = ("model", "members", "non_members")
OTHER_VERSION = Text(
    fr="Les audits portent sur une autre version que celle du dossier.",
    en="The audits are about another version than the file's.",
)
PARTIAL = Text(
    fr="Le compte rendu n'est pas complet ; il manque : {names}.", en="The report is not complete; missing: {names}."
)
COMPLETE = Text(
    fr="{count} audit(s) de la version inscrite, avec effectifs, bornes, inscription, empreintes et {attacks} mesure(s) "
    "d'attaque, défavorables comprises.",
    en="{count} audit(s) of the version stated, with counts, bounds, registration, hashes and {attacks} measurement(s) of "
    "attacks, unfavourable ones included.",
)


@dataclass(frozen=True)
class ReportOfTest:
    """Fields of the audits, hash of the model, and attacks recorded beside the verdict."""

    card: ClassVar = FileCheckCard(
        id="file-test-report",
        title=Text(fr="Compte rendu de test complet", en="Test report complete"),
        compares=Text(
            fr="Champs inscrits par chaque audit, empreinte du modèle testé et celle du modèle employé.",
            en="Fields that each audit recorded, hash of the model tested and that of the model used.",
        ),
        limits=Text(
            fr="Ne rejoue pas l'audit : `vidocq audit` le fait, à partir de la même configuration.",
            en="Does not run the audit again: `vidocq audit` does, from the same configuration.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            yield self._about(model, file)

    def _about(self, model: Model, file: File) -> Found:
        read = Reading()
        at = f"models.{model.id}"
        pieces = audits_of(file, at)
        if not pieces:
            return Found(status=Status.NOT_MEASURED, reason=NO_AUDIT, subject=at)
        version = read.of(model, "sha256", at=at)
        if version is None:
            return lacking(read, at)
        if not any(piece.inputs.get("model") == version for piece in pieces):
            return Found(status=Status.NOT_SATISFIED, reason=OTHER_VERSION, subject=at)
        own = [piece for piece in pieces if piece.inputs.get("model") == version]
        absent = {name for piece in own for name in FIGURES if name not in piece.figures}
        absent |= {name for piece in own for name in INPUTS if name not in piece.inputs}
        attacks = [
            piece
            for piece in file.evidence.pieces
            if piece.subject == at and piece.measurement != "audit" and piece.inputs.get("model") == version
        ]
        absent |= {"suite" for piece in own if not piece.suite} | ({"attacks"} if not attacks else set())
        figures = {"audits": len(own), "attacks": len(attacks), "absent": sorted(absent)}
        if absent:
            reason = PARTIAL.fill(names=", ".join(sorted(absent)))
            return Found(status=Status.NOT_SATISFIED, reason=reason, subject=at, figures=figures)
        reason = COMPLETE.fill(count=len(own), attacks=len(attacks))
        return Found(status=Status.SATISFIED, reason=reason, subject=at, figures=figures)
