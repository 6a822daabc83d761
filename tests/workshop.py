"""A small project on disk: a model that remembers its persons (or does not), its data and a configuration."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skops.io as sio
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from vidocq.attacks.blind import Blind

CONFIGURATION = """
[model]
path = "{model}.skops"
trusted_types = ["sklearn.tree._tree.Tree"]
[data]
members = "members.csv"
non_members = "non_members.csv"
label = "y"
split = "randomised"
declared_by = "a test"
{data}
[plan]
suite = "quick"
references = {references}
tolerance_average = 0.05
tolerance_worst = 0.9
set_by = "a test"
{plan}
[engine]
workers = 1
"""


@dataclass(frozen=True, kw_only=True)
class FewTrees(Blind):
    """The blind control with a tenth of its trees: other parts are tested here."""

    trees: int = 5


def data(folder: Path, *, side: int = 150, persons: bool = False) -> None:
    """`side` persons on each side, whose labels nothing explains; two records each where they have ids."""
    rng = np.random.default_rng(5)
    each = 2 if persons else 1
    n = side * each
    x, y = rng.normal(size=(2 * n, 4)).round(4), rng.integers(0, 2, 2 * n)
    folder.mkdir(exist_ok=True)
    head = "a,b,c,d,y" + (",who" if persons else "")
    for name, start in (("members", 0), ("non_members", n)):
        lines = [
            ",".join([*(repr(float(v)) for v in x[i]), str(y[i]), *([f"p{i // each}"] if persons else [])])
            for i in range(start, start + n)
        ]
        (folder / f"{name}.csv").write_text(head + "\n" + "\n".join(lines) + "\n")
    sio.dump(DecisionTreeClassifier(min_samples_leaf=3, random_state=0).fit(x[:n], y[:n]), folder / "leaky.skops")
    sio.dump(LogisticRegression(C=0.01).fit(x[:n], y[:n]), folder / "gentle.skops")


def configure(
    folder: Path,
    name: str = "audit.toml",
    *,
    model: str = "leaky",
    references: int = 24,
    plan: str = "",
    data: str = "",
) -> Path:
    """A configuration beside the data; `plan` and `data` are further lines of these sections."""
    path = folder / name
    path.write_text(CONFIGURATION.format(model=model, references=references, plan=plan, data=data))
    return path
