"""Audits and scans leave evidence in the dossier: counts and hashes, once."""

import json

import pytest

from vidocq.audit.indices import measure_indices
from vidocq.checks.catalogue import INDICES
from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.repetition import Repetition
from vidocq.cli.main import main
from vidocq.core.status import AuditVerdict, Status
from vidocq.dossier.evidence import RECORDED
from vidocq.dossier.ledger import Ledger

from workshop import configure, data


def recorded(folder):
    with Ledger.open(f"sqlite:///{folder / 'dossier.db'}", must_exist=True) as ledger:
        return [entry.data for entry in ledger.entries(RECORDED)]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence")
    data(folder)
    for name in ("leaky", "gentle"):
        path = configure(folder, f"{name}.toml", model=name)
        path.write_text(f'{path.read_text()}[dossier]\nmodel = "{name}"\ndataset = "patients"\n')
        main(["audit", str(path), "--out", str(folder / name), "--quiet"])
    return folder


@pytest.mark.parametrize("name", ["leaky", "gentle"])
def test_an_audit_leaves_its_verdict_and_each_attack(project, name):
    told = json.loads((project / name / "audit.json").read_bytes())
    found = {piece["measurement"]: piece for piece in recorded(project) if piece["subject"] == f"models.{name}"}
    verdict = told["verdicts"][0]
    assert found["audit"]["status"] == AuditVerdict(verdict["verdict"]).status
    assert found["audit"]["figures"]["b_avg"] == verdict["b_avg"]
    assert found["audit"]["figures"]["registration"] == verdict["registration"]
    assert found["audit"]["inputs"]["model"] == told["inputs"]["model"]
    assert found["audit"]["suite"] == f"{told['suite']['name']} {told['suite']['version']}"
    for attack in told["attacks"]:
        if attack["id"] == "blind":
            assert "blind" not in found
            continue
        piece = found[attack["id"]]
        assert (piece["status"] == "NOT_MEASURED") is (not attack["measured"])
        shown = any(r["measured"] and r["p_holm"] <= verdict["error"] for r in attack["rates"])
        if attack["measured"] and verdict["verdict"] == "leak_shown":
            assert piece["status"] == ("NOT_SATISFIED" if shown else "INCONCLUSIVE")
    for absent in told["not_measured"]:
        assert found[absent["id"]]["status"] == "NOT_MEASURED"
    assert all(piece["schema"] == 1 for piece in found.values())


def test_the_same_audit_again_adds_nothing(project):
    before = recorded(project)
    main(["audit", str(project / "leaky.toml"), "--out", str(project / "again"), "--quiet"])
    assert recorded(project) == before


def scanned(folder, *files, more=()):
    url = f"sqlite:///{folder / 'dossier.db'}"
    words = ["--out", str(folder / "out"), "--dossier", url, "--dataset", "letters", "--quiet", *more]
    code = main(["scan", *map(str, files), *words])
    return code, {piece["measurement"]: piece for piece in recorded(folder)}


def test_a_scan_leaves_counts_and_no_value(tmp_path):
    letter = tmp_path / "jeanne@exemple.fr.txt"
    letter.write_text("Écrire à jeanne.martin@exemple.fr avant lundi.\n", encoding="utf-8")
    _, found = scanned(tmp_path, letter)
    identifiers = found["scan-identifiers"]
    assert identifiers["status"] == "TO_JUDGE"
    assert identifiers["subject"] == "datasets.letters"
    assert identifiers["figures"]["categories"]["email"]["count"] == 1
    assert identifiers["figures"]["categories"]["email"]["recall"]["n"] > 0
    assert "jeanne" not in json.dumps(found)
    assert found["scan-offences"]["status"] != "NOT_SATISFIED"
    before = recorded(tmp_path)
    scanned(tmp_path, letter)
    assert recorded(tmp_path) == before


def test_nothing_found_counts_only_where_everything_was_read(tmp_path):
    clean, broken = tmp_path / "clean.txt", tmp_path / "broken.parquet"
    clean.write_text("Le ciel est bleu et la mer aussi.\n")
    broken.write_bytes(b"no parquet at all")
    _, found = scanned(tmp_path, clean)
    assert found["scan-persons"]["status"] == "SATISFIED"
    assert found["scan-persons"]["figures"]["categories"]["person"]["documents"]["high"] > 0.9
    code, found = scanned(tmp_path, clean, broken)
    assert code == 3
    assert {piece["status"] for piece in found.values()} == {"NOT_MEASURED"}


def test_what_was_not_asked_for_is_not_measured(tmp_path):
    clean = tmp_path / "clean.txt"
    clean.write_text("Le ciel est bleu.\n")
    _, found = scanned(tmp_path, clean, more=("--categories", "email,person"))
    assert found["scan-identifiers"]["status"] == "NOT_MEASURED"
    assert "iban" in found["scan-identifiers"]["figures"]["not_searched"]
    assert found["scan-offences"]["status"] == "NOT_MEASURED"
    assert found["scan-persons"]["status"] == "SATISFIED"


def test_a_ledger_that_cannot_be_used_stops_the_scan_before_any_work(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    code = main(["scan", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--dossier", "nonsense"])
    assert code == 2
    assert not (tmp_path / "out" / "scan.json").exists()
    assert main(["scan", str(tmp_path / "a.txt"), "--dataset", "letters"]) == 2


# Indices


def test_an_audit_leaves_its_indices_beside_and_in_the_dossier(project):
    told = json.loads((project / "leaky" / "indices.json").read_bytes())
    audit = json.loads((project / "leaky" / "audit.json").read_bytes())
    by_id = {index["id"]: index for index in told["indices"]}
    assert list(by_id) == INDICES.ids()
    gap = by_id["index-train-test-gap"]["figures"]["accuracy"]
    assert gap["members"]["value"] == audit["utility"]["members"]["value"]
    assert gap["gap"]["value"] > 0.2  # planted: a tree that learnt labels which nothing explains
    assert by_id["index-size-ratio"]["figures"]["records"] == 150
    assert by_id["index-safeguards"]["figures"]["settings"]["min_samples_leaf"] == {"value": 3, "default": 1}
    assert by_id["index-identifiers"]["status"] == "NOT_MEASURED"
    found = {(piece["subject"], piece["measurement"]): piece for piece in recorded(project)}
    for name, index in by_id.items():
        piece = found["models.leaky", name]
        assert piece["status"] == index["status"]
        assert (("datasets.patients", name) in found) is (index["about"] == "data")
    assert told["inputs"]["members"] == audit["inputs"]["members"]


def test_the_command_computes_them_alone_and_asks_nothing(project, tmp_path, capsys):
    before = recorded(project)
    target = tmp_path / "indices.json"
    code = main(["dossier", "index", str(project / "leaky.toml"), "--json", str(target), "--dossier"])
    assert code == 3  # no column holds text
    said = capsys.readouterr().out
    assert "Surapprentissage" not in said
    assert "Répétitions\u00a0: satisfait" in said
    told = {index["id"]: index for index in json.loads(target.read_bytes())["indices"]}
    assert set(told) == set(INDICES.ids()) - {"index-train-test-gap"}
    with_audit = {i["id"]: i for i in json.loads((project / "leaky" / "indices.json").read_bytes())["indices"]}
    assert all(with_audit[name] == index for name, index in told.items())
    assert recorded(project) == before  # the audit left the same


def test_an_index_that_fails_takes_no_other_with_it(monkeypatch):
    def failing(_self, _inputs):
        raise ValueError("a message that quotes jeanne@exemple.fr")

    monkeypatch.setattr(Repetition, "measure", failing)
    found = {each.card.id: each for each in measure_indices(IndexInputs(family="trees"))}
    assert found["index-repetition"].verdict.status is Status.NOT_MEASURED
    assert "jeanne" not in found["index-repetition"].verdict.reason.fr
    assert found["index-precedents"].verdict.status is Status.TO_JUDGE
