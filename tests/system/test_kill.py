"""A run may be killed at any moment: what stands is whole, and the final bytes are those of an undisturbed run."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import skops.io as sio
from sklearn.tree import DecisionTreeClassifier

from vidocq.core.files import TEMPORARY
from vidocq.dossier.ledger import Ledger

CONFIGURATION = """
[model]
path = "model.skops"
trusted_types = ["sklearn.tree._tree.Tree"]
[data]
members = "members.csv"
non_members = "non_members.csv"
label = "y"
split = "randomised"
declared_by = "test"
[plan]
references = 48
tolerance_average = 0.1
tolerance_worst = 0.5
set_by = "test"
[engine]
workers = {workers}
"""


def project(folder: Path, *, workers: int) -> Path:
    """A model that remembers its 300 persons, its data and a configuration."""
    folder.mkdir()
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(600, 4)).round(4), rng.integers(0, 2, 600)
    for name, rows in (("members", slice(0, 300)), ("non_members", slice(300, 600))):
        lines = [
            ",".join([*map(repr, map(float, row)), str(label)]) for row, label in zip(x[rows], y[rows], strict=True)
        ]
        (folder / f"{name}.csv").write_text("a,b,c,d,y\n" + "\n".join(lines) + "\n")
    sio.dump(DecisionTreeClassifier(min_samples_leaf=3, random_state=0).fit(x[:300], y[:300]), folder / "model.skops")
    (folder / "audit.toml").write_text(CONFIGURATION.format(workers=workers))
    return folder


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "vidocq.cli.main", "audit", "audit.toml", "--out", "out", "--quiet"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def whole(folder: Path) -> None:
    """Whatever is there under its final name is whole."""
    for name in ("audit.json", "run.json"):
        path = folder / "out" / name
        if path.exists():
            json.loads(path.read_bytes())


def undisturbed(tmp_path: Path) -> tuple[bytes, float]:
    folder = project(tmp_path / "undisturbed", workers=1)
    began = time.monotonic()
    run = start(folder)
    _, errors = run.communicate(timeout=300)
    assert run.returncode == 1, errors.decode()  # a leak is shown
    return (folder / "out" / "audit.json").read_bytes(), time.monotonic() - began


def killed_again_and_again(tmp_path: Path, *, kills: int) -> None:
    expected, seconds = undisturbed(tmp_path)
    folder = tmp_path / "killed"
    shutil.copytree(tmp_path / "undisturbed", folder, ignore=shutil.ignore_patterns("out", "dossier.db*"))
    (folder / "audit.toml").write_text(CONFIGURATION.format(workers=2))
    rng = np.random.default_rng(11)
    landed = 0
    for _ in range(3 * kills):
        run = start(folder)
        time.sleep(float(rng.uniform(0.3, 1.0) * seconds))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            landed += 1
        run.communicate(timeout=60)
        whole(folder)
        if landed == kills:
            break
    assert landed == kills
    last = start(folder)
    _, errors = last.communicate(timeout=300)
    assert last.returncode == 1, errors.decode()
    assert (folder / "out" / "audit.json").read_bytes() == expected
    left = [path.name for path in (folder / "out").rglob("*") if path.name.startswith(TEMPORARY)]
    assert left == []
    with Ledger.open(f"sqlite:///{folder / 'dossier.db'}", must_exist=True) as ledger:
        assert ledger.verify().problem is None
        assert len(ledger.entries("audit.registered")) == 1


def test_three_kills_leave_the_same_bytes(tmp_path):
    killed_again_and_again(tmp_path, kills=3)


@pytest.mark.slow
def test_fifty_kills_leave_the_same_bytes(tmp_path):
    killed_again_and_again(tmp_path, kills=50)
