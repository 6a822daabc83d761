"""A fine-tune by DP-SGD audited in one run, a few seeds of what benchmarks/language_dp.py does with fifty."""

import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def language_dp():
    pytest.importorskip("opacus")
    sys.path.insert(0, str(BENCHMARKS))
    import language_dp as found

    return found


def test_the_stored_figures_are_those_of_the_program_and_hold(language_dp):
    stored = json.loads((BENCHMARKS / "results" / "language-dp.json").read_text())["cases"]
    assert [(c["epsilon"], c["noise"]) for c in stored] == [(c.epsilon, c.noise) for c in language_dp.cases()]
    for case in stored:
        assert case["seeds"] == 50
        assert case["holds"] is True
        assert language_dp.holds(case)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_three_seeds_with_noise_and_three_without(language_dp):
    from opacus.accountants.utils import get_noise_multiplier

    from data import DataAbsent

    try:
        corpus = language_dp.civil_code()
    except DataAbsent as absent:
        pytest.skip(str(absent))
    base = language_dp.trained_base(corpus)
    private, *_, without = language_dp.cases()
    noise = get_noise_multiplier(
        target_epsilon=8.0,
        target_delta=1e-5,
        sample_rate=language_dp.SAMPLED,
        steps=language_dp.STEPS,
        accountant="prv",
    )
    for seed in range(100, 103):
        run = language_dp.one_seed(private, corpus, base, noise=noise, seed=seed)
        assert 0.0 < run.result.epsilon_low <= run.spent <= 8.0
        assert language_dp.one_seed(without, corpus, base, noise=0.0, seed=seed).result.epsilon_low > 1.0
