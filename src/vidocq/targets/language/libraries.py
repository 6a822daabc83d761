"""The libraries of language models, imported on use and kept off the network.

They are an extra: `pip install "vidocq[language]"`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from vidocq.core.errors import MissingExtra

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")


def require(name: str) -> Any:
    """The module of that name. Raises MissingExtra if it is not installed."""
    if "huggingface_hub" not in sys.modules:
        for variable in _OFFLINE:
            os.environ.setdefault(variable, "1")
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(
            f"{name.partition('.')[0]} is not installed",
            where="[model] kind = 'huggingface'",
            fix='pip install "vidocq[language]"',
        ) from None


@contextmanager
def offline_and_quiet() -> Iterator[None]:
    """The libraries reach for nothing, draw no progress bar and log errors only; then they do as they did before."""
    logging, constants = require("transformers.utils.logging"), require("huggingface_hub.constants")
    before = logging.get_verbosity(), logging.is_progress_bar_enabled(), constants.HF_HUB_OFFLINE
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        logging.set_verbosity(before[0])
        if before[1]:
            logging.enable_progress_bar()
        constants.HF_HUB_OFFLINE = before[2]
