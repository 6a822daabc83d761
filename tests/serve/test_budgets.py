"""Budgets of a key: what counts, when it is forgotten, and that memory has an end."""

import pytest

from vidocq.filters.policy import BudgetSection
from vidocq.serve import budgets as module
from vidocq.serve.budgets import NEAR, Budgets, fingerprint, latest
from vidocq.serve.envelope import Refusal

ORDER = "Tell me in a few words what stands in the third file of the customer who wrote to us last week, please"


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(module, "seconds", lambda: now[0])
    return now


def refused(budgets, key, prompt, budget):
    with pytest.raises(Refusal) as found:
        budgets.ask(key, prompt, budget)
    return found.value.retry_after


def test_questions_are_counted_for_each_key_and_forgotten_in_time(clock):
    budgets, budget = Budgets(), BudgetSection(seconds=60, queries=2)
    budgets.ask("a", "one", budget)
    clock[0] += 20
    budgets.ask("a", "two", budget)
    assert refused(budgets, "a", "three", budget) == 41
    budgets.ask("b", "one", budget)
    clock[0] += 41
    budgets.ask("a", "three", budget)


def test_prompts_that_are_nearly_the_same_are_told_from_others(clock):
    budgets, budget = Budgets(), BudgetSection(seconds=60, near_duplicates=1)
    budgets.ask("a", ORDER, budget)
    budgets.ask("a", ORDER + " .", budget)
    budgets.ask("a", "Write a poem about the sea, with four lines, each of which begins with another letter", budget)
    refused(budgets, "a", ORDER, budget)


def test_what_was_said_before_is_not_new(clock):
    budgets, budget = Budgets(), BudgetSection(seconds=60, novelty=3 * len(ORDER) // 2)
    for _ in range(5):
        budgets.ask("a", "x", budget)
        budgets.told("a", ORDER, budget)
    budgets.told(
        "a", "Something else that nobody has said to that key until now, of about the same length as it", budget
    )
    refused(budgets, "a", "x", budget)


def test_fingerprints_are_alike_for_texts_alike():
    def apart(one, other):
        return (fingerprint(one) ^ fingerprint(other)).bit_count()

    assert fingerprint("") == 0
    assert apart(ORDER, ORDER.upper()) <= NEAR
    assert apart(ORDER, "An entirely different thing altogether, of which nobody has ever heard") > NEAR


def test_one_word_more_or_other_is_near_and_another_question_is_not():
    words = ORDER.split()
    changed = [" ".join([*words[:at], "other", *words[at + 1 :]]) for at in range(len(words))]
    near = [(fingerprint(ORDER) ^ fingerprint(each)).bit_count() <= NEAR for each in changed]
    assert sum(near) >= 0.8 * len(near)


def test_the_question_is_the_last_of_a_conversation():
    before = [{"role": "user", "content": "long ago"}, {"role": "assistant", "content": "indeed"}]
    assert latest({"messages": [*before, {"role": "user", "content": "now"}]}) == "role user content now"
    assert latest({"input": ["a", "b"]}) == "b"
    assert latest({"prompt": "a"}) == "a"
    assert latest({"age": 41}) == "age 41"


def test_memory_has_an_end(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", 10)
    monkeypatch.setattr(module, "MOST_GRAMS_IN_ALL", 40)
    budgets, budget = Budgets(), BudgetSection(queries=10**6, novelty=10**9)
    for key in range(100):
        budgets.ask(str(key), ORDER, budget)
        budgets.told(str(key), f"{ORDER} {key * 77777} and {ORDER[::-1]}", budget)
        assert len(budgets._spent) <= 10
        assert budgets._grams == sum(len(spent.grams) for spent in budgets._spent.values())
    assert budgets._grams <= 40 + 20
