"""Room to remember: what the model could store, against what it was shown."""

from dataclasses import dataclass
from typing import ClassVar

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import NO_MEMBERS, filled, followed
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.status import Status
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class SizeRatio:
    """Parameters for each training record."""

    card: ClassVar = CheckCard(
        id="index-size-ratio",
        title=Text(fr="Taille du modèle et des données", en="Size of the model and of the data"),
        measures=Text(
            fr="Paramètres appris par enregistrement d'entraînement, comptés dans le modèle.",
            en="Parameters learnt per training record, counted in the model.",
        ),
        baseline=Text(
            fr="Paramètres par cellule du jeu : à 1, le modèle pourrait tout retenir.",
            en="Parameters per cell of the set: at 1, the model could keep all of it.",
        ),
        source="CNIL, sheet on the status of AI models (2025); EDPB, opinion 28/2024",
        limits=Text(
            fr="De la place pour retenir n'est pas la preuve d'avoir retenu, et un petit modèle peut garder une ligne.",
            en="Room to remember is no proof of remembering, and a small model may keep a row.",
        ),
        about="model",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        if inputs.members is None:
            return Observation(lacking=NO_MEMBERS)
        if inputs.parameters is None:
            return Observation(lacking=_UNCOUNTED)
        n, d = len(inputs.members), len(inputs.members.columns)
        return Observation(
            figures={
                "parameters": inputs.parameters,
                "records": n,
                "per_record": inputs.parameters / n,
                "per_cell": inputs.parameters / (n * d),
            }
        )

    def judge(self, seen: Observation) -> CheckVerdict:
        """Always a person's."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        figures = seen.figures
        said = filled(
            _RATIO,
            parameters=figures["parameters"],
            n=figures["records"],
            record=f"{figures['per_record']:.3g}",
            cell=f"{figures['per_cell']:.3g}",
        )
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))


_UNCOUNTED = Text(
    fr="Les paramètres du modèle ne peuvent être comptés, et personne ne les a indiqués.",
    en="The model's parameters cannot be counted, and nobody stated them.",
)
_RATIO = Text(
    fr="{parameters} paramètres pour {n} enregistrements : {record} par enregistrement, {cell} par cellule.",
    en="{parameters} parameters for {n} records: {record} per record, {cell} per cell.",
)
