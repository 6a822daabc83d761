"""A network audited end to end: in memory, from its configuration, resumed, and with references that diverge."""

import json

import numpy as np
import pytest

import vidocq
from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import FINDINGS, WRONG_USAGE, run_audit
from vidocq.core.errors import ConfigurationError
from vidocq.targets.networks.model import TorchModel

torch = pytest.importorskip("torch", reason='these tests need PyTorch: pip install "vidocq[torch]"')

FACTORY = """
import torch

def network(inputs, outputs):
    return torch.nn.Sequential(torch.nn.Linear(inputs, 64), torch.nn.ReLU(), torch.nn.Linear(64, outputs))
"""
CONFIGURATION = """
[model]
kind = "torch"
path = "net.pt"
factory = "nets:network"
[model.training]
learning_rate = 0.01
epochs = {epochs}
batch_size = 32
standardise = true
[data]
members = "members.npz"
non_members = "non_members.npz"
label = "y"
split = "randomised"
declared_by = "a test"
[plan]
suite = "quick"
references = 16
[engine]
workers = {workers}
"""


def network(inputs, outputs):
    return torch.nn.Sequential(torch.nn.Linear(inputs, 64), torch.nn.ReLU(), torch.nn.Linear(64, outputs))


def sides(n=300, seed=3):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2 * n, 8)) * 3.0 + 1.0, rng.integers(0, 3, 2 * n)
    return (x[:n], y[:n]), (x[n:], y[n:])


def recipe(**changes):
    given = {"learning_rate": 0.01, "epochs": 60, "batch_size": 32, "standardise": True}
    return vidocq.TorchRecipe(network, vidocq.Training(**{**given, **changes}), np.arange(3))


def trained(members, made):
    from vidocq.core.records import Records

    x, y = members
    return made.fit(Records(x, y, tuple(f"c{j}" for j in range(x.shape[1]))), seed=77).module


def audited(members, others, made, model, **changes):
    asked = {"references": 16, "suite": "quick", "workers": 1, "split": "randomised", "declared_by": "a test"}
    return vidocq.audit(model, members=members, non_members=others, recipe=made, **{**asked, **changes})


def areas(result):
    return {a["id"]: a["auc"] for a in result.to_dict()["attacks"] if a["auc"]}


def test_a_network_that_learnt_its_records_by_heart_is_a_leak():
    members, others = sides()
    found = audited(members, others, recipe(), trained(members, recipe()))
    assert found.verdict == "leak_shown"
    assert areas(found)["rmia"]["low"] > 0.8


def test_one_that_never_saw_them_is_not_accused_though_others_trained_like_it_leak():
    members, others = sides()
    found = audited(members, others, recipe(), trained(sides(seed=103)[0], recipe()))
    assert found.verdict == "inconclusive"
    assert areas(found)["rmia"]["low"] < 0.5 < areas(found)["rmia"]["high"]


def project(folder, *, epochs=40, workers=1):
    members, others = sides()
    (folder / "nets.py").write_text(FACTORY)
    for name, (x, y) in (("members", members), ("non_members", others)):
        np.savez(folder / f"{name}.npz", X=x, y=y)
    torch.save(trained(members, recipe(epochs=epochs)).state_dict(), folder / "net.pt")
    (folder / "audit.toml").write_text(CONFIGURATION.format(epochs=epochs, workers=workers))
    return folder / "audit.toml"


def ran(path, out):
    return run_audit(read_configuration(path), out, command="vidocq audit audit.toml")


def test_from_its_configuration_to_the_same_bytes_for_any_number_of_workers(tmp_path):
    outcome = ran(project(tmp_path), tmp_path / "one")
    assert outcome.exit_code == FINDINGS, outcome.error
    run = json.loads((tmp_path / "one" / "run.json").read_text())
    assert run["stack"]["models"] > 1
    assert outcome.content["subject"]["kind"] == "torch"
    (tmp_path / "audit.toml").write_text(
        CONFIGURATION.format(epochs=40, workers=2) + '[dossier]\nurl = "sqlite:///b.db"\n'
    )
    ran(tmp_path / "audit.toml", tmp_path / "two")
    assert (tmp_path / "one" / "audit.json").read_bytes() == (tmp_path / "two" / "audit.json").read_bytes()


def test_references_that_diverge_are_counted_and_too_many_end_the_audit(monkeypatch):
    members, others = sides()
    made = recipe()
    model, whole = trained(members, made), vidocq.TorchRecipe.fit_stack

    def losing(share):
        def fit_stack(self, records, trained_on, *, seeds):
            return [
                m if s % 100 >= share else None
                for m, s in zip(whole(self, records, trained_on, seeds=seeds), seeds, strict=True)
            ]

        return fit_stack

    monkeypatch.setattr(vidocq.TorchRecipe, "fit_stack", losing(8))
    content = audited(members, others, made, model, references=32).to_dict()
    assert 0 < content["failed_references"] <= 3
    assert content["references"] + content["failed_references"] == 32
    monkeypatch.setattr(vidocq.TorchRecipe, "fit_stack", losing(60))
    with pytest.raises(vidocq.core.errors.ModelError, match="training diverged"):
        audited(members, others, made, model)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "net.pt").write_bytes(b"no weights"), "cannot be read"),
        (lambda f: torch.save(torch.nn.Linear(8, 3).state_dict(), f / "net.pt"), "do not fit"),
        (lambda f: torch.save({"a": print}, f / "net.pt"), "cannot be read"),
        (lambda f: (f / "nets.py").write_text("def other(): pass\n"), "has no 'network'"),
        (
            lambda f: (f / "nets.py").write_text("def network(inputs, outputs):\n    return 'Jacquot'\n"),
            "no nn.Module",
        ),
    ],
)
def test_a_wrong_file_is_a_clear_error_before_any_work(tmp_path, spoil, said):
    path = project(tmp_path)
    spoil(tmp_path)
    outcome = ran(path, tmp_path / "out")
    assert outcome.exit_code == WRONG_USAGE
    assert said in str(outcome.error)
    assert "Jacquot" not in str(outcome.error)


def test_a_network_needs_its_factory_and_its_training(tmp_path):
    path = project(tmp_path)
    path.write_text(path.read_text().replace('factory = "nets:network"\n', ""))
    with pytest.raises(ConfigurationError, match="factory"):
        read_configuration(path)


def flat(inputs, outputs):
    """Takes images, and plain layers all the same."""
    return torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(inputs, 64), torch.nn.ReLU(), torch.nn.Linear(64, outputs)
    )


def test_images_are_asked_about_as_training_changed_them_and_every_query_is_told(monkeypatch):
    members, others = sides(n=150)
    training = vidocq.Training(learning_rate=0.01, epochs=60, batch_size=32, transforms=("flip",))
    made = vidocq.TorchRecipe(flat, training, np.arange(3), shape=(1, 2, 4))
    model = trained(members, made)
    asked = []
    answer = TorchModel.probabilities

    def counting(self, records):
        if self.module is model:
            asked.append(len(records))
        return answer(self, records)

    monkeypatch.setattr(TorchModel, "probabilities", counting)
    content = audited(members, others, made, model, augmentations=1).to_dict()
    rmia = next(attack for attack in content["attacks"] if attack["id"] == "rmia")
    assert rmia["cost"]["queries"] == 2 * 300
    assert sum(asked) == 2 * 300 + content["repeated"]["queries"]
    assert content["repeated"]["queries"] == 2 * content["repeated"]["records"]
    with pytest.raises(ConfigurationError, match="training leaves 1"):
        audited(members, others, made, model, augmentations=2)
    with pytest.raises(ConfigurationError, match="no images"):
        audited(members, others, recipe(), model, augmentations=1)


def test_transforms_are_read_from_the_configuration(tmp_path):
    path = project(tmp_path)
    text = path.read_text().replace(
        "standardise = true", 'standardise = true\ntransforms = ["flip"]\nprecision = "mixed"'
    )
    path.write_text(text.replace('kind = "torch"', 'kind = "torch"\nshape = [1, 2, 4]'))
    training = read_configuration(path).model.training
    assert (training.transforms, training.precision) == (("flip",), "mixed")
