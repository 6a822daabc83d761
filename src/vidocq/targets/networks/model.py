"""A trained module of PyTorch that answers.

torch is an extra: `pip install "vidocq[torch]"`.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.core.records import Records
from vidocq.targets.foreign import foreign_code

ANSWERED_AT_ONCE = 8192
FIX = "train the module on the same records to see its message"


def require_torch() -> Any:
    """The module torch. Raises ConfigurationError if it is not installed."""
    try:
        import torch  # noqa: PLC0415 - an extra, on use
    except ImportError:
        raise ConfigurationError(
            "PyTorch is not installed", where="[model] kind = 'torch'", fix='pip install "vidocq[torch]"'
        ) from None
    return torch


@contextmanager
def one_thread() -> Generator[None, None, None]:
    """torch keeps threads of its own, which the engine's limit does not reach."""
    torch = require_torch()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@dataclass(eq=False)
class TorchModel:
    """A trained module.

    classes   in the order of its outputs; None for a regression.
    together  how many were trained at once with it, itself included; None where nobody knows.
    centre, spread  (d,) of the records it was trained on, or None where they were taken as they are.
    """

    module: Any
    classes: NDArray[Any] | None
    shape: tuple[int, ...]
    centre: FloatArray | None = None
    spread: FloatArray | None = None
    together: int | None = None

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one."""
        torch = require_torch()
        if self.classes is None:
            raise ModelError("a regression has no probabilities", where=_where(self), fix="ask for its predictions")
        outputs = self._outputs(records)
        if outputs.shape[1] == 1 and len(self.classes) == 2:
            yes = torch.sigmoid(outputs[:, 0])
            return np.column_stack([torch.sigmoid(-outputs[:, 0]).numpy(), yes.numpy()])
        if outputs.shape[1] != len(self.classes):
            raise ModelError(
                f"the module has {outputs.shape[1]} outputs for {len(self.classes)} classes",
                where=_where(self),
                fix="give it one output a class, or one output for two classes",
            )
        return np.asarray(torch.softmax(outputs, dim=1).numpy())

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) the likeliest class, or (n,) values of a regression."""
        if self.classes is None:
            return np.asarray(self._outputs(records)[:, 0].numpy())
        return np.asarray(self.classes[self.probabilities(records).argmax(axis=1)])

    def raw(self, records: Records) -> FloatArray:
        """(n, c) what the module gives, before any link."""
        return np.asarray(self._outputs(records).numpy())

    def _outputs(self, records: Records) -> Any:
        """(n, c) float64 tensor."""
        torch = require_torch()
        x = numbers(records)
        if self.centre is not None and self.spread is not None:
            x = (x - self.centre) / self.spread
        first = next(self.module.parameters())
        with one_thread(), torch.no_grad(), foreign_code("the model", where=_where(self), fix=FIX):
            self.module.eval()
            given = torch.as_tensor(x).to(first.dtype).view(-1, *self.shape)
            found = [self.module(part.to(first.device)).cpu().double() for part in given.split(ANSWERED_AT_ONCE)]
            answer = torch.cat(found).reshape(len(records), -1)
        if not bool(torch.isfinite(answer).all()):
            raise ModelError("answers are not finite", where=_where(self), fix="train the module with a smaller rate")
        return answer


def numbers(records: Records) -> FloatArray:
    """(n, d) a copy that torch may write to. Raises DataError on text."""
    if records.features.dtype == object:
        raise DataError(
            "the records hold text, which a network does not take",
            where="targets.networks",
            fix="give the columns as numbers",
        )
    return np.array(records.features, dtype=np.float64)


def _where(model: TorchModel) -> str:
    return f"targets.networks, {type(model.module).__name__}"
