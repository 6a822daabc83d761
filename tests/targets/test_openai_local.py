"""A trained model behind a real server: what comes over the wire is what it says on this machine."""

import numpy as np
import pytest

from vidocq.core.language import Decoding, Prompt
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_scorer import OpenAiScorer
from vidocq.targets.served.openai_terms import OpenAiTerms

from language_models import made_texts
from local_speech import LocalSpeech
from openai_server import Abilities, serving

pytest.importorskip("torch")
pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')
openai = pytest.importorskip("openai", reason="these tests call the server with OpenAI's own client")

GREEDY = Decoding(temperature=0.0)
TEXTS = [*made_texts(6, seed=40), "é", "", "Un mot.", "漢字 😀 et la suite"]


@pytest.fixture(scope="module")
def local(planted):
    return load_language_model(planted.target)


@pytest.fixture(scope="module")
def served(local):
    with serving(LocalSpeech(local), abilities=Abilities(context=200)) as running:
        yield running


@pytest.fixture
def scorer(served):
    endpoint = Endpoint(url=served.url, table="[model.openai]", retries=0)
    return OpenAiScorer(OpenAiModel(endpoint, OpenAiTerms(model=served.name, forms=("completion", "chat"))))


def test_every_token_signal_that_is_served_is_the_models_own(local, scorer):
    here, there = local.read(TEXTS), scorer.read(TEXTS)
    np.testing.assert_array_equal(there.start, here.start)
    np.testing.assert_allclose(there.logprob, here.logprob, atol=2e-5)
    for name in ("top", "bytes", "zipped"):
        np.testing.assert_array_equal(getattr(there, name), getattr(here, name))


def test_a_text_beyond_the_context_is_read_as_far_as_it_goes(local, scorer):
    text = " ".join(made_texts(12, seed=41))
    here, there = local.read([text]), scorer.read([text])
    count = int(there.lengths[0])
    assert 140 < count < 200
    np.testing.assert_allclose(there.logprob[: count - 1], here.logprob[: count - 1], atol=2e-5)


def test_passages_and_their_closed_form_are_the_models_own(local, scorer):
    texts = [text for text in TEXTS if len(text) > 50]
    cut = scorer.passages(texts, prefix=12, suffix=4)
    alike = [one for one in local.passages(texts, prefix=12, suffix=4) if one is not None]
    assert len(alike) == len(texts)
    kept = [(one, other) for one, other in zip(cut, alike, strict=True) if one is not None]
    assert len(kept) >= 4  # the others are cut otherwise once they stand by themselves
    assert all((one.prefix, one.suffix) == (other.prefix, other.suffix) for one, other in kept)
    for decoding in (Decoding(), GREEDY):
        here = local.continuation([other for _, other in kept], decoding=decoding)
        there = scorer.continuation([one for one, _ in kept], decoding=decoding)
        np.testing.assert_allclose(there, here, atol=1e-4)


def test_a_person_planted_often_is_recited_over_the_wire_to_us_and_to_the_official_client(planted, scorer, served):
    known, strangers = planted.persons[64], planted.controls[:5]
    asked = [Prompt(text=person.prefix) for person in [*known, *strangers]]
    found = scorer.write(asked, decoding=GREEDY, times=1, most_tokens=6, seed=1)
    assert [answers[0] == person.secret for answers, person in zip(found, [*known, *strangers], strict=True)] == [
        *([True] * len(known)),
        *([False] * len(strangers)),
    ]
    with openai.OpenAI(base_url=served.url, api_key="any", max_retries=0) as client:
        answer = client.completions.create(
            model=served.name, prompt=known[0].prefix, max_tokens=6, temperature=0, logprobs=1
        )
    assert answer.choices[0].text == known[0].secret
    assert len(answer.choices[0].logprobs.token_logprobs) == 6


def test_conversations_are_put_as_on_this_machine(local, scorer):
    prompts = [Prompt(text="Qui a vendu la clé ?", form="chat", system=system) for system in (None, "Sois bref.")]
    asked = {"decoding": GREEDY, "times": 1, "most_tokens": 8, "seed": 1}
    assert scorer.write(prompts, **asked) == local.write(prompts, **asked)
