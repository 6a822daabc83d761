"""Stacked networks are the same as networks trained alone, whatever else is in the stack; what cannot be stacked says so."""

import importlib.metadata
import pickle
from dataclasses import replace

import joblib
import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.core.records import Records
from vidocq.engine import memory
from vidocq.targets.networks import footprint
from vidocq.targets.networks import stack as torch_stack
from vidocq.targets.networks.batches import Batches
from vidocq.targets.networks.model import TorchModel
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training
from vidocq.targets.networks.transforms import Transforms, shifted

torch = pytest.importorskip("torch", reason='these tests need PyTorch: pip install "vidocq[torch]"')

PRECISE = Training(learning_rate=0.01, epochs=10, batch_size=8, precision="float64")


def net(inputs, outputs):
    return torch.nn.Sequential(
        torch.nn.Linear(inputs, 12),
        torch.nn.ReLU(),
        torch.nn.Linear(12, 9),
        torch.nn.Tanh(),
        torch.nn.Linear(9, outputs),
    )


def bent(inputs, outputs):
    return torch.nn.Sequential(
        torch.nn.Linear(inputs, 7, bias=False), torch.nn.Sigmoid(), torch.nn.Linear(7, outputs)
    )


class Convolving(torch.nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.seen = torch.nn.Conv2d(1, 4, 3)
        self.norm = torch.nn.GroupNorm(2, 4)
        self.said = torch.nn.Linear(16, outputs)

    def forward(self, x):
        return self.said(torch.relu(self.norm(self.seen(x))).flatten(1))


def convolving(inputs, outputs):
    return Convolving(outputs)


def normed(inputs, outputs):
    return torch.nn.Sequential(torch.nn.Linear(inputs, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, outputs))


def dropping(inputs, outputs):
    return torch.nn.Sequential(torch.nn.Linear(inputs, 4), torch.nn.Dropout(0.5), torch.nn.Linear(4, outputs))


def records(n=160, d=16, classes=3, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    y = (x[:, 0] + 0.5 * rng.normal(size=n) > 0).astype(int) if classes == 2 else rng.integers(0, classes, n)
    return Records(x, y, tuple(f"c{j}" for j in range(d)))


def halves(k, n, seed=2, sizes=None):
    rng = np.random.default_rng(seed)
    on = np.zeros((k, n), dtype=bool)
    for row, size in zip(on, sizes or [n // 2] * k, strict=True):
        row[rng.choice(n, size=size, replace=False)] = True
    return on


def recipe(training=PRECISE, factory=net, classes=3, shape=None):
    return TorchRecipe(factory, training, None if classes is None else np.arange(classes), shape=shape)


def assert_same(stacked, alone, *, rtol):
    for one, other in zip(stacked, alone, strict=True):
        for name, value in other.module.state_dict().items():
            np.testing.assert_allclose(one.module.state_dict()[name], value, rtol=rtol, atol=1e-9)


@pytest.mark.parametrize(
    "training",
    [
        replace(PRECISE, optimiser="sgd", momentum=0.9, nesterov=True, weight_decay=1e-3, schedule="cosine"),
        replace(PRECISE, optimiser="adam", epochs=20),
        replace(PRECISE, optimiser="adamw", weight_decay=0.01, schedule="cosine", standardise=True),
    ],
    ids=["sgd", "adam", "adamw"],
)
@pytest.mark.parametrize(("factory", "shape"), [(net, None), (bent, None), (convolving, (1, 4, 4))])
def test_a_stack_gives_what_each_model_gives_alone(training, factory, shape):
    """float64, 100 to 200 steps, unequal numbers of records and of steps."""
    data, seeds = records(), [11, 12, 13, 14]
    on = halves(4, len(data), sizes=[80, 73, 80, 61])
    made = recipe(training, factory, shape=shape)
    assert_same(
        made.fit_stack(data, on, seeds=seeds),
        [made.fit(data.take(row), seed=s) for row, s in zip(on, seeds, strict=True)],
        rtol=1e-6,
    )


@pytest.mark.parametrize(("loss", "classes"), [("bce", 2), ("mse", None), ("cross_entropy", 2)])
def test_every_loss_is_the_same_in_a_stack(loss, classes):
    data = records(classes=2)
    if loss == "mse":
        data = Records(data.features, data.features[:, 1] * 2.0, data.columns)
    on, made = halves(3, len(data)), recipe(replace(PRECISE, loss=loss), classes=classes)
    alone = [made.fit(data.take(row), seed=s) for s, row in enumerate(on)]
    assert_same(made.fit_stack(data, on, seeds=[0, 1, 2]), alone, rtol=1e-6)
    if loss != "mse":
        answer = alone[0].probabilities(data)
        np.testing.assert_allclose(answer.sum(axis=1), 1.0)
        assert ((alone[0].predictions(data) == data.labels) & on[0]).sum() > 0.8 * on[0].sum()


@pytest.mark.parametrize(("factory", "shape"), [(net, None), (convolving, (1, 4, 4))])
def test_a_model_does_not_depend_on_its_stack(factory, shape):
    """To the last bit, in the precision that is used: the size of a stack is chosen by the clock."""
    data, on = records(), halves(6, 160)
    made = recipe(replace(PRECISE, precision="float32"), factory, shape=shape)
    whole = made.fit_stack(data, on, seeds=range(6))
    for part in ([0, 1], [2, 3, 4], [5, 1, 2, 0]):
        for model, k in zip(made.fit_stack(data, on[part], seeds=part), part, strict=True):
            for name, value in whole[k].module.state_dict().items():
                if factory is net:
                    assert torch.equal(value, model.module.state_dict()[name]), (part, k, name)
                else:
                    torch.testing.assert_close(value, model.module.state_dict()[name], rtol=1e-4, atol=1e-6)


def test_a_seed_decides_and_the_global_generator_is_left_alone():
    data, made = records(), recipe()
    torch.manual_seed(5)
    before = torch.rand(1)
    torch.manual_seed(5)
    one, again, other = made.fit(data, seed=1), made.fit(data, seed=1), made.fit(data, seed=2)
    assert torch.equal(before, torch.rand(1))
    np.testing.assert_array_equal(one.probabilities(data), again.probabilities(data))
    assert (one.probabilities(data) != other.probabilities(data)).any()


def test_it_learns_by_heart_and_tells_who_it_was_trained_on():
    data, on = records(classes=3), halves(2, 160)
    made = recipe(replace(PRECISE, epochs=150, precision="float32"))
    for model, row in zip(made.fit_stack(data, on, seeds=[1, 2]), on, strict=True):
        right = model.predictions(data) == data.labels
        assert right[row].mean() > 0.95
        assert right[~row].mean() < 0.6


def test_a_model_that_diverges_is_none_and_the_others_are_as_without_it():
    data, on = records(), halves(3, 160)
    broken = Records(data.features.copy(), data.labels, data.columns)
    broken.features[on[1] & ~on[0] & ~on[2]] = 1e200
    made = recipe(replace(PRECISE, optimiser="sgd", precision="float32"))  # 1e200 is infinite there
    found = made.fit_stack(broken, on, seeds=[1, 2, 3])
    assert found[1] is None
    clean = made.fit_stack(data, on, seeds=[1, 2, 3])
    np.testing.assert_array_equal(found[0].probabilities(data), clean[0].probabilities(data))
    with pytest.raises(ModelError, match="diverged"):
        made.fit(broken.take(on[1]), seed=2)


@pytest.mark.parametrize("factory", [normed, dropping])
def test_what_cannot_be_stacked_says_so_and_is_trained_alone(factory):
    data, made = records(), recipe(factory=factory)
    stacking = made.stacking(data)
    assert stacking.size == 1
    assert "one by one" in stacking.because.en
    assert made.fit(data, seed=1).probabilities(data).shape == (160, 3)


def test_the_size_of_a_stack_is_measured_once():
    made, data = recipe(), records()
    assert made.stacking(data).size in (2, 4, 8, 16, 32, 64)
    assert made.stacking(data) == made.stacking(data)


def test_too_little_memory_halves_the_stack(monkeypatch):
    data, on, made = records(), halves(4, 160), recipe()
    whole, sizes = made.fit_stack(data, on, seeds=range(4)), []

    def small(modules, *rest, **options):
        sizes.append(len(modules))
        if len(modules) > 2:
            raise torch.OutOfMemoryError
        return torch_stack.train_stack(modules, *rest, **options)

    monkeypatch.setattr("vidocq.targets.networks.recipe.train_stack", small)
    assert_same(made.fit_stack(data, on, seeds=range(4)), whole, rtol=0)
    assert sizes == [4, 2, 2]


def test_batches_visit_each_record_once_an_epoch_with_weights_that_sum_to_one():
    batches = Batches([np.arange(10), np.array([3, 4, 5])], [1, 2], 4)
    weights = batches.weights(dtype=torch.float64)
    assert weights.shape == (3, 2, 4)
    np.testing.assert_allclose(weights.sum(dim=2), [[1, 1], [1, 0], [1, 0]])
    for order in batches.epochs(3):
        seen = [sorted(order[:, k][weights[:, k] > 0].tolist()) for k in (0, 1)]
        assert seen == [list(range(10)), [3, 4, 5]]


def test_it_travels_and_tells_itself_apart():
    made = recipe()
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own bytes
    data = records()
    np.testing.assert_array_equal(
        made.fit(data, seed=3).probabilities(data), again.fit(data, seed=3).probabilities(data)
    )
    told = [recipe(t).describe() for t in (PRECISE, replace(PRECISE, epochs=11), replace(PRECISE, schedule="cosine"))]
    told += [recipe(factory=bent).describe(), recipe(shape=(4, 4)).describe()]
    assert made.describe() == told[0]
    assert all(one != other for i, one in enumerate(told) for other in told[:i])


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.0},
        {"learning_rate": float("nan")},
        {"epochs": 0},
        {"momentum": 0.9},
        {"optimiser": "sgd", "nesterov": True},
        {"weight_decay": -1.0},
    ],
)
def test_numbers_that_train_nothing_are_refused(changes):
    with pytest.raises(ConfigurationError):
        replace(PRECISE, **changes)


def test_bad_factories_losses_and_tables_are_told():
    data = records()
    with pytest.raises(ConfigurationError, match="does not suit"):
        recipe(replace(PRECISE, loss="mse"))
    with pytest.raises(ConfigurationError, match="does not suit"):
        recipe(replace(PRECISE, loss="bce"))
    with pytest.raises(ModelError, match=r"no nn\.Module"):
        recipe(factory=lambda inputs, outputs: "Jacquot").fit(data, seed=1)
    with pytest.raises(ModelError, match="raised ValueError") as told:
        recipe(factory=lambda inputs, outputs: int("Jacquot")).fit(data, seed=1)
    assert "Jacquot" not in str(told.value)
    text = Records(np.full((4, 2), "Jacquot", dtype=object), np.arange(4) % 2, ("a", "b"))
    with pytest.raises(DataError, match="text"):
        recipe(classes=2).fit(text, seed=1)
    module = net(16, 2)
    with pytest.raises(ModelError, match="2 outputs for 3 classes"):
        TorchModel(module.double(), np.arange(3), (16,)).probabilities(data)


def test_transforms_are_drawn_alike_alone_and_in_a_stack():
    data, on = records(), halves(3, 160, sizes=[80, 73, 61])
    made = recipe(replace(PRECISE, epochs=4, transforms=("flip", "shift")), convolving, shape=(1, 4, 4))
    alone = [made.fit(data.take(row), seed=s) for s, row in enumerate(on)]
    assert_same(made.fit_stack(data, on, seeds=[0, 1, 2]), alone, rtol=1e-6)
    plain = recipe(replace(PRECISE, epochs=4), convolving, shape=(1, 4, 4)).fit(data.take(on[0]), seed=0)
    assert not np.allclose(plain.probabilities(data), alone[0].probabilities(data))


def test_transforms_need_images():
    with pytest.raises(ConfigurationError, match="no images"):
        recipe(replace(PRECISE, transforms=("flip",)))


def test_an_image_is_moved_and_mirrored_as_drawn():
    images = torch.arange(2 * 9, dtype=torch.float64).view(2, 1, 3, 3)
    moved = shifted(images, [1, 0], [0, -1])
    np.testing.assert_array_equal(moved[0, 0], [[0, 0, 0], [0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(moved[1, 0], [[10, 11, 0], [13, 14, 0], [16, 17, 0]])
    turned = Transforms(("flip",), [1]).of(images.expand(1, 2, 1, 3, 3).repeat(1, 100, 1, 1, 1))[0]
    mirrored = (turned[0::2] == images[0].flip(-1)).flatten(1).all(dim=1)
    kept = (turned[0::2] == images[0]).flatten(1).all(dim=1)
    assert bool((mirrored | kept).all())
    assert 30 < int(mirrored.sum()) < 70


def test_products_of_16_bits_train_nearly_the_same_model():
    data, on = records(classes=2), halves(2, 160)
    mixed = replace(PRECISE, precision="mixed")
    found = recipe(mixed, net, classes=2)
    stacked = found.fit_stack(data, on, seeds=[0, 1])
    exact = recipe(replace(PRECISE, precision="float32"), net, classes=2).fit(data.take(on[0]), seed=0)
    apart = np.abs(stacked[0].probabilities(data) - exact.probabilities(data))
    assert 0 < np.median(apart) < 0.05
    assert all(value.dtype is torch.float32 for value in stacked[0].module.state_dict().values())


def sharing(inputs, outputs):
    act = torch.nn.ReLU()
    linear = torch.nn.Linear
    return torch.nn.Sequential(linear(inputs, 9), act, linear(9, 7), act, linear(7, outputs))


def frozen(inputs, outputs):
    made = torch.nn.Sequential(torch.nn.Linear(inputs, 9), torch.nn.ReLU(), torch.nn.Linear(9, outputs))
    made[0].weight.requires_grad_(False)
    return made


def hooked(inputs, outputs):
    made = torch.nn.Sequential(torch.nn.Linear(inputs, 9), torch.nn.ReLU(), torch.nn.Linear(9, outputs))
    made[1].register_forward_hook(lambda module, given, answer: 3.0 * answer)
    return made


class Drawn(torch.nn.Module):
    """Random features in a buffer of its own, kept out of the state dict."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.register_buffer("drawn", torch.randn(inputs, 12), persistent=False)
        self.said = torch.nn.Linear(12, outputs)

    def forward(self, x):
        return self.said(torch.cos(x @ self.drawn.to(x.dtype)))


def drawn(inputs, outputs):
    return Drawn(inputs, outputs)


def test_a_shared_activation_counts_wherever_it_stands():
    data, on, made = records(), halves(2, 160), recipe(PRECISE, sharing)
    assert made.stacking(data).size > 1
    alone = [made.fit(data.take(row), seed=s) for s, row in enumerate(on)]
    assert_same(made.fit_stack(data, on, seeds=[0, 1]), alone, rtol=1e-6)


@pytest.mark.parametrize("factory", [frozen, hooked, drawn])
def test_what_a_stack_would_train_otherwise_is_trained_alone(factory):
    stacking = recipe(PRECISE, factory).stacking(records())
    assert stacking.size == 1
    assert stacking.because is not None


def test_a_model_keeps_the_buffers_that_its_factory_drew():
    data, made = records(classes=2), recipe(replace(PRECISE, epochs=1), drawn, classes=2)
    model = made.fit(data, seed=3)
    assert torch.equal(model.module.drawn, made.untrained(16, seed=3).drawn)
    assert not torch.equal(model.module.drawn, made.untrained(16, seed=4).drawn)


def test_a_gpu_that_is_not_there_is_told():
    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    with pytest.raises(ConfigurationError, match="no GPU"):
        TorchRecipe(net, PRECISE, np.arange(3), device="cuda").stacking(records())


def test_the_libraries_and_helpers_of_a_factory_in_memory_are_told(monkeypatch):
    space = {"__name__": "__main__"}
    source = "import torch, pandas\n\ndef wide():\n    return {width}\n\nclass Own:\n    def of(self):\n        return pandas.NA\n\ndef made(inputs, outputs):\n    Own()\n    return torch.nn.Linear(inputs, wide() and outputs)\n"
    told = []
    for width in (3, 3, 4):
        exec(source.format(width=width), space)  # noqa: S102 - as a notebook does
        told.append(recipe(factory=space["made"]).describe())
    assert told[0] == told[1] != told[2]
    assert set(told[0]["factory"]["libraries"]) >= {"torch", "pandas"}
    real = importlib.metadata.version
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.1" if name == "pandas" else real(name))
    assert recipe(factory=space["made"]).describe() != told[2]


def failing(monkeypatch, place, *, above):
    """Has memory run out in one place wherever more than `above` models are in a stack; tells the stacks tried."""
    tried, small = [], [0]
    real = TorchRecipe._together

    def together(self, x, truth, rows, scales, seeds):
        tried.append(len(seeds))
        small[0] = len(seeds)
        return real(self, x, truth, rows, scales, seeds)

    monkeypatch.setattr(TorchRecipe, "_together", together)
    held = getattr(*place)

    def short(*given, **named):
        if small[0] > above:
            raise torch.OutOfMemoryError
        return held(*given, **named)

    monkeypatch.setattr(*place, short)
    return tried


@pytest.mark.parametrize(
    "place",
    [
        (torch.nn.Module, "to"),  # moving modules, and making those that are handed back
        (torch, "stack"),
        (torch.Tensor, "new_empty"),
        (torch_stack.ByHand, "of"),
        (TorchRecipe, "_trained"),
    ],
    ids=lambda place: place[1],
)
def test_memory_that_runs_out_anywhere_halves_the_stack(monkeypatch, place):
    data, on = records(), halves(4, 160)
    made = recipe(replace(PRECISE, standardise=True))
    whole = made.fit_stack(data, on, seeds=range(4))
    with monkeypatch.context() as patch:
        tried = failing(patch, place, above=2)
        found = made.fit_stack(data, on, seeds=range(4))
    assert tried == [4, 2, 2]
    assert [model.together for model in found] == [2, 2, 2, 2]
    assert_same(found, whole, rtol=0)


@pytest.mark.parametrize("error", [torch.OutOfMemoryError, MemoryError, RuntimeError("DefaultCPUAllocator: Jacquot")])
@pytest.mark.parametrize(
    ("place", "said"),
    [("torch.as_tensor", "too small for the 160 records"), ("torch.nn.Module.to", "too small for one model")],
)
def test_memory_too_small_for_the_records_or_for_one_model_is_told_as_such(monkeypatch, place, said, error):
    data, on, made = records(), halves(2, 160), recipe()

    def short(*given, **named):
        raise error

    monkeypatch.setattr(place, short)
    for train in (lambda: made.fit(data, seed=1), lambda: made.fit_stack(data, on, seeds=[1, 2])):
        with pytest.raises(ModelError, match=said) as told:
            train()
        assert "Jacquot" not in str(told.value)


def test_another_failure_of_a_training_is_not_taken_for_a_lack_of_memory(monkeypatch):
    tried = failing(monkeypatch, (torch_stack.ByHand, "of"), above=9)
    monkeypatch.setattr(torch_stack.ByHand, "of", lambda *_: 1 / 0)
    with pytest.raises(ModelError, match="raised ZeroDivisionError"):
        recipe().fit_stack(records(), halves(4, 160), seeds=range(4))
    assert tried == [4]


class Squeezing(torch.nn.Module):
    """Fails on one record alone, in training or not, as code written in haste does."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.said = torch.nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.said(x.squeeze(0)).log_softmax(1)


def squeezing(inputs, outputs):
    return Squeezing(inputs, outputs)


@pytest.mark.parametrize("factory", [normed, squeezing])
def test_a_last_batch_of_one_record_is_left_out_where_the_module_takes_none_alone(factory):
    made, data = recipe(factory=factory), records(n=161)  # twenty batches of 8, and one record
    assert made._batches([np.arange(161)], [1], inputs=16).steps == [20]
    assert made._batches([np.arange(162)], [1], inputs=16).steps == [21]
    assert recipe()._batches([np.arange(161)], [1], inputs=16).steps == [21]
    model = made.fit(data, seed=1)
    assert np.isfinite(model.raw(data)).all()
    with pytest.raises(ModelError, match="one record at a time"):
        recipe(replace(PRECISE, batch_size=1), factory).fit(data, seed=1)


def test_every_record_is_seen_though_the_last_batch_is_left_out():
    batches = Batches([np.arange(9)], [1], 4, least=2)
    assert batches.weights(dtype=torch.float64).shape == (2, 1, 4)
    seen = [sorted(order.flatten().tolist()) for order in batches.epochs(40)]
    assert {len(set(epoch)) for epoch in seen} == {8}
    assert {place for epoch in seen for place in epoch} == set(range(9))


def test_what_leaves_out_its_last_batch_does_so_in_a_stack_too():
    data, on, made = records(), halves(2, 160, sizes=[81, 80]), recipe(factory=squeezing)
    alone = [made.fit(data.take(row), seed=s) for s, row in enumerate(on)]
    assert_same(made.fit_stack(data, on, seeds=[0, 1]), alone, rtol=1e-6)


@pytest.mark.parametrize("factory", [net, convolving])
def test_a_stack_takes_no_more_than_memory_holds(monkeypatch, factory):
    data, shape = records(), (1, 4, 4) if factory is convolving else None
    one = footprint.bytes_of_one(
        recipe(factory=factory).untrained(16, seed=0), shape=shape or (16,), batch=PRECISE.batch_size
    )
    for room, size in ((5.5, 4 if factory is net else 5), (1.5, 1), (1000, None)):
        memory = int(room * one / footprint.SHARE * joblib.cpu_count())
        for name in ("total_memory", "available_memory"):
            monkeypatch.setattr(footprint, name, lambda memory=memory: memory)
        stacking = recipe(factory=factory, shape=shape).stacking(data)
        assert stacking.size <= (size or 64)
        assert stacking.largest == (None if size is None else int(room))
    assert recipe(factory=factory, shape=shape).stacking(data).size > 1


def test_the_bytes_of_a_network_are_those_of_its_parameters_and_of_what_runs_between_its_layers():
    found = footprint.bytes_of_one(net(16, 3), shape=(16,), batch=8)
    parameters = 16 * 12 + 12 + 12 * 9 + 9 + 9 * 3 + 3
    assert found == 4 * (6 * parameters + 2 * 8 * (16 + 12 + 12 + 9 + 9 + 3))


def test_memory_is_read_from_the_system():
    assert 0 < memory.available_memory() <= memory.total_memory()


def stubborn(inputs, outputs):
    class Stubborn(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.said = torch.nn.Linear(inputs, outputs)

        def forward(self, x):
            if float(x.sum()) > 1e9:
                raise OSError("Jacquot")
            return self.said(x)

    return Stubborn()


def test_why_a_module_is_not_stacked_is_told_by_the_kind_of_the_error_alone():
    because = recipe(factory=stubborn).stacking(records()).because
    assert "PyTorch stops with RuntimeError" in because.en
    assert "RuntimeError" in because.fr
    assert "Jacquot" not in because.en + because.fr
