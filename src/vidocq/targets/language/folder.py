"""A model's folder, looked at before any library opens it: nothing in it may run code, reach out, or be incomplete."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vidocq.core.errors import ModelError
from vidocq.targets.language.safetensors_file import Tensors, tensors_of
from vidocq.targets.model_files import file_hash

LARGEST_JSON = 16 * 2**20
LARGEST_TOKENIZER = 256 * 2**20
LARGEST_NUMBER = 2**31
MOST_LAYERS = 512
READ = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
        "added_tokens.json", "chat_template.jinja", "adapter_config.json")  # fmt: skip
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_INDEX = "model.safetensors.index.json"
_ATTENTION = (None, "eager", "sdpa")
_NATIVE = "save the model again, by a class that comes with transformers, with save_pretrained"


@dataclass(frozen=True, kw_only=True)
class ModelFolder:
    """A folder that was found in order.

    config      of the model; of the adapter where it is one.
    weights     its safetensors files.   tensors  what these hold in all.
    hashes      SHA-256 of each file that is read, by name.
    """

    path: Path
    config: dict[str, Any]
    weights: tuple[Path, ...]
    tensors: Tensors
    is_adapter: bool
    hashes: dict[str, str]

    @property
    def has_tokenizer(self) -> bool:
        return "tokenizer.json" in self.hashes


def inspect(path: Path) -> ModelFolder:
    """Raises ModelError on a folder that is absent, incomplete, pickled, too large or asks for code to be run."""
    if not path.is_dir():
        raise ModelError(
            "there is no folder of that name; a model's name on a hub is not one, for nothing is downloaded",
            where=path.name,
            fix="give the folder that holds config.json and model.safetensors",
        )
    is_adapter = (path / "adapter_config.json").is_file()
    config = read_json(path / ("adapter_config.json" if is_adapter else "config.json"))
    _require_plain(config, is_adapter=is_adapter)
    tokenizer = path / "tokenizer.json"
    if tokenizer.is_file() and tokenizer.stat().st_size > LARGEST_TOKENIZER:
        raise ModelError("the tokenizer is larger than 256 MiB", where=tokenizer.name, fix="check the folder")
    if (path / "tokenizer_config.json").is_file() and "auto_map" in read_json(path / "tokenizer_config.json"):
        raise _asks_for_code("tokenizer_config.json")
    weights = _adapter_weights(path) if is_adapter else _weights(path)
    held = [tensors_of(file) for file in weights]
    tensors = Tensors(frozenset().union(*(one.names for one in held)), sum(one.numbers for one in held))
    present = [path / name for name in READ if (path / name).is_file()]
    return ModelFolder(
        path=path,
        config=config,
        weights=weights,
        tensors=tensors,
        is_adapter=is_adapter,
        hashes={file.name: file_hash(file) for file in (*present, *weights)},
    )


def read_json(path: Path) -> dict[str, Any]:
    """Raises ModelError on a file that is absent, larger than 16 MiB or no JSON object."""
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise ModelError("the file is larger than 16 MiB", where=path.name, fix="check the folder")
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(
            f"the file cannot be read ({type(error).__name__})", where=path.name, fix="give a folder that holds it"
        ) from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ModelError("the file is no JSON object", where=path.name, fix=_NATIVE)
    return found


def _require_plain(config: dict[str, Any], *, is_adapter: bool) -> None:
    """Refuses what would import code that is not transformers', reach for a hub, or build something enormous."""
    where = "adapter_config.json" if is_adapter else "config.json"
    if "auto_map" in config or (is_adapter and config.get("megatron_config")):
        raise _asks_for_code(where)
    if config.get("transformers_weights"):
        raise ModelError("the configuration names weights of its own", where=where, fix=_NATIVE)
    if config.get("quantization_config"):
        raise ModelError(
            "the weights are quantised, which this reader does not take",
            where=where,
            fix="give the folder of the weights before they were quantised, or serve the model and audit the server",
        )
    for key, value in _numbers(config):
        if abs(value) > LARGEST_NUMBER or ("layer" in key and value > MOST_LAYERS):
            raise ModelError(f"'{key}' is out of all proportion", where=where, fix="check the file")
    for key in ("_attn_implementation", "attn_implementation", "_attn_implementation_internal"):
        if config.get(key) not in _ATTENTION:
            raise ModelError(f"'{key}' asks for code of elsewhere", where=where, fix="take it out of the file")


def _numbers(config: dict[str, Any]) -> list[tuple[str, int]]:
    """Every whole number in a configuration, with the key nearest to it."""
    found: list[tuple[str, int]] = []
    waiting: list[tuple[str, Any]] = list(config.items())
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(inner), held) for inner, held in value.items()]
        elif isinstance(value, list):
            waiting += [(key if isinstance(held, dict) else "", held) for held in value]
        elif isinstance(value, int) and not isinstance(value, bool):
            found.append((key, value))
    return found


def _weights(path: Path) -> tuple[Path, ...]:
    single, index = path / "model.safetensors", path / _INDEX
    if single.is_file():
        return (single,)
    if not index.is_file():
        raise _without_weights(path, "model.safetensors")
    named = read_json(index).get("weight_map")
    if not isinstance(named, dict) or not named:
        raise ModelError("the index names no weights", where=_INDEX, fix=_NATIVE)
    files = sorted({str(name) for name in named.values()})
    for name in files:
        if Path(name).name != name or not name.endswith(".safetensors"):
            raise ModelError(
                "the index names a file that is none of safetensors beside it", where=_INDEX, fix=_NATIVE
            )
        if not (path / name).is_file():
            raise ModelError(f"the index names '{name}', which is not there", where=_INDEX, fix="copy all the files")
    return tuple(path / name for name in files)


def _adapter_weights(path: Path) -> tuple[Path, ...]:
    file = path / "adapter_model.safetensors"
    if not file.is_file():
        raise _without_weights(path, file.name)
    return (file,)


def _without_weights(path: Path, name: str) -> ModelError:
    if any(file.suffix in _PICKLED for file in path.iterdir()):
        return ModelError(
            "the weights are pickled, and loading a pickle runs whatever code it contains",
            where=path.name,
            fix="where you made the model, save it again with save_pretrained, which writes safetensors",
        )
    return ModelError("the folder holds no weights", where=path.name, fix=f"give the folder that holds {name}")


def _asks_for_code(where: str) -> ModelError:
    return ModelError("the model asks for code of its own to be run, and none is", where=where, fix=_NATIVE)
