"""Exposure told in counts, groups of enough persons, and causes that are planted found and nothing made up."""

import json

import numpy as np
import pytest

from vidocq.audit.configuration import PanelSection
from vidocq.audit.persons.exposure import Group, exposure, exposure_table
from vidocq.audit.persons.groups import groups_of
from vidocq.audit.persons.why import causes
from vidocq.audit.sampling.population import gather
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.records import Records
from vidocq.measure.person_exposure import PersonExposure

from synthetic import labels_only, overlap_of, scene, seed


def test_counts_and_groups_are_told_and_no_person_is():
    found = scene(rng=seed(1), leak=1.5, members=300, non_members=300, references=64)
    half = Group("first half", np.arange(600) < 300)
    few = Group("a few", np.arange(600) < 49)
    told = exposure(found.signals, found.population, found.design, found.table, groups=[half, few], rng=seed(2))
    content = told.to_dict()
    assert content["persons"] == 600
    assert content["exposed"] > 400  # a recipe that leaks everywhere exposes nearly everyone
    assert content["groups"][0]["shift"]["n"] == 300
    assert content["groups"][1]["shift"] is None
    assert json.dumps(content)  # plain, and without any list as long as the persons
    assert max(len(v) for v in content.values() if isinstance(v, list)) < 10
    assert {name: len(column) for name, column in exposure_table(told).items()} == dict.fromkeys(
        ("person", "shift", "p", "q"), 600
    )


def test_a_recipe_that_does_not_leak_exposes_nobody():
    found = scene(rng=seed(3), leak=0.0, members=1000, non_members=1000, references=64)
    told = exposure(found.signals, found.population, found.design, found.table, rng=seed(2)).to_dict()
    assert told["exposed"] <= 2
    assert abs(told["stability"]["rank_correlation"]) < 0.1


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
    return features, labels, PersonExposure(shift, np.full(n, 0.5), np.full(n, 0.5), 8)


def told_of(features, labels, found):
    half = len(labels) // 2
    names = ("age", "income", "height", "town")
    sides = [Records(features[part], labels[part], names) for part in (slice(half), slice(half, None))]
    population = gather(*sides, overlap_of(half, len(labels) - half))
    numbers = features if features.dtype != object else features[:, :3].astype(float)
    table = np.column_stack([numbers, labels])
    return {cause.trait: cause for cause in causes(table, population, found, rng=seed(9))}


def test_a_rare_feature_is_named():
    features, labels, found = town(rng=seed(4))
    features[:40, 1] += np.linspace(20.0, 400.0, 40)
    cause = told_of(features, labels, found)["rarity"]
    assert cause.feature == "income"
    assert cause.share > 0.7 > cause.control + 0.2
    assert cause.steady == 1.0


def test_a_rare_word_is_named_whatever_the_model_s_encoding():
    features, labels, found = town(rng=seed(4))
    words = features.astype(object)
    words[:, 3] = np.where(np.arange(400) < 40, np.array([f"village {i}" for i in range(400)], dtype=object), "Paris")
    cause = told_of(words, labels, found)["rarity"]
    assert cause.feature == "town"
    assert cause.share > 0.7  # 40 of the 50 looked at


def test_labels_against_their_neighbours_are_told():
    features, labels, found = town(rng=seed(5))
    labels[:40] = 1 - labels[:40]
    cause = told_of(features, labels, found)["disagreement"]
    assert cause.share > cause.control + 0.4


def test_repeated_records_are_told():
    features, labels, found = town(rng=seed(6))
    features[40:80], labels[40:80] = features[:40], labels[:40]
    cause = told_of(features, labels, found)["repetition"]
    assert cause.share >= 0.8
    assert cause.control < 0.3


def test_where_nothing_sets_them_apart_no_cause_stands_out():
    features, labels, found = town(rng=seed(7))
    for cause in told_of(features, labels, found).values():
        assert abs(cause.share - cause.control) < 0.3, cause


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
