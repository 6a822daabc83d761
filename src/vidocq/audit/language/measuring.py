"""Measurements of a language model, one after the other; what fails is told, and the others go on."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vidocq.core.errors import ModelError, VidocqError
from vidocq.core.measured import Measured
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text

Scope = Literal["model", "system"]


@dataclass(frozen=True, eq=False)
class Measurement:
    """One measurement whose inputs are all there; `run` asks the model."""

    id: str
    run: Callable[[], Measured]


@dataclass(frozen=True, eq=False)
class Heard:
    """What each measurement came to, by id, and whether one failed on what may pass, such as a server."""

    by_id: Mapping[str, Measured]
    may_pass: bool


def measure_all(measurements: Sequence[Measurement], *, before: Callable[[str], None]) -> Heard:
    """Runs each once, in order. `before` is told which comes next. A boundary: whatever one of them raises makes it not measured, and stops no other."""
    found: dict[str, Measured] = {}
    may_pass = False
    for one in measurements:
        before(one.id)
        try:
            found[one.id] = one.run()
        except VidocqError as error:
            may_pass = may_pass or isinstance(error, ModelError)
            found[one.id] = _absent(one.id, Text(fr=error.french or FAILED.fr.format(what=error.what), en=error.what))
        except Exception as error:  # noqa: BLE001 - the boundary: what was caught is told
            found[one.id] = _absent(one.id, CRASHED.fill(kind=type(error).__name__, where=_place(error)))
    return Heard(found, may_pass)


def _absent(name: str, reason: Text) -> Measured:
    return Measured(absent=(NotMeasured(name, reason),))


def _place(error: Exception) -> str:
    """Where it happened; the message is withheld, for it may quote personal values."""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if "vidocq" in frame.filename), frames[-1])
    return f"{Path(last.filename).name}:{last.lineno}"


FAILED = Text(fr="La mesure a échoué : {what}.", en="The measurement failed: {what}.")
CRASHED = Text(
    fr="La mesure s'est arrêtée sur une erreur de Vidocq ({kind}, {where}).",
    en="The measurement stopped on an error of Vidocq's own ({kind}, {where}).",
)
