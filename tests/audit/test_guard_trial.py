"""What a trial of a guard says: figures where something was measured, and a verdict that its intervals bear out."""

import json

import pytest

from vidocq.audit.guard_verdict import Allowed, judge_clean, judge_mean, judge_worst, worst_of
from vidocq.cli.main import main
from vidocq.core.status import Status
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state
from vidocq.measure.intervals import clopper_pearson

ALLOWED = Allowed()
POLICY = 'schema = 1\n[[filters]]\nkind = "personal-data"\ncategories = ["phone"]\n'


@pytest.mark.parametrize(
    ("passed", "n", "status"),
    [
        (0, 1000, Status.SATISFIED),
        (0, 20, Status.INCONCLUSIVE),
        (25, 1000, Status.INCONCLUSIVE),
        (60, 1000, Status.NOT_SATISFIED),
    ],
)
def test_only_an_interval_that_is_all_above_is_not_satisfied(passed, n, status):
    assert judge_mean(clopper_pearson(passed, n), ALLOWED).status is status


@pytest.mark.parametrize(
    ("passed", "n", "status"),
    [(5, 50, Status.SATISFIED), (6, 50, Status.INCONCLUSIVE), (20, 50, Status.NOT_SATISFIED)],
)
def test_the_worst_disguise_is_held_to_its_own_share(passed, n, status):
    assert judge_worst(clopper_pearson(passed, n), ALLOWED).status is status


@pytest.mark.parametrize(
    ("stopped", "n", "status"),
    [(0, 1000, Status.SATISFIED), (0, 100, Status.INCONCLUSIVE), (40, 1000, Status.NOT_SATISFIED)],
)
def test_false_blocks_are_judged_by_their_interval(stopped, n, status):
    assert judge_clean(clopper_pearson(stopped, n), ALLOWED).status is status


def test_the_worst_of_several_counts():
    few, many = judge_mean(clopper_pearson(0, 20), ALLOWED), judge_mean(clopper_pearson(0, 1000), ALLOWED)
    above = judge_mean(clopper_pearson(60, 1000), ALLOWED)
    assert worst_of([many]) is Status.SATISFIED
    assert worst_of([many, few]) is Status.INCONCLUSIVE
    assert worst_of([few, above, many]) is Status.NOT_SATISFIED


@pytest.fixture
def tried(tmp_path, capsys):
    def run(policy, *more):
        (tmp_path / "policy.toml").write_text(policy)
        code = main(
            ["guard", "test", "--policy", str(tmp_path / "policy.toml"), "--json", str(tmp_path / "t.json"), *more]
        )
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_what_plants_nothing_measures_nothing(tried, tmp_path):
    ledger = f"sqlite:///{tmp_path}/dossier.db"
    code, out, _ = tried(
        'schema = 1\n[[filters]]\nkind = "requests"\n[stop]\npaused = true',
        "--dossier", ledger, "--subject", "models.assistant",
    )  # fmt: skip
    assert code == 3
    assert "non mesuré. Cette politique ne cherche aucun identifiant structuré" in out
    assert "en pause" in out
    assert "%" not in out
    content = json.loads((tmp_path / "t.json").read_text())
    assert content["passed"] is content["worst"] is content["clean"] is None
    with Ledger.open(ledger) as opened:
        (piece,) = state(opened).evidence.pieces
    assert (piece.status, piece.figures) == (Status.NOT_MEASURED, {})


def test_a_verdict_is_told_with_its_reason_and_what_stopped_clean_text(tried, tmp_path):
    (tmp_path / "clean.txt").write_text("Un texte sans personne.\n" * 40 + "Sauf le 06 12 34 56 78.\n")
    code, out, _ = tried(POLICY, "--each", "1", "--clean", str(tmp_path / "clean.txt"), "--lang", "en")
    assert code == 1
    assert "Planted identifiers: inconclusive. The interval holds 2 % (--most)" in out.replace("\xa0", " ")
    assert "Finds by filter: personal-data: phone 1." in out
    content = json.loads((tmp_path / "t.json").read_text())
    assert [one["status"] for one in content["judged"]][::2] == ["INCONCLUSIVE", "NOT_SATISFIED"]
    assert "False blocks: not satisfied." in out
    assert all(one["category"] == "phone" and "id" not in one for one in content["by_category"])
    assert content["evasions"] == len(content["by_evasion"]) - 1


@pytest.mark.parametrize(
    "more", [["--dossier", "sqlite:///{}/d.db"], ["--dossier", "sqlite:///{}/d.db", "--subject", "nobody"], ["--subject", "models.a"]]
)  # fmt: skip
def test_evidence_is_about_a_model_and_no_ledger_is_made_otherwise(tried, tmp_path, more):
    code, _, err = tried(POLICY, *(word.format(tmp_path) for word in more))
    assert code == 2
    assert "models.assistant" in err
    assert not (tmp_path / "d.db").exists()


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 40])
def test_a_clean_file_without_text_is_named(tried, tmp_path, content):
    (tmp_path / "nothing.txt").write_bytes(content)
    code, _, err = tried(POLICY, "--clean", str(tmp_path / "nothing.txt"))
    assert code == 2
    assert "nothing.txt" in err
    assert "clopper" not in err
