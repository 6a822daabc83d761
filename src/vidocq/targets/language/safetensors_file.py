"""What a safetensors file says it holds, checked before a library opens it."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vidocq.core.errors import ModelError

LARGEST_HEADER = 64 * 2**20
_FIX = "copy the file again from where it was made, or save the model again with save_pretrained"


@dataclass(frozen=True)
class Tensors:
    """names of the tensors, and how many `numbers` they hold in all."""

    names: frozenset[str]
    numbers: int


def tensors_of(path: Path) -> Tensors:
    """Reads the header alone. Raises ModelError where it is absent, too large, or does not describe the file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if size < 8 or length > size - 8:
                raise _broken(path, "is cut short within its header")
            if length > LARGEST_HEADER:
                raise _broken(path, f"has a header of more than {LARGEST_HEADER >> 20} MiB")
            header = stream.read(length)
    except OSError as error:
        raise ModelError(
            f"the weights cannot be read ({type(error).__name__})", where=path.name, fix="check the folder"
        ) from None
    try:
        told = json.loads(header)
        entries = {str(name): entry for name, entry in told.items() if name != "__metadata__"}
        ends = [int(entry["data_offsets"][1]) for entry in entries.values()]
        numbers = sum(_count(entry["shape"]) for entry in entries.values())
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise _broken(path, "has a header that is none of safetensors") from None
    if 8 + length + max(ends, default=0) != size:
        raise _broken(
            path, f"holds {size - 8 - length} bytes of numbers where its header tells of {max(ends, default=0)}"
        )
    return Tensors(frozenset(entries), numbers)


def _count(shape: Any) -> int:
    sizes = [int(side) for side in shape]
    if any(side < 0 for side in sizes):
        raise ValueError
    return math.prod(sizes)


def _broken(path: Path, what: str) -> ModelError:
    return ModelError(f"the file of weights {what}", where=path.name, fix=_FIX)
