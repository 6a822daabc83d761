"""Trained networks, from memory or from a state dict on disk; nothing is unpickled but tensors."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.core.errors import ModelError
from vidocq.core.records import Records
from vidocq.targets.networks.model import TorchModel, require_torch
from vidocq.targets.networks.recipe import TorchRecipe

LARGEST_FILE = 8 << 30


def load_network(path: Path, recipe: TorchRecipe, members: Records) -> TorchModel:
    """The network of the recipe with the weights of a state dict that `torch.save` wrote.

    Raises ModelError on a file that is none, is too large, or fits another network.
    """
    torch = require_torch()
    fix = "save model.state_dict() with torch.save, of the network that the factory makes"
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ModelError("the file is larger than 8 GiB", where=path.name, fix="check the path")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > LARGEST_FILE:
                    raise ModelError("the file unpacks to more than 8 GiB", where=path.name, fix="check the path")
        state = torch.load(path, map_location="cpu", weights_only=True)
    except ModelError:
        raise
    except Exception as error:  # noqa: BLE001 - torch raises whatever its reader meets in a foreign file
        raise ModelError(f"the weights cannot be read ({type(error).__name__})", where=path.name, fix=fix) from None
    module = recipe.untrained(len(members.columns), seed=0)
    try:
        module.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise ModelError(
            f"the weights do not fit the network ({type(error).__name__})", where=path.name, fix=fix
        ) from None
    return trained_network(module, recipe, members)


def trained_network(module: Any, recipe: TorchRecipe, members: Records) -> TorchModel:
    """A trained module that answers as the recipe's models do: standardised by its own members where they are."""
    shape = (len(members.columns),) if recipe.shape is None else recipe.shape
    scales = recipe.scales(members, np.arange(len(members)))
    centre, spread = (None, None) if scales is None else scales
    return TorchModel(module.eval(), recipe.classes, shape, centre, spread)


def state_hash(module: Any) -> str:
    """SHA-256 of the names and numbers of a module's state."""
    found = hashlib.sha256()
    for name, value in sorted(module.state_dict().items()):
        found.update(name.encode() + b"\0")
        found.update(np.ascontiguousarray(value.detach().cpu().numpy()).tobytes())
    return found.hexdigest()
