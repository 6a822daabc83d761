"""Runs sacroml's LiRA on one trained network, inside sacroml's own environment: its loop, its DataLoader, our recipe.

The target's parameters come from the bench (--parameters), so that both tools attack one network.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from handover import Attempt, peak_memory_mb, read_split, runner_arguments, versions, write_attempt
from run_sacroml import attacked, sides
from sacroml.attacks.target import Target
from sacroml_network import Network

MODULE = "sacroml_network.py"


def main() -> None:
    parser = runner_arguments(__doc__)
    parser.add_argument("--parameters", type=Path, required=True, help="npz, the state of the target network")
    parser.add_argument("--how", choices=("loader", "tensors"), default="tensors", help="who cuts the batches")
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--batch", type=int, required=True)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    split = read_split(given.split)
    shape = {"inputs": split.x.shape[1], "outputs": int(split.y.max()) + 1}
    network = Network(**shape)
    with np.load(given.parameters, allow_pickle=False) as kept:
        network.layers.load_state_dict({name: torch.as_tensor(kept[name]) for name in kept.files})
    target = Target(
        model=network,
        model_module_path=MODULE,
        model_params=shape,
        train_module_path=MODULE,
        train_params={"how": given.how, "rate": given.rate, "epochs": given.epochs},
        batch_size=given.batch,
        dataset_name=split.name,
        **sides(split),
    )
    proba = target.model.predict_proba(split.x)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:  # the reference models are pickled there
        attacks = attacked(target, split, references=given.references, folder=Path(folder))
    write_attempt(
        Attempt(
            tool="sacroml",
            versions={**versions("sacroml"), "torch": torch.__version__},
            threads=given.threads,
            target_proba=proba,
            attacks=attacks,
            peak_memory_mb=peak_memory_mb(),
        ),
        given.out,
    )


if __name__ == "__main__":
    main()
