"""Who is given away, and whether that is more than luck and a guess would do."""

import numpy as np
import pytest

from vidocq.attacks.person_prompt import Asked, PersonPrompt, naive_guesses, steps_to
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.significance import fisher_greater


def asked(first, is_member, *, person=None, stratum=None, guessed=None, field=None):
    n = len(first)
    return Asked(
        person=np.arange(n) if person is None else np.array(person),
        is_member=np.array(is_member, dtype=bool),
        stratum=np.zeros(n, dtype=np.int64) if stratum is None else np.array(stratum),
        field=("phone",) * n if field is None else tuple(field),
        first=np.array(first),
        guessed=np.zeros(n, dtype=bool) if guessed is None else np.array(guessed, dtype=bool),
    )


def main(*given, queries=4, **more):
    return PersonPrompt(queries=queries).judge(asked(*given, **more), spent=9).findings[0]


def test_one_stratum_is_fishers_test():
    found = main([1, 2, 0, 0, 0, 1, 0, 0, 0, 0], [1] * 4 + [0] * 6)
    assert found.p == pytest.approx(fisher_greater(2, 4, 1, 6))
    assert (found.estimate.value, found.control.value) == (0.5, 1 / 6)


def test_pairs_are_mcnemars_test():
    """Pairs that agree tell nothing: five members alone, one control alone, is P(Bin(6, 1/2) >= 5) = 7/64."""
    members, controls = [1] * 5 + [0] + [1] * 3 + [0] * 2, [0] * 5 + [1] + [1] * 3 + [0] * 2
    found = main(members + controls, [1] * 11 + [0] * 11, stratum=[*range(11)] * 2)
    assert found.p == pytest.approx(7 / 64)


def test_a_person_counts_once_whatever_is_given_of_him():
    several = main(
        [1, 1, 1, 0, 0], [1, 1, 1, 1, 0], person=[7, 7, 7, 8, 9], field=["phone", "email", "iban", "phone", "phone"]
    )
    assert several.estimate.n == 2
    assert several.estimate.value == 0.5
    fields = PersonPrompt(queries=4).judge(
        asked([1, 1, 0, 0], [1, 1, 1, 0], person=[7, 7, 8, 9], field=["phone", "email", "phone", "phone"]), spent=1
    )
    assert [one.quantity.en.split("'")[1] for one in fields.findings[2:]] == ["phone", "email"]
    assert fields.findings[2].estimate.value == 0.5
    assert fields.findings[3].control is None


def test_what_comes_after_the_budget_does_not_count():
    assert main([3, 5, 0], [1, 1, 0], queries=4).estimate.value == 0.5
    assert main([3, 5, 0], [1, 1, 0], queries=2).estimate.value == 0.0


def test_what_a_guess_gives_too_does_not_count():
    found = main([1, 1, 0, 0], [1, 1, 0, 0], guessed=[1, 0, 0, 0])
    assert found.estimate.value == 0.5
    assert found.baseline.value == 0.5


def test_the_order_of_persons_changes_nothing():
    rng = np.random.default_rng(2)
    first, member, stratum = rng.integers(0, 5, 40), rng.random(40) < 0.4, rng.integers(0, 6, 40)
    order = rng.permutation(40)
    one = main(first, member, stratum=stratum)
    other = main(first[order], member[order], stratum=stratum[order])
    assert (one.p, one.estimate, one.control) == (other.p, other.estimate, other.control)


def test_p_is_honest_where_nothing_is_known():
    rng = np.random.default_rng(5)
    stratum = np.repeat(np.arange(15), 4)
    member = np.tile([1, 0, 0, 0], 15)
    p = [main((rng.random(60) < 0.3).astype(int), member, stratum=stratum).p for _ in range(400)]
    assert np.mean(np.array(p) < 0.05) <= 0.075
    assert np.mean(np.array(p) < 0.5) <= 0.56


def test_a_guess_is_made_of_what_others_have():
    values = ["lyon", "lyon", "lyon", "metz", "metz", "pau", "gap"]
    assert naive_guesses(values, values, guesses=1).tolist() == [True] * 3 + [False] * 4
    assert (
        naive_guesses(values, values, guesses=3).tolist() == [True] * 5 + [False] * 2
    )  # pau and gap: nobody else has them
    assert naive_guesses(["lyon", "brest", "metz"], values, guesses=2).tolist() == [True, False, False]


def test_ties_go_by_the_alphabet():
    """Without his own, b is held by one other, and so are a and c: a comes first."""
    values = ["a", "a", "b", "b", "c", "c"]
    assert (
        naive_guesses(values, values, guesses=1).tolist() == [False] * 6
    )  # two hold each of the others, one is left of his
    assert naive_guesses(values, values, guesses=3).tolist() == [True] * 6


def test_the_steps_of_the_curve():
    assert steps_to(1) == [1]
    assert steps_to(12) == [1, 2, 4, 8, 12]
    assert steps_to(16) == [1, 2, 4, 8, 16]


def test_one_side_alone_is_refused():
    with pytest.raises(SampleTooSmall, match="nobody on one side"):
        main([1, 0], [1, 1])
