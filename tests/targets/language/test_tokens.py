"""Between text and tokens: what stands before a text, conversations, and what an answer adds to its prompt."""

import json

import numpy as np
import pytest
from tokenizers import processors

from vidocq.core.errors import ModelError
from vidocq.core.language import Decoding, Passage, Prompt
from vidocq.targets.language.batching import batches, most_tokens
from vidocq.targets.language.folder import inspect
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.language.tokens import load_tokens

from language_models import EOS, made_texts, save_tokenizer

tokenizers = pytest.importorskip("tokenizers")
transformers = pytest.importorskip("transformers")

CONVERSATION = Prompt(text="Qui ?", form="chat", system="Sois bref.")


@pytest.fixture
def folder(planted, tmp_path):
    """The base with a tokenizer that a test may replace."""
    for file in planted.base.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def open_with_a_token(folder):
    """The tokenizer puts the end token before each text, as many do that have one to open a document."""
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{EOS} $A", special_tokens=[(EOS, 0)])
    tokenizer.save(str(folder / "tokenizer.json"))


def test_what_stands_before_a_text_lets_its_first_token_be_predicted(folder):
    plain = load_language_model(folder)
    open_with_a_token(folder)
    model, texts = load_language_model(folder), [*made_texts(2, seed=60), ""]
    assert model.tokens.lead == (0,)
    seen = model.read(texts)
    assert (seen.lengths == [len(row) for row in model.tokens.of(texts)]).all()
    by_hand = plain.continuation(
        [Passage(prefix="", suffix="", prefix_tokens=(0,), suffix_tokens=tuple(model.tokens.of(texts)[0]))],
        decoding=Decoding(),
    )
    np.testing.assert_allclose(seen.per_text(seen.logprob)[0], by_hand[0], atol=1e-3)
    told = model.continuation([Passage(prefix="", suffix=texts[0])], decoding=Decoding())
    np.testing.assert_allclose(told, by_hand, atol=1e-3)
    assert model.tokens.prompt(Prompt(text="")) == [0]


def test_a_conversation_goes_by_the_template(folder, planted):
    save_tokenizer(folder, planted.members, chat=True)
    tokens = load_tokens(inspect(folder))
    assert tokens.has_template
    assert tokens.text(tokens.prompt(CONVERSATION)) == "[system] Sois bref.\n[user] Qui ?\n[assistant] "
    assert tokens.text(tokens.prompt(Prompt(text="Qui ?", form="chat"))) == "[user] Qui ?\n[assistant] "


def test_a_conversation_without_a_template_has_the_stated_form(folder):
    tokens = load_tokens(inspect(folder))
    assert tokens.text(tokens.prompt(CONVERSATION)) == "Sois bref.\n\nUser: Qui ?\nAssistant:"
    assert tokens.text(tokens.prompt(Prompt(text="Qui ?", form="chat"))) == "User: Qui ?\nAssistant:"
    assert load_language_model(folder).describe()["chat"] == ["{system}\n\n", "User: {text}\nAssistant:"]


def test_a_template_that_fails_is_an_error(folder, refused):
    told = json.loads((folder / "tokenizer_config.json").read_text())
    for template in ("{{ raise_exception('no') }}", "{% for", "{{ ''.__class__.__mro__[1].__subclasses__() }}"):
        (folder / "tokenizer_config.json").write_text(json.dumps({**told, "chat_template": template}))
        refused(ModelError, load_tokens(inspect(folder)).prompt, CONVERSATION)


def test_an_answer_is_what_it_adds_to_its_prompt(folder):
    tokens = load_tokens(inspect(folder))
    whole = tokens.of(["Le maire a vendu la clé."])[0]
    for cut in range(1, len(whole)):
        assert tokens.text(whole[:cut]) + tokens.after(whole[:cut], whole[cut:]) == "Le maire a vendu la clé."
    assert tokens.after([], whole) == "Le maire a vendu la clé."


def test_places_of_tokens_are_those_of_the_text(folder):
    tokens, texts = load_tokens(inspect(folder)), ["Le maire a vendu la clé.", "é"]
    for text, row, places in zip(texts, tokens.of(texts), tokens.places(texts), strict=True):
        assert len(row) == len(places)
        assert places[0][0] == 0
        assert places[-1][1] == len(text)
    assert tokens.places([]) == tokens.of([]) == []


def test_batches_hold_every_text_once_and_no_more_than_memory_takes():
    lengths = np.random.default_rng(0).integers(0, 300, 500)
    found = batches(lengths.tolist(), tokens=1000)
    assert sorted(np.concatenate(found).tolist()) == np.flatnonzero(lengths).tolist()
    assert all(len(some) == 1 or len(some) * lengths[some].max() <= 1000 for some in found)
    assert sum(lengths[some].max() * len(some) - lengths[some].sum() for some in found) < 0.05 * lengths.sum()
    assert batches([], tokens=10) == []
    assert [one.tolist() for one in batches([5000], tokens=10)] == [[0]]
    assert most_tokens(50_000) * 50_000 * 4 <= 2**28
    assert most_tokens(2**30) == 1
