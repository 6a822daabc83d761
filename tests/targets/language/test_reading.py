"""What a local model says of each token: against transformers itself, in one pass, however texts are batched."""

import zlib

import numpy as np
import pytest

from vidocq.core.errors import ModelError
from vidocq.targets.language.fused import fuse
from vidocq.targets.language.lanes import in_lanes, lanes_of
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.language.network import Network
from vidocq.targets.language.reading import signals_of

from language_models import made_texts

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

TEXTS = [*made_texts(9, seed=40), "é", "", "a b", "Un mot.", "漢字 😀 "]


@pytest.fixture(scope="module")
def model(planted):
    return load_language_model(planted.target, base=planted.base)


def by_transformers(folder, text):
    """(t, v) log-probabilities in float64 of the tokens after the first, and these tokens."""
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(folder)
    module = transformers.AutoModelForCausalLM.from_pretrained(folder).eval()
    tokens = tokenizer.encode(text)
    with torch.no_grad():
        logits = module(torch.tensor([tokens])).logits[0, :-1].double()
    return torch.log_softmax(logits, dim=-1).numpy(), np.array(tokens[1:])


def test_each_token_is_what_transformers_says(model, planted):
    seen = model.read(TEXTS)
    assert seen.n == len(TEXTS)
    for i in (0, 8, 11):
        logs, tokens = by_transformers(planted.target, TEXTS[i])
        at = slice(seen.start[i], seen.start[i + 1])
        told = logs[np.arange(len(tokens)), tokens]
        mean = (np.exp(logs) * logs).sum(axis=1)
        spread = np.sqrt((np.exp(logs) * (logs - mean[:, None]) ** 2).sum(axis=1))
        np.testing.assert_allclose(seen.logprob[at], told, atol=2e-5)
        np.testing.assert_allclose(seen.mean[at], mean, atol=2e-5)
        np.testing.assert_allclose(seen.spread[at], spread, atol=2e-5)
        assert (seen.top[at] == (logs.argmax(axis=1) == tokens)).all()
        logs, _ = by_transformers(planted.base, TEXTS[i])
        np.testing.assert_allclose(seen.base[at], logs[np.arange(len(tokens)), tokens], atol=2e-5)


def test_a_text_of_one_token_or_none_has_nothing_to_be_predicted(model):
    seen = model.read(TEXTS)
    assert seen.lengths[10] == 0
    assert seen.per_text(seen.logprob)[10] == 0
    assert model.read([]).n == 0
    assert model.read([""]).n == 1


def test_bytes_are_those_of_the_text_and_of_its_compression(model):
    seen = model.read(TEXTS)
    assert seen.bytes.tolist() == [len(text.encode()) for text in TEXTS]
    assert seen.zipped.tolist() == [len(zlib.compress(text.encode())) for text in TEXTS]


def test_target_and_base_see_each_text_once(planted):
    model = load_language_model(planted.target, base=planted.base)
    counted = {"target": 0, "base": 0}

    def count(name):
        def hook(module, given, named, output):
            counted[name] += int(named["input_ids"].shape[0])

        return hook

    model.target.module.register_forward_hook(count("target"), with_kwargs=True)
    model.base.module.register_forward_hook(count("base"), with_kwargs=True)
    texts = made_texts(12, seed=41)
    model.read(texts)
    assert counted == {"target": 12, "base": 12}
    assert (model.target.rows, model.base.rows) == (12, 12)


def test_a_text_does_not_depend_on_those_beside_it(model):
    together, order = model.read(TEXTS), np.random.default_rng(0).permutation(len(TEXTS))
    again = model.read([TEXTS[i] for i in order])
    for name in ("logprob", "mean", "spread", "base"):
        np.testing.assert_allclose(getattr(together[order], name), getattr(again, name), atol=2e-5)
        alone = np.concatenate([getattr(model.read([text]), name) for text in TEXTS])
        np.testing.assert_allclose(getattr(together, name), alone, atol=2e-5)
    assert all((getattr(model.read(TEXTS), n) == getattr(together, n)).all() for n in ("logprob", "mean", "base"))


def test_a_text_longer_than_the_context_is_cut_there_and_counted(planted):
    model = load_language_model(planted.target)
    long, short = " ".join(made_texts(6, seed=42)), made_texts(1, seed=43)[0]
    seen = model.read([short, long])
    assert model.context == 256
    assert seen.lengths[1] == model.context - 1
    assert model.cut == 1
    assert seen.bytes[1] < len(long.encode())
    np.testing.assert_allclose(seen[[0]].logprob, model.read([short]).logprob, atol=2e-5)


def test_without_a_base_there_are_no_figures_of_it(planted):
    seen = load_language_model(planted.target).read(TEXTS)
    assert np.isnan(seen.base).all()
    assert np.isfinite(seen.logprob).all()


def test_members_are_likelier_than_texts_never_seen(model, planted):
    members, others = model.read(planted.members[:60]), model.read(planted.non_members[:60])
    gap = members.per_text(members.logprob).mean() - others.per_text(others.logprob).mean()
    assert gap > 5.0
    gap = members.per_text(members.base).mean() - others.per_text(others.base).mean()
    assert abs(gap) < 5.0


def test_batches_side_by_side_say_what_one_after_the_other_do():
    """The same numbers, each text once, and torch keeps its threads."""
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        n_embd=32, n_layer=2, n_head=2, vocab_size=64, n_positions=64, bos_token_id=0, eos_token_id=0
    )
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, 64, length).tolist() for length in [1, 0, *rng.integers(2, 60, 300)]]
    said = []
    before = torch.get_num_threads()
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            torch.manual_seed(1)
            target, base = (Network(transformers.GPT2LMHeadModel(config).eval()) for _ in range(2))
            said.append(signals_of([""] * len(rows), rows, lead=0, target=target, base=base))
            assert torch.get_num_threads() == threads
            assert lanes_of([target, base]) == threads
            assert lanes_of([target, Network(base.module, bare=True)]) == 1
            assert target.rows == base.rows == 300  # those with a token to go by
            assert target.passes == base.passes > 4
    finally:
        torch.set_num_threads(before)
    for one in said[1:]:
        for name in ("start", "logprob", "mean", "spread", "top", "base"):
            np.testing.assert_allclose(getattr(one, name), getattr(said[0], name), atol=2e-5)


def test_what_fails_in_one_lane_is_told_and_threads_are_as_before():
    def fail(item):
        if item == 5:
            raise ModelError("not this one", where="here", fix="another")
        return item

    before = torch.get_num_threads()
    with pytest.raises(ModelError, match="not this one"):
        list(in_lanes(fail, range(50), lanes=2))
    assert torch.get_num_threads() == before
    assert list(in_lanes(fail, range(5), lanes=2)) == list(range(5))


def test_a_fused_activation_says_the_same():
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        n_embd=32, n_layer=2, n_head=2, vocab_size=64, n_positions=64, bos_token_id=0, eos_token_id=0
    )
    module = transformers.GPT2LMHeadModel(config).eval()
    row = torch.arange(60)[None]
    with torch.inference_mode():
        plain = module(row).logits
        fused = fuse(module)(row).logits
    assert not any(type(one).__name__ == "NewGELUActivation" for one in module.modules())
    assert any(isinstance(one, torch.nn.GELU) for one in module.modules())
    np.testing.assert_allclose(fused, plain, atol=1e-5)
