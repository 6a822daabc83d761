"""The main job on real data that scikit-learn carries: two models of 569 patients, trained here and audited."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vidocq.audit.configuration import configure
from vidocq.audit.execute import Outcome, run_audit
from vidocq.audit.sampling.split import split_table
from vidocq.core.files import write_atomic
from vidocq.core.text import Text
from vidocq.dossier.ledger import Ledger
from vidocq.engine.progress import Progress
from vidocq.targets.tables import read_records

SHARE = 0.7
REFERENCES = 128


@dataclass(frozen=True, eq=False)
class Demonstrated:
    """One model of the demonstration and what came of its audit."""

    name: str
    title: Text
    configuration: Path
    outcome: Outcome


def demonstrate(out: Path, *, seed: int = 1, progress: Progress | None = None) -> Iterator[Demonstrated]:
    """Writes the data, draws the split, trains and audits a forest and a logistic model, one after the other.

    Wisconsin breast cancer (Wolberg, Street and Mangasarian, 1995), 569 patients. Each model is audited through a
    configuration file left in `out`, so that `vidocq audit` can be run on it again.
    """
    from sklearn.datasets import load_breast_cancer  # noqa: PLC0415 - heavy, on use
    from sklearn.ensemble import RandomForestClassifier  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    data = load_breast_cancer()
    names = [str(name).replace(" ", "_") for name in data.feature_names]
    lines = [",".join([*names, "benign"])]
    lines += [
        ",".join([*(repr(float(v)) for v in row), str(int(label))])
        for row, label in zip(data.data, data.target, strict=True)
    ]
    table = out / "patients.csv"
    write_atomic(table, ("\n".join(lines) + "\n").encode(), mode=0o600)
    with Ledger.open(f"sqlite:///{(out / 'dossier.db').resolve()}") as ledger:
        split_table(table, out, person=None, share=SHARE, seed=seed, ledger=ledger)
    members = read_records(out / "members.csv", label="benign")

    models = (
        (
            "forest",
            Text("Forêt aléatoire, réglages par défaut", "Random forest, default settings"),
            RandomForestClassifier,
        ),
        ("logistic", Text("Régression logistique", "Logistic regression"), LogisticRegression),
    )
    for name, title, kind in models:
        model = make_pipeline(StandardScaler(), kind()) if kind is LogisticRegression else kind(random_state=seed)
        model.fit(members.features, members.labels)
        trusted = _save(model, out / f"{name}.skops")
        content: dict[str, dict[str, object]] = {
            "model": {"kind": "sklearn", "path": f"{name}.skops", "trusted_types": trusted},
            "data": {"members": "members.csv", "non_members": "non_members.csv", "label": "benign"},
            "plan": {"suite": "standard", "references": REFERENCES, "seed": seed},
        }
        path = out / f"{name}.toml"
        write_atomic(path, _toml(content).encode())
        outcome = run_audit(
            configure(content, base=out, where=path.name),
            out / name,
            command=f"vidocq audit {path.name} --out {name}",
            progress=progress,
            title=name,
        )
        yield Demonstrated(name, title, path, outcome)


def _save(model: object, path: Path) -> list[str]:
    """Saves a model trained here, and names the types that whoever loads it has to trust."""
    import skops.io as sio  # noqa: PLC0415

    written = sio.dumps(model)
    write_atomic(path, written)
    return list(sio.get_untrusted_types(data=written))


def _toml(content: dict[str, dict[str, object]]) -> str:
    """Strings, numbers and lists of strings: what JSON and TOML write alike."""
    lines = ["# Written by `vidocq demo`. Try: vidocq audit <this file> --out again", ""]
    for section, values in content.items():
        lines += [f"[{section}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""]
    return "\n".join(lines)
