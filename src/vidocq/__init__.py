"""Vidocq attacks models to learn what they remember of people, and keeps the file that proves it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vidocq.core import version as _version

__version__ = _version.VERSION

if TYPE_CHECKING:
    from vidocq.audit.api import audit as audit

_PUBLIC = {"audit": "vidocq.audit"}


def __getattr__(name: str) -> Any:
    """Rooms are imported on use: `import vidocq` stays quick."""
    if name in _PUBLIC:
        return import_module(_PUBLIC[name])
    raise AttributeError(f"module 'vidocq' has no attribute '{name}'")
