"""A small part of the proof of the one-run bounds; the whole of it is `python benchmarks/one_run.py`."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from vidocq.dossier.canary_draw import DRAWN, GUESSED
from vidocq.dossier.ledger import Ledger
from vidocq.measure.trade_off import gaussian_mu

import one_run


def case(bound, **changes):
    return one_run.Case(**{"epsilon": 4.0, "bound": bound, "canaries": 2000, "seeds": 8} | changes)


@pytest.mark.parametrize("bound", list(one_run.WANTED))
def test_private_training_is_bounded_from_below_and_under_its_epsilon(tmp_path, bound):
    url = f"sqlite:///{tmp_path}/dossier.db"
    row = one_run.figures(case(bound), one_run.runs(case(bound), url=url))
    assert row["under_epsilon"] >= 7
    assert row["share_of_epsilon"]["median"] >= 0.25
    assert row["accuracy"] > 0.85
    assert row["always_clipped"] > 0.999
    with Ledger.open(url) as ledger:
        assert [e.kind for e in ledger.entries() if e.kind in {DRAWN, GUESSED}] == [DRAWN, GUESSED] * 8
        assert {e.data["draw"]["guesses"] for e in ledger.entries(DRAWN)} == {row["guesses"]}


def test_training_that_adds_a_quarter_of_the_noise_it_claims_is_caught(tmp_path):
    spoilt = case("f-dp-gaussian", seeds=4, noise_share=0.25)
    row = one_run.figures(spoilt, one_run.runs(spoilt, url=f"sqlite:///{tmp_path}/dossier.db"))
    assert row["under_epsilon"] == 0


def test_the_claimed_epsilon_is_what_leaks():
    """Scores with the canary and without it lie mu apart, in deviations: nothing is lost and nothing added."""
    rng, mu = np.random.default_rng(1), gaussian_mu(4.0, one_run.DELTA)
    included = rng.random(20_000) < 0.5
    own = one_run.train(included, noise=np.sqrt(one_run.STEPS) / mu, rng=rng).own
    apart = (own[included].mean() - own[~included].mean()) / own[~included].std()
    assert apart == pytest.approx(mu, abs=0.05)
    assert own[included].std() == pytest.approx(own[~included].std(), rel=0.03)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"under_epsilon": 44}, False),
        ({"reached": {"0.3": 50, "0.5": 44}}, False),
        ({"reached": {"0.3": 0, "0.5": 0}, "wanted": None}, True),
        ({"noise_share": 0.25}, False),
        ({"noise_share": 0.25, "under_epsilon": 0}, True),
    ],
)
def test_forty_five_seeds_of_fifty_have_to_hold(changes, holds):
    row = {"noise_share": 1.0, "under_epsilon": 45, "seeds": 50, "reached": {"0.3": 50, "0.5": 45}, "wanted": 0.5}
    assert one_run._holds(row | changes) is holds


def test_half_of_epsilon_is_asked_of_the_curve_that_the_claim_rests_on():
    assert one_run.WANTED["f-dp-gaussian"] == 0.5
    assert one_run.WANTED["steinke"] == 0.3
