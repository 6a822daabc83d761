"""A language model from a folder on this machine, full or as an adapter on its base."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from vidocq.core.errors import ModelError
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.folder import ModelFolder, inspect, read_json
from vidocq.targets.language.fused import fuse
from vidocq.targets.language.libraries import offline_and_quiet, require
from vidocq.targets.language.model import LocalLanguageModel
from vidocq.targets.language.network import Network
from vidocq.targets.language.tokens import PLAIN_CHAT, Tokens, load_tokens, require_match, require_same
from vidocq.targets.networks.model import require_torch

LONGEST = 8192
"""Tokens that a model takes whose configuration names no bound."""
ADAPTERS = ("LORA",)
_FIX = "save the model again with save_pretrained, and give that folder"


def load_language_model(path: Path, *, base: Path | None = None, device: str = "cpu") -> LocalLanguageModel:
    """The causal model of a folder with config.json, safetensors and tokenizer.json; or a LoRA adapter on its `base`.

    base    folder of the model that this one was fine-tuned from: what the target says is set against what it says. An
            adapter needs it.
    device  where it is asked: "cpu", in float32; "cuda", in the precision it was saved in.
    Raises  ModelError on anything else, such as a pickle, code of its own, or another model's tokenizer.
    """
    folder = inspect(path)
    below = None if base is None else inspect(base)
    if below is not None and below.is_adapter:
        raise ModelError(
            "the base is an adapter itself", where=below.path.name, fix="merge it into its own base first"
        )
    target, reference, opened = _networks(folder, below, device=device)
    tokens = load_tokens(folder if folder.has_tokenizer else opened)
    require_match(tokens, target.vocabulary, where=folder.path.name)
    if reference is not None and below is not None:
        if below.has_tokenizer:
            require_same(tokens, load_tokens(below), where=below.path.name)
        require_match(tokens, reference.vocabulary, where=below.path.name)
    told = _told(folder, below, tokens, device=device)
    return as_local(target, reference, tokens, told=told, folder=opened)


def _networks(
    folder: ModelFolder, base: ModelFolder | None, *, device: str
) -> tuple[Network, Network | None, ModelFolder]:
    """The target, its base, and the folder whose configuration tells how it answers."""
    if not folder.is_adapter:
        reference = None if base is None else Network(load_module(base, device=device))
        return Network(load_module(folder, device=device)), reference, folder
    if base is None:
        raise ModelError(
            "the folder holds an adapter, and nothing is downloaded",
            where=folder.path.name,
            fix="name the folder of the model that it adapts as `base`",
        )
    module = adapted(folder, load_module(base, device=device))
    return Network(module), Network(module, bare=True), base


def as_local(
    target: Network, base: Network | None, tokens: Tokens, *, told: dict[str, Any], folder: ModelFolder | None
) -> LocalLanguageModel:
    """A model that answers, with its context and what ends its answers as its configuration says."""
    config = target.module.config
    return LocalLanguageModel(
        target, base, tokens, context=context_of(config), ends=_ends(config, tokens, folder), told=told
    )


def load_module(folder: ModelFolder, *, device: str, exact: bool = False) -> Any:
    """The network of a folder, ready to answer. Raises ModelError if weights are missing or do not fit.

    exact  in float32 on whatever device.
    """
    torch, transformers = require_torch(), require("transformers")
    where = folder.path.name
    config = config_of(folder)
    with foreign_code("loading the model", where=where, fix=_FIX), offline_and_quiet():
        with torch.device("meta"):
            shape = transformers.AutoModelForCausalLM.from_config(config)
        needed = sum(one.numel() for one in shape.parameters())
        if needed > folder.tensors.numbers:
            raise ModelError(
                f"the configuration is of a model of {needed:,} weights, and the files hold {folder.tensors.numbers:,}",
                where=where,
                fix=_FIX,
            )
        module, seen = transformers.AutoModelForCausalLM.from_pretrained(
            folder.path,
            config=config,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch.float32 if exact or device == "cpu" else "auto",
            output_loading_info=True,
        )
    missing = sorted(seen["missing_keys"])
    if missing:
        raise ModelError(f"{len(missing)} weights are missing, such as '{missing[0]}'", where=where, fix=_FIX)
    with foreign_code("moving the model", where=f"{where}, to {device}", fix="check the device and its memory"):
        return fuse(module).to(device).eval()


def config_of(folder: ModelFolder) -> Any:
    """The configuration, as transformers reads it. Raises ModelError if it is of no causal model that it knows."""
    transformers, where = require("transformers"), f"{folder.path.name}/config.json"
    if folder.is_adapter:
        raise ModelError(
            "the folder holds an adapter alone", where=where, fix="merge it into its base, or give the base"
        )
    known = transformers.models.auto.modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    if str(folder.config.get("model_type")) not in known:
        raise ModelError(
            "the configuration is of no causal language model that transformers knows", where=where, fix=_FIX
        )
    with foreign_code("the configuration of the model", where=where, fix=_FIX), offline_and_quiet():
        return transformers.AutoConfig.from_pretrained(folder.path, local_files_only=True, trust_remote_code=False)


def adapted(folder: ModelFolder, module: Any) -> Any:
    """A LoRA adapter on its base. Raises ModelError if it is of another kind, or of another base."""
    where = folder.path.name
    if folder.config.get("peft_type") not in ADAPTERS or folder.config.get("task_type") not in ("CAUSAL_LM", None):
        raise ModelError(
            "the adapter is none of LoRA for a causal language model",
            where=f"{where}/adapter_config.json",
            fix="merge it into its base with merge_and_unload and save that",
        )
    peft = require("peft")
    with (
        foreign_code("loading the adapter", where=where, fix="give the base that the adapter was trained on"),
        offline_and_quiet(),
    ):
        found = peft.PeftModel.from_pretrained(module, folder.path, is_trainable=False, local_files_only=True)
        wanted = set(peft.get_peft_model_state_dict(found))
    differ = wanted ^ folder.tensors.names
    if differ:
        raise ModelError(
            f"{len(differ)} weights of the adapter are missing from its file or fit nothing in the base",
            where=where,
            fix="give the base that the adapter was trained on",
        )
    return found.eval()


def context_of(config: Any) -> int:
    """Tokens that a model takes at most."""
    named = [
        getattr(config, name, None) for name in ("max_position_embeddings", "n_positions", "max_sequence_length")
    ]
    known = [value for value in named if isinstance(value, int) and value > 0]
    return min(known) if known else LONGEST


def _ends(config: Any, tokens: Tokens, folder: ModelFolder | None) -> frozenset[int]:
    """Tokens that end an answer: as the folder's generation_config.json says, the configuration, the tokenizer."""
    named: Any = None
    if folder is not None and (folder.path / "generation_config.json").is_file():
        named = read_json(folder.path / "generation_config.json").get("eos_token_id")
    found = [named, getattr(config, "eos_token_id", None), tokens.tokenizer.eos_token_id]
    flat = [value for one in found for value in (one if isinstance(one, list) else [one])]
    return frozenset(value for value in flat if isinstance(value, int) and value >= 0)


def _told(folder: ModelFolder, base: ModelFolder | None, tokens: Tokens, *, device: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": "huggingface",
        "files": folder.hashes,
        "device": device,
        "lead": list(tokens.lead),
        "chat": "template" if tokens.has_template else list(PLAIN_CHAT),
        "libraries": {name: version(name).partition("+")[0] for name in ("tokenizers", "torch", "transformers")},
    }
    if base is not None:
        told["base"] = base.hashes
    return told
