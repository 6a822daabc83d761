"""Folders that are not in order: each is refused before anything of it is run, in words that say what to do."""

import json
import shutil
import socket

import numpy as np
import pytest

from vidocq.core.errors import ModelError
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.language.safetensors_file import LARGEST_HEADER

from language_models import made_texts, save_tokenizer

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
peft = pytest.importorskip("peft")


@pytest.fixture
def folder(planted, tmp_path):
    """A copy of the target that a test may break."""
    return shutil.copytree(planted.target, tmp_path / "model")


@pytest.fixture(scope="module")
def adapter(planted, tmp_path_factory):
    """A LoRA adapter on the base, far from it, with its tokenizer."""
    path = tmp_path_factory.mktemp("adapter")
    base = transformers.AutoModelForCausalLM.from_pretrained(planted.base)
    torch.manual_seed(3)
    wrapped = peft.get_peft_model(base, peft.LoraConfig(r=4, task_type="CAUSAL_LM", target_modules=["c_attn"]))
    with torch.no_grad():
        for name, weights in wrapped.named_parameters():
            if "lora_B" in name:
                weights.normal_(std=0.3)
    wrapped.save_pretrained(path)
    return path


def rewrite(path, **changes):
    """A JSON file with some keys changed, and those set to None taken out."""
    told = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({key: value for key, value in told.items() if value is not None}))


def shards(folder):
    """The same model in two files with an index."""
    module = transformers.AutoModelForCausalLM.from_pretrained(folder)
    (folder / "model.safetensors").unlink()
    module.save_pretrained(folder, max_shard_size="200KB")
    return folder / "model.safetensors.index.json"


# What is loaded


def test_a_model_in_several_files_is_the_same_model(folder, planted):
    shards(folder)
    assert len(list(folder.glob("*.safetensors"))) > 1
    texts = made_texts(3, seed=50)
    one, many = load_language_model(planted.target), load_language_model(folder)
    assert np.array_equal(one.read(texts).logprob, many.read(texts).logprob)
    assert len([name for name in many.describe()["files"] if name.endswith(".safetensors")]) > 1


def test_an_adapter_is_read_on_its_base_and_set_against_it(adapter, planted):
    model, bare = load_language_model(adapter, base=planted.base), load_language_model(planted.base)
    texts = made_texts(4, seed=51)
    seen, plain = model.read(texts), bare.read(texts)
    np.testing.assert_allclose(seen.base, plain.logprob, atol=2e-5)
    assert np.abs(seen.logprob - plain.logprob).mean() > 0.01
    whole = peft.PeftModel.from_pretrained(
        transformers.AutoModelForCausalLM.from_pretrained(planted.base), adapter
    ).merge_and_unload()
    tokens = torch.tensor([model.tokens.of(texts)[0]])
    with torch.no_grad():
        logs = torch.log_softmax(whole(tokens).logits[0, :-1], dim=1).gather(1, tokens[0, 1:, None])
    np.testing.assert_allclose(seen.logprob[: seen.lengths[0]], logs[:, 0].numpy(), atol=1e-4)
    assert set(model.describe()) > {"files", "base"}


def test_a_description_follows_the_files(folder, planted):
    same, other = load_language_model(folder).describe(), load_language_model(planted.base).describe()
    assert same == load_language_model(planted.target).describe()
    assert same["files"]["model.safetensors"] != other["files"]["model.safetensors"]
    rewrite(folder / "generation_config.json", eos_token_id=[0, 5])
    assert load_language_model(folder).describe() != same
    assert load_language_model(folder).ends == {0, 5}
    assert str(folder) not in json.dumps(same)


def test_nothing_is_asked_of_the_network(planted, adapter, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was reached for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    load_language_model(adapter, base=planted.base).read(["a b"])


# What is refused


def test_a_name_on_a_hub_is_no_folder(refused, tmp_path):
    assert "nothing is downloaded" in refused(ModelError, load_language_model, tmp_path / "gpt2")


def test_an_adapter_without_its_base_is_refused(refused, adapter):
    assert "adapter" in refused(ModelError, load_language_model, adapter)


def test_an_adapter_on_an_adapter_is_refused(refused, adapter):
    assert "the base is an adapter" in refused(ModelError, load_language_model, adapter, base=adapter)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.ckpt"])
def test_pickled_weights_are_not_opened(refused, folder, name):
    (folder / "model.safetensors").rename(folder / name)
    assert "pickled" in refused(ModelError, load_language_model, folder)


def test_pickled_weights_of_an_adapter_are_not_opened(refused, adapter, planted, tmp_path):
    copy = shutil.copytree(adapter, tmp_path / "adapter")
    (copy / "adapter_model.safetensors").rename(copy / "adapter_model.bin")
    assert "pickled" in refused(ModelError, load_language_model, copy, base=planted.base)


def test_an_adapter_of_another_kind_is_refused(refused, adapter, planted, tmp_path):
    copy = shutil.copytree(adapter, tmp_path / "adapter")
    rewrite(copy / "adapter_config.json", peft_type="PREFIX_TUNING")
    assert "none of LoRA" in refused(ModelError, load_language_model, copy, base=planted.base)


def test_an_adapter_that_imports_is_refused(refused, adapter, planted, tmp_path):
    copy = shutil.copytree(adapter, tmp_path / "adapter")
    rewrite(copy / "adapter_config.json", megatron_config={"a": 1}, megatron_core="antigravity")
    assert "code of its own" in refused(ModelError, load_language_model, copy, base=planted.base)


def test_an_adapter_of_a_deeper_base_is_refused(refused, adapter, planted, tmp_path):
    base = shutil.copytree(planted.base, tmp_path / "base")
    module = transformers.AutoModelForCausalLM.from_pretrained(base)
    module.transformer.h = module.transformer.h[:1]
    module.config.n_layer = 1
    module.save_pretrained(base)
    assert "adapter" in refused(ModelError, load_language_model, adapter, base=base)


@pytest.mark.parametrize("kept", [0, 5, 100, 20_000])
def test_weights_cut_short_are_refused(refused, folder, kept):
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:kept])
    assert "the file of weights" in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize("length", [2**63, LARGEST_HEADER + 1])
def test_an_enormous_header_is_not_read(refused, folder, length):
    with (folder / "model.safetensors").open("wb") as stream:
        stream.write(length.to_bytes(8, "little"))
        stream.truncate(LARGEST_HEADER + 100)
    assert "header" in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize(
    "header",
    [
        b"[1]",
        b"not json",
        b'{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": "x", "data_offsets": [0, 4]}}',
        b'{"a": 3}',
        b"[" * 10_000,
    ],
)
def test_a_header_that_is_none_is_refused(refused, folder, header):
    (folder / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    assert "header" in refused(ModelError, load_language_model, folder)


def test_missing_weights_are_not_made_up(refused, folder):
    from safetensors.torch import load_file, save_file

    state = load_file(folder / "model.safetensors")
    largest = max(state, key=lambda name: state[name].numel())
    small = min((name for name in state if name.endswith("bias")), key=lambda name: state[name].numel())
    spare = {"spare": torch.zeros_like(state[small])}
    save_file({k: v for k, v in state.items() if k != small} | spare, folder / "model.safetensors", {"format": "pt"})
    assert "1 weights are missing" in refused(ModelError, load_language_model, folder)
    save_file({k: v for k, v in state.items() if k != largest}, folder / "model.safetensors", {"format": "pt"})
    assert "the files hold" in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"auto_map": {"AutoModelForCausalLM": "modeling.Evil"}}, "code of its own"),
        ({"quantization_config": {"quant_method": "gptq"}}, "quantised"),
        ({"transformers_weights": "../other.safetensors"}, "weights of its own"),
        ({"_attn_implementation": "somebody/kernel"}, "code of elsewhere"),
        ({"attn_implementation": "somebody/kernel"}, "code of elsewhere"),
        ({"model_type": "bert-of-mars"}, "no causal language model"),
        ({"model_type": None}, "no causal language model"),
        ({"model_type": ["gpt2"]}, "no causal language model"),
        ({"n_embd": 10**12}, "out of all proportion"),
        ({"n_layer": 10**5}, "out of all proportion"),
        ({"n_embd": 10**6}, "the files hold"),
        ({"vocab_size": 2**30}, "the files hold"),
        ({"n_layer": 300}, "the files hold"),
        ({"n_embd": 32}, "the model"),
        ({"n_embd": "wide"}, "the model"),
        ({"n_head": 0}, "the model"),
    ],
)
def test_a_configuration_that_lies_is_refused(refused, folder, changes, words):
    rewrite(folder / "config.json", **changes)
    assert words in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_configuration_that_is_no_object_is_refused(refused, folder, content):
    (folder / "config.json").write_bytes(content)
    assert "config.json" in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_that_lacks_a_file_is_refused(refused, folder, name):
    (folder / name).unlink()
    refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize("name", ["../other.safetensors", "/etc/passwd", "weights.bin", "absent.safetensors"])
def test_an_index_that_names_other_files_is_refused(refused, folder, name):
    index = shards(folder)
    told = json.loads(index.read_text())
    told["weight_map"] = dict.fromkeys(told["weight_map"], name)
    index.write_text(json.dumps(told))
    assert "index" in refused(ModelError, load_language_model, folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, 2]", b'{"model": {"type": "BPE", "vocab": 3}}', b"\x00" * 50])
def test_a_tokenizer_that_is_none_is_refused(refused, folder, content):
    (folder / "tokenizer.json").write_bytes(content)
    assert "tokenizer" in refused(ModelError, load_language_model, folder)


def test_a_tokenizer_with_code_of_its_own_is_refused(refused, folder):
    rewrite(folder / "tokenizer_config.json", auto_map={"AutoTokenizer": ["tokenization.Evil", None]})
    assert "code of its own" in refused(ModelError, load_language_model, folder)


def test_a_tokenizer_of_more_tokens_than_the_model_is_refused(refused, folder, planted):
    save_tokenizer(folder, planted.members, vocabulary=600)
    assert "tokens up to number 599, and the model rows for 512" in refused(ModelError, load_language_model, folder)


def test_a_tokenizer_that_knows_far_fewer_tokens_is_refused(refused, folder):
    module = transformers.AutoModelForCausalLM.from_pretrained(folder)
    module.resize_token_embeddings(2048)
    module.save_pretrained(folder)
    assert "rows for 2048 tokens, and the tokenizer knows 512" in refused(ModelError, load_language_model, folder)
    module.resize_token_embeddings(576)  # a round number, as many models have
    module.save_pretrained(folder)
    assert load_language_model(folder).read(["a b"]).n == 1


def test_a_base_of_another_vocabulary_is_refused(refused, planted, tmp_path):
    base = shutil.copytree(planted.base, tmp_path / "base")
    save_tokenizer(base, [*made_texts(50, seed=90)[:25], "zyx wvu " * 50])
    assert "another vocabulary" in refused(ModelError, load_language_model, planted.target, base=base)


def test_answers_that_are_not_numbers_are_an_error(refused, folder):
    from safetensors.torch import load_file, save_file

    from vidocq.core.language import Decoding, Passage, Prompt

    state = load_file(folder / "model.safetensors")
    state["transformer.ln_f.weight"][3] = float("nan")
    save_file(state, folder / "model.safetensors", {"format": "pt"})
    model = load_language_model(folder)
    asked = {"decoding": Decoding(), "times": 1, "most_tokens": 3, "seed": 0}
    assert "not finite" in refused(ModelError, model.read, ["Un mot de trop."])
    assert "not finite" in refused(ModelError, model.write, [Prompt(text="Un mot")], **asked)
    passages = [Passage(prefix="Un mot", suffix=" de trop")]
    assert "not finite" in refused(ModelError, model.continuation, passages, decoding=Decoding())
