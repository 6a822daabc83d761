"""A file in which a newer version wrote is refused before anything is registered in it, with exit code 2."""

import numpy as np
import pytest

from vidocq.cli.main import main
from vidocq.core.errors import LedgerError
from vidocq.dossier.canary_draw import CanaryDraw, register_draw
from vidocq.dossier.ledger import Ledger

from workshop import configure, data


@pytest.fixture
def newer(tmp_path):
    url = f"sqlite:///{tmp_path}/dossier.db"
    with Ledger.open(url) as ledger:
        ledger.append("facts.stated", {"schema": 2})
    return url


def entries(url):
    with Ledger.open(url, must_exist=True) as ledger:
        return len(ledger.entries())


def test_an_audit_registers_nothing_in_it(tmp_path, newer, capsys):
    data(tmp_path)
    path = configure(tmp_path, "audit.toml", model="gentle")
    assert main(["audit", str(path), "--out", str(tmp_path / "out"), "--quiet"]) == 2
    assert "schema" in capsys.readouterr().err
    assert entries(newer) == 1
    assert not (tmp_path / "out").exists()


def test_a_split_registers_nothing_in_it(tmp_path, newer, capsys):
    (tmp_path / "table.csv").write_text("a,b\n" + "".join(f"{n},{n}\n" for n in np.arange(40)))
    code = main(["split", str(tmp_path / "table.csv"), "--out", str(tmp_path / "out"), "--dossier", newer, "--quiet"])
    assert code in {2, 3}
    assert "schema" in capsys.readouterr().err
    assert entries(newer) == 1


def test_a_draw_of_canaries_registers_nothing_in_it(newer):
    draw = CanaryDraw(coins="0" * 64, canaries="1" * 64, count=8, guesses=4, delta=0.0, level=0.95, bound="b")
    with Ledger.open(newer) as ledger, pytest.raises(LedgerError, match="schema"):
        register_draw(ledger, draw)
    assert entries(newer) == 1
