"""Many texts of a person say more than one, those of nobody in particular say nothing, and persons are counted only."""

import numpy as np
import pytest

from vidocq.attacks.lm_combined import LmCombined
from vidocq.attacks.lm_loss import LmLoss
from vidocq.attacks.lm_reference import LmReference
from vidocq.audit.language.aggregate import _standing, aggregated, aggregation
from vidocq.audit.reading import read
from vidocq.audit.sampling.population import Population, Removed

from made_tokens import text_scene
from synthetic import records_of, seed


def population(counts, members, *, rng):
    """Persons with so many texts each, the first `members` of whom are members; texts in order of persons."""
    person = np.repeat(np.arange(len(counts)), counts)
    records = records_of(len(person), rng=rng)
    return Population(records, person, np.arange(len(counts)) < members, np.arange(len(person)), True, Removed())


def scores(people, *, leak, rng, habit=0.0):
    """A text's log-odds: noise, what its person's texts have in common, and what the model betrays of members."""
    own = habit * rng.normal(size=people.persons)
    return rng.normal(size=len(people.person)) + own[people.person] + leak * people.is_member_record


def found(texts, *, leak, number=1, habit=0.0, persons=600):
    rng = seed(number)
    people = population(np.full(persons, texts), persons // 2, rng=rng)
    return aggregated(scores(people, leak=leak, rng=rng, habit=habit), people, rng=seed(9))


def test_a_person_is_recognised_by_many_texts_and_not_by_one():
    shares = [found(texts, leak=0.8).recognised.value for texts in (1, 4, 16)]
    assert shares[0] < 0.1
    assert shares[2] > 0.8
    assert sorted(shares) == shares


@pytest.mark.parametrize("habit", [0.0, 1.0])
def test_where_nothing_leaks_hardly_anybody_is_recognised(habit):
    """Texts of one person resemble each other: their number alone must accuse nobody."""
    told = [found(12, leak=0.0, number=number, habit=habit) for number in range(8)]
    assert sum(one.recognised.value > 0.02 for one in told) <= 1
    assert max(one.control.value for one in told) <= 0.05


def test_persons_never_seen_stand_beside():
    told = found(16, leak=1.0)
    assert told.recognised.value > 0.9
    assert told.control.value < 0.1
    assert told.persons == told.recognised.n == 300


def test_having_more_texts_accuses_nobody():
    rng = seed(3)
    counts = np.where(np.arange(600) % 2 == 0, 2, 30)
    people = population(counts, 300, rng=rng)
    log_odds = scores(people, leak=0.0, rng=rng, habit=0.7) + 0.5  # every text of anybody looks a little member-like
    standing = _standing(log_odds, people, np.arange(300, 600))
    few, many = standing[0:300:2], standing[1:300:2]
    assert abs(few.mean() - many.mean()) < 0.35
    assert many.std() < 1.6 * few.std()


def test_a_set_of_documents_is_recognised_before_any_of_them():
    told = dict(found(1, leak=0.6).sets)
    assert list(told) == [1, 4, 16, 64]
    assert told[1] < 0.15
    assert told[64] > 0.95
    assert told[1] < told[4] < told[16]
    nothing = dict(found(1, leak=0.0, number=5).sets)
    assert max(nothing.values()) < 0.2


def test_persons_shown_to_the_attack_are_left_out():
    rng = seed(4)
    people = population(np.full(300, 3), 150, rng=rng)
    known = np.zeros(300, dtype=bool)
    known[:50] = known[150:200] = True
    log_odds = scores(people, leak=1.0, rng=rng)
    told = aggregated(log_odds, people, known=known, rng=seed(0))
    assert told.persons == 100
    changed = np.where(known[people.person], 99.0, log_odds)
    assert aggregated(changed, people, known=known, rng=seed(0)) == told


def test_too_few_persons_say_nothing():
    rng = seed(5)
    people = population(np.full(120, 2), 60, rng=rng)
    assert aggregated(scores(people, leak=1.0, rng=rng), people, rng=seed(0)) is None


def test_what_is_told_holds_counts_and_shares_only():
    told = found(8, leak=1.0).to_dict()
    assert set(told) == {"persons", "false_discovery_rate", "recognised", "control", "alpha", "sets"}
    assert [one["documents"] for one in told["sets"]] == [1, 4, 16, 64]


def test_the_attack_nearest_to_log_odds_is_taken_and_whom_it_was_shown_is_left_out():
    scene = text_scene(rng=seed(6), leak=0.6, references=0)
    none = np.array([], dtype=np.int64)

    def told(*attacks):
        readings = [read(a, scene.signals, scene.population, stand_ins=none, rng=seed(0)) for a in attacks]
        return aggregation(readings, scene.signals, scene.population, seed=1)

    by_all = told(LmLoss(), LmReference(), LmCombined())
    assert by_all["attack"] == "lm-combined"
    assert by_all["persons"] == 400 - 133
    assert by_all["recognised"]["value"] > 0.3
    assert told(LmLoss(), LmReference())["attack"] == "lm-reference"
    assert told(LmLoss()) is None
