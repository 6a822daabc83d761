"""Which documents count as handed over, and what they are held against."""

from math import comb

import numpy as np
import pytest

from vidocq.attacks.retrieval import Handed, Retrieval
from vidocq.core.errors import SampleTooSmall


def handed(*, longest, marked=(), has_canary=(), strangers=(0, 0), allowed=2, absent=4):
    """Documents: forbidden ones first, then allowed ones, then those not stored."""
    n = len(longest)
    kinds = np.repeat([0, 1, 2], [n - allowed - absent, allowed, absent])

    def flags(which):
        return np.isin(np.arange(n), list(which))

    return Handed(
        stored=kinds != 2,
        allowed=kinds == 1,
        longest=np.array(longest),
        marked=flags(marked),
        has_canary=flags(has_canary),
        kind=("push",) * n,
        strangers=strangers,
    )


def test_documents_are_held_against_those_that_were_left_out():
    found = Retrieval(at_least=100).judge(handed(longest=[100, 99, 300, 0] + [500, 0] + [0] * 4), spent=7)
    assert found.findings[0].estimate.value == 0.5
    assert found.findings[0].p == pytest.approx(comb(4, 2) / comb(8, 2))
    assert found.findings[-1].estimate.value == 0.5  # of the allowed ones
    assert found.details["brought_by"] == {"push": 2}
    assert found.details["longest"] == 300


def test_canaries_are_held_against_those_planted_nowhere():
    found = Retrieval().judge(handed(longest=[0] * 10, marked=[1], has_canary=range(4), strangers=(1000, 0)), spent=7)
    by_document, by_canary, _ = found.findings
    assert by_document.p is None
    assert by_document.estimate.value == 0.25
    assert by_canary.p == pytest.approx(4 / 1004)
    assert by_canary.estimate.value == 0.25


def test_one_test_only_and_chosen_by_the_documents_alone():
    for marked in ([], [0]):
        some = Retrieval().judge(
            handed(longest=[0] * 10, marked=marked, has_canary=[0], strangers=(1000, 0)), spent=1
        )
        assert [finding.p is None for finding in some.findings] == [False, True, True]
        alone = Retrieval().judge(
            handed(longest=[0] * 6, marked=marked, has_canary=[0], strangers=(1000, 0), absent=0), spent=1
        )
        assert [finding.p is None for finding in alone.findings] == [True, False, True]
        bare = Retrieval().judge(handed(longest=[0] * 6, absent=0), spent=1)
        assert [finding.p for finding in bare.findings] == [None, None]


def test_where_nothing_is_forbidden_nothing_is_judged():
    with pytest.raises(SampleTooSmall, match="no document is forbidden"):
        Retrieval().judge(handed(longest=[0, 0], allowed=2, absent=0), spent=1)
