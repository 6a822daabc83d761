"""Other causal models than GPT-2's: grouped keys, no positions, no keys at all; new, and saved as transformers saves."""

import numpy as np
import pytest

from vidocq.core.language import Decoding, Prompt
from vidocq.targets.language import reading
from vidocq.targets.language.loading import load_language_model

from language_models import made_texts

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

SIZE = {"vocab_size": 512, "hidden_size": 32, "num_hidden_layers": 2, "bos_token_id": 0, "eos_token_id": 0}
SHAPES = {
    "llama": lambda: transformers.LlamaConfig(
        **SIZE, intermediate_size=64, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=128
    ),
    "neox": lambda: transformers.GPTNeoXConfig(
        **SIZE, intermediate_size=64, num_attention_heads=4, max_position_embeddings=128
    ),
    "gemma2": lambda: transformers.Gemma2Config(
        **SIZE, intermediate_size=64, num_attention_heads=4, num_key_value_heads=2, head_dim=8, sliding_window=8,
        max_position_embeddings=128, pad_token_id=0,
    ),
    "mamba": lambda: transformers.MambaConfig(**SIZE, state_size=4),
    "bloom": lambda: transformers.BloomConfig(vocab_size=512, hidden_size=32, n_layer=2, n_head=4, eos_token_id=0),
}  # fmt: skip


@pytest.fixture(scope="module", params=SHAPES, ids=list(SHAPES))
def folder(request, planted, tmp_path_factory):
    path = tmp_path_factory.mktemp(request.param)
    torch.manual_seed(0)
    module = transformers.AutoModelForCausalLM.from_config(SHAPES[request.param]())
    with torch.no_grad():
        for weights in module.parameters():
            weights.mul_(4.0)  # far from uniform
    module.save_pretrained(path)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (path / name).write_bytes((planted.base / name).read_bytes())
    return path


def test_it_reads_as_transformers_does_whatever_stands_beside(folder):
    model, texts = load_language_model(folder), [*made_texts(3, seed=1), "Un mot."]
    seen = model.read(texts)
    for i, text in enumerate(texts):
        tokens = torch.tensor([model.tokens.of([text])[0]])
        with torch.no_grad():
            logs = torch.log_softmax(model.target.module(tokens).logits[0, :-1].float(), dim=1)
        told = logs.gather(1, tokens[0, 1:, None])[:, 0].numpy()
        np.testing.assert_allclose(seen.logprob[seen.start[i] : seen.start[i + 1]], told, rtol=1e-4, atol=1e-4)


def test_a_text_longer_than_a_batch_is_read_in_pieces(folder, monkeypatch):
    model, texts = load_language_model(folder), made_texts(2, seed=4)
    whole = model.read(texts)
    for tokens in (1, 10, 64):
        monkeypatch.setattr(reading, "most_tokens", lambda _, tokens=tokens: tokens)
        model.target.rows = 0
        pieces = model.read(texts)
        assert model.target.rows == len(texts)
        for name in ("logprob", "mean", "spread"):
            np.testing.assert_allclose(getattr(pieces, name), getattr(whole, name), rtol=2e-4, atol=2e-4)
        assert (pieces.top == whole.top).mean() > 0.98


def test_it_writes_as_generate_does(folder):
    model = load_language_model(folder)
    prompts = [model.tokens.of([text])[0][:9] for text in made_texts(3, seed=2)]
    ours = model.sample(prompts, decoding=Decoding(temperature=0.0), times=1, most_tokens=12, seed=0)
    for prompt, (answer,) in zip(prompts, ours, strict=True):
        given = torch.tensor([prompt])
        told = model.target.module.generate(
            given, attention_mask=torch.ones_like(given), do_sample=False, max_new_tokens=12, pad_token_id=0
        )
        assert answer == [token for token in told[0, 9:].tolist() if token not in model.ends]


def test_an_answer_does_not_depend_on_what_is_written_beside_it(folder):
    model = load_language_model(folder)
    prompts = [Prompt(text=text[:20]) for text in made_texts(4, seed=3)]
    asked = {"decoding": Decoding(top_p=0.9), "times": 3, "most_tokens": 8, "seed": 5}
    assert model.write(prompts, **asked)[:2] == model.write(prompts[:2], **asked)
