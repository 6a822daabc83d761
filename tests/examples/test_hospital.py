"""The example of the hospital runs as it is written, from facts to an assessment."""

import importlib
import json
import sys
from pathlib import Path

import pytest

from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state

NAMES = ("run", "hospital_data")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hospital"


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hospital")
    sys.path.insert(0, str(EXAMPLE))
    for name in NAMES:
        sys.modules.pop(name, None)  # another folder's may be there
    try:
        module = importlib.import_module("run")
        code = module.run(folder, quiet=True)
    finally:
        sys.path.remove(str(EXAMPLE))
        for name in NAMES:
            sys.modules.pop(name, None)
    return folder, code


def test_it_ends_with_an_assessment(hospital):
    folder, code = hospital
    content = json.loads((folder / "assessment" / "assessment.json").read_bytes())
    assert code in {1, 3}
    assert sum(content["counts"].values()) == len(content["points"]) >= 200
    assert content["counts"]["NOT_APPLICABLE"] > 20
    assert content["counts"]["SATISFIED"] > 0
    assert content["decisions"]
    assert content["next"]


def test_evidence_is_about_the_model_and_the_data(hospital):
    folder, _ = hospital
    with Ledger.open(f"sqlite:///{folder}/dossier.db") as ledger:
        assert ledger.verify().problem is None
        found = state(ledger)
    about = {(piece.measurement, piece.subject) for piece in found.evidence.pieces}
    assert ("audit", "models.triage") in about
    assert ("scan-identifiers", "datasets.visits") in about
    (audit,) = found.evidence.latest("audit")
    assert audit.inputs["model"] == found.facts.models[0].sha256
    (scan,) = found.evidence.latest("scan-identifiers")
    assert scan.inputs["data"] == found.facts.datasets[0].sha256


def test_another_model_makes_its_evidence_stale(hospital, tmp_path):
    from vidocq.cli.main import main

    folder, _ = hospital
    url = f"sqlite:///{folder}/dossier.db"
    before = json.loads((folder / "assessment" / "assessment.json").read_bytes())
    assert main(["dossier", "fact", "models.triage.sha256", "0" * 64, "--dossier", url, "--quiet"]) == 0
    main(["dossier", "assess", "--dossier", url, "--quiet", "--json", str(tmp_path / "after.json")])
    after = json.loads((tmp_path / "after.json").read_bytes())
    assert before["stale"] == 0
    assert after["stale"] > 0
