"""Rows that coincide: the worst case worked by hand, the level on populations full of twins, and counts by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from vidocq.core.errors import SampleTooSmall
from vidocq.measure.coincidence import Coincidences, coincidences

FIVE = Coincidences(
    attack="structure", members_alone=5, outsiders_alone=0, shared=0, members=170, non_members=170, trained=170
)


def test_five_rows_of_members_that_nobody_else_has_worked_by_hand():
    """Three groups of 170: a pair of twins that shows is a member's with a row of the model once in four."""
    assert FIVE.chance == pytest.approx(0.5 * 340 / 679)
    assert FIVE.p == pytest.approx((0.5 * 340 / 679) ** 5)
    assert replace(FIVE, trained=None).p == pytest.approx(0.5**5)
    assert replace(FIVE, members_alone=0).p == 1.0
    assert replace(FIVE, views=3).p == pytest.approx(3 * FIVE.p)
    assert replace(FIVE, outsiders_alone=2, shared=3).p == pytest.approx(stats.binom.sf(4, 10, FIVE.chance))
    assert replace(FIVE, members_alone=170).p > 0.0


def test_without_a_group_nothing_can_be_told():
    for side in ("members", "non_members"):
        with pytest.raises(SampleTooSmall):
            _ = replace(FIVE, **{side: 0}).p


def test_a_larger_class_of_twins_is_no_worse_than_a_pair():
    """P(J = 1) / P(J >= 1), by the hypergeometric law, against the pair that `chance` takes."""
    for n, t in ((340, 170), (340, 17), (340, 1700), (60, 30)):
        worst = 2 * t / (n - 1 + 2 * t)
        law = [stats.hypergeom(n + t, n, c) for c in (2, 3, 5, 9)]
        shares = [one.pmf(1) / one.sf(0) for one in law]
        assert shares[0] == pytest.approx(worst)
        assert all(share <= worst + 1e-12 for share in shares)


@pytest.mark.parametrize(("atoms", "kept"), [(200, 1.0), (2_000, 1.0), (2_000, 0.2), (40_000, 1.0)])
def test_the_level_holds_whatever_a_model_of_other_persons_keeps(atoms, kept):
    """Persons of one population drawn with twins; the model keeps the rows of the lowest values, as a margin would."""
    rng = np.random.default_rng(atoms)
    n, alarms, draws = 120, 0, 600
    for _ in range(draws):
        everyone = rng.integers(0, atoms, size=3 * n)
        audited, behind = everyone[: 2 * n], everyone[2 * n :]
        stored = np.isin(audited, behind[behind < kept * atoms])
        _, values = np.unique(audited, return_inverse=True)
        found = coincidences(
            values, stored, np.arange(2 * n), np.arange(2 * n) < n, attack="structure", removed=0, trained=n
        )
        alarms += found.p <= 0.05
    assert alarms <= stats.binom.ppf(0.999, draws, 0.05)


def test_counts_by_hand():
    """Persons 0 and 1 are members, 2 and 3 are not; person 0 has three records, two of which are alike."""
    values = np.array([0, 0, 1, 2, 2, 3, 4])
    person = np.array([0, 0, 0, 1, 2, 2, 3])
    stored = np.array([True, True, True, True, True, True, False])
    found = coincidences(values, stored, person, person < 2, attack="structure", removed=4, trained=None)
    assert (found.members_alone, found.outsiders_alone, found.shared) == (1, 1, 1 + 4)
    assert (found.members, found.non_members) == (2, 2)
