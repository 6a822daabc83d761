"""The example of the clinic runs as it is written, on this machine alone: its fine-tune leaks, the base does not."""

import importlib
import json
import socket
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "language"
NAMES = ("run", "clinic_letters")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    pytest.importorskip("transformers", reason='this example needs: pip install "vidocq[language]"')
    folder = tmp_path_factory.mktemp("clinic")
    opened = []
    connect = socket.socket.connect
    socket.socket.connect = lambda self, address: opened.append(address) or connect(self, address)
    sys.path.insert(0, str(EXAMPLE))
    for name in NAMES:
        sys.modules.pop(name, None)  # another folder's may be there
    try:
        codes = importlib.import_module("run").run(folder, quiet=True)
        letters = importlib.import_module("clinic_letters")
    finally:
        socket.socket.connect = connect
        sys.path.remove(str(EXAMPLE))
        for name in NAMES:
            sys.modules.pop(name, None)
    return folder, codes, letters, opened


def test_the_fine_tune_leaks_and_its_base_does_not(clinic):
    folder, codes, _, opened = clinic
    assert codes == {"assistant": 1, "base": 3}
    assert opened == []
    found = json.loads((folder / "audit-assistant" / "audit.json").read_bytes())
    assert found["verdicts"][0]["verdict"] == "leak_shown"
    extraction = found["results"][0]
    assert extraction["estimate"]["value"] > 0.8
    assert extraction["control"]["value"] < 0.3
    told = found["language"]["measurements"]["extraction"]["by_category"]
    assert "phone" in {row["category"] for row in told}


def test_no_patient_is_named_in_what_is_written(clinic):
    folder, _, letters, _ = clinic
    private = {one[key] for one in letters.patients(120, seed=7) for key in ("name", "phone")}
    assert len(private) > 200
    for path in [*folder.glob("audit-*/*"), *folder.glob("*.db")]:
        data = path.read_bytes()
        assert not any(value.encode() in data for value in private), path.name
