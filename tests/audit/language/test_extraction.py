"""Extraction from texts to findings, on a model that is known whole: a chain of words."""

import math

import numpy as np
import pytest

from vidocq.audit.language.extraction import ExtractionOptions, measure_extraction
from vidocq.audit.language.passages import Side, cut
from vidocq.core.errors import ConfigurationError, DataError, SampleTooSmall, SignalError
from vidocq.core.language import Decoding, Passage

WORDS = [f"mot{i}" for i in range(60)]
OPTIONS = ExtractionOptions(prefix=3, suffix=8, queries=50, edits=0)
SAMPLED = Decoding()


class Writes:
    """Goes on with the texts it remembers as they stand, each word with probability `sure`; else at random."""

    def __init__(self, remembered, sure=0.95):
        self.after = {}
        for text in remembered:
            told = text.split()
            for i in range(3, len(told)):
                self.after[" ".join(told[i - 3 : i])] = told[i]
        self.sure = sure
        self.asked = 0

    def describe(self):
        return {"kind": "chain"}

    def law(self, last, decoding):
        law = np.full(len(WORDS), 1.0 / len(WORDS))
        if last in self.after:
            law = np.full(len(WORDS), (1.0 - self.sure) / (len(WORDS) - 1))
            law[WORDS.index(self.after[last])] = self.sure
        return np.eye(len(WORDS))[law.argmax()] if decoding.is_greedy else law

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        rng = np.random.default_rng(seed)
        self.asked += times * len(prompts)
        return [[self._answer(prompt.text, decoding, most_tokens, rng) for _ in range(times)] for prompt in prompts]

    def _answer(self, text, decoding, most, rng):
        told = text.split()
        for _ in range(most):
            sums = self.law(" ".join(told[-3:]), decoding).cumsum()
            told.append(WORDS[min(int(np.searchsorted(sums, rng.random(), side="right")), len(WORDS) - 1)])
        return " " + " ".join(told[len(text.split()) :])


class Scores(Writes):
    """The same, and tells how likely it finds a continuation."""

    def passages(self, texts, *, prefix, suffix):
        cuts = [text.split() for text in texts]
        return [
            Passage(
                prefix=" ".join(c[:prefix]),
                suffix=" " + " ".join(c[prefix : prefix + suffix]),
                prefix_tokens=tuple(WORDS.index(w) for w in c[:prefix]),
                suffix_tokens=tuple(WORDS.index(w) for w in c[prefix : prefix + suffix]),
            )
            if len(c) >= prefix + suffix
            else None
            for c in cuts
        ]

    def continuation(self, passages, *, decoding):
        with np.errstate(divide="ignore"):
            return np.array([self._log_p(passage, decoding) for passage in passages])

    def _log_p(self, passage, decoding):
        told, total = passage.prefix.split(), 0.0
        for word in passage.suffix.split():
            total += np.log(self.law(" ".join(told[-3:]), decoding)[WORDS.index(word)])
            told.append(word)
        return total


def texts(n, number, length=12):
    rng = np.random.default_rng(number)
    return [" ".join(rng.choice(WORDS, size=length)) for _ in range(n)]


MEMBERS, CONTROLS = texts(16, 1), texts(16, 2)


@pytest.mark.parametrize("model", [Scores(MEMBERS), Writes(MEMBERS)], ids=["closed form", "counted"])
def test_a_model_that_remembers_is_seen_and_one_that_does_not_is_not(model):
    found = measure_extraction(
        model, Side(texts=MEMBERS), Side(texts=CONTROLS), decoding=SAMPLED, seed=1, options=OPTIONS
    )
    assert found.findings[0].p < 1e-5
    assert found.findings[0].estimate.value > 0.8
    assert found.findings[0].control.value == 0.0
    stranger = type(model)(texts(16, 3))
    clean = measure_extraction(
        stranger, Side(texts=MEMBERS), Side(texts=CONTROLS), decoding=SAMPLED, seed=1, options=OPTIONS
    )
    assert clean.findings[0].p > 0.05
    assert clean.findings[0].estimate.value == 0.0


def test_counted_and_closed_form_agree():
    """Eight words of 0.95: 0.66 a query."""
    sides = (Side(texts=MEMBERS[:6]), Side(texts=CONTROLS[:6]))
    closed, counted = (
        measure_extraction(kind(MEMBERS[:6]), *sides, decoding=SAMPLED, seed=1, options=OPTIONS).details["curve"]
        for kind in (Scores, Writes)
    )
    first = [curve[0]["target"]["members"]["expected"] for curve in (closed, counted)]
    assert first[0] == pytest.approx(0.95**8, abs=1e-9)
    assert first[1] == pytest.approx(first[0], abs=0.1)  # 300 answers: three standard errors


def test_greedy_is_a_case_of_its_own():
    found = measure_extraction(
        Scores(MEMBERS[:9]), Side(texts=MEMBERS[:9]), Side(texts=CONTROLS), decoding=Decoding(temperature=0.0), seed=1,
        options=OPTIONS,
    )  # fmt: skip
    assert [f.estimate.value for f in found.findings] == [1.0, 1.0, 1.0]
    counted = measure_extraction(
        Writes(MEMBERS[:9]), Side(texts=MEMBERS[:9]), Side(texts=CONTROLS), decoding=Decoding(temperature=0.0), seed=1,
        options=OPTIONS,
    )  # fmt: skip
    assert counted.findings[0].estimate.value == 1.0
    assert counted.findings[0].cost["queries"] == 25  # one answer is as good as fifty


class ScoresPlainly(Scores):
    """As a server that tells the probabilities of its own decoding only, and cuts some texts otherwise."""

    def continuation(self, passages, *, decoding):
        if decoding.top_p < 1.0 or any(not passage.suffix_tokens and self.refuses(passage) for passage in passages):
            raise SignalError("no closed form", where="here", fix="count")
        return super().continuation(passages, decoding=decoding)

    def refuses(self, passage):
        return passage.suffix.split()[-1] in WORDS[::2]


def test_without_a_closed_form_answers_are_counted_and_the_budget_is_what_was_asked():
    model = ScoresPlainly(MEMBERS)
    found = measure_extraction(
        model, Side(texts=MEMBERS), Side(texts=CONTROLS), decoding=Decoding(top_p=0.9), seed=1, options=OPTIONS
    )
    assert found.findings[0].p < 1e-4
    assert not found.details["known"]
    assert found.details["queries"] == 20
    assert "in 20 queries" in found.findings[0].quantity.en
    assert found.details["unit"] == "tokens"


def test_near_answers_that_are_cut_otherwise_add_nothing():
    near = ExtractionOptions(prefix=3, suffix=8, queries=1, edits=2, tries=20)
    found = measure_extraction(
        ScoresPlainly(MEMBERS[:8], sure=0.8), Side(texts=MEMBERS[:8]), Side(texts=CONTROLS[:8]), decoding=SAMPLED,
        seed=1, options=near,
    )  # fmt: skip
    assert found.details["near_verbatim"] == "lower_bound"
    assert found.findings[-1].estimate.value >= found.findings[0].estimate.value


def test_near_verbatim_adds_what_is_near_and_never_takes_away():
    near = ExtractionOptions(prefix=3, suffix=8, queries=1, edits=2, tries=20)
    model = Scores(MEMBERS[:10], sure=0.8)
    found = measure_extraction(
        model, Side(texts=MEMBERS[:10]), Side(texts=CONTROLS[:10]), decoding=SAMPLED, seed=1, options=near
    )
    exact, close = found.findings[0], found.findings[-1]
    assert exact.estimate.value <= close.estimate.value
    assert found.details["near_verbatim"] == "lower_bound"
    counted = measure_extraction(
        Writes(MEMBERS[:10], sure=0.8), Side(texts=MEMBERS[:10]), Side(texts=CONTROLS[:10]), decoding=SAMPLED, seed=1,
        options=ExtractionOptions(prefix=3, suffix=8, queries=40, edits=2),
    )  # fmt: skip
    assert counted.details["near_verbatim"] == "counted"
    assert counted.findings[-1].estimate.value >= counted.findings[0].estimate.value


def test_the_lower_bound_of_near_answers_is_one():
    """Against 4,000 real answers: the exact interval of the near-verbatim share does not lie below it."""
    from vidocq.audit.language.near import near_log_p
    from vidocq.core.language import Prompt
    from vidocq.measure.intervals import clopper_pearson
    from vidocq.measure.near_verbatim import nearest_beginning

    model = Scores(MEMBERS[:1], sure=0.8)
    (passage,) = model.passages(MEMBERS[:1], prefix=3, suffix=8)
    exact = model.continuation([passage], decoding=SAMPLED)
    bound, _ = near_log_p(model, [passage], exact, decoding=SAMPLED, edits=1, tries=200, seed=1)
    assert exact[0] < bound[0]
    (answers,) = model.write([Prompt(text=passage.prefix)], decoding=SAMPLED, times=4000, most_tokens=12, seed=2)
    near = sum(nearest_beginning(answer, passage.suffix, edits=1) is not None for answer in answers)
    assert math.exp(bound[0]) <= clopper_pearson(near, 4000, level=0.999).high


def test_repeated_texts_are_one_passage_and_what_stands_on_both_sides_is_taken_off_both():
    found = measure_extraction(
        Scores(MEMBERS), Side(texts=[*MEMBERS, *MEMBERS[:3] * 3]), Side(texts=[*CONTROLS, MEMBERS[0], "mot1 mot2"]),
        decoding=SAMPLED, seed=1, options=OPTIONS,
    )  # fmt: skip
    assert found.details["passages"] == {"members": 15, "controls": 16}
    assert found.details["on_both_sides"] == 2
    assert found.details["too_short"] == 1
    assert [row["from"] for row in found.details["by_repetition"]] == [1, 4]


def test_no_more_passages_of_one_person_than_were_asked_for():
    rng = np.random.default_rng(1)
    parts = cut(
        Scores(MEMBERS), Side(texts=MEMBERS, persons=["a"] * 10 + ["b"] * 6), Side(texts=CONTROLS),
        prefix=3, suffix=8, most_per_person=4, rng=rng,
    )  # fmt: skip
    assert parts.is_member.sum() == 8
    assert parts.spared == 8
    assert len(np.unique(parts.person)) == 18


def test_one_seed_gives_one_result_and_no_text_stands_in_it():
    sides = (Side(texts=MEMBERS[:8]), Side(texts=CONTROLS[:8]))
    first, again = (
        measure_extraction(Writes(MEMBERS[:8]), *sides, decoding=SAMPLED, seed=3, options=OPTIONS) for _ in range(2)
    )
    assert first == again
    told = repr(first)
    assert not any(" ".join(text.split()[:3]) in told for text in MEMBERS)


def test_nothing_is_asked_where_there_is_nobody_to_compare():
    model = Writes(MEMBERS)
    with pytest.raises(SampleTooSmall):
        measure_extraction(
            model, Side(texts=MEMBERS), Side(texts=["mot1"]), decoding=SAMPLED, seed=1, options=OPTIONS
        )
    assert model.asked == 0


def test_what_cannot_be_measured_is_refused():
    with pytest.raises(SampleTooSmall):
        measure_extraction(
            Scores([]), Side(texts=["mot1 mot2"]), Side(texts=CONTROLS), decoding=SAMPLED, seed=1, options=OPTIONS
        )
    with pytest.raises(DataError):
        Side(texts=MEMBERS, persons=["a"])
    with pytest.raises(ConfigurationError):
        ExtractionOptions(queries=0)
    with pytest.raises(ConfigurationError):
        ExtractionOptions(form="letter")
