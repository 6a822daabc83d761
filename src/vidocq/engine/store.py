"""Finished results on disk, so that a stopped run goes on where it was."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.files import sweep_temporaries, write_atomic

SEAL = "sha256"


class Store:
    """One .npz per result, in a folder that only its owner can read.

    Keys are hexadecimal hashes of everything the result depends on; the caller makes them. A file that is damaged,
    truncated or filed under another key counts as absent. Opening sweeps what a killed run left half-written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            sweep_temporaries(folder)
        except OSError as error:
            raise DataError(
                f"the folder of results cannot be used: {type(error).__name__}",
                where=str(folder),
                fix="give a folder that you own and can write to",
            ) from error

    def get(self, key: str) -> dict[str, NDArray[Any]] | None:
        """The arrays kept under `key`, or None if there are none, or none that can be trusted."""
        path = self._path(key)
        try:
            with np.load(path, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
        except Exception:  # noqa: BLE001 - a damaged archive fails in a dozen ways; each means "compute it again"
            return None
        seal = arrays.pop(f"{SEAL}/{key}", None)
        if seal is None or seal.dtype != np.uint8 or seal.tobytes() != _digest(key, arrays):
            return None
        return {name.removeprefix("result/"): array for name, array in arrays.items()}

    def put(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keeps the arrays under `key`, whole or not at all, readable by their owner only."""
        kept = {f"result/{name}": array for name, array in arrays.items()}
        seal = np.frombuffer(_digest(key, kept), dtype=np.uint8)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", allowZip64=True) as archive:
            for name, array in [*kept.items(), (f"{SEAL}/{key}", seal)]:
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        path = self._path(key)
        try:
            try:
                write_atomic(path, stream.getvalue(), mode=0o600)
            except FileNotFoundError:  # another run that opened the same store swept our temporary file
                write_atomic(path, stream.getvalue(), mode=0o600)
        except OSError as error:
            raise DataError(
                f"a result cannot be written: {type(error).__name__}",
                where=str(self.folder),
                fix="free some space there, or choose another folder; finished work is kept",
            ) from error

    def keys(self) -> list[str]:
        """Every key with a file, in order; `get` tells whether the file can be trusted."""
        return sorted(path.stem for path in self.folder.glob("*.npz"))

    def clear(self) -> None:
        """Removes every result."""
        for path in self.folder.glob("*.npz"):
            path.unlink(missing_ok=True)
        sweep_temporaries(self.folder)

    def _path(self, key: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{8,128}", key):
            raise ConfigurationError(
                "the key of a result is not a hexadecimal hash",
                where="engine.store",
                fix="make keys with core.canonical.content_hash",
            )
        return self.folder / f"{key}.npz"


def _digest(key: str, arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Covers the key, the names and the arrays: zip's own checksums leave names and omissions out."""
    digest = hashlib.sha256(key.encode())
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"\n{name} {array.dtype.str} {array.dtype.descr} {array.shape} ".encode())
        digest.update(array.tobytes())
    return digest.digest()
