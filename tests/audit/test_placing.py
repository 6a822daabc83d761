"""The device of reference networks is settled before an audit begins, where the work is done, and names what is kept."""

import json

import numpy as np
import pytest

from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import WRONG_USAGE, run_audit
from vidocq.audit.plan import make_plan
from vidocq.audit.references.asking import Asking
from vidocq.audit.references.collect import references_key, stacking_of
from vidocq.audit.references.placing import device_of
from vidocq.core.errors import ConfigurationError
from vidocq.core.records import Records
from vidocq.core.stacking import Stacking
from vidocq.core.text import Text
from vidocq.engine.local import Local
from vidocq.engine.ray import Ray
from vidocq.engine.store import Store
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training

torch = pytest.importorskip("torch", reason='these tests need PyTorch: pip install "vidocq[torch]"')

CONFIGURATION = """
[model]
kind = "torch"
path = "net.pt"
factory = "placed_nets:network"
device = "{device}"
[model.training]
learning_rate = 0.01
epochs = 2
[data]
members = "members.npz"
non_members = "non_members.npz"
label = "y"
[plan]
suite = "quick"
references = 16
[engine]
{engine}
"""


def network(inputs, outputs):
    return torch.nn.Linear(inputs, outputs)


def recipe(device="auto"):
    return TorchRecipe(network, Training(learning_rate=0.01, epochs=2), np.arange(3), device=device)


def sides(n=60):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2 * n, 4)), np.resize(np.arange(3), 2 * n)
    return {"members": (x[:n], y[:n]), "non_members": (x[n:], y[n:])}


def project(folder, *, device="auto", engine="workers = 1"):
    (folder / "placed_nets.py").write_text(
        "import torch\n\ndef network(inputs, outputs):\n    return torch.nn.Linear(inputs, outputs)\n"
    )
    for name, (x, y) in sides().items():
        np.savez(folder / f"{name}.npz", X=x, y=y)
    torch.save(network(4, 3).state_dict(), folder / "net.pt")
    (folder / "audit.toml").write_text(CONFIGURATION.format(device=device, engine=engine))
    return folder / "audit.toml"


@pytest.fixture
def gpu(monkeypatch):
    """torch is made to find a GPU here, or none."""

    def found(there):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: there)

    return found


@pytest.mark.parametrize("there", [True, False])
def test_auto_is_settled_by_whoever_does_the_work_and_not_by_who_asks(gpu, there):
    gpu(there)
    assert recipe().placed(sees_gpu=None).device == ("cuda" if there else "cpu")
    for sees_gpu in (True, False):
        assert recipe().placed(sees_gpu=sees_gpu).device == ("cuda" if sees_gpu else "cpu")
        assert recipe("cpu").placed(sees_gpu=sees_gpu).device == "cpu"
    with pytest.raises(ConfigurationError, match="no task of the Ray cluster sees a GPU"):
        recipe("cuda").placed(sees_gpu=False)
    assert (Ray().sees_gpu, Ray(gpus_per_task=0.5).sees_gpu) == (False, True)


def test_what_was_made_on_another_device_is_never_taken():
    told = [references_key("ab", {}, Asking("probabilities"), 1, {}, device=d) for d in (None, "cpu", "cuda")]
    assert len(set(told)) == 3
    assert device_of(recipe("cpu")) == "cpu"
    assert recipe("cpu").describe() == recipe("auto").describe()  # the registration is the same on any machine


@pytest.mark.parametrize(
    ("engine", "said"),
    [("workers = 1", "torch finds no GPU"), ('kind = "ray"', "no task of the Ray cluster sees a GPU")],
)
def test_a_gpu_that_is_not_there_is_told_by_plan_and_before_an_audit_begins(tmp_path, gpu, engine, said):
    gpu(False)
    path = project(tmp_path, device="cuda", engine=engine)
    with pytest.raises(ConfigurationError, match=said):
        make_plan(read_configuration(path))
    outcome = run_audit(read_configuration(path), tmp_path / "out", command="vidocq audit audit.toml")
    assert outcome.exit_code == WRONG_USAGE
    assert said in str(outcome.error)


def test_a_cluster_with_gpus_is_planned_from_a_machine_without(tmp_path, gpu):
    gpu(False)
    far = 'kind = "ray"\naddress = "127.0.0.1:6379"\ngpus_per_task = 1'
    plan = make_plan(read_configuration(project(tmp_path, engine=far)))
    assert plan.content["stack"] == {"models": None, "because": None, "largest": None, "device": "cuda"}
    assert any("measured on the cluster" in line.en for line in plan.lines())


def test_the_device_is_recorded(tmp_path, gpu):
    gpu(False)
    outcome = run_audit(read_configuration(project(tmp_path)), tmp_path / "out", command="vidocq audit audit.toml")
    assert outcome.error is None
    assert json.loads((tmp_path / "out" / "run.json").read_text())["stack"]["device"] == "cpu"


class Far(Local):
    """Another machine, where everything is a third as large."""

    is_far, sees_gpu = True, True

    def outcomes(self, function, tasks, *, shared):
        for index, found in super().outcomes(function, tasks, shared=shared):
            yield index, {**found, "size": found["size"] // 3}


class Planned(TorchRecipe):
    def stacking(self, records):
        return Stacking(12, Text("à cause de", "because"), groups=2, largest=12)


def test_a_stack_is_measured_where_it_will_be_trained_and_once(tmp_path):
    made = Planned(network, Training(learning_rate=0.01, epochs=2), np.arange(3))
    data, store = Records(np.zeros((6, 4)), np.arange(6) % 3, tuple("abcd")), Store(tmp_path)
    found = stacking_of(made, data, key="ab", engine=Far(1), store=store)
    assert found == Stacking(4, Text("à cause de", "because"), groups=2, largest=12, device="cpu")
    assert stacking_of(made, data, key="ab", engine=Local(1), store=None).size == 12
    kept = len(store.keys())
    assert stacking_of(made, data, key="ab", engine=Far(1), store=store) == found
    assert len(store.keys()) == kept == 1
