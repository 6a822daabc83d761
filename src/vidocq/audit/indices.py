"""The indices of one model, from what its configuration permits; one that fails takes none of the others with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vidocq.audit.perform import Performed
from vidocq.audit.subject import Subject
from vidocq.checks.catalogue import INDICES
from vidocq.checks.indices.inputs import Answered, Index, IndexInputs
from vidocq.checks.indices.train_test_gap import TrainTestGap
from vidocq.core.arrays import BoolArray
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.errors import VidocqError
from vidocq.core.text import Text
from vidocq.dossier.evidence import Piece
from vidocq.dossier.facts.model import Model
from vidocq.targets.size import epochs_of, family_of, parameters_in, settings_of

SCHEMA = "vidocq.indices/1"
INDICES_FILE = "indices.json"
_DATA = ("members", "data")
_MODEL = (*_DATA, "model")


@dataclass(frozen=True)
class Measured:
    """One index: what was seen, and what that says."""

    card: CheckCard
    seen: Observation
    verdict: CheckVerdict

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.card.id,
            "title": self.card.title.to_dict(),
            "about": self.card.about,
            "status": str(self.verdict.status),
            "reason": self.verdict.reason.to_dict(),
            "figures": dict(self.seen.figures),
            "limits": self.card.limits.to_dict(),
        }


def index_inputs(
    subject: Subject,
    *,
    seed: int,
    quasi: tuple[str, ...] | None = None,
    performed: Performed | None = None,
    stated: Model | None = None,
) -> IndexInputs:
    """What there is: the members, what the model tells of itself, and, after an audit, what it answered.

    stated  what the file says of the model: its epsilon, and its number of parameters where that cannot be read from it.
    """
    parameters = parameters_in(subject.model, subject.fitted)
    inside = outside = None
    if performed is not None:
        side = performed.population.is_member_record
        inside, outside = _answered(performed, side), _answered(performed, ~side)
    return IndexInputs(
        members=subject.members,
        quasi=quasi,
        family=family_of(subject.model, subject.fitted),
        task="regression" if subject.model.classes is None else "classification",
        parameters=stated.parameters if parameters is None and stated is not None else parameters,
        epsilon=None if stated is None else stated.differential_privacy_epsilon,
        settings=settings_of(subject.recipe, subject.fitted),
        epochs=epochs_of(subject.recipe),
        inside=inside,
        outside=outside,
        seed=seed,
    )


def measure_indices(inputs: IndexInputs) -> list[Measured]:
    """Every index of the catalogue. The gap needs answers, and is left to an audit: the model is not asked unregistered."""
    asked = inputs.inside is not None
    return [_measured(index, inputs) for index in INDICES.defaults() if asked or not isinstance(index, TrainTestGap)]


def indices_content(measured: Sequence[Measured], *, inputs: dict[str, str], seed: int) -> dict[str, Any]:
    """The content of indices.json; it holds no time."""
    return {"schema": SCHEMA, "indices": [each.to_dict() for each in measured], "inputs": inputs, "seed": seed}


def pieces_of_indices(
    measured: Sequence[Measured], *, model: str, dataset: str, inputs: dict[str, str]
) -> list[Piece]:
    """Evidence about the model; what speaks of its data is evidence about the data set too, where that is named.

    A piece keeps the hashes of what its index read, so that an audit and `vidocq dossier index` leave the same.
    """
    pieces = []
    for each in measured:
        read = (*_MODEL, "non_members") if each.card.id == TrainTestGap.card.id else _MODEL
        about_data = dataset != "" and each.card.about == "data"
        for subject, names in [(model, read), *([(dataset, _DATA)] if about_data else [])]:
            pieces.append(
                Piece(
                    measurement=each.card.id,
                    subject=subject,
                    scope="model" if subject == model else "",
                    status=each.verdict.status,
                    figures=each.seen.figures or {"reason": each.verdict.reason.to_dict()},
                    inputs={name: value for name, value in inputs.items() if name in names},
                )
            )
    return pieces


def _measured(index: Index, inputs: IndexInputs) -> Measured:
    try:
        seen = index.measure(inputs)
        return Measured(index.card, seen, index.judge(seen))
    except VidocqError as error:
        return _failed(index, Text(fr=error.french or error.what, en=error.what))
    except Exception as error:  # noqa: BLE001 - a boundary: what was caught is told, without its message
        kind = type(error).__name__
        return _failed(index, Text(fr=f"La mesure a échoué ({kind}).", en=f"The measurement failed ({kind})."))


def _failed(index: Index, why: Text) -> Measured:
    return Measured(index.card, Observation(lacking=why), not_measured(why))


def _answered(performed: Performed, side: BoolArray) -> Answered:
    signals, person = performed.signals, performed.population.person
    return Answered(signals.target_loss[side], signals.target_correct[side], person[side])
