"""Exposure told in counts, groups of enough persons, and causes that are planted found and nothing made up."""

import json

import numpy as np
import pytest

from vidocq.audit.configuration import PanelSection
from vidocq.audit.persons.exposure import exposure, exposure_table
from vidocq.audit.persons.group import Group
from vidocq.audit.persons.groups import groups_of, warnings_of
from vidocq.audit.persons.traits import traits_of
from vidocq.audit.persons.why import causes
from vidocq.audit.sampling.population import gather
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.records import Records
from vidocq.measure.person_exposure import PersonExposure

from synthetic import labels_only, overlap_of, scene, seed


def test_counts_and_groups_are_told_and_no_person_is():
    found = scene(rng=seed(1), leak=1.5, members=300, non_members=300, references=64)
    half = Group("first half", np.arange(600) < 300)
    few = Group("a few", np.arange(600) < 9)
    told = exposure(found.signals, found.population, found.design, found.table, groups=[half, few], rng=seed(2))
    content = told.to_dict()
    assert content["persons"] == 600
    assert content["exposed"] > 400  # a recipe that leaks everywhere exposes nearly everyone
    assert content["groups"][0]["shift"]["n"] == 300
    assert content["groups"][1]["shift"] is None
    assert json.dumps(content)  # plain, and without any list as long as the persons
    assert max(len(v) for v in content.values() if isinstance(v, list)) < 10
    names = (
        "person",
        "shift",
        "p",
        "q",
        "self_influence",
        "rarity_feature",
        "rarity_share",
        "copies",
        "disagreement",
    )
    assert {name: len(column) for name, column in exposure_table(told).items()} == dict.fromkeys(names, 600)


def test_the_table_of_persons_says_by_how_much_and_why():
    found = scene(rng=seed(1), leak=1.5, members=300, non_members=300, references=64)
    told = exposure_table(exposure(found.signals, found.population, found.design, found.table, rng=seed(2)))
    assert told["self_influence"].mean() == pytest.approx(1.5, abs=0.1)  # in nats, as it was planted
    features = found.population.records.features
    rarest = np.argmax(np.abs(features[:, 0]) - np.abs(features[:, 1]))
    assert told["rarity_feature"][rarest] == "a"
    assert told["rarity_share"][rarest] < 0.1
    assert set(told["copies"]) == {1.0}


def test_a_recipe_that_does_not_leak_exposes_nobody():
    found = scene(rng=seed(3), leak=0.0, members=1000, non_members=1000, references=64)
    told = exposure(found.signals, found.population, found.design, found.table, rng=seed(2)).to_dict()
    assert told["exposed"] <= 2
    assert abs(told["stability"]["rank_correlation"]) < 0.1


@pytest.mark.parametrize(("members", "others"), [(180, 420), (420, 180), (301, 300), (270, 330)])
def test_sides_of_any_size_are_told(members, others):
    """Shares of 0.3 and 0.7 come in blocks of ten; others leave some persons out of both models of a pair."""
    found = scene(rng=seed(1), leak=1.5, members=members, non_members=others, references=64)
    told = exposure(found.signals, found.population, found.design, found.table, rng=seed(2))
    assert told.to_dict()["exposed"] > 300


def test_without_references_or_with_labels_alone_nothing_is_told():
    found = scene(rng=seed(3))
    assert exposure(found.signals, found.population, None, found.table, rng=seed(2)) is None
    assert exposure(labels_only(found.signals), found.population, found.design, found.table, rng=seed(2)) is None
    few = scene(rng=seed(3), references=8)
    assert exposure(few.signals, few.population, few.design, few.table, rng=seed(2)) is None


def town(*, rng, n=400):
    """Records of four columns; the first 40 persons are the most exposed, for a reason that each test plants."""
    features = np.column_stack([rng.normal(size=(n, 3)), rng.integers(0, 3, n).astype(float)])
    labels = (features[:, 0] > 0).astype(int)
    shift = np.where(np.arange(n) < 40, 3.0, 0.0) + rng.normal(scale=0.1, size=n)
    return features, labels, exposed_by(shift)


def exposed_by(shift):
    return PersonExposure(shift, np.full(len(shift), 0.5), np.full(len(shift), 0.5), 8)


def gathered(features, labels, persons=None):
    half = len(labels) // 2
    names = (
        ("age", "income", "height", "town")
        if features.shape[1] == 4
        else tuple(f"c{j}" for j in range(features.shape[1]))
    )
    parts = slice(half), slice(half, None)
    ids = [None if persons is None else persons[part].astype(np.str_) for part in parts]
    sides = [Records(features[part], labels[part], names, persons=i) for part, i in zip(parts, ids, strict=True)]
    return gather(*sides, overlap_of(half, len(labels) - half))


def table_of(features, labels):
    numbers = features if features.dtype != object else features[:, :3].astype(float)
    return np.column_stack([numbers, labels])


def told_of(features, labels, found, *, halves=None, persons=None):
    population = gathered(features, labels, persons)
    traits = traits_of(table_of(features, labels), population, rng=seed(9))
    parts = np.tile(found.shift, (1, 2, 1)) if halves is None else halves
    return {cause.trait: cause for cause in causes(traits, population, found, parts, rng=seed(9))}


def test_a_rare_feature_is_named():
    features, labels, found = town(rng=seed(4))
    features[:40, 1] += np.linspace(20.0, 400.0, 40)
    cause = told_of(features, labels, found)["rarity"]
    assert cause.feature == "income"
    assert cause.share > 0.6 > cause.control + 0.2
    assert cause.p_holm < 0.001
    assert cause.steady == 1.0


def test_a_cause_that_other_models_do_not_see_is_not_steady():
    features, labels, found = town(rng=seed(4))
    features[:40, 1] += np.linspace(20.0, 400.0, 40)
    elsewhere = seed(5).normal(size=(5, 2, 400))
    elsewhere[:, 0] = found.shift
    assert told_of(features, labels, found, halves=elsewhere)["rarity"].steady == pytest.approx(0.5, abs=0.2)


def test_a_rare_word_is_named_whatever_the_model_s_encoding():
    features, labels, found = town(rng=seed(4))
    words = features.astype(object)
    words[:, 3] = np.where(np.arange(400) < 40, np.array([f"village {i}" for i in range(400)], dtype=object), "Paris")
    cause = told_of(words, labels, found)["rarity"]
    assert cause.feature == "town"
    assert cause.share > 0.6  # 40 of the 50 looked at
    assert cause.p_holm < 0.001


def test_labels_against_their_neighbours_are_told_with_the_column_that_makes_neighbours():
    rng = seed(5)
    features, labels, found = town(rng=rng)
    features[:, 0] = np.where(labels == 1, 3.0, -3.0) + rng.normal(size=400)
    labels[:40] = 1 - labels[:40]
    cause = told_of(features, labels, found)["disagreement"]
    assert cause.share > cause.control + 0.4
    assert cause.p_holm < 0.001
    assert cause.feature == "age"  # without it the classes are not apart, and half of the neighbours agree


def test_repeated_records_are_told():
    features, labels, found = town(rng=seed(6))
    features[40:80], labels[40:80] = features[:40], labels[:40]
    cause = told_of(features, labels, found)["repetition"]
    assert cause.share >= 0.8
    assert cause.control < 0.15
    assert cause.p_holm < 0.001


def test_all_records_of_a_person_are_read():
    """Persons of four records, of which the last three only are rare, against their neighbours, or repeated."""
    rng = seed(10)
    features = rng.normal(size=(800, 4))
    labels = (features[:, 0] > 0).astype(int)
    later = np.arange(800) % 4 > 0
    of_first = (np.arange(800) // 4 == 0) & later
    features[of_first, 2] = np.array([30.0, 31.0, 32.0])
    of_second = (np.arange(800) // 4 == 1) & later
    features[of_second], labels[of_second] = features[4], labels[4]
    population = gathered(features, labels, np.arange(800) // 4)
    found = traits_of(table_of(features, labels), population, rng=seed(1))
    assert population.persons == 200
    assert found.rarest[0] == 2
    assert found.copies[1] == 4.0
    assert found.repeated.sum() == 1


def test_quantities_have_no_label_against_their_neighbours():
    features, _, found = town(rng=seed(6))
    assert set(told_of(features, features[:, 0] * 2, found)) == {"rarity", "repetition"}


def test_missing_values_are_rare_where_few_are_missing():
    features, labels, _ = town(rng=seed(6))
    features[:3, 2] = np.nan
    found = traits_of(np.column_stack([np.nan_to_num(features), labels]), gathered(features, labels), rng=seed(1))
    assert (found.rarest[:3] == 2).all()
    assert found.rarity[:3] == pytest.approx(3 / 400)
    assert np.isfinite(found.disagreement).all()


def false_leads(*, columns, runs, persons=400):
    """Share of the runs in which any cause is led to, when exposure is drawn at random."""
    found = 0
    for number in range(runs):
        rng = seed([number, columns])
        features = rng.normal(size=(persons, columns))
        labels = (features[:, 0] + rng.normal(size=persons) > 0).astype(int)
        twice = rng.choice(persons, size=40, replace=False)
        features[twice[:20]], labels[twice[:20]] = features[twice[20:]], labels[twice[20:]]
        told = told_of(
            features, labels, exposed_by(rng.normal(size=persons)), halves=rng.normal(size=(1, 2, persons))
        )
        found += any(cause.p_holm <= 0.05 for cause in told.values())
    return found / runs


@pytest.mark.parametrize("columns", [3, 30])
def test_where_exposure_is_drawn_at_random_there_is_hardly_a_lead(columns):
    """At 5 %, more than 6 of 40 runs come by chance once in 300."""
    assert false_leads(columns=columns, runs=40) <= 6 / 40


@pytest.mark.slow
@pytest.mark.parametrize("columns", [3, 8, 30])
def test_false_leads_over_four_hundred_runs(columns):
    assert false_leads(columns=columns, runs=400) <= 0.05


def test_persons_answered_alike_are_taken_in_random_order():
    """Nobody is exposed and the file is sorted: its first persons are no group."""
    features, labels, _ = town(rng=seed(7))
    order = np.argsort(features[:, 1])[::-1]
    cause = told_of(features[order], labels[order], exposed_by(np.zeros(400)))["rarity"]
    assert cause.p_holm > 0.05


def test_panels_are_found_by_value_and_by_range():
    features = np.empty((120, 2), dtype=object)
    features[:, 0] = np.arange(120, dtype=float)
    features[:, 1] = np.where(np.arange(120) % 3 == 0, "Lyon", "Paris")
    sides = [Records(features[part], np.arange(60) % 2, ("age", "town")) for part in (slice(60), slice(60, None))]
    population = gather(*sides, overlap_of(60, 60))
    minors, lyon, middle = groups_of(
        population,
        [
            PanelSection(name="minors", column="age", below=18),
            PanelSection(name="Lyon", column="town", equals=("Lyon",)),
            PanelSection(name="middle", column="age", at_least=30, below=40),
        ],
    )
    assert (minors.belongs.sum(), lyon.belongs.sum(), middle.belongs.sum()) == (18, 40, 10)
    with pytest.raises(ConfigurationError, match="lack"):
        groups_of(population, [PanelSection(name="x", column="sex", equals=("F",))])
    with pytest.raises(DataError, match="text"):
        groups_of(population, [PanelSection(name="x", column="town", below=3)])
    with pytest.raises(ValueError, match="either equals"):
        PanelSection(name="x", column="town")


def test_a_panel_that_matches_nobody_is_said_to():
    features = np.column_stack([np.arange(120.0), np.ones(120)])
    sides = [Records(features[part], np.arange(60) % 2, ("age", "town")) for part in (slice(60), slice(60, None))]
    asked = [
        PanelSection(name="minors", column="age", below=18),
        PanelSection(name="typed wrong", column="age", below=-1),
    ]
    (warning,) = warnings_of(groups_of(gather(*sides, overlap_of(60, 60)), asked))
    assert warning["code"] == "panel-empty"
    assert "typed wrong" in warning["fr"]
    assert "matches nobody" in warning["en"]


def small_groups(*, runs, size=12, extra=0.0):
    """Figures of a group whose members are shifted by `extra` more than the others' half a deviation."""
    for number in range(runs):
        leak = np.where(np.arange(400) < size, 0.5 + extra, 0.5)
        found = scene(rng=seed(number), recipe_leak=leak, members=200, non_members=200, references=32, traced=False)
        group = Group("a dozen", np.arange(400) < size)
        told = exposure(found.signals, found.population, found.design, found.table, groups=[group], rng=seed(number))
        yield told.to_dict()["groups"][0]


def test_a_small_group_is_told_as_a_whole_with_an_interval_and_a_p_that_keep_their_word():
    found = list(small_groups(runs=40))
    covered = np.mean([one["shift"]["low"] <= 0.5 <= one["shift"]["high"] for one in found])
    assert covered >= 0.85  # of 95 %, in 40 runs
    assert np.mean([one["p"] <= 0.05 for one in found]) <= 0.15
    assert {one["exposed"] for one in found} == {None}
    assert all(one["p"] < 0.001 for one in small_groups(runs=3, extra=1.5))


@pytest.mark.parametrize(
    ("size", "told"), [(9, False), (10, True), (49, True), (50, True), (390, True), (391, False)]
)
def test_groups_are_told_from_ten_persons_on_a_side(size, told):
    (found,) = small_groups(runs=1, size=size)
    assert (found["shift"] is not None) == told
    assert (found["exposed"] is not None) == (50 <= size <= 350)
