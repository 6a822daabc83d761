"""A served model that scores: what it says of each token is what the model says, or an error; nothing is made up."""

import zlib

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, ModelError, SignalError
from vidocq.core.language import Decoding, Passage, Prompt, ScoresContinuations, ScoresTexts
from vidocq.engine.store import Store
from vidocq.targets.served.client import Passing
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_echo import echo_in
from vidocq.targets.served.openai_scorer import OpenAiScorer
from vidocq.targets.served.openai_terms import OpenAiTerms

from made_speech import Bigrams
from openai_server import Abilities, Fault, serving

PRIVATE = "Jacquot"
TEXTS = [
    "Le chat dort sur le mur.",
    "",
    "Le",
    f"Le code de {PRIVATE} est 4 8.",
    "La porte du jardin est ouverte. Le chat",
]

pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')


@pytest.fixture(scope="module")
def speech():
    return Bigrams()


def scorer_at(url, *, store=None, at_once=1, **terms):
    endpoint = Endpoint(
        **{"url": url, "table": "[model.openai]", "retries": 0, "backoff": 0.01, "timeout": 20.0, **terms}
    )
    given = OpenAiTerms(model="tiny", forms=("completion",), at_once=at_once)
    return OpenAiScorer(OpenAiModel(endpoint, given, store=store, audit="one"))


def told(speech, text):
    """What the model says itself of all tokens but the first."""
    return [one.logprob for one in speech.tell(text)][1:]


@pytest.mark.parametrize("at_once", [1, 3])
def test_each_token_is_as_likely_as_the_model_says(speech, at_once):
    with serving(speech) as served:
        scorer = scorer_at(served.url, at_once=at_once)
        assert isinstance(scorer, ScoresTexts)
        assert isinstance(scorer, ScoresContinuations)
        signals = scorer.read(TEXTS)
        assert len(served.asked) == 4  # an empty text is no question
        scorer.read(TEXTS[::-1])
        assert len(served.asked) == 4
    np.testing.assert_array_equal(signals.lengths, [6, 0, 0, 7, 8])
    np.testing.assert_allclose(signals.logprob, [value for text in TEXTS for value in told(speech, text)])
    tops = [one.logprob >= max(one.top.values()) for text in TEXTS for one in speech.tell(text)[1:]]
    np.testing.assert_array_equal(signals.top, tops)
    assert 0 < signals.top.sum() < len(tops)
    for name in ("mean", "spread", "base"):
        assert np.isnan(getattr(signals, name)).all()
    np.testing.assert_array_equal(signals.bytes, [len(text.encode()) for text in TEXTS])
    np.testing.assert_array_equal(signals.zipped, [len(zlib.compress(text.encode())) for text in TEXTS])


@pytest.mark.parametrize(
    "abilities",
    [
        Abilities(objects=True),
        Abilities(nothing=False),
        Abilities(usage=False),
        Abilities(nothing=False, usage=False),
    ],
    ids=["objects", "writes one", "no usage", "writes one, no usage"],
)
def test_servers_say_it_in_several_ways(speech, abilities):
    with serving(speech, abilities=abilities) as served:
        signals = scorer_at(served.url).read(TEXTS)
        assert served.bodies[-1]["max_tokens"] == (0 if abilities.nothing else 1)
    np.testing.assert_allclose(signals.logprob, [value for text in TEXTS for value in told(speech, text)])


def test_a_token_put_before_the_text_lets_the_first_one_be_scored(speech):
    with serving(speech, abilities=Abilities(first="<s>", nothing=False)) as served:
        signals = scorer_at(served.url).read(["Le chat dort", "Le"])
    np.testing.assert_array_equal(signals.lengths, [3, 1])
    np.testing.assert_allclose(signals.logprob, [-1.5, *told(speech, "Le chat dort"), -1.5])
    assert not signals.top[0]


def lists(tokens, values, tops=None, *, text="aé€b", usage=None, written=""):
    """An answer with log-probabilities side by side."""
    tops = [None if v is None else {"z": -0.1} for v in values] if tops is None else tops
    logprobs = {"tokens": tokens, "token_logprobs": values, "top_logprobs": tops}
    content = {"choices": [{"index": 0, "text": text + written, "logprobs": logprobs}]}
    return content if usage is None else {**content, "usage": usage}


@pytest.mark.parametrize(
    ("tokens", "ends"),
    [
        (["a", "é", "€", "b"], [1, 3, 6, 7]),
        (["a", "bytes:\\xc3", "bytes:\\xa9\\xe2", "bytes:\\x82\\xac", "b"], [1, 2, 4, 6, 7]),
        (["", "aé", "", "€", "b"], [3, 3, 6, 7]),
        (["<s>", "aé", "€b"], [3, 7]),
        (["aé€b", "more"], [7]),
        (["a", "\ufffd", "\ufffd", "\ufffd", "b"], []),
    ],
)
def test_the_ends_of_tokens_are_found_in_bytes_or_not_claimed(tokens, ends):
    values = [None, *([-1.0] * (len(tokens) - 1))]
    echo = echo_in(lists(tokens, values), text="aé€b", asked=0)
    np.testing.assert_array_equal(echo.ends, ends)
    assert echo.is_aligned == bool(ends)
    assert len(echo.logprob) == len(ends or tokens)


def test_where_tokens_do_not_show_their_text_the_usage_tells_how_many_are_the_texts():
    tokens, values = ["\ufffd", "\ufffd", "x"], [None, -1.0, -2.0]
    assert len(echo_in(lists(tokens, values, usage={"prompt_tokens": 3}), text="aé€b", asked=1).logprob) == 3
    assert len(echo_in(lists(tokens, values, usage={"prompt_tokens": 2}), text="aé€b", asked=1).logprob) == 2
    assert len(echo_in(lists(tokens, values), text="aé€b", asked=1).logprob) == 2
    for count in (1, 4):
        with pytest.raises(SignalError, match="another number of tokens"):
            echo_in(lists(tokens, values, usage={"prompt_tokens": count}), text="aé€b", asked=1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lists(["x"], [-1.0], text="x"), "does not give the text back"),
        (lists(["a", "é€b"], [None, None]), "leaves out log-probabilities of tokens"),
        (lists(["a", "é€b"], [None, -1.0], [None, None]), "likeliest"),
        ({"choices": [{"text": "aé€b", "logprobs": None}]}, "leaves out log-probabilities"),
        ({"choices": [{"text": "aé€b", "logprobs": {"tokens": ["aé€b"]}}]}, "leaves out log-probabilities"),
    ],
)
def test_what_is_not_told_is_an_error(content, said):
    with pytest.raises(SignalError, match=said):
        echo_in(content, text="aé€b", asked=0)


@pytest.mark.parametrize(
    "content",
    [
        lists(["a", "é€b"], [None, 0.5]),
        lists(["a", "é€b"], [None, "-1"]),
        lists(["a", "é€b"], [None, True]),
        lists(["a"], [None, -1.0]),
        lists(["a", "é€b"], [None, -1.0], [None]),
        {"choices": [{"logprobs": {"content": [1]}}]},
        {"choices": [{}, {}]},
        {"choices": None},
    ],
)
def test_what_is_no_log_probability_is_asked_for_again(content):
    with pytest.raises(Passing):
        echo_in(content, text="aé€b", asked=0)


@pytest.mark.parametrize(
    "abilities",
    [
        Abilities(logprobs=False),
        Abilities(echo=False, nothing=False),
        Abilities(echo=False, objects=True, nothing=False),
        Abilities(top=False),
    ],
    ids=["none", "of what it writes", "of what it writes, as objects", "no likeliest"],
)
def test_a_server_that_leaves_them_out_is_told_clearly_and_counted(speech, abilities, refused):
    with serving(speech, abilities=abilities) as served:
        scorer = scorer_at(served.url, retries=3)
        message = refused(SignalError, scorer.read, TEXTS)
        assert "logprobs = false" in message
        assert "so far" in message
        assert scorer.account()["met"]["untold"] == 1
        assert scorer.write([Prompt(text="Le")], decoding=Decoding(), times=1, most_tokens=3, seed=1)[0][0]


def test_what_may_pass_is_read_again_and_nothing_is_read_twice(speech, tmp_path):
    faults = {1: Fault(drop=9), 3: Fault(body=b"\xff"), 4: Fault(change=lambda c: {**c, "choices": []})}
    with serving(speech, faults=lambda i, _: faults.get(i)) as served:
        scorer = scorer_at(served.url, retries=2, store=Store(tmp_path))
        signals = scorer.read(TEXTS)
        assert len(served.asked) == 4 + 3
        assert scorer.account()["met"] == {"broken_off": 1, "garbage": 1, "wrong_number": 1}
        again = scorer_at(served.url, store=Store(tmp_path))
        np.testing.assert_array_equal(again.read(TEXTS).logprob, signals.logprob)
        assert len(served.asked) == 7
    assert again.account()["answered"] == 4


def test_a_text_longer_than_the_context_is_cut_and_counted(speech):
    long = "Le chat dort sur le mur. " * 20
    with serving(speech, abilities=Abilities(context=30)) as served:
        scorer = scorer_at(served.url)
        signals = scorer.read(["Le chat", long])
        assert scorer.account()["met"]["shortened"] == 6
    assert signals.bytes[1] == len(served.bodies[-1]["prompt"]) < len(long)
    assert long.startswith(served.bodies[-1]["prompt"])
    assert 22 < speech.count(served.bodies[-1]["prompt"]) <= 30
    np.testing.assert_allclose(signals[[1]].logprob, told(speech, served.bodies[-1]["prompt"]))
    with serving(speech, abilities=Abilities(context=-1)) as served, pytest.raises(ModelError, match="any text"):
        scorer_at(served.url).read(["Le chat"])


def test_passages_are_cut_where_tokens_end(speech):
    texts = ["Le chat dort sur le mur. Le chat", "Le chat dort", "Le chat dort sur le", "Le chat mangera"]
    with serving(speech) as served:
        scorer = scorer_at(served.url)
        found = scorer.passages(texts, prefix=3, suffix=2)
        asked = len(served.asked)
        scorer.continuation([p for p in found if p is not None], decoding=Decoding())
        assert len(served.asked) == asked  # both passages were read already
    whole = Passage(prefix="Le chat dort", suffix=" sur le")
    assert found == [whole, None, whole, None]


def test_a_long_text_is_not_read_to_its_end_for_a_short_passage(speech):
    with serving(speech) as served:
        scorer = scorer_at(served.url)
        assert scorer.passages(["Le chat dort sur le mur. " * 200], prefix=2, suffix=2)[0] is not None
        assert max(len(body["prompt"]) for body in served.bodies) <= 32
        assert scorer.passages([("x" * 100 + " ") * 5], prefix=2, suffix=2)[0] is not None  # tokens may be long


def test_a_continuation_is_as_likely_as_its_tokens(speech):
    passages = [Passage(prefix="Le chat", suffix=" dort sur"), Passage(prefix="Le code", suffix=" de Jeanne")]
    passages.append(Passage(prefix="Le", suffix=" jardin de"))
    with serving(speech) as served:
        scorer = scorer_at(served.url)
        plain = scorer.continuation(passages, decoding=Decoding())
        greedy = scorer.continuation(passages[1:], decoding=Decoding(temperature=0.0))
        written = scorer.write(
            [Prompt(text=p.prefix) for p in passages[1:]],
            decoding=Decoding(temperature=0.0),
            times=1,
            most_tokens=2,
            seed=0,
        )
        samples = scorer.write([Prompt(text="Le chat")], decoding=Decoding(), times=400, most_tokens=2, seed=3)[0]
    np.testing.assert_allclose(plain, [sum(told(speech, p.prefix + p.suffix)[-2:]) for p in passages])
    expected = [0.0 if answers[0] == p.suffix else -np.inf for answers, p in zip(written, passages[1:], strict=True)]
    np.testing.assert_array_equal(greedy, expected)
    assert expected == [0.0, -np.inf]
    rate, share = np.exp(plain[0]), np.mean([text == " dort sur" for text in samples])
    assert abs(share - rate) < 4 * np.sqrt(rate * (1 - rate) / 400)


@pytest.mark.parametrize(
    "decoding", [Decoding(temperature=0.7), Decoding(top_k=5), Decoding(top_p=0.9)], ids=["heat", "top-k", "top-p"]
)
def test_a_closed_form_that_needs_the_whole_distribution_is_not_claimed(speech, decoding):
    with serving(speech) as served:
        scorer = scorer_at(served.url)
        with pytest.raises(SignalError, match="no closed form") as error:
            scorer.continuation([Passage(prefix="Le chat", suffix=" dort")], decoding=decoding)
        assert error.value.fr
        assert not served.asked


def test_a_suffix_that_begins_within_a_token_is_an_error(speech, refused):
    passages = [
        Passage(prefix="Le ch", suffix="at dort"),
        Passage(prefix="Le", suffix=" chat"),
        Passage(prefix="", suffix="Le"),
    ]
    with serving(speech) as served:
        assert "2 of 3 passages" in refused(
            SignalError, scorer_at(served.url).continuation, passages, decoding=Decoding()
        )


def test_another_model_behind_the_same_name_is_noticed_when_a_run_goes_on(speech, tmp_path, refused):
    with serving(speech) as served:
        scorer_at(served.url, store=Store(tmp_path)).read(TEXTS)
    port = served.url
    other = Bigrams("La souris mange le chat. Jeanne dort sous la porte.", floor=1.0)
    with serving(other, at=port) as served:
        again = scorer_at(served.url, store=Store(tmp_path))
        assert "has changed" in refused(ModelError, again.read, [*TEXTS, "Le mur"])
        assert len(served.asked) == 6  # three texts that have scores, twice
    with serving(speech, at=port) as served:
        again = scorer_at(served.url, store=Store(tmp_path))
        again.read([*TEXTS, "Le mur"])
        assert served.bodies[-1]["prompt"] == "Le mur"


def test_only_completions_are_scored(refused):
    endpoint = Endpoint(url="https://example.org/v1", table="[model.openai]")
    chat = OpenAiModel(endpoint, OpenAiTerms(model="tiny", forms=("chat",)))
    assert "completions alone" in refused(ConfigurationError, OpenAiScorer, chat)


def test_the_description_differs_from_that_of_the_texts_alone():
    scorer = scorer_at("https://example.org/v1")
    assert scorer.describe() != scorer.model.describe()
    assert scorer.describe()["terms"]["model"] == "tiny"
