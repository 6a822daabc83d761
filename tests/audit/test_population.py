"""Persons on one side or the other, and their records' scores made theirs."""

import numpy as np
import pytest

from vidocq.audit.sampling.population import gather
from vidocq.core.errors import DataError
from vidocq.targets.overlap import Overlap

from synthetic import overlap_of, records_of, seed


def several(sizes, *, first, rng):
    """Records of persons named a, b, …: persons `sizes` records each, shuffled."""
    names = [f"{first}{i}" for i, size in enumerate(sizes) for _ in range(size)]
    return records_of(len(names), rng=rng, persons=[names[i] for i in rng.permutation(len(names))])


@pytest.fixture
def sides():
    rng = seed(1)
    return several([1, 2, 3] * 20, first="m", rng=rng), several([2] * 40, first="n", rng=rng)


def test_persons_are_counted_not_records(sides):
    population = gather(*sides, overlap_of(120, 80))
    assert (population.members, population.non_members, population.persons) == (60, 40, 100)
    assert population.has_ids
    assert population.share == pytest.approx(0.6)
    assert len(population.person) == 200
    np.testing.assert_array_equal(population.is_member_record, np.arange(200) < 120)
    names = population.records.persons
    for person in range(population.persons):
        assert len(np.unique(names[population.person == person])) == 1


def test_members_come_first_among_persons_too(sides):
    population = gather(*sides, overlap_of(120, 80))
    assert population.is_member[:60].all()
    assert not population.is_member[60:].any()


def test_scores_are_summed_or_averaged_over_a_persons_records(sides):
    population = gather(*sides, overlap_of(120, 80))
    scores = seed(2).normal(size=(3, 200))
    total, mean = population.pool(scores, "sum"), population.pool(scores, "mean")
    assert total.shape == mean.shape == (3, 100)
    for person in (0, 7, 99):
        his = population.person == person
        np.testing.assert_allclose(total[:, person], scores[:, his].sum(axis=1))
        np.testing.assert_allclose(mean[:, person], scores[:, his].mean(axis=1))
    np.testing.assert_allclose(population.pool(scores[0], "sum"), total[0])


def test_flags_of_records_become_flags_of_persons(sides):
    population = gather(*sides, overlap_of(120, 80))
    flags = seed(3).random((4, 100)) < 0.5
    np.testing.assert_array_equal(population.per_person(flags[:, population.person]), flags)


def test_without_ids_each_record_is_a_person():
    rng = seed(4)
    population = gather(records_of(40, rng=rng), records_of(60, rng=rng), overlap_of(40, 60))
    assert (population.members, population.non_members, population.has_ids) == (40, 60, False)
    scores = rng.normal(size=100)
    np.testing.assert_array_equal(population.pool(scores, "sum"), scores)


def test_the_share_is_kept_within_a_quarter_and_three():
    rng = seed(5)
    for members, others, share in ((40, 400, 0.25), (400, 40, 0.75), (40, 60, 0.4)):
        population = gather(records_of(members, rng=rng), records_of(others, rng=rng), overlap_of(members, others))
        assert population.share == pytest.approx(share)


def test_what_stands_on_both_sides_is_out_and_each_record_knows_its_row():
    rng = seed(6)
    members, others = records_of(50, rng=rng), records_of(60, rng=rng)
    gone = np.arange(50) < 10, np.arange(60) % 6 == 0
    population = gather(members, others, Overlap(*gone, 12, 8, 0))
    assert (population.members, population.non_members) == (40, 50)
    assert (population.removed.exact, population.removed.near) == (12, 8)
    np.testing.assert_array_equal(population.row[:40], np.arange(10, 50))
    np.testing.assert_array_equal(population.records.features[:40], members.features[10:])
    np.testing.assert_array_equal(population.records.features[40:], others.features[~gone[1]])
    np.testing.assert_array_equal(population.row[40:], np.flatnonzero(~gone[1]))


def test_one_id_on_both_sides_makes_two_persons_unless_it_is_taken_out():
    """Taking persons out is `find_overlap`'s work; what is left is never mixed up."""
    rng = seed(7)
    ids = [f"p{i}" for i in range(40)]
    population = gather(
        records_of(40, rng=rng, persons=ids), records_of(40, rng=rng, persons=ids), overlap_of(40, 40)
    )
    assert (population.members, population.non_members) == (40, 40)


@pytest.mark.parametrize(("members", "others", "named"), [(29, 100, "members"), (100, 29, "non_members")])
def test_too_few_persons_on_a_side_are_refused(members, others, named):
    rng = seed(8)
    with pytest.raises(DataError, match=f"29 persons are left in {named}"):
        gather(records_of(members, rng=rng), records_of(others, rng=rng), overlap_of(members, others))


def test_many_records_of_few_persons_are_refused():
    rng = seed(9)
    crowd = records_of(300, rng=rng, persons=[f"p{i % 20}" for i in range(300)])
    with pytest.raises(DataError, match="20 persons"):
        gather(crowd, records_of(300, rng=rng, persons=[f"q{i}" for i in range(300)]), overlap_of(300, 300))
