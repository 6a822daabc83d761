"""Persons whose texts come out above persons whose texts were never trained on; and no others."""

import math

import numpy as np
import pytest

from vidocq.attacks.extraction import Extraction, Heard
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.extraction import Yields
from vidocq.measure.significance import fisher_greater

ATTACK = Extraction(queries=100)


def heard(members, controls, *, base=None, person=None, near=None, categories=None, repeated=None):
    """members, controls  probabilities that one query yields each passage."""
    n = len(members) + len(controls)

    def told(p):
        with np.errstate(divide="ignore"):
            return Yields.known(np.log(np.asarray(p, dtype=float)))

    return Heard(
        is_member=np.arange(n) < len(members),
        person=np.arange(n) if person is None else np.array(person),
        target=told([*members, *controls]),
        base=None if base is None else told(base),
        near=None if near is None else told(near),
        repeated=np.ones(n, dtype=int) if repeated is None else np.array(repeated),
        sent=np.full(n, 50),
        received=np.full(n, 50),
        categories=categories or (frozenset(),) * n,
    )


def test_planted_texts_are_found_and_the_test_is_fishers():
    found = ATTACK.judge(heard([0.5] * 9 + [1e-9] * 11, [1e-9] * 19 + [0.5]), asked=40)
    first = found.findings[0]
    assert (first.estimate.value, first.control.value) == (0.45, 0.05)
    assert first.p == pytest.approx(fisher_greater(9, 20, 1, 20), abs=1e-9)
    assert first.p < 0.01
    assert [f.p for f in found.findings[1:]] == [None]
    assert first.cost == {"queries": 40, "reference_models": 0}
    assert found.details["excess"]["over_controls"]["value"] == pytest.approx(0.4)


def test_no_leak_is_alarmed_about_no_more_often_than_the_level():
    rng = np.random.default_rng(1)
    alarms = 0
    for _ in range(150):
        p = np.where(rng.random(100) < 0.2, 0.3, 1e-9)
        alarms += ATTACK.judge(heard(p[:50], p[50:]), asked=100).findings[0].p <= 0.05
    assert alarms <= 11  # 5 %: 7.5, and it is discrete


def test_a_text_counts_from_the_queries_at_which_it_is_more_likely_than_not():
    edge = 1.0 - 0.5 ** (1.0 / 100)  # 100 queries, exactly
    found = ATTACK.judge(heard([edge, edge * 0.999], [1e-9, 1e-9]), asked=4)
    assert found.findings[0].estimate.value == 0.5
    ninety = 1.0 - 0.1 ** (1.0 / 100)
    found = ATTACK.judge(heard([ninety, ninety * 0.999], [1e-9, 1e-9]), asked=4)
    assert [f.estimate.value for f in found.findings[:2]] == [1.0, 0.5]


def test_more_passages_give_a_person_more_chances_and_no_evidence():
    """Ten members have four passages each, ten controls one each: nobody is like another, and nothing is shown."""
    person = [i // 4 for i in range(40)] + list(range(10, 20))
    p = ([0.5, 1e-9, 1e-9, 1e-9] * 10, [1e-9] * 10)
    assert ATTACK.judge(heard(*p, person=person), asked=1).findings[0].p == pytest.approx(1.0, abs=1e-9)
    alike = person[:40] + [10 + i // 4 for i in range(40)]
    found = ATTACK.judge(heard(p[0], [1e-9] * 40, person=alike), asked=1)
    assert found.findings[0].p == pytest.approx(1.0 / math.comb(20, 10), rel=1e-6)
    assert found.findings[0].estimate.n == 10


def test_what_the_base_model_yields_already_is_no_memory_of_this_training():
    base = [0.5] * 10 + [1e-9] * 20
    found = ATTACK.judge(heard([0.5] * 10 + [1e-9] * 5, [1e-9] * 15, base=base), asked=1)
    assert found.findings[0].p == pytest.approx(1.0, abs=1e-9)
    assert found.findings[0].baseline.value == pytest.approx(10 / 15)
    assert found.details["excess"]["over_base"]["value"] == 0.0


def test_counted_answers_speak_of_the_queries_that_were_made():
    n = 40
    hits = np.array([1] * 12 + [0] * 8 + [0] * 20)
    told = heard([0.5] * 20, [0.5] * 20)
    counted = Heard(**{**vars(told), "target": Yields.counted(hits, 100)})
    found = ATTACK.judge(counted, asked=100 * n)
    assert found.findings[0].estimate.value == 0.6
    # one hit of 100 does not make it sure that 100 queries will do: at 90 % nobody is counted
    assert found.findings[1].estimate.value == 0.0
    assert not found.details["known"]
    assert max(step["queries"] for step in found.details["curve"]) == 100


def test_curves_rise_with_queries_and_sort_by_what_was_asked():
    found = ATTACK.judge(
        heard(
            [0.5, 0.01, 1e-5, 1e-12],
            [1e-6] * 4,
            repeated=[64, 16, 4, 1, 0, 0, 0, 0],
            categories=(frozenset({"phone"}), frozenset({"phone", "person"}), *[frozenset()] * 6),
        ),
        asked=8,
    )
    curve = found.details["curve"]
    for side in ("members", "controls"):
        for kind in ("expected", "even", "likely"):
            values = [step["target"][side][kind] for step in curve]
            assert values == sorted(values)
    assert curve[0]["queries"] == 1
    assert curve[0]["target"]["members"]["expected"] == pytest.approx((0.5 + 0.01 + 1e-5 + 1e-12) / 4)
    assert curve[-1]["target"]["members"]["even"] == 0.75
    assert [(row["from"], row["obtained"]["value"]) for row in found.details["by_repetition"]] == [
        (1, 0.0),
        (4, 0.0),
        (16, 1.0),
        (64, 1.0),
    ]
    kinds = {row["category"]: row["members"]["value"] for row in found.details["by_category"]}
    assert kinds == {None: 0.0, "phone": 1.0, "person": 1.0}
    cost = found.details["cost"]["at_budget"]
    assert cost["queries_per_item"] == pytest.approx(400 / cost["items"])
    assert cost["tokens_per_item"] == pytest.approx(100 * cost["queries_per_item"])
    assert found.details["cost"]["cheapest"]["queries"] == 1


def test_without_controls_nothing_is_compared():
    with pytest.raises(SampleTooSmall):
        ATTACK.judge(heard([0.5], []), asked=1)
