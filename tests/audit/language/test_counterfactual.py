"""Counterfactual memorisation from what models made of each token."""

import numpy as np
import pytest

from vidocq.audit.language.counterfactual import measure_counterfactual
from vidocq.core.token_signals import TokenSignals


def heard(lengths, logprob, top):
    start = np.concatenate([[0], np.cumsum(lengths)])
    nothing = np.full(start[-1], np.nan)
    return TokenSignals(
        start=start, logprob=logprob, mean=nothing, spread=nothing, top=top, base=nothing,
        bytes=np.array(lengths), zipped=np.array(lengths),
    )  # fmt: skip


def world(gain, models=12, texts=40):
    rng = np.random.default_rng(1)
    had = rng.random((models, texts)) < 0.5
    lengths = rng.integers(5, 20, size=texts)
    voices = []
    for row in had:
        better = np.repeat(row, lengths) * gain
        voices.append(
            heard(
                lengths,
                -2.0 + better + rng.normal(scale=0.1, size=len(better)),
                rng.random(len(better)) < 0.3 + better / 4,
            )
        )
    return voices, had


def test_both_figures_of_the_paper_and_no_p():
    found = measure_counterfactual(*world(1.0), seed=1)
    by_unit = {"tokens predicted": 0.25, "log-probability": 1.0}
    for words, gain in by_unit.items():
        mean = next(f for f in found.findings if "mean gap between" in f.quantity.en and words in f.quantity.en)
        assert mean.estimate.value == pytest.approx(gain, abs=0.05)
        assert mean.estimate.low > 0.0
    assert all(finding.p is None for finding in found.findings)
    assert found.details["counterfactual"]["accuracy"]["texts"] == 40


def test_a_text_read_at_another_length_is_left_out():
    voices, had = world(1.0)
    short = voices[0].lengths.copy()
    short[0] -= 1
    kept = np.repeat(np.arange(40), voices[0].lengths) != -1
    kept[voices[0].start[1] - 1] = False
    voices[0] = heard(short, voices[0].logprob[kept], voices[0].top[kept])
    found = measure_counterfactual(voices, had, seed=1)
    assert found.details["unlike_lengths"] == 1
    assert found.details["counterfactual"]["accuracy"]["texts"] == 39


def test_too_few_models_are_said():
    voices, had = world(1.0)
    found = measure_counterfactual(voices[:3], had[:3], seed=1)
    assert found.findings == ()
    assert [absent.id for absent in found.absent] == ["counterfactual"]
    assert "there are 3" in found.absent[0].reason.en
    assert "[model.fine_tuning]" in found.absent[0].reason.fr
