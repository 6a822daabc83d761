"""What is recited of texts that trained the model, beside texts held out."""

from math import comb

import numpy as np
import pytest

from vidocq.attacks.divergence import Divergence, Recited, Side
from vidocq.core.errors import SampleTooSmall


def side(longest, recited, units=20, values=None):
    return Side(longest=np.array(longest), recited=recited, units=units, values=values or {})


def recited(trained, held_out, n=4):
    return Recited(
        prompt=np.arange(n), kind=("empty", "opening") * (n // 2), trained=trained, held_out=held_out, personal={}
    )


def test_p_is_fishers_on_the_units_and_not_on_the_answers():
    found = Divergence(at_least=100).judge(recited(side([500, 500, 500, 0], 3), side([0, 0, 0, 0], 0)), spent=4)
    units, answers, values = found.findings
    assert units.p == pytest.approx(comb(20, 3) / comb(40, 3))
    assert (units.estimate.value, units.control.value) == (3 / 20, 0.0)
    assert answers.estimate.value == 0.75
    assert answers.p is None
    assert values.p is None
    assert found.details["kinds"] == {
        "empty": {"answers": 2, "recitals": 2, "longest": 500},
        "opening": {"answers": 2, "recitals": 1, "longest": 500},
    }


def test_a_run_as_long_as_asked_for_counts_and_one_shorter_does_not():
    found = Divergence(at_least=100).judge(recited(side([100, 99, 0, 101], 1), None), spent=4)
    assert found.findings[1].estimate.value == 0.5
    assert [finding.p for finding in found.findings] == [None] * 3


def test_answers_to_one_prompt_are_no_independent_answers():
    alike = Recited(
        prompt=np.zeros(100, dtype=np.int64),
        kind=("repeat",) * 100,
        trained=side([200] * 100, 1),
        held_out=None,
        personal={},
    )
    assert Divergence().judge(alike, spent=100).findings[1].estimate.n == 1


def test_nothing_to_look_at_is_refused():
    with pytest.raises(SampleTooSmall, match="there are none"):
        Divergence().judge(recited(side([0] * 4, 0, units=0), None), spent=4)
    with pytest.raises(SampleTooSmall, match="there are none"):
        Divergence().judge(recited(side([], 0), None, n=0), spent=0)
