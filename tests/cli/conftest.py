"""Commands run in this process, on small data, with few trees in the blind control."""

import pytest

from vidocq.cli.main import main
from vidocq.engine.threads import single_thread

from workshop import FewTrees, configure, data


@pytest.fixture(autouse=True, scope="session")
def _quick():
    with pytest.MonkeyPatch.context() as patch, single_thread():
        patch.setattr("vidocq.audit.examine.Blind", FewTrees)
        yield


@pytest.fixture(scope="session")
def audited(tmp_path_factory):
    """Two finished audits on the same persons: of a tree that learnt them by heart, and of a gentle model."""
    folder = tmp_path_factory.mktemp("workshop")
    data(folder)
    for name in ("leaky", "gentle"):
        configure(folder, f"{name}.toml", model=name)
        code = main(["audit", str(folder / f"{name}.toml"), "--out", str(folder / name), "--quiet"])
        assert code == {"leaky": 1, "gentle": 3}[name]
    return folder
