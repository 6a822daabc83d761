"""Prompts go out in batches, and what was answered is not asked again."""

import pytest

from vidocq.audit.language.asking import AT_ONCE, Asking
from vidocq.core.errors import ModelError
from vidocq.core.language import Decoding, Prompt
from vidocq.engine.store import Store

from made_answers import Recites

PROMPTS = [Prompt(text=f"question {number}") for number in range(2 * AT_ONCE + 5)]
TIMES = [3, 1, 0, 2, 1] * 20


def asking(**more):
    return Asking(decoding=more.pop("decoding", Decoding()), seed=3, most_tokens=20, **more)


def test_each_prompt_is_put_as_often_as_asked():
    model = Recites()
    told = dict(asking().answers(model, PROMPTS, times=TIMES[: len(PROMPTS)], name="test"))
    assert {row: len(answers) for row, answers in told.items()} == {
        row: number for row, number in enumerate(TIMES[: len(PROMPTS)]) if number
    }


def test_a_stopped_run_goes_on_where_it_was_and_ends_alike(tmp_path):
    def run(model, store=None):
        return list(asking(store=store).answers(model, PROMPTS, times=[2] * len(PROMPTS), name="test"))

    store, first, second = Store(tmp_path / "kept"), Recites(), Recites()
    first.breaks_after = 2 * AT_ONCE
    with pytest.raises(InterruptedError):
        run(first, store)
    resumed = run(second, store)
    assert len(second.asked) == len(PROMPTS) - 2 * AT_ONCE
    assert resumed == run(Recites())
    third = Recites()
    assert run(third, store) == resumed
    assert not third.asked


def test_answers_with_odd_signs_are_kept_as_they_are(tmp_path):
    store = Store(tmp_path / "kept")
    odd = Recites(aside=lambda draw: "é\ud800\n\x00 日本")
    first = list(asking(store=store).answers(odd, PROMPTS[:3], times=[2] * 3, name="test"))
    assert list(asking(store=store).answers(Recites(), PROMPTS[:3], times=[2] * 3, name="test")) == first


def test_what_else_is_asked_has_draws_and_answers_of_its_own(tmp_path):
    store = Store(tmp_path / "kept")
    first = list(asking(store=store).answers(Recites(), PROMPTS[:3], times=[1] * 3, name="one"))
    assert list(asking(store=store).answers(Recites(), PROMPTS[:3], times=[1] * 3, name="two")) != first


def test_a_budget_is_spread_and_nothing_is_asked_twice_for_the_same_answer():
    assert asking().spread(7, 3) == [3, 2, 2]
    assert asking().spread(2, 3) == [1, 1, 0]
    assert asking(decoding=Decoding(temperature=0.0)).spread(7, 3) == [1, 1, 1]
    assert asking().spread(7, 0) == []


def test_a_model_that_answers_short_is_refused():
    class Short(Recites):
        def write(self, prompts, **how):
            return super().write(prompts, **how)[:-1]

    with pytest.raises(ModelError, match="as many answers"):
        list(asking().answers(Short(), PROMPTS[:4], times=[1] * 4, name="test"))
