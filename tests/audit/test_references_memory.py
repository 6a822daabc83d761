"""What stays in memory of hundreds of reference networks is their signals, and nothing that grows with their number."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("torch", reason='these tests need PyTorch: pip install "vidocq[torch]"')

RECORDS, STACK = 6000, 16
MEASURED = """
import json, resource, sys
import numpy as np, torch
from vidocq.audit.references.asking import Asking
from vidocq.audit.references.collect import train_references
from vidocq.audit.sampling.design import draw_design
from vidocq.core.records import Records
from vidocq.core.stacking import Stacking
from vidocq.engine.local import Local
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training

class Fixed(TorchRecipe):
    def stacking(self, records):
        return Stacking(int(sys.argv[3]), groups=1)

def network(inputs, outputs):
    return torch.nn.Sequential(torch.nn.Linear(inputs, 128), torch.nn.ReLU(), torch.nn.Linear(128, outputs))

count, n = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(0)
records = Records(rng.normal(size=(n, 92)), rng.integers(0, 14, n), tuple(map(str, range(92))))
recipe = Fixed(network, Training(learning_rate=0.002, epochs=1), np.arange(14))
found = train_references(
    recipe, records, np.arange(n), draw_design(n, count, share=0.5, rng=rng), asking=Asking("probabilities"),
    seed=1, key="ab" * 32, engine=Local(1), store=None, progress=None, title="",
)
kept = sum(a.nbytes for a in (found.confidence, found.loss, found.correct, found.trained_on))
print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "kept": kept}))
"""


def measured(count):
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(count), str(RECORDS), str(STACK)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_memory_beyond_a_stack_grows_by_the_signals_that_are_kept():
    """Twice their size at most, for they are joined at the end; and 512 references fit into 2 GiB."""
    found = {count: measured(count) for count in (64, 128, 256, 512)}
    for count in (128, 256, 512):
        grown = found[count]["peak"] - found[64]["peak"]
        kept = found[count]["kept"] - found[64]["kept"]
        assert kept == (count - 64) * RECORDS * (8 + 8 + 1 + 1)
        assert grown < 2.5 * kept + (32 << 20), found
    assert found[512]["peak"] < 2 << 30
    print(found)  # noqa: T201 - the figures, for whoever runs this
