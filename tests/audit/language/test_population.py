"""Who is audited where records are texts: repeated ones counted, shared ones out on both sides, whole persons with them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from vidocq.audit.language.population import text_population
from vidocq.core.errors import DataError

from language_models import made_texts


@dataclass(frozen=True, eq=False)
class Side:
    texts: list[str]
    persons: Any = None
    dates: Any = None


def apart(n=80, *, sentences=6):
    texts = list(dict.fromkeys(made_texts(3 * n, seed=1, sentences=sentences)))[: 2 * n]
    assert len(texts) == 2 * n
    return texts[:n], texts[n:]


def ids(names):
    return np.array(names, dtype=np.str_)


def test_texts_apart_all_stay_members_first():
    here, there = apart()
    found = text_population(Side(here), Side(there))
    assert found.texts == here + there
    assert found.people.members == found.people.non_members == 80
    assert found.people.is_member_record.tolist() == [True] * 80 + [False] * 80
    assert (found.copies == 1).all()
    assert found.repeated == (0, 0)
    assert found.dates is None
    assert not found.people.has_ids


def test_a_repeated_text_stays_once_and_is_counted():
    here, there = apart()
    dates = np.arange(82.0)
    found = text_population(Side([*here, here[3], here[3]], dates=dates), Side([*there, there[0]]))
    assert found.repeated == (2, 1)
    assert found.people.members == found.people.non_members == 80
    assert found.copies[3] == 3
    assert found.copies[80] == 2
    assert found.copies.sum() == 163
    assert found.dates[3] == 3.0
    assert np.isnan(found.dates[80:]).all()
    assert found.people.row[3] == 3


def test_what_stands_on_both_sides_leaves_both():
    here, there = apart()
    there[5] = here[7]
    words = here[9].split()
    words[len(words) // 2] = "autrement"
    there[6] = " ".join(words)  # one word of about forty: near
    found = text_population(Side(here), Side(there))
    removed = found.people.removed
    assert (removed.exact, removed.near, removed.persons) == (2, 2, 0)
    assert {7, 9}.isdisjoint(found.people.row[:78])
    assert {5, 6}.isdisjoint(found.people.row[78:])


def test_a_text_near_one_that_stands_on_both_sides_goes_too():
    here, there = apart()
    there[5] = here[7]
    here[8] = here[7].replace(".", " donc.", 1)
    found = text_population(Side(here), Side(there))
    assert (found.people.removed.exact, found.people.removed.near) == (2, 1)


def test_a_person_on_both_sides_goes_with_all_his_texts():
    here, there = apart()
    names, others = [f"p{i // 2}" for i in range(80)], [f"q{i // 2}" for i in range(80)]
    others[0] = "p3"
    there[10] = here[20]
    found = text_population(Side(here, ids(names)), Side(there, ids(others)))
    # p3 by his id, with q0's other text kept; p10 and q5 by the text they share.
    assert found.people.removed.persons == 3
    assert found.people.members == 40 - 2
    assert found.people.non_members == 40 - 1
    assert len(found.texts) == 80 - 4 + 80 - 1 - 2


def test_nearly_the_same_file_twice_is_refused():
    here, there = apart()
    with pytest.raises(DataError, match="too few are left"):
        text_population(Side(here), Side(here[:60] + there[:20]))


def test_an_empty_file_and_half_known_persons_are_refused():
    here, there = apart()
    with pytest.raises(DataError, match="no text"):
        text_population(Side(here), Side([]))
    with pytest.raises(DataError, match="one side only"):
        text_population(Side(here, ids(here)), Side(there))


def test_messages_quote_no_text():
    here, _ = apart()
    with pytest.raises(DataError) as raised:
        text_population(Side(here), Side(here))
    assert not any(word in str(raised.value) for word in here[0].split() if len(word) > 6)


def test_the_blind_score_is_that_of_the_seed():
    here, there = apart()
    found = text_population(Side(here), Side(there))
    np.testing.assert_array_equal(found.blind(seed=3), found.blind(seed=3))
    assert found.blind(seed=3).shape == (160,)
