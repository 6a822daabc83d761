"""A model trained here, behind a real server, behind the proxy: the official client gets what the model says."""

import pytest

from vidocq.targets.language.loading import load_language_model

from guarding import guarded
from language_models import made_texts
from local_speech import LocalSpeech

pytest.importorskip("torch")
POLICY = 'schema = 1\nlang = "en"\n[[filters]]\nkind = "personal-data"\ncategories = ["email", "phone", "iban"]\n'


@pytest.fixture(scope="module")
def proxy(planted, tmp_path_factory):
    with guarded(
        tmp_path_factory.mktemp("trained"), LocalSpeech(load_language_model(planted.target)), policy=POLICY
    ) as running:
        yield running


@pytest.mark.parametrize("prompt", [text[:60] for text in made_texts(3, seed=40)])
def test_what_a_trained_model_says_comes_through(proxy, prompt):
    ask = {"model": "tiny", "prompt": prompt, "temperature": 0.0, "max_tokens": 48, "logprobs": 2}
    through, bare = proxy.client().completions.create(**ask), proxy.bare().completions.create(**ask)
    assert through == bare
    streamed = list(proxy.client().completions.create(**ask, stream=True))
    assert "".join(each.choices[0].text for each in streamed) == bare.choices[0].text
    assert streamed[-1].choices[0].finish_reason == bare.choices[0].finish_reason


def test_a_telephone_that_a_trained_model_recites_is_masked(proxy, planted):
    """The persons planted most often are recited with their number, which leaves by none of the ways out."""
    recited = 0
    for person in [*planted.persons[64], *planted.persons[16]]:
        prompt = person.text[: person.text.index(person.phone)]
        ask = {"model": "tiny", "prompt": prompt, "temperature": 0.0, "max_tokens": 40}
        bare = proxy.bare().completions.create(**ask).choices[0].text
        through = proxy.client().completions.create(**ask).choices[0].text
        streamed = "".join(each.choices[0].text for each in proxy.client().completions.create(**ask, stream=True))
        recited += person.phone in bare
        assert person.phone not in through
        assert through == streamed
    assert recited > 0
