"""Fictitious visits to an emergency room, drawn from a seed, and a model trained on half of them."""

from pathlib import Path

import numpy as np
import skops.io as sio
from sklearn.ensemble import RandomForestClassifier

COLUMNS = ("age", "sex", "pulse", "pressure", "temperature", "oxygen", "pain", "ambulance")
SIDE = 200


def make(folder: Path, *, seed: int = 7) -> None:
    """Writes visits.csv (members), held_out.csv and triage.skops. Nobody behind these rows exists."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    visits, priority = _visits(2 * SIDE, rng)
    for name, rows in (("visits", slice(0, SIDE)), ("held_out", slice(SIDE, None))):
        lines = [",".join((*COLUMNS, "priority"))]
        lines += [
            ",".join((*(f"{value:g}" for value in row), str(label)))
            for row, label in zip(visits[rows], priority[rows], strict=True)
        ]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    model = RandomForestClassifier(n_estimators=20, min_samples_leaf=20, random_state=seed)
    sio.dump(model.fit(visits[:SIDE], priority[:SIDE]), folder / "triage.skops")


def _visits(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Measures, shape (n, 8), and whether the visit took priority, shape (n,): worse measures make it likelier."""
    age = rng.integers(1, 98, n)
    sex = rng.integers(0, 2, n)
    pulse = rng.normal(85, 18, n).round()
    pressure = rng.normal(128, 20, n).round()
    temperature = rng.normal(37.4, 0.8, n).round(1)
    oxygen = np.minimum(100, rng.normal(96, 3, n)).round()
    pain = rng.integers(0, 11, n)
    ambulance = rng.integers(0, 2, n)
    worry = 0.04 * (pulse - 85) - 0.3 * (oxygen - 96) + 0.25 * (pain - 5) + 0.02 * (age - 50) + 0.8 * ambulance - 0.6
    priority = (rng.random(n) < 1 / (1 + np.exp(-worry))).astype(int)
    return np.column_stack([age, sex, pulse, pressure, temperature, oxygen, pain, ambulance]).astype(float), priority
