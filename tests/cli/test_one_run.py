"""`vidocq one-run` from the draw to the bound."""

import json

import numpy as np
import pandas as pd
import pytest

from vidocq.cli.main import main
from vidocq.dossier.ledger import Ledger

M = 100


@pytest.fixture
def place(tmp_path):
    pd.DataFrame({"a": np.arange(M) / 7, "y": np.arange(M) % 2}).to_csv(tmp_path / "canaries.csv", index=False)
    return tmp_path


def draw(place, *more):
    common = [str(place / "canaries.csv"), "--label", "y", "--dossier", f"sqlite:///{place}/d.db"]
    return main(["one-run", "draw", *common, "--delta", "1e-5", "--out", str(place), *more])


def measure(place, *more):
    common = [str(place / "canaries.csv"), "--label", "y", "--dossier", f"sqlite:///{place}/d.db"]
    return main(["one-run", "measure", *common, "--coins", str(place / "coins.npz"), *more])


def scored(place, *, heed):
    with np.load(place / "coins.npz") as held:
        included = held["included"]
    values = included if heed else np.random.default_rng(5).normal(size=M)
    (place / "scores.txt").write_text("".join(f"{v:g}\n" for v in values.astype(float)))
    return ["--scores", str(place / "scores.txt")]


def test_from_the_draw_to_a_refuted_claim(place, capsys):
    assert draw(place, "--guesses", "60", "--lang", "en") == 0
    assert "60 guesses are registered" in capsys.readouterr().out
    with np.load(place / "coins.npz") as held:
        kept = pd.read_csv(place / "included.csv")
        np.testing.assert_allclose(kept["a"], (np.arange(M) / 7)[held["included"]])
    given = scored(place, heed=True)
    assert measure(place, *given, "--claimed", "1", "--lang", "en", "--json", str(place / "r.json")) == 1
    assert "60 of 60 guesses right: epsilon exceeds" in capsys.readouterr().out
    entry = json.loads((place / "r.json").read_text())
    assert entry["estimate"]["low"] > 1
    assert measure(place, *given, "--claimed", "9") == 0  # a replay, held against a weaker claim
    with Ledger.open(f"sqlite:///{place}/d.db") as ledger:
        assert len(ledger.entries()) == 2
    assert measure(place, *scored(place, heed=False)) == 2  # guessed once


def test_scores_that_know_nothing_refute_nothing(place, capsys):
    assert draw(place, "--epsilon", "4", "--seed", "3") == 0
    assert measure(place, *scored(place, heed=False), "--claimed", "1") == 0
    assert "rien n'est démontré" in capsys.readouterr().out


def test_wrong_usage_is_told_before_anything_is_guessed(place, capsys):
    assert draw(place) == 2  # neither guesses nor epsilon
    assert draw(place, "--guesses", "60") == 0
    assert measure(place) == 2
    (place / "scores.txt").write_text("one\ntwo\n")
    assert measure(place, "--scores", str(place / "scores.txt")) == 2
    assert "one number a line" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["nan", "inf", "-inf"])
def test_a_score_that_is_not_finite_is_told_with_its_line(place, said, capsys):
    assert draw(place, "--guesses", "60") == 0
    (place / "scores.txt").write_text("1.0\n\n0.5\n" + f"{said}\n" * (M - 2))
    assert measure(place, "--scores", str(place / "scores.txt")) == 2
    told = capsys.readouterr().err
    assert "scores.txt, line 4" in told
    assert "finite" in told
