"""`vidocq plan` refuses what an audit would refuse, and nothing is registered by then."""

import pytest

from vidocq.cli.main import main
from vidocq.dossier.ledger import Ledger

from workshop import configure, data

COMMANDS = ("plan", "audit")


def told(project, command, capsys):
    """What the command says of its configuration, which it refuses."""
    out = ["--out", str(project / "out")] if command == "audit" else []
    assert main([command, str(project / "audit.toml"), *out]) == 2
    if (project / "dossier.db").exists():
        with Ledger.open(f"sqlite:///{project}/dossier.db") as ledger:
            assert not ledger.entries()
    return capsys.readouterr().err


@pytest.fixture
def project(tmp_path):
    data(tmp_path)
    configure(tmp_path)
    return tmp_path


def keep(project, name, wanted):
    head, *lines = (project / f"{name}.csv").read_text().splitlines()
    (project / f"{name}.csv").write_text("\n".join([head, *wanted(lines)]) + "\n")


def access(project, lines):
    path = project / "audit.toml"
    path.write_text(path.read_text() + f"\n[access]\n{lines}\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("side", ["members", "non_members"])
def test_too_few_persons_are_refused_at_once(project, command, side, capsys):
    keep(project, side, lambda lines: lines[:5])
    assert f"5 persons are left in {side}" in told(project, command, capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_labels_of_one_class_are_refused_at_once(project, command, capsys):
    keep(project, "members", lambda lines: [line for line in lines if line.endswith(",1")])
    assert "members hold one class only" in told(project, command, capsys)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("k", [2, 3])
def test_a_top_k_that_leaves_no_class_out_is_refused(project, command, k, capsys):
    access(project, f'outputs = "top_k"\ntop_k = {k}')
    assert "leaves out none of the 2 classes" in told(project, command, capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_decimals_that_hide_nothing_are_refused(project, command, capsys):
    access(project, "decimals = 15")
    assert "access.decimals" in told(project, command, capsys)


def test_what_an_audit_would_do_is_planned(project, capsys):
    access(project, 'outputs = "top_k"\ntop_k = 1')
    assert main(["plan", str(project / "audit.toml"), "--lang", "en"]) == 0
    assert "Members: 150 records" in capsys.readouterr().out
