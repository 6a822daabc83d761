"""GLiNER: a model saved in a folder, asked for a few kinds, over chunks: it reads the beginning of a long text and drops the rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from vidocq.core.errors import ModelError
from vidocq.core.spans import Category
from vidocq.detect.adapters.chunks import over_chunks
from vidocq.detect.adapters.model import Entity, Recognise

LABELS: Final = {
    "person": Category.PERSON,
    "postal address": Category.ADDRESS,
    "date of birth": Category.BIRTH_DATE,
    "location": Category.LOCATION,
    "organization": Category.ORGANISATION,
}
THRESHOLD: Final = 0.5
TOKENS, OVERLAP = 192, 48  # words; half of what most models read, for a word may be several pieces


class Predicts(Protocol):
    """What of GLiNER's interface is used."""

    def predict_entities(self, text: str, labels: list[str], *, threshold: float) -> list[dict[str, Any]]: ...


def load(path: Path) -> Recognise:
    """The model in this folder. Raises ModelError if its weights are not safetensors: others are unpickled."""
    from gliner import GLiNER  # noqa: PLC0415 - an extra

    if not (path / "model.safetensors").is_file() or any(path.rglob("pytorch_model.bin")):
        raise ModelError(
            "the folder does not hold its weights as safetensors alone",
            where="model of kind gliner",
            fix="save the model with save_pretrained(…, safe_serialization=True); a .bin file could run code when read",
        )
    model = GLiNER.from_pretrained(str(path), local_files_only=True)
    return recogniser(model, longest=getattr(getattr(model, "config", None), "max_len", None))


def recogniser(model: Predicts, *, longest: int | None = None) -> Recognise:
    """A loaded model as a recogniser of texts of any length.   longest  words it reads at most, if it says so."""
    tokens = TOKENS if longest is None else max(2, min(TOKENS, longest))

    def entities(text: str) -> Iterator[Entity]:
        for found in model.predict_entities(text, list(LABELS), threshold=THRESHOLD):
            yield Entity(found["start"], found["end"], LABELS[found["label"]], float(found["score"]))

    return lambda text: over_chunks(text, entities, tokens=tokens, overlap=min(OVERLAP, tokens // 2))
