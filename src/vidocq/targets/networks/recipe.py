"""Networks of PyTorch: the recipe that trains the like of a trained module, many at once.

torch is an extra: `pip install "vidocq[torch]"`.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.stacking import Stacking
from vidocq.core.text import Text
from vidocq.targets.classes import require_known_labels
from vidocq.targets.described import described, version_of
from vidocq.targets.foreign import foreign_code
from vidocq.targets.networks.batches import Batches
from vidocq.targets.networks.footprint import bytes_of_one, largest_stack
from vidocq.targets.networks.layers import plain_layers
from vidocq.targets.networks.loop import train_alone
from vidocq.targets.networks.model import FIX, TorchModel, numbers, one_thread, require_torch
from vidocq.targets.networks.stack import Scales, train_stack
from vidocq.targets.networks.training import Training
from vidocq.targets.networks.transforms import Transforms
from vidocq.targets.user_code import find_function, importable_from, library_versions, require_spelling, source_hashes

SIZES_ON = {"cpu": (2, 4, 8, 16, 32, 64), "cuda": (32, 64, 128, 256, 512)}
MAPPED_SIZE_ON = {"cpu": 8, "cuda": 64}
GROUPS_ON = {"cpu": 4, "cuda": 1}
MEASURED_STEPS = 8
_Scale = tuple[FloatArray, FloatArray] | None


class _MemoryTooSmallError(ModelError):
    """What was tried takes more memory than there is; less of it may fit."""


@dataclass(frozen=True, eq=False)
class TorchRecipe:
    """A factory of untrained modules, and how they are trained.

    factory   `package.module:function`, or a picklable function; called as factory(inputs, outputs), outputs being the
              number of classes, or 1 for `bce` and `mse`. It may draw from torch's global generator.
    base_dir  the folder where the factory's module is looked for first.
    classes   those of the target; None for a regression.
    device    where it trains; "auto" takes a GPU where there is one. An audit settles which before it begins.
    shape     of one record as the module takes it, such as (1, 8, 8); (d,) without it.
    device    "auto" takes a GPU where there is one.
    """

    factory: str | Callable[[int, int], Any]
    training: Training
    classes: NDArray[Any] | None
    base_dir: Path = Path()
    shape: tuple[int, ...] | None = None
    device: Literal["cpu", "cuda", "auto"] = "cpu"

    def __post_init__(self) -> None:
        """Raises ConfigurationError if the factory cannot be found, or the loss does not suit the labels."""
        require_torch()
        if isinstance(self.factory, str):
            require_spelling(self.factory)
        known = 0 if self.classes is None else len(self.classes)
        if self.training.transforms and (self.shape is None or len(self.shape) < 2):
            raise ConfigurationError(
                "records are no images that could be turned or moved",
                where="[model.training] transforms",
                fix="give [model] shape, such as [1, 8, 8], or leave transforms out",
            )
        suits = {"mse": known == 0, "bce": known == 2, "cross_entropy": known > 1}
        if not suits[self.training.loss]:
            raise ConfigurationError(
                f"the loss {self.training.loss} does not suit these labels",
                where="[model.training] loss",
                fix="mse is for numbers, bce for two classes, cross_entropy for classes",
            )

    def placed(self, *, sees_gpu: bool | None) -> "TorchRecipe":
        """The same recipe on "cpu" or "cuda": as torch finds here, or as told of where the work is done.

        Raises ConfigurationError if a GPU is asked for and there is none.
        """
        if sees_gpu is None:
            return replace(self, device=self._device())
        if self.device == "cuda" and not sees_gpu:
            raise ConfigurationError(
                "no task of the Ray cluster sees a GPU",
                where='[model] device = "cuda", [engine] gpus_per_task',
                fix='set gpus_per_task, such as 1, or device = "auto" or "cpu"',
            )
        return replace(self, device="cuda" if sees_gpu and self.device != "cpu" else "cpu")

    def untrained(self, inputs: int, *, seed: int) -> Any:
        """A module as the factory makes it, in the precision of the training. The global generator is left alone."""
        torch = require_torch()
        outputs = len(self.classes) if self.training.loss == "cross_entropy" and self.classes is not None else 1
        factory = self.factory
        if isinstance(factory, str):
            factory = find_function(factory, self.base_dir, takes=("inputs", "outputs"))
        with (
            importable_from(self.base_dir),
            foreign_code("making a module", where=self._name, fix="call the factory to see its message"),
            torch.random.fork_rng(devices=[]),
        ):
            torch.manual_seed(Seeds(seed).integer("init"))
            module = factory(inputs, outputs)
        if not isinstance(module, torch.nn.Module):
            raise ModelError("the factory gave no nn.Module", where=self._name, fix="return a torch.nn.Module")
        return module.to(getattr(torch, self.training.dtype))

    def fit(self, records: Records, *, seed: int) -> TorchModel:
        """One model, trained alone. Raises ModelError if the training fails or diverges."""
        torch = require_torch()
        x, truth = self._tensors(records)
        rows = np.arange(len(records))
        scales = self.scales(records, rows)
        batches = self._batches([rows], [seed], inputs=x.shape[1])
        with (
            one_thread(),
            torch.random.fork_rng(devices=[]),
            foreign_code("training a reference model", where=f"{self._name}, {len(records)} records", fix=FIX),
            self._within_memory("one model", fix="lower batch_size"),
        ):
            if scales is not None:
                x = (x - torch.as_tensor(scales[0]).to(x)) / torch.as_tensor(scales[1]).to(x)
            module = self.untrained(x.shape[1], seed=seed).to(x.device)
            torch.manual_seed(Seeds(seed).integer("draws"))
            transforms = self._transforms([seed])
            state = train_alone(module, x, truth, batches, self.training, transforms=transforms, shape=self._shape(x))
            model = self._trained(state, x.shape[1], scales, seed=seed)
        if model is None:
            raise ModelError("the training diverged", where=self._name, fix="lower the learning rate")
        return model

    def fit_stack(
        self, records: Records, trained_on: BoolArray, *, seeds: Sequence[int]
    ) -> Sequence["TorchModel | None"]:
        """One model for each row of trained_on (k, n); None for one that diverged.

        A stack for which the device's memory is too small is trained in halves.
        """
        x, truth = self._tensors(records)
        rows = [np.flatnonzero(row) for row in trained_on]
        scales = [self.scales(records, own) for own in rows]
        with one_thread(), foreign_code("training reference models", where=self._name, fix=FIX):
            return self._part(x, truth, rows, scales, seeds)

    def _part(
        self, x: Any, truth: Any, rows: Sequence[IntArray], scales: Sequence[_Scale], seeds: Sequence[int]
    ) -> list["TorchModel | None"]:
        """The models of one stack, or of its halves where memory is too small for it."""
        try:
            return self._together(x, truth, rows, scales, seeds)
        except _MemoryTooSmallError:
            if len(seeds) == 1:
                raise
        # Only here are the tensors of the attempt let go: the error held on to them.
        if x.device.type == "cuda":
            require_torch().cuda.empty_cache()
        half = len(seeds) // 2
        return [
            model
            for part in (slice(None, half), slice(half, None))
            for model in self._part(x, truth, rows[part], scales[part], seeds[part])
        ]

    def _together(
        self, x: Any, truth: Any, rows: Sequence[IntArray], scales: Sequence[_Scale], seeds: Sequence[int]
    ) -> list["TorchModel | None"]:
        torch = require_torch()
        batches = self._batches(rows, seeds, inputs=x.shape[1])
        with self._within_memory("one model", fix="lower batch_size"):
            stacked = None
            if scales[0] is not None:
                centre, spread = (np.stack([s[i] for s in scales if s is not None])[:, None] for i in (0, 1))
                stacked = Scales(torch.as_tensor(centre).to(x), torch.as_tensor(spread).to(x))
            states = train_stack(
                [self.untrained(x.shape[1], seed=seed).to(x.device) for seed in seeds],
                x,
                truth,
                batches,
                self.training,
                scales=stacked,
                transforms=self._transforms(seeds),
                shape=self._shape(x),
            )
            models = [
                self._trained(state, x.shape[1], own, seed=seed)
                for state, own, seed in zip(states, scales, seeds, strict=True)
            ]
        return [None if model is None else replace(model, together=len(seeds)) for model in models]

    def stacking(self, records: Records) -> Stacking:
        """How many are trained at once; 1 for modules that cannot be stacked, or of which memory takes but one.

        For plain networks, the size at which a step takes the least time a model here: it is measured, and changes no
        model. Other modules are the same to rounding only, so that theirs is always the same on the same machine.
        """
        device, inputs = self._device(), len(records.columns)
        module = self.untrained(inputs, seed=0)
        plain = self.training.precision != "mixed" and bool(plain_layers(module))
        batch = min(self.training.batch_size, len(records))
        sizes = SIZES_ON[device] if plain else (MAPPED_SIZE_ON[device],)
        try:
            if not _agrees(self, inputs):
                return Stacking(1, _OTHERWISE)
            with foreign_code("the module", where=self._name, fix=FIX):
                one = bytes_of_one(module, shape=self.shape or (inputs,), batch=batch)
            largest = largest_stack(one, steady=not plain) if device == "cpu" else max(sizes)
            if largest == 1:
                return Stacking(1, _NO_ROOM, largest=1)
            fitting = tuple(size for size in sizes if size <= largest) or (largest,)
            size = _measured_size(self, inputs, batch, fitting) if plain else fitting[-1]
        except ModelError as error:  # whatever a foreign module raises here, it can still be trained alone
            kind = type(error.__context__ or error).__name__
            return Stacking(1, _NOT_MAPPED.fill(kind=kind))
        bounded = largest if largest < max(sizes) else None
        return Stacking(size or fitting[0], groups=GROUPS_ON[device], largest=bounded)

    def describe(self) -> dict[str, Any]:
        if isinstance(self.factory, str):
            source: Any = {
                "name": self.factory,
                "sources": source_hashes(self.factory, self.base_dir),
                "libraries": library_versions(self.factory, self.base_dir),
            }
        else:
            source = described(self.factory)
        return {
            "kind": "torch",
            "factory": source,
            "training": self.training.describe(),
            "shape": None if self.shape is None else list(self.shape),
            "versions": {"torch": version_of("torch")},
            "classes": None if self.classes is None else described(self.classes),
        }

    @property
    def _name(self) -> str:
        return f"targets.networks, {self.factory if isinstance(self.factory, str) else self.factory.__qualname__}"

    def _batches(self, rows: Sequence[IntArray], seeds: Sequence[int], *, inputs: int) -> Batches:
        """Batches of these records. A last one of a single record is left out where the module takes none alone.

        Batch normalisation is such: PyTorch refuses that batch, and whoever trains leaves it out (`drop_last`).
        Raises ModelError where no batch would be left.
        """
        size = self.training.batch_size
        alone = any(len(own) % size == 1 or size == 1 for own in rows)
        least = 2 if alone and self._refuses_one(inputs) else 1
        if least == 2 and (size == 1 or min(map(len, rows)) < 2):
            raise ModelError(
                "the module cannot be trained on one record at a time, as batch normalisation cannot",
                where=self._name,
                fix="raise batch_size to 2 or more",
            )
        return Batches(rows, [Seeds(seed).integer("order") for seed in seeds], size, least)

    def _refuses_one(self, inputs: int) -> bool:
        """Whether the module, in training, fails on one record and not on two."""
        return [self._takes(count, inputs) for count in (1, 2)] == [False, True]

    def _takes(self, count: int, inputs: int) -> bool:
        torch = require_torch()
        module = self.untrained(inputs, seed=0).train()
        made = next(module.parameters()).new_zeros(count, *(self.shape or (inputs,)))
        try:
            with torch.random.fork_rng(devices=[]), foreign_code("the module", where=self._name, fix=FIX):
                module(made)
        except ModelError:
            return False
        return True

    @contextmanager
    def _within_memory(self, what: str, *, fix: str) -> Generator[None, None, None]:
        """Raises ModelError, and says of what, where memory is too small."""
        torch = require_torch()
        try:
            yield
        except (torch.OutOfMemoryError, MemoryError):
            pass
        except RuntimeError as error:
            if "DefaultCPUAllocator" not in str(error):  # how torch says it of the machine's own memory
                raise
        else:
            return
        on_gpu = self._device() == "cuda"
        raise _MemoryTooSmallError(
            f"{'the memory of the GPU' if on_gpu else 'memory'} is too small for {what}",
            where=self._name,
            fix=f'{fix}, or set device = "cpu"' if on_gpu else f"{fix}, or ask for fewer workers",
        )

    def _transforms(self, seeds: Sequence[int]) -> Transforms:
        return Transforms(self.training.transforms, [Seeds(seed).integer("transforms") for seed in seeds])

    def _shape(self, x: Any) -> tuple[int, ...]:
        return (x.shape[1],) if self.shape is None else self.shape

    def _device(self) -> Literal["cpu", "cuda"]:
        """Raises ConfigurationError where a GPU is asked for and torch finds none."""
        there = require_torch().cuda.is_available()
        if self.device == "cuda" and not there:
            raise ConfigurationError("torch finds no GPU", where="[model] device", fix='set device = "auto" or "cpu"')
        return "cuda" if there and self.device != "cpu" else "cpu"

    def _tensors(self, records: Records) -> tuple[Any, Any]:
        """(n, d) features and (n,) truth on the device. Raises ModelError where its memory is too small for them."""
        torch = require_torch()
        device = self._device()
        dtype = getattr(torch, self.training.dtype)
        with self._within_memory(f"the {len(records)} records", fix="give fewer records"):
            x = torch.as_tensor(numbers(records)).to(device=device, dtype=dtype)
            if self.classes is None:
                return x, torch.as_tensor(records.labels.astype(np.float64)).to(device=device, dtype=dtype)
            return x, torch.as_tensor(require_known_labels(records.labels, self.classes)).to(device)

    def scales(self, records: Records, rows: IntArray) -> tuple[FloatArray, FloatArray] | None:
        """(d,) means and standard deviations of these rows; 1 for a constant column."""
        if not self.training.standardise:
            return None
        own = numbers(records)[rows]
        spread = own.std(axis=0)
        return own.mean(axis=0), np.where(spread > 0, spread, 1.0)

    def _trained(
        self, state: dict[str, Any], inputs: int, scales: tuple[FloatArray, FloatArray] | None, *, seed: int
    ) -> TorchModel | None:
        torch = require_torch()
        if not all(bool(torch.isfinite(v).all()) for v in state.values() if v.is_floating_point()):
            return None
        module = self.untrained(inputs, seed=seed)  # with what the factory drew for it and a state dict leaves out
        module.load_state_dict({name: value.cpu() for name, value in state.items()}, strict=False)
        shape = (inputs,) if self.shape is None else self.shape
        centre, spread = (None, None) if scales is None else scales
        return TorchModel(module.eval(), self.classes, shape, centre, spread)


@lru_cache(maxsize=8)
def _agrees(recipe: TorchRecipe, inputs: int) -> bool:
    """Whether two small models of a stack come out as they do alone; raises what torch raises if they cannot be stacked.

    Parameters that are frozen, hooks, buffers that differ between models: a stack would train such modules otherwise, and
    says so here rather than in the audit.
    """
    exact = replace(recipe.training, precision="float64", epochs=2, batch_size=4)
    twin = replace(recipe, training=exact, device="cpu")
    rng = np.random.default_rng(0)
    classes = recipe.classes
    n = 6 * (1 if classes is None else max(len(classes), 2))
    labels = rng.standard_normal(n) if classes is None else np.resize(classes, n)
    made = Records(rng.standard_normal((n, inputs)), labels, tuple(map(str, range(inputs))))
    on = np.ones((2, n), dtype=bool)
    on[1, -3:] = False
    stacked = twin.fit_stack(made, on, seeds=[1, 2])
    for model, row, seed in zip(stacked, on, (1, 2), strict=True):
        if model is None:
            continue  # these made records tell nothing of such a training
        alone = twin.fit(made.take(row), seed=seed)
        if not np.allclose(model.raw(made), alone.raw(made), rtol=1e-6, atol=1e-9):
            return False
    return True


@lru_cache(maxsize=8)
def _measured_size(recipe: TorchRecipe, inputs: int, batch: int, sizes: tuple[int, ...]) -> int | None:
    """The fastest of the sizes, by steps on made records; None where none fits into memory."""
    torch = require_torch()
    rng = np.random.default_rng(0)
    training = replace(recipe.training, epochs=1, batch_size=batch)
    dtype, device = getattr(torch, training.dtype), recipe._device()
    x = torch.as_tensor(rng.standard_normal((batch * MEASURED_STEPS, inputs))).to(device, dtype)
    truth = torch.zeros(len(x), dtype=torch.int64 if recipe.classes is not None else dtype, device=device)
    shape, nothing = recipe._shape(x), Transforms((), [])
    times = {}
    with one_thread(), foreign_code("training a stack", where=recipe._name, fix=FIX):
        for size in sizes:
            try:
                modules = [recipe.untrained(inputs, seed=seed).to(device) for seed in range(size)]
                batches = Batches([np.arange(len(x))] * size, list(range(size)), batch)
                first = Batches([np.arange(batch)] * size, list(range(size)), batch)
                train_stack(modules, x, truth, first, training, scales=None, transforms=nothing, shape=shape)
                if device == "cuda":
                    torch.cuda.synchronize()
                began = time.perf_counter()
                train_stack(modules, x, truth, batches, training, scales=None, transforms=nothing, shape=shape)
                if device == "cuda":
                    torch.cuda.synchronize()
            except torch.OutOfMemoryError:
                break
            times[size] = (time.perf_counter() - began) / size
    return min(times, key=lambda size: times[size], default=None)


_OTHERWISE = Text(
    fr="ce module sortirait différent d'une pile (état modifié par l'entraînement, tirages, paramètres figés) : les "
    "modèles de référence sont entraînés un par un",
    en="this module would come out of a stack otherwise (state that training changes, draws, frozen parameters): "
    "reference models are trained one by one",
)
_NOT_MAPPED = Text(
    fr="ce module ne peut pas être entraîné en pile : PyTorch s'arrête sur {kind} (état modifié par l'entraînement, tirages, "
    "branches qui dépendent des données) ; les modèles de référence sont entraînés un par un",
    en="this module cannot be trained in a stack: PyTorch stops with {kind} (state that training changes, draws, branches "
    "that depend on the data); reference models are trained one by one",
)
_NO_ROOM = Text(
    fr="la mémoire ne contient qu'un modèle par cœur : les modèles de référence sont entraînés un par un",
    en="memory holds one model a core: reference models are trained one by one",
)
